/* rhub_attach: waiting for a task that exists already. */
#include "task.h"

#include "error.h"
#include "record.h"

#include <stdlib.h>

static rhub_status no_memory(rh_task *task, rhub_error *error) {
  if (task) free(task->model);
  free(task);
  return rh_fail(error, RHUB_NOMEM, "out of memory");
}

rhub_status rhub_attach(rhub_client *client, const char *task_id, const char *model, double timeout,
                        rhub_ticket *ticket, rhub_error *error) {
  if (!client || !ticket) return rh_fail(error, RHUB_MISUSE, "rhub_attach: a NULL argument");
  *ticket = 0;
  if (!rh_task_id_ok(task_id))
    return rh_fail(error, RHUB_INPUT, "\"%.80s\" is no task id: give the number that was shown",
                   task_id ? task_id : "");
  rh_task *task = rh_task_new(client, model ? model : "", timeout);
  if (!task || (client->records && !rh_record_by_id(task))) return no_memory(task, error);
  task->attached = true;
  rhub_status status = rh_task_open(task, ticket, error);
  if (status == RHUB_OK) rh_task_accepted(task, task_id);
  return status;
}
