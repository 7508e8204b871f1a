/* The API's address as people give it, made into an origin. No I/O. */
#ifndef RHUB_CORE_BASE_URL_H
#define RHUB_CORE_BASE_URL_H

#include <stdbool.h>
#include <stddef.h>

#pragma GCC visibility push(hidden)

#define RH_HOST_MAX   256
#define RH_ORIGIN_MAX (RH_HOST_MAX + 24)

typedef struct rh_origin {
  char text[RH_ORIGIN_MAX]; /* "https://host[:port]", lower case, without the scheme's own port */
  char host[RH_HOST_MAX];   /* "host", an IPv6 address without brackets */
  bool tls;
  bool loopback;
} rh_origin;

/* Takes "http(s)://host[:port]" with or without "/openapi/v2" and slashes at the end. NULL when it
   is good, else why not, for people: "has a user name in it", ... Never quotes the address. */
const char *rh_origin_read(const char *address, rh_origin *out);

#pragma GCC visibility pop
#endif
