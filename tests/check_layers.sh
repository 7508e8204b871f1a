#!/bin/sh
# Who includes what: arrows run down only, and each library is seen by the parts that are its own.
. tests/tap.sh

# Lines that include PATTERN in sources outside of ALLOWED (a grep -E pattern over paths).
outside() {
  grep -rnE "^[[:space:]]*#[[:space:]]*include[[:space:]]+[<\"]($1)" src --include='*.[ch]' | grep -vE "^src/($2)" || :
}

quiet 'libcurl is seen by transfer, loop and rhub.socket only' outside 'curl/' \
  '(core/(transfer[a-z_]*|loop)|socket/(pool|connection|address))\.[ch]:'
quiet 'Lua is seen by the bindings, the server and the host only' \
  outside '(lua|lauxlib|lualib|luaconf)\.h' '(lua|server|host)/|socket/socket\.c:|rhub_host\.h:'
quiet 'jansson is seen by reply and params only' outside 'jansson\.h' 'core/(reply|params|repair)[a-z_]*\.[ch]:'
quiet 'libuv is seen by the loop only, and by who embeds its handles through loop.h' outside 'uv\.h' 'core/loop\.h:'
quiet 'libmicrohttpd is seen by the server only' outside 'microhttpd\.h' 'server/'
quiet 'wslay is seen where frames are made only' outside 'wslay/' 'socket/frames\.c:'
quiet 'SQLite is seen by the store only' outside 'sqlite3\.h' 'core/(store\.c|store_(log|hash)\.[ch]):'
quiet 'libcrypto is seen where digests are made' outside 'openssl/' '(core/digest\.[ch]|server/(form|put)\.c|socket/accept\.c):'

# Headers of ours that the files matching FILES include, beyond those in ALLOWED.
beyond() {
  grep -HnoE '^#[[:space:]]*include[[:space:]]+"[^"]+"' $1 2>/dev/null |
    grep -vE "\"((core|host|server|lua|socket)/)?($2)\.h\"" || :
}
# Headers of the system that do input or output, in files that must not do any.
system_io() {
  grep -nE '^#[[:space:]]*include[[:space:]]+<(sys/(socket|stat|file|mman|wait|ioctl|select|epoll)|fcntl|unistd|netdb|arpa/inet|netinet/[a-z]+|poll|dirent|termios|pthread|signal|spawn)\.h>' "$@" || :
}
existing() { for f in $1; do [ -e "$f" ] && printf '%s ' "$f"; done; }

pure_names='error|hash|utf8|decimal|budget|scan|repair|reply|reply_words|params|retry|rate|pace|admit|limits|filename|exchange'
pure=$(existing "$(echo "$pure_names" | sed -E 's@(^|\|)([a-z0-9_]+)@ src/core/\2.c src/core/\2.h@g')")
# shellcheck disable=SC2086
quiet 'the pure parts do no input or output' system_io $pure
quiet 'the pure parts include pure parts only' beyond "$pure" "rhub|$pure_names"
quiet 'the loop stands on errors alone' beyond "$(existing 'src/core/loop.[ch]')" 'rhub|loop|error'
quiet 'transfer knows no tasks' beyond "$(existing 'src/core/transfer*.[ch]')" \
  'rhub|transfer[a-z_]*|loop|error|exchange|credentials|utf8'
quiet 'upload and download know no tasks' beyond "$(existing 'src/core/upload*.[ch] src/core/download*.[ch]')" \
  "rhub|upload[a-z_]*|download[a-z_]*|part|known|transfer|loop|digest|credentials|$pure_names"
quiet 'the store and what is remembered know no network' \
  beyond "$(existing 'src/core/store*.[ch] src/core/known.[ch]')" 'rhub|store(_log|_hash)?|hash|known|digest|error'
quiet 'what processes share knows no tasks and no network' \
  beyond "$(existing 'src/core/shared.[ch] src/core/places.[ch]')" 'shared|places|limits'
quiet 'the journal knows no tasks and no network' beyond "$(existing 'src/core/journal*.[ch]')" \
  'rhub|journal[a-z_]*|store|loop|budget|digest|error|sieve'
quiet 'nothing in the core knows Lua, the server, the sockets or the host' \
  outside '(lua|server|socket|host)/|rhub_host' '(lua|server|socket|host)/|rhub_host'
quiet 'the binding stands on rhub.h alone' beyond "$(existing 'src/lua/core*.[ch]')" 'rhub|core[a-z_]*'
quiet 'rhub.json and rhub.sys stand on nothing of ours' beyond "$(existing 'src/lua/json*.[ch] src/lua/sys*.[ch]')" \
  'json[a-z_]*|sys[a-z_]*'
quiet 'the server knows nothing of the engine, of rhub.socket only its frames' \
  beyond "$(existing 'src/server/*.[ch]')" 'server[a-z_]*|frames|accept'
quiet 'rhub.socket stands on nothing else of ours' beyond "$(existing 'src/socket/*.[ch]')" \
  'frames|accept|address|connection|pool'
quiet 'the host uses public headers of ours only' beyond "$(existing 'src/host/*.[ch]')" \
  'rhub|rhub_host|embedded|embed|main|state|edit|json|sys'

not_hidden() { # private headers that declare functions or data and do not hide them
  for f in src/*/*.h; do
    grep -vE '^static' "$f" | grep -qE '^(extern|[a-z][a-z_0-9 *]*\()' && ! grep -q 'pragma GCC visibility push(hidden)' "$f" && echo "$f"
  done | grep -v rhub_host.h || :
}
quiet 'every private header hides what it declares' not_hidden

lua_requires() { # FILES, and what they may not require
  grep -nE "require[ (]*[\"']rhub\.($2)" $1 2>/dev/null || :
}
quiet 'the scheduler knows no client' lua_requires "$(existing 'lua/rhub/flow.lua lua/rhub/flow/*.lua')" \
  "(client|result|core|cli|sandbox|catalogue|check)[\"'.]"
quiet 'the client knows no command line and no sandbox' \
  lua_requires "$(existing 'lua/rhub/client.lua lua/rhub/hub.lua lua/rhub/task.lua lua/rhub/submit.lua \
    lua/rhub/result.lua lua/rhub/progress.lua lua/rhub/progress/*.lua lua/rhub/check.lua lua/rhub/errors.lua lua/rhub/init.lua')" "(cli|sandbox|server)[\"'.]"
done_testing
