-- +goose Up
-- Inspections (docs/decisions/0074): the checklists that they go by, who sits on whose site, the inspectors' cards, and what is known of an enterprise at which
-- nobody was met.
CREATE TABLE checklists (
    id        uuid PRIMARY KEY,
    park_id   uuid NOT NULL REFERENCES parks,
    name      text NOT NULL CHECK (name <> ''),
    version   integer NOT NULL CHECK (version > 0),
    basic     text[] NOT NULL,
    site      text[] NOT NULL,
    serious   text[] NOT NULL,
    withdrawn text NOT NULL DEFAULT '' CHECK (withdrawn IN ('', 'withdrawn')),
    UNIQUE (park_id, name),
    CHECK (cardinality(basic) + cardinality(site) > 0)
);
COMMENT ON TABLE checklists IS 'What inspections look at, each in its present version. An inspection keeps the lines of the version that it took.';
GRANT SELECT, INSERT, UPDATE ON checklists TO parkway_writer;

CREATE TABLE tenancies (
    id            uuid PRIMARY KEY,
    park_id       uuid NOT NULL REFERENCES parks,
    enterprise_id uuid NOT NULL REFERENCES enterprises,
    tenant_id     uuid NOT NULL REFERENCES enterprises CHECK (tenant_id <> enterprise_id),
    place         text NOT NULL CHECK (place <> ''),
    since         date,
    until         date CHECK (until >= since),
    UNIQUE (enterprise_id, tenant_id, place)
);
COMMENT ON TABLE tenancies IS 'Who sits on whose site, and since and until when (厂中厂).';
CREATE INDEX tenancies_by_park ON tenancies (park_id);
CREATE INDEX tenancies_by_tenant ON tenancies (tenant_id);
GRANT SELECT, INSERT, UPDATE ON tenancies TO parkway_writer;

ALTER TABLE users ADD COLUMN card_number text NOT NULL DEFAULT '';
COMMENT ON COLUMN users.card_number IS 'Of the card that they show when they inspect (检查证号).';
ALTER TABLE enterprises ADD COLUMN status text NOT NULL DEFAULT '' CHECK (status IN ('', 'half_stopped', 'stopped', 'renovating', 'vacant', 'sealed', 'moved', 'closed', 'demolished'));
COMMENT ON COLUMN enterprises.status IS 'What is known of it; empty: it works. A visit that found nobody proposes one, an administrator sets it.';

-- What an enterprise was visited for, and what a campaign came to, are read by these.
CREATE INDEX case_facts_held_on ON case_facts ((facts ->> 'held_on')) WHERE facts ? 'target_id';
CREATE INDEX case_facts_of_target ON case_facts ((facts ->> 'target_id')) WHERE facts ? 'target_id';

-- The card of an inspection says to which campaign it belongs: that never changes once it is on file.
-- +goose StatementBegin
DO $$
DECLARE
    was text := pg_get_viewdef('card_facts'::regclass);
    now text := replace(was, 'h.campaign_id,', $x$COALESCE(h.campaign_id, NULLIF(f.facts ->> 'campaign_id', '')::uuid) AS campaign_id,$x$);
BEGIN
    IF was = now THEN
        RAISE EXCEPTION 'card_facts does not say the campaign of a hazard as it did';
    END IF;
    EXECUTE 'CREATE OR REPLACE VIEW card_facts AS ' || now;
END $$;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
DO $$
BEGIN
    EXECUTE 'CREATE OR REPLACE VIEW card_facts AS ' || regexp_replace(pg_get_viewdef('card_facts'::regclass), 'COALESCE\(h\.campaign_id, [^\n]*\) AS campaign_id,', 'h.campaign_id,');
END $$;
-- +goose StatementEnd
DROP INDEX case_facts_of_target, case_facts_held_on;
ALTER TABLE enterprises DROP COLUMN status;
ALTER TABLE users DROP COLUMN card_number;
DROP TABLE tenancies, checklists;
