-- name: Cases :many
SELECT c.id, c.number, c.title, c.version, c.state, c.stage, c.round, c.done, c.enterprise_id, c.enterprise_name, coalesce(c.holder_kind, '') AS holder_kind,
    coalesce(c.holder_id::text, '')::text AS holder_id, c.holder_name, c.holder_since, c.due_on, c.updated_at, c.due_order::text AS due_order
FROM cases AS c
WHERE c.park_id = @park_id AND c.kind = @kind
    AND (sqlc.narg(done)::boolean IS NULL OR c.done = sqlc.narg(done))
    AND (sqlc.narg(state)::text IS NULL OR c.state = sqlc.narg(state))
    AND (sqlc.narg(holder_id)::uuid IS NULL OR c.holder_id = sqlc.narg(holder_id))
    AND (sqlc.narg(enterprise_id)::uuid IS NULL OR c.enterprise_id = sqlc.narg(enterprise_id))
    AND (sqlc.narg(overdue_at)::timestamptz IS NULL OR c.due_order < sqlc.narg(overdue_at))
    AND (sqlc.narg(words)::text IS NULL OR c.grams @> bigrams(sqlc.narg(words)))
    AND (sqlc.narg(viewers)::uuid[] IS NULL OR CASE WHEN @wide::boolean
        THEN EXISTS (SELECT FROM sight AS v WHERE v.case_id = c.id AND v.party_id = ANY (sqlc.narg(viewers)::uuid[]))
        ELSE c.id = ANY (ARRAY(SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]))) END)
    AND (c.due_order, c.id) > (sqlc.arg(after_due)::text::timestamptz, @after_id::uuid)
ORDER BY c.due_order, c.id LIMIT @size;
