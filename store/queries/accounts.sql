-- Accounts, sessions, tokens and sign-in attempts.

-- name: UserByName :one
SELECT * FROM users WHERE park_id = @park_id AND username = @username;

-- name: UserByID :one
SELECT * FROM users WHERE id = @id;

-- name: AddUser :exec
INSERT INTO users (id, park_id, username, name, roles, unit_id, enterprise_id, password_hash, invented, must_change, card_number)
VALUES (@id, @park_id, @username, @name, @roles, @unit_id, @enterprise_id, @password_hash, @invented, @must_change, @card_number) ON CONFLICT DO NOTHING;

-- name: Users :many
SELECT u.id, u.username, u.name, u.roles, u.disabled_at, u.invented, coalesce(n.name, e.short_name, '')::text AS body
FROM users AS u LEFT JOIN units AS n ON n.id = u.unit_id LEFT JOIN enterprises AS e ON e.id = u.enterprise_id
WHERE u.park_id = @park_id ORDER BY u.username;

-- name: SetPassword :exec
UPDATE users SET password_hash = @password_hash, must_change = @must_change WHERE id = @id;

-- name: LockPeople :exec
-- Held until the transaction ends: the same lock as of those who change the register of people (LockRegister).
SELECT pg_advisory_xact_lock(hashtext('register people'));

-- name: CountAdministrators :one
SELECT count(*)::integer FROM users WHERE park_id = @park_id AND disabled_at IS NULL AND 'administrator' = ANY (roles);

-- name: Administrators :many
-- The names of the first few whose accounts are in use: whom to ask.
SELECT name FROM users WHERE park_id = @park_id AND disabled_at IS NULL AND 'administrator' = ANY (roles) ORDER BY created_at, id LIMIT 3;

-- name: SetDisabled :exec
UPDATE users SET disabled_at = @disabled_at WHERE id = @id;

-- name: SetLanguage :exec
UPDATE users SET language = @language WHERE id = @id;

-- name: AddSession :execrows
-- Opens a session for the account whose password was compared: nothing when it was disabled or got another password meanwhile.
INSERT INTO sessions (token_hash, user_id, created_at, seen_at, expires_at, address, agent)
SELECT @token_hash, u.id, @created_at, @created_at, @expires_at, @address, @agent FROM users AS u
WHERE u.id = @user_id AND u.disabled_at IS NULL AND u.password_hash = @password_hash FOR SHARE;

-- name: SessionUser :one
SELECT s.seen_at, s.expires_at, sqlc.embed(u) FROM sessions AS s JOIN users AS u ON u.id = s.user_id WHERE s.token_hash = @token_hash AND u.disabled_at IS NULL;

-- name: TouchSession :exec
UPDATE sessions SET seen_at = @seen_at WHERE token_hash = @token_hash;

-- name: EndSession :exec
DELETE FROM sessions WHERE token_hash = @token_hash;

-- name: EndAccess :execrows
-- Ends every session but one, and every token; returns how many tokens.
WITH gone AS (DELETE FROM sessions WHERE sessions.user_id = @user_id AND token_hash IS DISTINCT FROM sqlc.narg(except_hash)::bytea)
UPDATE api_tokens SET revoked_at = @now WHERE api_tokens.user_id = @user_id AND revoked_at IS NULL;

-- name: DropOldSessions :exec
DELETE FROM sessions WHERE expires_at < @now OR seen_at < @idle_before;

-- name: AddToken :execrows
-- Adds a token for an account in use whose owner has chosen the password.
INSERT INTO api_tokens (id, user_id, name, token_hash, read_only, created_at, expires_at)
SELECT @id, u.id, @name, @token_hash, @read_only, @created_at, @expires_at FROM users AS u
WHERE u.id = @user_id AND u.disabled_at IS NULL AND NOT u.must_change FOR SHARE;

-- name: Tokens :many
SELECT id, name, read_only, created_at, expires_at, used_at, revoked_at FROM api_tokens WHERE user_id = @user_id ORDER BY created_at DESC, id;

-- name: TokenUser :one
SELECT t.id AS token_id, t.read_only, t.used_at, sqlc.embed(u) FROM api_tokens AS t JOIN users AS u ON u.id = t.user_id
WHERE t.token_hash = @token_hash AND t.revoked_at IS NULL AND t.expires_at > @now AND u.disabled_at IS NULL;

-- name: TouchToken :exec
UPDATE api_tokens SET used_at = @now WHERE id = @id AND (used_at IS NULL OR used_at < @stale_before);

-- name: RevokeToken :execrows
UPDATE api_tokens SET revoked_at = @now WHERE id = @id AND user_id = @user_id AND revoked_at IS NULL;

-- name: ReserveAttempt :one
-- Reserves an attempt before it is tried: its id, or 0 when the limits are reached.
SELECT reserve_sign_in(@username::text, @address::text, @device::text, @at::timestamptz, @since::timestamptz,
    @by_device::integer, @by_strangers::integer, @by_address::integer)::bigint AS attempt;

-- name: SignInHeldSince :one
-- The attempt whose falling out of the window lets the next one in, where the limits are reached: of as many as the limit, the earliest.
SELECT greatest(
    (SELECT f.at FROM sign_in_failures AS f WHERE @device::text <> '' AND f.username = @username::text AND f.device = @device::text AND f.at > @since::timestamptz ORDER BY f.at DESC LIMIT 1 OFFSET sqlc.arg(by_device)::integer - 1),
    (SELECT f.at FROM sign_in_failures AS f WHERE @device::text = '' AND f.username = @username::text AND f.device = '' AND f.at > @since::timestamptz ORDER BY f.at DESC LIMIT 1 OFFSET sqlc.arg(by_strangers)::integer - 1),
    (SELECT f.at FROM sign_in_failures AS f WHERE @device::text = '' AND f.address = @address::text AND f.device = '' AND f.at > @since::timestamptz ORDER BY f.at DESC LIMIT 1 OFFSET sqlc.arg(by_address)::integer - 1),
    @since::timestamptz)::timestamptz AS at;

-- name: ReleaseAttempt :exec
DELETE FROM sign_in_failures WHERE id = @id;

-- name: ForgetFailures :exec
DELETE FROM sign_in_failures WHERE username = @username;

-- name: DropOldFailures :exec
DELETE FROM sign_in_failures WHERE at < @before;

-- name: AddAccountEvent :exec
INSERT INTO account_events (at, actor_id, actor_name, subject_id, deed, note) VALUES (@at, @actor_id, @actor_name, @subject_id, @deed, @note);
