-- name: TakeWaitingPreview :one
-- The picture that has waited longest for its preview, kept from others until then.
UPDATE previews AS p SET tries = p.tries + 1, next_try = @until
WHERE p.sha256 = (SELECT w.sha256 FROM previews AS w WHERE w.state = 'waiting' AND w.next_try <= @now ORDER BY w.next_try LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING p.sha256, p.tries;

-- name: KeepPreview :exec
UPDATE previews SET state = 'made', width = @width, height = @height, taken_at = @taken_at, latitude = @latitude, longitude = @longitude WHERE sha256 = @sha256;

-- name: NoPreview :exec
UPDATE previews SET state = 'none', reason = @reason WHERE sha256 = @sha256;

-- name: Previews :many
SELECT sha256, state, reason, width, height, taken_at, latitude, longitude FROM previews WHERE sha256 = ANY (@sums::text[]);

-- name: RemakePreview :exec
-- A restored zone has its files and not the previews of them.
UPDATE previews SET state = 'waiting', width = 0, height = 0, tries = 0, next_try = @now WHERE sha256 = @sha256 AND state = 'made';

-- name: FilesOfContent :many
-- Where files of the same content are on record, the first ones first: whoever judges a picture sees that it was shown before.
SELECT a.sha256, a.case_id, c.number AS case_number, a.number, a.round FROM attachments AS a JOIN cases AS c ON c.id = a.case_id
WHERE a.sha256 = ANY (@sums::text[]) AND a.revision = 1 ORDER BY a.at, a.case_id, a.number LIMIT 500;
