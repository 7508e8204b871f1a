/* The journal's own figures, for the benchmark.
 *
 *   journal slow BASE TASKS AT_ONCE JOURNAL
 *     tasks with each sync delayed by 5 ms; prints submits, syncs, and how many of these the loop's
 *     thread waited for
 *   journal fill BASE JOURNAL COUNT
 *     makes one of this service that holds so many jobs that are done
 *   journal open BASE JOURNAL
 *     opens a client with it, and closes that again */
#include "rhub.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void die(const char *what) {
  fprintf(stderr, "journal: %s\n", what);
  exit(1);
}

static rhub_client *open_client(const char *base, int at_once, const char *path) {
  rhub_options o = RHUB_OPTIONS_INIT;
  rhub_error error;
  rhub_client *c;
  o.base_url = base;
  o.api_key = "0123456789abcdef0123456789abcdef";
  o.site = "cn";
  o.concurrency = at_once;
  o.connections = 64;
  o.poll_first = o.poll_min = o.poll_max = 0.001;
  o.poll_rate = 1e6;
  o.journal = path;
  if (rhub_open(&o, &c, &error) != RHUB_OK) die(error.message);
  return c;
}

/* ---- a disk that takes its time -------------------------------------------------------------- */

static sqlite3_vfs disk, *real;
static sqlite3_io_methods of_log, of_database;
static int (*real_sync)(sqlite3_file *, int);
static atomic_long syncs, syncs_of_loop;
static pthread_t loop;

static int slow_sync(sqlite3_file *file, int flags) {
  nanosleep(&(struct timespec){0, 5000000}, NULL);
  syncs++;
  if (pthread_equal(loop, pthread_self())) syncs_of_loop++;
  return real_sync(file, flags);
}

static int slow_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out) {
  (void)vfs;
  int code = real->xOpen(real, name, file, flags, out);
  if (code != SQLITE_OK || !(flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_DB))) return code;
  sqlite3_io_methods *methods = flags & SQLITE_OPEN_WAL ? &of_log : &of_database;
  *methods = *file->pMethods;
  real_sync = methods->xSync; /* one for all files */
  methods->xSync = slow_sync;
  file->pMethods = methods;
  return code;
}

static void use_slow_disk(void) {
  real = sqlite3_vfs_find(NULL);
  disk = *real;
  disk.zName = "slow";
  disk.xOpen = slow_open;
  if (sqlite3_vfs_register(&disk, 1) != SQLITE_OK) die("the slow disk was refused");
}

/* ---- tasks on it ----------------------------------------------------------------------------- */

static void submit(rhub_client *c) {
  static const char params[] = "{\"prompt\":\"slow dolly in\",\"aspectRatio\":\"9:16\"}";
  rhub_task_options o = RHUB_TASK_OPTIONS_INIT;
  rhub_error error;
  rhub_ticket ticket;
  o.endpoint = "bench/quick";
  o.params = params;
  o.params_len = sizeof params - 1;
  if (rhub_submit(c, &o, &ticket, &error) != RHUB_OK) die(error.message);
}

static void run_slow(const char *base, long tasks, int at_once, const char *path) {
  long started = 0, ended = 0;
  rhub_event event;
  use_slow_disk();
  rhub_client *c = open_client(base, at_once, path);
  loop = pthread_self();
  syncs = syncs_of_loop = 0; /* without those that made the file */
  while (started < at_once && started < tasks) submit(c), started++;
  while (ended < tasks && rhub_step(c, -1) == RHUB_OK) {
    while (rhub_next(c, &event)) {
      if (event.type != RHUB_EVENT_END) continue;
      if (event.error) die(event.error->message);
      ended++;
      if (started < tasks) submit(c), started++;
    }
  }
  if (ended != tasks) die("not all have ended");
  printf("%ld %ld %ld\n", tasks, (long)syncs, (long)syncs_of_loop);
  rhub_close(c);
}

/* ---- many jobs ------------------------------------------------------------------------------- */

/* Nobody looks for one of them: as hash any number will do. */
static void fill(const char *base, const char *path, const char *count) {
  static const char jobs[] =
      "BEGIN; WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
      " INSERT INTO calls (id, key, hash, origin, account, endpoint, params, currency, created)"
      " SELECT i, lower(hex(randomblob(32))), random() >> 32, %Q, hex(randomblob(16)),"
      " 'bench/quick', '{\"prompt\":\"slow dolly in, take ' || i || '\"}', 'CNY', 1.7e12 + i"
      " FROM n; INSERT INTO states (id, open, state, task_id, charged, submitted, accepted, ended,"
      " raw) SELECT id, 0, 'done', 2000000000000000000 + id, 100000, created, created, created,"
      " '{\"taskId\":\"' || id || '\",\"status\":\"SUCCESS\",\"results\":[{\"url\":"
      "\"https://media.example/' || id || '.png\",\"outputType\":\"png\"}]}' FROM calls; COMMIT";
  sqlite3 *db;
  char *message = NULL, *sql = sqlite3_mprintf(jobs, atoi(count), base);
  rhub_close(open_client(base, 1, path)); /* makes it */
  if (sqlite3_open(path, &db) != SQLITE_OK) die("the journal cannot be opened");
  if (sqlite3_exec(db, "PRAGMA synchronous = OFF", NULL, NULL, &message) != SQLITE_OK ||
      sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
    die(message);
  sqlite3_free(sql);
  sqlite3_close(db);
}

int main(int argc, char **argv) {
  const char *what = argc > 1 ? argv[1] : "";
  if (strcmp(what, "slow") == 0 && argc == 6)
    run_slow(argv[2], atol(argv[3]), atoi(argv[4]), argv[5]);
  else if (strcmp(what, "fill") == 0 && argc == 5)
    fill(argv[2], argv[3], argv[4]);
  else if (strcmp(what, "open") == 0 && argc == 4)
    rhub_close(open_client(argv[2], 1, argv[3]));
  else
    die("usage: see the top of journal.c");
  return 0;
}
