/* Errors: filling an rhub_error, masking secrets, and the table of RunningHub's codes.
 * No I/O, no allocation, no locale. */
#include "error.h"
#include "utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const char *rhub_status_name(rhub_status status) {
  static const char *const names[] = {
      "ok",       "config", "auth",      "input",   "funds",   "budget",          "busy",
      "rejected", "failed", "cancelled", "timeout", "network", "unknown_outcome", "gone",
      "protocol", "io",     "nomem",     "misuse",
  };
  size_t i = (size_t)status;
  return i < sizeof names / sizeof *names ? names[i] : "unlisted";
}

const char *rhub_spent_name(rhub_spent spent) {
  switch (spent) {
  case RHUB_SPENT_NO: return "no";
  case RHUB_SPENT_YES: return "yes";
  case RHUB_SPENT_MAYBE: break;
  }
  return "maybe";
}

/* ---- secrets ------------------------------------------------------------------------------- */

static bool is_secret_byte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         (c != '\0' && strchr("+/=_%.-~", c) != NULL);
}

/* Where the secret begins that the text behind a marker holds: after "=", ":" and what JSON and
   headers put around them. NULL: there is none. */
static char *after_assignment(char *at) {
  bool assigned = false;
  for (; *at != '\0' && strchr("\"'\\:= ", *at); at++)
    if (*at == ':' || *at == '=') assigned = true;
  return assigned ? at : NULL;
}

/* Replaces the run of secret bytes at `at` by up to three stars; returns where to go on. */
static char *mask(char *at, size_t at_least, bool to_slash) {
  size_t run = 0;
  while (is_secret_byte(at[run]) && !(to_slash && at[run] == '/')) run++;
  if (run == 0 || run < at_least) return at + run;
  size_t stars = run < 3 ? run : 3;
  memset(at, '*', stars);
  memmove(at + stars, at + run, strlen(at + run) + 1);
  return at + stars;
}

void rh_redact(char *text) {
  static const struct {
    const char *word;
    bool assigned; /* the secret stands behind an "=" or ":"; else directly behind the word */
    size_t at_least;
  } marks[] = {
      {"apikey", true, 1},   {"rh-comfy-auth", true, 1}, {"q-signature", true, 1},
      {"bearer ", false, 8}, {"/proxy/", false, 8},      {"/proxy-plus/", false, 8},
  };
  for (char *at = text; *at != '\0'; at++) {
    if (!strchr("aArRqQbB/", *at)) continue;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
      size_t n = strlen(marks[i].word);
      if (strncasecmp(at, marks[i].word, n) != 0) continue;
      char *secret = marks[i].assigned ? after_assignment(at + n) : at + n;
      if (secret) at = mask(secret, marks[i].at_least, marks[i].word[0] == '/') - 1;
      break;
    }
  }
}

/* ---- filling ------------------------------------------------------------------------------- */

/* Makes control characters (C0, DEL, C1) spaces and bytes that are no UTF-8 question marks. */
static void clean_line(char *text) {
  for (size_t len = strlen(text), i = 0, n; i < len; i += n) {
    n = rh_utf8_len(text + i, len - i);
    unsigned char c = (unsigned char)text[i];
    if (n == 0) {
      text[i] = '?';
      n = 1;
    } else if (n == 1 && (c < 0x20 || c == 0x7F)) {
      text[i] = ' ';
    } else if (n == 2 && c == 0xC2 && (unsigned char)text[i + 1] < 0xA0) {
      text[i] = text[i + 1] = ' ';
    }
  }
}

static void copy_text(char *to, size_t size, const char *from) {
  size_t len = from ? strlen(from) : 0;
  len = rh_utf8_cut(from ? from : "", len, size - 1);
  memmove(to, from ? from : "", len);
  to[len] = '\0';
}

rhub_status rh_fail(rhub_error *e, rhub_status status, const char *format, ...) {
  if (!e) return status;
  char line[sizeof e->message + 64]; /* longer, so that a secret at the cut is masked whole */
  va_list args;
  va_start(args, format);
  int n = vsnprintf(line, sizeof line, format, args);
  va_end(args);
  if (n < 0) line[0] = '\0';
  clean_line(line);
  rh_redact(line);
  memset(e, 0, sizeof *e);
  e->status = status;
  copy_text(e->message, sizeof e->message, line);
  return status;
}

void rh_error_task(rhub_error *e, const char *task_id) {
  if (!e) return;
  copy_text(e->task_id, sizeof e->task_id, task_id);
  clean_line(e->task_id);
}

void rh_error_code(rhub_error *e, const char *code, int http_status) {
  if (!e) return;
  copy_text(e->code, sizeof e->code, code);
  clean_line(e->code);
  e->http_status = http_status;
}

/* ---- RunningHub's codes -------------------------------------------------------------------- */

#define NO    RHUB_SPENT_NO
#define MAYBE RHUB_SPENT_MAYBE
#define YES   RHUB_SPENT_YES

#define CHECK_KEY "check the key and that it belongs to this site (.ai and .cn keys differ)"
#define TOP_UP    "top up the account, then try again"
#define NEW_TASK  "a new task may work"

/* Sorted by code as text, for bsearch. A test holds it to that. */
static const rh_code codes[] = {
    {"", RH_CODE_OK, RHUB_OK, MAYBE, false, "ok", NULL},
    {"0", RH_CODE_OK, RHUB_OK, MAYBE, false, "ok", NULL},
    {"1", RH_CODE_FINAL, RHUB_REJECTED, NO, false, "the service refused the call", NULL},
    {"1000", RH_CODE_BROKEN, RHUB_NETWORK, MAYBE, true, "the service met an unknown error", NULL},
    {"1001", RH_CODE_FINAL, RHUB_REJECTED, NO, false, "the service knows no such endpoint",
     "check the model's name"},
    {"1002", RH_CODE_FINAL, RHUB_AUTH, NO, false, "the service does not know the API key",
     CHECK_KEY},
    {"1003", RH_CODE_RATE, RHUB_BUSY, NO, true, "too many requests", "ask less often"},
    {"1004", RH_CODE_GONE, RHUB_GONE, MAYBE, false,
     "the service knows no such task: it never existed here, or its record has expired",
     "check the id and the site (.ai or .cn)"},
    {"1005", RH_CODE_BROKEN, RHUB_NETWORK, MAYBE, true, "the service met an internal error", NULL},
    {"1006", RH_CODE_FINAL, RHUB_FAILED, MAYBE, false, "the task took too long", NULL},
    {"1007", RH_CODE_FINAL, RHUB_REJECTED, NO, false, "a parameter is refused",
     "compare the parameters with the model's"},
    {"1008", RH_CODE_FINAL, RHUB_REJECTED, NO, false, "the file is too large",
     "make it smaller, or pass an http(s) address"},
    {"1009", RH_CODE_FINAL, RHUB_REJECTED, NO, false, "the method is not supported here", NULL},
    {"1010", RH_CODE_AGAIN, RHUB_NETWORK, NO, true, "the service is unavailable", "try later"},
    {"1011", RH_CODE_AGAIN, RHUB_NETWORK, NO, true, "the service is busy", "try later"},
    {"1012", RH_CODE_FINAL, RHUB_FAILED, MAYBE, true, "the model's provider answered badly",
     NEW_TASK},
    {"1013", RH_CODE_FINAL, RHUB_FAILED, MAYBE, false, "an input file could not be processed",
     "check that the file opens and its address can be reached"},
    {"1014", RH_CODE_FINAL, RHUB_AUTH, NO, false,
     "this kind of API key may not call standard models",
     "standard models need an enterprise shared key (prepaid wallet)"},
    {"1015", RH_CODE_FINAL, RHUB_FAILED, MAYBE, true, "the generation failed", NEW_TASK},
    {"1101", RH_CODE_FINAL, RHUB_REJECTED, NO, false, "the node list is refused",
     "compare nodeId and fieldName with the workflow"},
    {"1501", RH_CODE_FINAL, RHUB_FAILED, NO, false, "the content check refused it",
     "change the prompt or the picture"},
    {"1504", RH_CODE_FINAL, RHUB_FAILED, MAYBE, true, "the model timed out", NEW_TASK},
    {"1505", RH_CODE_FINAL, RHUB_FAILED, MAYBE, false, "realistic people are not allowed here",
     "change the picture"},
    {"1520", RH_CODE_FULL, RHUB_BUSY, NO, true, "all places of the account are taken",
     "wait for a task to end, or lower the concurrency"},
    {"301", RH_CODE_FINAL, RHUB_REJECTED, NO, false, "a parameter is missing or refused",
     "compare the parameters with the model's"},
    {"380", RH_CODE_FINAL, RHUB_REJECTED, NO, false, "there is no such workflow",
     "check the number in the address of the workflow's page"},
    {"412", RH_CODE_FINAL, RHUB_AUTH, NO, false, "the token is refused",
     "check the path of the call, then the key"},
    {"414", RH_CODE_FINAL, RHUB_FUNDS, NO, false, "the account has not enough coins", TOP_UP},
    {"415", RH_CODE_MACHINES, RHUB_BUSY, NO, true, "no machine is free", "try later"},
    {"416", RH_CODE_FINAL, RHUB_FUNDS, NO, false, "the account's wallet is empty", TOP_UP},
    {"421", RH_CODE_FULL, RHUB_BUSY, NO, true, "all places of the account are taken",
     "wait for a task to end, or lower the concurrency"},
    {"423", RH_CODE_GONE, RHUB_GONE, MAYBE, false, "the service knows no such task",
     "check the id and the site (.ai or .cn)"},
    {"433", RH_CODE_FINAL, RHUB_REJECTED, NO, false, "the workflow's graph is refused",
     "run it once on the web page and save it"},
    {"435", RH_CODE_FINAL, RHUB_REJECTED, NO, false,
     "the key has no dedicated machine of that type", "try instanceType plus"},
    {"436", RH_CODE_FINAL, RHUB_AUTH, NO, false, "this call needs a dedicated key",
     "use an enterprise dedicated key"},
    {"500", RH_CODE_BROKEN, RHUB_NETWORK, MAYBE, true, "the service met an error", NULL},
    {"801", RH_CODE_FINAL, RHUB_AUTH, NO, false, "a free account may not use the API",
     "use the key of a basic membership or higher; standard models need an enterprise shared key"},
    {"802", RH_CODE_FINAL, RHUB_AUTH, NO, false, "the service does not know the API key",
     CHECK_KEY},
    {"803", RH_CODE_FINAL, RHUB_REJECTED, NO, false, "the node list does not fit the workflow",
     "compare nodeId and fieldName with the workflow"},
    {"804", RH_CODE_STATE, RHUB_OK, MAYBE, false, "the task is running", NULL},
    {"805", RH_CODE_FINAL, RHUB_FAILED, YES, false, "the task failed", NULL},
    {"806", RH_CODE_FINAL, RHUB_AUTH, NO, false, "the API key has no user", CHECK_KEY},
    {"807", RH_CODE_GONE, RHUB_GONE, MAYBE, false,
     "the service knows no such task: it never existed here, or its record has expired",
     "check the id and the site (.ai or .cn)"},
    {"808", RH_CODE_AGAIN, RHUB_NETWORK, NO, true, "the service could not take the upload",
     "try again"},
    {"809", RH_CODE_FINAL, RHUB_REJECTED, NO, false, "the file is too large (over 30 MB)",
     "make it smaller, or pass an http(s) address"},
    {"810", RH_CODE_FINAL, RHUB_REJECTED, NO, false, "the workflow was never saved or never run",
     "run it once on the web page and save it"},
    {"811", RH_CODE_FINAL, RHUB_AUTH, NO, false, "the enterprise key is refused", CHECK_KEY},
    {"812", RH_CODE_FINAL, RHUB_FUNDS, NO, false, "the enterprise wallet is empty", TOP_UP},
    {"813", RH_CODE_STATE, RHUB_OK, MAYBE, false, "the task is queued", NULL},
    {"814", RH_CODE_FULL, RHUB_BUSY, NO, true, "the personal queue is full (1000 tasks)",
     "wait for a task to end"},
    {"901", RH_CODE_FINAL, RHUB_REJECTED, NO, false, "there is no such AI app",
     "check the number in the address of the app's page"},
};

static int compare_code(const void *key, const void *entry) {
  return strcmp(key, ((const rh_code *)entry)->code);
}

const rh_code *rh_code_find(const char *code) {
  return bsearch(code ? code : "", codes, sizeof codes / sizeof *codes, sizeof *codes,
                 compare_code);
}
