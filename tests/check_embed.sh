#!/bin/sh
# Both C interfaces from outside: the examples compile as they stand, with warnings as errors, and do
# their work against a sandbox.
. tests/tap.sh
b=${RHUB_BUILD:-build}
tmp=$(mktemp -d "${TMPDIR:-/tmp}/embed.XXXXXX") || exit 1
lua=lua5.4
pkg-config --exists $lua || lua=lua-5.4

mkfifo "$tmp/address"
$b/rhub sandbox --quiet --speed 100 >"$tmp/address" &
sandbox=$!
trap 'kill $sandbox; rm -rf "$tmp"' EXIT
read -r url <"$tmp/address"

core="$b/librhub.a $(pkg-config --libs libcurl libuv jansson libcrypto sqlite3) -lpthread -lm"
host="$b/librhub_host.a $core $(pkg-config --libs $lua) -ldl"
cc="cc -std=c99 -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Werror -Isrc $(pkg-config --cflags $lua)"
run="env RH_API_BASE_URL=$url RUNNINGHUB_API_KEY=0123456789abcdef0123456789abcdef"

# shellcheck disable=SC2086
{
  quiet 'rhub_host.h compiles alone as C99' $cc -x c -fsyntax-only src/rhub_host.h
  quiet 'rhub_host.h compiles alone as C++' c++ -Wall -Wextra -Werror -Isrc $(pkg-config --cflags $lua) \
    -x c++ -fsyntax-only src/rhub_host.h
  quiet 'examples/embed.c compiles' $cc -o "$tmp/embed" examples/embed.c $host
  quiet 'examples/one_task.c compiles' $cc -o "$tmp/one_task" examples/one_task.c $core
  quiet 'tests/e2e/host.c compiles' $cc -o "$tmp/host" tests/e2e/host.c $host
}
same 'examples/embed.c has fewer than 40 lines' "$([ "$(wc -l <examples/embed.c)" -lt 40 ] && echo yes)" yes

here=$(pwd)
cd "$tmp" || exit 1
same 'a script inside a C program calls functions of that program' \
  "$($run ./embed 'a cat' 2>&1 | sed 's/[0-9]\{19\}/ID/')" '1: out/ID-1.png'
same 'the engine without Lua runs a task and saves what it has made' \
  "$($run ./one_task rhart-image-v1/text-to-image '{"prompt":"a cat","aspectRatio":"1:1"}' out/ 2>&1 |
    sed -n '$s/[0-9]\{19\}/ID/p')" 'out/ID-1.png'
works 'a host runs scripts, hands arguments in and errors out, and ends cleanly' ./host
same 'a host prints nothing by itself' "$(./host 2>&1)" ''
cd "$here" || exit 1
done_testing
