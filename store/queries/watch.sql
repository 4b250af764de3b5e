-- What the watchdog looks for, and what it found to be stuck.

-- name: LateWakes :many
-- Cases that were woken in vain are asked for less and less often, and after the others: one that cannot get on holds up nobody.
SELECT c.id, c.kind, coalesce(s.looks, 0)::integer AS looks FROM cases AS c LEFT JOIN stuck_cases AS s ON s.case_id = c.id
WHERE c.next_wake < @before AND (s.case_id IS NULL OR s.looked_at + least(s.looks * s.looks, 60) * interval '1 minute' <= @now::timestamptz)
ORDER BY s.looks NULLS FIRST, c.next_wake LIMIT @size;

-- name: DueWakes :many
-- Cases whose wake has come, without those that were woken in vain.
SELECT c.id, c.kind FROM cases AS c
WHERE c.next_wake <= @now AND NOT EXISTS (SELECT FROM stuck_cases AS s WHERE s.case_id = c.id AND s.looks >= @vain) ORDER BY c.next_wake LIMIT @size;

-- name: NoteWoken :exec
INSERT INTO stuck_cases (case_id, since, looked_at) SELECT unnest(@ids::uuid[]), @now::timestamptz, @now::timestamptz
ON CONFLICT (case_id) DO UPDATE SET looked_at = excluded.looked_at, looks = stuck_cases.looks + 1;

-- name: NoteReason :exec
UPDATE stuck_cases SET reason = @reason WHERE case_id = @case_id AND reason <> @reason;

-- name: ForgetWoken :exec
DELETE FROM stuck_cases AS s USING cases AS c WHERE c.id = s.case_id AND (c.next_wake IS NULL OR c.next_wake >= @before::timestamptz);

-- name: StuckCases :many
SELECT c.id, c.kind, c.number, c.title, c.next_wake, c.wake, s.since, s.looked_at, s.looks, s.reason FROM stuck_cases AS s JOIN cases AS c ON c.id = s.case_id
WHERE s.looks >= @vain AND c.next_wake < @before ORDER BY s.since, c.id LIMIT @size;

-- name: CountStuck :one
SELECT count(*)::integer FROM stuck_cases AS s JOIN cases AS c ON c.id = s.case_id WHERE s.looks >= @vain AND c.next_wake < @before;

-- name: CountLate :one
SELECT count(*)::integer FROM cases WHERE next_wake < @before;

-- name: TouchReadiness :execrows
UPDATE readiness SET touched = now();

-- name: OutboxSince :one
-- Since when the oldest notice waits to be planned or the oldest message to be sent; now when nothing waits.
SELECT least(@now::timestamptz, (SELECT min(created_at) FROM notices WHERE planned_at IS NULL),
    (SELECT min(coalesce(next_try, not_before)) FROM messages WHERE status = 'planned'))::timestamptz AS since;

-- name: KnownCases :many
SELECT id FROM cases WHERE id = ANY (@ids::uuid[]);
