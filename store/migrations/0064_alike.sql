-- +goose Up
-- What an enterprise has open, by stage: asked while a lead is typed.
CREATE INDEX cards_courted ON cards (enterprise_id, stage, case_id) WHERE kind = 'project' AND NOT done;

-- +goose Down
DROP INDEX cards_courted;
