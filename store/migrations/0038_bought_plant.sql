-- +goose Up
-- A project may buy a plant that stands (购买厂房): no land is supplied, and without structural works no construction permit is needed.
ALTER TABLE projects DROP CONSTRAINT projects_site_mode_check,
    ADD CONSTRAINT projects_site_mode_check CHECK (site_mode IN ('own_land', 'leased_plant', 'bought_plant', 'existing_land'));

-- +goose Down
ALTER TABLE projects DROP CONSTRAINT projects_site_mode_check,
    ADD CONSTRAINT projects_site_mode_check CHECK (site_mode IN ('own_land', 'leased_plant', 'existing_land'));
