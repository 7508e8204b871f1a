/* RunningHub's two reply shapes, made into one value. No I/O. jansson is included in reply.c and
 * reply_words.c only. */
#ifndef RHUB_CORE_REPLY_H
#define RHUB_CORE_REPLY_H

#include "rhub.h"

#include <stdbool.h>

#pragma GCC visibility push(hidden)

typedef enum rh_task_status {                    /* trimmed, without regard to case */
                              RH_TASK_NONE,      /* absent or "" */
                              RH_TASK_QUEUED,    /* CREATE, QUEUED; code 813 */
                              RH_TASK_RUNNING,   /* RUNNING; code 804 */
                              RH_TASK_SUCCESS,   /* SUCCESS; outputs without a status or a code */
                              RH_TASK_FAILED,    /* FAILED, ERROR, TIMEOUT; code 805 */
                              RH_TASK_CANCELLED, /* CANCEL, CANCELED, CANCELLED */
                              RH_TASK_OTHER      /* not known: keep polling, log once */
} rh_task_status;

/* All text is owned by the reply, most of it by the parsed tree inside: nothing is copied that can
   be pointed at. May be moved by value. Only rh_reply_clear frees it. */
typedef struct rh_reply {
  const char *code;    /* "" for none (0, "", null, 200); numbers as text: "421" */
  const char *message; /* msg, message or errorMessage; "" for none */
  const char *task_id; /* exact also from JSON numbers; "" for none */
  rh_task_status status;
  const char *status_text; /* as it came, for RH_TASK_OTHER; "" for none */
  rhub_output *outputs;    /* url/outputUrl/fileUrl, text/content/output, outputType/fileType */
  size_t output_count;     /* items with neither an address nor a text are left out */
  bool has_results;        /* results was an array (maybe empty), not null or absent */
  const char *amount;      /* consumeMoney + thirdPartyConsumeMoney, plain decimal; NULL if both are
                              absent or one is no plain decimal */
  bool odd_amount;         /* one is told that cannot be read */
  const char *coins;       /* likewise */
  const char *reason; /* failedReason: "KSampler (node 12): RuntimeError: out of memory", or what a
                         refused graph is refused for; "" for none */
  const char *node_errors; /* "node 6 (CLIPTextEncode): Required input is missing: text"; "" for
                              none: a task may be made all the same */
  bool legacy;             /* shape A */
  const char *data;        /* shape A, when wanted: `data` as it was written, "null" when absent */
  size_t data_len;
  const char *download_url, *file_name; /* uploads; "" for none */
  const char *put_url;                  /* where to put a LoRA; "" for none */
  void *tree, *kept;                    /* what owns the text above */
} rh_reply;

typedef enum rh_parse {
  RH_PARSE_OK,
  RH_PARSE_BAD, /* no JSON object of either shape, even when read again leniently: see repair.h */
  RH_PARSE_NOMEM
} rh_parse;

/* `want_data`: also fill shape A's data. A reply that could not be parsed is zeroed. */
rh_parse rh_reply_parse(const char *body, size_t len, bool want_data, rh_reply *out);
void rh_reply_clear(rh_reply *reply); /* a zeroed one is allowed */

/* What a price-preview tells. */
typedef struct rh_price {
  const char *amount;   /* plain decimal, the reply's; NULL where none is told */
  const char *currency; /* "" where none is told */
  bool is_free;         /* isFreeThisCall */
} rh_price;

/* Reads it from a reply that was parsed. */
void rh_reply_price(rh_reply *reply, rh_price *out);

#pragma GCC visibility pop
#endif
