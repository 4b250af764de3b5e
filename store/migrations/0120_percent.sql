-- +goose Up
-- How far the works of a project are, in percent, stands on its card, so that the list shows, sorts and narrows by it (docs/decisions/0085). domain/works reckons it for
-- the page of one project; here it is reckoned of many, by the same rule from the same template, and a test and the verification hold the two against each other.
ALTER TABLE cards ADD COLUMN percent smallint;

-- +goose StatementBegin
CREATE FUNCTION works_percent(template jsonb, grounds jsonb, built jsonb) RETURNS smallint LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    IF template IS NULL OR template = 'null' OR (jsonb_array_length(grounds) = 0 AND jsonb_array_length(built) = 0) THEN
        RETURN NULL; -- it has no steps of buildings, or nothing is on record of which it could be said
    END IF;
    RETURN (WITH step AS (
            SELECT s.n, s.v ->> 'id' AS id, coalesce((s.v ->> 'site')::boolean, false) AS site, s.v -> 'only' AS only, coalesce((s.v ->> 'optional')::boolean, false) AS optional,
                coalesce((s.v ->> 'weight')::numeric, 0) AS weight, s.v -> 'weights' AS weights, coalesce(s.v -> 'reached' ->> 'zh', '') <> '' AS milestone
            FROM jsonb_array_elements(template -> 'steps') WITH ORDINALITY AS s (v, n)
        ), building AS (
            SELECT b.n, coalesce((b.v ->> 'area')::numeric, 0) AS area, b.v -> 'steps' AS steps,
                coalesce((SELECT x ->> 'id' FROM jsonb_array_elements(template -> 'structures') AS x WHERE x ->> 'id' = b.v ->> 'structure'), template -> 'structures' -> 0 ->> 'id') AS structure,
                coalesce((SELECT max(t.n) FROM jsonb_array_elements(b.v -> 'steps') AS p JOIN step AS t ON t.id = p ->> 'step' WHERE p ->> 'state' = 'done' AND t.milestone), 0) AS reached
            FROM jsonb_array_elements(CASE WHEN jsonb_array_length(built) = 0 THEN '[{"steps": []}]' ELSE built END) WITH ORDINALITY AS b (v, n)
        ), share AS (
            SELECT n, CASE WHEN min(area) OVER () > 0 THEN area ELSE 1 END AS part FROM building
        ), counted AS (
            SELECT h.part * w.weight AS whole,
                h.part * w.weight * CASE WHEN t.n < b.reached OR p.state = 'done' THEN 100 WHEN p.state = 'in_progress' THEN (template ->> 'started_counts')::numeric ELSE 0 END AS earned
            FROM building AS b JOIN share AS h ON h.n = b.n
            JOIN step AS t ON NOT t.site AND (coalesce(jsonb_array_length(nullif(t.only, 'null')), 0) = 0 OR t.only ? b.structure)
            CROSS JOIN LATERAL (SELECT coalesce((t.weights ->> b.structure)::numeric, t.weight) AS weight) AS w
            LEFT JOIN LATERAL (SELECT x ->> 'state' AS state FROM jsonb_array_elements(b.steps) AS x WHERE x ->> 'step' = t.id LIMIT 1) AS p ON true
            WHERE NOT t.optional OR p.state IS NOT NULL
            UNION ALL
            SELECT a.parts * t.weight,
                a.parts * t.weight * CASE WHEN t.n < a.reached OR p.state = 'done' THEN 100 WHEN p.state = 'in_progress' THEN (template ->> 'started_counts')::numeric ELSE 0 END
            FROM step AS t CROSS JOIN (SELECT sum(h.part) AS parts, greatest(min(b.reached),
                (SELECT max(m.n) FROM jsonb_array_elements(grounds) AS x JOIN step AS m ON m.id = x ->> 'step' WHERE x ->> 'state' = 'done' AND m.milestone)) AS reached
                FROM share AS h JOIN building AS b ON b.n = h.n) AS a
            LEFT JOIN LATERAL (SELECT x ->> 'state' AS state FROM jsonb_array_elements(grounds) AS x WHERE x ->> 'step' = t.id LIMIT 1) AS p ON true
            WHERE t.site AND (NOT t.optional OR p.state IS NOT NULL)
        )
        SELECT CASE WHEN sum(whole) > 0 THEN div(sum(earned), sum(whole)) ELSE 0 END::smallint FROM counted);
END $$;
-- +goose StatementEnd
COMMENT ON FUNCTION works_percent IS 'How far works are by a template of steps, in whole percent, rounded down: domain/works in SQL. grounds: the steps of the site; built: structure, area and steps of each building.';

-- +goose StatementBegin
CREATE FUNCTION card_percent(whose uuid) RETURNS smallint LANGUAGE plpgsql STABLE PARALLEL SAFE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN (SELECT works_percent(d.body -> 'works', coalesce(p.site_steps, '[]'), (
            SELECT coalesce(jsonb_agg(jsonb_build_object('structure', b.structure, 'area', b.area, 'steps', coalesce(b.steps, '[]')) ORDER BY b.position, b.code), '[]') FROM buildings AS b WHERE b.case_id = whose))
        FROM projects AS p JOIN cases AS c ON c.id = p.case_id JOIN definitions AS d ON d.park_id = c.park_id AND d.kind = c.kind AND d.version = c.definition_version
        WHERE p.case_id = whose);
END $$;
-- +goose StatementEnd
COMMENT ON FUNCTION card_percent IS 'What the card of a project says of its works.';

CREATE OR REPLACE VIEW card_facts AS
SELECT c.id AS case_id, c.park_id, c.kind, c.definition_version, c.done, c.state, c.stage, c.due_on, c.due_order, c.provisional, c.escalation <> '' AS escalated,
    c.holder_kind, c.holder_id, c.enterprise_id, coalesce(p.manager_id, h.supervisor_id, nullif(f.facts ->> 'manager_id', '')::uuid) AS manager_id,
    p.sector, p.site_mode, (p.investment * 100)::bigint AS investment, p.is_key, p.signed_on, p.construction_started_on AS started_on, p.production_on,
    h.level, h.result, h.found_on, coalesce(h.campaign_id, nullif(f.facts ->> 'campaign_id', '')::uuid) AS campaign_id, c.sample,
    c.number, same_key(k.title_key, c.title, l.letters) AS title_key, same_key(k.enterprise_key, c.enterprise_name, NULL) AS enterprise_key,
    same_key(k.holder_key, c.holder_name, NULL) AS holder_key, same_key(k.manager_key, coalesce(p.manager_name, h.supervisor_name, f.facts ->> 'manager_name', ''), NULL) AS manager_key,
    left(coalesce(h.location, ''), 24) AS location_key,
    c.holder_since, c.round, p.stage_since, coalesce(h.closed_on, (c.closed_at AT TIME ZONE 'Asia/Shanghai')::date) AS closed_on,
    coalesce(p.step, '') AS step, coalesce(p.terminated ->> 'cause', '') AS ending, p.next_contact_on,
    recognised_on(p.recognised, 'signed') AS signed_recognised_on, recognised_on(p.recognised, 'started') AS started_recognised_on, recognised_on(p.recognised, 'completed') AS completed_recognised_on,
    CASE WHEN p.case_id IS NOT NULL THEN card_percent(c.id) END AS percent
FROM cases AS c LEFT JOIN projects AS p ON p.case_id = c.id LEFT JOIN hazards AS h ON h.case_id = c.id LEFT JOIN case_facts AS f ON f.case_id = c.id
    LEFT JOIN labels AS l ON l.case_id = c.id AND l.title = c.title LEFT JOIN cards AS k ON k.case_id = c.id;

-- The percent moves with the steps of the site, with the buildings, and with the definition that weighs them.
-- +goose StatementBegin
CREATE FUNCTION card_of_site() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    IF NEW.site_steps IS DISTINCT FROM OLD.site_steps THEN
        UPDATE cards AS k SET percent = f.percent FROM (SELECT card_percent(NEW.case_id) AS percent) AS f WHERE k.case_id = NEW.case_id AND k.percent IS DISTINCT FROM f.percent;
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION card_of_rules() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    IF NEW.kind = 'project' AND NEW.definition_version IS DISTINCT FROM OLD.definition_version THEN
        UPDATE cards AS k SET percent = f.percent FROM (SELECT card_percent(NEW.id) AS percent) AS f WHERE k.case_id = NEW.id AND k.percent IS DISTINCT FROM f.percent;
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION card_of_buildings() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    UPDATE cards AS k SET percent = f.percent FROM (SELECT m.case_id, card_percent(m.case_id) AS percent FROM (SELECT DISTINCT case_id FROM moved) AS m) AS f
    WHERE k.case_id = f.case_id AND k.percent IS DISTINCT FROM f.percent;
    RETURN NULL;
END $$;
-- +goose StatementEnd
COMMENT ON FUNCTION card_of_site IS 'Writes on the card of a project how far its works are, when the steps of its site move.';
COMMENT ON FUNCTION card_of_rules IS 'Writes on the card of a project how far its works are, when it follows another definition.';
COMMENT ON FUNCTION card_of_buildings IS 'Writes on the cards of projects how far their works are, once for each statement that moves buildings.';
CREATE TRIGGER projects_site AFTER UPDATE OF site_steps ON projects FOR EACH ROW EXECUTE FUNCTION card_of_site();
CREATE TRIGGER cases_rules AFTER UPDATE OF definition_version ON cases FOR EACH ROW EXECUTE FUNCTION card_of_rules();
CREATE TRIGGER buildings_new AFTER INSERT ON buildings REFERENCING NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION card_of_buildings();
CREATE TRIGGER buildings_moved AFTER UPDATE ON buildings REFERENCING NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION card_of_buildings();
CREATE TRIGGER buildings_gone AFTER DELETE ON buildings REFERENCING OLD TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION card_of_buildings();
GRANT EXECUTE ON FUNCTION works_percent, card_percent, card_of_site, card_of_rules, card_of_buildings TO parkway_writer;
UPDATE cards AS k SET percent = f.percent FROM (SELECT p.case_id, card_percent(p.case_id) AS percent FROM projects AS p) AS f WHERE f.case_id = k.case_id AND f.percent IS NOT NULL;

-- What a list of projects can be narrowed by is in the index that counts them, so that no row is read.
DROP INDEX cards_projects;
CREATE INDEX cards_projects ON cards (park_id, due_order, case_id)
    INCLUDE (done, stage, state, sector, site_mode, holder_id, enterprise_id, investment, is_key, signed_on, started_on, production_on, manager_id, step, ending, next_contact_on, closed_on,
        signed_recognised_on, started_recognised_on, completed_recognised_on, percent) WHERE kind = 'project';

-- +goose Down
DROP INDEX cards_projects;
CREATE INDEX cards_projects ON cards (park_id, due_order, case_id)
    INCLUDE (done, stage, state, sector, site_mode, holder_id, enterprise_id, investment, is_key, signed_on, started_on, production_on, manager_id, step, ending, next_contact_on, closed_on,
        signed_recognised_on, started_recognised_on, completed_recognised_on) WHERE kind = 'project';
DROP TRIGGER buildings_gone ON buildings;
DROP TRIGGER buildings_moved ON buildings;
DROP TRIGGER buildings_new ON buildings;
DROP TRIGGER cases_rules ON cases;
DROP TRIGGER projects_site ON projects;
DROP FUNCTION card_of_buildings, card_of_rules, card_of_site;
DROP VIEW card_facts;
ALTER TABLE cards DROP COLUMN percent;
CREATE VIEW card_facts AS
SELECT c.id AS case_id, c.park_id, c.kind, c.definition_version, c.done, c.state, c.stage, c.due_on, c.due_order, c.provisional, c.escalation <> '' AS escalated,
    c.holder_kind, c.holder_id, c.enterprise_id, coalesce(p.manager_id, h.supervisor_id, nullif(f.facts ->> 'manager_id', '')::uuid) AS manager_id,
    p.sector, p.site_mode, (p.investment * 100)::bigint AS investment, p.is_key, p.signed_on, p.construction_started_on AS started_on, p.production_on,
    h.level, h.result, h.found_on, coalesce(h.campaign_id, nullif(f.facts ->> 'campaign_id', '')::uuid) AS campaign_id, c.sample,
    c.number, same_key(k.title_key, c.title, l.letters) AS title_key, same_key(k.enterprise_key, c.enterprise_name, NULL) AS enterprise_key,
    same_key(k.holder_key, c.holder_name, NULL) AS holder_key, same_key(k.manager_key, coalesce(p.manager_name, h.supervisor_name, f.facts ->> 'manager_name', ''), NULL) AS manager_key,
    left(coalesce(h.location, ''), 24) AS location_key,
    c.holder_since, c.round, p.stage_since, coalesce(h.closed_on, (c.closed_at AT TIME ZONE 'Asia/Shanghai')::date) AS closed_on,
    coalesce(p.step, '') AS step, coalesce(p.terminated ->> 'cause', '') AS ending, p.next_contact_on,
    recognised_on(p.recognised, 'signed') AS signed_recognised_on, recognised_on(p.recognised, 'started') AS started_recognised_on, recognised_on(p.recognised, 'completed') AS completed_recognised_on
FROM cases AS c LEFT JOIN projects AS p ON p.case_id = c.id LEFT JOIN hazards AS h ON h.case_id = c.id LEFT JOIN case_facts AS f ON f.case_id = c.id
    LEFT JOIN labels AS l ON l.case_id = c.id AND l.title = c.title LEFT JOIN cards AS k ON k.case_id = c.id;
COMMENT ON VIEW card_facts IS 'What each card says.';
GRANT SELECT ON card_facts TO parkway_writer;
DROP FUNCTION card_percent, works_percent;
