-- +goose Up
-- Since when somebody has a case is what people look for who are late, and reckoning the moment of every card of a kind took 60 to 95 ms at 100,000 cases; whose it
-- is, read aloud, 46. Cases that nobody has any more come last both ways, so each way has its index (docs/decisions/0029).
CREATE INDEX cards_by_holder_since ON cards (park_id, kind, (coalesce((extract(epoch FROM holder_since AT TIME ZONE 'UTC') * 1000000)::bigint, 9223372036854775807)), case_id);
CREATE INDEX cards_by_holder_since_back ON cards (park_id, kind, (coalesce((extract(epoch FROM holder_since AT TIME ZONE 'UTC') * 1000000)::bigint, (-9223372036854775807 - 1))), case_id);
CREATE INDEX cards_by_holder_name ON cards (park_id, kind, (coalesce(nullif(holder_key, ''), U&'\+10FFFF')) COLLATE "C", case_id);

-- +goose Down
DROP INDEX cards_by_holder_since, cards_by_holder_since_back, cards_by_holder_name;
