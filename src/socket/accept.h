/* What both sides of a websocket handshake need: the proof that a server answers to a client's key
 * (RFC 6455, 4.2.2), and headers that are lists of words. */
#ifndef RHUB_SOCKET_ACCEPT_H
#define RHUB_SOCKET_ACCEPT_H

#include <stdbool.h>
#include <stddef.h>

#pragma GCC visibility push(hidden)

#define RH_KEY_MAX    25 /* bytes of a key: 16 random ones in base64, and the NUL */
#define RH_ACCEPT_MAX 29

/* A new random key; false when the system has no random bytes. */
bool rh_accept_key(char key[RH_KEY_MAX]);
bool rh_accept_is_key(const char *text);
bool rh_accept_of(const char *key, char accept[RH_ACCEPT_MAX]);
/* Whether the word is in a list with commas, whatever its case. */
bool rh_list_has(const char *list, size_t len, const char *word);

#pragma GCC visibility pop
#endif
