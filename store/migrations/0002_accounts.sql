-- +goose Up
-- Sign-in: sessions, personal API tokens, failed attempts, and an append-only record of what was done to accounts.

ALTER TABLE users ADD COLUMN must_change boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN users.must_change IS 'The password was set by an administrator; its owner chooses a new one before doing anything else.';

CREATE TABLE sessions (
    token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    user_id    uuid NOT NULL REFERENCES users,
    created_at timestamptz NOT NULL,
    seen_at    timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    address    text NOT NULL,
    agent      text NOT NULL
);
COMMENT ON TABLE sessions IS 'Signed-in browsers. The cookie holds the token, the row only its SHA-256.';
CREATE INDEX sessions_by_user ON sessions (user_id);

CREATE TABLE api_tokens (
    id         uuid PRIMARY KEY,
    user_id    uuid NOT NULL REFERENCES users,
    name       text NOT NULL CHECK (name <> ''),
    token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    read_only  boolean NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,
    revoked_at timestamptz
);
CREATE INDEX api_tokens_by_user ON api_tokens (user_id);

CREATE TABLE sign_in_failures (
    username text NOT NULL,
    address  text NOT NULL,
    device   text NOT NULL,
    at       timestamptz NOT NULL
);
COMMENT ON COLUMN sign_in_failures.device IS 'Id of a browser that signed in before (OWASP device cookie), "" for strangers: strangers cannot lock a known browser out.';
CREATE INDEX sign_in_failures_by_name ON sign_in_failures (username, at);
CREATE INDEX sign_in_failures_by_address ON sign_in_failures (address, at);

CREATE TABLE account_events (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         timestamptz NOT NULL,
    actor_id   uuid,
    actor_name text NOT NULL,
    subject_id uuid NOT NULL REFERENCES users,
    deed       text NOT NULL CHECK (deed IN ('created', 'disabled', 'enabled', 'password_reset', 'password_changed', 'token_created', 'token_revoked')),
    note       text NOT NULL DEFAULT ''
);
CREATE TRIGGER account_events_append_only BEFORE UPDATE OR DELETE ON account_events FOR EACH ROW EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT, UPDATE, DELETE ON sessions, sign_in_failures TO parkway_writer;
GRANT SELECT, INSERT, UPDATE ON api_tokens TO parkway_writer;
GRANT SELECT, INSERT ON account_events TO parkway_writer;

-- +goose Down
DROP TABLE account_events, sign_in_failures, api_tokens, sessions;
ALTER TABLE users DROP COLUMN must_change;
