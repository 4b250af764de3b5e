-- +goose Up
-- The team of a project has a department that answers for it 责任单位, beside its people.
ALTER TABLE projects ADD COLUMN department text NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE projects DROP COLUMN department;
