-- +goose Up
-- The agreement as it was signed, with its number, its day and its paper; and a case that lies with a body outside the system (docs/decisions/0077).
ALTER TABLE projects ADD COLUMN agreement jsonb CHECK (jsonb_typeof(agreement) = 'object');
COMMENT ON COLUMN projects.agreement IS 'The investment agreement on file; NULL: none is.';
ALTER TABLE cases
    DROP CONSTRAINT cases_holder_kind_check,
    ADD CONSTRAINT cases_holder_kind_check CHECK (holder_kind IN ('person', 'unit', 'enterprise', 'outside'));

-- +goose Down
UPDATE cases SET holder_kind = 'unit' WHERE holder_kind = 'outside';
ALTER TABLE cases
    DROP CONSTRAINT cases_holder_kind_check,
    ADD CONSTRAINT cases_holder_kind_check CHECK (holder_kind IN ('person', 'unit', 'enterprise'));
ALTER TABLE projects DROP COLUMN agreement;
