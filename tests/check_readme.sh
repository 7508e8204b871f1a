#!/bin/sh
# What the README says holds: its packages, its commands, its script.
. tests/tap.sh
b=$(cd "${RHUB_BUILD:-build}" && pwd)
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

for system in apt dnf apk pacman brew; do
  row=$(.ci/deps --list $system | tr '\n' ' ')
  quiet "the packages for $system are those that .ci/deps looks for" sh -c \
    "grep -qF '${row% }' README.md || echo 'not in README.md: $row'"
done

make_targets() { # targets that the README names and make does not know
  grep -oE '(^|`)make [a-z]+' README.md | sed 's/.*make //' | sort -u | while read -r target; do
    make -n "$target" >/dev/null 2>&1 || echo "$target"
  done
}
quiet 'every make target in the README exists' make_targets

paths() { # files of ours that the README names and that are not there
  grep -oE '`(src|lua|tests|examples)/[a-zA-Z0-9_./*-]+' README.md | tr -d '`' | sort -u | while read -r path; do
    # shellcheck disable=SC2086
    ls -d $path >/dev/null 2>&1 || echo "$path"
  done
}
quiet 'every file named in the README exists' paths

sed -n '/^```lua$/,/^```$/p' README.md | sed '1d;$d' >"$tmp/script.lua"
run() { (cd "$tmp" && timeout 60 "$b/rhub" --quiet --sandbox script.lua); }
same 'the script in the README saves what it says' \
  "$(run 2>&1 | tr '\t' '\n' | sed -E 's/[0-9]{19}/ID/')" "out/ID-1.mp4
out/ID-1.mp4
out/ID-1.mp4"
done_testing
