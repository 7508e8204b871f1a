/* rhub_upload and rhub_save: upload.c and download.c with tickets. */
#include "client.h"

#include "error.h"
#include "transfer_address.h"
#include "upload_file.h"
#include "utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct rh_media {
  rh_op op; /* first */
  rhub_client *client;
  rh_upload *upload; /* one of the two while it is under way */
  rh_download *download;
  double started, seconds;
  char *url, *file_name, *json, *path; /* how it ended */
  char sha256[65];
  size_t json_len;
  uint64_t bytes;
  bool reused;
} rh_media;

static void stop(rh_media *media) {
  if (media->upload) rh_upload_cancel(media->upload);
  if (media->download) rh_download_cancel(media->download);
  media->upload = NULL;
  media->download = NULL;
}

static bool media_forget(rh_op *op) {
  stop((rh_media *)op);
  return true;
}

static void media_destroy(rh_op *op) {
  rh_media *media = (rh_media *)op;
  stop(media);
  media->client->stats.transfers--;
  free(media->url);
  free(media->file_name);
  free(media->json);
  free(media->path);
  free(media);
}

static void media_tell(const rh_op *op, rhub_event *event) {
  const rh_media *media = (const rh_media *)op;
  event->url = media->url;
  event->file_name = media->file_name;
  event->json = media->json;
  event->json_len = media->json_len;
  event->path = media->path;
  event->sha256 = media->sha256[0] ? media->sha256 : NULL;
  event->bytes = media->bytes;
  event->reused = media->reused;
}

static void media_peek(const rh_op *op, rhub_info *info) {
  const rh_media *media = (const rh_media *)op;
  info->elapsed = op->ended ? media->seconds : rh_loop_now(media->client->loop) - media->started;
  if (media->upload)
    rh_upload_progress(media->upload, &info->done, &info->total);
  else if (media->download)
    rh_download_progress(media->download, &info->done, &info->total);
  else
    info->done = info->total = media->bytes;
}

static const rh_op_type upload_type = {
    .kind = RHUB_KIND_UPLOAD,
    .tell = media_tell,
    .peek = media_peek,
    .forget = media_forget,
    .destroy = media_destroy,
};

static const rh_op_type save_type = {
    .kind = RHUB_KIND_SAVE,
    .tell = media_tell,
    .peek = media_peek,
    .forget = media_forget,
    .destroy = media_destroy,
};

static rh_media *media_new(rhub_client *client, const rh_op_type *type, rhub_error *error) {
  rh_media *media = calloc(1, sizeof *media);
  if (media && rh_op_open(&client->ops, &media->op, type)) {
    media->client = client;
    media->started = rh_loop_now(client->loop);
    client->stats.transfers++;
    return media;
  }
  free(media);
  rh_fail(error, RHUB_NOMEM, "out of memory");
  return NULL;
}

/* Copies text of an end; false: no memory. NULL stays NULL. */
static bool keep(char **field, const char *text) {
  *field = text ? strdup(text) : NULL;
  return !text || *field;
}

static void media_end(rh_media *media, const rhub_error *error, bool kept) {
  rhub_error no_memory;
  media->seconds = rh_loop_now(media->client->loop) - media->started;
  if (!error && !kept) {
    rh_fail(&no_memory, RHUB_NOMEM, "out of memory");
    error = &no_memory;
  }
  rh_op_end(&media->op, error);
}

static void uploaded(void *owner, const rh_upload_end *end) {
  rh_media *media = owner;
  media->upload = NULL;
  media->bytes = end->bytes;
  media->reused = end->reused;
  media->json_len = end->json_len;
  if (end->sha256) snprintf(media->sha256, sizeof media->sha256, "%s", end->sha256);
  bool kept =
      end->error || (keep(&media->url, end->url) && keep(&media->file_name, end->file_name) &&
                     keep(&media->json, end->json));
  media_end(media, end->error, kept);
}

static void saved(void *owner, const rh_download_end *end) {
  rh_media *media = owner;
  media->download = NULL;
  if (end->sha256) snprintf(media->sha256, sizeof media->sha256, "%s", end->sha256);
  media->bytes = end->bytes;
  media->reused = end->reused;
  media_end(media, end->error, end->error || keep(&media->path, end->path));
}

/* Hands out the ticket of one that has started, or takes it back. */
static rhub_status started(rh_media *media, rhub_status status, rhub_ticket *ticket) {
  if (status == RHUB_OK)
    *ticket = media->op.ticket;
  else
    rh_op_free(&media->op);
  return status;
}

/* ---- uploads --------------------------------------------------------------------------------- */

enum { LONGEST_NAME = 255 };

/* A name that goes into a form or a JSON body, and means no folder there. */
static bool name_ok(const char *name) {
  size_t len = strlen(name), n;
  for (size_t i = 0; i < len; i += n) {
    n = rh_utf8_len(name + i, len - i);
    if (n == 0 || (unsigned char)name[i] < ' ' || strchr("/\\\x7f", name[i])) return false;
  }
  return len > 0 && len <= LONGEST_NAME;
}

static rhub_status check_upload(const rhub_upload_options *o, rhub_error *error) {
  if (o->kind < RHUB_UPLOAD_URL || o->kind > RHUB_UPLOAD_COMFY)
    return rh_fail(error, RHUB_MISUSE, "rhub_upload_as: there is no kind %d", (int)o->kind);
  if ((o->kind == RHUB_UPLOAD_COMFY) != (o->to != NULL))
    return rh_fail(error, RHUB_MISUSE, "rhub_upload_as: to goes with RHUB_UPLOAD_COMFY");
  if (o->to && !rh_address_path_ok(o->to))
    return rh_fail(error, RHUB_INPUT, "\"%.80s\" is no path of the service: begin it with /",
                   o->to);
  rhub_status status = rh_upload_check(o->path, error);
  if (status == RHUB_OK && o->name && !name_ok(o->name))
    return rh_fail(error, RHUB_INPUT,
                   "\"%.80s\" is no name for a file: give up to %d bytes of UTF-8 without slashes",
                   o->name, LONGEST_NAME);
  return status;
}

/* The name of a LoRA that has been given none: its file's, without extension. */
static void stem_of(const char *path, char out[LONGEST_NAME + 1]) {
  const char *name = rh_file_name(path), *extension = rh_file_extension(name);
  size_t len = strlen(name) - (*extension ? strlen(extension) + 1 : 0);
  if (len > LONGEST_NAME) len = LONGEST_NAME; /* no file is called so: that is told instead */
  memcpy(out, name, len);
  out[len] = '\0';
}

rhub_status rhub_upload_as(rhub_client *client, const rhub_upload_options *options,
                           rhub_ticket *ticket, rhub_error *error) {
  rhub_upload_options o = RHUB_UPLOAD_OPTIONS_INIT;
  if (!client || !ticket || !options || options->size > sizeof o)
    return rh_fail(error, RHUB_MISUSE, "rhub_upload_as: start from RHUB_UPLOAD_OPTIONS_INIT");
  memcpy(&o, options, options->size);
  *ticket = 0;
  if (!o.path) return rh_fail(error, RHUB_MISUSE, "rhub_upload_as: give a path");
  char stem[LONGEST_NAME + 1];
  stem_of(o.path, stem);
  if (o.kind == RHUB_UPLOAD_LORA && !o.name) o.name = stem;
  rhub_status status = check_upload(&o, error);
  if (status != RHUB_OK) return status;
  rh_media *media = media_new(client, &upload_type, error);
  if (!media) return RHUB_NOMEM;
  rh_upload_words words = {o.name, o.to, o.digest != 0};
  status = rh_upload_start(client->uploads, o.path, o.kind, &words, uploaded, media, &media->upload,
                           error);
  return started(media, status, ticket);
}

rhub_status rhub_upload(rhub_client *client, const char *path, rhub_ticket *ticket,
                        rhub_error *error) {
  rhub_upload_options options = RHUB_UPLOAD_OPTIONS_INIT;
  options.path = path;
  return rhub_upload_as(client, &options, ticket, error);
}

rhub_status rhub_get_cache(rhub_client *client, rhub_cache *out, rhub_error *error) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  *out = (rhub_cache){.path = rh_known_path(client->known)};
  return rh_known_count(client->known, (double)now.tv_sec, &out->remembered, &out->valid, error);
}

/* ---- saves ----------------------------------------------------------------------------------- */

rhub_status rhub_save(rhub_client *client, const rhub_save_options *options, rhub_ticket *ticket,
                      rhub_error *error) {
  rhub_save_options o = RHUB_SAVE_OPTIONS_INIT;
  if (!client || !ticket || !options || options->size > sizeof o)
    return rh_fail(error, RHUB_MISUSE, "rhub_save: start from RHUB_SAVE_OPTIONS_INIT");
  memcpy(&o, options, options->size);
  *ticket = 0;
  if (!!o.url + !!o.text + !!o.path != 1)
    return rh_fail(error, RHUB_MISUSE, "rhub_save: give a url, a text or a path, one of them");
  if (o.path && !rh_address_path_ok(o.path))
    return rh_fail(error, RHUB_INPUT, "\"%.80s\" is no path of the service: begin it with /",
                   o.path);
  if (!o.dir || !o.stem) return rh_fail(error, RHUB_MISUSE, "rhub_save: give dir and stem");
  rh_media *media = media_new(client, &save_type, error);
  if (!media) return RHUB_NOMEM;
  rhub_status status =
      rh_download_start(client->downloads, &o, saved, media, &media->download, error);
  return started(media, status, ticket);
}
