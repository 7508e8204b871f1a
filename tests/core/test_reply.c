/* Replies: every variant of the protocol file becomes the same value. */
#include "unit.h"
#include "core/reply.h"

static rh_reply parse(const char *body) {
  rh_reply reply;
  rh_parse result = rh_reply_parse(body, strlen(body), true, &reply);
  if (result != RH_PARSE_OK) fail_msg("not read (%d): %s", result, body);
  return reply;
}

static void refuse(const char *body, size_t len) {
  rh_reply reply;
  memset(&reply, 0xAA, sizeof reply);
  assert_int_equal(rh_reply_parse(body, len, true, &reply), RH_PARSE_BAD);
  static const rh_reply none;
  assert_memory_equal(&reply, &none, sizeof none);
  rh_reply_clear(&reply);
}

static void an_envelope_in_an_envelope_hides_no_task(void **state) {
  (void)state;
  static const char *const bodies[] = {
      "{\"code\":0,\"data\":{\"code\":0,\"msg\":\"success\",\"data\":{\"taskId\":7,"
      "\"taskStatus\":\"RUNNING\"}}}",
      "{\"code\":0,\"data\":{\"taskId\":\"7\",\"taskStatus\":\"RUNNING\"}}",
      "{\"code\":\"0\",\"data\":{\"code\":\"0\",\"data\":{\"taskId\":\"7\",\"taskStatus\":"
      "\"RUNNING\"}}}",
  };
  for (size_t i = 0; i < COUNT(bodies); i++) {
    rh_reply r;
    assert_int_equal(rh_reply_parse(bodies[i], strlen(bodies[i]), false, &r), RH_PARSE_OK);
    assert_string_equal(r.task_id, "7");
    assert_int_equal(r.status, RH_TASK_RUNNING);
    rh_reply_clear(&r);
  }
  const char *refused = "{\"code\":0,\"data\":{\"code\":421,\"msg\":\"full\",\"data\":null}}";
  rh_reply r;
  assert_int_equal(rh_reply_parse(refused, strlen(refused), false, &r), RH_PARSE_OK);
  assert_string_equal(r.code, "421");
  rh_reply_clear(&r);
}

/* ---- shape B ------------------------------------------------------------------------------- */

static void a_running_task_is_read(void **state) {
  (void)state;
  rh_reply r =
      parse("{\"taskId\":\"2013508786110730241\",\"status\":\"RUNNING\",\"errorCode\":\"\","
            "\"errorMessage\":\"\",\"results\":null,\"clientId\":\"f8\",\"promptTips\":\"{}\","
            "\"failedReason\":{},\"usage\":null}");
  assert_string_equal(r.task_id, "2013508786110730241");
  assert_int_equal(r.status, RH_TASK_RUNNING);
  assert_string_equal(r.code, "");
  assert_string_equal(r.message, "");
  assert_string_equal(r.reason, "");
  assert_false(r.has_results);
  assert_false(r.legacy);
  assert_null(r.amount);
  assert_null(r.coins);
  assert_null(r.data);
  assert_null(r.kept); /* nothing was copied */
  rh_reply_clear(&r);
}

static void a_success_has_outputs_and_a_price(void **state) {
  (void)state;
  rh_reply r = parse(
      "{\"taskId\":\"2013508786110730241\",\"parentTaskId\":null,\"status\":\"SUCCESS\","
      "\"errorCode\":\"\",\"errorMessage\":\"\",\"failedReason\":{},\"usage\":{\"consumeMoney\":"
      "null,"
      "\"consumeCoins\":null,\"taskCostTime\":\"0\",\"thirdPartyConsumeMoney\":\"0.14\"},"
      "\"results\":[{\"url\":\"https://example.com/o.png\",\"nodeId\":\"2\",\"outputType\":\"png\","
      "\"text\":null}],\"clientId\":\"\",\"promptTips\":\"\"}");
  assert_int_equal(r.status, RH_TASK_SUCCESS);
  assert_true(r.has_results);
  assert_int_equal(r.output_count, 1);
  assert_string_equal(r.outputs[0].url, "https://example.com/o.png");
  assert_string_equal(r.outputs[0].node_id, "2");
  assert_string_equal(r.outputs[0].type, "png");
  assert_null(r.outputs[0].text);
  assert_string_equal(r.amount, "0.14");
  assert_null(r.coins);
  rh_reply_clear(&r);
}

static void a_price_preview_tells_a_price(void **state) {
  (void)state;
  static const struct {
    const char *body, *amount, *currency;
    bool is_free;
  } told[] = {
      {"{\"errorCode\":\"\",\"estimatedPrice\":0.14,\"currency\":\"CNY\",\"isFreeThisCall\":false}",
       "0.14", "CNY", false},
      {"{\"errorCode\":\"\",\"estimatedPrice\":\" 2.10 \",\"isFreeThisCall\":true}", "2.10", "",
       true},
      {"{\"errorCode\":\"\",\"estimatedPrice\":3,\"isFreeThisCall\":1}", "3", "", false},
      {"{\"errorCode\":\"\",\"estimatedPrice\":1e-1}", "0.1", "", false},
      {"{\"code\":0,\"data\":{\"estimatedPrice\":\"7\",\"currency\":\"USD\"}}", "7", "USD", false},
      {"{\"errorCode\":\"\",\"estimatedPrice\":null}", NULL, "", false},
      {"{\"errorCode\":\"\",\"estimatedPrice\":-1,\"currency\":5}", NULL, "5", false},
      {"{\"errorCode\":\"\",\"estimatedPrice\":true}", NULL, "", false},
      {"{\"errorCode\":\"\"}", NULL, "", false},
  };
  for (size_t i = 0; i < COUNT(told); i++) {
    rh_reply r = parse(told[i].body);
    rh_price price;
    rh_reply_price(&r, &price);
    if (told[i].amount)
      assert_string_equal(price.amount, told[i].amount);
    else
      assert_null(price.amount);
    assert_string_equal(price.currency, told[i].currency);
    assert_true(price.is_free == told[i].is_free);
    rh_reply_clear(&r);
  }
}

static void outputs_have_many_spellings(void **state) {
  (void)state;
  rh_reply r = parse(
      "{\"taskId\":\"1\",\"status\":\"SUCCESS\",\"results\":[{\"outputUrl\":\"https://a\"},"
      "{\"fileUrl\":\"https://b\",\"fileType\":\"mp4\",\"nodeId\":9},{\"content\":\"words\"},"
      "{\"output\":\"more\",\"url\":\"\"},{\"url\":null,\"text\":null},{\"text\":\"\"},{},null,7,"
      "{\"text\":\"\",\"outputType\":\"png\"},{\"url\":\"\",\"text\":\"\"},"
      "\"https://c\",\"plain\",{\"url\":\"https://d\",\"text\":\"\"}]}");
  assert_int_equal(r.output_count, 8);
  assert_string_equal(r.outputs[0].url, "https://a");
  assert_string_equal(r.outputs[1].url, "https://b");
  assert_string_equal(r.outputs[1].type, "mp4");
  assert_string_equal(r.outputs[1].node_id, "9");
  assert_string_equal(r.outputs[2].text, "words");
  assert_int_equal(r.outputs[2].text_len, 5);
  assert_null(r.outputs[2].url);
  assert_string_equal(r.outputs[3].text, "more");
  assert_null(r.outputs[3].url);
  assert_string_equal(r.outputs[4].text, "");
  assert_int_equal(r.outputs[4].text_len, 0);
  assert_string_equal(r.outputs[5].url, "https://c");
  assert_string_equal(r.outputs[6].text, "plain");
  assert_string_equal(r.outputs[7].url, "https://d");
  assert_null(r.outputs[7].text);
  rh_reply_clear(&r);
}

static void an_empty_list_is_not_an_absent_one(void **state) {
  (void)state;
  rh_reply r = parse("{\"taskId\":\"1\",\"status\":\"SUCCESS\",\"results\":[]}");
  assert_true(r.has_results);
  assert_int_equal(r.output_count, 0);
  rh_reply_clear(&r);
  r = parse("{\"taskId\":\"1\",\"status\":\"\",\"results\":[]}");
  assert_int_equal(r.status, RH_TASK_NONE);
  rh_reply_clear(&r);
  r = parse("{\"taskId\":\"1\",\"status\":\"\",\"results\":[{\"url\":\"https://a\"}]}");
  assert_int_equal(r.status, RH_TASK_SUCCESS);
  rh_reply_clear(&r);
}

static void statuses_are_understood_in_any_dress(void **state) {
  (void)state;
  static const struct {
    const char *text;
    rh_task_status status;
  } names[] = {{"CREATE", RH_TASK_QUEUED},
               {"queued", RH_TASK_QUEUED},
               {" Running\\n", RH_TASK_RUNNING},
               {"SUCCESS", RH_TASK_SUCCESS},
               {"FAILED", RH_TASK_FAILED},
               {"error", RH_TASK_FAILED},
               {"TIMEOUT", RH_TASK_FAILED},
               {"CANCEL", RH_TASK_CANCELLED},
               {"Canceled", RH_TASK_CANCELLED},
               {"CANCELLED", RH_TASK_CANCELLED},
               {"  ", RH_TASK_NONE},
               {"", RH_TASK_NONE},
               {"POSTPROCESSING", RH_TASK_OTHER}};
  for (size_t i = 0; i < COUNT(names); i++) {
    char body[100];
    snprintf(body, sizeof body, "{\"taskId\":\"1\",\"status\":\"%s\"}", names[i].text);
    rh_reply r = parse(body);
    assert_int_equal(r.status, names[i].status);
    if (r.status == RH_TASK_OTHER) assert_string_equal(r.status_text, "POSTPROCESSING");
    rh_reply_clear(&r);
  }
}

static void rejections_carry_code_and_message(void **state) {
  (void)state;
  rh_reply r = parse("{\"errorCode\":\"421\",\"errorMessage\":\"api queue limit reached | full\"}");
  assert_string_equal(r.code, "421");
  assert_string_equal(r.message, "api queue limit reached | full");
  assert_string_equal(r.task_id, "");
  assert_int_equal(r.status, RH_TASK_NONE);
  rh_reply_clear(&r);
  r = parse("{\"taskId\":null,\"status\":null,\"errorCode\":1002,\"errorMessage\":null}");
  assert_string_equal(r.code, "1002");
  assert_string_equal(r.message, "");
  rh_reply_clear(&r);
}

static void no_error_has_many_spellings(void **state) {
  (void)state;
  static const char *const none[] = {"null", "\"\"", "\"0\"", "0", "\" 0 \"", "200", "\"200\""};
  for (size_t i = 0; i < COUNT(none); i++) {
    char body[100];
    snprintf(body, sizeof body, "{\"taskId\":\"1\",\"status\":\"QUEUED\",\"errorCode\":%s}",
             none[i]);
    rh_reply r = parse(body);
    assert_string_equal(r.code, "");
    rh_reply_clear(&r);
  }
}

/* ---- ids ----------------------------------------------------------------------------------- */

static void ids_are_exact(void **state) {
  (void)state;
  static const struct {
    const char *body, *id;
  } cases[] = {
      {"{\"taskId\":2013508786110730241,\"status\":\"\"}", "2013508786110730241"},
      {"{\"task_id\":9223372036854775807}", "9223372036854775807"},
      {"{\"taskId\":18446744073709551615}", "18446744073709551615"},
      {"{\"taskId\":\" 2013508786110730241 \"}", "2013508786110730241"},
      {"{\"code\":0,\"data\":{\"taskId\":1910246754753896450}}", "1910246754753896450"},
      {"{\"code\":0,\"msg\":\"ok\",\"taskId\":\"77\",\"data\":null}", "77"},
      {"{\"code\":0,\"taskId\":\"77\",\"data\":{}}", "77"},
      {"{\"taskId\":\"0\"}", ""},
      {"{\"taskId\":0}", ""},
      {"{\"taskId\":null,\"task_id\":\"5\"}", "5"},
      {"{\"taskId\":{\"a\":1}}", ""},
      {"{\"taskId\":\"two words\"}", ""},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    rh_reply r = parse(cases[i].body);
    assert_string_equal(r.task_id, cases[i].id);
    rh_reply_clear(&r);
  }
}

/* ---- shape A ------------------------------------------------------------------------------- */

static void the_envelope_is_read(void **state) {
  (void)state;
  rh_reply r =
      parse("{\"code\":0,\"msg\":\"success\",\"errorMessages\":null,\"data\":{\"netWssUrl\":null,"
            "\"taskId\":\"1910246754753896450\",\"taskStatus\":\"QUEUED\"}}");
  assert_true(r.legacy);
  assert_string_equal(r.code, "");
  assert_string_equal(r.task_id, "1910246754753896450");
  assert_int_equal(r.status, RH_TASK_QUEUED);
  rh_reply_clear(&r);

  r = parse("{\"code\":433,\"msg\":\"VALIDATE_PROMPT_FAILED\",\"data\":\"{...}\"}");
  assert_string_equal(r.code, "433");
  assert_string_equal(r.message, "VALIDATE_PROMPT_FAILED");
  assert_int_equal(r.status, RH_TASK_NONE);
  rh_reply_clear(&r);
}

static void data_keeps_its_spelling(void **state) {
  (void)state;
  static const struct {
    const char *body, *data;
  } cases[] = {
      {"{\"code\":0,\"msg\":\"\",\"data\": {\"b\": 0.140, \"a\":[1 , 2],\"n\":1e2} }",
       "{\"b\": 0.140, \"a\":[1 , 2],\"n\":1e2}"},
      {"{\"code\":0,\"data\":null}", "null"},
      {"{\"code\":0}", "null"},
      {"{\"code\":0,\"data\":\"RUNNING\"}", "\"RUNNING\""},
      {"{\"code\":0,\"data\":[]}", "[]"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    rh_reply r = parse(cases[i].body);
    assert_string_equal(r.data, cases[i].data);
    assert_int_equal(r.data_len, strlen(cases[i].data));
    rh_reply_clear(&r);
  }
  rh_reply r;
  assert_int_equal(rh_reply_parse("{\"code\":0,\"data\":7}", 19, false, &r), RH_PARSE_OK);
  assert_null(r.data);
  rh_reply_clear(&r);
}

static void legacy_states_are_states(void **state) {
  (void)state;
  static const struct {
    const char *body;
    rh_task_status status;
  } cases[] = {
      {"{\"code\":0,\"msg\":\"\",\"data\":\"RUNNING\"}", RH_TASK_RUNNING},
      {"{\"code\":0,\"msg\":\"\",\"data\":\"some text\"}", RH_TASK_NONE},
      {"{\"code\":804,\"msg\":\"APIKEY_TASK_IS_RUNNING\",\"data\":{\"netWssUrl\":\"wss://x\"}}",
       RH_TASK_RUNNING},
      {"{\"code\":813,\"msg\":\"APIKEY_TASK_IS_QUEUED\",\"data\":null}", RH_TASK_QUEUED},
      {"{\"code\":\"813\",\"msg\":\"\",\"data\":null}", RH_TASK_QUEUED},
      {"{\"code\":0,\"msg\":\"APIKEY_TASK_IS_RUNNING\",\"data\":null}", RH_TASK_RUNNING},
      {"{\"code\":805,\"msg\":\"APIKEY_TASK_STATUS_ERROR\",\"data\":null}", RH_TASK_FAILED},
      {"{\"code\":807,\"msg\":\"APIKEY_TASK_NOT_FOUND\",\"data\":null}", RH_TASK_NONE},
      {"{\"code\":0,\"msg\":\"success\",\"data\":null}", RH_TASK_NONE},
      {"{\"taskId\":\"1\",\"status\":\"\",\"errorCode\":\"804\"}", RH_TASK_RUNNING},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    rh_reply r = parse(cases[i].body);
    assert_int_equal(r.status, cases[i].status);
    rh_reply_clear(&r);
  }
}

static void legacy_outputs_are_a_success(void **state) {
  (void)state;
  rh_reply r =
      parse("{\"code\":0,\"msg\":\"success\",\"data\":[{\"fileUrl\":\"https://x/"
            "1.png\",\"fileType\":\"png\","
            "\"taskCostTime\":\"83\",\"nodeId\":\"12\",\"thirdPartyConsumeMoney\":null,"
            "\"consumeMoney\":null,\"consumeCoins\":\"17\"},{\"fileUrl\":\"https://x/2.png\","
            "\"consumeCoins\":\"17\"}]}");
  assert_int_equal(r.status, RH_TASK_SUCCESS);
  assert_int_equal(r.output_count, 2);
  assert_string_equal(r.outputs[1].url, "https://x/2.png");
  assert_string_equal(r.coins, "17"); /* once, though each output tells it */
  assert_null(r.amount);
  rh_reply_clear(&r);
}

static void the_flat_shape_inside_the_envelope_is_read(void **state) {
  (void)state;
  rh_reply r =
      parse("{\"code\":0,\"msg\":\"success\",\"data\":{\"taskId\":\"9\",\"status\":\"SUCCESS\","
            "\"errorCode\":\"\",\"usage\":{\"consumeMoney\":\"1\"},"
            "\"results\":[{\"url\":\"https://a\"}]}}");
  assert_string_equal(r.task_id, "9");
  assert_int_equal(r.status, RH_TASK_SUCCESS);
  assert_string_equal(r.outputs[0].url, "https://a");
  assert_string_equal(r.amount, "1");
  rh_reply_clear(&r);
  r = parse("{\"code\":0,\"msg\":\"success\",\"data\":{\"taskId\":\"\",\"status\":\"\","
            "\"errorCode\":\"1007\",\"errorMessage\":\"bad ratio\"}}");
  assert_string_equal(r.code, "1007");
  assert_string_equal(r.message, "bad ratio");
  rh_reply_clear(&r);
}

static void uploads_are_read(void **state) {
  (void)state;
  rh_reply r = parse("{\"code\":0,\"message\":\"success\",\"data\":{\"type\":\"image\",\"download_"
                     "url\":\"https://s?x=1\","
                     "\"fileName\":\"openapi/ab.png\",\"size\":\"3490\"}}");
  assert_string_equal(r.download_url, "https://s?x=1");
  assert_string_equal(r.file_name, "openapi/ab.png");
  rh_reply_clear(&r);
  r = parse("{\"code\":200,\"data\":{\"download_url\":\"https://s\",\"filename\":\"f\"}}");
  assert_string_equal(r.code, "");
  assert_string_equal(r.file_name, "f");
  rh_reply_clear(&r);
  r = parse("{\"code\":1,\"msg\":\"API Key\xE4\xB8\x8D\xE5\xAD\x98\xE5\x9C\xA8\",\"data\":null}");
  assert_string_equal(r.code, "1");
  assert_string_equal(r.download_url, "");
  rh_reply_clear(&r);
}

/* ---- usage and reasons --------------------------------------------------------------------- */

static void usage_is_exact(void **state) {
  (void)state;
  static const struct {
    const char *usage, *amount, *coins;
  } cases[] = {
      {"{\"consumeMoney\":\"2.1\",\"thirdPartyConsumeMoney\":\"0.14\"}", "2.24", NULL},
      {"{\"consumeMoney\":2.1,\"thirdPartyConsumeMoney\":0.14}", "2.24", NULL},
      {"{\"consumeMoney\":0.14}", "0.14", NULL},
      {"{\"consumeMoney\":5,\"consumeCoins\":25}", "5", "25"},
      {"{\"consumeMoney\":\"2.10\",\"consumeCoins\":\"25\"}", "2.10", "25"},
      {"{\"consumeMoney\":0,\"thirdPartyConsumeMoney\":\"0\"}", "0", NULL},
      {"{\"consumeMoney\":\"\",\"thirdPartyConsumeMoney\":null}", NULL, NULL},
      {"{\"consumeMoney\":\"free\",\"thirdPartyConsumeMoney\":\"0.14\"}", NULL, NULL},
      {"{\"consumeMoney\":\"-1\"}", NULL, NULL},
      {"{\"consumeMoney\":1e-2}", "0.01", NULL},
      {"{}", NULL, NULL},
      {"null", NULL, NULL},
      {"\"odd\"", NULL, NULL},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    char body[200];
    snprintf(body, sizeof body, "{\"taskId\":\"1\",\"status\":\"SUCCESS\",\"usage\":%s}",
             cases[i].usage);
    rh_reply r = parse(body);
    if (cases[i].amount) {
      assert_non_null(r.amount);
      assert_string_equal(r.amount, cases[i].amount);
    } else {
      assert_null(r.amount);
    }
    if (cases[i].coins) {
      assert_string_equal(r.coins, cases[i].coins);
    } else {
      assert_null(r.coins);
    }
    rh_reply_clear(&r);
  }
}

static void reasons_name_the_node(void **state) {
  (void)state;
  static const struct {
    const char *reason, *says;
  } cases[] = {
      {"{\"exception_type\":\"RuntimeError\",\"node_id\":\"12\",\"node_name\":\"KSampler\","
       "\"exception_message\":\"out of memory\\n\",\"traceback\":\"[]\"}",
       "KSampler (node 12): RuntimeError: out of memory"},
      {"{\"exception_message\":\"Porn\",\"traceback\":[1],\"current_inputs\":{}}", "Porn"},
      {"{\"node_id\":3,\"exception_message\":\"x\"}", "node 3: x"},
      {"{\"node_name\":\"K\"}", "K"},
      {"\"a sentence\"", "a sentence"},
      {"\"{}\"", ""},
      {"{}", ""},
      {"null", ""},
      {"[]", ""},
      {"{\"traceback\":\"only\"}", ""},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    char body[400];
    snprintf(body, sizeof body,
             "{\"taskId\":\"1\",\"status\":\"FAILED\",\"errorCode\":\"1000\",\"failedReason\":%s}",
             cases[i].reason);
    rh_reply r = parse(body);
    assert_string_equal(r.reason, cases[i].says);
    rh_reply_clear(&r);
  }
  rh_reply r =
      parse("{\"code\":805,\"msg\":\"APIKEY_TASK_STATUS_ERROR\",\"data\":{\"failedReason\":{"
            "\"exception_type\":\"torch.OutOfMemoryError\",\"node_name\":\"KSampler\","
            "\"node_id\":\"3\",\"exception_message\":\"...\"}}}");
  assert_string_equal(r.reason, "KSampler (node 3): torch.OutOfMemoryError: ...");
  rh_reply_clear(&r);
}

static void long_reasons_are_cut(void **state) {
  (void)state;
  char body[3000] = "{\"taskId\":\"1\",\"failedReason\":{\"exception_message\":\"";
  for (int i = 0; i < 800; i++) strcat(body, "\xE5\x9B\xBE");
  strcat(body, "\"}}");
  rh_reply r = parse(body);
  assert_int_equal(strlen(r.reason), 600);
  rh_reply_clear(&r);
}

/* ---- the lenient reading ------------------------------------------------------------------- */

#define WHOLE(text) text, sizeof(text) - 1 /* NULs inside count */

static void one_odd_byte_does_not_lose_a_task(void **state) {
  (void)state;
  static const struct {
    const char *body;
    size_t len;
    const char *message;
  } cases[] = {
      {WHOLE("{\"taskId\":\"7\",\"errorMessage\":\"a\xFF\x62\"}"), "a\xEF\xBF\xBD\x62"},
      {WHOLE("{\"taskId\":\"7\",\"errorMessage\":\"a\xE5\x9B\"}"), "a\xEF\xBF\xBD\xEF\xBF\xBD"},
      {WHOLE("{\"taskId\":\"7\",\"errorMessage\":\"a\\ud800b\"}"), "a\xEF\xBF\xBD\x62"},
      {WHOLE("{\"taskId\":\"7\",\"errorMessage\":\"a\\udc00\"}"), "a\xEF\xBF\xBD"},
      {WHOLE("{\"taskId\":\"7\",\"errorMessage\":\"\xFF\\ud83d\\ude00\"}"),
       "\xEF\xBF\xBD\xF0\x9F\x98\x80"},
      {WHOLE("{\"taskId\":\"7\",\"errorMessage\":\"a\nb\"}"), "a\nb"},
      {WHOLE("{\"taskId\":\"7\",\"errorMessage\":\"C:\\dir\"}"), "C:\\dir"},
      {WHOLE("{\"taskId\":\"7\",\"errorMessage\":\"a\\u0000b\"}"), "a"},
      {WHOLE("{\"taskId\":\"7\",\"errorMessage\":\"a\0b\"}"), "a"},
      {WHOLE("\xEF\xBB\xBF{\"taskId\":\"7\",\"errorMessage\":\"a\"}"), "a"},
      {WHOLE("{\"taskId\":\"7\",\"errorMessage\":\"a\"}\0\0"), "a"},
      {WHOLE("{\"taskId\":\"7\",\"errorMessage\":\"a\",\"n\":1e999}"), "a"},
      {WHOLE("{\"taskId\":\"7\",\"errorMessage\":\"a\",\"n\":123456789012345678901234567890}"),
       "a"},
      {WHOLE("{\"taskId\":\"7\",\"errorMessage\":\"a\",\"\\u0000k\":1}"), "a"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    rh_reply r;
    rh_parse result = rh_reply_parse(cases[i].body, cases[i].len, false, &r);
    if (result != RH_PARSE_OK) fail_msg("not read: %s", cases[i].body);
    assert_string_equal(r.task_id, "7");
    assert_string_equal(r.message, cases[i].message);
    rh_reply_clear(&r);
  }
}

static void text_outputs_may_hold_nuls(void **state) {
  (void)state;
  rh_reply r =
      parse("{\"taskId\":\"7\",\"status\":\"SUCCESS\",\"results\":[{\"text\":\"a\\u0000b\"}]}");
  assert_int_equal(r.outputs[0].text_len, 3);
  assert_memory_equal(r.outputs[0].text, "a\0b", 4);
  rh_reply_clear(&r);
  r = parse("{\"code\":0,\"taskId\":\"7\",\"data\":[{\"text\":\"\xFF\"}, 1e400]}");
  assert_string_equal(r.data, "[{\"text\":\"\xEF\xBF\xBD\"}, \"1e400\"]");
  rh_reply_clear(&r);
}

static void what_is_no_reply_is_refused(void **state) {
  (void)state;
  static const char *const bad[] = {
      "",
      " ",
      "null",
      "7",
      "\"text\"",
      "[]",
      "{}",
      "{\"error\":\"x\"}",
      "<html>502 Bad Gateway</html>",
      "{\"taskId\":\"7\"",
      "{\"taskId\":\"7",
      "{\"taskId\":\"7\"} x",
      "{\"timestamp\":1,\"status\":404,\"error\":\"Not Found\",\"path\":\"/x\"}",
      "{\"code\":null}",
      "{\"code\":{}}",
      "{\"taskId\":}",
      "{'taskId':'7'}",
      "\xFF",
      "{\"code\":0,}",
  };
  for (size_t i = 0; i < COUNT(bad); i++) refuse(bad[i], strlen(bad[i]));
  refuse(NULL, 0);
}

static void nesting_is_bounded(void **state) {
  (void)state;
  enum { DEEP = 200000 };
  char *body = malloc(DEEP * 2 + 100);
  strcpy(body, "{\"taskId\":\"7\",\"x\":");
  size_t n = strlen(body);
  memset(body + n, '[', DEEP);
  memset(body + n + DEEP, ']', DEEP);
  strcpy(body + n + 2 * DEEP, "}");
  refuse(body, strlen(body));
  free(body);
}

static void a_reply_may_be_moved(void **state) {
  (void)state;
  rh_reply a = parse("{\"taskId\":5,\"usage\":{\"consumeMoney\":0.5},\"results\":[\"https://x\"]}");
  rh_reply b = a;
  memset(&a, 0, sizeof a);
  assert_string_equal(b.task_id, "5");
  assert_string_equal(b.outputs[0].url, "https://x");
  rh_reply_clear(&b);
  rh_reply_clear(&a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(an_envelope_in_an_envelope_hides_no_task, "an envelope in an envelope hides no task"),
      TEST(a_running_task_is_read, "a running task is read without a copy"),
      TEST(a_success_has_outputs_and_a_price, "a success has outputs and a price"),
      TEST(a_price_preview_tells_a_price, "a price-preview tells a price, or none"),
      TEST(outputs_have_many_spellings,
           "outputs have many spellings, a text may be empty, other empty ones are left out"),
      TEST(an_empty_list_is_not_an_absent_one, "an empty list of results is not an absent one"),
      TEST(statuses_are_understood_in_any_dress, "statuses are trimmed and compared without case"),
      TEST(rejections_carry_code_and_message, "a rejection carries code and message"),
      TEST(no_error_has_many_spellings, "\"no error\" has many spellings"),
      TEST(ids_are_exact, "ids are exact text, wherever and however they come"),
      TEST(the_envelope_is_read, "the legacy envelope is read"),
      TEST(data_keeps_its_spelling, "the envelope's data keeps its spelling"),
      TEST(legacy_states_are_states, "804 and 813 are states, 805 is a failed task"),
      TEST(legacy_outputs_are_a_success, "legacy outputs are a success that is paid once"),
      TEST(the_flat_shape_inside_the_envelope_is_read,
           "the flat shape is read inside the envelope"),
      TEST(uploads_are_read, "uploads tell address and file name"),
      TEST(usage_is_exact, "money is summed exactly from strings and numbers"),
      TEST(reasons_name_the_node, "reasons name node, kind and words"),
      TEST(long_reasons_are_cut, "long reasons are cut at a character"),
      TEST(one_odd_byte_does_not_lose_a_task, "one odd byte does not lose a task"),
      TEST(text_outputs_may_hold_nuls, "text outputs may hold NULs"),
      TEST(what_is_no_reply_is_refused, "what is no reply is refused"),
      TEST(nesting_is_bounded, "nesting is bounded"),
      TEST(a_reply_may_be_moved, "a reply may be moved by value"),
  };
  return cmocka_run_group_tests_name("reply", tests, NULL, NULL);
}
