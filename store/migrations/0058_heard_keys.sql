-- +goose Up
-- 0043 looked at the keys of a card joined together to see whether one is heard otherwise. A surname is only one at the beginning of a name of two or three
-- characters, which joined keys never are: cards of 曾伟 or 任达华 kept what they sorted by. Each key is compared with what it is anew.
-- +goose StatementBegin
CREATE FUNCTION pg_temp.anew(key text) RETURNS text LANGUAGE sql AS $$ -- a key is the name as it is spoken, chr(1), and the name
    SELECT CASE WHEN strpos(key, chr(1)) = 0 THEN key ELSE spoken(substr(key, strpos(key, chr(1)) + 1)) || substr(key, strpos(key, chr(1))) END
$$;
-- +goose StatementEnd
-- A name stands on many cards, and is read once. What is not heard otherwise sounds as it did.
CREATE TEMPORARY TABLE reheard ON COMMIT DROP AS
SELECT was, pg_temp.anew(was) AS now FROM (
    SELECT title_key AS was FROM cards UNION SELECT enterprise_key FROM cards UNION SELECT holder_key FROM cards UNION SELECT manager_key FROM cards
    UNION SELECT location_key FROM cards
) AS k WHERE heard(lower(normalize(substr(was, strpos(was, chr(1)) + 1), NFKC))) <> lower(normalize(substr(was, strpos(was, chr(1)) + 1), NFKC)) AND pg_temp.anew(was) <> was;
CREATE UNIQUE INDEX reheard_by_key ON reheard (was);
ANALYZE reheard;
UPDATE cards SET title_key = r.now FROM reheard AS r WHERE title_key = r.was;
UPDATE cards SET enterprise_key = r.now FROM reheard AS r WHERE enterprise_key = r.was;
UPDATE cards SET holder_key = r.now FROM reheard AS r WHERE holder_key = r.was;
UPDATE cards SET manager_key = r.now FROM reheard AS r WHERE manager_key = r.was;
UPDATE cards SET location_key = r.now FROM reheard AS r WHERE location_key = r.was;
DROP FUNCTION pg_temp.anew;

-- +goose Down
-- What a key is does not depend on the schema.
SELECT 1;
