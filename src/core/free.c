/* Which calls cost nothing, by their paths: RunningHub's documentation, sections 3 to 11 of it.
 * What is not here may make a task. No I/O. */
#include "retry.h"

#include <string.h>
#include <strings.h>

/* Those that end with '/' stand for all that begins like them. */
static const char *const free_paths[] = {
    "/openapi/v2/query",
    "/openapi/v2/price-preview/",
    "/openapi/v2/queue/status",
    "/openapi/v2/api-key/list",
    "/openapi/v2/resource/list",
    "/openapi/v2/aiapp/list",
    "/openapi/v2/assets/",
    "/proxy/{key}/interrupt",
    "/proxy-plus/{key}/interrupt",
    "/task/openapi/status",
    "/task/openapi/outputs",
    "/task/openapi/cancel",
    "/task/openapi/getWebhookDetail",
    "/task/openapi/retryWebhook",
    "/uc/openapi/accountStatus",
    "/api/openapi/getJsonApiFormat",
    "/api/openapi/getLoraUploadUrl",
    "/api/fast/creation/model/params",
};

/* What a server may read as another path than it seems has an encoded slash, or percent sign, or a
   parameter of a segment. */
static bool is_plain(const char *path, size_t len) {
  static const char *const odd[] = {"%2f", "%5c", "%25", ";"};
  for (size_t i = 0; i < len; i++)
    for (size_t k = 0; k < sizeof odd / sizeof *odd; k++)
      if (strncasecmp(path + i, odd[k], strlen(odd[k])) == 0) return false;
  return true;
}

bool rh_call_is_free(const char *path) {
  size_t len = strcspn(path, "?");
  for (size_t i = 0; i < sizeof free_paths / sizeof *free_paths; i++) {
    size_t known = strlen(free_paths[i]);
    bool prefix = free_paths[i][known - 1] == '/';
    if (is_plain(path, len) && (prefix ? len > known : len == known) &&
        strncmp(path, free_paths[i], known) == 0)
      return true;
  }
  return false;
}
