-- +goose Up
-- Names are compared in one way, sought(), wherever an enterprise is added or changed: found by index, not by looking at every enterprise for each row of a sheet.
CREATE INDEX enterprises_by_sought_name ON enterprises (sought(name));
CREATE INDEX enterprises_by_sought_short ON enterprises (sought(short_name));
CREATE INDEX enterprise_aliases_by_sought ON enterprise_aliases (sought(alias));

-- +goose Down
DROP INDEX enterprises_by_sought_name, enterprises_by_sought_short, enterprise_aliases_by_sought;
