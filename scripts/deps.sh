#!/usr/bin/env bash
# Installs what `make test` needs. Missing tools are an error later, never a skipped test.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=()
need() { # command-or-file, package
  if [[ "$1" == /* ]]; then compgen -G "$1" >/dev/null || packages+=("$2"); else command -v "$1" >/dev/null || packages+=("$2"); fi
}
need chromium chromium
need '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc' fonts-noto-cjk
need '/usr/lib/postgresql/*/bin/initdb' postgresql
need redis-server redis-server
need pdftotext poppler-utils
need qpdf qpdf
need gcc gcc
if ((${#packages[@]})); then
  sudo=(); [[ $(id -u) == 0 ]] || sudo=(sudo)
  "${sudo[@]}" apt-get update -qq
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"
fi

go mod download
for dir in frontend e2e internal/ydoc/testdata/oracle internal/realtime/testdata/interop bench/peers; do
  [[ -f $dir/package-lock.json ]] || continue
  # npm ci only when the lock is newer than what is installed
  if [[ ! -f $dir/node_modules/.package-lock.json || $dir/package-lock.json -nt $dir/node_modules/.package-lock.json ]]; then
    (cd "$dir" && npm ci --no-audit --no-fund && touch node_modules/.package-lock.json)
  fi
done
