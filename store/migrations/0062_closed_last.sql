-- +goose Up
-- Who looks at cases that have ended looks for the one that ended last: it is what a list of them begins with (docs/decisions/0029).
CREATE INDEX cards_by_closed_day_back ON cards (park_id, kind, (coalesce((closed_on - DATE '2000-01-01')::bigint, (-9223372036854775807 - 1))), case_id) WHERE done;

-- +goose Down
DROP INDEX cards_by_closed_day_back;
