-- +goose Up
-- What came of a form and is shown to the browser that sent it, at an address of its own: a first password, the report of an import. The form has a key, so that
-- sent twice it is done once. The content is sealed with the program's secret key and goes after a while; that the form was carried out is known for longer.
CREATE TABLE shown (
    id          text PRIMARY KEY CHECK (id <> ''),
    owner       uuid NOT NULL REFERENCES users,
    session     bytea NOT NULL,
    path        text NOT NULL DEFAULT '',
    sealed      bytea,
    done        boolean NOT NULL DEFAULT false,
    created_at  timestamptz NOT NULL,
    shown_until timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    CHECK (NOT done OR path <> '')
);
COMMENT ON COLUMN shown.id IS 'SHA-256 of the session, the address and everything that the form held, its key with it.';
COMMENT ON COLUMN shown.session IS 'SHA-256 of the secret of the session that may see it.';
COMMENT ON COLUMN shown.sealed IS 'What is shown, sealed; null while the form is being carried out, and after shown_until.';
COMMENT ON COLUMN shown.done IS 'The form was carried out. It is never done again under this id.';
CREATE INDEX shown_by_end ON shown (expires_at);
CREATE INDEX shown_by_content ON shown (shown_until) WHERE sealed IS NOT NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON shown TO parkway_writer;

-- +goose Down
DROP TABLE shown;
