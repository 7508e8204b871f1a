/* Each allocation of the pure parts failing in turn, ours and jansson's: the answer is right or
 * says that memory was short, and nothing leaks. The parts are compiled in here, so that their
 * allocations can be counted. */
#include "unit.h"

#include <jansson.h>
#include <stdbool.h>

static long live;      /* allocations not freed yet */
static long countdown; /* allocations that still succeed; negative: all do */
static bool for_good;  /* once one has failed, all do */
static bool jansson_only;
static long failed;

static bool fails(bool jansson) {
  if (countdown < 0 || (jansson_only && !jansson)) return false;
  if (countdown > 0) {
    countdown--;
    return false;
  }
  failed++;
  if (!for_good) countdown = -1;
  return true;
}

static void *take(void *memory) {
  if (memory) live++;
  return memory;
}

static void *try_malloc(size_t size) {
  return fails(false) ? NULL : take(malloc(size));
}

static void *try_calloc(size_t count, size_t size) {
  return fails(false) ? NULL : take(calloc(count, size));
}

static void *try_realloc(void *old, size_t size) {
  if (fails(false)) return NULL;
  if (!old) live++;
  return realloc(old, size);
}

static char *try_strdup(const char *text) {
  return fails(false) ? NULL : take(strdup(text));
}

static void try_free(void *memory) {
  if (memory) live--;
  free(memory);
}

static void *jansson_malloc(size_t size) {
  return fails(true) ? NULL : take(malloc(size));
}

#undef strdup
#define malloc  try_malloc
#define calloc  try_calloc
#define realloc try_realloc
#define strdup  try_strdup
#define free    try_free
#include "core/budget.c"
#include "core/config_file.c"
#include "core/credentials.c"
#include "core/pace.c"
#include "core/params.c"
#include "core/repair.c"
#include "core/reply_words.c"
#include "core/reply.c"
#undef malloc
#undef calloc
#undef realloc
#undef strdup
#undef free

/* Runs `attempt` with the first, the second, ... allocation failing until none is left to fail. */
static void each_in_turn(void (*attempt)(void)) {
  for (int mode = 0; mode < 4; mode++) {
    for_good = mode & 1;
    jansson_only = mode & 2;
    long n = 0;
    do {
      countdown = n++;
      failed = 0;
      live = 0;
      attempt();
      countdown = -1;
      assert_int_equal(live, 0);
      assert_true(n < 10000);
    } while (failed > 0);
  }
}

/* ---- replies ------------------------------------------------------------------------------- */

static const char *body;

static void parse_body(void) {
  rh_reply reply;
  rh_parse result = rh_reply_parse(body, strlen(body), true, &reply);
  assert_true(result == RH_PARSE_OK || result == RH_PARSE_NOMEM);
  if (failed == 0) assert_int_equal(result, RH_PARSE_OK);
  if (result == RH_PARSE_OK) assert_string_equal(reply.task_id, "2013508786110730241");
  rh_reply_clear(&reply);
}

static void replies_are_read_or_not(void **state) {
  (void)state;
  /* No number of more than 15 digits here: jansson (2.14) aborts where it has no memory for one. */
  static const char *const bodies[] = {
      "{\"taskId\":\" 2013508786110730241 \",\"status\":\" RUNNING \",\"errorCode\":1000}",
      "{\"taskId\":\"2013508786110730241\",\"status\":\"SUCCESS\",\"failedReason\":{\"node_id\":3,"
      "\"exception_message\":\"x\"},\"usage\":{\"consumeMoney\":2.1,\"thirdPartyConsumeMoney\":"
      "\"0.14\",\"consumeCoins\":7},\"results\":[{\"url\":\"https://a\",\"nodeId\":7},\"b\"]}",
      "{\"code\":0,\"msg\":\"\",\"data\":{\"taskId\":\"2013508786110730241\",\"a\":[1,2,{}]}}",
      "{\"taskId\":\"2013508786110730241\",\"errorMessage\":\"\xFF\",\"n\":1e999}",
      "{\"taskId\":\"2013508786110730241\",\"\\u0000\":1}",
      "{\"taskId\":\"2013508786110730241\",\"promptTips\":\"{\\\"node_errors\\\":{\\\"6\\\":{"
      "\\\"errors\\\":[{\\\"message\\\":\\\"m\\\"}]}}}\"}",
      "{\"code\":433,\"data\":{\"taskId\":\"2013508786110730241\",\"6\":{\"errors\":[{\"type\":"
      "\"t\"}]}}}",
  };
  json_set_alloc_funcs(jansson_malloc, try_free);
  for (size_t i = 0; i < COUNT(bodies); i++) {
    body = bodies[i];
    each_in_turn(parse_body);
  }
  json_set_alloc_funcs(malloc, free);
}

static void parse_rubbish(void) {
  rh_reply reply;
  rh_parse result = rh_reply_parse(body, strlen(body), true, &reply);
  assert_true(result == RH_PARSE_BAD || result == RH_PARSE_NOMEM);
  if (failed == 0) assert_int_equal(result, RH_PARSE_BAD);
}

static void rubbish_stays_rubbish(void **state) {
  (void)state;
  static const char *const bodies[] = {"<html>", "{\"error\":\"x\"}", "[1]", "\"text\"",
                                       "{\"taskId\":"};
  json_set_alloc_funcs(jansson_malloc, try_free);
  for (size_t i = 0; i < COUNT(bodies); i++) {
    body = bodies[i];
    each_in_turn(parse_rubbish);
  }
  json_set_alloc_funcs(malloc, free);
}

/* ---- parameters ---------------------------------------------------------------------------- */

static void edit_params(void) {
  static const char text[] = "{\"a\":1,\"b\":[2]}";
  const char *pointers[] = {"/a", "/b/0"}, *addresses[] = {"x", "y"};
  size_t len;
  char *placed = rh_params_place(text, sizeof text - 1, pointers, addresses, 2, &len);
  if (placed) assert_string_equal(placed, "{\"a\":\"x\",\"b\":[\"y\"]}");
  char *with = rh_params_with(NULL, 0, "k", "v", &len);
  if (with) assert_string_equal(with, "{\"k\":\"v\"}");
  assert_true(failed > 0 || (placed && with));
  try_free(placed);
  try_free(with);
}

static void parameters_are_edited_or_not(void **state) {
  (void)state;
  each_in_turn(edit_params);
}

/* ---- histories ----------------------------------------------------------------------------- */

static void make_histories(void) {
  rh_pace *pace = rh_pace_new(1, 1, 5, 10);
  for (int i = 0; pace && i < 20; i++) {
    char name[20];
    snprintf(name, sizeof name, "%d", i);
    rh_pace_model *model = rh_pace_for(pace, name);
    if (model) rh_pace_learn(model, i);
    assert_true(model || failed > 0);
  }
  assert_true(pace || failed > 0);
  rh_pace_free(pace);
}

static void histories_are_kept_or_not(void **state) {
  (void)state;
  each_in_turn(make_histories);
}

/* ---- money --------------------------------------------------------------------------------- */

static void read_price(void) {
  rh_reply reply;
  rh_price price;
  if (rh_reply_parse(body, strlen(body), false, &reply) != RH_PARSE_OK) return;
  rh_reply_price(&reply, &price);
  if (price.amount) assert_string_equal(price.amount, "0.14");
  assert_true(price.amount || failed > 0);
  rh_reply_clear(&reply);
}

static void prices_are_read_or_not(void **state) {
  (void)state;
  /* Ours only: jansson (2.14) reads past a name of 14 letters that it has no memory for. */
  static const char *const bodies[] = {
      "{\"errorCode\":\"\",\"estimatedPrice\":0.14,\"currency\":\" CNY \"}",
      "{\"errorCode\":\"\",\"estimatedPrice\":\" 0.14\"}",
  };
  for (size_t i = 0; i < COUNT(bodies); i++) {
    body = bodies[i];
    each_in_turn(read_price);
  }
}

/* Without memory a dear model is forgotten, and what is held stays so; the sums are right. */
static void keep_books(void) {
  rh_budget b;
  rh_charge charge = {"3", NULL, true, false};
  int64_t held;
  rh_settled how;
  rh_budget_init(&b, 100000);
  rh_budget_settle(&b, rh_budget_reserve(&b, 20000), "m", &charge);
  rh_budget_hold(&b, rh_budget_reserve(&b, 20000), "m", "7");
  assert_true(b.spent == 30000 && b.held == 20000);
  if (failed == 0) assert_true(rh_budget_price(&b, "m", 0) == 30000);
  bool found = rh_budget_settle_held(&b, "7", &charge, &held, &how);
  assert_true(found || failed > 0);
  assert_true(b.spent == (found ? 60000 : 30000) && b.held == (found ? 0 : 20000));
  assert_int_equal(b.unknown, found ? 0 : 1);
  rh_budget_clear(&b);
}

static void books_are_kept(void **state) {
  (void)state;
  each_in_turn(keep_books);
}

/* ---- credentials --------------------------------------------------------------------------- */

static char config[] = "/tmp/rhub-nomem-XXXXXX";

static void load_credentials(void) {
  rhub_options options = RHUB_OPTIONS_INIT;
  rh_credentials credentials;
  rhub_error error;
  options.config_file = config;
  rhub_status status = rh_credentials_load(&options, &credentials, &error);
  assert_true(status == RHUB_OK || status == RHUB_NOMEM);
  if (status == RHUB_NOMEM) assert_int_equal(error.status, RHUB_NOMEM);
  assert_true(status == RHUB_OK || failed > 0);
  rh_credentials_clear(&credentials);
}

static void find_the_usual_file(void) {
  rhub_options options = RHUB_OPTIONS_INIT;
  rh_credentials credentials;
  rhub_error error;
  rhub_status status = rh_credentials_load(&options, &credentials, &error);
  assert_true(status == (failed > 0 ? RHUB_NOMEM : RHUB_CONFIG));
}

static void credentials_are_loaded_or_not(void **state) {
  (void)state;
  unsetenv("RUNNINGHUB_API_KEY");
  unsetenv("RH_API_KEY");
  unsetenv("RH_API_BASE_URL");
  setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
  int fd = mkstemp(config);
  assert_true(fd >= 0);
  static const char text[] = "key = aaaaaaaa\nkey = bbbbbbbb\nsite = cn\n";
  assert_int_equal(write(fd, text, sizeof text - 1), (ssize_t)(sizeof text - 1));
  close(fd);
  each_in_turn(load_credentials);
  unlink(config);
  each_in_turn(find_the_usual_file);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(replies_are_read_or_not, "a reply is read, or memory was short"),
      TEST(rubbish_stays_rubbish, "rubbish is never taken for a lack of memory"),
      TEST(prices_are_read_or_not, "a price is read whole, or not at all"),
      TEST(books_are_kept, "the sums of a budget need no memory"),
      TEST(parameters_are_edited_or_not, "parameters are edited whole, or not at all"),
      TEST(histories_are_kept_or_not, "histories are kept, or not made"),
      TEST(credentials_are_loaded_or_not, "credentials are loaded whole, or not at all"),
  };
  return cmocka_run_group_tests_name("nomem", tests, NULL, NULL);
}
