-- The calendar's versions, deadlines of all open cases, and what comes next.

-- name: LockPark :exec
SELECT FROM parks WHERE id = @id FOR NO KEY UPDATE;

-- name: AddCalendar :exec
INSERT INTO calendars (park_id, seq, version, years, hours, reason, by_id, by_name, created_at, undoes)
VALUES (@park_id, @seq, @version, @years, @hours, @reason, @by_id, @by_name, @created_at, @undoes);

-- name: AddCalendarDays :exec
INSERT INTO calendar_days (park_id, seq, day, kind, name)
SELECT @park_id::uuid, @seq::integer, d.day, d.kind, d.name FROM jsonb_to_recordset(@days::jsonb) AS d (day date, kind text, name text);

-- name: SettleCalendar :exec
UPDATE calendars SET moved = @moved, settled_at = @settled_at WHERE park_id = @park_id AND seq = @seq;

-- name: CalendarHistory :many
SELECT seq, version, years, hours, reason, by_name, created_at, coalesce(undoes, 0)::integer AS undoes, moved, settled_at
FROM calendars WHERE park_id = @park_id ORDER BY seq DESC LIMIT 100;

-- name: LiveCases :many
-- Open cases with a running or suspended deadline, in the order of their ids.
SELECT c.id, c.kind FROM cases AS c JOIN clocks AS k ON k.case_id = c.id AND k.stopped_on IS NULL
WHERE c.park_id = @park_id AND NOT c.done AND c.id > @after ORDER BY c.id LIMIT @size;

-- name: ReachedPeople :many
-- Who is meant by each notice, by name and whether somebody stands in for them that day.
SELECT n.ord::integer AS ord, u.id, u.name, coalesce(d.name, '')::text AS deputy
FROM jsonb_array_elements(@notices::jsonb) WITH ORDINALITY AS n (doc, ord)
JOIN users AS u ON u.disabled_at IS NULL AND u.park_id = @park_id AND CASE n.doc ->> 'to_kind'
    WHEN 'person' THEN u.id = (n.doc ->> 'to_id')::uuid
    WHEN 'unit' THEN u.unit_id = (n.doc ->> 'to_id')::uuid
    WHEN 'enterprise' THEN u.enterprise_id = (n.doc ->> 'to_id')::uuid
    WHEN 'role' THEN n.doc ->> 'to_id' = ANY (u.roles)
    WHEN 'head' THEN u.id = (SELECT o.head_id FROM units AS o JOIN users AS m ON m.unit_id = o.id WHERE m.id = (n.doc ->> 'to_id')::uuid)
    WHEN 'liaison' THEN u.id = (SELECT e.liaison_id FROM enterprises AS e WHERE e.id = (n.doc ->> 'to_id')::uuid)
    WHEN 'regulator' THEN u.unit_id = (SELECT e.department_id FROM enterprises AS e WHERE e.id = (n.doc ->> 'to_id')::uuid)
    END
LEFT JOIN absences AS a ON a.user_id = u.id AND (n.doc ->> 'on')::date BETWEEN a.from_on AND a.to_on
LEFT JOIN users AS d ON d.id = a.deputy_id
ORDER BY n.ord, u.name, u.id;

-- name: Holdings :many
-- Who had the ball from when on, in order: one row per event.
SELECT occurred_at, coalesce(outcome -> 'holder' ->> 'id', '')::text AS holder_id, coalesce(outcome -> 'holder' ->> 'kind', '')::text AS holder_kind,
    coalesce(outcome -> 'holder' ->> 'name', '')::text AS holder_name
FROM events WHERE case_id = @case_id ORDER BY version LIMIT 5000;

-- name: CaseNotices :many
-- Who was told what about a case, with how each message fared.
SELECT n.id, n.kind, n.level, n.rung, n.act, n.created_at, n.read_at, n.acked_at, u.name AS user_name, coalesce(b.name, '')::text AS behalf,
    coalesce(m.status, '')::text AS status, coalesce(h.name, '')::text AS channel, coalesce(d.status, '')::text AS delivery, coalesce(d.reason, '')::text AS reason, d.ended_at
FROM notices AS n JOIN users AS u ON u.id = n.user_id LEFT JOIN users AS b ON b.id = n.on_behalf_of
LEFT JOIN messages AS m ON m.id = n.message_id
LEFT JOIN LATERAL (SELECT * FROM deliveries AS x WHERE x.message_id = m.id ORDER BY x.attempt DESC LIMIT 1) AS d ON true
LEFT JOIN channels AS h ON h.id = d.channel_id
WHERE n.case_id = @case_id ORDER BY n.id DESC LIMIT @size;
