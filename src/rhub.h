/*
 * rhub: a client for RunningHub, the hosted media-generation service.
 *
 * This header is the whole public interface of the engine. It compiles alone as C99 and as C++ and
 * names no type of any other library.
 *
 * EVENTS
 *   The engine calls nobody back. rhub_step does the I/O that is due; rhub_next then hands out what
 *   has happened, one event at a time. Everything that takes time is started by a function that
 *   returns a ticket at once and ends with exactly one RHUB_EVENT_END for that ticket, unless
 *   rhub_forget took the interest back. Nothing completes before the next rhub_step.
 *   A ticket is a number that is never used twice: a stale one is RHUB_MISUSE, never a dangling
 *   pointer. Its lower 32 bits are a small number that no other ticket of the client has as long as
 *   this one is open: an index for what a program keeps with it. News of a task that have not been
 *   read yet are merged into the latest.
 *
 *   A program that only waits:
 *       while (rhub_step(c, -1) == RHUB_OK)
 *         while (rhub_next(c, &event)) ...
 *   A program with a loop of its own watches rhub_fd for reading for at most rhub_timeout_ms, then
 *   calls rhub_step(c, 0) and drains rhub_next. Ask for the time-out again after every call into
 *   the engine: 0 means "step again at once".
 *
 * THREADS
 *   A client belongs to one thread at a time; different clients may live in different threads.
 *   rhub_wakeup is the one call allowed from another thread, and from a signal handler.
 *
 * MEMORY
 *   Text that goes in is copied before the call returns. What comes out in an event is borrowed: it
 *   stays valid until the next rhub_next, rhub_step or rhub_close on that client. Text is UTF-8 and
 *   NUL-terminated; where a length stands beside it, it may hold NULs.
 *
 * MONEY
 *   A submit is sent once. It is repeated only where it is certain that no task was made. Where the
 *   outcome cannot be known the task ends with RHUB_UNKNOWN_OUTCOME, and nothing is sent again
 *   unless rhub_options.on_unknown says so. A submit that has left is never aborted by rhub_forget,
 *   rhub_shutdown or a time-out. A task that may be told of (rhub_task_options.unknown_wait) waits
 *   for rhub_tell first: an outcome that was not known becomes the real one, with its own charge.
 *   With rhub_options.budget no submit starts whose price would take what is spent and reserved
 *   past it. The price is the caller's (rhub_task_options.price), else the service is asked, free
 *   of charge; where neither tells one the task ends with RHUB_BUDGET, unless allow_unknown_price.
 *   The service tells none for what rhub_task_options.path makes: there the caller must.
 *   It is reserved when the task's turn comes, and settled when the task ends: at the charge that
 *   the service tells; else a success at the reservation, a failure at nothing. What may have been
 *   charged and is not known (RHUB_UNKNOWN_OUTCOME, RHUB_TIMEOUT, RHUB_GONE, a task left running)
 *   is held until rhub_close; rhub_attach to such a task settles it when that ends. A model that
 *   was charged more than was reserved is reserved at its highest charge from then on. Amounts are
 *   counted in 1/10,000: what is finer is rounded up, of a budget down. Nothing is converted: a
 *   price in another currency counts as not known; a client that knows none records it as it is.
 *   Coins are summed, and bounded by no budget.
 *
 * JOURNAL
 *   With rhub_options.journal each task is a job under a key, recorded before anything depends on
 *   it: the intent is on the disk before a byte of the submit leaves, the id before it is told, the
 *   outcome before the END. So a program that was killed is run again, and nothing is paid twice:
 *   a job that is done ends with its recorded result, one that runs is attached to, one that failed
 *   and cost nothing is submitted again, and any other failure is told again. One whose submit may
 *   have made a task that nobody knows ends with RHUB_UNKNOWN_OUTCOME until it is resolved
 *   (rhub_job_resolve), told of (rhub_tell_lost), or submitted again where rhub_options.on_unknown
 *   says so. A second call of a job under way waits for the first and shares its task.
 *   Where an intent cannot be recorded, nothing is sent: RHUB_IO, spent no. What was accepted goes
 *   on though its id or its outcome cannot be recorded, and a warning is logged.
 *   The budget covers all that the journal has recorded in its currency. One client works a journal
 *   at a time: a second is refused with RHUB_IO, in whatever process, also where the lock beside it
 *   was removed; readers are not. Once another one has taken it over all the same, or its file was
 *   moved or removed, no submit leaves any more: RHUB_IO, spent no.
 *   A journal is of one service, that of its first job: a client of another address is refused it
 *   with RHUB_CONFIG. The sandboxes that a process is sealed to (rhub_seal) count as one; what was
 *   under way in an earlier one has failed, and cost nothing. Of another account what is done is
 *   done, and what runs is asked for; where only who has made it is told of it, it stays as
 *   running: RHUB_AUTH, spent maybe.
 *   It is charged in one currency too, that of the first client that knew one: a client that knows
 *   none takes it from there, one of another is refused it with RHUB_CONFIG.
 *   One of an earlier version is brought forward as it is opened, and read as it is. What is
 *   another program's or a later version's is refused and left as it is.
 *   One that is found to be damaged, as it is opened or later, or to lack jobs that were recorded,
 *   as an older copy does and one without its "-wal", is set aside at once: it becomes
 *   PATH.damaged-DATE, and its "-wal" and "-shm" likewise. Nothing more is submitted then, and as
 *   long as it lies there no other is begun at PATH: RHUB_IO says so. A journal that is brought
 *   back from it is opened as ever; whoever moves it elsewhere begins anew, and pays again for
 *   what it has recorded. What has never been a journal of ours is left where it is. One of up to
 *   20 MB is looked through as it is opened; what is larger shows its damage where it is read,
 *   which may be late.
 *
 * LIMITS
 *   The clients of one user, in whatever processes of a machine, share what they know of a key: the
 *   account's places, of which each has as many as the others leave it, and in turn where several
 *   want more; what "full" (421, 1520, 415) taught, which lowers the limit for all until
 *   acceptances raise it again; the rates of queries and of tasks begun, which are for all of them
 *   together, halved for all by "too many requests" (1003, HTTP 429) and recovering in ten seconds;
 *   and the pauses that a refusal or a Retry-After asks for. None of these answers fails a task,
 *   however often it comes, unless wait_timeout has passed.
 *   They meet in a file beside rhub_options.cache, its name made of address and key and leading
 *   back to neither, that goes with the last of them. A process that has died holds nothing; one
 *   that is put to sleep keeps the places of its tasks, and nobody waits for it otherwise. Where
 *   there is no such file, each client goes by what it learns itself.
 *
 * ERRORS
 *   Functions return a rhub_status and, where they take one, fill a rhub_error that the caller
 *   owns. Statuses are never renumbered. An API key appears in no message.
 *
 * ENVIRONMENT
 *   rhub_open reads RUNNINGHUB_API_KEY, RH_API_KEY, RH_API_BASE_URL, XDG_CONFIG_HOME,
 *   XDG_CACHE_HOME, HOME, and libcurl's proxy variables (HTTPS_PROXY, ALL_PROXY, NO_PROXY) unless
 *   options say otherwise. The engine installs no signal handler, sets SIGPIPE aside for its own
 *   sockets, opens every descriptor close-on-exec, and does not depend on the locale. Descriptors
 *   0 to 2 must be open: libuv aborts where one of its own would take their place.
 *   Beside what rhub_save writes there are the engine's own files: rhub_options.cache, that of
 *   LIMITS beside it, and rhub_options.journal with a ".lock" beside it. A process must not fork
 *   and use a client on both sides.
 *
 * VERSIONS
 *   Structures that the caller fills begin with their size; the ..._INIT macros set it. Fields are
 *   only ever added at the end. Those that rhub fills (errors, events, results, rhub_info,
 *   rhub_stats, rhub_money, rhub_cache, rhub_description) grow only when the library's soname
 * changes.
 */
#ifndef RHUB_H
#define RHUB_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define RHUB_API __attribute__((visibility("default")))
#else
#define RHUB_API
#endif

#define RHUB_VERSION "0.1.0"

typedef struct rhub_client rhub_client;

/* Names a task, an upload, a save or a call. 0 is never one. */
typedef uint64_t rhub_ticket;

/* ---- statuses and errors ------------------------------------------------------------------- */

typedef enum rhub_status {
  RHUB_OK = 0,
  RHUB_CONFIG = 1,           /* no key, a bad key, site, address or config file */
  RHUB_AUTH = 2,             /* the service refuses the key, or this kind of key */
  RHUB_INPUT = 3,            /* a parameter, a file or an option is wrong; nothing was sent */
  RHUB_FUNDS = 4,            /* the account has not enough money or coins */
  RHUB_BUDGET = 5,           /* the caller's own budget would be passed */
  RHUB_BUSY = 6,             /* no place became free within wait_timeout, or the rate limit held */
  RHUB_REJECTED = 7,         /* the service refused the submit */
  RHUB_FAILED = 8,           /* the task ran and failed */
  RHUB_CANCELLED = 9,        /* cancelled here or on the server; rhub_error.spent tells which */
  RHUB_TIMEOUT = 10,         /* waited long enough; the task goes on on the server */
  RHUB_NETWORK = 11,         /* the service could not be reached; nothing was submitted */
  RHUB_UNKNOWN_OUTCOME = 12, /* a submit may have made a task; it was not sent again */
  RHUB_GONE = 13,            /* the task or the address no longer exists */
  RHUB_PROTOCOL = 14,        /* the service answered something that it should not */
  RHUB_IO = 15,              /* a local file could not be read or written */
  RHUB_NOMEM = 16,           /* out of memory */
  RHUB_MISUSE = 17           /* a stale ticket, a closed client, a NULL where none may be */
} rhub_status;

/* Whether money may have been spent on what failed. */
typedef enum rhub_spent { RHUB_SPENT_NO = 0, RHUB_SPENT_MAYBE = 1, RHUB_SPENT_YES = 2 } rhub_spent;

/* One error, by value: no ownership. Long messages are cut at a character boundary. */
typedef struct rhub_error {
  rhub_status status;
  rhub_spent spent;
  int retryable;      /* 1: the same call may succeed later without a change */
  int http_status;    /* 0: no HTTP reply stands behind it */
  char code[24];      /* RunningHub's code as text, "" if none */
  char task_id[72];   /* "" if no task is known */
  char message[1000]; /* one line: what happened, to what, and what to do next */
} rhub_error;

/* The word for a status: "config", "auth", ... "io", "nomem", "misuse", "ok". Static text. */
RHUB_API const char *rhub_status_name(rhub_status status);

/* "no", "maybe" or "yes". Static text. */
RHUB_API const char *rhub_spent_name(rhub_spent spent);

/* ---- clients ------------------------------------------------------------------------------- */

typedef enum rhub_on_unknown {
  RHUB_HOLD = 0,    /* an unknown outcome ends the task */
  RHUB_RESUBMIT = 1 /* it is submitted again, up to twice: may be charged more than once */
} rhub_on_unknown;

/* Log levels, each including those before it. */
typedef enum rhub_log_level {
  RHUB_LOG_NONE = 0,
  RHUB_LOG_WARN = 1, /* what a user should know: retries of a submit, ids of tasks left behind */
  RHUB_LOG_INFO = 2, /* each change of a task */
  RHUB_LOG_DEBUG = 3 /* each HTTP exchange, without headers and bodies */
} rhub_log_level;

/* Times are seconds. 0 or NULL means the default that stands beside a field. */
typedef struct rhub_options {
  size_t size;
  const char *api_key;     /* else RUNNINGHUB_API_KEY, RH_API_KEY, then the config file */
  const char *site;        /* "ai" (default) or "cn"; sets the currency too, also where base_url is
                              neither site's: a gateway may be the way to either */
  const char *base_url;    /* else RH_API_BASE_URL; with or without /openapi/v2; before site */
  const char *config_file; /* else $XDG_CONFIG_HOME/rhub/config, ~/.config/rhub/config */
  const char *proxy;       /* else libcurl's environment; "" for none; never used for loopback */
  const char *ca_file;     /* PEM; else the system's */
  int concurrency;         /* tasks in flight at once; else the account's own limit */
  int connections;         /* HTTP exchanges at once, default 32 */
  double timeout;          /* for a task, counted from its acceptance; default none */
  double wait_timeout;     /* for a free place, or for another task of the same job; default none */
  double submit_timeout;   /* for the answer to one submit, default 180 */
  double request_timeout;  /* for the answer to a query or another short call, default 30 */
  double connect_timeout;  /* default 10 */
  double busy_first; /* pause after "full" (421, 1520, 415), doubling with jitter; default 2 */
  double busy_max;   /* ... up to this, default 60; after 415 a task's own starts at its half */
  double poll_first; /* bounds of the pause before a task's first query, default 1 */
  double poll_min;   /* ... between queries when the end is near, default 1 */
  double poll_max;   /* ... between queries otherwise, default 5 */
  double poll_rate;  /* queries a second, default 10: see LIMITS */
  rhub_on_unknown on_unknown;
  rhub_log_level log_level;
  const char *budget;      /* plain decimal in the site's currency, "50"; NULL: none. RHUB_CONFIG
                              where that is not known, nor told by the journal: give the site */
  int allow_unknown_price; /* 1: a call goes also where nobody can tell its price */
  double poll_told;        /* between queries of a task that will be told of, default 30 */
  const char *cache; /* the database of what was uploaded, opened at the first upload and shared by
                        processes; else $XDG_CACHE_HOME/rhub/uploads.db, ~/.cache/rhub/uploads.db;
                        "" for none. Never one in a sandbox, and by default none with an address on
                        this machine: a stand-in there forgets what it was sent. The file of LIMITS
                        lies beside it, with such an address where it would be by default; "" or a
                        sandbox: there is none */
  const char *journal; /* the database in which jobs are recorded, see JOURNAL; NULL: none */
  double submit_rate;  /* tasks begun a second, default no bound: see LIMITS */
} rhub_options;

#define RHUB_OPTIONS_INIT                                                                     \
  {                                                                                           \
    sizeof(rhub_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, RHUB_HOLD, \
        RHUB_LOG_WARN, 0, 0, 0, 0, 0, 0                                                       \
  }

/* Opens a client. Sends nothing. RHUB_CONFIG, RHUB_INPUT or RHUB_NOMEM, with a journal also
   RHUB_IO; *out is NULL then. `error` may be NULL. */
RHUB_API rhub_status rhub_open(const rhub_options *options, rhub_client **out, rhub_error *error);

/* What a client has settled on, for people: never the key itself. Borrowed until rhub_close. */
typedef struct rhub_description {
  const char *base_url; /* "https://www.runninghub.ai" */
  const char *site;     /* "ai", "cn", or "" for an address that is neither */
  const char *currency; /* "USD", "CNY" or "" */
  const char
      *key_source;      /* "option", "RUNNINGHUB_API_KEY", "RH_API_KEY", a file's path, "sandbox" */
  const char *key_hint; /* the last four characters */
  int sealed;           /* 1: talks to a sandbox only, see rhub_seal */
} rhub_description;

RHUB_API void rhub_describe(const rhub_client *client, rhub_description *out);

/* Starts no more submits: tasks whose submit has not left end as RHUB_CANCELLED, spent no, and
   further rhub_submit calls are refused likewise. Tasks that run are still waited for. With `leave`
   every unfinished task ends at once, on this side only: a running one as RHUB_CANCELLED with its
   id and spent maybe, a submit on the wire as RHUB_UNKNOWN_OUTCOME. Their events can still be
   read. May be called again. */
RHUB_API void rhub_shutdown(rhub_client *client, int leave);

/* Ends everything at once and frees the client. A submit on the wire is aborted: a caller who cares
   steps until rhub_stats.submitting is 0 first. NULL is allowed. */
RHUB_API void rhub_close(rhub_client *client);

/* Process-wide, once, not to be undone: every client opened afterwards talks to `base_url` (plain
   http on loopback) with a key of the sandbox; options, environment and config file are not read
   for address, key and proxy, and no connection leaves loopback. RHUB_INPUT for any other address.
 */
RHUB_API rhub_status rhub_seal(const char *base_url);

/* "0.1.0". Static text. */
RHUB_API const char *rhub_version(void);

/* Versions of the libraries in use, for people: "libcurl 7.88.1 (HTTP/2), libuv 1.44.2, ...". */
RHUB_API const char *rhub_libraries(void);

/* ---- driving ------------------------------------------------------------------------------- */

/* The one descriptor to watch for reading. Valid until rhub_close. */
RHUB_API int rhub_fd(const rhub_client *client);

/* How long the descriptor may be watched before rhub_step is due, in milliseconds; -1: no limit. */
RHUB_API int rhub_timeout_ms(rhub_client *client);

/* Does what is due, waiting up to `timeout_ms` for it (0: not at all, -1: as long as anything is
   under way). Returns RHUB_OK also when nothing happened; RHUB_MISUSE where -1 is asked and nothing
   is under way. Returns early when there are events, on rhub_wakeup and when a signal arrives. */
RHUB_API rhub_status rhub_step(rhub_client *client, int timeout_ms);

/* Makes the current or next rhub_step return. Any thread. */
RHUB_API void rhub_wakeup(rhub_client *client);

/* ---- tasks --------------------------------------------------------------------------------- */

/* States only ever move forward, but for RHUB_STATE_WAITING after the service said "full". */
typedef enum rhub_state {
  RHUB_STATE_WAITING = 1,    /* for a free place */
  RHUB_STATE_UPLOADING = 2,  /* its local files */
  RHUB_STATE_SUBMITTING = 3, /* on the wire, or waiting to be told: outcome not known yet */
  RHUB_STATE_QUEUED = 4,     /* accepted: it has an id and costs money from here on */
  RHUB_STATE_RUNNING = 5,
  RHUB_STATE_ENDED = 6
} rhub_state;

/* "waiting", "uploading", "submitting", "queued", "running", "ended". Static text. */
RHUB_API const char *rhub_state_name(rhub_state state);

/* Where the API key goes. In a body it replaces a field of that name. */
typedef enum rhub_key_place {
  RHUB_KEY_HEADER = 0,      /* Authorization: Bearer, the v2 way */
  RHUB_KEY_FIELD = 1,       /* also as "apiKey" in the JSON body: the legacy way */
  RHUB_KEY_FIELD_LOWER = 2, /* also as "apikey": accountStatus */
  RHUB_KEY_BARE = 3,        /* Authorization without the word Bearer: aiapp/list */
  RHUB_KEY_NONE = 4         /* nowhere but where the path says {key}: the native proxy */
} rhub_key_place;

/* A local file among the parameters: `pointer` (RFC 6901, "/firstImageUrl", "/imageUrls/0") names a
   value of the parameters that is replaced by the file's address (or its name, see node_files) once
   it is uploaded. */
typedef struct rhub_media {
  const char *pointer;
  const char *path;
} rhub_media;

typedef struct rhub_task_options {
  size_t size;
  const char *endpoint; /* "kling-video-o1/image-to-video": what follows /openapi/v2/. With `path`
                           only a name, for messages, learned durations and charges: equal for what
                           costs and lasts alike, such as "workflow/1904136902449209346" */
  const char *params;   /* one JSON object; sent as it stands but for `media` */
  size_t params_len;
  const rhub_media *media; /* may be NULL */
  size_t media_count;
  double timeout;       /* seconds; 0: the client's; negative: none */
  double wait_timeout;  /* likewise */
  const char *price;    /* plain decimal: the most that this call can cost; NULL: not known */
  const char *currency; /* of the price; NULL: the client's */
  const char *path;     /* "/task/openapi/create": where the task is made, on the API's origin: a
                           workflow, an AI app, quick create. NULL: /openapi/v2/ and the endpoint */
  rhub_key_place key;   /* RHUB_KEY_HEADER, or RHUB_KEY_FIELD for what is older than v2 */
  int told;             /* 1: somebody will call rhub_tell when it has ended (a webhook): until then
                           it is asked for every rhub_options.poll_told seconds at most */
  double unknown_wait;  /* seconds to wait for rhub_tell where the outcome of its submit is unknown,
                           before it ends with that, or is submitted again; 0: none */
  int node_files;       /* 1: media are for nodes: uploaded as RHUB_UPLOAD_NODE, and replaced by the
                           names that nodes take in place of addresses */
  const char *job; /* with a journal: the key of its job, up to 200 bytes without '#' and control
                      bytes. NULL: made of the site, the account, endpoint and path, `identity`,
                      the content of `media`, and of how many calls of this client were equal in
                      all that: the n-th is the n-th that is recorded. A given one stands for its
                      job whatever is asked for: other parameters or another model are logged */
  const char *identity; /* with a journal: what stands for the parameters in that key, where these
                           hold what differs from run to run; NULL: they do, in any order of keys */
  int fresh;            /* with a journal: 1: submitted anew, whatever is recorded. What is stays in
                           the journal, under its key and '#' and a number */
  const char *token;    /* with a journal: stays with the job, such as the last part of the address
                           that a webhook calls, by which an unknown job is found again */
  const char *save_as; /* with a journal: any text of the caller's own that stays with the job, such
                          as what its files are to be called */
} rhub_task_options;

#define RHUB_TASK_OPTIONS_INIT                                                                     \
  {                                                                                                \
    sizeof(rhub_task_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, RHUB_KEY_HEADER, 0, 0, 0, 0, 0, 0, 0, \
        0                                                                                          \
  }

/* Queues one task. RHUB_INPUT for parameters that are no JSON object, a pointer that leads nowhere,
   a bad endpoint or path, a price that is no amount, or a file that is missing, empty, unreadable
   or a directory; RHUB_BUDGET where there is a budget, and nobody can tell the price of what `path`
   makes: nothing is sent then. RHUB_CANCELLED after rhub_shutdown. Ends with rhub_event.result, or
   with an error. */
RHUB_API rhub_status rhub_submit(rhub_client *client, const rhub_task_options *options,
                                 rhub_ticket *ticket, rhub_error *error);

/* Waits for a task that exists already. `model` (may be NULL) is for the learned durations and for
   messages. Costs nothing. Ends like a submitted task. Where it is a job of the journal that runs,
   how it ends is recorded of that job. */
RHUB_API rhub_status rhub_attach(rhub_client *client, const char *task_id, const char *model,
                                 double timeout, rhub_ticket *ticket, rhub_error *error);

/* Asks the server to cancel the ticket's task and goes on waiting for its end, which may still be a
   success. Before the submit has left, the task ends here, spent no. During a submit, and while
   nobody knows what became of it, the request is made as soon as the id is known. */
RHUB_API rhub_status rhub_cancel(rhub_client *client, rhub_ticket ticket, rhub_error *error);

/* Somebody, a webhook, says that the ticket's task has ended under this id. That is not believed,
   it only makes rhub ask: an accepted task of that id is asked for at once; while its submit is on
   the wire the id is kept until the reply; where nobody knows what became of the submit, it is
   taken for accepted under that id, and asked for: if there is no such task it ends with
   RHUB_UNKNOWN_OUTCOME all the same. Another id than the task's is logged and ignored. May come at
   any time, and again. RHUB_GONE where no task under way has the ticket: it has ended. RHUB_INPUT
   for what is no id. */
RHUB_API rhub_status rhub_tell(rhub_client *client, rhub_ticket ticket, const char *task_id,
                               rhub_error *error);

/* The same of a submit that had this rhub_task_options.token, where the journal knows no more than
   that it may have made a task: its ticket has ended, or it was submitted in an earlier run, also
   where the job was submitted again or given up since. Not believed either: a task of that id is
   waited for as rhub_attach does, and is that job's, with its outputs and its charge, unless there
   is no such task. Where a task of this client is at the job, that one is told, and *ticket is 0.
   RHUB_GONE where the journal has no such job of this account: it is known how it ended.
   RHUB_INPUT for what is no id. Waits for the disk. */
RHUB_API rhub_status rhub_tell_lost(rhub_client *client, const char *token, const char *task_id,
                                    rhub_ticket *ticket, rhub_error *error);

/* No more events for this ticket. A task stays on the server; a submit on the wire is let finish
   and its id is logged; an upload, a save or a call is stopped, and that is logged where the call
   may cost money. */
RHUB_API rhub_status rhub_forget(rhub_client *client, rhub_ticket ticket);

typedef struct rhub_output {
  const char *url;  /* lives about a day; NULL for a text output */
  const char *type; /* "png", "mp4", ...: what the service says; may be NULL */
  const char *text; /* NULL unless a text output */
  size_t text_len;
  const char *node_id; /* may be NULL */
} rhub_output;

/* Money is exact decimal text as the service gave it, summed without floats. */
typedef struct rhub_result {
  const char *task_id;
  const char *model; /* may be NULL for an attached task */
  const rhub_output *outputs;
  size_t output_count;
  const char *amount;   /* "2.1", NULL if not told */
  const char *currency; /* "CNY", "USD"; NULL if unknown */
  const char *coins;    /* "25", NULL if not told */
  double seconds;       /* from acceptance, or attaching, to the end as seen here, to the ms */
  const char *raw;      /* the last reply as it came, JSON */
  size_t raw_len;
} rhub_result;

/* ---- the journal --------------------------------------------------------------------------- */

typedef enum rhub_job_state {
  RHUB_JOB_INTENT = 1,     /* its submit is about to leave, or on the wire */
  RHUB_JOB_RUNNING = 2,    /* it has a task */
  RHUB_JOB_DONE = 3,       /* its outputs are known */
  RHUB_JOB_FAILED = 4,     /* it was not submitted, was refused, or its task failed or is gone */
  RHUB_JOB_CANCELLED = 5,  /* here or on the server */
  RHUB_JOB_UNKNOWN = 6,    /* a submit may have made a task, and nobody knows which */
  RHUB_JOB_DROPPED = 7,    /* it was unknown, and was given up: rhub_job_resolve */
  RHUB_JOB_RESUBMITTED = 8 /* a submit that may have made a task, and was repeated: what it may have
                              cost is held, unless somebody has said that it made none. Its key is
                              the job's and '#' and a number */
} rhub_job_state;

/* "intent", "running", "done", "failed", "cancelled", "unknown", "dropped", "resubmitted". Static
 * text.
 */
RHUB_API const char *rhub_job_state_name(rhub_job_state state);

/* A recorded job. Times are seconds since 1970, 0 for what has not happened; amounts plain decimal
   text; text that does not apply is "". */
typedef struct rhub_job {
  const char *key;
  rhub_job_state state;
  const char *endpoint, *path;
  const char *params;   /* as they were given */
  const char *files;    /* local files among them, a line each: SHA-256, tab, pointer, tab, path */
  const char *identity; /* as it was given */
  uint64_t occurrence;  /* 0: its key was given */
  const char *origin, *account; /* the site's address; an account's name that leads to no key */
  const char *task_id;
  const char *reserved; /* what is held for it */
  const char *charged;
  int unconfirmed; /* 1: the charge was not told, its reservation counts */
  const char *currency, *coins;
  double created, submitted, accepted, ended;
  const char *raw; /* the last reply, of one that is done */
  size_t raw_len;
  int made_nothing;        /* 1: it is done, and has no output that could be saved */
  const rhub_error *error; /* NULL: none */
  const char *saved; /* files with its results, a line each: SHA-256, then a space and how many
                        bytes it has where that was known, tab, path */
  const char *token, *save_as; /* as they were given */
} rhub_job;

typedef struct rhub_jobs rhub_jobs;

/* Reads a journal, also while a client works it. `state` 0: all jobs. Where nobody works it, those
   of which no more than their intent was recorded are told as unknown. RHUB_GONE where there is no
   such file, RHUB_IO, RHUB_NOMEM. */
RHUB_API rhub_status rhub_jobs_open(const char *path, rhub_job_state state, rhub_jobs **out,
                                    rhub_error *error);
/* The next job in the order in which they were made: 1; 0 at the end; -1 with *error. The job is
   borrowed until the next call. Reads a few at a time, whatever the journal holds. */
RHUB_API int rhub_jobs_next(rhub_jobs *jobs, rhub_job *job, rhub_error *error);
/* The job of a key as it stands now, wherever rhub_jobs_next is and whatever its state: 1; 0 where
   there is none; -1 with *error. Borrowed likewise. Takes as long whatever the journal holds. */
RHUB_API int rhub_jobs_find(rhub_jobs *jobs, const char *key, rhub_job *job, rhub_error *error);
/* What rhub_keep has kept last under a name: 1; 0 with *text NULL where that is nothing; -1 with
 *error. Borrowed until the next call of it. */
RHUB_API int rhub_jobs_kept(rhub_jobs *jobs, const char *name, const char **text,
                            rhub_error *error);
RHUB_API void rhub_jobs_close(rhub_jobs *jobs); /* NULL is allowed */

typedef enum rhub_resolve {
  RHUB_RESOLVE_ID = 1,       /* its task has been found: the next call of it attaches to that. Where
                                the service knows no such task it is unknown again, as it was */
  RHUB_RESOLVE_RESUBMIT = 2, /* it has made no task: the next call of it is submitted anew. It stays
                                recorded as RHUB_JOB_RESUBMITTED, and nothing is held for it */
  RHUB_RESOLVE_DROP = 3      /* given up: nothing is held for it, and nothing is submitted */
} rhub_resolve;

/* Says what became of an unknown job; also of one that was given up, by its id or submitting it,
   and of one that was resubmitted, by its id or giving it up; until it is submitted anew also under
   its own key.
   `task_id` goes with RHUB_RESOLVE_ID. RHUB_INPUT where there is no such job, it is none of
   these, or a task of this client is at it. Waits for the disk. */
RHUB_API rhub_status rhub_job_resolve(rhub_client *client, const char *key, rhub_resolve what,
                                      const char *task_id, rhub_error *error);

/* Notes that a file holds a result of the job: rhub_save does not do so by itself, and puts it on
   the disk where rhub_save_options.durable says so. `sha256`: its 64 digits; NULL: they are made,
   on a worker. `path` NULL: what was noted holds no more. Returns at once; what goes wrong later is
   logged. */
RHUB_API rhub_status rhub_job_saved(rhub_client *client, const char *key, const char *path,
                                    const char *sha256, rhub_error *error);

/* Keeps a text of the caller's own in the journal, under a name of the caller's, in the place of
   what is kept under it: no job, but on the disk not later than what is recorded after it, and with
   what rhub_job_saved was told in the same turn either both or neither. Returns at once; what goes
   wrong later is logged. */
RHUB_API rhub_status rhub_keep(rhub_client *client, const char *name, const char *text,
                               rhub_error *error);

/* ---- media --------------------------------------------------------------------------------- */

/* What an upload is for, and what it ends with. */
typedef enum rhub_upload_kind {
  RHUB_UPLOAD_URL = 0,  /* parameters of models: an address, and a file name */
  RHUB_UPLOAD_NODE = 1, /* nodes of workflows and AI apps: the file name that they take */
  RHUB_UPLOAD_LORA = 2, /* the node RHLoraLoader: the file name that it takes */
  RHUB_UPLOAD_COMFY = 3 /* a native ComfyUI: its reply, as rhub_event.json */
} rhub_upload_kind;

typedef struct rhub_upload_options {
  size_t size;
  const char *path;
  rhub_upload_kind kind;
  const char *name; /* how the service is to call it; NULL: as the file is called, a LoRA without
                       its extension */
  const char *to;   /* COMFY only: the path to POST to, in which {key} stands for the API key */
  int digest;       /* 1: rhub_event.sha256 */
} rhub_upload_options;

#define RHUB_UPLOAD_OPTIONS_INIT \
  { sizeof(rhub_upload_options), 0, RHUB_UPLOAD_URL, 0, 0, 0 }

/* Uploads one local file, streamed. The same bytes are not sent again as long as the service keeps
   them for this account: what was uploaded is remembered in rhub_options.cache, and of LoRAs the
   service tells. Costs nothing and is tried again when it fails. Ends with rhub_event.url,
   .file_name, .json, .bytes and .reused, as far as the kind has them, and with .sha256 where it was
   asked for and the file has not changed meanwhile. */
RHUB_API rhub_status rhub_upload_as(rhub_client *client, const rhub_upload_options *options,
                                    rhub_ticket *ticket, rhub_error *error);

/* The same with RHUB_UPLOAD_URL and nothing else. */
RHUB_API rhub_status rhub_upload(rhub_client *client, const char *path, rhub_ticket *ticket,
                                 rhub_error *error);

/* What is remembered of uploads. */
typedef struct rhub_cache {
  const char *path;    /* the database; "" for none. Borrowed until rhub_close */
  uint64_t remembered; /* uploads of this account */
  uint64_t valid;      /* ... that the service should still have */
} rhub_cache;

/* Looks into the database, which may take a moment. RHUB_IO where it cannot be used. */
RHUB_API rhub_status rhub_get_cache(rhub_client *client, rhub_cache *out, rhub_error *error);

/* Saves one output. Give `url`, `text` or `path`. */
typedef struct rhub_save_options {
  size_t size;
  const char *url;
  const char *text;
  size_t text_len;
  const char *dir;  /* made with its parents; the file never leaves it */
  const char *stem; /* the file's name without extension; made safe: [A-Za-z0-9._-], 120 bytes */
  const char *ext;  /* without dot; NULL: from the content's first bytes, else from `type` */
  const char *type; /* what the service calls it: "png", "image", ...; may be NULL */
  int overwrite;    /* 0: another file of that name is RHUB_IO; the same bytes count as saved */
  const char *path; /* "/proxy/{key}/view?filename=a.png": fetched from the API's own origin. Each
                       {key} in it is replaced by the API key when it is sent, and stays {key} in
                       messages and logs. The key goes nowhere else, and no redirect is followed */
  const char *of;   /* what is saved, "2013508786110730241-1", where its address may change: a part
                       file that was begun from one address is gone on with from the next. NULL: the
                       address stands for it */
  int digest;       /* 1: rhub_event.sha256 */
  int durable;      /* 1: it ends when file and name are on the disk: before rhub_job_saved says so.
                       Waiting for that is a worker's */
  int beside;       /* 1: `stem` is the whole name of a file, and the text lies beside it: it is
                       called so, with a dot and `ext` behind */
} rhub_save_options;

#define RHUB_SAVE_OPTIONS_INIT \
  { sizeof(rhub_save_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }

/* Ends with rhub_event.path, .bytes and .reused (1: the same bytes were there already), and with
   .sha256 where it was asked for. On failure a part file stays where the error says; saving again
   goes on from it. */
RHUB_API rhub_status rhub_save(rhub_client *client, const rhub_save_options *options,
                               rhub_ticket *ticket, rhub_error *error);

/* ---- digests: no client, no network -----------------------------------------------------------
 */

#define RHUB_SHA256_TEXT 65 /* 64 hexadecimal digits and a NUL */

/* RHUB_NOMEM is all that can go wrong. */
RHUB_API rhub_status rhub_sha256(const void *data, size_t len, char out[RHUB_SHA256_TEXT]);

/* Reads the whole file, and returns when that is done. `bytes`: its size; may be NULL. */
RHUB_API rhub_status rhub_sha256_file(const char *path, char out[RHUB_SHA256_TEXT], uint64_t *bytes,
                                      rhub_error *error);

/* ---- other calls --------------------------------------------------------------------------- */

/* One call that makes no task of this client. It is repeated like a query when it fails, unless
   `once`. One with a body is sent once in any case, unless its path is one of those that cost
   nothing. Where there is a budget, what is sent once is refused, unless allow_unknown_price. */
typedef struct rhub_call_options {
  size_t size;
  const char
      *path; /* "/uc/openapi/accountStatus", on the API's origin. Each {key} in it is replaced
                by the API key when it is sent, and stays {key} in messages and logs */
  const char *body; /* one JSON object to POST; NULL: GET */
  size_t body_len;
  rhub_key_place key;
  int once;     /* 1: it may cost money, so it is sent once: where it may have arrived and no reply
                   says what became of it, it ends with RHUB_UNKNOWN_OUTCOME, spent maybe; refused
                   by a code of the service, or never sent: spent no */
  int raw;      /* 1: ends with the whole reply where that is JSON, whatever its code, with an HTTP
                   status of 2xx or 4xx but 401, 403, 408, 429; null for 2xx without a body */
  size_t limit; /* bytes of the reply at most; 0: 8 MiB */
} rhub_call_options;

#define RHUB_CALL_OPTIONS_INIT \
  { sizeof(rhub_call_options), 0, 0, 0, RHUB_KEY_HEADER, 0, 0, 0 }

/* Ends with rhub_event.json: the `data` of a legacy envelope, else the whole reply; or with an
   error for any code but success. RHUB_INPUT for a path or a body that cannot be sent, RHUB_BUDGET
   for what may cost money. */
RHUB_API rhub_status rhub_call(rhub_client *client, const rhub_call_options *options,
                               rhub_ticket *ticket, rhub_error *error);

/* What one of the service's codes means, for replies of raw calls: fills *error as a call that is
   answered with it ends, "`what`: meaning (code: `said`); remedy", and returns its status. `said`
   is the service's own words, may be NULL. An unlisted code is spent maybe: where money was at
   stake, nobody can tell. RHUB_OK, with *error untouched, for what is no error:
   "", "0", and the states 804 and 813. */
RHUB_API rhub_status rhub_code_error(const char *code, const char *what, const char *said,
                                     rhub_error *error);

/* ---- news ---------------------------------------------------------------------------------- */

typedef enum rhub_event_type {
  RHUB_EVENT_STATE = 1, /* a task has moved to `state`; `task_id` is "" until accepted */
  RHUB_EVENT_END = 2,   /* the last event of a ticket; `error` is NULL when it went well */
  RHUB_EVENT_LOG = 3    /* `text` is a line for people, `level` its rhub_log_level; no ticket */
} rhub_event_type;

typedef enum rhub_kind {
  RHUB_KIND_TASK = 1,
  RHUB_KIND_UPLOAD = 2,
  RHUB_KIND_SAVE = 3,
  RHUB_KIND_CALL = 4
} rhub_kind;

typedef struct rhub_event {
  rhub_event_type type;
  rhub_kind kind; /* what the ticket names; 0 for a log line */
  rhub_ticket ticket;
  rhub_state state;
  const char *task_id;
  const rhub_error *error;
  const rhub_result *result; /* END of a task */
  const char *url;           /* END of an upload */
  const char *file_name;     /* END of an upload: what ComfyUI nodes take */
  const char *path;          /* END of a save */
  const char *sha256; /* END of a save or an upload with `digest`: 64 hexadecimal digits, or NULL */
  uint64_t bytes;     /* END of an upload or a save */
  int reused;         /* END of an upload or a save */
  const char *json;   /* END of a call, or of an upload to a ComfyUI */
  size_t json_len;
  const char *text; /* LOG */
  rhub_log_level level;
  const char *job; /* of a task: its key in the journal, "" as long as it is not known; NULL: there
                      is no journal */
} rhub_event;

/* Takes the next event: 1, or 0 when there is none. */
RHUB_API int rhub_next(rhub_client *client, rhub_event *event);

/* How a ticket stands now, for progress displays. */
typedef struct rhub_info {
  rhub_kind kind;
  rhub_state state;    /* tasks */
  const char *task_id; /* "" until accepted */
  double elapsed;      /* seconds since acceptance, or since the start of an upload or save */
  double usual;        /* how long this model usually takes in this run; 0: not known yet */
  uint64_t done;       /* bytes of the transfer under way */
  uint64_t total;      /* 0: not known */
} rhub_info;

RHUB_API rhub_status rhub_peek(rhub_client *client, rhub_ticket ticket, rhub_info *out);

typedef struct rhub_stats {
  size_t waiting;    /* tasks without a place yet, or pausing after "full" */
  size_t uploading;  /* tasks whose files are on the way */
  size_t submitting; /* submits on the wire: outcomes not known yet */
  size_t running;    /* accepted and not ended */
  size_t transfers;  /* uploads, saves and calls under way */
  size_t limit;      /* tasks in flight at once as known now; 0: not known */
  uint64_t submits;  /* submits that have left since rhub_open, counted as they end */
} rhub_stats;

RHUB_API void rhub_get_stats(const rhub_client *client, rhub_stats *out);

/* What the tasks of this client have cost since rhub_open, and all that its journal has recorded in
   this currency, with a budget or without: exact decimal text, "2.10". Reservations are made where
   there is a budget or a price was given. */
typedef struct rhub_money {
  char budget[24];      /* "" for none */
  char spent[24];       /* the charges that were told, and `unconfirmed` */
  char unconfirmed[24]; /* reservations of successes whose charge was not told */
  char reserved[24];    /* for tasks under way */
  char held[24];        /* for outcomes that are not known, and tasks left running */
  char coins[40];       /* charged in coins; "0" for none */
  const char *currency; /* "USD", "CNY" or "" */
  size_t charged;       /* ended tasks whose charge was told */
  size_t untold;        /* ended tasks, successes or not, whose charge was not told */
  size_t unknown;       /* outcomes not known, and tasks left running */
} rhub_money;

RHUB_API void rhub_get_money(const rhub_client *client, rhub_money *out);

#ifdef __cplusplus
}
#endif
#endif
