/* rhub_tell: somebody says under which id a task has ended. Never believed by itself: it only makes
 * us ask. And the waiting for that, where nobody knows what became of a submit; and rhub_tell_lost,
 * where nobody waits any more, but the journal knows of it. See task.h. */
#include "task.h"

#include "error.h"
#include "record.h"

#include <stdlib.h>
#include <string.h>

/* ---- an outcome that is not known ------------------------------------------------------------ */

bool rh_tell_wait(rh_task *task, const rhub_error *error) {
  rh_draft *draft = task->draft;
  if (draft->unknown_wait <= 0) return false;
  if (!draft->unknown) draft->unknown = malloc(sizeof *error);
  if (!draft->unknown) return false;
  *draft->unknown = *error;
  task->phase = RH_PHASE_UNKNOWN;
  rh_log(task->op.ops, RHUB_LOG_WARN,
         "%s: the outcome of a submit is unknown, waiting %.3g s to be told of its task",
         task->model, draft->unknown_wait);
  rh_timer_start(&task->timer, draft->unknown_wait);
  return true;
}

void rh_tell_timer(rh_task *task) {
  rhub_error error = *task->draft->unknown;
  rh_submit_unknown(task, &error);
}

/* Takes what it holds as a task that is not accepted yet off the client's lines and the wire. */
static void stop_submitting(rh_task *task) {
  rh_line_remove(task);
  rh_timer_stop(&task->timer);
  rh_transfer_cancel(task->transfer);
  task->transfer = NULL;
  if (!task->has_place) rh_admit_enter(&task->client->admit);
  task->has_place = true;
}

void rh_tell_found(rh_task *task, const char *id, bool of_earlier) {
  char task_id[sizeof task->task_id]; /* `id` may be the draft's */
  memccpy(task_id, id, '\0', sizeof task_id);
  stop_submitting(task);
  if (of_earlier) rh_money_found(task);
  rh_log(task->op.ops, RHUB_LOG_WARN,
         "%s: told that the submit whose outcome is unknown has made task %s; asking", task->model,
         task_id);
  task->found = true;
  task->told = false; /* it was */
  rh_task_accepted(task, task_id);
  rh_record_found(task, of_earlier);
  rh_task_state(task, RHUB_STATE_QUEUED);
  if (task->cancel_wanted) rh_watch_cancel(task);
  rh_watch_now(task);
}

/* ---- being told ------------------------------------------------------------------------------ */

/* Once a task: whoever knows its address could say thousands. */
void rh_tell_other(rh_task *task, const char *id) {
  rh_log(task->op.ops, task->other_told ? RHUB_LOG_DEBUG : RHUB_LOG_WARN,
         "%s: told of task %s, which is not %s: ignored; rhub task %s shows what it is",
         task->model, id, *task->task_id ? task->task_id : "known to have been submitted", id);
  task->other_told = true;
}

static void told_before(rh_task *task, const char *id) {
  rh_draft *draft = task->draft;
  if (task->phase == RH_PHASE_UNKNOWN)
    rh_tell_found(task, id, false);
  else if (draft->answer || (task->phase == RH_PHASE_SUBMIT && rh_transfer_sent(task->transfer)))
    memccpy(draft->told_id, id, '\0',
            sizeof draft->told_id); /* the reply is on its way, or being recorded */
  else if (draft->resubmits)
    rh_tell_found(task, id, true);
  else
    rh_tell_other(task, id);
}

rhub_status rhub_tell(rhub_client *client, rhub_ticket ticket, const char *task_id,
                      rhub_error *error) {
  if (!client || !task_id) return rh_fail(error, RHUB_MISUSE, "rhub_tell: a NULL argument");
  if (!rh_task_id_ok(task_id))
    return rh_fail(error, RHUB_INPUT, "\"%.80s\" is no task id: nothing is made of it", task_id);
  rh_task *task = (rh_task *)rh_op_find(&client->ops, ticket);
  if (!task || task->op.type->kind != RHUB_KIND_TASK || task->phase == RH_PHASE_ENDED)
    return rh_fail(error, RHUB_GONE, "told of task %s, for which nobody waits any more", task_id);
  if (!*task->task_id)
    told_before(task, task_id);
  else if (strcmp(task->task_id, task_id) == 0)
    rh_watch_told(task);
  else
    rh_tell_other(task, task_id);
  return RHUB_OK;
}

/* ---- of what only the journal knows ---------------------------------------------------------- */

/* Goes on as one that is found while somebody waits to be told of it. */
static rhub_status find(rhub_client *client, const rh_row_of_job *row, const char *task_id,
                        rhub_ticket *ticket, rhub_error *error) {
  rh_task *task = rh_task_new(client, row->endpoint, 0);
  if (!task || !rh_record_of_row(task, row)) {
    if (task) rh_record_free(task);
    if (task) free(task->model);
    free(task);
    return rh_fail(error, RHUB_NOMEM, "out of memory");
  }
  rhub_status status = rh_task_open(task, ticket, error);
  if (status != RHUB_OK) return status;
  rh_log(task->op.ops, RHUB_LOG_WARN,
         "%s: told that the submit of job %s, whose outcome is unknown, has made task %s; asking",
         task->model, row->key, task_id);
  if (row->state != RHUB_JOB_DROPPED) /* nothing is held for one that was given up */
    task->reserved =
        rh_budget_take_back(&client->budget, row->reserved > 0 ? row->reserved : RH_UNRESERVED);
  task->found = true;
  rh_task_accepted(task, task_id);
  rh_record_found(task, false);
  rh_task_state(task, RHUB_STATE_QUEUED);
  rh_watch_now(task);
  return RHUB_OK;
}

rhub_status rhub_tell_lost(rhub_client *client, const char *token, const char *task_id,
                           rhub_ticket *ticket, rhub_error *error) {
  if (!client || !token || !ticket)
    return rh_fail(error, RHUB_MISUSE, "rhub_tell_lost: a NULL argument");
  *ticket = 0;
  if (!rh_task_id_ok(task_id))
    return rh_fail(error, RHUB_INPUT, "\"%.80s\" is no task id: nothing is made of it",
                   task_id ? task_id : "");
  if (!client->records)
    return rh_fail(error, RHUB_GONE, "told of task %s: there is no journal", task_id);
  const rh_row_of_job of = {.origin = client->credentials.origin,
                            .account = client->records->account,
                            .currency = (char *)client->credentials.currency};
  rh_row_of_job row = {0};
  rhub_status status = rh_journal_lost(client->records->journal, token, task_id, &of, &row, error);
  rh_task *worker = status == RHUB_OK && row.state ? rh_record_worker(client, row.key) : NULL;
  if (worker)
    status = rhub_tell(client, worker->op.ticket, task_id, error);
  else if (status == RHUB_OK && row.state)
    status = find(client, &row, task_id, ticket, error);
  else if (status == RHUB_OK)
    status = rh_fail(error, RHUB_GONE,
                     "told of task %s, for which the journal has no job whose outcome is unknown",
                     task_id);
  rh_row_of_job_clear(&row);
  return status;
}
