-- +goose Up
-- The numbers of notices that await their letter are looked for among the newest notices.
CREATE INDEX rounds_issued ON rounds (issued_on DESC, case_id DESC);

-- +goose Down
DROP INDEX rounds_issued;
