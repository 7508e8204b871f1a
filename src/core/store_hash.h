/* What an index over long texts is made of instead of them: four bytes a text.
 *
 * SQL: hash_of(TEXT), an integer of 32 bits. Some texts share one, so who looks for one compares
 * the texts too: WHERE hash = hash_of(?1) AND name = ?1. It is the same on every machine and for
 * good, since files hold it.
 */
#ifndef RHUB_CORE_STORE_HASH_H
#define RHUB_CORE_STORE_HASH_H

#include <sqlite3.h>

#pragma GCC visibility push(hidden)

/* Teaches a connection the function. Returns SQLite's code. */
int rh_store_add_hash(sqlite3 *db);

#pragma GCC visibility pop
#endif
