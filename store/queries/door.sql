-- What the door (store.Apply) reads and writes. A case travels as one JSON document whose keys are the column names.

-- name: CommitWithoutFlush :exec
-- Lets this transaction commit without waiting for the disk.
SELECT set_config('synchronous_commit', 'off', true);

-- name: LockCase :one
-- Makes every other command on the case wait. What is asked behind it in the same round trip sees what it waited for. Rows that only point at the
-- case (a notice, a mark that it was seen) need not wait.
SELECT kind, head_hash FROM cases WHERE id = @id FOR NO KEY UPDATE;

-- name: Enter :one
-- What the door has to know of a command before it asks the rules: whether its key was seen before and for which request, in which form the case's last
-- event was recorded, whether the case is in sight (viewers NULL: everything is), the calendar and the definition in force. How many
-- hazards are open where a gate is passed is asked beside it (OpenHazards).
SELECT coalesce((SELECT e.form FROM events AS e WHERE e.case_id = @case_id ORDER BY e.version DESC LIMIT 1), 0)::smallint AS head_form,
    (sqlc.narg(viewers)::uuid[] IS NULL OR EXISTS (SELECT FROM sight AS v WHERE v.case_id = @case_id AND v.party_id = ANY (sqlc.narg(viewers)::uuid[])))::boolean AS in_sight,
    coalesce((SELECT max(r.seq) FROM calendars AS r WHERE r.park_id = @park_id), 0)::integer AS calendar,
    coalesce((SELECT max(f.version) FROM definitions AS f WHERE f.park_id = @park_id AND f.kind = @kind), 0)::integer AS definition,
    k.version AS seen_version, k.request_hash AS seen_request
FROM (SELECT) AS once LEFT JOIN events AS k ON k.case_id = @case_id AND k.key_owner = @key_owner AND k.key = @key;

-- name: CurrentCalendar :one
SELECT coalesce(max(seq), 0)::integer FROM calendars WHERE park_id = @park_id;

-- name: Calendar :one
SELECT version, years, hours FROM calendars WHERE park_id = @park_id AND seq = @seq;

-- name: CalendarSeq :one
SELECT seq FROM calendars WHERE park_id = @park_id AND version = @version;

-- name: CalendarDays :many
SELECT day, kind, name, list FROM calendar_days WHERE park_id = @park_id AND seq = @seq ORDER BY day, list;

-- name: EventAt :one
SELECT * FROM events WHERE case_id = @case_id AND version = @version;

-- name: MovedSince :one
-- Whether anything happened on the case after the version beside what only added.
SELECT EXISTS (SELECT FROM events WHERE case_id = @case_id AND version > @version AND command <> ALL (@adding::text[]));

-- name: LastMove :one
-- The last event, or the last one that moved a fact.
SELECT * FROM events WHERE case_id = @case_id
    AND (sqlc.narg(path)::text IS NULL OR changes @> jsonb_build_array(jsonb_build_object('path', sqlc.narg(path)::text)))
ORDER BY version DESC LIMIT 1;

-- name: LastDeed :one
SELECT * FROM events WHERE case_id = @case_id AND command = @command AND actor ->> 'type' = 'person' AND actor ->> 'id' = @actor_id::text
ORDER BY version DESC LIMIT 1;

-- name: HeldBefore :one
SELECT EXISTS (SELECT FROM events WHERE case_id = @case_id AND outcome -> 'holder' ->> 'id' = ANY (@ids::text[]));

-- name: LoadProject :one
-- The document's keys are the names of the columns; those that a case does not know (due_order, head_hash) it passes over. It is made as text: as jsonb, taken apart
-- and sorted anew for each part that is added, it took twice as long.
SELECT row_to_json(d)::json AS doc FROM (SELECT c.*, p.*,
    CASE WHEN c.holder_id IS NOT NULL THEN json_build_object('kind', c.holder_kind, 'id', c.holder_id, 'name', c.holder_name, 'since', c.holder_since) END AS holder,
    (SELECT coalesce(json_agg(x ORDER BY x.seq), '[]') FROM passages AS x WHERE x.case_id = c.id) AS passages,
    (SELECT coalesce(json_agg(x ORDER BY x.at, x.requirement), '[]') FROM gate_answers AS x WHERE x.case_id = c.id) AS gate_answers,
    (SELECT coalesce(json_agg(x ORDER BY x.seq), '[]') FROM clocks AS x WHERE x.case_id = c.id) AS clocks,
    (SELECT coalesce(json_agg(x ORDER BY x.position), '[]') FROM buildings AS x WHERE x.case_id = c.id) AS buildings,
    (SELECT coalesce(json_agg(x ORDER BY x.seq), '[]') FROM project_money AS x WHERE x.case_id = c.id) AS money,
    (SELECT coalesce(json_agg(x ORDER BY x.number, x.revision), '[]') FROM attachments AS x WHERE x.case_id = c.id) AS attachments
    FROM cases AS c JOIN projects AS p ON p.case_id = c.id
    WHERE c.id = @id) AS d;

-- name: LoadHazard :one
SELECT row_to_json(d)::json AS doc FROM (SELECT c.*, h.*,
    CASE WHEN c.holder_id IS NOT NULL THEN json_build_object('kind', c.holder_kind, 'id', c.holder_id, 'name', c.holder_name, 'since', c.holder_since) END AS holder,
    (SELECT coalesce(json_agg(x ORDER BY x.round), '[]') FROM rounds AS x WHERE x.case_id = c.id) AS rounds,
    (SELECT coalesce(json_agg(x ORDER BY x.seq), '[]') FROM clocks AS x WHERE x.case_id = c.id) AS clocks,
    (SELECT coalesce(json_agg(x ORDER BY x.seq), '[]') FROM letters AS x WHERE x.case_id = c.id) AS letters,
    (SELECT coalesce(json_agg(x ORDER BY x.number, x.revision), '[]') FROM attachments AS x WHERE x.case_id = c.id) AS attachments
    FROM cases AS c JOIN hazards AS h ON h.case_id = c.id
    WHERE c.id = @id) AS d;

-- name: LoadFacts :one
-- A case of a kind without tables of its own.
SELECT (to_jsonb(c) - 'grams' - 'due_order' - 'head_hash' || f.facts || jsonb_build_object(
    'holder', CASE WHEN c.holder_id IS NOT NULL THEN jsonb_build_object(
        'kind', c.holder_kind, 'id', c.holder_id, 'name', c.holder_name, 'since', c.holder_since) END,
    'clocks', (SELECT coalesce(jsonb_agg(to_jsonb(x) ORDER BY x.seq), '[]') FROM clocks AS x WHERE x.case_id = c.id),
    'letters', (SELECT coalesce(jsonb_agg(to_jsonb(x) ORDER BY x.seq), '[]') FROM letters AS x WHERE x.case_id = c.id),
    'attachments', (SELECT coalesce(jsonb_agg(to_jsonb(x) ORDER BY x.number, x.revision), '[]') FROM attachments AS x WHERE x.case_id = c.id)
))::jsonb AS doc
FROM cases AS c JOIN case_facts AS f ON f.case_id = c.id
WHERE c.id = @id;

-- name: SaveFacts :exec
-- The facts of a kind without tables of its own.
INSERT INTO case_facts (case_id, facts) SELECT (d.doc ->> 'case_id')::uuid, d.doc - 'case_id' FROM (SELECT @doc::jsonb AS doc) AS d
ON CONFLICT (case_id) DO UPDATE SET facts = excluded.facts;

-- name: AddCase :exec
INSERT INTO cases (id, park_id, kind, number, title, definition_version, version, state, stage, round, done, enterprise_id,
    enterprise_name, holder_kind, holder_id, holder_name, holder_since, unit_ids, due_on, due_at, target_on, provisional, escalation, overdue_since,
    suspended_since, next_wake, wake, nudged_at, delegated_by, opened_at, closed_at, updated_at, head_hash, aliases, parent_id, also)
SELECT r.id, r.park_id, r.kind, r.number, r.title, r.definition_version, r.version, r.state, r.stage, r.round, r.done, r.enterprise_id,
    r.enterprise_name, @doc::jsonb -> 'holder' ->> 'kind', (@doc::jsonb -> 'holder' ->> 'id')::uuid, coalesce(@doc::jsonb -> 'holder' ->> 'name', ''),
    (@doc::jsonb -> 'holder' ->> 'since')::timestamptz, coalesce(r.unit_ids, '{}'), r.due_on, r.due_at, r.target_on, r.provisional, r.escalation, r.overdue_since,
    r.suspended_since, r.next_wake, coalesce(r.wake, ''), r.nudged_at, nullif(r.delegated_by, 'null'), r.opened_at, r.closed_at, r.updated_at, @head_hash::bytea,
    coalesce(r.aliases, '{}'), r.parent_id, nullif(r.also, 'null')
FROM jsonb_populate_record(NULL::cases, @doc::jsonb) AS r;

-- name: FindParent :one
-- The case that another one is to belong to, by its id or its number. Nothing changes it until the other one is on file, and two that are opened for it at once
-- see each other.
SELECT id, kind FROM cases WHERE park_id = @park_id AND (id = sqlc.narg(id)::uuid OR sqlc.narg(id)::uuid IS NULL AND number = @number) FOR NO KEY UPDATE;

-- name: FindOther :one
-- A case that another one is about without belonging to it, by its id or its number. Nothing changes it until the command that asks is done; many may ask at
-- once, in any order.
SELECT id, kind FROM cases WHERE park_id = @park_id AND (id = sqlc.narg(id)::uuid OR sqlc.narg(id)::uuid IS NULL AND number = @number) FOR SHARE;

-- name: HeadOf :one
-- Who heads the section of a person: somebody else than the person, or nobody.
SELECT u.id, u.name, u.roles FROM users AS m JOIN users AS u ON u.id = acting_head(m.unit_id) WHERE m.id = @id AND u.id <> m.id;

-- name: KindOfCase :one
SELECT kind FROM cases WHERE id = @id;

-- name: HoldChildren :exec
-- Nothing changes what belongs to a case, in these slots or in all of them, until the command that asks is done; the lower number first.
SELECT FROM cases WHERE parent_id = @parent_id AND (sqlc.narg(slots)::text[] IS NULL OR stage = ANY (sqlc.narg(slots)::text[])) ORDER BY number FOR SHARE;

-- name: Children :many
-- What belongs to a case, in these slots or in all of them, with its papers where a gate asks for them. It is asked after it was held: one statement that waits for a lock
-- would see the case as it is then, and its facts as they were before.
SELECT c.id, c.kind, c.stage, c.state, c.done, c.number, c.title, c.round, c.due_on, c.holder_name, coalesce(c.holder_kind, '')::text AS holder_kind, coalesce(f.facts ->> 'part', '')::text AS part,
    coalesce(f.facts ->> 'says', '')::text AS says, coalesce(f.facts ->> 'what', '')::text AS what, coalesce((SELECT h.result FROM hazards AS h WHERE h.case_id = c.id), '')::text AS result,
    coalesce(f.facts ->> 'accepted_on', '')::text AS accepted_on, coalesce(f.facts ->> 'promised_on', '')::text AS promised_on,
    coalesce(f.facts ->> 'issued_on', '')::text AS issued_on, coalesce(f.facts ->> 'valid_until', '')::text AS valid_until,
    CASE WHEN @papers::boolean THEN (SELECT coalesce(jsonb_agg(to_jsonb(x) ORDER BY x.number, x.revision), '[]') FROM attachments AS x WHERE x.case_id = c.id) ELSE '[]' END::jsonb AS papers
FROM cases AS c LEFT JOIN case_facts AS f ON f.case_id = c.id
WHERE c.parent_id = @parent_id AND (sqlc.narg(slots)::text[] IS NULL OR c.stage = ANY (sqlc.narg(slots)::text[])) ORDER BY c.number;

-- name: ChildrenOf :many
-- What belongs to each of these cases, as it stands.
SELECT c.parent_id, c.id, c.kind, c.stage, c.state, c.done, c.number, c.title, c.round, c.due_on, c.holder_name, c.opened_at, coalesce(f.facts ->> 'says', '')::text AS says
FROM cases AS c LEFT JOIN case_facts AS f ON f.case_id = c.id WHERE c.parent_id = ANY (@parent_ids::uuid[]) ORDER BY c.number;

-- name: AddFollowUp :exec
INSERT INTO follow_ups (because, version, case_id, kind, command, input, created_at) VALUES (@because, @version, @case_id, @kind, @command, @input, @created_at);

-- name: LetChildrenHeed :execrows
-- A case has moved on, or another person manages it: what belongs to it and is open hears of it, and what is closed where that hangs on what has changed. Mostly
-- nothing belongs to it.
INSERT INTO follow_ups (because, version, case_id, kind, command, input, created_at)
SELECT c.parent_id, @version, c.id, c.kind, c.kind || '.heed', @input, @created_at FROM cases AS c WHERE c.parent_id = @because::uuid AND (NOT c.done OR @closed::boolean);

-- name: LetNamingHeed :execrows
-- A case is called otherwise, or goes on within another one: what names it without belonging to it hears of it. A hazard names the project on whose site it is, a
-- meeting that is to be held what is on its agenda.
INSERT INTO follow_ups (because, version, case_id, kind, command, input, created_at)
SELECT @because::uuid, @version, n.id, n.kind, n.kind || '.heed', @input, @created_at FROM (
    SELECT c.id, c.kind FROM hazards AS h JOIN cases AS c ON c.id = h.case_id WHERE h.project_id = @because::uuid
    UNION ALL SELECT k.case_id, k.kind FROM cards AS k JOIN case_facts AS f ON f.case_id = k.case_id
    WHERE k.park_id = @park_id AND k.kind = 'meeting' AND NOT k.done AND f.facts -> 'agenda' @> jsonb_build_array(jsonb_build_object('case_id', @because::uuid))
) AS n;

-- name: FollowUps :many
-- What has not happened yet, the oldest first; what was tried in vain comes after what was not. What was refused is tried again after a while, or at once where
-- something was done to its case or to the one that that belongs to: what it lacked may be there.
SELECT id, because, version, case_id, kind, command, input, created_at, tries, coalesce((SELECT CASE e.actor ->> 'type' WHEN 'clock' THEN e.actor ->> 'behalf' ELSE e.actor ->> 'name' END
    FROM events AS e WHERE e.case_id = follow_ups.because AND e.version = follow_ups.version), '')::text AS behalf FROM follow_ups
WHERE done_at IS NULL AND (sqlc.narg(because)::uuid IS NULL AND (tried_at IS NULL OR tried_at <= @refused_before) OR because = sqlc.narg(because)
    OR tried_at IS NOT NULL AND because IN (SELECT c.id FROM cases AS c WHERE c.parent_id = sqlc.narg(because)))
ORDER BY tries, id LIMIT @size;

-- name: FollowUpsWaiting :many
-- What deeds on a case have put on file by a command and is open, and what is still to be put on file, which has no number yet. What was refused waits for nobody.
SELECT f.input, coalesce(c.number, '')::text AS number FROM follow_ups AS f LEFT JOIN cases AS c ON c.id = f.case_id
WHERE f.because = @because AND f.command = @command AND (NOT c.done OR c.id IS NULL AND f.done_at IS NULL AND f.refused IS NULL) ORDER BY f.id;

-- name: EndFollowUp :exec
UPDATE follow_ups SET done_at = @done_at, tries = tries + 1 WHERE id = @id AND done_at IS NULL;

-- name: RefuseFollowUp :exec
-- The first time that something is refused, whoever is responsible for the case that it is about is told by a command of its own, once.
WITH known AS (
    SELECT f.id, f.because, f.version, f.refused IS NULL AND f.command NOT LIKE '%.report_unmet' AS first FROM follow_ups AS f WHERE f.id = @id AND f.done_at IS NULL FOR UPDATE
), reported AS (
    INSERT INTO follow_ups (because, version, case_id, kind, command, input, created_at)
    SELECT k.because, k.version, o.id, o.kind, o.kind || '.report_unmet', @report::jsonb, @tried_at
    FROM known AS k JOIN cases AS c ON c.id = k.because JOIN cases AS o ON o.id = coalesce(c.parent_id, c.id) WHERE k.first
)
UPDATE follow_ups AS f SET refusal = @refusal, refused = @refused, tried_at = @tried_at, tries = f.tries + 1 FROM known AS k WHERE f.id = k.id;

-- name: LoseFollowUp :exec
-- What came too late to be done is over. That is told by a command of its own on the case of the deed, or the one that that belongs to, and on the one that it was about.
WITH lost AS (
    UPDATE follow_ups AS f SET done_at = @at, tries = f.tries + 1, refusal = @refusal WHERE f.id = @id AND f.done_at IS NULL RETURNING f.because, f.version, f.case_id
)
INSERT INTO follow_ups (because, version, case_id, kind, command, input, created_at)
SELECT l.because, l.version, o.id, o.kind, o.kind || '.report_unmet', @report::jsonb, @at
FROM lost AS l JOIN cases AS c ON c.id = l.because JOIN cases AS o ON o.id = coalesce(c.parent_id, c.id) OR o.id = l.case_id;

-- name: UnmetFollowUps :many
-- What should have followed from a deed on a case or on what belongs to it, or on the case itself, and was refused.
SELECT f.command, f.case_id, f.input, f.refused, f.created_at, f.tried_at, c.number, c.id FROM follow_ups AS f JOIN cases AS c ON c.id = f.because
WHERE f.done_at IS NULL AND f.refused IS NOT NULL AND (c.id = @case_id OR c.parent_id = @case_id OR f.case_id = @case_id) ORDER BY f.id LIMIT 50;

-- name: RetryFollowUp :exec
UPDATE follow_ups SET tries = tries + 1 WHERE id = @id AND done_at IS NULL;

-- name: TouchCase :exec
-- The case stands where it stood; only an event was added.
UPDATE cases SET version = @version, updated_at = @updated_at, head_hash = @head_hash WHERE id = @id;

-- name: MoveCase :exec
-- Where the case stands. What it is (NameCase) is left alone: the words it is found by are not taken apart at every command.
UPDATE cases SET version = r.version, state = r.state, stage = r.stage, round = r.round, done = r.done,
    holder_kind = @doc::jsonb -> 'holder' ->> 'kind', holder_id = (@doc::jsonb -> 'holder' ->> 'id')::uuid, holder_name = coalesce(@doc::jsonb -> 'holder' ->> 'name', ''),
    holder_since = (@doc::jsonb -> 'holder' ->> 'since')::timestamptz, unit_ids = coalesce(r.unit_ids, '{}'), due_on = r.due_on, due_at = r.due_at, target_on = r.target_on,
    provisional = r.provisional, escalation = r.escalation, overdue_since = r.overdue_since, suspended_since = r.suspended_since, next_wake = r.next_wake,
    wake = coalesce(r.wake, ''), nudged_at = r.nudged_at, delegated_by = nullif(r.delegated_by, 'null'), closed_at = r.closed_at, updated_at = r.updated_at, head_hash = @head_hash::bytea
FROM jsonb_populate_record(NULL::cases, @doc::jsonb) AS r WHERE cases.id = @id;

-- name: NameCase :exec
-- What the case is, where that has changed.
UPDATE cases SET park_id = r.park_id, kind = r.kind, number = r.number, title = r.title, definition_version = r.definition_version,
    enterprise_id = r.enterprise_id, enterprise_name = r.enterprise_name, opened_at = r.opened_at, aliases = coalesce(r.aliases, '{}'), also = nullif(r.also, 'null')
FROM jsonb_populate_record(NULL::cases, @doc::jsonb) AS r WHERE cases.id = @id;

-- name: SaveProject :exec
INSERT INTO projects SELECT (r).* FROM jsonb_populate_record(NULL::projects, @doc::jsonb) AS r
ON CONFLICT (case_id) DO UPDATE SET
    sector = excluded.sector, site_mode = excluded.site_mode, investment = excluded.investment, is_key = excluded.is_key,
    national_code = excluded.national_code, land_area_mu = excluded.land_area_mu, source = excluded.source, note = excluded.note,
    manager_id = excluded.manager_id, manager_name = excluded.manager_name, leader_id = excluded.leader_id,
    leader_name = excluded.leader_name, liaison_id = excluded.liaison_id, liaison_name = excluded.liaison_name,
    stage_since = excluded.stage_since, signed_on = excluded.signed_on, construction_started_on = excluded.construction_started_on,
    completed_on = excluded.completed_on, production_on = excluded.production_on,
    planned_completion_on = excluded.planned_completion_on, planned_production_on = excluded.planned_production_on,
    full_capacity_on = excluded.full_capacity_on, above_scale_on = excluded.above_scale_on, suspension = excluded.suspension,
    terminated = excluded.terminated, short_name = excluded.short_name, site_steps = excluded.site_steps, site_photos = excluded.site_photos,
    contact_name = excluded.contact_name, contact_phone = excluded.contact_phone, next_contact_on = excluded.next_contact_on, contact_told_on = excluded.contact_told_on, contacts = excluded.contacts, pool = excluded.pool,
    introducers = excluded.introducers, step = excluded.step, steps_taken = excluded.steps_taken, merged_into = excluded.merged_into, merged = excluded.merged,
    department = excluded.department, baselines = excluded.baselines, reviews = excluded.reviews, conditions = excluded.conditions, recognised = excluded.recognised, agreement = excluded.agreement;

-- name: SavePassages :exec
INSERT INTO passages SELECT (r).* FROM jsonb_populate_recordset(NULL::passages, @rows::jsonb) AS r
ON CONFLICT (case_id, seq) DO UPDATE SET
    stage = excluded.stage, entered_on = excluded.entered_on, left_on = excluded.left_on, outcome = excluded.outcome, reason = excluded.reason, seal = excluded.seal
WHERE passages.outcome = 'current' AND passages.* IS DISTINCT FROM excluded.*;

-- name: SaveGateAnswers :exec
WITH forgotten AS (
    DELETE FROM gate_answers WHERE gate_answers.case_id = @case_id AND requirement NOT IN (
        SELECT a ->> 'requirement' FROM jsonb_array_elements(@rows::jsonb) AS a)
)
INSERT INTO gate_answers SELECT (r).* FROM jsonb_populate_recordset(NULL::gate_answers, @rows::jsonb) AS r
ON CONFLICT (case_id, requirement) DO UPDATE SET
    answer = excluded.answer, note = excluded.note, until = excluded.until, by_id = excluded.by_id, by_name = excluded.by_name,
    at = excluded.at, attachments = excluded.attachments, asked_by_id = excluded.asked_by_id, asked_by_name = excluded.asked_by_name
WHERE gate_answers.* IS DISTINCT FROM excluded.*;

-- name: SaveBuildings :exec
WITH gone AS (
    DELETE FROM buildings WHERE buildings.case_id = @case_id AND code NOT IN (
        SELECT b ->> 'code' FROM jsonb_array_elements(@rows::jsonb) AS b)
)
INSERT INTO buildings SELECT (r).* FROM jsonb_populate_recordset(NULL::buildings, @rows::jsonb) AS r
ON CONFLICT (case_id, code) DO UPDATE SET
    progress = excluded.progress, area = excluded.area, as_of = excluded.as_of, position = excluded.position, use = excluded.use,
    structure = excluded.structure, steps = excluded.steps, photos = excluded.photos
WHERE buildings.* IS DISTINCT FROM excluded.*;

-- name: SaveMoney :exec
INSERT INTO project_money SELECT (r).* FROM jsonb_populate_recordset(NULL::project_money, @rows::jsonb) AS r
ON CONFLICT (case_id, seq) DO UPDATE SET
    month = excluded.month, sort = excluded.sort, origin = excluded.origin, currency = excluded.currency, amount = excluded.amount, rate = excluded.rate, rate_on = excluded.rate_on,
    rate_source = excluded.rate_source, purpose = excluded.purpose, excess = excluded.excess, proof = excluded.proof, by_name = excluded.by_name, "on" = excluded."on",
    taken_back = excluded.taken_back, former = excluded.former
WHERE NOT project_money.taken_back AND project_money.* IS DISTINCT FROM excluded.*;

-- name: SaveHazard :exec
INSERT INTO hazards SELECT (r).* FROM jsonb_populate_record(NULL::hazards, @doc::jsonb) AS r
ON CONFLICT (case_id) DO UPDATE SET
    found_on = excluded.found_on, level = excluded.level, clause = excluded.clause, category = excluded.category, location = excluded.location,
    description = excluded.description, campaign_id = excluded.campaign_id, supervisor_id = excluded.supervisor_id,
    supervisor_name = excluded.supervisor_name, inspectors = excluded.inspectors, result = excluded.result,
    closed_on = excluded.closed_on, plan = excluded.plan, deadline_changes = excluded.deadline_changes,
    project_id = excluded.project_id, project_number = excluded.project_number, project_title = excluded.project_title, elsewhere = excluded.elsewhere,
    own_level = excluded.own_level, plan_filed_on = excluded.plan_filed_on, listing = excluded.listing, stops = excluded.stops, rhythms = excluded.rhythms,
    told_progress = excluded.told_progress, acceptance = excluded.acceptance, corrections = excluded.corrections, noted = excluded.noted;

-- name: SaveRounds :exec
INSERT INTO rounds SELECT (r).* FROM jsonb_populate_recordset(NULL::rounds, @rows::jsonb) AS r
ON CONFLICT (case_id, round) DO UPDATE SET
    notice_number = excluded.notice_number, requirement = excluded.requirement, issued_on = excluded.issued_on, due_on = excluded.due_on, handed_in_at = excluded.handed_in_at, handed_in_by = excluded.handed_in_by, handed_in_for = excluded.handed_in_for,
    completed_on = excluded.completed_on, measures = excluded.measures, inspected_on = excluded.inspected_on,
    inspectors = excluded.inspectors, verdict = excluded.verdict, opinion = excluded.opinion,
    handed_in_received_at = excluded.handed_in_received_at, inspected_received_at = excluded.inspected_received_at,
    series = excluded.series, policy = excluded.policy, points = excluded.points, present = excluded.present, joined = excluded.joined,
    looked_back = excluded.looked_back, supplements = excluded.supplements
WHERE rounds.verdict = '' AND rounds.* IS DISTINCT FROM excluded.*;

-- name: SaveClocks :exec
INSERT INTO clocks SELECT (r).* FROM jsonb_populate_recordset(NULL::clocks, @rows::jsonb) AS r
ON CONFLICT (case_id, seq) DO UPDATE SET
    name = excluded.name, round = excluded.round, amount = excluded.amount, unit = excluded.unit, target = excluded.target,
    roll_forward = excluded.roll_forward, basis = excluded.basis, rule = excluded.rule, started_on = excluded.started_on,
    started_at = excluded.started_at, fixed_on = excluded.fixed_on, given_on = excluded.given_on, ladder_on = excluded.ladder_on,
    pauses = excluded.pauses, extensions = excluded.extensions, due_on = excluded.due_on, due_at = excluded.due_at, target_on = excluded.target_on,
    provisional = excluded.provisional, stopped_on = excluded.stopped_on, verdict = excluded.verdict, late_by = excluded.late_by,
    calendar = excluded.calendar, fired = excluded.fired, cancelled = excluded.cancelled, received_at = excluded.received_at
WHERE clocks.stopped_on IS NULL AND clocks.* IS DISTINCT FROM excluded.*;

-- name: SaveAttachments :exec
INSERT INTO attachments SELECT (r).* FROM jsonb_populate_recordset(NULL::attachments, @rows::jsonb) AS r
ON CONFLICT DO NOTHING;

-- name: SaveOfficialNumbers :exec
-- What a case is found by beside its own number, whatever its kind.
WITH gone AS (
    DELETE FROM official_numbers WHERE number NOT IN (SELECT n ->> 'number' FROM jsonb_array_elements(@rows::jsonb) AS n) AND official_numbers.case_id = @case_id
)
INSERT INTO official_numbers (case_id, number) SELECT (n ->> 'case_id')::uuid, n ->> 'number' FROM jsonb_array_elements(@rows::jsonb) AS n ON CONFLICT DO NOTHING;

-- name: HoldPaper :exec
-- Nobody else puts a paper of this number on file until the command that asks is done.
SELECT pg_advisory_xact_lock(hashtextextended(@paper::text, 0));

-- name: OpenAlready :many
-- What is open of an enterprise at the same place in the same words.
SELECT c.number, c.title FROM cases AS c JOIN hazards AS h ON h.case_id = c.id
WHERE c.enterprise_id = @enterprise_id::uuid AND c.kind = 'hazard' AND NOT c.done AND c.id <> @case_id AND h.location = @place AND h.description = @says ORDER BY c.opened_at DESC, c.id LIMIT 1;

-- name: CasesNumbered :many
-- The other cases of a kind that have an official paper of the number, with who is on the other side.
SELECT c.number, c.title, c.stage, coalesce(nullif(f.facts -> 'other' ->> 'id', ''), regexp_replace(f.facts -> 'other' ->> 'name', '\s', '', 'g'), '')::text AS other
FROM official_numbers AS n JOIN cases AS c ON c.id = n.case_id LEFT JOIN case_facts AS f ON f.case_id = c.id
WHERE c.park_id = @park_id AND c.kind = @kind AND n.number = @number AND c.id <> @case_id ORDER BY c.number LIMIT 50;

-- name: AppendEvent :exec
-- Appends, and tells the servers that listen which case has changed: pages look again by themselves.
WITH appended AS (
    INSERT INTO events (case_id, version, key, command, request_hash, actor, occurred_at, recorded_at, reason, input, changes, outcome,
        audience, form, told, restated, prev_hash, hash, workflow_run)
    VALUES (@case_id, @version, @key, @command, @request_hash, @actor, @occurred_at, @recorded_at, @reason, @input, @changes, @outcome,
        @audience, @form, sqlc.narg(told)::jsonb, sqlc.narg(restated)::jsonb, @prev_hash, @hash, @workflow_run)
    RETURNING case_id
)
SELECT pg_notify('parkway_cases', case_id::text) FROM appended;

-- name: QueueNotices :many
-- Who is meant by each notice, then one notice per person: the first in the list, with every function in which they are told. Whoever stands in for
-- people who are away is told the same. Nobody is told of another enterprise's case (firms: those that it is addressed to); whoever is told sees the case from then on (table sight).
-- Returns whom it told, and as what: that is part of the event, which is written afterwards.
WITH meant AS (
    SELECT u.id, n.ord, n.doc FROM jsonb_array_elements(@notices::jsonb) WITH ORDINALITY AS n (doc, ord)
    JOIN users AS u ON u.disabled_at IS NULL AND u.park_id = @park_id AND CASE n.doc ->> 'to_kind'
        WHEN 'person' THEN u.id = (n.doc ->> 'to_id')::uuid
        WHEN 'unit' THEN u.unit_id = (n.doc ->> 'to_id')::uuid
        WHEN 'enterprise' THEN u.enterprise_id = (n.doc ->> 'to_id')::uuid
        WHEN 'role' THEN n.doc ->> 'to_id' = ANY (u.roles)
        WHEN 'head' THEN u.id = (SELECT acting_head(m.unit_id) FROM users AS m WHERE m.id = (n.doc ->> 'to_id')::uuid)
        WHEN 'liaison' THEN u.id = (SELECT e.liaison_id FROM enterprises AS e WHERE e.id = (n.doc ->> 'to_id')::uuid)
        WHEN 'regulator' THEN u.unit_id = (SELECT e.department_id FROM enterprises AS e WHERE e.id = (n.doc ->> 'to_id')::uuid)
        END
), away AS MATERIALIZED (
    SELECT m.id, m.ord, m.doc FROM meant AS m
    WHERE EXISTS (SELECT FROM absences AS a WHERE a.user_id = m.id AND @today::date BETWEEN a.from_on AND a.to_on)
), told AS (
    SELECT id, ord, doc, NULL::uuid AS on_behalf_of FROM meant
    UNION ALL
    SELECT unnest(stand_ins(y.id, @today::date)), y.ord, y.doc, y.id FROM away AS y
), allowed AS (
    SELECT t.id, t.ord, t.doc, t.on_behalf_of, coalesce(b.name, '') AS behalf
    FROM told AS t JOIN users AS w ON w.id = t.id LEFT JOIN users AS b ON b.id = t.on_behalf_of
    WHERE t.id <> coalesce(sqlc.narg(actor_id)::uuid, '00000000-0000-0000-0000-000000000000')
        AND (w.enterprise_id IS NULL OR w.enterprise_id = ANY (@firms::uuid[]))
), chosen AS (
    SELECT DISTINCT ON (t.id) t.id, t.doc, t.on_behalf_of FROM allowed AS t ORDER BY t.id, t.on_behalf_of IS NOT NULL, t.ord
), functions AS (
    SELECT t.id, t.behalf, f.function, min((t.on_behalf_of IS NOT NULL)::integer * 1000000 + t.ord * 100 + f.place) AS place
    FROM allowed AS t CROSS JOIN LATERAL jsonb_array_elements_text(CASE WHEN jsonb_typeof(t.doc -> 'as') = 'array' THEN t.doc -> 'as' ELSE '[""]' END)
        WITH ORDINALITY AS f (function, place)
    GROUP BY t.id, t.behalf, f.function
), parts AS (
    SELECT f.id, jsonb_agg(jsonb_build_object('as', f.function, 'behalf', f.behalf) ORDER BY f.place) AS list FROM functions AS f
    WHERE f.function <> '' OR f.behalf <> '' GROUP BY f.id
), queued AS (
    INSERT INTO notices (user_id, case_id, version, kind, created_at, level, rung, act, on_behalf_of, parts)
    SELECT c.id, @case_id::uuid, @version::bigint, c.doc ->> 'kind', @created_at::timestamptz,
        coalesce(nullif(c.doc ->> 'level', ''), 'normal'), coalesce(c.doc ->> 'rung', ''), coalesce(c.doc ->> 'act', ''), c.on_behalf_of, coalesce(p.list, '[]')
    FROM chosen AS c LEFT JOIN parts AS p ON p.id = c.id
    ON CONFLICT DO NOTHING
    RETURNING user_id, kind, level, rung, act, parts
)
SELECT q.kind, (c.doc ->> 'to_kind')::text AS told_as, q.user_id, u.name, q.level, q.rung, q.act, coalesce(b.name, '')::text AS on_behalf, q.parts
FROM queued AS q JOIN chosen AS c ON c.id = q.user_id JOIN users AS u ON u.id = q.user_id LEFT JOIN users AS b ON b.id = c.on_behalf_of
ORDER BY u.name, q.user_id;

-- name: DrawNumber :one
INSERT INTO counters (park_id, series, year, last) VALUES (@park_id, @series, @year, 1)
ON CONFLICT (park_id, series, year) DO UPDATE SET last = counters.last + 1
RETURNING last;

-- name: FindParties :many
-- The people and bodies named, and those to whom the case may go by itself: who answers for it, and who delegated it; where it is addressed to several enterprises, of which of them is whoever has it. An enterprise is held as it is
-- until the deed is done: no case comes to one while it is being merged away, and one that was says what it became.
WITH meant AS MATERIALIZED (
    SELECT @ids::uuid[] || ARRAY(
        SELECT unnest(ARRAY[(c.delegated_by ->> 'id')::uuid, CASE WHEN c.also IS NOT NULL THEN c.holder_id END]) FROM cases AS c WHERE c.id = @case_id::uuid
        UNION ALL SELECT unnest(ARRAY[p.manager_id, p.leader_id]) FROM projects AS p WHERE p.case_id = @case_id::uuid
        UNION ALL SELECT h.supervisor_id FROM hazards AS h WHERE h.case_id = @case_id::uuid) AS ids
), firm AS MATERIALIZED (
    SELECT e.id, e.short_name, e.merged_into FROM enterprises AS e WHERE e.park_id = @park_id AND e.id = ANY ((SELECT m.ids FROM meant AS m)::uuid[]) FOR KEY SHARE
)
SELECT 'person'::text AS kind, id, name, roles, coalesce(unit_id::text, '')::text AS unit_id, coalesce(enterprise_id::text, '')::text AS enterprise_id,
    (disabled_at IS NOT NULL)::boolean AS disabled, ''::text AS became, card_number AS card FROM users WHERE users.park_id = @park_id AND id = ANY ((SELECT m.ids FROM meant AS m)::uuid[])
UNION ALL
SELECT 'unit', id, name, '{}', '', '', false, '', '' FROM units WHERE units.park_id = @park_id AND id = ANY ((SELECT m.ids FROM meant AS m)::uuid[])
UNION ALL
SELECT 'enterprise', f.id, f.short_name, '{}', '', '', f.merged_into IS NOT NULL, coalesce((SELECT t.short_name FROM enterprises AS t WHERE t.id = f.merged_into), ''), '' FROM firm AS f;

-- name: FindUploads :many
-- The files that a command brings, and where each was put on record before: on the case itself, else as the proof of another rectification. viewers see that one.
SELECT u.id, u.name, u.media_type, u.size, encode(u.sha256, 'hex') AS sha256, u.uploaded_by, coalesce(b.case_id::text, '')::text AS used_case, coalesce(b.number, '')::text AS used_number,
    coalesce(b.round, 0)::integer AS used_round, coalesce(b.attachment, 0)::integer AS used_as,
    coalesce(sqlc.narg(viewers)::uuid[] IS NULL OR EXISTS (SELECT 1 FROM sight AS s WHERE s.case_id = b.case_id AND s.party_id = ANY (sqlc.narg(viewers)::uuid[])), false)::boolean AS used_seen
FROM uploads AS u LEFT JOIN LATERAL (
    SELECT a.case_id, c.number, a.round, a.number AS attachment FROM attachments AS a JOIN cases AS c ON c.id = a.case_id
    WHERE a.sha256 = encode(u.sha256, 'hex') AND (a.case_id = @case_id OR a.phase = 'after') ORDER BY a.case_id = @case_id DESC, a.at DESC LIMIT 1
) AS b ON true
WHERE u.park_id = @park_id AND u.id = ANY (@ids::uuid[]);

-- name: OpenHazards :one
-- How many hazards are open where a project is built, each once (hazards_about), and all major ones of its enterprise.
SELECT (count(*) FILTER (WHERE o.here AND o.level = 'major'))::integer AS major, (count(*) FILTER (WHERE o.here AND o.level <> 'major'))::integer AS general,
    (count(*) FILTER (WHERE o.here AND o.level = 'major' AND o.project_id IS NULL))::integer AS unsaid, (count(*) FILTER (WHERE o.level = 'major'))::integer AS anywhere
FROM (SELECT x.level, x.project_id, bool_or(x.here) AS here FROM hazards_about AS x WHERE x.about = @project_id::uuid GROUP BY x.case_id, x.level, x.project_id) AS o;

-- name: Departments :many
SELECT id, name, aliases FROM units WHERE park_id = @park_id AND kind = 'department' ORDER BY name, id;

-- name: CasesWaiting :many
-- The cases under way that stand in one of the stages.
SELECT c.id, c.kind, c.number, c.title, c.stage FROM cards AS k JOIN cases AS c ON c.id = k.case_id WHERE k.park_id = @park_id AND k.kind = 'project' AND NOT k.done AND k.stage = ANY (@stages::text[])
ORDER BY k.due_order, k.case_id LIMIT 200;

-- name: ProjectsOf :many
-- The projects under way of enterprises, and those of others within which one of their own goes on: the most urgent thirty of each.
SELECT c.id, c.kind, c.number, c.title, c.stage
FROM ((SELECT s.case_id, s.due_order FROM cards AS s WHERE s.enterprise_id = ANY (@enterprises::uuid[]) AND s.kind = 'project' AND NOT s.done ORDER BY s.due_order, s.case_id LIMIT 30)
    UNION (SELECT w.case_id, w.due_order FROM cards AS m JOIN projects AS p ON p.case_id = m.case_id JOIN cards AS w ON w.case_id = (p.merged_into ->> 'id')::uuid
        WHERE m.enterprise_id = ANY (@enterprises::uuid[]) AND m.kind = 'project' AND m.done AND m.state = 'merged' AND NOT w.done ORDER BY w.due_order, w.case_id LIMIT 30)) AS k JOIN cases AS c ON c.id = k.case_id
ORDER BY k.due_order, k.case_id;

-- name: EnterprisesOf :many
-- Whose cases these are.
SELECT DISTINCT enterprise_id::text FROM cases WHERE id = ANY (@ids::uuid[]) AND enterprise_id IS NOT NULL;

-- name: LatestDefinition :one
-- Its number alone: what a version says never changes, and is kept as it was understood (lookup.rules).
SELECT version FROM definitions WHERE park_id = @park_id AND kind = @kind ORDER BY version DESC LIMIT 1;

-- name: DefinitionAt :one
SELECT body FROM definitions WHERE park_id = @park_id AND kind = @kind AND version = @version;

-- name: PublishDefinition :exec
INSERT INTO definitions (park_id, kind, version, body, sha256) VALUES (@park_id, @kind, @version, @body, @sha256) ON CONFLICT DO NOTHING;

-- name: DefinitionHash :one
SELECT sha256 FROM definitions WHERE park_id = @park_id AND kind = @kind AND version = @version;

-- name: PartsTaken :many
-- Who took a part in the case by one of the commands: for keeping apart who found, did, asked and judges (process.Duty).
SELECT e.command, (e.actor ->> 'id')::text AS actor_id, e.version, e.input FROM events AS e
WHERE e.case_id = @case_id AND e.command = ANY (@commands::text[]) AND e.actor ->> 'type' = 'person' AND e.actor ->> 'id' IS NOT NULL ORDER BY e.version;
