/* A Lua state whose allocator fails: each allocation of a script fails in turn, for each of the C
   modules. Whatever the point, the script must end with an orderly error, the state must close, and
   everything must be given back: memory, descriptors, signals.

   Usage: alloc_lua [MODULE...]. Speaks TAP. Finds the modules through LUA_CPATH or RHUB_BUILD. */
#include <lauxlib.h>
#include <lualib.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct heap {
  size_t bytes;        /* given out and not returned */
  unsigned long calls; /* that asked for more */
  unsigned long fail;  /* the call that fails, and all after it until `again` */
  int once;            /* only that one fails */
} heap;

static void *allocate(void *ud, void *block, size_t old, size_t new) {
  heap *h = ud;
  void *got;
  if (block == NULL) old = 0; /* a type, not a size */
  if (new == 0) {
    h->bytes -= old;
    free(block);
    return NULL;
  }
  if (new > old) {
    h->calls++;
    if (h->fail != 0 && (h->once ? h->calls == h->fail : h->calls >= h->fail)) return NULL;
  }
  got = realloc(block, new);
  if (got != NULL) h->bytes += new - old;
  return got;
}

/* ---- scripts: what they leave open is left open on purpose ----------------------------------- */

static const char JSON[] =
    "local json = require 'rhub.json'\n"
    "local value = { seed = 9007199254740993, list = { 1, 2.5, 'a\\1b', json.null, json.array() "
    "},\n"
    "  deep = { { { ['first frame'] = ('long '):rep(300) } } } }\n"
    "local text = assert(json.encode(value, { sort = true, name = 'params' }))\n"
    "assert(json.encode(json.decode(text), { sort = true }) == text)\n"
    "local _, err = json.encode({ a = { print, 1 } }, nil, 'params')\n"
    "assert(err.message:find('params.a[1]', 1, true), err.message)\n"
    "local list = { 1 }; list[1] = list\n"
    "assert(select(2, json.encode(list)).kind == 'input')\n"
    "assert(json.encode { [5] = 1 } == nil and json.encode { 1, x = 1 } == nil)\n"
    "assert(json.encode('\\xff') == nil and json.encode(0/0) == nil)\n"
    "assert(select(2, json.decode('{\"a\": \"\\\\u00e9\\\\ud83d\\\\ude00\", }')).message:find "
    "'line 1')\n"
    "assert(json.decode('18446744073709551616', { big = 'string' }) == '18446744073709551616')\n";

static const char SYS[] =
    "local sys = require 'rhub.sys'\n"
    "local path = os.getenv 'RHUB_ALLOC_FILE'\n"
    "assert(sys.write_private(path, ('x'):rep(50000)))\n"
    "assert(#sys.read(path) == 50000 and not sys.read(path, 10))\n"
    "assert(sys.stat(path).size == 50000 and not sys.stat(path .. '/x'))\n"
    "assert(sys.mkdir_p('/tmp') and sys.readable(path) and sys.exe())\n"
    "assert(not sys.write_private('/no/such/folder/x', ''))\n"
    "local fd = sys.catch({ 'USR1' }, { leave = { USR1 = 100 }, grace = 1 })\n"
    "sys.on_last('last words', 3)\n"
    "for i = 1, 4 do sys.last_line(i, 'line') end\n"
    "sys.last_line(2) sys.last_line(3, 'another')\n"
    "local co = coroutine.create(function() sys.kill(sys.getpid(), 'USR1') end)\n"
    "sys.resume_hook(co) assert(coroutine.resume(co)) sys.resume_hook(nil)\n"
    "local fds = {}\n"
    "for i = 1, 80, 2 do fds[i], fds[i + 1] = fd, 1 end\n"
    "assert(sys.poll(fds, 0) == 40 and #fds.ready == 40)\n"
    "assert(sys.caught() == 'USR1' and sys.caught() == nil)\n"
    "local child = sys.spawn { '/no/such/program', 'x' }\n"
    "if child then\n" /* valgrind tells of it only by the exit status */
    "  sys.close(child.stdin) sys.close(child.stdout)\n"
    "  assert(sys.wait(child.pid) == 127)\n"
    "end\n"
    "assert(not pcall(sys.kill, 0, 'TERM') and sys.width(fd) == nil)\n";

static const char CORE[] =
    "local core = require 'rhub.core'\n"
    "local function open(o)\n"
    "  o.api_key, o.base_url = ('0123456789abcdef'):rep(2), 'http://127.0.0.1:1'\n"
    "  o.concurrency, o.log, o.connect_timeout = 2, 'debug', 1\n"
    "  return core.client(o)\n"
    "end\n"
    "assert(select(2, open { concurency = 1 }).kind == 'input')\n"
    "assert(select(2, open { poll = { frist = 1 } }).kind == 'input')\n"
    "assert(select(2, open { timeout = -1 }).kind == 'input')\n"
    "assert(select(2, open { nonsense = 1 }).kind == 'input')\n"
    "assert(select(2, open { budget = 0/0 }).kind == 'input')\n"
    "assert(select(2, open { budget = 'x' }).kind == 'input')\n"
    "local left = assert(open {})\n"
    "assert(left:submit('test/image', '{\"a\":1}'))\n"
    "local h <close> = assert(open { poll = { first = 0.1 }, on_unknown = 'hold',\n"
    "  budget = 0.1, site = 'cn', allow_unknown_price = true })\n"
    "assert(select(2, h:submit('test/image', '[]')).kind == 'input')\n"
    "local media = {}\n"
    "for i = 1, 20, 2 do media[i], media[i + 1] = '/a', '/no/such/file' end\n"
    "assert(select(2, h:submit('test/image', '{\"a\":1}', media)).kind == 'input')\n"
    "assert(select(2, h:upload '/no/such/file').kind == 'input')\n"
    "assert(select(2, h:submit('m', '{}', nil, nil, nil, 'x')).kind == 'input')\n"
    "assert(select(2, h:submit('m', '{}', nil, nil, nil, -1)).kind == 'input')\n"
    "local ticket = assert(h:submit('test/image', '{\"a\":1}', nil, 5, 5, 0.05, 'CNY'))\n"
    "assert(h:money().budget == '0.10')\n"
    "local state = h:peek(ticket)\n"
    "local attached = assert(h:attach('2013508786110730241', 'test/image'))\n"
    "local call = assert(h:call { path = '/uc/openapi/accountStatus', body = '{}', key = 'apikey' "
    "})\n"
    "local save = assert(h:save { text = 'text', dir = '/tmp', stem = 'rhub-alloc', ext = 'txt',\n"
    "  overwrite = true })\n"
    "assert(h:forget(call) and h:cancel(ticket) and h:forget(attached))\n"
    "h:shutdown(true)\n"
    "local ends = 0\n"
    "while h:step(-1) do\n"
    "  for event, a, b, c in h.next, h do if event == 'end' then ends = ends + 1 end end\n"
    "end\n"
    "assert(h:stats().submits and h:describe().base_url and h:timeout() ~= 5 and h:fd() >= 0)\n"
    "assert(not pcall(h.peek, h, 99) and not core.seal 'https://x')\n"
    "assert(core.libraries() and core.version and tostring(h))\n";

static const struct {
  const char *name, *script;
} scripts[] = {{"json", JSON}, {"sys", SYS}, {"core", CORE}};
#define SCRIPTS (sizeof(scripts) / sizeof(scripts[0]))

/* ---- running -------------------------------------------------------------------------------- */

static int run(lua_State *L) {
  luaL_openlibs(L);
  if (luaL_loadstring(L, lua_touserdata(L, 1)) != LUA_OK) lua_error(L);
  lua_call(L, 0, 0);
  return 0;
}

static int descriptors(void) {
  DIR *d = opendir("/proc/self/fd");
  int n = 0;
  if (d == NULL) return 0;
  while (readdir(d) != NULL) n++;
  closedir(d);
  return n;
}

/* One state's whole life. 1: the script ran to its end; 0: it ended for want of memory; -1: it did
   something else, which is told. */
static int live(heap *h, const char *script) {
  lua_State *L = lua_newstate(allocate, h);
  const char *message;
  int result = 1;
  if (L == NULL) return 0;
  lua_pushcfunction(L, run);
  lua_pushlightuserdata(L, (void *)(size_t)script);
  if (lua_pcall(L, 1, 0, 0) != LUA_OK) {
    message = lua_tostring(L, -1);
    /* A script that asserts on a result sees nil where an allocation failed inside of pcall. */
    result = message != NULL && strstr(message, "not enough memory") != NULL ? 0 : -1;
    if (result < 0) printf("# allocation %lu%s: %s\n", h->fail, h->once ? " only" : "", message);
  }
  h->fail = 0; /* closing may allocate, as a finalizer does */
  lua_close(L);
  return result;
}

/* Fails every allocation in turn, alone or with all that follow it. */
static int try_all(const char *script, int once, unsigned long *tried) {
  int ok = 1, before = descriptors();
  for (unsigned long fail = 1;; fail++) {
    heap h = {.fail = fail, .once = once};
    int result = live(&h, script);
    if (result < 0) ok = 0;
    if (h.bytes != 0) printf("# allocation %lu: %zu bytes not returned\n", fail, h.bytes);
    if (descriptors() != before) printf("# allocation %lu: descriptors left open\n", fail);
    if (h.bytes != 0 || descriptors() != before) ok = 0;
    if (!ok) return 0;
    *tried = fail;
    if (h.calls < fail) return result == 1;
  }
}

static int wanted(int argc, char **argv, const char *name) {
  if (argc < 2) return 1;
  for (int i = 1; i < argc; i++)
    if (strcmp(argv[i], name) == 0) return 1;
  return 0;
}

static void set_paths(void) {
  const char *build = getenv("RHUB_BUILD");
  char cpath[4096], file[4096];
  const char *folder = getenv("TMPDIR");
  snprintf(cpath, sizeof(cpath), "%s/lua/?.so", build == NULL ? "build" : build);
  setenv("LUA_CPATH", cpath, 0);
  snprintf(file, sizeof(file), "%s/rhub-alloc", folder == NULL ? "/tmp" : folder);
  setenv("RHUB_ALLOC_FILE", file, 1);
}

/* A state that has the modules loaded and stays open: lua_close unloads libraries, and what those
   keep for the process would come and go with them. */
static lua_State *keep_loaded(void) {
  lua_State *L = luaL_newstate();
  luaL_openlibs(L);
  for (size_t i = 0; i < SCRIPTS; i++) {
    lua_getglobal(L, "require");
    lua_pushfstring(L, "rhub.%s", scripts[i].name);
    if (lua_pcall(L, 1, 0, 0) != LUA_OK) {
      printf("Bail out! %s\n", lua_tostring(L, -1));
      exit(1);
    }
  }
  return L;
}

int main(int argc, char **argv) {
  int n = 0, failed = 0;
  lua_State *loaded;
  set_paths();
  loaded = keep_loaded();
  for (size_t i = 0; i < SCRIPTS; i++) {
    if (!wanted(argc, argv, scripts[i].name)) continue;
    for (int once = 0; once < 2; once++) {
      unsigned long tried = 0;
      heap whole = {0}; /* what libraries make once is made now */
      int ok = live(&whole, scripts[i].script) == 1 && try_all(scripts[i].script, once, &tried);
      if (!ok) failed = 1;
      printf("%sok %d - rhub.%s survives each of %lu allocations failing, %s\n", ok ? "" : "not ",
             ++n, scripts[i].name, tried, once ? "alone" : "with all that follow");
      fflush(stdout);
    }
  }
  printf("1..%d\n", n);
  lua_close(loaded);
  return failed;
}
