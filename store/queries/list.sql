-- The lists of cases of every kind. A list is chosen in the index of its order, where there is one, else from the cards of its kind, and only the rows of a page are
-- read in full. Lists need custom plans: what is not asked for falls away when the plan is made, the orders not taken too.

-- name: List :many
-- One page of the cases of a kind. by names the column that sorts: '' is the usual order, the most urgent first, which is walked in its index, and every other
-- one is walked in an index of the same expression where the migration has one, else the cards of the kind are read and the first so many kept. What has no value comes last whichever way the list is turned: none_said and
-- none_counted stand for it, the greatest for forwards and the least for backwards. ranks are the values of a column of words in their order. Cases that stand at
-- their end in one state are told apart by what the list shows of them: the result, in the order of outcomes, and the day. Who closed a case is read of the page's rows only.
WITH picked AS (
    SELECT k.case_id, k.due_order, s.said, s.counted FROM cards AS k CROSS JOIN LATERAL (SELECT
        (CASE WHEN @by::text = 'number' THEN spoken(k.number) WHEN @by::text = 'title' THEN k.title_key ELSE coalesce(CASE @by::text WHEN 'enterprise_name' THEN nullif(k.enterprise_key, '') WHEN 'holder_name' THEN nullif(k.holder_key, '') WHEN 'manager_name' THEN nullif(k.manager_key, '') WHEN 'location' THEN nullif(k.location_key, '') END, @none_said::text) END) COLLATE "C" AS said,
        coalesce(CASE @by::text
            WHEN 'due_on' THEN (k.due_on - DATE '2000-01-01')::bigint
            WHEN 'state' THEN array_position(@ranks::text[], k.state) * 1000000000::bigint + CASE WHEN k.done THEN coalesce(array_position(@outcomes::text[], k.result), 0) * 10000000 + coalesce(k.closed_on - DATE '1900-01-01', 0) ELSE 0 END
            WHEN 'stage' THEN array_position(@ranks::text[], k.stage)::bigint
            WHEN 'sector' THEN array_position(@ranks::text[], k.sector)::bigint
            WHEN 'site_mode' THEN array_position(@ranks::text[], k.site_mode)::bigint
            WHEN 'step' THEN array_position(@ranks::text[], k.step)::bigint
            WHEN 'ending' THEN array_position(@ranks::text[], k.ending)::bigint
            WHEN 'next_contact_on' THEN (k.next_contact_on - DATE '2000-01-01')::bigint
            WHEN 'level' THEN array_position(@ranks::text[], k.level)::bigint
            WHEN 'result' THEN array_position(@ranks::text[], k.result)::bigint
            WHEN 'investment' THEN k.investment
            WHEN 'percent' THEN k.percent::bigint
            WHEN 'round' THEN k.round::bigint
            WHEN 'holder_since' THEN (extract(epoch FROM k.holder_since AT TIME ZONE 'UTC') * 1000000)::bigint
            WHEN 'stage_since' THEN (k.stage_since - DATE '2000-01-01')::bigint
            WHEN 'signed_on' THEN (k.signed_on - DATE '2000-01-01')::bigint
            WHEN 'construction_started_on' THEN (k.started_on - DATE '2000-01-01')::bigint
            WHEN 'signed_recognised_on' THEN (k.signed_recognised_on - DATE '2000-01-01')::bigint
            WHEN 'started_recognised_on' THEN (k.started_recognised_on - DATE '2000-01-01')::bigint
            WHEN 'completed_recognised_on' THEN (k.completed_recognised_on - DATE '2000-01-01')::bigint
            WHEN 'production_on' THEN (k.production_on - DATE '2000-01-01')::bigint
            WHEN 'found_on' THEN (k.found_on - DATE '2000-01-01')::bigint
            WHEN 'closed_on' THEN (k.closed_on - DATE '2000-01-01')::bigint END, @none_counted::bigint) AS counted) AS s
    WHERE k.park_id = @park_id AND k.kind = @kind
    AND (sqlc.narg(done)::boolean IS NULL OR k.done = sqlc.narg(done))
    AND (sqlc.narg(cases)::uuid[] IS NULL OR k.case_id = ANY (sqlc.narg(cases)::uuid[]))
    AND (sqlc.narg(overdue_at)::timestamptz IS NULL OR k.due_order < sqlc.narg(overdue_at))
    AND (sqlc.narg(states)::text[] IS NULL OR k.state = ANY (sqlc.narg(states)::text[]))
    AND (sqlc.narg(stages)::text[] IS NULL OR k.stage = ANY (sqlc.narg(stages)::text[]))
    AND (sqlc.narg(sectors)::text[] IS NULL OR k.sector = ANY (sqlc.narg(sectors)::text[]))
    AND (sqlc.narg(site_modes)::text[] IS NULL OR k.site_mode = ANY (sqlc.narg(site_modes)::text[]))
    AND (sqlc.narg(steps)::text[] IS NULL OR k.step = ANY (sqlc.narg(steps)::text[]))
    AND (sqlc.narg(endings)::text[] IS NULL OR k.ending = ANY (sqlc.narg(endings)::text[]))
    AND (sqlc.narg(next_contact_from)::date IS NULL OR k.next_contact_on >= sqlc.narg(next_contact_from)) AND (sqlc.narg(next_contact_to)::date IS NULL OR k.next_contact_on <= sqlc.narg(next_contact_to))
    AND (sqlc.narg(percent_from)::smallint IS NULL OR k.percent >= sqlc.narg(percent_from)) AND (sqlc.narg(percent_to)::smallint IS NULL OR k.percent <= sqlc.narg(percent_to))
    AND (sqlc.narg(levels)::text[] IS NULL OR k.level = ANY (sqlc.narg(levels)::text[]))
    AND (sqlc.narg(results)::text[] IS NULL OR k.result = ANY (sqlc.narg(results)::text[]))
    AND (sqlc.narg(holders)::uuid[] IS NULL OR k.holder_id = ANY (sqlc.narg(holders)::uuid[]))
    AND (sqlc.narg(units)::uuid[] IS NULL OR k.holder_id = ANY (sqlc.narg(units)::uuid[] || ARRAY(SELECT u.id FROM users AS u WHERE u.unit_id = ANY (sqlc.narg(units)::uuid[]))))
    AND (sqlc.narg(managers)::uuid[] IS NULL OR k.manager_id = ANY (sqlc.narg(managers)::uuid[]))
    AND (sqlc.narg(enterprises)::uuid[] IS NULL OR k.enterprise_id = ANY (sqlc.narg(enterprises)::uuid[]) OR k.case_id = ANY (sqlc.narg(also_theirs)::uuid[]))
    AND (sqlc.narg(campaigns)::uuid[] IS NULL OR k.campaign_id = ANY (sqlc.narg(campaigns)::uuid[]))
    AND (sqlc.narg(due_from)::date IS NULL OR k.due_on >= sqlc.narg(due_from)) AND (sqlc.narg(due_to)::date IS NULL OR k.due_on <= sqlc.narg(due_to))
    AND (sqlc.narg(found_from)::date IS NULL OR k.found_on >= sqlc.narg(found_from)) AND (sqlc.narg(found_to)::date IS NULL OR k.found_on <= sqlc.narg(found_to))
    AND (sqlc.narg(closed_from)::date IS NULL OR k.closed_on >= sqlc.narg(closed_from)) AND (sqlc.narg(closed_to)::date IS NULL OR k.closed_on <= sqlc.narg(closed_to))
    AND (sqlc.narg(signed_from)::date IS NULL OR k.signed_on >= sqlc.narg(signed_from)) AND (sqlc.narg(signed_to)::date IS NULL OR k.signed_on <= sqlc.narg(signed_to))
    AND (sqlc.narg(started_from)::date IS NULL OR k.started_on >= sqlc.narg(started_from)) AND (sqlc.narg(started_to)::date IS NULL OR k.started_on <= sqlc.narg(started_to))
    AND (sqlc.narg(signed_recognised_from)::date IS NULL OR k.signed_recognised_on >= sqlc.narg(signed_recognised_from)) AND (sqlc.narg(signed_recognised_to)::date IS NULL OR k.signed_recognised_on <= sqlc.narg(signed_recognised_to))
    AND (sqlc.narg(started_recognised_from)::date IS NULL OR k.started_recognised_on >= sqlc.narg(started_recognised_from)) AND (sqlc.narg(started_recognised_to)::date IS NULL OR k.started_recognised_on <= sqlc.narg(started_recognised_to))
    AND (sqlc.narg(completed_recognised_from)::date IS NULL OR k.completed_recognised_on >= sqlc.narg(completed_recognised_from)) AND (sqlc.narg(completed_recognised_to)::date IS NULL OR k.completed_recognised_on <= sqlc.narg(completed_recognised_to))
    AND (sqlc.narg(production_from)::date IS NULL OR k.production_on >= sqlc.narg(production_from)) AND (sqlc.narg(production_to)::date IS NULL OR k.production_on <= sqlc.narg(production_to))
    AND (sqlc.narg(in_hand_year)::integer IS NULL OR (k.is_key AND k.started_on < make_date(sqlc.narg(in_hand_year) + 1, 1, 1)
        AND coalesce(k.production_on, 'infinity') >= make_date(sqlc.narg(in_hand_year), 1, 1)))
    AND (sqlc.narg(money_from)::date IS NULL OR (k.started_on < (sqlc.narg(money_from)::date + interval '1 month')::date AND coalesce(k.production_on, 'infinity') >= sqlc.narg(money_from)
        AND coalesce(k.closed_on, 'infinity') >= sqlc.narg(money_from)))
    AND (sqlc.narg(money_entered)::boolean IS NULL OR sqlc.narg(money_entered) = (k.case_id IN (SELECT y.case_id FROM project_money AS y WHERE y.month = to_char(sqlc.narg(money_from)::date, 'YYYY-MM')
        AND y.sort = 'done' AND NOT y.taken_back)))
    AND (sqlc.narg(keys)::integer[] IS NULL OR CASE WHEN @broad::boolean
        THEN k.enterprise_id = ANY (sqlc.narg(firms)::uuid[]) OR k.case_id = ANY (sqlc.narg(also_meant)::uuid[]) OR k.manager_id = ANY (sqlc.narg(people)::uuid[]) OR (NOT k.done AND k.holder_id = ANY (sqlc.narg(people)::uuid[]))
            OR (SELECT l.said LIKE ALL (sqlc.narg(patterns)::text[]) FROM labels AS l WHERE l.case_id = k.case_id)
        ELSE k.case_id IN (
            SELECT l.case_id FROM labels AS l WHERE l.park_id = @park_id AND l.codes @> sqlc.narg(keys)::integer[] AND l.said LIKE ALL (sqlc.narg(patterns)::text[])
            UNION ALL SELECT f.case_id FROM cards AS f WHERE f.enterprise_id = ANY (sqlc.narg(firms)::uuid[])
            UNION ALL SELECT unnest(sqlc.narg(also_meant)::uuid[])
            UNION ALL SELECT m.case_id FROM cards AS m WHERE m.manager_id = ANY (sqlc.narg(people)::uuid[])
            UNION ALL SELECT h.case_id FROM cards AS h WHERE NOT h.done AND h.holder_id = ANY (sqlc.narg(people)::uuid[])) END)
    AND (sqlc.narg(viewers)::uuid[] IS NULL OR CASE WHEN @wide::boolean
        THEN k.case_id IN (SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]))
        ELSE k.case_id = ANY (ARRAY(SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]))) END)
    AND (@by::text <> '' OR (k.due_order, k.case_id) > (sqlc.arg(after_due)::text::timestamptz, @after_id::uuid))
    AND (NOT @by_words::boolean OR @back::boolean OR (s.said, k.case_id) > (@after_said::text, @after_id::uuid))
    AND (NOT @by_words::boolean OR NOT @back::boolean OR (s.said, k.case_id) < (@after_said::text, @after_id::uuid))
    AND (NOT @by_number::boolean OR @back::boolean OR (s.counted, k.case_id) > (@after_counted::bigint, @after_id::uuid))
    AND (NOT @by_number::boolean OR NOT @back::boolean OR (s.counted, k.case_id) < (@after_counted::bigint, @after_id::uuid))
    ORDER BY CASE WHEN @by::text = '' THEN k.due_order END, CASE WHEN @by_words::boolean AND NOT @back::boolean THEN s.said END COLLATE "C", CASE WHEN @by_words::boolean AND @back::boolean THEN s.said END COLLATE "C" DESC,
        CASE WHEN @by_number::boolean AND NOT @back::boolean THEN s.counted END, CASE WHEN @by_number::boolean AND @back::boolean THEN s.counted END DESC,
        CASE WHEN NOT @back::boolean THEN k.case_id END, CASE WHEN @back::boolean THEN k.case_id END DESC
    LIMIT @size
)
SELECT c.id, c.number, c.title, c.version, c.state, c.stage, c.round, c.done, coalesce(c.enterprise_id::text, '')::text AS enterprise_id, c.enterprise_name, coalesce(c.holder_kind, '') AS holder_kind,
    coalesce(c.holder_id::text, '')::text AS holder_id, c.holder_name, c.holder_since, c.due_on, c.target_on, c.provisional, c.overdue_since, c.suspended_since, c.updated_at,
    picked.due_order::text AS due_order, picked.said::text AS said, picked.counted::bigint AS counted,
    coalesce(p.sector, '')::text AS sector, coalesce(p.site_mode, '')::text AS site_mode, coalesce(p.investment::text, '')::text AS investment, coalesce(p.is_key, false)::boolean AS is_key,
    coalesce(p.step, '')::text AS step, coalesce(p.terminated ->> 'cause', '')::text AS ending, p.next_contact_on,
    p.stage_since, p.signed_on, p.construction_started_on, p.production_on, p.full_capacity_on, p.above_scale_on,
    m.signed_recognised_on, m.started_recognised_on, m.completed_recognised_on, m.percent,
    coalesce(p.manager_name, h.supervisor_name, f.facts ->> 'manager_name', '')::text AS manager_name,
    coalesce(h.level, '')::text AS level, coalesce(h.location, '')::text AS location, h.found_on, coalesce(h.result, '')::text AS result, coalesce(h.closed_on, (c.closed_at AT TIME ZONE 'Asia/Shanghai')::date) AS closed_on,
    coalesce(ending.by_id::text, '')::text AS closed_by_id, coalesce(u.name, ending.by_name, '')::text AS closed_by
FROM picked JOIN cases AS c ON c.id = picked.case_id JOIN cards AS m ON m.case_id = picked.case_id LEFT JOIN projects AS p ON p.case_id = picked.case_id LEFT JOIN hazards AS h ON h.case_id = picked.case_id
    LEFT JOIN case_facts AS f ON f.case_id = picked.case_id
    LEFT JOIN endings AS ending ON ending.case_id = picked.case_id AND c.done LEFT JOIN users AS u ON u.id = ending.by_id
ORDER BY CASE WHEN @by::text = '' THEN picked.due_order END, CASE WHEN @by_words::boolean AND NOT @back::boolean THEN picked.said END COLLATE "C", CASE WHEN @by_words::boolean AND @back::boolean THEN picked.said END COLLATE "C" DESC,
    CASE WHEN @by_number::boolean AND NOT @back::boolean THEN picked.counted END, CASE WHEN @by_number::boolean AND @back::boolean THEN picked.counted END DESC,
    CASE WHEN NOT @back::boolean THEN picked.case_id END, CASE WHEN @back::boolean THEN picked.case_id END DESC;

-- name: MeantShare :one
-- How many of the first three hundred of a list the words find: when it is some, the list is walked in its order and each case looked at until the page is full, else what they
-- find is gathered first. A word that most cases say (of 60,000 labels, 40,000 have the same letter) was gathered in 140 ms.
SELECT count(*)::integer FROM (SELECT k.case_id, k.enterprise_id, k.manager_id, k.holder_id, k.done FROM cards AS k
    WHERE k.kind = @kind AND k.park_id = @park_id AND (sqlc.narg(done)::boolean IS NULL OR k.done = sqlc.narg(done)) ORDER BY k.due_order, k.case_id LIMIT 300) AS s
WHERE s.enterprise_id = ANY (sqlc.narg(firms)::uuid[]) OR s.case_id = ANY (sqlc.narg(also_meant)::uuid[]) OR s.manager_id = ANY (sqlc.narg(people)::uuid[]) OR (NOT s.done AND s.holder_id = ANY (sqlc.narg(people)::uuid[]))
    OR (SELECT l.said LIKE ALL (sqlc.narg(patterns)::text[]) FROM labels AS l WHERE l.case_id = s.case_id);

-- name: ListTotals :one
-- Exact, and counted, and named where most is not 0 and they are no more than that (with 0 the ids fall away when the plan is made): the index of the list holds every filter, so no row is read. Which cases words find is looked up once and kept in a hash, through which the
-- list goes: joined, as in List, which needs a page of them, each was looked up by itself, and the planner, which knows nothing of how many they are, thought of 200.
SELECT count(*)::integer AS count, coalesce(sum(CASE WHEN @kind::text = 'project' THEN k.investment END), 0)::bigint AS investment,
    count(*) FILTER (WHERE k.due_order < @now::timestamptz)::integer AS overdue,
    coalesce(CASE WHEN @most::integer > 0 AND count(*) <= @most::integer THEN array_agg(k.case_id) END, '{}')::uuid[] AS ids
FROM cards AS k
    WHERE k.park_id = @park_id AND k.kind = @kind
    AND (sqlc.narg(done)::boolean IS NULL OR k.done = sqlc.narg(done))
    AND (sqlc.narg(cases)::uuid[] IS NULL OR k.case_id = ANY (sqlc.narg(cases)::uuid[]))
    AND (sqlc.narg(overdue_at)::timestamptz IS NULL OR k.due_order < sqlc.narg(overdue_at))
    AND (sqlc.narg(states)::text[] IS NULL OR k.state = ANY (sqlc.narg(states)::text[]))
    AND (sqlc.narg(stages)::text[] IS NULL OR k.stage = ANY (sqlc.narg(stages)::text[]))
    AND (sqlc.narg(sectors)::text[] IS NULL OR k.sector = ANY (sqlc.narg(sectors)::text[]))
    AND (sqlc.narg(site_modes)::text[] IS NULL OR k.site_mode = ANY (sqlc.narg(site_modes)::text[]))
    AND (sqlc.narg(steps)::text[] IS NULL OR k.step = ANY (sqlc.narg(steps)::text[]))
    AND (sqlc.narg(endings)::text[] IS NULL OR k.ending = ANY (sqlc.narg(endings)::text[]))
    AND (sqlc.narg(next_contact_from)::date IS NULL OR k.next_contact_on >= sqlc.narg(next_contact_from)) AND (sqlc.narg(next_contact_to)::date IS NULL OR k.next_contact_on <= sqlc.narg(next_contact_to))
    AND (sqlc.narg(percent_from)::smallint IS NULL OR k.percent >= sqlc.narg(percent_from)) AND (sqlc.narg(percent_to)::smallint IS NULL OR k.percent <= sqlc.narg(percent_to))
    AND (sqlc.narg(levels)::text[] IS NULL OR k.level = ANY (sqlc.narg(levels)::text[]))
    AND (sqlc.narg(results)::text[] IS NULL OR k.result = ANY (sqlc.narg(results)::text[]))
    AND (sqlc.narg(holders)::uuid[] IS NULL OR k.holder_id = ANY (sqlc.narg(holders)::uuid[]))
    AND (sqlc.narg(units)::uuid[] IS NULL OR k.holder_id = ANY (sqlc.narg(units)::uuid[] || ARRAY(SELECT u.id FROM users AS u WHERE u.unit_id = ANY (sqlc.narg(units)::uuid[]))))
    AND (sqlc.narg(managers)::uuid[] IS NULL OR k.manager_id = ANY (sqlc.narg(managers)::uuid[]))
    AND (sqlc.narg(enterprises)::uuid[] IS NULL OR k.enterprise_id = ANY (sqlc.narg(enterprises)::uuid[]) OR k.case_id = ANY (sqlc.narg(also_theirs)::uuid[]))
    AND (sqlc.narg(campaigns)::uuid[] IS NULL OR k.campaign_id = ANY (sqlc.narg(campaigns)::uuid[]))
    AND (sqlc.narg(due_from)::date IS NULL OR k.due_on >= sqlc.narg(due_from)) AND (sqlc.narg(due_to)::date IS NULL OR k.due_on <= sqlc.narg(due_to))
    AND (sqlc.narg(found_from)::date IS NULL OR k.found_on >= sqlc.narg(found_from)) AND (sqlc.narg(found_to)::date IS NULL OR k.found_on <= sqlc.narg(found_to))
    AND (sqlc.narg(closed_from)::date IS NULL OR k.closed_on >= sqlc.narg(closed_from)) AND (sqlc.narg(closed_to)::date IS NULL OR k.closed_on <= sqlc.narg(closed_to))
    AND (sqlc.narg(signed_from)::date IS NULL OR k.signed_on >= sqlc.narg(signed_from)) AND (sqlc.narg(signed_to)::date IS NULL OR k.signed_on <= sqlc.narg(signed_to))
    AND (sqlc.narg(started_from)::date IS NULL OR k.started_on >= sqlc.narg(started_from)) AND (sqlc.narg(started_to)::date IS NULL OR k.started_on <= sqlc.narg(started_to))
    AND (sqlc.narg(signed_recognised_from)::date IS NULL OR k.signed_recognised_on >= sqlc.narg(signed_recognised_from)) AND (sqlc.narg(signed_recognised_to)::date IS NULL OR k.signed_recognised_on <= sqlc.narg(signed_recognised_to))
    AND (sqlc.narg(started_recognised_from)::date IS NULL OR k.started_recognised_on >= sqlc.narg(started_recognised_from)) AND (sqlc.narg(started_recognised_to)::date IS NULL OR k.started_recognised_on <= sqlc.narg(started_recognised_to))
    AND (sqlc.narg(completed_recognised_from)::date IS NULL OR k.completed_recognised_on >= sqlc.narg(completed_recognised_from)) AND (sqlc.narg(completed_recognised_to)::date IS NULL OR k.completed_recognised_on <= sqlc.narg(completed_recognised_to))
    AND (sqlc.narg(production_from)::date IS NULL OR k.production_on >= sqlc.narg(production_from)) AND (sqlc.narg(production_to)::date IS NULL OR k.production_on <= sqlc.narg(production_to))
    AND (sqlc.narg(in_hand_year)::integer IS NULL OR (k.is_key AND k.started_on < make_date(sqlc.narg(in_hand_year) + 1, 1, 1)
        AND coalesce(k.production_on, 'infinity') >= make_date(sqlc.narg(in_hand_year), 1, 1)))
    AND (sqlc.narg(money_from)::date IS NULL OR (k.started_on < (sqlc.narg(money_from)::date + interval '1 month')::date AND coalesce(k.production_on, 'infinity') >= sqlc.narg(money_from)
        AND coalesce(k.closed_on, 'infinity') >= sqlc.narg(money_from)))
    AND (sqlc.narg(money_entered)::boolean IS NULL OR sqlc.narg(money_entered) = (k.case_id IN (SELECT y.case_id FROM project_money AS y WHERE y.month = to_char(sqlc.narg(money_from)::date, 'YYYY-MM')
        AND y.sort = 'done' AND NOT y.taken_back)))
    AND (sqlc.narg(keys)::integer[] IS NULL
        OR k.case_id IN (SELECT l.case_id FROM labels AS l WHERE l.park_id = @park_id AND (cardinality(sqlc.narg(keys)::integer[]) = 0 OR l.codes @> sqlc.narg(keys)::integer[]) AND l.said LIKE ALL (sqlc.narg(patterns)::text[]))
        OR k.enterprise_id = ANY (sqlc.narg(firms)::uuid[]) OR k.case_id = ANY (sqlc.narg(also_meant)::uuid[]) OR k.manager_id = ANY (sqlc.narg(people)::uuid[]) OR (NOT k.done AND k.holder_id = ANY (sqlc.narg(people)::uuid[])))
    AND (sqlc.narg(viewers)::uuid[] IS NULL OR CASE WHEN @wide::boolean
        THEN k.case_id IN (SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]))
        ELSE k.case_id = ANY (ARRAY(SELECT v.case_id FROM sight AS v WHERE v.party_id = ANY (sqlc.narg(viewers)::uuid[]))) END);

-- name: ListColumns :one
SELECT columns FROM list_columns WHERE user_id = @user_id AND list = @list;

-- name: SetListColumns :exec
INSERT INTO list_columns (user_id, list, columns) VALUES (@user_id, @list, @columns) ON CONFLICT (user_id, list) DO UPDATE SET columns = excluded.columns;

-- name: DropListColumns :exec
DELETE FROM list_columns WHERE user_id = @user_id AND list = @list;

-- name: AlsoAddressed :many
-- The cases that are addressed to one of these enterprises beside another one: mostly none, so what lists them asks first.
SELECT c.id::uuid FROM unnest(@enterprises::uuid[]) AS e (id) CROSS JOIN LATERAL also_to(e.id) AS c (id);

-- name: AlsoInHand :many
-- Those of them that wait for another one of the enterprises they are addressed to, and so for this one too, whichever has them in hand.
SELECT c.id FROM also_to(sqlc.arg(enterprise_id)::uuid) AS b (id) JOIN cases AS c ON c.id = b.id AND NOT c.done AND c.holder_kind = 'enterprise' AND c.holder_id <> sqlc.arg(enterprise_id)::uuid
UNION ALL
SELECT c.id FROM cases AS c WHERE c.enterprise_id = sqlc.arg(enterprise_id)::uuid AND c.also IS NOT NULL AND NOT c.done AND c.holder_kind = 'enterprise' AND c.holder_id <> sqlc.arg(enterprise_id)::uuid;

-- name: OthersAddressed :many
-- The people of the other enterprises that a case is or was addressed to, by what their enterprise is called: also of one that was taken off, and who has left it since. Of most cases there are none.
WITH firms AS (
    SELECT c.enterprise_id AS id FROM cases AS c WHERE c.id = @case_id
    UNION SELECT (a ->> 'id')::uuid FROM cases AS c CROSS JOIN LATERAL jsonb_array_elements(c.also) AS a WHERE c.id = @case_id
    UNION SELECT (v.input ->> 'also_id')::uuid FROM events AS v WHERE v.case_id = @case_id AND v.command LIKE '%.unaddress'
), others AS (
    SELECT e.id, e.short_name FROM firms AS f JOIN enterprises AS e ON e.id = f.id WHERE e.id <> sqlc.arg(enterprise_id)::uuid
)
SELECT u.id, o.short_name AS firm FROM others AS o JOIN users AS u ON u.enterprise_id = o.id
UNION SELECT (v.actor ->> 'id')::uuid, o.short_name FROM others AS o JOIN events AS v ON v.case_id = @case_id AND v.actor ->> 'enterprise_id' = o.id::text
WHERE NOT EXISTS (SELECT FROM users AS u WHERE u.id = (v.actor ->> 'id')::uuid AND u.enterprise_id = sqlc.arg(enterprise_id)::uuid);
