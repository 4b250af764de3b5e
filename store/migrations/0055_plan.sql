-- +goose Up
-- The versions of a project's plan (docs/decisions/0055), each whole and kept for ever: they are read and written with the project and never without it.
ALTER TABLE projects ADD COLUMN baselines jsonb CHECK (jsonb_typeof(baselines) = 'array');

-- +goose Down
ALTER TABLE projects DROP COLUMN baselines;
