/* Connections: counted, and shown the door when their time is up. */
#include "server.h"
#include <stdlib.h>
#include <sys/socket.h>

/* A connection that may not stay for ever; they stand in the order in which they came. */
struct rh_guest {
  rh_guest *previous, *next;
  int fd;
  int64_t until;
};

static void arrive(rh_server *s, struct MHD_Connection *connection, void **slot) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  rh_guest *guest = info ? calloc(1, sizeof *guest) : NULL;
  if (!guest) return;
  guest->fd = info->connect_fd;
  guest->until = rh_server_now() + s->lifetime;
  guest->previous = s->newest;
  if (s->newest)
    s->newest->next = guest;
  else
    s->oldest = guest;
  s->newest = guest;
  *slot = guest;
}

static void depart(rh_server *s, rh_guest *guest) {
  if (guest->previous)
    guest->previous->next = guest->next;
  else
    s->oldest = guest->next;
  if (guest->next)
    guest->next->previous = guest->previous;
  else
    s->newest = guest->previous;
  free(guest);
}

void rh_guest_notify(void *self, struct MHD_Connection *connection, void **slot,
                     enum MHD_ConnectionNotificationCode what) {
  rh_server *s = self;
  if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
    s->open--;
    if (*slot) depart(s, *slot);
    return;
  }
  s->connections++;
  s->open++;
  if (s->open > s->peak) s->peak = s->open;
  if (s->lifetime > 0) arrive(s, connection, slot);
}

int64_t rh_guest_due(const rh_server *s) {
  return s->oldest ? s->oldest->until : INT64_MAX;
}

/* libmicrohttpd has no word for it: it sees an end of the stream and closes. */
void rh_guest_step(rh_server *s) {
  int64_t now = s->oldest ? rh_server_now() : 0;
  for (rh_guest *guest = s->oldest; guest && guest->until <= now; guest = guest->next) {
    shutdown(guest->fd, SHUT_RDWR);
    guest->until = now + 1000; /* once more, should it still be there */
  }
}
