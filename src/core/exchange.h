/* How one HTTP exchange ended, as a value: what transfer tells and retry judges. No I/O. */
#ifndef RHUB_CORE_EXCHANGE_H
#define RHUB_CORE_EXCHANGE_H

#include <stddef.h>

/* What is known of an exchange that has ended. */
typedef enum rh_wire {
  RH_WIRE_REPLY,     /* a whole reply; http_status is set (any status) */
  RH_WIRE_UNSENT,    /* certain that no byte of the request left: no name, no connection, TLS */
  RH_WIRE_LOST,      /* something left, no whole reply came: reset, end of stream, broken body */
  RH_WIRE_TIMEOUT,   /* something left, no reply in time */
  RH_WIRE_TOO_LARGE, /* the reply passed its ceiling */
  RH_WIRE_REFUSED,   /* ours: an address that is not opened (scheme, host when sealed, redirect) */
  RH_WIRE_SINK,      /* ours: the receiver of the body said stop (disk full, wrong part) */
  RH_WIRE_SOURCE     /* ours: the file to send could not be read */
} rh_wire;

typedef struct rh_exchange {
  rh_wire wire;
  int http_status;
  double retry_after; /* seconds; negative: no such header */
  const char *body;   /* requests without a sink; NUL-terminated; borrowed until `done` returns */
  size_t body_len;
  const char *message; /* for people, when wire is not RH_WIRE_REPLY: without key or query */
  const char *host;    /* for people */
} rh_exchange;

#endif
