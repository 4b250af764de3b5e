-- +goose Up
-- Lists that stay fast: one narrow row for each case with all that lists filter, sort and count by, one with what a case is found by, and one for
-- each person and case they have had a hand in. Triggers write them in the transaction that changes the case (docs/decisions/0010).

CREATE TABLE cards (
    case_id            uuid PRIMARY KEY,
    park_id            uuid NOT NULL,
    kind               text NOT NULL,
    definition_version integer NOT NULL,
    done               boolean NOT NULL,
    state              text NOT NULL,
    stage              text NOT NULL,
    due_on             date,
    due_order          timestamptz NOT NULL,
    provisional        boolean NOT NULL,
    escalated          boolean NOT NULL,
    holder_kind        text,
    holder_id          uuid,
    enterprise_id      uuid NOT NULL,
    manager_id         uuid,
    sector             text,
    site_mode          text,
    investment         bigint,
    is_key             boolean,
    signed_on          date,
    started_on         date,
    production_on      date,
    level              text,
    result             text,
    found_on           date,
    campaign_id        uuid
);
COMMENT ON TABLE cards IS 'One narrow row per case, copied by triggers from the case and its facts: all that lists filter, sort and count by, so that counting reads no wide row. The view card_facts says what it holds.';
COMMENT ON COLUMN cards.manager_id IS 'Who manages it: the project manager, or the safety supervisor.';
COMMENT ON COLUMN cards.investment IS 'In fen, so that sums are whole numbers.';

CREATE VIEW card_facts AS
SELECT c.id AS case_id, c.park_id, c.kind, c.definition_version, c.done, c.state, c.stage, c.due_on, c.due_order, c.provisional, c.escalation <> '' AS escalated,
    c.holder_kind, c.holder_id, c.enterprise_id, coalesce(p.manager_id, h.supervisor_id) AS manager_id,
    p.sector, p.site_mode, (p.investment * 100)::bigint AS investment, p.is_key, p.signed_on, p.construction_started_on AS started_on, p.production_on,
    h.level, h.result, h.found_on, h.campaign_id
FROM cases AS c LEFT JOIN projects AS p ON p.case_id = c.id LEFT JOIN hazards AS h ON h.case_id = c.id;
COMMENT ON VIEW card_facts IS 'What each card says.';

-- +goose StatementBegin
CREATE FUNCTION write_card() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
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
CREATE TRIGGER cases_card_new AFTER INSERT ON cases FOR EACH ROW EXECUTE FUNCTION write_card();
CREATE TRIGGER cases_card AFTER UPDATE ON cases FOR EACH ROW
    WHEN ((OLD.definition_version, OLD.done, OLD.state, OLD.stage, OLD.due_at, OLD.due_on, OLD.provisional, OLD.escalation, OLD.holder_kind, OLD.holder_id, OLD.enterprise_id)
        IS DISTINCT FROM (NEW.definition_version, NEW.done, NEW.state, NEW.stage, NEW.due_at, NEW.due_on, NEW.provisional, NEW.escalation, NEW.holder_kind, NEW.holder_id, NEW.enterprise_id))
    EXECUTE FUNCTION write_card();
CREATE TRIGGER projects_card_new AFTER INSERT ON projects FOR EACH ROW EXECUTE FUNCTION write_card();
CREATE TRIGGER projects_card AFTER UPDATE ON projects FOR EACH ROW
    WHEN ((OLD.manager_id, OLD.sector, OLD.site_mode, OLD.investment, OLD.is_key, OLD.signed_on, OLD.construction_started_on, OLD.production_on)
        IS DISTINCT FROM (NEW.manager_id, NEW.sector, NEW.site_mode, NEW.investment, NEW.is_key, NEW.signed_on, NEW.construction_started_on, NEW.production_on))
    EXECUTE FUNCTION write_card();
CREATE TRIGGER hazards_card_new AFTER INSERT ON hazards FOR EACH ROW EXECUTE FUNCTION write_card();
CREATE TRIGGER hazards_card AFTER UPDATE ON hazards FOR EACH ROW
    WHEN ((OLD.supervisor_id, OLD.level, OLD.result, OLD.found_on, OLD.campaign_id) IS DISTINCT FROM (NEW.supervisor_id, NEW.level, NEW.result, NEW.found_on, NEW.campaign_id))
    EXECUTE FUNCTION write_card();

CREATE TABLE labels (
    case_id         uuid PRIMARY KEY,
    park_id         uuid NOT NULL,
    number          text NOT NULL,
    title           text NOT NULL,
    enterprise_name text NOT NULL,
    UNIQUE (park_id, number)
);
COMMENT ON TABLE labels IS 'What a case is found by. It seldom changes, so that its costly index is not written with every command.';

-- +goose StatementBegin
CREATE FUNCTION write_label() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    INSERT INTO labels (case_id, park_id, number, title, enterprise_name) VALUES (NEW.id, NEW.park_id, NEW.number, NEW.title, NEW.enterprise_name)
    ON CONFLICT (case_id) DO UPDATE SET number = excluded.number, title = excluded.title, enterprise_name = excluded.enterprise_name;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER cases_label_new AFTER INSERT ON cases FOR EACH ROW EXECUTE FUNCTION write_label();
CREATE TRIGGER cases_label AFTER UPDATE ON cases FOR EACH ROW
    WHEN ((OLD.number, OLD.title, OLD.enterprise_name) IS DISTINCT FROM (NEW.number, NEW.title, NEW.enterprise_name)) EXECUTE FUNCTION write_label();

CREATE TABLE dealt (
    user_id uuid NOT NULL,
    case_id uuid NOT NULL,
    started boolean NOT NULL,
    held    boolean NOT NULL,
    PRIMARY KEY (user_id, case_id)
);
COMMENT ON TABLE dealt IS 'Which cases somebody has had a hand in: they recorded an event of it. started: the first one; held: they have the case now.';

-- +goose StatementBegin
CREATE FUNCTION note_dealt() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    INSERT INTO dealt (user_id, case_id, started, held)
    SELECT (NEW.actor ->> 'id')::uuid, c.id, NEW.version = 1, coalesce(c.holder_id = (NEW.actor ->> 'id')::uuid, false) FROM cases AS c WHERE c.id = NEW.case_id
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER events_dealt AFTER INSERT ON events FOR EACH ROW
    WHEN (NEW.actor ->> 'type' = 'person' AND NEW.actor ->> 'id' <> '') EXECUTE FUNCTION note_dealt();

-- +goose StatementBegin
CREATE FUNCTION note_held() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    UPDATE dealt SET held = (user_id IS NOT DISTINCT FROM NEW.holder_id)
    WHERE user_id IN (OLD.holder_id, NEW.holder_id) AND case_id = NEW.id AND held <> (user_id IS NOT DISTINCT FROM NEW.holder_id);
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER cases_held AFTER UPDATE ON cases FOR EACH ROW WHEN (OLD.holder_id IS DISTINCT FROM NEW.holder_id) EXECUTE FUNCTION note_held();

-- The sight of a case is written by the same plan for every case.
ALTER FUNCTION see_when_handed() SET plan_cache_mode = force_generic_plan;

-- +goose StatementBegin
CREATE FUNCTION rebuild_lists() RETURNS void LANGUAGE sql AS $$
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
COMMENT ON FUNCTION rebuild_lists IS 'Writes cards, labels and dealt anew from cases, facts and events: at the migration, after a bulk load, and to compare with what the triggers wrote.';
REVOKE EXECUTE ON FUNCTION rebuild_lists FROM PUBLIC;
SELECT rebuild_lists();

-- Lists of one kind in their order, with every filter in the index: nothing else is read to choose the rows of a page, or to count.
CREATE INDEX cards_projects ON cards (park_id, due_order, case_id)
    INCLUDE (done, stage, state, sector, site_mode, holder_id, enterprise_id, investment, is_key, signed_on, started_on, production_on) WHERE kind = 'project';
CREATE INDEX cards_hazards ON cards (park_id, due_order, case_id)
    INCLUDE (done, state, level, result, found_on, campaign_id, holder_id, enterprise_id) WHERE kind = 'hazard';
CREATE INDEX cards_stages ON cards (park_id, stage, due_order, case_id) INCLUDE (investment) WHERE kind = 'project' AND NOT done;
CREATE INDEX cards_states ON cards (park_id, state, due_order, case_id) INCLUDE (level) WHERE kind = 'hazard' AND NOT done;
CREATE INDEX cards_found ON cards (park_id, found_on) INCLUDE (result, case_id) WHERE kind = 'hazard';
CREATE INDEX cards_closed ON cards (park_id, kind, case_id) WHERE done;
CREATE INDEX cards_order ON cards (park_id, due_order, case_id);
CREATE INDEX cards_due ON cards (park_id, due_order) INCLUDE (holder_id, escalated, provisional) WHERE NOT done;
CREATE INDEX cards_holder ON cards (holder_id, due_order, case_id) INCLUDE (holder_kind, due_on) WHERE NOT done;
CREATE INDEX cards_waiting ON cards (manager_id, due_order, case_id) WHERE NOT done AND holder_id <> manager_id;
CREATE INDEX cards_enterprise ON cards (enterprise_id, kind, due_order, case_id);
CREATE INDEX cards_campaign ON cards (campaign_id) WHERE campaign_id IS NOT NULL;
CREATE INDEX cards_definition ON cards (park_id, kind, definition_version) WHERE NOT done;
CREATE INDEX labels_by_title ON labels (park_id, title COLLATE "C", case_id);
CREATE INDEX labels_by_gram ON labels USING gin (bigrams(number || ' ' || title || ' ' || enterprise_name));
CREATE INDEX dealt_started ON dealt (user_id, case_id) WHERE started;
CREATE INDEX dealt_passed_on ON dealt (user_id, case_id) WHERE NOT held;
CREATE INDEX notices_copied ON notices (user_id, case_id) WHERE kind = 'copied';
CREATE INDEX users_by_unit ON users (unit_id) WHERE unit_id IS NOT NULL;
CREATE INDEX users_by_enterprise ON users (enterprise_id, name, id) WHERE enterprise_id IS NOT NULL;
-- Counting from an index alone needs fresh marks of what is visible to all.
ALTER TABLE cards SET (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
ALTER TABLE dealt SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05);
ALTER TABLE sight SET (autovacuum_vacuum_insert_scale_factor = 0.05);
ALTER TABLE notices SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);

-- What lists used to be read by: a command no longer writes these, and one that only adds (a comment) writes no index of the case at all.
DROP INDEX IF EXISTS cases_by_due, cases_by_stage, cases_by_update, cases_by_holder, cases_by_enterprise, cases_by_gram;
ALTER TABLE cases DROP COLUMN IF EXISTS grams;
DROP INDEX IF EXISTS cases_by_wake;
CREATE INDEX cases_by_wake ON cases (next_wake, id) WHERE next_wake IS NOT NULL;
CREATE INDEX cases_hazards_open ON cases (enterprise_id) WHERE kind = 'hazard' AND NOT done;
DROP INDEX IF EXISTS events_by_actor, projects_by_manager, projects_by_signing, projects_by_production, projects_by_start, hazards_by_found, hazards_by_campaign, hazards_by_supervisor;
ALTER TABLE cases SET (fillfactor = 85);

GRANT SELECT, INSERT, UPDATE ON cards, labels, dealt TO parkway_writer;
GRANT SELECT ON card_facts TO parkway_writer;

-- +goose Down
DROP INDEX cases_by_wake;
CREATE INDEX cases_by_wake ON cases (next_wake) WHERE next_wake IS NOT NULL;
DROP INDEX users_by_enterprise, users_by_unit, notices_copied, cases_hazards_open;
ALTER TABLE cases ADD COLUMN grams text[] GENERATED ALWAYS AS (bigrams(number || ' ' || title || ' ' || enterprise_name)) STORED;
CREATE INDEX cases_by_due ON cases (park_id, kind, done, due_order, id);
CREATE INDEX cases_by_stage ON cases (park_id, kind, done, stage, due_order, id);
CREATE INDEX cases_by_update ON cases (park_id, kind, updated_at DESC, id DESC);
CREATE INDEX cases_by_holder ON cases (holder_id, due_order, id) WHERE NOT done;
CREATE INDEX cases_by_enterprise ON cases (enterprise_id, kind, done, due_order, id);
CREATE INDEX cases_by_gram ON cases USING gin (grams);
CREATE INDEX events_by_actor ON events ((actor ->> 'id'), recorded_at DESC) WHERE actor ->> 'type' = 'person';
CREATE INDEX projects_by_manager ON projects (manager_id);
CREATE INDEX projects_by_signing ON projects (signed_on);
CREATE INDEX projects_by_production ON projects (production_on);
CREATE INDEX projects_by_start ON projects (construction_started_on);
CREATE INDEX hazards_by_found ON hazards (found_on);
CREATE INDEX hazards_by_campaign ON hazards (campaign_id);
CREATE INDEX hazards_by_supervisor ON hazards (supervisor_id);
DROP TRIGGER events_dealt ON events;
DROP TRIGGER cases_held ON cases;
DROP TRIGGER cases_label ON cases;
DROP TRIGGER cases_label_new ON cases;
DROP TRIGGER cases_card ON cases;
DROP TRIGGER cases_card_new ON cases;
DROP TRIGGER projects_card ON projects;
DROP TRIGGER projects_card_new ON projects;
DROP TRIGGER hazards_card ON hazards;
DROP TRIGGER hazards_card_new ON hazards;
DROP FUNCTION rebuild_lists, note_held, note_dealt, write_label, write_card;
DROP VIEW card_facts;
DROP TABLE dealt, labels, cards;
