-- The zone, its enterprises, units and campaigns.

-- name: Park :one
-- No row when there are several: which one is meant is not guessed.
SELECT id, code, name, short_name, letters, demo, authority, visit_gap_days FROM parks WHERE NOT EXISTS (SELECT FROM parks AS other WHERE other.id <> parks.id);

-- name: ZoneNames :many
SELECT name FROM parks ORDER BY demo, name;

-- name: AddPark :exec
INSERT INTO parks (id, code, name, short_name, letters, demo, authority, visit_gap_days)
VALUES (@id, @code, @name, @short_name, @letters, @demo, coalesce(nullif(@authority::text, ''), 'supervises'), sqlc.narg(visit_gap_days)) ON CONFLICT DO NOTHING;

-- name: AddUnit :exec
INSERT INTO units (id, park_id, name, kind) VALUES (@id, @park_id, @name, @kind) ON CONFLICT DO NOTHING;

-- name: Units :many
SELECT o.id, o.name, o.kind, coalesce(o.head_id::text, '')::text AS head_id, coalesce(u.name, '')::text AS head
FROM units AS o LEFT JOIN users AS u ON u.id = o.head_id WHERE o.park_id = @park_id ORDER BY o.kind DESC, o.name;

-- name: AddEnterprise :one
INSERT INTO enterprises (id, park_id, name, short_name, sector, invented, credit_code) VALUES (@id, @park_id, @name, @short_name, @sector, @invented, @credit_code)
ON CONFLICT DO NOTHING RETURNING id;

-- name: AddEnterpriseAlias :exec
INSERT INTO enterprise_aliases (enterprise_id, alias) VALUES (@enterprise_id, @alias) ON CONFLICT DO NOTHING;

-- name: Enterprises :many
-- By short name; two may go by the same. words has the form of plain(). Asked for alone, one that was merged away is told with the one it became.
SELECT e.id, e.name, e.short_name, e.credit_code, e.sector, e.invented, coalesce(e.merged_into::text, '')::text AS merged_into,
    coalesce((SELECT t.short_name FROM enterprises AS t WHERE t.id = e.merged_into), '')::text AS merged_name,
    (SELECT coalesce(array_agg(a.alias ORDER BY a.alias), '{}') FROM enterprise_aliases AS a WHERE a.enterprise_id = e.id)::text[] AS aliases
FROM enterprises AS e
WHERE e.park_id = @park_id AND (sqlc.narg(one)::uuid IS NULL OR e.id = sqlc.narg(one)::uuid) AND (sqlc.narg(one)::uuid IS NOT NULL OR e.merged_into IS NULL)
    AND (sqlc.narg(words)::text IS NULL OR closeness(sqlc.narg(words)::text, e.plain_short, e.short_letters) < 9
        OR closeness(sqlc.narg(words)::text, e.plain_name, e.name_letters) < 9 OR strpos(lower(e.credit_code), sqlc.narg(words)::text) > 0
        OR EXISTS (SELECT FROM enterprise_aliases AS a WHERE a.enterprise_id = e.id AND closeness(sqlc.narg(words)::text, a.plain_alias, a.alias_letters) < 9))
    AND (e.short_name, e.id) > (@after_name::text, @after_id::uuid)
ORDER BY e.short_name, e.id LIMIT @size;

-- name: AddCampaign :exec
INSERT INTO campaigns (id, park_id, name, started_on, ended_on) VALUES (@id, @park_id, @name, @started_on, @ended_on) ON CONFLICT DO NOTHING;

-- name: AddChecklist :exec
INSERT INTO checklists (id, park_id, name, version, basic, site, serious) VALUES (@id, @park_id, @name, 1, @basic, @site, @serious) ON CONFLICT DO NOTHING;

-- name: AddTenancy :exec
INSERT INTO tenancies (id, park_id, enterprise_id, tenant_id, place) VALUES (@id, @park_id, @enterprise_id, @tenant_id, @place) ON CONFLICT DO NOTHING;

-- name: CampaignName :one
SELECT name FROM campaigns WHERE park_id = @park_id AND id = @id;

-- name: HazardLevels :many
-- What the office itself calls the levels of hazards, the gravest last.
SELECT code, name, statutory FROM hazard_levels WHERE park_id = @park_id ORDER BY statutory, code, id;

-- name: Campaigns :many
-- A viewer who is not of the zone's staff knows those in which something in their sight was found, and counts that: nobody hears of what is still to come.
SELECT c.id, c.name, c.started_on, c.ended_on, (SELECT count(*) FROM cards AS k WHERE k.campaign_id = c.id AND k.kind = 'hazard'
        AND (sqlc.narg(viewers)::uuid[] IS NULL OR EXISTS (SELECT FROM sight AS v WHERE v.case_id = k.case_id AND v.party_id = ANY (sqlc.narg(viewers)::uuid[]))))::integer AS hazards
FROM campaigns AS c WHERE c.park_id = @park_id AND (sqlc.narg(viewers)::uuid[] IS NULL OR EXISTS (SELECT FROM sight AS v JOIN cards AS k ON k.case_id = v.case_id
        WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]) AND k.campaign_id = c.id AND k.kind = 'hazard'))
ORDER BY c.started_on DESC, c.id;

-- name: Staff :many
SELECT id, name, roles, coalesce(unit_id::text, '')::text AS unit_id FROM users
WHERE park_id = @park_id AND disabled_at IS NULL AND 'enterprise' <> ALL (roles) ORDER BY name, id;

-- name: SetUnitHead :execrows
UPDATE units SET head_id = sqlc.narg(head_id) WHERE park_id = @park_id AND id = @id;

-- name: SetEnterpriseCare :execrows
UPDATE enterprises SET liaison_id = sqlc.narg(liaison_id), department_id = sqlc.narg(department_id) WHERE park_id = @park_id AND id = @id;

-- name: EnterpriseCare :one
SELECT coalesce(u.name, '')::text AS liaison, coalesce(e.liaison_id::text, '')::text AS liaison_id, coalesce(o.name, '')::text AS department,
    coalesce(e.department_id::text, '')::text AS department_id
FROM enterprises AS e LEFT JOIN users AS u ON u.id = e.liaison_id LEFT JOIN units AS o ON o.id = e.department_id WHERE e.park_id = @park_id AND e.id = @id;

-- name: DemoClock :one
SELECT extract(epoch FROM ahead)::double precision AS ahead, goal FROM demo_clocks WHERE park_id = @park_id;

-- name: StartDemoClock :exec
-- A zone in which something has been recorded already began in the machine's time and stays in it.
INSERT INTO demo_clocks (park_id, ahead)
SELECT @park_id, make_interval(secs => CASE WHEN EXISTS (SELECT FROM events) THEN 0 ELSE sqlc.arg(ahead)::double precision END) ON CONFLICT DO NOTHING;

-- name: MarkSamples :exec
UPDATE cases SET sample = true WHERE park_id = @park_id AND id = ANY (@ids::uuid[]) AND NOT sample;

-- name: InventedEnterprises :many
SELECT short_name FROM enterprises WHERE park_id = @park_id AND invented;

-- name: SettleNotices :exec
-- What was told before a day is history: read, and not to be sent any more.
UPDATE notices SET planned_at = created_at, read_at = coalesce(read_at, created_at) WHERE planned_at IS NULL AND created_at < @before;

-- name: AddSink :exec
INSERT INTO channels (id, park_id, kind, name, secrets, per_minute) VALUES (@id, @park_id, 'sink', @name, '', @per_minute) ON CONFLICT DO NOTHING;

-- name: RouteEverybody :exec
-- Everybody who has no channel of their own is reached over this one.
INSERT INTO routes (user_id, channel_id, position)
SELECT u.id, @channel_id, 1 FROM users AS u WHERE u.park_id = @park_id AND NOT EXISTS (SELECT FROM routes AS r WHERE r.user_id = u.id);

-- name: SetDemoClock :exec
UPDATE demo_clocks SET ahead = make_interval(secs => sqlc.arg(ahead)::double precision) WHERE park_id = @park_id;

-- name: SetDemoGoal :exec
UPDATE demo_clocks SET goal = sqlc.narg(goal) WHERE park_id = @park_id;

-- name: NextWake :one
SELECT next_wake::timestamptz AS at FROM cases WHERE next_wake > @after::timestamptz ORDER BY next_wake LIMIT 1;

-- name: CompleteStep :exec
INSERT INTO setup_steps (park_id, step, done_at) VALUES (@park_id, @step, @done_at) ON CONFLICT DO NOTHING;

-- name: StepCompleted :one
SELECT EXISTS (SELECT FROM setup_steps WHERE park_id = @park_id AND step = @step);

-- name: KeysOf :many
SELECT key FROM events WHERE key_owner = @key_owner;

-- name: CountOpenCases :one
SELECT count(*)::integer FROM cases WHERE NOT done;
