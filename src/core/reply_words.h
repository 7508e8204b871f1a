/* What a reply says to people about what went wrong in a graph: why a node failed, and what ComfyUI
 * finds wrong before it runs. Made one line. No I/O. */
#ifndef RHUB_CORE_REPLY_WORDS_H
#define RHUB_CORE_REPLY_WORDS_H

#include <jansson.h>
#include <stdbool.h>

#pragma GCC visibility push(hidden)

#define RH_WORDS_MAX 600

typedef struct rh_words {
  char text[RH_WORDS_MAX + 1]; /* without control characters; cut at a character's boundary */
  size_t len;                  /* 0: nothing is said */
} rh_words;

/* A failedReason: "KSampler (node 12): RuntimeError: out of memory". */
void rh_words_reason(rh_words *words, const json_t *reason);

/* What is wrong with which node: "node 6 (CLIPTextEncode): Required input is missing: text".
   `value` is ComfyUI's node_errors, or an object that holds them, or either as JSON in a string.
   False: nothing is, or it is something else. */
bool rh_words_nodes(rh_words *words, const json_t *value);
bool rh_words_nodes_in(rh_words *words, const char *text, size_t len);

#pragma GCC visibility pop
#endif
