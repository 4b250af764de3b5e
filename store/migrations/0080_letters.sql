-- +goose Up
-- Official letters (文书) of a case, whatever its kind (docs/decisions/0070). A letter's number, its row and its file come with one transaction: no number is used without its paper.
CREATE TABLE letters (
    case_id   uuid NOT NULL REFERENCES cases,
    seq       integer NOT NULL CHECK (seq > 0),
    sort      text NOT NULL CHECK (sort <> ''),
    title     text NOT NULL CHECK (title <> ''),
    number    text NOT NULL CHECK (number <> ''),
    deed      text NOT NULL,
    round     integer NOT NULL CHECK (round >= 0),
    to_id     text NOT NULL,
    to_name   text NOT NULL CHECK (to_name <> ''),
    outside   boolean NOT NULL,
    copies    jsonb NOT NULL,
    issued_on date NOT NULL,
    by_id     text NOT NULL,
    by_name   text NOT NULL,
    at        timestamptz NOT NULL,
    template  integer NOT NULL CHECK (template >= 0),
    code      text NOT NULL CHECK (code ~ '^[A-Z2-7]{26}$'),
    sha256    text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    size      integer NOT NULL CHECK (size > 0),
    served    jsonb,
    void      jsonb,
    PRIMARY KEY (case_id, seq)
);
COMMENT ON TABLE letters IS 'Official letters as they were issued. Afterwards only their service and their end are noted.';
COMMENT ON COLUMN letters.code IS 'Behind the QR code: whoever holds the letter asks by it whether it was issued.';
CREATE UNIQUE INDEX letters_number ON letters (number);
CREATE UNIQUE INDEX letters_code ON letters (sha256(code::bytea));
CREATE INDEX letters_latest ON letters (issued_on, case_id, seq);
GRANT SELECT, INSERT ON letters TO parkway_writer;
GRANT UPDATE (served, void) ON letters TO parkway_writer;

-- The bytes of letters and of the templates that were sent for them, by their SHA-256. They are here and not among the received files because the worker that draws
-- a number has no way to those, and because a number and its paper have to be kept or lost together.
CREATE TABLE letter_files (
    sha256     text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    content    bytea NOT NULL CHECK (encode(sha256(content), 'hex') = sha256),
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE letter_files IS 'Bytes of official letters and of the templates that were sent for them.';
GRANT SELECT, INSERT ON letter_files TO parkway_writer;

-- How the zone numbers and writes its letters; each change is a version, and the past ones stay.
CREATE TABLE letter_settings (
    park_id         uuid NOT NULL REFERENCES parks,
    sort            text NOT NULL CHECK (sort <> ''),
    version         integer NOT NULL CHECK (version > 0),
    format          text NOT NULL CHECK (format <> ''),
    in_use          boolean NOT NULL,
    template_sha256 text REFERENCES letter_files,
    template_name   text NOT NULL,
    template        integer NOT NULL CHECK (template >= 0),
    by_id           uuid,
    by_name         text NOT NULL,
    at              timestamptz NOT NULL,
    PRIMARY KEY (park_id, sort, version),
    CHECK ((template_sha256 IS NULL) = (template = 0))
);
COMMENT ON TABLE letter_settings IS 'The format of numbers, whether a sort of letter is in use, and its template; none: as the program ships it.';
COMMENT ON COLUMN letter_settings.template IS 'The version of the template, as letters name it; 0: the one that comes with the program.';
GRANT SELECT, INSERT ON letter_settings TO parkway_writer;

CREATE TRIGGER letter_files_append_only BEFORE UPDATE OR DELETE ON letter_files FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER letter_settings_append_only BEFORE UPDATE OR DELETE ON letter_settings FOR EACH ROW EXECUTE FUNCTION refuse_change();
-- +goose StatementBegin
CREATE FUNCTION keep_letter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - 'served' - 'void') <> (to_jsonb(OLD) - 'served' - 'void') OR OLD.void IS NOT NULL
        OR OLD.served IS NOT NULL AND NEW.served IS DISTINCT FROM OLD.served THEN
        RAISE EXCEPTION 'a letter stays as it was issued' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER letters_stay BEFORE UPDATE OR DELETE ON letters FOR EACH ROW EXECUTE FUNCTION keep_letter();

-- +goose Down
DROP TABLE letters;
DROP FUNCTION keep_letter();
DROP TABLE letter_settings;
DROP TABLE letter_files;
