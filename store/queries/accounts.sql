-- Accounts, sessions, tokens and sign-in attempts.

-- name: UserByName :one
SELECT * FROM users WHERE park_id = @park_id AND username = @username;

-- name: UserByID :one
SELECT * FROM users WHERE id = @id;

-- name: AddUser :exec
INSERT INTO users (id, park_id, username, name, roles, unit_id, enterprise_id, password_hash, invented, must_change)
VALUES (@id, @park_id, @username, @name, @roles, @unit_id, @enterprise_id, @password_hash, @invented, @must_change) ON CONFLICT DO NOTHING;

-- name: Users :many
SELECT u.id, u.username, u.name, u.roles, u.disabled_at, u.invented, coalesce(n.name, e.short_name, '')::text AS body
FROM users AS u LEFT JOIN units AS n ON n.id = u.unit_id LEFT JOIN enterprises AS e ON e.id = u.enterprise_id
WHERE u.park_id = @park_id ORDER BY u.username;

-- name: SetPassword :exec
UPDATE users SET password_hash = @password_hash, must_change = @must_change WHERE id = @id;

-- name: SetDisabled :exec
UPDATE users SET disabled_at = @disabled_at WHERE id = @id;

-- name: SetLanguage :exec
UPDATE users SET language = @language WHERE id = @id;

-- name: AddSession :exec
INSERT INTO sessions (token_hash, user_id, created_at, seen_at, expires_at, address, agent) VALUES (@token_hash, @user_id, @created_at, @created_at, @expires_at, @address, @agent);

-- name: SessionUser :one
SELECT s.seen_at, s.expires_at, sqlc.embed(u) FROM sessions AS s JOIN users AS u ON u.id = s.user_id WHERE s.token_hash = @token_hash AND u.disabled_at IS NULL;

-- name: TouchSession :exec
UPDATE sessions SET seen_at = @seen_at WHERE token_hash = @token_hash;

-- name: EndSession :exec
DELETE FROM sessions WHERE token_hash = @token_hash;

-- name: EndSessions :exec
DELETE FROM sessions WHERE user_id = @user_id AND token_hash IS DISTINCT FROM sqlc.narg(except_hash)::bytea;

-- name: DropOldSessions :exec
DELETE FROM sessions WHERE expires_at < @now OR seen_at < @idle_before;

-- name: AddToken :exec
INSERT INTO api_tokens (id, user_id, name, token_hash, read_only, created_at, expires_at) VALUES (@id, @user_id, @name, @token_hash, @read_only, @created_at, @expires_at);

-- name: Tokens :many
SELECT id, name, read_only, created_at, expires_at, used_at, revoked_at FROM api_tokens WHERE user_id = @user_id ORDER BY created_at DESC, id;

-- name: TokenUser :one
SELECT t.id AS token_id, t.read_only, sqlc.embed(u) FROM api_tokens AS t JOIN users AS u ON u.id = t.user_id
WHERE t.token_hash = @token_hash AND t.revoked_at IS NULL AND t.expires_at > @now AND u.disabled_at IS NULL;

-- name: TouchToken :exec
UPDATE api_tokens SET used_at = @now WHERE id = @id AND (used_at IS NULL OR used_at < @stale_before);

-- name: RevokeToken :execrows
UPDATE api_tokens SET revoked_at = @now WHERE id = @id AND user_id = @user_id AND revoked_at IS NULL;

-- name: CountFailures :one
SELECT count(*) FILTER (WHERE device = @device AND username = @username)::integer AS by_device,
    count(*) FILTER (WHERE address = @address)::integer AS by_address,
    count(*) FILTER (WHERE username = @username AND device = '')::integer AS by_strangers
FROM sign_in_failures WHERE at > @since AND (username = @username OR address = @address);

-- name: AddFailure :exec
INSERT INTO sign_in_failures (username, address, device, at) VALUES (@username, @address, @device, @at);

-- name: DropOldFailures :exec
DELETE FROM sign_in_failures WHERE at < @before;

-- name: AddAccountEvent :exec
INSERT INTO account_events (at, actor_id, actor_name, subject_id, deed, note) VALUES (@at, @actor_id, @actor_name, @subject_id, @deed, @note);
