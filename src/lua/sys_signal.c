/* rhub.sys: signals, for a program. A library catches none: nothing here acts before sys.catch.

   The handler notes the signal in a pipe that the program's loop watches, and asks the coroutine
   that runs now to stop, for the case that no loop will look for a while. When a signal has come
   often enough to mean "now", it writes the last words and leaves, whatever the process is busy
   with: a C function, a foreign coroutine, a finalizer.

   Signals belong to the process, so one Lua state at a time may catch them, and the handler works
   on that state's thread only; one that arrives elsewhere is sent on. All that the handler reads
   is static, atomic, or reached through a pointer that is replaced in one store. */
#include "sys.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#define LOOK_EVERY 1000 /* instructions of a coroutine that is to stop */

/* What is written before leaving: a text, then lines. Userdata, held by the anchor. */
typedef struct last_text {
  int code;
  size_t len;
  char text[];
} last_text;

typedef struct last_line {
  struct last_line *_Atomic next;
  struct last_line *previous; /* the handler goes forward only */
  size_t len;
  char text[];
} last_line;

static struct {
  atomic_flag taken; /* by one Lua state */
  pthread_t thread;
  int pipe[2];
  double grace;
  double since;       /* when the first untaken signal came */
  atomic_int untaken; /* signals that stop and that sys.caught has not returned yet */
  lua_State *_Atomic running;
  last_text *_Atomic text;
  last_line *_Atomic first;
  last_line *final;
  atomic_int came[NSIG];
  int leave_at[NSIG]; /* how often it comes before the process leaves; 0: never */
  char caught[NSIG];
  struct sigaction before[NSIG];
} watch = {.taken = ATOMIC_FLAG_INIT};

/* The registry's value at &anchor_key: anchors, and the end of catching with its state. */
typedef struct anchor {
  int holds; /* watch.taken is ours */
} anchor;
static const char anchor_key = 0;
enum { ANCHOR_RUNNING = 1, ANCHOR_TEXT, ANCHOR_LINES, ANCHORS = ANCHOR_LINES };

/* ---- in the handler ------------------------------------------------------------------------ */

/* Writes to standard error: 0 where it fails, or takes nothing for a second, as a reader that was
   stopped does. That must not keep the process from leaving. */
static int write_soon(const char *text, size_t len) {
  while (len > 0) {
    struct pollfd p = {.fd = 2, .events = POLLOUT};
    size_t part = len < 512 ? len : 512; /* a pipe that is ready takes this much at once */
    ssize_t n;
    if (poll(&p, 1, 1000) != 1) return 0;
    n = write(2, text, part);
    if (n <= 0) return 0;
    text += n;
    len -= (size_t)n;
  }
  return 1;
}

static void leave(int number) {
  const last_text *t = atomic_load(&watch.text);
  int heard = t == NULL || write_soon(t->text, t->len);
  for (last_line *l = atomic_load(&watch.first); heard && l != NULL; l = atomic_load(&l->next))
    heard = write_soon(l->text, l->len);
  _exit(t != NULL ? t->code : 128 + number);
}

/* In the coroutine that was busy: once the loop has taken the signals there is nothing to stop. */
static void stop(lua_State *L, lua_Debug *ar) {
  int untaken = atomic_load(&watch.untaken);
  (void)ar;
  if (untaken == 1 && rh_sys_now() < watch.since + watch.grace) return;
  lua_sethook(L, NULL, 0, 0);
  if (untaken == 0) return;
  lua_pushliteral(L, "interrupted");
  lua_error(L);
}

static int stops(int number) {
  return number == SIGINT || number == SIGTERM || number == SIGHUP || number == SIGQUIT;
}

static void on_signal(int number) {
  int saved = errno;
  unsigned char byte = (unsigned char)number;
  lua_State *running;
  ssize_t n;
  if (!pthread_equal(pthread_self(), watch.thread)) {
    pthread_kill(watch.thread, number);
    errno = saved;
    return;
  }
  if (atomic_fetch_add(&watch.came[number], 1) + 1 == watch.leave_at[number]) leave(number);
  if (stops(number) && atomic_fetch_add(&watch.untaken, 1) == 0) watch.since = rh_sys_now();
  n = write(watch.pipe[1], &byte, 1); /* where it is full the loop has enough to read */
  (void)n;
  running = atomic_load(&watch.running);
  if (running != NULL && stops(number)) lua_sethook(running, stop, LUA_MASKCOUNT, LOOK_EVERY);
  errno = saved;
}

/* ---- taking and giving back ---------------------------------------------------------------- */

static void restore(int number) {
  if (!watch.caught[number]) return;
  sigaction(number, &watch.before[number], NULL);
  watch.caught[number] = 0;
}

static int anchor_gc(lua_State *L) {
  anchor *a = lua_touserdata(L, 1);
  if (!a->holds) return 0;
  for (int n = 1; n < NSIG; n++) restore(n);
  atomic_store(&watch.running, NULL);
  atomic_store(&watch.text, NULL);
  atomic_store(&watch.first, NULL);
  watch.final = NULL;
  close(watch.pipe[0]);
  close(watch.pipe[1]);
  a->holds = 0;
  atomic_flag_clear(&watch.taken);
  return 0;
}

/* Pushes the anchor; 0 and nothing pushed where this state has never caught signals. */
static int push_anchor(lua_State *L) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &anchor_key) == LUA_TUSERDATA) return 1;
  lua_pop(L, 1);
  return 0;
}

static void make_anchor(lua_State *L) {
  anchor *a = lua_newuserdatauv(L, sizeof(*a), ANCHORS);
  a->holds = 0;
  lua_newtable(L);
  lua_setiuservalue(L, -2, ANCHOR_LINES);
  lua_createtable(L, 0, 1);
  lua_pushcfunction(L, anchor_gc);
  lua_setfield(L, -2, "__gc");
  lua_setmetatable(L, -2);
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &anchor_key);
}

/* Makes this state the one that catches. */
static void take(lua_State *L) {
  anchor *a;
  int code;
  if (!push_anchor(L)) make_anchor(L);
  a = lua_touserdata(L, -1);
  if (a->holds) return;
  if (atomic_flag_test_and_set(&watch.taken))
    luaL_error(L, "another Lua state of this process catches signals");
  code = rh_sys_pipe(watch.pipe);
  if (code != 0) {
    atomic_flag_clear(&watch.taken);
    luaL_error(L, "signals need a pipe: %s", strerror(code));
  }
  fcntl(watch.pipe[0], F_SETFL, O_NONBLOCK);
  fcntl(watch.pipe[1], F_SETFL, O_NONBLOCK);
  watch.thread = pthread_self();
  atomic_store(&watch.untaken, 0);
  for (int n = 1; n < NSIG; n++) {
    atomic_store(&watch.came[n], 0);
    watch.leave_at[n] = 0;
  }
  a->holds = 1;
}

/* A signal that was ignored when the program started stays so: that is how nohup and a shell's
   background jobs ask for it. */
static void catch_one(lua_State *L, int number) {
  struct sigaction action;
  if (watch.caught[number]) return;
  if (sigaction(number, NULL, &watch.before[number]) != 0)
    luaL_error(L, "signal %d cannot be caught", number);
  if (watch.before[number].sa_handler == SIG_IGN) return;
  memset(&action, 0, sizeof(action));
  action.sa_handler = on_signal;
  sigfillset(&action.sa_mask);
  watch.caught[number] = 1;
  if (sigaction(number, &action, NULL) != 0) {
    watch.caught[number] = 0;
    luaL_error(L, "signal %s cannot be caught", rh_sys_signal_name(number));
  }
}

static void read_options(lua_State *L, int options) {
  lua_getfield(L, options, "grace");
  watch.grace = luaL_optnumber(L, -1, 1.0);
  if (lua_getfield(L, options, "leave") == LUA_TTABLE) {
    lua_pushnil(L);
    while (lua_next(L, -2) != 0) {
      lua_pushvalue(L, -2);
      watch.leave_at[rh_sys_signal_number(L, lua_gettop(L))] = (int)luaL_checkinteger(L, -2);
      lua_pop(L, 2);
    }
  }
}

/* ---- the functions ------------------------------------------------------------------------- */

/* sys.catch(names [, options]) -> descriptor that is readable when a signal has come. Options:
   leave = {INT = 3, TERM = 1}: how often a signal comes before the process leaves at once, see
   sys.on_last; grace = 1: seconds that a busy coroutine may go on before it is stopped. */
static int sys_catch(lua_State *L) {
  lua_Integer n;
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 2);
  if (lua_isnil(L, 2)) {
    lua_newtable(L);
    lua_replace(L, 2);
  }
  luaL_checktype(L, 2, LUA_TTABLE);
  take(L);
  read_options(L, 2);
  n = (lua_Integer)lua_rawlen(L, 1);
  for (lua_Integer i = 1; i <= n; i++) {
    lua_rawgeti(L, 1, i);
    catch_one(L, rh_sys_signal_number(L, lua_gettop(L)));
    lua_pop(L, 1);
  }
  lua_pushinteger(L, watch.pipe[0]);
  return 1;
}

/* Whether this state catches; leaves the anchor on the stack if so. */
static int holds(lua_State *L) {
  if (!push_anchor(L)) return 0;
  return ((anchor *)lua_touserdata(L, -1))->holds;
}

/* sys.caught() -> the name of the oldest signal not yet taken, or nil. */
static int sys_caught(lua_State *L) {
  unsigned char number;
  if (!holds(L) || read(watch.pipe[0], &number, 1) != 1) {
    lua_pushnil(L);
    return 1;
  }
  if (stops(number)) atomic_fetch_sub(&watch.untaken, 1);
  lua_pushstring(L, rh_sys_signal_name(number));
  return 1;
}

/* sys.forget_signals(): what has come counts no more, neither as news nor towards leaving. For a
   prompt that starts afresh after each command. */
static int sys_forget_signals(lua_State *L) {
  unsigned char byte;
  if (!holds(L)) return 0;
  while (read(watch.pipe[0], &byte, 1) == 1) {
  }
  atomic_store(&watch.untaken, 0);
  for (int n = 1; n < NSIG; n++) atomic_store(&watch.came[n], 0);
  return 0;
}

/* sys.resume_hook([co]): tells which coroutine runs from now on; nil: none that may be stopped. If
   a signal is not taken within the grace, or a second one comes, it fails with "interrupted". */
static int sys_resume_hook(lua_State *L) {
  lua_State *co = lua_tothread(L, 1);
  lua_settop(L, 1);
  if (!holds(L)) return 0;
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, ANCHOR_RUNNING); /* the one before is not collected yet */
  atomic_store(&watch.running, co);
  return 0;
}

/* sys.on_last(text, code): what is written to standard error, and the exit code, when a signal has
   come often enough to leave at once. Replaces the text before; nil takes it back. */
static int sys_on_last(lua_State *L) {
  size_t len;
  const char *text = luaL_optlstring(L, 1, NULL, &len);
  last_text *t = NULL;
  int code = (int)luaL_optinteger(L, 2, 130);
  if (!holds(L)) return luaL_error(L, "sys.on_last needs sys.catch first");
  if (text == NULL) {
    lua_pushnil(L);
  } else {
    t = lua_newuserdatauv(L, sizeof(*t) + len, 0);
    t->code = code;
    t->len = len;
    memcpy(t->text, text, len);
  }
  atomic_store(&watch.text, t);
  lua_setiuservalue(L, -2, ANCHOR_TEXT);
  return 0;
}

static void unlink_line(last_line *l) {
  last_line *next = atomic_load(&l->next);
  if (l->previous == NULL)
    atomic_store(&watch.first, next);
  else
    atomic_store(&l->previous->next, next);
  if (next == NULL)
    watch.final = l->previous;
  else
    next->previous = l->previous;
}

static void append_line(last_line *l) {
  atomic_store(&l->next, NULL);
  l->previous = watch.final;
  if (l->previous == NULL)
    atomic_store(&watch.first, l);
  else
    atomic_store(&l->previous->next, l);
  watch.final = l;
}

/* sys.last_line(key [, line]): a line to follow the text of sys.on_last, such as the id of a task
   that is left behind; nil takes it back. Costs the same however many there are. */
static int sys_last_line(lua_State *L) {
  size_t len;
  const char *text = luaL_optlstring(L, 2, NULL, &len);
  last_line *old;
  luaL_checkany(L, 1);
  lua_settop(L, 2);
  if (!holds(L)) return luaL_error(L, "sys.last_line needs sys.catch first");
  lua_getiuservalue(L, -1, ANCHOR_LINES);
  lua_pushvalue(L, 1);
  if (text == NULL) {
    lua_pushnil(L);
  } else {
    last_line *l = lua_newuserdatauv(L, sizeof(*l) + len + 1, 0);
    l->len = len + 1;
    memcpy(l->text, text, len);
    l->text[len] = '\n';
  }
  lua_pushvalue(L, 1);
  lua_rawget(L, 4);
  old = lua_touserdata(L, -1); /* on the stack until it is out of the list */
  lua_insert(L, -3);
  lua_pushvalue(L, -1);
  lua_insert(L, -3);
  lua_rawset(L, 4); /* may raise for want of memory: the list is still as it was */
  if (old != NULL) unlink_line(old);
  if (text != NULL) append_line(lua_touserdata(L, -1));
  return 0;
}

const luaL_Reg rh_sys_signals[] = {{"catch", sys_catch},
                                   {"caught", sys_caught},
                                   {"forget_signals", sys_forget_signals},
                                   {"resume_hook", sys_resume_hook},
                                   {"on_last", sys_on_last},
                                   {"last_line", sys_last_line},
                                   {NULL, NULL}};
