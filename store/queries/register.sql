-- The registers: what there is in the zone, each record as the JSON form of its Go type (domain/register), and what was done to it.

-- name: Vacant :one
-- Whether the zone is still to be set up: none is there, or nobody has an account in it.
SELECT NOT EXISTS (SELECT FROM parks AS p WHERE p.demo OR EXISTS (SELECT FROM users AS u WHERE u.park_id = p.id)) AS vacant;

-- name: LockRegister :exec
-- Held until the transaction ends: two people who change one register come one after the other.
SELECT pg_advisory_xact_lock(hashtext(@name::text));

-- name: ZoneRecords :many
SELECT p.id, jsonb_build_object('name', p.name, 'short_name', p.short_name, 'letters', p.letters, 'authority', p.authority, 'visit_gap', p.visit_gap_days)::jsonb AS doc, false AS ended
FROM parks AS p WHERE p.id = @park_id AND (sqlc.narg(one)::uuid IS NULL OR p.id = sqlc.narg(one)::uuid);

-- name: KeepZone :exec
UPDATE parks SET name = @doc::jsonb ->> 'name', short_name = @doc::jsonb ->> 'short_name', letters = @doc::jsonb ->> 'letters',
    authority = @doc::jsonb ->> 'authority', visit_gap_days = (@doc::jsonb ->> 'visit_gap')::integer WHERE id = @park_id AND id = @id;

-- name: UnitRecords :many
SELECT o.id, jsonb_build_object('name', o.name, 'aliases', to_jsonb(o.aliases), 'kind', o.kind, 'head_id', coalesce(o.head_id::text, ''), 'deputy_id', coalesce(o.deputy_id::text, ''))::jsonb AS doc, false AS ended
FROM units AS o WHERE o.park_id = @park_id AND (sqlc.narg(one)::uuid IS NULL OR o.id = sqlc.narg(one)::uuid) ORDER BY o.kind DESC, o.name, o.id;

-- name: KeepUnit :exec
INSERT INTO units (id, park_id, name, aliases, kind, head_id, deputy_id)
VALUES (@id, @park_id, @doc::jsonb ->> 'name', ARRAY(SELECT jsonb_array_elements_text(@doc::jsonb -> 'aliases')), @doc::jsonb ->> 'kind', nullif(@doc::jsonb ->> 'head_id', '')::uuid, nullif(@doc::jsonb ->> 'deputy_id', '')::uuid)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, aliases = excluded.aliases, kind = excluded.kind, head_id = excluded.head_id, deputy_id = excluded.deputy_id;

-- name: PersonRecords :many
SELECT u.id, jsonb_build_object('username', u.username, 'name', u.name, 'roles', to_jsonb(u.roles), 'unit_id', coalesce(u.unit_id::text, ''),
    'enterprise_id', coalesce(u.enterprise_id::text, ''), 'mobile', u.mobile, 'card_number', u.card_number, 'email', u.email)::jsonb AS doc, (u.disabled_at IS NOT NULL)::boolean AS ended
FROM users AS u WHERE u.park_id = @park_id AND (sqlc.narg(one)::uuid IS NULL OR u.id = sqlc.narg(one)::uuid) ORDER BY u.disabled_at IS NOT NULL, u.username, u.id;

-- name: KeepPerson :exec
-- The password is that of a new account; one that is there keeps its own.
INSERT INTO users (id, park_id, username, name, roles, unit_id, enterprise_id, mobile, card_number, email, password_hash, must_change)
VALUES (@id, @park_id, @doc::jsonb ->> 'username', @doc::jsonb ->> 'name', ARRAY(SELECT jsonb_array_elements_text(@doc::jsonb -> 'roles')),
    nullif(@doc::jsonb ->> 'unit_id', '')::uuid, nullif(@doc::jsonb ->> 'enterprise_id', '')::uuid, @doc::jsonb ->> 'mobile', coalesce(@doc::jsonb ->> 'card_number', ''), @doc::jsonb ->> 'email', @password_hash, true)
ON CONFLICT (id) DO UPDATE SET username = excluded.username, name = excluded.name, roles = excluded.roles, unit_id = excluded.unit_id,
    enterprise_id = excluded.enterprise_id, mobile = excluded.mobile, card_number = excluded.card_number, email = excluded.email;

-- name: CountAdministrators :one
SELECT count(*)::integer FROM users WHERE park_id = @park_id AND disabled_at IS NULL AND 'administrator' = ANY (roles);

-- name: EnterpriseRecords :many
SELECT e.id, (jsonb_build_object('name', e.name, 'short_name', e.short_name, 'credit_code', e.credit_code, 'sector', e.sector, 'address', e.address, 'status', e.status,
    'aliases', (SELECT coalesce(jsonb_agg(a.alias ORDER BY a.alias COLLATE "C"), '[]') FROM enterprise_aliases AS a WHERE a.enterprise_id = e.id AND NOT a.former),
    'liaison_id', coalesce(e.liaison_id::text, ''), 'department_id', coalesce(e.department_id::text, ''))
    || (SELECT CASE WHEN count(*) = 0 THEN '{}'::jsonb ELSE jsonb_build_object('former_names', jsonb_agg(a.alias ORDER BY a.alias COLLATE "C")) END
        FROM enterprise_aliases AS a WHERE a.enterprise_id = e.id AND a.former))::jsonb AS doc, (e.merged_into IS NOT NULL)::boolean AS ended
FROM enterprises AS e WHERE e.park_id = @park_id AND (sqlc.narg(one)::uuid IS NULL OR e.id = sqlc.narg(one)::uuid) ORDER BY e.merged_into IS NOT NULL, e.short_name, e.id;

-- name: KeepEnterprise :exec
INSERT INTO enterprises (id, park_id, name, short_name, credit_code, sector, address, status, liaison_id, department_id)
VALUES (@id, @park_id, @doc::jsonb ->> 'name', @doc::jsonb ->> 'short_name', @doc::jsonb ->> 'credit_code', @doc::jsonb ->> 'sector', @doc::jsonb ->> 'address', coalesce(@doc::jsonb ->> 'status', ''),
    nullif(@doc::jsonb ->> 'liaison_id', '')::uuid, nullif(@doc::jsonb ->> 'department_id', '')::uuid)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, short_name = excluded.short_name, credit_code = excluded.credit_code, sector = excluded.sector,
    address = excluded.address, status = excluded.status, liaison_id = excluded.liaison_id, department_id = excluded.department_id;

-- name: KeepAliases :exec
WITH gone AS (DELETE FROM enterprise_aliases AS a WHERE a.enterprise_id = @id AND a.alias <> ALL (@aliases::text[]) AND a.alias <> ALL (@former::text[]))
INSERT INTO enterprise_aliases (enterprise_id, alias, former)
SELECT @id, n.alias, n.former FROM (SELECT unnest(@aliases::text[]) AS alias, false AS former UNION ALL SELECT unnest(@former::text[]) AS alias, true AS former) AS n
ON CONFLICT (enterprise_id, alias) DO UPDATE SET former = excluded.former;

-- name: BuildingRecords :many
SELECT b.id, jsonb_build_object('enterprise_id', b.enterprise_id, 'name', b.name, 'purpose', b.purpose, 'area', coalesce(trim_scale(b.area)::text, ''),
    'floors', coalesce(b.floors, 0), 'note', b.note)::jsonb AS doc, false AS ended
FROM enterprise_buildings AS b JOIN enterprises AS e ON e.id = b.enterprise_id
WHERE b.park_id = @park_id AND (sqlc.narg(one)::uuid IS NULL OR b.id = sqlc.narg(one)::uuid) ORDER BY e.short_name, b.name, b.id;

-- name: KeepBuilding :exec
INSERT INTO enterprise_buildings (id, park_id, enterprise_id, name, purpose, area, floors, note)
VALUES (@id, @park_id, (@doc::jsonb ->> 'enterprise_id')::uuid, @doc::jsonb ->> 'name', @doc::jsonb ->> 'purpose', nullif(@doc::jsonb ->> 'area', '')::numeric,
    nullif((@doc::jsonb ->> 'floors')::integer, 0), @doc::jsonb ->> 'note')
ON CONFLICT (id) DO UPDATE SET enterprise_id = excluded.enterprise_id, name = excluded.name, purpose = excluded.purpose, area = excluded.area, floors = excluded.floors, note = excluded.note;

-- name: CampaignRecords :many
SELECT c.id, jsonb_build_object('name', c.name, 'started_on', c.started_on, 'ended_on', c.ended_on)::jsonb AS doc, false AS ended
FROM campaigns AS c WHERE c.park_id = @park_id AND (sqlc.narg(one)::uuid IS NULL OR c.id = sqlc.narg(one)::uuid) ORDER BY c.started_on DESC, c.id;

-- name: KeepCampaign :exec
INSERT INTO campaigns (id, park_id, name, started_on, ended_on)
VALUES (@id, @park_id, @doc::jsonb ->> 'name', (@doc::jsonb ->> 'started_on')::date, (@doc::jsonb ->> 'ended_on')::date)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, started_on = excluded.started_on, ended_on = excluded.ended_on;

-- name: ChecklistRecords :many
SELECT l.id, jsonb_build_object('name', l.name, 'basic', to_jsonb(l.basic), 'site', to_jsonb(l.site), 'serious', to_jsonb(l.serious), 'withdrawn', l.withdrawn)::jsonb AS doc, false AS ended
FROM checklists AS l WHERE l.park_id = @park_id AND (sqlc.narg(one)::uuid IS NULL OR l.id = sqlc.narg(one)::uuid) ORDER BY l.name, l.id;

-- name: KeepChecklist :exec
-- What is written over is the next version; the record of deeds has the former one.
INSERT INTO checklists (id, park_id, name, version, basic, site, serious, withdrawn)
VALUES (@id, @park_id, @doc::jsonb ->> 'name', 1, ARRAY(SELECT jsonb_array_elements_text(@doc::jsonb -> 'basic')), ARRAY(SELECT jsonb_array_elements_text(@doc::jsonb -> 'site')),
    ARRAY(SELECT jsonb_array_elements_text(@doc::jsonb -> 'serious')), @doc::jsonb ->> 'withdrawn')
ON CONFLICT (id) DO UPDATE SET name = excluded.name, basic = excluded.basic, site = excluded.site, serious = excluded.serious, withdrawn = excluded.withdrawn,
    version = checklists.version + CASE WHEN (checklists.basic, checklists.site, checklists.serious) IS DISTINCT FROM (excluded.basic, excluded.site, excluded.serious) THEN 1 ELSE 0 END;

-- name: Checklists :many
-- Those that can be chosen; or the one asked for.
SELECT l.id, l.name, l.version, l.basic, l.site, l.serious FROM checklists AS l
WHERE l.park_id = @park_id AND l.withdrawn = '' AND (sqlc.narg(one)::uuid IS NULL OR l.id = sqlc.narg(one)::uuid) ORDER BY l.name, l.id;

-- name: TenancyRecords :many
SELECT t.id, jsonb_build_object('enterprise_id', t.enterprise_id, 'tenant_id', t.tenant_id, 'place', t.place, 'from', t.since, 'until', t.until)::jsonb AS doc, false AS ended
FROM tenancies AS t JOIN enterprises AS e ON e.id = t.enterprise_id
WHERE t.park_id = @park_id AND (sqlc.narg(one)::uuid IS NULL OR t.id = sqlc.narg(one)::uuid) ORDER BY e.short_name, t.place, t.id;

-- name: KeepTenancy :exec
INSERT INTO tenancies (id, park_id, enterprise_id, tenant_id, place, since, until)
VALUES (@id, @park_id, (@doc::jsonb ->> 'enterprise_id')::uuid, (@doc::jsonb ->> 'tenant_id')::uuid, @doc::jsonb ->> 'place', (@doc::jsonb ->> 'from')::date, (@doc::jsonb ->> 'until')::date)
ON CONFLICT (id) DO UPDATE SET enterprise_id = excluded.enterprise_id, tenant_id = excluded.tenant_id, place = excluded.place, since = excluded.since, until = excluded.until;

-- name: Tenants :many
-- Who sits on an enterprise's site on the day, each once.
SELECT DISTINCT ON (t.tenant_id) t.tenant_id AS id, e.short_name AS name, t.place FROM tenancies AS t JOIN enterprises AS e ON e.id = t.tenant_id AND e.merged_into IS NULL
WHERE t.enterprise_id = @enterprise_id AND (t.since IS NULL OR t.since <= @day::date) AND (t.until IS NULL OR t.until >= @day::date) ORDER BY t.tenant_id, t.place;

-- name: Together :many
-- Who shares a site with an enterprise on the day: its tenants, and whose tenant it is; each once. A page that
-- goes by no day of a deed asks of today.
SELECT DISTINCT ON (o.landlord, o.id) o.id, e.short_name AS name, o.place, o.landlord FROM (
    SELECT t.tenant_id AS id, t.place, t.since, t.until, false AS landlord FROM tenancies AS t WHERE t.enterprise_id = @enterprise_id
    UNION ALL SELECT t.enterprise_id, t.place, t.since, t.until, true FROM tenancies AS t WHERE t.tenant_id = @enterprise_id) AS o JOIN enterprises AS e ON e.id = o.id AND e.merged_into IS NULL
WHERE (o.since IS NULL OR o.since <= coalesce(@day::date, (now() AT TIME ZONE 'Asia/Shanghai')::date)) AND (o.until IS NULL OR o.until >= coalesce(@day::date, (now() AT TIME ZONE 'Asia/Shanghai')::date))
ORDER BY o.landlord, o.id, o.place;

-- name: VisitPlanRecords :many
SELECT p.id, jsonb_build_object('name', p.name, 'enterprise_id', coalesce(p.enterprise_id::text, ''), 'sector', p.sector, 'department_id', coalesce(p.department_id::text, ''), 'visit_sort', p.sort,
    'checklist_id', coalesce(p.checklist_id::text, ''), 'every_months', p.every_months, 'from', p.first_on, 'section_id', coalesce(p.section_id::text, ''),
    'first_id', coalesce(p.first_id::text, ''), 'second_id', coalesce(p.second_id::text, ''), 'withdrawn', p.withdrawn)::jsonb AS doc, false AS ended
FROM visit_plans AS p WHERE p.park_id = @park_id AND (sqlc.narg(one)::uuid IS NULL OR p.id = sqlc.narg(one)::uuid) ORDER BY p.withdrawn, p.name, p.id;

-- name: KeepVisitPlan :exec
INSERT INTO visit_plans (id, park_id, name, enterprise_id, sector, department_id, sort, checklist_id, every_months, first_on, section_id, first_id, second_id, withdrawn)
VALUES (@id, @park_id, @doc::jsonb ->> 'name', nullif(@doc::jsonb ->> 'enterprise_id', '')::uuid, @doc::jsonb ->> 'sector', nullif(@doc::jsonb ->> 'department_id', '')::uuid, @doc::jsonb ->> 'visit_sort',
    nullif(@doc::jsonb ->> 'checklist_id', '')::uuid, (@doc::jsonb ->> 'every_months')::integer, (@doc::jsonb ->> 'from')::date, nullif(@doc::jsonb ->> 'section_id', '')::uuid,
    nullif(@doc::jsonb ->> 'first_id', '')::uuid, nullif(@doc::jsonb ->> 'second_id', '')::uuid, @doc::jsonb ->> 'withdrawn')
ON CONFLICT (id) DO UPDATE SET name = excluded.name, enterprise_id = excluded.enterprise_id, sector = excluded.sector, department_id = excluded.department_id, sort = excluded.sort,
    checklist_id = excluded.checklist_id, every_months = excluded.every_months, first_on = excluded.first_on, section_id = excluded.section_id, first_id = excluded.first_id,
    second_id = excluded.second_id, withdrawn = excluded.withdrawn;

-- name: OtherVisitRecords :many
SELECT v.id, jsonb_build_object('enterprise_id', v.enterprise_id, 'on', v.visit_on, 'body', v.body, 'purpose', v.purpose, 'result', v.result, 'withdrawn', v.withdrawn)::jsonb AS doc, false AS ended
FROM other_visits AS v WHERE v.park_id = @park_id AND (sqlc.narg(one)::uuid IS NULL OR v.id = sqlc.narg(one)::uuid) ORDER BY v.withdrawn, v.visit_on DESC, v.id;

-- name: KeepOtherVisit :exec
INSERT INTO other_visits (id, park_id, enterprise_id, visit_on, body, purpose, result, withdrawn)
VALUES (@id, @park_id, (@doc::jsonb ->> 'enterprise_id')::uuid, (@doc::jsonb ->> 'on')::date, @doc::jsonb ->> 'body', @doc::jsonb ->> 'purpose', @doc::jsonb ->> 'result', coalesce(@doc::jsonb ->> 'withdrawn', ''))
ON CONFLICT (id) DO UPDATE SET enterprise_id = excluded.enterprise_id, visit_on = excluded.visit_on, body = excluded.body, purpose = excluded.purpose, result = excluded.result, withdrawn = excluded.withdrawn;

-- name: LevelRecords :many
SELECT l.id, jsonb_build_object('name', l.name, 'code', l.code, 'statutory', l.statutory)::jsonb AS doc, false AS ended
FROM hazard_levels AS l WHERE l.park_id = @park_id AND (sqlc.narg(one)::uuid IS NULL OR l.id = sqlc.narg(one)::uuid) ORDER BY l.statutory, l.code, l.id;

-- name: KeepLevel :exec
INSERT INTO hazard_levels (id, park_id, name, code, statutory) VALUES (@id, @park_id, @doc::jsonb ->> 'name', @doc::jsonb ->> 'code', @doc::jsonb ->> 'statutory')
ON CONFLICT (id) DO UPDATE SET name = excluded.name, code = excluded.code, statutory = excluded.statutory;

-- name: FindingRecords :many
SELECT l.id, jsonb_build_object('name', l.name, 'category', l.category, 'clause', l.clause, 'wording', l.wording, 'requirement', l.requirement, 'level', l.level,
    'handling', l.handling, 'days', l.days, 'withdrawn', l.withdrawn)::jsonb AS doc, false AS ended
FROM hazard_library AS l WHERE l.park_id = @park_id AND (sqlc.narg(one)::uuid IS NULL OR l.id = sqlc.narg(one)::uuid) ORDER BY l.category, l.name, l.id;

-- name: KeepFinding :exec
INSERT INTO hazard_library SELECT (r).* FROM jsonb_populate_record(NULL::hazard_library, @doc::jsonb || jsonb_build_object('id', @id::uuid, 'park_id', @park_id::uuid)) AS r
ON CONFLICT (id) DO UPDATE SET name = excluded.name, category = excluded.category, clause = excluded.clause, wording = excluded.wording, requirement = excluded.requirement,
    level = excluded.level, handling = excluded.handling, days = excluded.days, withdrawn = excluded.withdrawn;

-- name: KnowEnterprise :exec
-- What is known of an enterprise, by a deed on a case: in the deed's transaction, and on record like every other change of the register.
WITH was AS (SELECT e.id, e.short_name, e.status FROM enterprises AS e WHERE e.id = @id AND e.park_id = @park_id FOR NO KEY UPDATE),
    changed AS (UPDATE enterprises AS e SET status = @status::text FROM was WHERE e.id = was.id AND was.status <> @status::text)
INSERT INTO register_events (park_id, at, actor_id, actor_name, register, record_id, title, deed, changes, note)
SELECT @park_id, @at, @actor_id, @actor_name, 'enterprises', was.id, was.short_name, 'changed',
    jsonb_build_array(jsonb_build_object('field', 'status', 'old', was.status, 'new', @status::text)), @note FROM was WHERE was.status <> @status::text;

-- name: AddRegisterEvent :exec
INSERT INTO register_events (park_id, at, actor_id, actor_name, register, record_id, title, deed, changes, note)
VALUES (@park_id, @at, @actor_id, @actor_name, @register, @record_id, @title, @deed, @changes, @note);

-- name: Filed :one
-- Whether it is on record where the record came from.
SELECT EXISTS (SELECT FROM register_events AS e WHERE e.park_id = @park_id AND e.record_id = @record_id AND e.deed = 'added') AS filed;

-- name: RegisterEvents :many
-- What was done to one record, or to all, newest first, after the one that is named by its instant, source and number; what was done to accounts is
-- among it. Several deeds may have one instant.
SELECT r.at, r.actor_name, r.register, r.record_id, r.title, r.deed, r.changes, r.note, r.source::integer AS source, r.id
FROM (
    SELECT e.at, e.actor_name, e.register, e.record_id, e.title, e.deed, e.changes, e.note, e.id, 0 AS source
    FROM register_events AS e WHERE e.park_id = @park_id AND (sqlc.narg(record_id)::uuid IS NULL OR e.record_id = sqlc.narg(record_id)::uuid)
        AND e.at <= @before::timestamptz AND (e.at < @before::timestamptz OR 0 > @source::integer OR (0 = @source::integer AND e.id < @id::bigint))
    UNION ALL
    SELECT a.at, a.actor_name, 'people', a.subject_id, u.name, a.deed, '[]'::jsonb, a.note, a.id, 1
    FROM account_events AS a JOIN users AS u ON u.id = a.subject_id
    WHERE u.park_id = @park_id AND (sqlc.narg(record_id)::uuid IS NULL OR a.subject_id = sqlc.narg(record_id)::uuid)
        AND a.at <= @before::timestamptz AND (a.at < @before::timestamptz OR 1 > @source::integer OR (1 = @source::integer AND a.id < @id::bigint))
) AS r
ORDER BY r.at DESC, r.source, r.id DESC LIMIT @size;
