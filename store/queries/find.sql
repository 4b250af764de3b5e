-- Choosing among hundreds: an enterprise, a person or a unit by what somebody types.

-- name: FindEnterprises :many
-- The best matches of a name, alias, credit code or pinyin initials, the closest first, among so many that fit (most) and the name itself. wanted has
-- the form of plain().
WITH hits AS (
    SELECT e.id, ''::text AS alias, least(2 * closeness(@wanted::text, e.plain_short, e.short_letters), 2 * closeness(@wanted::text, e.plain_name, e.name_letters) + 1,
        2 * closeness(@wanted::text, lower(e.credit_code), '') + 1) AS rank
    FROM (SELECT x.* FROM enterprises AS x WHERE x.park_id = @park_id AND (x.plain_short = @wanted::text OR x.plain_name = @wanted::text)
        UNION (SELECT x.* FROM enterprises AS x WHERE x.park_id = @park_id AND x.grams @> pairs(@wanted::text) LIMIT @most)) AS e
    UNION ALL
    SELECT a.enterprise_id, a.alias, 2 * closeness(@wanted::text, a.plain_alias, a.alias_letters) + 1
    FROM enterprise_aliases AS a WHERE a.grams @> pairs(@wanted::text)
), best AS (
    SELECT DISTINCT ON (h.id) h.id, h.alias, h.rank FROM hits AS h WHERE h.rank < 18 ORDER BY h.id, h.rank, h.alias
)
SELECT e.id, e.name, e.short_name, e.credit_code, e.sector, e.invented, b.alias
FROM best AS b JOIN enterprises AS e ON e.id = b.id
WHERE e.park_id = @park_id AND e.merged_into IS NULL AND (sqlc.narg(own)::uuid IS NULL OR e.id = sqlc.narg(own)::uuid)
ORDER BY b.rank, length(e.short_name), e.short_name, e.id LIMIT @size;

-- name: EnterprisesMeant :many
-- Every enterprise whose name, short name, alias, credit code or pinyin initials answer what was typed, as FindEnterprises finds them: lists are not cut off.
SELECT e.id FROM enterprises AS e
WHERE e.park_id = @park_id AND e.merged_into IS NULL AND (sqlc.narg(own)::uuid IS NULL OR e.id = sqlc.narg(own)::uuid) AND e.id IN (
    SELECT x.id FROM enterprises AS x WHERE x.park_id = @park_id AND (x.plain_short = @wanted::text OR x.plain_name = @wanted::text)
    UNION SELECT x.id FROM enterprises AS x WHERE x.park_id = @park_id AND x.grams @> pairs(@wanted::text)
        AND least(closeness(@wanted::text, x.plain_short, x.short_letters), closeness(@wanted::text, x.plain_name, x.name_letters), closeness(@wanted::text, lower(x.credit_code), '')) < 9
    UNION SELECT a.enterprise_id FROM enterprise_aliases AS a WHERE a.grams @> pairs(@wanted::text) AND closeness(@wanted::text, a.plain_alias, a.alias_letters) < 9);

-- name: FirstEnterprises :many
SELECT e.id, e.name, e.short_name, e.credit_code, e.sector, e.invented, ''::text AS alias
FROM enterprises AS e
WHERE e.park_id = @park_id AND e.merged_into IS NULL AND (sqlc.narg(own)::uuid IS NULL OR e.id = sqlc.narg(own)::uuid)
ORDER BY e.short_name, e.id LIMIT @size;

-- name: SameEnterprise :many
-- Enterprises that go by one of the names, each in the form of sought(), or have the credit code: the one with the id first.
WITH meant AS (
    SELECT e.id FROM enterprises AS e WHERE sought(e.name) = ANY (@names::text[])
    UNION SELECT e.id FROM enterprises AS e WHERE sought(e.short_name) = ANY (@names::text[])
    UNION SELECT a.enterprise_id FROM enterprise_aliases AS a WHERE sought(a.alias) = ANY (@names::text[])
    UNION SELECT e.id FROM enterprises AS e WHERE e.credit_code <> '' AND e.credit_code = @credit_code::text
)
SELECT e.id, e.name, e.short_name FROM enterprises AS e JOIN meant AS m ON m.id = e.id
WHERE e.park_id = @park_id AND e.merged_into IS NULL AND (NOT @others::boolean OR e.id <> @id)
ORDER BY e.id = @id DESC, (e.credit_code <> '' AND e.credit_code = @credit_code::text) DESC, e.short_name, e.id LIMIT 1;

-- name: CalledEnterprises :many
-- Every name and credit code by which an enterprise goes, or one that was merged into another: names in the form of sought().
SELECT sought(e.name)::text FROM enterprises AS e WHERE e.park_id = @park_id UNION SELECT sought(e.short_name) FROM enterprises AS e WHERE e.park_id = @park_id
UNION SELECT sought(a.alias) FROM enterprise_aliases AS a JOIN enterprises AS e ON e.id = a.enterprise_id WHERE e.park_id = @park_id
UNION SELECT e.credit_code FROM enterprises AS e WHERE e.park_id = @park_id AND e.credit_code <> '';

-- name: LockEnterprises :exec
-- Held until the transaction ends: two people who add the same enterprise at once come one after the other.
SELECT pg_advisory_xact_lock(hashtext('enterprises'));

-- name: ByIndexAlone :exec
-- Until the transaction ends: a register that a sheet fills grows under plans that were made while it was empty, and each row would look at every other one.
SELECT set_config('enable_seqscan', 'off', true);

-- name: DropEnterprise :execrows
-- Takes back an enterprise that nothing refers to yet.
DELETE FROM enterprises AS e WHERE e.park_id = @park_id AND e.id = @id AND NOT EXISTS (SELECT FROM cases AS c WHERE c.enterprise_id = e.id OR c.also @> jsonb_build_array(jsonb_build_object('id', e.id)))
    AND NOT EXISTS (SELECT FROM users AS u WHERE u.enterprise_id = e.id) AND NOT EXISTS (SELECT FROM enterprise_aliases AS a WHERE a.enterprise_id = e.id);

-- name: FindPeople :many
-- People in use with one of the roles, the closest to what was typed first; everybody by name when nothing was.
WITH meant AS MATERIALIZED (
    SELECT u.id, u.name, u.username, u.roles, u.unit_id, plain(u.name) AS plain_name, initials(u.name) AS letters FROM users AS u
    WHERE u.park_id = @park_id AND u.disabled_at IS NULL AND u.enterprise_id IS NULL AND u.roles && @roles::text[] AND u.id <> ALL (@barred::uuid[])
        AND (@wanted::text = '' OR pairs(plain(u.name) || ' ' || u.username || ' ' || initials(u.name)) @> pairs(@wanted::text))
), ranked AS (
    SELECT m.*, CASE WHEN @wanted::text = '' THEN 0 ELSE least(closeness(@wanted::text, m.plain_name, m.letters), closeness(@wanted::text, m.username, '')) END AS rank FROM meant AS m
)
SELECT r.id, r.name, r.roles, coalesce(n.name, '')::text AS unit
FROM ranked AS r LEFT JOIN units AS n ON n.id = r.unit_id WHERE r.rank < 9
ORDER BY r.rank, r.name, r.id LIMIT @size;

-- name: PeopleMeant :many
-- Staff and officers whose name, account or pinyin initials are or begin with what was typed, also those whose accounts have ended: their cases are still there.
SELECT u.id FROM users AS u
WHERE u.park_id = @park_id AND u.enterprise_id IS NULL AND pairs(plain(u.name) || ' ' || u.username || ' ' || initials(u.name)) @> pairs(@wanted::text)
    AND least(closeness(@wanted::text, plain(u.name), initials(u.name)), closeness(@wanted::text, u.username, '')) < 4
ORDER BY least(closeness(@wanted::text, plain(u.name), initials(u.name)), closeness(@wanted::text, u.username, '')), u.name, u.id LIMIT @size;

-- name: FindUnits :many
SELECT n.id, n.name, n.kind FROM units AS n
WHERE n.park_id = @park_id AND n.id <> ALL (@barred::uuid[]) AND (@wanted::text = '' OR closeness(@wanted::text, plain(n.name), initials(n.name)) < 9)
ORDER BY CASE WHEN @wanted::text = '' THEN 0 ELSE closeness(@wanted::text, plain(n.name), initials(n.name)) END, n.name, n.id
LIMIT @size;

-- name: FindDeputies :many
-- Who may stand in for somebody, the closest to what was typed first.
WITH meant AS MATERIALIZED (
    SELECT u.id, u.name, u.username, u.roles, u.unit_id, plain(u.name) AS plain_name, initials(u.name) AS letters FROM users AS u
    WHERE u.park_id = @park_id AND may_stand_in(@user_id::uuid, u.id)
        AND (@wanted::text = '' OR pairs(plain(u.name) || ' ' || u.username || ' ' || initials(u.name)) @> pairs(@wanted::text))
), ranked AS (
    SELECT m.*, CASE WHEN @wanted::text = '' THEN 0 ELSE least(closeness(@wanted::text, m.plain_name, m.letters), closeness(@wanted::text, m.username, '')) END AS rank FROM meant AS m
)
SELECT r.id, r.name, r.roles, coalesce(n.name, '')::text AS unit
FROM ranked AS r LEFT JOIN units AS n ON n.id = r.unit_id WHERE r.rank < 9
ORDER BY r.rank, r.name, r.id LIMIT @size;

-- name: PersonNamed :one
-- Somebody whom the actor may choose: of the offices, where the actor may know them, or a deputy of the actor's.
SELECT u.name, coalesce(n.name, '')::text AS unit, u.roles FROM users AS u LEFT JOIN units AS n ON n.id = u.unit_id
WHERE u.park_id = @park_id AND u.id = @id AND ((@offices::boolean AND u.enterprise_id IS NULL) OR may_stand_in(@actor_id::uuid, u.id));
