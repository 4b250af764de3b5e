-- +goose Up
-- The demo zone lives in its own time, which may lie before the machine's; what the demo adds to the report says so; a channel that stays on
-- the machine; and when somebody last looked, in the zone's time.

ALTER TABLE demo_clocks DROP CONSTRAINT demo_clocks_ahead_check;
COMMENT ON COLUMN demo_clocks.ahead IS 'How far the demo''s time is ahead of the machine''s; negative when it lies before it.';

ALTER TABLE cases ADD COLUMN sample boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN cases.sample IS 'An example that the demo adds to the report: pages mark it, and a year''s figures leave it out.';
-- +goose StatementBegin
CREATE FUNCTION refuse_sample() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (SELECT demo FROM parks WHERE id = NEW.park_id) THEN
        RAISE EXCEPTION 'nothing invented belongs into a real zone' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'invented_in_demo_only';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER cases_sample BEFORE INSERT OR UPDATE ON cases FOR EACH ROW WHEN (NEW.sample) EXECUTE FUNCTION refuse_sample();

ALTER TABLE channels DROP CONSTRAINT channels_kind_check;
ALTER TABLE channels ADD CHECK (kind IN ('mail', 'wecom', 'dingtalk', 'feishu', 'webhook', 'sink'));
-- +goose StatementBegin
CREATE FUNCTION refuse_sink() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (SELECT demo FROM parks WHERE id = NEW.park_id) THEN
        RAISE EXCEPTION 'a real zone has no channel that keeps messages on the machine' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'invented_in_demo_only';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER channels_sink BEFORE INSERT OR UPDATE ON channels FOR EACH ROW WHEN (NEW.kind = 'sink') EXECUTE FUNCTION refuse_sink();

CREATE TABLE visits (
    user_id uuid PRIMARY KEY REFERENCES users,
    at      timestamptz NOT NULL,
    before  timestamptz NOT NULL,
    CHECK (before <= at)
);
COMMENT ON TABLE visits IS 'When somebody last looked at their first page, and until when the visit before lasted: what is newer is new to them.';
GRANT SELECT, INSERT, UPDATE ON visits TO parkway_writer;
CREATE INDEX enterprises_by_liaison ON enterprises (liaison_id) WHERE liaison_id IS NOT NULL;

-- +goose Down
DROP INDEX enterprises_by_liaison;
DROP TABLE visits;
DROP TRIGGER channels_sink ON channels;
DROP TRIGGER cases_sample ON cases;
DROP FUNCTION refuse_sink;
DROP FUNCTION refuse_sample;
DELETE FROM routes WHERE channel_id IN (SELECT id FROM channels WHERE kind = 'sink');
DELETE FROM deliveries WHERE channel_id IN (SELECT id FROM channels WHERE kind = 'sink');
DELETE FROM channels WHERE kind = 'sink';
ALTER TABLE channels DROP CONSTRAINT channels_kind_check;
ALTER TABLE channels ADD CHECK (kind IN ('mail', 'wecom', 'dingtalk', 'feishu', 'webhook'));
ALTER TABLE cases DROP COLUMN sample;
UPDATE demo_clocks SET ahead = '0' WHERE ahead < '0';
ALTER TABLE demo_clocks ADD CHECK (ahead >= '0');
