-- +goose Up
-- A change of a person's, a unit's or an enterprise's name reaches every case that says it: whose name changed stands here, written with the change itself,
-- until the cases have followed by a command each (docs/decisions/0033).

CREATE TABLE renamed (
    party_id uuid PRIMARY KEY,
    park_id  uuid NOT NULL REFERENCES parks,
    at       timestamptz NOT NULL
);
COMMENT ON TABLE renamed IS 'Who goes by another name than some case may still say. A row goes once every case has followed and nobody can be under way any more who read the name of before.';
GRANT SELECT, INSERT, UPDATE, DELETE ON renamed TO parkway_writer;

-- +goose StatementBegin
CREATE FUNCTION note_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO renamed (party_id, park_id, at) VALUES (NEW.id, NEW.park_id, clock_timestamp()) ON CONFLICT (party_id) DO UPDATE SET at = excluded.at;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER users_renamed AFTER UPDATE ON users FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION note_renamed();
CREATE TRIGGER units_renamed AFTER UPDATE ON units FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION note_renamed();
CREATE TRIGGER enterprises_renamed AFTER UPDATE ON enterprises FOR EACH ROW WHEN (OLD.short_name IS DISTINCT FROM NEW.short_name) EXECUTE FUNCTION note_renamed();

CREATE VIEW party_names AS
SELECT u.id, u.park_id, u.name, 'people' AS register FROM users AS u
UNION ALL SELECT o.id, o.park_id, o.name, 'units' FROM units AS o
UNION ALL SELECT e.id, e.park_id, e.short_name, 'enterprises' FROM enterprises AS e WHERE e.merged_into IS NULL;
COMMENT ON VIEW party_names IS 'By what name everybody whom a case can name goes now.';
GRANT SELECT ON party_names TO parkway_writer;

CREATE VIEW names_said AS
SELECT c.id AS case_id, c.kind, k.holder_id AS party_id, c.holder_name AS name FROM cards AS k JOIN cases AS c ON c.id = k.case_id WHERE NOT k.done AND k.holder_id IS NOT NULL
UNION ALL SELECT c.id, c.kind, k.enterprise_id, c.enterprise_name FROM cards AS k JOIN cases AS c ON c.id = k.case_id WHERE k.enterprise_id IS NOT NULL
UNION ALL SELECT c.id, c.kind, (c.delegated_by ->> 'id')::uuid, c.delegated_by ->> 'name' FROM cases AS c WHERE c.delegated_by IS NOT NULL
UNION ALL SELECT p.case_id, 'project', t.id, t.name FROM projects AS p
    CROSS JOIN LATERAL (VALUES (p.manager_id, p.manager_name), (p.leader_id, p.leader_name), (p.liaison_id, p.liaison_name)) AS t (id, name) WHERE t.id IS NOT NULL
UNION ALL SELECT h.case_id, 'hazard', h.supervisor_id, h.supervisor_name FROM hazards AS h WHERE h.supervisor_id IS NOT NULL
UNION ALL SELECT f.case_id, c.kind, t.value::uuid, f.facts ->> replace(t.key, '_id', '_name') FROM case_facts AS f JOIN cases AS c ON c.id = f.case_id
    CROSS JOIN LATERAL jsonb_each_text(f.facts) AS t WHERE t.key LIKE '%\_id' AND f.facts ? replace(t.key, '_id', '_name') AND t.value ~ '^[0-9a-f-]{36}$';
COMMENT ON VIEW names_said IS 'Whom each case names as it stands, and how. Of a kind without tables of its own that is every fact x_name beside an x_id.';
GRANT SELECT ON names_said TO parkway_writer;

INSERT INTO renamed SELECT n.id, n.park_id, clock_timestamp() FROM party_names AS n WHERE EXISTS (SELECT FROM names_said AS s WHERE s.party_id = n.id AND s.name <> n.name);

-- +goose Down
DROP VIEW names_said, party_names;
DROP TRIGGER enterprises_renamed ON enterprises;
DROP TRIGGER units_renamed ON units;
DROP TRIGGER users_renamed ON users;
DROP FUNCTION note_renamed;
DROP TABLE renamed;
