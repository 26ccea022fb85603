#!/usr/bin/env bash
# Run a command. Where root works in somebody else's checkout (`sudo make test`), run it as the owner of the checkout:
# so nothing is left behind that the owner cannot write to, and git does not refuse a foreign repository.
set -euo pipefail

owner=$(stat --format=%u .)
if [ "$(id -u)" -ne 0 ] || [ "$owner" -eq 0 ]; then
    exec "$@"
fi
home=$(getent passwd "$owner" | cut -d: -f6)
exec setpriv --reuid="$owner" --regid="$(stat --format=%g .)" --clear-groups env HOME="${home:-/tmp}" "$@"
