/* Frames: wslay's event interface without its buffers. Messages are joined here: wslay would take
 * room for a whole frame as soon as its header has come, and keep binary ones that nobody wants. */
#include "frames.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <wslay/wslay.h>

#define READ_AT_ONCE ((size_t)64 << 10) /* bytes a step */
#define QUEUE_BYTES  ((size_t)1 << 20)  /* arrived and not taken: from here on nothing is read */
#define QUEUE_TEXTS  256                /* ... or so many */
#define JOINED_KEPT  ((size_t)64 << 10) /* a larger buffer is not kept for the next text */
#define SEND_BYTES   (RH_TEXT_MAX * 2)  /* queued to leave */
#define SEND_COUNT   4096               /* ... answers to pings included */

typedef struct text {
  struct text *next;
  size_t len;
  char bytes[];
} text;

struct rh_frames {
  wslay_event_context_ptr ctx;
  rh_stream stream;
  void *owner;
  char *early;
  size_t early_at, early_len;
  bool joining, control; /* the message is a text; the frame under way is a control frame */
  char *joined;
  size_t joined_len, joined_size;
  text *first, *last, *taken;
  size_t waiting, waiting_bytes;
  size_t budget;
  unsigned heard, moved;
  bool lost, closing;
  const char *ended;
  char reason[64];
};

/* ---- the stream ------------------------------------------------------------------------------ */

static ssize_t later(rh_frames *f, ssize_t got) {
  if (got == RH_STREAM_LOST) f->lost = true;
  wslay_event_set_error(f->ctx, f->lost ? WSLAY_ERR_CALLBACK_FAILURE : WSLAY_ERR_WOULDBLOCK);
  return -1;
}

static ssize_t take_early(rh_frames *f, uint8_t *bytes, size_t len) {
  size_t left = f->early_len - f->early_at;
  if (len > left) len = left;
  memcpy(bytes, f->early + f->early_at, len);
  f->early_at += len;
  return (ssize_t)len;
}

static ssize_t on_read(wslay_event_context_ptr ctx, uint8_t *bytes, size_t len, int flags,
                       void *user) {
  (void)ctx, (void)flags;
  rh_frames *f = user;
  if (f->early_at < f->early_len) return take_early(f, bytes, len);
  if (f->budget == 0) return later(f, RH_STREAM_LATER);
  ssize_t got = f->stream.read(f->owner, bytes, len < f->budget ? len : f->budget);
  if (got <= 0) return later(f, got);
  f->budget -= (size_t)got;
  f->heard++;
  return got;
}

static ssize_t on_write(wslay_event_context_ptr ctx, const uint8_t *bytes, size_t len, int flags,
                        void *user) {
  (void)ctx, (void)flags;
  rh_frames *f = user;
  ssize_t put = f->stream.write(f->owner, bytes, len);
  if (put <= 0) return later(f, put);
  f->moved++;
  return put;
}

static int on_mask(wslay_event_context_ptr ctx, uint8_t *bytes, size_t len, void *user) {
  (void)user;
  if (getrandom(bytes, len, 0) == (ssize_t)len) return 0;
  wslay_event_set_error(ctx, WSLAY_ERR_CALLBACK_FAILURE);
  return -1;
}

/* ---- messages -------------------------------------------------------------------------------- */

static const char too_big[] = "a message is longer than 1 MiB";

static void stop(rh_frames *f, uint16_t code, const char *why) {
  if (!f->ended) f->ended = why;
  wslay_event_queue_close(f->ctx, code, NULL, 0);
  wslay_event_shutdown_read(f->ctx);
}

static bool too_long(rh_frames *f, uint64_t more) {
  if (more <= RH_TEXT_MAX - f->joined_len) return false;
  stop(f, WSLAY_CODE_MESSAGE_TOO_BIG, too_big);
  return true;
}

static void on_frame(wslay_event_context_ptr ctx,
                     const struct wslay_event_on_frame_recv_start_arg *frame, void *user) {
  (void)ctx;
  rh_frames *f = user;
  f->control = wslay_is_ctrl_frame(frame->opcode);
  if (f->control) return;
  if (frame->opcode != WSLAY_CONTINUATION_FRAME) {
    f->joining = frame->opcode == WSLAY_TEXT_FRAME;
    f->joined_len = 0;
  }
  if (f->joining) too_long(f, frame->payload_length);
}

static bool reserve(rh_frames *f, size_t need) {
  size_t size = f->joined_size ? f->joined_size : 1024;
  while (size < need) size *= 2;
  if (size == f->joined_size) return true;
  char *grown = realloc(f->joined, size);
  if (!grown) return false;
  f->joined = grown;
  f->joined_size = size;
  return true;
}

static void on_bytes(wslay_event_context_ptr ctx,
                     const struct wslay_event_on_frame_recv_chunk_arg *chunk, void *user) {
  (void)ctx;
  rh_frames *f = user;
  if (f->ended || f->control || !f->joining || chunk->data_length == 0) return;
  if (too_long(f, chunk->data_length)) return;
  if (!reserve(f, f->joined_len + chunk->data_length)) {
    stop(f, WSLAY_CODE_INTERNAL_SERVER_ERROR, "out of memory");
    return;
  }
  memcpy(f->joined + f->joined_len, chunk->data, chunk->data_length);
  f->joined_len += chunk->data_length;
}

static bool enqueue(rh_frames *f) {
  text *t = malloc(sizeof *t + f->joined_len);
  if (!t) return false;
  t->next = NULL;
  t->len = f->joined_len;
  if (t->len > 0) memcpy(t->bytes, f->joined, t->len);
  if (f->last)
    f->last->next = t;
  else
    f->first = t;
  f->last = t;
  f->waiting++;
  f->waiting_bytes += t->len;
  return true;
}

static void on_message(wslay_event_context_ptr ctx,
                       const struct wslay_event_on_msg_recv_arg *message, void *user) {
  (void)ctx;
  rh_frames *f = user;
  if (message->opcode != WSLAY_TEXT_FRAME || f->ended || f->closing) return;
  if (!enqueue(f)) stop(f, WSLAY_CODE_INTERNAL_SERVER_ERROR, "out of memory");
  if (f->joined_size > JOINED_KEPT) {
    free(f->joined);
    f->joined = NULL;
    f->joined_size = 0;
  }
}

bool rh_frames_any(const rh_frames *f) {
  return f->first != NULL;
}

bool rh_frames_take(rh_frames *f, const char **bytes, size_t *len) {
  free(f->taken);
  text *t = f->taken = f->first;
  if (!t) return false;
  f->first = t->next;
  if (!f->first) f->last = NULL;
  f->waiting--;
  f->waiting_bytes -= t->len;
  *bytes = t->bytes;
  *len = t->len;
  return true;
}

/* ---- lifetime -------------------------------------------------------------------------------- */

rh_frames *rh_frames_new(rh_side side, const rh_stream *stream, void *owner, const void *early,
                         size_t early_len) {
  static const struct wslay_event_callbacks callbacks = {.recv_callback = on_read,
                                                         .send_callback = on_write,
                                                         .genmask_callback = on_mask,
                                                         .on_frame_recv_start_callback = on_frame,
                                                         .on_frame_recv_chunk_callback = on_bytes,
                                                         .on_msg_recv_callback = on_message};
  rh_frames *f = calloc(1, sizeof *f);
  if (!f) return NULL;
  f->stream = *stream;
  f->owner = owner;
  int failed = side == RH_SIDE_CLIENT ? wslay_event_context_client_init(&f->ctx, &callbacks, f)
                                      : wslay_event_context_server_init(&f->ctx, &callbacks, f);
  if (failed) f->ctx = NULL; /* it has been freed already */
  f->early = early_len > 0 ? malloc(early_len) : NULL;
  if (failed || (early_len > 0 && !f->early)) {
    rh_frames_free(f);
    return NULL;
  }
  if (early_len > 0) memcpy(f->early, early, early_len);
  f->early_len = early_len;
  wslay_event_config_set_no_buffering(f->ctx, 1);
  return f;
}

void rh_frames_free(rh_frames *f) {
  if (!f) return;
  if (f->ctx) wslay_event_context_free(f->ctx);
  while (f->first) {
    text *next = f->first->next;
    free(f->first);
    f->first = next;
  }
  free(f->taken);
  free(f->joined);
  free(f->early);
  free(f);
}

/* ---- driving --------------------------------------------------------------------------------- */

static bool full(const rh_frames *f) {
  return f->waiting >= QUEUE_TEXTS || f->waiting_bytes >= QUEUE_BYTES;
}

static bool too_much_to_send(const rh_frames *f, size_t more) {
  return wslay_event_get_queued_msg_count(f->ctx) >= SEND_COUNT ||
         wslay_event_get_queued_msg_length(f->ctx) + more > SEND_BYTES;
}

/* Why wslay has said goodbye. */
static const char *verdict(rh_frames *f) {
  if (f->closing && (f->lost || wslay_event_get_close_received(f->ctx))) return "closed here";
  if (wslay_event_get_close_received(f->ctx)) {
    snprintf(f->reason, sizeof f->reason, "closed by the other side (%u)",
             (unsigned)wslay_event_get_status_code_received(f->ctx));
    return f->reason;
  }
  if (f->lost) return "the connection was lost";
  switch (wslay_event_get_status_code_sent(f->ctx)) {
  case WSLAY_CODE_INVALID_FRAME_PAYLOAD_DATA: return "a text is no UTF-8";
  case WSLAY_CODE_MESSAGE_TOO_BIG: return too_big;
  default: return "the other side broke the protocol";
  }
}

void rh_frames_step(rh_frames *f) {
  if (f->ended) return;
  f->budget = full(f) ? 0 : READ_AT_ONCE;
  bool broken = f->budget > 0 && wslay_event_recv(f->ctx) != 0;
  if (!broken && !f->ended && too_much_to_send(f, 0)) f->ended = "the other side does not read";
  broken = wslay_event_send(f->ctx) != 0 || broken;
  if (!f->ended && (broken || !wslay_event_get_read_enabled(f->ctx))) f->ended = verdict(f);
}

const char *rh_frames_ended(const rh_frames *f) {
  return f->ended;
}

bool rh_frames_wants_read(const rh_frames *f) {
  return !f->ended && !full(f);
}

bool rh_frames_wants_write(const rh_frames *f) {
  return !f->ended && wslay_event_want_write(f->ctx);
}

bool rh_frames_more(const rh_frames *f) {
  return !f->ended && !full(f) && f->budget == 0;
}

unsigned rh_frames_heard(const rh_frames *f) {
  return f->heard;
}

unsigned rh_frames_moved(const rh_frames *f) {
  return f->moved;
}

/* ---- sending --------------------------------------------------------------------------------- */

static bool queue_message(rh_frames *f, uint8_t opcode, const char *bytes, size_t len) {
  if (f->ended || f->closing || too_much_to_send(f, len)) return false;
  struct wslay_event_msg message = {opcode, (const uint8_t *)bytes, len};
  return wslay_event_queue_msg(f->ctx, &message) == 0;
}

bool rh_frames_send(rh_frames *f, const char *bytes, size_t len, bool binary) {
  return queue_message(f, binary ? WSLAY_BINARY_FRAME : WSLAY_TEXT_FRAME, bytes, len);
}

bool rh_frames_ping(rh_frames *f) {
  return queue_message(f, WSLAY_PING, "", 0);
}

void rh_frames_close(rh_frames *f) {
  if (f->ended || f->closing) return;
  f->closing = true;
  wslay_event_queue_close(f->ctx, WSLAY_CODE_NORMAL_CLOSURE, NULL, 0);
}
