-- +goose Up
-- An enterprise that was merged names the one that is there now, also when that one has since been merged itself.

-- +goose StatementBegin
DO $$
BEGIN
    FOR step IN 1 .. 100 LOOP -- a bound: two that were merged into each other would go round for ever
        UPDATE enterprises AS e SET merged_into = t.merged_into FROM enterprises AS t WHERE t.id = e.merged_into AND t.merged_into IS NOT NULL AND t.merged_into <> e.id;
        EXIT WHEN NOT FOUND;
    END LOOP;
END $$;
-- +goose StatementEnd
COMMENT ON COLUMN enterprises.merged_into IS 'The enterprise in use that everything of this one was moved to: it is no longer offered or listed, and its names are aliases of the other. The other one is never merged itself: merging it on changes this too.';
CREATE INDEX enterprises_by_merged ON enterprises (merged_into) WHERE merged_into IS NOT NULL;

-- +goose Down
DROP INDEX enterprises_by_merged;
