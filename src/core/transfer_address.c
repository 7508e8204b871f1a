/* Which addresses may be opened, and how they are shown. No I/O; of curl only its parser of
 * addresses, so that what is judged is what will be opened. */
#include "transfer_address.h"

#include "credentials.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define KEY          "{key}"
#define LONGEST_PATH 2048

static const char *judge_parts(CURLU *parsed, bool sealed, bool from_tls, rh_address *address) {
  char *scheme = NULL, *whole = NULL;
  const char *refused = "is no address";
  if (curl_url_get(parsed, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK ||
      curl_url_get(parsed, CURLUPART_URL, &whole, 0) != CURLUE_OK)
    goto done;
  address->tls = strcasecmp(scheme, "https") == 0;
  address->loopback = rh_url_is_loopback(whole);
  if (!address->tls && strcasecmp(scheme, "http") != 0)
    refused = "is neither http nor https, which alone are opened";
  else if (sealed && !address->loopback)
    refused = "is not on this machine, which a sandbox never leaves";
  else if (from_tls && !address->tls)
    refused = "is plain http, which a redirect from https may not lead to";
  else if (!address->tls && !address->loopback)
    refused = "is plain http, which is opened on this machine only; use https";
  else
    refused = NULL;
done:
  curl_free(scheme);
  curl_free(whole);
  return refused;
}

rh_address rh_address_judge(const char *url, bool sealed, bool from_tls) {
  rh_address address = {false, false, "cannot be read: out of memory"};
  CURLU *parsed = curl_url();
  if (!parsed) return address;
  CURLUcode rc = curl_url_set(parsed, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME);
  if (rc == CURLUE_OK)
    address.refused = judge_parts(parsed, sealed, from_tls, &address);
  else if (rc != CURLUE_OUT_OF_MEMORY)
    address.refused = "is no address";
  curl_url_cleanup(parsed);
  return address;
}

/* [*host, *path) is "host[:port]", [*path, end) the path. */
static const char *split(const char *url, const char **host, const char **path) {
  const char *start = strstr(url, "://");
  start = start ? start + 3 : url;
  const char *end = start + strcspn(start, "?#");
  const char *slash = memchr(start, '/', (size_t)(end - start));
  *path = slash ? slash : end;
  const char *at = memrchr(start, '@', (size_t)(*path - start));
  *host = at ? at + 1 : start;
  return end;
}

static void put(char *out, size_t size, size_t *len, const char *text, size_t n) {
  for (size_t i = 0; i < n && *len + 1 < size; i++) {
    unsigned char c = (unsigned char)text[i];
    out[(*len)++] = c < 0x20 || c == 0x7f ? ' ' : (char)c;
  }
  out[*len] = '\0';
}

void rh_address_host(const char *url, char *out, size_t size) {
  const char *host, *path;
  size_t len = 0;
  split(url, &host, &path);
  put(out, size, &len, host, (size_t)(path - host));
}

/* Where the key begins in a path of the native proxy; NULL: it is none. */
static const char *key_in(const char *path, const char *end) {
  static const char *const proxies[] = {"/proxy/", "/proxy-plus/"};
  for (size_t i = 0; i < sizeof proxies / sizeof *proxies; i++) {
    size_t len = strlen(proxies[i]);
    const char *at = memmem(path, (size_t)(end - path), proxies[i], len);
    if (at) return at + len;
  }
  return NULL;
}

void rh_address_show(const char *url, char *out, size_t size) {
  const char *host, *path, *end = split(url, &host, &path);
  size_t len = 0;
  const char *key = key_in(path, end);
  if (!key || strncmp(key, KEY, sizeof KEY - 1) == 0) {
    put(out, size, &len, host, (size_t)(end - host));
    return;
  }
  const char *rest = memchr(key, '/', (size_t)(end - key));
  put(out, size, &len, host, (size_t)(key - host));
  put(out, size, &len, "***", 3);
  if (rest) put(out, size, &len, rest, (size_t)(end - rest));
}

/* "." or "..", a dot also as %2e: whoever reads the address folds such parts away, and the path
   leads elsewhere than it says. */
static bool is_dots(const char *part, size_t len) {
  size_t dots = 0, at = 0;
  while (at < len) {
    if (part[at] == '.')
      at++;
    else if (len - at >= 3 && part[at] == '%' && part[at + 1] == '2' && (part[at + 2] | 32) == 'e')
      at += 3;
    else
      return false;
    dots++;
  }
  return dots == 1 || dots == 2;
}

bool rh_address_path_ok(const char *path) {
  if (!path || path[0] != '/' || path[1] == '/' || strlen(path) > LONGEST_PATH) return false;
  for (const char *p = path; *p; p++)
    if ((unsigned char)*p <= ' ' || (unsigned char)*p >= 0x7f || strchr("#\\\"", *p)) return false;
  for (const char *part = path + 1;; part += strcspn(part, "/?") + 1) {
    size_t len = strcspn(part, "/?");
    if (is_dots(part, len)) return false;
    if (part[len] != '/') return true;
  }
}

/* One byte of a key: as it is, or percent-encoded. */
static size_t put_encoded(unsigned char c, char *out) {
  bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               strchr("-._~", c);
  if (out && plain) *out = (char)c;
  if (out && !plain) sprintf(out, "%%%02X", c);
  return plain ? 1 : 3;
}

size_t rh_address_with_key(const char *url, const char *key, char *out) {
  size_t len = 0;
  while (*url) {
    if (strncmp(url, KEY, sizeof KEY - 1) != 0) {
      if (out) out[len] = *url;
      url++;
      len++;
      continue;
    }
    for (const char *k = key; *k; k++)
      len += put_encoded((unsigned char)*k, out ? out + len : NULL);
    url += sizeof KEY - 1;
  }
  if (out) out[len] = '\0';
  return len;
}
