/* Part files: what is being saved, under a name that ends in .part in the target folder, until it
 * is whole and takes its final name. Plain POSIX, no loop, no network. Functions that return bool
 * leave the reason in errno. */
#ifndef RHUB_CORE_PART_H
#define RHUB_CORE_PART_H

#include "filename.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

typedef struct rh_part {
  int dir, fd;                /* -1 while closed */
  char name[RH_NAME_MAX + 1]; /* "" while there is none */
} rh_part;

#define RH_PART_NONE ((rh_part){.dir = -1, .fd = -1})

/* Makes the folder with its parents, and sees that files can be made in it. */
bool rh_folder_make(const char *dir);

/* Opens a new part file for `stem`. With `identity`, text that stands for one content of one
   address, the name is derived from it, and a part that an earlier run has left is taken up: *size
   is then what it holds, else 0. One that somebody is writing (it is locked) is left alone. */
bool rh_part_open(rh_part *part, const char *dir, const char *stem, const char *identity,
                  uint64_t *size);
/* Opens it again after rh_part_close; false with ESTALE when it is not what it was. */
bool rh_part_reopen(rh_part *part, const char *dir, uint64_t size);
void rh_part_close(rh_part *part);                    /* the file and its name stay */
void rh_part_discard(rh_part *part, const char *dir); /* removed, open or not */

bool rh_part_empty(rh_part *part); /* takes what it holds away */
bool rh_part_write(rh_part *part, const char *data, size_t len, uint64_t at);
size_t rh_part_head(const rh_part *part, char *out, size_t size); /* its first bytes */

/* The size of what has the final name: -1 when nothing has, -2 when it is no regular file. */
int64_t rh_part_target_size(const rh_part *part, const char *name);
/* Gives it its final name and closes it. Without `overwrite` EEXIST when the name is taken. With
   `durable` the bytes are on the disk before, and the name after: for a worker then. Else a crash
   of the machine may take it, and it can be fetched again. */
bool rh_part_place(rh_part *part, const char *name, bool overwrite, bool durable);
/* Whether what has that name holds the same bytes, with `durable` on the disk. Blocking: for a
   worker. */
bool rh_part_same(const rh_part *part, const char *name, bool durable);

#pragma GCC visibility pop
#endif
