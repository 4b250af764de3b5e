-- +goose Up
-- A kind of case is registered in the program (domain/kinds). Kinds whose facts are neither filtered nor counted by keep them as one document
-- beside the case; the others have typed tables of their own.
ALTER TABLE cases DROP CONSTRAINT cases_kind_check, ADD CONSTRAINT cases_kind_check CHECK (kind ~ '^[a-z][a-z_]*$');
ALTER TABLE definitions DROP CONSTRAINT definitions_kind_check, ADD CONSTRAINT definitions_kind_check CHECK (kind ~ '^[a-z][a-z_]*$');
CREATE TABLE case_facts (
    case_id uuid PRIMARY KEY REFERENCES cases,
    facts   jsonb NOT NULL CHECK (jsonb_typeof(facts) = 'object')
);
GRANT SELECT, INSERT, UPDATE ON case_facts TO parkway_writer;

-- +goose Down
DROP TABLE case_facts;
-- A zone with cases of other kinds cannot go back: their history is not deleted.
ALTER TABLE definitions DISABLE TRIGGER USER;
DELETE FROM definitions WHERE kind NOT IN ('project', 'hazard');
ALTER TABLE definitions ENABLE TRIGGER USER;
ALTER TABLE definitions DROP CONSTRAINT definitions_kind_check, ADD CONSTRAINT definitions_kind_check CHECK (kind IN ('project', 'hazard'));
ALTER TABLE cases DROP CONSTRAINT cases_kind_check, ADD CONSTRAINT cases_kind_check CHECK (kind IN ('project', 'hazard'));
