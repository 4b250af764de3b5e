-- Everything people read. Lists are keyset-paged over (due_order, id); a viewer who is not of the zone's staff
-- sees what the filter on viewers lets through: the cases that stand in sight for one of the ids they go by (store/viewer.go).
-- wide: the viewer sees so many that walking the list in order and looking at each is faster than beginning at what is in sight.

-- name: Standing :one
SELECT id, kind, number, title, version, state, stage, round, done, coalesce(holder_kind, '') AS holder_kind, coalesce(holder_id::text, '')::text AS holder_id,
    holder_name, holder_since, due_on, next_wake, wake FROM cases WHERE id = @id;

-- name: OpenCases :many
SELECT id, kind FROM cases WHERE NOT done AND id > @after ORDER BY id LIMIT @size;

-- name: Projects :many
SELECT c.id, c.number, c.title, c.version, c.state, c.stage, c.done, c.enterprise_id, c.enterprise_name, coalesce(c.holder_kind, '') AS holder_kind,
    coalesce(c.holder_id::text, '')::text AS holder_id, c.holder_name, c.holder_since, c.due_on, c.target_on, c.provisional, c.overdue_since, c.suspended_since, c.updated_at,
    c.due_order::text AS due_order, p.sector, p.site_mode, p.investment, p.is_key, p.stage_since, p.signed_on, p.construction_started_on,
    p.production_on, p.full_capacity_on, p.above_scale_on, p.manager_name
FROM cases AS c JOIN projects AS p ON p.case_id = c.id
WHERE c.park_id = @park_id AND c.kind = 'project'
    AND (sqlc.narg(done)::boolean IS NULL OR c.done = sqlc.narg(done))
    AND (sqlc.narg(stage)::text IS NULL OR c.stage = sqlc.narg(stage))
    AND (sqlc.narg(state)::text IS NULL OR c.state = sqlc.narg(state))
    AND (sqlc.narg(sector)::text IS NULL OR p.sector = sqlc.narg(sector))
    AND (sqlc.narg(site_mode)::text IS NULL OR p.site_mode = sqlc.narg(site_mode))
    AND (sqlc.narg(holder_id)::uuid IS NULL OR c.holder_id = sqlc.narg(holder_id))
    AND (sqlc.narg(enterprise_id)::uuid IS NULL OR c.enterprise_id = sqlc.narg(enterprise_id))
    AND (sqlc.narg(overdue_at)::timestamptz IS NULL OR c.due_order < sqlc.narg(overdue_at))
    AND (sqlc.narg(in_hand_year)::integer IS NULL OR (p.is_key AND p.construction_started_on < make_date(sqlc.narg(in_hand_year) + 1, 1, 1)
        AND coalesce(p.production_on, 'infinity') >= make_date(sqlc.narg(in_hand_year), 1, 1)))
    AND (sqlc.narg(started_year)::integer IS NULL OR extract(year FROM p.construction_started_on) = sqlc.narg(started_year))
    AND (sqlc.narg(signed_year)::integer IS NULL OR extract(year FROM p.signed_on) = sqlc.narg(signed_year))
    AND (sqlc.narg(production_year)::integer IS NULL OR extract(year FROM p.production_on) = sqlc.narg(production_year))
    AND (sqlc.narg(words)::text IS NULL OR c.grams @> bigrams(sqlc.narg(words)))
    AND (sqlc.narg(viewers)::uuid[] IS NULL OR CASE WHEN @wide::boolean
        THEN EXISTS (SELECT FROM sight AS v WHERE v.case_id = c.id AND v.party_id = ANY (sqlc.narg(viewers)::uuid[]))
        ELSE c.id = ANY (ARRAY(SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]))) END)
    AND (c.due_order, c.id) > (sqlc.arg(after_due)::text::timestamptz, @after_id::uuid)
ORDER BY c.due_order, c.id LIMIT @size;

-- name: ProjectTotals :one
SELECT count(*)::integer AS count, coalesce(sum(p.investment), 0)::numeric(18, 2) AS investment,
    count(*) FILTER (WHERE c.due_order < @now::timestamptz)::integer AS overdue
FROM cases AS c JOIN projects AS p ON p.case_id = c.id
WHERE c.park_id = @park_id AND c.kind = 'project'
    AND (sqlc.narg(done)::boolean IS NULL OR c.done = sqlc.narg(done))
    AND (sqlc.narg(stage)::text IS NULL OR c.stage = sqlc.narg(stage))
    AND (sqlc.narg(state)::text IS NULL OR c.state = sqlc.narg(state))
    AND (sqlc.narg(sector)::text IS NULL OR p.sector = sqlc.narg(sector))
    AND (sqlc.narg(site_mode)::text IS NULL OR p.site_mode = sqlc.narg(site_mode))
    AND (sqlc.narg(holder_id)::uuid IS NULL OR c.holder_id = sqlc.narg(holder_id))
    AND (sqlc.narg(enterprise_id)::uuid IS NULL OR c.enterprise_id = sqlc.narg(enterprise_id))
    AND (sqlc.narg(overdue_at)::timestamptz IS NULL OR c.due_order < sqlc.narg(overdue_at))
    AND (sqlc.narg(in_hand_year)::integer IS NULL OR (p.is_key AND p.construction_started_on < make_date(sqlc.narg(in_hand_year) + 1, 1, 1)
        AND coalesce(p.production_on, 'infinity') >= make_date(sqlc.narg(in_hand_year), 1, 1)))
    AND (sqlc.narg(started_year)::integer IS NULL OR extract(year FROM p.construction_started_on) = sqlc.narg(started_year))
    AND (sqlc.narg(signed_year)::integer IS NULL OR extract(year FROM p.signed_on) = sqlc.narg(signed_year))
    AND (sqlc.narg(production_year)::integer IS NULL OR extract(year FROM p.production_on) = sqlc.narg(production_year))
    AND (sqlc.narg(words)::text IS NULL OR c.grams @> bigrams(sqlc.narg(words)))
    AND (sqlc.narg(viewers)::uuid[] IS NULL OR c.id = ANY (ARRAY(SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]))));

-- name: StageCounts :many
SELECT c.stage, count(*)::integer AS count, sum(p.investment)::numeric(18, 2) AS investment
FROM cases AS c JOIN projects AS p ON p.case_id = c.id
WHERE c.park_id = @park_id AND c.kind = 'project' AND NOT c.done
    AND (sqlc.narg(viewers)::uuid[] IS NULL OR c.id = ANY (ARRAY(SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]))))
GROUP BY c.stage;

-- name: Hazards :many
SELECT c.id, c.number, c.title, c.version, c.state, c.round, c.done, c.enterprise_id, c.enterprise_name, coalesce(c.holder_kind, '') AS holder_kind,
    coalesce(c.holder_id::text, '')::text AS holder_id, c.holder_name, c.holder_since, c.due_on, c.target_on, c.provisional, c.overdue_since, c.updated_at, c.due_order::text AS due_order,
    h.level, h.location, h.found_on, h.supervisor_name, h.result, h.closed_on
FROM cases AS c JOIN hazards AS h ON h.case_id = c.id
WHERE c.park_id = @park_id AND c.kind = 'hazard'
    AND (sqlc.narg(done)::boolean IS NULL OR c.done = sqlc.narg(done))
    AND (sqlc.narg(state)::text IS NULL OR c.state = sqlc.narg(state))
    AND (sqlc.narg(level)::text IS NULL OR h.level = sqlc.narg(level))
    AND (sqlc.narg(found_year)::integer IS NULL OR extract(year FROM h.found_on) = sqlc.narg(found_year))
    AND (sqlc.narg(campaign_id)::uuid IS NULL OR h.campaign_id = sqlc.narg(campaign_id))
    AND (sqlc.narg(holder_id)::uuid IS NULL OR c.holder_id = sqlc.narg(holder_id))
    AND (sqlc.narg(enterprise_id)::uuid IS NULL OR c.enterprise_id = sqlc.narg(enterprise_id))
    AND (sqlc.narg(overdue_at)::timestamptz IS NULL OR c.due_order < sqlc.narg(overdue_at))
    AND (sqlc.narg(words)::text IS NULL OR c.grams @> bigrams(sqlc.narg(words)))
    AND (sqlc.narg(viewers)::uuid[] IS NULL OR CASE WHEN @wide::boolean
        THEN EXISTS (SELECT FROM sight AS v WHERE v.case_id = c.id AND v.party_id = ANY (sqlc.narg(viewers)::uuid[]))
        ELSE c.id = ANY (ARRAY(SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]))) END)
    AND (c.due_order, c.id) > (sqlc.arg(after_due)::text::timestamptz, @after_id::uuid)
ORDER BY c.due_order, c.id LIMIT @size;

-- name: HazardTotals :one
SELECT count(*) FILTER (WHERE NOT c.done)::integer AS open,
    count(*) FILTER (WHERE c.due_order < @now::timestamptz)::integer AS overdue,
    count(*) FILTER (WHERE c.state = 'reported')::integer AS reported,
    count(*) FILTER (WHERE NOT c.done AND h.level = 'major')::integer AS major,
    count(*) FILTER (WHERE c.done)::integer AS closed,
    count(*) FILTER (WHERE NOT c.sample AND h.result <> 'withdrawn' AND extract(year FROM h.found_on) = @year::integer)::integer AS found_in_year,
    count(*) FILTER (WHERE NOT c.sample AND h.result IN ('passed', 'fixed_on_spot') AND extract(year FROM h.found_on) = @year::integer)::integer AS rectified_in_year,
    count(*) FILTER (WHERE c.sample AND extract(year FROM h.found_on) = @year::integer)::integer AS samples
FROM cases AS c JOIN hazards AS h ON h.case_id = c.id
WHERE c.park_id = @park_id AND c.kind = 'hazard'
    AND (sqlc.narg(viewers)::uuid[] IS NULL OR c.id = ANY (ARRAY(SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]))));

-- name: Inbox :many
SELECT c.id, c.kind, c.number, c.title, c.state, c.stage, c.round, c.enterprise_name, coalesce(c.holder_kind, '') AS holder_kind,
    coalesce(c.holder_id::text, '')::text AS holder_id, c.holder_name, c.holder_since, c.due_on, c.target_on, c.provisional, c.overdue_since, c.due_order::text AS due_order
FROM cases AS c
WHERE NOT c.done AND c.park_id = @park_id AND c.holder_id = ANY (@holders::uuid[])
    AND (c.due_order, c.id) > (sqlc.arg(after_due)::text::timestamptz, @after_id::uuid)
ORDER BY c.due_order, c.id LIMIT @size;

-- name: InboxCounts :one
SELECT count(*)::integer AS total, count(*) FILTER (WHERE c.due_order < @now::timestamptz)::integer AS overdue,
    count(*) FILTER (WHERE c.due_on = @today::date)::integer AS today
FROM cases AS c WHERE NOT c.done AND c.park_id = @park_id AND c.holder_id = ANY (@holders::uuid[]);

-- name: WaitingFor :many
SELECT c.id, c.kind, c.title, coalesce(c.holder_kind, '') AS holder_kind, c.holder_name, c.holder_since, c.due_on
FROM cases AS c LEFT JOIN projects AS p ON p.case_id = c.id LEFT JOIN hazards AS h ON h.case_id = c.id
WHERE NOT c.done AND c.park_id = @park_id AND (p.manager_id = @user_id OR h.supervisor_id = @user_id) AND c.holder_id <> @user_id
ORDER BY c.due_order, c.id LIMIT @size;

-- name: Search :many
SELECT id, kind, number, title, state, stage, enterprise_name, due_on, done FROM cases AS c
WHERE c.park_id = @park_id AND c.grams @> bigrams(@words::text)
    AND (sqlc.narg(viewers)::uuid[] IS NULL OR c.id = ANY (ARRAY(SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]))))
ORDER BY c.updated_at DESC, c.id LIMIT @size;

-- name: History :many
SELECT * FROM events WHERE case_id = @case_id AND version < @before ORDER BY version DESC LIMIT @size;

-- name: Chain :many
SELECT * FROM events WHERE case_id = @case_id AND version > @after ORDER BY version LIMIT @size;

-- name: CaseHead :one
SELECT id, kind, park_id, number, version, definition_version, head_hash, enterprise_id FROM cases WHERE id = @id;

-- name: CountSight :one
SELECT count(*)::integer FROM (SELECT FROM sight AS v WHERE v.party_id = ANY (@viewers::uuid[]) LIMIT @most) AS found;

-- name: InSight :one
SELECT EXISTS (SELECT FROM sight AS v WHERE v.case_id = @case_id AND v.party_id = ANY (@viewers::uuid[]));

-- name: AllCaseIDs :many
SELECT id FROM cases WHERE id > @after ORDER BY id LIMIT @size;

-- name: Notices :many
SELECT n.id, n.kind, n.level, n.act, (CASE WHEN u.enterprise_id IS NULL THEN n.about ELSE outside_about(n.about) END)::jsonb AS about, n.created_at, n.read_at, n.acked_at, coalesce(c.id::text, '')::text AS case_id, coalesce(c.kind, '')::text AS case_kind,
    coalesce(c.number, '')::text AS number, coalesce(c.title, '')::text AS title, coalesce(b.name, '')::text AS behalf
FROM notices AS n JOIN users AS u ON u.id = n.user_id LEFT JOIN cases AS c ON c.id = n.case_id
LEFT JOIN users AS b ON b.id = n.on_behalf_of AND (u.enterprise_id IS NULL OR u.enterprise_id = b.enterprise_id)
WHERE n.user_id = @user_id AND n.id < @before ORDER BY n.id DESC LIMIT @size;

-- name: AckNotice :execrows
UPDATE notices SET acked_at = coalesce(acked_at, @now), read_at = coalesce(read_at, @now) WHERE user_id = @user_id AND id = @id;

-- name: UnreadNotices :one
SELECT count(*)::integer FROM notices WHERE user_id = @user_id AND read_at IS NULL;

-- name: MarkNoticesRead :exec
UPDATE notices SET read_at = @now WHERE user_id = @user_id AND read_at IS NULL AND id <= @up_to;

-- name: AddUpload :exec
INSERT INTO uploads (id, park_id, name, media_type, size, sha256, uploaded_by) VALUES (@id, @park_id, @name, @media_type, @size, @sha256, @uploaded_by);

-- name: Attachment :one
SELECT a.name, a.media_type, a.size, a.sha256, a.by_id, a.audience FROM attachments AS a WHERE a.case_id = @case_id AND a.number = @number AND a.revision = @revision;

-- name: FileDeeds :many
-- The events that can have brought the files of a case which have no audience of their own: those recorded at that instant.
SELECT a.number, a.revision, e.command, e.actor, e.outcome, e.audience FROM attachments AS a JOIN events AS e ON e.case_id = a.case_id AND e.recorded_at = a.at
WHERE a.case_id = @case_id AND a.audience = '' ORDER BY a.number, a.revision, e.version;

-- name: EnterprisePeople :many
SELECT id, name, (disabled_at IS NULL)::boolean AS active FROM users WHERE park_id = @park_id AND enterprise_id = @enterprise_id ORDER BY name, id;

-- name: WorkTab :many
-- What lies on one tab of somebody's work, the most urgent first. unread: something newer than what they last saw.
SELECT c.id, c.kind, c.number, c.title, c.state, c.stage, c.round, c.enterprise_name, coalesce(c.holder_kind, '') AS holder_kind,
    coalesce(c.holder_id::text, '')::text AS holder_id, c.holder_name, c.holder_since, c.due_on, c.target_on, c.provisional, c.overdue_since, c.due_order::text AS due_order,
    (c.version > coalesce((SELECT s.version FROM seen AS s WHERE s.user_id = @user_id AND s.case_id = c.id), 0))::boolean AS unread
FROM cases AS c
WHERE c.park_id = @park_id AND CASE @tab::text
    WHEN 'todo' THEN NOT c.done AND c.holder_kind <> 'unit' AND c.holder_id = ANY (@holders::uuid[])
    WHEN 'claim' THEN NOT c.done AND c.holder_kind = 'unit' AND c.holder_id = ANY (@holders::uuid[])
    WHEN 'done' THEN c.holder_id IS DISTINCT FROM @user_id AND c.id IN (SELECT e.case_id FROM events AS e WHERE e.actor ->> 'type' = 'person' AND e.actor ->> 'id' = @user_id::text)
    WHEN 'copied' THEN c.id IN (SELECT n.case_id FROM notices AS n WHERE n.user_id = @user_id AND n.kind = 'copied')
    WHEN 'started' THEN c.id IN (SELECT e.case_id FROM events AS e WHERE e.actor ->> 'type' = 'person' AND e.actor ->> 'id' = @user_id::text AND e.version = 1)
    WHEN 'watched' THEN c.id IN (SELECT w.case_id FROM watches AS w WHERE w.user_id = @user_id)
    ELSE false END
    AND (sqlc.narg(viewers)::uuid[] IS NULL OR c.id = ANY (ARRAY(SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]))))
    AND (c.due_order, c.id) > (sqlc.arg(after_due)::text::timestamptz, @after_id::uuid)
ORDER BY c.due_order, c.id LIMIT @size;

-- name: WorkCounts :one
SELECT (SELECT count(*) FROM cases AS c WHERE NOT c.done AND c.holder_kind <> 'unit' AND c.holder_id = ANY (@holders::uuid[]))::integer AS todo,
    (SELECT count(*) FROM cases AS c WHERE NOT c.done AND c.holder_kind = 'unit' AND c.holder_id = ANY (@holders::uuid[]))::integer AS claim,
    (SELECT count(DISTINCT e.case_id) FROM events AS e JOIN cases AS c ON c.id = e.case_id WHERE e.actor ->> 'type' = 'person' AND e.actor ->> 'id' = @user_id::text
        AND c.holder_id IS DISTINCT FROM @user_id::uuid)::integer AS done,
    (SELECT count(DISTINCT n.case_id) FROM notices AS n WHERE n.user_id = @user_id::uuid AND n.kind = 'copied')::integer AS copied,
    (SELECT count(*) FROM events AS e WHERE e.actor ->> 'type' = 'person' AND e.actor ->> 'id' = @user_id::text AND e.version = 1)::integer AS started,
    (SELECT count(*) FROM watches AS w WHERE w.user_id = @user_id::uuid)::integer AS watched;

-- name: SetSeen :exec
INSERT INTO seen (user_id, case_id, version) VALUES (@user_id, @case_id, @version)
ON CONFLICT (user_id, case_id) DO UPDATE SET version = greatest(seen.version, excluded.version);

-- name: Watches :one
SELECT EXISTS (SELECT FROM watches WHERE user_id = @user_id AND case_id = @case_id);

-- name: Watch :exec
INSERT INTO watches (user_id, case_id, since) VALUES (@user_id, @case_id, @since) ON CONFLICT DO NOTHING;

-- name: Unwatch :exec
DELETE FROM watches WHERE user_id = @user_id AND case_id = @case_id;

-- name: Filters :many
-- One's own; for staff also what colleagues of their unit, or anybody, shared with them and still may.
SELECT f.id, f.name, f.query, f.shared_with, (f.user_id = @user_id)::boolean AS own, u.name AS owner FROM filters AS f JOIN users AS u ON u.id = f.user_id
WHERE f.park_id = @park_id AND f.list = @list AND (f.user_id = @user_id
    OR (@staff::boolean AND u.disabled_at IS NULL AND u.enterprise_id IS NULL
        AND EXISTS (SELECT FROM unnest(u.roles) AS r WHERE r NOT IN ('enterprise', 'department'))
        AND (f.shared_with = 'staff' OR (f.shared_with = 'unit' AND u.unit_id = sqlc.narg(unit_id)::uuid))))
ORDER BY f.user_id <> @user_id, f.name, f.id LIMIT 50;

-- name: SaveFilter :exec
INSERT INTO filters (id, park_id, user_id, name, list, query, shared_with) VALUES (@id, @park_id, @user_id, @name, @list, @query, @shared_with)
ON CONFLICT (user_id, list, name) DO UPDATE SET query = excluded.query, shared_with = excluded.shared_with;

-- name: DropFilter :execrows
DELETE FROM filters WHERE id = @id AND user_id = @user_id;
