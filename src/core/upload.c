/* Media in. One *sending* is one file on its way, with all who wait for it; see upload.h.
 *
 *   open -> [hash, where something of that size is remembered] -> send, hashing beside it -> ended
 *
 * The worker that hashes reads the same descriptor with pread: what is sent comes from the page
 * cache then, and the loop never waits for the disk's second reading. */
#include "upload.h"

#include "error.h"
#include "remember.h"
#include "reply.h"
#include "retry.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SEND_TRIES = 4 };

typedef struct sending sending;

struct rh_upload {
  rh_upload *next; /* in the sending's waiters */
  sending *sending;
  rh_upload_done *done;
  void *owner;
};

struct sending {
  sending *next; /* in rh_uploads.under_way */
  rh_uploads *uploads;
  rh_upload *waiters;
  rh_job job;
  rh_timer timer;
  rh_transfer *transfer;
  char *path;
  int fd;
  struct stat file; /* what it was when it was opened: who it is, and whether it stayed that */
  rh_digest digest;
  int hash_errno;
  atomic_bool stop;
  bool hashing, hashed; /* a worker has it; it has been done */
  bool sent, ended;
  unsigned tries;
  char *url, *file_name; /* the answer */
};

struct rh_uploads {
  rh_loop *loop;
  rh_pool *pool;
  double timeout;
  rh_memory memory;
  sending *under_way;
};

rh_uploads *rh_uploads_new(rh_loop *loop, rh_pool *pool, double request_timeout) {
  rh_uploads *uploads = calloc(1, sizeof *uploads);
  if (!uploads) return NULL;
  uploads->loop = loop;
  uploads->pool = pool;
  uploads->timeout = request_timeout;
  return uploads;
}

/* ---- opening --------------------------------------------------------------------------------- */

static rhub_status unreadable(const char *path, int reason, rhub_error *error) {
  if (reason == ENOENT || reason == ENOTDIR)
    return rh_fail(error, RHUB_INPUT, "%s: no such file: check the path", path);
  if (reason == EACCES || reason == EPERM)
    return rh_fail(error, RHUB_INPUT, "%s: may not be read: check its permissions", path);
  return rh_fail(error, reason == ENOMEM ? RHUB_NOMEM : RHUB_INPUT, "%s: cannot be read: %s", path,
                 strerror(reason));
}

/* Not blocking: a pipe in place of a file must not hang the loop. */
static rhub_status open_file(const char *path, int *fd, struct stat *file, rhub_error *error) {
  *fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (*fd < 0) return unreadable(path, errno, error);
  rhub_status status = RHUB_OK;
  if (fstat(*fd, file) != 0)
    status = unreadable(path, errno, error);
  else if (S_ISDIR(file->st_mode))
    status = rh_fail(error, RHUB_INPUT, "%s: is a folder: name a file in it", path);
  else if (!S_ISREG(file->st_mode))
    status = rh_fail(error, RHUB_INPUT, "%s: is no regular file", path);
  else if (file->st_size == 0)
    status = rh_fail(error, RHUB_INPUT, "%s: is empty", path);
  if (status == RHUB_OK) return RHUB_OK;
  close(*fd);
  *fd = -1;
  return status;
}

rhub_status rh_upload_check(const char *path, rhub_error *error) {
  struct stat file;
  int fd;
  rhub_status status = open_file(path, &fd, &file, error);
  if (status == RHUB_OK) close(fd);
  return status;
}

static bool same_file(const struct stat *a, const struct stat *b) {
  return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
         a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* ---- freeing --------------------------------------------------------------------------------- */

static void sending_closed(rh_timer *timer) {
  sending *s = (sending *)((char *)timer - offsetof(sending, timer));
  if (s->fd >= 0) close(s->fd);
  free(s->path);
  free(s->url);
  free(s->file_name);
  free(s);
}

static void unlink_sending(sending *s) {
  sending **link = &s->uploads->under_way;
  while (*link && *link != s) link = &(*link)->next;
  if (*link) *link = s->next;
}

/* Nobody waits any more. A worker that still hashes frees it when it comes back. */
static void sending_end(sending *s) {
  if (s->ended) return;
  s->ended = true;
  atomic_store(&s->stop, true);
  rh_transfer_cancel(s->transfer);
  s->transfer = NULL;
  unlink_sending(s);
  s->uploads = NULL;
  if (!s->hashing) rh_timer_close(&s->timer, sending_closed);
}

static void free_waiters(sending *s) {
  while (s->waiters) {
    rh_upload *upload = s->waiters;
    s->waiters = upload->next;
    free(upload);
  }
}

void rh_uploads_free(rh_uploads *uploads) {
  if (!uploads) return;
  while (uploads->under_way) {
    free_waiters(uploads->under_way);
    sending_end(uploads->under_way);
  }
  rh_memory_clear(&uploads->memory);
  free(uploads);
}

/* ---- ending ---------------------------------------------------------------------------------- */

/* Tells all who wait. One of them may cancel others from inside its `done`: so one at a time. */
static void tell_all(sending *s, const rh_upload_end *end) {
  while (s->waiters) {
    rh_upload *upload = s->waiters;
    s->waiters = upload->next;
    upload->done(upload->owner, end);
    free(upload);
  }
  sending_end(s);
}

static void fail(sending *s, const rhub_error *error) {
  tell_all(s, &(rh_upload_end){.error = error});
}

static void fail_memory(sending *s) {
  rhub_error error;
  rh_fail(&error, RHUB_NOMEM, "%s: out of memory during its upload", s->path);
  fail(s, &error);
}

/* Sent and hashed: what was hashed is what was sent only if the file has stayed as it was. */
static void finish(sending *s) {
  rhub_error error;
  struct stat now;
  if (s->hash_errno || fstat(s->fd, &now) != 0 || !same_file(&s->file, &now)) {
    bool changed = s->hash_errno == ENODATA || s->hash_errno == 0;
    rh_fail(&error, s->hash_errno == ENOMEM ? RHUB_NOMEM : RHUB_IO, "%s: %s", s->path,
            changed ? "changed while it was uploaded: try again" : strerror(s->hash_errno));
    fail(s, &error);
    return;
  }
  uint64_t size = (uint64_t)s->file.st_size;
  rh_memory_keep(&s->uploads->memory, &s->digest, size, s->url, s->file_name, time(NULL));
  tell_all(s, &(rh_upload_end){.url = s->url, .file_name = s->file_name, .bytes = size});
}

/* ---- hashing --------------------------------------------------------------------------------- */

static void send_file(sending *s);

static void hash_work(rh_job *job) {
  sending *s = (sending *)((char *)job - offsetof(sending, job));
  s->hash_errno = rh_digest_file(s->fd, s->file.st_size, &s->stop, &s->digest);
}

/* Hashed before it was sent: perhaps it need not be. */
static void look_up(sending *s) {
  uint64_t size = (uint64_t)s->file.st_size;
  const rh_remembered *known =
      s->hash_errno ? NULL : rh_memory_find(&s->uploads->memory, &s->digest, size, time(NULL));
  if (known)
    tell_all(s,
             &(rh_upload_end){
                 .url = known->url, .file_name = known->file_name, .bytes = size, .reused = true});
  else if (s->hash_errno)
    finish(s);
  else
    send_file(s);
}

static void hash_done(rh_job *job) {
  sending *s = (sending *)((char *)job - offsetof(sending, job));
  s->hashing = false;
  s->hashed = true;
  if (s->ended)
    rh_timer_close(&s->timer, sending_closed);
  else if (s->sent)
    finish(s);
  else if (!s->transfer && s->tries == 0)
    look_up(s);
}

static bool start_hashing(sending *s) {
  s->hashing = rh_job_start(s->uploads->loop, &s->job, hash_work, hash_done) == RHUB_OK;
  return s->hashing;
}

/* ---- sending --------------------------------------------------------------------------------- */

static void take_answer(sending *s, const rh_reply *reply) {
  rhub_error error;
  if (!*reply->download_url) {
    rh_fail(&error, RHUB_PROTOCOL, "%s: the service took the upload and gave no address", s->path);
    fail(s, &error);
    return;
  }
  s->url = strdup(reply->download_url);
  s->file_name = strdup(reply->file_name);
  s->sent = true;
  if (!s->url || !s->file_name)
    fail_memory(s);
  else if (s->hashed)
    finish(s); /* else when the worker comes back */
}

static void sent(void *owner, const rh_exchange *exchange) {
  sending *s = owner;
  rhub_error error;
  rh_reply reply;
  s->transfer = NULL;
  bool parsed = exchange->wire == RH_WIRE_REPLY && exchange->body_len > 0 &&
                rh_reply_parse(exchange->body, exchange->body_len, false, &reply) == RH_PARSE_OK;
  rh_verdict verdict = rh_judge_call(exchange, parsed ? &reply : NULL, s->path, &error);
  if (verdict == RH_ACCEPTED)
    take_answer(s, &reply);
  else if (verdict == RH_FATAL || s->tries >= SEND_TRIES)
    fail(s, &error);
  else
    rh_timer_start(&s->timer, rh_pause(0.5, 8, s->tries - 1, 0.5, exchange->retry_after));
  if (parsed) rh_reply_clear(&reply);
}

/* The file's own name: no path of this machine goes out. */
static const char *base_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

static void send_file(sending *s) {
  rh_request request = {
      .kind = RH_REQUEST_UPLOAD,
      .url = "/openapi/v2/media/upload/binary",
      .file_name = base_name(s->path),
      .file_fd = s->fd,
      .file_size = s->file.st_size,
      .timeout = s->uploads->timeout,
      .done = sent,
      .owner = s,
  };
  s->tries++;
  s->transfer = rh_transfer_start(s->uploads->pool, &request);
  if (!s->transfer || (!s->hashed && !s->hashing && !start_hashing(s))) fail_memory(s);
}

static void pause_over(rh_timer *timer) {
  sending *s = (sending *)((char *)timer - offsetof(sending, timer));
  if (s->tries || !rh_memory_has_size(&s->uploads->memory, (uint64_t)s->file.st_size, time(NULL)))
    send_file(s);
  else if (!start_hashing(s))
    fail_memory(s);
}

/* ---- beginning ------------------------------------------------------------------------------- */

static sending *find_sending(const rh_uploads *uploads, const struct stat *file) {
  for (sending *s = uploads->under_way; s; s = s->next)
    if (same_file(&s->file, file)) return s;
  return NULL;
}

/* Takes the descriptor over, also when it fails. */
static sending *sending_new(rh_uploads *uploads, const char *path, int fd,
                            const struct stat *file) {
  sending *s = calloc(1, sizeof *s);
  char *copy = strdup(path);
  if (!s || !copy) {
    free(s);
    free(copy);
    close(fd);
    return NULL;
  }
  s->uploads = uploads;
  s->path = copy;
  s->fd = fd;
  s->file = *file;
  s->next = uploads->under_way;
  uploads->under_way = s;
  rh_timer_init(uploads->loop, &s->timer, pause_over);
  rh_timer_start(&s->timer, 0); /* nothing ends inside rh_upload_start */
  return s;
}

rhub_status rh_upload_start(rh_uploads *uploads, const char *path, rh_upload_done *done,
                            void *owner, rh_upload **out, rhub_error *error) {
  struct stat file;
  int fd;
  rhub_status status = open_file(path, &fd, &file, error);
  if (status != RHUB_OK) return status;
  rh_upload *upload = calloc(1, sizeof *upload);
  sending *s = find_sending(uploads, &file);
  if (!upload || s)
    close(fd);
  else
    s = sending_new(uploads, path, fd, &file);
  if (!upload || !s) {
    free(upload);
    return rh_fail(error, RHUB_NOMEM, "out of memory");
  }
  upload->sending = s;
  upload->done = done;
  upload->owner = owner;
  upload->next = s->waiters;
  s->waiters = upload;
  *out = upload;
  return RHUB_OK;
}

void rh_upload_progress(const rh_upload *upload, uint64_t *done, uint64_t *total) {
  const sending *s = upload->sending;
  *total = (uint64_t)s->file.st_size;
  *done = s->sent ? *total : 0;
  if (!s->transfer) return;
  uint64_t framed; /* the multipart frame counts there: keep to the file's own size */
  rh_transfer_progress(s->transfer, done, &framed);
  if (*done > *total) *done = *total;
}

void rh_upload_cancel(rh_upload *upload) {
  if (!upload) return;
  sending *s = upload->sending;
  rh_upload **link = &s->waiters;
  while (*link && *link != upload) link = &(*link)->next;
  if (*link) *link = upload->next;
  free(upload);
  if (!s->waiters) sending_end(s);
}
