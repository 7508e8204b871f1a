/* The service whose jobs a journal holds. See journal_service.h. */
#include "journal_service.h"

#include "error.h"

#include <stdio.h>
#include <string.h>

const char *rh_service_name(const rh_service *service) {
  return service->sandbox ? "sandbox" : service->origin;
}

static const char *spoken(const char *name) {
  return strcmp(name, "sandbox") == 0 ? "a sandbox" : name;
}

static rhub_status other_service(const char *path, const char *of, const char *here,
                                 rhub_error *error) {
  return rh_fail(error, RHUB_CONFIG,
                 "journal %s: its jobs are of %s, and this client is one of %s: nothing was sent; "
                 "go on there, or give another journal (of a batch: another -o or --journal)",
                 path, spoken(of), spoken(here));
}

static void take_any(void *owner, rh_row *row) {
  *(bool *)owner = true;
}

static void name_key(const char *account, rh_fact out) {
  snprintf(out, sizeof(rh_fact), "key of %s", account);
}

rhub_status rh_service_key(rh_store *store, const char *account, rh_fact hint, rhub_error *error) {
  rh_fact name;
  name_key(account, name);
  return rh_fact_read(store, name, hint, error);
}

static rhub_status note_key(const rh_service *service, rh_store *store, rhub_error *error) {
  rh_fact name;
  name_key(service->account, name);
  return rh_fact_write(store, name, service->key_hint, error);
}

rhub_status rh_service_bind(const rh_service *service, rh_store *store, const char *path,
                            rhub_error *error) {
  rh_fact of;
  bool any = false;
  const char *here = rh_service_name(service);
  rhub_status status = rh_fact_read(store, "origin", of, error);
  if (status == RHUB_OK) status = note_key(service, store, error);
  if (status != RHUB_OK || strcmp(of, here) == 0) return status;
  status = rh_store_run(store, "SELECT 1 FROM calls LIMIT 1", NULL, 0, take_any, &any, error);
  if (status != RHUB_OK) return status;
  if (any && *of) return other_service(path, of, here, error);
  return rh_fact_write(store, "origin", here, error);
}

rhub_status rh_service_settle(const rh_service *service, rh_store *store, rhub_error *error) {
  if (!service->sandbox) return RHUB_OK;
  return rh_store_run(
      store,
      "UPDATE states SET state = 'failed', kind = 'gone', spent = 'no', code = '', reserved = 0,"
      " message = 'the sandbox that it was in has ended' WHERE open"
      " AND state IN ('intent', 'running', 'unknown', 'resubmitted')"
      " AND id IN (SELECT id FROM calls WHERE origin <> ?1)",
      &RH_TEXT(service->origin), 1, NULL, NULL, error);
}
