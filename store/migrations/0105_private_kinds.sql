-- +goose Up
-- What departments say of a project in advance is the offices' own. Until now its enterprise found each opinion with its verdict: whoever a case is about
-- had it in sight, of whatever kind it was.

CREATE TABLE private_kinds (kind text PRIMARY KEY);
COMMENT ON TABLE private_kinds IS 'Kinds of cases that stay among the offices: not in sight for the enterprise they are about. The registry of kinds says the same (Private); TestPrivateKindsAreWhatTheRegistrySays holds the two together.';
INSERT INTO private_kinds (kind) VALUES ('opinion');
GRANT SELECT ON private_kinds TO parkway_writer;

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
DELETE FROM sight AS s USING cases AS c, private_kinds AS p WHERE c.id = s.case_id AND p.kind = c.kind AND s.party_id = c.enterprise_id;

-- +goose Down
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION see_when_handed() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    INSERT INTO sight (party_id, case_id, since)
    SELECT DISTINCT party, NEW.id, NEW.updated_at FROM unnest(NEW.unit_ids || NEW.enterprise_id || NEW.holder_id) AS party WHERE party IS NOT NULL
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
-- +goose StatementEnd
DROP TABLE private_kinds;
