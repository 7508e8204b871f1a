/* The parameters of a task as JSON text: checked for being one object, sent byte for byte as the
 * caller gave them but for the values that addresses of uploads take the place of. No I/O. */
#ifndef RHUB_CORE_PARAMS_H
#define RHUB_CORE_PARAMS_H

#include "rhub.h"

#include <stdbool.h>

#pragma GCC visibility push(hidden)

/* RHUB_INPUT with place and remedy when `text` is not one JSON object in valid UTF-8. */
rhub_status rh_params_check(const char *text, size_t len, rhub_error *error);

/* Finds the value that an RFC 6901 pointer names in checked text: [*start, *end). False: none. */
bool rh_params_find(const char *text, size_t len, const char *pointer, size_t *start, size_t *end);

/* A new text (malloc) in which each pointer's value is the JSON string of the address that goes
   with it. All pointers exist and none lies inside another. NULL when out of memory. */
char *rh_params_place(const char *text, size_t len, const char *const *pointers,
                      const char *const *addresses, size_t count, size_t *out_len);

/* `body`, a checked object (NULL: an empty one), with the string field `name`, set first or in the
   place of one of that name: `{"taskId":"..."}`, or a legacy body with its key. malloc; NULL when
   out of memory. */
char *rh_params_with(const char *body, size_t len, const char *name, const char *value,
                     size_t *out_len);

/* What equal calls have in common: the values of the pointers emptied, the keys sorted (malloc).
   NULL when out of memory. */
char *rh_params_identity(const char *text, size_t len, const char *const *pointers, size_t count);

#pragma GCC visibility pop
#endif
