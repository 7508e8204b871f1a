/* A client with a journal in a scratch folder, and looks into that, for tests of what is recorded.
 */
#ifndef RHUB_TESTS_JOURNAL_H
#define RHUB_TESTS_JOURNAL_H

#include "folder.h"
#include "money.h"

static folder scratch;
static char journal[300];

static inline int journal_setup(void **state) {
  folder_make(&scratch);
  snprintf(journal, sizeof journal, "%s/jobs.db", scratch.path);
  return setup(state);
}

static inline int journal_teardown(void **state) {
  int failed = teardown(state);
  folder_remove(&scratch);
  return failed;
}

#define JOURNAL_TEST(function, sentence) \
  { sentence, function, journal_setup, journal_teardown, NULL }

static inline rhub_options recorded_options(const char *budget) {
  rhub_options o = options(budget);
  o.journal = journal;
  return o;
}

static inline void open_recorded(const char *budget) {
  rhub_options o = recorded_options(budget);
  open_with(&o);
}

static inline void reopen(const char *budget) {
  rhub_close(client);
  client = NULL;
  end_count = 0;
  open_recorded(budget);
}

static inline rhub_ticket submit_job(const char *key) {
  rhub_task_options o = task("2.5");
  o.job = key;
  return submit_with(&o);
}

/* "key=state/id/spent" of each job, in the order in which they were made; keys that were not given
   are "?". */
static inline const char *jobs_in(rhub_job_state state) {
  static char text[4000];
  rhub_jobs *jobs;
  rhub_job job;
  rhub_error error;
  int more;
  if (rhub_jobs_open(journal, state, &jobs, &error) != RHUB_OK) fail_msg("%s", error.message);
  *text = '\0';
  while ((more = rhub_jobs_next(jobs, &job, &error)) > 0)
    snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s=%s/%s", *text ? " " : "",
             job.occurrence ? "?" : job.key, rhub_job_state_name(job.state), job.task_id);
  if (more < 0) fail_msg("%s", error.message);
  rhub_jobs_close(jobs);
  return text;
}

static inline void jobs_are(const char *expected) {
  assert_string_equal(jobs_in((rhub_job_state)0), expected);
}

#endif
