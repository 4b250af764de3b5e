-- +goose Up
-- The zone, its people and the cases. Only the door (store.Apply) writes cases, their parts and events.

-- +goose StatementBegin
CREATE FUNCTION bigrams(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT substr(w, i, 2)), '{}')
    FROM (SELECT regexp_replace(lower(words), '\s+', ' ', 'g') AS w) AS t,
         generate_series(1, greatest(length(w) - 1, 1)) AS i
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION bigrams IS 'Every pair of neighbouring characters: the search index for Chinese text, where words have no spaces.';

CREATE TABLE parks (
    id         uuid PRIMARY KEY,
    code       text NOT NULL UNIQUE CHECK (code <> ''),
    name       text NOT NULL CHECK (name <> ''),
    short_name text NOT NULL CHECK (short_name <> ''),
    letters    text NOT NULL CHECK (letters <> '')
);
COMMENT ON COLUMN parks.letters IS 'What the numbers of official letters begin with, e.g. 泗开安监.';

CREATE TABLE units (
    id         uuid PRIMARY KEY,
    park_id    uuid NOT NULL REFERENCES parks,
    name       text NOT NULL CHECK (name <> ''),
    kind       text NOT NULL CHECK (kind IN ('zone', 'department')),
    UNIQUE (park_id, name)
);
COMMENT ON COLUMN units.kind IS 'zone: a section of the management committee; department: a county body that answers what is handed to it.';

CREATE TABLE enterprises (
    id         uuid PRIMARY KEY,
    park_id    uuid NOT NULL REFERENCES parks,
    name       text NOT NULL CHECK (name <> ''),
    short_name text NOT NULL CHECK (short_name <> ''),
    sector     text NOT NULL DEFAULT 'other',
    invented   boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (park_id, name)
);
COMMENT ON COLUMN enterprises.invented IS 'True for demo enterprises that do not exist; pages mark them.';

CREATE TABLE enterprise_aliases (
    enterprise_id uuid NOT NULL REFERENCES enterprises,
    alias         text NOT NULL CHECK (alias <> ''),
    PRIMARY KEY (enterprise_id, alias)
);

CREATE TABLE users (
    id            uuid PRIMARY KEY,
    park_id       uuid NOT NULL REFERENCES parks,
    username      text NOT NULL CHECK (username = lower(username) AND username <> ''),
    name          text NOT NULL CHECK (name <> ''),
    roles         text[] NOT NULL CHECK (cardinality(roles) > 0 AND roles <@ ARRAY['project_manager', 'safety_supervisor',
                  'liaison_officer', 'department', 'enterprise', 'leader', 'auditor', 'administrator']),
    unit_id       uuid REFERENCES units,
    enterprise_id uuid REFERENCES enterprises,
    password_hash text NOT NULL,
    language      text NOT NULL DEFAULT 'zh' CHECK (language IN ('zh', 'en')),
    invented      boolean NOT NULL DEFAULT false,
    disabled_at   timestamptz,
    created_at    timestamptz NOT NULL DEFAULT now(),
    UNIQUE (park_id, username),
    CHECK ('enterprise' <> ALL (roles) OR (enterprise_id IS NOT NULL AND cardinality(roles) = 1)),
    CHECK ('department' <> ALL (roles) OR unit_id IS NOT NULL)
);

CREATE TABLE campaigns (
    id         uuid PRIMARY KEY,
    park_id    uuid NOT NULL REFERENCES parks,
    name       text NOT NULL CHECK (name <> ''),
    started_on date NOT NULL,
    ended_on   date CHECK (ended_on >= started_on),
    UNIQUE (park_id, name)
);

CREATE TABLE definitions (
    park_id      uuid NOT NULL REFERENCES parks,
    kind         text NOT NULL CHECK (kind IN ('project', 'hazard')),
    version      integer NOT NULL CHECK (version > 0),
    body         jsonb NOT NULL,
    sha256       text NOT NULL,
    published_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (park_id, kind, version)
);
COMMENT ON TABLE definitions IS 'Published process definitions, never edited afterwards; each case is pinned to one version.';

CREATE TABLE counters (
    park_id uuid NOT NULL REFERENCES parks,
    series  text NOT NULL,
    year    integer NOT NULL,
    last    integer NOT NULL CHECK (last > 0),
    PRIMARY KEY (park_id, series, year)
);
COMMENT ON TABLE counters IS 'Number series of cases (XM, YH) and official letters, without gaps: drawn inside the transaction that uses the number.';

CREATE TABLE cases (
    id                 uuid PRIMARY KEY,
    park_id            uuid NOT NULL REFERENCES parks,
    kind               text NOT NULL CHECK (kind IN ('project', 'hazard')),
    number             text NOT NULL,
    title              text NOT NULL CHECK (title <> ''),
    definition_version integer NOT NULL,
    version            bigint NOT NULL CHECK (version > 0),
    state              text NOT NULL,
    stage              text NOT NULL DEFAULT '',
    round              integer NOT NULL DEFAULT 0 CHECK (round >= 0),
    done               boolean NOT NULL DEFAULT false,
    enterprise_id      uuid NOT NULL REFERENCES enterprises,
    enterprise_name    text NOT NULL,
    holder_kind        text CHECK (holder_kind IN ('person', 'unit', 'enterprise')),
    holder_id          uuid,
    holder_name        text NOT NULL DEFAULT '',
    holder_since       timestamptz,
    unit_ids           uuid[] NOT NULL DEFAULT '{}',
    due_on             date,
    due_at             timestamptz,
    due_order          timestamptz NOT NULL GENERATED ALWAYS AS (coalesce(due_at, 'infinity')) STORED,
    overdue_since      timestamptz,
    suspended_since    timestamptz,
    next_wake          timestamptz,
    opened_at          timestamptz NOT NULL,
    closed_at          timestamptz,
    updated_at         timestamptz NOT NULL,
    head_hash          bytea NOT NULL CHECK (length(head_hash) = 32),
    grams              text[] GENERATED ALWAYS AS (bigrams(number || ' ' || title || ' ' || enterprise_name)) STORED,
    UNIQUE (park_id, number),
    FOREIGN KEY (park_id, kind, definition_version) REFERENCES definitions (park_id, kind, version),
    CHECK ((holder_kind IS NULL) = (holder_id IS NULL)),
    CHECK (done = (closed_at IS NOT NULL)),
    CHECK (NOT done OR (next_wake IS NULL AND holder_id IS NULL)),
    CHECK ((due_on IS NULL) = (due_at IS NULL))
);
COMMENT ON COLUMN cases.unit_ids IS 'Units that were ever handed the case: a department sees exactly these cases.';
COMMENT ON COLUMN cases.next_wake IS 'When the clock has something to do next; the watchdog looks for open cases where this is past.';
CREATE INDEX cases_by_due ON cases (park_id, kind, done, due_order, id);
CREATE INDEX cases_by_stage ON cases (park_id, kind, done, stage, due_order, id);
CREATE INDEX cases_by_update ON cases (park_id, kind, updated_at DESC, id DESC);
CREATE INDEX cases_by_holder ON cases (holder_id, due_order, id) WHERE NOT done;
CREATE INDEX cases_by_enterprise ON cases (enterprise_id, kind, done, due_order, id);
CREATE INDEX cases_by_unit ON cases USING gin (unit_ids);
CREATE INDEX cases_by_wake ON cases (next_wake) WHERE next_wake IS NOT NULL;
CREATE INDEX cases_open ON cases (id) WHERE NOT done;
CREATE INDEX cases_by_gram ON cases USING gin (grams);

CREATE TABLE projects (
    case_id                 uuid PRIMARY KEY REFERENCES cases,
    sector                  text NOT NULL,
    site_mode               text NOT NULL CHECK (site_mode IN ('own_land', 'leased_plant', 'existing_land')),
    investment              numeric(18, 2) NOT NULL CHECK (investment >= 0),
    is_key                  boolean NOT NULL DEFAULT false,
    national_code           text NOT NULL DEFAULT '',
    land_area_mu            numeric(12, 2) CHECK (land_area_mu > 0),
    source                  text NOT NULL DEFAULT '',
    note                    text NOT NULL DEFAULT '',
    manager_id              uuid REFERENCES users,
    manager_name            text NOT NULL DEFAULT '',
    leader_id               uuid REFERENCES users,
    leader_name             text NOT NULL DEFAULT '',
    liaison_id              uuid REFERENCES users,
    liaison_name            text NOT NULL DEFAULT '',
    stage_since             date NOT NULL,
    signed_on               date,
    construction_started_on date,
    completed_on            date,
    production_on           date,
    planned_completion_on   date,
    planned_production_on   date,
    full_capacity_on        date,
    above_scale_on          date,
    suspension              jsonb,
    terminated              jsonb
);
CREATE INDEX projects_by_manager ON projects (manager_id);
CREATE INDEX projects_by_signing ON projects (signed_on);
CREATE INDEX projects_by_production ON projects (production_on);
CREATE INDEX projects_by_start ON projects (construction_started_on);

CREATE TABLE passages (
    case_id    uuid NOT NULL REFERENCES cases,
    seq        integer NOT NULL CHECK (seq > 0),
    stage      text NOT NULL,
    entered_on date,
    left_on    date,
    outcome    text NOT NULL CHECK (outcome IN ('current', 'passed', 'skipped', 'sent_back', 'taken_over', 'ended')),
    reason     text NOT NULL DEFAULT '',
    seal       jsonb,
    PRIMARY KEY (case_id, seq),
    CHECK (left_on >= entered_on),
    CHECK (outcome <> 'passed' OR seal IS NOT NULL)
);
COMMENT ON COLUMN passages.seal IS 'What stood when the gate was passed: definition version, answers, documents, waivers, who signed. Never changed afterwards.';

CREATE TABLE gate_answers (
    case_id     uuid NOT NULL REFERENCES cases,
    requirement text NOT NULL,
    answer      text NOT NULL CHECK (answer IN ('yes', 'no', 'not_applicable', 'waived')),
    note        text NOT NULL DEFAULT '',
    until       date,
    by_id       text NOT NULL,
    by_name     text NOT NULL,
    at          timestamptz NOT NULL,
    attachments integer[] NOT NULL DEFAULT '{}',
    PRIMARY KEY (case_id, requirement),
    CHECK (answer <> 'waived' OR (until IS NOT NULL AND note <> ''))
);

CREATE TABLE clocks (
    case_id    uuid NOT NULL REFERENCES cases,
    seq        integer NOT NULL CHECK (seq > 0),
    name       text NOT NULL,
    amount     integer CHECK (amount >= 0),
    unit       text NOT NULL DEFAULT '' CHECK (unit IN ('', 'working_day', 'day', 'month')),
    basis      text NOT NULL DEFAULT '',
    started_on date NOT NULL,
    fixed_on   date,
    pauses     jsonb NOT NULL DEFAULT '[]',
    due_on     date NOT NULL,
    stopped_on date,
    verdict    text NOT NULL DEFAULT '' CHECK (verdict IN ('', 'on_time', 'late', 'moved')),
    calendar   text NOT NULL,
    PRIMARY KEY (case_id, seq),
    CHECK ((amount IS NULL) <> (fixed_on IS NULL))
);
COMMENT ON TABLE clocks IS 'Every deadline a case ever had: a budget (amount, unit) or a fixed day, its pauses, the day it ends on and the verdict, with the calendar it was reckoned by.';

CREATE TABLE buildings (
    case_id    uuid NOT NULL REFERENCES cases,
    code       text NOT NULL CHECK (code <> ''),
    progress   text NOT NULL DEFAULT '',
    area       numeric(12, 2) CHECK (area > 0),
    as_of      date,
    position   integer NOT NULL,
    PRIMARY KEY (case_id, code)
);

CREATE TABLE hazards (
    case_id         uuid PRIMARY KEY REFERENCES cases,
    level           text NOT NULL CHECK (level IN ('general', 'major')),
    clause          text NOT NULL DEFAULT '',
    category        text NOT NULL DEFAULT '',
    location        text NOT NULL CHECK (location <> ''),
    description     text NOT NULL CHECK (description <> ''),
    found_on        date NOT NULL,
    campaign_id     uuid REFERENCES campaigns,
    supervisor_id   uuid NOT NULL REFERENCES users,
    supervisor_name text NOT NULL,
    inspectors      jsonb NOT NULL,
    result          text NOT NULL DEFAULT '' CHECK (result IN ('', 'passed', 'fixed_on_spot', 'withdrawn')),
    closed_on       date,
    plan            jsonb,
    deadline_changes integer NOT NULL DEFAULT 0,
    CHECK (level <> 'major' OR clause <> '')
);
CREATE INDEX hazards_by_found ON hazards (found_on);
CREATE INDEX hazards_by_campaign ON hazards (campaign_id);
CREATE INDEX hazards_by_supervisor ON hazards (supervisor_id);

CREATE TABLE rounds (
    case_id       uuid NOT NULL REFERENCES cases,
    round         integer NOT NULL CHECK (round > 0),
    notice_number text NOT NULL CHECK (notice_number <> ''),
    requirement   text NOT NULL CHECK (requirement <> ''),
    issued_on     date NOT NULL,
    due_on        date NOT NULL,
    handed_in_at  timestamptz,
    handed_in_by  jsonb,
    completed_on  date,
    measures      text NOT NULL DEFAULT '',
    inspected_on  date,
    inspectors    jsonb,
    verdict       text NOT NULL DEFAULT '' CHECK (verdict IN ('', 'pass', 'fail')),
    opinion       text NOT NULL DEFAULT '',
    PRIMARY KEY (case_id, round),
    CHECK (verdict = '' OR (inspected_on IS NOT NULL AND handed_in_at IS NOT NULL))
);

CREATE TABLE uploads (
    id          uuid PRIMARY KEY,
    park_id     uuid NOT NULL REFERENCES parks,
    name        text NOT NULL CHECK (name <> ''),
    media_type  text NOT NULL,
    size        bigint NOT NULL CHECK (size > 0),
    sha256      bytea NOT NULL CHECK (length(sha256) = 32),
    uploaded_by uuid NOT NULL REFERENCES users,
    uploaded_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE uploads IS 'Files received but not necessarily on record yet; the bytes lie in the blob store under their SHA-256.';

CREATE TABLE attachments (
    case_id      uuid NOT NULL REFERENCES cases,
    number       integer NOT NULL CHECK (number > 0),
    revision     integer NOT NULL CHECK (revision > 0),
    upload_id    uuid NOT NULL REFERENCES uploads,
    name         text NOT NULL,
    media_type   text NOT NULL,
    size         bigint NOT NULL,
    sha256       text NOT NULL CHECK (length(sha256) = 64),
    caption      text NOT NULL DEFAULT '',
    phase        text NOT NULL DEFAULT '' CHECK (phase IN ('', 'before', 'after')),
    requirement  text NOT NULL DEFAULT '',
    round        integer NOT NULL DEFAULT 0,
    evidence_on  date NOT NULL,
    by_id        text NOT NULL,
    by_name      text NOT NULL,
    at           timestamptz NOT NULL,
    PRIMARY KEY (case_id, number, revision)
);
COMMENT ON COLUMN attachments.evidence_on IS 'The day the evidence shows, which may be earlier than the day it was handed in (at).';

CREATE TABLE events (
    case_id      uuid NOT NULL REFERENCES cases,
    version      bigint NOT NULL CHECK (version > 0),
    key          text NOT NULL CHECK (key <> ''),
    command      text NOT NULL,
    request_hash bytea NOT NULL,
    actor        jsonb NOT NULL,
    occurred_at  timestamptz NOT NULL,
    recorded_at  timestamptz NOT NULL,
    reason       text NOT NULL DEFAULT '',
    input        jsonb NOT NULL,
    changes      jsonb NOT NULL,
    outcome      jsonb NOT NULL,
    prev_hash    bytea NOT NULL CHECK (length(prev_hash) = 32),
    hash         bytea NOT NULL CHECK (length(hash) = 32),
    workflow_run text NOT NULL DEFAULT '',
    PRIMARY KEY (case_id, version),
    UNIQUE (case_id, key)
);
COMMENT ON TABLE events IS 'What happened, append-only and hash-chained per case (docs/architecture.md, "The chain"). No role but the owner may change or remove a row, and a trigger stops the owner too.';
CREATE INDEX events_by_time ON events (recorded_at DESC, case_id, version);

-- +goose StatementBegin
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
-- +goose StatementEnd
CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER attachments_append_only BEFORE UPDATE OR DELETE ON attachments FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER definitions_append_only BEFORE UPDATE OR DELETE ON definitions FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE notices (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id    uuid NOT NULL REFERENCES users,
    case_id    uuid NOT NULL REFERENCES cases,
    version    bigint NOT NULL,
    kind       text NOT NULL,
    created_at timestamptz NOT NULL,
    read_at    timestamptz,
    UNIQUE (user_id, case_id, version, kind),
    FOREIGN KEY (case_id, version) REFERENCES events (case_id, version)
);
CREATE INDEX notices_by_user ON notices (user_id, id DESC);
CREATE INDEX notices_unread ON notices (user_id) WHERE read_at IS NULL;

-- +goose StatementBegin
DO $$ BEGIN
    CREATE ROLE parkway_writer NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
-- +goose StatementEnd
GRANT USAGE ON SCHEMA public TO parkway_writer;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO parkway_writer;
REVOKE UPDATE ON events, attachments, definitions FROM parkway_writer;
GRANT DELETE ON gate_answers, buildings, uploads TO parkway_writer;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO parkway_writer;

-- +goose Down
-- There is no way back from the first migration but an empty database.
