/* Websocket frames over any stream that does not wait: texts in, texts out, pings answered. The one
 * place that knows wslay; shared by rhub.socket and rhub.server. Calls nobody but the stream.
 *
 * What arrives is bounded: a text of at most RH_TEXT_MAX bytes, a queue after which no more is
 * read, so much in one step. What is to leave is bounded too: a send beyond it is refused. */
#ifndef RHUB_SOCKET_FRAMES_H
#define RHUB_SOCKET_FRAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#pragma GCC visibility push(hidden)

#define RH_TEXT_MAX ((size_t)1 << 20)

typedef struct rh_frames rh_frames;

/* Both return how many bytes were moved, or one of these. */
#define RH_STREAM_LATER (-1)
#define RH_STREAM_LOST  (-2) /* also at the end of what can be read */

typedef struct rh_stream {
  ssize_t (*read)(void *owner, void *bytes, size_t len);
  ssize_t (*write)(void *owner, const void *bytes, size_t len);
} rh_stream;

typedef enum rh_side { RH_SIDE_SERVER, RH_SIDE_CLIENT } rh_side;

/* `early`: what came behind the handshake already (copied). NULL when out of memory. */
rh_frames *rh_frames_new(rh_side side, const rh_stream *stream, void *owner, const void *early,
                         size_t early_len);
void rh_frames_free(rh_frames *frames); /* NULL is allowed */

/* Reads and writes what can be. */
void rh_frames_step(rh_frames *frames);
/* NULL while it lives, then why it has ended: text for people, borrowed. */
const char *rh_frames_ended(const rh_frames *frames);
bool rh_frames_wants_read(const rh_frames *frames);
bool rh_frames_wants_write(const rh_frames *frames);
bool rh_frames_more(const rh_frames *frames); /* the last step ended early: step again at once */
unsigned rh_frames_heard(const rh_frames *frames); /* counts reads that brought something */
unsigned rh_frames_moved(const rh_frames *frames); /* ... and writes */

bool rh_frames_any(const rh_frames *frames); /* something has arrived */
/* The oldest of it; borrowed until the next call. False: nothing. */
bool rh_frames_take(rh_frames *frames, const char **text, size_t *len);

/* Queues; false when nothing more can be sent, or too much waits already. */
bool rh_frames_send(rh_frames *frames, const char *bytes, size_t len, bool binary);
bool rh_frames_ping(rh_frames *frames);
/* Says goodbye; it ends when the other side has answered. */
void rh_frames_close(rh_frames *frames);

#pragma GCC visibility pop
#endif
