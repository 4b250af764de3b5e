-- +goose Up
-- A zone of one's own: deputies of units, where an enterprise is and what it was merged into, its buildings, and what administrators did to all of it.

ALTER TABLE parks ADD COLUMN time_zone text NOT NULL DEFAULT 'Asia/Shanghai' CHECK (time_zone = 'Asia/Shanghai');
COMMENT ON COLUMN parks.time_zone IS 'In which the zone''s days begin and deadlines end. Queries reckon in it by name: there is one so far.';

ALTER TABLE units ADD COLUMN deputy_id uuid REFERENCES users;
COMMENT ON COLUMN units.deputy_id IS 'Who stands in for the head (副职): takes the head''s place where there is none or the head''s account has ended.';

-- +goose StatementBegin
CREATE FUNCTION acting_head(unit uuid) RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce((SELECT h.id FROM users AS h WHERE h.id = o.head_id AND h.disabled_at IS NULL), (SELECT d.id FROM users AS d WHERE d.id = o.deputy_id AND d.disabled_at IS NULL))
    FROM units AS o WHERE o.id = unit
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION acting_head IS 'The head of a unit; the deputy where there is no head, or the head''s account has ended; else nobody.';

ALTER TABLE enterprises
    ADD COLUMN address     text NOT NULL DEFAULT '',
    ADD COLUMN merged_into uuid REFERENCES enterprises CHECK (merged_into <> id);
COMMENT ON COLUMN enterprises.merged_into IS 'The enterprise that everything of this one was moved to: it is no longer offered or listed, and its names are aliases of the other.';
GRANT DELETE ON enterprise_aliases TO parkway_writer;

CREATE TABLE enterprise_buildings (
    id            uuid PRIMARY KEY,
    park_id       uuid NOT NULL REFERENCES parks,
    enterprise_id uuid NOT NULL REFERENCES enterprises,
    name          text NOT NULL CHECK (name <> ''),
    area          numeric(12, 2) CHECK (area > 0),
    floors        integer CHECK (floors BETWEEN 1 AND 200),
    purpose       text NOT NULL DEFAULT '',
    note          text NOT NULL DEFAULT '',
    UNIQUE (enterprise_id, name)
);
COMMENT ON TABLE enterprise_buildings IS 'The buildings that stand on an enterprise''s site (楼栋、车间、仓库), whichever project built them.';
CREATE INDEX enterprise_buildings_by_park ON enterprise_buildings (park_id);
GRANT SELECT, INSERT, UPDATE ON enterprise_buildings TO parkway_writer;

CREATE TABLE register_events (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    park_id    uuid NOT NULL REFERENCES parks,
    at         timestamptz NOT NULL,
    actor_id   text NOT NULL,
    actor_name text NOT NULL,
    register   text NOT NULL CHECK (register <> ''),
    record_id  uuid NOT NULL,
    title      text NOT NULL,
    deed       text NOT NULL CHECK (deed IN ('added', 'changed', 'left', 'merged')),
    changes    jsonb NOT NULL DEFAULT '[]',
    note       text NOT NULL DEFAULT ''
);
COMMENT ON TABLE register_events IS 'What administrators did to the registers (units, people, enterprises, campaigns, buildings, the zone itself, channels): who, when, from what to what. Append-only.';
COMMENT ON COLUMN register_events.changes IS 'Field, old and new value, as people read them: references by name. Secrets are named, never shown.';
CREATE INDEX register_events_by_record ON register_events (record_id, id DESC);
CREATE INDEX register_events_by_time ON register_events (park_id, at DESC, id DESC);
CREATE TRIGGER register_events_append_only BEFORE UPDATE OR DELETE ON register_events FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER register_events_no_truncate BEFORE TRUNCATE ON register_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE INDEX account_events_by_subject ON account_events (subject_id, id DESC);
GRANT SELECT, INSERT ON register_events TO parkway_writer;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO parkway_writer;

-- +goose Down
DROP TABLE register_events, enterprise_buildings;
DROP INDEX account_events_by_subject;
DROP FUNCTION acting_head;
ALTER TABLE enterprises DROP COLUMN merged_into, DROP COLUMN address;
ALTER TABLE units DROP COLUMN deputy_id;
ALTER TABLE parks DROP COLUMN time_zone;
