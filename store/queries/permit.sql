-- The permits of projects (docs/decisions/0036).

-- name: PermitsOf :many
SELECT c.id, c.number, c.title, c.state, c.done, c.stage, c.round, c.due_on, c.provisional, coalesce(c.holder_kind, '') AS holder_kind, coalesce(c.holder_id::text, '')::text AS holder_id,
    c.holder_name, c.holder_since, f.facts
FROM cases AS c JOIN case_facts AS f ON f.case_id = c.id
WHERE c.parent_id = @parent_id AND c.kind = 'permit'
    AND (sqlc.narg(viewers)::uuid[] IS NULL OR EXISTS (SELECT FROM sight AS v WHERE v.case_id = c.id AND v.party_id = ANY (sqlc.narg(viewers)::uuid[])))
ORDER BY c.number;

-- name: PermitFigures :many
SELECT k.stage, k.state, count(*)::integer AS count, count(*) FILTER (WHERE k.due_order < @now::timestamptz)::integer AS overdue
FROM cards AS k
WHERE k.park_id = @park_id AND k.kind = 'permit' AND NOT k.done
    AND (sqlc.narg(viewers)::uuid[] IS NULL OR CASE WHEN @wide::boolean
        THEN k.case_id IN (SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]))
        ELSE k.case_id = ANY (ARRAY(SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]))) END)
GROUP BY k.stage, k.state ORDER BY k.stage, k.state;

-- name: OpinionFigures :many
SELECT k.stage, count(*)::integer AS count, count(*) FILTER (WHERE k.due_order < @now::timestamptz)::integer AS overdue
FROM cards AS k
WHERE k.park_id = @park_id AND k.kind = 'opinion' AND NOT k.done
    AND (sqlc.narg(viewers)::uuid[] IS NULL OR CASE WHEN @wide::boolean
        THEN k.case_id IN (SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]))
        ELSE k.case_id = ANY (ARRAY(SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]))) END)
GROUP BY k.stage ORDER BY k.stage;

-- name: TrackFigures :many
-- Who owes which answer, how many, and how many of them are late. The other side stands in the track's facts; which way it goes is its stage.
SELECT k.stage, k.state, coalesce(f.facts -> 'other' ->> 'name', '')::text AS other, count(*)::integer AS count, count(*) FILTER (WHERE k.due_order < @now::timestamptz)::integer AS overdue
FROM cards AS k JOIN case_facts AS f ON f.case_id = k.case_id
WHERE k.park_id = @park_id AND k.kind = 'track' AND NOT k.done
    AND (sqlc.narg(viewers)::uuid[] IS NULL OR CASE WHEN @wide::boolean
        THEN k.case_id IN (SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]))
        ELSE k.case_id = ANY (ARRAY(SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]))) END)
GROUP BY 1, 2, 3 ORDER BY overdue DESC, 3, 1, 2 LIMIT 200;
