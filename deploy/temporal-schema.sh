#!/bin/sh
# Creates and updates the engine's two databases. It can be repeated.
set -eu
for part in temporal visibility; do
  db=temporal; [ "$part" = visibility ] && db=temporal_visibility
  tool="temporal-sql-tool --plugin $SQL_PLUGIN --ep $SQL_HOST -p $SQL_PORT -u $SQL_USER --pw $SQL_PASSWORD --db $db"
  $tool create || true
  $tool setup-schema -v 0.0 || true
  $tool update-schema -d "/etc/temporal/schema/postgresql/v12/$part/versioned"
done
