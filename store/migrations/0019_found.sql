-- +goose Up
-- Finding by what people type: a case by its number, papers, names and their pinyin initials, from one character on; an enterprise by any of its names.

-- +goose StatementBegin
CREATE FUNCTION sought(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT translate(lower(regexp_replace(normalize(words, NFKC), '[\s\u200b\u200c\u200d\u2060\ufeff]+', '', 'g')), '〔〕[]【】{}「」『』—–‐‑−', '()()()()()()-----')
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION sought IS 'Words as they are searched for and names as they are compared: plain(), without any sign that is not seen, and every kind of bracket and dash is one (整改[2024]12号 is 整改〔2024〕12号). The program does the same to what is typed (store/needle.go).';

-- +goose StatementBegin
CREATE FUNCTION codes(words text) RETURNS integer[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT CASE n WHEN 1 THEN ascii(substr(w, i, 1)) % 65536 ELSE ascii(substr(w, i, 1)) % 32768 * 65536 + ascii(substr(w, i + 1, 1)) % 65536 END), '{}')
    FROM unnest(string_to_array(words, ' ')) AS w, generate_series(1, length(w)) AS i, generate_series(1, 2) AS n WHERE i + n <= length(w) + 1
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION codes IS 'Every character and every two neighbouring ones of each word as a number: narrow, so that whoever reads a label reads little. The rare two that share a number are told apart by the words themselves.';

ALTER TABLE labels ADD COLUMN papers text NOT NULL DEFAULT '';
COMMENT ON COLUMN labels.papers IS 'The numbers of its official letters (文号).';
ALTER TABLE labels
    ADD COLUMN sought_number text NOT NULL GENERATED ALWAYS AS (sought(number)) STORED,
    ADD COLUMN sought_title text NOT NULL GENERATED ALWAYS AS (sought(title)) STORED,
    ADD COLUMN sought_papers text NOT NULL GENERATED ALWAYS AS ('|' || sought(papers) || '|') STORED,
    ADD COLUMN letters text NOT NULL GENERATED ALWAYS AS (initials(title)) STORED,
    ADD COLUMN said text NOT NULL GENERATED ALWAYS AS (sought(number) || ' ' || sought(title) || ' ' || sought(enterprise_name) || ' ' || sought(aliases) || ' ' || sought(papers) || ' ' || initials(title)) STORED,
    ADD COLUMN codes integer[] NOT NULL GENERATED ALWAYS AS (codes(sought(number) || ' ' || sought(title) || ' ' || sought(enterprise_name) || ' ' || sought(aliases) || ' ' || sought(papers) || ' ' || initials(title))) STORED;
COMMENT ON COLUMN labels.said IS 'All that a case is found by, each as sought() has it.';

CREATE VIEW label_facts AS
SELECT c.id AS case_id, c.park_id, c.number, c.title, c.enterprise_name, array_to_string(c.aliases, '|') AS aliases,
    coalesce((SELECT string_agg(r.notice_number, '|' ORDER BY r.round) FROM rounds AS r WHERE r.case_id = c.id), '') AS papers
FROM cases AS c;
COMMENT ON VIEW label_facts IS 'What each label says.';

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
GRANT SELECT ON label_facts TO parkway_writer;

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION rebuild_lists() RETURNS void LANGUAGE sql AS $$
    DELETE FROM cards;
    INSERT INTO cards SELECT * FROM card_facts;
    DELETE FROM labels;
    INSERT INTO labels (case_id, park_id, number, title, enterprise_name, aliases, papers)
    SELECT f.case_id, f.park_id, f.number, f.title, f.enterprise_name, f.aliases, f.papers FROM label_facts AS f;
    DELETE FROM dealt;
    INSERT INTO dealt SELECT d.user_id, d.case_id, d.started, coalesce(c.holder_id = d.user_id, false)
    FROM (SELECT (e.actor ->> 'id')::uuid AS user_id, e.case_id, bool_or(e.version = 1) AS started FROM events AS e
        WHERE e.actor ->> 'type' = 'person' AND e.actor ->> 'id' <> '' GROUP BY e.actor ->> 'id', e.case_id) AS d
    JOIN cases AS c ON c.id = d.case_id;
$$;
-- +goose StatementEnd
UPDATE labels AS l SET aliases = f.aliases, papers = f.papers FROM label_facts AS f WHERE f.case_id = l.case_id AND (l.aliases, l.papers) IS DISTINCT FROM (f.aliases, f.papers);

DROP INDEX labels_by_gram, labels_by_title;
CREATE INDEX labels_found ON labels USING gin (codes);
CREATE INDEX labels_by_title ON labels (park_id, sought_title COLLATE "C", case_id);
CREATE INDEX labels_by_number ON labels (park_id, sought_number COLLATE "C", case_id);
CREATE INDEX cards_manager ON cards (manager_id, done, due_order, case_id);

-- +goose Down
DROP INDEX cards_manager, labels_by_number, labels_by_title, labels_found;
DROP TRIGGER rounds_label ON rounds;
DROP TRIGGER rounds_label_new ON rounds;
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION write_label() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    INSERT INTO labels (case_id, park_id, number, title, enterprise_name, aliases)
    VALUES (NEW.id, NEW.park_id, NEW.number, NEW.title, NEW.enterprise_name, array_to_string(NEW.aliases, ' '))
    ON CONFLICT (case_id) DO UPDATE SET number = excluded.number, title = excluded.title, enterprise_name = excluded.enterprise_name, aliases = excluded.aliases;
    RETURN NULL;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION rebuild_lists() RETURNS void LANGUAGE sql AS $$
    DELETE FROM cards;
    INSERT INTO cards SELECT * FROM card_facts;
    DELETE FROM labels;
    INSERT INTO labels SELECT id, park_id, number, title, enterprise_name, array_to_string(aliases, ' ') FROM cases;
    DELETE FROM dealt;
    INSERT INTO dealt SELECT d.user_id, d.case_id, d.started, coalesce(c.holder_id = d.user_id, false)
    FROM (SELECT (e.actor ->> 'id')::uuid AS user_id, e.case_id, bool_or(e.version = 1) AS started FROM events AS e
        WHERE e.actor ->> 'type' = 'person' AND e.actor ->> 'id' <> '' GROUP BY e.actor ->> 'id', e.case_id) AS d
    JOIN cases AS c ON c.id = d.case_id;
$$;
-- +goose StatementEnd
DROP VIEW label_facts;
ALTER TABLE labels DROP COLUMN codes, DROP COLUMN said, DROP COLUMN letters, DROP COLUMN sought_papers, DROP COLUMN sought_title, DROP COLUMN sought_number, DROP COLUMN papers;
CREATE INDEX labels_by_title ON labels (park_id, title COLLATE "C", case_id);
CREATE INDEX labels_by_gram ON labels USING gin (bigrams(number || ' ' || title || ' ' || enterprise_name || ' ' || aliases));
DROP FUNCTION codes;
DROP FUNCTION sought;
