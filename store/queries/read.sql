-- Everything people read. Lists are keyset-paged over (due_order, id): the rows of a page are chosen from the narrow cards, and only those are read
-- in full. A viewer who is not of the zone's staff sees what the filter on viewers lets through: the cases that stand in sight for one of the ids
-- they go by (store/viewer.go). wide: those are so many that the list is walked in its order and looked up; else one begins at what is in sight.

-- name: Standing :one
SELECT id, kind, number, title, version, state, stage, round, done, coalesce(holder_kind, '') AS holder_kind, coalesce(holder_id::text, '')::text AS holder_id,
    holder_name, holder_since, due_on, next_wake, wake FROM cases WHERE id = @id;

-- name: OpenCases :many
SELECT id, kind FROM cases WHERE NOT done AND id > @after ORDER BY id LIMIT @size;

-- name: StageCounts :many
SELECT k.stage, count(*)::integer AS count, coalesce(sum(k.investment), 0)::bigint AS investment, count(*) FILTER (WHERE k.due_order < @now::timestamptz)::integer AS overdue
FROM cards AS k
WHERE k.park_id = @park_id AND k.kind = 'project' AND NOT k.done
    AND (sqlc.narg(viewers)::uuid[] IS NULL OR CASE WHEN @wide::boolean
        THEN k.case_id IN (SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]))
        ELSE k.case_id = ANY (ARRAY(SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]))) END)
GROUP BY k.stage;

-- name: ProjectWorks :many
-- How far the works of projects are, as parts of their documents.
SELECT jsonb_build_object('id', c.id, 'park_id', c.park_id, 'kind', c.kind, 'title', c.title, 'definition_version', c.definition_version, 'short_name', p.short_name, 'site_steps', p.site_steps,
    'buildings', (SELECT coalesce(jsonb_agg(to_jsonb(b) - 'case_id' - 'photos' ORDER BY b.position), '[]') FROM buildings AS b WHERE b.case_id = c.id))::jsonb AS doc
FROM cases AS c JOIN projects AS p ON p.case_id = c.id WHERE c.id = ANY (@ids::uuid[]);

-- name: CardPercent :one
-- What the card of a project says of its works.
SELECT percent FROM cards WHERE case_id = @case_id;

-- name: HazardTotals :one
-- Each figure is counted where its index holds it together: the open ones, the closed ones, those found in the year.
SELECT o.open, o.overdue, o.reported, o.major, d.closed, y.found_in_year, y.rectified_in_year, y.samples
FROM (SELECT count(*)::integer AS open, count(*) FILTER (WHERE k.due_order < @now::timestamptz)::integer AS overdue,
        count(*) FILTER (WHERE k.state = 'reported')::integer AS reported, count(*) FILTER (WHERE k.level = 'major')::integer AS major
    FROM cards AS k WHERE k.park_id = @park_id AND k.kind = 'hazard' AND NOT k.done
        AND (sqlc.narg(viewers)::uuid[] IS NULL OR CASE WHEN @wide::boolean
            THEN k.case_id IN (SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]))
            ELSE k.case_id = ANY (ARRAY(SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]))) END)) AS o
CROSS JOIN (SELECT count(*)::integer AS closed FROM cards AS k WHERE k.park_id = @park_id AND k.kind = 'hazard' AND k.done
        AND (sqlc.narg(viewers)::uuid[] IS NULL OR CASE WHEN @wide::boolean
            THEN k.case_id IN (SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]))
            ELSE k.case_id = ANY (ARRAY(SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]))) END)) AS d
CROSS JOIN (SELECT count(*) FILTER (WHERE NOT k.sample AND k.result <> 'withdrawn')::integer AS found_in_year,
        count(*) FILTER (WHERE NOT k.sample AND k.result IN ('passed', 'fixed_on_spot'))::integer AS rectified_in_year,
        count(*) FILTER (WHERE k.sample)::integer AS samples
    FROM cards AS k WHERE k.park_id = @park_id AND k.kind = 'hazard'
        AND k.found_on >= @year_from::date AND k.found_on < @year_until::date
        AND (sqlc.narg(viewers)::uuid[] IS NULL OR CASE WHEN @wide::boolean
            THEN k.case_id IN (SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]))
            ELSE k.case_id = ANY (ARRAY(SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]))) END)) AS y;

-- name: Inbox :many
WITH picked AS (
    SELECT x.case_id, x.due_order FROM unnest(@holders::uuid[]) AS whose (id) CROSS JOIN LATERAL (
        SELECT k.case_id, k.due_order FROM cards AS k
        WHERE NOT k.done AND k.park_id = @park_id AND k.holder_id = whose.id AND (k.due_order, k.case_id) > (sqlc.arg(after_due)::text::timestamptz, @after_id::uuid)
        ORDER BY k.due_order, k.case_id LIMIT @size) AS x
    UNION ALL SELECT b.case_id, b.due_order FROM cards AS b WHERE b.case_id = ANY (sqlc.narg(beside)::uuid[]) AND NOT b.done AND (b.due_order, b.case_id) > (sqlc.arg(after_due)::text::timestamptz, @after_id::uuid)
    ORDER BY due_order, case_id LIMIT @size
)
SELECT c.id, c.kind, c.number, c.title, c.state, c.stage, c.round, c.enterprise_name, coalesce(c.holder_kind, '') AS holder_kind,
    coalesce(c.holder_id::text, '')::text AS holder_id, c.holder_name, c.holder_since, c.due_on, c.target_on, c.provisional, c.overdue_since, picked.due_order::text AS due_order
FROM picked JOIN cases AS c ON c.id = picked.case_id
ORDER BY picked.due_order, picked.case_id;

-- name: InboxCounts :one
SELECT count(*)::integer AS total, count(*) FILTER (WHERE k.due_order < @now::timestamptz)::integer AS overdue,
    count(*) FILTER (WHERE k.due_on = @today::date)::integer AS today,
    count(*) FILTER (WHERE k.holder_kind <> 'unit')::integer AS todo
FROM cards AS k WHERE NOT k.done AND (k.holder_id = ANY (@holders::uuid[]) OR k.case_id = ANY (sqlc.narg(beside)::uuid[]));

-- name: WaitingFor :many
SELECT c.id, c.kind, c.title, coalesce(c.holder_kind, '') AS holder_kind, c.holder_name, c.holder_since, c.due_on
FROM (SELECT k.case_id, k.due_order FROM cards AS k WHERE NOT k.done AND k.park_id = @park_id AND k.manager_id = @user_id AND k.holder_id <> k.manager_id
    ORDER BY k.due_order, k.case_id LIMIT @size) AS picked
JOIN cases AS c ON c.id = picked.case_id ORDER BY picked.due_order, picked.case_id;

-- name: Search :many
-- The best match first: the number itself, then that of an official letter, a number that begins so, the title itself, a title that begins so, the
-- words within the title, its pinyin initials, the words within the rest of what is said of it, then the cases of the enterprises and people found by
-- the same words (firms, people); among equals the open ones due first. Words that fit more cases than the limit find those whose number or title
-- begins so, and of the rest as many as that. Who sees few cases (narrow) has all of those looked through; and nobody is asked whose cases are meant when
-- the words themselves find enough.
WITH seen_by AS MATERIALIZED (
    SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[])
), fits AS MATERIALIZED (
    (SELECT l.case_id FROM labels AS l WHERE NOT @narrow::boolean AND l.park_id = @park_id AND l.sought_number COLLATE "C" >= @whole::text AND l.sought_number COLLATE "C" < @whole_end::text
        AND (sqlc.narg(viewers)::uuid[] IS NULL OR l.case_id IN (SELECT s.case_id FROM seen_by AS s))
        ORDER BY l.sought_number COLLATE "C", l.case_id LIMIT @most)
    UNION
    (SELECT l.case_id FROM labels AS l WHERE NOT @narrow::boolean AND l.park_id = @park_id AND l.sought_title COLLATE "C" >= @whole::text AND l.sought_title COLLATE "C" < @whole_end::text
        AND (sqlc.narg(viewers)::uuid[] IS NULL OR l.case_id IN (SELECT s.case_id FROM seen_by AS s))
        ORDER BY l.sought_title COLLATE "C", l.case_id LIMIT @most)
    UNION
    (SELECT l.case_id FROM labels AS l WHERE NOT @narrow::boolean AND l.park_id = @park_id AND l.codes @> @keys::integer[] AND l.said LIKE ALL (@patterns::text[])
        AND (sqlc.narg(viewers)::uuid[] IS NULL OR l.case_id IN (SELECT s.case_id FROM seen_by AS s)) LIMIT @most)
    UNION
    (SELECT l.case_id FROM seen_by AS s JOIN labels AS l ON l.case_id = s.case_id WHERE @narrow::boolean AND l.park_id = @park_id AND l.said LIKE ALL (@patterns::text[]))
), found AS (
    SELECT f.case_id FROM fits AS f
    UNION
    (SELECT x.case_id FROM unnest(@firms::uuid[]) AS firm (id) CROSS JOIN LATERAL (SELECT k.case_id FROM cards AS k
        WHERE k.enterprise_id = firm.id AND k.park_id = @park_id AND (sqlc.narg(viewers)::uuid[] IS NULL OR k.case_id IN (SELECT s.case_id FROM seen_by AS s))
        ORDER BY k.kind, k.due_order, k.case_id LIMIT @reach) AS x WHERE (SELECT count(*) FROM fits) < @size::integer)
    UNION
    (SELECT x.case_id FROM unnest(sqlc.narg(also_meant)::uuid[]) AS x (case_id) WHERE (sqlc.narg(viewers)::uuid[] IS NULL OR x.case_id IN (SELECT s.case_id FROM seen_by AS s)) AND (SELECT count(*) FROM fits) < @size::integer)
    UNION
    (SELECT x.case_id FROM unnest(@people::uuid[]) AS person (id) CROSS JOIN LATERAL (SELECT k.case_id FROM cards AS k
        WHERE k.manager_id = person.id AND k.park_id = @park_id AND (sqlc.narg(viewers)::uuid[] IS NULL OR k.case_id IN (SELECT s.case_id FROM seen_by AS s))
        ORDER BY k.done, k.due_order, k.case_id LIMIT @reach) AS x WHERE (SELECT count(*) FROM fits) < @size::integer)
    UNION
    (SELECT x.case_id FROM unnest(@people::uuid[]) AS person (id) CROSS JOIN LATERAL (SELECT k.case_id FROM cards AS k
        WHERE NOT k.done AND k.holder_id = person.id AND k.park_id = @park_id AND (sqlc.narg(viewers)::uuid[] IS NULL OR k.case_id IN (SELECT s.case_id FROM seen_by AS s))
        ORDER BY k.due_order, k.case_id LIMIT @reach) AS x WHERE (SELECT count(*) FROM fits) < @size::integer)
), best AS (
    SELECT f.case_id, k.due_order, k.done, CASE
        WHEN l.sought_number = @whole::text THEN 0
        WHEN strpos(l.sought_papers, '|' || @whole::text || '|') > 0 THEN 1
        WHEN starts_with(l.sought_number, @whole::text) THEN 2
        WHEN l.sought_title = @whole::text THEN 3
        WHEN starts_with(l.sought_title, @whole::text) THEN 4
        WHEN strpos(l.sought_title, @whole::text) > 0 THEN 5
        WHEN starts_with(l.letters, @whole::text) THEN 6
        WHEN l.said LIKE ALL (@patterns::text[]) THEN 7
        WHEN k.enterprise_id = ANY (@firms::uuid[]) OR k.case_id = ANY (sqlc.narg(also_meant)::uuid[]) THEN 8
        ELSE 9 END AS rank
    FROM found AS f JOIN labels AS l ON l.case_id = f.case_id JOIN cards AS k ON k.case_id = f.case_id
    ORDER BY rank, k.done, k.due_order, f.case_id LIMIT @size
)
SELECT c.id, c.kind, c.number, c.title, c.state, c.stage, c.enterprise_name, c.due_on, c.done
FROM best AS b JOIN cases AS c ON c.id = b.case_id ORDER BY b.rank, b.done, b.due_order, b.case_id;

-- name: History :many
SELECT * FROM events WHERE case_id = @case_id AND version < @before ORDER BY version DESC LIMIT @size;

-- name: Chain :many
SELECT * FROM events WHERE case_id = @case_id AND version > @after ORDER BY version LIMIT @size;

-- name: CaseHead :one
SELECT id, kind, park_id, number, version, definition_version, head_hash, coalesce(enterprise_id::text, '')::text AS enterprise_id FROM cases WHERE id = @id;

-- name: CountSight :one
SELECT count(*)::integer FROM (SELECT FROM sight AS v WHERE v.party_id = ANY (@viewers::uuid[]) LIMIT @most) AS found;

-- name: InSight :one
SELECT EXISTS (SELECT FROM sight AS v WHERE v.case_id = @case_id AND v.party_id = ANY (@viewers::uuid[]));

-- name: Called :one
-- What a case is called that somebody means by its id or its number.
SELECT c.id, c.number, c.title, c.enterprise_name FROM cases AS c
WHERE c.park_id = @park_id AND (c.id = sqlc.narg(id)::uuid OR sqlc.narg(id)::uuid IS NULL AND c.number = @number);

-- name: CasesInSight :many
SELECT DISTINCT v.case_id FROM sight AS v WHERE v.party_id = ANY (@viewers::uuid[]) AND v.case_id = ANY (@cases::uuid[]);

-- name: AllCaseIDs :many
SELECT id FROM cases WHERE id > @after ORDER BY id LIMIT @size;

-- name: Notices :many
SELECT n.id, n.kind, n.level, n.act, (CASE WHEN u.enterprise_id IS NULL THEN n.about ELSE outside_about(n.about) END)::jsonb AS about, n.created_at, n.read_at, n.acked_at,
    (CASE WHEN c.id IS NULL OR u.enterprise_id IS NOT NULL AND NOT EXISTS (SELECT FROM sight AS v WHERE v.case_id = c.id AND v.party_id IN (u.id, u.enterprise_id)) THEN '' ELSE c.id::text END)::text AS case_id, coalesce(c.kind, '')::text AS case_kind,
    coalesce(c.number, '')::text AS number, coalesce(c.title, '')::text AS title, coalesce(b.name, '')::text AS behalf, n.parts
FROM notices AS n JOIN users AS u ON u.id = n.user_id LEFT JOIN cases AS c ON c.id = n.case_id
LEFT JOIN users AS b ON b.id = n.on_behalf_of AND (u.enterprise_id IS NULL OR u.enterprise_id = b.enterprise_id)
WHERE n.user_id = @user_id AND n.id < @before ORDER BY n.id DESC LIMIT @size;

-- name: IsNoticeOf :one
SELECT EXISTS (SELECT FROM notices WHERE id = @id AND user_id = @user_id);

-- name: AckNotice :execrows
UPDATE notices SET acked_at = coalesce(acked_at, @now), read_at = coalesce(read_at, @now) WHERE user_id = @user_id AND id = @id;

-- name: UnreadNotices :one
-- Exact up to a limit beyond which a person needs no more.
SELECT count(*)::integer FROM (SELECT FROM notices AS n WHERE n.user_id = @user_id AND n.read_at IS NULL LIMIT @most) AS unread;

-- name: MarkNoticesRead :exec
UPDATE notices SET read_at = @now WHERE user_id = @user_id AND read_at IS NULL AND id <= @up_to;

-- name: MarkNoticesShown :exec
UPDATE notices SET read_at = @now WHERE user_id = @user_id AND read_at IS NULL AND id = ANY (@ids::bigint[]);

-- name: AddUpload :exec
-- A picture waits for its preview from then on, unless one of the same content has or had one.
WITH waiting AS (
    INSERT INTO previews (sha256, park_id) SELECT encode(@sha256, 'hex'), CAST(@park_id AS uuid) WHERE @media_type LIKE 'image/%' ON CONFLICT DO NOTHING
)
INSERT INTO uploads (id, park_id, name, media_type, size, sha256, uploaded_by) VALUES (@id, @park_id, @name, @media_type, @size, @sha256, @uploaded_by);

-- name: Attachment :one
SELECT a.name, a.media_type, a.size, a.sha256, a.by_id, a.audience, a.phase, a.round FROM attachments AS a WHERE a.case_id = @case_id AND a.number = @number AND a.revision = @revision;

-- name: FileDeeds :many
-- The events that can have brought the files of a case which have no audience of their own: those recorded at that instant.
SELECT a.number, a.revision, e.command, e.actor, e.outcome, e.audience FROM attachments AS a JOIN events AS e ON e.case_id = a.case_id AND e.recorded_at = a.at
WHERE a.case_id = @case_id AND a.audience = '' ORDER BY a.number, a.revision, e.version;

-- name: EnterprisePeople :many
SELECT id, name, (disabled_at IS NULL)::boolean AS active FROM users WHERE park_id = @park_id AND enterprise_id = @enterprise_id ORDER BY name, id;

-- name: HeldTab :many
-- What somebody has in hand, or what a unit they answer for was handed and nobody has claimed, the most urgent first. Who has a case sees it; what those whom one stands
-- in for have in hand is narrowed by viewers.
-- unread: something newer than what they last saw.
WITH picked AS (
    SELECT x.case_id, x.due_order FROM unnest(@holders::uuid[]) AS whose (id) CROSS JOIN LATERAL (
        SELECT k.case_id, k.due_order FROM cards AS k
        WHERE NOT k.done AND k.park_id = @park_id AND k.holder_id = whose.id AND (k.due_order, k.case_id) > (sqlc.arg(after_due)::text::timestamptz, @after_id::uuid)
            AND (sqlc.narg(viewers)::uuid[] IS NULL OR EXISTS (SELECT FROM sight AS v WHERE v.case_id = k.case_id AND v.party_id = ANY (sqlc.narg(viewers)::uuid[])))
        ORDER BY k.due_order, k.case_id LIMIT @size) AS x
    UNION ALL SELECT b.case_id, b.due_order FROM cards AS b WHERE b.case_id = ANY (sqlc.narg(beside)::uuid[]) AND NOT b.done AND (b.due_order, b.case_id) > (sqlc.arg(after_due)::text::timestamptz, @after_id::uuid)
    ORDER BY due_order, case_id LIMIT @size
)
SELECT c.id, c.kind, c.number, c.title, c.state, c.stage, c.round, c.enterprise_name, coalesce(c.holder_kind, '') AS holder_kind,
    coalesce(c.holder_id::text, '')::text AS holder_id, c.holder_name, c.holder_since, c.due_on, c.target_on, c.provisional, c.overdue_since, picked.due_order::text AS due_order,
    (c.version > coalesce((SELECT s.version FROM seen AS s WHERE s.user_id = @user_id AND s.case_id = c.id), 0))::boolean AS unread
FROM picked JOIN cases AS c ON c.id = picked.case_id
ORDER BY picked.due_order, picked.case_id;

-- name: DealtTab :many
-- What lies on another tab of somebody's work: done (they had a hand in it and have it no more), copied, started, watched; the most urgent first.
WITH picked AS (
    SELECT k.case_id, k.due_order FROM cards AS k
    WHERE k.park_id = @park_id AND CASE WHEN @many::boolean THEN k.case_id IN (SELECT d.case_id FROM dealt AS d WHERE @tab::text = 'done' AND d.user_id = @user_id::uuid AND NOT d.held
    UNION ALL SELECT d.case_id FROM dealt AS d WHERE @tab::text = 'started' AND d.user_id = @user_id::uuid AND d.started
    UNION ALL SELECT n.case_id FROM notices AS n WHERE @tab::text = 'copied' AND n.user_id = @user_id::uuid AND n.kind = 'copied'
    UNION ALL SELECT w.case_id FROM watches AS w WHERE @tab::text = 'watched' AND w.user_id = @user_id::uuid)
        ELSE k.case_id = ANY (ARRAY(SELECT d.case_id FROM dealt AS d WHERE @tab::text = 'done' AND d.user_id = @user_id::uuid AND NOT d.held
    UNION ALL SELECT d.case_id FROM dealt AS d WHERE @tab::text = 'started' AND d.user_id = @user_id::uuid AND d.started
    UNION ALL SELECT n.case_id FROM notices AS n WHERE @tab::text = 'copied' AND n.user_id = @user_id::uuid AND n.kind = 'copied'
    UNION ALL SELECT w.case_id FROM watches AS w WHERE @tab::text = 'watched' AND w.user_id = @user_id::uuid)) END
    AND (sqlc.narg(viewers)::uuid[] IS NULL OR CASE WHEN @wide::boolean
        THEN k.case_id IN (SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]))
        ELSE k.case_id = ANY (ARRAY(SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]))) END)
    AND (k.due_order, k.case_id) > (sqlc.arg(after_due)::text::timestamptz, @after_id::uuid)
    ORDER BY k.due_order, k.case_id LIMIT @size
)
SELECT c.id, c.kind, c.number, c.title, c.state, c.stage, c.round, c.enterprise_name, coalesce(c.holder_kind, '') AS holder_kind,
    coalesce(c.holder_id::text, '')::text AS holder_id, c.holder_name, c.holder_since, c.due_on, c.target_on, c.provisional, c.overdue_since, picked.due_order::text AS due_order,
    (c.version > coalesce((SELECT s.version FROM seen AS s WHERE s.user_id = @user_id AND s.case_id = c.id), 0))::boolean AS unread
FROM picked JOIN cases AS c ON c.id = picked.case_id
ORDER BY picked.due_order, picked.case_id;

-- name: NearDealtTab :many
-- DealtTab for somebody who had a hand in very many cases: of the next so many cases of the zone, those that lie on the tab.
-- Each is looked up by itself (LIMIT 1 keeps the planner from reading all of the many into a hash).
WITH picked AS (
    SELECT k.case_id, k.due_order FROM (SELECT x.case_id, x.due_order FROM cards AS x
        WHERE x.park_id = @park_id AND (x.due_order, x.case_id) > (sqlc.arg(after_due)::text::timestamptz, @after_id::uuid)
        ORDER BY x.due_order, x.case_id LIMIT @reach) AS k
    WHERE CASE @tab::text
        WHEN 'done' THEN (SELECT true FROM dealt AS d WHERE d.user_id = @user_id::uuid AND d.case_id = k.case_id AND NOT d.held LIMIT 1)
        WHEN 'started' THEN (SELECT true FROM dealt AS d WHERE d.user_id = @user_id::uuid AND d.case_id = k.case_id AND d.started LIMIT 1)
        WHEN 'copied' THEN (SELECT true FROM notices AS n WHERE n.user_id = @user_id::uuid AND n.case_id = k.case_id AND n.kind = 'copied' LIMIT 1)
        ELSE (SELECT true FROM watches AS w WHERE w.user_id = @user_id::uuid AND w.case_id = k.case_id LIMIT 1) END
    AND (sqlc.narg(viewers)::uuid[] IS NULL OR EXISTS (SELECT FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]) AND v.case_id = k.case_id))
    ORDER BY k.due_order, k.case_id LIMIT @size
)
SELECT c.id, c.kind, c.number, c.title, c.state, c.stage, c.round, c.enterprise_name, coalesce(c.holder_kind, '') AS holder_kind,
    coalesce(c.holder_id::text, '')::text AS holder_id, c.holder_name, c.holder_since, c.due_on, c.target_on, c.provisional, c.overdue_since, picked.due_order::text AS due_order,
    (c.version > coalesce((SELECT s.version FROM seen AS s WHERE s.user_id = @user_id AND s.case_id = c.id), 0))::boolean AS unread
FROM picked JOIN cases AS c ON c.id = picked.case_id
ORDER BY picked.due_order, picked.case_id;

-- name: DealtCounts :one
-- How much lies on the tabs of what somebody had a hand in, was copied on or watches: exact up to a limit, beyond which a person needs no more.
SELECT (SELECT count(*) FROM (SELECT FROM dealt AS d WHERE d.user_id = @user_id::uuid AND NOT d.held AND (sqlc.narg(viewers)::uuid[] IS NULL OR EXISTS (SELECT FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]) AND v.case_id = d.case_id)) LIMIT @most) AS t)::integer AS done,
    (SELECT count(*) FROM (SELECT DISTINCT n.case_id FROM notices AS n WHERE n.user_id = @user_id::uuid AND n.kind = 'copied' AND (sqlc.narg(viewers)::uuid[] IS NULL OR EXISTS (SELECT FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]) AND v.case_id = n.case_id)) LIMIT @most) AS t)::integer AS copied,
    (SELECT count(*) FROM (SELECT FROM dealt AS d WHERE d.user_id = @user_id::uuid AND d.started AND (sqlc.narg(viewers)::uuid[] IS NULL OR EXISTS (SELECT FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]) AND v.case_id = d.case_id)) LIMIT @most) AS t)::integer AS started,
    (SELECT count(*) FROM (SELECT FROM watches AS w WHERE w.user_id = @user_id::uuid AND (sqlc.narg(viewers)::uuid[] IS NULL OR EXISTS (SELECT FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]) AND v.case_id = w.case_id)) LIMIT @most) AS t)::integer AS watched;

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
-- One's own; for staff also what colleagues of their unit, or anybody, shared with them and still may. removable: one's own, what the people of the
-- unit share whose head one is, and for administrators whatever is shared.
SELECT f.id, f.name, f.query, f.shared_with, (f.user_id = @user_id)::boolean AS own, u.name AS owner,
    (f.user_id = @user_id OR coalesce(acting_head(u.unit_id) = @user_id, false)
        OR EXISTS (SELECT FROM users AS a WHERE a.id = @user_id AND 'administrator' = ANY (a.roles)))::boolean AS removable FROM filters AS f JOIN users AS u ON u.id = f.user_id
WHERE f.park_id = @park_id AND f.list = @list AND (f.user_id = @user_id
    OR (@staff::boolean AND u.disabled_at IS NULL AND u.enterprise_id IS NULL
        AND EXISTS (SELECT FROM unnest(u.roles) AS r WHERE r NOT IN ('enterprise', 'department'))
        AND (f.shared_with = 'staff' OR (f.shared_with = 'unit' AND u.unit_id = sqlc.narg(unit_id)::uuid))))
ORDER BY f.user_id <> @user_id, f.name, f.id LIMIT 50;

-- name: SaveFilter :exec
INSERT INTO filters (id, park_id, user_id, name, list, query, shared_with) VALUES (@id, @park_id, @user_id, @name, @list, @query, @shared_with)
ON CONFLICT (user_id, list, name) DO UPDATE SET query = excluded.query, shared_with = excluded.shared_with;

-- name: DropFilter :execrows
-- By whoever made it, and, while it is shared, by the head of their unit and by administrators.
DELETE FROM filters AS f USING users AS u WHERE f.id = @id AND u.id = f.user_id AND (f.user_id = @user_id OR (f.shared_with <> 'own'
    AND (acting_head(u.unit_id) = @user_id OR EXISTS (SELECT FROM users AS a WHERE a.id = @user_id AND 'administrator' = ANY (a.roles)))));

-- name: MeetingsToCome :many
-- The meetings that are to be held, the next first, and whether the project is on their agenda.
SELECT c.id, c.number, c.title, c.stage, (f.facts ->> 'on')::date AS held_on, (f.facts -> 'agenda' @> jsonb_build_array(jsonb_build_object('case_id', @project_id::uuid)))::boolean AS listed
FROM cards AS k JOIN cases AS c ON c.id = k.case_id JOIN case_facts AS f ON f.case_id = k.case_id
WHERE k.park_id = @park_id AND k.kind = 'meeting' AND NOT k.done ORDER BY (f.facts ->> 'on')::date, c.id LIMIT 50;

-- name: Heard :one
-- Whether anybody with an account hears what an enterprise or a unit is told.
SELECT (EXISTS (SELECT FROM users AS c WHERE c.enterprise_id = @id AND c.disabled_at IS NULL) OR EXISTS (SELECT FROM users AS c WHERE c.unit_id = @id AND c.disabled_at IS NULL))::boolean;
