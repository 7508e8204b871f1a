/* Media in. One sending is one file on its way, for all callers that wait for it: opened once,
 * streamed by transfer, hashed by a worker at the same time. */
#include "upload.h"

#include "error.h"
#include "known.h"
#include "reply.h"
#include "retry.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define TRIES     5
#define OPEN_MOST 32 /* files open at once; others wait */

/* What the kinds do differently. */
static const struct {
  const char *route;
  rh_form form;
} ways[] = {
    [RHUB_UPLOAD_URL] = {"/openapi/v2/media/upload/binary", RH_FORM_V2},
    [RHUB_UPLOAD_NODE] = {"/task/openapi/upload", RH_FORM_LEGACY},
};
#define KINDS (sizeof ways / sizeof *ways)

typedef struct sending sending;

struct rh_uploads {
  rh_loop *loop;
  rh_pool *pool;
  double timeout;
  double pause_first, pause_max;
  sending *first, *last;
  sending *next_turn; /* the oldest that waits and has not been called yet */
  size_t open;        /* called or begun */
  rh_known_list known[KINDS];
};

struct rh_upload {
  rh_upload *next;
  sending *sending;
  rh_upload_done *done;
  void *owner;
};

/* What makes two paths one file, unchanged. */
typedef struct file_key {
  dev_t dev;
  ino_t ino;
  off_t size;
  struct timespec changed, modified;
} file_key;

typedef enum stage {
  WAITING, /* for its turn */
  LOOKING, /* a remembered upload has its size: the digest decides */
  SENDING, /* on the wire, or pausing before the next try */
  SENT     /* there is an address; the digest is still being made */
} stage;

struct sending {
  rh_timer timer; /* first */
  rh_job job;     /* makes the digest */
  rh_uploads *all;
  sending *prev, *next;
  rh_upload *waiters;
  rh_transfer *transfer;
  stage stage;
  rhub_upload_kind kind;
  int fd;
  file_key key;
  rh_digest digest;
  int digest_error; /* errno; -1: no digest yet */
  bool called;      /* counts as open */
  bool hashing, telling, abandoned;
  atomic_bool stop;
  unsigned tries;
  char *url, *file_name; /* once SENT */
  rhub_error error;
  char path[];
};

/* ---- files ----------------------------------------------------------------------------------- */

static const char *base_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

static file_key key_of(const struct stat *st) {
  return (file_key){st->st_dev, st->st_ino, st->st_size, st->st_ctim, st->st_mtim};
}

static bool same_time(struct timespec a, struct timespec b) {
  return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

static bool same_key(const file_key *a, const file_key *b) {
  return a->dev == b->dev && a->ino == b->ino && a->size == b->size &&
         same_time(a->changed, b->changed) && same_time(a->modified, b->modified);
}

/* Opens what may be uploaded; -1 with the error filled. A pipe or device is not waited for. */
static int open_file(const char *path, file_key *key, rhub_error *error) {
  struct stat st;
  if (!*path) return rh_fail(error, RHUB_INPUT, "a file's path is empty"), -1;
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0 && (errno == EMFILE || errno == ENFILE))
    return rh_fail(error, RHUB_IO, "file %s cannot be opened: %s", path, strerror(errno)), -1;
  if (fd < 0 || fstat(fd, &st) != 0) {
    rh_fail(error, RHUB_INPUT, "file %s cannot be read: %s", path, strerror(errno));
  } else if (S_ISDIR(st.st_mode)) {
    rh_fail(error, RHUB_INPUT, "%s is a folder; give a file", path);
  } else if (!S_ISREG(st.st_mode)) {
    rh_fail(error, RHUB_INPUT, "%s is no regular file", path);
  } else if (st.st_size == 0) {
    rh_fail(error, RHUB_INPUT, "file %s is empty", path);
  } else {
    *key = key_of(&st);
    return fd;
  }
  if (fd >= 0) close(fd);
  return -1;
}

rhub_status rh_upload_check(const char *path, rhub_error *error) {
  file_key key;
  rhub_error own;
  int fd = open_file(path, &key, &own);
  if (fd >= 0) {
    close(fd);
    return RHUB_OK;
  }
  if (error) *error = own;
  return own.status;
}

static bool file_changed(const sending *s) {
  struct stat st;
  if (fstat(s->fd, &st) != 0) return true;
  file_key now = key_of(&st);
  return !same_key(&s->key, &now);
}

static double wall_clock(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* ---- ends ------------------------------------------------------------------------------------ */

static void free_sending(rh_timer *timer) {
  free(timer); /* its first member */
}

static void destroy(sending *s) {
  if (s->fd >= 0) close(s->fd);
  free(s->url);
  free(s->file_name);
  rh_timer_close(&s->timer, free_sending);
}

/* Out of the list; freed as soon as no worker reads the file any more. */
static void retire(sending *s) {
  rh_uploads *all = s->all;
  *(s->prev ? &s->prev->next : &all->first) = s->next;
  *(s->next ? &s->next->prev : &all->last) = s->prev;
  if (all->next_turn == s) all->next_turn = s->next;
  if (s->called) all->open--;
  rh_transfer_cancel(s->transfer);
  s->transfer = NULL;
  if (s->hashing) {
    s->abandoned = true;
    atomic_store(&s->stop, true);
  } else {
    destroy(s);
  }
}

/* Tells all that wait. An owner may start and cancel uploads in its `done`, this one's other
   waiters too. */
static void tell_all(sending *s, const rh_upload_end *end) {
  rh_upload_end each = *end;
  s->telling = true;
  for (rh_upload *waiter; (waiter = s->waiters) != NULL;) {
    s->waiters = waiter->next;
    waiter->done(waiter->owner, &each);
    free(waiter);
    each.reused = true; /* it was sent for the first of them */
  }
  s->telling = false;
}

static void begin_waiting(rh_uploads *all);

static void end_failed(sending *s) {
  rh_uploads *all = s->all;
  rh_upload_end end = {.error = &s->error};
  s->stage = SENT; /* nobody joins what has failed */
  tell_all(s, &end);
  retire(s);
  begin_waiting(all);
}

/* What the service has told; "" counts as nothing. False: no memory. */
static bool keep_told(sending *s, const char *url, const char *file_name) {
  s->url = *url ? strdup(url) : NULL;
  s->file_name = *file_name ? strdup(file_name) : NULL;
  return (s->url || !*url) && (s->file_name || !*file_name);
}

static void end_no_memory(sending *s) {
  rh_fail(&s->error, RHUB_NOMEM, "out of memory while %s was uploaded", s->path);
  end_failed(s);
}

/* Remembers the address if the digest is of what was sent, tells those that have joined since, and
   is done with the file. */
static void end_sent(sending *s) {
  rh_uploads *all = s->all;
  rh_upload_end end = {
      .url = s->url, .file_name = s->file_name, .bytes = (uint64_t)s->key.size, .reused = true};
  if (s->digest_error == 0 && !file_changed(s))
    rh_known_add(&all->known[s->kind], (uint64_t)s->key.size, &s->digest, s->url ? s->url : "",
                 s->file_name ? s->file_name : "", wall_clock());
  tell_all(s, &end);
  retire(s);
  begin_waiting(all);
}

/* ---- digests --------------------------------------------------------------------------------- */

static sending *sending_of(rh_job *job) {
  return (sending *)((char *)job - offsetof(sending, job));
}

static void on_hash(rh_job *job) {
  sending *s = sending_of(job);
  s->digest_error = rh_digest_file(s->fd, s->key.size, &s->stop, &s->digest);
}

static void send_file(sending *s);

/* The digest is there before anything was sent: it may be known already. */
static void end_looking(sending *s) {
  rh_uploads *all = s->all;
  const rh_known *known = NULL;
  if (s->digest_error == 0 && !file_changed(s))
    known = rh_known_find(&all->known[s->kind], (uint64_t)s->key.size, &s->digest, wall_clock());
  if (!known) {
    send_file(s);
    return;
  }
  if (!keep_told(s, known->url, known->file_name)) {
    end_no_memory(s);
    return;
  }
  rh_upload_end end = {
      .url = s->url, .file_name = s->file_name, .reused = true, .bytes = (uint64_t)s->key.size};
  s->stage = SENT;
  tell_all(s, &end);
  retire(s);
  begin_waiting(all);
}

static void on_hashed(rh_job *job) {
  sending *s = sending_of(job);
  s->hashing = false;
  if (s->abandoned)
    destroy(s);
  else if (s->stage == LOOKING)
    end_looking(s);
  else if (s->stage == SENT)
    end_sent(s);
}

/* ---- sending --------------------------------------------------------------------------------- */

static double random_fraction(void) {
  uint32_t bits = 0;
  if (getrandom(&bits, sizeof bits, GRND_NONBLOCK) < 0) return 0.5;
  return (double)bits / 4294967296.0;
}

/* There is an address: tells it, and keeps it as soon as the digest is there. */
static void accepted(sending *s, const rh_reply *reply) {
  if (!keep_told(s, reply->download_url, reply->file_name)) {
    end_no_memory(s);
    return;
  }
  rh_upload_end end = {.url = s->url, .file_name = s->file_name, .bytes = (uint64_t)s->key.size};
  s->stage = SENT;
  tell_all(s, &end);
  if (!s->hashing) end_sent(s);
}

/* The verdict on what came back; RH_ACCEPTED only with what was asked for. */
static rh_verdict judge(sending *s, const rh_exchange *x, const rh_reply *reply) {
  rh_verdict verdict = rh_judge_call(x, reply, s->path, &s->error);
  bool node = s->kind == RHUB_UPLOAD_NODE;
  if (verdict != RH_ACCEPTED || *(node ? reply->file_name : reply->download_url)) return verdict;
  rh_fail(&s->error, RHUB_PROTOCOL, "%s was uploaded, but the service told no %s", s->path,
          node ? "file name" : "address");
  return RH_FATAL;
}

static void on_sent(void *owner, const rh_exchange *x) {
  sending *s = owner;
  rh_reply reply;
  s->transfer = NULL;
  if (file_changed(s)) {
    rh_fail(&s->error, RHUB_IO, "file %s was changed while it was uploaded; upload it again",
            s->path);
    end_failed(s);
    return;
  }
  rh_parse parsed = RH_PARSE_BAD;
  if (x->wire == RH_WIRE_REPLY) parsed = rh_reply_parse(x->body, x->body_len, false, &reply);
  if (parsed == RH_PARSE_NOMEM) {
    end_no_memory(s);
    return;
  }
  rh_verdict verdict = judge(s, x, parsed == RH_PARSE_OK ? &reply : NULL);
  if (verdict == RH_ACCEPTED)
    accepted(s, &reply);
  else if (verdict != RH_FATAL && ++s->tries < TRIES)
    rh_timer_start(&s->timer, rh_pause(s->all->pause_first, s->all->pause_max, s->tries - 1,
                                       random_fraction(), x->retry_after));
  else
    end_failed(s);
  if (parsed == RH_PARSE_OK) rh_reply_clear(&reply);
}

static void send_file(sending *s) {
  rh_request request = {
      .kind = RH_REQUEST_UPLOAD,
      .url = ways[s->kind].route,
      .form = ways[s->kind].form,
      .file_name = base_name(s->path),
      .file_fd = s->fd,
      .file_size = s->key.size,
      .timeout = s->all->timeout,
      .done = on_sent,
      .owner = s,
  };
  s->stage = SENDING;
  s->transfer = rh_transfer_start(s->all->pool, &request);
  if (!s->transfer) end_no_memory(s);
}

static void on_timer(rh_timer *timer) {
  send_file((sending *)timer);
}

/* Its turn has come. A digest before the sending costs time, so it is made first only where it may
   save the sending; without one at all the address is just not remembered. */
static void begin(sending *s) {
  rh_uploads *all = s->all;
  s->fd = open_file(s->path, &s->key, &s->error);
  if (s->fd < 0) {
    end_failed(s);
    return;
  }
  bool look = rh_known_size(&all->known[s->kind], (uint64_t)s->key.size, wall_clock());
  s->hashing = rh_job_start(all->loop, &s->job, on_hash, on_hashed) == RHUB_OK;
  if (look && s->hashing)
    s->stage = LOOKING;
  else
    send_file(s);
}

static void on_turn(rh_timer *timer) {
  sending *s = (sending *)timer;
  timer->fire = on_timer;
  begin(s);
}

/* Calls the next ones, in the order in which they came; each begins in a turn of its own. */
static void begin_waiting(rh_uploads *all) {
  while (all->next_turn && all->open < OPEN_MOST) {
    sending *s = all->next_turn;
    all->next_turn = s->next;
    all->open++;
    s->called = true;
    rh_timer_start(&s->timer, 0);
  }
}

/* ---- the interface --------------------------------------------------------------------------- */

rh_uploads *rh_uploads_new(rh_loop *loop, rh_pool *pool, double request_timeout) {
  rh_uploads *all = calloc(1, sizeof *all);
  if (all) *all = (rh_uploads){loop, pool, request_timeout, .pause_first = 1, .pause_max = 8};
  return all;
}

void rh_uploads_pauses(rh_uploads *all, double first, double max) {
  all->pause_first = first;
  all->pause_max = max;
}

void rh_uploads_free(rh_uploads *all) {
  if (!all) return;
  for (sending *s; (s = all->first) != NULL;) {
    for (rh_upload *waiter; (waiter = s->waiters) != NULL;) {
      s->waiters = waiter->next;
      free(waiter);
    }
    retire(s);
  }
  for (size_t i = 0; i < KINDS; i++) rh_known_clear(&all->known[i]);
  free(all);
}

/* One that the file can join: on its way, or there and still being hashed. */
static sending *find_same(const rh_uploads *all, const file_key *key, rhub_upload_kind kind) {
  for (sending *s = all->first; s; s = s->next)
    if ((s->stage != SENT || (s->hashing && (s->url || s->file_name))) && !s->telling &&
        s->kind == kind && same_key(&s->key, key))
      return s;
  return NULL;
}

static sending *sending_new(rh_uploads *all, const char *path, rhub_upload_kind kind,
                            const file_key *key) {
  sending *s = calloc(1, sizeof *s + strlen(path) + 1);
  if (!s) return NULL;
  strcpy(s->path, path);
  s->all = all;
  s->kind = kind;
  s->key = *key;
  s->fd = -1;
  s->digest_error = -1;
  s->prev = all->last;
  *(all->last ? &all->last->next : &all->first) = s;
  all->last = s;
  if (!all->next_turn) all->next_turn = s;
  rh_timer_init(all->loop, &s->timer, on_turn);
  return s;
}

rhub_status rh_upload_start(rh_uploads *all, const char *path, rhub_upload_kind kind,
                            rh_upload_done *done, void *owner, rh_upload **out, rhub_error *error) {
  file_key key;
  rhub_error own;
  *out = NULL;
  int fd = open_file(path, &key, &own);
  if (fd < 0) {
    if (error) *error = own;
    return own.status;
  }
  close(fd); /* opened again when its turn comes: many may wait */
  rh_upload *upload = malloc(sizeof *upload);
  sending *s = upload ? find_same(all, &key, kind) : NULL;
  if (upload && !s) {
    s = sending_new(all, path, kind, &key);
    if (s) begin_waiting(all);
  }
  if (!s) {
    free(upload);
    return rh_fail(error, RHUB_NOMEM, "out of memory");
  }
  rh_upload **last = &s->waiters;
  while (*last) last = &(*last)->next;
  *last = *out = upload;
  *upload = (rh_upload){.sending = s, .done = done, .owner = owner};
  return RHUB_OK;
}

void rh_upload_progress(const rh_upload *upload, uint64_t *done, uint64_t *total) {
  const sending *s = upload->sending;
  *done = 0;
  *total = (uint64_t)s->key.size;
  if (s->transfer) rh_transfer_progress(s->transfer, done, total);
}

void rh_upload_cancel(rh_upload *upload) {
  if (!upload) return;
  sending *s = upload->sending;
  rh_upload **at = &s->waiters;
  while (*at != upload) at = &(*at)->next;
  *at = upload->next;
  free(upload);
  if (s->waiters || s->stage == SENT) return;
  rh_uploads *all = s->all;
  retire(s);
  begin_waiting(all);
}
