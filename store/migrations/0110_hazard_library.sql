-- +goose Up
-- The hazard library (docs/decisions/0079): what inspectors keep finding, with its clause, its standard wording and what it suggests.
CREATE TABLE hazard_library (
    id          uuid PRIMARY KEY,
    park_id     uuid NOT NULL REFERENCES parks,
    name        text NOT NULL CHECK (name <> ''),
    category    text NOT NULL CHECK (category <> ''),
    clause      text NOT NULL,
    wording     text NOT NULL CHECK (wording <> ''),
    requirement text NOT NULL,
    level       text NOT NULL CHECK (level IN ('general', 'major')),
    handling    text NOT NULL CHECK (handling IN ('at_once', 'deadline')),
    days        integer NOT NULL CHECK (days BETWEEN 0 AND 365),
    withdrawn   text NOT NULL DEFAULT '' CHECK (withdrawn IN ('', 'withdrawn')),
    UNIQUE (park_id, name),
    CHECK (level <> 'major' OR (clause <> '' AND handling = 'deadline'))
);
COMMENT ON TABLE hazard_library IS 'What is found again and again. A hazard takes words from it and keeps them: what is changed here changes nothing on file.';
GRANT SELECT, INSERT, UPDATE ON hazard_library TO parkway_writer;
ALTER TABLE setup_steps DROP CONSTRAINT setup_steps_step_check, ADD CONSTRAINT setup_steps_step_check CHECK (step IN ('loaded', 'started', 'library'));
COMMENT ON TABLE setup_steps IS 'How far the first start has come. loaded: all demo data is there; started: every open case has its workflow; library: the shipped entries of the hazard library are there.';

-- +goose Down
DELETE FROM setup_steps WHERE step = 'library';
ALTER TABLE setup_steps DROP CONSTRAINT setup_steps_step_check, ADD CONSTRAINT setup_steps_step_check CHECK (step IN ('loaded', 'started'));
DROP TABLE hazard_library;
