-- What a role's first page answers beside its own work.

-- name: RedCases :many
-- What is late, the longest first, whoever has it.
SELECT c.id, c.kind, c.number, c.title, c.state, c.stage, c.round, c.enterprise_name, coalesce(c.holder_kind, '') AS holder_kind,
    coalesce(c.holder_id::text, '')::text AS holder_id, c.holder_name, c.holder_since, c.due_on, c.escalation
FROM (SELECT k.case_id, k.due_order FROM cards AS k WHERE k.park_id = @park_id AND NOT k.done AND k.due_order < @now::timestamptz
    ORDER BY k.due_order, k.case_id LIMIT @size) AS red
JOIN cases AS c ON c.id = red.case_id ORDER BY red.due_order, red.case_id;

-- name: Begun :one
-- Whether anything was ever put on file in the zone, and whether its register of enterprises holds any.
SELECT EXISTS (SELECT FROM cards AS k WHERE k.park_id = @park_id) AS cases, EXISTS (SELECT FROM enterprises AS e WHERE e.park_id = @park_id) AS enterprises;

-- name: CountReds :one
-- How many cases of the zone are late, whoever has them.
SELECT count(*)::integer FROM cards AS k WHERE k.park_id = @park_id AND NOT k.done AND k.due_order < @now::timestamptz;

-- name: Arrive :one
-- Notes that somebody looks at their first page, and returns until when the visit before lasted. Looks within half an hour are one visit.
INSERT INTO visits (user_id, at, before) VALUES (@user_id, @now, @now)
ON CONFLICT (user_id) DO UPDATE SET
    before = CASE WHEN excluded.at - visits.at > interval '30 minutes' THEN visits.at ELSE visits.before END,
    at = greatest(visits.at, excluded.at)
RETURNING before;

-- name: ChangedSince :many
-- The cases with the newest entries since an instant, and how many entries each got since.
SELECT c.id, c.kind, c.number, c.title, c.enterprise_name, e.last::timestamptz AS last, e.entries::integer AS entries,
    (SELECT x.command FROM events AS x WHERE x.case_id = c.id ORDER BY x.version DESC LIMIT 1)::text AS command,
    (SELECT x.actor ->> 'name' FROM events AS x WHERE x.case_id = c.id ORDER BY x.version DESC LIMIT 1)::text AS actor_name,
    (SELECT x.actor ->> 'type' FROM events AS x WHERE x.case_id = c.id ORDER BY x.version DESC LIMIT 1)::text AS actor_type,
    coalesce((SELECT x.actor ->> 'behalf' FROM events AS x WHERE x.case_id = c.id ORDER BY x.version DESC LIMIT 1), '')::text AS behalf
FROM (SELECT r.case_id, max(r.recorded_at) AS last, count(*) AS entries
    FROM (SELECT y.case_id, y.recorded_at FROM events AS y WHERE y.recorded_at > @since::timestamptz ORDER BY y.recorded_at DESC LIMIT 500) AS r GROUP BY r.case_id) AS e
JOIN cases AS c ON c.id = e.case_id
WHERE c.park_id = @park_id ORDER BY e.last DESC, c.id LIMIT @size;

-- name: Notable :many
-- Of the cases changed last, those at whose history an auditor stops: closed without the paper that a rule asks for (a project that ended before it was signed has none; a request, a department's opinion, a task and an inspection are closed in words; what is
-- not needed, refused or taken back shows nothing), or of what others issue (a permit, minutes, an enrolment) its number, by which it can be looked up there; an entry of an earlier day, or a history that
-- began before its entries held every fact.
SELECT n.id, n.kind, n.number, n.title, n.enterprise_name, n.bare, n.late, n.old, count(*) OVER ()::integer AS total
FROM (
    SELECT r.id, r.kind, r.number, r.title, r.enterprise_name, r.updated_at,
        (r.done AND (SELECT h.result FROM hazards AS h WHERE h.case_id = r.id) IS DISTINCT FROM 'withdrawn' AND NOT EXISTS (SELECT FROM attachments AS a WHERE a.case_id = r.id)
            AND r.kind NOT IN ('extension', 'waiver', 'opinion', 'plan_task', 'inspection', 'request', 'track') AND r.state NOT IN ('not_needed', 'dropped', 'refused', 'spared', 'cancelled') AND NOT EXISTS (SELECT FROM projects AS p WHERE p.case_id = r.id AND p.signed_on IS NULL)
            AND NOT (r.kind IN ('permit', 'meeting', 'enrolment') AND (SELECT true FROM official_numbers AS n WHERE n.case_id = r.id LIMIT 1) IS NOT NULL))::boolean AS bare,
        EXISTS (SELECT FROM events AS e WHERE e.case_id = r.id
            AND (e.recorded_at AT TIME ZONE 'Asia/Shanghai')::date > (e.occurred_at AT TIME ZONE 'Asia/Shanghai')::date)::boolean AS late,
        EXISTS (SELECT FROM events AS e WHERE e.case_id = r.id AND e.form = 0)::boolean AS old
    FROM (SELECT y.case_id, max(y.recorded_at) AS at FROM (SELECT x.case_id, x.recorded_at FROM events AS x ORDER BY x.recorded_at DESC LIMIT 5000) AS y
        GROUP BY y.case_id ORDER BY at DESC, y.case_id LIMIT 400) AS newest
    JOIN cases AS r ON r.id = newest.case_id AND r.park_id = @park_id
) AS n WHERE n.bare OR n.late OR n.old ORDER BY n.late DESC, n.old DESC, n.updated_at DESC, n.id LIMIT @size;

-- name: CaredFor :many
-- The enterprises somebody looks after, those with the most pressing open case first.
SELECT e.id, e.short_name, e.sector, count(c.case_id)::integer AS open, (count(c.case_id) FILTER (WHERE c.due_order < @now::timestamptz))::integer AS late,
    min(c.due_on)::date AS due_on
FROM enterprises AS e LEFT JOIN LATERAL (SELECT k.case_id, k.due_order, k.due_on FROM cards AS k WHERE k.enterprise_id = e.id AND NOT k.done
    UNION ALL SELECT k.case_id, k.due_order, k.due_on FROM also_to(e.id) AS x (id) JOIN cards AS k ON k.case_id = x.id WHERE NOT k.done) AS c ON true
WHERE e.park_id = @park_id AND e.merged_into IS NULL AND e.liaison_id = @user_id::uuid GROUP BY e.id ORDER BY min(c.due_order) NULLS LAST, e.short_name LIMIT @size;

-- name: CaredCases :many
-- The open cases of the enterprises somebody looks after, the most urgent first.
SELECT c.id, c.kind, c.number, c.title, c.state, c.stage, c.round, c.enterprise_name, coalesce(c.holder_kind, '') AS holder_kind,
    coalesce(c.holder_id::text, '')::text AS holder_id, c.holder_name, c.holder_since, c.due_on, c.escalation
FROM (SELECT k.case_id, k.due_order FROM enterprises AS e JOIN cards AS k ON k.enterprise_id = e.id AND NOT k.done
    WHERE e.park_id = @park_id AND e.merged_into IS NULL AND e.liaison_id = @user_id::uuid
    UNION SELECT k.case_id, k.due_order FROM enterprises AS e CROSS JOIN LATERAL also_to(e.id) AS x (id) JOIN cards AS k ON k.case_id = x.id AND NOT k.done
    WHERE e.park_id = @park_id AND e.merged_into IS NULL AND e.liaison_id = @user_id::uuid
    ORDER BY due_order, case_id LIMIT @size) AS cared
JOIN cases AS c ON c.id = cared.case_id ORDER BY cared.due_order, cared.case_id;
