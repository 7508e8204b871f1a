/* The service whose jobs a journal holds. It is one: what is a task at one service, another one
 * knows nothing of, and what was done in a sandbox is not done. */
#ifndef RHUB_CORE_JOURNAL_SERVICE_H
#define RHUB_CORE_JOURNAL_SERVICE_H

#include "journal_owner.h"

#pragma GCC visibility push(hidden)

typedef struct rh_service {
  const char *currency; /* "USD", "CNY"; "" where the client knows none: then the journal's */
  const char *origin;   /* "https://www.runninghub.cn" */
  bool sandbox; /* one that ends with its client: to a journal all of those are one service */
  const char *account;  /* a name that leads back to no key */
  const char *key_hint; /* for people: what that key ends in */
} rh_service;

/* What it is called in a journal; lives as long as `origin`. */
const char *rh_service_name(const rh_service *service);
/* In a transaction: RHUB_CONFIG where the jobs of the journal at `path` are another one's, or
   charged in other money; one without jobs is this one's from now on. Notes what the account's key
   ends in. */
rhub_status rh_service_bind(rh_service *service, rh_store *store, const char *path,
                            rhub_error *error);
/* Of what was under way in a sandbox that is no more nobody will tell: it has failed, and nothing
   was paid for it. */
rhub_status rh_service_settle(const rh_service *service, rh_store *store, rhub_error *error);

/* What the key of an account ends in; "" where that was never noted. */
rhub_status rh_service_key(rh_store *store, const char *account, rh_fact hint, rhub_error *error);

#pragma GCC visibility pop
#endif
