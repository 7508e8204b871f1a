/* Where the key, the site and the address come from, and the seal that overrides them all. Reads
 * environment and config file; sends nothing. */
#include "credentials.h"
#include "base_url.h"
#include "config_file.h"
#include "error.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHORTEST_KEY 8
#define LONGEST_KEY  256

/* ---- the seal ------------------------------------------------------------------------------ */

/* Any well-formed key opens the sandbox; this one is recognisably none of the service's. */
static const char sandbox_key[] = "5a4db0c05a4db0c05a4db0c05a4db0c0";

static pthread_mutex_t seal_lock = PTHREAD_MUTEX_INITIALIZER;
static char seal[RH_ORIGIN_MAX]; /* "": not sealed; set once, never changed */

static bool sealed_to(char out[RH_ORIGIN_MAX]) {
  pthread_mutex_lock(&seal_lock);
  memcpy(out, seal, sizeof seal);
  pthread_mutex_unlock(&seal_lock);
  return *out != '\0';
}

rhub_status rhub_seal(const char *base_url) {
  rh_origin origin;
  if (!base_url || rh_origin_read(base_url, &origin) || origin.tls || !origin.loopback)
    return RHUB_INPUT;
  pthread_mutex_lock(&seal_lock);
  bool other = *seal && strcmp(seal, origin.text) != 0;
  if (!other) memcpy(seal, origin.text, sizeof seal);
  pthread_mutex_unlock(&seal_lock);
  return other ? RHUB_MISUSE : RHUB_OK;
}

/* ---- what is settled on -------------------------------------------------------------------- */

typedef struct findings {
  const char *key, *key_source;
  const char *address, *address_source;
  const char *site, *site_source;
} findings;

static const char *environment(const char *name) {
  const char *value = getenv(name);
  return value && *value ? value : NULL;
}

static void look(const char **value, const char **source, const char *candidate,
                 const char *where) {
  if (*value || !candidate) return;
  *value = candidate;
  *source = where;
}

/* Option, then environment. */
static findings first_look(const rhub_options *o) {
  findings f = {0};
  look(&f.key, &f.key_source, o->api_key, "option");
  look(&f.key, &f.key_source, environment("RUNNINGHUB_API_KEY"), "RUNNINGHUB_API_KEY");
  look(&f.key, &f.key_source, environment("RH_API_KEY"), "RH_API_KEY");
  look(&f.address, &f.address_source, o->base_url, "option base_url");
  look(&f.address, &f.address_source, environment("RH_API_BASE_URL"), "RH_API_BASE_URL");
  look(&f.site, &f.site_source, o->site, "option site");
  return f;
}

static void second_look(findings *f, const rh_config_file *file) {
  look(&f->key, &f->key_source, file->key, file->path);
  look(&f->address, &f->address_source, file->base_url, file->path);
  look(&f->site, &f->site_source, file->site, file->path);
}

/* ---- what a good one looks like ------------------------------------------------------------ */

static rhub_status check_key(const findings *f, rhub_error *error) {
  if (!f->key)
    return rh_fail(error, RHUB_CONFIG,
                   "no API key: set RUNNINGHUB_API_KEY, run \"rhub login\", or try it without one: "
                   "rhub --sandbox ...");
  size_t len = strlen(f->key);
  for (size_t i = 0; i < len; i++)
    if (f->key[i] <= ' ' || f->key[i] >= 0x7F)
      return rh_fail(
          error, RHUB_CONFIG,
          "the API key (%s) holds a %s as character %zu of %zu: copy it again, whole and "
          "alone",
          f->key_source,
          f->key[i] == '\n' || f->key[i] == '\r' ? "line break"
          : f->key[i] == ' '                     ? "space"
                                                 : "character that no key holds",
          i + 1, len);
  if (len < SHORTEST_KEY || len > LONGEST_KEY)
    return rh_fail(error, RHUB_CONFIG,
                   "the API key (%s) has %zu characters: a key has 32; copy it again, whole and "
                   "alone",
                   f->key_source, len);
  return RHUB_OK;
}

static bool ends_in(const char *host, const char *domain) {
  size_t h = strlen(host), d = strlen(domain);
  return h >= d && strcmp(host + h - d, domain) == 0 && (h == d || host[h - d - 1] == '.');
}

static rhub_status settle_address(const findings *f, rh_credentials *out, rh_origin *origin,
                                  rhub_error *error) {
  if (f->site && strcmp(f->site, "ai") != 0 && strcmp(f->site, "cn") != 0)
    return rh_fail(error, RHUB_CONFIG, "site \"%.40s\" (%s) is not known: ai or cn", f->site,
                   f->site_source);
  bool cn = f->site && strcmp(f->site, "cn") == 0;
  const char *address = f->address;
  if (!address) address = cn ? "https://www.runninghub.cn" : "https://www.runninghub.ai";
  const char *why = rh_origin_read(address, origin);
  if (why) /* the address may hold a password: only its host is quoted */
    return rh_fail(error, RHUB_CONFIG, "the base address %s%s(%s) %s; for example %s", origin->text,
                   *origin->text ? " " : "", f->address_source, why, "https://www.runninghub.ai");
  /* A site's own address tells which it is; of any other the caller may say whose it speaks for. */
  out->site = ends_in(origin->host, "runninghub.ai")   ? "ai"
              : ends_in(origin->host, "runninghub.cn") ? "cn"
              : f->site                                ? (cn ? "cn" : "ai")
                                                       : "";
  /* By site, else by the address: a gateway of either country bills in its money. */
  const char *country = *out->site ? out->site : origin->host;
  out->currency = ends_in(country, "cn") ? "CNY" : ends_in(country, "ai") ? "USD" : "";
  return RHUB_OK;
}

static rhub_status settle(const findings *f, rh_credentials *out, rhub_error *error) {
  rh_origin origin;
  rhub_status status = check_key(f, error);
  if (status == RHUB_OK) status = settle_address(f, out, &origin, error);
  if (status != RHUB_OK) return status;
  out->api_key = strdup(f->key);
  out->key_source = strdup(f->key_source);
  out->origin = strdup(origin.text);
  return out->api_key && out->key_source && out->origin
             ? RHUB_OK
             : rh_fail(error, RHUB_NOMEM, "out of memory");
}

/* ---- loading ------------------------------------------------------------------------------- */

static rhub_status load_sealed(const char *origin, rh_credentials *out, rhub_error *error) {
  out->sealed = true;
  out->site = "";
  out->currency = "CNY";
  out->api_key = strdup(sandbox_key);
  out->key_source = strdup("sandbox");
  out->origin = strdup(origin);
  return out->api_key && out->key_source && out->origin
             ? RHUB_OK
             : rh_fail(error, RHUB_NOMEM, "out of memory");
}

static rhub_status load_open(const rhub_options *options, rh_credentials *out, rhub_error *error) {
  findings f = first_look(options);
  rh_config_file file = {0};
  if (options->config_file || !f.key || !(f.address || f.site)) {
    rhub_status status = rh_config_file_read(options->config_file, &file, error);
    if (status != RHUB_OK) return status;
    second_look(&f, &file);
  }
  rhub_status status = settle(&f, out, error);
  rh_config_file_clear(&file);
  return status;
}

rhub_status rh_credentials_load(const rhub_options *options, rh_credentials *out,
                                rhub_error *error) {
  char origin[RH_ORIGIN_MAX];
  memset(out, 0, sizeof *out);
  rhub_status status =
      sealed_to(origin) ? load_sealed(origin, out, error) : load_open(options, out, error);
  if (status != RHUB_OK) rh_credentials_clear(out);
  return status;
}

void rh_credentials_clear(rh_credentials *credentials) {
  rh_wipe(credentials->api_key);
  free(credentials->api_key);
  free(credentials->key_source);
  free(credentials->origin);
  memset(credentials, 0, sizeof *credentials);
}
