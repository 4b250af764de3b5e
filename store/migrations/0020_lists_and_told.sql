-- +goose Up
-- A day of the calendar belongs to the list that rules it: the paper of 2019 rules days of December 2018. And a paper may name a Monday as worked (2020-02-03).
ALTER TABLE calendar_days ADD COLUMN list integer;
ALTER TABLE calendar_days DISABLE TRIGGER calendar_days_append_only; -- the new column is filled in for versions that are there; what they say stays
UPDATE calendar_days AS d SET list = extract(year FROM d.day)::integer
    + CASE WHEN extract(month FROM d.day) = 12 AND d.name = '元旦' AND c.years ? (extract(year FROM d.day)::integer + 1)::text THEN 1 ELSE 0 END
FROM calendars AS c WHERE c.park_id = d.park_id AND c.seq = d.seq;
ALTER TABLE calendar_days ENABLE TRIGGER calendar_days_append_only;
ALTER TABLE calendar_days ALTER COLUMN list SET NOT NULL, DROP CONSTRAINT calendar_days_pkey, ADD PRIMARY KEY (park_id, seq, day, list),
    DROP CONSTRAINT calendar_days_check;
COMMENT ON COLUMN calendar_days.list IS 'The year whose paper rules the day; of two, the later one is in force.';

-- Which routes of a message are given up is said by channel: which place a channel has among the enabled ones changes when one is disabled.
ALTER TABLE messages ADD COLUMN given_up uuid[] NOT NULL DEFAULT '{}', ADD COLUMN resting_since timestamptz;
UPDATE messages AS m SET given_up = ARRAY(SELECT r.channel_id FROM routes AS r WHERE r.user_id = m.user_id ORDER BY r.position LIMIT m.position - 1)
WHERE m.status = 'planned' AND m.position > 1;
ALTER TABLE messages DROP COLUMN position;
CREATE INDEX messages_resting ON messages (user_id) WHERE resting_since IS NOT NULL;
COMMENT ON COLUMN messages.given_up IS 'The channels over which it is not tried any more. A message is dead when that is all of the person''s.';
COMMENT ON COLUMN messages.resting_since IS 'Since when it waits for a channel that is out of use to be taken back into use.';
COMMENT ON COLUMN messages.body IS 'What is sent, composed once: however often it is tried and resent, it says the same.';

ALTER TABLE notices ADD COLUMN parts jsonb NOT NULL DEFAULT '[]';
COMMENT ON COLUMN notices.parts IS 'In which functions the person is told, one after the other: {as, behalf}; behalf is the name of whom they stand in for, empty for themselves.';

-- +goose StatementBegin
CREATE FUNCTION stand_ins(absent uuid, day date) RETURNS uuid[] LANGUAGE sql STABLE AS $$
    WITH RECURSIVE way AS (
        SELECT a.deputy_id, ARRAY[absent, a.deputy_id] AS path FROM absences AS a
        WHERE a.user_id = absent AND day BETWEEN a.from_on AND a.to_on AND may_stand_in(absent, a.deputy_id)
        UNION ALL
        SELECT a.deputy_id, w.path || a.deputy_id FROM way AS w JOIN absences AS a ON a.user_id = w.deputy_id AND day BETWEEN a.from_on AND a.to_on
        WHERE a.deputy_id <> ALL (w.path) AND cardinality(w.path) < 8 AND may_stand_in(w.deputy_id, a.deputy_id) AND may_stand_in(absent, a.deputy_id)
    )
    SELECT coalesce(array_agg(DISTINCT w.deputy_id), '{}') FROM way AS w
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION stand_ins IS 'Who stands in for somebody on a day: their deputy, and, while that one is away too, the deputy''s deputy, each of whom may stand in for both.';

-- +goose Down
DROP FUNCTION stand_ins;
ALTER TABLE notices DROP COLUMN parts;
ALTER TABLE messages ADD COLUMN position integer NOT NULL DEFAULT 1;
UPDATE messages SET position = cardinality(given_up) + 1;
ALTER TABLE messages DROP COLUMN given_up, DROP COLUMN resting_since;
ALTER TABLE calendar_days DISABLE TRIGGER calendar_days_append_only;
DELETE FROM calendar_days AS d USING calendar_days AS later WHERE later.park_id = d.park_id AND later.seq = d.seq AND later.day = d.day AND later.list > d.list;
DELETE FROM calendar_days WHERE kind = 'make_up' AND extract(isodow FROM day) < 6; -- worked anyway
ALTER TABLE calendar_days ENABLE TRIGGER calendar_days_append_only;
ALTER TABLE calendar_days DROP CONSTRAINT calendar_days_pkey, DROP COLUMN list, ADD PRIMARY KEY (park_id, seq, day),
    ADD CONSTRAINT calendar_days_check CHECK (kind <> 'make_up' OR extract(isodow FROM day) >= 6);
