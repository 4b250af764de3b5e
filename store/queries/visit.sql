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
