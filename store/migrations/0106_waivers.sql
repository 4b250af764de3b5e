-- +goose Up
-- A waiver that was asked for can be refused (docs/decisions/0076).
ALTER TABLE gate_answers
    DROP CONSTRAINT gate_answers_answer_check,
    ADD CONSTRAINT gate_answers_answer_check CHECK (answer IN ('yes', 'no', 'not_applicable', 'waived', 'waiver_asked', 'waiver_refused'));

-- +goose Down
UPDATE gate_answers SET answer = 'no' WHERE answer = 'waiver_refused';
ALTER TABLE gate_answers
    DROP CONSTRAINT gate_answers_answer_check,
    ADD CONSTRAINT gate_answers_answer_check CHECK (answer IN ('yes', 'no', 'not_applicable', 'waived', 'waiver_asked'));
