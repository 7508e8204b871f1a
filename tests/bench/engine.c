/* rhub from C, for the benchmark: the same tasks as floor.c, through rhub.h alone.
 *
 *   engine tasks BASE TASKS AT_ONCE FOLDER [JOURNAL [keys]]
 *                                       keys: the jobs are given theirs, as those of a batch are
 *   engine flight BASE TASKS            prints bytes of memory a task in flight
 *   engine download BASE BYTES FOLDER
 *   engine upload BASE FILE */
#include "rhub.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char params[] =
    "{\"prompt\":\"slow dolly in\",\"aspectRatio\":\"9:16\",\"duration\":\"5\","
    "\"mode\":\"std\"}";

static void die(const char *what) {
  fprintf(stderr, "engine: %s\n", what);
  exit(1);
}

static void check(rhub_status status, const rhub_error *error) {
  if (status != RHUB_OK) die(error ? error->message : rhub_status_name(status));
}

static rhub_client *open_client(const char *base, int at_once, double rate, const char *journal) {
  rhub_options o = RHUB_OPTIONS_INIT;
  rhub_error error;
  rhub_client *c;
  o.base_url = base;
  o.api_key = "0123456789abcdef0123456789abcdef";
  o.concurrency = at_once;
  o.connections = 64;
  o.poll_first = o.poll_min = o.poll_max = 0.001;
  o.poll_rate = rate;
  o.journal = journal;
  if (journal) o.site = "cn"; /* the money in which charges are recorded */
  check(rhub_open(&o, &c, &error), &error);
  return c;
}

/* `job`: its key; NULL: what the journal makes of the call. */
static void submit(rhub_client *c, const char *endpoint, const char *job) {
  rhub_task_options o = RHUB_TASK_OPTIONS_INIT;
  rhub_error error;
  rhub_ticket ticket;
  o.endpoint = endpoint;
  o.params = params;
  o.params_len = sizeof params - 1;
  o.job = job;
  check(rhub_submit(c, &o, &ticket, &error), &error);
}

static void save(rhub_client *c, const char *url, const char *folder, const char *stem) {
  rhub_save_options o = RHUB_SAVE_OPTIONS_INIT;
  rhub_error error;
  rhub_ticket ticket;
  o.url = url;
  o.dir = folder;
  o.stem = stem;
  check(rhub_save(c, &o, &ticket, &error), &error);
}

/* Steps until an END of `kind`, which it returns in `event`. */
static void await_end(rhub_client *c, rhub_kind kind, rhub_event *event) {
  for (;;) {
    while (rhub_next(c, event))
      if (event->type == RHUB_EVENT_END && event->kind == kind) {
        if (event->error) die(event->error->message);
        return;
      }
    check(rhub_step(c, -1), NULL);
  }
}

static void submit_quick(rhub_client *c, bool keys, long number) {
  char key[40];
  snprintf(key, sizeof key, "batch/rows.csv/%ld", number);
  submit(c, "bench/quick", keys ? key : NULL);
}

static void run_tasks(const char *base, long tasks, int at_once, const char *folder,
                      const char *journal, bool keys) {
  rhub_client *c = open_client(base, at_once, 1e6, journal);
  rhub_event event;
  long started = 0, saved = 0;
  while (started < at_once && started < tasks) submit_quick(c, keys, started++);
  while (saved < tasks && rhub_step(c, -1) == RHUB_OK) {
    while (rhub_next(c, &event)) {
      if (event.type != RHUB_EVENT_END) continue;
      if (event.error) die(event.error->message);
      if (event.kind == RHUB_KIND_TASK) {
        save(c, event.result->outputs[0].url, folder, event.result->task_id);
      } else {
        unlink(event.path);
        saved++;
        if (started < tasks) submit_quick(c, keys, started++);
      }
    }
  }
  if (saved != tasks) die("not all were saved");
  rhub_close(c);
}

static long resident(void) {
  long pages = 0;
  FILE *f = fopen("/proc/self/statm", "r");
  if (!f || fscanf(f, "%*d %ld", &pages) != 1) die("cannot read /proc/self/statm");
  fclose(f);
  return pages * sysconf(_SC_PAGESIZE);
}

static void wait_running(rhub_client *c, size_t running) {
  rhub_stats stats;
  rhub_event event;
  do {
    check(rhub_step(c, -1), NULL);
    while (rhub_next(c, &event))
      if (event.type == RHUB_EVENT_END && event.error) die(event.error->message);
    rhub_get_stats(c, &stats);
  } while (stats.running < running);
}

/* Memory before is taken with 64 tasks running: connections and buffers are there already. */
static void run_flight(const char *base, size_t tasks) {
  rhub_client *c = open_client(base, (int)tasks + 64, 10, NULL);
  for (int i = 0; i < 64; i++) submit(c, "bench/hold", NULL);
  wait_running(c, 64);
  long before = resident();
  for (size_t i = 0; i < tasks; i++) submit(c, "bench/hold", NULL);
  wait_running(c, tasks + 64);
  printf("%.0f\n", (double)(resident() - before) / (double)tasks);
  rhub_close(c);
}

static void run_download(const char *base, const char *bytes, const char *folder) {
  rhub_client *c = open_client(base, 1, 10, NULL);
  rhub_event event;
  char url[200];
  snprintf(url, sizeof url, "%s/file/%s", base, bytes);
  save(c, url, folder, "large");
  await_end(c, RHUB_KIND_SAVE, &event);
  rhub_close(c);
}

static void run_upload(const char *base, const char *path) {
  rhub_client *c = open_client(base, 1, 10, NULL);
  rhub_event event;
  rhub_error error;
  rhub_ticket ticket;
  check(rhub_upload(c, path, &ticket, &error), &error);
  await_end(c, RHUB_KIND_UPLOAD, &event);
  rhub_close(c);
}

static void *end_at_once(void *nothing) {
  return nothing;
}

/* The C library takes no locks before there has been a second thread; a client of the real service
   has had one as soon as libcurl has looked its name up. */
static void have_had_a_thread(void) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, end_at_once, NULL) == 0) pthread_join(thread, NULL);
}

int main(int argc, char **argv) {
  const char *what = argc > 3 ? argv[1] : "";
  have_had_a_thread();
  if (strcmp(what, "tasks") == 0 && argc >= 6)
    run_tasks(argv[2], atol(argv[3]), atoi(argv[4]), argv[5], argc > 6 ? argv[6] : NULL, argc > 7);
  else if (strcmp(what, "flight") == 0)
    run_flight(argv[2], (size_t)atol(argv[3]));
  else if (strcmp(what, "download") == 0 && argc == 5)
    run_download(argv[2], argv[3], argv[4]);
  else if (strcmp(what, "upload") == 0)
    run_upload(argv[2], argv[3]);
  else
    die("usage: see the top of engine.c");
  return 0;
}
