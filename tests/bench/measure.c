/* Runs a command and says what it took: seconds, CPU seconds, peak memory in KB, exit status, on
 * one line of the file named. A small program of its own: the peak of a child is never less than
 * that of the process that forked it.
 *
 *   measure [-n TIMES] FILE COMMAND ...      with -n: that many runs one after another, summed */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double seconds(struct timeval t) {
  return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static pid_t start(char **command) {
  pid_t pid = fork();
  if (pid != 0) return pid;
  execvp(command[0], command);
  _exit(127);
}

int main(int argc, char **argv) {
  int times = 1, status = 0;
  if (argc > 3 && strcmp(argv[1], "-n") == 0) {
    times = atoi(argv[2]);
    argv += 2, argc -= 2;
  }
  if (argc < 3) return fputs("usage: measure [-n TIMES] FILE COMMAND ...\n", stderr), 2;
  double from = now(), cpu = 0;
  long peak = 0;
  for (int i = 0; i < times && status == 0; i++) {
    struct rusage used;
    pid_t pid = start(argv + 2);
    if (pid < 0 || wait4(pid, &status, 0, &used) != pid) return perror("measure"), 1;
    cpu += seconds(used.ru_utime) + seconds(used.ru_stime);
    if (used.ru_maxrss > peak) peak = used.ru_maxrss;
  }
  double wall = now() - from;
  status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  FILE *out = fopen(argv[1], "a");
  if (!out) return perror(argv[1]), 1;
  fprintf(out, "%.6f %.6f %ld %d\n", wall, cpu, peak, status);
  return fclose(out) || status;
}
