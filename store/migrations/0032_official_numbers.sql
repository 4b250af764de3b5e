-- +goose Up
-- The numbers of a case's official papers (文号), whatever its kind: the door writes them from the kind's own description (process.Entry.Papers), so that the
-- next kind with numbered papers is found by them and nobody extends a view.

CREATE TABLE official_numbers (
    case_id uuid NOT NULL REFERENCES cases,
    number  text NOT NULL CHECK (number <> ''),
    PRIMARY KEY (case_id, number)
);
COMMENT ON TABLE official_numbers IS 'The numbers of its official papers (文号) that a case is found by, taken from the case by its kind''s description.';
GRANT SELECT, INSERT, DELETE ON official_numbers TO parkway_writer;
INSERT INTO official_numbers (case_id, number) SELECT DISTINCT r.case_id, r.notice_number FROM rounds AS r WHERE btrim(r.notice_number) <> '';

CREATE OR REPLACE VIEW label_facts AS
SELECT c.id AS case_id, c.park_id, c.number, c.title, c.enterprise_name, array_to_string(c.aliases, '|') AS aliases,
    coalesce((SELECT string_agg(n.number, '|' ORDER BY n.number COLLATE "C") FROM official_numbers AS n WHERE n.case_id = c.id), '') AS papers
FROM cases AS c;

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION write_label() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    whose uuid;
BEGIN
    IF TG_TABLE_NAME = 'cases' THEN
        whose := NEW.id;
    ELSE
        whose := coalesce(NEW.case_id, OLD.case_id);
    END IF;
    INSERT INTO labels (case_id, park_id, number, title, enterprise_name, aliases, papers)
    SELECT f.case_id, f.park_id, f.number, f.title, f.enterprise_name, f.aliases, f.papers FROM label_facts AS f WHERE f.case_id = whose
    ON CONFLICT (case_id) DO UPDATE SET number = excluded.number, title = excluded.title, enterprise_name = excluded.enterprise_name, aliases = excluded.aliases, papers = excluded.papers;
    RETURN NULL;
END $$;
-- +goose StatementEnd
DROP TRIGGER rounds_label ON rounds;
DROP TRIGGER rounds_label_new ON rounds;
CREATE TRIGGER official_numbers_label AFTER INSERT OR DELETE ON official_numbers FOR EACH ROW EXECUTE FUNCTION write_label();
UPDATE labels AS l SET papers = f.papers FROM label_facts AS f WHERE f.case_id = l.case_id AND l.papers IS DISTINCT FROM f.papers;

-- +goose Down
DROP TRIGGER official_numbers_label ON official_numbers;
CREATE OR REPLACE VIEW label_facts AS
SELECT c.id AS case_id, c.park_id, c.number, c.title, c.enterprise_name, array_to_string(c.aliases, '|') AS aliases,
    coalesce((SELECT string_agg(r.notice_number, '|' ORDER BY r.round) FROM rounds AS r WHERE r.case_id = c.id), '') AS papers
FROM cases AS c;
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION write_label() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    whose uuid;
BEGIN
    IF TG_TABLE_NAME = 'cases' THEN
        whose := NEW.id;
    ELSE
        whose := NEW.case_id;
    END IF;
    INSERT INTO labels (case_id, park_id, number, title, enterprise_name, aliases, papers)
    SELECT f.case_id, f.park_id, f.number, f.title, f.enterprise_name, f.aliases, f.papers FROM label_facts AS f WHERE f.case_id = whose
    ON CONFLICT (case_id) DO UPDATE SET number = excluded.number, title = excluded.title, enterprise_name = excluded.enterprise_name, aliases = excluded.aliases, papers = excluded.papers;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER rounds_label_new AFTER INSERT ON rounds FOR EACH ROW EXECUTE FUNCTION write_label();
CREATE TRIGGER rounds_label AFTER UPDATE ON rounds FOR EACH ROW WHEN (OLD.notice_number IS DISTINCT FROM NEW.notice_number) EXECUTE FUNCTION write_label();
DROP TABLE official_numbers;
UPDATE labels AS l SET papers = f.papers FROM label_facts AS f WHERE f.case_id = l.case_id AND l.papers IS DISTINCT FROM f.papers;
