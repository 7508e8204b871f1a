/* The Lua sources inside the program, as text. The table is made by src/host/embedded.sh from every
 * lua/rhub file and example listed in the Makefile; sorted by name. Data only. */
#ifndef RHUB_HOST_EMBEDDED_H
#define RHUB_HOST_EMBEDDED_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

typedef struct rh_embedded {
  const char *name; /* "rhub.cli.run"; "rhub" for lua/rhub/init.lua */
  const char *path; /* "lua/rhub/cli/run.lua": for tracebacks, as "@" and this */
  const char *text; /* NUL-terminated */
  size_t size;      /* without the NUL */
} rh_embedded;

extern const rh_embedded rh_embedded_files[];
extern const size_t rh_embedded_count;

#pragma GCC visibility pop
#endif
