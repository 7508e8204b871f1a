/* The log (-wal) of a database whose every commit waits for the disk, written in few system calls.
 *
 * SQLite writes each page of its log in two pieces, with a call for each. Here those that follow
 * one another are kept until the log is synced, read or cut, and written as one: what comes before
 * a sync may be lost in any order anyway, and nobody is told of a page before the sync that ends
 * its transaction. So it must not be used where a commit does not sync (PRAGMA synchronous below
 * FULL).
 */
#ifndef RHUB_CORE_STORE_LOG_H
#define RHUB_CORE_STORE_LOG_H

#include <sqlite3.h>

#pragma GCC visibility push(hidden)

/* From now on and until it is closed; after its first transaction, when the log is open. Without
   memory, or where the database has no log, it stays as it is. */
void rh_store_log_gather(sqlite3 *db);

#pragma GCC visibility pop
#endif
