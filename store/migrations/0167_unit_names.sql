-- +goose Up
-- A department is called by its short name in what projects go through and by its full one in an office's own register: it goes by both.
ALTER TABLE units ADD COLUMN aliases text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN units.aliases IS 'Other names of the unit, by which imports find it and what is asked of a department reaches it.';

-- +goose Down
ALTER TABLE units DROP COLUMN aliases;
