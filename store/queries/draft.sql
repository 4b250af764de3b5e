-- Forms that were not carried out yet.

-- name: PutDraft :exec
-- Keeps a form, or keeps it anew. Another's draft is not touched.
INSERT INTO drafts (id, owner, path, typed, files, refusal, marks, created_at, expires_at)
VALUES (@id, @owner, @path, @typed, @files, @refusal, @marks, @created_at, @expires_at)
ON CONFLICT (id) DO UPDATE SET path = excluded.path, typed = excluded.typed, files = excluded.files, refusal = excluded.refusal, marks = excluded.marks,
    created_at = excluded.created_at, expires_at = excluded.expires_at
WHERE drafts.owner = excluded.owner;

-- name: Draft :one
SELECT typed, files, refusal, marks FROM drafts WHERE id = @id AND owner = @owner AND path = @path AND expires_at > @now;

-- name: DropDraft :exec
DELETE FROM drafts WHERE id = @id AND owner = @owner;

-- name: DropOldDrafts :exec
-- Drops whatever has expired, and all but the newest of one owner's.
DELETE FROM drafts AS d WHERE d.expires_at < @now
    OR d.owner = @owner AND d.id NOT IN (SELECT k.id FROM drafts AS k WHERE k.owner = @owner ORDER BY k.created_at DESC, k.id LIMIT @keep);
