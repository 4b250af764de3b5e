-- +goose Up
-- Figures by the day that departments recognised stand beside those by the day on which it happened (docs/decisions/0038): the card of a project says the last verdict of
-- each achievement, where it is counted.
ALTER TABLE cards ADD COLUMN signed_recognised_on date, ADD COLUMN started_recognised_on date, ADD COLUMN completed_recognised_on date;

-- +goose StatementBegin
CREATE FUNCTION recognised_on(verdicts jsonb, what text) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN last.v ->> 'verdict' = 'counted' THEN nullif(last.v ->> 'on', '')::date END
    FROM (SELECT v FROM jsonb_array_elements(verdicts) WITH ORDINALITY AS e (v, n) WHERE v ->> 'what' = what ORDER BY n DESC LIMIT 1) AS last
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION recognised_on IS 'The recognised day of an achievement by what was said of it last; none where it does not count.';

CREATE OR REPLACE VIEW card_facts AS
SELECT c.id AS case_id, c.park_id, c.kind, c.definition_version, c.done, c.state, c.stage, c.due_on, c.due_order, c.provisional, c.escalation <> '' AS escalated,
    c.holder_kind, c.holder_id, c.enterprise_id, coalesce(p.manager_id, h.supervisor_id, nullif(f.facts ->> 'manager_id', '')::uuid) AS manager_id,
    p.sector, p.site_mode, (p.investment * 100)::bigint AS investment, p.is_key, p.signed_on, p.construction_started_on AS started_on, p.production_on,
    h.level, h.result, h.found_on, h.campaign_id, c.sample,
    c.number, same_key(k.title_key, c.title, l.letters) AS title_key, same_key(k.enterprise_key, c.enterprise_name, NULL) AS enterprise_key,
    same_key(k.holder_key, c.holder_name, NULL) AS holder_key, same_key(k.manager_key, coalesce(p.manager_name, h.supervisor_name, f.facts ->> 'manager_name', ''), NULL) AS manager_key,
    left(coalesce(h.location, ''), 24) AS location_key,
    c.holder_since, c.round, p.stage_since, coalesce(h.closed_on, (c.closed_at AT TIME ZONE 'Asia/Shanghai')::date) AS closed_on,
    coalesce(p.step, '') AS step, coalesce(p.terminated ->> 'cause', '') AS ending, p.next_contact_on,
    recognised_on(p.recognised, 'signed') AS signed_recognised_on, recognised_on(p.recognised, 'started') AS started_recognised_on, recognised_on(p.recognised, 'completed') AS completed_recognised_on
FROM cases AS c LEFT JOIN projects AS p ON p.case_id = c.id LEFT JOIN hazards AS h ON h.case_id = c.id LEFT JOIN case_facts AS f ON f.case_id = c.id
    LEFT JOIN labels AS l ON l.case_id = c.id AND l.title = c.title LEFT JOIN cards AS k ON k.case_id = c.id;

-- +goose StatementBegin
CREATE FUNCTION card_of_recognition() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    IF NEW.recognised IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.recognised IS DISTINCT FROM NEW.recognised) THEN
        UPDATE cards SET signed_recognised_on = recognised_on(NEW.recognised, 'signed'), started_recognised_on = recognised_on(NEW.recognised, 'started'),
            completed_recognised_on = recognised_on(NEW.recognised, 'completed')
        WHERE case_id = NEW.case_id AND (signed_recognised_on, started_recognised_on, completed_recognised_on)
            IS DISTINCT FROM (recognised_on(NEW.recognised, 'signed'), recognised_on(NEW.recognised, 'started'), recognised_on(NEW.recognised, 'completed'));
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
COMMENT ON FUNCTION card_of_recognition IS 'Writes on the card of a project what departments recognised: after its card is there.';
CREATE TRIGGER projects_recognition AFTER INSERT OR UPDATE ON projects FOR EACH ROW EXECUTE FUNCTION card_of_recognition();
GRANT EXECUTE ON FUNCTION recognised_on, card_of_recognition TO parkway_writer;
UPDATE cards AS k SET signed_recognised_on = recognised_on(p.recognised, 'signed'), started_recognised_on = recognised_on(p.recognised, 'started'),
    completed_recognised_on = recognised_on(p.recognised, 'completed')
FROM projects AS p WHERE p.case_id = k.case_id AND jsonb_array_length(p.recognised) > 0;

-- What a list of projects can be narrowed by is in the index that counts them, so that no row is read.
DROP INDEX cards_projects;
CREATE INDEX cards_projects ON cards (park_id, due_order, case_id)
    INCLUDE (done, stage, state, sector, site_mode, holder_id, enterprise_id, investment, is_key, signed_on, started_on, production_on, manager_id, step, ending, next_contact_on, closed_on,
        signed_recognised_on, started_recognised_on, completed_recognised_on) WHERE kind = 'project';

-- +goose Down
DROP INDEX cards_projects;
CREATE INDEX cards_projects ON cards (park_id, due_order, case_id)
    INCLUDE (done, stage, state, sector, site_mode, holder_id, enterprise_id, investment, is_key, signed_on, started_on, production_on, manager_id, step, ending, next_contact_on, closed_on) WHERE kind = 'project';
DROP TRIGGER projects_recognition ON projects;
DROP FUNCTION card_of_recognition;
DROP VIEW card_facts;
ALTER TABLE cards DROP COLUMN signed_recognised_on, DROP COLUMN started_recognised_on, DROP COLUMN completed_recognised_on;
CREATE VIEW card_facts AS
SELECT c.id AS case_id, c.park_id, c.kind, c.definition_version, c.done, c.state, c.stage, c.due_on, c.due_order, c.provisional, c.escalation <> '' AS escalated,
    c.holder_kind, c.holder_id, c.enterprise_id, coalesce(p.manager_id, h.supervisor_id, nullif(f.facts ->> 'manager_id', '')::uuid) AS manager_id,
    p.sector, p.site_mode, (p.investment * 100)::bigint AS investment, p.is_key, p.signed_on, p.construction_started_on AS started_on, p.production_on,
    h.level, h.result, h.found_on, h.campaign_id, c.sample,
    c.number, same_key(k.title_key, c.title, l.letters) AS title_key, same_key(k.enterprise_key, c.enterprise_name, NULL) AS enterprise_key,
    same_key(k.holder_key, c.holder_name, NULL) AS holder_key, same_key(k.manager_key, coalesce(p.manager_name, h.supervisor_name, f.facts ->> 'manager_name', ''), NULL) AS manager_key,
    left(coalesce(h.location, ''), 24) AS location_key,
    c.holder_since, c.round, p.stage_since, coalesce(h.closed_on, (c.closed_at AT TIME ZONE 'Asia/Shanghai')::date) AS closed_on,
    coalesce(p.step, '') AS step, coalesce(p.terminated ->> 'cause', '') AS ending, p.next_contact_on
FROM cases AS c LEFT JOIN projects AS p ON p.case_id = c.id LEFT JOIN hazards AS h ON h.case_id = c.id LEFT JOIN case_facts AS f ON f.case_id = c.id
    LEFT JOIN labels AS l ON l.case_id = c.id AND l.title = c.title LEFT JOIN cards AS k ON k.case_id = c.id;
COMMENT ON VIEW card_facts IS 'What each card says.';
GRANT SELECT ON card_facts TO parkway_writer;
DROP FUNCTION recognised_on;
