-- The money of projects (docs/decisions/0054).

-- name: MoneyOf :many
-- What is entered of projects, the earliest month first.
SELECT (to_jsonb(m) - 'former')::jsonb AS doc FROM project_money AS m WHERE m.case_id = ANY (@ids::uuid[]) AND NOT m.taken_back ORDER BY m.case_id, m.month, m.seq;
