-- +goose Up
-- What is sealed or closed is put right beside what stands there, opened again, or added to (docs/decisions/0081); and which rungs a closing made void.
ALTER TABLE hazards ADD COLUMN corrections jsonb CHECK (jsonb_typeof(corrections) = 'array');
ALTER TABLE rounds
    ADD COLUMN looked_back text NOT NULL DEFAULT '',
    ADD COLUMN supplements jsonb CHECK (jsonb_typeof(supplements) = 'array');
ALTER TABLE clocks ADD COLUMN cancelled jsonb CHECK (jsonb_typeof(cancelled) = 'array');

-- +goose Down
ALTER TABLE clocks DROP COLUMN cancelled;
ALTER TABLE rounds DROP COLUMN looked_back, DROP COLUMN supplements;
ALTER TABLE hazards DROP COLUMN corrections;
