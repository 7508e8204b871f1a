/* When to ask for news of a task. See pace.h. No I/O, no clock.
 *
 * What is learned is when an end was seen, which is later than the end: the estimate is pulled down
 * again by asking from a margin before the earliest usual end, so that it cannot drift upwards. */
#include "pace.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_MODELS = 4096, REMEMBERED = 16 };

struct rh_pace_model {
  double seconds[REMEMBERED]; /* the last durations, in a ring */
  unsigned count, next;       /* how many are there; where the next one goes */
  double usual;               /* their median; 0: none yet */
  double early, late;         /* where most ends lie */
  char name[];
};

struct rh_pace {
  double first, min, max;
  rh_rate_user rate;
  rh_pace_model **models; /* sorted by name */
  size_t count, room;
  rh_pace_model *nameless;
};

static double bound(double value, double low, double high) {
  return value < low ? low : value > high ? high : value;
}

/* ---- histories ----------------------------------------------------------------------------- */

static rh_pace_model *model_new(const char *name) {
  size_t size = strlen(name) + 1;
  rh_pace_model *model = calloc(1, sizeof *model + size);
  if (model) memcpy(model->name, name, size);
  return model;
}

rh_pace *rh_pace_new(double first, double min, double max, double rate) {
  rh_pace *pace = calloc(1, sizeof *pace);
  if (!pace) return NULL;
  pace->nameless = model_new("");
  if (!pace->nameless) {
    free(pace);
    return NULL;
  }
  pace->first = first;
  pace->min = min;
  pace->max = max > min ? max : min;
  rh_rate_init(&pace->rate, rate);
  return pace;
}

void rh_pace_free(rh_pace *pace) {
  if (!pace) return;
  for (size_t i = 0; i < pace->count; i++) free(pace->models[i]);
  free(pace->models);
  free(pace->nameless);
  free(pace);
}

/* Where the name stands among the models, or would. */
static size_t place_of(const rh_pace *pace, const char *name, bool *found) {
  size_t low = 0, high = pace->count;
  *found = false;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = strcmp(name, pace->models[middle]->name);
    if (order == 0) *found = true;
    if (order <= 0) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

static bool make_room(rh_pace *pace) {
  if (pace->count < pace->room) return true;
  size_t room = pace->room ? pace->room * 2 : 8;
  rh_pace_model **models = realloc(pace->models, room * sizeof *models);
  if (!models) return false;
  pace->models = models;
  pace->room = room;
  return true;
}

rh_pace_model *rh_pace_for(rh_pace *pace, const char *name) {
  if (!name) return pace->nameless;
  bool found;
  size_t at = place_of(pace, name, &found);
  if (found) return pace->models[at];
  if (pace->count == MOST_MODELS) return pace->nameless;
  rh_pace_model *model = make_room(pace) ? model_new(name) : NULL;
  if (!model) return NULL;
  memmove(pace->models + at + 1, pace->models + at, (pace->count - at) * sizeof *pace->models);
  pace->models[at] = model;
  pace->count++;
  return model;
}

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

void rh_pace_learn(rh_pace_model *model, double seconds) {
  if (!isfinite(seconds) || seconds < 0) return;
  model->seconds[model->next] = seconds > 0.001 ? seconds : 0.001;
  model->next = (model->next + 1) % REMEMBERED;
  if (model->count < REMEMBERED) model->count++;
  unsigned n = model->count;
  double sorted[REMEMBERED];
  memcpy(sorted, model->seconds, n * sizeof *sorted);
  qsort(sorted, n, sizeof *sorted, by_size);
  model->usual = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  /* One of eight at either end may be anything; and the less is known, the wider the margin. */
  double margin = 0.1 + 0.3 / n;
  model->early = sorted[n / 8] * (1 - margin);
  model->late = sorted[n - 1 - n / 8] * (1 + margin);
}

double rh_pace_usual(const rh_pace_model *model) {
  return model->usual;
}

/* ---- pauses -------------------------------------------------------------------------------- */

static double without_history(const rh_pace *pace, unsigned asked) {
  double wait = pace->first;
  while (asked-- > 0 && wait < pace->max) wait *= 1.5;
  return wait < pace->max ? wait : pace->max;
}

static double with_history(const rh_pace *pace, const rh_pace_model *model, double age,
                           unsigned asked) {
  double left = model->early - age;
  if (left > 2 * pace->max) return asked == 0 ? pace->max : left / 2;
  if (left > pace->min) return left;
  double near = bound((model->late - model->early) / 16, pace->min, pace->max);
  double lateness = age - model->late;
  return lateness > 0 ? bound(near + lateness / 8, near, pace->max) : near;
}

double rh_pace_next(const rh_pace *pace, const rh_pace_model *model, double age, unsigned asked,
                    size_t in_flight, double random) {
  double spread = 0.875 + 0.25 * bound(random, 0, 1);
  bool known = model && model->count > 0;
  double wait = known ? with_history(pace, model, age, asked) : without_history(pace, asked);
  double longest = pace->max > RH_PACE_LONGEST ? pace->max : RH_PACE_LONGEST;
  /* Half of an even share: the rate itself sees to the rest, and is quicker to notice when there
     are fewer tasks again. */
  double share = bound((double)in_flight / pace->rate.now / 2, 0, longest);
  if (wait < share) {
    wait = share;
  } else if (wait <= pace->max) {
    longest = pace->max;
  }
  double least = asked == 0 ? pace->first : pace->min;
  return bound(wait * spread, least, longest > least ? longest : least);
}

rh_rate_user *rh_pace_rate(rh_pace *pace) {
  return &pace->rate;
}
