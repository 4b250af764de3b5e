-- +goose Up
-- A letter that is addressed to several enterprises is served on each, and each signs for it: it is served once all of them have it (decisions/0096).
ALTER TABLE letters ADD COLUMN receipts jsonb CHECK (receipts IS NULL OR jsonb_typeof(receipts) = 'array');
COMMENT ON COLUMN letters.receipts IS 'Of a letter that is addressed to several enterprises: how it was served on each, one after the other; NULL: on none yet, or it is addressed to one.';
GRANT UPDATE (receipts) ON letters TO parkway_writer;

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION keep_letter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - 'served' - 'void' - 'receipts') <> (to_jsonb(OLD) - 'served' - 'void' - 'receipts') OR OLD.void IS NOT NULL
        OR OLD.served IS NOT NULL AND (NEW.served IS DISTINCT FROM OLD.served OR NEW.receipts IS DISTINCT FROM OLD.receipts)
        OR EXISTS (SELECT FROM jsonb_array_elements(OLD.receipts) WITH ORDINALITY AS o (receipt, place) WHERE NEW.receipts -> (o.place - 1)::integer IS DISTINCT FROM o.receipt) THEN
        RAISE EXCEPTION 'a letter stays as it was issued' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION keep_letter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - 'served' - 'void') <> (to_jsonb(OLD) - 'served' - 'void') OR OLD.void IS NOT NULL
        OR OLD.served IS NOT NULL AND NEW.served IS DISTINCT FROM OLD.served THEN
        RAISE EXCEPTION 'a letter stays as it was issued' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
ALTER TABLE letters DROP COLUMN receipts;
