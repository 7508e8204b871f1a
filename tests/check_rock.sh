#!/bin/sh
# The rocks: their lists are complete, and LuaRocks alone, without make, builds something that works.
. tests/tap.sh

lua5.4 tests/check_rock.lua rhub-scm-1.rockspec | grep -v '^1\.\.' || :
lua5.4 tests/check_rock.lua src/server/rhub-server-scm-1.rockspec | grep -v '^1\.\.' || :
lua5.4 tests/check_rock.lua src/socket/rhub-socket-scm-1.rockspec | grep -v '^1\.\.' || :

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
tree=$tmp/tree clone=$tmp/clone

# What a fresh clone would hold: tracked files, and new ones that are not ignored.
mkdir "$clone"
if git rev-parse --git-dir >/dev/null 2>&1; then
  git ls-files -z --cached --others --exclude-standard
else
  find . -path ./build -prune -o -type f -print0
fi | xargs -0 sh -c 'for f; do [ -e "$f" ] && printf "%s\0" "$f"; done' sh |
  tar --null -T - -cf - | tar -C "$clone" -xf -

rock() {
  (cd "$clone" && luarocks --lua-version 5.4 --tree "$tree" make --deps-mode=none "$1")
}
installed() { # runs a command with nothing but the tree and the system's modules, as `luarocks path` sets it
  (cd "$tmp" && LUA_PATH="$tree/share/lua/5.4/?.lua;$tree/share/lua/5.4/?/init.lua;;" \
    LUA_CPATH="$tree/lib/lua/5.4/?.so;;" "$@")
}
works 'luarocks builds the client in a fresh clone' rock rhub-scm-1.rockspec
works 'luarocks builds the server in a fresh clone' rock src/server/rhub-server-scm-1.rockspec
works 'luarocks builds the sockets in a fresh clone' rock src/socket/rhub-socket-scm-1.rockspec
quiet 'require "rhub" works from the tree' installed lua5.4 -e '
  local rhub = require "rhub"
  assert(package.searchpath("rhub", package.path):find("/tree/", 1, true))
  assert(rhub._VERSION and require "rhub.json" and require "rhub.sys" and require "rhub.server"
    and require "rhub.socket")
  local hub <close> = rhub.client { api_key = ("k"):rep(32), base_url = "http://127.0.0.1:9" }'
quiet 'a rock exports nothing but luaopen_* and rhub_*' sh -c \
  "nm -D --defined-only $tree/lib/lua/5.4/rhub/*.so | awk 'NF == 3 && \$2 ~ /[TDBRVW]/ { print \$3 }' | grep -vE '^(luaopen_|rhub_)' || :"
same 'the launcher tells its version' "$(installed "$tree/bin/rhub" --version 2>&1 | cut -d' ' -f1,2)" \
  "rhub $(sed -n 's/^#define RHUB_VERSION "\(.*\)"/\1/p' src/rhub.h)"
done_testing
