/* The websocket handshake's proof (RFC 6455, 4.2.2): what a server answers to a client's key. */
#ifndef RHUB_SOCKET_ACCEPT_H
#define RHUB_SOCKET_ACCEPT_H

#include <stdbool.h>

#pragma GCC visibility push(hidden)

#define RH_KEY_MAX    25 /* bytes of a key: 16 random ones in base64, and the NUL */
#define RH_ACCEPT_MAX 29

/* A new random key; false when the system has no random bytes. */
bool rh_accept_key(char key[RH_KEY_MAX]);
bool rh_accept_is_key(const char *text);
bool rh_accept_of(const char *key, char accept[RH_ACCEPT_MAX]);

#pragma GCC visibility pop
#endif
