/* Safe names for what is saved, and what a file is by its first bytes. No I/O, no locale. */
#include "filename.h"
#include "utf8.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { LONGEST_EXT = 15 };

static bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static char lower(char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* ---- names --------------------------------------------------------------------------------- */

/* Copies what is safe of `stem`: runs of anything else become one '_', runs of dots one dot. */
static size_t safe_stem(const char *stem, char *out, size_t room) {
  size_t n = 0;
  bool some = false; /* a letter or digit is among it */
  for (const char *p = stem; *p && n < room; p++) {
    char c = is_alnum(*p) || (*p == '.' || *p == '-' || *p == '_') ? *p : '_';
    if (n == 0 && (c == '.' || c == '-')) continue;
    if (n > 0 && c == out[n - 1] && (c == '.' || (c == '_' && *p != '_'))) continue;
    some = some || is_alnum(c);
    out[n++] = c;
  }
  while (n > 0 && out[n - 1] == '.') n--;
  return some ? n : 0;
}

static size_t safe_ext(const char *ext, char out[LONGEST_EXT + 1]) {
  size_t n = 0;
  for (const char *p = ext ? ext : ""; *p && n < LONGEST_EXT; p++)
    if (is_alnum(*p)) out[n++] = lower(*p);
  out[n] = '\0';
  return n;
}

void rh_filename(const char *stem, const char *ext, char out[RH_NAME_MAX + 1]) {
  char tail[LONGEST_EXT + 1];
  size_t tail_len = safe_ext(ext, tail);
  size_t room = RH_NAME_MAX - (tail_len ? tail_len + 1 : 0);
  size_t n = safe_stem(stem ? stem : "", out, room);
  if (n == 0) n = (size_t)sprintf(out, "output");
  if (tail_len) n += (size_t)sprintf(out + n, ".%s", tail);
  out[n] = '\0';
}

/* ---- first bytes --------------------------------------------------------------------------- */

typedef struct bytes {
  const unsigned char *at;
  size_t len;
} bytes;

static bool has(bytes b, size_t offset, const char *magic, size_t len) {
  return b.len >= offset + len && memcmp(b.at + offset, magic, len) == 0;
}
#define HAS(b, offset, magic) has(b, offset, magic, sizeof(magic) - 1)

static const char *sniff_riff(bytes b) {
  if (!HAS(b, 0, "RIFF")) return NULL;
  return HAS(b, 8, "WEBP") ? "webp" : HAS(b, 8, "WAVE") ? "wav" : HAS(b, 8, "AVI ") ? "avi" : NULL;
}

/* The ISO base media family tells its members apart by brand. */
static const char *sniff_iso(bytes b) {
  static const struct {
    const char *brand, *ext;
  } brands[] = {{"qt  ", "mov"},  {"M4A ", "m4a"},  {"M4B ", "m4a"},  {"avif", "avif"},
                {"avis", "avif"}, {"heic", "heic"}, {"heix", "heic"}, {"mif1", "heic"},
                {"3gp4", "3gp"},  {"3gp5", "3gp"},  {"M4V ", "m4v"}};
  if (HAS(b, 4, "moov") || HAS(b, 4, "wide")) return "mov"; /* QuickTime without a brand */
  if (!HAS(b, 4, "ftyp") || b.len < 12) return NULL;
  for (size_t i = 0; i < sizeof brands / sizeof *brands; i++)
    if (has(b, 8, brands[i].brand, 4)) return brands[i].ext;
  return "mp4";
}

static const char *sniff_matroska(bytes b) {
  if (!HAS(b, 0, "\x1A\x45\xDF\xA3")) return NULL;
  for (size_t i = 4; i + 4 <= b.len && i < 512; i++)
    if (HAS(b, i, "webm")) return "webm";
  return "mkv";
}

/* A frame header of MPEG audio layer III, or of AAC in ADTS. */
static const char *sniff_frame(bytes b) {
  if (b.len < 4 || b.at[0] != 0xFF || (b.at[1] & 0xE0) != 0xE0) return NULL;
  if ((b.at[1] & 0xF6) == 0xF0) return "aac";
  bool layer3 = (b.at[1] & 0x06) == 0x02 && (b.at[1] & 0x18) != 0x08;
  bool rates = (b.at[2] & 0xF0) != 0xF0 && (b.at[2] & 0x0C) != 0x0C;
  return layer3 && rates ? "mp3" : NULL;
}

static const char *sniff_magic(bytes b) {
  static const struct {
    const char *magic;
    size_t len;
    const char *ext;
  } table[] = {
      {"\x89PNG\r\n\x1A\n", 8, "png"},
      {"\xFF\xD8\xFF", 3, "jpg"},
      {"GIF87a", 6, "gif"},
      {"GIF89a", 6, "gif"},
      {"glTF", 4, "glb"},
      {"fLaC", 4, "flac"},
      {"OggS", 4, "ogg"},
      {"ID3", 3, "mp3"},
      {"PK\x03\x04", 4, "zip"},
      {"PK\x05\x06", 4, "zip"},
      {"\x1F\x8B\x08", 3, "gz"},
      {"7z\xBC\xAF\x27\x1C", 6, "7z"},
      {"%PDF-", 5, "pdf"},
      {"II*\0", 4, "tif"},
      {"MM\0*", 4, "tif"},
      {"8BPS", 4, "psd"},
      {"\x76\x2F\x31\x01", 4, "exr"},
      {"Kaydara FBX Binary", 18, "fbx"},
      {"ply\n", 4, "ply"},
      {"ply\r\n", 5, "ply"},
      {"FLV\x01", 4, "flv"},
      {"MThd", 4, "mid"},
  };
  for (size_t i = 0; i < sizeof table / sizeof *table; i++)
    if (has(b, 0, table[i].magic, table[i].len)) return table[i].ext;
  if (HAS(b, 0, "BM") && HAS(b, 6, "\0\0\0\0")) return "bmp";
  return NULL;
}

/* UTF-8 without control characters; the last character may be cut off. */
static bool is_text(bytes b) {
  for (size_t i = 0, n; i < b.len; i += n) {
    n = rh_utf8_len((const char *)b.at + i, b.len - i);
    if (n == 0) return b.len - i < 4 && i > 0 && b.at[i] >= 0xC2;
    if (b.at[i] < 0x20 && (b.at[i] == 0 || !strchr("\t\n\r\f", b.at[i]))) return false;
  }
  return true;
}

static bool begins(bytes b, const char *word) {
  size_t len = strlen(word);
  return b.len >= len && strncasecmp((const char *)b.at, word, len) == 0;
}

static bool mentions(bytes b, const char *word) {
  for (; b.len > 0; b.at++, b.len--)
    if (begins(b, word)) return true;
  return false;
}

static const char *sniff_text(bytes b) {
  if (!is_text(b)) return NULL;
  if (HAS(b, 0, "\xEF\xBB\xBF")) b = (bytes){b.at + 3, b.len - 3};
  while (b.len > 0 && strchr(" \t\r\n", *b.at)) b = (bytes){b.at + 1, b.len - 1};
  if (b.len == 0) return "txt";
  if (begins(b, "<!doctype html") || begins(b, "<html")) return "html";
  if (begins(b, "<svg")) return "svg";
  if (begins(b, "<?xml")) return mentions(b, "<svg") ? "svg" : "xml";
  unsigned char next = b.len > 1 ? b.at[1] : 0;
  if (*b.at == '{' && (next == '"' || next == '}' || next <= ' ')) return "json";
  if (*b.at == '[' && (strchr("{[\"]-0123456789", next) || next <= ' ')) return "json";
  return "txt";
}

const char *rh_sniff(const void *data, size_t len) {
  static const char *(*const sniffers[])(bytes) = {sniff_magic,    sniff_riff,  sniff_iso,
                                                   sniff_matroska, sniff_frame, sniff_text};
  bytes b = {data, len < 512 ? len : 512};
  if (len == 0) return NULL;
  for (size_t i = 0; i < sizeof sniffers / sizeof *sniffers; i++) {
    const char *ext = sniffers[i](b);
    if (ext) return ext;
  }
  return NULL;
}

/* ---- types --------------------------------------------------------------------------------- */

void rh_extension(const char *type, char out[16]) {
  static const struct {
    const char *type, *ext;
  } known[] = {
      {"image", "png"},          {"video", "mp4"},       {"audio", "mp3"},     {"3d", "glb"},
      {"model", "glb"},          {"text", "txt"},        {"string", "txt"},    {"plain", "txt"},
      {"jpeg", "jpg"},           {"pjpeg", "jpg"},       {"quicktime", "mov"}, {"mpeg", "mp3"},
      {"xmatroska", "mkv"},      {"xwav", "wav"},        {"wave", "wav"},      {"vndwave", "wav"},
      {"xflac", "flac"},         {"gltfbinary", "glb"},  {"svgxml", "svg"},    {"xmsvideo", "avi"},
      {"xzipcompressed", "zip"}, {"octetstream", "bin"}, {"xm4a", "m4a"},      {"tiff", "tif"},
  };
  const char *begin = type ? type : "", *slash = strchr(begin, '/');
  bool video = strncasecmp(begin, "video/", 6) == 0, audio = strncasecmp(begin, "audio/", 6) == 0;
  if (slash) begin = slash + 1;
  char word[LONGEST_EXT + 1];
  size_t n = 0;
  const char *p = begin;
  for (; *p && *p != ';' && n < LONGEST_EXT; p++)
    if (is_alnum(*p)) word[n++] = lower(*p);
  word[n] = '\0';
  const char *ext = n == 0 || n > 8 ? "bin" : word;
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (strcmp(word, known[i].type) == 0) ext = known[i].ext;
  if (video && strcmp(word, "mpeg") == 0) ext = "mpg";
  if (audio && strcmp(word, "mp4") == 0) ext = "m4a";
  snprintf(out, 16, "%s", ext);
}
