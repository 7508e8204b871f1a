/* Killed at any instant and run again until all is done: no task is paid for twice, whatever was
 * told was on the disk, and the books are right.
 *
 *   test_jobs [CAMPAIGNS]                               of each kind; 4
 *   test_jobs work ORIGIN JOURNAL TOLD hold|resubmit N WHEN   one run; dies in its N-th commit
 */
#include "core/journal.h"

static rhub_status mortal_run(rh_store *store, const char *sql, const rh_value *values,
                              size_t count, rh_row_fn *each, void *owner, rhub_error *error);
#define rh_store_run mortal_run
#include "core/journal.c"
#undef rh_store_run

#include "folder.h"
#include "server.h"
#include "unit.h"

#include <signal.h>
#include <sys/wait.h>

#define KEY "0123456789abcdef0123456789abcdef"

enum { ROWS = 24, MOST_RUNS = 400 };

/* ---- one run --------------------------------------------------------------------------------- */

static long dies_in; /* commits until it dies; 0: it does not */
static bool dies_after;
static atomic_int commits;

static rhub_status mortal_run(rh_store *store, const char *sql, const rh_value *values,
                              size_t count, rh_row_fn *each, void *owner, rhub_error *error) {
  bool commit = strcmp(sql, "COMMIT") == 0;
  if (commit) atomic_fetch_add(&commits, 1);
  commit = commit && dies_in > 0 && --dies_in == 0;
  if (commit && !dies_after) raise(SIGKILL);
  rhub_status status = rh_store_run(store, sql, values, count, each, owner, error);
  if (commit) raise(SIGKILL);
  return status;
}

/* One write each: what is in the file was told. */
static void tell(int fd, int row, const char *what, const char *id) {
  char line[120];
  int len = snprintf(line, sizeof line, "%d %s %s\n", row, what, *id ? id : "-");
  if (write(fd, line, (size_t)len) != len) _exit(9);
}

static int work(char **argv) {
  rhub_options o = RHUB_OPTIONS_INIT;
  rhub_client *c;
  rhub_error error;
  rhub_ticket tickets[ROWS];
  int fd = open(argv[4], O_WRONLY | O_CREAT | O_APPEND, 0600), left = ROWS;
  o.api_key = KEY;
  o.base_url = argv[2];
  o.site = "cn";
  o.budget = "1000";
  o.concurrency = 4;
  o.poll_first = o.poll_min = o.poll_max = 0.003;
  o.poll_rate = 10000;
  o.busy_first = o.busy_max = 0.003;
  o.journal = argv[3];
  o.on_unknown = strcmp(argv[5], "resubmit") == 0 ? RHUB_RESUBMIT : RHUB_HOLD;
  dies_in = atol(argv[6]);
  dies_after = strcmp(argv[7], "after") == 0;
  if (rhub_open(&o, &c, &error) != RHUB_OK) {
    fprintf(stderr, "# %s\n", error.message);
    return 8;
  }
  for (int i = 0; i < ROWS; i++) {
    char params[40];
    rhub_task_options t = RHUB_TASK_OPTIONS_INIT;
    snprintf(params, sizeof params, "{\"row\":%d}", i / 2 * 2); /* each call is made twice */
    t.endpoint = "a/b";
    t.params = params;
    t.params_len = strlen(params);
    t.price = "2.5";
    if (rhub_submit(c, &t, &tickets[i], &error) != RHUB_OK) return 7;
  }
  while (left > 0) {
    rhub_event e;
    if (rhub_step(c, -1) != RHUB_OK) return 6;
    while (rhub_next(c, &e)) {
      int row = 0;
      if (e.type == RHUB_EVENT_LOG) continue;
      while (tickets[row] != e.ticket) row++;
      if (e.type == RHUB_EVENT_STATE && *e.task_id) tell(fd, row, e.job, e.task_id);
      if (e.type != RHUB_EVENT_END) continue;
      left--;
      if (!e.error) tell(fd, row, e.job, e.result->task_id);
      if (e.error && e.error->status != RHUB_UNKNOWN_OUTCOME) {
        fprintf(stderr, "# %s\n", e.error->message);
        return 5;
      }
    }
  }
  rhub_close(c);
  return 0;
}

/* ---- the service ----------------------------------------------------------------------------- */

typedef struct service {
  server server;
  pthread_mutex_t lock;
  unsigned seed;
  int made[ROWS];   /* tasks, by their calls */
  int asked[10000]; /* queries, by task */
  int tasks;
  bool cuts;         /* now and then the reply to a submit is lost */
  atomic_int kills;  /* requests until the run is killed; 0: it is not */
  bool before_reply; /* when */
  atomic_int pid;
} service;

static service s;
static folder scratch;
static char journal[300], told[300];

static unsigned any(unsigned below) {
  return (unsigned)rand_r(&s.seed) % below;
}

static void die_now(void) {
  int pid = atomic_load(&s.pid);
  if (pid > 0) kill(pid, SIGKILL);
}

static bool reply_submit(server_request *r, char *reply, size_t size) {
  int row = atoi(strstr(r->body, "\"row\":") + 6);
  if (any(5) == 0) {
    snprintf(reply, size, "{\"errorCode\":\"421\",\"errorMessage\":\"full\"}");
    return true;
  }
  s.made[row]++;
  snprintf(reply, size,
           "{\"taskId\":\"%d\",\"status\":\"QUEUED\",\"errorCode\":\"\",\"results\":null}",
           1000 + s.tasks++);
  return !(s.cuts && any(8) == 0);
}

static void reply_query(const server_request *r, char *reply, size_t size) {
  int id = atoi(strstr(r->body, "\"taskId\":\"") + 10);
  if (++s.asked[id] < 3)
    snprintf(reply, size,
             "{\"taskId\":\"%d\",\"status\":\"RUNNING\",\"errorCode\":\"\",\"results\":null}", id);
  else
    snprintf(reply, size,
             "{\"taskId\":\"%d\",\"status\":\"SUCCESS\",\"errorCode\":\"\",\"results\":[{\"url\":"
             "\"http://127.0.0.1/"
             "x.png\",\"outputType\":\"png\"}],\"usage\":{\"consumeMoney\":\"2.10\"}}",
             id);
}

static bool answer(server_request *r) {
  char reply[400];
  pthread_mutex_lock(&s.lock);
  bool kills = s.kills > 0 && --s.kills == 0, goes = true;
  if (strcmp(r->path, "/openapi/v2/query") == 0)
    reply_query(r, reply, sizeof reply);
  else
    goes = reply_submit(r, reply, sizeof reply);
  pthread_mutex_unlock(&s.lock);
  if (kills && s.before_reply) die_now();
  if (!goes) return server_reset(r);
  goes = server_reply(r, 200, "", reply);
  if (kills) die_now();
  return goes;
}

/* ---- campaigns ------------------------------------------------------------------------------- */

static int campaigns = 4;

static void begin_campaign(unsigned seed, bool cuts) {
  memset(&s, 0, sizeof s);
  s.seed = seed;
  s.cuts = cuts;
  pthread_mutex_init(&s.lock, NULL);
  folder_make(&scratch);
  snprintf(journal, sizeof journal, "%s/jobs.db", scratch.path);
  snprintf(told, sizeof told, "%s/told", scratch.path);
  server_start(&s.server, answer, NULL);
}

static void end_campaign(void) {
  server_stop(&s.server);
  folder_remove(&scratch);
}

/* Starts one run; true when it has come to its end, false when it was killed. */
static bool run_once(const char *policy, long lives, const char *when, int sleeps_us) {
  char number[24];
  snprintf(number, sizeof number, "%ld", lives);
  fflush(stdout);
  pid_t pid = fork();
  if (pid == 0) {
    execl("/proc/self/exe", "test_jobs", "work", s.server.origin, journal, told, policy, number,
          when, (char *)NULL);
    _exit(127);
  }
  atomic_store(&s.pid, pid);
  if (sleeps_us > 0) {
    usleep((useconds_t)sleeps_us);
    kill(pid, SIGKILL);
  }
  int status;
  waitpid(pid, &status, 0);
  atomic_store(&s.pid, 0);
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) return false;
  assert_int_equal(status, 0);
  return true;
}

/* A run that is killed somewhere: in the middle of a commit, of an exchange, or at any instant. */
static bool run_mortally(const char *policy) {
  unsigned way = any(5);
  s.before_reply = way == 2;
  atomic_store(&s.kills, way == 2 || way == 3 ? 1 + (int)any(30) : 0);
  if (way < 2) return run_once(policy, 1 + (long)any(20), way ? "after" : "before", 0);
  return run_once(policy, 0, "-", way == 4 ? 5000 + (int)any(40000) : 0);
}

typedef struct found {
  int done, unknown, aside, others;
} found;

/* What the journal holds; fills `id` with the task of `key` where there is one. */
static found read_journal(const char *key, char *id) {
  found f = {0};
  rhub_jobs *jobs;
  rhub_job job;
  rhub_error error;
  int more;
  if (rhub_jobs_open(journal, (rhub_job_state)0, &jobs, &error) != RHUB_OK)
    fail_msg("%s", error.message);
  while ((more = rhub_jobs_next(jobs, &job, &error)) > 0) {
    if (strchr(job.key, '#'))
      f.aside++;
    else if (job.state == RHUB_JOB_DONE)
      f.done++;
    else if (job.state == RHUB_JOB_UNKNOWN)
      f.unknown++;
    else
      f.others++;
    if (key && strcmp(job.key, key) == 0) snprintf(id, 72, "%s", job.task_id);
  }
  if (more < 0) fail_msg("%s", error.message);
  rhub_jobs_close(jobs);
  return f;
}

/* Whatever id was told, the journal knows it under the same key. */
static void what_was_told_is_recorded(void) {
  FILE *f = fopen(told, "r");
  char key[100], id[72], recorded[72];
  int row;
  while (f && fscanf(f, "%d %99s %71s", &row, key, id) == 3) {
    *recorded = '\0';
    read_journal(key, recorded);
    assert_string_equal(recorded, id);
  }
  if (f) fclose(f);
}

static void money_is(const char *spent) {
  rhub_options o = RHUB_OPTIONS_INIT;
  rhub_client *c;
  rhub_error error;
  rhub_money money;
  o.api_key = KEY;
  o.base_url = s.server.origin;
  o.site = "cn";
  o.journal = journal;
  if (rhub_open(&o, &c, &error) != RHUB_OK) fail_msg("%s", error.message);
  rhub_get_money(c, &money);
  assert_string_equal(money.spent, spent);
  rhub_close(c);
}

static int made(int *most) {
  int sum = 0;
  *most = 0;
  for (int i = 0; i < ROWS; i++) {
    sum += s.made[i];
    if (s.made[i] > *most) *most = s.made[i];
  }
  return sum;
}

/* Runs that are to be killed, until two have been faster; then one that nobody kills. How many were
   killed. */
static int until_done(const char *policy) {
  int killed = 0, faster = 0;
  while (faster < 2) {
    if (run_mortally(policy))
      faster++;
    else
      killed++;
    assert_true(killed < MOST_RUNS);
    what_was_told_is_recorded();
  }
  atomic_store(&s.kills, 0);
  s.cuts = false;
  assert_true(run_once(policy, 0, "-", 0));
  what_was_told_is_recorded();
  return killed;
}

static void hold_campaign(unsigned seed, bool cuts) {
  int most;
  char spent[40];
  begin_campaign(seed, cuts);
  int killed = until_done("hold");
  found f = read_journal(NULL, NULL);
  int tasks = made(&most);
  printf("# seed %u: %d runs killed, %d done, %d unknown, %d tasks made\n", seed, killed, f.done,
         f.unknown, tasks);
  assert_int_equal(f.done + f.unknown, ROWS);
  assert_int_equal(f.aside + f.others, 0);
  assert_true(most <= 2); /* each call is made twice */
  assert_true(tasks >= f.done && tasks <= ROWS);
  snprintf(spent, sizeof spent, "%d.%d0", f.done * 21 / 10, f.done * 21 % 10);
  money_is(spent);
  end_campaign();
}

static void killed_at_any_instant_no_task_is_made_twice(void **state) {
  (void)state;
  for (int i = 0; i < campaigns; i++) hold_campaign(1 + (unsigned)i, false);
}

static void nor_where_replies_are_lost_too(void **state) {
  (void)state;
  for (int i = 0; i < campaigns; i++) hold_campaign(1 + (unsigned)i, true);
}

static void nor_with_other_dice(void **state) {
  (void)state;
  for (int i = 0; i < campaigns; i++) hold_campaign((unsigned)getpid() + (unsigned)i, true);
}

static void resubmit_campaign(unsigned seed) {
  int most;
  begin_campaign(seed, false); /* a lost reply would be waited for, seconds long */
  int killed = until_done("resubmit");
  found f = read_journal(NULL, NULL);
  int tasks = made(&most);
  printf("# seed %u: %d runs killed, %d done, %d reported as unknown, %d tasks made\n", seed,
         killed, f.done, f.aside, tasks);
  assert_int_equal(f.done, ROWS);
  assert_int_equal(f.unknown + f.others, 0);
  assert_true(tasks >= ROWS && tasks <= ROWS + f.aside);
  end_campaign();
}

static void with_the_policy_all_is_done_and_each_task_too_many_is_reported(void **state) {
  (void)state;
  for (int i = 0; i < campaigns; i++) resubmit_campaign(1 + (unsigned)i);
}

/* ---- commits --------------------------------------------------------------------------------- */

enum { MANY = 64 };

static void what_happens_in_one_turn_is_one_commit(void **state) {
  (void)state;
  rhub_options o = RHUB_OPTIONS_INIT;
  rhub_client *c;
  rhub_error error;
  rhub_stats stats = {0};
  begin_campaign(1, false);
  o.api_key = KEY;
  o.base_url = s.server.origin;
  o.concurrency = MANY;
  o.journal = journal;
  if (rhub_open(&o, &c, &error) != RHUB_OK) fail_msg("%s", error.message);
  atomic_store(&commits, 0);
  for (int i = 0; i < MANY; i++) {
    char params[40];
    rhub_ticket ticket;
    rhub_task_options t = RHUB_TASK_OPTIONS_INIT;
    snprintf(params, sizeof params, "{\"row\":%d,\"n\":%d}", i % ROWS, i);
    t.endpoint = "a/b";
    t.params = params;
    t.params_len = strlen(params);
    assert_int_equal(rhub_submit(c, &t, &ticket, &error), RHUB_OK);
  }
  for (int i = 0; i < 1000 && stats.submitting == 0; i++) {
    rhub_event e;
    assert_int_equal(rhub_step(c, 5), RHUB_OK);
    rhub_get_stats(c, &stats);
    while (rhub_next(c, &e)) {
    }
  }
  assert_int_equal(stats.submitting, MANY);
  assert_true(atomic_load(&commits) <= 3); /* a look for all of them, an intent for all of them */
  rhub_close(c);
  end_campaign();
}

int main(int argc, char **argv) {
  if (argc == 8 && strcmp(argv[1], "work") == 0) return work(argv);
  if (argc == 2) campaigns = atoi(argv[1]);
  const struct CMUnitTest tests[] = {
      TEST(what_happens_in_one_turn_is_one_commit, "what happens in one turn is one commit"),
      TEST(killed_at_any_instant_no_task_is_made_twice,
           "killed at any instant, no task is made twice"),
      TEST(nor_where_replies_are_lost_too, "nor where replies are lost too"),
      TEST(nor_with_other_dice, "nor with dice that differ from run to run"),
      TEST(with_the_policy_all_is_done_and_each_task_too_many_is_reported,
           "with the policy all is done, and each task too many is reported"),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
