-- +goose Up
-- What waits because of deeds on a case is looked for before the same is asked for again: by the case and by what was to follow.
CREATE INDEX follow_ups_by_case ON follow_ups (because, command);

-- +goose Down
DROP INDEX follow_ups_by_case;
