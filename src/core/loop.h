/* The event loop of one client: libcurl's sockets and time-outs, our timers, a worker for blocking
 * jobs and the wake-up, on one libuv loop that any host can watch as one descriptor. One thread. */
#ifndef RHUB_CORE_LOOP_H
#define RHUB_CORE_LOOP_H

#include "rhub.h"

#include <stdbool.h>
#include <uv.h>

#pragma GCC visibility push(hidden)

typedef struct rh_loop rh_loop;

rhub_status rh_loop_new(rh_loop **out, rhub_error *error);
/* Closes every handle, joins workers, frees. All transfers must have been ended and all timers
   closed before; `done` of jobs and `closed` of timers that are still due are called here. */
void rh_loop_free(rh_loop *loop);

int rh_loop_fd(const rh_loop *loop);
/* In milliseconds; -1: no limit. 0 as long as there is work that the descriptor cannot tell: a
   change of interest that has not reached the kernel yet, a transfer that waits to be begun. */
int rh_loop_timeout(rh_loop *loop);
/* As rhub_step. Returns false when -1 was asked and nothing is under way: no transfer, no started
   timer, no job. */
bool rh_loop_step(rh_loop *loop, int timeout_ms);
/* Makes the step under way, else the next one, return after its turn: there are events to read. */
void rh_loop_stop(rh_loop *loop);
void rh_loop_wakeup(rh_loop *loop); /* any thread */
double rh_loop_now(rh_loop *loop);  /* monotonic seconds, as of this turn */

/* Timers. The struct is embedded in its owner; `close` is asynchronous: the owner may be freed only
   in `closed`, which is called in a later turn (or during rh_loop_free). */
typedef struct rh_timer rh_timer;
typedef void rh_timer_fn(rh_timer *timer);
struct rh_timer {
  uv_timer_t uv;
  rh_timer_fn *fire;
  rh_timer_fn *closed;
};
void rh_timer_init(rh_loop *loop, rh_timer *timer, rh_timer_fn *fire);
void rh_timer_start(rh_timer *timer, double seconds); /* once; replaces an earlier start */
void rh_timer_stop(rh_timer *timer);
void rh_timer_close(rh_timer *timer, rh_timer_fn *closed); /* `closed` may be NULL */

/* One blocking job on a worker thread; `done` is called on the loop's thread. Cannot be taken back:
   the owner lives until `done`. Embedded in its owner. */
typedef struct rh_job rh_job;
typedef void rh_job_fn(rh_job *job);
struct rh_job {
  uv_work_t uv;
  rh_job_fn *work;
  rh_job_fn *done;
};
rhub_status rh_job_start(rh_loop *loop, rh_job *job, rh_job_fn *work, rh_job_fn *done);

/* ---- for transfer.c only, which is the other file that sees curl ---- */

/* The curl_multi of this loop, for its options. */
void *rh_loop_multi(rh_loop *loop);
/* `finished` is called for each easy handle that has ended (result is a CURLcode), already removed
   from the multi, outside of any curl call. */
typedef void rh_finished_fn(void *easy, int result);
void rh_loop_on_finished(rh_loop *loop, rh_finished_fn *finished);
/* Adds an easy handle to the multi; false: out of memory. Not from inside a curl callback. */
bool rh_loop_add(rh_loop *loop, void *easy);
/* Takes back one that has not finished. Not from inside a curl callback. */
void rh_loop_remove(rh_loop *loop, void *easy);
/* True inside of a curl callback, where neither may be done. */
bool rh_loop_in_curl(const rh_loop *loop);
/* Sockets of libcurl are made and closed here, so that they are watched for as long as they live:
   close-on-exec, non-blocking. -1 with errno. */
int rh_loop_open_socket(rh_loop *loop, int family, int type, int protocol);
int rh_loop_close_socket(rh_loop *loop, int fd);

#pragma GCC visibility pop
#endif
