-- What came of forms, for whoever sent them.

-- name: ClaimShown :execrows
-- Says that the form is being carried out. Of several at once one claims it.
INSERT INTO shown (id, owner, session, created_at, shown_until, expires_at)
VALUES (@id, @owner, @session, @created_at, @shown_until, @expires_at) ON CONFLICT (id) DO NOTHING;

-- name: KeepShown :exec
UPDATE shown SET path = @path, sealed = @sealed, done = true WHERE id = @id;

-- name: DropShown :exec
-- Lets a form that was not carried out be sent again.
DELETE FROM shown WHERE id = @id AND NOT done;

-- name: Shown :one
SELECT path, (CASE WHEN shown_until > @now::timestamptz THEN sealed END)::bytea AS sealed, done, created_at FROM shown
WHERE id = @id AND owner = @owner AND session = @session AND expires_at > @now::timestamptz;

-- name: DropOldShown :exec
DELETE FROM shown WHERE expires_at < @now;

-- name: EmptyOldShown :exec
UPDATE shown SET sealed = NULL WHERE shown_until < @now AND sealed IS NOT NULL;
