#!/bin/sh
# Creates the application's role; it owns nothing and cannot rewrite the past. `parkway migrate` lets it use the schema.
set -eu
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -v password="$PARKWAY_APP_PASSWORD" <<'SQL'
CREATE ROLE parkway_app LOGIN PASSWORD :'password';
SQL
