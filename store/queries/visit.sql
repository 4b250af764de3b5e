-- Inspections: what an enterprise was visited for, and what a campaign came to.

-- name: VisitedNow :one
-- The enterprise that one is now, where it was merged into another one.
WITH RECURSIVE became (id, merged_into) AS (
    SELECT x.id, x.merged_into FROM enterprises AS x WHERE x.park_id = @park_id AND x.id = @id
    UNION ALL SELECT n.id, n.merged_into FROM enterprises AS n JOIN became AS b ON n.id = b.merged_into)
SELECT e.id, e.short_name AS name, e.status FROM became AS w JOIN enterprises AS e ON e.id = w.id WHERE w.merged_into IS NULL;

-- name: HoldVisits :exec
-- Nobody else plans a visit of the enterprise until the command is done.
SELECT FROM enterprises WHERE id = @id FOR NO KEY UPDATE;

-- name: VisitsOf :many
-- The inspections of an enterprise, and of those that became part of it, from one day to another, the latest first, but for those that were called off; and the visits of
-- other bodies that the zone knows of.
WITH RECURSIVE are (id) AS (
    SELECT x.id FROM enterprises AS x WHERE x.id = @enterprise_id
    UNION ALL SELECT n.id FROM enterprises AS n JOIN are AS a ON n.merged_into = a.id)
SELECT v.id, v.number, v.done, v.stage, v.campaign, v.outcome, v.plan_id, v.by_name, v.section, v.visit_on::date AS visit_on FROM (
    SELECT c.id::text AS id, c.number, c.done, c.stage, coalesce(f.facts ->> 'campaign_name', '')::text AS campaign, coalesce(f.facts ->> 'outcome', '')::text AS outcome,
        coalesce(f.facts ->> 'plan_id', '')::text AS plan_id, coalesce(f.facts ->> 'manager_name', '')::text AS by_name, coalesce(o.name, '')::text AS section,
        (coalesce(f.facts ->> 'held_on', f.facts ->> 'visit_on'))::date AS visit_on
    FROM are AS a JOIN case_facts AS f ON f.facts ? 'target_id' AND f.facts ->> 'target_id' = a.id::text JOIN cases AS c ON c.id = f.case_id
        LEFT JOIN users AS u ON u.id::text = f.facts ->> 'manager_id' LEFT JOIN units AS o ON o.id = u.unit_id
    WHERE c.kind = 'inspection' AND c.state <> 'cancelled' AND coalesce(f.facts ->> 'held_on', f.facts ->> 'visit_on')::date BETWEEN @first_day::date AND @last_day::date
    UNION ALL
    SELECT '', '', x.visit_on <= @today::date, '', x.purpose, '', '', x.body, '', x.visit_on
    FROM are AS a JOIN other_visits AS x ON x.enterprise_id = a.id WHERE x.withdrawn = '' AND x.visit_on BETWEEN @first_day::date AND @last_day::date) AS v
ORDER BY v.visit_on DESC, v.id;

-- name: VisitPlanOf :one
-- A template in use, and whether it means an enterprise: one that means a single enterprise means what that one is now.
SELECT p.id, p.name, p.every_months, p.first_on, EXISTS (SELECT FROM enterprises AS e WHERE e.id = sqlc.narg(enterprise_id)::uuid AND e.merged_into IS NULL
    AND (p.enterprise_id IS NULL OR (SELECT w.is_now FROM became AS w WHERE w.id = p.enterprise_id) = e.id) AND (p.sector = '' OR p.sector = e.sector)
    AND (p.department_id IS NULL OR p.department_id = e.department_id)) AS covers
FROM visit_plans AS p WHERE p.park_id = @park_id AND p.id = @id AND p.withdrawn = '';

-- name: VisitPlans :many
SELECT p.id, p.name FROM visit_plans AS p WHERE p.park_id = @park_id AND p.withdrawn = '' ORDER BY p.name, p.id;

-- name: PlannedVisits :many
-- Whom each template in use means, but for enterprises at which nobody is met any more: when a visit by it was made last, also of an enterprise that became
-- part of this one, and which one is planned or under way.
WITH made AS (
    SELECT w.is_now, f.facts ->> 'plan_id' AS plan_id, max(v.visit_on) FILTER (WHERE c.state = 'inspected') AS last_on,
        (array_agg(c.id::text || '|' || c.number || '|' || v.visit_on ORDER BY v.visit_on, c.id) FILTER (WHERE NOT c.done))[1] AS opened
    FROM case_facts AS f JOIN cases AS c ON c.id = f.case_id JOIN became AS w ON w.id::text = f.facts ->> 'target_id'
        CROSS JOIN LATERAL (SELECT coalesce(f.facts ->> 'held_on', f.facts ->> 'visit_on')::date AS visit_on) AS v
    WHERE f.facts ? 'target_id' AND f.facts ->> 'plan_id' <> '' AND c.park_id = @park_id AND c.kind = 'inspection'
    GROUP BY w.is_now, f.facts ->> 'plan_id')
SELECT p.id AS plan_id, p.name AS plan, p.sort, coalesce(p.checklist_id::text, '')::text AS checklist_id, p.every_months, p.first_on, coalesce(o.name, '')::text AS section,
    coalesce(p.first_id::text, '')::text AS first_id, coalesce(p.second_id::text, '')::text AS second_id, coalesce(u.name, '')::text AS first_name, coalesce(w.name, '')::text AS second_name,
    (u.disabled_at IS NOT NULL)::boolean AS first_gone, (w.disabled_at IS NOT NULL)::boolean AS second_gone, coalesce(l.withdrawn = 'withdrawn', false)::boolean AS list_gone,
    coalesce(acting_head(p.section_id)::text, '')::text AS head_id,
    e.id AS enterprise_id, e.short_name AS enterprise, e.status, e.invented, m.last_on::date AS last_on, coalesce(m.opened, '')::text AS opened
FROM visit_plans AS p LEFT JOIN became AS b ON b.id = p.enterprise_id
JOIN enterprises AS e ON e.park_id = p.park_id AND e.merged_into IS NULL AND e.status <> ALL (@gone::text[])
    AND (p.enterprise_id IS NULL OR b.is_now = e.id) AND (p.sector = '' OR p.sector = e.sector) AND (p.department_id IS NULL OR p.department_id = e.department_id)
LEFT JOIN made AS m ON m.is_now = e.id AND m.plan_id = p.id::text
LEFT JOIN units AS o ON o.id = p.section_id LEFT JOIN users AS u ON u.id = p.first_id LEFT JOIN users AS w ON w.id = p.second_id LEFT JOIN checklists AS l ON l.id = p.checklist_id
WHERE p.park_id = @park_id AND p.withdrawn = '';

-- name: PlansMean :one
-- Whether a template of inspections in use means somebody: as one of its inspectors, or as the head of its section.
SELECT EXISTS (SELECT FROM visit_plans AS p WHERE p.park_id = @park_id AND p.withdrawn = '' AND @person::text IN (p.first_id::text, p.second_id::text, acting_head(p.section_id)::text))::boolean AS means;

-- name: YearVisits :many
-- For what enterprises were visited: how often in a time, and the last one since a day, whoever came.
WITH all_visits AS (
    SELECT w.is_now, coalesce(f.facts ->> 'held_on', f.facts ->> 'visit_on')::date AS visit_on, c.done, c.number,
        coalesce(nullif(f.facts ->> 'campaign_name', ''), c.stage)::text AS what, coalesce(f.facts ->> 'campaign_name', '') = '' AS plain, coalesce(f.facts ->> 'manager_name', '')::text AS by_name, coalesce(o.name, '')::text AS section
    FROM case_facts AS f JOIN cases AS c ON c.id = f.case_id JOIN became AS w ON w.id::text = f.facts ->> 'target_id'
        LEFT JOIN users AS u ON u.id::text = f.facts ->> 'manager_id' LEFT JOIN units AS o ON o.id = u.unit_id
    WHERE f.facts ? 'target_id' AND coalesce(f.facts ->> 'held_on', f.facts ->> 'visit_on') BETWEEN @since::text AND @last_day::text
        AND c.park_id = @park_id AND c.kind = 'inspection' AND c.state NOT IN ('cancelled', 'missed')
    UNION ALL
    SELECT w.is_now, x.visit_on, x.visit_on <= @today::date, '', x.purpose, false, x.body, '' FROM other_visits AS x JOIN became AS w ON w.id = x.enterprise_id
    WHERE x.park_id = @park_id AND x.withdrawn = '' AND x.visit_on BETWEEN cast(@since::text AS date) AND cast(@last_day::text AS date))
SELECT DISTINCT ON (v.is_now) v.is_now::uuid AS enterprise_id, (count(*) FILTER (WHERE v.visit_on >= @first_day::date) OVER (PARTITION BY v.is_now))::integer AS times,
    v.visit_on::date AS visit_on, v.what::text AS what, v.plain::boolean AS plain, v.by_name::text AS by_name, v.section::text AS section, v.number::text AS number
FROM all_visits AS v WHERE v.done OR v.visit_on >= @first_day::date ORDER BY v.is_now, v.done DESC, v.visit_on DESC, v.number DESC;

-- name: VisitsAround :many
-- Every visit of any enterprise from one day to another, made or planned, whoever comes: what can stand in the way of what is due. Who found nobody stands in nobody's way.
SELECT w.is_now::uuid AS enterprise_id, c.id::text AS id, c.number, c.done, c.stage, coalesce(f.facts ->> 'campaign_name', '')::text AS campaign, coalesce(f.facts ->> 'manager_name', '')::text AS by_name,
    coalesce(o.name, '')::text AS section, coalesce(f.facts ->> 'held_on', f.facts ->> 'visit_on')::date AS visit_on
FROM case_facts AS f JOIN cases AS c ON c.id = f.case_id JOIN became AS w ON w.id::text = f.facts ->> 'target_id'
    LEFT JOIN users AS u ON u.id::text = f.facts ->> 'manager_id' LEFT JOIN units AS o ON o.id = u.unit_id
WHERE f.facts ? 'target_id' AND coalesce(f.facts ->> 'held_on', f.facts ->> 'visit_on') BETWEEN @first_day::text AND @last_day::text
    AND c.park_id = @park_id AND c.kind = 'inspection' AND c.state NOT IN ('cancelled', 'missed')
UNION ALL
SELECT w.is_now, '', '', x.visit_on <= @today::date, '', x.purpose, x.body, '', x.visit_on FROM other_visits AS x JOIN became AS w ON w.id = x.enterprise_id
WHERE x.park_id = @park_id AND x.withdrawn = '' AND x.visit_on BETWEEN cast(@first_day::text AS date) AND cast(@last_day::text AS date);

-- name: ProposedStatuses :many
-- The visits that found nobody and propose a status of the enterprise on which nobody has decided, the oldest first, with what is known of it since: the rules say which
-- are still to be decided on.
SELECT c.id, c.number, n.id::text AS target_id, e.id AS enterprise_id, e.short_name AS enterprise, e.status, (f.facts ->> 'proposes')::text AS proposes, (f.facts ->> 'excuse')::text AS note,
    (f.facts ->> 'held_on')::date AS held_on, coalesce(f.facts ->> 'manager_name', '')::text AS by_name,
    greatest((SELECT max(l.facts ->> 'held_on') FROM case_facts AS l JOIN cases AS lc ON lc.id = l.case_id
            WHERE l.facts ? 'target_id' AND l.facts ->> 'target_id' = f.facts ->> 'target_id' AND lc.kind = 'inspection' AND lc.state = 'inspected')::date,
        (SELECT max(x.visit_on) FROM other_visits AS x WHERE x.enterprise_id = n.id AND x.withdrawn = '' AND x.visit_on <= @today::date))::date AS met_on
FROM case_facts AS f JOIN cases AS c ON c.id = f.case_id JOIN enterprises AS n ON n.id::text = f.facts ->> 'target_id' JOIN became AS w ON w.id = n.id JOIN enterprises AS e ON e.id = w.is_now
WHERE f.facts ? 'target_id' AND c.park_id = @park_id AND c.kind = 'inspection' AND c.state = 'missed' AND f.facts ->> 'proposes' <> '' AND coalesce(f.facts ->> 'status_verdict', '') = ''
ORDER BY held_on, c.id;

-- name: CampaignFigures :one
-- What a campaign came to: its inspections, and the hazards found in it, with or without one.
SELECT c.id, c.name, c.started_on, c.ended_on, v.planned, v.missed, v.batches, v.visits, v.enterprises, h.found, h.major, h.rectified, h.on_spot, h.overdue
FROM campaigns AS c
CROSS JOIN LATERAL (SELECT (count(*) FILTER (WHERE NOT k.done))::integer AS planned, (count(*) FILTER (WHERE k.state = 'missed'))::integer AS missed,
        (count(*) FILTER (WHERE k.state = 'inspected'))::integer AS visits, (count(DISTINCT f.facts ->> 'target_id') FILTER (WHERE k.state = 'inspected'))::integer AS enterprises,
        (count(DISTINCT (f.facts ->> 'held_on', k.manager_id)) FILTER (WHERE k.state = 'inspected'))::integer AS batches
    FROM cards AS k JOIN case_facts AS f ON f.case_id = k.case_id WHERE k.campaign_id = c.id AND k.kind = 'inspection') AS v
CROSS JOIN LATERAL (SELECT count(*)::integer AS found, (count(*) FILTER (WHERE k.level = 'major'))::integer AS major,
        (count(*) FILTER (WHERE k.result IN ('passed', 'fixed_on_spot')))::integer AS rectified, (count(*) FILTER (WHERE k.result = 'fixed_on_spot'))::integer AS on_spot,
        (count(*) FILTER (WHERE NOT k.done AND k.due_order < @now::timestamptz))::integer AS overdue
    FROM cards AS k WHERE k.campaign_id = c.id AND k.kind = 'hazard' AND k.result <> 'withdrawn' AND NOT k.sample) AS h
WHERE c.park_id = @park_id AND c.id = @id;

-- name: InspectionFigures :one
-- What the inspections of a year came to, and the hazards found in it; what is to come is to come now.
SELECT p.planned, v.missed, v.batches, v.visits, v.enterprises, h.found, h.major, h.rectified, h.on_spot, h.overdue
FROM (SELECT count(*)::integer AS planned FROM cards AS k WHERE k.park_id = @park_id AND k.kind = 'inspection' AND NOT k.done) AS p
CROSS JOIN (SELECT (count(*) FILTER (WHERE c.state = 'missed'))::integer AS missed, (count(*) FILTER (WHERE c.state = 'inspected'))::integer AS visits,
        (count(DISTINCT f.facts ->> 'target_id') FILTER (WHERE c.state = 'inspected'))::integer AS enterprises,
        (count(DISTINCT (f.facts ->> 'held_on', f.facts ->> 'manager_id')) FILTER (WHERE c.state = 'inspected'))::integer AS batches
    FROM case_facts AS f JOIN cases AS c ON c.id = f.case_id
    WHERE f.facts ? 'target_id' AND f.facts ->> 'held_on' >= @first_day::text AND f.facts ->> 'held_on' <= @last_day::text AND c.park_id = @park_id AND c.kind = 'inspection') AS v
CROSS JOIN (SELECT count(*)::integer AS found, (count(*) FILTER (WHERE k.level = 'major'))::integer AS major,
        (count(*) FILTER (WHERE k.result IN ('passed', 'fixed_on_spot')))::integer AS rectified, (count(*) FILTER (WHERE k.result = 'fixed_on_spot'))::integer AS on_spot,
        (count(*) FILTER (WHERE NOT k.done AND k.due_order < @now::timestamptz))::integer AS overdue
    FROM cards AS k WHERE k.park_id = @park_id AND k.kind = 'hazard' AND k.result <> 'withdrawn' AND NOT k.sample
        AND k.found_on >= @year_from::date AND k.found_on < @year_until::date) AS h;
