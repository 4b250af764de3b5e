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
-- The inspections of an enterprise from one day to another, the latest first, but for those that were called off.
SELECT c.id, c.number, c.done, c.stage, coalesce(f.facts ->> 'campaign_name', '')::text AS campaign, coalesce(f.facts ->> 'outcome', '')::text AS outcome,
    (coalesce(f.facts ->> 'held_on', f.facts ->> 'visit_on'))::date AS visit_on
FROM case_facts AS f JOIN cases AS c ON c.id = f.case_id
WHERE f.facts ? 'target_id' AND f.facts ->> 'target_id' = @enterprise_id::text AND c.kind = 'inspection' AND c.state <> 'cancelled'
    AND coalesce(f.facts ->> 'held_on', f.facts ->> 'visit_on') BETWEEN @first_day::text AND @last_day::text
ORDER BY visit_on DESC, c.id;

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
