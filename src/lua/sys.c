/* rhub.sys: the module's table, the clocks, and what its files share. */
#include "sys.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>
#ifdef __APPLE__
#include <mach-o/dyld.h>
#endif

#define GUARD "rhub.sys.descriptor"

int rh_sys_fail(lua_State *L, int code) {
  lua_pushnil(L);
  lua_pushstring(L, strerror(code));
  lua_pushinteger(L, code);
  return 3;
}

int rh_sys_reason(lua_State *L, const char *reason) {
  lua_pushnil(L);
  lua_pushstring(L, reason);
  return 2;
}

const char *rh_sys_path(lua_State *L, int arg) {
  size_t len;
  const char *path = luaL_checklstring(L, arg, &len);
  return strlen(path) == len ? path : NULL;
}

int rh_sys_descriptor(lua_State *L, int arg) {
  lua_Integer fd = luaL_checkinteger(L, arg);
  luaL_argcheck(L, fd >= 0 && fd <= INT_MAX, arg, "a file descriptor expected");
  return (int)fd;
}

int rh_sys_milliseconds(lua_State *L, int arg) {
  lua_Number ms;
  if (lua_isnoneornil(L, arg)) return -1;
  ms = luaL_checknumber(L, arg) * 1000;
  luaL_argcheck(L, ms == ms, arg, "seconds expected, got NaN");
  if (ms <= 0) return 0;
  if (ms >= INT_MAX) return INT_MAX;
  return (int)ms + ((int)ms < ms);
}

static double clock_seconds(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

double rh_sys_now(void) {
  return clock_seconds(CLOCK_MONOTONIC);
}

void rh_sys_guard_close(int *guard) {
  if (*guard >= 0) close(*guard);
  *guard = -1;
}

static int guard_gc(lua_State *L) {
  rh_sys_guard_close(luaL_checkudata(L, 1, GUARD));
  return 0;
}

int *rh_sys_guard(lua_State *L) {
  int *guard = lua_newuserdatauv(L, sizeof(int), 0);
  *guard = -1;
  if (luaL_newmetatable(L, GUARD)) {
    lua_pushcfunction(L, guard_gc);
    lua_setfield(L, -2, "__gc");
  }
  lua_setmetatable(L, -2);
  return guard;
}

int rh_sys_write_all(int fd, const char *text, size_t len) {
  while (len > 0) {
    ssize_t n = write(fd, text, len);
    if (n >= 0) {
      text += n;
      len -= (size_t)n;
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      struct pollfd p = {.fd = fd, .events = POLLOUT};
      poll(&p, 1, -1);
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

int rh_sys_pipe(int ends[2]) {
#ifdef __APPLE__
  if (pipe(ends) != 0) return errno;
  fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  fcntl(ends[1], F_SETFD, FD_CLOEXEC);
  return 0;
#else
  return pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno;
#endif
}

/* sys.now() -> seconds of a clock that is never set; only differences mean anything. */
static int sys_now(lua_State *L) {
  lua_pushnumber(L, rh_sys_now());
  return 1;
}

/* sys.time() -> seconds since 1970, with fractions. */
static int sys_time(lua_State *L) {
  lua_pushnumber(L, clock_seconds(CLOCK_REALTIME));
  return 1;
}

/* sys.exe() -> path of the running program, or nil where the system does not tell. */
static int sys_exe(lua_State *L) {
  char path[4096];
#ifdef __APPLE__
  uint32_t size = sizeof(path);
  if (_NSGetExecutablePath(path, &size) != 0) return rh_sys_fail(L, ENAMETOOLONG);
  lua_pushstring(L, path);
#else
  ssize_t n = readlink("/proc/self/exe", path, sizeof(path));
  if (n < 0) return rh_sys_fail(L, errno);
  lua_pushlstring(L, path, (size_t)n);
#endif
  return 1;
}

/* sys.raise_nofile() -> the limit of open descriptors, raised to what the process may have. */
static int sys_raise_nofile(lua_State *L) {
  struct rlimit limit;
  rlim_t before;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return rh_sys_fail(L, errno);
  before = limit.rlim_cur;
  limit.rlim_cur = limit.rlim_max;
  if (setrlimit(RLIMIT_NOFILE, &limit) != 0) limit.rlim_cur = before;
  lua_pushinteger(L, limit.rlim_cur > INT_MAX ? INT_MAX : (lua_Integer)limit.rlim_cur);
  return 1;
}

/* sys.ignore_pipe(): writing to a closed pipe becomes an error of that write, and so does writing
   past the limit of a file's size (ulimit -f). For programs. */
static int sys_ignore_pipe(lua_State *L) {
  (void)L;
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
  return 0;
}

LUAMOD_API int luaopen_rhub_sys(lua_State *L);

LUAMOD_API int luaopen_rhub_sys(lua_State *L) {
  static const luaL_Reg functions[] = {{"now", sys_now},
                                       {"time", sys_time},
                                       {"exe", sys_exe},
                                       {"raise_nofile", sys_raise_nofile},
                                       {"ignore_pipe", sys_ignore_pipe},
                                       {NULL, NULL}};
  luaL_checkversion(L);
  lua_createtable(L, 0, 32);
  luaL_setfuncs(L, functions, 0);
  luaL_setfuncs(L, rh_sys_io, 0);
  luaL_setfuncs(L, rh_sys_files, 0);
  luaL_setfuncs(L, rh_sys_terminal, 0);
  luaL_setfuncs(L, rh_sys_processes, 0);
  luaL_setfuncs(L, rh_sys_signals, 0);
  return 1;
}
