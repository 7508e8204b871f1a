/* Media out: one save is tries of one transfer into one part file, which then takes its final name.
 * Knows the files' side of it; what a name, a part file and an exchange are, others know. */
#include "download.h"

#include "digest.h"
#include "error.h"
#include "part.h"
#include "retry.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>
#include <unistd.h>

#define TRIES         8
#define SKIPPED_MOST  ((size_t)64 << 10) /* of a body that is not the file's */
#define VALIDATOR_MAX 512
#define HEAD          512                    /* enough to tell a file by */
#define NAME_SIZE     (RH_NAME_MAX + 1 + 16) /* with what a record beside a file has more */

struct rh_downloads {
  rh_loop *loop;
  rh_pool *pool;
  double timeout;
  double pause_first, pause_max;
  rh_download *first;
};

/* Why the sink ended a try. */
typedef enum cause {
  GOES_ON,
  RESUME, /* an earlier part was found: ask for the rest only */
  WHOLE,  /* the part is all there is */
  STALE,  /* what was asked for is not what the part is of: from the start */
  BROKEN  /* `error` says it */
} cause;

struct rh_download {
  rh_timer timer; /* first */
  rh_job job;     /* gives it its name, compares with what has that already, makes a digest */
  rh_downloads *all;
  rh_download *prev, *next;
  rh_download_done *done;
  void *owner;
  char *url, *text, *dir, *stem, *ext, *type, *of;
  size_t text_len;
  bool overwrite, on_origin, digest, durable, beside;

  rh_transfer *transfer;
  rh_part part;
  char name[NAME_SIZE];          /* final; "" while the extension is not known */
  char validator[VALIDATOR_MAX]; /* of what the part holds; "" when the server gives none */
  uint64_t have;                 /* bytes in the part */
  uint64_t most;                 /* ... at most, over all tries: more is progress */
  int64_t total;                 /* -1: not told */
  unsigned tries;
  int http_status;
  bool skipping; /* the body is not the file's */
  size_t skipped;
  cause cause;
  bool working, abandoned; /* the job: under way, nobody waits for it */
  bool same, reused, placed;
  int reason; /* why it is not placed */
  char sha256[65];
  rhub_error error;
  char copies[]; /* what the texts above point to */
};

/* ---- ends ------------------------------------------------------------------------------------ */

static void free_download(rh_timer *timer) {
  free(timer); /* its first member */
}

static void destroy(rh_download *d) {
  rh_part_close(&d->part);
  rh_timer_close(&d->timer, free_download);
}

static void unlist(rh_download *d) {
  *(d->prev ? &d->prev->next : &d->all->first) = d->next;
  if (d->next) d->next->prev = d->prev;
}

static void path_of(const rh_download *d, const char *name, char *out, size_t size) {
  size_t len = strlen(d->dir);
  snprintf(out, size, "%s%s%s", d->dir, len && d->dir[len - 1] == '/' ? "" : "/", name);
}

static void tell(rh_download *d, const rh_download_end *end) {
  unlist(d);
  d->done(d->owner, end);
  destroy(d);
}

static void tell_saved(rh_download *d) {
  char path[4096 + NAME_SIZE];
  path_of(d, d->name, path, sizeof path);
  rh_download_end end = {.path = path, .sha256 = d->sha256, .bytes = d->have, .reused = d->reused};
  tell(d, &end);
}

/* A digest that cannot be made is none: the file is there all the same. */
static void on_digest(rh_job *job) {
  rh_download *d = (rh_download *)((char *)job - offsetof(rh_download, job));
  char path[4096 + NAME_SIZE];
  rh_digest digest;
  path_of(d, d->name, path, sizeof path);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return;
  if (rh_digest_file(fd, (int64_t)d->have, NULL, &digest) == 0)
    rh_digest_hex(&digest, 64, d->sha256);
  close(fd);
}

static void on_digested(rh_job *job) {
  rh_download *d = (rh_download *)((char *)job - offsetof(rh_download, job));
  d->working = false;
  if (d->abandoned)
    destroy(d);
  else
    tell_saved(d);
}

static void end_saved(rh_download *d, bool reused) {
  d->reused = reused;
  d->working = d->digest && rh_job_start(d->all->loop, &d->job, on_digest, on_digested) == RHUB_OK;
  if (!d->working) tell_saved(d);
}

/* Adds to the error where the part is, since it is worth something. */
static void tell_part(rh_download *d) {
  char path[4096 + NAME_SIZE], said[sizeof d->error.message];
  rhub_error *e = &d->error;
  path_of(d, d->part.name, path, sizeof path);
  memcpy(said, e->message, sizeof said);
  snprintf(e->message, sizeof e->message, "%.600s; %llu bytes are in %.250s, save again to %s",
           said, (unsigned long long)d->have, path,
           d->validator[0] ? "go on from there" : "fetch it anew");
}

static void end_failed(rh_download *d) {
  bool goes_on = d->of || d->error.status != RHUB_GONE; /* a fresh address goes on with the part */
  if (d->have > 0 && d->part.name[0] && goes_on)
    tell_part(d);
  else
    rh_part_discard(&d->part, d->dir);
  rh_download_end end = {.error = &d->error, .bytes = d->have};
  tell(d, &end);
}

/* For people: the file, or its stem as long as the extension is not known. */
static const char *shown(const rh_download *d) {
  return d->name[0] ? d->name : d->stem;
}

static void fill_io(rh_download *d, const char *what) {
  rh_fail(&d->error, RHUB_IO, "%s/%s cannot be %s: %s", d->dir, shown(d), what, strerror(errno));
}

/* ---- the final name -------------------------------------------------------------------------- */

static void find_name(rh_download *d, const char *head, size_t len) {
  char ext[16];
  const char *sniffed = d->ext ? d->ext : rh_sniff(head, len);
  if (!sniffed) rh_extension(d->type, ext);
  rh_filename(d->stem, sniffed ? sniffed : ext, d->name);
}

/* A record is called as its file is, whose name is not cut for it. */
static void find_name_of_text(rh_download *d) {
  const char *ext = d->ext ? d->ext : "txt";
  if (d->beside)
    snprintf(d->name, sizeof d->name, "%s.%s", d->stem, ext);
  else
    rh_filename(d->stem, ext, d->name);
}

static void fill_taken(rh_download *d) {
  rh_fail(&d->error, RHUB_IO,
          "%s/%s exists and holds something else; overwrite it or save to another name", d->dir,
          d->name);
}

static void on_compare(rh_job *job) {
  rh_download *d = (rh_download *)((char *)job - offsetof(rh_download, job));
  d->same = rh_part_same(&d->part, d->name, d->durable);
}

static void on_compared(rh_job *job) {
  rh_download *d = (rh_download *)((char *)job - offsetof(rh_download, job));
  d->working = false;
  if (d->abandoned) {
    destroy(d);
    return;
  }
  rh_part_discard(&d->part, d->dir);
  if (d->same) {
    end_saved(d, true);
    return;
  }
  fill_taken(d);
  end_failed(d);
}

/* It has its name, or it has not. */
static void end_placing(rh_download *d) {
  if (d->placed) {
    end_saved(d, false);
    return;
  }
  if (d->reason != EEXIST || d->overwrite) {
    errno = d->reason;
    fill_io(d, "put in place");
    end_failed(d);
  } else if (rh_job_start(d->all->loop, &d->job, on_compare, on_compared) == RHUB_OK) {
    d->working = true;
  } else {
    rh_fail(&d->error, RHUB_NOMEM, "out of memory while %s was saved", shown(d));
    end_failed(d);
  }
}

static void on_place(rh_job *job) {
  rh_download *d = (rh_download *)((char *)job - offsetof(rh_download, job));
  d->placed = rh_part_place(&d->part, d->name, d->overwrite, d->durable);
  d->reason = errno;
}

static void on_placed(rh_job *job) {
  rh_download *d = (rh_download *)((char *)job - offsetof(rh_download, job));
  d->working = false;
  if (d->abandoned)
    destroy(d);
  else
    end_placing(d);
}

/* The part is whole: gives it its name, on a worker where that waits for the disk. */
static void place(rh_download *d) {
  char head[HEAD];
  if (!rh_part_reopen(&d->part, d->dir, d->have)) {
    fill_io(d, "finished");
    end_failed(d);
    return;
  }
  if (!d->name[0]) find_name(d, head, rh_part_head(&d->part, head, sizeof head));
  d->working = d->durable && rh_job_start(d->all->loop, &d->job, on_place, on_placed) == RHUB_OK;
  if (d->working) return;
  on_place(&d->job);
  end_placing(d);
}

/* ---- what comes in --------------------------------------------------------------------------- */

static bool stop(rh_download *d, cause why) {
  d->cause = why;
  return false;
}

static bool stop_io(rh_download *d, const char *what) {
  fill_io(d, what);
  return stop(d, BROKEN);
}

/* A strong validator is the only one that a range may be asked with. */
static void keep_validator(rh_download *d, const rh_header *header) {
  bool strong = header->etag[0] == '"';
  snprintf(d->validator, sizeof d->validator, "%s", strong ? header->etag : header->last_modified);
}

/* The whole content is coming: a new part for it, or one that an earlier run has left. */
static bool begin_whole(rh_download *d, const rh_header *header) {
  char *identity = NULL;
  rh_part_discard(&d->part, d->dir);
  d->have = 0;
  d->name[0] = '\0';
  d->total = header->content_length;
  keep_validator(d, header);
  if (d->validator[0] && asprintf(&identity, "%s\n%s\n%lld", d->of ? d->of : d->url, d->validator,
                                  (long long)d->total) < 0)
    identity = NULL;
  bool open = rh_part_open(&d->part, d->dir, d->stem, identity, &d->have);
  free(identity);
  if (!open) return stop_io(d, "written");
  if (d->have == 0) return true;
  if (d->total >= 0 && d->have == (uint64_t)d->total) return stop(d, WHOLE);
  if (d->total < 0 || d->have < (uint64_t)d->total) return stop(d, RESUME);
  return stop(d, STALE); /* longer than the content is */
}

static bool begin_rest(rh_download *d, const rh_header *header) {
  if (header->range_start != (int64_t)d->have ||
      (d->total >= 0 && header->range_total >= 0 && header->range_total != d->total))
    return stop(d, STALE);
  if (d->total < 0) d->total = header->range_total;
  return rh_part_reopen(&d->part, d->dir, d->have) || stop(d, STALE);
}

static bool sink_begin(void *owner, int http_status, const rh_header *header) {
  rh_download *d = owner;
  d->http_status = http_status;
  d->skipped = 0;
  d->skipping = false;
  if (http_status == 200) return begin_whole(d, header);
  if (http_status == 206 && d->have > 0) return begin_rest(d, header);
  if (http_status == 416 && d->have > 0)
    return stop(d, header->range_total == (int64_t)d->have ? WHOLE : STALE);
  d->skipping = true;
  return true;
}

/* With the first bytes the name is known, and whether it is taken: a file of another size cannot be
   the same, and need not be fetched to see that. */
static bool name_is_free(rh_download *d, const char *data, size_t len) {
  if (!d->ext && len < HEAD) return true; /* too little to tell it by: see place */
  find_name(d, data, len);
  if (d->overwrite || d->total < 0) return true;
  int64_t size = rh_part_target_size(&d->part, d->name);
  if (size == -1 || size == d->total) return true;
  fill_taken(d);
  return stop(d, BROKEN);
}

static bool sink_write(void *owner, const char *data, size_t len) {
  rh_download *d = owner;
  if (d->skipping) {
    d->skipped += len;
    return d->skipped <= SKIPPED_MOST;
  }
  if (d->have == 0 && !name_is_free(d, data, len)) return false;
  if (!rh_part_write(&d->part, data, len, d->have)) return stop_io(d, "written");
  d->have += len;
  return true;
}

static const rh_sink sink = {sink_begin, sink_write};

/* ---- tries ----------------------------------------------------------------------------------- */

static void on_ended(void *owner, const rh_exchange *exchange);

/* False: out of memory. */
static bool start_try(rh_download *d) {
  rh_request request = {
      .kind = RH_REQUEST_DOWNLOAD,
      .on_origin = d->on_origin,
      .url = d->url,
      .range_from = d->validator[0] ? (int64_t)d->have : 0,
      .if_range = d->validator,
      .sink = &sink,
      .timeout = d->all->timeout,
      .done = on_ended,
      .owner = d,
  };
  d->cause = GOES_ON;
  d->transfer = rh_transfer_start(d->all->pool, &request);
  return d->transfer != NULL;
}

static void try_once(rh_download *d) {
  if (start_try(d)) return;
  rh_fail(&d->error, RHUB_NOMEM, "out of memory while %s was saved", shown(d));
  end_failed(d);
}

static double random_fraction(void) {
  uint32_t bits = 0;
  if (getrandom(&bits, sizeof bits, GRND_NONBLOCK) < 0) return 0.5;
  return (double)bits / 4294967296.0;
}

/* `error` is filled. Tries again after a pause, unless that was the last one without progress. */
static void try_again(rh_download *d, double retry_after) {
  if (d->have > d->most) d->tries = 0;
  if (d->have > d->most) d->most = d->have;
  d->error.retryable = 1;
  if (++d->tries >= TRIES) {
    end_failed(d);
    return;
  }
  rh_part_close(&d->part);
  rh_timer_start(&d->timer, rh_pause(d->all->pause_first, d->all->pause_max, d->tries - 1,
                                     random_fraction(), retry_after));
}

/* A whole reply that is not the file. */
static void judge_status(rh_download *d, const rh_exchange *x) {
  int status = d->http_status;
  if (d->on_origin && (status == 404 || status == 410)) {
    rh_fail(&d->error, RHUB_GONE, "%s: there is no such file at %s (HTTP %d)", shown(d), x->host,
            status);
  } else if (!d->on_origin && (status == 403 || status == 404 || status == 410)) {
    rh_fail(&d->error, RHUB_GONE,
            "%s: its address at %s is dead (HTTP %d); addresses live about a day, ask for the task "
            "again to get a fresh one",
            shown(d), x->host, status);
  } else {
    rh_fail(&d->error, RHUB_PROTOCOL, "%s: %s answered with HTTP %d", shown(d), x->host, status);
    d->error.http_status = status;
    if (status >= 500 || status == 408 || status == 425 || status == 429) {
      try_again(d, x->retry_after);
      return;
    }
  }
  d->error.http_status = status;
  end_failed(d);
}

static void judge_whole(rh_download *d, const rh_exchange *x) {
  if (d->have > 0 && (d->total < 0 || d->have == (uint64_t)d->total)) {
    place(d);
    return;
  }
  rh_fail(&d->error, RHUB_PROTOCOL, "%s: %s sent %llu bytes where a file should be", shown(d),
          x->host, (unsigned long long)d->have);
  try_again(d, x->retry_after);
}

/* The sink had a reason to end the try. */
static void judge_cause(rh_download *d, const rh_exchange *x) {
  switch (d->cause) {
  case WHOLE: place(d); break;
  case RESUME:
    rh_part_close(&d->part);
    try_once(d);
    break;
  case STALE:
    rh_part_discard(&d->part, d->dir);
    d->have = 0;
    d->validator[0] = '\0';
    rh_fail(&d->error, RHUB_PROTOCOL, "%s: %s does not go on where it was cut", shown(d), x->host);
    try_again(d, 0);
    break;
  case BROKEN: end_failed(d); break;
  case GOES_ON: judge_status(d, x); break; /* a long body that is not the file's */
  }
}

static void on_ended(void *owner, const rh_exchange *x) {
  rh_download *d = owner;
  d->transfer = NULL;
  switch (x->wire) {
  case RH_WIRE_REPLY:
    if (d->skipping)
      judge_status(d, x);
    else
      judge_whole(d, x);
    break;
  case RH_WIRE_SINK: judge_cause(d, x); break;
  case RH_WIRE_REFUSED:
    rh_fail(&d->error, RHUB_INPUT, "%s: %s", shown(d), x->message);
    end_failed(d);
    break;
  default:
    rh_fail(&d->error, RHUB_NETWORK, "%s: fetching from %s failed: %s", shown(d), x->host,
            x->message ? x->message : "no reply");
    try_again(d, x->retry_after);
  }
}

/* ---- texts ----------------------------------------------------------------------------------- */

/* Under one name in each run, so that nothing is left of one that was cut off. */
static void save_text(rh_download *d) {
  uint64_t left;
  find_name_of_text(d);
  d->total = (int64_t)d->text_len;
  if (!rh_part_open(&d->part, d->dir, d->stem, d->of ? d->of : d->name, &left) ||
      !rh_part_empty(&d->part) || !rh_part_write(&d->part, d->text, d->text_len, 0)) {
    fill_io(d, "written");
    rh_part_discard(&d->part, d->dir);
    end_failed(d);
    return;
  }
  d->have = d->text_len;
  place(d);
}

/* ---- the interface --------------------------------------------------------------------------- */

static void on_timer(rh_timer *timer) {
  rh_download *d = (rh_download *)timer;
  if (d->text)
    save_text(d);
  else
    try_once(d);
}

rh_downloads *rh_downloads_new(rh_loop *loop, rh_pool *pool, double request_timeout) {
  rh_downloads *all = calloc(1, sizeof *all);
  if (all) *all = (rh_downloads){loop, pool, request_timeout, .pause_first = 0.5, .pause_max = 10};
  return all;
}

void rh_downloads_pauses(rh_downloads *all, double first, double max) {
  all->pause_first = first;
  all->pause_max = max;
}

void rh_downloads_free(rh_downloads *all) {
  if (!all) return;
  while (all->first) rh_download_cancel(all->first);
  free(all);
}

static size_t length(const char *text) {
  return text ? strlen(text) + 1 : 0;
}

static char *copy(char **at, const char *text, size_t len) {
  if (!text) return NULL;
  char *made = *at;
  *at = mempcpy(made, text, len);
  return made;
}

static rh_download *make(const rhub_save_options *o) {
  const char *dir = o->dir && o->dir[0] ? o->dir : ".", *stem = o->stem ? o->stem : "";
  const char *ext = o->ext && o->ext[0] ? o->ext : NULL;
  const char *url = o->text ? NULL : o->path ? o->path : o->url;
  size_t text_len = o->text ? o->text_len : 0;
  rh_download *d = calloc(1, sizeof *d + length(url) + text_len + length(dir) + length(stem) +
                                 length(ext) + length(o->type) + length(o->of));
  if (!d) return NULL;
  char *at = d->copies;
  d->url = copy(&at, url, length(url));
  d->dir = copy(&at, dir, length(dir));
  d->stem = copy(&at, stem, length(stem));
  d->ext = copy(&at, ext, length(ext));
  d->type = copy(&at, o->type, length(o->type));
  d->of = copy(&at, o->of, length(o->of));
  d->text = copy(&at, o->text, text_len);
  d->text_len = text_len;
  d->overwrite = o->overwrite;
  d->digest = o->digest;
  d->durable = o->durable;
  d->beside = o->beside && o->text;
  d->on_origin = o->path != NULL;
  d->part = RH_PART_NONE;
  d->total = -1;
  return d;
}

static bool is_name(const char *stem) {
  char safe[RH_NAME_MAX + 1];
  if (!stem) return false;
  rh_filename(stem, NULL, safe);
  return strcmp(safe, stem) == 0;
}

rhub_status rh_download_start(rh_downloads *all, const rhub_save_options *options,
                              rh_download_done *done, void *owner, rh_download **out,
                              rhub_error *error) {
  const char *dir = options->dir && options->dir[0] ? options->dir : ".";
  if (!options->url && !options->text && !options->path)
    return rh_fail(error, RHUB_INPUT, "nothing to save: give an address or a text");
  if (options->beside && (!options->text || !is_name(options->stem)))
    return rh_fail(error, RHUB_INPUT, "\"%.130s\" is no name of a file that a text can lie beside",
                   options->stem ? options->stem : "");
  if (strlen(dir) >= 4096) return rh_fail(error, RHUB_IO, "the folder's name is too long");
  if (!rh_folder_make(dir))
    return rh_fail(error, RHUB_IO, "folder %s cannot be written to: %s; save somewhere else", dir,
                   strerror(errno));
  rh_download *d = make(options);
  if (!d) return rh_fail(error, RHUB_NOMEM, "out of memory");
  d->all = all;
  d->done = done;
  d->owner = owner;
  d->next = all->first;
  if (d->next) d->next->prev = d;
  all->first = d;
  rh_timer_init(all->loop, &d->timer, on_timer);
  *out = d;
  if (d->text) rh_timer_start(&d->timer, 0); /* nothing ends inside of this call */
  if (d->text || start_try(d)) return RHUB_OK;
  rh_download_cancel(d);
  *out = NULL;
  return rh_fail(error, RHUB_NOMEM, "out of memory");
}

void rh_download_progress(const rh_download *d, uint64_t *done, uint64_t *total) {
  *done = d->have;
  *total = d->total > 0 ? (uint64_t)d->total : 0;
}

void rh_download_cancel(rh_download *d) {
  if (!d) return;
  unlist(d);
  rh_transfer_cancel(d->transfer);
  d->transfer = NULL;
  if (d->working)
    d->abandoned = true; /* the worker still reads: see on_compared */
  else
    destroy(d);
}
