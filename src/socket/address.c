#include "address.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What curl's parser has found in an address. */
typedef struct parts {
  char *scheme, *host, *port, *user, *path, *query;
} parts;

static bool is_loopback(const char *host) {
  char bare[64];
  struct in_addr four;
  struct in6_addr six;
  if (strcasecmp(host, "localhost") == 0) return true;
  if (inet_pton(AF_INET, host, &four) == 1) return ntohl(four.s_addr) >> 24 == 127;
  size_t len = strlen(host);
  if (len < 3 || len > sizeof bare || host[0] != '[' || host[len - 1] != ']') return false;
  memcpy(bare, host + 1, len - 2);
  bare[len - 2] = '\0';
  return inet_pton(AF_INET6, bare, &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

static bool fill(rh_address *a, const parts *p, bool tls) {
  const char *port = p->port && strcmp(p->port, tls ? "443" : "80") != 0 ? p->port : NULL;
  const char *colon = port ? ":" : "", *number = port ? port : "";
  const char *mark = p->query ? "?" : "", *query = p->query ? p->query : "";
  int n = asprintf(&a->host, "%s%s%s", p->host, colon, number);
  if (n < 0) a->host = NULL;
  if (n < 0 || asprintf(&a->origin, "%s://%s/", tls ? "https" : "http", a->host) < 0) {
    a->origin = NULL;
    return false;
  }
  if (asprintf(&a->target, "%s%s%s", p->path, mark, query) < 0) {
    a->target = NULL;
    return false;
  }
  if (asprintf(&a->shown, "%s://%s%s", tls ? "wss" : "ws", a->host, p->path) < 0) a->shown = NULL;
  return a->shown != NULL;
}

static const char *judge(rh_address *a, const parts *p, bool sealed) {
  bool tls = strcasecmp(p->scheme, "wss") == 0 || strcasecmp(p->scheme, "https") == 0;
  if (!tls && strcasecmp(p->scheme, "ws") != 0 && strcasecmp(p->scheme, "http") != 0)
    return "is neither wss nor ws, which alone are opened";
  if (p->user) return "has a user name in it";
  a->loopback = is_loopback(p->host);
  if (sealed && !a->loopback) return "is not on this machine, which a sandbox never leaves";
  if (!tls && !a->loopback) return "is plain ws, which is opened on this machine only";
  return fill(a, p, tls) ? NULL : "cannot be read: out of memory";
}

static const char *read_parts(rh_address *a, CURLU *parsed, bool sealed) {
  parts p = {0};
  const char *refused = "is no address";
  if (curl_url_get(parsed, CURLUPART_SCHEME, &p.scheme, 0) == CURLUE_OK &&
      curl_url_get(parsed, CURLUPART_HOST, &p.host, 0) == CURLUE_OK &&
      curl_url_get(parsed, CURLUPART_PATH, &p.path, 0) == CURLUE_OK) {
    curl_url_get(parsed, CURLUPART_PORT, &p.port, 0); /* these may be absent */
    curl_url_get(parsed, CURLUPART_USER, &p.user, 0);
    curl_url_get(parsed, CURLUPART_QUERY, &p.query, 0);
    refused = judge(a, &p, sealed);
  }
  if (p.query) explicit_bzero(p.query, strlen(p.query));
  char *all[] = {p.scheme, p.host, p.port, p.user, p.path, p.query};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) curl_free(all[i]);
  return refused;
}

const char *rh_address_read(rh_address *a, const char *url, bool sealed) {
  memset(a, 0, sizeof *a);
  for (const char *c = url; *c; c++)
    if (*c <= ' ' || *c >= 0x7F) return "holds a character that no address holds";
  CURLU *parsed = curl_url();
  if (!parsed) return "cannot be read: out of memory";
  const char *refused = "is no address";
  if (curl_url_set(parsed, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK)
    refused = read_parts(a, parsed, sealed);
  curl_url_cleanup(parsed);
  return refused;
}

void rh_address_free(rh_address *a) {
  if (a->target) explicit_bzero(a->target, strlen(a->target));
  free(a->origin);
  free(a->host);
  free(a->target);
  free(a->shown);
  memset(a, 0, sizeof *a);
}
