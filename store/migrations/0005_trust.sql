-- +goose Up
-- Keys belong to who made them, wakes have names, batches and cases that cannot get on are on record.

-- An idempotency key counts together with its owner: nobody can use up a key of the clock or of a batch.
ALTER TABLE events
    ADD COLUMN key_owner text NOT NULL GENERATED ALWAYS AS (
        (actor ->> 'type') || ':' || coalesce(actor ->> 'id', '') || ':' || coalesce(actor ->> 'through', '')) STORED,
    ADD COLUMN audience text NOT NULL DEFAULT '' CHECK (audience IN ('', 'inside', 'shared'));
ALTER TABLE events DROP CONSTRAINT events_case_id_key_key;
ALTER TABLE events ADD CONSTRAINT events_once UNIQUE (case_id, key_owner, key);
COMMENT ON COLUMN events.key_owner IS 'Who made the key: type, id and, for machinery that acts for a person, through what.';
COMMENT ON COLUMN events.audience IS 'Who may read it: inside the zone''s offices, or shared with the other party. Empty: recorded before events had one.';

ALTER TABLE cases ADD COLUMN wake text NOT NULL DEFAULT '';
COMMENT ON COLUMN cases.wake IS 'What next_wake is: the clock, its deadline and the rung. It names the wake; two clocks may wake at one instant.';

ALTER TABLE clocks
    ADD COLUMN given_on  date,
    ADD COLUMN ladder_on timestamptz;
COMMENT ON COLUMN clocks.given_on IS 'The day on which the present end was given: reminders that lie before it are moot.';
COMMENT ON COLUMN clocks.ladder_on IS 'When its present ladder was switched on, where that was after the start: rungs before it are on record and were not sent.';

CREATE TABLE batches (
    id         text PRIMARY KEY,
    park_id    uuid NOT NULL REFERENCES parks,
    deed       text NOT NULL,
    about      jsonb NOT NULL,
    by_name    text NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at   timestamptz,
    touched    integer NOT NULL DEFAULT 0
);
COMMENT ON TABLE batches IS 'Reasoned deeds on many cases. While one runs, its notices wait, so that each person gets one message.';
CREATE INDEX batches_running ON batches (park_id) WHERE ended_at IS NULL;
CREATE INDEX batches_by_start ON batches (park_id, started_at DESC, id);

CREATE TABLE batch_refusals (
    batch_id text NOT NULL REFERENCES batches,
    case_id  uuid NOT NULL REFERENCES cases,
    code     text NOT NULL,
    zh       text NOT NULL,
    en       text NOT NULL,
    at       timestamptz NOT NULL,
    PRIMARY KEY (batch_id, case_id)
);
COMMENT ON TABLE batch_refusals IS 'Cases that a batch passed over, and why.';

CREATE TABLE stuck_cases (
    case_id   uuid PRIMARY KEY REFERENCES cases,
    since     timestamptz NOT NULL,
    looked_at timestamptz NOT NULL,
    looks     integer NOT NULL DEFAULT 1 CHECK (looks > 0),
    reason    text NOT NULL DEFAULT ''
);
COMMENT ON TABLE stuck_cases IS 'Cases whose wake-up is overdue although the watchdog woke them: named on the operations page, and never holding up others.';

GRANT SELECT, INSERT, UPDATE ON batches, batch_refusals, stuck_cases TO parkway_writer;
GRANT DELETE ON stuck_cases, batch_refusals TO parkway_writer;

-- +goose Down
DROP TABLE stuck_cases, batch_refusals, batches;
ALTER TABLE clocks DROP COLUMN given_on, DROP COLUMN ladder_on;
ALTER TABLE cases DROP COLUMN wake;
ALTER TABLE events DROP CONSTRAINT events_once, DROP COLUMN audience, DROP COLUMN key_owner, ADD CONSTRAINT events_case_id_key_key UNIQUE (case_id, key);
