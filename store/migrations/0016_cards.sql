-- +goose Up
-- Lists know what the demo adds, and who answers for a case of a kind without tables of its own; a case need not be about an enterprise, and is found
-- by the names it had before.

ALTER TABLE cases ALTER COLUMN enterprise_id DROP NOT NULL;
ALTER TABLE cases ADD COLUMN aliases text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN cases.aliases IS 'Names it had before: it is still found by them.';

ALTER TABLE cards ALTER COLUMN enterprise_id DROP NOT NULL, ADD COLUMN sample boolean NOT NULL DEFAULT false;
CREATE OR REPLACE VIEW card_facts AS
SELECT c.id AS case_id, c.park_id, c.kind, c.definition_version, c.done, c.state, c.stage, c.due_on, c.due_order, c.provisional, c.escalation <> '' AS escalated,
    c.holder_kind, c.holder_id, c.enterprise_id, coalesce(p.manager_id, h.supervisor_id, nullif(f.facts ->> 'manager_id', '')::uuid) AS manager_id,
    p.sector, p.site_mode, (p.investment * 100)::bigint AS investment, p.is_key, p.signed_on, p.construction_started_on AS started_on, p.production_on,
    h.level, h.result, h.found_on, h.campaign_id, c.sample
FROM cases AS c LEFT JOIN projects AS p ON p.case_id = c.id LEFT JOIN hazards AS h ON h.case_id = c.id LEFT JOIN case_facts AS f ON f.case_id = c.id;

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
CREATE TRIGGER cases_card_sample AFTER UPDATE ON cases FOR EACH ROW WHEN (OLD.sample IS DISTINCT FROM NEW.sample) EXECUTE FUNCTION write_card();
CREATE TRIGGER case_facts_card_new AFTER INSERT ON case_facts FOR EACH ROW EXECUTE FUNCTION write_card();
CREATE TRIGGER case_facts_card AFTER UPDATE ON case_facts FOR EACH ROW
    WHEN (OLD.facts ->> 'manager_id' IS DISTINCT FROM NEW.facts ->> 'manager_id') EXECUTE FUNCTION write_card();

ALTER TABLE labels ADD COLUMN aliases text NOT NULL DEFAULT '';
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION write_label() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    INSERT INTO labels (case_id, park_id, number, title, enterprise_name, aliases)
    VALUES (NEW.id, NEW.park_id, NEW.number, NEW.title, NEW.enterprise_name, array_to_string(NEW.aliases, ' '))
    ON CONFLICT (case_id) DO UPDATE SET number = excluded.number, title = excluded.title, enterprise_name = excluded.enterprise_name, aliases = excluded.aliases;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER cases_label_alias AFTER UPDATE ON cases FOR EACH ROW WHEN (OLD.aliases IS DISTINCT FROM NEW.aliases) EXECUTE FUNCTION write_label();
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION rebuild_lists() RETURNS void LANGUAGE sql AS $$
    DELETE FROM cards;
    INSERT INTO cards SELECT * FROM card_facts;
    DELETE FROM labels;
    INSERT INTO labels SELECT id, park_id, number, title, enterprise_name, array_to_string(aliases, ' ') FROM cases;
    DELETE FROM dealt;
    INSERT INTO dealt SELECT d.user_id, d.case_id, d.started, coalesce(c.holder_id = d.user_id, false)
    FROM (SELECT (e.actor ->> 'id')::uuid AS user_id, e.case_id, bool_or(e.version = 1) AS started FROM events AS e
        WHERE e.actor ->> 'type' = 'person' AND e.actor ->> 'id' <> '' GROUP BY e.actor ->> 'id', e.case_id) AS d
    JOIN cases AS c ON c.id = d.case_id;
$$;
-- +goose StatementEnd
DROP TRIGGER cases_sight_handed ON cases;
CREATE TRIGGER cases_sight_handed AFTER UPDATE OF holder_id, unit_ids, enterprise_id ON cases FOR EACH ROW
    WHEN (OLD.holder_id IS DISTINCT FROM NEW.holder_id OR OLD.unit_ids <> NEW.unit_ids OR OLD.enterprise_id IS DISTINCT FROM NEW.enterprise_id)
    EXECUTE FUNCTION see_when_handed();
UPDATE cards AS k SET sample = true FROM cases AS c WHERE c.id = k.case_id AND c.sample;
DROP INDEX labels_by_gram, cards_found;
CREATE INDEX labels_by_gram ON labels USING gin (bigrams(number || ' ' || title || ' ' || enterprise_name || ' ' || aliases));
CREATE INDEX cards_found ON cards (park_id, found_on) INCLUDE (result, case_id, sample) WHERE kind = 'hazard';
CREATE INDEX cards_kind ON cards (park_id, kind, done, due_order, case_id);

-- +goose Down
DROP INDEX labels_by_gram, cards_found, cards_kind;
CREATE INDEX labels_by_gram ON labels USING gin (bigrams(number || ' ' || title || ' ' || enterprise_name));
CREATE INDEX cards_found ON cards (park_id, found_on) INCLUDE (result, case_id) WHERE kind = 'hazard';
DROP TRIGGER cases_label_alias ON cases;
DROP TRIGGER case_facts_card ON case_facts;
DROP TRIGGER case_facts_card_new ON case_facts;
DROP TRIGGER cases_card_sample ON cases;
DROP VIEW card_facts;
CREATE VIEW card_facts AS
SELECT c.id AS case_id, c.park_id, c.kind, c.definition_version, c.done, c.state, c.stage, c.due_on, c.due_order, c.provisional, c.escalation <> '' AS escalated,
    c.holder_kind, c.holder_id, c.enterprise_id, coalesce(p.manager_id, h.supervisor_id) AS manager_id,
    p.sector, p.site_mode, (p.investment * 100)::bigint AS investment, p.is_key, p.signed_on, p.construction_started_on AS started_on, p.production_on,
    h.level, h.result, h.found_on, h.campaign_id
FROM cases AS c LEFT JOIN projects AS p ON p.case_id = c.id LEFT JOIN hazards AS h ON h.case_id = c.id;
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
        found_on = excluded.found_on, campaign_id = excluded.campaign_id
    WHERE cards IS DISTINCT FROM excluded;
    RETURN NULL;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION write_label() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    INSERT INTO labels (case_id, park_id, number, title, enterprise_name) VALUES (NEW.id, NEW.park_id, NEW.number, NEW.title, NEW.enterprise_name)
    ON CONFLICT (case_id) DO UPDATE SET number = excluded.number, title = excluded.title, enterprise_name = excluded.enterprise_name;
    RETURN NULL;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION rebuild_lists() RETURNS void LANGUAGE sql AS $$
    DELETE FROM cards;
    INSERT INTO cards SELECT * FROM card_facts;
    DELETE FROM labels;
    INSERT INTO labels SELECT id, park_id, number, title, enterprise_name FROM cases;
    DELETE FROM dealt;
    INSERT INTO dealt SELECT d.user_id, d.case_id, d.started, coalesce(c.holder_id = d.user_id, false)
    FROM (SELECT (e.actor ->> 'id')::uuid AS user_id, e.case_id, bool_or(e.version = 1) AS started FROM events AS e
        WHERE e.actor ->> 'type' = 'person' AND e.actor ->> 'id' <> '' GROUP BY e.actor ->> 'id', e.case_id) AS d
    JOIN cases AS c ON c.id = d.case_id;
$$;
-- +goose StatementEnd
ALTER TABLE labels DROP COLUMN aliases;
ALTER TABLE cards DROP COLUMN sample;
ALTER TABLE cases DROP COLUMN aliases;
