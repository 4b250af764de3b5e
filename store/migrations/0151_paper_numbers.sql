-- +goose Up
-- A paper that comes a second time is asked back: it is looked for by its number.
CREATE INDEX official_numbers_by_number ON official_numbers (number);

-- +goose Down
DROP INDEX official_numbers_by_number;
