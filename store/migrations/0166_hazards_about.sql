-- +goose Up
-- Which cases are addressed to an enterprise beside another one: asked of the index by name. Joined in plain, the planner took it for a share of all cases and, for
-- each gate and each page of a project, walked through all open hazards of the zone.
CREATE FUNCTION also_to(enterprise uuid) RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 10 AS $$
    SELECT c.id FROM cases AS c WHERE c.also @> jsonb_build_array(jsonb_build_object('id', enterprise)) OFFSET 0
$$;
COMMENT ON FUNCTION also_to IS 'The cases that are addressed to the enterprise beside another one (decisions/0090).';

CREATE VIEW hazards_about AS
SELECT m.id AS about, c.case_id, c.level, h.project_id, h.project_id IS NOT DISTINCT FROM m.id OR c.level = 'major' AND h.project_id IS NULL AND h.elsewhere IS NULL AS here
FROM cases AS m JOIN cards AS c ON c.enterprise_id = m.enterprise_id AND c.kind = 'hazard' AND NOT c.done JOIN hazards AS h ON h.case_id = c.case_id
UNION ALL SELECT m.id, c.case_id, c.level, h.project_id, c.level = 'major' AND h.project_id IS NULL AND h.elsewhere IS NULL
FROM cases AS m CROSS JOIN LATERAL also_to(m.enterprise_id) AS b (id) JOIN cards AS c ON c.case_id = b.id AND c.kind = 'hazard' AND NOT c.done JOIN hazards AS h ON h.case_id = c.case_id
UNION ALL SELECT m.id, c.case_id, c.level, h.project_id, true
FROM cases AS m JOIN hazards AS h ON h.project_id = m.id JOIN cards AS c ON c.case_id = h.case_id AND NOT c.done AND c.enterprise_id IS DISTINCT FROM m.enterprise_id
UNION ALL SELECT m.id, c.case_id, c.level, h.project_id, true
FROM cases AS m JOIN projects AS p ON p.case_id = m.id CROSS JOIN LATERAL (
    SELECT DISTINCT o.enterprise_id FROM jsonb_array_elements(p.merged) AS x JOIN cases AS o ON o.id = (x ->> 'id')::uuid WHERE o.enterprise_id IS DISTINCT FROM m.enterprise_id) AS f
CROSS JOIN LATERAL (
    SELECT n.case_id, n.level FROM cards AS n WHERE n.enterprise_id = f.enterprise_id AND n.kind = 'hazard' AND NOT n.done AND n.level = 'major'
    UNION ALL SELECT n.case_id, n.level FROM also_to(f.enterprise_id) AS b (id) JOIN cards AS n ON n.case_id = b.id AND n.kind = 'hazard' AND NOT n.done AND n.level = 'major' OFFSET 0) AS c
JOIN hazards AS h ON h.case_id = c.case_id AND h.project_id IS NULL AND h.elsewhere IS NULL;
COMMENT ON VIEW hazards_about IS 'The open hazards that a project may answer for; here: on the project itself, also those of another enterprise''s project that went on within it, and the major ones of its enterprise of which nobody has said where they are, and of the enterprises whose projects went on within it. What is addressed to an enterprise beside another one is its own here as well (decisions/0090). A hazard can be in it several times.';
GRANT SELECT ON hazards_about TO parkway_writer;

-- +goose Down
DROP VIEW hazards_about;
DROP FUNCTION also_to;
