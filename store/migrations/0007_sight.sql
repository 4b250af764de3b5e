-- +goose Up
-- Who sees a case is one rule: whoever is handed it or told of it. Verdicts say when what they rest on was received, files say who reads them.

CREATE TABLE sight (
    party_id uuid NOT NULL,
    case_id  uuid NOT NULL REFERENCES cases DEFERRABLE INITIALLY DEFERRED, -- notices of an opening are queued before the case is written
    since    timestamptz NOT NULL,
    PRIMARY KEY (party_id, case_id)
);
COMMENT ON TABLE sight IS 'Who may know of a case beside the zone''s own staff: its enterprise, and every person and body that was ever handed it or told of it. The triggers below write it, so that nothing can be handed over or told and stay out of sight.';

-- +goose StatementBegin
CREATE FUNCTION see_when_handed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO sight (party_id, case_id, since)
    SELECT DISTINCT party, NEW.id, NEW.updated_at FROM unnest(NEW.unit_ids || NEW.enterprise_id || NEW.holder_id) AS party WHERE party IS NOT NULL
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER cases_sight_opened AFTER INSERT ON cases FOR EACH ROW EXECUTE FUNCTION see_when_handed();
CREATE TRIGGER cases_sight_handed AFTER UPDATE OF holder_id, unit_ids, enterprise_id ON cases FOR EACH ROW
    WHEN (OLD.holder_id IS DISTINCT FROM NEW.holder_id OR OLD.unit_ids <> NEW.unit_ids OR OLD.enterprise_id <> NEW.enterprise_id)
    EXECUTE FUNCTION see_when_handed();

-- +goose StatementBegin
CREATE FUNCTION see_when_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO sight (party_id, case_id, since)
    SELECT DISTINCT ON (user_id, case_id) user_id, case_id, created_at FROM fresh WHERE case_id IS NOT NULL
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER notices_sight AFTER INSERT ON notices REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION see_when_told();

INSERT INTO sight (party_id, case_id, since)
SELECT party_id, case_id, min(since) FROM (
    SELECT c.enterprise_id AS party_id, c.id AS case_id, c.opened_at AS since FROM cases AS c
    UNION ALL SELECT u.party, c.id, c.updated_at FROM cases AS c CROSS JOIN LATERAL unnest(c.unit_ids) AS u (party)
    UNION ALL SELECT (e.outcome -> 'holder' ->> 'id')::uuid, e.case_id, e.recorded_at FROM events AS e WHERE e.outcome -> 'holder' ->> 'id' <> ''
    UNION ALL SELECT n.user_id, n.case_id, n.created_at FROM notices AS n WHERE n.case_id IS NOT NULL
) AS known GROUP BY party_id, case_id;

COMMENT ON COLUMN cases.unit_ids IS 'Units that were ever handed the case. Who sees it stands in sight.';
DROP INDEX cases_by_unit;

ALTER TABLE clocks ADD COLUMN received_at timestamptz;
COMMENT ON COLUMN clocks.received_at IS 'When the deed that stopped it was received, where that was on a later day than the deed: the verdict rests on a deed that was dated back.';
ALTER TABLE rounds
    ADD COLUMN handed_in_received_at timestamptz,
    ADD COLUMN inspected_received_at timestamptz;
COMMENT ON COLUMN rounds.handed_in_received_at IS 'When the hand-in was received, where it was dated back to an earlier day.';
COMMENT ON COLUMN rounds.inspected_received_at IS 'When the verdict was received, where it was dated back to an earlier day.';

ALTER TABLE attachments ADD COLUMN audience text NOT NULL DEFAULT '' CHECK (audience IN ('', 'inside', 'shared'));
COMMENT ON COLUMN attachments.audience IS 'Who may read it, as of the event that brought it. Empty: put on record before files had one, then its event says.';

-- +goose StatementBegin
CREATE FUNCTION outside_about(about jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN about ? 'by' THEN about || '{"by": "园区管委会"}' || CASE WHEN about ->> 'deed' = 'adopt' THEN '{"reason": ""}' ELSE '{}' END::jsonb ELSE about END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION outside_about IS 'What a notice to an enterprise is about: the zone instead of the name of who changed something, and no reason that was meant for the offices.';

GRANT SELECT, INSERT ON sight TO parkway_writer;

-- +goose Down
DROP TRIGGER cases_sight_opened ON cases;
DROP TRIGGER cases_sight_handed ON cases;
DROP TRIGGER notices_sight ON notices;
DROP FUNCTION see_when_handed, see_when_told, outside_about;
DROP TABLE sight;
