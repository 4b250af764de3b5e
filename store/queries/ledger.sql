-- name: Ledger :many
-- What the ledger says of hazards beside what their list is sorted and narrowed by, of the rows of a page: the paper and the deeds are those of the last round.
SELECT h.case_id, jsonb_build_object(
    'campaign_name', coalesce(a.name, ''), 'department_name', coalesce(u.name, ''), 'category', h.category, 'clause', h.clause,
    'inspector_names', (SELECT coalesce(string_agg(i ->> 'name', '、'), '') FROM jsonb_array_elements(CASE WHEN jsonb_typeof(h.inspectors) = 'array' THEN h.inspectors ELSE '[]' END) AS i),
    'notice_number', coalesce(r.notice_number, ''), 'issued_on', coalesce(r.issued_on::text, ''), 'requirement', coalesce(r.requirement, ''), 'measures', coalesce(r.measures, ''),
    'responsible', coalesce(h.plan ->> 'responsible', ''), 'funds', coalesce(h.plan ->> 'funds', ''), 'contingency', coalesce(h.plan ->> 'contingency', ''),
    'completed_on', coalesce(r.completed_on::text, ''), 'handed_in_on', coalesce((r.handed_in_at AT TIME ZONE 'Asia/Shanghai')::date::text, ''), 'inspected_on', coalesce(r.inspected_on::text, ''),
    'reinspector_names', (SELECT coalesce(string_agg(i ->> 'name', '、'), '') FROM jsonb_array_elements(CASE WHEN jsonb_typeof(r.inspectors) = 'array' THEN r.inspectors ELSE '[]' END) AS i),
    'opinion', coalesce(r.opinion, ''), 'deadline_changes', CASE WHEN h.deadline_changes > 0 THEN h.deadline_changes::text ELSE '' END,
    'overdue_on', coalesce((c.overdue_since AT TIME ZONE 'Asia/Shanghai')::date::text, ''),
    'listed_as', concat_ws(' ', h.listing ->> 'body', h.listing ->> 'document'))::jsonb AS doc
FROM hazards AS h JOIN cases AS c ON c.id = h.case_id LEFT JOIN campaigns AS a ON a.id = h.campaign_id LEFT JOIN enterprises AS e ON e.id = c.enterprise_id LEFT JOIN units AS u ON u.id = e.department_id
    LEFT JOIN LATERAL (SELECT x.* FROM rounds AS x WHERE x.case_id = h.case_id ORDER BY x.round DESC LIMIT 1) AS r ON true
WHERE h.case_id = ANY (@ids::uuid[]);
