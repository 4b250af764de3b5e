-- The requests for more time of a case.

-- name: RequestsOf :many
-- The newest first.
SELECT c.id, c.number, c.state, c.done, c.due_on, c.opened_at, c.holder_name, f.facts,
    coalesce(c.enterprise_id::text, '')::text AS enterprise_id, coalesce(c.enterprise_name, '')::text AS enterprise_name, coalesce(c.also, '[]')::jsonb AS also
FROM cases AS c JOIN case_facts AS f ON f.case_id = c.id
WHERE c.parent_id = @parent_id AND c.kind = 'extension'
    AND (sqlc.narg(viewers)::uuid[] IS NULL OR EXISTS (SELECT FROM sight AS v WHERE v.case_id = c.id AND v.party_id = ANY (sqlc.narg(viewers)::uuid[])))
ORDER BY c.opened_at DESC, c.id LIMIT @size;
