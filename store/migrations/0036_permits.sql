-- +goose Up
-- A case may belong to another one: a permit to its project (docs/decisions/0036). What a child is to its parent stands in stage.
ALTER TABLE cases ADD COLUMN parent_id uuid REFERENCES cases, ADD CONSTRAINT cases_no_own_parent CHECK (parent_id <> id);
CREATE INDEX cases_by_parent ON cases (parent_id, kind) WHERE parent_id IS NOT NULL;
COMMENT ON COLUMN cases.parent_id IS 'The case it belongs to, for ever.';

-- What has to happen to other cases because of a deed. It is written with the deed and carried out afterwards.
CREATE TABLE follow_ups (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    because    uuid NOT NULL REFERENCES cases,
    version    bigint NOT NULL,
    case_id    uuid NOT NULL,
    kind       text NOT NULL CHECK (kind <> ''),
    command    text NOT NULL CHECK (command <> ''),
    input      jsonb NOT NULL CHECK (jsonb_typeof(input) = 'object'),
    created_at timestamptz NOT NULL,
    done_at    timestamptz,
    tries      integer NOT NULL DEFAULT 0,
    refusal    text NOT NULL DEFAULT ''
);
COMMENT ON TABLE follow_ups IS 'What has to happen to other cases because of a deed: each is carried out once, by a key made from its id, however often a process dies.';
COMMENT ON COLUMN follow_ups.because IS 'The case of the deed, and the version that it made.';
COMMENT ON COLUMN follow_ups.refusal IS 'Why the rules did not let it happen, where they did not.';
CREATE INDEX follow_ups_open ON follow_ups (id) WHERE done_at IS NULL;
GRANT SELECT, INSERT, UPDATE ON follow_ups TO parkway_writer;

-- The figures of permits by department are counted from the index alone.
CREATE INDEX cards_permits ON cards (park_id, done, stage, state, due_order) WHERE kind = 'permit';

-- +goose Down
DROP INDEX cards_permits;
DROP TABLE follow_ups;
DROP INDEX cases_by_parent;
ALTER TABLE cases DROP CONSTRAINT cases_no_own_parent, DROP COLUMN parent_id;
