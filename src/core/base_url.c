/* The API's address as people give it, made into an origin. Stricter than any URL parser, so that
 * no two of them can see different hosts in it. No I/O. */
#include "base_url.h"
#include "credentials.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What stands between "://" and the path. NULL: neither http nor https. */
static const char *authority_of(const char *url, bool *tls, size_t *len) {
  const char *at = NULL;
  if (strncasecmp(url, "https://", 8) == 0) at = url + 8;
  if (strncasecmp(url, "http://", 7) == 0) at = url + 7;
  *tls = at == url + 8;
  if (at) *len = strcspn(at, "/?#");
  return at;
}

static bool loopback_host(const char *host) {
  struct in_addr four;
  struct in6_addr six;
  if (strcasecmp(host, "localhost") == 0) return true;
  if (inet_pton(AF_INET, host, &four) == 1) return ntohl(four.s_addr) >> 24 == 127;
  if (inet_pton(AF_INET6, host, &six) == 1) return IN6_IS_ADDR_LOOPBACK(&six);
  return false;
}

static bool good_name(const char *host) {
  size_t n = strspn(host, "abcdefghijklmnopqrstuvwxyz0123456789.-_");
  return n > 0 && host[n] == '\0' && host[0] != '.' && host[0] != '-' && !strstr(host, "..");
}

/* Splits "host", "host:port", "[v6]:port" (its text is changed). False: it is none. */
static bool split_port(char *text, bool *v6, const char **host, const char **port) {
  char *end;
  *v6 = *text == '[';
  if (*v6) {
    end = strchr(text, ']');
    if (!end) return false;
    *host = text + 1;
    *end++ = '\0';
  } else {
    end = text + strcspn(text, ":");
    *host = text;
  }
  *port = NULL;
  if (*end == '\0') return true;
  if (*end != ':') return false;
  *end = '\0';
  *port = end + 1;
  return true;
}

static bool good_port(const char *port) {
  size_t n = strspn(port, "0123456789");
  if (n == 0 || n > 5 || port[n] != '\0') return false;
  long number = strtol(port, NULL, 10);
  return number > 0 && number < 65536;
}

static const char *read_authority(const char *authority, size_t len, rh_origin *out) {
  char text[RH_HOST_MAX];
  const char *host, *port;
  struct in6_addr six;
  bool v6;
  if (len == 0) return "has no host";
  if (len >= sizeof text) return "is too long";
  for (size_t i = 0; i < len; i++) text[i] = (char)tolower((unsigned char)authority[i]);
  text[len] = '\0';
  if (strchr(text, '@')) return "has a user name in it: leave it out";
  if (!split_port(text, &v6, &host, &port)) return "has no proper host";
  if (v6 ? inet_pton(AF_INET6, host, &six) != 1 : !good_name(host)) return "has no proper host";
  if (port && !good_port(port)) return "has no proper port";
  if (port && strtol(port, NULL, 10) == (out->tls ? 443 : 80)) port = NULL;
  snprintf(out->host, sizeof out->host, "%s", host);
  snprintf(out->text, sizeof out->text, "%s%s%s%s%s%s", out->tls ? "https://" : "http://",
           v6 ? "[" : "", out->host, v6 ? "]" : "", port ? ":" : "", port ? port : "");
  out->loopback = loopback_host(out->host);
  return NULL;
}

const char *rh_origin_read(const char *address, rh_origin *out) {
  memset(out, 0, sizeof *out);
  for (const char *p = address; *p; p++)
    if (*p <= ' ' || *p >= 0x7F || *p == '\\') return "holds a character that no address holds";
  size_t len;
  const char *authority = authority_of(address, &out->tls, &len);
  if (!authority) return "does not begin with https:// (or http:// for this machine)";
  const char *why = read_authority(authority, len, out);
  if (why) return why;
  static const char api[] = "/openapi/v2";
  const char *path = authority + len;
  if (strncmp(path, api, sizeof api - 1) == 0) path += sizeof api - 1;
  path += strspn(path, "/");
  if (*path != '\0') return "has a path: give host and port only";
  if (!out->tls && !out->loopback)
    return "is plain http, which goes to this machine only: use https";
  return NULL;
}

bool rh_url_is_loopback(const char *url) {
  bool tls;
  size_t len;
  const char *authority = authority_of(url, &tls, &len);
  rh_origin origin = {.tls = tls};
  if (!authority || memchr(authority, '\\', len)) return false;
  return !read_authority(authority, len, &origin) && origin.loopback;
}
