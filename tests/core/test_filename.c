/* Names that cannot hurt, and what a file is by its first bytes. */
#include "unit.h"
#include "core/filename.h"

static void expect_name(const char *stem, const char *ext, const char *want) {
  char name[RH_NAME_MAX + 1];
  rh_filename(stem, ext, name);
  assert_string_equal(name, want);
}

static void good_names_stay(void **state) {
  (void)state;
  expect_name("2013508786110730241-1", "mp4", "2013508786110730241-1.mp4");
  expect_name("a.b_c-d", NULL, "a.b_c-d");
  expect_name("a__b", "", "a__b");
}

static void bad_names_become_safe(void **state) {
  (void)state;
  expect_name("../../etc/passwd", "png", "_._etc_passwd.png");
  expect_name("..", "..", "output");
  expect_name("-rf", "mp4", "rf.mp4");
  expect_name(".hidden", NULL, "hidden");
  expect_name("a b\t\n\x01?c", "PNG", "a_b_c.png");
  expect_name("a...", "mp4", "a.mp4");
  expect_name("", "mp4", "output.mp4");
  expect_name(NULL, NULL, "output");
  expect_name("\xE5\x9B\xBE\xE7\x89\x87", "png", "output.png");
  expect_name("x", "../sh", "x.sh");
  expect_name("x", "m\x01p/4", "x.mp4");
  expect_name("a%2Fb\\c", NULL, "a_2Fb_c");
}

static void long_names_keep_their_extension(void **state) {
  (void)state;
  char stem[401], name[RH_NAME_MAX + 1];
  memset(stem, 'x', 400);
  stem[400] = '\0';
  rh_filename(stem, "mp4", name);
  assert_int_equal(strlen(name), RH_NAME_MAX);
  assert_string_equal(name + RH_NAME_MAX - 4, ".mp4");
  rh_filename(stem, "averyveryverylongextension", name);
  assert_int_equal(strlen(name), RH_NAME_MAX);
  rh_filename(stem, NULL, name);
  assert_int_equal(strlen(name), RH_NAME_MAX);
}

/* Whatever comes in: one name of safe bytes that is neither hidden, an option, nor a way up. */
static void no_name_escapes(void **state) {
  (void)state;
  unsigned seed = 1;
  for (int i = 0; i < 20000; i++) {
    char stem[20], ext[8], name[RH_NAME_MAX + 1];
    for (size_t j = 0; j < sizeof stem; j++) {
      seed = seed * 1103515245 + 12345;
      stem[j] = (seed >> 16) % 3 ? "./-\\_a"[(seed >> 20) % 6] : (char)(seed >> 20);
      ext[j % sizeof ext] = stem[j];
    }
    stem[sizeof stem - 1] = ext[sizeof ext - 1] = '\0';
    rh_filename(stem, ext, name);
    assert_true(strlen(name) > 0 && strlen(name) <= RH_NAME_MAX);
    assert_int_equal(
        strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"),
        strlen(name));
    assert_true(name[0] != '.' && name[0] != '-');
    assert_null(strstr(name, ".."));
  }
}

static void first_bytes_tell_the_kind(void **state) {
  (void)state;
#define BYTES(text) text, sizeof(text) - 1
  static const struct {
    const char *data;
    size_t len;
    const char *ext;
  } cases[] = {
      {BYTES("\x89PNG\r\n\x1A\n\0\0\0\rIHDR"), "png"},
      {BYTES("\xFF\xD8\xFF\xE0"), "jpg"},
      {BYTES("GIF89a"), "gif"},
      {BYTES("RIFF\x10\0\0\0WEBPVP8 "), "webp"},
      {BYTES("RIFF\x10\0\0\0WAVEfmt "), "wav"},
      {BYTES("RIFF\x10\0\0\0AVI LIST"), "avi"},
      {BYTES("RIFF\x10\0\0\0"), NULL},
      {BYTES("\0\0\0 ftypisom\0\0\2\0"), "mp4"},
      {BYTES("\0\0\0\x14"
             "ftypqt  "),
       "mov"},
      {BYTES("\0\0\0\x14"
             "ftypM4A "),
       "m4a"},
      {BYTES("\0\0\0\x14"
             "ftypavif"),
       "avif"},
      {BYTES("\0\0\0\x14"
             "moov"),
       "mov"},
      {BYTES("\x1A\x45\xDF\xA3\x9F\x42\x86\x81\1B\x82\x84webm"), "webm"},
      {BYTES("\x1A\x45\xDF\xA3\x9F\x42\x86\x81\1B\x82\x88matroska"), "mkv"},
      {BYTES("ID3\4\0\0"), "mp3"},
      {BYTES("\xFF\xFB\x90\x64"), "mp3"},
      {BYTES("\xFF\xF1\x50\x80"), "aac"},
      {BYTES("\xFF\xFE\x41\x00"), NULL},
      {BYTES("fLaC\0\0\0\x22"), "flac"},
      {BYTES("OggS\0\2"), "ogg"},
      {BYTES("glTF\2\0\0\0"), "glb"},
      {BYTES("PK\3\4\x14\0"), "zip"},
      {BYTES("%PDF-1.7"), "pdf"},
      {BYTES("II*\0\x08\0\0\0"), "tif"},
      {BYTES("BM\x36\0\0\0\0\0\0\0"), "bmp"},
      {BYTES("{\"a\":1}"), "json"},
      {BYTES(" [\n 1]"), "json"},
      {BYTES("[\xE5\x9B\xBE]"), "txt"},
      {BYTES("{curly} words"), "txt"},
      {BYTES("<!DOCTYPE HTML>"), "html"},
      {BYTES("<svg xmlns="), "svg"},
      {BYTES("<?xml version=\"1.0\"?><svg>"), "svg"},
      {BYTES("<?xml version=\"1.0\"?><a>"), "xml"},
      {BYTES("a sentence, \xE5\x9B\xBE\n"), "txt"},
      {BYTES("cut in a character \xE5\x9B"), "txt"},
      {BYTES(" \n"), "txt"},
      {BYTES("a\0b"), NULL},
      {BYTES("a\x01"
             "b"),
       NULL},
      {BYTES("\x80\x81"), NULL},
      {BYTES(""), NULL},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    const char *ext = rh_sniff(cases[i].data, cases[i].len);
    if (!ext != !cases[i].ext || (ext && strcmp(ext, cases[i].ext) != 0))
      fail_msg("case %zu: %s, not %s", i, ext ? ext : "nothing",
               cases[i].ext ? cases[i].ext : "nothing");
  }
}

static void types_become_extensions(void **state) {
  (void)state;
  static const char *const cases[][2] = {
      {"PNG", "png"},
      {".mp4", "mp4"},
      {"image", "png"},
      {"video", "mp4"},
      {"audio", "mp3"},
      {"3D", "glb"},
      {"image/png", "png"},
      {"image/jpeg", "jpg"},
      {"jpeg", "jpg"},
      {"audio/mpeg", "mp3"},
      {"video/mpeg", "mpg"},
      {"video/mp4; codecs=\"avc1\"", "mp4"},
      {"audio/mp4", "m4a"},
      {"audio/x-wav", "wav"},
      {"video/quicktime", "mov"},
      {"text", "txt"},
      {"string", "txt"},
      {"text/plain;charset=utf-8", "txt"},
      {"model/gltf-binary", "glb"},
      {"image/svg+xml", "svg"},
      {"application/json", "json"},
      {"application/octet-stream", "bin"},
      {"", "bin"},
      {"../../x", "x"},
      {"/", "bin"},
      {"something-very-long-indeed", "bin"},
      {" txt ", "txt"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    char ext[16];
    rh_extension(cases[i][0], ext);
    if (strcmp(ext, cases[i][1]) != 0) fail_msg("%s: %s, not %s", cases[i][0], ext, cases[i][1]);
  }
  char ext[16];
  rh_extension(NULL, ext);
  assert_string_equal(ext, "bin");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(good_names_stay, "good names stay as they are"),
      TEST(bad_names_become_safe, "bad names become safe ones"),
      TEST(long_names_keep_their_extension, "long names keep their extension"),
      TEST(no_name_escapes, "no name escapes its folder, hides, or looks like an option"),
      TEST(first_bytes_tell_the_kind, "first bytes tell the kind"),
      TEST(types_become_extensions, "types become extensions"),
  };
  return cmocka_run_group_tests_name("filename", tests, NULL, NULL);
}
