-- +goose Up
-- A gate asks how many major hazards are open at an enterprise. It went through all open hazards of the enterprise, at every advance of its projects.
CREATE INDEX cards_major ON cards (enterprise_id) WHERE level = 'major' AND NOT done;
DROP INDEX cases_hazards_open;

-- +goose Down
CREATE INDEX cases_hazards_open ON cases (enterprise_id) WHERE kind = 'hazard' AND NOT done;
DROP INDEX cards_major;
