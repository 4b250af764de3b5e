-- +goose Up
-- Of which agreed contact its manager was reminded: a case reminds of each once.
ALTER TABLE projects ADD COLUMN contact_told_on date;

-- +goose Down
ALTER TABLE projects DROP COLUMN contact_told_on;
