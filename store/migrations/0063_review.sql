-- +goose Up
-- What meetings decided on a project, the conditions they laid on it, and what departments said of its achievements (docs/decisions/0038). They are read and
-- written with the project and never without it: they are part of its row.
ALTER TABLE projects
    ADD COLUMN reviews jsonb CHECK (jsonb_typeof(reviews) = 'array'),
    ADD COLUMN conditions jsonb CHECK (jsonb_typeof(conditions) = 'array'),
    ADD COLUMN recognised jsonb CHECK (jsonb_typeof(recognised) = 'array');

-- Asking for a waiver and granting it are two persons.
ALTER TABLE gate_answers
    ADD COLUMN asked_by_id text NOT NULL DEFAULT '',
    ADD COLUMN asked_by_name text NOT NULL DEFAULT '',
    DROP CONSTRAINT gate_answers_answer_check,
    ADD CONSTRAINT gate_answers_answer_check CHECK (answer IN ('yes', 'no', 'not_applicable', 'waived', 'waiver_asked')),
    ADD CONSTRAINT gate_answers_two_persons CHECK (answer <> 'waived' OR asked_by_id = '' OR asked_by_id <> by_id);

-- A hazard may be on the site of a project, or said to be on none.
ALTER TABLE hazards
    ADD COLUMN project_id uuid REFERENCES cases,
    ADD COLUMN project_number text NOT NULL DEFAULT '',
    ADD COLUMN project_title text NOT NULL DEFAULT '',
    ADD COLUMN elsewhere boolean CHECK (elsewhere),
    ADD CONSTRAINT hazards_one_place CHECK (elsewhere IS NULL OR project_id IS NULL);
COMMENT ON COLUMN hazards.elsewhere IS 'It is said to be on no project''s site: in the working plant. NULL: it is not.';
DROP INDEX cards_major;
-- An enterprise's open hazards, at a gate, and its projects, in the form that says where a hazard is.
CREATE INDEX cards_of_enterprise ON cards (enterprise_id, kind, level) INCLUDE (case_id, due_order) WHERE kind IN ('hazard', 'project') AND NOT done;

-- How many opinions each department owes.
CREATE INDEX cards_opinions ON cards (park_id, done, stage, due_order) WHERE kind = 'opinion';

-- +goose Down
DROP INDEX cards_opinions;
DROP INDEX cards_of_enterprise;
CREATE INDEX cards_major ON cards (enterprise_id) WHERE level = 'major' AND NOT done;
ALTER TABLE hazards DROP CONSTRAINT hazards_one_place, DROP COLUMN project_id, DROP COLUMN project_number, DROP COLUMN project_title, DROP COLUMN elsewhere;
DELETE FROM gate_answers WHERE answer = 'waiver_asked';
ALTER TABLE gate_answers DROP CONSTRAINT gate_answers_two_persons, DROP CONSTRAINT gate_answers_answer_check, DROP COLUMN asked_by_id, DROP COLUMN asked_by_name,
    ADD CONSTRAINT gate_answers_answer_check CHECK (answer IN ('yes', 'no', 'not_applicable', 'waived'));
ALTER TABLE projects DROP COLUMN reviews, DROP COLUMN conditions, DROP COLUMN recognised;
