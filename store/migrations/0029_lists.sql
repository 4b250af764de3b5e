-- +goose Up
-- Lists are sorted by every column: what sorts stands on the card (docs/decisions/0029). Names sort by the first letters of their pinyin. And which
-- columns of a list somebody looks at.

ALTER TABLE cards
    ADD COLUMN number text NOT NULL DEFAULT '', ADD COLUMN title_key text NOT NULL DEFAULT '', ADD COLUMN enterprise_key text NOT NULL DEFAULT '',
    ADD COLUMN holder_key text NOT NULL DEFAULT '', ADD COLUMN manager_key text NOT NULL DEFAULT '', ADD COLUMN location_key text NOT NULL DEFAULT '',
    ADD COLUMN holder_since timestamptz, ADD COLUMN round integer NOT NULL DEFAULT 0, ADD COLUMN stage_since date, ADD COLUMN closed_on date;
COMMENT ON COLUMN cards.title_key IS 'By which the title sorts: the first letters of its pinyin, then its own first characters. The other keys likewise.';

-- +goose StatementBegin
CREATE FUNCTION same_key(was text, name text, letters text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN name = '' THEN '' WHEN substr(was, strpos(was, ' ') + 1) = left(name, 16) AND was <> '' THEN was
        ELSE left(split_part(coalesce(letters, initials(left(name, 16))), ' ', 1), 16) || ' ' || left(name, 16) END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION same_key IS 'By which a name sorts among others: the letters of its usual reading, then its own characters, short enough to stand in an index. A card''s key of the same name stays, so that nothing is read aloud again when a case moves; letters are known ones, or NULL.';

DROP VIEW card_facts;
CREATE VIEW card_facts AS
SELECT c.id AS case_id, c.park_id, c.kind, c.definition_version, c.done, c.state, c.stage, c.due_on, c.due_order, c.provisional, c.escalation <> '' AS escalated,
    c.holder_kind, c.holder_id, c.enterprise_id, coalesce(p.manager_id, h.supervisor_id, nullif(f.facts ->> 'manager_id', '')::uuid) AS manager_id,
    p.sector, p.site_mode, (p.investment * 100)::bigint AS investment, p.is_key, p.signed_on, p.construction_started_on AS started_on, p.production_on,
    h.level, h.result, h.found_on, h.campaign_id, c.sample,
    c.number, same_key(k.title_key, c.title, l.letters) AS title_key, same_key(k.enterprise_key, c.enterprise_name, NULL) AS enterprise_key,
    same_key(k.holder_key, c.holder_name, NULL) AS holder_key, same_key(k.manager_key, coalesce(p.manager_name, h.supervisor_name, f.facts ->> 'manager_name', ''), NULL) AS manager_key,
    left(coalesce(h.location, ''), 24) AS location_key,
    c.holder_since, c.round, p.stage_since, coalesce(h.closed_on, (c.closed_at AT TIME ZONE 'Asia/Shanghai')::date) AS closed_on
FROM cases AS c LEFT JOIN projects AS p ON p.case_id = c.id LEFT JOIN hazards AS h ON h.case_id = c.id LEFT JOIN case_facts AS f ON f.case_id = c.id
    LEFT JOIN labels AS l ON l.case_id = c.id AND l.title = c.title LEFT JOIN cards AS k ON k.case_id = c.id;
COMMENT ON VIEW card_facts IS 'What each card says.';
GRANT SELECT ON card_facts TO parkway_writer;

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION write_card() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    whose uuid;
BEGIN
    IF TG_TABLE_NAME = 'cases' THEN
        whose := NEW.id;
    ELSE
        whose := NEW.case_id;
    END IF;
    INSERT INTO cards SELECT * FROM card_facts AS f WHERE f.case_id = whose
    ON CONFLICT (case_id) DO UPDATE SET definition_version = excluded.definition_version, done = excluded.done, state = excluded.state, stage = excluded.stage,
        due_on = excluded.due_on, due_order = excluded.due_order, provisional = excluded.provisional, escalated = excluded.escalated,
        holder_kind = excluded.holder_kind, holder_id = excluded.holder_id, enterprise_id = excluded.enterprise_id, manager_id = excluded.manager_id,
        sector = excluded.sector, site_mode = excluded.site_mode, investment = excluded.investment, is_key = excluded.is_key, signed_on = excluded.signed_on,
        started_on = excluded.started_on, production_on = excluded.production_on, level = excluded.level, result = excluded.result,
        found_on = excluded.found_on, campaign_id = excluded.campaign_id, sample = excluded.sample, number = excluded.number, title_key = excluded.title_key,
        enterprise_key = excluded.enterprise_key, holder_key = excluded.holder_key, manager_key = excluded.manager_key, location_key = excluded.location_key,
        holder_since = excluded.holder_since, round = excluded.round, stage_since = excluded.stage_since, closed_on = excluded.closed_on
    WHERE cards IS DISTINCT FROM excluded;
    RETURN NULL;
END $$;
-- +goose StatementEnd
-- One trigger a table: a card is written once however much of its case changes.
DROP TRIGGER cases_card ON cases;
CREATE TRIGGER cases_card AFTER UPDATE ON cases FOR EACH ROW
    WHEN ((OLD.definition_version, OLD.done, OLD.state, OLD.stage, OLD.due_at, OLD.due_on, OLD.provisional, OLD.escalation, OLD.holder_kind, OLD.holder_id, OLD.enterprise_id,
            OLD.number, OLD.title, OLD.enterprise_name, OLD.holder_name, OLD.holder_since, OLD.round, OLD.closed_at)
        IS DISTINCT FROM (NEW.definition_version, NEW.done, NEW.state, NEW.stage, NEW.due_at, NEW.due_on, NEW.provisional, NEW.escalation, NEW.holder_kind, NEW.holder_id, NEW.enterprise_id,
            NEW.number, NEW.title, NEW.enterprise_name, NEW.holder_name, NEW.holder_since, NEW.round, NEW.closed_at))
    EXECUTE FUNCTION write_card();
CREATE TRIGGER projects_card_sorts AFTER UPDATE ON projects FOR EACH ROW
    WHEN ((OLD.manager_name, OLD.stage_since) IS DISTINCT FROM (NEW.manager_name, NEW.stage_since)) EXECUTE FUNCTION write_card();
CREATE TRIGGER hazards_card_sorts AFTER UPDATE ON hazards FOR EACH ROW
    WHEN ((OLD.supervisor_name, OLD.location, OLD.closed_on) IS DISTINCT FROM (NEW.supervisor_name, NEW.location, NEW.closed_on)) EXECUTE FUNCTION write_card();
CREATE TRIGGER case_facts_card_sorts AFTER UPDATE ON case_facts FOR EACH ROW
    WHEN (OLD.facts ->> 'manager_name' IS DISTINCT FROM NEW.facts ->> 'manager_name') EXECUTE FUNCTION write_card();

UPDATE cards AS k SET number = f.number, title_key = f.title_key, enterprise_key = f.enterprise_key, holder_key = f.holder_key, manager_key = f.manager_key,
    location_key = f.location_key, holder_since = f.holder_since, round = f.round, stage_since = f.stage_since, closed_on = f.closed_on
FROM card_facts AS f WHERE f.case_id = k.case_id;

-- The orders people ask for most are walked in an index, forwards and backwards; what has no value comes last either way, so each expression is the one that
-- the query List has (store/queries/list.sql). By the other columns the cards of one kind are read once and the first so many kept: each index is written
-- whenever a card moves, and what a command costs counts for more than a list that is sorted now and then.
CREATE INDEX cards_by_title ON cards (park_id, kind, title_key COLLATE "C", case_id);
CREATE INDEX cards_by_number ON cards (park_id, kind, number COLLATE "C", case_id);
CREATE INDEX cards_by_enterprise ON cards (park_id, kind, (coalesce(nullif(enterprise_key, ''), U&'\+10FFFF')) COLLATE "C", case_id);
CREATE INDEX cards_by_investment ON cards (park_id, kind, (coalesce(investment, 9223372036854775807)), case_id) WHERE kind = 'project';
CREATE INDEX cards_by_investment_back ON cards (park_id, kind, (coalesce(investment, (-9223372036854775807 - 1))), case_id) WHERE kind = 'project';
CREATE INDEX cards_by_found_day ON cards (park_id, kind, (coalesce((found_on - DATE '2000-01-01')::bigint, 9223372036854775807)), case_id) WHERE kind = 'hazard';
CREATE INDEX cards_by_found_day_back ON cards (park_id, kind, (coalesce((found_on - DATE '2000-01-01')::bigint, (-9223372036854775807 - 1))), case_id) WHERE kind = 'hazard';
CREATE INDEX cards_by_due_day_back ON cards (park_id, kind, (coalesce((due_on - DATE '2000-01-01')::bigint, (-9223372036854775807 - 1))), case_id);

ALTER TABLE filters DROP CONSTRAINT filters_list_check; -- the list of every kind of case has selections; the program knows which there are

CREATE TABLE list_columns (
    user_id uuid NOT NULL REFERENCES users,
    list    text NOT NULL CHECK (list <> ''),
    columns text[] NOT NULL CHECK (cardinality(columns) BETWEEN 1 AND 40),
    PRIMARY KEY (user_id, list)
);
COMMENT ON TABLE list_columns IS 'Which columns of a list somebody looks at, where they chose any.';
GRANT SELECT, INSERT, UPDATE, DELETE ON list_columns TO parkway_writer;

-- +goose Down
DELETE FROM filters WHERE list NOT IN ('projects', 'hazards');
ALTER TABLE filters ADD CONSTRAINT filters_list_check CHECK (list IN ('projects', 'hazards'));
DROP TABLE list_columns;
DROP INDEX cards_by_title, cards_by_number, cards_by_enterprise, cards_by_investment, cards_by_investment_back, cards_by_found_day, cards_by_found_day_back, cards_by_due_day_back;
DROP TRIGGER case_facts_card_sorts ON case_facts;
DROP TRIGGER hazards_card_sorts ON hazards;
DROP TRIGGER projects_card_sorts ON projects;
DROP TRIGGER cases_card ON cases;
CREATE TRIGGER cases_card AFTER UPDATE ON cases FOR EACH ROW
    WHEN ((OLD.definition_version, OLD.done, OLD.state, OLD.stage, OLD.due_at, OLD.due_on, OLD.provisional, OLD.escalation, OLD.holder_kind, OLD.holder_id, OLD.enterprise_id)
        IS DISTINCT FROM (NEW.definition_version, NEW.done, NEW.state, NEW.stage, NEW.due_at, NEW.due_on, NEW.provisional, NEW.escalation, NEW.holder_kind, NEW.holder_id, NEW.enterprise_id))
    EXECUTE FUNCTION write_card();
DROP VIEW card_facts;
CREATE VIEW card_facts AS
SELECT c.id AS case_id, c.park_id, c.kind, c.definition_version, c.done, c.state, c.stage, c.due_on, c.due_order, c.provisional, c.escalation <> '' AS escalated,
    c.holder_kind, c.holder_id, c.enterprise_id, coalesce(p.manager_id, h.supervisor_id, nullif(f.facts ->> 'manager_id', '')::uuid) AS manager_id,
    p.sector, p.site_mode, (p.investment * 100)::bigint AS investment, p.is_key, p.signed_on, p.construction_started_on AS started_on, p.production_on,
    h.level, h.result, h.found_on, h.campaign_id, c.sample
FROM cases AS c LEFT JOIN projects AS p ON p.case_id = c.id LEFT JOIN hazards AS h ON h.case_id = c.id LEFT JOIN case_facts AS f ON f.case_id = c.id;
COMMENT ON VIEW card_facts IS 'What each card says.';
GRANT SELECT ON card_facts TO parkway_writer;
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION write_card() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    whose uuid;
BEGIN
    IF TG_TABLE_NAME = 'cases' THEN
        whose := NEW.id;
    ELSE
        whose := NEW.case_id;
    END IF;
    INSERT INTO cards SELECT * FROM card_facts AS f WHERE f.case_id = whose
    ON CONFLICT (case_id) DO UPDATE SET definition_version = excluded.definition_version, done = excluded.done, state = excluded.state, stage = excluded.stage,
        due_on = excluded.due_on, due_order = excluded.due_order, provisional = excluded.provisional, escalated = excluded.escalated,
        holder_kind = excluded.holder_kind, holder_id = excluded.holder_id, enterprise_id = excluded.enterprise_id, manager_id = excluded.manager_id,
        sector = excluded.sector, site_mode = excluded.site_mode, investment = excluded.investment, is_key = excluded.is_key, signed_on = excluded.signed_on,
        started_on = excluded.started_on, production_on = excluded.production_on, level = excluded.level, result = excluded.result,
        found_on = excluded.found_on, campaign_id = excluded.campaign_id, sample = excluded.sample
    WHERE cards IS DISTINCT FROM excluded;
    RETURN NULL;
END $$;
-- +goose StatementEnd
DROP FUNCTION same_key;
ALTER TABLE cards DROP COLUMN number, DROP COLUMN title_key, DROP COLUMN enterprise_key, DROP COLUMN holder_key, DROP COLUMN manager_key, DROP COLUMN location_key,
    DROP COLUMN holder_since, DROP COLUMN round, DROP COLUMN stage_since, DROP COLUMN closed_on;
