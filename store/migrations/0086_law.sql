-- +goose Up
-- What a major hazard has beside its rounds, and orders to stop (docs/decisions/0072). Read and written with the hazard and never without it: part of its row.
ALTER TABLE hazards
    ADD COLUMN own_level text NOT NULL DEFAULT '',
    ADD COLUMN plan_filed_on date,
    ADD COLUMN listing jsonb,
    ADD COLUMN stops jsonb CHECK (jsonb_typeof(stops) = 'array'),
    ADD COLUMN rhythms jsonb CHECK (jsonb_typeof(rhythms) = 'array'),
    ADD COLUMN told_progress jsonb CHECK (jsonb_typeof(told_progress) = 'array'),
    ADD COLUMN acceptance jsonb CHECK (jsonb_typeof(acceptance) = 'array'),
    -- 挂牌督办: whoever listed it clears it. A closed one that is not cleared would be one that the zone closed.
    ADD CONSTRAINT hazards_listed_are_cleared CHECK (listing IS NULL OR closed_on IS NULL OR listing ->> 'cleared_on' IS NOT NULL);
ALTER TABLE rounds
    ADD COLUMN series text NOT NULL DEFAULT '' CHECK (series IN ('', 'advice', 'notice', 'order')),
    ADD COLUMN policy text NOT NULL DEFAULT '' CHECK (policy IN ('', 'fresh', 'remaining', 'shortened')),
    ADD COLUMN points jsonb CHECK (jsonb_typeof(points) = 'array'),
    ADD COLUMN present text NOT NULL DEFAULT '',
    ADD COLUMN joined text NOT NULL DEFAULT '';
-- Whether enforcement was delegated to the zone (委托执法): only then does it issue orders in its own name.
ALTER TABLE parks ADD COLUMN authority text NOT NULL DEFAULT 'supervises' CHECK (authority IN ('supervises', 'delegated'));
-- What the office itself calls the levels of hazards, and which of the statutory two each is.
CREATE TABLE hazard_levels (
    id        uuid PRIMARY KEY,
    park_id   uuid NOT NULL REFERENCES parks,
    code      text NOT NULL CHECK (code <> ''),
    name      text NOT NULL CHECK (name <> ''),
    statutory text NOT NULL CHECK (statutory IN ('general', 'major')),
    UNIQUE (park_id, name),
    UNIQUE (park_id, code)
);
GRANT SELECT, INSERT, UPDATE ON hazard_levels TO parkway_writer;

-- +goose Down
DROP TABLE hazard_levels;
ALTER TABLE parks DROP COLUMN authority;
ALTER TABLE rounds DROP COLUMN series, DROP COLUMN policy, DROP COLUMN points, DROP COLUMN present, DROP COLUMN joined;
ALTER TABLE hazards DROP CONSTRAINT hazards_listed_are_cleared, DROP COLUMN own_level, DROP COLUMN plan_filed_on, DROP COLUMN listing, DROP COLUMN stops,
    DROP COLUMN rhythms, DROP COLUMN told_progress, DROP COLUMN acceptance;
