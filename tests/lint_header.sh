#!/bin/sh
# The public headers alone, as C99 and as C++, strictly.
. tests/tap.sh

alone() { # HEADER COMPILER FLAGS...
  header=$1
  shift
  echo "#include \"$header\"" | "$@" -Isrc -Wall -Wextra -pedantic -Werror -fsyntax-only -
}
for h in rhub.h rhub_host.h; do
  lua=
  grep -q '<lua' src/$h && lua=$(pkg-config --cflags lua5.4 2>/dev/null || pkg-config --cflags lua)
  quiet "$h alone is C99" alone $h cc $lua -x c -std=c99
  quiet "$h alone is C11 for clang" alone $h clang $lua -x c -std=c11
  quiet "$h alone is C++98" alone $h clang++ $lua -x c++ -std=c++98 -Wno-variadic-macros -Wno-c++11-long-long
  quiet "$h alone is C++17" alone $h clang++ $lua -x c++ -std=c++17
done
done_testing
