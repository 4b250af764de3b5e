-- +goose Up
-- Attempts to sign in are reserved before they are tried, and saved selections are shared with a section or with all staff.

ALTER TABLE sign_in_failures ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY;
COMMENT ON TABLE sign_in_failures IS 'Attempts to sign in that failed or are being tried: one is on record before its password is compared, and goes away when it succeeds.';

-- +goose StatementBegin
CREATE FUNCTION reserve_sign_in(whose text, from_address text, from_device text, now timestamptz, since timestamptz,
    device_limit integer, stranger_limit integer, address_limit integer) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    full_up  boolean;
    reserved bigint;
BEGIN
    -- One after the other for each name, then for each address, always in this order: what is counted below includes every attempt that may go on.
    PERFORM pg_advisory_xact_lock(1001, hashtext(whose));
    IF from_device <> '' THEN
        SELECT count(*) >= device_limit INTO full_up FROM sign_in_failures AS f WHERE f.at > since AND f.username = whose AND f.device = from_device;
    ELSE
        PERFORM pg_advisory_xact_lock(1002, hashtext(from_address));
        SELECT count(*) FILTER (WHERE f.username = whose) >= stranger_limit OR count(*) FILTER (WHERE f.address = from_address) >= address_limit
            INTO full_up FROM sign_in_failures AS f WHERE f.at > since AND f.device = '' AND (f.username = whose OR f.address = from_address);
    END IF;
    IF full_up THEN
        RETURN 0;
    END IF;
    INSERT INTO sign_in_failures (username, address, device, at) VALUES (whose, from_address, from_device, now) RETURNING id INTO reserved;
    RETURN reserved;
END $$;
-- +goose StatementEnd
COMMENT ON FUNCTION reserve_sign_in IS 'Reserves one attempt to sign in and returns its id, or 0 when the limits are reached. A browser that signed in before (a genuine device) has a counter of its own; strangers are counted by name and by address.';

ALTER TABLE filters ADD COLUMN shared_with text NOT NULL DEFAULT 'own' CHECK (shared_with IN ('own', 'unit', 'staff'));
UPDATE filters AS f SET shared_with = 'staff' FROM users AS u
WHERE u.id = f.user_id AND f.shared AND u.enterprise_id IS NULL AND EXISTS (SELECT FROM unnest(u.roles) AS r WHERE r NOT IN ('enterprise', 'department'));
ALTER TABLE filters DROP COLUMN shared;
COMMENT ON COLUMN filters.shared_with IS 'Who sees it beside its owner: nobody, the staff of the owner''s unit, or all staff of the zone. Enterprises and departments never do.';

-- +goose StatementBegin
CREATE FUNCTION may_stand_in(absent uuid, deputy uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM users AS a JOIN users AS d ON d.park_id = a.park_id AND d.id <> a.id
        WHERE a.id = absent AND d.id = deputy AND d.disabled_at IS NULL AND CASE
            WHEN 'enterprise' = ANY (a.roles) THEN 'enterprise' = ANY (d.roles) AND d.enterprise_id = a.enterprise_id
            WHEN 'enterprise' = ANY (d.roles) THEN false
            WHEN a.roles <@ ARRAY['department'] THEN d.unit_id = a.unit_id
            ELSE NOT d.roles <@ ARRAY['department', 'auditor', 'administrator'] OR a.roles <@ ARRAY['auditor', 'administrator'] END)
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION may_stand_in IS 'Whether somebody in use may stand in for somebody away: staff for staff, a colleague of the same department, a colleague of the same enterprise. It is asked when an absence is entered and again whenever the deputy would be told.';

-- +goose Down
DROP FUNCTION may_stand_in;
ALTER TABLE filters ADD COLUMN shared boolean NOT NULL DEFAULT false;
UPDATE filters SET shared = shared_with <> 'own';
ALTER TABLE filters DROP COLUMN shared_with;
DROP FUNCTION reserve_sign_in;
ALTER TABLE sign_in_failures DROP COLUMN id;
