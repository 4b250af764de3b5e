-- +goose Up
-- Time that explains itself: calendars as versions, clocks with their ledger's facts, ladders that have fired.

ALTER TABLE cases
    ADD COLUMN target_on    date,
    ADD COLUMN provisional  boolean NOT NULL DEFAULT false,
    ADD COLUMN escalation   text NOT NULL DEFAULT '',
    ADD COLUMN nudged_at    timestamptz,
    ADD COLUMN delegated_by jsonb,
    ADD CHECK (next_wake IS NULL OR due_on IS NOT NULL);
COMMENT ON COLUMN cases.provisional IS 'The due day leans on a year whose holidays are not published yet (暂定).';
COMMENT ON COLUMN cases.escalation IS 'The most severe act of the running ladder so far: supervision_order, interview, refer, list.';

ALTER TABLE clocks DROP CONSTRAINT clocks_unit_check;
ALTER TABLE clocks
    ADD CHECK (unit IN ('', 'working_day', 'day', 'month', 'working_hour')),
    ADD COLUMN round        integer NOT NULL DEFAULT 0,
    ADD COLUMN target       integer NOT NULL DEFAULT 0,
    ADD COLUMN roll_forward boolean NOT NULL DEFAULT false,
    ADD COLUMN rule         text NOT NULL DEFAULT '',
    ADD COLUMN started_at   timestamptz,
    ADD COLUMN extensions   jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN due_at       timestamptz,
    ADD COLUMN target_on    date,
    ADD COLUMN provisional  boolean NOT NULL DEFAULT false,
    ADD COLUMN late_by      integer NOT NULL DEFAULT 0 CHECK (late_by >= 0),
    ADD COLUMN fired        jsonb NOT NULL DEFAULT '[]',
    ADD CHECK (verdict = 'late' OR late_by = 0),
    ADD CHECK ((unit = 'working_hour') = (started_at IS NOT NULL));
COMMENT ON COLUMN clocks.fired IS 'The rungs of the ladder that have fired, each once per end of the clock: rung, term, when planned, when fired.';
COMMENT ON COLUMN clocks.late_by IS 'By how much it was late, in working days, working hours begun, or days, after the clock''s unit.';
CREATE INDEX clocks_running ON clocks (case_id) WHERE stopped_on IS NULL;
-- Verdicts given before lateness was counted: what the row itself says, in days.
UPDATE clocks SET late_by = stopped_on - due_on WHERE verdict = 'late';

CREATE TABLE calendars (
    park_id    uuid NOT NULL REFERENCES parks,
    seq        integer NOT NULL CHECK (seq > 0),
    version    text NOT NULL CHECK (version <> ''),
    years      jsonb NOT NULL,
    hours      jsonb NOT NULL DEFAULT '[]',
    reason     text NOT NULL CHECK (reason <> ''),
    by_id      text NOT NULL DEFAULT '',
    by_name    text NOT NULL,
    created_at timestamptz NOT NULL,
    undoes     integer,
    moved      integer NOT NULL DEFAULT 0,
    settled_at timestamptz,
    PRIMARY KEY (park_id, seq),
    UNIQUE (park_id, version)
);
COMMENT ON TABLE calendars IS 'Versions of the working calendar; the highest seq is in force. A version is never edited: a change is the next version.';
COMMENT ON COLUMN calendars.settled_at IS 'When every open case had been reckoned by it.';

CREATE TABLE calendar_days (
    park_id uuid NOT NULL,
    seq     integer NOT NULL,
    day     date NOT NULL,
    kind    text NOT NULL CHECK (kind IN ('holiday', 'make_up')),
    name    text NOT NULL CHECK (name <> ''),
    PRIMARY KEY (park_id, seq, day),
    FOREIGN KEY (park_id, seq) REFERENCES calendars,
    CHECK (kind <> 'make_up' OR extract(isodow FROM day) >= 6)
);
CREATE TRIGGER calendar_days_append_only BEFORE UPDATE OR DELETE ON calendar_days FOR EACH ROW EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT ON calendar_days TO parkway_writer;
GRANT SELECT, INSERT ON calendars TO parkway_writer;
GRANT UPDATE (moved, settled_at) ON calendars TO parkway_writer;

-- Whom a ladder can mean.
ALTER TABLE units ADD COLUMN head_id uuid REFERENCES users;
ALTER TABLE enterprises ADD COLUMN liaison_id uuid REFERENCES users, ADD COLUMN department_id uuid REFERENCES units;
COMMENT ON COLUMN units.head_id IS 'The head of the section (科长); told when a deadline of the section''s people passes.';
COMMENT ON COLUMN enterprises.liaison_id IS 'The liaison officer (包保干部) of the enterprise.';
COMMENT ON COLUMN enterprises.department_id IS 'The department in charge of the enterprise''s trade (行业主管部门).';

-- +goose Down
ALTER TABLE enterprises DROP COLUMN liaison_id, DROP COLUMN department_id;
ALTER TABLE units DROP COLUMN head_id;
DROP TABLE calendar_days, calendars;
