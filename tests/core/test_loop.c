/* The loop: driven by itself and by a host's poll(2), at 1 to 128 exchanges at once; timers, jobs,
 * the wake-up, signals. */
#include "net.h"
#include "server.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

/* ---- many exchanges ---- */

typedef struct crowd {
  net net;
  int left_to_start, left_to_end, good;
} crowd;

static bool answer(server_request *r) {
  return server_reply(r, 200, "", "{\"code\":0}");
}

static void crowd_start(crowd *c);

static void crowd_ended(void *owner, const rh_exchange *exchange) {
  crowd *c = owner;
  if (exchange->wire == RH_WIRE_REPLY && strcmp(exchange->body, "{\"code\":0}") == 0) c->good++;
  if (--c->left_to_end == 0) rh_loop_stop(c->net.loop);
  if (c->left_to_start > 0) crowd_start(c);
}

static void crowd_start(crowd *c) {
  bool submit = c->left_to_start-- % 2;
  rh_request r = net_post(submit ? RH_REQUEST_SUBMIT : RH_REQUEST_CALL, "/x", "{\"a\":1}");
  r.timeout = 60;
  r.done = crowd_ended;
  r.owner = c;
  assert_non_null(rh_transfer_start(c->net.pool, &r));
}

static void drive(rh_loop *loop) {
  assert_true(rh_loop_step(loop, -1));
}

/* What a host with a loop of its own does. The limit only turns a hang into a failure. */
static void drive_from_outside(rh_loop *loop) {
  struct pollfd p = {rh_loop_fd(loop), POLLIN, 0};
  int ms = rh_loop_timeout(loop);
  int ready = poll(&p, 1, ms < 0 || ms > 30000 ? 30000 : ms);
  if (ready == 0 && (ms < 0 || ms > 30000)) fail_msg("the descriptor told nothing for 30 s");
  rh_loop_step(loop, 0);
}

static void run_crowds(void (*turn)(rh_loop *), int rounds) {
  static const int widths[] = {1, 2, 3, 7, 16, 64, 128};
  server s;
  server_start(&s, answer, NULL);
  for (int round = 0; round < rounds; round++)
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
      crowd c = {.left_to_start = 300, .left_to_end = 300};
      rh_pool_options options = net_options(s.origin);
      options.connections = widths[i];
      net_open_with(&c.net, &options);
      for (int k = 0; k < widths[i] + 5; k++) crowd_start(&c);
      while (c.left_to_end > 0) turn(c.net.loop);
      assert_int_equal(c.good, 300);
      net_close(&c.net);
    }
  server_stop(&s);
}

static void hundreds_of_exchanges_end_when_the_loop_steps_itself(void **state) {
  (void)state;
  run_crowds(drive, 3);
}

static void hundreds_of_exchanges_end_when_a_host_polls_the_descriptor(void **state) {
  (void)state;
  run_crowds(drive_from_outside, 3);
}

static void connections_are_used_again(void **state) {
  (void)state;
  server s;
  server_start(&s, answer, NULL);
  crowd c = {.left_to_start = 200, .left_to_end = 200};
  net_open(&c.net, s.origin);
  for (int k = 0; k < 8; k++) crowd_start(&c);
  while (c.left_to_end > 0) drive(c.net.loop);
  assert_int_equal(atomic_load(&s.connections), 8);
  net_close(&c.net);
  server_stop(&s);
}

static bool answer_and_close(server_request *r) {
  server_reply(r, 200, "", "{\"code\":0}");
  return false;
}

static void connections_that_the_server_closes_do_not_keep_the_loop_awake(void **state) {
  (void)state;
  server s;
  server_start(&s, answer_and_close, NULL);
  crowd c = {.left_to_start = 4, .left_to_end = 4};
  net_open(&c.net, s.origin);
  for (int k = 0; k < 4; k++) crowd_start(&c);
  while (c.left_to_end > 0) drive(c.net.loop);
  while (atomic_load(&s.open) > 0) usleep(1000);
  for (int i = 0; i < 10; i++) rh_loop_step(c.net.loop, 0);
  struct pollfd p = {rh_loop_fd(c.net.loop), POLLIN, 0};
  assert_int_equal(poll(&p, 1, 0), 0);
  assert_int_not_equal(rh_loop_timeout(c.net.loop), 0);
  net_close(&c.net);
  server_stop(&s);
}

/* A listener whose queue is full: connecting to it takes for ever. */
static int listen_full(char *origin, size_t size, int fillers[3]) {
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t len = sizeof at;
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  assert_int_equal(bind(fd, (struct sockaddr *)&at, len), 0);
  assert_int_equal(listen(fd, 0), 0);
  getsockname(fd, (struct sockaddr *)&at, &len);
  snprintf(origin, size, "http://127.0.0.1:%d", ntohs(at.sin_port));
  for (int i = 0; i < 3; i++) {
    fillers[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    connect(fillers[i], (struct sockaddr *)&at, len);
  }
  return fd;
}

/* curl closes a socket that has not become a connection without telling; its number is soon that of
   another descriptor. */
static void connections_given_up_in_the_making_leave_nothing_behind(void **state) {
  (void)state;
  char origin[64];
  int fillers[3], listener = listen_full(origin, sizeof origin, fillers);
  net n;
  net_open(&n, origin);
  for (int round = 0; round < 10; round++) {
    ended e[8];
    int fds[8];
    for (int i = 0; i < 8; i++) net_start(&n, &e[i], net_get("/x"));
    for (int k = 0; k < 3; k++) rh_loop_step(n.loop, 0);
    for (int i = 0; i < 8; i++) rh_transfer_cancel(e[i].transfer);
    if (round % 2) rh_loop_step(n.loop, 0);
    for (int i = 0; i < 8; i++) fds[i] = open("/dev/null", O_RDONLY | O_CLOEXEC);
    for (int k = 0; k < 3; k++) rh_loop_step(n.loop, 0);
    for (int i = 0; i < 8; i++) assert_int_equal(close(fds[i]), 0);
  }
  net_close(&n);
  for (int i = 0; i < 3; i++) close(fillers[i]);
  close(listener);
}

static void a_name_with_two_addresses_is_reached_by_the_second(void **state) {
  (void)state;
  server s;
  char origin[64];
  server_start(&s, answer, NULL);
  snprintf(origin, sizeof origin, "http://localhost:%d", s.port); /* nobody listens on ::1 */
  crowd c = {.left_to_start = 40, .left_to_end = 40};
  net_open(&c.net, origin);
  for (int k = 0; k < 8; k++) crowd_start(&c);
  while (c.left_to_end > 0) drive_from_outside(c.net.loop);
  assert_int_equal(c.good, 40);
  net_close(&c.net);
  server_stop(&s);
}

/* ---- timers ---- */

typedef struct bell {
  rh_timer timer;
  rh_loop *loop;
  int rung, closed;
  char *order;
  char name;
} bell;

static void ring(rh_timer *timer) {
  bell *b = (bell *)timer;
  b->rung++;
  if (b->order) strncat(b->order, &b->name, 1);
}

static void bell_closed(rh_timer *timer) {
  ((bell *)timer)->closed++;
}

static void timers_fire_once_in_order_and_not_when_stopped(void **state) {
  (void)state;
  rh_loop *loop;
  char order[8] = "";
  bell b[3] = {{.name = 'c', .order = order}, {.name = 'a', .order = order}, {.name = 'b'}};
  assert_int_equal(rh_loop_new(&loop, NULL), RHUB_OK);
  for (int i = 0; i < 3; i++) rh_timer_init(loop, &b[i].timer, ring);
  rh_timer_start(&b[0].timer, 0.03);
  rh_timer_start(&b[1].timer, 0.01);
  rh_timer_start(&b[2].timer, 0.02);
  rh_timer_stop(&b[2].timer);
  assert_false(rh_loop_step(loop, -1)); /* until nothing is under way */
  assert_string_equal(order, "ac");
  assert_int_equal(b[2].rung, 0);
  rh_timer_start(&b[2].timer, 5);
  rh_timer_start(&b[2].timer, 0); /* replaces it */
  assert_false(rh_loop_step(loop, -1));
  assert_int_equal(b[2].rung, 1);
  for (int i = 0; i < 3; i++) rh_timer_close(&b[i].timer, bell_closed);
  assert_int_equal(b[0].closed, 0);
  rh_loop_free(loop);
  for (int i = 0; i < 3; i++) assert_int_equal(b[i].closed, 1);
}

static void a_step_with_nothing_under_way_says_so(void **state) {
  (void)state;
  rh_loop *loop;
  assert_int_equal(rh_loop_new(&loop, NULL), RHUB_OK);
  assert_false(rh_loop_step(loop, -1));
  assert_int_equal(rh_loop_timeout(loop), -1);
  assert_true(rh_loop_step(loop, 0));
  assert_true(rh_loop_step(loop, 1));
  rh_loop_free(loop);
}

static void a_stop_between_steps_ends_the_next_one_only(void **state) {
  (void)state;
  rh_loop *loop;
  bell b = {.rung = 0};
  assert_int_equal(rh_loop_new(&loop, NULL), RHUB_OK);
  rh_timer_init(loop, &b.timer, ring);
  rh_timer_start(&b.timer, 0.05);
  rh_loop_stop(loop);
  assert_int_equal(rh_loop_timeout(loop), 0);
  assert_true(rh_loop_step(loop, -1));
  assert_int_equal(b.rung, 0);
  assert_false(rh_loop_step(loop, -1));
  assert_int_equal(b.rung, 1);
  rh_timer_close(&b.timer, NULL);
  rh_loop_free(loop);
}

/* ---- jobs ---- */

typedef struct sum {
  rh_job job;
  rh_loop *loop;
  pthread_t worker, owner;
  int done;
} sum;

static void sum_work(rh_job *job) {
  ((sum *)job)->worker = pthread_self();
}

static void sum_done(rh_job *job) {
  sum *s = (sum *)job;
  s->done++;
  s->owner = pthread_self();
}

static void jobs_run_elsewhere_and_end_on_the_loop(void **state) {
  (void)state;
  sum s[8] = {{.done = 0}};
  rh_loop *loop;
  assert_int_equal(rh_loop_new(&loop, NULL), RHUB_OK);
  for (int i = 0; i < 8; i++)
    assert_int_equal(rh_job_start(loop, &s[i].job, sum_work, sum_done), RHUB_OK);
  assert_false(rh_loop_step(loop, -1));
  for (int i = 0; i < 8; i++) {
    assert_int_equal(s[i].done, 1);
    assert_false(pthread_equal(s[i].worker, pthread_self()));
    assert_true(pthread_equal(s[i].owner, pthread_self()));
  }
  rh_job_start(loop, &s[0].job, sum_work, sum_done);
  rh_loop_free(loop); /* waits for it */
  assert_int_equal(s[0].done, 2);
}

/* ---- the wake-up, signals ---- */

static void *wake(void *loop) {
  rh_loop_wakeup(loop);
  return NULL;
}

static void a_wakeup_from_another_thread_ends_a_step(void **state) {
  (void)state;
  rh_loop *loop;
  pthread_t thread;
  bell b = {.rung = 0};
  assert_int_equal(rh_loop_new(&loop, NULL), RHUB_OK);
  rh_timer_init(loop, &b.timer, ring);
  rh_timer_start(&b.timer, 600);
  pthread_create(&thread, NULL, wake, loop);
  assert_true(rh_loop_step(loop, -1));
  pthread_join(thread, NULL);
  assert_int_equal(b.rung, 0);
  rh_timer_close(&b.timer, NULL);
  rh_loop_free(loop);
}

static volatile sig_atomic_t signals;

static void on_signal(int number) {
  (void)number;
  signals++;
}

/* The signal may come before the poll; so it comes again until the step has ended. */
static void *signal_until_seen(void *user) {
  atomic_bool *seen = user;
  union sigval none = {0};
  for (; !atomic_load(seen); usleep(2000)) sigqueue(getpid(), SIGUSR1, none);
  return NULL;
}

static void a_signal_ends_a_step(void **state) {
  (void)state;
  rh_loop *loop;
  pthread_t thread;
  atomic_bool seen = false;
  bell b = {.rung = 0};
  struct sigaction action = {.sa_handler = on_signal}, before;
  sigaction(SIGUSR1, &action, &before);
  assert_int_equal(rh_loop_new(&loop, NULL), RHUB_OK);
  rh_timer_init(loop, &b.timer, ring);
  rh_timer_start(&b.timer, 600);
  pthread_create(&thread, NULL, signal_until_seen, &seen);
  assert_true(rh_loop_step(loop, -1));
  assert_true(signals > 0);
  atomic_store(&seen, true);
  pthread_join(thread, NULL);
  rh_timer_close(&b.timer, NULL);
  rh_loop_free(loop);
  sigaction(SIGUSR1, &before, NULL);
}

/* ---- descriptors ---- */

static int open_descriptors(void) {
  int count = 0;
  for (int fd = 0; fd < 1024; fd++) count += fcntl(fd, F_GETFD) >= 0;
  return count;
}

static void every_descriptor_is_closed_on_exec_and_closed_in_the_end(void **state) {
  (void)state;
  bool was[1024];
  for (int fd = 3; fd < 1024; fd++) was[fd] = fcntl(fd, F_GETFD) >= 0;
  rh_loop *loop;
  sum s = {.done = 0};
  assert_int_equal(rh_loop_new(&loop, NULL), RHUB_OK);
  rh_job_start(loop, &s.job, sum_work, sum_done);
  while (rh_loop_step(loop, -1)) {
  }
  for (int fd = 3; fd < 1024; fd++) {
    int flags = fcntl(fd, F_GETFD);
    if (flags >= 0 && !was[fd] && !(flags & FD_CLOEXEC)) fail_msg("%d is inherited", fd);
  }
  int before = open_descriptors();
  server server_;
  server_start(&server_, answer, NULL);
  net n;
  ended e;
  net_open(&n, server_.origin);
  net_do(&n, &e, net_get("/x"));
  net_close(&n);
  server_stop(&server_);
  assert_int_equal(open_descriptors(), before);
  rh_loop_free(loop);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(hundreds_of_exchanges_end_when_the_loop_steps_itself),
      cmocka_unit_test(hundreds_of_exchanges_end_when_a_host_polls_the_descriptor),
      cmocka_unit_test(connections_are_used_again),
      cmocka_unit_test(connections_that_the_server_closes_do_not_keep_the_loop_awake),
      cmocka_unit_test(connections_given_up_in_the_making_leave_nothing_behind),
      cmocka_unit_test(a_name_with_two_addresses_is_reached_by_the_second),
      cmocka_unit_test(timers_fire_once_in_order_and_not_when_stopped),
      cmocka_unit_test(a_step_with_nothing_under_way_says_so),
      cmocka_unit_test(a_stop_between_steps_ends_the_next_one_only),
      cmocka_unit_test(jobs_run_elsewhere_and_end_on_the_loop),
      cmocka_unit_test(a_wakeup_from_another_thread_ends_a_step),
      cmocka_unit_test(a_signal_ends_a_step),
      cmocka_unit_test(every_descriptor_is_closed_on_exec_and_closed_in_the_end),
  };
  return cmocka_run_group_tests_name("loop", tests, NULL, NULL);
}
