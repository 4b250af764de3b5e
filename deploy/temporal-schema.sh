#!/bin/sh
# Creates and updates the engine's two databases. It can be repeated. The tool itself reads SQL_PLUGIN, SQL_HOST, SQL_PORT, SQL_USER and
# SQL_PASSWORD, so that a password may hold any character but the three that the engine itself gets wrong (deploy/images.yaml).
set -eu
case $SQL_PASSWORD in
*[\ \"\\]*)
  echo 'POSTGRES_PASSWORD: the engine cannot take a space, " or \ in it; choose another one' >&2
  exit 1
  ;;
esac
schemas=${TEMPORAL_SCHEMAS:-/etc/temporal/schema/postgresql/v12}
for part in temporal visibility; do
  db=temporal
  [ "$part" = temporal ] || db=temporal_visibility
  temporal-sql-tool --db "$db" create || true # it is there already
  temporal-sql-tool --db "$db" setup-schema -v 0.0 || true
  temporal-sql-tool --db "$db" update-schema -d "$schemas/$part/versioned"
done
