/* rhub.sys: child processes, held by pipes. */
#include "sys.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static const struct {
  const char *name;
  int number;
} signals[] = {{"HUP", SIGHUP},   {"INT", SIGINT},   {"QUIT", SIGQUIT}, {"KILL", SIGKILL},
               {"USR1", SIGUSR1}, {"USR2", SIGUSR2}, {"PIPE", SIGPIPE}, {"TERM", SIGTERM},
               {"CHLD", SIGCHLD}, {"CONT", SIGCONT}, {"STOP", SIGSTOP}, {"WINCH", SIGWINCH}};
#define SIGNALS (sizeof(signals) / sizeof(signals[0]))

const char *rh_sys_signal_name(int number) {
  for (size_t i = 0; i < SIGNALS; i++)
    if (signals[i].number == number) return signals[i].name;
  return NULL;
}

int rh_sys_signal_number(lua_State *L, int arg) {
  if (lua_type(L, arg) == LUA_TNUMBER) {
    lua_Integer n = luaL_checkinteger(L, arg);
    luaL_argcheck(L, n >= 0 && n < NSIG, arg, "no signal has this number");
    return (int)n;
  }
  for (size_t i = 0; i < SIGNALS; i++)
    if (strcmp(signals[i].name, luaL_checkstring(L, arg)) == 0) return signals[i].number;
  return luaL_argerror(L, arg,
                       lua_pushfstring(L, "no signal is called '%s'", lua_tostring(L, arg)));
}

/* Pushes a userdata with the argument vector; the table at `list` holds its strings. */
static char **read_arguments(lua_State *L, int list) {
  size_t n = lua_rawlen(L, list);
  char **argv = lua_newuserdatauv(L, (n + 1) * sizeof(char *), 0);
  luaL_argcheck(L, n > 0, 1, "a program and its arguments expected");
  for (size_t i = 0; i < n; i++) {
    lua_rawgeti(L, list, (lua_Integer)i + 1);
    luaL_argcheck(L, lua_type(L, -1) == LUA_TSTRING, 1, "arguments must be strings");
    argv[i] = (char *)(size_t)lua_tostring(L, -1);
    lua_pop(L, 1);
  }
  argv[n] = NULL;
  return argv;
}

static void set_integer(lua_State *L, const char *key, int n) {
  lua_pushinteger(L, n);
  lua_setfield(L, -2, key);
}

/* The child begins with default signals: what this program ignores or blocks is its own affair. */
static int prepare(posix_spawnattr_t *attributes, int group) {
  sigset_t none, all;
  short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
  int code = posix_spawnattr_init(attributes);
  if (code != 0) return code;
  sigemptyset(&none);
  sigfillset(&all);
  sigdelset(&all, SIGKILL);
  sigdelset(&all, SIGSTOP);
  posix_spawnattr_setsigmask(attributes, &none);
  posix_spawnattr_setsigdefault(attributes, &all);
  if (group) {
    posix_spawnattr_setpgroup(attributes, 0);
    flags |= POSIX_SPAWN_SETPGROUP;
  }
  posix_spawnattr_setflags(attributes, flags);
  return 0;
}

/* Starts argv[0] with its standard input and output on the two descriptors: 0 or an errno. */
static int start(char **argv, int in, int out, int group, pid_t *pid) {
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_t actions;
  int code = prepare(&attributes, group);
  if (code != 0) return code;
  code = posix_spawn_file_actions_init(&actions);
  if (code == 0) {
    code = posix_spawn_file_actions_adddup2(&actions, in, 0);
    if (code == 0) code = posix_spawn_file_actions_adddup2(&actions, out, 1);
    if (code == 0) code = posix_spawnp(pid, argv[0], &actions, &attributes, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
  }
  posix_spawnattr_destroy(&attributes);
  return code;
}

/* Starts the child between two pipes; of each the child's end is closed here: 0 or an errno. */
static int start_piped(char **argv, int group, pid_t *pid, int *in, int *out) {
  int to[2], from[2], code = rh_sys_pipe(to);
  if (code != 0) return code;
  code = rh_sys_pipe(from);
  if (code != 0) {
    close(to[0]);
    close(to[1]);
    return code;
  }
  code = start(argv, to[0], from[1], group, pid);
  close(to[0]);
  close(from[1]);
  if (code != 0) {
    close(to[1]);
    close(from[0]);
    return code;
  }
  *in = to[1];
  *out = from[0];
  return 0;
}

/* sys.spawn{program, arguments..., group = bool} -> {pid =, stdin = fd, stdout = fd} | nil, reason,
   errno. The child reads the end of its input when this process closes stdin or dies, however it
   dies. `group` keeps the terminal's Ctrl-C from it. The caller closes both and waits. */
static int sys_spawn(lua_State *L) {
  char **argv;
  pid_t pid = 0;
  int in = -1, out = -1, group, code;
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  group = lua_getfield(L, 1, "group") != LUA_TNIL && lua_toboolean(L, -1);
  lua_createtable(L, 0, 3);
  set_integer(L, "pid", 0); /* made now, so that nothing can raise once the child is there */
  set_integer(L, "stdin", 0);
  set_integer(L, "stdout", 0);
  lua_insert(L, 1);
  lua_pop(L, 1);
  argv = read_arguments(L, 2);
  code = start_piped(argv, group, &pid, &in, &out);
  if (code != 0) return rh_sys_fail(L, code);
  lua_settop(L, 1);
  set_integer(L, "pid", pid);
  set_integer(L, "stdin", in);
  set_integer(L, "stdout", out);
  return 1;
}

static pid_t process_arg(lua_State *L) {
  lua_Integer pid = luaL_checkinteger(L, 1);
  luaL_argcheck(L, pid > 0 && pid == (pid_t)pid, 1, "a process id expected");
  return (pid_t)pid;
}

/* waitpid until `deadline`, looking again after growing pauses: there is no portable way to wait
   for a child's end with a limit and without a handler. 0: it still runs. */
static pid_t wait_until(pid_t pid, int *status, double deadline) {
  struct timespec pause = {0, 500000};
  for (;;) {
    pid_t got = waitpid(pid, status, WNOHANG);
    if (got != 0 || rh_sys_now() >= deadline) return got;
    if (nanosleep(&pause, NULL) != 0) return -1;
    if (pause.tv_nsec < 10000000) pause.tv_nsec *= 2;
  }
}

/* sys.wait(pid [, seconds]) -> exit status (128 + n after signal n, as shells say) | nil,
   "timeout" | "interrupted" | reason. */
static int sys_wait(lua_State *L) {
  pid_t pid = process_arg(L), got;
  int ms = rh_sys_milliseconds(L, 2), status;
  got = ms < 0 ? waitpid(pid, &status, 0) : wait_until(pid, &status, rh_sys_now() + ms / 1000.0);
  if (got == 0) return rh_sys_reason(L, "timeout");
  if (got < 0) return errno == EINTR ? rh_sys_reason(L, "interrupted") : rh_sys_fail(L, errno);
  lua_pushinteger(L, WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
  return 1;
}

/* sys.kill(pid, signal) -> true | nil, reason, errno. One process, never a group. */
static int sys_kill(lua_State *L) {
  pid_t pid = process_arg(L);
  if (kill(pid, rh_sys_signal_number(L, 2)) != 0) return rh_sys_fail(L, errno);
  lua_pushboolean(L, 1);
  return 1;
}

/* sys.getpid() -> the id of this process. */
static int sys_getpid(lua_State *L) {
  lua_pushinteger(L, getpid());
  return 1;
}

const luaL_Reg rh_sys_processes[] = {{"spawn", sys_spawn},
                                     {"wait", sys_wait},
                                     {"kill", sys_kill},
                                     {"getpid", sys_getpid},
                                     {NULL, NULL}};
