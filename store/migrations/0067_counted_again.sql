-- +goose Up
-- What a list of projects can be narrowed by is in the index that counts them, so that no row is read: the step, the ending, the next contact and the end came later.
DROP INDEX cards_projects;
CREATE INDEX cards_projects ON cards (park_id, due_order, case_id)
    INCLUDE (done, stage, state, sector, site_mode, holder_id, enterprise_id, investment, is_key, signed_on, started_on, production_on, manager_id, step, ending, next_contact_on, closed_on) WHERE kind = 'project';

-- Who has entered a month.
CREATE INDEX project_money_month ON project_money (month, sort, case_id) WHERE NOT taken_back;

-- +goose Down
DROP INDEX project_money_month;
DROP INDEX cards_projects;
CREATE INDEX cards_projects ON cards (park_id, due_order, case_id)
    INCLUDE (done, stage, state, sector, site_mode, holder_id, enterprise_id, investment, is_key, signed_on, started_on, production_on, manager_id) WHERE kind = 'project';
