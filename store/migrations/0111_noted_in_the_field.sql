-- +goose Up
-- What a device says of when and where a hazard was written down on it (docs/decisions/0080): shown as claimed, beside when it was received.
ALTER TABLE hazards ADD COLUMN noted jsonb;
COMMENT ON COLUMN hazards.noted IS 'When and where, by the device''s own clock and position, it was written down; nothing is reckoned with it.';

-- +goose Down
ALTER TABLE hazards DROP COLUMN noted;
