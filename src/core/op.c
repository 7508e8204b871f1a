/* Operations, tickets and the queue of news. No I/O, no curl, no clock. */
#include "op.h"

#include "error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOG_LINES_MAX = 1000, LOG_LINE_MAX = 1024 };

/* A ticket is the slot's index + 1 below and the slot's generation above: finding it is one look,
   and it comes back only after a slot was used four thousand million times. */
struct rh_slot {
  rh_op *op;
  uint32_t generation;
  uint32_t next_free;
};

typedef struct rh_log_line {
  rh_item item;
  rhub_log_level level;
  char text[];
} rh_log_line;

/* What an operation ends with when there is no memory for its error. */
static const rhub_error no_memory = {
    .status = RHUB_NOMEM, .spent = RHUB_SPENT_MAYBE, .message = "out of memory"};

void rh_ops_init(rh_ops *ops, rhub_log_level level, rh_ops_wake *wake, void *owner) {
  memset(ops, 0, sizeof *ops);
  ops->level = level;
  ops->wake = wake;
  ops->owner = owner;
}

static bool slots_grow(rh_ops *ops) {
  uint32_t count = ops->slot_count ? ops->slot_count * 2 : 16;
  struct rh_slot *slots = realloc(ops->slots, count * sizeof *slots);
  if (!slots) return false;
  for (uint32_t i = ops->slot_count; i < count; i++)
    slots[i] = (struct rh_slot){.next_free = i + 1 < count ? i + 2 : 0};
  ops->free_slot = ops->slot_count + 1;
  ops->slots = slots;
  ops->slot_count = count;
  return true;
}

bool rh_op_open(rh_ops *ops, rh_op *op, const rh_op_type *type) {
  if (!ops->free_slot && !slots_grow(ops)) return false;
  uint32_t index = ops->free_slot - 1;
  struct rh_slot *slot = &ops->slots[index];
  ops->free_slot = slot->next_free;
  slot->op = op;
  op->type = type;
  op->ops = ops;
  op->ticket = (uint64_t)slot->generation << 32 | (index + 1);
  ops->live++;
  return true;
}

static struct rh_slot *slot_of(const rh_ops *ops, rhub_ticket ticket) {
  uint32_t index = (uint32_t)ticket - 1;
  if ((uint32_t)ticket == 0 || index >= ops->slot_count) return NULL;
  struct rh_slot *slot = &ops->slots[index];
  return slot->op && slot->generation == (uint32_t)(ticket >> 32) ? slot : NULL;
}

rh_op *rh_op_find(const rh_ops *ops, rhub_ticket ticket) {
  struct rh_slot *slot = slot_of(ops, ticket);
  return slot ? slot->op : NULL;
}

static void enqueue(rh_ops *ops, rh_item *item) {
  if (item->queued) return;
  item->queued = true;
  item->next = NULL;
  if (ops->last)
    ops->last->next = item;
  else
    ops->first = item;
  ops->last = item;
  ops->wake(ops->owner);
}

static rh_item *dequeue(rh_ops *ops) {
  rh_item *item = ops->first;
  if (!item) return NULL;
  ops->first = item->next;
  if (!ops->first) ops->last = NULL;
  item->queued = false;
  return item;
}

/* Rare (a forgotten operation with unread news): a walk is good enough. */
static void unqueue(rh_ops *ops, rh_item *item) {
  if (!item->queued) return;
  rh_item **link = &ops->first, *before = NULL;
  while (*link != item) {
    before = *link;
    link = &before->next;
  }
  *link = item->next;
  if (ops->last == item) ops->last = before;
  item->queued = false;
}

void rh_op_detach(rh_op *op) {
  rh_ops *ops = op->ops;
  struct rh_slot *slot = slot_of(ops, op->ticket);
  unqueue(ops, &op->item);
  op->ticket = 0;
  if (!slot) return;
  slot->op = NULL;
  /* kept under 2^31, so that a ticket is a positive number where integers are signed */
  slot->generation = (slot->generation + 1) & 0x7fffffff;
  slot->next_free = ops->free_slot;
  ops->free_slot = (uint32_t)(slot - ops->slots) + 1;
  ops->live--;
}

void rh_op_news(rh_op *op) {
  if (op->ticket && !op->held) enqueue(op->ops, &op->item);
}

void rh_op_hold(rh_op *op) {
  op->held = true;
  unqueue(op->ops, &op->item);
}

void rh_op_release(rh_op *op) {
  op->held = false;
  rh_op_news(op);
}

void rh_op_end(rh_op *op, const rhub_error *error) {
  if (op->ended) return;
  op->ended = true;
  if (!op->ticket) {
    rh_op_free(op);
    return;
  }
  if (error) {
    op->error = malloc(sizeof *op->error);
    if (op->error)
      *op->error = *error;
    else
      op->error = (rhub_error *)&no_memory;
  }
  rh_op_news(op);
}

void rh_op_free(rh_op *op) {
  if (op->ticket) rh_op_detach(op);
  if (op->error != &no_memory) free(op->error);
  op->error = NULL;
  op->type->destroy(op);
}

void rh_ops_each(rh_ops *ops, rhub_kind kind, void (*visit)(rh_op *op, void *arg), void *arg) {
  for (uint32_t i = 0; i < ops->slot_count; i++) {
    rh_op *op = ops->slots[i].op;
    if (op && (!kind || op->type->kind == kind)) visit(op, arg);
  }
}

static void log_add(rh_ops *ops, rhub_log_level level, const char *text) {
  size_t len = strlen(text);
  rh_log_line *line = malloc(sizeof *line + len + 1);
  if (!line) {
    ops->log_dropped++;
    return;
  }
  line->item = (rh_item){.is_log = true};
  line->level = level;
  memcpy(line->text, text, len + 1);
  ops->log_lines++;
  enqueue(ops, &line->item);
}

void rh_log(rh_ops *ops, rhub_log_level level, const char *format, ...) {
  if (level > ops->level) return;
  if (ops->log_lines >= LOG_LINES_MAX) {
    ops->log_dropped++;
    return;
  }
  char text[LOG_LINE_MAX];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  log_add(ops, level, text);
}

static void tell_log(rh_ops *ops, rh_log_line *line, rhub_event *event) {
  event->type = RHUB_EVENT_LOG;
  event->text = line->text;
  event->level = line->level;
  ops->logged = line;
  if (--ops->log_lines == 0 && ops->log_dropped) {
    size_t dropped = ops->log_dropped;
    ops->log_dropped = 0;
    rh_log(ops, RHUB_LOG_WARN, "%zu log lines were dropped: nobody read them", dropped);
  }
}

static void tell_op(rh_ops *ops, rh_op *op, rhub_event *event) {
  event->type = op->ended ? RHUB_EVENT_END : RHUB_EVENT_STATE;
  event->kind = op->type->kind;
  event->ticket = op->ticket;
  event->error = op->error;
  event->task_id = "";
  op->type->tell(op, event);
  if (!op->ended) return;
  rh_op_detach(op);
  ops->told = op;
}

bool rh_ops_next(rh_ops *ops, rhub_event *event) {
  rh_ops_settle(ops);
  rh_item *item = dequeue(ops);
  if (!item) return false;
  memset(event, 0, sizeof *event);
  if (item->is_log)
    tell_log(ops, (rh_log_line *)item, event);
  else
    tell_op(ops, (rh_op *)item, event);
  return true;
}

void rh_ops_settle(rh_ops *ops) {
  free(ops->logged);
  ops->logged = NULL;
  if (ops->told) rh_op_free(ops->told);
  ops->told = NULL;
}

static void free_visited(rh_op *op, void *arg) {
  (void)arg;
  rh_op_free(op);
}

void rh_ops_clear(rh_ops *ops) {
  rh_ops_settle(ops);
  rh_ops_each(ops, 0, free_visited, NULL);
  rh_item *item;
  while ((item = dequeue(ops)))
    free(item); /* log lines only: each operation left the queue above */
  free(ops->slots);
  ops->slots = NULL;
  ops->slot_count = ops->free_slot = 0;
}
