/* One websocket of a client: connected by libcurl, opened by a handshake, then frames. */
#ifndef RHUB_SOCKET_CONNECTION_H
#define RHUB_SOCKET_CONNECTION_H

#include "pool.h"

#include <stddef.h>

#pragma GCC visibility push(hidden)

typedef enum rh_news { RH_NEWS_NONE, RH_NEWS_OPEN, RH_NEWS_TEXT, RH_NEWS_CLOSED } rh_news;

/* Begins to connect; after `seconds` without a websocket it has failed. NULL with the reason, which
   may be borrowed from `why`. */
rh_connection *rh_connection_new(rh_pool *pool, const char *url, double seconds, const char **why);
/* Says goodbye where that takes no time, and ends. */
void rh_connection_free(rh_connection *connection);
const char *rh_connection_shown(const rh_connection *connection); /* its address, for people */
void **rh_connection_box(rh_connection *connection); /* the owner's to use: its own handle */

/* The next thing that has happened to any; text and length are borrowed until the next call. */
rh_news rh_connection_next(rh_pool *pool, rh_connection **connection, const char **text,
                           size_t *len);

/* ---- for the pool ---- */

rh_connection *rh_connection_following(rh_connection *connection); /* in the pool's list */
void rh_connection_connected(rh_connection *connection, CURLcode result);
void rh_connection_step(rh_connection *connection);
void rh_connection_look(rh_connection *connection, int64_t now); /* at its deadline */
bool rh_connection_more(const rh_connection *connection);

#pragma GCC visibility pop
#endif
