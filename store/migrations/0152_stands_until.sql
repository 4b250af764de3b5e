-- +goose Up
-- Whoever stands in for somebody is told until when, and has a list of what those who are away have in hand.
-- +goose StatementBegin
CREATE FUNCTION stands_until(deputy uuid, day date) RETURNS TABLE (absent uuid, until date) LANGUAGE sql STABLE AS $$
    WITH RECURSIVE way AS (
        SELECT a.user_id AS absent, a.to_on AS until, a.deputy_id AS at, ARRAY[a.user_id, a.deputy_id] AS path FROM absences AS a
        WHERE a.to_on >= day AND a.from_on <= day AND may_stand_in(a.user_id, a.deputy_id)
        UNION ALL
        SELECT w.absent, least(w.until, a.to_on), a.deputy_id, w.path || a.deputy_id FROM way AS w JOIN absences AS a ON a.user_id = w.at AND a.to_on >= day AND a.from_on <= day
        WHERE a.deputy_id <> ALL (w.path) AND cardinality(w.path) < 8 AND may_stand_in(w.at, a.deputy_id) AND may_stand_in(w.absent, a.deputy_id)
    )
    SELECT w.absent, max(w.until) FROM way AS w WHERE w.at = deputy GROUP BY w.absent
$$;

CREATE OR REPLACE FUNCTION stands_for(deputy uuid, day date) RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(s.absent), '{}') FROM stands_until(deputy, day) AS s
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION stands_until IS 'For whom somebody stands in on a day, and until when: the other way round of stand_ins. A deputy''s deputy stands in until the first of both is back.';

-- +goose Down
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION stands_for(deputy uuid, day date) RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(DISTINCT a.user_id), '{}') FROM absences AS a
    WHERE a.to_on >= day AND a.from_on <= day AND deputy = ANY (stand_ins(a.user_id, day))
$$;
-- +goose StatementEnd
DROP FUNCTION stands_until;
