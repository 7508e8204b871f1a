/* Amounts as decimal text: money never becomes a float. No I/O, no allocation, no locale. */
#ifndef RHUB_CORE_DECIMAL_H
#define RHUB_CORE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

#define RH_DECIMAL_MAX 40 /* bytes that hold any of them, NUL included */

/* Plain: digits, maybe a point and digits; at most 18 before the point, 18 behind it and 18 that
   count. */
bool rh_decimal_plain(const char *text, size_t len);

/* Other ways to write an amount, as a plain decimal: "+2.10", "2.", ".5", "1E+1"; what is beyond 18
   digits is rounded up. False for anything else, negative ones among it. */
bool rh_decimal_read(const char *text, size_t len, char out[RH_DECIMAL_MAX]);

/* Sum of two plain decimals, exactly, with the longer fraction's places: "2.1" + "0.14" = "2.24".
   False when either is not plain. */
bool rh_decimal_add(const char *a, const char *b, char out[RH_DECIMAL_MAX]);

/* The shortest plain decimal that reads back as `value`: 0.14 gives "0.14". False when it has none:
   negative, not finite, too large or too small. */
bool rh_decimal_of(double value, char out[RH_DECIMAL_MAX]);

/* Money is counted in units of 1/10,000. */
#define RH_UNIT_PLACES 4

/* A plain decimal in units; what is finer counts as one more with `up`, else as nothing. False when
   it is not plain, or more than 63 bits hold. */
bool rh_decimal_units(const char *text, bool up, int64_t *out);

/* Units as text, with two places and no other useless zeros: "2.10", "0.035", "0.00". They are not
   negative. */
void rh_decimal_text(int64_t units, char out[RH_DECIMAL_MAX]);

#pragma GCC visibility pop
#endif
