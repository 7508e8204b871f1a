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

/* ---- its money ------------------------------------------------------------------------------- */

static rhub_status other_money(const char *path, const char *of, const char *here,
                               rhub_error *error) {
  return rh_fail(
      error, RHUB_CONFIG,
      "journal %s: its jobs are charged in %s, and this client counts in %s: nothing was "
      "sent; give the site that it was begun with (ai: USD, cn: CNY), or another journal "
      "(of a batch: another -o or --journal)",
      path, of, here);
}

static void take_money(void *owner, rh_row *row) {
  snprintf(owner, sizeof(rh_fact), "%s", rh_row_text(row, 0));
}

/* What was booked while nobody knew in which money. */
static rhub_status name_money(rh_store *store, const char *currency, rhub_error *error) {
  static const char *const steps[] = {
      "UPDATE calls SET currency = ?1 WHERE currency = ''",
      "UPDATE OR IGNORE books SET currency = ?1 WHERE currency = ''",
      "INSERT OR REPLACE INTO facts VALUES ('currency', ?1)",
  };
  rhub_status status = RHUB_OK;
  for (size_t i = 0; i < sizeof steps / sizeof *steps && status == RHUB_OK; i++)
    status = rh_store_run(store, steps[i], &RH_TEXT(currency), 1, NULL, NULL, error);
  return status;
}

/* Never two in one journal: what is charged in the one would be held in the other for ever. */
static rhub_status bind_money(rh_service *service, rh_store *store, bool any, const char *path,
                              rhub_error *error) {
  rh_fact noted, of;
  rhub_status status = rh_fact_read(store, "currency", noted, error);
  if (status != RHUB_OK) return status;
  memcpy(of, noted, sizeof of);
  if (!*of) /* it was made before that was noted */
    status = rh_store_run(store, "SELECT currency FROM calls ORDER BY id DESC LIMIT 1", NULL, 0,
                          take_money, of, error);
  if (status != RHUB_OK) return status;
  if (!*service->currency && any)
    service->currency = strcmp(of, "CNY") == 0 ? "CNY" : strcmp(of, "USD") == 0 ? "USD" : "";
  const char *here = service->currency;
  if (any && *of && *here && strcmp(of, here) != 0) return other_money(path, of, here, error);
  return strcmp(noted, here) != 0 ? name_money(store, here, error) : RHUB_OK;
}

/* ---- both ------------------------------------------------------------------------------------ */

rhub_status rh_service_bind(rh_service *service, rh_store *store, const char *path,
                            rhub_error *error) {
  rh_fact of;
  bool any = false;
  const char *here = rh_service_name(service);
  rhub_status status = rh_fact_read(store, "origin", of, error);
  if (status == RHUB_OK) status = note_key(service, store, error);
  if (status == RHUB_OK)
    status = rh_store_run(store, "SELECT 1 FROM calls LIMIT 1", NULL, 0, take_any, &any, error);
  if (status != RHUB_OK) return status;
  if (any && *of && strcmp(of, here) != 0) return other_service(path, of, here, error);
  if (strcmp(of, here) != 0) status = rh_fact_write(store, "origin", here, error);
  return status == RHUB_OK ? bind_money(service, store, any, path, error) : status;
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
