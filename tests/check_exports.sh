#!/bin/sh
# What is exported: rhub_* of the header by the library, one luaopen_ by each module, nothing else.
. tests/tap.sh
b=${RHUB_BUILD:-build}

# Address-sanitized builds bring symbols of their own.
exported() { nm -D --defined-only "$1" | awk '$2 ~ /[TDBRVW]/ { sub(/@.*/, "", $3); print $3 }' | grep -v '^RHUB_0$' | sort -u; }
declared() { # functions that a header declares public
  tr '\n' ' ' <"$1" | grep -oE 'RHUB_(HOST_)?API [^;]*;' | grep -oE '\brhub_[a-z0-9_]+ *\(' | tr -d ' (' | sort -u
}
needed() { readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'; }
soname() { readelf -d "$1" | sed -n 's/.*(SONAME).*\[\(.*\)\]/\1/p'; }
version=$(sed -n 's/^#define RHUB_VERSION "\(.*\)"/\1/p' src/rhub.h)

same 'librhub.so exports the functions of rhub.h and nothing else' "$(exported $b/librhub.so)" "$(declared src/rhub.h)"
same 'librhub.so has a versioned soname' "$(soname $b/librhub.so)" librhub.so.0
same 'librhub.so is a link to the file of its version' "$(readlink -f $b/librhub.so | sed 's|.*/||')" "librhub.so.$version"
for m in core json sys server socket; do
  same "rhub.$m exports its luaopen_ function only" "$(exported $b/lua/rhub/$m.so)" "luaopen_rhub_$m"
  same "rhub.$m is not linked against liblua" "$(needed $b/lua/rhub/$m.so | grep -i lua)" ""
done
quiet 'rhub.json and rhub.sys need no network library' sh -c \
  "readelf -d $b/lua/rhub/json.so $b/lua/rhub/sys.so | grep NEEDED | grep -vE 'libc\.so|libm\.so|ld-linux|libasan|libubsan' || :"
quiet 'the program links liblua and the C library only' sh -c \
  "readelf -d $b/rhub | grep NEEDED | grep -vE 'liblua|libc\.so|libm\.so|libdl\.so|ld-linux|libasan|libubsan' || :"

# A builtin rock has no version script: there the sources themselves must hide what is theirs.
visible() { # global symbols of object files that are neither hidden nor as wanted
  for f in "$@"; do
    readelf -sW "$f" | awk '$5 == "GLOBAL" && $6 == "DEFAULT" && $7 != "UND" { print $8 }'
  done | grep -vE "$wanted" || :
}
wanted='^rhub_'
quiet 'the sources of the core hide all but rhub_*' visible $b/obj/core/*.o
wanted='^luaopen_rhub_'
quiet 'the sources of the modules hide all but luaopen_*' visible $b/obj/lua/*.o $b/obj/server/*.o $b/obj/socket/*.o
done_testing
