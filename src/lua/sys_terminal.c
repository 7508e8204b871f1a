/* rhub.sys: the terminal. */
#include "sys.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#define LONGEST_SECRET 4096

/* sys.isatty(fd) -> boolean. */
static int sys_isatty(lua_State *L) {
  lua_pushboolean(L, isatty(rh_sys_descriptor(L, 1)));
  return 1;
}

/* sys.width(fd) -> columns, or nil where it is no terminal or does not know. */
static int sys_width(lua_State *L) {
  struct winsize size;
  int fd = rh_sys_descriptor(L, 1);
  if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    lua_pushinteger(L, size.ws_col);
  else
    lua_pushnil(L);
  return 1;
}

/* sys.height(fd) -> lines, or nil where it is no terminal or does not know. */
static int sys_height(lua_State *L) {
  struct winsize size;
  int fd = rh_sys_descriptor(L, 1);
  if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_row > 0)
    lua_pushinteger(L, size.ws_row);
  else
    lua_pushnil(L);
  return 1;
}

/* ---- a line without echo ------------------------------------------------------------------- */

/* While the echo is off these are only noted, in a pipe that is watched beside the terminal; they
   are raised again once the echo is back. The one piece of process-wide state here: two threads
   that ask for secrets at once share a terminal anyhow. */
static const int noted_signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
#define NOTED (sizeof(noted_signals) / sizeof(noted_signals[0]))
static int notes[2];

static void note(int number) {
  int saved = errno;
  unsigned char byte = (unsigned char)number;
  ssize_t n = write(notes[1], &byte, 1); /* where it is full enough is noted */
  (void)n;
  errno = saved;
}

/* The byte that is next on the terminal: 1, 0 at the end, -1 with errno; EINTR for a signal. */
static int next_byte(int fd, char *c) {
  struct pollfd both[2] = {{.fd = notes[0], .events = POLLIN}, {.fd = fd, .events = POLLIN}};
  for (;;) {
    if (poll(both, 2, -1) < 0 && errno != EINTR) return -1;
    if (both[0].revents != 0) {
      errno = EINTR;
      return -1;
    }
    if (both[1].revents != 0) return (int)read(fd, c, 1);
  }
}

/* Reads to the end of the line: its length, or -1 with errno. */
static int read_secret(int fd, char *secret) {
  int len = 0, n;
  char c;
  while ((n = next_byte(fd, &c)) == 1 && c != '\n') {
    if (len == LONGEST_SECRET) {
      errno = E2BIG;
      return -1;
    }
    secret[len++] = c;
  }
  return n < 0 ? -1 : len;
}

/* With the echo off: asks, reads, and turns it on again. */
static int ask(int fd, const char *prompt, char *secret) {
  struct termios as_it_was, quiet;
  int len, code;
  if (tcgetattr(fd, &as_it_was) != 0) return -1;
  quiet = as_it_was;
  quiet.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK | ECHONL);
  quiet.c_lflag |= ICANON;
  if (tcsetattr(fd, TCSAFLUSH, &quiet) != 0) return -1;
  code = rh_sys_write_all(fd, prompt, strlen(prompt));
  len = code == 0 ? read_secret(fd, secret) : -1;
  if (code == 0) code = errno;
  rh_sys_write_all(fd, "\n", 1);
  tcsetattr(fd, TCSAFLUSH, &as_it_was);
  errno = code;
  return len;
}

/* With signals noted: asks, and lets them act afterwards. */
static int ask_undisturbed(int fd, const char *prompt, char *secret) {
  struct sigaction noting, before[NOTED];
  unsigned char number;
  int len, code = rh_sys_pipe(notes);
  if (code != 0) {
    errno = code;
    return -1;
  }
  fcntl(notes[0], F_SETFL, O_NONBLOCK);
  fcntl(notes[1], F_SETFL, O_NONBLOCK);
  memset(&noting, 0, sizeof(noting));
  noting.sa_handler = note;
  for (size_t i = 0; i < NOTED; i++) sigaction(noted_signals[i], &noting, &before[i]);
  len = ask(fd, prompt, secret);
  code = errno;
  for (size_t i = 0; i < NOTED; i++) sigaction(noted_signals[i], &before[i], NULL);
  while (read(notes[0], &number, 1) == 1) raise(number);
  close(notes[0]);
  close(notes[1]);
  errno = code;
  return len;
}

static void wipe(char *secret, size_t len) {
  volatile char *p = secret;
  while (len-- > 0) *p++ = 0;
}

/* sys.getpass(prompt) -> text | nil, "no terminal" | "interrupted" | reason. Asks on the terminal
   itself, whatever standard input and output are; a signal finds it as it was before. */
static int sys_getpass(lua_State *L) {
  const char *prompt = luaL_checkstring(L, 1);
  char secret[LONGEST_SECRET];
  int *fd = rh_sys_guard(L), len;
  *fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (*fd < 0) return rh_sys_reason(L, "no terminal");
  len = ask_undisturbed(*fd, prompt, secret);
  if (len < 0) {
    int code = errno;
    wipe(secret, sizeof(secret));
    rh_sys_guard_close(fd);
    return code == EINTR ? rh_sys_reason(L, "interrupted") : rh_sys_fail(L, code);
  }
  rh_sys_guard_close(fd);
  lua_pushlstring(L, secret, (size_t)len);
  wipe(secret, sizeof(secret));
  return 1;
}

const luaL_Reg rh_sys_terminal[] = {{"isatty", sys_isatty},
                                    {"width", sys_width},
                                    {"height", sys_height},
                                    {"getpass", sys_getpass},
                                    {NULL, NULL}};
