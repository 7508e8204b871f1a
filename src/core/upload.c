/* Media in: who waits for which file, whose turn it is, what is remembered. */
#include "upload_sending.h"

#include "error.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define OPEN_MOST 32                /* files open at once; others wait */
#define SMALL     ((off_t)8 << 20)  /* its digest is a matter of milliseconds */
#define LINGER    ((off_t)64 << 20) /* what is worth a moment at the end to be remembered */

static double wall_clock(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

rhub_status rh_upload_check(const char *path, rhub_error *error) {
  rh_file_key key;
  rhub_error own;
  int fd = rh_file_open(path, &key, &own);
  if (fd >= 0) {
    close(fd);
    return RHUB_OK;
  }
  if (error) *error = own;
  return own.status;
}

/* ---- ends ------------------------------------------------------------------------------------ */

static void free_sending(rh_timer *timer) {
  free(timer); /* its first member */
}

static void destroy(rh_sending *s) {
  if (s->fd >= 0) close(s->fd);
  rh_known_release(s->known);
  free(s->found.url);
  free(s->found.file_name);
  free(s->put_url);
  free(s->url);
  free(s->file_name);
  free(s->json);
  rh_timer_close(&s->timer, free_sending);
}

/* Out of the list; freed as soon as no worker has to do with it any more. */
static void retire(rh_sending *s) {
  rh_uploads *all = s->all;
  *(s->prev ? &s->prev->next : &all->first) = s->next;
  *(s->next ? &s->next->prev : &all->last) = s->prev;
  if (all->next_turn == s) all->next_turn = s->next;
  if (s->called) all->open--;
  rh_transfer_cancel(s->transfer);
  s->transfer = NULL;
  s->abandoned = true;
  if (s->duty == RH_DUTY_NONE)
    destroy(s);
  else if (s->stage != RH_STAGE_SENT || s->key.size > LINGER)
    atomic_store(&s->stop, true);
}

/* Tells all that wait. An owner may start and cancel uploads in its `done`, this one's other
   waiters too. */
static void tell_all(rh_sending *s, const rhub_error *error) {
  rh_upload_end end = {.error = error};
  char sha256[65];
  bool digested = s->digest_wanted && s->duty == RH_DUTY_NONE && s->has_sha256;
  if (digested) rh_digest_hex(&s->digest, 64, sha256);
  if (!error)
    end = (rh_upload_end){.url = s->url,
                          .file_name = s->file_name,
                          .json = s->json,
                          .json_len = s->json_len,
                          .sha256 = digested && !rh_file_changed(s->fd, &s->key) ? sha256 : NULL,
                          .bytes = (uint64_t)s->key.size,
                          .reused = s->reused};
  s->telling = true;
  for (rh_upload *waiter; (waiter = s->waiters) != NULL;) {
    s->waiters = waiter->next;
    waiter->done(waiter->owner, &end);
    free(waiter);
    end.reused = true; /* it was sent for the first of them */
  }
  s->telling = false;
}

static void begin_waiting(rh_uploads *all);

/* The last of them are told. */
static void finish(rh_sending *s, const rhub_error *error) {
  rh_uploads *all = s->all;
  s->stage = RH_STAGE_OVER;
  tell_all(s, error);
  retire(s);
  begin_waiting(all);
}

void rh_sending_failed(rh_sending *s) {
  finish(s, &s->error);
}

void rh_sending_no_memory(rh_sending *s) {
  rh_fail(&s->error, RHUB_NOMEM, "out of memory while %s was uploaded", s->path);
  rh_sending_failed(s);
}

/* ---- what is remembered ---------------------------------------------------------------------- */

/* The kinds that are; the service itself tells of a LoRA that it has, and a ComfyUI forgets. */
static const char *const kept_as[] = {
    [RHUB_UPLOAD_URL] = "url",
    [RHUB_UPLOAD_NODE] = "node",
    [RHUB_UPLOAD_LORA] = NULL,
    [RHUB_UPLOAD_COMFY] = NULL,
};

static rh_known_key key_of(const rh_sending *s) {
  return (rh_known_key){kept_as[s->kind], rh_file_extension(s->name), (uint64_t)s->key.size};
}

static int hash(rh_sending *s) {
  int failed = rh_digest_file(s->fd, s->key.size, &s->stop, &s->digest);
  s->has_sha256 = failed == 0;
  return failed;
}

static void look(rh_sending *s) {
  if (s->kind == RHUB_UPLOAD_LORA) {
    s->digest_error = rh_digest_file_md5(s->fd, s->key.size, &s->stop, s->md5);
    return;
  }
  rh_known_key key = key_of(s);
  if (!rh_known_size(s->known, &key, wall_clock())) return;
  s->digest_error = hash(s);
  if (s->digest_error == 0) rh_known_find(s->known, &key, &s->digest, wall_clock(), &s->found);
}

static rh_sending *sending_of(rh_job *job) {
  return (rh_sending *)((char *)job - offsetof(rh_sending, job));
}

/* On the worker. */
static void on_duty(rh_job *job) {
  rh_sending *s = sending_of(job);
  rh_known_key key;
  switch (s->duty) {
  case RH_DUTY_LOOK: look(s); break;
  case RH_DUTY_HASH: s->digest_error = hash(s); break;
  case RH_DUTY_RECORD:
    key = key_of(s);
    rh_known_add(s->known, &key, &s->digest, s->url ? s->url : "", s->file_name ? s->file_name : "",
                 wall_clock());
    break;
  case RH_DUTY_NONE: break;
  }
}

static void off_duty(rh_job *job);

static bool charge(rh_sending *s, rh_duty duty) {
  s->duty = duty;
  if (rh_job_start(s->loop, &s->job, on_duty, off_duty) == RHUB_OK) return true;
  s->duty = RH_DUTY_NONE;
  return false;
}

/* It has arrived, and no worker is at it: remembers it, if the digest is of what was sent, then is
   done with the file. */
static void remember(rh_sending *s) {
  bool keeps = kept_as[s->kind] && s->digest_error == 0 && !rh_file_changed(s->fd, &s->key);
  if (keeps && charge(s, RH_DUTY_RECORD)) return;
  if (s->abandoned)
    destroy(s);
  else
    finish(s, NULL);
}

/* There is an address. It is remembered before it is told, so that the next upload of the same
   bytes finds it, but for a large file whose digest is still being made. */
void rh_sending_arrived(rh_sending *s) {
  s->stage = RH_STAGE_SENT;
  if (s->duty != RH_DUTY_NONE && s->key.size > SMALL && !s->digest_wanted) {
    tell_all(s, NULL);
    s->reused = true; /* for those that join from here on */
  }
  if (s->duty == RH_DUTY_NONE) remember(s);
}

/* Sends it, and makes the digest at the same time: made before, it costs time, so it is only where
   it may save the sending. Without one the address is just not remembered. One that cannot be made
   is not tried again but where somebody waits for it. */
static void send_and_hash(rh_sending *s) {
  s->stage = RH_STAGE_SENDING;
  bool wanted = s->digest_wanted || (kept_as[s->kind] && s->digest_error < 0);
  if (wanted && !s->has_sha256) charge(s, RH_DUTY_HASH);
  rh_sending_send(s);
}

static void looked(rh_sending *s) {
  if (s->digest_error > 0 && s->kind == RHUB_UPLOAD_LORA) {
    rh_fail(&s->error, RHUB_IO, "the MD5 of %s cannot be made: %s", s->path,
            strerror(s->digest_error));
    rh_sending_failed(s);
  } else if (s->found.url && !rh_file_changed(s->fd, &s->key)) {
    s->url = *s->found.url ? s->found.url : NULL;
    s->file_name = *s->found.file_name ? s->found.file_name : NULL;
    if (s->url) s->found.url = NULL;
    if (s->file_name) s->found.file_name = NULL;
    s->reused = true;
    finish(s, NULL);
  } else {
    send_and_hash(s);
  }
}

static void complain(const rh_sending *s) {
  rhub_error complaint;
  const rh_uploads_options *o = &s->all->options;
  if (o->warn && rh_known_complaint(s->known, &complaint)) o->warn(o->owner, complaint.message);
}

static void off_duty(rh_job *job) {
  rh_sending *s = sending_of(job);
  rh_duty was = s->duty;
  s->duty = RH_DUTY_NONE;
  if (!s->abandoned) complain(s);
  if (was == RH_DUTY_HASH && s->stage == RH_STAGE_SENT)
    remember(s);
  else if (s->abandoned)
    destroy(s);
  else if (was == RH_DUTY_LOOK)
    looked(s);
  else if (was == RH_DUTY_RECORD)
    finish(s, NULL);
}

/* ---- turns ----------------------------------------------------------------------------------- */

static void on_timer(rh_timer *timer) {
  rh_sending_send((rh_sending *)timer);
}

static void begin(rh_sending *s) {
  s->fd = rh_file_open(s->path, &s->key, &s->error);
  if (s->fd < 0) {
    rh_sending_failed(s);
    return;
  }
  s->stage = RH_STAGE_LOOKING;
  bool looks = s->kind != RHUB_UPLOAD_COMFY && charge(s, RH_DUTY_LOOK);
  if (looks) return;
  if (s->kind == RHUB_UPLOAD_LORA)
    rh_sending_no_memory(s);
  else
    send_and_hash(s);
}

static void on_turn(rh_timer *timer) {
  timer->fire = on_timer;
  begin((rh_sending *)timer);
}

/* Calls the next ones, in the order in which they came; each begins in a turn of its own. */
static void begin_waiting(rh_uploads *all) {
  while (all->next_turn && all->open < OPEN_MOST) {
    rh_sending *s = all->next_turn;
    all->next_turn = s->next;
    all->open++;
    s->called = true;
    rh_timer_start(&s->timer, 0);
  }
}

/* ---- the interface --------------------------------------------------------------------------- */

rh_uploads *rh_uploads_new(rh_loop *loop, rh_pool *pool, const rh_uploads_options *options) {
  rh_uploads *all = calloc(1, sizeof *all);
  if (!all) return NULL;
  *all = (rh_uploads){.loop = loop, .pool = pool, .options = *options};
  rh_known_hold(options->known);
  if (all->options.pause_first == 0) all->options.pause_first = 1;
  if (all->options.pause_max == 0) all->options.pause_max = 8;
  if (all->options.put_life == 0) all->options.put_life = 3600;
  return all;
}

void rh_uploads_free(rh_uploads *all) {
  if (!all) return;
  for (rh_sending *s; (s = all->first) != NULL;) {
    for (rh_upload *waiter; (waiter = s->waiters) != NULL;) {
      s->waiters = waiter->next;
      free(waiter);
    }
    retire(s);
  }
  rh_known_release(all->options.known);
  free(all);
}

/* Whether an upload under this name ends as this one does. */
static bool same_words(const rh_sending *s, const char *name, const char *to) {
  if (!kept_as[s->kind]) return strcmp(s->name, name) == 0 && strcmp(s->to, to) == 0;
  return strcmp(rh_file_extension(s->name), rh_file_extension(name)) == 0;
}

/* One that the file can join: on its way, or there and not remembered yet. */
static rh_sending *find_same(const rh_uploads *all, const rh_file_key *key, rhub_upload_kind kind,
                             const char *name, const char *to, bool digest) {
  for (rh_sending *s = all->first; s; s = s->next)
    if (s->kind == kind && s->stage != RH_STAGE_OVER && !s->telling && rh_file_same(&s->key, key) &&
        same_words(s, name, to) && (!digest || s->digest_wanted || kept_as[kind]))
      return s;
  return NULL;
}

static rh_sending *sending_new(rh_uploads *all, const rh_file_key *key, rhub_upload_kind kind,
                               const char *path, const char *name, const char *to) {
  rh_sending *s = calloc(1, sizeof *s + strlen(path) + strlen(name) + strlen(to) + 3);
  if (!s) return NULL;
  s->path = s->text;
  s->name = stpcpy(s->text, path) + 1;
  s->to = stpcpy((char *)s->name, name) + 1;
  strcpy((char *)s->to, to);
  s->all = all;
  s->loop = all->loop;
  s->known = rh_known_hold(all->options.known);
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
                            const rh_upload_words *words, rh_upload_done *done, void *owner,
                            rh_upload **out, rhub_error *error) {
  rh_file_key key;
  rhub_error own;
  const char *name = words && words->name ? words->name : rh_file_name(path);
  const char *to = words && words->to ? words->to : "";
  bool digest = words && words->digest;
  *out = NULL;
  int fd = rh_file_open(path, &key, &own);
  if (fd < 0) {
    if (error) *error = own;
    return own.status;
  }
  close(fd); /* opened again when its turn comes: many may wait */
  rh_upload *upload = malloc(sizeof *upload);
  rh_sending *s = upload ? find_same(all, &key, kind, name, to, digest) : NULL;
  if (upload && !s) {
    s = sending_new(all, &key, kind, path, name, to);
    if (s) begin_waiting(all);
  }
  if (!s) {
    free(upload);
    return rh_fail(error, RHUB_NOMEM, "out of memory");
  }
  s->digest_wanted = s->digest_wanted || digest;
  rh_upload **last = &s->waiters;
  while (*last) last = &(*last)->next;
  *last = *out = upload;
  *upload = (rh_upload){.sending = s, .done = done, .owner = owner};
  return RHUB_OK;
}

void rh_upload_progress(const rh_upload *upload, uint64_t *done, uint64_t *total) {
  const rh_sending *s = upload->sending;
  *done = 0;
  *total = (uint64_t)s->key.size;
  if (s->transfer) rh_transfer_progress(s->transfer, done, total);
}

void rh_upload_cancel(rh_upload *upload) {
  if (!upload) return;
  rh_sending *s = upload->sending;
  rh_upload **at = &s->waiters;
  while (*at != upload) at = &(*at)->next;
  *at = upload->next;
  free(upload);
  if (s->waiters || s->stage >= RH_STAGE_SENT) return;
  rh_uploads *all = s->all;
  retire(s);
  begin_waiting(all);
}
