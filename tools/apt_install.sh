#!/usr/bin/env bash
# Install the named packages of the distribution (Debian, Ubuntu) as far as they are missing; ask nothing, and nobody
# when all are there.
set -euo pipefail

if ! command -v dpkg-query >/dev/null; then
    echo "This is not a Debian or Ubuntu machine: please make sure that these are installed: $*" >&2
    exit 0
fi

missing=()
for package in "$@"; do
    status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "Missing: ${missing[*]}. Run as root: apt-get install --no-install-recommends ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi

apt() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get --quiet --yes -o Dpkg::Use-Pty=0 "$@" </dev/null
}

echo "Installing from the distribution: ${missing[*]} (minutes on a bare machine)"
# The lists of a fresh machine are empty and those of an old one name files that are gone: then, and only then, renew.
apt-cache show "${missing[@]}" >/dev/null 2>&1 || apt update
apt install --no-install-recommends "${missing[@]}" >/dev/null || {
    apt update
    apt install --no-install-recommends "${missing[@]}"
}
