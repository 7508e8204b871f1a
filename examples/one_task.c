/* The engine without Lua: one task, and its outputs saved.
 *   cc one_task.c $(pkg-config --cflags --libs rhub) -o one_task
 *   ./one_task MODEL '{"prompt":"a cat","aspectRatio":"1:1"}' out/
 */
#include <rhub.h>
#include <stdio.h>
#include <string.h>

static int fail(const rhub_error *error) {
  fprintf(stderr, "%s: %s\n", rhub_status_name(error->status), error->message);
  return 1;
}

/* Steps until something has ended. The event is valid until the next step. */
static rhub_event next_end(rhub_client *client) {
  rhub_event event;
  for (;;) {
    while (rhub_next(client, &event)) {
      if (event.type == RHUB_EVENT_STATE)
        fprintf(stderr, "%s %s\n", rhub_state_name(event.state), event.task_id);
      if (event.type == RHUB_EVENT_LOG) fprintf(stderr, "%s\n", event.text);
      if (event.type == RHUB_EVENT_END) return event;
    }
    rhub_step(client, -1);
  }
}

/* Starts saving every output, then waits for each. */
static int save(rhub_client *client, const rhub_result *result, const char *dir) {
  size_t count = result->output_count; /* the result is gone with the first step */
  rhub_error error;
  for (size_t i = 0; i < count; i++) {
    rhub_ticket ticket;
    char stem[100];
    rhub_save_options o = RHUB_SAVE_OPTIONS_INIT;
    const rhub_output *output = &result->outputs[i];
    snprintf(stem, sizeof stem, "%s-%zu", result->task_id, i + 1);
    o.url = output->url, o.text = output->text, o.text_len = output->text_len;
    o.dir = dir, o.stem = stem, o.type = output->type;
    if (rhub_save(client, &o, &ticket, &error) != RHUB_OK) return fail(&error);
  }
  for (size_t i = 0; i < count; i++) {
    rhub_event event = next_end(client);
    if (event.error) return fail(event.error);
    printf("%s\n", event.path);
  }
  return 0;
}

static int run(rhub_client *client, const char *model, const char *params, const char *dir) {
  rhub_task_options task = RHUB_TASK_OPTIONS_INIT;
  rhub_ticket ticket;
  rhub_error error;
  task.endpoint = model, task.params = params, task.params_len = strlen(params);
  if (rhub_submit(client, &task, &ticket, &error) != RHUB_OK) return fail(&error);
  rhub_event event = next_end(client);
  return event.error ? fail(event.error) : save(client, event.result, dir);
}

int main(int argc, char **argv) {
  rhub_options options = RHUB_OPTIONS_INIT;
  rhub_client *client;
  rhub_error error;
  if (argc != 4) return fprintf(stderr, "one_task MODEL PARAMETERS FOLDER\n"), 2;
  if (rhub_open(&options, &client, &error) != RHUB_OK) return fail(&error);
  int status = run(client, argv[1], argv[2], argv[3]);
  rhub_close(client);
  return status;
}
