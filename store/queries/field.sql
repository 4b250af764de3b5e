-- What is needed where there is no network: everything that a hazard is recorded with, read at once and searched on the device (docs/decisions/0080).

-- name: ShipFinding :exec
-- One under the same name stays as it is.
INSERT INTO hazard_library SELECT (r).* FROM jsonb_populate_record(NULL::hazard_library, @doc::jsonb || jsonb_build_object('id', @id::uuid, 'park_id', @park_id::uuid)) AS r
ON CONFLICT (park_id, name) DO NOTHING;

-- name: FieldEnterprises :many
-- merged are those that became it: their codes hang on the doors still.
SELECT e.id, e.name, e.short_name, e.status,
    (plain(e.short_name) || ' ' || plain(e.name) || ' ' || lower(e.credit_code) || ' ' || e.short_letters || ' ' || e.name_letters
        || coalesce((SELECT string_agg(' ' || plain(a.alias) || ' ' || a.alias_letters, '' ORDER BY a.alias) FROM enterprise_aliases AS a WHERE a.enterprise_id = e.id), ''))::text AS search,
    ARRAY(SELECT m.id FROM enterprises AS m WHERE m.merged_into = e.id ORDER BY m.id)::text[] AS merged
FROM enterprises AS e WHERE e.park_id = @park_id AND e.merged_into IS NULL ORDER BY e.short_name, e.id;

-- name: FieldPlaces :many
-- Buildings, and the places of those who sit on the site on the day.
SELECT b.id, b.enterprise_id, b.name::text AS name, (plain(b.name) || ' ' || initials(b.name))::text AS search FROM enterprise_buildings AS b WHERE b.park_id = @park_id
UNION ALL SELECT t.id, t.tenant_id, t.place, (plain(t.place) || ' ' || initials(t.place))::text FROM tenancies AS t
WHERE t.park_id = @park_id AND (t.since IS NULL OR t.since <= @day::date) AND (t.until IS NULL OR t.until >= @day::date) ORDER BY 2, 3, 1;

-- name: FieldTenancies :many
-- Who shares a site with whom on the day: landlord and tenant can both be told of what is found there.
SELECT DISTINCT t.enterprise_id, t.tenant_id FROM tenancies AS t
WHERE t.park_id = @park_id AND (t.since IS NULL OR t.since <= @day::date) AND (t.until IS NULL OR t.until >= @day::date) ORDER BY 1, 2;

-- name: FieldPeople :many
-- Who inspects beside the reader.
SELECT u.id, u.name, (plain(u.name) || ' ' || u.username || ' ' || initials(u.name))::text AS search FROM users AS u
WHERE u.park_id = @park_id AND u.disabled_at IS NULL AND u.enterprise_id IS NULL AND 'safety_supervisor' = ANY (u.roles) AND u.id <> @reader::uuid ORDER BY u.name, u.id;

-- name: FieldFindings :many
SELECT l.id, l.name, l.category, l.clause, l.wording, l.requirement, l.level, l.handling, l.days,
    (plain(l.name) || ' ' || initials(replace(l.name, '【重大】', '')) || ' ' || plain(l.category) || ' ' || initials(l.category) || ' ' || plain(l.clause) || ' ' || plain(l.wording))::text AS search
FROM hazard_library AS l WHERE l.park_id = @park_id AND l.withdrawn = '' ORDER BY l.level, l.category, l.name, l.id;

-- name: FieldVisits :many
-- Inspections of the reader for today, in which they are now, or were within a week: what was found in them may still be written down.
SELECT c.id, c.number, c.title, (f.facts ->> 'target_id')::uuid AS enterprise_id, coalesce(f.facts ->> 'place', '')::text AS place,
    ARRAY(SELECT i ->> 'id' FROM jsonb_array_elements(f.facts -> 'inspectors') AS i WHERE i ->> 'id' <> (@reader::uuid)::text)::text[] AS inspectors
FROM cases AS c JOIN case_facts AS f ON f.case_id = c.id
WHERE c.park_id = @park_id AND c.kind = 'inspection' AND f.facts ? 'target_id' AND c.state IN ('planned', 'visiting', 'inspected')
    AND coalesce(f.facts ->> 'held_on', f.facts ->> 'visit_on') BETWEEN @since::text AND @day::text
    AND f.facts -> 'inspectors' @> jsonb_build_array(jsonb_build_object('id', (@reader::uuid)::text))
ORDER BY coalesce(f.facts ->> 'held_on', f.facts ->> 'visit_on') DESC, c.id LIMIT 50;
