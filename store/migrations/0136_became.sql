-- +goose Up
-- Which enterprise one is now, where it became part of another one: read in one place, so that templates, visits and what visits propose follow every merger.
CREATE VIEW became AS WITH RECURSIVE chain (id, is_now, merged_into) AS (
    SELECT e.id, e.id, e.merged_into FROM enterprises AS e
    UNION ALL SELECT c.id, n.id, n.merged_into FROM chain AS c JOIN enterprises AS n ON n.id = c.merged_into)
SELECT chain.id, chain.is_now FROM chain WHERE chain.merged_into IS NULL;
GRANT SELECT ON became TO parkway_writer;

-- A visit of another body that was written down in error is taken off, as everything else in a register.
ALTER TABLE other_visits ADD COLUMN withdrawn text NOT NULL DEFAULT '' CHECK (withdrawn IN ('', 'withdrawn'));

-- The year's plan reads the inspections by template, and those around a day, and no others.
CREATE INDEX case_facts_of_plan ON case_facts ((facts ->> 'plan_id')) WHERE facts ? 'target_id' AND facts ->> 'plan_id' <> '';
CREATE INDEX case_facts_visit_day ON case_facts ((coalesce(facts ->> 'held_on', facts ->> 'visit_on'))) WHERE facts ? 'target_id';

-- +goose Down
DROP INDEX case_facts_visit_day, case_facts_of_plan;
ALTER TABLE other_visits DROP COLUMN withdrawn;
DROP VIEW became;
