/* Where the key, the site and the address come from: option, environment, config file; what a good
 * one looks like. Reads environment and one file; sends nothing. rhub_seal lives here too. */
#ifndef RHUB_CORE_CREDENTIALS_H
#define RHUB_CORE_CREDENTIALS_H

#include "rhub.h"

#include <stdbool.h>

#pragma GCC visibility push(hidden)

typedef struct rh_credentials {
  char *api_key;        /* wiped on clear */
  char *key_source;     /* see rhub_description */
  char *origin;         /* "https://www.runninghub.ai", no trailing slash, no /openapi/v2 */
  const char *site;     /* "ai", "cn", "" */
  const char *currency; /* "USD", "CNY", "" */
  bool sealed;
} rh_credentials;

/* Option before environment before config file; sealed, none of them. An address, wherever it comes
   from, goes before a site: who points a process at a stand-in means all of it. A site's own
   address tells the site and its money; with any other address the site that is given does. The
   config file has lines `key = ...`, `site = ...` and `base_url = ...`; '#' starts a comment; a
   file that others may read, or that is not ours, is refused; it is not opened where key and
   address are known without it. Plain http only to loopback (127.0.0.0/8, ::1, localhost). A key is
   8 to 256 printable ASCII characters without spaces. *out is zeroed on failure. */
rhub_status rh_credentials_load(const rhub_options *options, rh_credentials *out,
                                rhub_error *error);
void rh_credentials_clear(rh_credentials *credentials);

/* True for http(s) addresses whose host is loopback. */
bool rh_url_is_loopback(const char *url);

#pragma GCC visibility pop
#endif
