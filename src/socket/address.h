/* Addresses of websockets: which may be opened, and how they are shown. Their queries open
 * somebody's machine to whoever reads them, so no message holds one. */
#ifndef RHUB_SOCKET_ADDRESS_H
#define RHUB_SOCKET_ADDRESS_H

#include <stdbool.h>

#pragma GCC visibility push(hidden)

typedef struct rh_address {
  char *origin; /* "https://host:port", for curl */
  char *host;   /* "host" or "host:port", as a request names it */
  char *target; /* path and query: secret */
  char *shown;  /* "wss://host/path", for people */
  bool loopback;
} rh_address;

/* Fills the address; returns NULL, or why it is not opened. To be freed either way. */
const char *rh_address_read(rh_address *address, const char *url, bool sealed);
void rh_address_free(rh_address *address); /* wipes the target */

#pragma GCC visibility pop
#endif
