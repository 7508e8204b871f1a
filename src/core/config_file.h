/* The config file: `key = ...`, `site = ...`, `base_url = ...`, a line each. */
#ifndef RHUB_CORE_CONFIG_FILE_H
#define RHUB_CORE_CONFIG_FILE_H

#include "rhub.h"

#pragma GCC visibility push(hidden)

typedef struct rh_config_file {
  char *key, *site, *base_url; /* NULL: not given */
  char *path;                  /* NULL: there is no file */
} rh_config_file;

/* Reads `path`, or, when NULL, the file in its usual place, which may be missing. RHUB_CONFIG for a
   file that others may read, that is not ours, or that says what we do not know. */
rhub_status rh_config_file_read(const char *path, rh_config_file *out, rhub_error *error);
void rh_config_file_clear(rh_config_file *file); /* wipes the key */

/* Overwrites a secret in a way that is not optimised out; NULL is allowed. */
void rh_wipe(char *text);

#pragma GCC visibility pop
#endif
