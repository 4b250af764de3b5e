-- What every kind's pages read, whatever the kind.

-- name: Cases :many
-- The cases of a kind, the most urgent first; of closed ones the latest due first come last.
SELECT c.id, c.number, c.title, c.state, c.stage, c.round, c.done, c.enterprise_name, coalesce(c.holder_kind, '') AS holder_kind,
    coalesce(c.holder_id::text, '')::text AS holder_id, c.holder_name, c.holder_since, c.due_on, c.target_on, c.provisional, c.suspended_since,
    c.due_order::text AS due_order
FROM cases AS c
WHERE c.park_id = @park_id AND c.kind = @kind AND c.done = @done
    AND (sqlc.narg(viewers)::uuid[] IS NULL OR EXISTS (SELECT FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]) AND v.case_id = c.id))
    AND (c.due_order, c.id) > (sqlc.arg(after_due)::text::timestamptz, @after_id::uuid)
ORDER BY c.due_order, c.id LIMIT @size;
