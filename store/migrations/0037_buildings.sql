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

-- A project is found by its short name as by its other names.
CREATE OR REPLACE VIEW label_facts AS
SELECT c.id AS case_id, c.park_id, c.number, c.title, c.enterprise_name,
    array_to_string(c.aliases || (SELECT p.short_name FROM projects AS p WHERE p.case_id = c.id AND p.short_name NOT IN ('', c.title)), '|') AS aliases,
    coalesce((SELECT string_agg(n.number, '|' ORDER BY n.number COLLATE "C") FROM official_numbers AS n WHERE n.case_id = c.id), '') AS papers
FROM cases AS c;
CREATE TRIGGER projects_label_new AFTER INSERT ON projects FOR EACH ROW WHEN (NEW.short_name <> '') EXECUTE FUNCTION write_label();
CREATE TRIGGER projects_label AFTER UPDATE OF short_name ON projects FOR EACH ROW WHEN (OLD.short_name IS DISTINCT FROM NEW.short_name) EXECUTE FUNCTION write_label();

-- +goose Down
DROP TRIGGER projects_label ON projects;
DROP TRIGGER projects_label_new ON projects;
CREATE OR REPLACE VIEW label_facts AS
SELECT c.id AS case_id, c.park_id, c.number, c.title, c.enterprise_name, array_to_string(c.aliases, '|') AS aliases,
    coalesce((SELECT string_agg(n.number, '|' ORDER BY n.number COLLATE "C") FROM official_numbers AS n WHERE n.case_id = c.id), '') AS papers
FROM cases AS c;
UPDATE labels AS l SET aliases = f.aliases FROM label_facts AS f WHERE f.case_id = l.case_id AND l.aliases IS DISTINCT FROM f.aliases;
ALTER TABLE projects DROP COLUMN short_name, DROP COLUMN site_steps, DROP COLUMN site_photos;
ALTER TABLE buildings DROP COLUMN use, DROP COLUMN structure, DROP COLUMN steps, DROP COLUMN photos;
