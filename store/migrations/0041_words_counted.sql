-- +goose Up
-- A list is counted from one index. Those of the two great kinds hold who answers for a case too: what is found by words is theirs as well, and for want of the column
-- 37,000 cards were read for it.
DROP INDEX cards_projects, cards_hazards;
CREATE INDEX cards_projects ON cards (park_id, due_order, case_id)
    INCLUDE (done, stage, state, sector, site_mode, holder_id, enterprise_id, investment, is_key, signed_on, started_on, production_on, manager_id) WHERE kind = 'project';
CREATE INDEX cards_hazards ON cards (park_id, due_order, case_id)
    INCLUDE (done, state, level, result, found_on, campaign_id, holder_id, enterprise_id, manager_id) WHERE kind = 'hazard';

-- +goose Down
DROP INDEX cards_projects, cards_hazards;
CREATE INDEX cards_projects ON cards (park_id, due_order, case_id)
    INCLUDE (done, stage, state, sector, site_mode, holder_id, enterprise_id, investment, is_key, signed_on, started_on, production_on) WHERE kind = 'project';
CREATE INDEX cards_hazards ON cards (park_id, due_order, case_id)
    INCLUDE (done, state, level, result, found_on, campaign_id, holder_id, enterprise_id) WHERE kind = 'hazard';
