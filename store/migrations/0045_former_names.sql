-- +goose Up
-- A renamed enterprise is found by the names it had, and every name that an open case says beside an id follows (docs/decisions/0033).

ALTER TABLE enterprise_aliases ADD COLUMN former boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN enterprise_aliases.former IS 'A name or short name that the enterprise had before, or of one that was merged into it: kept by itself. The others were written by people.';
GRANT UPDATE ON enterprise_aliases TO parkway_writer;

UPDATE enterprise_aliases AS a SET former = true FROM enterprises AS m WHERE m.merged_into = a.enterprise_id AND a.alias IN (m.name, m.short_name);

-- Names that were changed before this release: those that nobody else goes by now.
INSERT INTO enterprise_aliases (enterprise_id, alias, former)
SELECT DISTINCT e.id, c.value ->> 'old', true
FROM register_events AS r JOIN enterprises AS e ON e.id = r.record_id AND e.merged_into IS NULL CROSS JOIN LATERAL jsonb_array_elements(r.changes) AS c
WHERE r.register = 'enterprises' AND c.value ->> 'field' IN ('name', 'short_name') AND c.value ->> 'old' <> ''
    AND NOT EXISTS (SELECT FROM enterprises AS o WHERE o.merged_into IS NULL AND (sought(o.name) = sought(c.value ->> 'old') OR sought(o.short_name) = sought(c.value ->> 'old')))
    AND NOT EXISTS (SELECT FROM enterprise_aliases AS o WHERE sought(o.alias) = sought(c.value ->> 'old'))
ON CONFLICT DO NOTHING;

-- +goose StatementBegin
CREATE FUNCTION names_in(doc jsonb) RETURNS TABLE (party_id uuid, name text) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT t.value::uuid, o ->> regexp_replace(t.key, 'id$', 'name')
    FROM jsonb_path_query(doc, 'strict $.** ? (@.type() == "object")') AS o CROSS JOIN LATERAL jsonb_each_text(o) AS t
    WHERE (t.key = 'id' OR t.key LIKE '%\_id') AND t.value ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' AND o ->> regexp_replace(t.key, 'id$', 'name') <> ''
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION names_in IS 'Whom a document names, and how: every name beside an id and every x_name beside an x_id, however deep.';

CREATE OR REPLACE VIEW names_said AS
SELECT c.id AS case_id, c.kind, k.holder_id AS party_id, c.holder_name AS name FROM cards AS k JOIN cases AS c ON c.id = k.case_id WHERE NOT k.done AND k.holder_id IS NOT NULL
UNION ALL SELECT c.id, c.kind, k.enterprise_id, c.enterprise_name FROM cards AS k JOIN cases AS c ON c.id = k.case_id WHERE k.enterprise_id IS NOT NULL
UNION ALL SELECT c.id, c.kind, (c.delegated_by ->> 'id')::uuid, c.delegated_by ->> 'name' FROM cases AS c WHERE c.delegated_by IS NOT NULL
UNION ALL SELECT p.case_id, 'project', t.id, t.name FROM projects AS p
    CROSS JOIN LATERAL (VALUES (p.manager_id, p.manager_name), (p.leader_id, p.leader_name), (p.liaison_id, p.liaison_name)) AS t (id, name) WHERE t.id IS NOT NULL
UNION ALL SELECT h.case_id, 'hazard', h.supervisor_id, h.supervisor_name FROM hazards AS h WHERE h.supervisor_id IS NOT NULL
UNION ALL SELECT h.case_id, 'hazard', n.party_id, n.name FROM cards AS k JOIN hazards AS h ON h.case_id = k.case_id CROSS JOIN LATERAL names_in(to_jsonb(h)) AS n WHERE NOT k.done
UNION ALL SELECT r.case_id, 'hazard', n.party_id, n.name FROM cards AS k JOIN rounds AS r ON r.case_id = k.case_id CROSS JOIN LATERAL names_in(to_jsonb(r)) AS n WHERE NOT k.done AND r.verdict = ''
UNION ALL SELECT p.case_id, 'project', n.party_id, n.name FROM cards AS k JOIN projects AS p ON p.case_id = k.case_id CROSS JOIN LATERAL names_in(to_jsonb(p)) AS n WHERE NOT k.done
UNION ALL SELECT g.case_id, 'project', n.party_id, n.name FROM cards AS k JOIN gate_answers AS g ON g.case_id = k.case_id CROSS JOIN LATERAL names_in(to_jsonb(g)) AS n WHERE NOT k.done
UNION ALL SELECT f.case_id, c.kind, n.party_id, n.name FROM case_facts AS f JOIN cases AS c ON c.id = f.case_id CROSS JOIN LATERAL names_in(f.facts) AS n;
COMMENT ON VIEW names_said IS 'Whom each case names as it stands, and how. TestNoNameOfAnyKindIsLeftBehind holds it to what the kinds say.';

INSERT INTO renamed SELECT DISTINCT n.id, n.park_id, now() FROM party_names AS n WHERE EXISTS (SELECT FROM names_said AS s WHERE s.party_id = n.id AND s.name <> n.name)
ON CONFLICT DO NOTHING;
DELETE FROM renamed AS r WHERE NOT EXISTS (SELECT FROM party_names AS n WHERE n.id = r.party_id);

-- +goose Down
CREATE OR REPLACE VIEW names_said AS
SELECT c.id AS case_id, c.kind, k.holder_id AS party_id, c.holder_name AS name FROM cards AS k JOIN cases AS c ON c.id = k.case_id WHERE NOT k.done AND k.holder_id IS NOT NULL
UNION ALL SELECT c.id, c.kind, k.enterprise_id, c.enterprise_name FROM cards AS k JOIN cases AS c ON c.id = k.case_id WHERE k.enterprise_id IS NOT NULL
UNION ALL SELECT c.id, c.kind, (c.delegated_by ->> 'id')::uuid, c.delegated_by ->> 'name' FROM cases AS c WHERE c.delegated_by IS NOT NULL
UNION ALL SELECT p.case_id, 'project', t.id, t.name FROM projects AS p
    CROSS JOIN LATERAL (VALUES (p.manager_id, p.manager_name), (p.leader_id, p.leader_name), (p.liaison_id, p.liaison_name)) AS t (id, name) WHERE t.id IS NOT NULL
UNION ALL SELECT h.case_id, 'hazard', h.supervisor_id, h.supervisor_name FROM hazards AS h WHERE h.supervisor_id IS NOT NULL
UNION ALL SELECT f.case_id, c.kind, t.value::uuid, f.facts ->> replace(t.key, '_id', '_name') FROM case_facts AS f JOIN cases AS c ON c.id = f.case_id
    CROSS JOIN LATERAL jsonb_each_text(f.facts) AS t WHERE t.key LIKE '%\_id' AND f.facts ? replace(t.key, '_id', '_name') AND t.value ~ '^[0-9a-f-]{36}$';
DROP FUNCTION names_in;
REVOKE UPDATE ON enterprise_aliases FROM parkway_writer;
ALTER TABLE enterprise_aliases DROP COLUMN former;
