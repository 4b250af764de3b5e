-- +goose Up
-- A server is ready when something can be written: this is what it writes.

CREATE TABLE readiness (
    one     boolean PRIMARY KEY DEFAULT true CHECK (one),
    touched timestamptz NOT NULL
);
COMMENT ON TABLE readiness IS 'One row that servers write to find out whether the database takes anything; nobody reads it.';
INSERT INTO readiness (touched) VALUES (now());
GRANT SELECT, UPDATE ON readiness TO parkway_writer;

-- +goose Down
DROP TABLE readiness;
