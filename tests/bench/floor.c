/* The floor: the requests of N tasks by raw libcurl, as fast as a careful C program makes them. One
 * easy handle a slot, socket action on epoll, no JSON parser, no retries, no checks. What rhub
 * costs is told as a multiple of this.
 *
 *   floor BASE TASKS AT_ONCE FOLDER */
#include <curl/curl.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

typedef enum step { SUBMIT, QUERY_1, QUERY_2, SAVE } step;

typedef struct slot {
  CURL *easy;
  step step;
  char body[4096]; /* the reply so far */
  size_t len;
  char query[64]; /* what libcurl sends from: not copied */
  char path[256];
  int fd;
} slot;

static CURLM *multi;
static int epfd;
static long long deadline_ms = -1; /* of libcurl's one timer */
static const char *base, *folder;
static long left, running; /* tasks to start, slots under way */
static struct curl_slist *headers;

static const char params[] =
    "{\"prompt\":\"slow dolly in\",\"aspectRatio\":\"9:16\",\"duration\":\"5\","
    "\"mode\":\"std\"}";

static void die(const char *what) {
  fprintf(stderr, "floor: %s\n", what);
  exit(1);
}

static long long now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

static size_t on_reply(char *data, size_t size, size_t n, void *owner) {
  slot *s = owner;
  (void)size;
  if (s->step == SAVE) return write(s->fd, data, n) == (ssize_t)n ? n : 0;
  if (s->len + n >= sizeof s->body) return 0;
  memcpy(s->body + s->len, data, n);
  s->len += n;
  s->body[s->len] = 0;
  return n;
}

static void post(slot *s, const char *path, const char *body) {
  char url[256];
  snprintf(url, sizeof url, "%s/openapi/v2/%s", base, path);
  curl_easy_setopt(s->easy, CURLOPT_URL, url);
  curl_easy_setopt(s->easy, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(s->easy, CURLOPT_POSTFIELDS, body);
}

/* The text between `from` and the next quote. */
static void cut(const slot *s, const char *from, char *out, size_t size) {
  const char *start = strstr(s->body, from);
  if (!start) die("a reply without what was asked for");
  start += strlen(from);
  snprintf(out, size, "%.*s", (int)strcspn(start, "\""), start);
}

static void save(slot *s) {
  char url[256];
  cut(s, "\"url\":\"", url, sizeof url);
  snprintf(s->path, sizeof s->path, "%s/%p.png", folder, (void *)s);
  s->fd = open(s->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (s->fd < 0) die("cannot write");
  curl_easy_setopt(s->easy, CURLOPT_URL, url);
  curl_easy_setopt(s->easy, CURLOPT_HTTPHEADER, NULL);
  curl_easy_setopt(s->easy, CURLOPT_HTTPGET, 1L);
}

static void query(slot *s) {
  post(s, "query", s->query);
}

static void begin(slot *s) {
  if (left == 0) {
    running--;
    return;
  }
  left--;
  s->step = SUBMIT;
  s->len = 0;
  post(s, "bench/quick", params);
  curl_multi_add_handle(multi, s->easy);
}

static void next(slot *s) {
  char id[32];
  switch (s->step) {
  case SUBMIT:
    cut(s, "\"taskId\":\"", id, sizeof id);
    snprintf(s->query, sizeof s->query, "{\"taskId\":\"%s\"}", id);
    query(s);
    break;
  case QUERY_1: query(s); break;
  case QUERY_2: save(s); break;
  case SAVE:
    close(s->fd);
    unlink(s->path);
    begin(s);
    return;
  }
  s->step++;
  s->len = 0;
  curl_multi_add_handle(multi, s->easy);
}

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *owner, void *known) {
  (void)easy, (void)owner;
  if (what == CURL_POLL_REMOVE) {
    epoll_ctl(epfd, EPOLL_CTL_DEL, fd, NULL);
    return 0;
  }
  struct epoll_event ev = {.data.fd = fd};
  ev.events = (what & CURL_POLL_IN ? EPOLLIN : 0u) | (what & CURL_POLL_OUT ? EPOLLOUT : 0u);
  epoll_ctl(epfd, known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd, &ev);
  if (!known) curl_multi_assign(multi, fd, &epfd);
  return 0;
}

static int on_timer(CURLM *m, long ms, void *owner) {
  (void)m, (void)owner;
  deadline_ms = ms < 0 ? -1 : now_ms() + ms;
  return 0;
}

static void collect(void) {
  int more;
  for (CURLMsg *m; (m = curl_multi_info_read(multi, &more));) {
    if (m->msg != CURLMSG_DONE) continue;
    CURL *easy = m->easy_handle;
    slot *s;
    if (m->data.result != CURLE_OK) die(curl_easy_strerror(m->data.result));
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&s);
    curl_multi_remove_handle(multi, easy);
    next(s);
  }
}

static void turn(void) {
  struct epoll_event events[64];
  int unused, wait = -1;
  if (deadline_ms >= 0) {
    long long rest = deadline_ms - now_ms();
    wait = rest > 0 ? (int)rest : 0;
  }
  int n = wait == 0 ? 0 : epoll_wait(epfd, events, 64, wait);
  for (int i = 0; i < n; i++) {
    int what = (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR) ? CURL_CSELECT_IN : 0) |
               (events[i].events & EPOLLOUT ? CURL_CSELECT_OUT : 0);
    curl_multi_socket_action(multi, events[i].data.fd, what, &unused);
  }
  if (n == 0) {
    deadline_ms = -1;
    curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &unused);
  }
  collect();
}

static void open_slot(slot *s) {
  s->easy = curl_easy_init();
  if (!s->easy) die("out of memory");
  curl_easy_setopt(s->easy, CURLOPT_PRIVATE, s);
  curl_easy_setopt(s->easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(s->easy, CURLOPT_WRITEFUNCTION, on_reply);
  curl_easy_setopt(s->easy, CURLOPT_WRITEDATA, s);
  curl_easy_setopt(s->easy, CURLOPT_PROXY, "");
}

int main(int argc, char **argv) {
  if (argc != 5) die("usage: floor BASE TASKS AT_ONCE FOLDER");
  base = argv[1];
  left = atol(argv[2]);
  running = atol(argv[3]);
  folder = argv[4];
  curl_global_init(CURL_GLOBAL_DEFAULT);
  multi = curl_multi_init();
  epfd = epoll_create1(EPOLL_CLOEXEC);
  headers = curl_slist_append(headers, "Authorization: Bearer 0123456789abcdef0123456789abcdef");
  headers = curl_slist_append(headers, "Content-Type: application/json");
  curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, on_socket);
  curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, on_timer);
  curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, running);
  slot *slots = calloc((size_t)running, sizeof *slots);
  if (!slots) die("out of memory");
  for (long i = running - 1; i >= 0; i--) {
    open_slot(&slots[i]);
    begin(&slots[i]);
  }
  while (running > 0) turn();
  return 0;
}
