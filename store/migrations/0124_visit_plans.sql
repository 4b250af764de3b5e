-- +goose Up
-- The year's plan of inspections (安全生产法 art. 62, docs/decisions/0087): templates of those that recur, the visits of other bodies as far as the zone knows of them, and
-- how soon an enterprise is visited again without a reason (art. 65).
CREATE TABLE visit_plans (
    id            uuid PRIMARY KEY,
    park_id       uuid NOT NULL REFERENCES parks,
    name          text NOT NULL CHECK (name <> ''),
    enterprise_id uuid REFERENCES enterprises,
    sector        text NOT NULL DEFAULT '',
    department_id uuid REFERENCES units,
    sort          text NOT NULL CHECK (sort <> ''),
    checklist_id  uuid REFERENCES checklists,
    every_months  integer NOT NULL CHECK (every_months BETWEEN 1 AND 24),
    first_on      date NOT NULL,
    section_id    uuid REFERENCES units,
    first_id      uuid REFERENCES users,
    second_id     uuid REFERENCES users CHECK (second_id <> first_id),
    withdrawn     text NOT NULL DEFAULT '' CHECK (withdrawn IN ('', 'withdrawn')),
    UNIQUE (park_id, name),
    CHECK (enterprise_id IS NULL OR (sector = '' AND department_id IS NULL))
);
COMMENT ON TABLE visit_plans IS 'Templates of recurring inspections: whom each means (one enterprise, or all of a trade or a department), how often, by whom. Inspections that follow from one name it.';
GRANT SELECT, INSERT, UPDATE ON visit_plans TO parkway_writer;

CREATE TABLE other_visits (
    id            uuid PRIMARY KEY,
    park_id       uuid NOT NULL REFERENCES parks,
    enterprise_id uuid NOT NULL REFERENCES enterprises,
    visit_on      date NOT NULL,
    body          text NOT NULL CHECK (body <> ''),
    purpose       text NOT NULL CHECK (purpose <> ''),
    result        text NOT NULL DEFAULT '',
    UNIQUE (enterprise_id, visit_on, body, purpose)
);
COMMENT ON TABLE other_visits IS 'Visits of enterprises by other bodies, as far as the zone knows of them: they count before the next one is planned.';
CREATE INDEX other_visits_by_park ON other_visits (park_id, visit_on);
GRANT SELECT, INSERT, UPDATE ON other_visits TO parkway_writer;

ALTER TABLE parks ADD COLUMN visit_gap_days integer CHECK (visit_gap_days BETWEEN 0 AND 365);
COMMENT ON COLUMN parks.visit_gap_days IS 'Within how many days of another visit an inspection needs a reason; 0: never; null: as the definition of inspections says.';

-- +goose Down
ALTER TABLE parks DROP COLUMN visit_gap_days;
DROP TABLE other_visits, visit_plans;
