-- +goose Up
-- Events that hold every fact: from them alone a case can be rebuilt, and its row, parts and files are compared with it.

ALTER TABLE events
    ADD COLUMN form     smallint NOT NULL DEFAULT 0,
    ADD COLUMN told     jsonb,
    ADD COLUMN restated jsonb;
COMMENT ON COLUMN events.form IS '1: changes hold every fact that changed. 0: recorded before they did; the elements of a list could hide one another.';
COMMENT ON COLUMN events.told IS 'Whom the notices of the event went to, as what, and by which rung.';
COMMENT ON COLUMN events.restated IS 'The whole case before the deed, with the first event recorded in form 1 on a case whose history began before it.';

-- Whom an event tells is part of the event, so its notices are queued before it is written.
ALTER TABLE notices ALTER CONSTRAINT notices_case_id_fkey DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE notices ALTER CONSTRAINT notices_case_id_version_fkey DEFERRABLE INITIALLY DEFERRED;

-- What is sealed never changes again, whoever asks.
CREATE TRIGGER clocks_sealed BEFORE UPDATE OR DELETE ON clocks FOR EACH ROW WHEN (OLD.stopped_on IS NOT NULL) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER rounds_sealed BEFORE UPDATE OR DELETE ON rounds FOR EACH ROW WHEN (OLD.verdict <> '') EXECUTE FUNCTION refuse_change();
CREATE TRIGGER passages_sealed BEFORE UPDATE OR DELETE ON passages FOR EACH ROW WHEN (OLD.outcome <> 'current') EXECUTE FUNCTION refuse_change();

-- +goose Down
DROP TRIGGER passages_sealed ON passages;
DROP TRIGGER rounds_sealed ON rounds;
DROP TRIGGER clocks_sealed ON clocks;
ALTER TABLE events DROP COLUMN restated, DROP COLUMN told, DROP COLUMN form;
