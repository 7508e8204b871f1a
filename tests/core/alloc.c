/* Each allocation failing in turn, over one task of a model and one of a workflow against the
 * sandbox: uploads, a LoRA, submits, queries, save, calls. Nothing may crash, leak, hang or end
 * twice, and no submit may be sent a second time, which the sandbox counts.
 *
 *   alloc ours|jansson|curl|sqlite     RHUB_SANDBOX_PROGRAM: the rhub that serves the sandbox
 *   alloc ours|jansson|curl|sqlite N   only the N-th, here and with its log: for a debugger
 *
 * Ours are caught at link time (-Wl,--wrap), the libraries' by their own hooks. libuv and
 * libcrypto abort or hide their failures by design; they are left out. */
#include "rhub.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <dlfcn.h>
#include <execinfo.h>
#include <jansson.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WORKERS = 12, PATIENCE = 60, REPLY = 8 << 20 };

/* ---- failing on demand ----------------------------------------------------------------------- */

typedef enum whose { NOBODY, OURS, JANSSON, CURL_S, SQLITE_S } whose;
static atomic_int failing; /* whose allocations are counted */
static atomic_long
    countdown; /* so many succeed, the next fails, later ones succeed; negative: none fails */
static atomic_long counted;

static bool fails(whose who) {
  if (failing != (int)who) return false;
  counted++;
  return countdown >= 0 && countdown-- == 0;
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *old, size_t size);
char *__real_strdup(const char *text);
char *__real_strndup(const char *text, size_t len);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *old, size_t size);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t len);

void *__wrap_malloc(size_t size) {
  return fails(OURS) ? NULL : __real_malloc(size);
}
void *__wrap_calloc(size_t n, size_t size) {
  return fails(OURS) ? NULL : __real_calloc(n, size);
}
void *__wrap_realloc(void *old, size_t size) {
  return fails(OURS) ? NULL : __real_realloc(old, size);
}
char *__wrap_strdup(const char *text) {
  return fails(OURS) ? NULL : __real_strdup(text);
}
char *__wrap_strndup(const char *text, size_t len) {
  return fails(OURS) ? NULL : __real_strndup(text, len);
}

static void *jansson_malloc(size_t size) {
  return fails(JANSSON) ? NULL : __real_malloc(size);
}
static void *curl_s_malloc(size_t size) {
  return fails(CURL_S) ? NULL : __real_malloc(size);
}
static void *curl_s_calloc(size_t n, size_t size) {
  return fails(CURL_S) ? NULL : __real_calloc(n, size);
}
static void *curl_s_realloc(void *old, size_t size) {
  return fails(CURL_S) ? NULL : __real_realloc(old, size);
}
static char *curl_s_strdup(const char *text) {
  return fails(CURL_S) ? NULL : __real_strdup(text);
}

static sqlite3_mem_methods sqlite; /* its own, which the two below stand before */
static void *sqlite_malloc(int size) {
  return fails(SQLITE_S) ? NULL : sqlite.xMalloc(size);
}
static void *sqlite_realloc(void *old, int size) {
  return fails(SQLITE_S) ? NULL : sqlite.xRealloc(old, size);
}
static void hook_sqlite(void) {
  sqlite3_config(SQLITE_CONFIG_GETMALLOC, &sqlite);
  sqlite3_mem_methods hooked = sqlite;
  hooked.xMalloc = sqlite_malloc;
  hooked.xRealloc = sqlite_realloc;
  sqlite3_config(SQLITE_CONFIG_MALLOC, &hooked);
}

static void arm(whose who, long n) {
  counted = 0;
  countdown = n;
  failing = (int)who;
}

/* ---- the scenario ---------------------------------------------------------------------------- */

static bool talkative;
static char base[100], folder[200], picture[250];

static void die(const char *what) {
  failing = NOBODY;
  printf("# %s\n", what);
  exit(1);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Steps until `ticket` ends; copies the first output's address to `url` if it is a task. */
static rhub_status wait_for(rhub_client *c, rhub_ticket ticket, char *url, size_t size) {
  double deadline = now() + PATIENCE;
  rhub_status end = RHUB_MISUSE;
  for (bool ended = false; !ended;) {
    if (now() > deadline) die("a ticket did not end");
    rhub_status stepped = rhub_step(c, 1000);
    if (stepped != RHUB_OK && stepped != RHUB_NOMEM) die("rhub_step refused");
    rhub_event e;
    while (rhub_next(c, &e)) {
      if (talkative && e.type == RHUB_EVENT_LOG) printf("# %s\n", e.text);
      if (e.type != RHUB_EVENT_END) continue;
      if (talkative) printf("# end: %s\n", e.error ? e.error->message : "ok");
      if (e.ticket != ticket) die("a ticket ended twice, or one that nobody has");
      if (ended) die("a ticket ended twice");
      ended = true;
      end = e.error ? e.error->status : RHUB_OK;
      if (e.error && !*e.error->message) die("an error without a message");
      if (!e.error && e.result && e.result->output_count > 0 && url)
        snprintf(url, size, "%s", e.result->outputs[0].url);
    }
  }
  return end;
}

static void run_task(rhub_client *c, const char *params, char *url, size_t size) {
  rhub_task_options o = RHUB_TASK_OPTIONS_INIT;
  rhub_media media = {"/firstImageUrl", picture};
  rhub_ticket ticket;
  rhub_error error;
  o.endpoint = "kling-video-o1/image-to-video";
  o.params = params;
  o.params_len = strlen(params);
  o.media = &media;
  o.media_count = 1;
  if (rhub_submit(c, &o, &ticket, &error) == RHUB_OK) wait_for(c, ticket, url, size);
}

/* A workflow: to a path of its own, the key in its body, its file for a node, told of early. */
static void run_workflow(rhub_client *c, const char *stem) {
  rhub_task_options o = RHUB_TASK_OPTIONS_INIT;
  rhub_media media = {"/nodeInfoList/0/fieldValue", picture};
  rhub_ticket ticket;
  rhub_error error;
  char params[300];
  snprintf(params, sizeof params,
           "{\"workflowId\":\"1910246754753896450\",\"nodeInfoList\":[{\"nodeId\":\"10\","
           "\"fieldName\":\"image\",\"fieldValue\":\"\"},{\"nodeId\":\"6\",\"fieldName\":\"text\","
           "\"fieldValue\":\"%s\"}]}",
           stem);
  o.endpoint = "workflow/1910246754753896450";
  o.path = "/task/openapi/create";
  o.key = RHUB_KEY_FIELD;
  o.node_files = o.told = 1;
  o.unknown_wait = 0.2;
  o.params = params;
  o.params_len = strlen(params);
  o.media = &media;
  o.media_count = 1;
  if (rhub_submit(c, &o, &ticket, &error) == RHUB_OK) wait_for(c, ticket, NULL, 0);
}

static void save(rhub_client *c, const char *url, const char *stem) {
  rhub_save_options o = RHUB_SAVE_OPTIONS_INIT;
  rhub_ticket ticket;
  rhub_error error;
  o.url = url;
  o.dir = folder;
  o.stem = stem;
  if (rhub_save(c, &o, &ticket, &error) == RHUB_OK) wait_for(c, ticket, NULL, 0);
}

static void send_lora(rhub_client *c, const char *stem) {
  rhub_upload_options o = RHUB_UPLOAD_OPTIONS_INIT;
  rhub_ticket ticket;
  rhub_error error;
  char path[300];
  snprintf(path, sizeof path, "%s/%s.safetensors", folder, stem);
  int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0 || write(fd, stem, strlen(stem)) <= 0) die("no LoRA");
  close(fd);
  o.path = path;
  o.kind = RHUB_UPLOAD_LORA;
  if (rhub_upload_as(c, &o, &ticket, &error) == RHUB_OK) wait_for(c, ticket, NULL, 0);
}

static void account(rhub_client *c) {
  rhub_call_options o = RHUB_CALL_OPTIONS_INIT;
  rhub_ticket ticket;
  rhub_error error;
  o.path = "/uc/openapi/accountStatus";
  o.body = "{}";
  o.body_len = 2;
  o.key = RHUB_KEY_FIELD_LOWER;
  if (rhub_call(c, &o, &ticket, &error) == RHUB_OK) wait_for(c, ticket, NULL, 0);
  o.path = "/proxy/{key}/queue";
  o.body = NULL;
  o.key = RHUB_KEY_NONE;
  o.raw = 1;
  if (rhub_call(c, &o, &ticket, &error) == RHUB_OK) wait_for(c, ticket, NULL, 0);
}

static void read_jobs(const char *journal) {
  rhub_jobs *jobs;
  rhub_job job;
  rhub_error error;
  if (rhub_jobs_open(journal, (rhub_job_state)0, &jobs, &error) != RHUB_OK) return;
  while (rhub_jobs_next(jobs, &job, &error) > 0)
    if (talkative) printf("# job: %s\n", rhub_job_state_name(job.state));
  rhub_jobs_close(jobs);
}

/* The n-th allocation of `who` fails. Returns how many there were. */
static long scenario(whose who, long n) {
  char params[200], stem[40], journal[250], cache[300], url[300] = "";
  snprintf(stem, sizeof stem, "%d-%ld", (int)who, n);
  snprintf(params, sizeof params,
           "{\"prompt\":\"%s\",\"aspectRatio\":\"9:16\",\"duration\":\"5\",\"mode\":\"std\","
           "\"firstImageUrl\":\"\"}",
           stem);
  rhub_options o = RHUB_OPTIONS_INIT;
  o.api_key = "0123456789abcdef0123456789abcdef";
  o.base_url = base;
  o.poll_first = o.poll_min = o.poll_max = 0.01;
  o.poll_rate = 1000;
  o.poll_told = 0.01;
  /* libcurl forgets a socket that it has no memory to remember: only the time-out ends that. */
  o.request_timeout = o.submit_timeout = o.connect_timeout = 1;
  o.log_level = RHUB_LOG_DEBUG;
  o.site = "cn"; /* whose money the budget is in: with one the price is asked too */
  o.budget = "1000";
  o.allow_unknown_price = 1;
  snprintf(journal, sizeof journal, "%.190s/%s.jobs", folder, stem);
  snprintf(cache, sizeof cache, "%s/%s.db", folder, stem); /* its own: all of them upload */
  o.cache = cache;
  o.journal = journal;
  rhub_client *c = NULL;
  rhub_error error;
  arm(who, n);
  if (rhub_open(&o, &c, &error) == RHUB_OK) {
    run_task(c, params, url, sizeof url);
    if (*url) save(c, url, stem);
    read_jobs(journal);
    run_workflow(c, stem);
    send_lora(c, stem);
    account(c);
  }
  rhub_close(c);
  failing = NOBODY;
  return counted;
}

/* ---- the sandbox ----------------------------------------------------------------------------- */

static FILE *sandbox; /* its standard output */
static int leash;     /* it leaves when this closes */

static void start_sandbox(void) {
  const char *program = getenv("RHUB_SANDBOX_PROGRAM");
  int in[2], out[2];
  if (!program || pipe(in) || pipe(out)) die("RHUB_SANDBOX_PROGRAM is not set");
  if (fork() == 0) {
    dup2(in[0], 0);
    dup2(out[1], 1);
    close(in[0]), close(in[1]), close(out[0]), close(out[1]);
    execl(program, program, "sandbox", "--port", "0", "--speed", "200", "--child", (char *)NULL);
    _exit(127);
  }
  close(in[0]);
  close(out[1]);
  leash = in[1];
  sandbox = fdopen(out[0], "r");
  if (!sandbox || !fgets(base, sizeof base, sandbox)) die("the sandbox did not start");
  base[strcspn(base, "\n")] = 0;
}

static size_t keep(char *data, size_t size, size_t n, void *owner) {
  char *text = owner;
  (void)size;
  strncat(text, data, n < REPLY - strlen(text) ? n : 0);
  return n;
}

/* How many submits came more than once, by what the sandbox says; -1 if it does not say. */
static long duplicates(void) {
  char *text = __real_calloc(1, REPLY), url[150];
  CURL *easy = curl_easy_init();
  snprintf(url, sizeof url, "%s/sandbox/stats", base);
  curl_easy_setopt(easy, CURLOPT_URL, url);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, keep);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, text);
  curl_easy_perform(easy);
  curl_easy_cleanup(easy);
  const char *at = strstr(text, "\"duplicates\":");
  long n = at ? strtol(at + 13, NULL, 10) : -1;
  free(text);
  return n;
}

/* ---- all of them ----------------------------------------------------------------------------- */

enum {
  THEIRS = 77
}; /* exit status of a run that a known mistake of the library itself has ended */

/* jansson forgets to look whether its text buffer could grow, and then asserts that it did. Called
   by libjansson too: the program's symbols come first. */
void __assert_fail(const char *what, const char *file, unsigned line, const char *function);
void __assert_fail(const char *what, const char *file, unsigned line, const char *function) {
  size_t len = strlen(file);
  bool theirs = failing == JANSSON && len >= 6 && strcmp(file + len - 6, "load.c") == 0;
  if (!theirs) fprintf(stderr, "%s:%u: %s: %s\n", file, line, function, what);
  if (!theirs) abort();
  _exit(THEIRS);
}

/* libcurl 7.88 divides by zero once it could not remember a transfer of a socket. jansson 2.14
   looks for the end of a text whose last bytes it could not keep, and copies all that it passes. */
const char *__asan_default_options(void);
const char *__asan_default_options(void) {
  return "handle_sigfpe=0:handle_segv=0";
}

/* Where a fault comes from: the first frames are ours and the kernel's, then the one at fault. */
static bool in_jansson(void) {
  void *frames[6];
  int n = backtrace(frames, 6);
  Dl_info info;
  for (int i = 0; i < n; i++)
    if (dladdr(frames[i], &info) && info.dli_fname && strstr(info.dli_fname, "libjansson"))
      return true;
  return false;
}

static void on_fault(int number) {
  if (failing == JANSSON && in_jansson()) _exit(THEIRS);
  signal(number, SIG_DFL);
  raise(number);
}
static void on_division(int signal) {
  (void)signal;
  _exit(failing == CURL_S ? THEIRS : 1);
}

static struct tally { atomic_long counted, bad, theirs; } * tally; /* shared by all processes */

/* Its exit status also tells what the leak checker found, where there is one. */
static int in_child(whose who, long n) {
  int status;
  fflush(stdout);
  pid_t pid = fork();
  if (pid == 0) {
    close(leash);
    signal(SIGFPE, on_division);
    signal(SIGSEGV, on_fault);
    tally->counted = scenario(who, n);
    exit(0);
  }
  waitpid(pid, &status, 0);
  return status;
}

static void work(whose who, long from, long total) {
  for (long n = from; n < total; n += WORKERS) {
    int status = in_child(who, n);
    if (WIFEXITED(status) && WEXITSTATUS(status) == THEIRS) {
      tally->theirs++;
    } else if (status != 0) {
      tally->bad++;
      printf("# allocation %ld: status %x\n", n, (unsigned)status);
    }
  }
}

static void run_all(whose who, long total) {
  pid_t workers[WORKERS];
  for (int i = 0; i < WORKERS; i++) {
    fflush(stdout);
    workers[i] = fork();
    if (workers[i] != 0) continue;
    work(who, i, total);
    fflush(stdout);
    _exit(0);
  }
  for (int i = 0; i < WORKERS; i++) waitpid(workers[i], NULL, 0);
}

static void make_picture(void) {
  const char *tmp = getenv("TMPDIR");
  snprintf(folder, sizeof folder, "%s/alloc.XXXXXX", tmp ? tmp : "/tmp");
  if (!mkdtemp(folder)) die("no temporary folder");
  snprintf(picture, sizeof picture, "%s/picture.png", folder);
  FILE *f = fopen(picture, "w");
  if (!f) die("no picture");
  fputs("\x89PNG\r\n\x1a\n", f);
  for (int i = 0; i < 5000; i++) fputc(i * 7, f);
  fclose(f);
}

int main(int argc, char **argv) {
  const char *names[] = {"", "ours", "jansson", "curl", "sqlite"};
  whose who = NOBODY;
  for (int i = 1; argc > 1 && i < 5; i++)
    if (strcmp(argv[1], names[i]) == 0) who = (whose)i;
  if (who == NOBODY) die("usage: alloc ours|jansson|curl|sqlite [N]");
  json_set_alloc_funcs(jansson_malloc, free);
  hook_sqlite();
  setvbuf(stdout, NULL, _IOLBF, 0);
  curl_global_init_mem(CURL_GLOBAL_DEFAULT, curl_s_malloc, free, curl_s_realloc, curl_s_strdup,
                       curl_s_calloc);
  make_picture();
  start_sandbox();
  if (argc > 2) {
    talkative = true;
    return scenario(who, atol(argv[2])) < 0;
  }
  tally = mmap(NULL, sizeof *tally, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (tally == MAP_FAILED) die("no shared memory");
  if (in_child(who, -1) != 0 || tally->counted == 0) die("the scenario fails without a failure");
  long total = tally->counted;
  run_all(who, total + total / 10 + WORKERS); /* their number differs from run to run */
  printf("# %ld allocations of %s, %ld of them end in a mistake of that library\n", total,
         names[who], tally->theirs);
  bool good = tally->bad == 0 && tally->theirs < total / 10;
  printf("%s 1 - each allocation of %s fails in turn without crash, leak or hang\n",
         good ? "ok" : "not ok", names[who]);
  long twice = duplicates();
  printf("%s 2 - no submit is sent twice because memory ran out (%ld)\n1..2\n",
         twice == 0 ? "ok" : "not ok", twice);
  return good && twice == 0 ? 0 : 1;
}
