-- +goose Up
-- One zone in a database, nothing invented in a real one, and a first start that knows how far it came.

-- A second zone would stand beside the first and in its place: which one the program serves would be a guess. A database that holds two
-- already is left as it is; the program says so and does not start.
-- +goose StatementBegin
CREATE FUNCTION refuse_second_zone() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    present text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('parks'));
    SELECT name INTO present FROM parks WHERE id <> NEW.id LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'this database holds the zone % already', present USING ERRCODE = 'restrict_violation', CONSTRAINT = 'parks_one';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER parks_one BEFORE INSERT ON parks FOR EACH ROW EXECUTE FUNCTION refuse_second_zone();

-- Accounts of the demo have a password that everybody knows.
-- +goose StatementBegin
CREATE FUNCTION refuse_invented() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.invented AND NOT (SELECT demo FROM parks WHERE id = NEW.park_id) THEN
        RAISE EXCEPTION 'nothing invented belongs into a real zone' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'invented_in_demo_only';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER users_invented BEFORE INSERT OR UPDATE OF invented, park_id ON users FOR EACH ROW EXECUTE FUNCTION refuse_invented();
CREATE TRIGGER enterprises_invented BEFORE INSERT OR UPDATE OF invented, park_id ON enterprises FOR EACH ROW EXECUTE FUNCTION refuse_invented();

CREATE TABLE setup_steps (
    park_id uuid NOT NULL REFERENCES parks,
    step    text NOT NULL CHECK (step IN ('loaded', 'started')),
    done_at timestamptz NOT NULL,
    PRIMARY KEY (park_id, step)
);
COMMENT ON TABLE setup_steps IS 'How far the first start has come. loaded: all demo data is there; started: every open case has its workflow.';
GRANT SELECT, INSERT ON setup_steps TO parkway_writer;

-- +goose Down
DROP TABLE setup_steps;
DROP TRIGGER enterprises_invented ON enterprises;
DROP TRIGGER users_invented ON users;
DROP FUNCTION refuse_invented;
DROP TRIGGER parks_one ON parks;
DROP FUNCTION refuse_second_zone;
