#!/usr/bin/env bash
# Starts a PostgreSQL of its own for the tests, as somebody who is not root, and prints its address; stops it with:
#   .ci/start-postgres.sh stop FOLDER
# Installed from Debian's packages when the machine has none. It listens on the loopback address alone.
set -euo pipefail
port=54387

if [ "${1:-}" = stop ]; then
  data="$2/data"
  [ -s "$data/postmaster.pid" ] && kill -INT "$(head -1 "$data/postmaster.pid")"
  for _ in $(seq 50); do [ -s "$data/postmaster.pid" ] || break; sleep 0.2; done
  rm -rf "$2"
  exit 0
fi

folder="$1"
programs() { find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -1; }
bin="$(programs)"
if [ -z "$bin" ]; then
  { apt-get update && apt-get install -y --no-install-recommends postgresql; } >&2
  bin="$(programs)"
fi
# The server refuses to run as root.
as_user() { if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"; else "$@"; fi; }
if [ "$(id -u)" -eq 0 ]; then chown nobody:nogroup "$folder"; fi
cd "$folder"
as_user "$bin/initdb" -D "$folder/data" -U owner -A trust -E UTF8 --no-sync >&2
as_user "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w \
  -o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200" start >&2
as_user "$bin/psql" -h 127.0.0.1 -p "$port" -U owner -d postgres -qc 'CREATE ROLE raccroche LOGIN CREATEDB CREATEROLE' >&2
echo "postgres://raccroche@127.0.0.1:$port/postgres"
