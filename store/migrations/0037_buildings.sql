-- +goose Up
-- How far each building is, step by step (docs/decisions/0037). Steps and pictures are read and written with their building and never without it: they are
-- part of its row. What stood there as a text stays.
ALTER TABLE buildings
    ADD COLUMN use text NOT NULL DEFAULT '',
    ADD COLUMN structure text NOT NULL DEFAULT '',
    ADD COLUMN steps jsonb CHECK (jsonb_typeof(steps) = 'array'),
    ADD COLUMN photos jsonb CHECK (jsonb_typeof(photos) = 'array');
ALTER TABLE projects
    ADD COLUMN short_name text NOT NULL DEFAULT '',
    ADD COLUMN site_steps jsonb CHECK (jsonb_typeof(site_steps) = 'array'),
    ADD COLUMN site_photos jsonb CHECK (jsonb_typeof(site_photos) = 'array');
COMMENT ON COLUMN projects.short_name IS 'What the report calls the project (简称); empty: by its title.';

-- +goose Down
ALTER TABLE projects DROP COLUMN short_name, DROP COLUMN site_steps, DROP COLUMN site_photos;
ALTER TABLE buildings DROP COLUMN use, DROP COLUMN structure, DROP COLUMN steps, DROP COLUMN photos;
