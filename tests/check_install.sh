#!/bin/sh
# make install puts everything where it is found, and make uninstall takes all of it away again.
. tests/tap.sh

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
prefix=$tmp/usr

works 'make install works' make --no-print-directory install PREFIX="$prefix"
quiet 'make install without PREFIX honours DESTDIR' sh -c \
  "make --no-print-directory install DESTDIR='$tmp/stage' >/dev/null 2>&1 && test -x '$tmp/stage/usr/local/bin/rhub'"

cd_run() { (cd "$tmp" && "$@"); }
version=$(sed -n 's/^#define RHUB_VERSION "\(.*\)"/\1/p' src/rhub.h)
same 'the installed program tells its version' "$(cd_run "$prefix/bin/rhub" --version | head -n 1)" "rhub $version"
quiet 'the installed program finds its engine and its sandbox' cd_run "$prefix/bin/rhub" --quiet --sandbox -e '
  local hub <close> = require("rhub").client {}
  assert(hub:run("rhart-image-v1/text-to-image", { prompt = "a cat", aspectRatio = "1:1" }):save("out/"))'
quiet 'stock Lua finds the installed modules' env \
  LUA_PATH="$prefix/share/lua/5.4/?.lua;$prefix/share/lua/5.4/?/init.lua" LUA_CPATH="$prefix/lib/lua/5.4/?.so" \
  sh -c 'cd "$0" && lua5.4 -e "
    assert(require([[rhub]])._VERSION and require [[rhub.json]] and require [[rhub.sys]] and require [[rhub.server]] and require [[rhub.socket]])
    assert(require [[rhub.core]].version)"' "$tmp"

same 'editors find the definitions of the C modules' \
  "$(cd "$prefix/share/lua/5.4/rhub/types" && ls | tr '\n' ' ')" 'core.d.lua core_jobs.d.lua json.d.lua server.d.lua socket.d.lua sys.d.lua '

PKG_CONFIG_PATH=$prefix/lib/pkgconfig
export PKG_CONFIG_PATH
build() { # EXAMPLE PACKAGE
  # shellcheck disable=SC2046
  cc -o "$tmp/$1" "examples/$1.c" $(pkg-config --cflags --libs "$2") -Wl,-rpath,"$prefix/lib"
}
same 'rhub.pc tells the version' "$(pkg-config --modversion rhub)" "$version"
quiet 'examples/one_task.c builds with rhub.pc alone' build one_task rhub
quiet 'examples/embed.c builds with rhub-host.pc alone' build embed rhub-host
same 'what was built with librhub.so runs with it' \
  "$(ldd "$tmp/one_task" | sed -n 's|.*=> \(.*/librhub.so.0\) .*|\1|p')" "$prefix/lib/librhub.so.0"

works 'make uninstall works' make --no-print-directory uninstall PREFIX="$prefix"
same 'make uninstall leaves nothing behind' "$(find "$prefix" -type f -o -type l)" ''
done_testing
