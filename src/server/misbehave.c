/* What no good server does: resets, half replies, bytes out of place, silence. For tests. Works on
 * the connection's own socket, past libmicrohttpd, which is then told to close it. */
#include "server.h"
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#define RAW_MAX  (1024 * 1024)
#define RAW_WAIT 1000 /* milliseconds for a client that does not read */

/* RST now. Closing with SO_LINGER 0 alone would not do: libmicrohttpd shuts the socket down first,
   which sends a FIN. On Linux, connecting to "no address" sends the RST and leaves the descriptor
   to its owner. */
void rh_send_reset(int fd) {
  struct linger none = {.l_onoff = 1, .l_linger = 0};
  struct sockaddr nobody = {.sa_family = AF_UNSPEC};
  setsockopt(fd, SOL_SOCKET, SO_LINGER, &none, sizeof none);
  connect(fd, &nobody, sizeof nobody);
}

/* request:reset(): RST, without a byte of a reply. */
int rh_req_reset(lua_State *L) {
  rh_request *r = rh_request_check(L);
  rh_send_reset(rh_request_fd(r));
  rh_request_answer(r, RH_DROP);
  return 0;
}

/* request:finish(): FIN, without a byte of a reply. */
int rh_req_finish(lua_State *L) {
  rh_request_answer(rh_request_check(L), RH_DROP);
  return 0;
}

int rh_send_all(int fd, const char *bytes, size_t len) {
  while (len > 0) {
    ssize_t sent = send(fd, bytes, len, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) {
      bytes += sent;
      len -= (size_t)sent;
      continue;
    }
    struct pollfd one = {.fd = fd, .events = POLLOUT};
    if (sent < 0 && errno != EAGAIN && errno != EINTR) return 0;
    if (poll(&one, 1, RAW_WAIT) == 0) return 0;
  }
  return 1;
}

/* request:raw(bytes, "fin" | "reset") -> true, or false when the client did not take them all.
   The bytes stand on the socket as they are, then it ends. */
int rh_req_raw(lua_State *L) {
  static const char *const ends[] = {"fin", "reset", NULL};
  size_t len;
  rh_request *r = rh_request_check(L);
  const char *bytes = luaL_checklstring(L, 2, &len);
  int end = luaL_checkoption(L, 3, "fin", ends);
  luaL_argcheck(L, len <= RAW_MAX, 2, "at most 1 MiB");
  int fd = rh_request_fd(r);
  int sent = rh_send_all(fd, bytes, len);
  if (end == 1) rh_send_reset(fd);
  rh_request_answer(r, RH_DROP);
  lua_pushboolean(L, sent);
  return 1;
}

/* request:hang(): no answer until the server closes. */
int rh_req_hang(lua_State *L) {
  rh_request *r = rh_request_check(L);
  *r->box = NULL;
  r->box = NULL;
  return 0;
}
