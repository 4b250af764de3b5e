-- +goose Up
-- What should have followed from a deed and was refused is not over: it is tried again until it is carried out or there is nothing left to do, and shown meanwhile.
ALTER TABLE follow_ups ADD COLUMN refused jsonb, ADD COLUMN tried_at timestamptz;
COMMENT ON COLUMN follow_ups.refused IS 'The refusal as a person reads it, in both languages, while what should follow is not possible.';
COMMENT ON COLUMN follow_ups.tried_at IS 'When it was refused last: it is tried again a while later, or as soon as something is done to its case or to the one that that belongs to.';
UPDATE follow_ups SET done_at = NULL WHERE done_at IS NOT NULL AND refusal <> '';

-- +goose Down
UPDATE follow_ups SET done_at = coalesce(tried_at, created_at) WHERE done_at IS NULL AND refusal <> '';
ALTER TABLE follow_ups DROP COLUMN refused, DROP COLUMN tried_at;
