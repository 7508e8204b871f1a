/* Media out: an address, or a text, becomes a file. Streams to a part file in the target folder,
 * resumes with Range after a cut when the validator still holds, is checked against the length
 * told, renamed when whole, never over another file unless told to, never outside the folder.
 * An existing file is compared off the loop, and what is to outlast a power cut synced there; else
 * nothing is: what a crash takes can be fetched again. */
#ifndef RHUB_CORE_DOWNLOAD_H
#define RHUB_CORE_DOWNLOAD_H

#include "transfer.h"

#pragma GCC visibility push(hidden)

typedef struct rh_download rh_download;

typedef struct rh_download_end {
  const rhub_error *error; /* NULL when it went well; else says where the part file is, if any */
  const char *path;
  const char *sha256; /* "" unless asked for */
  uint64_t bytes;
  bool reused; /* the same bytes were there already */
} rh_download_end;
/* Never called from inside rh_download_start; the rh_download is freed after it. */
typedef void rh_download_done(void *owner, const rh_download_end *end);

typedef struct rh_downloads rh_downloads; /* one a client: those under way, names taken */
rh_downloads *rh_downloads_new(rh_loop *loop, rh_pool *pool, double request_timeout);
/* The bounds of the pauses between tries, in seconds; 0.5 and 10 to begin with. */
void rh_downloads_pauses(rh_downloads *downloads, double first, double max);
void rh_downloads_free(rh_downloads *downloads); /* ends everything without calling `done` */

rhub_status rh_download_start(rh_downloads *downloads, const rhub_save_options *options,
                              rh_download_done *done, void *owner, rh_download **out,
                              rhub_error *error);
void rh_download_progress(const rh_download *download, uint64_t *done, uint64_t *total);
void rh_download_cancel(rh_download *download); /* no `done`; the part file stays */

#pragma GCC visibility pop
#endif
