-- Projects that have to be won: what may be on file already, whom to speak to today, and how many stand where.

-- name: Alike :many
-- Open projects that may be the same as one that is to be put on file: by name, by a name it also goes by, by the telephone number of the other side, or, of those in
-- the stages given, by the enterprise. Each once, by the first of these.
SELECT DISTINCT ON (x.rank, c.number) c.id, c.number, c.title, c.enterprise_name, p.manager_name, c.stage, x.by
FROM (
    SELECT y.case_id, min(y.rank) AS rank, (array_agg(y.by ORDER BY y.rank))[1]::text AS by FROM (
        SELECT l.case_id, 1 AS rank, 'name' AS by FROM labels AS l WHERE @title::text <> '' AND l.park_id = @park_id AND l.sought_title COLLATE "C" = sought(@title::text)
        UNION ALL SELECT n.id, 2, 'alias' FROM cases AS n WHERE @title::text <> '' AND n.aliases <> '{}' AND n.aliases @> ARRAY[@title::text] AND n.park_id = @park_id
        UNION ALL SELECT t.case_id, 3, 'phone' FROM projects AS t
            WHERE @phone::text <> '' AND t.contact_phone <> '' AND regexp_replace(t.contact_phone, '[^0-9]', '', 'g') = regexp_replace(@phone::text, '[^0-9]', '', 'g')
        UNION ALL SELECT k.case_id, 4, 'company' FROM cards AS k WHERE k.enterprise_id = sqlc.narg(enterprise_id)::uuid AND k.kind = 'project' AND NOT k.done AND k.stage = ANY (@stages::text[])
    ) AS y GROUP BY y.case_id
) AS x JOIN cases AS c ON c.id = x.case_id JOIN projects AS p ON p.case_id = x.case_id
WHERE NOT c.done AND c.park_id = @park_id AND (sqlc.narg(viewers)::uuid[] IS NULL OR c.id IN (SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[])))
ORDER BY x.rank, c.number LIMIT 5;

-- name: ToContact :many
-- Whose other side somebody is to speak to by the day, the longest due first.
SELECT c.id, c.number, c.title, c.enterprise_name, k.next_contact_on, p.contact_name, p.contact_phone
FROM cards AS k JOIN cases AS c ON c.id = k.case_id JOIN projects AS p ON p.case_id = k.case_id
WHERE k.kind = 'project' AND NOT k.done AND k.manager_id = @user_id AND k.next_contact_on <= @today::date AND c.suspended_since IS NULL
ORDER BY k.next_contact_on, k.case_id LIMIT @size;

-- name: Funnel :many
-- How many open projects stand in each stage and step, and in the pool.
SELECT k.stage, k.step, (k.state = 'pooled')::boolean AS pooled, count(*)::integer AS count, coalesce(sum(k.investment), 0)::bigint AS investment
FROM cards AS k WHERE k.park_id = @park_id AND k.kind = 'project' AND NOT k.done
    AND (sqlc.narg(viewers)::uuid[] IS NULL OR k.case_id IN (SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[])))
GROUP BY k.stage, k.step, k.state = 'pooled';

-- name: Lost :many
-- How many projects ended early, by state and reason; of one year, or of all.
SELECT k.state, k.ending, count(*)::integer AS count FROM cards AS k WHERE k.park_id = @park_id AND k.kind = 'project' AND k.done AND k.state IN ('lost', 'withdrawn')
    AND (sqlc.narg(closed_from)::date IS NULL OR k.closed_on >= sqlc.narg(closed_from)) AND (sqlc.narg(closed_to)::date IS NULL OR k.closed_on <= sqlc.narg(closed_to))
    AND (sqlc.narg(viewers)::uuid[] IS NULL OR k.case_id IN (SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[])))
GROUP BY k.state, k.ending;
