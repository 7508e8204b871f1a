/* rhub.sys: files and folders. */
#include "sys.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_AT_MOST (64 * 1024 * 1024) /* where sys.read is given no limit */

static int fail_nul(lua_State *L) {
  return rh_sys_reason(L, "a path cannot hold a NUL byte");
}

static const char *type_name(mode_t mode) {
  return S_ISREG(mode) ? "file" : S_ISDIR(mode) ? "dir" : "other";
}

/* sys.stat(path) -> {type = "file" | "dir" | "other", size =, mtime =, mode =, dev =, ino =} | nil,
   reason, errno. Follows links. */
static int sys_stat(lua_State *L) {
  const char *path = rh_sys_path(L, 1);
  struct stat st;
  if (path == NULL) return fail_nul(L);
  if (stat(path, &st) != 0) return rh_sys_fail(L, errno);
  lua_createtable(L, 0, 6);
  lua_pushstring(L, type_name(st.st_mode));
  lua_setfield(L, -2, "type");
  lua_pushinteger(L, (lua_Integer)st.st_size);
  lua_setfield(L, -2, "size");
  lua_pushinteger(L, (lua_Integer)st.st_mtime);
  lua_setfield(L, -2, "mtime");
  lua_pushinteger(L, (lua_Integer)(st.st_mode & 07777));
  lua_setfield(L, -2, "mode");
  lua_pushinteger(L, (lua_Integer)st.st_dev);
  lua_setfield(L, -2, "dev");
  lua_pushinteger(L, (lua_Integer)st.st_ino);
  lua_setfield(L, -2, "ino");
  return 1;
}

/* sys.readable(path) -> true | nil, reason, errno. */
static int sys_readable(lua_State *L) {
  const char *path = rh_sys_path(L, 1);
  if (path == NULL) return fail_nul(L);
  if (access(path, R_OK) != 0) return rh_sys_fail(L, errno);
  lua_pushboolean(L, 1);
  return 1;
}

/* Makes one folder, or finds it there: 0 or an errno. */
static int make_folder(const char *path) {
  struct stat st;
  int code;
  if (mkdir(path, 0777) == 0) return 0;
  code = errno;
  if (stat(path, &st) == 0) return S_ISDIR(st.st_mode) ? 0 : ENOTDIR;
  return code;
}

/* sys.mkdir_p(path) -> true | nil, reason, errno. The folder and those above it. */
static int sys_mkdir_p(lua_State *L) {
  const char *path = rh_sys_path(L, 1);
  size_t len;
  char *copy;
  int code = 0;
  if (path == NULL) return fail_nul(L);
  len = strlen(path);
  copy = lua_newuserdatauv(L, len + 1, 0);
  memcpy(copy, path, len + 1);
  for (char *p = copy + 1; len > 0 && *p != '\0' && code == 0; p++) {
    if (*p != '/') continue;
    *p = '\0';
    code = make_folder(copy);
    *p = '/';
  }
  if (code == 0) code = make_folder(copy);
  if (code != 0) return rh_sys_fail(L, code);
  lua_pushboolean(L, 1);
  return 1;
}

/* Writes, syncs and closes: 0 or an errno. */
static int fill_file(int *fd, const char *text, size_t len) {
  int code = rh_sys_write_all(*fd, text, len);
  if (code == 0 && fsync(*fd) != 0) code = errno;
  if (close(*fd) != 0 && code == 0) code = errno;
  *fd = -1;
  return code;
}

/* sys.write_private(path, text) -> true | nil, reason, errno. The file is whole or untouched, and
   nobody else's to read: written under another name with mode 0600, synced, renamed. */
static int sys_write_private(lua_State *L) {
  const char *path = rh_sys_path(L, 1);
  size_t text_len, path_len;
  const char *text = luaL_checklstring(L, 2, &text_len);
  char *temporary;
  int fd, code;
  if (path == NULL) return fail_nul(L);
  path_len = strlen(path);
  temporary = lua_newuserdatauv(L, path_len + sizeof(".XXXXXX"), 0);
  memcpy(temporary, path, path_len);
  memcpy(temporary + path_len, ".XXXXXX", sizeof(".XXXXXX"));
  fd = mkostemp(temporary, O_CLOEXEC); /* O_CREAT | O_EXCL, mode 0600 */
  if (fd < 0) return rh_sys_fail(L, errno);
  code = fill_file(&fd, text, text_len);
  if (code == 0 && rename(temporary, path) != 0) code = errno;
  if (code != 0) {
    unlink(temporary);
    return rh_sys_fail(L, code);
  }
  lua_pushboolean(L, 1);
  return 1;
}

/* Adds all that `fd` holds: 0, an errno, or -1 where that is more than `limit` bytes. */
static int read_all(int fd, lua_Integer limit, luaL_Buffer *b) {
  for (;;) {
    ssize_t n = read(fd, luaL_prepbuffsize(b, 16384), 16384);
    if (n == 0) return 0;
    if (n > limit) return -1;
    if (n > 0) {
      luaL_addsize(b, (size_t)n);
      limit -= n;
    } else if (errno != EINTR) {
      return errno;
    }
  }
}

/* sys.read(path [, limit]) -> text | nil, reason [, errno]. More than `limit` bytes (64 MiB) are
   refused, not cut. */
static int sys_read(lua_State *L) {
  const char *path = rh_sys_path(L, 1);
  lua_Integer limit = luaL_optinteger(L, 2, READ_AT_MOST);
  int *fd, code;
  luaL_Buffer b;
  if (path == NULL) return fail_nul(L);
  fd = rh_sys_guard(L);
  do *fd = open(path, O_RDONLY | O_CLOEXEC);
  while (*fd < 0 && errno == EINTR);
  if (*fd < 0) return rh_sys_fail(L, errno);
  luaL_buffinit(L, &b);
  code = read_all(*fd, limit, &b);
  rh_sys_guard_close(fd);
  if (code > 0) return rh_sys_fail(L, code);
  if (code < 0)
    return rh_sys_reason(L, lua_pushfstring(L, "larger than %I bytes", (LUAI_UACINT)limit));
  luaL_pushresult(&b);
  return 1;
}

/* The folder that is read: closed also where building a list raises, or nobody reads to its end. */
static int close_folder(lua_State *L) {
  DIR **folder = lua_touserdata(L, 1);
  if (*folder) closedir(*folder);
  *folder = NULL;
  return 0;
}

static DIR **folder_guard(lua_State *L) {
  DIR **folder = lua_newuserdatauv(L, sizeof *folder, 0);
  *folder = NULL;
  if (luaL_newmetatable(L, "rhub.sys.folder")) {
    lua_pushcfunction(L, close_folder);
    lua_setfield(L, -2, "__gc");
  }
  lua_setmetatable(L, -2);
  return folder;
}

/* Pushes a guard that has the folder open; NULL where it cannot be, with what is to be returned. */
static DIR **open_folder(lua_State *L, int *failed) {
  const char *path = rh_sys_path(L, 1);
  DIR **folder;
  if (path == NULL) {
    *failed = fail_nul(L);
    return NULL;
  }
  folder = folder_guard(L);
  *folder = opendir(path);
  if (*folder != NULL) return folder;
  *failed = rh_sys_fail(L, errno);
  return NULL;
}

/* The next name but "." and ".."; NULL behind the last, and the folder is closed. */
static const char *next_name(DIR **folder) {
  struct dirent *entry;
  if (*folder == NULL) return NULL;
  while ((entry = readdir(*folder)) != NULL)
    if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) return entry->d_name;
  closedir(*folder);
  *folder = NULL;
  return NULL;
}

/* sys.list(path) -> names, in no order, without "." and ".." | nil, reason, errno. */
static int sys_list(lua_State *L) {
  const char *name;
  lua_Integer n = 0;
  int failed = 0;
  DIR **folder = open_folder(L, &failed);
  if (folder == NULL) return failed;
  lua_newtable(L);
  while ((name = next_name(folder)) != NULL) {
    lua_pushstring(L, name);
    lua_rawseti(L, -2, ++n);
  }
  return 1;
}

static int names_next(lua_State *L) {
  lua_pushstring(L, next_name(lua_touserdata(L, lua_upvalueindex(1)))); /* nil for NULL */
  return 1;
}

/* sys.names(path) -> the same names, one a call | nil, reason, errno. */
static int sys_names(lua_State *L) {
  int failed = 0;
  if (open_folder(L, &failed) == NULL) return failed;
  lua_pushcclosure(L, names_next, 1);
  return 1;
}

/* 0 or an errno, EEXIST where something has the name. A file system that knows no rename that
   refuses knows links; one that knows neither (FAT) leaves looking first. */
static int rename_new(const char *from, const char *to) {
  struct stat st;
  if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  if (link(from, to) == 0) return unlink(from) == 0 ? 0 : errno;
  if (errno == EEXIST) return errno;
  if (lstat(to, &st) == 0) return EEXIST;
  return rename(from, to) == 0 ? 0 : errno;
}

/* sys.rename_new(from, to) -> true | nil, reason, errno. Never over what is there. */
static int sys_rename_new(lua_State *L) {
  const char *from = rh_sys_path(L, 1), *to = rh_sys_path(L, 2);
  int code;
  if (from == NULL || to == NULL) return fail_nul(L);
  code = rename_new(from, to);
  if (code != 0) return rh_sys_fail(L, code);
  lua_pushboolean(L, 1);
  return 1;
}

static int close_stream(lua_State *L) {
  luaL_Stream *stream = luaL_checkudata(L, 1, LUA_FILEHANDLE);
  return luaL_fileresult(L, fclose(stream->f) == 0, NULL);
}

/* A descriptor of a file in a folder that has no name, or has lost it at once; -1 with errno. */
static int open_nameless(lua_State *L, const char *folder) {
  char *name;
  int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)) return fd;
  name = lua_newuserdatauv(L, strlen(folder) + sizeof("/rhub.XXXXXX"), 0);
  strcpy(name, folder);
  strcat(name, "/rhub.XXXXXX");
  fd = mkostemp(name, O_CLOEXEC);
  if (fd >= 0) unlink(name);
  return fd;
}

/* sys.tmpfile() -> a file as io.open returns them, open for reading and writing | nil, reason,
   errno. In TMPDIR, else /tmp; gone with this process, however that ends. */
static int sys_tmpfile(lua_State *L) {
  const char *folder = getenv("TMPDIR");
  luaL_Stream *stream;
  int fd;
  lua_settop(L, 0);
  stream = lua_newuserdatauv(L, sizeof *stream, 0);
  stream->closef = NULL; /* closed, as far as Lua's library knows */
  luaL_setmetatable(L, LUA_FILEHANDLE);
  fd = open_nameless(L, folder != NULL && *folder != '\0' ? folder : "/tmp");
  if (fd < 0) return rh_sys_fail(L, errno);
  stream->f = fdopen(fd, "w+b");
  if (stream->f == NULL) {
    int code = errno;
    close(fd);
    return rh_sys_fail(L, code);
  }
  stream->closef = close_stream;
  lua_pushvalue(L, 1);
  return 1;
}

const luaL_Reg rh_sys_files[] = {{"stat", sys_stat},
                                 {"tmpfile", sys_tmpfile},
                                 {"rename_new", sys_rename_new},
                                 {"readable", sys_readable},
                                 {"mkdir_p", sys_mkdir_p},
                                 {"write_private", sys_write_private},
                                 {"read", sys_read},
                                 {"list", sys_list},
                                 {"names", sys_names},
                                 {NULL, NULL}};
