-- The calendar's versions, deadlines of all open cases, and what comes next.

-- name: LockPark :exec
SELECT FROM parks WHERE id = @id FOR NO KEY UPDATE;

-- name: AddCalendar :exec
INSERT INTO calendars (park_id, seq, version, years, hours, reason, by_id, by_name, created_at, undoes)
VALUES (@park_id, @seq, @version, @years, @hours, @reason, @by_id, @by_name, @created_at, @undoes);

-- name: AddCalendarDays :exec
INSERT INTO calendar_days (park_id, seq, day, list, kind, name)
SELECT @park_id::uuid, @seq::integer, d.day, d.list, d.kind, d.name FROM jsonb_to_recordset(@days::jsonb) AS d (day date, list integer, kind text, name text);

-- name: SettleCalendar :exec
UPDATE calendars SET moved = @moved, settled_at = @settled_at WHERE park_id = @park_id AND seq = @seq;

-- name: CalendarHistory :many
SELECT seq, version, years, hours, reason, by_name, created_at, coalesce(undoes, 0)::integer AS undoes, moved, settled_at
FROM calendars WHERE park_id = @park_id ORDER BY seq DESC LIMIT 100;

-- name: ReachedPeople :many
-- Who is meant by each notice, by name and whether somebody stands in for them that day. Each party is looked up once, by an index of its own.
WITH asked AS (
    SELECT n.ord::integer AS ord, n.doc ->> 'to_kind' AS to_kind, n.doc ->> 'to_id' AS to_id, (n.doc ->> 'on')::date AS day
    FROM jsonb_array_elements(@notices::jsonb) WITH ORDINALITY AS n (doc, ord)
), party AS MATERIALIZED (
    SELECT DISTINCT a.to_kind, a.to_id, CASE WHEN a.to_kind <> 'role' THEN a.to_id::uuid END AS id FROM asked AS a
), meant AS (
    SELECT p.to_kind, p.to_id, p.id AS user_id FROM party AS p WHERE p.to_kind = 'person'
    UNION ALL SELECT p.to_kind, p.to_id, u.id FROM party AS p JOIN users AS u ON u.unit_id = p.id WHERE p.to_kind = 'unit'
    UNION ALL SELECT p.to_kind, p.to_id, u.id FROM party AS p JOIN users AS u ON u.enterprise_id = p.id WHERE p.to_kind = 'enterprise'
    UNION ALL SELECT p.to_kind, p.to_id, u.id FROM party AS p JOIN users AS u ON p.to_id = ANY (u.roles) WHERE p.to_kind = 'role'
    UNION ALL SELECT p.to_kind, p.to_id, acting_head(m.unit_id) FROM party AS p JOIN users AS m ON m.id = p.id WHERE p.to_kind = 'head'
    UNION ALL SELECT p.to_kind, p.to_id, e.liaison_id FROM party AS p JOIN enterprises AS e ON e.id = p.id WHERE p.to_kind = 'liaison'
    UNION ALL SELECT p.to_kind, p.to_id, u.id FROM party AS p JOIN enterprises AS e ON e.id = p.id JOIN users AS u ON u.unit_id = e.department_id
        WHERE p.to_kind = 'regulator'
)
SELECT a.ord, u.id, u.name,
    (SELECT coalesce(string_agg(d.name, '、' ORDER BY d.name), '') FROM users AS d WHERE d.id = ANY (stand_ins(u.id, a.day)))::text AS deputy,
    (SELECT coalesce(array_agg(h.name ORDER BY t.position), '{}') FROM routes AS t JOIN channels AS h ON h.id = t.channel_id AND h.disabled_at IS NULL
        WHERE t.user_id = u.id)::text[] AS channels
FROM asked AS a JOIN meant AS m ON m.to_kind = a.to_kind AND m.to_id = a.to_id JOIN users AS u ON u.id = m.user_id AND u.disabled_at IS NULL AND u.park_id = @park_id
ORDER BY a.ord, u.name, u.id;

-- name: Holdings :many
-- Who had the ball from when on, in order: one row per event.
SELECT occurred_at, coalesce(outcome -> 'holder' ->> 'id', '')::text AS holder_id, coalesce(outcome -> 'holder' ->> 'kind', '')::text AS holder_kind,
    coalesce(outcome -> 'holder' ->> 'name', '')::text AS holder_name
FROM events WHERE case_id = @case_id ORDER BY version LIMIT 5000;

-- name: CaseNotices :many
-- Who was told what about a case, with how each message fared.
SELECT n.id, n.kind, n.level, n.rung, n.act, n.created_at, n.read_at, n.acked_at, u.name AS user_name, coalesce(b.name, '')::text AS behalf, n.parts,
    coalesce(m.status, '')::text AS status, coalesce(h.name, '')::text AS channel, coalesce(d.status, '')::text AS delivery, coalesce(d.reason, '')::text AS reason, d.ended_at
FROM notices AS n JOIN users AS u ON u.id = n.user_id LEFT JOIN users AS b ON b.id = n.on_behalf_of
LEFT JOIN messages AS m ON m.id = n.message_id
LEFT JOIN LATERAL (SELECT * FROM deliveries AS x WHERE x.message_id = m.id ORDER BY x.attempt DESC LIMIT 1) AS d ON true
LEFT JOIN channels AS h ON h.id = d.channel_id
WHERE n.case_id = @case_id ORDER BY n.id DESC LIMIT @size;

-- name: Climbers :many
-- Open cases whose next wake lies before the instant, the soonest first, with the clock that has not stopped: what forecasts are made of. What wakes for something of its
-- own and has no deadline is none of them.
SELECT c.id, c.kind, c.number, c.title, coalesce(c.enterprise_id::text, '')::text AS enterprise_id, c.enterprise_name, c.definition_version, coalesce(c.holder_kind, '') AS holder_kind,
    coalesce(c.holder_id::text, '')::text AS holder_id, c.holder_name, c.due_on, c.next_wake, c.wake, c.next_wake::text AS wake_order, coalesce(to_jsonb(k), 'null')::jsonb AS clock,
    coalesce(p.site_mode, h.level, '')::text AS variant, coalesce(a.manager_id::text, '')::text AS manager_id,
    coalesce(p.leader_id::text, '')::text AS leader_id, coalesce(p.liaison_id::text, '')::text AS liaison_id, coalesce(c.also, '[]')::jsonb AS also
FROM (SELECT w.id, w.next_wake FROM cases AS w WHERE w.next_wake < @before AND w.due_on IS NOT NULL
    AND (w.next_wake, w.id) > (sqlc.arg(after_wake)::text::timestamptz, @after_id::uuid)
    AND (sqlc.narg(viewers)::uuid[] IS NULL OR w.id IN (SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[])))
    ORDER BY w.next_wake, w.id LIMIT @size) AS soon
JOIN cases AS c ON c.id = soon.id JOIN cards AS a ON a.case_id = soon.id LEFT JOIN clocks AS k ON k.case_id = soon.id AND k.stopped_on IS NULL
LEFT JOIN projects AS p ON p.case_id = soon.id LEFT JOIN hazards AS h ON h.case_id = soon.id
ORDER BY soon.next_wake, soon.id;

-- name: CountClimbers :one
SELECT count(*)::integer FROM cases AS w WHERE w.next_wake < @before AND w.due_on IS NOT NULL
    AND (sqlc.narg(viewers)::uuid[] IS NULL OR w.id IN (SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[])));

-- name: OpenClimbers :many
-- Open cases by their id, or one of them, each with the clock that has not stopped: what previews are made of. One that is suspended has no next wake.
SELECT c.id, c.kind, c.number, c.title, coalesce(c.enterprise_id::text, '')::text AS enterprise_id, c.enterprise_name, c.definition_version, coalesce(c.holder_kind, '') AS holder_kind,
    coalesce(c.holder_id::text, '')::text AS holder_id, c.holder_name, c.due_on, c.next_wake, c.wake, coalesce(c.next_wake::text, '')::text AS wake_order, coalesce(to_jsonb(k), 'null')::jsonb AS clock,
    coalesce(p.site_mode, h.level, '')::text AS variant, coalesce(a.manager_id::text, '')::text AS manager_id,
    coalesce(p.leader_id::text, '')::text AS leader_id, coalesce(p.liaison_id::text, '')::text AS liaison_id, coalesce(c.also, '[]')::jsonb AS also
FROM cases AS c JOIN cards AS a ON a.case_id = c.id JOIN clocks AS k ON k.case_id = c.id AND k.stopped_on IS NULL
LEFT JOIN projects AS p ON p.case_id = c.id LEFT JOIN hazards AS h ON h.case_id = c.id
WHERE c.park_id = @park_id AND NOT c.done AND c.id > @after
    AND (sqlc.narg(one)::uuid IS NULL OR c.id = sqlc.narg(one))
    AND (sqlc.narg(before)::timestamptz IS NULL OR c.next_wake < sqlc.narg(before))
ORDER BY c.id LIMIT @size;

-- name: CasesOfOtherVersions :many
SELECT k.case_id FROM cards AS k WHERE k.park_id = @park_id AND k.kind = @kind AND NOT k.done AND (k.definition_version < @version OR k.definition_version > @version)
ORDER BY k.case_id;

-- name: DefinitionVersions :many
SELECT d.kind, d.version, d.published_at, (SELECT count(*) FROM cards AS k WHERE k.park_id = d.park_id AND k.kind = d.kind AND NOT k.done
    AND k.definition_version = d.version)::integer AS open
FROM definitions AS d WHERE d.park_id = @park_id ORDER BY d.kind DESC, d.version DESC;

-- name: CountBatch :one
SELECT count(*)::integer FROM events WHERE key = @key AND key LIKE 'batch/%' AND actor ->> 'through' = 'batch';

-- name: TellOfBatch :exec
-- One notice for each person, however many of their cases the batch touched.
INSERT INTO notices (user_id, kind, created_at, level, about)
SELECT u.id, @kind::text, @created_at::timestamptz, 'info', @about::jsonb || jsonb_build_object('count', count(DISTINCT e.case_id), 'key', @key::text)
FROM events AS e JOIN cards AS c ON c.case_id = e.case_id
JOIN users AS u ON u.disabled_at IS NULL AND u.park_id = @park_id AND (u.id IN (c.holder_id, c.manager_id)
    OR (c.holder_kind = 'unit' AND u.unit_id = c.holder_id) OR (c.holder_kind = 'enterprise' AND u.enterprise_id = c.holder_id)
    OR c.holder_kind = 'enterprise' AND EXISTS (SELECT FROM cases AS x WHERE x.id = c.case_id AND x.also IS NOT NULL AND (x.enterprise_id = u.enterprise_id OR x.also @> jsonb_build_array(jsonb_build_object('id', u.enterprise_id)))))
WHERE e.key = @key AND e.key LIKE 'batch/%' AND e.actor ->> 'through' = 'batch' AND NOT EXISTS (SELECT FROM notices AS n WHERE n.user_id = u.id AND n.kind = @kind::text AND n.about ->> 'key' = @key::text)
GROUP BY u.id;

-- name: CountCommands :one
SELECT count(*)::integer FROM events WHERE command = @command;

-- name: UnsettledCalendar :one
-- The calendar in force, when open cases have not been reckoned by it yet and its batch did not end just now without reaching all of them.
SELECT seq, version, reason, by_id, by_name, created_at FROM calendars AS c
WHERE c.park_id = @park_id AND c.seq > 1 AND c.settled_at IS NULL AND c.created_at < @before AND c.seq = (SELECT max(x.seq) FROM calendars AS x WHERE x.park_id = c.park_id)
    AND NOT EXISTS (SELECT FROM batches AS b WHERE b.id = 'calendar-' || c.seq AND b.ended_at > @lately);

-- name: Counting :many
-- In what the running clocks of the cases count, and by which calendar they were reckoned.
SELECT k.case_id, k.unit, k.calendar FROM clocks AS k WHERE k.case_id = ANY (@ids::uuid[]) AND k.stopped_on IS NULL;
