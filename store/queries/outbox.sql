-- From notices to messages to deliveries.

-- name: UnplannedNotices :many
SELECT n.id, n.user_id, n.level, n.created_at, u.digest_minute, u.quiet_from, u.quiet_to
FROM notices AS n JOIN users AS u ON u.id = n.user_id WHERE n.planned_at IS NULL ORDER BY n.id LIMIT @size FOR UPDATE OF n SKIP LOCKED;

-- name: OpenMessage :one
INSERT INTO messages (user_id, level, not_before, newest_at, first_at) VALUES (@user_id, @level, @not_before, @newest_at, @first_at)
ON CONFLICT (user_id) WHERE sealed_at IS NULL AND status = 'planned' DO UPDATE SET
    level = CASE WHEN 'red' IN (messages.level, excluded.level) THEN 'red' WHEN 'normal' IN (messages.level, excluded.level) THEN 'normal' ELSE 'info' END,
    not_before = least(messages.not_before, excluded.not_before), newest_at = greatest(messages.newest_at, excluded.newest_at)
RETURNING id;

-- name: PlanNotices :exec
UPDATE notices SET message_id = @message_id, planned_at = @planned_at WHERE id = ANY (@ids::bigint[]);

-- name: Backlog :one
-- Whether reminders are still being fired or planned, or a batch is under way: a message that went out now would be one of many. A case that
-- was woken in vain delays nobody's messages.
SELECT (EXISTS (SELECT FROM cases AS c WHERE c.next_wake < @before::timestamptz
        AND NOT EXISTS (SELECT FROM stuck_cases AS s WHERE s.case_id = c.id AND s.looks >= @vain))
    OR EXISTS (SELECT FROM batches WHERE ended_at IS NULL)
    OR EXISTS (SELECT FROM notices WHERE planned_at IS NULL))::boolean;

-- name: DueMessages :many
SELECT id FROM messages
WHERE status = 'planned' AND coalesce(next_try, not_before) <= @now::timestamptz
    AND (sealed_at IS NOT NULL OR (newest_at <= @settled::timestamptz AND NOT @backlog::boolean)
        OR greatest(first_at, not_before) <= CASE level WHEN 'red' THEN @red_cap::timestamptz ELSE @cap::timestamptz END)
ORDER BY coalesce(next_try, not_before), id LIMIT @size;

-- name: NextMessage :one
SELECT coalesce(next_try, not_before)::timestamptz AS at FROM messages WHERE status = 'planned' ORDER BY coalesce(next_try, not_before) LIMIT 1;

-- name: TakeMessage :one
SELECT m.id, m.user_id, m.level, m.given_up, m.attempts, m.resting_since, m.body, u.name, u.email, u.mobile, u.language, u.disabled_at
FROM messages AS m JOIN users AS u ON u.id = m.user_id
WHERE m.id = @id AND m.status = 'planned' AND coalesce(m.next_try, m.not_before) <= @now::timestamptz FOR UPDATE OF m SKIP LOCKED;

-- name: SealMessage :exec
UPDATE messages SET sealed_at = coalesce(sealed_at, @now), body = @body WHERE id = @id;

-- name: MessageNotices :many
SELECT n.kind, n.level, n.act, (CASE WHEN u.enterprise_id IS NULL THEN n.about ELSE outside_about(n.about) END)::jsonb AS about, n.parts, coalesce(c.id::text, '')::text AS case_id, coalesce(c.kind, '')::text AS case_kind,
    coalesce(c.number, '')::text AS number, c.due_on
FROM notices AS n JOIN users AS u ON u.id = n.user_id LEFT JOIN cases AS c ON c.id = n.case_id WHERE n.message_id = @message_id
ORDER BY n.level = 'red' DESC, n.level = 'normal' DESC, n.id DESC LIMIT @size;

-- name: CountMessageNotices :one
SELECT count(*)::integer AS total, (count(*) FILTER (WHERE level = 'red'))::integer AS urgent FROM notices WHERE message_id = @message_id;

-- name: NextRoute :one
-- The person's first channel that the message has not given up: one that is in use before one that is not.
SELECT h.id, h.kind, h.name, h.settings, h.secrets, h.blocked_until, h.window_at, (h.disabled_at IS NOT NULL)::boolean AS disabled
FROM routes AS r JOIN channels AS h ON h.id = r.channel_id
WHERE r.user_id = @user_id AND h.id <> ALL (@given_up::uuid[]) ORDER BY h.disabled_at IS NOT NULL, r.position LIMIT 1;

-- name: TakeToken :execrows
WITH fresh AS (SELECT c.id, c.window_at <= sqlc.arg(now)::timestamptz - interval '1 minute' AS over FROM channels AS c WHERE c.id = @id FOR UPDATE)
UPDATE channels AS h SET window_sent = CASE WHEN fresh.over THEN 1 ELSE h.window_sent + 1 END,
    window_at = CASE WHEN fresh.over THEN sqlc.arg(now)::timestamptz ELSE h.window_at END
FROM fresh WHERE h.id = fresh.id AND coalesce(h.blocked_until, '-infinity') <= sqlc.arg(now)::timestamptz AND (fresh.over OR h.window_sent < h.per_minute);

-- name: BlockChannel :exec
UPDATE channels SET blocked_until = @until WHERE id = @id;

-- name: BeginDelivery :exec
INSERT INTO deliveries (message_id, channel_id, attempt, status, sent_at) VALUES (@message_id, @channel_id, @attempt, 'sent', @sent_at);

-- name: EndDelivery :exec
UPDATE deliveries SET status = @status, reason = @reason, ended_at = @ended_at WHERE message_id = @message_id AND attempt = @attempt;

-- name: TriesOver :one
SELECT count(*)::integer AS tries, (count(*) FILTER (WHERE status = 'sent'))::integer AS unanswered FROM deliveries WHERE message_id = @message_id AND channel_id = @channel_id;

-- name: LeaseMessage :exec
UPDATE messages SET attempts = @attempts, next_try = @next_try, resting_since = NULL WHERE id = @id;

-- name: DelayMessage :exec
UPDATE messages SET next_try = @next_try WHERE id = @id AND status = 'planned';

-- name: GiveUpRoute :exec
UPDATE messages SET given_up = array_append(given_up, @channel_id::uuid), next_try = @next_try WHERE id = @id AND status = 'planned';

-- name: RestMessage :exec
UPDATE messages SET next_try = @next_try, resting_since = coalesce(resting_since, @now::timestamptz) WHERE id = @id AND status = 'planned';

-- name: WakeResting :exec
-- What waited for a channel goes at once: it is back in use, or the person has chosen another one.
UPDATE messages SET next_try = NULL, resting_since = NULL WHERE status = 'planned' AND resting_since IS NOT NULL
    AND (user_id = sqlc.narg(user_id)::uuid OR user_id IN (SELECT r.user_id FROM routes AS r WHERE r.channel_id = sqlc.narg(channel_id)::uuid));

-- name: EndMessage :exec
UPDATE messages SET status = @status, ended_at = @ended_at, next_try = NULL, sealed_at = coalesce(sealed_at, @ended_at) WHERE id = @id AND status = 'planned';

-- name: ResendMessage :execrows
UPDATE messages SET status = 'planned', given_up = '{}', next_try = @now, ended_at = NULL WHERE id = @id AND status = 'dead';

-- name: Messages :many
SELECT m.id, m.level, m.status, m.not_before, m.next_try, m.resting_since, m.sealed_at, m.ended_at, m.attempts, u.name AS user_name,
    (SELECT count(*) FROM notices AS n WHERE n.message_id = m.id)::integer AS notices,
    coalesce(h.name, '')::text AS channel, CASE WHEN h.kind = 'sink' THEN m.body END::jsonb AS said, coalesce(d.status, '')::text AS delivery, coalesce(d.reason, '')::text AS reason, d.ended_at AS tried_at
FROM messages AS m JOIN users AS u ON u.id = m.user_id
LEFT JOIN LATERAL (SELECT * FROM deliveries AS x WHERE x.message_id = m.id ORDER BY x.attempt DESC LIMIT 1) AS d ON true
LEFT JOIN channels AS h ON h.id = d.channel_id
WHERE m.id < @before AND (sqlc.narg(status)::text IS NULL OR m.status = sqlc.narg(status)) AND u.park_id = @park_id
ORDER BY m.id DESC LIMIT @size;

-- name: CountDead :one
SELECT count(*)::integer FROM messages WHERE status = 'dead';

-- name: Channels :many
SELECT id, kind, name, settings, secrets, per_minute, disabled_at, blocked_until,
    (SELECT count(*) FROM routes AS r WHERE r.channel_id = h.id)::integer AS people
FROM channels AS h WHERE park_id = @park_id ORDER BY name;

-- name: Channel :one
SELECT id, kind, name, settings, secrets, per_minute, disabled_at FROM channels WHERE park_id = @park_id AND id = @id;

-- name: SaveChannel :exec
INSERT INTO channels (id, park_id, kind, name, settings, secrets, per_minute) VALUES (@id, @park_id, @kind, @name, @settings, @secrets, @per_minute)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, settings = excluded.settings, secrets = excluded.secrets, per_minute = excluded.per_minute, blocked_until = NULL;

-- name: SetChannelDisabled :execrows
UPDATE channels SET disabled_at = @disabled_at WHERE park_id = @park_id AND id = @id;

-- name: Routes :many
SELECT channel_id FROM routes WHERE user_id = @user_id ORDER BY position;

-- name: ClearRoutes :exec
DELETE FROM routes WHERE user_id = @user_id;

-- name: AddRoute :exec
INSERT INTO routes (user_id, channel_id, position) VALUES (@user_id, @channel_id, @position);

-- name: Habits :one
SELECT email, mobile, digest_minute, quiet_from, quiet_to FROM users WHERE id = @id;

-- name: SetHabits :exec
UPDATE users SET email = @email, mobile = @mobile, digest_minute = @digest_minute, quiet_from = @quiet_from, quiet_to = @quiet_to WHERE id = @id;

-- name: Absences :many
SELECT a.id, a.from_on, a.to_on, a.reason, u.name AS deputy FROM absences AS a JOIN users AS u ON u.id = a.deputy_id
WHERE a.user_id = @user_id AND a.to_on >= @today ORDER BY a.from_on, a.id;

-- name: AddAbsence :execrows
-- Adds an absence whose deputy may stand in.
INSERT INTO absences (user_id, deputy_id, from_on, to_on, reason)
SELECT @user_id::uuid, @deputy_id::uuid, @from_on::date, @to_on::date, @reason::text WHERE may_stand_in(@user_id::uuid, @deputy_id::uuid);

-- name: AbsenceInTheWay :one
-- What stands in the way of an absence: the same deputy stands in on one of its days already, or whoever stands in for the deputy on one of them is, in the end, the
-- person themself: then nobody would be told.
WITH RECURSIVE chain AS (
    SELECT a.deputy_id, greatest(a.from_on, @from_on::date) AS since, least(a.to_on, @to_on::date) AS until FROM absences AS a
    WHERE a.user_id = @deputy_id::uuid AND a.from_on <= @to_on::date AND a.to_on >= @from_on::date
    UNION
    SELECT a.deputy_id, greatest(a.from_on, c.since), least(a.to_on, c.until) FROM chain AS c JOIN absences AS a ON a.user_id = c.deputy_id AND a.from_on <= c.until AND a.to_on >= c.since
)
SELECT EXISTS (SELECT FROM absences AS a WHERE a.user_id = @user_id::uuid AND a.deputy_id = @deputy_id::uuid AND a.from_on <= @to_on::date AND a.to_on >= @from_on::date)::boolean AS same,
    EXISTS (SELECT FROM chain AS c WHERE c.deputy_id = @user_id::uuid)::boolean AS circle;

-- name: Deputies :many
-- Who may stand in for somebody.
SELECT d.id, d.name, d.roles, coalesce(u.name, '')::text AS unit FROM users AS d LEFT JOIN units AS u ON u.id = d.unit_id
WHERE d.park_id = @park_id AND d.enterprise_id IS NOT DISTINCT FROM (SELECT a.enterprise_id FROM users AS a WHERE a.id = @user_id::uuid) -- few of many, whom the rule is asked of
    AND may_stand_in(@user_id::uuid, d.id) ORDER BY d.name, d.id LIMIT 500;

-- name: EndAbsence :execrows
DELETE FROM absences WHERE id = @id AND user_id = @user_id;

-- name: TellLeaders :execrows
-- The morning digest: one notice for each leader and day.
INSERT INTO notices (user_id, kind, created_at, level, about)
SELECT u.id, 'digest', @now::timestamptz, 'normal', @about::jsonb FROM users AS u
WHERE u.park_id = @park_id AND u.disabled_at IS NULL AND 'leader' = ANY (u.roles)
    AND NOT EXISTS (SELECT FROM notices AS n WHERE n.user_id = u.id AND n.kind = 'digest' AND n.about ->> 'day' = @about::jsonb ->> 'day');

-- name: TellVisitsDue :execrows
-- What the year's plan of inspections asks of people: one notice for each and day.
INSERT INTO notices (user_id, kind, created_at, level, about)
SELECT u.id, 'visits_due', @now::timestamptz, 'normal', p.about FROM jsonb_to_recordset(@people::jsonb) AS p (id uuid, about jsonb) JOIN users AS u ON u.id = p.id
WHERE u.park_id = @park_id AND u.disabled_at IS NULL
    AND NOT EXISTS (SELECT FROM notices AS n WHERE n.user_id = u.id AND n.kind = 'visits_due' AND n.about ->> 'day' = p.about ->> 'day');

-- name: DigestFigures :one
SELECT count(*) FILTER (WHERE k.due_order < @now::timestamptz)::integer AS overdue,
    count(*) FILTER (WHERE k.due_order >= @now::timestamptz)::integer AS week,
    count(*) FILTER (WHERE k.escalated)::integer AS escalated,
    count(*) FILTER (WHERE k.provisional)::integer AS provisional
FROM cards AS k WHERE k.park_id = @park_id AND NOT k.done AND k.due_order < @week::timestamptz;

-- name: LateHolders :many
SELECT one.holder_name, late.count FROM (
    SELECT k.holder_id, count(*)::integer AS count FROM cards AS k
    WHERE k.park_id = @park_id AND NOT k.done AND k.due_order < @now::timestamptz AND k.holder_id IS NOT NULL
    GROUP BY k.holder_id ORDER BY count(*) DESC, k.holder_id LIMIT 5) AS late
CROSS JOIN LATERAL (SELECT c.holder_name FROM cards AS o JOIN cases AS c ON c.id = o.case_id
    WHERE o.holder_id = late.holder_id AND NOT o.done ORDER BY o.due_order, o.case_id LIMIT 1) AS one
ORDER BY late.count DESC, one.holder_name;
