/* What the journal records, and what a rerun makes of it: no task is paid for twice. */
#include "journal.h"
#include "writes.h"

#include <sqlite3.h>
#include <sys/resource.h>
#include <signal.h>

static rhub_ticket submit_params(const char *params) {
  rhub_task_options o = task("2.5");
  o.params = params;
  o.params_len = strlen(params);
  return submit_with(&o);
}

/* ---- reruns ---------------------------------------------------------------------------------- */

static void a_rerun_of_what_is_done_sends_nothing(void **state) {
  (void)state;
  open_recorded(NULL);
  ends_well(submit(NULL));
  jobs_are("?=done/1000");
  reopen(NULL);
  int queries = atomic_load(&s.queries);
  ends_well(submit(NULL));
  server_saw(1, 0);
  assert_int_equal(atomic_load(&s.queries), queries);
  jobs_are("?=done/1000");
}

static void one_prompt_four_times_is_four_tasks_and_a_rerun_is_none(void **state) {
  (void)state;
  open_recorded(NULL);
  for (int run = 0; run < 3; run++) {
    rhub_ticket tickets[4];
    for (int i = 0; i < 4; i++) tickets[i] = submit(NULL);
    for (int i = 0; i < 4; i++) ends_well(tickets[i]);
    server_saw(4, 0);
    reopen(NULL);
  }
}

static void the_recorded_result_is_whole(void **state) {
  (void)state;
  char first[2][400];
  for (int run = 0; run < 2; run++) {
    open_recorded(NULL);
    rhub_ticket ticket = submit_job("row 1");
    bool ended = false;
    for (int i = 0; i < 1000 && !ended; i++) {
      rhub_event e;
      rhub_step(client, 5);
      while (rhub_next(client, &e)) {
        if (e.type != RHUB_EVENT_END || e.ticket != ticket) continue;
        assert_null(e.error);
        assert_string_equal(e.job, "row 1");
        const rhub_result *r = e.result;
        snprintf(first[run], sizeof first[run], "%s %s %zu %s %s %s %s %.3f %s", r->task_id,
                 r->model, r->output_count, r->outputs[0].url, r->outputs[0].type, r->amount,
                 r->currency, r->seconds >= 0 && r->seconds < 60 ? 0.0 : r->seconds, r->raw);
        ended = true;
      }
    }
    assert_true(ended);
    rhub_close(client);
    client = NULL;
  }
  assert_string_equal(first[0], first[1]);
  server_saw(1, 0);
}

static void the_order_of_keys_makes_no_other_call(void **state) {
  (void)state;
  open_recorded(NULL);
  ends_well(submit_params("{\"a\":1,\"b\":{\"x\":[1,2],\"y\":\"\\u00e9\"}}"));
  reopen(NULL);
  ends_well(submit_params("{ \"b\": {\"y\":\"\xc3\xa9\", \"x\":[1, 2]}, \"a\": 1 }"));
  server_saw(1, 0);
  ends_well(submit_params("{\"a\":1,\"b\":{\"x\":[2,1],\"y\":\"\\u00e9\"}}"));
  server_saw(2, 0);
}

static void what_is_running_is_attached_to(void **state) {
  (void)state;
  s.end = RUNNING;
  open_recorded(NULL);
  submit_job("a");
  for (int i = 0; i < 1000 && atomic_load(&s.queries) < 1; i++) steps(1);
  jobs_are("a=running/1000");
  s.end = DONE(MONEY("2.10"));
  reopen(NULL);
  ends_well(submit_job("a"));
  server_saw(1, 0);
  jobs_are("a=done/1000");
}

static void a_second_call_of_a_job_under_way_shares_its_task(void **state) {
  (void)state;
  s.gated = true;
  open_recorded(NULL);
  rhub_ticket first = submit_job("a"), second = submit_job("a"), third = submit_job("a");
  wait_until_seen(1);
  atomic_store(&s.may, true);
  ends_well(first);
  ends_well(second);
  ends_well(third);
  server_saw(1, 0);
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
}

static void a_follower_goes_on_where_the_first_is_let_go(void **state) {
  (void)state;
  rhub_options o = recorded_options(NULL);
  o.concurrency = 1;
  s.gated = true;
  open_with(&o);
  rhub_ticket other = submit_job("x"), first = submit_job("a"), second = submit_job("a");
  wait_until_seen(1);
  assert_int_equal(rhub_forget(client, first), RHUB_OK);
  atomic_store(&s.may, true);
  ends_well(other);
  ends_well(second);
  server_saw(2, 0);
}

static void a_follower_waits_no_longer_than_it_may(void **state) {
  (void)state;
  s.gated = true;
  open_recorded(NULL);
  rhub_ticket first = submit_job("a");
  wait_until_seen(1);
  rhub_task_options o = task("2.5");
  o.job = "a";
  o.wait_timeout = 0.05;
  rhub_ticket second = submit_with(&o);
  rhub_error e = ends_as(second, RHUB_BUSY, RHUB_SPENT_NO, "another task of its job");
  assert_non_null(strstr(e.message, "nothing was submitted"));
  atomic_store(&s.may, true);
  ends_well(first);
  ends_well(submit_with(&o)); /* that one is in time */
  server_saw(1, 0);
  jobs_are("a=done/1000");
}

static void nor_for_its_files_to_be_read(void **state) {
  (void)state;
  rhub_media media = {"/image", folder_path(&scratch, "huge.png")};
  folder_write(&scratch, "huge.png", "\x89PNG", 4);
  assert_int_equal(truncate(media.path, (off_t)64 << 30), 0); /* it takes a minute at least */
  open_recorded(NULL);
  rhub_task_options o = task("2.5");
  o.params = "{\"image\":\"\"}";
  o.params_len = strlen(o.params);
  o.media = &media;
  o.media_count = 1;
  o.wait_timeout = 0.05;
  ends_as(submit_with(&o), RHUB_BUSY, RHUB_SPENT_NO, "its files were not read in");
  ends_well(submit_job("a"));
  server_saw(1, 0);
}

static void what_failed_and_cost_nothing_is_submitted_again(void **state) {
  (void)state;
  s.submits = "ra";
  open_recorded(NULL);
  ends_as(submit_job("a"), RHUB_FUNDS, RHUB_SPENT_NO, "812");
  jobs_are("a=failed/");
  reopen(NULL);
  ends_well(submit_job("a"));
  server_saw(2, 0);
  jobs_are("a=done/1001");
}

static void what_failed_and_was_charged_is_told_again(void **state) {
  (void)state;
  s.end = FAILED(MONEY("1"));
  open_recorded(NULL);
  rhub_error first = ends_as(submit_job("a"), RHUB_FAILED, RHUB_SPENT_YES, "1501");
  reopen(NULL);
  rhub_error second =
      ends_as(submit_job("a"), RHUB_FAILED, RHUB_SPENT_YES, "fresh submits it anew");
  assert_string_equal(second.code, first.code);
  assert_string_equal(second.task_id, first.task_id);
  server_saw(1, 0);
  money_is("1.00 0.00 0.00 0.00 0 1/0/0");
}

static void fresh_insists_and_keeps_what_was(void **state) {
  (void)state;
  open_recorded(NULL);
  ends_well(submit_job("a"));
  rhub_task_options o = task("2.5");
  o.job = "a";
  o.fresh = 1;
  ends_well(submit_with(&o));
  server_saw(2, 0);
  jobs_are("a#1=done/1000 a=done/1001");
  money_is("4.20 0.00 0.00 0.00 0 2/0/0");
  reopen(NULL);
  ends_well(submit_job("a"));
  server_saw(2, 0);
}

static void a_file_counts_by_its_content(void **state) {
  (void)state;
  folder_write(&scratch, "a.png", "\x89PNG one", 8);
  folder_write(&scratch, "b.png", "\x89PNG one", 8);
  folder_write(&scratch, "c.png", "\x89PNG two", 8);
  static const char *const names[] = {"a.png", "b.png", "c.png"};
  static const int seen[] = {1, 1, 2};
  for (int i = 0; i < 3; i++) {
    reopen(NULL);
    rhub_task_options o = task("2.5");
    rhub_media media = {"/image", folder_path(&scratch, names[i])};
    char params[200];
    snprintf(params, sizeof params, "{\"image\":\"%s\"}", names[i]);
    o.params = params;
    o.params_len = strlen(params);
    o.media = &media;
    o.media_count = 1;
    ends_well(submit_with(&o));
    server_saw(seen[i], 0);
  }
}

static void a_key_that_is_none_is_refused(void **state) {
  (void)state;
  open_recorded(NULL);
  static const char *const bad[] = {"", "a#1", "a\nb"};
  for (size_t i = 0; i < COUNT(bad); i++) {
    rhub_task_options o = task(NULL);
    rhub_ticket ticket;
    rhub_error error;
    o.job = bad[i];
    assert_int_equal(rhub_submit(client, &o, &ticket, &error), RHUB_INPUT);
    assert_non_null(strstr(error.message, "is no key of a job"));
  }
}

/* ---- before the submit ----------------------------------------------------------------------- */

static void what_waits_after_full_is_not_unknown(void **state) {
  (void)state;
  s.submits = "f";
  open_recorded(NULL);
  submit_job("a");
  for (int i = 0; i < 1000 && atomic_load(&s.seen) < 3; i++) steps(1);
  for (int i = 0; i < 1000 && strstr(jobs_in((rhub_job_state)0), "intent"); i++) steps(1);
  jobs_are("a=failed/");
  s.submits = "a";
  reopen(NULL);
  ends_well(submit_job("a"));
  assert_non_null(strstr(jobs_in(RHUB_JOB_DONE), "a=done/"));
}

static void what_is_stopped_before_its_turn_is_submitted_by_a_rerun(void **state) {
  (void)state;
  rhub_options o = recorded_options(NULL);
  o.concurrency = 1;
  s.gated = true;
  open_with(&o);
  rhub_ticket a = submit_job("a"), b = submit_job("b");
  wait_until_seen(1);
  rhub_shutdown(client, 0);
  ends_as(b, RHUB_CANCELLED, RHUB_SPENT_NO, "stopped");
  atomic_store(&s.may, true);
  ends_well(a);
  jobs_are("a=done/1000 b=cancelled/");
  reopen(NULL);
  ends_well(submit_job("a"));
  ends_well(submit_job("b"));
  server_saw(2, 0);
}

static void leaving_keeps_what_runs(void **state) {
  (void)state;
  s.end = RUNNING;
  open_recorded("10");
  rhub_ticket ticket = submit_job("a");
  for (int i = 0; i < 1000 && atomic_load(&s.queries) < 1; i++) steps(1);
  rhub_shutdown(client, 1);
  ends_as(ticket, RHUB_CANCELLED, RHUB_SPENT_MAYBE, "left running");
  jobs_are("a=running/1000");
  reopen("10");
  money_is("0.00 0.00 2.50 0.00 0 0/0/1");
}

/* ---- money ----------------------------------------------------------------------------------- */

static void a_budget_is_in_the_money_of_the_journal(void **state) {
  (void)state;
  rhub_money m;
  rhub_options o = recorded_options("10");
  rhub_error error;
  o.site = NULL;
  assert_int_equal(rhub_open(&o, &client, &error), RHUB_CONFIG);
  assert_non_null(strstr(error.message, "give the site"));
  open_recorded("10");
  ends_well(submit_job("a"));
  rhub_close(client);
  open_with(&o);
  rhub_get_money(client, &m);
  assert_string_equal(m.currency, "CNY");
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
}

static void the_budget_covers_all_that_is_recorded(void **state) {
  (void)state;
  open_recorded("5");
  ends_well(submit_job("a"));
  reopen("5");
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
  ends_well(submit_job("b"));
  reopen("5");
  money_is("4.20 0.00 0.00 0.00 0 2/0/0");
  ends_as(submit_job("c"), RHUB_BUDGET, RHUB_SPENT_NO, "would pass the budget");
  ends_well(submit_job("a"));
  server_saw(2, 0);
  jobs_are("a=done/1000 b=done/1001 c=failed/");
}

/* ---- files ----------------------------------------------------------------------------------- */

static void refused_open(const char *word) {
  rhub_options o = recorded_options(NULL);
  rhub_client *none;
  rhub_error error;
  rhub_status status = rhub_open(&o, &none, &error);
  if (status != RHUB_IO) fail_msg("%d %s", status, error.message);
  assert_null(none);
  if (!strstr(error.message, word) || !strstr(error.message, journal))
    fail_msg("%s", error.message);
}

static void a_second_client_is_refused_and_readers_are_not(void **state) {
  (void)state;
  open_recorded(NULL);
  ends_well(submit_job("a"));
  char who[40];
  snprintf(who, sizeof who, "process %ld works it now", (long)getpid());
  refused_open(who);
  jobs_are("a=done/1000");
  rhub_close(client);
  client = NULL;
  open_recorded(NULL);
}

static void what_is_no_journal_is_refused_and_left_alone(void **state) {
  (void)state;
  static const char text[] =
      "my notes, which are no database, and long enough to look like one ....."
      "..................................................................";
  folder_write(&scratch, "jobs.db", text, strlen(text));
  refused_open("it is damaged; keep it");
  assert_true(folder_holds(&scratch, "jobs.db", text, strlen(text)));
}

static void run_sql(const char *sql) {
  sqlite3 *db;
  assert_int_equal(sqlite3_open(journal, &db), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close(db);
}

static void one_of_a_later_version_is_refused(void **state) {
  (void)state;
  open_recorded(NULL);
  rhub_close(client);
  client = NULL;
  run_sql("PRAGMA user_version = 99");
  refused_open("a later version of rhub has made it");
}

static void a_damaged_page_is_told_and_nothing_is_sent(void **state) {
  (void)state;
  open_recorded(NULL);
  for (int i = 0; i < 30; i++) {
    char key[20];
    snprintf(key, sizeof key, "job %d", i);
    ends_well(submit_job(key));
  }
  rhub_close(client);
  client = NULL;
  int fd = open(journal, O_RDWR);
  static const char rubbish[4096] = {1, 2, 3};
  for (off_t at = 4096; at < 8 * 4096; at += 4096)
    assert_int_equal(pwrite(fd, rubbish, 4096, at), 4096);
  close(fd);
  rhub_options o = recorded_options(NULL);
  rhub_error error;
  if (rhub_open(&o, &client, &error) == RHUB_OK)
    ends_as(submit_job("job 3"), RHUB_IO, RHUB_SPENT_NO, "it is damaged");
  else
    assert_non_null(strstr(error.message, "it is damaged"));
  server_saw(30, 0);
}

static void files_are_the_users_alone(void **state) {
  (void)state;
  struct stat st;
  umask(0);
  open_recorded(NULL);
  ends_well(submit_job("a"));
  assert_int_equal(stat(journal, &st), 0);
  assert_int_equal(st.st_mode & 0777, 0600);
  assert_int_equal(stat(folder_path(&scratch, "jobs.db-wal"), &st), 0);
  assert_int_equal(st.st_mode & 0777, 0600);
}

/* RLIMIT_FSIZE stands in for a full disk: what is there is as large as it may be. */
static void where_nothing_can_be_recorded_nothing_is_sent(void **state) {
  (void)state;
  struct stat st;
  struct rlimit old, full;
  signal(SIGXFSZ, SIG_IGN);
  open_recorded("10");
  ends_well(submit_job("a"));
  stat(folder_path(&scratch, "jobs.db-wal"), &st);
  getrlimit(RLIMIT_FSIZE, &old);
  full = (struct rlimit){(rlim_t)st.st_size, old.rlim_max};
  setrlimit(RLIMIT_FSIZE, &full);
  rhub_error e = end_of(submit_job("b"));
  setrlimit(RLIMIT_FSIZE, &old);
  assert_int_equal(e.status, RHUB_IO);
  assert_int_equal(e.spent, RHUB_SPENT_NO);
  assert_non_null(strstr(e.message, "nothing was submitted"));
  server_saw(1, 0);
  money_is("2.10 0.00 0.00 0.00 0 1/0/0");
  ends_well(submit_job("b"));
  server_saw(2, 0);
  jobs_are("a=done/1000 b=done/1001");
}

static void what_was_accepted_goes_on_where_it_cannot_be_recorded(void **state) {
  (void)state;
  struct stat st;
  struct rlimit old, full;
  signal(SIGXFSZ, SIG_IGN);
  s.gated = true;
  open_recorded("10");
  rhub_ticket ticket = submit_job("a");
  wait_until_seen(1);
  stat(folder_path(&scratch, "jobs.db-wal"), &st);
  getrlimit(RLIMIT_FSIZE, &old);
  full = (struct rlimit){(rlim_t)st.st_size, old.rlim_max};
  setrlimit(RLIMIT_FSIZE, &full);
  atomic_store(&s.may, true);
  ends_well(ticket);
  setrlimit(RLIMIT_FSIZE, &old);
  warned("task 1000 (" MODEL "), job a, could not be recorded");
  reopen("10");
  ends_as(submit_job("a"), RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "");
  server_saw(1, 0);
}

#define DIGEST_OF_ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static void saved_files_are_noted(void **state) {
  (void)state;
  rhub_error error;
  open_recorded(NULL);
  ends_well(submit_job("a"));
  folder_write(&scratch, "out.png", "abc", 3);
  const char *path = folder_path(&scratch, "out.png");
  assert_int_equal(rhub_job_saved(client, "a", "lost.png", DIGEST_OF_ABC, &error), RHUB_OK);
  assert_int_equal(rhub_job_saved(client, "a", NULL, NULL, &error), RHUB_OK);
  for (int i = 0; i < 2; i++)
    assert_int_equal(rhub_job_saved(client, "a", path, NULL, &error), RHUB_OK);
  assert_int_equal(rhub_job_saved(client, "a", "elsewhere.png", DIGEST_OF_ABC, &error), RHUB_OK);
  assert_int_equal(rhub_job_saved(client, "a", "x\ny", NULL, &error), RHUB_INPUT);
  assert_int_equal(rhub_job_saved(client, "a", path, "12", &error), RHUB_INPUT);
  rhub_close(client);
  client = NULL;
  rhub_jobs *jobs;
  rhub_job job;
  char expected[400];
  snprintf(expected, sizeof expected, DIGEST_OF_ABC " 3\t%s\n" DIGEST_OF_ABC "\telsewhere.png\n",
           path);
  assert_int_equal(rhub_jobs_open(journal, RHUB_JOB_DONE, &jobs, &error), RHUB_OK);
  assert_int_equal(rhub_jobs_next(jobs, &job, &error), 1);
  assert_string_equal(job.saved, expected);
  assert_string_equal(job.charged, "2.10");
  assert_string_equal(job.currency, "CNY");
  assert_string_equal(job.endpoint, MODEL);
  assert_string_equal(job.params, "{\"prompt\":\"a\"}");
  assert_true(job.created > 1.6e9 && job.submitted >= job.created &&
              job.accepted >= job.submitted && job.ended >= job.accepted);
  assert_int_equal(rhub_jobs_next(jobs, &job, &error), 0);
  rhub_jobs_close(jobs);
}

static void a_saved_file_that_is_gone_is_told_and_keeps_nothing_else(void **state) {
  (void)state;
  enum { FILES = 20 };
  rhub_error error;
  rhub_jobs *jobs;
  const char *text;
  char name[20];
  open_recorded(NULL);
  ends_well(submit_job("a"));
  long before = writes();
  for (int i = 0; i < FILES; i++) {
    snprintf(name, sizeof name, "row %d", i);
    assert_int_equal(rhub_job_saved(client, "a", "gone.png", NULL, &error), RHUB_OK);
    assert_int_equal(rhub_keep(client, name, "saved", &error), RHUB_OK);
  }
  steps(50);
  long made = writes() - before;
  warned("gone.png cannot be read: No such file or directory");
  assert_int_equal(rhub_jobs_open(journal, (rhub_job_state)0, &jobs, &error), RHUB_OK);
  assert_int_equal(rhub_jobs_kept(jobs, name, &text, &error), 1);
  rhub_jobs_close(jobs);
  if (before == 0) skip();
  assert_in_range(made, 1, FILES); /* not a transaction for each */
}

/* In the order in which it was told, and with what was told before it in the same turn. */
static void what_a_program_keeps_is_found_again(void **state) {
  (void)state;
  rhub_error error;
  rhub_jobs *jobs;
  rhub_job job;
  const char *text;
  open_recorded(NULL);
  ends_well(submit_job("a"));
  folder_write(&scratch, "out.png", "abc", 3);
  assert_int_equal(rhub_keep(client, "row 1", "begun", &error), RHUB_OK);
  assert_int_equal(rhub_job_saved(client, "a", folder_path(&scratch, "out.png"), NULL, &error),
                   RHUB_OK);
  assert_int_equal(rhub_keep(client, "row 1", "saved", &error), RHUB_OK);
  assert_int_equal(rhub_keep(client, NULL, "saved", &error), RHUB_MISUSE);
  reopen(NULL);
  assert_int_equal(rhub_jobs_open(journal, (rhub_job_state)0, &jobs, &error), RHUB_OK);
  assert_int_equal(rhub_jobs_kept(jobs, "row 1", &text, &error), 1);
  assert_string_equal(text, "saved");
  assert_int_equal(rhub_jobs_kept(jobs, "row 2", &text, &error), 0);
  assert_null(text);
  assert_int_equal(rhub_jobs_find(jobs, "row 1", &job, &error), 0);
  assert_int_equal(rhub_jobs_find(jobs, "a", &job, &error), 1);
  assert_non_null(strstr(job.saved, "out.png"));
  rhub_jobs_close(jobs);
}

static void many_are_read_in_pages(void **state) {
  (void)state;
  open_recorded(NULL);
  rhub_ticket tickets[40];
  for (int i = 0; i < 40; i++) {
    char key[20];
    snprintf(key, sizeof key, "%d", i);
    tickets[i] = submit_job(key);
  }
  for (int i = 0; i < 40; i++) ends_well(tickets[i]);
  const char *text = jobs_in(RHUB_JOB_DONE);
  int count = 0;
  for (const char *p = text; (p = strstr(p, "=done/")); p++) count++;
  assert_int_equal(count, 40);
  assert_string_equal(jobs_in(RHUB_JOB_FAILED), "");
}

static void one_is_looked_up_by_its_key_as_it_stands(void **state) {
  (void)state;
  rhub_jobs *jobs;
  rhub_job job;
  rhub_error error;
  s.gated = true;
  open_recorded(NULL);
  rhub_ticket ticket = submit_job("a");
  wait_until_seen(1);
  assert_int_equal(rhub_jobs_open(journal, (rhub_job_state)0, &jobs, &error), RHUB_OK);
  assert_int_equal(rhub_jobs_find(jobs, "a", &job, &error), 1);
  assert_int_equal(job.state, RHUB_JOB_INTENT);
  assert_int_equal(rhub_jobs_find(jobs, "A", &job, &error), 0);
  atomic_store(&s.may, true);
  ends_well(ticket);
  ends_well(submit_job("b"));
  assert_int_equal(rhub_jobs_find(jobs, "b", &job, &error), 1);
  assert_string_equal(job.task_id, "1001");
  assert_int_equal(rhub_jobs_find(jobs, "a", &job, &error), 1);
  assert_int_equal(job.state, RHUB_JOB_DONE);
  assert_string_equal(job.key, "a");
  assert_int_equal(rhub_jobs_next(jobs, &job, &error), 1); /* its own place is kept */
  assert_string_equal(job.key, "a");
  rhub_jobs_close(jobs);
}

static void an_intent_is_unknown_once_nobody_is_at_it(void **state) {
  (void)state;
  sqlite3 *db;
  s.gated = true;
  open_recorded(NULL);
  rhub_ticket ticket = submit_job("a");
  wait_until_seen(1);
  assert_string_equal(jobs_in(RHUB_JOB_INTENT), "a=intent/");
  assert_string_equal(jobs_in(RHUB_JOB_UNKNOWN), "");
  atomic_store(&s.may, true);
  ends_well(ticket);
  rhub_close(client);
  client = NULL;
  /* as a process leaves it that is killed now */
  assert_int_equal(sqlite3_open(journal, &db), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db, "UPDATE states SET state = 'intent', open = 1, task_id = ''",
                                NULL, NULL, NULL),
                   SQLITE_OK);
  sqlite3_close(db);
  jobs_are("a=unknown/");
  assert_string_equal(jobs_in(RHUB_JOB_UNKNOWN), "a=unknown/");
  assert_string_equal(jobs_in(RHUB_JOB_INTENT), "");
}

static void a_client_without_one_knows_no_jobs(void **state) {
  (void)state;
  rhub_error error;
  open_client(NULL);
  assert_int_equal(rhub_job_resolve(client, "a", RHUB_RESOLVE_DROP, NULL, &error), RHUB_INPUT);
  assert_int_equal(rhub_job_saved(client, "a", "b", NULL, &error), RHUB_INPUT);
  assert_int_equal(folder_count(&scratch, "", NULL), 0);
}

/* As it is left where the disk was full, or the process killed, before its tables were made. */
static void an_empty_one_lists_no_jobs(void **state) {
  (void)state;
  FILE *f = fopen(journal, "w");
  assert_non_null(f);
  fclose(f);
  jobs_are("");
  open_recorded(NULL);
  ends_well(submit_job("a"));
  jobs_are("a=done/1000");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      JOURNAL_TEST(a_rerun_of_what_is_done_sends_nothing, "a rerun of what is done sends nothing"),
      JOURNAL_TEST(one_prompt_four_times_is_four_tasks_and_a_rerun_is_none,
                   "one prompt four times is four tasks, and a rerun is none"),
      JOURNAL_TEST(the_recorded_result_is_whole, "the recorded result is whole"),
      JOURNAL_TEST(the_order_of_keys_makes_no_other_call, "the order of keys makes no other call"),
      JOURNAL_TEST(what_is_running_is_attached_to, "what is running is attached to"),
      JOURNAL_TEST(a_second_call_of_a_job_under_way_shares_its_task,
                   "a second call of a job under way shares its task"),
      JOURNAL_TEST(a_follower_goes_on_where_the_first_is_let_go,
                   "a follower goes on where the first is let go"),
      JOURNAL_TEST(a_follower_waits_no_longer_than_it_may,
                   "a follower waits no longer than it may"),
      JOURNAL_TEST(nor_for_its_files_to_be_read, "nor does a task for its files to be read"),
      JOURNAL_TEST(what_failed_and_cost_nothing_is_submitted_again,
                   "what failed and cost nothing is submitted again"),
      JOURNAL_TEST(what_failed_and_was_charged_is_told_again,
                   "what failed and was charged is told again"),
      JOURNAL_TEST(fresh_insists_and_keeps_what_was, "fresh insists, and keeps what was"),
      JOURNAL_TEST(a_file_counts_by_its_content, "a file counts by its content, not by its path"),
      JOURNAL_TEST(a_key_that_is_none_is_refused, "a key that is none is refused"),
      JOURNAL_TEST(what_waits_after_full_is_not_unknown,
                   "what waits after \"full\" is not unknown"),
      JOURNAL_TEST(what_is_stopped_before_its_turn_is_submitted_by_a_rerun,
                   "what is stopped before its turn is submitted by a rerun"),
      JOURNAL_TEST(leaving_keeps_what_runs, "leaving keeps what runs"),
      JOURNAL_TEST(a_budget_is_in_the_money_of_the_journal,
                   "a budget is in the money of the journal where the site is not told"),
      JOURNAL_TEST(the_budget_covers_all_that_is_recorded,
                   "the budget covers all that is recorded"),
      JOURNAL_TEST(a_second_client_is_refused_and_readers_are_not,
                   "a second client is refused, and readers are not"),
      JOURNAL_TEST(what_is_no_journal_is_refused_and_left_alone,
                   "what is no journal is refused and left alone"),
      JOURNAL_TEST(one_of_a_later_version_is_refused, "one of a later version is refused"),
      JOURNAL_TEST(a_damaged_page_is_told_and_nothing_is_sent,
                   "a damaged page is told, and nothing is sent"),
      JOURNAL_TEST(files_are_the_users_alone, "its files are the user's alone"),
      JOURNAL_TEST(where_nothing_can_be_recorded_nothing_is_sent,
                   "where nothing can be recorded, nothing is sent"),
      JOURNAL_TEST(what_was_accepted_goes_on_where_it_cannot_be_recorded,
                   "what was accepted goes on where that cannot be recorded"),
      JOURNAL_TEST(saved_files_are_noted, "saved files are noted"),
      JOURNAL_TEST(a_saved_file_that_is_gone_is_told_and_keeps_nothing_else,
                   "a saved file that is gone is told, and keeps nothing else from being recorded"),
      JOURNAL_TEST(what_a_program_keeps_is_found_again, "what a program keeps is found again"),
      JOURNAL_TEST(many_are_read_in_pages, "many jobs are read in pages"),
      JOURNAL_TEST(an_intent_is_unknown_once_nobody_is_at_it,
                   "an intent is unknown once nobody is at it"),
      JOURNAL_TEST(an_empty_one_lists_no_jobs,
                   "an empty journal lists no jobs, and is worked with"),
      JOURNAL_TEST(one_is_looked_up_by_its_key_as_it_stands,
                   "one is looked up by its key, as it stands"),
      JOURNAL_TEST(a_client_without_one_knows_no_jobs, "a client without one knows no jobs"),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
