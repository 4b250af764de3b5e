-- +goose Up
-- An enterprise to which a case is addressed no more went on reading all that came after: sight was never taken away. It keeps the message that says so.

-- +goose StatementBegin
CREATE FUNCTION lose_sight() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    DELETE FROM sight AS s USING (
        SELECT o.id FROM (SELECT OLD.enterprise_id AS id UNION SELECT (a ->> 'id')::uuid FROM jsonb_array_elements(OLD.also) AS a) AS o
        WHERE o.id IS NOT NULL AND o.id IS DISTINCT FROM NEW.enterprise_id AND NOT EXISTS (SELECT FROM jsonb_array_elements(NEW.also) AS a WHERE (a ->> 'id')::uuid = o.id)
    ) AS off
    WHERE s.case_id = NEW.id AND (s.party_id = off.id OR s.party_id IN (SELECT u.id FROM users AS u WHERE u.enterprise_id = off.id));
    RETURN NULL;
END $$;
-- +goose StatementEnd
COMMENT ON FUNCTION lose_sight IS 'Runs as the owner: whoever writes cases may give sight and not take it.';
CREATE TRIGGER cases_sight_lost AFTER UPDATE OF enterprise_id, also ON cases FOR EACH ROW
    WHEN (OLD.enterprise_id IS DISTINCT FROM NEW.enterprise_id OR OLD.also IS DISTINCT FROM NEW.also)
    EXECUTE FUNCTION lose_sight();
COMMENT ON TABLE sight IS 'Who may know of a case beside the zone''s own staff: the enterprises it is addressed to, and every person and body that was ever handed it or told of it. The triggers below write it, so that nothing can be handed over or told and stay out of sight; an enterprise that it is addressed to no more loses it with all its people.';

DELETE FROM sight AS s USING events AS e, cases AS c
WHERE e.case_id = s.case_id AND c.id = s.case_id AND e.command LIKE '%.unaddress' AND (e.input ->> 'also_id') ~ '^[0-9a-f-]{36}$'
    AND (s.party_id = (e.input ->> 'also_id')::uuid OR s.party_id IN (SELECT u.id FROM users AS u WHERE u.enterprise_id = (e.input ->> 'also_id')::uuid))
    AND c.enterprise_id IS DISTINCT FROM (e.input ->> 'also_id')::uuid
    AND NOT EXISTS (SELECT FROM jsonb_array_elements(c.also) AS a WHERE a ->> 'id' = e.input ->> 'also_id');

-- +goose Down
DROP TRIGGER cases_sight_lost ON cases;
DROP FUNCTION lose_sight;
