-- name: Ledger :many
-- What the ledger says of hazards beside what the index of their list sorts and narrows by, of the rows of a page, or of all among which one of these columns is looked for: then
-- that column alone. The paper and the deeds are those of the last round, the visit is the inspection it was found in. What needs a look elsewhere is looked up where it is asked for.
SELECT h.case_id, (SELECT coalesce(jsonb_object_agg(s.name, coalesce(s.said, '')), '{}') FROM (VALUES
    ('description', h.description),
    ('own_level', h.own_level),
    ('campaign_name', a.name),
    ('visited_at', concat_ws(' ', coalesce(f.facts ->> 'held_on', h.found_on::text), nullif(concat_ws('–', nullif(f.facts ->> 'came_at', ''), nullif(f.facts ->> 'left_at', '')), ''))),
    ('inspection_sort', v.stage),
    ('inspecting_unit', CASE WHEN sqlc.narg(columns)::text[] IS NULL OR 'inspecting_unit' = ANY (sqlc.narg(columns)::text[]) THEN (SELECT string_agg(DISTINCT n.name, '、' ORDER BY n.name) FROM users AS w JOIN units AS n ON n.id = w.unit_id WHERE w.id = ANY (array_append(ARRAY(SELECT nullif(i ->> 'id', '')::uuid FROM jsonb_array_elements(CASE WHEN jsonb_typeof(h.inspectors) = 'array' THEN h.inspectors ELSE '[]' END) AS i), h.supervisor_id))) END),
    ('inspector_names', CASE WHEN sqlc.narg(columns)::text[] IS NULL OR 'inspector_names' = ANY (sqlc.narg(columns)::text[]) THEN (SELECT string_agg(i ->> 'name', '、') FROM jsonb_array_elements(CASE WHEN jsonb_typeof(h.inspectors) = 'array' THEN h.inspectors ELSE '[]' END) AS i) END),
    ('inspector_cards', CASE WHEN sqlc.narg(columns)::text[] IS NULL OR 'inspector_cards' = ANY (sqlc.narg(columns)::text[]) THEN (SELECT string_agg(coalesce(nullif(s.card, ''), nullif(w.card_number, '')), '、') FROM jsonb_array_elements(CASE WHEN jsonb_typeof(h.inspectors) = 'array' THEN h.inspectors ELSE '[]' END) AS i LEFT JOIN users AS w ON w.id = nullif(i ->> 'id', '')::uuid LEFT JOIN LATERAL (SELECT o ->> 'card' AS card FROM jsonb_array_elements(CASE WHEN jsonb_typeof(f.facts -> 'inspectors') = 'array' THEN f.facts -> 'inspectors' ELSE '[]' END) AS o WHERE o ->> 'id' = i ->> 'id' LIMIT 1) AS s ON true) END),
    ('department_name', u.name),
    ('category', h.category),
    ('clause', h.clause),
    ('photos_before', CASE WHEN sqlc.narg(columns)::text[] IS NULL OR 'photos_before' = ANY (sqlc.narg(columns)::text[]) THEN (SELECT nullif(count(DISTINCT p.number), 0)::text FROM attachments AS p WHERE p.case_id = h.case_id AND p.phase = 'before' AND p.media_type LIKE 'image/%') END),
    ('notice_number', r.notice_number),
    ('issued_on', r.issued_on::text),
    ('requirement', r.requirement),
    ('deadline_on', r.due_on::text),
    ('responsible', h.plan ->> 'responsible'),
    ('head_phone', concat_ws(' ', nullif(f.facts ->> 'head', ''), nullif(f.facts ->> 'head_phone', ''))),
    ('funds', h.plan ->> 'funds'),
    ('contingency', h.plan ->> 'contingency'),
    ('measures', r.measures),
    ('photos_after', CASE WHEN sqlc.narg(columns)::text[] IS NULL OR 'photos_after' = ANY (sqlc.narg(columns)::text[]) THEN (SELECT nullif(count(DISTINCT p.number), 0)::text FROM attachments AS p WHERE p.case_id = h.case_id AND p.phase = 'after' AND p.media_type LIKE 'image/%') END),
    ('completed_on', r.completed_on::text),
    ('handed_in_on', (r.handed_in_at AT TIME ZONE 'Asia/Shanghai')::date::text),
    ('inspected_on', r.inspected_on::text),
    ('reinspector_names', CASE WHEN sqlc.narg(columns)::text[] IS NULL OR 'reinspector_names' = ANY (sqlc.narg(columns)::text[]) THEN (SELECT string_agg(i ->> 'name', '、') FROM jsonb_array_elements(CASE WHEN jsonb_typeof(r.inspectors) = 'array' THEN r.inspectors ELSE '[]' END) AS i) END),
    ('opinion', r.opinion),
    ('deadline_changes', nullif(h.deadline_changes, 0)::text),
    ('overdue_on', (c.overdue_since AT TIME ZONE 'Asia/Shanghai')::date::text),
    ('listed_as', concat_ws(' ', h.listing ->> 'body', h.listing ->> 'document')),
    ('supervised_as', CASE WHEN sqlc.narg(columns)::text[] IS NULL OR 'supervised_as' = ANY (sqlc.narg(columns)::text[]) THEN (SELECT string_agg(nullif(g.facts ->> 'paper', ''), '；' ORDER BY t.opened_at, t.id) FROM cases AS t JOIN case_facts AS g ON g.case_id = t.id WHERE t.parent_id = h.case_id AND t.kind = 'track' AND t.state <> 'withdrawn' AND t.stage IN ('supervision_order')) END),
    ('referred_to', CASE WHEN sqlc.narg(columns)::text[] IS NULL OR 'referred_to' = ANY (sqlc.narg(columns)::text[]) THEN (SELECT string_agg(g.facts -> 'other' ->> 'name', '；' ORDER BY t.opened_at, t.id) FROM cases AS t JOIN case_facts AS g ON g.case_id = t.id WHERE t.parent_id = h.case_id AND t.kind = 'track' AND t.state <> 'withdrawn' AND t.stage IN ('copy_out', 'referral')) END),
    ('referral_numbers', CASE WHEN sqlc.narg(columns)::text[] IS NULL OR 'referral_numbers' = ANY (sqlc.narg(columns)::text[]) THEN (SELECT CASE WHEN bool_or(g.facts ->> 'paper' <> '') THEN string_agg(coalesce(nullif(g.facts ->> 'paper', ''), '—'), '；' ORDER BY t.opened_at, t.id) END FROM cases AS t JOIN case_facts AS g ON g.case_id = t.id WHERE t.parent_id = h.case_id AND t.kind = 'track' AND t.state <> 'withdrawn' AND t.stage IN ('copy_out', 'referral')) END),
    ('referral_answers', CASE WHEN sqlc.narg(columns)::text[] IS NULL OR 'referral_answers' = ANY (sqlc.narg(columns)::text[]) THEN (SELECT CASE WHEN bool_or(g.facts -> 'answered' -> -1 ->> 'says' <> '') THEN string_agg(coalesce(nullif(g.facts -> 'answered' -> -1 ->> 'says', ''), '—'), '；' ORDER BY t.opened_at, t.id) END FROM cases AS t JOIN case_facts AS g ON g.case_id = t.id WHERE t.parent_id = h.case_id AND t.kind = 'track' AND t.state <> 'withdrawn' AND t.stage IN ('copy_out', 'referral')) END)
    ) AS s (name, said) WHERE sqlc.narg(columns)::text[] IS NULL OR s.name = ANY (sqlc.narg(columns)::text[]))::jsonb AS doc
FROM hazards AS h JOIN cases AS c ON c.id = h.case_id LEFT JOIN campaigns AS a ON a.id = h.campaign_id LEFT JOIN enterprises AS e ON e.id = c.enterprise_id LEFT JOIN units AS u ON u.id = e.department_id
    LEFT JOIN cases AS v ON v.id = c.parent_id AND v.kind = 'inspection' LEFT JOIN case_facts AS f ON f.case_id = v.id
    LEFT JOIN LATERAL (SELECT x.* FROM rounds AS x WHERE x.case_id = h.case_id ORDER BY x.round DESC LIMIT 1) AS r ON true
WHERE h.case_id = ANY (@ids::uuid[]);
