-- Who takes the place of people whose accounts have ended, and what such people leave behind.

-- name: Successors :many
-- The heads of the sections of those among the people whose accounts have ended (heads_for is whose), then leaders and administrators in use.
SELECT h.id, h.name, h.roles, coalesce(h.unit_id::text, '')::text AS unit_id, m.id::text AS heads_for
FROM users AS m JOIN users AS h ON h.id = acting_head(m.unit_id) AND h.disabled_at IS NULL AND h.enterprise_id IS NULL
WHERE m.park_id = @park_id AND m.id = ANY (@ids::uuid[]) AND m.disabled_at IS NOT NULL
UNION ALL
SELECT l.id, l.name, l.roles, coalesce(l.unit_id::text, '')::text, ''
FROM users AS l WHERE l.park_id = @park_id AND l.disabled_at IS NULL AND l.enterprise_id IS NULL AND l.roles && ARRAY['leader', 'administrator'];

-- name: CountHeldBy :one
-- How many open cases somebody has in hand, is responsible for, or runs as an agent.
SELECT count(*)::integer FROM cards AS k WHERE k.park_id = @park_id AND NOT k.done AND (k.holder_id = @user_id::uuid OR k.manager_id = @user_id::uuid
    OR k.case_id = ANY ((SELECT agent_of(@user_id::uuid))::uuid[]));

-- name: TellOfDeparture :execrows
-- Tells the head of the person's section, and the leaders, that an account with open cases has ended.
INSERT INTO notices (user_id, kind, created_at, level, about)
SELECT u.id, 'account_ended', @now::timestamptz, 'normal', @about::jsonb FROM users AS u
WHERE u.park_id = @park_id AND u.disabled_at IS NULL AND u.id <> @user_id::uuid
    AND ('leader' = ANY (u.roles) OR u.id = (SELECT acting_head(m.unit_id) FROM users AS m WHERE m.id = @user_id::uuid));

-- name: HeldBy :many
-- The open cases in which somebody has a place: in hand, to be answered for, run as an agent, or delegated by them.
SELECT c.id, c.kind, c.number, c.title, c.due_on, coalesce(k.holder_id = @user_id::uuid, false)::boolean AS in_hand
FROM cards AS k JOIN cases AS c ON c.id = k.case_id LEFT JOIN projects AS p ON p.case_id = c.id
WHERE k.park_id = @park_id AND NOT k.done AND (k.holder_id = @user_id::uuid OR k.manager_id = @user_id::uuid OR p.leader_id = @user_id::uuid OR p.liaison_id = @user_id::uuid
    OR (c.delegated_by ->> 'id')::uuid = @user_id::uuid OR k.case_id = ANY ((SELECT agent_of(@user_id::uuid))::uuid[]))
ORDER BY k.due_order, c.id;

-- name: PlacesOf :one
-- What else somebody has: units they head or stand in for, enterprises they look after, and templates of inspections in use that name them.
SELECT (SELECT count(*) FROM units AS o WHERE o.park_id = @park_id AND @user_id::uuid IN (o.head_id, o.deputy_id))::integer AS units,
    (SELECT count(*) FROM enterprises AS e WHERE e.park_id = @park_id AND e.merged_into IS NULL AND e.liaison_id = @user_id::uuid)::integer AS enterprises,
    (SELECT count(*) FROM visit_plans AS v WHERE v.park_id = @park_id AND v.withdrawn = '' AND @user_id::uuid IN (v.first_id, v.second_id))::integer AS templates,
    (SELECT count(*) FROM absences AS a WHERE a.deputy_id = @user_id::uuid AND a.to_on >= @today::date)::integer AS absences;

-- name: LiaisonOf :many
SELECT e.id FROM enterprises AS e WHERE e.park_id = @park_id AND e.merged_into IS NULL AND e.liaison_id = @user_id::uuid ORDER BY e.short_name, e.id;

-- name: InspectedBy :many
-- The templates of inspections that name somebody; those that are withdrawn keep who they named.
SELECT v.id FROM visit_plans AS v WHERE v.park_id = @park_id AND v.withdrawn = '' AND @user_id::uuid IN (v.first_id, v.second_id) ORDER BY v.name, v.id;

-- name: MayInspect :one
SELECT EXISTS (SELECT FROM users AS u WHERE u.id::text = @user_id::text AND u.disabled_at IS NULL AND 'safety_supervisor' = ANY (u.roles))::boolean AS may;

-- name: HeadedBy :many
SELECT o.id FROM units AS o WHERE o.park_id = @park_id AND @user_id::uuid IN (o.head_id, o.deputy_id) ORDER BY o.name, o.id;

-- name: PassDeputies :many
-- Whom somebody stands in for gets the successor instead, where the successor may stand in; the other absences stay as they are, with a deputy who
-- has left. It returns each of them, with who stands in now.
WITH meant AS MATERIALIZED (
    SELECT a.id, a.user_id, may_stand_in(a.user_id, sqlc.narg(successor_id)::uuid) AS may FROM absences AS a WHERE a.deputy_id = @user_id::uuid AND a.to_on >= @today::date
), passed AS (
    UPDATE absences AS a SET deputy_id = sqlc.narg(successor_id)::uuid FROM meant AS m WHERE m.id = a.id AND m.may
)
SELECT m.user_id, (CASE WHEN m.may THEN sqlc.narg(successor_id)::text ELSE '' END)::text AS deputy_id FROM meant AS m ORDER BY m.id;

-- name: EnterpriseOf :one
-- The enterprise somebody speaks for, or nothing, and whether their account has ended.
SELECT coalesce(u.enterprise_id::text, '')::text AS enterprise_id, (u.disabled_at IS NOT NULL)::boolean AS ended FROM users AS u WHERE u.id = @id;

-- name: CasesOfEnterprise :many
-- Every case of an enterprise, or of one that was merged into it, that does not say so by this name, open or closed; then those that are addressed to it beside
-- another one (was: to which of them).
WITH gone AS (SELECT @enterprise_id::uuid AS id UNION ALL SELECT m.id FROM enterprises AS m WHERE m.merged_into = @enterprise_id::uuid)
SELECT x.id, x.kind, x.number, x.title, x.was FROM (
    SELECT c.id, c.kind, c.number, c.title, c.done, ''::text AS was FROM cases AS c WHERE c.park_id = @park_id AND c.enterprise_id IN (SELECT g.id FROM gone AS g)
        AND (c.enterprise_id <> @into_id::uuid OR c.enterprise_name <> @name::text)
    UNION ALL SELECT c.id, c.kind, c.number, c.title, c.done, g.id::text FROM gone AS g JOIN cases AS c ON c.also @> jsonb_build_array(jsonb_build_object('id', g.id)) WHERE c.park_id = @park_id
        AND (g.id <> @into_id::uuid OR NOT c.also @> jsonb_build_array(jsonb_build_object('id', g.id, 'name', @name::text)))) AS x
ORDER BY x.was <> '', x.done, x.number;

-- name: MoveContacts :exec
UPDATE users SET enterprise_id = @into_id::uuid WHERE park_id = @park_id AND enterprise_id = @enterprise_id::uuid;

-- name: MoveBuildings :exec
-- A building of a name that is there already says where it came from.
UPDATE enterprise_buildings AS b SET enterprise_id = @into_id::uuid,
    name = CASE WHEN EXISTS (SELECT FROM enterprise_buildings AS t WHERE t.enterprise_id = @into_id::uuid AND t.name = b.name) THEN b.name || ' (' || e.short_name || ')' ELSE b.name END
FROM enterprises AS e WHERE e.id = b.enterprise_id AND b.park_id = @park_id AND b.enterprise_id = @enterprise_id::uuid;

-- name: MoveNames :exec
-- The names of a merged enterprise become former names of the other, and its aliases aliases.
WITH gone AS (DELETE FROM enterprise_aliases AS a WHERE a.enterprise_id = @enterprise_id::uuid RETURNING a.alias, a.former),
    names AS (SELECT g.alias, g.former FROM gone AS g UNION ALL SELECT unnest(ARRAY[e.name, e.short_name]) AS alias, true AS former FROM enterprises AS e WHERE e.id = @enterprise_id::uuid)
INSERT INTO enterprise_aliases (enterprise_id, alias, former)
SELECT @into_id::uuid, n.alias, bool_and(n.former) FROM names AS n
WHERE n.alias NOT IN (SELECT unnest(ARRAY[t.name, t.short_name]) FROM enterprises AS t WHERE t.id = @into_id::uuid) GROUP BY n.alias ON CONFLICT DO NOTHING;

-- name: HoldEnterprises :exec
-- Waits for every deed that names an enterprise and lets no other begin until the transaction ends, in the order they came: rows locked FOR UPDATE
-- instead would wait as long as people go on to work, since one deed after another joins those that hold the row.
LOCK TABLE enterprises IN EXCLUSIVE MODE;

-- name: MergeEnterprise :execrows
-- Those that were merged into the enterprise before go on to the other one: merged_into names one that is there.
UPDATE enterprises AS e SET merged_into = @into_id::uuid, credit_code = '' WHERE e.park_id = @park_id
    AND (e.merged_into = @enterprise_id::uuid OR (e.id = @enterprise_id::uuid AND e.merged_into IS NULL))
    AND EXISTS (SELECT FROM enterprises AS t WHERE t.id = @into_id::uuid AND t.merged_into IS NULL);

-- name: MergedInto :one
SELECT coalesce(e.merged_into::text, '')::text AS merged_into FROM enterprises AS e WHERE e.park_id = @park_id AND e.id = @id;

-- name: InheritCode :exec
UPDATE enterprises SET credit_code = @credit_code WHERE park_id = @park_id AND id = @id AND credit_code = '';

-- name: Renamed :many
-- Whose name changed and may not have reached every case, the first first, by what name they go now, and who changed it. Whoever is no party any more, as an
-- enterprise that was merged into another, has nothing left to be carried.
WITH gone AS (DELETE FROM renamed AS g WHERE g.park_id = @park_id AND NOT EXISTS (SELECT FROM party_names AS n WHERE n.id = g.party_id))
SELECT r.party_id, r.at, n.name, coalesce(e.actor_id, '')::text AS actor_id, coalesce(e.actor_name, '')::text AS actor_name
FROM renamed AS r JOIN party_names AS n ON n.id = r.party_id
    LEFT JOIN LATERAL (SELECT x.actor_id, x.actor_name FROM register_events AS x WHERE x.record_id = r.party_id AND x.register = n.register ORDER BY x.id DESC LIMIT 1) AS e ON true
WHERE r.park_id = @park_id ORDER BY r.at, r.party_id;

-- name: SayOldName :many
-- The cases that name somebody by another name, open ones first.
SELECT c.id, c.kind FROM cases AS c WHERE c.park_id = @park_id AND c.id IN (SELECT s.case_id FROM names_said AS s WHERE s.party_id = @party_id::uuid AND s.name <> @name::text)
ORDER BY c.done, c.id;

-- name: NameSettled :exec
-- Every case has followed. A deed that began before the name changed may still write the old one, so a fresh change is looked at again.
DELETE FROM renamed WHERE party_id = @party_id AND at = @at AND at < clock_timestamp() - interval '1 minute';

-- name: Formerly :many
-- The enterprises that have become part of one.
WITH RECURSIVE was AS (
    SELECT e.id FROM enterprises AS e WHERE e.merged_into = @enterprise_id::uuid
    UNION SELECT e.id FROM enterprises AS e JOIN was ON e.merged_into = was.id)
SELECT was.id::text FROM was;

-- name: AwayFor :many
-- For whom somebody stands in on a day, while the accounts of those who are away are in use.
SELECT u.id, u.name, u.roles, coalesce(u.unit_id::text, '')::text AS unit_id, coalesce(u.enterprise_id::text, '')::text AS enterprise_id
FROM users AS u WHERE u.park_id = @park_id AND u.disabled_at IS NULL AND u.id = ANY ((SELECT stands_for(@deputy_id::uuid, @today::date))::uuid[])
ORDER BY u.name, u.id;

-- name: InPlaceOf :many
-- For whom somebody stands in on a day, until when, and how much of what the absent have in hand is in sight of whoever stands in.
SELECT u.id, u.name, s.until::date AS until, (SELECT count(*) FROM cards AS k WHERE NOT k.done AND k.park_id = u.park_id AND k.holder_id = u.id
    AND (sqlc.narg(viewers)::uuid[] IS NULL OR EXISTS (SELECT FROM sight AS v WHERE v.case_id = k.case_id AND v.party_id = ANY (sqlc.narg(viewers)::uuid[]))))::integer AS count
FROM stands_until(@deputy_id::uuid, @today::date) AS s JOIN users AS u ON u.id = s.absent
WHERE u.park_id = @park_id AND u.disabled_at IS NULL ORDER BY s.until, u.name, u.id;
