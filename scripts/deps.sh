#!/usr/bin/env bash
# Installs what `make test` needs. Missing tools are an error later, never a skipped test.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=()
need() { # command-or-file, package
  if [[ "$1" == /* ]]; then compgen -G "$1" >/dev/null || packages+=("$2"); else command -v "$1" >/dev/null || packages+=("$2"); fi
}
need '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc' fonts-noto-cjk
need '/usr/lib/postgresql/*/bin/initdb' postgresql
need redis-server redis-server
need pdftotext poppler-utils
need qpdf qpdf
need gcc gcc
# The browser without its windows does a third less work in the tests; a whole one does as well.
shell=()
command -v chromium-headless-shell >/dev/null || shell=(chromium-headless-shell)
if ((${#packages[@]} + ${#shell[@]})); then
  sudo=(); [[ $(id -u) == 0 ]] || sudo=(sudo)
  get() { "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; }
  "${sudo[@]}" apt-get update -qq || true # what cannot be had then is missed below
  if ! get "${packages[@]}" "${shell[@]}"; then
    command -v chromium >/dev/null || packages+=(chromium)
    ((${#packages[@]} == 0)) || get "${packages[@]}"
  fi
fi

go mod download
for dir in frontend e2e internal/ydoc/testdata/oracle internal/realtime/testdata/interop bench/peers bench/pages; do
  [[ -f $dir/package-lock.json ]] || continue
  # npm ci only when the lock is newer than what is installed
  if [[ ! -f $dir/node_modules/.package-lock.json || $dir/package-lock.json -nt $dir/node_modules/.package-lock.json ]]; then
    (cd "$dir" && npm ci --no-audit --no-fund && touch node_modules/.package-lock.json)
  fi
done
