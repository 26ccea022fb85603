#!/usr/bin/env bash
# Run the whole suite on another Debian's QGIS, in a chroot that is made here when it is missing.
# Usage: test_qgis.sh trixie|trixie-backports|testing [what pytest takes]
#
# What is tested is HEAD. The machine's own apt and pip configuration and its certificates are used, so that it works
# behind whatever mirror or proxy the machine has. Set to choose otherwise:
#   MIRROR           of Debian; by default the one in the machine's apt configuration
#   CHROOTS          the folder of the chroots (2 to 3 GB each); by default in the user's cache
#   PERMAFROST_DATA  real observations; by default ../shared/data; tests without theirs are skipped
set -euo pipefail

suite=${1:-}
case $suite in
    trixie | testing) base=$suite ;;
    trixie-backports) base=trixie ;;
    *) echo "Usage: make test-qgis SUITE=trixie|trixie-backports|testing" >&2; exit 2 ;;
esac
shift

if [ "$(id -u)" -ne 0 ]; then
    echo "A chroot needs root: sudo make test-qgis SUITE=$suite" >&2
    exit 1
fi
if [ -z "${IN_OWN_NAMESPACE:-}" ]; then
    tools/apt_install.sh debootstrap
    # In namespaces of mounts and processes of its own: however this ends, nothing stays mounted and nothing running.
    IN_OWN_NAMESPACE=yes unshare --mount --propagation private --pid --fork --kill-child "$0" "$suite" "$@" &
    trap 'kill -KILL %1' INT TERM HUP
    wait %1
    exit
fi

chroots=${CHROOTS:-${XDG_CACHE_HOME:-$HOME/.cache}/permafrost-mapper/chroots}
root=$chroots/$suite
data=$(realpath --quiet "${PERMAFROST_DATA:-../shared/data}" || true)

mirror() {
    apt-get indextargets --format '$(REPO_URI)' 'Origin: Debian' 'Component: main' 'Created-By: Packages' |
        grep --invert-match security | head --lines=1
}

build() {
    local mirror=${MIRROR:-$(mirror)} new=$root.new proxy
    echo "Building a chroot of Debian $suite in $root (some minutes)"
    rm -rf "$new"
    mkdir -p "$new"
    proxy=$(apt-config shell proxy Acquire::http::Proxy)
    eval "$proxy"  # apt's own way of handing a value to a shell
    env ${proxy:+http_proxy="$proxy"} debootstrap --variant=minbase --include=ca-certificates,make "$base" "$new" \
        ${mirror:+"$mirror"} >"$chroots/$suite.log" || { tail "$chroots/$suite.log" >&2; exit 1; }

    echo force-unsafe-io >"$new/etc/dpkg/dpkg.cfg.d/chroot"
    printf 'APT::Install-Recommends "false";\nAcquire::Languages "none";\n' >"$new/etc/apt/apt.conf.d/90chroot"
    apt-config dump Acquire | grep -E '^Acquire::(http|https|ftp|Retries|Check-)' >"$new/etc/apt/apt.conf.d/99machine" ||
        true
    if [ "$suite" != "$base" ]; then
        sed "s/ $base / $suite /" "$new/etc/apt/sources.list" >"$new/etc/apt/sources.list.d/$suite.list"
        # Without this a backport is never preferred to what the release has.
        printf 'Package: *\nPin: release n=%s\nPin-Priority: 500\n' "$suite" >"$new/etc/apt/preferences.d/$suite"
    fi
    chroot "$new" apt-get --quiet update >>"$chroots/$suite.log"
    rm -rf "$root"
    mv "$new" "$root"
}

[ -d "$root" ] || build

# The machine's certificates, pip configuration and names, as they are now.
cp /etc/resolv.conf /etc/hosts "$root/etc/"
for file in /etc/pip.conf /etc/ssl/certs/ca-certificates.crt; do
    [ ! -e "$file" ] || cp "$file" "$root$file"
done

# A clean checkout of HEAD; the virtual environment of the last run stays as long as its requirements do.
checkout=$root/src/permafrost-mapper
rm -rf "$root"/tmp/* "$root/src/head.bundle"
mkdir -p "$checkout"
tools/as_owner.sh git bundle create --quiet - HEAD >"$root/src/head.bundle"
git -C "$checkout" init --quiet
git -C "$checkout" fetch --quiet "$root/src/head.bundle" HEAD
git -C "$checkout" checkout --quiet --force --detach FETCH_HEAD
git -C "$checkout" clean --quiet -ffdx --exclude=.venv

mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --rbind /sys "$root/sys"
mkdir -p "$root/data"
if [ -d "$data" ]; then
    mount --bind "$data" "$root/data"
    mount -o remount,bind,ro "$root/data"
fi

inside() {
    env --unset=VIRTUAL_ENV --unset=PYTHONPATH --unset=PYTHONHOME --unset=XDG_RUNTIME_DIR --unset=TMPDIR \
        --unset=XDG_CACHE_HOME --unset=XDG_CONFIG_HOME --unset=MAKEFLAGS --unset=MAKELEVEL --unset=MFLAGS \
        HOME=/root LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        PERMAFROST_DATA=/data chroot "$root" /bin/sh -c 'cd /src/permafrost-mapper && "$@"' sh "$@"
}

inside make setup
inside make extras || echo "The extras cannot be installed there: their tests are skipped."
echo "Debian $suite, commit $(git -C "$checkout" rev-parse --short HEAD), $(date --iso-8601)"
inside .venv/bin/python tools/versions.py
inside .venv/bin/python -m pytest "$@"
