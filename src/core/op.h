/* Operations: everything that has a ticket (a task, an upload, a save, a call), the table from
 * ticket to operation, and the queue of news that rhub_next empties. No I/O. */
#ifndef RHUB_CORE_OP_H
#define RHUB_CORE_OP_H

#include "rhub.h"

#include <stdbool.h>

#pragma GCC visibility push(hidden)

typedef struct rh_op rh_op;
typedef struct rh_ops rh_ops;

/* What kinds of operation do differently. */
typedef struct rh_op_type {
  rhub_kind kind;
  /* Adds to an event what this kind tells; an END that went well, or a change of state. */
  void (*tell)(const rh_op *op, rhub_event *event);
  void (*peek)(const rh_op *op, rhub_info *info);
  /* The caller is no longer interested, or the client leaves: stop what may be stopped. Returns
     true when the operation is to be freed now, false when it frees itself later. */
  bool (*forget)(rh_op *op);
  /* Frees all that the operation owns, itself included; may finish in a later turn. */
  void (*destroy)(rh_op *op);
} rh_op_type;

typedef struct rh_item {
  struct rh_item *next;
  bool queued;
  bool is_log;
} rh_item;

/* Embedded as the first field of each operation. */
struct rh_op {
  rh_item item;
  const rh_op_type *type;
  rh_ops *ops;
  rhub_ticket ticket; /* 0: no one listens any more */
  rhub_error *error;  /* of an ended one; owned */
  bool ended;
  bool held; /* its news wait */
};

typedef void rh_ops_wake(void *owner); /* the queue is no longer empty */

struct rh_ops {
  struct rh_slot *slots;
  uint32_t slot_count, free_slot; /* index + 1; 0: none */
  size_t live;                    /* operations that have a ticket */
  rh_item *first, *last;
  rh_op *told;                /* ended, its event is borrowed */
  struct rh_log_line *logged; /* likewise */
  size_t log_lines, log_dropped;
  rhub_log_level level;
  rh_ops_wake *wake;
  void *owner;
};

void rh_ops_init(rh_ops *ops, rhub_log_level level, rh_ops_wake *wake, void *owner);
/* Frees every operation that has a ticket, and all news. */
void rh_ops_clear(rh_ops *ops);

/* Gives a zeroed operation its ticket. False: no memory. */
bool rh_op_open(rh_ops *ops, rh_op *op, const rh_op_type *type);
rh_op *rh_op_find(const rh_ops *ops, rhub_ticket ticket); /* NULL: stale */
/* Queues news of the operation; merged with news that nobody has read yet. */
void rh_op_news(rh_op *op);
/* Tells nothing of the operation, its end neither, until that is released. */
void rh_op_hold(rh_op *op);
void rh_op_release(rh_op *op);
/* The operation has ended; `error` (copied) is NULL when it went well. Once only. Frees it at once
   where no one listens: do not touch it afterwards. */
void rh_op_end(rh_op *op, const rhub_error *error);
/* Takes the ticket back without ending it: no more events. */
void rh_op_detach(rh_op *op);
/* Frees an operation in whatever state, with its news. */
void rh_op_free(rh_op *op);

/* Calls `visit` for each operation of a kind (0: each) that has a ticket; `visit` may end it. */
void rh_ops_each(rh_ops *ops, rhub_kind kind, void (*visit)(rh_op *op, void *arg), void *arg);

void rh_log(rh_ops *ops, rhub_log_level level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

bool rh_ops_next(rh_ops *ops, rhub_event *event);
/* Frees what the last event lent out. */
void rh_ops_settle(rh_ops *ops);

#pragma GCC visibility pop
#endif
