/* Safe names for what is saved, and what a file is by its first bytes. No I/O. */
#ifndef RHUB_CORE_FILENAME_H
#define RHUB_CORE_FILENAME_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

#define RH_NAME_MAX 120

/* "{stem}.{ext}" of [A-Za-z0-9._-], at most RH_NAME_MAX bytes, no leading dot or dash, never "..";
   "output" where nothing is left of the stem; ext may be NULL or "". */
void rh_filename(const char *stem, const char *ext, char out[RH_NAME_MAX + 1]);

/* "png", "jpg", "webp", "gif", "mp4", "mov", "webm", "mkv", "avi", "wav", "mp3", "flac", "ogg",
   "m4a", "glb", "zip", "json", "txt", ... from the first bytes (512 are enough), NULL when not
   known. */
const char *rh_sniff(const void *data, size_t len);

/* The extension for a type as the service says it: "PNG", "image/png", "image", ".mp4"; into out.
   "bin" for what says nothing. */
void rh_extension(const char *type, char out[16]);

#pragma GCC visibility pop
#endif
