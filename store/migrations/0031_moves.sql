-- +goose Up
-- A command that moves a case writes its card by key, from what moved. A trigger's WHEN is read from its text at every statement: comparing eighteen columns there
-- cost every command more than writing the row, a comment too. So triggers name the columns whose statements concern them, and compare in their function, whose
-- plan is kept. What a card says still stands in card_facts, and a test holds the two against each other (docs/decisions/0010).

-- +goose StatementBegin
CREATE FUNCTION card_moved() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    IF (OLD.definition_version, OLD.done, OLD.state, OLD.stage, OLD.due_at, OLD.due_on, OLD.provisional, OLD.escalation, OLD.holder_kind, OLD.holder_id, OLD.holder_name,
            OLD.holder_since, OLD.round, OLD.closed_at)
        IS NOT DISTINCT FROM (NEW.definition_version, NEW.done, NEW.state, NEW.stage, NEW.due_at, NEW.due_on, NEW.provisional, NEW.escalation, NEW.holder_kind, NEW.holder_id, NEW.holder_name,
            NEW.holder_since, NEW.round, NEW.closed_at) THEN
        RETURN NULL;
    END IF;
    UPDATE cards SET definition_version = NEW.definition_version, done = NEW.done, state = NEW.state, stage = NEW.stage, due_on = NEW.due_on, due_order = NEW.due_order,
        provisional = NEW.provisional, escalated = NEW.escalation <> '', holder_kind = NEW.holder_kind, holder_id = NEW.holder_id, holder_since = NEW.holder_since, round = NEW.round
    WHERE case_id = NEW.id;
    IF (OLD.holder_name, OLD.closed_at) IS DISTINCT FROM (NEW.holder_name, NEW.closed_at) THEN -- what another table or a reading aloud says, too
        UPDATE cards AS k SET holder_key = f.holder_key, closed_on = f.closed_on FROM card_facts AS f WHERE f.case_id = NEW.id AND k.case_id = NEW.id;
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
COMMENT ON FUNCTION card_moved IS 'Writes on the card of a case where the case stands now.';

-- +goose StatementBegin
CREATE FUNCTION card_of_project() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    IF (OLD.manager_id, OLD.sector, OLD.site_mode, OLD.investment, OLD.is_key, OLD.signed_on, OLD.construction_started_on, OLD.production_on, OLD.stage_since)
        IS DISTINCT FROM (NEW.manager_id, NEW.sector, NEW.site_mode, NEW.investment, NEW.is_key, NEW.signed_on, NEW.construction_started_on, NEW.production_on, NEW.stage_since) THEN
        UPDATE cards SET manager_id = NEW.manager_id, sector = NEW.sector, site_mode = NEW.site_mode, investment = (NEW.investment * 100)::bigint, is_key = NEW.is_key,
            signed_on = NEW.signed_on, started_on = NEW.construction_started_on, production_on = NEW.production_on, stage_since = NEW.stage_since
        WHERE case_id = NEW.case_id;
    END IF;
    IF OLD.manager_name IS DISTINCT FROM NEW.manager_name THEN
        UPDATE cards AS k SET manager_key = f.manager_key FROM card_facts AS f WHERE f.case_id = NEW.case_id AND k.case_id = NEW.case_id;
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
COMMENT ON FUNCTION card_of_project IS 'Writes on the card of a project what its own facts say now.';

-- +goose StatementBegin
CREATE FUNCTION card_of_hazard() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    IF (OLD.supervisor_id, OLD.level, OLD.result, OLD.found_on, OLD.campaign_id) IS DISTINCT FROM (NEW.supervisor_id, NEW.level, NEW.result, NEW.found_on, NEW.campaign_id) THEN
        UPDATE cards SET manager_id = NEW.supervisor_id, level = NEW.level, result = NEW.result, found_on = NEW.found_on, campaign_id = NEW.campaign_id WHERE case_id = NEW.case_id;
    END IF;
    IF (OLD.supervisor_name, OLD.location, OLD.closed_on) IS DISTINCT FROM (NEW.supervisor_name, NEW.location, NEW.closed_on) THEN
        UPDATE cards AS k SET manager_key = f.manager_key, location_key = f.location_key, closed_on = f.closed_on FROM card_facts AS f WHERE f.case_id = NEW.case_id AND k.case_id = NEW.case_id;
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
COMMENT ON FUNCTION card_of_hazard IS 'Writes on the card of a hazard what its own facts say now.';

DROP TRIGGER cases_card ON cases;
CREATE TRIGGER cases_card AFTER UPDATE OF number, title, enterprise_id, enterprise_name ON cases FOR EACH ROW
    WHEN ((OLD.number, OLD.title, OLD.enterprise_id, OLD.enterprise_name) IS DISTINCT FROM (NEW.number, NEW.title, NEW.enterprise_id, NEW.enterprise_name)) EXECUTE FUNCTION write_card();
CREATE TRIGGER cases_card_moved AFTER UPDATE OF definition_version, done, state, stage, due_at, due_on, provisional, escalation, holder_kind, holder_id, holder_name, holder_since,
    round, closed_at ON cases FOR EACH ROW EXECUTE FUNCTION card_moved();
DROP TRIGGER cases_card_sample ON cases;
CREATE TRIGGER cases_card_sample AFTER UPDATE OF sample ON cases FOR EACH ROW WHEN (OLD.sample IS DISTINCT FROM NEW.sample) EXECUTE FUNCTION write_card();
DROP TRIGGER cases_sample ON cases;
CREATE TRIGGER cases_sample BEFORE INSERT OR UPDATE OF sample, park_id ON cases FOR EACH ROW WHEN (NEW.sample) EXECUTE FUNCTION refuse_sample();
DROP TRIGGER cases_label ON cases;
CREATE TRIGGER cases_label AFTER UPDATE OF number, title, enterprise_name ON cases FOR EACH ROW
    WHEN ((OLD.number, OLD.title, OLD.enterprise_name) IS DISTINCT FROM (NEW.number, NEW.title, NEW.enterprise_name)) EXECUTE FUNCTION write_label();
DROP TRIGGER cases_label_alias ON cases;
CREATE TRIGGER cases_label_alias AFTER UPDATE OF aliases ON cases FOR EACH ROW WHEN (OLD.aliases IS DISTINCT FROM NEW.aliases) EXECUTE FUNCTION write_label();
DROP TRIGGER cases_held ON cases;
CREATE TRIGGER cases_held AFTER UPDATE OF holder_id ON cases FOR EACH ROW WHEN (OLD.holder_id IS DISTINCT FROM NEW.holder_id) EXECUTE FUNCTION note_held();
DROP TRIGGER projects_card ON projects;
DROP TRIGGER projects_card_sorts ON projects;
CREATE TRIGGER projects_card AFTER UPDATE ON projects FOR EACH ROW EXECUTE FUNCTION card_of_project();
DROP TRIGGER hazards_card ON hazards;
DROP TRIGGER hazards_card_sorts ON hazards;
CREATE TRIGGER hazards_card AFTER UPDATE ON hazards FOR EACH ROW EXECUTE FUNCTION card_of_hazard();

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION note_dealt() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    IF NEW.actor ->> 'type' = 'person' AND NEW.actor ->> 'id' <> '' AND NEW.actor ->> 'through' IS NULL THEN -- what machinery carries to many cases nobody has dealt with one by one
        INSERT INTO dealt (user_id, case_id, started, held)
        SELECT (NEW.actor ->> 'id')::uuid, c.id, NEW.version = 1, coalesce(c.holder_id = (NEW.actor ->> 'id')::uuid, false) FROM cases AS c WHERE c.id = NEW.case_id
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
DROP TRIGGER events_dealt ON events;
CREATE TRIGGER events_dealt AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION note_dealt();

-- A project has a sum and a hazard a day on which it was found: nothing of theirs comes last for want of it, so one index is walked both ways.
DROP INDEX cards_by_investment_back, cards_by_found_day_back;

GRANT EXECUTE ON FUNCTION card_moved, card_of_project, card_of_hazard TO parkway_writer;

-- +goose Down
DROP TRIGGER events_dealt ON events;
CREATE TRIGGER events_dealt AFTER INSERT ON events FOR EACH ROW
    WHEN (NEW.actor ->> 'type' = 'person' AND NEW.actor ->> 'id' <> '') EXECUTE FUNCTION note_dealt();
CREATE INDEX cards_by_investment_back ON cards (park_id, kind, (coalesce(investment, (-9223372036854775807 - 1))), case_id) WHERE kind = 'project';
CREATE INDEX cards_by_found_day_back ON cards (park_id, kind, (coalesce((found_on - DATE '2000-01-01')::bigint, (-9223372036854775807 - 1))), case_id) WHERE kind = 'hazard';
DROP TRIGGER hazards_card ON hazards;
CREATE TRIGGER hazards_card AFTER UPDATE ON hazards FOR EACH ROW
    WHEN ((OLD.supervisor_id, OLD.level, OLD.result, OLD.found_on, OLD.campaign_id) IS DISTINCT FROM (NEW.supervisor_id, NEW.level, NEW.result, NEW.found_on, NEW.campaign_id))
    EXECUTE FUNCTION write_card();
CREATE TRIGGER hazards_card_sorts AFTER UPDATE ON hazards FOR EACH ROW
    WHEN ((OLD.supervisor_name, OLD.location, OLD.closed_on) IS DISTINCT FROM (NEW.supervisor_name, NEW.location, NEW.closed_on)) EXECUTE FUNCTION write_card();
DROP TRIGGER projects_card ON projects;
CREATE TRIGGER projects_card AFTER UPDATE ON projects FOR EACH ROW
    WHEN ((OLD.manager_id, OLD.sector, OLD.site_mode, OLD.investment, OLD.is_key, OLD.signed_on, OLD.construction_started_on, OLD.production_on)
        IS DISTINCT FROM (NEW.manager_id, NEW.sector, NEW.site_mode, NEW.investment, NEW.is_key, NEW.signed_on, NEW.construction_started_on, NEW.production_on))
    EXECUTE FUNCTION write_card();
CREATE TRIGGER projects_card_sorts AFTER UPDATE ON projects FOR EACH ROW
    WHEN ((OLD.manager_name, OLD.stage_since) IS DISTINCT FROM (NEW.manager_name, NEW.stage_since)) EXECUTE FUNCTION write_card();
DROP TRIGGER cases_held ON cases;
CREATE TRIGGER cases_held AFTER UPDATE ON cases FOR EACH ROW WHEN (OLD.holder_id IS DISTINCT FROM NEW.holder_id) EXECUTE FUNCTION note_held();
DROP TRIGGER cases_label_alias ON cases;
CREATE TRIGGER cases_label_alias AFTER UPDATE ON cases FOR EACH ROW WHEN (OLD.aliases IS DISTINCT FROM NEW.aliases) EXECUTE FUNCTION write_label();
DROP TRIGGER cases_label ON cases;
CREATE TRIGGER cases_label AFTER UPDATE ON cases FOR EACH ROW
    WHEN ((OLD.number, OLD.title, OLD.enterprise_name) IS DISTINCT FROM (NEW.number, NEW.title, NEW.enterprise_name)) EXECUTE FUNCTION write_label();
DROP TRIGGER cases_sample ON cases;
CREATE TRIGGER cases_sample BEFORE INSERT OR UPDATE ON cases FOR EACH ROW WHEN (NEW.sample) EXECUTE FUNCTION refuse_sample();
DROP TRIGGER cases_card_sample ON cases;
CREATE TRIGGER cases_card_sample AFTER UPDATE ON cases FOR EACH ROW WHEN (OLD.sample IS DISTINCT FROM NEW.sample) EXECUTE FUNCTION write_card();
DROP TRIGGER cases_card_moved ON cases;
DROP TRIGGER cases_card ON cases;
CREATE TRIGGER cases_card AFTER UPDATE ON cases FOR EACH ROW
    WHEN ((OLD.definition_version, OLD.done, OLD.state, OLD.stage, OLD.due_at, OLD.due_on, OLD.provisional, OLD.escalation, OLD.holder_kind, OLD.holder_id, OLD.enterprise_id,
            OLD.number, OLD.title, OLD.enterprise_name, OLD.holder_name, OLD.holder_since, OLD.round, OLD.closed_at)
        IS DISTINCT FROM (NEW.definition_version, NEW.done, NEW.state, NEW.stage, NEW.due_at, NEW.due_on, NEW.provisional, NEW.escalation, NEW.holder_kind, NEW.holder_id, NEW.enterprise_id,
            NEW.number, NEW.title, NEW.enterprise_name, NEW.holder_name, NEW.holder_since, NEW.round, NEW.closed_at))
    EXECUTE FUNCTION write_card();
DROP FUNCTION card_of_hazard, card_of_project, card_moved;
