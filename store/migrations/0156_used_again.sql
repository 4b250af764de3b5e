-- +goose Up
-- Where a file that comes as evidence was used before is asked each time: it is looked for by its content.
CREATE INDEX attachments_by_content ON attachments (sha256);

-- +goose Down
DROP INDEX attachments_by_content;
