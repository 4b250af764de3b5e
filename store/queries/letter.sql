-- Official letters 文书.

-- name: SaveLetters :exec
INSERT INTO letters SELECT (r).* FROM jsonb_populate_recordset(NULL::letters, @rows::jsonb) AS r
ON CONFLICT (case_id, seq) DO UPDATE SET served = excluded.served, void = excluded.void, receipts = excluded.receipts
WHERE letters.served IS DISTINCT FROM excluded.served OR letters.void IS DISTINCT FROM excluded.void OR letters.receipts IS DISTINCT FROM excluded.receipts;

-- name: AddLetterFile :exec
INSERT INTO letter_files (sha256, content) VALUES (@sha256, @content) ON CONFLICT DO NOTHING;

-- name: LetterFile :one
SELECT content FROM letter_files WHERE sha256 = @sha256;

-- name: LetterSettings :many
-- How letters are numbered and written now; a sort that nobody set is missing.
SELECT DISTINCT ON (s.sort) s.* FROM letter_settings AS s WHERE s.park_id = @park_id ORDER BY s.sort, s.version DESC;

-- name: LetterFormats :many
-- Every format that letters were ever numbered by, with the sort.
SELECT DISTINCT sort, format FROM letter_settings WHERE park_id = @park_id ORDER BY sort, format;

-- name: LetterSettingsOf :many
-- What was ever set for a sort, the latest first.
SELECT * FROM letter_settings WHERE park_id = @park_id AND sort = @sort ORDER BY version DESC LIMIT 200;

-- name: AddLetterSetting :exec
INSERT INTO letter_settings (park_id, sort, version, format, in_use, template_sha256, template_name, template, by_id, by_name, at)
VALUES (@park_id, @sort, @version, @format, @in_use, sqlc.narg(template_sha256), @template_name, @template, sqlc.narg(by_id), @by_name, @at);

-- name: LetterNumberTaken :one
SELECT EXISTS (SELECT FROM letters WHERE number = @number);

-- name: FirmsOnPaper :many
-- What the register says of enterprises, as letters print it, in the order given.
SELECT e.name, e.address, coalesce(e.credit_code, '')::text AS credit_code FROM unnest(@ids::uuid[]) WITH ORDINALITY AS w (id, place) JOIN enterprises AS e ON e.id = w.id ORDER BY w.place;

-- name: LetterByCode :one
-- What is told to whoever holds a letter. It is found by the hash of the code, so that how long it takes says nothing of how much of a made-up code is right.
SELECT l.title, l.number, l.to_name, l.to_id, l.issued_on, l.sha256, l.void, p.name AS zone,
    coalesce((SELECT e.short_name FROM enterprises AS e WHERE e.id::text = l.to_id AND l.also_to IS NULL), '')::text AS short_name
FROM letters AS l JOIN cases AS c ON c.id = l.case_id JOIN parks AS p ON p.id = c.park_id
WHERE sha256(l.code::bytea) = @hash::bytea;

-- name: Letters :many
-- The letters that the viewers know of, the latest first. outside: those that are addressed to the case's enterprise only.
SELECT l.case_id, l.seq, l.sort, l.title, l.number, l.to_name, l.outside, l.issued_on, l.by_name, l.sha256, l.served, l.void, l.to_id, l.receipts, c.kind, c.number AS case_number, c.title AS case_title, c.enterprise_name
FROM letters AS l JOIN cases AS c ON c.id = l.case_id
WHERE c.park_id = @park_id
    AND (sqlc.narg(viewers)::uuid[] IS NULL OR EXISTS (SELECT FROM sight AS v WHERE v.case_id = l.case_id AND v.party_id = ANY (sqlc.narg(viewers)::uuid[])))
    AND (sqlc.narg(outside_of)::text[] IS NULL OR l.outside AND (l.to_id = ANY (sqlc.narg(outside_of)::text[]) OR l.also_to ?| sqlc.narg(outside_of)::text[]))
    AND (sqlc.narg(sort)::text IS NULL OR l.sort = sqlc.narg(sort)::text)
    AND (sqlc.narg(year)::integer IS NULL OR l.issued_on >= make_date(sqlc.narg(year)::integer, 1, 1) AND l.issued_on < make_date(sqlc.narg(year)::integer + 1, 1, 1))
    AND (sqlc.narg(state)::text IS NULL OR CASE sqlc.narg(state)::text WHEN 'void' THEN l.void IS NOT NULL WHEN 'unserved' THEN l.void IS NULL AND l.served IS NULL ELSE l.void IS NULL AND l.served IS NOT NULL END)
    AND (sqlc.narg(words)::text IS NULL OR l.number ILIKE sqlc.narg(words)::text OR l.to_name ILIKE sqlc.narg(words)::text OR c.title ILIKE sqlc.narg(words)::text)
    AND (sqlc.narg(after_on)::date IS NULL OR (l.issued_on, l.case_id, l.seq) < (sqlc.narg(after_on)::date, sqlc.narg(after_case)::uuid, sqlc.narg(after_seq)::integer))
ORDER BY l.issued_on DESC, l.case_id DESC, l.seq DESC LIMIT @size;

-- name: NumbersAwaiting :many
-- Numbers that a notice has drawn from its series and that are on no letter yet, among the newest notices: without them a series would seem to have gaps. One that
-- somebody typed, of an office's own paper, stands in what its deed was given, and was drawn from nothing.
SELECT r.notice_number AS number, r.issued_on, r.case_id, c.kind, c.number AS case_number, c.title AS case_title
FROM (SELECT x.case_id, x.notice_number, x.issued_on FROM rounds AS x ORDER BY x.issued_on DESC, x.case_id DESC LIMIT 2000) AS r JOIN cases AS c ON c.id = r.case_id
WHERE NOT EXISTS (SELECT FROM letters AS l WHERE l.number = r.notice_number)
    AND NOT EXISTS (SELECT FROM events AS e WHERE e.case_id = r.case_id AND btrim(e.input ->> 'document_number') = r.notice_number)
ORDER BY r.issued_on DESC, r.notice_number DESC LIMIT @size;

-- name: OneAtATime :exec
-- Changes of how letters are numbered wait for each other.
SELECT pg_advisory_xact_lock(hashtext('letter_settings'));

-- name: LastNumber :one
-- How many letters of a series were numbered in a year.
SELECT coalesce((SELECT last FROM counters WHERE park_id = @park_id AND series = @series AND year = @year), 0)::integer;
