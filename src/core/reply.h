/* RunningHub's two reply shapes, made into one value. No I/O. jansson is included in reply.c and
 * params.c only. */
#ifndef RHUB_CORE_REPLY_H
#define RHUB_CORE_REPLY_H

#include "rhub.h"

#include <stdbool.h>

#pragma GCC visibility push(hidden)

typedef enum rh_task_status {                  /* trimmed, without regard to case */
                              RH_TASK_NONE,    /* absent or "" */
                              RH_TASK_QUEUED,  /* CREATE, QUEUED; code 813 */
                              RH_TASK_RUNNING, /* RUNNING; code 804 */
                              RH_TASK_SUCCESS,
                              RH_TASK_FAILED,    /* FAILED, ERROR, TIMEOUT; code 805 */
                              RH_TASK_CANCELLED, /* CANCEL, CANCELED, CANCELLED */
                              RH_TASK_OTHER      /* not known: keep polling, log once */
} rh_task_status;

/* All text is owned by the reply. */
typedef struct rh_reply {
  char *code;    /* "" for none; numbers as text: "421" */
  char *message; /* msg, message or errorMessage; "" for none */
  char *task_id; /* digits, exact also from JSON numbers; "" for none */
  rh_task_status status;
  char *status_text;    /* as it came, for RH_TASK_OTHER */
  rhub_output *outputs; /* url/outputUrl/fileUrl, text/content/output, outputType/fileType */
  size_t output_count;
  bool has_results; /* results was an array (maybe empty), not null or absent */
  char *amount; /* consumeMoney + thirdPartyConsumeMoney, exact decimal text; NULL if both absent */
  char *coins;  /* NULL if absent */
  char *reason; /* failedReason: "KSampler (node 12): RuntimeError: out of memory", "" for none */
  bool legacy;  /* shape A */
  char *data;   /* shape A: `data` as JSON text, "null" when absent; shape B: NULL */
  size_t data_len;
  /* uploads */
  char *download_url, *file_name; /* "" for none */
} rh_reply;

typedef enum rh_parse {
  RH_PARSE_OK,
  RH_PARSE_BAD, /* no JSON object of either shape, even when read again leniently: bad UTF-8
                   replaced, NULs allowed, over-long numbers kept as text */
  RH_PARSE_NOMEM
} rh_parse;

/* `want_data`: also print shape A's data as text. A reply that could not be parsed is zeroed. */
rh_parse rh_reply_parse(const char *body, size_t len, bool want_data, rh_reply *out);
void rh_reply_clear(rh_reply *reply);

/* Sum of two decimal texts, exactly: "2.1" + "0.14" = "2.24". False when either is no plain decimal
   number (digits, one point, up to 18 significant digits); out holds 40 bytes. */
bool rh_decimal_add(const char *a, const char *b, char out[40]);

#pragma GCC visibility pop
#endif
