-- +goose Up
-- What somebody typed into a form that was not carried out: it was refused, or they had to sign in again first. It is theirs alone, has an address of
-- its own, and is gone once the form is carried out.
CREATE TABLE drafts (
    id         uuid PRIMARY KEY,
    owner      uuid NOT NULL REFERENCES users,
    path       text NOT NULL CHECK (path <> ''),
    typed      jsonb NOT NULL,
    files      jsonb NOT NULL DEFAULT '{}',
    refusal    jsonb,
    marks      jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
COMMENT ON COLUMN drafts.typed IS 'The form''s fields by name, each a list, as they were sent.';
COMMENT ON COLUMN drafts.files IS 'The files that came, by field: their upload, which holds the content''s SHA-256, and their name.';
COMMENT ON COLUMN drafts.refusal IS 'Why the form was not carried out.';
COMMENT ON COLUMN drafts.marks IS 'What else the form has to show, such as that a new enterprise is on file already.';
CREATE INDEX drafts_by_owner ON drafts (owner, created_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON drafts TO parkway_writer;

-- +goose Down
DROP TABLE drafts;
