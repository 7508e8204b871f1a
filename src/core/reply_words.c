/* What a reply says to people about a graph, as one line. ComfyUI tells what is wrong with one so:
 *
 *   {"6": {"errors": [{"type", "message", "details", "extra_info"}], "dependent_outputs": [...],
 *          "class_type": "CLIPTextEncode"}}
 *
 * alone, or as "node_errors" beside an "error" of the whole. No I/O. */
#include "reply_words.h"
#include "utf8.h"

#include <stdio.h>
#include <string.h>

#define LONGEST_DETAIL 160 /* a list of all files that there are may stand in one */
#define DEEPEST        3   /* objects in texts in objects */

/* ---- a line -------------------------------------------------------------------------------- */

static void append(rh_words *w, const char *text, size_t len) {
  size_t room = RH_WORDS_MAX - w->len, n = len <= room ? len : rh_utf8_cut(text, len, room);
  for (size_t i = 0; i < n; i++) {
    unsigned char c = (unsigned char)text[i];
    w->text[w->len++] = c < 0x20 || c == 0x7F ? ' ' : (char)c;
  }
  w->text[w->len] = '\0';
}

static void say(rh_words *w, const char *text) {
  append(w, text, strlen(text));
}

/* A string without the spaces around it, or an integer, between two texts; nothing for anything
   else. At most `most` bytes of it. */
static bool say_value(rh_words *w, const char *before, const json_t *value, size_t most,
                      const char *after) {
  char digits[24];
  const char *text = json_string_value(value);
  if (json_is_integer(value)) {
    snprintf(digits, sizeof digits, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    text = digits;
  }
  if (!text) return false;
  text += strspn(text, " \t\r\n");
  size_t len = strlen(text);
  while (len > 0 && strchr(" \t\r\n", text[len - 1])) len--;
  if (len == 0) return false;
  say(w, before);
  append(w, text, rh_utf8_cut(text, len, most));
  if (len > most) say(w, "...");
  say(w, after);
  return true;
}

/* ---- why a node failed --------------------------------------------------------------------- */

static const json_t *either(const json_t *object, const char *a, const char *b, const char *c) {
  const char *const names[] = {a, b, c};
  for (size_t i = 0; i < 3; i++) {
    const json_t *value = json_object_get(object, names[i]);
    if (value && !json_is_null(value)) return value;
  }
  return NULL;
}

void rh_words_reason(rh_words *w, const json_t *reason) {
  w->len = 0;
  bool named = say_value(w, "", json_object_get(reason, "node_name"), RH_WORDS_MAX, "");
  say_value(w, named ? " (node " : "node ", json_object_get(reason, "node_id"), RH_WORDS_MAX,
            named ? ")" : "");
  say_value(w, w->len ? ": " : "", json_object_get(reason, "exception_type"), RH_WORDS_MAX, "");
  say_value(w, w->len ? ": " : "", either(reason, "exception_message", "message", "error"),
            RH_WORDS_MAX, "");
}

/* ---- what is wrong with a graph ------------------------------------------------------------ */

static bool say_error(rh_words *w, const char *before, const json_t *error) {
  size_t start = w->len;
  const json_t *message = json_object_get(error, "message");
  if (!say_value(w, before, message, RH_WORDS_MAX, ""))
    say_value(w, before, json_object_get(error, "type"), RH_WORDS_MAX, "");
  say_value(w, w->len > start ? ": " : before, json_object_get(error, "details"), LONGEST_DETAIL,
            "");
  return w->len > start;
}

static void say_node(rh_words *w, const char *id, const json_t *node) {
  const json_t *errors = json_object_get(node, "errors");
  if (json_array_size(errors) == 0) return;
  if (w->len) say(w, "; ");
  say(w, "node ");
  say(w, id);
  say_value(w, " (", json_object_get(node, "class_type"), RH_WORDS_MAX, ")");
  const char *before = ": ";
  for (size_t i = 0; i < json_array_size(errors); i++)
    if (say_error(w, before, json_array_get(errors, i))) before = "; ";
}

static void say_text(rh_words *w, const char *text, size_t len, int depth);

static void say_nodes(rh_words *w, const json_t *value, int depth) {
  if (depth > DEEPEST) return;
  if (json_is_string(value)) {
    say_text(w, json_string_value(value), json_string_length(value), depth);
    return;
  }
  json_t *nodes = (json_t *)value; /* jansson's iterators want it so; nothing is changed */
  for (void *at = json_object_iter(nodes); at; at = json_object_iter_next(nodes, at))
    say_node(w, json_object_iter_key(at), json_object_iter_value(at));
  if (w->len == 0) say_nodes(w, json_object_get(value, "node_errors"), depth + 1);
  if (w->len == 0) say_error(w, "", json_object_get(value, "error"));
}

static void say_text(rh_words *w, const char *text, size_t len, int depth) {
  size_t from = strspn(text, " \t\r\n");
  if (text[from] != '{') return;
  json_t *tree = json_loadb(text, len, 0, NULL);
  if (tree) say_nodes(w, tree, depth + 1);
  json_decref(tree);
}

bool rh_words_nodes(rh_words *w, const json_t *value) {
  w->len = 0;
  say_nodes(w, value, 0);
  return w->len > 0;
}

bool rh_words_nodes_in(rh_words *w, const char *text, size_t len) {
  w->len = 0;
  say_text(w, text, len, 0);
  return w->len > 0;
}
