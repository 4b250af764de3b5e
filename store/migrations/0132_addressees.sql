-- +goose Up
-- A case can be addressed to further enterprises beside the one that it is about: landlord and tenant of one site are both bound (安全生产法 art. 49; decisions/0090).

ALTER TABLE cases ADD COLUMN also jsonb CHECK (also IS NULL OR jsonb_typeof(also) = 'array' AND jsonb_array_length(also) BETWEEN 1 AND 9);
COMMENT ON COLUMN cases.also IS 'The further enterprises that it is addressed to, each with its id and name; NULL: none. They see it (sight), hear of it and are written to as the first one.';
CREATE INDEX cases_also ON cases USING gin (also jsonb_path_ops) WHERE also IS NOT NULL;

ALTER TABLE rounds ADD COLUMN handed_in_for text;
COMMENT ON COLUMN rounds.handed_in_for IS 'For which enterprise it was handed in, by its name then, where the case is addressed to several; NULL: it is addressed to one.';

ALTER TABLE letters ADD COLUMN also_to jsonb CHECK (also_to IS NULL OR jsonb_typeof(also_to) = 'array');
COMMENT ON COLUMN letters.also_to IS 'The ids of the further enterprises that it is addressed to; NULL: none.';

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION see_when_handed() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    INSERT INTO sight (party_id, case_id, since)
    SELECT DISTINCT party, NEW.id, NEW.updated_at
    FROM unnest(NEW.unit_ids || CASE WHEN NOT EXISTS (SELECT FROM private_kinds AS p WHERE p.kind = NEW.kind) THEN NEW.enterprise_id || ARRAY(SELECT (a ->> 'id')::uuid FROM jsonb_array_elements(NEW.also) AS a) END || NEW.holder_id) AS party
    WHERE party IS NOT NULL
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
-- +goose StatementEnd
DROP TRIGGER cases_sight_handed ON cases;
CREATE TRIGGER cases_sight_handed AFTER UPDATE OF holder_id, unit_ids, enterprise_id, also ON cases FOR EACH ROW
    WHEN (OLD.holder_id IS DISTINCT FROM NEW.holder_id OR OLD.unit_ids <> NEW.unit_ids OR OLD.enterprise_id IS DISTINCT FROM NEW.enterprise_id OR OLD.also IS DISTINCT FROM NEW.also)
    EXECUTE FUNCTION see_when_handed();

CREATE OR REPLACE VIEW names_said AS
SELECT c.id AS case_id, c.kind, k.holder_id AS party_id, c.holder_name AS name FROM cards AS k JOIN cases AS c ON c.id = k.case_id WHERE NOT k.done AND k.holder_id IS NOT NULL
UNION ALL SELECT c.id, c.kind, k.enterprise_id, c.enterprise_name FROM cards AS k JOIN cases AS c ON c.id = k.case_id WHERE k.enterprise_id IS NOT NULL
UNION ALL SELECT c.id, c.kind, (c.delegated_by ->> 'id')::uuid, c.delegated_by ->> 'name' FROM cases AS c WHERE c.delegated_by IS NOT NULL
UNION ALL SELECT c.id, c.kind, (a ->> 'id')::uuid, a ->> 'name' FROM cases AS c CROSS JOIN LATERAL jsonb_array_elements(c.also) AS a WHERE c.also IS NOT NULL
UNION ALL SELECT p.case_id, 'project', t.id, t.name FROM projects AS p
    CROSS JOIN LATERAL (VALUES (p.manager_id, p.manager_name), (p.leader_id, p.leader_name), (p.liaison_id, p.liaison_name)) AS t (id, name) WHERE t.id IS NOT NULL
UNION ALL SELECT h.case_id, 'hazard', h.supervisor_id, h.supervisor_name FROM hazards AS h WHERE h.supervisor_id IS NOT NULL
UNION ALL SELECT h.case_id, 'hazard', n.party_id, n.name FROM cards AS k JOIN hazards AS h ON h.case_id = k.case_id CROSS JOIN LATERAL names_in(to_jsonb(h)) AS n WHERE NOT k.done
UNION ALL SELECT r.case_id, 'hazard', n.party_id, n.name FROM cards AS k JOIN rounds AS r ON r.case_id = k.case_id CROSS JOIN LATERAL names_in(to_jsonb(r)) AS n WHERE NOT k.done AND r.verdict = ''
UNION ALL SELECT p.case_id, 'project', n.party_id, n.name FROM cards AS k JOIN projects AS p ON p.case_id = k.case_id CROSS JOIN LATERAL names_in(to_jsonb(p)) AS n WHERE NOT k.done
UNION ALL SELECT g.case_id, 'project', n.party_id, n.name FROM cards AS k JOIN gate_answers AS g ON g.case_id = k.case_id CROSS JOIN LATERAL names_in(to_jsonb(g)) AS n WHERE NOT k.done
UNION ALL SELECT f.case_id, c.kind, n.party_id, n.name FROM case_facts AS f JOIN cases AS c ON c.id = f.case_id CROSS JOIN LATERAL names_in(f.facts) AS n;

-- +goose Down
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
DROP TRIGGER cases_sight_handed ON cases;
CREATE TRIGGER cases_sight_handed AFTER UPDATE OF holder_id, unit_ids, enterprise_id ON cases FOR EACH ROW
    WHEN (OLD.holder_id IS DISTINCT FROM NEW.holder_id OR OLD.unit_ids <> NEW.unit_ids OR OLD.enterprise_id IS DISTINCT FROM NEW.enterprise_id)
    EXECUTE FUNCTION see_when_handed();
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION see_when_handed() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    INSERT INTO sight (party_id, case_id, since)
    SELECT DISTINCT party, NEW.id, NEW.updated_at
    FROM unnest(NEW.unit_ids || CASE WHEN NOT EXISTS (SELECT FROM private_kinds AS p WHERE p.kind = NEW.kind) THEN NEW.enterprise_id END || NEW.holder_id) AS party
    WHERE party IS NOT NULL
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
-- +goose StatementEnd
ALTER TABLE letters DROP COLUMN also_to;
ALTER TABLE rounds DROP COLUMN handed_in_for;
ALTER TABLE cases DROP COLUMN also;
