/* Tickets and news: op.c alone. */
#include "core/error.h"
#include "core/op.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct dummy {
  rh_op op;
  int state;
} dummy;

static int destroyed, woken;

static void dummy_tell(const rh_op *op, rhub_event *event) {
  event->state = (rhub_state)((const dummy *)op)->state;
}

static void dummy_peek(const rh_op *op, rhub_info *info) {
  info->state = (rhub_state)((const dummy *)op)->state;
}

static bool dummy_forget(rh_op *op) {
  (void)op;
  return true;
}

static void dummy_destroy(rh_op *op) {
  destroyed++;
  free(op);
}

static const rh_op_type dummy_type = {RHUB_KIND_TASK, dummy_tell, dummy_peek, dummy_forget,
                                      dummy_destroy};

static void wake(void *owner) {
  (void)owner;
  woken++;
}

static dummy *open_dummy(rh_ops *ops) {
  dummy *d = calloc(1, sizeof *d);
  assert_non_null(d);
  assert_true(rh_op_open(ops, &d->op, &dummy_type));
  return d;
}

static int setup(void **state) {
  static rh_ops ops;
  destroyed = woken = 0;
  rh_ops_init(&ops, RHUB_LOG_INFO, wake, NULL);
  *state = &ops;
  return 0;
}

static int teardown(void **state) {
  rh_ops_clear(*state);
  return 0;
}

static void a_ticket_is_never_used_twice(void **state) {
  rh_ops *ops = *state;
  rhub_ticket seen[2000];
  for (size_t i = 0; i < 2000; i++) {
    dummy *d = open_dummy(ops);
    seen[i] = d->op.ticket;
    assert_int_not_equal(seen[i], 0);
    assert_true((int64_t)seen[i] > 0);
    assert_ptr_equal(rh_op_find(ops, seen[i]), &d->op);
    if (i % 3) rh_op_free(&d->op);
  }
  for (size_t i = 0; i < 2000; i++) {
    for (size_t j = 0; j < i; j++) assert_true(seen[i] != seen[j]);
    if (i % 3)
      assert_null(rh_op_find(ops, seen[i]));
    else
      assert_non_null(rh_op_find(ops, seen[i]));
  }
}

static void the_lower_half_of_a_ticket_is_an_index_among_the_open_ones(void **state) {
  rh_ops *ops = *state;
  dummy *open[8];
  for (size_t i = 0; i < 8; i++) open[i] = open_dummy(ops);
  for (size_t i = 0; i < 100; i++) {
    rh_op_free(&open[i % 8]->op);
    open[i % 8] = open_dummy(ops);
    for (size_t j = 0; j < 8; j++) {
      uint32_t index = (uint32_t)open[j]->op.ticket;
      assert_in_range(index, 1, 8);
      for (size_t k = 0; k < j; k++) assert_int_not_equal(index, (uint32_t)open[k]->op.ticket);
    }
  }
}

static void news_that_nobody_read_are_merged_into_the_latest(void **state) {
  rh_ops *ops = *state;
  rhub_event event;
  dummy *d = open_dummy(ops);
  d->state = RHUB_STATE_WAITING;
  rh_op_news(&d->op);
  d->state = RHUB_STATE_RUNNING;
  rh_op_news(&d->op);
  assert_true(rh_ops_next(ops, &event));
  assert_int_equal(event.type, RHUB_EVENT_STATE);
  assert_int_equal(event.state, RHUB_STATE_RUNNING);
  assert_false(rh_ops_next(ops, &event));
  assert_int_equal(woken, 1);
}

static void an_end_is_told_once_and_lends_its_error_until_the_next_event(void **state) {
  rh_ops *ops = *state;
  rhub_event event;
  rhub_error error;
  dummy *d = open_dummy(ops);
  rhub_ticket ticket = d->op.ticket;
  rh_fail(&error, RHUB_FAILED, "it failed");
  rh_op_end(&d->op, &error);
  rh_op_end(&d->op, NULL);
  assert_true(rh_ops_next(ops, &event));
  assert_int_equal(event.type, RHUB_EVENT_END);
  assert_true(event.ticket == ticket);
  assert_string_equal(event.error->message, "it failed");
  assert_null(rh_op_find(ops, ticket));
  assert_int_equal(destroyed, 0);
  assert_false(rh_ops_next(ops, &event));
  assert_int_equal(destroyed, 1);
}

static void a_forgotten_operation_takes_its_news_along(void **state) {
  rh_ops *ops = *state;
  rhub_event event;
  dummy *a = open_dummy(ops), *b = open_dummy(ops), *c = open_dummy(ops);
  rhub_ticket first = a->op.ticket, last = c->op.ticket;
  rh_op_news(&a->op);
  rh_op_news(&b->op);
  rh_op_news(&c->op);
  rh_op_free(&b->op);
  assert_int_equal(destroyed, 1);
  assert_true(rh_ops_next(ops, &event));
  assert_true(event.ticket == first);
  assert_true(rh_ops_next(ops, &event));
  assert_true(event.ticket == last);
  assert_false(rh_ops_next(ops, &event));
  rh_op_news(&a->op); /* the queue is whole */
  assert_true(rh_ops_next(ops, &event));
}

static void one_that_ends_unheard_is_freed_at_once(void **state) {
  rh_ops *ops = *state;
  rhub_event event;
  dummy *d = open_dummy(ops);
  rh_op_detach(&d->op);
  rh_op_end(&d->op, NULL);
  assert_int_equal(destroyed, 1);
  assert_false(rh_ops_next(ops, &event));
}

static void log_lines_come_in_order_and_are_bounded(void **state) {
  rh_ops *ops = *state;
  rhub_event event;
  rh_log(ops, RHUB_LOG_DEBUG, "below the level");
  for (int i = 0; i < 1500; i++) rh_log(ops, RHUB_LOG_WARN, "line %d", i);
  char expected[32];
  for (int i = 0; i < 1000; i++) {
    assert_true(rh_ops_next(ops, &event));
    snprintf(expected, sizeof expected, "line %d", i);
    assert_int_equal(event.type, RHUB_EVENT_LOG);
    assert_string_equal(event.text, expected);
  }
  assert_true(rh_ops_next(ops, &event));
  assert_non_null(strstr(event.text, "500 log lines were dropped"));
  assert_false(rh_ops_next(ops, &event));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(a_ticket_is_never_used_twice, setup, teardown),
      cmocka_unit_test_setup_teardown(the_lower_half_of_a_ticket_is_an_index_among_the_open_ones,
                                      setup, teardown),
      cmocka_unit_test_setup_teardown(news_that_nobody_read_are_merged_into_the_latest, setup,
                                      teardown),
      cmocka_unit_test_setup_teardown(an_end_is_told_once_and_lends_its_error_until_the_next_event,
                                      setup, teardown),
      cmocka_unit_test_setup_teardown(a_forgotten_operation_takes_its_news_along, setup, teardown),
      cmocka_unit_test_setup_teardown(one_that_ends_unheard_is_freed_at_once, setup, teardown),
      cmocka_unit_test_setup_teardown(log_lines_come_in_order_and_are_bounded, setup, teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
