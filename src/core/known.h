/* What has been uploaded, by content, for as long as it lives at the service: in a database of the
 * user's cache folder that several processes share, else in memory. What goes wrong with the
 * database costs no more than a moment: it is said once, and memory serves from there on.
 *
 * All but making and holding one blocks: for a worker, any of them. Times come in as seconds of the
 * wall clock. */
#ifndef RHUB_CORE_KNOWN_H
#define RHUB_CORE_KNOWN_H

#include "digest.h"
#include "rhub.h"

#pragma GCC visibility push(hidden)

typedef struct rh_known rh_known;

/* What is remembered is worth something to one account at one origin; of the key only a digest is
   kept. `path`: NULL or "" for memory. Opens nothing. NULL: no memory. */
rh_known *rh_known_new(const char *path, const char *origin, const char *api_key);
rh_known *rh_known_hold(rh_known *known); /* returns it */
void rh_known_release(rh_known *known);   /* frees it once nobody holds it; NULL is allowed */

/* "$XDG_CACHE_HOME/rhub/uploads.db", "~/.cache/rhub/uploads.db" (malloc); "" without a home. NULL:
   no memory. */
char *rh_known_usual_path(void);

/* What an upload is remembered by. */
typedef struct rh_known_key {
  const char *kind;
  const char *extension; /* of the name told: the service goes by it. "" for none */
  uint64_t size;
} rh_known_key;

typedef struct rh_known_place {
  char *url, *file_name; /* malloc; "" for none */
} rh_known_place;

bool rh_known_size(rh_known *known, const rh_known_key *key, double now); /* is there one? */
bool rh_known_find(rh_known *known, const rh_known_key *key, const rh_digest *digest, double now,
                   rh_known_place *out);
/* Forgets what has died, too. Without memory it is simply not remembered. */
void rh_known_add(rh_known *known, const rh_known_key *key, const rh_digest *digest,
                  const char *url, const char *file_name, double now);

/* Why the database is not used any more, for people; true once. */
bool rh_known_complaint(rh_known *known, rhub_error *out);

/* How many uploads of this account there are in the database, and how many of them still live.
   Makes none. RHUB_IO where it cannot be used. */
rhub_status rh_known_count(rh_known *known, double now, uint64_t *all, uint64_t *valid,
                           rhub_error *error);
const char *rh_known_path(const rh_known *known); /* "" for memory */

/* When what has been uploaded dies: an hour before the end of its address's signature
   (q-sign-time=START;END in the query), else 23 hours from now. */
double rh_known_until(const char *url, double now);

#pragma GCC visibility pop
#endif
