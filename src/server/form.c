/* A multipart body, taken apart by libmicrohttpd while it streams in. A file is counted and hashed
 * and its first bytes are kept; the rest of it is let go, so that an upload of any size costs the
 * same memory. Knows nothing of RunningHub. */
#include "server.h"
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#define FIELDS_MAX 32
#define FIELD_MAX  (64 * 1024)
#define HEAD_MAX   64
#define BUFFER     (32 * 1024)

typedef struct field {
  char *name, *value;
  size_t len;
} field;

struct rh_form {
  struct MHD_PostProcessor *processor;
  int bad; /* not multipart as it says, or beyond the ceilings */
  size_t field_count;
  field fields[FIELDS_MAX];
  char *part, *file_name, *type; /* of the first file */
  uint64_t bytes;
  EVP_MD_CTX *digest; /* NULL: no file so far */
  unsigned char sha256[EVP_MAX_MD_SIZE];
  unsigned sha256_len;
  size_t head_len;
  char head[HEAD_MAX];
};

static char *copy(const char *text) {
  return text ? strdup(text) : NULL;
}

static int start_file(rh_form *f, const char *key, const char *file_name, const char *type) {
  f->digest = EVP_MD_CTX_new();
  if (!f->digest || !EVP_DigestInit_ex(f->digest, EVP_sha256(), NULL)) return 0;
  f->part = copy(key);
  f->file_name = copy(file_name);
  f->type = copy(type);
  return 1;
}

static int feed_file(rh_form *f, const char *bytes, size_t len) {
  size_t room = HEAD_MAX - f->head_len;
  size_t part = len < room ? len : room;
  memcpy(f->head + f->head_len, bytes, part);
  f->head_len += part;
  f->bytes += len;
  return EVP_DigestUpdate(f->digest, bytes, len);
}

static int feed_field(rh_form *f, const char *key, const char *bytes, uint64_t at, size_t len) {
  field *last = f->field_count ? &f->fields[f->field_count - 1] : NULL;
  if (at == 0) {
    if (f->field_count == FIELDS_MAX) return 0;
    last = &f->fields[f->field_count];
    last->name = copy(key);
    if (!last->name) return 0;
    f->field_count++;
  }
  if (!last || last->len + len > FIELD_MAX) return 0;
  char *grown = realloc(last->value, last->len + len + 1);
  if (!grown) return 0;
  memcpy(grown + last->len, bytes, len);
  last->value = grown;
  last->len += len;
  return 1;
}

static enum MHD_Result on_part(void *self, enum MHD_ValueKind kind, const char *key,
                               const char *file_name, const char *type, const char *encoding,
                               const char *bytes, uint64_t at, size_t len) {
  rh_form *f = self;
  int ok;
  if (!key) {
    ok = 0;
  } else if (!file_name) {
    ok = feed_field(f, key, bytes, at, len);
  } else {
    int ours = f->digest ? f->part && strcmp(f->part, key) == 0 && (at > 0 || f->bytes == 0)
                         : start_file(f, key, file_name, type);
    ok = ours && feed_file(f, bytes, len);
  }
  if (!ok) f->bad = 1;
  return ok ? MHD_YES : MHD_NO;
}

rh_form *rh_form_new(struct MHD_Connection *connection) {
  rh_form *f = calloc(1, sizeof *f);
  if (!f) return NULL;
  f->processor = MHD_create_post_processor(connection, BUFFER, on_part, f);
  if (!f->processor) f->bad = 1; /* no boundary in its Content-Type */
  return f;
}

void rh_form_feed(rh_form *f, const char *bytes, size_t len) {
  if (!f->bad && MHD_post_process(f->processor, bytes, len) != MHD_YES) f->bad = 1;
}

void rh_form_end(rh_form *f) {
  if (f->processor && MHD_destroy_post_processor(f->processor) != MHD_YES) f->bad = 1;
  f->processor = NULL;
  if (f->digest && !EVP_DigestFinal_ex(f->digest, f->sha256, &f->sha256_len)) f->bad = 1;
}

void rh_form_free(rh_form *f) {
  if (!f) return;
  if (f->processor) MHD_destroy_post_processor(f->processor);
  for (size_t i = 0; i < f->field_count; i++) {
    free(f->fields[i].name);
    free(f->fields[i].value);
  }
  free(f->part);
  free(f->file_name);
  free(f->type);
  EVP_MD_CTX_free(f->digest);
  free(f);
}

void rh_push_hex(lua_State *L, const unsigned char *bytes, unsigned len) {
  static const char digits[] = "0123456789abcdef";
  char hex[2 * EVP_MAX_MD_SIZE];
  for (unsigned i = 0; i < len; i++) {
    hex[2 * i] = digits[bytes[i] >> 4];
    hex[2 * i + 1] = digits[bytes[i] & 15];
  }
  lua_pushlstring(L, hex, 2 * len);
}

static void set_text(lua_State *L, const char *name, const char *value) {
  lua_pushstring(L, value);
  lua_setfield(L, -2, name);
}

static void push_file(lua_State *L, const rh_form *f) {
  lua_createtable(L, 0, 6);
  set_text(L, "part", f->part);
  set_text(L, "name", f->file_name);
  set_text(L, "type", f->type);
  lua_pushinteger(L, (lua_Integer)f->bytes);
  lua_setfield(L, -2, "bytes");
  rh_push_hex(L, f->sha256, f->sha256_len);
  lua_setfield(L, -2, "sha256");
  lua_pushlstring(L, f->head, f->head_len);
  lua_setfield(L, -2, "head");
}

/* {fields = {name = text}, file = {part, name, type, bytes, sha256, head} or nil}, or nil when the
   body was no form after all. */
void rh_form_push(lua_State *L, const rh_form *f) {
  if (f->bad) {
    lua_pushnil(L);
    return;
  }
  lua_createtable(L, 0, 2);
  lua_createtable(L, 0, (int)f->field_count);
  for (size_t i = 0; i < f->field_count; i++) {
    lua_pushlstring(L, f->fields[i].value, f->fields[i].len);
    lua_setfield(L, -2, f->fields[i].name);
  }
  lua_setfield(L, -2, "fields");
  if (f->digest) {
    push_file(L, f);
    lua_setfield(L, -2, "file");
  }
}
