#!/bin/sh
# Writes the C file behind src/host/embedded.h: each Lua file given becomes one string, a line a line,
# so that the text in the program can be read with strings(1) and compared with its source.
#   src/host/embedded.sh lua/rhub/init.lua ... > embedded.c
set -eu
LC_ALL=C
export LC_ALL

module() { # lua/rhub/cli/run.lua -> rhub.cli.run, lua/rhub/init.lua -> rhub
  echo "$1" | sed 's|^lua/||; s|\.lua$||; s|/init$||; s|/|.|g'
}

echo '/* Made by src/host/embedded.sh; do not edit. */'
echo '#include "host/embedded.h"'
n=0
for file in "$@"; do
  n=$((n + 1))
  echo "static const char text_$n[] ="
  # ?? could start a trigraph; a lone \r or NUL has no place in a Lua source of ours.
  sed 's/\\/\\\\/g; s/"/\\"/g; s/??/?\\?/g; s/	/\\t/g; s/^/  "/; s/$/\\n"/' "$file"
  echo '  "";'
done
echo 'const rh_embedded rh_embedded_files[] = {'
n=0
for file in "$@"; do
  n=$((n + 1))
  echo "  {\"$(module "$file")\", \"$file\", text_$n, sizeof text_$n - 1},"
done | sort
echo '};'
echo 'const size_t rh_embedded_count = sizeof rh_embedded_files / sizeof *rh_embedded_files;'
