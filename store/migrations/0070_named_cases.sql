-- +goose Up
-- A hazard follows the project on whose site it is: by its name, and onto the project that it goes on within. It is looked for by its project.
CREATE INDEX hazards_of_project ON hazards (project_id) WHERE project_id IS NOT NULL;

-- What had not followed so far does so by deeds of its own: hazards of projects that were renamed or merged, and permits with agents, whose agreement nobody waited for.
INSERT INTO follow_ups (because, version, case_id, kind, command, input, created_at)
SELECT p.id, p.version, h.case_id, 'hazard', 'hazard.heed',
    jsonb_strip_nulls(jsonb_build_object('names', p.id, 'within', nullif(w.merged_into, 'null') ->> 'id')), now()
FROM hazards AS h JOIN cases AS p ON p.id = h.project_id JOIN projects AS w ON w.case_id = p.id JOIN cases AS c ON c.id = h.case_id
WHERE h.project_title <> p.title OR nullif(w.merged_into, 'null') IS NOT NULL AND NOT c.done;
INSERT INTO follow_ups (because, version, case_id, kind, command, input, created_at)
SELECT c.id, c.version, c.id, 'permit', 'permit.heed', '{"rearm": true}', now()
FROM cases AS c JOIN case_facts AS f ON f.case_id = c.id
WHERE c.kind = 'permit' AND NOT c.done AND jsonb_typeof(f.facts -> 'agency') = 'object' AND c.wake NOT LIKE 'own/%';

-- +goose Down
DELETE FROM follow_ups WHERE done_at IS NULL AND (command = 'permit.heed' AND input ? 'rearm' OR command = 'hazard.heed');
DROP INDEX hazards_of_project;
