-- +goose Up
-- Whoever listens hears at once that a session has ended, or that somebody may do other things than before: what is open for them ends.

-- +goose StatementBegin
CREATE FUNCTION tell_session_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('parkway_ended', encode(OLD.token_hash, 'hex'));
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER sessions_ended AFTER DELETE ON sessions FOR EACH ROW EXECUTE FUNCTION tell_session_ended();

-- +goose StatementBegin
CREATE FUNCTION tell_person_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('parkway_ended', NEW.id::text);
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER users_changed AFTER UPDATE OF disabled_at, roles, unit_id, enterprise_id ON users FOR EACH ROW
    WHEN ((OLD.disabled_at, OLD.roles, OLD.unit_id, OLD.enterprise_id) IS DISTINCT FROM (NEW.disabled_at, NEW.roles, NEW.unit_id, NEW.enterprise_id))
    EXECUTE FUNCTION tell_person_changed();

-- +goose Down
DROP TRIGGER users_changed ON users;
DROP TRIGGER sessions_ended ON sessions;
DROP FUNCTION tell_person_changed();
DROP FUNCTION tell_session_ended();
