/* The SQL function hash_of. See store_hash.h. */
#include "store_hash.h"

#include "hash.h"

static void hash_of(sqlite3_context *context, int count, sqlite3_value **values) {
  (void)count;
  const unsigned char *text = sqlite3_value_text(values[0]);
  if (text)
    sqlite3_result_int(context, (int)(uint32_t)rh_hash((const char *)text));
  else
    sqlite3_result_null(context);
}

int rh_store_add_hash(sqlite3 *db) {
  int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  return sqlite3_create_function_v2(db, "hash_of", 1, flags, NULL, hash_of, NULL, NULL, NULL);
}
