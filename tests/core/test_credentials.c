/* Where key, site and address come from; what is refused; the seal. */
#include "unit.h"
#include "core/credentials.h"

#include <fcntl.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEY  "0123456789abcdef0123456789abcdef"
#define KEY2 "fedcba9876543210fedcba9876543210"

static char home[] = "/tmp/rhub-credentials-XXXXXX", config[200];

static rhub_options options;
static rh_credentials loaded;
static rhub_error error;

static void path_in_home(char *out, size_t size, const char *rest) {
  snprintf(out, size, "%s/%s", home, rest);
}

static void write_file(const char *path, const char *text, mode_t mode) {
  unlink(path);
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  assert_true(fd >= 0);
  assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
  assert_int_equal(fchmod(fd, mode), 0);
  close(fd);
}

static int fresh(void **state) {
  (void)state;
  static const rhub_options none = RHUB_OPTIONS_INIT;
  options = none;
  memset(&error, 0, sizeof error);
  unsetenv("RUNNINGHUB_API_KEY");
  unsetenv("RH_API_KEY");
  unsetenv("RH_API_BASE_URL");
  setenv("XDG_CONFIG_HOME", home, 1);
  setenv("HOME", "/nonexistent", 1);
  unlink(config);
  return 0;
}

static int cleared(void **state) {
  (void)state;
  rh_credentials_clear(&loaded);
  return 0;
}

static void load(void) {
  rh_credentials_clear(&loaded);
  if (rh_credentials_load(&options, &loaded, &error) != RHUB_OK) fail_msg("%s", error.message);
}

static void refused(const char *says) {
  static const rh_credentials none;
  rh_credentials_clear(&loaded);
  assert_int_equal(rh_credentials_load(&options, &loaded, &error), RHUB_CONFIG);
  assert_int_equal(error.status, RHUB_CONFIG);
  assert_int_equal(error.spent, RHUB_SPENT_NO);
  assert_memory_equal(&loaded, &none, sizeof none);
  if (!strstr(error.message, says)) fail_msg("%s", error.message);
}

static void the_key_comes_from_option_environment_file(void **state) {
  (void)state;
  write_file(config, "key = filefilefile\n", 0600);
  load();
  assert_string_equal(loaded.api_key, "filefilefile");
  assert_string_equal(loaded.key_source, config);
  setenv("RH_API_KEY", KEY2, 1);
  load();
  assert_string_equal(loaded.api_key, KEY2);
  assert_string_equal(loaded.key_source, "RH_API_KEY");
  setenv("RUNNINGHUB_API_KEY", KEY, 1);
  load();
  assert_string_equal(loaded.api_key, KEY);
  assert_string_equal(loaded.key_source, "RUNNINGHUB_API_KEY");
  options.api_key = "optionoption";
  load();
  assert_string_equal(loaded.api_key, "optionoption");
  assert_string_equal(loaded.key_source, "option");
}

static void an_empty_variable_is_none(void **state) {
  (void)state;
  setenv("RUNNINGHUB_API_KEY", "", 1);
  setenv("RH_API_KEY", KEY, 1);
  setenv("RH_API_BASE_URL", "", 1);
  load();
  assert_string_equal(loaded.key_source, "RH_API_KEY");
  assert_string_equal(loaded.origin, "https://www.runninghub.ai");
}

static void without_a_key_the_ways_to_one_are_named(void **state) {
  (void)state;
  refused("RUNNINGHUB_API_KEY");
  assert_non_null(strstr(error.message, "rhub login"));
  assert_non_null(strstr(error.message, "--sandbox"));
}

static void bad_keys_are_refused_and_not_shown(void **state) {
  (void)state;
  static const struct {
    const char *key, *says;
  } bad[] = {
      {"", "has 0 characters"},
      {"short", "has 5 characters"},
      {"topsecret topsecret", "a space as character 10"},
      {"topsecrettopsecret\n", "a line break as character 19"},
      {"topsecrettopsecret\r\n", "a line break as character 19"},
      {"topsecret\ttopsecret", "character that no key holds"},
      {"topsecrettopsecret\xC3\xA9", "character that no key holds"},
  };
  for (size_t i = 0; i < COUNT(bad); i++) {
    options.api_key = bad[i].key;
    refused(bad[i].says);
    assert_null(strstr(error.message, "topsecret"));
    assert_non_null(strstr(error.message, "option"));
  }
  char key[300];
  memset(key, 'k', sizeof key);
  key[257] = '\0';
  options.api_key = key;
  refused("has 257 characters");
  key[256] = '\0';
  load();
}

static void sites_have_addresses_and_currencies(void **state) {
  (void)state;
  options.api_key = KEY;
  load();
  assert_string_equal(loaded.origin, "https://www.runninghub.ai");
  assert_string_equal(loaded.site, "ai");
  assert_string_equal(loaded.currency, "USD");
  assert_false(loaded.sealed);
  options.site = "cn";
  load();
  assert_string_equal(loaded.origin, "https://www.runninghub.cn");
  assert_string_equal(loaded.site, "cn");
  assert_string_equal(loaded.currency, "CNY");
  options.site = "us";
  refused("site \"us\" (option site) is not known: ai or cn");
  options.site = "";
  refused("site \"\"");
}

static void an_address_goes_before_a_site(void **state) {
  (void)state;
  options.api_key = KEY;
  setenv("RH_API_BASE_URL", "http://127.0.0.1:8080", 1);
  write_file(config, "site = cn\nbase_url = https://file.example\n", 0600);
  load();
  assert_string_equal(loaded.origin, "http://127.0.0.1:8080");
  assert_string_equal(loaded.site, "");
  assert_string_equal(loaded.currency, "");
  options.site = "cn";
  load();
  assert_string_equal(loaded.origin, "http://127.0.0.1:8080");
  assert_string_equal(loaded.currency, "CNY");
  options.base_url = "https://www.runninghub.ai"; /* whose money that is, no site changes */
  load();
  assert_string_equal(loaded.origin, "https://www.runninghub.ai");
  assert_string_equal(loaded.site, "ai");
  assert_string_equal(loaded.currency, "USD");
  unsetenv("RH_API_BASE_URL");
  options.base_url = options.site = NULL;
  options.config_file = config; /* a gateway, and the site that it speaks for */
  load();
  assert_string_equal(loaded.origin, "https://file.example");
  assert_string_equal(loaded.currency, "CNY");
}

static void addresses_are_made_into_origins(void **state) {
  (void)state;
  static const struct {
    const char *address, *origin, *site, *currency;
  } good[] = {
      {"https://www.runninghub.ai", "https://www.runninghub.ai", "ai", "USD"},
      {"https://www.runninghub.cn/", "https://www.runninghub.cn", "cn", "CNY"},
      {"https://www.runninghub.cn/openapi/v2", "https://www.runninghub.cn", "cn", "CNY"},
      {"https://www.runninghub.cn/openapi/v2///", "https://www.runninghub.cn", "cn", "CNY"},
      {"HTTPS://WWW.RunningHub.AI:443//", "https://www.runninghub.ai", "ai", "USD"},
      {"https://runninghub.ai", "https://runninghub.ai", "ai", "USD"},
      {"https://notrunninghub.ai:8443", "https://notrunninghub.ai:8443", "", "USD"},
      {"https://gateway.example.cn", "https://gateway.example.cn", "", "CNY"},
      {"https://gateway.example.com", "https://gateway.example.com", "", ""},
      {"http://127.0.0.1:41873", "http://127.0.0.1:41873", "", ""},
      {"http://127.9.8.7", "http://127.9.8.7", "", ""},
      {"http://localhost:80/openapi/v2", "http://localhost", "", ""},
      {"http://[::1]:8080/", "http://[::1]:8080", "", ""},
      {"https://[2001:db8::1]", "https://[2001:db8::1]", "", ""},
  };
  options.api_key = KEY;
  for (size_t i = 0; i < COUNT(good); i++) {
    options.base_url = good[i].address;
    load();
    assert_string_equal(loaded.origin, good[i].origin);
    assert_string_equal(loaded.site, good[i].site);
    assert_string_equal(loaded.currency, good[i].currency);
  }
}

static void bad_addresses_are_refused_and_not_shown(void **state) {
  (void)state;
  static const struct {
    const char *address, *says;
  } bad[] = {
      {"", "does not begin with https://"},
      {"host.example", "does not begin with https://"},
      {"ftp://host.example", "does not begin with https://"},
      {"file:///etc/secret", "does not begin with https://"},
      {"https://", "has no host"},
      {"https:///openapi/v2", "has no host"},
      {"https://:443", "has no proper host"},
      {"https://user:secret@www.runninghub.ai", "has a user name"},
      {"https://secret@www.runninghub.ai", "has a user name"},
      {"http://127.0.0.1@host.example", "has a user name"},
      {"http://127.0.0.1\\@host.example", "holds a character"},
      {"https://host.example:", "has no proper port"},
      {"https://host.example:0", "has no proper port"},
      {"https://host.example:65536", "has no proper port"},
      {"https://host.example:4a", "has no proper port"},
      {"https://host.example/path", "has a path"},
      {"https://host.example?a=1", "has a path"},
      {"https://host.example/openapi/v22", "has a path"},
      {"https://ho st.example", "holds a character"},
      {"https://host.example\n", "holds a character"},
      {"https://s\xC3\xA9"
       "cret.example",
       "holds a character"},
      {"https://-host.example", "has no proper host"},
      {"https://host..example", "has no proper host"},
      {"https://host%2eexample", "has no proper host"},
      {"https://[::1", "has no proper host"},
      {"https://[::1]secret", "has no proper host"},
      {"http://host.example", "is plain http"},
      {"http://128.0.0.1", "is plain http"},
      {"http://127.0.0.1.host.example", "is plain http"},
      {"http://localhost.host.example", "is plain http"},
      {"http://0177.0.0.1", "is plain http"},
      {"http://[::2]", "is plain http"},
  };
  options.api_key = KEY;
  for (size_t i = 0; i < COUNT(bad); i++) {
    options.base_url = bad[i].address;
    refused(bad[i].says);
    if (strstr(error.message, "secret")) fail_msg("%s", error.message);
  }
  char longest[700] = "https://";
  memset(longest + 8, 'a', 600);
  options.base_url = longest;
  refused("is too long");
}

static void loopback_is_recognised(void **state) {
  (void)state;
  static const char *const here[] = {"http://127.0.0.1/x?y", "http://localhost:1/",
                                     "HTTP://LOCALHOST", "https://[::1]:8443/a",
                                     "http://127.255.255.254"};
  static const char *const away[] = {"http://example.com",      "http://127.0.0.1.example.com/",
                                     "http://127.0.0.1@x.com/", "http://127.0.0.1\\@x.com/",
                                     "ftp://127.0.0.1/",        "127.0.0.1",
                                     "http://[::2]/",           "http://",
                                     "http://x.com/127.0.0.1",  "http://x.com#127.0.0.1"};
  for (size_t i = 0; i < COUNT(here); i++) assert_true(rh_url_is_loopback(here[i]));
  for (size_t i = 0; i < COUNT(away); i++)
    if (rh_url_is_loopback(away[i])) fail_msg("%s", away[i]);
}

static void the_file_has_settings_comments_and_quotes(void **state) {
  (void)state;
  write_file(config,
             "# rhub\r\n\n  key\t=  " KEY "  # mine\r\nsite=\"cn\"\n#key = other\nkey = " KEY2 "\n"
             "site = 'cn'",
             0600);
  load();
  assert_string_equal(loaded.api_key, KEY2);
  assert_string_equal(loaded.site, "cn");
}

static void the_file_is_in_its_usual_places(void **state) {
  (void)state;
  char dir[300], path[400];
  path_in_home(dir, sizeof dir, ".config");
  mkdir(dir, 0700);
  path_in_home(dir, sizeof dir, ".config/rhub");
  mkdir(dir, 0700);
  path_in_home(path, sizeof path, ".config/rhub/config");
  write_file(path, "key = " KEY "\n", 0600);
  setenv("HOME", home, 1);
  setenv("XDG_CONFIG_HOME", "not/absolute", 1);
  load();
  assert_string_equal(loaded.key_source, path);
  unsetenv("XDG_CONFIG_HOME");
  load();
  assert_string_equal(loaded.key_source, path);
  unsetenv("HOME");
  refused("no API key");
  unlink(path);
  rmdir(dir);
  path_in_home(dir, sizeof dir, ".config");
  rmdir(dir);
}

static void a_file_that_others_may_read_is_refused(void **state) {
  (void)state;
  static const mode_t modes[] = {0644, 0640, 0604, 0660, 0610};
  for (size_t i = 0; i < COUNT(modes); i++) {
    write_file(config, "key = " KEY "\n", modes[i]);
    refused("may be read by others (mode 0");
    char remedy[300];
    snprintf(remedy, sizeof remedy, "chmod 600 \"%s\"", config);
    assert_non_null(strstr(error.message, remedy));
    assert_null(strstr(error.message, KEY));
  }
  write_file(config, "key = " KEY "\n", 0400);
  load();
}

static void a_file_is_not_opened_where_it_is_not_needed(void **state) {
  (void)state;
  write_file(config, "key = " KEY2 "\n", 0644);
  options.api_key = KEY;
  options.site = "cn";
  load();
  assert_string_equal(loaded.api_key, KEY);
}

static void a_file_that_cannot_be_understood_is_refused(void **state) {
  (void)state;
  static const struct {
    const char *text, *says;
  } bad[] = {
      {"key = " KEY "\napi_key = x\n", "line 2: there is no setting \"api_key\""},
      {"\n" KEY "\n", "line 2: no \"name = value\""},
      {"key =\n", "has 0 characters"},
      {"key = " KEY "\nsite = us\n", "site \"us\""},
      {"key = " KEY "\nbase_url = http://example.com\n", "is plain http"},
  };
  for (size_t i = 0; i < COUNT(bad); i++) {
    write_file(config, bad[i].text, 0600);
    refused(bad[i].says);
    assert_non_null(strstr(error.message, config));
    assert_null(strstr(error.message, KEY));
  }
}

static void odd_files_are_refused(void **state) {
  (void)state;
  options.config_file = "/nonexistent/config";
  refused("config file /nonexistent/config: No such file");
  options.config_file = home;
  refused("is no regular file");
  char fifo[300];
  path_in_home(fifo, sizeof fifo, "fifo");
  assert_int_equal(mkfifo(fifo, 0600), 0);
  options.config_file = fifo;
  refused("is no regular file");
  unlink(fifo);
  char *large = malloc(70001);
  memset(large, '#', 70000);
  large[70000] = '\0';
  write_file(config, large, 0600);
  free(large);
  options.config_file = config;
  refused("larger than 64 KB");
}

static void a_file_of_another_user_is_refused(void **state) {
  (void)state;
  write_file(config, "key = " KEY "\n", 0600);
  if (geteuid() != 0) skip(); /* only root can give a file away */
  assert_int_equal(chown(config, 12345, (gid_t)-1), 0);
  refused("belongs to another user (uid 12345)");
}

static void clearing_twice_does_no_harm(void **state) {
  (void)state;
  options.api_key = KEY;
  load();
  rh_credentials_clear(&loaded);
  rh_credentials_clear(&loaded);
  assert_null(loaded.api_key);
}

/* Last: the seal stays. */
static void the_seal_overrides_everything(void **state) {
  (void)state;
  static const char *const bad[] = {"https://127.0.0.1:1",
                                    "http://example.com",
                                    "127.0.0.1:1",
                                    "http://127.0.0.1@example.com",
                                    "",
                                    NULL};
  for (size_t i = 0; i < COUNT(bad); i++) assert_int_equal(rhub_seal(bad[i]), RHUB_INPUT);
  options.api_key = KEY;
  load();
  assert_false(loaded.sealed);

  assert_int_equal(rhub_seal("http://127.0.0.1:41873/openapi/v2/"), RHUB_OK);
  assert_int_equal(rhub_seal("http://127.0.0.1:41873"), RHUB_OK);
  assert_int_equal(rhub_seal("http://127.0.0.1:41874"), RHUB_MISUSE);

  setenv("RUNNINGHUB_API_KEY", KEY, 1);
  setenv("RH_API_BASE_URL", "https://www.runninghub.cn", 1);
  write_file(config, "key = " KEY2 "\nsite = cn\n", 0644);
  options.api_key = "bad key";
  options.site = "nowhere";
  options.base_url = "https://www.runninghub.ai";
  options.config_file = "/nonexistent";
  load();
  assert_true(loaded.sealed);
  assert_string_equal(loaded.origin, "http://127.0.0.1:41873");
  assert_string_equal(loaded.key_source, "sandbox");
  assert_string_equal(loaded.currency, "CNY");
  assert_int_equal(strlen(loaded.api_key), 32);
  assert_string_not_equal(loaded.api_key, KEY);
}

#define FRESH(function, sentence) \
  { sentence, function, fresh, cleared, NULL }

int main(void) {
  char dir[100];
  if (!mkdtemp(home)) return 1;
  path_in_home(dir, sizeof dir, "rhub");
  path_in_home(config, sizeof config, "rhub/config");
  if (mkdir(dir, 0700) != 0) return 1;
  const struct CMUnitTest tests[] = {
      FRESH(the_key_comes_from_option_environment_file,
            "the key comes from the option, the environment, the config file, in this order"),
      FRESH(an_empty_variable_is_none, "an empty variable counts as none"),
      FRESH(without_a_key_the_ways_to_one_are_named, "without a key the ways to one are named"),
      FRESH(bad_keys_are_refused_and_not_shown, "bad keys are refused and not shown"),
      FRESH(sites_have_addresses_and_currencies, "sites have addresses and currencies"),
      FRESH(an_address_goes_before_a_site, "an address goes before a site"),
      FRESH(addresses_are_made_into_origins, "addresses are made into origins"),
      FRESH(bad_addresses_are_refused_and_not_shown, "bad addresses are refused and not shown"),
      FRESH(loopback_is_recognised, "loopback is recognised, what looks like it is not"),
      FRESH(the_file_has_settings_comments_and_quotes, "the file has settings, comments, quotes"),
      FRESH(the_file_is_in_its_usual_places, "the file is looked for in its usual places"),
      FRESH(a_file_that_others_may_read_is_refused, "a file that others may read is refused"),
      FRESH(a_file_is_not_opened_where_it_is_not_needed, "a file that is not needed is not opened"),
      FRESH(a_file_that_cannot_be_understood_is_refused, "a file with a fault is refused by line"),
      FRESH(odd_files_are_refused, "what is no file of settings is refused"),
      FRESH(a_file_of_another_user_is_refused, "another user's file is refused"),
      FRESH(clearing_twice_does_no_harm, "clearing twice does no harm"),
      FRESH(the_seal_overrides_everything, "the seal overrides everything, once for all"),
  };
  int failed = cmocka_run_group_tests_name("credentials", tests, NULL, NULL);
  unlink(config);
  rmdir(dir);
  rmdir(home);
  return failed;
}
