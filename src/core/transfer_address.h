/* Which addresses may be opened, and how they are shown. No I/O. */
#ifndef RHUB_CORE_TRANSFER_ADDRESS_H
#define RHUB_CORE_TRANSFER_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

#pragma GCC visibility push(hidden)

typedef struct rh_address {
  bool tls;
  bool loopback;
  const char *refused; /* why it is not opened, for people; NULL: it is */
} rh_address;

/* Only http and https; plain http only to loopback; `sealed`: loopback only; `from_tls`: redirected
   by https, never to http. What curl's own parser makes of the address is judged, not its text. */
rh_address rh_address_judge(const char *url, bool sealed, bool from_tls);

/* "host[:port]", and "host[:port]/path": no scheme, user, query or fragment, and the key in a path
   of the native proxy (/proxy/<key>/..., /proxy-plus/...) redacted. Cut to `size`. */
void rh_address_host(const char *url, char *out, size_t size);
void rh_address_show(const char *url, char *out, size_t size);

/* Whether it is a path on the origin, of plain characters: it goes to the request line as it
   stands, but for {key}. */
bool rh_address_path_ok(const char *path);
/* The address with the key, percent-encoded, in the place of each {key}: its length, and into `out`
   with a NUL, unless that is NULL. */
size_t rh_address_with_key(const char *url, const char *key, char *out);

#pragma GCC visibility pop
#endif
