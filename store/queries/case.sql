-- What every kind's pages read, whatever the kind.

-- name: Cases :many
-- The cases of a kind, the most urgent first; of closed ones the latest due first come last.
SELECT c.id, c.number, c.title, c.state, c.stage, c.round, c.done, c.enterprise_name, coalesce(c.holder_kind, '') AS holder_kind,
    coalesce(c.holder_id::text, '')::text AS holder_id, c.holder_name, c.holder_since, c.due_on, c.target_on, c.provisional, c.suspended_since,
    picked.due_order::text AS due_order
FROM (SELECT k.case_id, k.due_order FROM cards AS k WHERE k.park_id = @park_id AND k.kind = @kind AND k.done = @done
        AND (sqlc.narg(viewers)::uuid[] IS NULL OR EXISTS (SELECT FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]) AND v.case_id = k.case_id))
        AND (k.due_order, k.case_id) > (sqlc.arg(after_due)::text::timestamptz, @after_id::uuid)
    ORDER BY k.due_order, k.case_id LIMIT @size) AS picked
JOIN cases AS c ON c.id = picked.case_id ORDER BY picked.due_order, picked.case_id;
