-- +goose Up
-- How a project is won: whom one speaks to and when next, the pool of leads, who brought it, how far a stage has come within itself, why it ended early, and
-- which projects were merged (docs/decisions/0056). Contacts, shares and steps are read and written with their project and never without it.
ALTER TABLE projects
    ADD COLUMN contact_name text NOT NULL DEFAULT '', ADD COLUMN contact_phone text NOT NULL DEFAULT '', ADD COLUMN next_contact_on date,
    ADD COLUMN contacts jsonb CHECK (jsonb_typeof(contacts) = 'array'), ADD COLUMN pool jsonb CHECK (jsonb_typeof(pool) = 'object'),
    ADD COLUMN introducers jsonb CHECK (jsonb_typeof(introducers) = 'array'), ADD COLUMN step text NOT NULL DEFAULT '',
    ADD COLUMN steps_taken jsonb CHECK (jsonb_typeof(steps_taken) = 'array'), ADD COLUMN merged_into jsonb CHECK (jsonb_typeof(merged_into) = 'object'),
    ADD COLUMN merged jsonb CHECK (jsonb_typeof(merged) = 'array');
COMMENT ON COLUMN projects.pool IS 'Since when it lies in the pool of leads, and why; NULL: somebody has it.';
CREATE INDEX projects_by_phone ON projects ((regexp_replace(contact_phone, '[^0-9]', '', 'g'))) WHERE contact_phone <> '';
CREATE INDEX cases_by_alias ON cases USING gin (aliases) WHERE aliases <> '{}';

ALTER TABLE cards ADD COLUMN step text NOT NULL DEFAULT '', ADD COLUMN ending text NOT NULL DEFAULT '', ADD COLUMN next_contact_on date;
CREATE OR REPLACE VIEW card_facts AS
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

-- +goose StatementBegin
CREATE FUNCTION card_of_lead() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    IF TG_OP = 'INSERT' OR (OLD.step, OLD.terminated, OLD.next_contact_on) IS DISTINCT FROM (NEW.step, NEW.terminated, NEW.next_contact_on) THEN
        UPDATE cards SET step = NEW.step, ending = coalesce(NEW.terminated ->> 'cause', ''), next_contact_on = NEW.next_contact_on
        WHERE case_id = NEW.case_id AND (step, ending, next_contact_on) IS DISTINCT FROM (NEW.step, coalesce(NEW.terminated ->> 'cause', ''), NEW.next_contact_on);
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
COMMENT ON FUNCTION card_of_lead IS 'Writes on the card of a project how far it is won: after its card is there.';
CREATE TRIGGER projects_lead AFTER INSERT OR UPDATE ON projects FOR EACH ROW EXECUTE FUNCTION card_of_lead();

-- What somebody has to follow up, and the funnel, are read from these alone.
CREATE INDEX cards_next_contact ON cards (manager_id, next_contact_on, case_id) WHERE kind = 'project' AND NOT done AND next_contact_on IS NOT NULL;
CREATE INDEX cards_funnel ON cards (park_id, done, stage, step, state) INCLUDE (investment, case_id) WHERE kind = 'project';
CREATE INDEX cards_lost ON cards (park_id, state, ending) INCLUDE (closed_on, case_id) WHERE kind = 'project' AND done AND state IN ('lost', 'withdrawn');

-- +goose Down
DROP INDEX cards_lost, cards_funnel, cards_next_contact;
DROP TRIGGER projects_lead ON projects;
DROP FUNCTION card_of_lead;
DROP VIEW card_facts;
ALTER TABLE cards DROP COLUMN step, DROP COLUMN ending, DROP COLUMN next_contact_on;
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
DROP INDEX cases_by_alias, projects_by_phone;
ALTER TABLE projects DROP COLUMN contact_name, DROP COLUMN contact_phone, DROP COLUMN next_contact_on, DROP COLUMN contacts, DROP COLUMN pool, DROP COLUMN introducers,
    DROP COLUMN step, DROP COLUMN steps_taken, DROP COLUMN merged_into, DROP COLUMN merged;
