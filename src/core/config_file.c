/* The config file, opened with suspicion: it holds the key. Reads one file. */
#include "config_file.h"
#include "error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGEST = 65536 };

void rh_wipe(char *text) {
  if (text) explicit_bzero(text, strlen(text));
}

void rh_config_file_clear(rh_config_file *file) {
  rh_wipe(file->key);
  free(file->key);
  free(file->site);
  free(file->base_url);
  free(file->path);
  memset(file, 0, sizeof *file);
}

/* ---- the file ------------------------------------------------------------------------------ */

/* "$XDG_CONFIG_HOME/rhub/config", "~/.config/rhub/config" (malloc). NULL with RHUB_OK: no home. */
static rhub_status usual_path(char **out, rhub_error *error) {
  const char *base = getenv("XDG_CONFIG_HOME"), *below = "/rhub/config";
  *out = NULL;
  if (!base || base[0] != '/') { /* the standard says to ignore one that is not absolute */
    base = getenv("HOME");
    below = "/.config/rhub/config";
  }
  if (!base || *base == '\0') return RHUB_OK;
  size_t size = strlen(base) + strlen(below) + 1;
  *out = malloc(size);
  if (!*out) return rh_fail(error, RHUB_NOMEM, "out of memory");
  snprintf(*out, size, "%s%s", base, below);
  return RHUB_OK;
}

static rhub_status judge(int fd, const char *path, rhub_error *error) {
  struct stat st;
  if (fstat(fd, &st) != 0)
    return rh_fail(error, RHUB_CONFIG, "config file %s: %s", path, strerror(errno));
  if (!S_ISREG(st.st_mode))
    return rh_fail(error, RHUB_CONFIG, "config file %s is no regular file", path);
  if (st.st_uid != geteuid())
    return rh_fail(error, RHUB_CONFIG,
                   "config file %s belongs to another user (uid %ld): make one of your own with "
                   "\"rhub login\"",
                   path, (long)st.st_uid);
  if (st.st_mode & 077)
    return rh_fail(error, RHUB_CONFIG,
                   "config file %s may be read by others (mode %04o): chmod 600 \"%s\"", path,
                   (unsigned)(st.st_mode & 07777), path);
  if (st.st_size > LARGEST)
    return rh_fail(error, RHUB_CONFIG, "config file %s is larger than 64 KB", path);
  return RHUB_OK;
}

/* The whole file as text; *len is 0 where it cannot be read. */
static rhub_status slurp(int fd, const char *path, char *text, size_t *len, rhub_error *error) {
  *len = 0;
  while (*len < LARGEST) {
    ssize_t n = read(fd, text + *len, LARGEST - *len);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return rh_fail(error, RHUB_CONFIG, "config file %s: %s", path, strerror(errno));
    if (n == 0) break;
    *len += (size_t)n;
  }
  text[*len] = '\0';
  return RHUB_OK;
}

/* ---- its lines ----------------------------------------------------------------------------- */

static char *trim(char *text) {
  text += strspn(text, " \t\r");
  size_t len = strlen(text);
  while (len > 0 && strchr(" \t\r", text[len - 1])) len--;
  text[len] = '\0';
  return text;
}

/* Ends the line where a comment begins: a '#' at its start or behind a space. */
static void cut_comment(char *line) {
  for (char *p = line; *p; p++)
    if (*p == '#' && (p == line || p[-1] == ' ' || p[-1] == '\t')) {
      *p = '\0';
      return;
    }
}

static char *unquote(char *value) {
  size_t len = strlen(value);
  if (len < 2 || (value[0] != '"' && value[0] != '\'') || value[len - 1] != value[0]) return value;
  value[len - 1] = '\0';
  return value + 1;
}

static char **setting(rh_config_file *file, const char *name) {
  if (strcmp(name, "key") == 0) return &file->key;
  if (strcmp(name, "site") == 0) return &file->site;
  if (strcmp(name, "base_url") == 0) return &file->base_url;
  return NULL;
}

static rhub_status read_line(rh_config_file *file, char *line, int number, rhub_error *error) {
  cut_comment(line);
  line = trim(line);
  if (*line == '\0') return RHUB_OK;
  char *equals = strchr(line, '=');
  if (!equals) /* may be a bare key: not quoted */
    return rh_fail(error, RHUB_CONFIG, "config file %s, line %d: no \"name = value\"", file->path,
                   number);
  *equals = '\0';
  char *name = trim(line), *value = unquote(trim(equals + 1));
  char **slot = setting(file, name);
  if (!slot)
    return rh_fail(error, RHUB_CONFIG,
                   "config file %s, line %d: there is no setting \"%.40s\": known are key, site "
                   "and base_url",
                   file->path, number, name);
  if (*slot) rh_wipe(*slot);
  free(*slot);
  *slot = strdup(value);
  return *slot ? RHUB_OK : rh_fail(error, RHUB_NOMEM, "out of memory");
}

static rhub_status read_lines(rh_config_file *file, char *text, size_t len, rhub_error *error) {
  if (strlen(text) != len)
    return rh_fail(error, RHUB_CONFIG, "config file %s holds NUL bytes", file->path);
  int number = 0;
  for (char *line = text; line;) {
    char *end = strchr(line, '\n');
    if (end) *end++ = '\0';
    rhub_status status = read_line(file, line, ++number, error);
    if (status != RHUB_OK) return status;
    line = end;
  }
  return RHUB_OK;
}

static rhub_status read_open(rh_config_file *file, int fd, rhub_error *error) {
  rhub_status status = judge(fd, file->path, error);
  if (status != RHUB_OK) return status;
  char *text = malloc(LARGEST + 1);
  size_t len;
  if (!text) return rh_fail(error, RHUB_NOMEM, "out of memory");
  status = slurp(fd, file->path, text, &len, error);
  if (status == RHUB_OK) status = read_lines(file, text, len, error);
  explicit_bzero(text, LARGEST + 1);
  free(text);
  return status;
}

rhub_status rh_config_file_read(const char *path, rh_config_file *out, rhub_error *error) {
  memset(out, 0, sizeof *out);
  rhub_status status = RHUB_OK;
  if (path) {
    out->path = strdup(path);
    if (!out->path) status = rh_fail(error, RHUB_NOMEM, "out of memory");
  } else {
    status = usual_path(&out->path, error);
  }
  if (status != RHUB_OK || !out->path) return status;

  int fd = open(out->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a FIFO must not hold us up */
  if (fd < 0) {
    bool missing = errno == ENOENT || errno == ENOTDIR;
    if (path || !missing)
      status = rh_fail(error, RHUB_CONFIG, "config file %s: %s", out->path, strerror(errno));
  } else {
    status = read_open(out, fd, error);
    close(fd);
  }
  if (fd < 0 || status != RHUB_OK) rh_config_file_clear(out);
  return status;
}
