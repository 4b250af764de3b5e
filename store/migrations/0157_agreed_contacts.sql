-- +goose Up
-- The day that was agreed for the next contact is reminded of since 0121; a project on which nothing was done since waited for none. It does so now by a deed of its own.
INSERT INTO follow_ups (because, version, case_id, kind, command, input, created_at)
SELECT c.id, c.version, c.id, 'project', 'project.heed', '{"rearm": true}', now()
FROM projects AS p JOIN cases AS c ON c.id = p.case_id
WHERE NOT c.done AND p.next_contact_on IS NOT NULL AND p.contact_told_on IS DISTINCT FROM p.next_contact_on AND c.wake NOT LIKE 'own/contact/%';

-- +goose Down
DELETE FROM follow_ups WHERE done_at IS NULL AND command = 'project.heed' AND input ? 'rearm';
