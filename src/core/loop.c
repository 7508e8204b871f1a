/* The event loop: libcurl's multi interface on libuv, by socket action. It moves bytes and time and
 * knows nothing of requests.
 *
 * A turn is one uv_run without waiting; the waiting itself is one poll(2) on libuv's descriptor
 * (libuv would swallow EINTR). So a step does exactly what a host with a loop of its own does, and
 * nothing may be left behind at the end of a turn that neither the descriptor nor the time-out
 * tells: messages of curl are read in the prepare phase and again after the turn, and `due` and
 * `dirty` make the time-out 0. */
#include "loop.h"

#include "error.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* Before that TLS was written to sockets past curl's own send, which could raise SIGPIPE; the
   pre-request callback (7.80) and the header functions (7.83) are older. */
_Static_assert(LIBCURL_VERSION_NUM >= 0x075800, "rhub needs libcurl 7.88 or newer");

#define AGAIN_MS 100 /* until curl is asked again after it ran out of memory */

/* A descriptor that curl has shown us. One that we opened ourselves stays registered with the
   kernel until curl closes it, also while its connection idles: registering anew costs two system
   calls a request. Others (the resolver's) are closed behind our back once curl loses interest; and
   of ours those that never got as far as a request, by curl 7.87 to 8 at least. */
typedef struct watch watch;
struct watch {
  uv_poll_t poll; /* first: a watch is its handle */
  rh_loop *loop;
  watch *next; /* in loop->spare */
  int fd;
  int wanted;     /* UV_READABLE | UV_WRITABLE as curl wants it; 0: idle */
  int registered; /* ... as libuv knows it */
  bool ours;      /* opened here */
  bool kept;      /* ... and seen to outlive a request: closed here too */
  ino_t socket;   /* which one it is, for as long as that is not certain */
};

struct rh_loop {
  uv_loop_t uv;
  uv_async_t wakeup;
  uv_prepare_t prepare;
  uv_timer_t curl_timer;
  CURLM *multi;
  rh_finished_fn *finished;
  watch **watches; /* by descriptor */
  int watches_len;
  watch *spare; /* for descriptors that are not ours: curl's socket callback must not fail */
  size_t spares;
  size_t transfers, timers, jobs; /* under way */
  bool due;                       /* curl asked for a time-out of 0 */
  bool dirty;                     /* interest changed since the kernel was last told */
  bool turning;                   /* in uv_run: the loop's time is fresh */
  bool in_curl;
  bool stopped;
};

static rh_loop *loop_of(const void *handle) {
  return ((const uv_handle_t *)handle)->loop->data;
}

static void refresh(rh_loop *loop) {
  if (!loop->turning) uv_update_time(&loop->uv);
}

/* ---- watches --------------------------------------------------------------------------------- */

static void on_readiness(uv_poll_t *handle, int status, int events);

static bool reserve_slot(rh_loop *loop, int fd) {
  if (fd < loop->watches_len) return true;
  int len = loop->watches_len ? loop->watches_len : 64;
  while (len <= fd) len *= 2;
  watch **grown = realloc(loop->watches, (size_t)len * sizeof *grown);
  if (!grown) return false;
  memset(grown + loop->watches_len, 0, (size_t)(len - loop->watches_len) * sizeof *grown);
  loop->watches = grown;
  loop->watches_len = len;
  return true;
}

static watch *watch_find(const rh_loop *loop, int fd) {
  return fd >= 0 && fd < loop->watches_len ? loop->watches[fd] : NULL;
}

/* Tells libuv what curl wants, if that is news. */
static void watch_apply(watch *w, int events) {
  if (w->registered == events || uv_is_closing((uv_handle_t *)&w->poll)) return;
  if (events == 0) {
    uv_poll_stop(&w->poll); /* tells the kernel at once */
  } else {
    if (uv_poll_start(&w->poll, events, on_readiness) != 0) return;
    w->loop->dirty = true;
  }
  w->registered = events;
}

static void free_watch(uv_handle_t *handle) {
  free(handle);
}

static void recycle_watch(uv_handle_t *handle) {
  watch *w = (watch *)handle;
  w->next = w->loop->spare;
  w->loop->spare = w;
}

/* The descriptor is about to be closed, or has been. */
static void watch_end(watch *w) {
  w->loop->watches[w->fd] = NULL;
  w->wanted = w->registered = 0;
  uv_close((uv_handle_t *)&w->poll, w->ours ? free_watch : recycle_watch);
}

/* Whether the descriptor is still what it was when the watch began. */
static bool watch_holds(watch *w) {
  struct stat st;
  return w->kept || (fstat(w->fd, &st) == 0 && st.st_ino == w->socket);
}

static bool watch_begin(rh_loop *loop, watch *w, int fd, bool ours) {
  struct stat st;
  int wanted = 0;
  if (fstat(fd, &st) != 0 || !reserve_slot(loop, fd)) return false;
  if (loop->watches[fd]) { /* was closed where we did not see it, nor did curl's own books */
    wanted = loop->watches[fd]->wanted;
    watch_end(loop->watches[fd]);
  }
  if (uv_poll_init(&loop->uv, &w->poll, fd) != 0) return false;
  if (!ours) fcntl(fd, F_SETFD, FD_CLOEXEC);
  w->loop = loop;
  w->fd = fd;
  w->ours = ours;
  w->kept = false;
  w->socket = st.st_ino;
  w->wanted = wanted;
  w->registered = 0;
  loop->watches[fd] = w;
  watch_apply(w, wanted);
  return true;
}

int rh_loop_open_socket(rh_loop *loop, int family, int type, int protocol) {
  int fd = socket(family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol);
  if (fd < 0) return -1;
  watch *w = malloc(sizeof *w);
  if (w && watch_begin(loop, w, fd, true)) return fd;
  free(w);
  close(fd);
  errno = ENOMEM;
  return -1;
}

int rh_loop_close_socket(rh_loop *loop, int fd) {
  watch *w = watch_find(loop, fd);
  if (w) watch_end(w);
  return close(fd);
}

/* ---- curl ------------------------------------------------------------------------------------ */

static void on_curl_timer(uv_timer_t *timer);

/* Out of memory, curl stops half-way and does not tell its timer: asked again soon, so that the
   time-outs of its transfers still come. */
static void act(rh_loop *loop, curl_socket_t fd, int flags) {
  int running;
  loop->in_curl = true;
  CURLMcode code = curl_multi_socket_action(loop->multi, fd, flags, &running);
  loop->in_curl = false;
  if (code != CURLM_OK) uv_timer_start(&loop->curl_timer, on_curl_timer, AGAIN_MS, 0);
}

static void on_readiness(uv_poll_t *handle, int status, int events) {
  watch *w = (watch *)handle;
  if (status < 0) w->registered = 0; /* libuv stops a handle that reports an error */
  if (w->wanted == 0) {              /* an idle connection that the other side has closed */
    watch_apply(w, 0);
    return;
  }
  int flags = status < 0 ? CURL_CSELECT_ERR : 0;
  if (events & UV_READABLE) flags |= CURL_CSELECT_IN;
  if (events & UV_WRITABLE) flags |= CURL_CSELECT_OUT;
  act(w->loop, w->fd, flags);
  if (w->wanted != 0) watch_apply(w, w->wanted);
}

/* A failure here would end every transfer of the multi, for ever: rh_loop_add has made sure of a
   watch for each descriptor that curl can come up with. */
static int on_socket(CURL *easy, curl_socket_t fd, int what, void *user, void *ignored) {
  (void)easy, (void)ignored;
  rh_loop *loop = user;
  watch *w = watch_find(loop, fd);
  if (w && !watch_holds(w)) {
    watch_end(w);
    w = NULL;
  }
  if (what == CURL_POLL_REMOVE) {
    if (!w) return 0;
    w->wanted = 0;
    w->kept = w->ours;
    if (!w->ours)
      watch_end(w);
    else if (w->registered & UV_WRITABLE) /* an idle socket is always writable */
      watch_apply(w, UV_READABLE);
    return 0;
  }
  if (!w) {
    w = loop->spare;
    if (!w) return -1;
    loop->spare = w->next;
    if (!watch_begin(loop, w, fd, false)) {
      recycle_watch((uv_handle_t *)&w->poll);
      return -1;
    }
  }
  w->wanted = (what & CURL_POLL_IN ? UV_READABLE : 0) | (what & CURL_POLL_OUT ? UV_WRITABLE : 0);
  watch_apply(w, w->wanted);
  return 0;
}

static void on_curl_timer(uv_timer_t *timer) {
  act(loop_of(timer), CURL_SOCKET_TIMEOUT, 0);
}

static int on_timer_wish(CURLM *multi, long ms, void *user) {
  (void)multi;
  rh_loop *loop = user;
  loop->due = ms == 0;
  if (ms > 0) {
    refresh(loop);
    uv_timer_start(&loop->curl_timer, on_curl_timer, (uint64_t)ms, 0);
  } else {
    uv_timer_stop(&loop->curl_timer);
  }
  return 0;
}

static void read_messages(rh_loop *loop) {
  int left;
  for (CURLMsg *m; (m = curl_multi_info_read(loop->multi, &left)) != NULL;) {
    if (m->msg != CURLMSG_DONE) continue;
    CURL *easy = m->easy_handle;
    CURLcode result = m->data.result; /* the message dies with the removal */
    curl_multi_remove_handle(loop->multi, easy);
    loop->transfers--;
    loop->finished(easy, result);
  }
}

/* Begins what waits to be begun and hands out what has finished, before the kernel is asked. What
   finishes may start more: a few rounds save turns, the bound keeps sockets served. */
static void on_prepare(uv_prepare_t *handle) {
  rh_loop *loop = loop_of(handle);
  read_messages(loop);
  for (int round = 0; loop->due && round < 4; round++) {
    loop->due = false;
    act(loop, CURL_SOCKET_TIMEOUT, 0);
    read_messages(loop);
  }
  loop->dirty = false; /* libuv tells the kernel right after this */
}

void *rh_loop_multi(rh_loop *loop) {
  return loop->multi;
}

void rh_loop_on_finished(rh_loop *loop, rh_finished_fn *finished) {
  loop->finished = finished;
}

bool rh_loop_in_curl(const rh_loop *loop) {
  return loop->in_curl;
}

bool rh_loop_add(rh_loop *loop, void *easy) {
  /* A transfer shows one descriptor of the resolver at a time. Twice as many, since a watch is
     usable again only at the end of the turn that closes it. */
  while (loop->spares < 2 * (loop->transfers + 1)) {
    watch *w = calloc(1, sizeof *w);
    if (!w) return false;
    w->loop = loop;
    recycle_watch((uv_handle_t *)&w->poll);
    loop->spares++;
  }
  refresh(loop);
  if (curl_multi_add_handle(loop->multi, easy) != CURLM_OK) return false;
  loop->transfers++;
  return true;
}

void rh_loop_remove(rh_loop *loop, void *easy) {
  curl_multi_remove_handle(loop->multi, easy);
  loop->transfers--;
}

/* ---- lifetime -------------------------------------------------------------------------------- */

static CURLcode global_result;

/* glibc gives memory back to the system as soon as 128 KiB are free at the end of its heap, and
   takes it again, page fault by page fault, for the buffers of the next transfer. Freeing one block
   of this size once raises that limit to twice the size (mallopt(3): the threshold is dynamic). */
static void settle_heap(void) {
  void *volatile block = malloc((size_t)2 << 20);
  free(block);
}

/* Never undone: other code of the process may use libcurl too. */
static void init_curl(void) {
  settle_heap();
  global_result = curl_global_init(CURL_GLOBAL_DEFAULT);
}

static void close_on_exec(int fd) {
  int domain = 0;
  socklen_t len = sizeof domain;
  if (getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &len) == 0 && domain == AF_UNIX)
    fcntl(fd, F_SETFD, FD_CLOEXEC);
}

/* curl's own wake-up is a pair of sockets that a child would inherit and that no function tells of:
   they take the two lowest descriptors that are free. */
static CURLM *init_multi(int any) {
  int low = fcntl(any, F_DUPFD_CLOEXEC, 0), next = fcntl(any, F_DUPFD_CLOEXEC, 0);
  if (low >= 0) close(low);
  if (next >= 0) close(next);
  CURLM *multi = curl_multi_init();
  close_on_exec(low);
  close_on_exec(next);
  return multi;
}

static bool make_multi(rh_loop *loop) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, init_curl);
  if (global_result != CURLE_OK) return false;
  CURLM *m = loop->multi = init_multi(uv_backend_fd(&loop->uv));
  return m && curl_multi_setopt(m, CURLMOPT_SOCKETFUNCTION, on_socket) == CURLM_OK &&
         curl_multi_setopt(m, CURLMOPT_SOCKETDATA, loop) == CURLM_OK &&
         curl_multi_setopt(m, CURLMOPT_TIMERFUNCTION, on_timer_wish) == CURLM_OK &&
         curl_multi_setopt(m, CURLMOPT_TIMERDATA, loop) == CURLM_OK;
}

static void on_wakeup(uv_async_t *handle) {
  loop_of(handle)->stopped = true;
}

/* The wake-up's handle stays referenced, so that libuv takes the loop for alive and computes its
   time-out; whether anything is under way is counted apart from that. */
static int make_handles(rh_loop *loop) {
  int rc = uv_async_init(&loop->uv, &loop->wakeup, on_wakeup);
  if (rc != 0) return rc;
  uv_timer_init(&loop->uv, &loop->curl_timer);
  uv_prepare_init(&loop->uv, &loop->prepare);
  uv_prepare_start(&loop->prepare, on_prepare);
  return 0;
}

rhub_status rh_loop_new(rh_loop **out, rhub_error *error) {
  *out = NULL;
  rh_loop *loop = calloc(1, sizeof *loop);
  if (!loop) return rh_fail(error, RHUB_NOMEM, "out of memory");
  int rc = uv_loop_init(&loop->uv);
  if (rc != 0) {
    free(loop);
    return rh_fail(error, rc == UV_ENOMEM ? RHUB_NOMEM : RHUB_IO,
                   "cannot make an event loop: %s; raise the limit of open files (ulimit -n)",
                   uv_strerror(rc));
  }
  loop->uv.data = loop;
  rc = make_handles(loop);
  if (rc == 0 && make_multi(loop)) {
    *out = loop;
    return RHUB_OK;
  }
  rh_loop_free(loop);
  if (rc == 0) return rh_fail(error, RHUB_NOMEM, "out of memory while libcurl was set up");
  return rh_fail(error, RHUB_IO, "cannot make a wake-up descriptor: %s", uv_strerror(rc));
}

static void close_rest(uv_handle_t *handle, void *ignored) {
  (void)ignored;
  if (!uv_is_closing(handle)) uv_close(handle, NULL);
}

void rh_loop_free(rh_loop *loop) {
  if (!loop) return;
  while (loop->jobs > 0) uv_run(&loop->uv, UV_RUN_ONCE); /* their owners close what they have */
  if (loop->multi) curl_multi_cleanup(loop->multi); /* closes idle connections, hence watches */
  uv_walk(&loop->uv, close_rest, NULL);
  while (uv_loop_close(&loop->uv) == UV_EBUSY) uv_run(&loop->uv, UV_RUN_ONCE);
  for (watch *w = loop->spare, *next; w; w = next) {
    next = w->next;
    free(w);
  }
  free(loop->watches);
  free(loop);
}

/* ---- driving --------------------------------------------------------------------------------- */

int rh_loop_fd(const rh_loop *loop) {
  return uv_backend_fd(&loop->uv);
}

int rh_loop_timeout(rh_loop *loop) {
  if (loop->due || loop->dirty || loop->stopped) return 0;
  refresh(loop);
  return uv_backend_timeout(&loop->uv);
}

static void turn(rh_loop *loop) {
  loop->turning = true;
  uv_run(&loop->uv, UV_RUN_NOWAIT);
  read_messages(loop);
  loop->turning = false;
}

/* Sleeps until something is ready, at most until `deadline` (in libuv's milliseconds). False when
   a signal has cut the sleep short. */
static bool sleep_until(rh_loop *loop, bool limited, uint64_t deadline) {
  int ms = rh_loop_timeout(loop);
  uint64_t now = uv_now(&loop->uv);
  if (limited && (ms < 0 || now + (uint64_t)ms > deadline))
    ms = now < deadline ? (int)(deadline - now) : 0;
  if (ms == 0) return true;
  struct pollfd p = {uv_backend_fd(&loop->uv), POLLIN, 0};
  return poll(&p, 1, ms) >= 0 || errno != EINTR;
}

bool rh_loop_step(rh_loop *loop, int timeout_ms) {
  refresh(loop);
  uint64_t deadline = uv_now(&loop->uv) + (uint64_t)(timeout_ms > 0 ? timeout_ms : 0);
  bool under_way = true, last = timeout_ms == 0;
  for (;;) {
    turn(loop);
    if (loop->stopped || last) break;
    under_way = loop->transfers + loop->timers + loop->jobs > 0;
    if (timeout_ms < 0 && !under_way) break;
    bool whole = sleep_until(loop, timeout_ms > 0, deadline);
    refresh(loop);
    last = !whole || (timeout_ms > 0 && uv_now(&loop->uv) >= deadline);
  }
  loop->stopped = false;
  return under_way || timeout_ms >= 0;
}

void rh_loop_stop(rh_loop *loop) {
  loop->stopped = true;
}

void rh_loop_wakeup(rh_loop *loop) {
  uv_async_send(&loop->wakeup);
}

double rh_loop_now(rh_loop *loop) {
  refresh(loop);
  return (double)uv_now(&loop->uv) / 1e3;
}

/* ---- timers ---------------------------------------------------------------------------------- */

static void on_fire(uv_timer_t *handle) {
  rh_timer *timer = (rh_timer *)handle;
  loop_of(handle)->timers--;
  timer->fire(timer);
}

static void on_timer_closed(uv_handle_t *handle) {
  rh_timer *timer = (rh_timer *)handle;
  if (timer->closed) timer->closed(timer);
}

void rh_timer_init(rh_loop *loop, rh_timer *timer, rh_timer_fn *fire) {
  uv_timer_init(&loop->uv, &timer->uv);
  timer->fire = fire;
  timer->closed = NULL;
}

void rh_timer_start(rh_timer *timer, double seconds) {
  rh_loop *loop = loop_of(&timer->uv);
  rh_timer_stop(timer);
  refresh(loop);
  double ms = ceil(seconds * 1e3);
  uv_timer_start(&timer->uv, on_fire, ms > 0 ? (ms < 1e15 ? (uint64_t)ms : (uint64_t)1e15) : 0, 0);
  loop->timers++;
}

void rh_timer_stop(rh_timer *timer) {
  if (!uv_is_active((uv_handle_t *)&timer->uv)) return;
  uv_timer_stop(&timer->uv);
  loop_of(&timer->uv)->timers--;
}

void rh_timer_close(rh_timer *timer, rh_timer_fn *closed) {
  rh_timer_stop(timer);
  timer->closed = closed;
  uv_close((uv_handle_t *)&timer->uv, on_timer_closed);
}

/* ---- jobs ------------------------------------------------------------------------------------ */

static void on_work(uv_work_t *work) {
  rh_job *job = (rh_job *)work;
  job->work(job);
}

static void on_worked(uv_work_t *work, int status) {
  (void)status; /* never cancelled */
  rh_job *job = (rh_job *)work;
  ((rh_loop *)work->loop->data)->jobs--;
  job->done(job);
}

rhub_status rh_job_start(rh_loop *loop, rh_job *job, rh_job_fn *work, rh_job_fn *done) {
  job->work = work;
  job->done = done;
  if (uv_queue_work(&loop->uv, &job->uv, on_work, on_worked) != 0) return RHUB_NOMEM;
  loop->jobs++;
  return RHUB_OK;
}
