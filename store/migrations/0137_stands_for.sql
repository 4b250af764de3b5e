-- +goose Up
CREATE INDEX absences_running ON absences (to_on);
-- +goose StatementBegin
CREATE FUNCTION stands_for(deputy uuid, day date) RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(DISTINCT a.user_id), '{}') FROM absences AS a
    WHERE a.to_on >= day AND a.from_on <= day AND deputy = ANY (stand_ins(a.user_id, day))
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION stands_for IS 'For whom somebody stands in on a day: the other way round of stand_ins.';

CREATE FUNCTION agent_of(person uuid) RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(f.case_id), '{}') FROM sight AS v JOIN case_facts AS f ON f.case_id = v.case_id
    WHERE v.party_id = person AND f.facts -> 'agency' -> 'agents' @> jsonb_build_array(jsonb_build_object('id', person))
        AND coalesce(f.facts -> 'agency' ->> 'ended_on', '') = ''
$$;
COMMENT ON FUNCTION agent_of IS 'The permits that somebody runs as an agent under an agreement that has not ended (帮办代办). An agent was told of them, so sight knows them.';

-- +goose Down
DROP FUNCTION agent_of;
DROP FUNCTION stands_for;
DROP INDEX absences_running;
