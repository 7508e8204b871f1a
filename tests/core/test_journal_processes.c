/* A journal and several processes: one works it, whatever others try; all may read it meanwhile.
 * Each process is this program again, as `work` or `read`. */
#include "journal.h"

#include <signal.h>
#include <sys/wait.h>

/* ---- the other processes --------------------------------------------------------------------- */

static void must(rhub_status status, const rhub_error *error) {
  if (status == RHUB_OK) return;
  printf("%s\n", error->message);
  exit(1);
}

/* Submits job "a", says so when that is on the wire, and waits to be killed. */
static int work(char **argv) {
  rhub_options o = options(NULL);
  rhub_task_options t = RHUB_TASK_OPTIONS_INIT;
  rhub_error error;
  rhub_ticket ticket;
  rhub_stats stats = {0};
  o.base_url = argv[2];
  o.journal = argv[3];
  must(rhub_open(&o, &client, &error), &error);
  t.endpoint = MODEL;
  t.params = "{\"prompt\":\"a\"}";
  t.params_len = strlen(t.params);
  t.job = "a";
  must(rhub_submit(client, &t, &ticket, &error), &error);
  while (stats.submitting == 0) {
    rhub_step(client, 5);
    rhub_get_stats(client, &stats);
  }
  puts("at work");
  fflush(stdout);
  while (rhub_step(client, -1) == RHUB_OK) {
  }
  return 0;
}

/* Prints what the journal holds. */
static int list(char **argv) {
  rhub_jobs *jobs;
  rhub_job job;
  rhub_error error;
  must(rhub_jobs_open(argv[3], (rhub_job_state)0, &jobs, &error), &error);
  while (rhub_jobs_next(jobs, &job, &error) > 0)
    printf("%s=%s/%s\n", job.key, rhub_job_state_name(job.state), job.task_id);
  rhub_jobs_close(jobs);
  return 0;
}

static pid_t start(const char *what, int *out) {
  int pipes[2];
  assert_int_equal(pipe(pipes), 0);
  pid_t pid = fork();
  if (pid == 0) {
    dup2(pipes[1], STDOUT_FILENO);
    close(pipes[0]);
    close(pipes[1]);
    execl("/proc/self/exe", "test", what, s.server.origin, journal, (char *)NULL);
    _exit(127);
  }
  close(pipes[1]);
  *out = pipes[0];
  return pid;
}

/* The next line that it says, "" at its end. */
static const char *line_of(int out) {
  static char line[1200];
  size_t len = 0;
  while (len + 1 < sizeof line && read(out, line + len, 1) == 1 && line[len] != '\n') len++;
  line[len] = '\0';
  return line;
}

static void bury(pid_t pid, int signal, int out) {
  if (signal) kill(pid, signal);
  waitpid(pid, NULL, 0);
  close(out);
}

/* What a process of its own says first. */
static void says(const char *what, const char *expected) {
  int out;
  pid_t pid = start(what, &out);
  const char *line = line_of(out);
  if (!strstr(line, expected)) fail_msg("\"%s\" does not say \"%s\"", line, expected);
  bury(pid, SIGKILL, out);
}

/* Starts one that has submitted its job. */
static pid_t start_work(int *out) {
  s.gated = true;
  pid_t pid = start("work", out);
  assert_string_equal(line_of(*out), "at work");
  while (atomic_load(&s.seen) == 0) usleep(1000);
  return pid;
}

/* ---- tests ----------------------------------------------------------------------------------- */

static void one_process_works_it_others_are_refused_and_may_read(void **state) {
  (void)state;
  int out;
  char who[60];
  pid_t pid = start_work(&out);
  snprintf(who, sizeof who, "process %ld works it now", (long)pid);
  says("work", who);
  rhub_options o = recorded_options(NULL);
  rhub_error error;
  assert_int_equal(rhub_open(&o, &client, &error), RHUB_IO);
  assert_non_null(strstr(error.message, who));
  says("read", "a=intent/");
  jobs_are("a=intent/");
  atomic_store(&s.may, true);
  bury(pid, SIGKILL, out);
}

static void after_kill_9_the_next_one_goes_on(void **state) {
  (void)state;
  int out;
  pid_t pid = start_work(&out);
  bury(pid, SIGKILL, out);
  says("read", "a=unknown/");
  open_recorded(NULL);
  jobs_are("a=unknown/");
  ends_as(submit_job("a"), RHUB_UNKNOWN_OUTCOME, RHUB_SPENT_MAYBE, "rhub jobs resolve a");
  atomic_store(&s.may, true);
  says("work", "works it now");
  server_saw(1, 0);
}

static void readers_see_each_commit_and_hold_nobody_up(void **state) {
  (void)state;
  open_recorded(NULL);
  for (int i = 0; i < 5; i++) {
    char key[12];
    snprintf(key, sizeof key, "%d", i);
    ends_well(submit_job(key));
    says("read", "0=done/1000");
  }
  server_saw(5, 0);
}

int main(int argc, char **argv) {
  if (argc == 4 && strcmp(argv[1], "work") == 0) return work(argv);
  if (argc == 4 && strcmp(argv[1], "read") == 0) return list(argv);
  const struct CMUnitTest tests[] = {
      JOURNAL_TEST(one_process_works_it_others_are_refused_and_may_read,
                   "one process works it, others are refused, and may read"),
      JOURNAL_TEST(after_kill_9_the_next_one_goes_on, "after kill -9 the next one goes on"),
      JOURNAL_TEST(readers_see_each_commit_and_hold_nobody_up,
                   "readers of another process see what is done, and hold nobody up"),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
