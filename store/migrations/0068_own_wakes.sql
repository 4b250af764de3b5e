-- +goose Up
-- A case can wake for something of its own where no deadline runs: an agreement with agents ends (docs/decisions/0065). A wake of its deadline's ladder still needs the deadline.
ALTER TABLE cases DROP CONSTRAINT cases_check4, ADD CONSTRAINT cases_wakes_for_something CHECK (next_wake IS NULL OR due_on IS NOT NULL OR wake LIKE 'own/%');

-- +goose Down
ALTER TABLE cases DROP CONSTRAINT cases_wakes_for_something, ADD CONSTRAINT cases_check4 CHECK (next_wake IS NULL OR due_on IS NOT NULL);
