/* RunningHub's two reply shapes, made into one value: the legacy envelope {code, msg, data} and the
 * flat task object {taskId, status, errorCode, ...}, also the second inside the first. No I/O. */
#include "reply.h"
#include "decimal.h"
#include "repair.h"
#include "reply_words.h"
#include "scan.h"
#include "utf8.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define LONGEST_ID 71 /* rhub_error.task_id holds it */

/* ---- what the reply owns ------------------------------------------------------------------- */

/* Text that is not in the tree: a list of blocks, freed as one. */
typedef struct block {
  struct block *next;
  char bytes[];
} block;

typedef struct reader {
  rh_reply *out;
  const char *text; /* what the tree was read from */
  size_t len;
  bool nomem; /* an allocation failed: what was read since is not to be used */
} reader;

/* `size` bytes that live as long as the reply. NULL: no memory, and the reader knows. */
static void *keep(reader *r, size_t size) {
  block *b = malloc(sizeof *b + size);
  if (!b) {
    r->nomem = true;
    return NULL;
  }
  b->next = r->out->kept;
  r->out->kept = b;
  return b->bytes;
}

static const char *keep_text(reader *r, const char *text, size_t len) {
  char *copy = keep(r, len + 1);
  if (!copy) return "";
  memcpy(copy, text, len);
  copy[len] = '\0';
  return copy;
}

void rh_reply_clear(rh_reply *reply) {
  json_decref(reply->tree);
  for (block *b = reply->kept, *next; b; b = next) {
    next = b->next;
    free(b);
  }
  memset(reply, 0, sizeof *reply);
}

/* ---- reading values ------------------------------------------------------------------------ */

static bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The first of the names (ended by NULL) whose value is there and not null. */
static const json_t *member(const json_t *object, const char *const *names) {
  for (; *names; names++) {
    const json_t *value = json_object_get(object, *names);
    if (value && !json_is_null(value)) return value;
  }
  return NULL;
}
#define MEMBER(object, ...) member(object, (const char *const[]){__VA_ARGS__, NULL})

/* A string without the spaces around it, or an integer in digits; "" for anything else. */
static const char *text_of(reader *r, const json_t *value) {
  if (json_is_integer(value)) {
    char digits[24];
    int n = snprintf(digits, sizeof digits, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    return keep_text(r, digits, (size_t)n);
  }
  if (!json_is_string(value)) return "";
  const char *text = json_string_value(value);
  if (*text == '\0') return "";
  size_t len = strlen(text), from = 0;
  if (!is_space(text[0]) && !is_space(text[len - 1])) return text;
  while (is_space(text[from])) from++;
  while (len > from && is_space(text[len - 1])) len--;
  return keep_text(r, text + from, len - from);
}

/* A code: "" stands for "no error" however that is written. Some uploads say 200. */
static const char *code_of(reader *r, const json_t *value) {
  if (json_is_integer(value) && json_integer_value(value) == 0) return ""; /* most: no copy */
  const char *text = text_of(r, value);
  return strcmp(text, "0") == 0 || strcmp(text, "200") == 0 ? "" : text;
}

static bool occurs(const reader *r, const char *word) {
  return memmem(r->text, r->len, word, strlen(word)) != NULL;
}

/* A task's id: one plain word that an error can hold, not zero. Where memory is short, jansson
   (2.14) may drop a byte of a token and say nothing: an id that is not spelled like this in the
   text is damaged and would name another task. */
static const char *id_of(reader *r, const json_t *value) {
  const char *id = text_of(r, value);
  size_t len = strlen(id);
  if (len == 0 || len > LONGEST_ID || strcmp(id, "0") == 0) return "";
  if (json_is_string(value) && strlen(json_string_value(value)) != json_string_length(value))
    return "";
  for (size_t i = 0; i < len; i++)
    if (!is_alnum(id[i]) && !strchr("-_.:", id[i])) return "";
  if (!occurs(r, id) && !occurs(r, "\\u")) r->nomem = true;
  return id;
}

/* ---- status -------------------------------------------------------------------------------- */

static rh_task_status status_named(const char *text) {
  static const struct {
    const char *name;
    rh_task_status status;
  } names[] = {
      {"RUNNING", RH_TASK_RUNNING},    {"QUEUED", RH_TASK_QUEUED},
      {"SUCCESS", RH_TASK_SUCCESS},    {"FAILED", RH_TASK_FAILED},
      {"CREATE", RH_TASK_QUEUED},      {"CANCEL", RH_TASK_CANCELLED},
      {"CANCELED", RH_TASK_CANCELLED}, {"CANCELLED", RH_TASK_CANCELLED},
      {"ERROR", RH_TASK_FAILED},       {"TIMEOUT", RH_TASK_FAILED},
  };
  if (*text == '\0') return RH_TASK_NONE;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcasecmp(text, names[i].name) == 0) return names[i].status;
  return RH_TASK_OTHER;
}

/* What the codes that are states say, and the messages that old servers put in their place. */
static rh_task_status status_coded(const rh_reply *out) {
  static const struct {
    const char *code, *message;
    rh_task_status status;
  } states[] = {
      {"804", "APIKEY_TASK_IS_RUNNING", RH_TASK_RUNNING},
      {"813", "APIKEY_TASK_IS_QUEUED", RH_TASK_QUEUED},
      {"805", "APIKEY_TASK_STATUS_ERROR", RH_TASK_FAILED},
  };
  if (*out->code == '\0' && !out->legacy) return RH_TASK_NONE;
  for (size_t i = 0; i < sizeof states / sizeof *states; i++)
    if (strcmp(*out->code ? out->code : out->message,
               *out->code ? states[i].code : states[i].message) == 0)
      return states[i].status;
  return RH_TASK_NONE;
}

/* `task` is the object that speaks of the task, `data` the envelope's content. */
static void read_status(reader *r, const json_t *task, const json_t *data) {
  rh_reply *out = r->out;
  out->status_text = text_of(r, MEMBER(task, "status", "taskStatus"));
  out->status = status_named(out->status_text);
  if (out->status == RH_TASK_NONE && json_is_string(data) && *out->code == '\0') {
    const char *text = text_of(r, data);
    rh_task_status status = status_named(text);
    if (status != RH_TASK_OTHER) { /* a legacy status; any other text is not about a task */
      out->status = status;
      out->status_text = text;
    }
  }
  if (out->status == RH_TASK_NONE) out->status = status_coded(out);
  if (out->status == RH_TASK_NONE && *out->code == '\0' && out->output_count > 0)
    out->status = RH_TASK_SUCCESS;
}

/* ---- outputs ------------------------------------------------------------------------------- */

static bool is_address(const json_t *value) {
  const char *text = json_string_value(value);
  return text && *text && strlen(text) == json_string_length(value);
}

static void read_text(rhub_output *output, const json_t *value) {
  if (json_string_length(value) == 0) return;
  output->text = json_string_value(value);
  output->text_len = json_string_length(value);
}

/* An answer without words is one where nothing else was to come: its file has no bytes. */
static bool is_of_text(const char *type) {
  return *type == '\0' || strcasecmp(type, "txt") == 0 || strcasecmp(type, "text") == 0;
}

static bool read_output(reader *r, const json_t *item, rhub_output *output) {
  memset(output, 0, sizeof *output);
  if (json_is_string(item)) {
    const char *text = json_string_value(item);
    if (strncasecmp(text, "http", 4) == 0 && is_address(item)) {
      output->url = text;
    } else {
      read_text(output, item);
    }
    return output->url || output->text;
  }
  const json_t *url = MEMBER(item, "url", "outputUrl", "fileUrl");
  if (is_address(url)) output->url = json_string_value(url);
  const json_t *text = MEMBER(item, "text", "content", "output");
  read_text(output, text);
  const char *type = text_of(r, MEMBER(item, "outputType", "fileType"));
  const char *node = text_of(r, MEMBER(item, "nodeId"));
  if (!url && json_is_string(text) && !output->text && is_of_text(type)) output->text = "";
  if (*type) output->type = type;
  if (*node) output->node_id = node;
  return output->url || output->text;
}

static void read_outputs(reader *r, const json_t *items) {
  if (!json_is_array(items)) return;
  r->out->has_results = true;
  size_t count = json_array_size(items);
  if (count == 0) return;
  r->out->outputs = keep(r, count * sizeof *r->out->outputs);
  for (size_t i = 0; i < count && !r->nomem; i++)
    if (read_output(r, json_array_get(items, i), &r->out->outputs[r->out->output_count]))
      r->out->output_count++;
}

/* ---- usage --------------------------------------------------------------------------------- */

/* A plain decimal from a string or a number. NULL where none is told; *odd where what is told is
   none. */
static const char *decimal_of(reader *r, const json_t *value, bool *odd) {
  if (json_is_real(value)) {
    char text[RH_DECIMAL_MAX];
    if (rh_decimal_of(json_real_value(value), text)) return keep_text(r, text, strlen(text));
    *odd = true;
    return NULL;
  }
  const char *given = text_of(r, value);
  if (*given == '\0') return NULL;
  if (rh_decimal_plain(given, strlen(given))) return given;
  char text[RH_DECIMAL_MAX];
  if (rh_decimal_read(given, strlen(given), text)) return keep_text(r, text, strlen(text));
  *odd = true;
  return NULL;
}

static void read_usage(reader *r, const json_t *usage) {
  bool odd = false, odd_coins = false;
  const char *own = decimal_of(r, json_object_get(usage, "consumeMoney"), &odd);
  const char *third = decimal_of(r, json_object_get(usage, "thirdPartyConsumeMoney"), &odd);
  char sum[RH_DECIMAL_MAX];
  if (odd) {
    r->out->odd_amount = true;
    r->out->amount = NULL; /* half a sum would be a wrong one */
  } else if (own && third && rh_decimal_add(own, third, sum)) {
    r->out->amount = keep_text(r, sum, strlen(sum));
  } else {
    r->out->amount = own ? own : third;
  }
  r->out->coins = decimal_of(r, json_object_get(usage, "consumeCoins"), &odd_coins);
}

void rh_reply_price(rh_reply *reply, rh_price *out) {
  reader r = {reply, "", 0, false};
  const json_t *data = json_object_get(reply->tree, "data");
  const json_t *told = reply->legacy && json_is_object(data) ? data : reply->tree;
  bool odd = false;
  out->amount = decimal_of(&r, json_object_get(told, "estimatedPrice"), &odd);
  out->currency = text_of(&r, json_object_get(told, "currency"));
  out->is_free = json_is_true(json_object_get(told, "isFreeThisCall"));
  if (r.nomem) out->amount = NULL;
}

/* The object that tells the cost: `usage`, else the first legacy output (each repeats it). */
static const json_t *usage_in(const json_t *task, const json_t *items) {
  const json_t *usage = json_object_get(task, "usage");
  if (json_is_object(usage)) return usage;
  return json_array_get(items, 0);
}

/* ---- reasons ------------------------------------------------------------------------------- */

static const char *keep_words(reader *r, const rh_words *words) {
  return words->len ? keep_text(r, words->text, words->len) : "";
}

static void read_reason(reader *r, const json_t *reason) {
  rh_words words;
  if (json_is_string(reason)) {
    const char *text = text_of(r, reason);
    if (strcmp(text, "{}") != 0 && strcmp(text, "null") != 0) r->out->reason = text;
    return;
  }
  rh_words_reason(&words, reason);
  r->out->reason = keep_words(r, &words);
}

/* The tips of a good graph are a text too, and every task has some: without the word there is
   nothing to parse them for. */
static bool may_tell(const json_t *tips) {
  return json_is_object(tips) ||
         (json_is_string(tips) && strstr(json_string_value(tips), "message"));
}

/* What came in the place of node errors, as it was written. */
static const char *unreadable(reader *r, const json_t *data) {
  rh_span span;
  if (json_is_string(data)) return text_of(r, data);
  if (!data || json_is_null(data) || !rh_scan_find(r->text, r->len, "/data", &span)) return "";
  return keep_text(r, r->text + span.start,
                   rh_utf8_cut(r->text + span.start, span.end - span.start, RH_WORDS_MAX));
}

/* Where a refusal tells of nodes: in its tips, its data or its message. */
static void read_nodes(reader *r, const json_t *root, const json_t *task, const json_t *data) {
  rh_reply *out = r->out;
  rh_words words = {.len = 0};
  const json_t *tips = MEMBER(task, "promptTips");
  if (!tips) tips = MEMBER(root, "promptTips");
  bool told = may_tell(tips) && rh_words_nodes(&words, tips);
  if (!told && *out->code)
    told = rh_words_nodes(&words, data) ||
           rh_words_nodes_in(&words, out->message, strlen(out->message));
  out->node_errors = keep_words(r, &words);
  if (!*out->code || *out->reason) return;
  out->reason = out->node_errors;
  if (!told && strcmp(out->code, "433") == 0) out->reason = unreadable(r, data);
}

/* ---- shapes -------------------------------------------------------------------------------- */

static void read_codes(reader *r, const json_t *root, const json_t *task) {
  rh_reply *out = r->out;
  if (out->legacy) out->code = code_of(r, json_object_get(root, "code"));
  if (*out->code == '\0') out->code = code_of(r, json_object_get(task, "errorCode"));
  out->message = text_of(r, MEMBER(task, "errorMessage"));
  if (*out->message == '\0') out->message = text_of(r, MEMBER(root, "errorMessage"));
  if (*out->message == '\0') out->message = text_of(r, MEMBER(root, "msg", "message"));
}

static bool read_shape(reader *r, const json_t *root) {
  rh_reply *out = r->out;
  out->code = out->message = out->task_id = out->status_text = out->reason = "";
  out->download_url = out->file_name = out->put_url = out->node_errors = "";
  const json_t *code = json_object_get(root, "code");
  out->legacy = json_is_string(code) || json_is_number(code);
  bool flat = json_object_get(root, "errorCode") || json_object_get(root, "taskId") ||
              json_object_get(root, "task_id") || json_is_string(json_object_get(root, "status")) ||
              json_is_array(json_object_get(root, "results"));
  if (!out->legacy && !flat) return false;

  const json_t *data = out->legacy ? json_object_get(root, "data") : NULL;
  const json_t *task = json_is_object(data) ? data : root;
  const json_t *items = json_is_array(data) ? data : json_object_get(task, "results");
  read_codes(r, root, task);
  out->task_id = id_of(r, MEMBER(task, "taskId", "task_id"));
  if (*out->task_id == '\0' && task != root) /* an id must never be missed */
    out->task_id = id_of(r, MEMBER(root, "taskId", "task_id"));
  read_outputs(r, items);
  read_status(r, task, data);
  read_usage(r, usage_in(task, items));
  read_reason(r, json_object_get(task, "failedReason"));
  read_nodes(r, root, task, data);
  if (task == data) {
    out->download_url = text_of(r, MEMBER(data, "download_url", "downloadUrl"));
    out->file_name = text_of(r, MEMBER(data, "fileName", "filename"));
    out->put_url = text_of(r, MEMBER(data, "url"));
  }
  return true;
}

/* False: not found, though it is there. */
static bool read_data(reader *r) {
  rh_span span;
  if (!json_object_get(r->out->tree, "data")) {
    r->out->data = "null";
    r->out->data_len = 4;
    return true;
  }
  if (!rh_scan_find(r->text, r->len, "/data", &span)) return false;
  r->out->data = keep_text(r, r->text + span.start, span.end - span.start);
  r->out->data_len = span.end - span.start;
  return true;
}

typedef enum loaded { LOADED, MISSPELT, NUL_IN_NAME, NO_MEMORY } loaded;

static loaded load(const char *text, size_t len, size_t flags, json_t **tree) {
  json_error_t error;
  memset(&error, 0, sizeof error);
  *tree = json_loadb(text, len, flags, &error);
  if (*tree) return LOADED;
  if (*error.text == '\0') return NO_MEMORY;
  return json_error_code(&error) == json_error_null_byte_in_key ? NUL_IN_NAME : MISSPELT;
}

/* jansson mostly tells a lack of memory as a fault of the text; an object that is sound to our own
   walker shows which it was. */
static bool is_sound_object(const char *text, size_t len) {
  rh_scan s = {text, len, 0, NULL, 0};
  if (!rh_scan_whole(&s)) return false;
  while (is_space(*text)) text++;
  return *text == '{';
}

/* An envelope may be put into another one on the way: a task's id must not be missed for that. */
static const json_t *unwrapped(const json_t *root) {
  const json_t *data = json_object_get(root, "data"), *code = json_object_get(data, "code");
  bool inner = (json_is_integer(code) || json_is_string(code)) && json_object_get(data, "data");
  return json_object_get(root, "code") && inner ? data : root;
}

static rh_parse read_tree(json_t *tree, const char *text, size_t len, bool want_data,
                          rh_reply *out) {
  reader r = {out, text, len, false};
  out->tree = tree;
  const json_t *root = want_data ? tree : unwrapped(tree);
  bool good =
      json_is_object(tree) && read_shape(&r, root) && (!want_data || !out->legacy || read_data(&r));
  if (good && !r.nomem) return RH_PARSE_OK;
  rh_reply_clear(out);
  return r.nomem ? RH_PARSE_NOMEM : RH_PARSE_BAD;
}

/* The second, lenient reading. */
static rh_parse read_repaired(const char *body, size_t len, bool nuls, bool want_data,
                              rh_reply *out) {
  size_t size;
  char *text = rh_repair(body, len, nuls, &size);
  if (!text) return RH_PARSE_NOMEM;
  json_t *tree;
  loaded how = load(text, size, JSON_ALLOW_NUL, &tree);
  rh_parse result = RH_PARSE_BAD;
  if (how == LOADED) {
    result = read_tree(tree, text, size, want_data, out);
  } else if (how == NO_MEMORY || (how == MISSPELT && is_sound_object(text, size))) {
    result = RH_PARSE_NOMEM;
  }
  free(text);
  return how == NUL_IN_NAME && nuls ? read_repaired(body, len, false, want_data, out) : result;
}

rh_parse rh_reply_parse(const char *body, size_t len, bool want_data, rh_reply *out) {
  memset(out, 0, sizeof *out);
  if (!body || len == 0) return RH_PARSE_BAD;
  json_t *tree;
  loaded how = load(body, len, 0, &tree);
  if (how == LOADED) return read_tree(tree, body, len, want_data, out);
  if (how == NO_MEMORY) return RH_PARSE_NOMEM;
  return read_repaired(body, len, true, want_data, out);
}
