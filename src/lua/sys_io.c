/* rhub.sys: descriptors. Waiting for many, writing, reading a line, closing. */
#include "sys.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#define FEW          32          /* descriptors that need no memory of their own */
#define LONGEST_LINE (64 * 1024) /* of readline */

enum { WANT_READ = 1, WANT_WRITE = 2 };

/* The list at 1 as an array for poll: `few`, or a userdata that is pushed and must stay. */
static struct pollfd *read_list(lua_State *L, struct pollfd *few, size_t n) {
  struct pollfd *all = n <= FEW ? few : lua_newuserdatauv(L, n * sizeof(*all), 0);
  for (size_t i = 0; i < n; i++) {
    lua_Integer fd, want;
    int numbers;
    lua_rawgeti(L, 1, (lua_Integer)(2 * i + 1));
    lua_rawgeti(L, 1, (lua_Integer)(2 * i + 2));
    fd = lua_tointegerx(L, -2, &numbers);
    want = lua_tointeger(L, -1);
    luaL_argcheck(L, numbers && fd >= 0 && fd <= INT_MAX && want >= 1 && want <= 3, 1,
                  "a list of descriptors expected, each followed by 1, 2 or 3");
    lua_pop(L, 2);
    all[i].fd = (int)fd;
    all[i].events = (short)((want & WANT_READ ? POLLIN : 0) | (want & WANT_WRITE ? POLLOUT : 0));
    all[i].revents = 0;
  }
  return all;
}

/* Pushes fds.ready, made where there is none yet. */
static void push_ready(lua_State *L) {
  lua_pushliteral(L, "ready");
  if (lua_rawget(L, 1) == LUA_TTABLE) return;
  lua_pop(L, 1);
  lua_newtable(L);
  lua_pushliteral(L, "ready");
  lua_pushvalue(L, -2);
  lua_rawset(L, 1);
}

/* Fills fds.ready, on top of the stack, and clears what is left of the last time. Returns how
   many. */
static lua_Integer write_ready(lua_State *L, const struct pollfd *all, size_t n) {
  lua_Integer count = 0, old = (lua_Integer)lua_rawlen(L, -1);
  for (size_t i = 0; i < n; i++) {
    if (all[i].revents == 0) continue;
    if (all[i].revents & POLLNVAL) luaL_error(L, "descriptor %d is not open", all[i].fd);
    lua_pushinteger(L, all[i].fd);
    lua_rawseti(L, -2, ++count);
  }
  for (lua_Integer i = count + 1; i <= old; i++) {
    lua_pushnil(L);
    lua_rawseti(L, -2, i);
  }
  return count;
}

/* sys.poll(fds [, seconds]) -> n | nil, "interrupted". `fds` is a flat list of descriptors, each
   followed by 1 (reading), 2 (writing) or 3; the ready ones are put into fds.ready. */
static int sys_poll(lua_State *L) {
  struct pollfd few[FEW], *all;
  size_t n;
  int timeout = rh_sys_milliseconds(L, 2);
  luaL_checktype(L, 1, LUA_TTABLE);
  n = lua_rawlen(L, 1);
  luaL_argcheck(L, n % 2 == 0, 1, "descriptors and what is awaited come in pairs");
  n /= 2;
  all = read_list(L, few, n);
  push_ready(L);
  if (poll(all, (nfds_t)n, timeout) < 0)
    return errno == EINTR ? rh_sys_reason(L, "interrupted") : rh_sys_fail(L, errno);
  lua_pushinteger(L, write_ready(L, all, n));
  return 1;
}

/* sys.write(fd, text) -> true | nil, reason, errno. All of it, without buffering. */
static int sys_write(lua_State *L) {
  int fd = rh_sys_descriptor(L, 1);
  size_t len;
  const char *text = luaL_checklstring(L, 2, &len);
  int code = rh_sys_write_all(fd, text, len);
  if (code != 0) return rh_sys_fail(L, code);
  lua_pushboolean(L, 1);
  return 1;
}

/* One byte once there is one: 1, 0 at the end, -1 with errno (ETIMEDOUT, EINTR, ...). */
static int next_byte(int fd, double deadline, char *c) {
  struct pollfd p = {.fd = fd, .events = POLLIN};
  int ms = -1, n;
  if (deadline >= 0) {
    double left = (deadline - rh_sys_now()) * 1000;
    ms = left <= 0 ? 0 : (int)left + 1;
  }
  n = poll(&p, 1, ms);
  if (n < 0) return -1;
  if (n == 0) {
    errno = ETIMEDOUT;
    return -1;
  }
  return (int)read(fd, c, 1);
}

/* sys.readline(fd [, seconds]) -> line without its end | nil, "eof" | "timeout" | "interrupted" |
   reason. Takes nothing beyond the line from the descriptor, so it reads byte by byte: meant for a
   child's first line. A line cut short by a failure is lost, one cut by the end is returned. */
static int sys_readline(lua_State *L) {
  int fd = rh_sys_descriptor(L, 1), ms = rh_sys_milliseconds(L, 2), n;
  double deadline = ms < 0 ? -1 : rh_sys_now() + ms / 1000.0;
  size_t len = 0;
  char c;
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  while ((n = next_byte(fd, deadline, &c)) == 1 && c != '\n') {
    if (++len > LONGEST_LINE) return rh_sys_reason(L, "the line is longer than 64 KB");
    luaL_addchar(&b, c);
  }
  if (n < 0 && errno == ETIMEDOUT) return rh_sys_reason(L, "timeout");
  if (n < 0 && errno == EINTR) return rh_sys_reason(L, "interrupted");
  if (n < 0) return rh_sys_fail(L, errno);
  if (n == 0 && len == 0) return rh_sys_reason(L, "eof");
  luaL_pushresult(&b);
  return 1;
}

/* sys.close(fd) -> true | nil, reason, errno. Never twice: the number may be someone else's. */
static int sys_close(lua_State *L) {
  if (close(rh_sys_descriptor(L, 1)) != 0 && errno != EINTR) return rh_sys_fail(L, errno);
  lua_pushboolean(L, 1);
  return 1;
}

const luaL_Reg rh_sys_io[] = {{"poll", sys_poll},
                              {"write", sys_write},
                              {"readline", sys_readline},
                              {"close", sys_close},
                              {NULL, NULL}};
