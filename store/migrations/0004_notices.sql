-- +goose Up
-- From an event to a person: notices are queued by the door, grouped into messages, and delivered over channels, with a record of each try.

ALTER TABLE users
    ADD COLUMN email         text NOT NULL DEFAULT '',
    ADD COLUMN mobile        text NOT NULL DEFAULT '',
    ADD COLUMN digest_minute integer NOT NULL DEFAULT 510 CHECK (digest_minute BETWEEN 0 AND 1439),
    ADD COLUMN quiet_from    integer NOT NULL DEFAULT 1200 CHECK (quiet_from BETWEEN 0 AND 1439),
    ADD COLUMN quiet_to      integer NOT NULL DEFAULT 480 CHECK (quiet_to BETWEEN 0 AND 1439);
COMMENT ON COLUMN users.digest_minute IS 'When the person wants the digest, in minutes after midnight of a working day; 08:30 unless chosen.';

CREATE TABLE absences (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id   uuid NOT NULL REFERENCES users,
    deputy_id uuid NOT NULL REFERENCES users,
    from_on   date NOT NULL,
    to_on     date NOT NULL,
    reason    text NOT NULL DEFAULT '',
    CHECK (to_on >= from_on),
    CHECK (user_id <> deputy_id)
);
COMMENT ON TABLE absences IS 'While somebody is away, the deputy is told what the absent person is told.';
CREATE INDEX absences_by_user ON absences (user_id, from_on);

CREATE TABLE channels (
    id            uuid PRIMARY KEY,
    park_id       uuid NOT NULL REFERENCES parks,
    kind          text NOT NULL CHECK (kind IN ('mail', 'wecom', 'dingtalk', 'feishu', 'webhook')),
    name          text NOT NULL CHECK (name <> ''),
    settings      jsonb NOT NULL DEFAULT '{}',
    secrets       bytea NOT NULL,
    per_minute    integer NOT NULL CHECK (per_minute > 0),
    disabled_at   timestamptz,
    window_at     timestamptz NOT NULL DEFAULT 'epoch',
    window_sent   integer NOT NULL DEFAULT 0,
    blocked_until timestamptz,
    UNIQUE (park_id, name)
);
COMMENT ON COLUMN channels.secrets IS 'Addresses, keys and passwords, encrypted with AES-256-GCM under the program''s secret key.';
COMMENT ON COLUMN channels.window_sent IS 'How many messages went out in the minute that began at window_at.';

CREATE TABLE routes (
    user_id    uuid NOT NULL REFERENCES users,
    channel_id uuid NOT NULL REFERENCES channels,
    position   integer NOT NULL CHECK (position > 0),
    PRIMARY KEY (user_id, channel_id),
    UNIQUE (user_id, position) DEFERRABLE INITIALLY DEFERRED
);
COMMENT ON TABLE routes IS 'How a person is reached beside in the program itself: the first channel first, the next when it fails for good.';

CREATE TABLE messages (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id    uuid NOT NULL REFERENCES users,
    level      text NOT NULL CHECK (level IN ('info', 'normal', 'red')),
    not_before timestamptz NOT NULL,
    newest_at  timestamptz NOT NULL,
    first_at   timestamptz NOT NULL,
    status     text NOT NULL DEFAULT 'planned' CHECK (status IN ('planned', 'delivered', 'in_app', 'dead')),
    position   integer NOT NULL DEFAULT 1,
    attempts   integer NOT NULL DEFAULT 0,
    next_try   timestamptz,
    sealed_at  timestamptz,
    body       jsonb,
    ended_at   timestamptz
);
COMMENT ON TABLE messages IS 'What one person is told at one time: the notices of a window, grouped.';
COMMENT ON COLUMN messages.sealed_at IS 'From here on nothing more is added: it is on its way.';
CREATE UNIQUE INDEX messages_open ON messages (user_id) WHERE sealed_at IS NULL AND status = 'planned';
CREATE INDEX messages_due ON messages (coalesce(next_try, not_before)) WHERE status = 'planned';
CREATE INDEX messages_by_user ON messages (user_id, id DESC);
CREATE INDEX messages_by_status ON messages (status, id DESC);

CREATE TABLE deliveries (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message_id bigint NOT NULL REFERENCES messages,
    channel_id uuid NOT NULL REFERENCES channels,
    attempt    integer NOT NULL CHECK (attempt > 0),
    status     text NOT NULL CHECK (status IN ('sent', 'delivered', 'failed')),
    reason     text NOT NULL DEFAULT '',
    sent_at    timestamptz NOT NULL,
    ended_at   timestamptz,
    UNIQUE (message_id, attempt)
);
COMMENT ON COLUMN deliveries.status IS 'sent: on its way, no answer yet (or none ever came); delivered: the channel took it; failed: with the reason.';

ALTER TABLE notices DROP CONSTRAINT notices_user_id_case_id_version_kind_key;
-- One event is one notice for each person: of several kinds the first stays.
DELETE FROM notices AS n USING notices AS m WHERE n.user_id = m.user_id AND n.case_id = m.case_id AND n.version = m.version AND n.id > m.id;
ALTER TABLE notices
    ALTER COLUMN case_id DROP NOT NULL,
    ALTER COLUMN version DROP NOT NULL,
    ADD COLUMN level        text NOT NULL DEFAULT 'normal' CHECK (level IN ('info', 'normal', 'red')),
    ADD COLUMN rung         text NOT NULL DEFAULT '',
    ADD COLUMN act          text NOT NULL DEFAULT '',
    ADD COLUMN about        jsonb,
    ADD COLUMN on_behalf_of uuid REFERENCES users,
    ADD COLUMN message_id   bigint REFERENCES messages,
    ADD COLUMN planned_at   timestamptz,
    ADD COLUMN acked_at     timestamptz,
    ADD CHECK ((case_id IS NULL) = (version IS NULL)),
    ADD CHECK (case_id IS NOT NULL OR about IS NOT NULL),
    ADD UNIQUE (user_id, case_id, version);
UPDATE notices SET planned_at = created_at;
CREATE INDEX notices_unplanned ON notices (id) WHERE planned_at IS NULL;
CREATE INDEX notices_by_message ON notices (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX notices_by_case ON notices (case_id, version) WHERE case_id IS NOT NULL;
COMMENT ON COLUMN notices.about IS 'What it is about when it is about no single case: a change of the calendar, a digest.';

CREATE TABLE watches (
    user_id uuid NOT NULL REFERENCES users,
    case_id uuid NOT NULL REFERENCES cases,
    since   timestamptz NOT NULL,
    PRIMARY KEY (user_id, case_id)
);
CREATE TABLE seen (
    user_id uuid NOT NULL REFERENCES users,
    case_id uuid NOT NULL REFERENCES cases,
    version bigint NOT NULL,
    PRIMARY KEY (user_id, case_id)
);
COMMENT ON TABLE seen IS 'The version of a case that somebody last opened: newer ones carry an unread mark.';
CREATE TABLE filters (
    id      uuid PRIMARY KEY,
    park_id uuid NOT NULL REFERENCES parks,
    user_id uuid NOT NULL REFERENCES users,
    name    text NOT NULL CHECK (name <> ''),
    list    text NOT NULL CHECK (list IN ('projects', 'hazards')),
    query   text NOT NULL,
    shared  boolean NOT NULL DEFAULT false,
    UNIQUE (user_id, list, name)
);
CREATE INDEX events_by_key ON events (key) WHERE key LIKE 'batch/%';
CREATE INDEX events_by_actor ON events ((actor ->> 'id'), recorded_at DESC) WHERE actor ->> 'type' = 'person';

-- The clock of a demo zone can be turned forward. Only a zone that was created as a demo has one: the program may neither make a zone a
-- demo nor give another zone a clock.
ALTER TABLE parks ADD COLUMN demo boolean NOT NULL DEFAULT false;
CREATE TABLE demo_clocks (
    park_id uuid PRIMARY KEY REFERENCES parks,
    ahead   interval NOT NULL DEFAULT '0' CHECK (ahead >= '0'),
    goal    timestamptz
);
-- +goose StatementBegin
CREATE FUNCTION only_demo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (SELECT demo FROM parks WHERE id = NEW.park_id) THEN
        RAISE EXCEPTION 'the time of a real zone cannot be turned' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER demo_clocks_only_demo BEFORE INSERT OR UPDATE ON demo_clocks FOR EACH ROW EXECUTE FUNCTION only_demo();
-- +goose StatementBegin
CREATE FUNCTION stay_real() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.demo IS DISTINCT FROM OLD.demo THEN
        RAISE EXCEPTION 'a zone is a demo from its creation or never' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER parks_stay_real BEFORE UPDATE ON parks FOR EACH ROW EXECUTE FUNCTION stay_real();

GRANT SELECT, INSERT, UPDATE ON channels, messages, deliveries, watches, seen, filters, demo_clocks TO parkway_writer;
GRANT SELECT, INSERT, UPDATE, DELETE ON routes, absences, watches, filters TO parkway_writer;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO parkway_writer;

-- +goose Down
DROP TABLE demo_clocks, filters, seen, watches, deliveries, messages, routes, channels, absences CASCADE;
