-- +goose Up
-- Who closed a case (销号人): it stands in the event that closed it, of which a list with five thousand rows cannot read each. Derived, like sight: no fact of the case, and read
-- from the events again whenever it has to be (decisions/0096).
CREATE TABLE endings (
    case_id uuid PRIMARY KEY REFERENCES cases,
    by_id   uuid,
    by_name text NOT NULL
);
COMMENT ON TABLE endings IS 'Who closed each case last: the person, whose present name is the users'' own, else what the machinery is called.';
GRANT SELECT, INSERT, UPDATE ON endings TO parkway_writer;

-- +goose StatementBegin
CREATE FUNCTION note_ending() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM events AS e WHERE e.case_id = NEW.case_id AND e.version = NEW.version - 1 AND (e.outcome ->> 'done')::boolean) THEN
        INSERT INTO endings (case_id, by_id, by_name)
        VALUES (NEW.case_id, CASE WHEN NEW.actor ->> 'type' = 'person' THEN nullif(NEW.actor ->> 'id', '')::uuid END, coalesce(NEW.actor ->> 'name', ''))
        ON CONFLICT (case_id) DO UPDATE SET by_id = excluded.by_id, by_name = excluded.by_name;
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER events_end AFTER INSERT ON events FOR EACH ROW WHEN ((NEW.outcome ->> 'done')::boolean) EXECUTE FUNCTION note_ending();

INSERT INTO endings (case_id, by_id, by_name)
SELECT DISTINCT ON (e.case_id) e.case_id, CASE WHEN e.actor ->> 'type' = 'person' THEN nullif(e.actor ->> 'id', '')::uuid END, coalesce(e.actor ->> 'name', '')
FROM cases AS c JOIN events AS e ON e.case_id = c.id AND e.occurred_at = c.closed_at AND (e.outcome ->> 'done')::boolean WHERE c.done ORDER BY e.case_id, e.version;

-- +goose Down
DROP TRIGGER events_end ON events;
DROP FUNCTION note_ending();
DROP TABLE endings;
