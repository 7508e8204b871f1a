/* JSON text that a strict reader refuses over a trifle, made readable. No I/O. */
#ifndef RHUB_CORE_REPAIR_H
#define RHUB_CORE_REPAIR_H

#include <stdbool.h>
#include <stddef.h>

#pragma GCC visibility push(hidden)

/* A copy (malloc; NULL: no memory) in which bad UTF-8 and lone surrogates are U+FFFD, control
   bytes and unknown escapes in strings are escaped, numbers of 19 digits and more or with an
   exponent are strings, and a byte order mark and NULs between values are gone. With `nuls`, NULs
   in strings stay (as \u0000), else they too become U+FFFD. What is no JSON after that was none. */
char *rh_repair(const char *text, size_t len, bool nuls, size_t *out_len);

#pragma GCC visibility pop
#endif
