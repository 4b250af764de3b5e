-- Who takes the place of people whose accounts have ended, and what such people leave behind.

-- name: Successors :many
-- The heads of the sections of those among the people whose accounts have ended (heads_for is whose), then leaders and administrators in use.
SELECT h.id, h.name, h.roles, coalesce(h.unit_id::text, '')::text AS unit_id, m.id::text AS heads_for
FROM users AS m JOIN units AS o ON o.id = m.unit_id JOIN users AS h ON h.id = o.head_id AND h.disabled_at IS NULL AND h.enterprise_id IS NULL
WHERE m.park_id = @park_id AND m.id = ANY (@ids::uuid[]) AND m.disabled_at IS NOT NULL
UNION ALL
SELECT l.id, l.name, l.roles, coalesce(l.unit_id::text, '')::text, ''
FROM users AS l WHERE l.park_id = @park_id AND l.disabled_at IS NULL AND l.enterprise_id IS NULL AND l.roles && ARRAY['leader', 'administrator'];

-- name: CountHeldBy :one
-- How many open cases somebody has in hand or is responsible for.
SELECT count(*)::integer FROM cards AS k WHERE k.park_id = @park_id AND NOT k.done AND (k.holder_id = @user_id::uuid OR k.manager_id = @user_id::uuid);

-- name: TellOfDeparture :execrows
-- Tells the head of the person's section, and the leaders, that an account with open cases has ended.
INSERT INTO notices (user_id, kind, created_at, level, about)
SELECT u.id, 'account_ended', @now::timestamptz, 'normal', @about::jsonb FROM users AS u
WHERE u.park_id = @park_id AND u.disabled_at IS NULL AND u.id <> @user_id::uuid
    AND ('leader' = ANY (u.roles) OR u.id = (SELECT o.head_id FROM units AS o JOIN users AS m ON m.unit_id = o.id WHERE m.id = @user_id::uuid));
