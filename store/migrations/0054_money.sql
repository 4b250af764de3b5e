-- +goose Up
-- The money of projects month by month (docs/decisions/0054): what was invested in a month and what money came, each in its own currency with the rate of the day.
CREATE TABLE project_money (
    case_id     uuid NOT NULL REFERENCES cases,
    seq         integer NOT NULL CHECK (seq > 0),
    month       text NOT NULL CHECK (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
    sort        text NOT NULL CHECK (sort IN ('done', 'in_place')),
    origin      text NOT NULL CHECK (origin IN ('domestic', 'foreign')),
    currency    text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    amount      numeric(18, 2) NOT NULL CHECK (amount >= 0),
    rate        numeric(12, 6) CHECK (rate > 0),
    rate_on     date,
    rate_source text NOT NULL DEFAULT '',
    purpose     text NOT NULL DEFAULT '',
    excess      text NOT NULL DEFAULT '',
    proof       integer[] NOT NULL DEFAULT '{}',
    by_name     text NOT NULL DEFAULT '',
    "on"        date,
    taken_back  boolean NOT NULL DEFAULT false,
    former      jsonb CHECK (jsonb_typeof(former) = 'array'),
    PRIMARY KEY (case_id, seq),
    CHECK ((currency = 'CNY') = (rate IS NULL))
);
CREATE UNIQUE INDEX project_money_once ON project_money (case_id, month, sort, origin, currency) WHERE NOT taken_back;
COMMENT ON COLUMN project_money.amount IS 'In the currency. Sums are made of one currency; what is shown in yuan is reckoned with the rate of each amount.';
COMMENT ON COLUMN project_money.former IS 'What was said before each correction; nothing of it ever changes.';
GRANT SELECT, INSERT, UPDATE ON project_money TO parkway_writer;

-- +goose Down
DROP TABLE project_money;
