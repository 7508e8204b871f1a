#!/bin/sh
# Formatting and static analysis.
. tests/tap.sh

c_files() { find src tests examples -name '*.[ch]' | sort; }
format() { c_files | xargs clang-format --dry-run -Werror; }
static_analysis() {
  cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
    -Isrc src tests/core examples
}
lua_analysis() { luacheck --quiet --no-color lua tests examples; }
long_lines() { # sources that no formatter looks after
  awk 'length($0) > 120 { print FILENAME ":" FNR ": " length($0) " characters" }' Makefile tests/*.mk tests/bench/*.mk
}

quiet 'C sources are formatted as .clang-format says' format
works 'cppcheck finds nothing' static_analysis
works 'luacheck finds nothing' lua_analysis
quiet 'no line of a makefile is longer than 120' long_lines
done_testing
