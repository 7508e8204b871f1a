/* Line editing by libedit, in its readline clothes, opened when the prompt needs it. Bytes are fed
 * one by one as the terminal has them, so that coroutines go on while somebody types. libedit is
 * process-wide, so the state here is too. May not call into Lua from libedit's callback. */
#include "host/edit.h"

#include <lauxlib.h>

#include <dlfcn.h>
#include <langinfo.h>
#include <locale.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef void line_callback(char *line);

static struct {
  bool open;
  void (*install)(const char *prompt, line_callback *callback);
  void (*remove)(void);
  void (*read_char)(void);
  int (*redraw)(void);
  int (*add_history)(const char *line);
  bool ended; /* a line, or the end of input, has come */
  char *line; /* NULL at the end of input; ours to free */
} edit;

static void took_line(char *line) {
  edit.ended = true;
  edit.line = line;
}

static int start(lua_State *L) {
  const char *prompt = luaL_checkstring(L, 1);
  edit.ended = false;
  edit.install(prompt, took_line);
  return 0;
}

static int feed(lua_State *L) {
  edit.read_char();
  if (!edit.ended) return 0;
  edit.ended = false;
  if (!edit.line) {
    lua_pushliteral(L, "end");
    return 1;
  }
  lua_pushliteral(L, "line");
  lua_pushstring(L, edit.line);
  free(edit.line);
  edit.line = NULL;
  return 2;
}

static int stop(lua_State *L) {
  (void)L;
  edit.remove();
  return 0;
}

static int redraw(lua_State *L) {
  (void)L;
  edit.redraw();
  return 0;
}

static int remember(lua_State *L) {
  edit.add_history(luaL_checkstring(L, 1));
  return 0;
}

static const luaL_Reg functions[] = {
    {"start", start},   {"feed", feed},         {"stop", stop},
    {"redraw", redraw}, {"remember", remember}, {NULL, NULL},
};

/* The library's own name for each ABI that there has been. */
static void *open_library(void) {
  static const char *const names[] = {"libedit.so.2", "libedit.so.0", "libedit.so",
                                      "libedit.3.dylib"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    void *library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (library) return library;
  }
  return NULL;
}

/* POSIX lets the void * from dlsym be a function; C has no cast for it, hence the detour. */
static bool find(void *library, const char *name, void *into) {
  void *symbol = dlsym(library, name);
  *(void **)into = symbol;
  return symbol != NULL;
}

/* Without a locale libedit takes letters beyond ASCII for control bytes. Only this category:
   numbers stay as they are. */
static void speak_utf8(void) {
  setlocale(LC_CTYPE, "");
  if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
}

static bool open_once(void) {
  if (edit.open) return true;
  speak_utf8();
  void *library = open_library();
  if (!library) return false;
  edit.open = find(library, "rl_callback_handler_install", &edit.install) &&
              find(library, "rl_callback_handler_remove", &edit.remove) &&
              find(library, "rl_callback_read_char", &edit.read_char) &&
              find(library, "rl_forced_update_display", &edit.redraw) &&
              find(library, "add_history", &edit.add_history);
  if (!edit.open) dlclose(library);
  return edit.open;
}

int rh_edit_open(lua_State *L) {
  if (!open_once()) {
    luaL_pushfail(L);
    lua_pushliteral(L,
                    "no libedit on this machine (Debian: libedit2): editing by the terminal alone");
    return 2;
  }
  luaL_newlib(L, functions);
  return 1;
}
