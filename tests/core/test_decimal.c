/* Amounts: exact, whatever way they are written. */
#include "unit.h"
#include "core/decimal.h"

#include <locale.h>
#include <math.h>

static void sums_are_exact(void **state) {
  (void)state;
  static const struct {
    const char *a, *b, *sum;
  } cases[] = {
      {"2.1", "0.14", "2.24"},
      {"0", "0", "0"},
      {"0.1", "0.2", "0.3"},
      {"9.99", "0.01", "10.00"},
      {"12.50", "0", "12.50"},
      {"007", "0.5", "7.5"},
      {"999999999999999999", "1", "1000000000000000000"},
      {"0.000000000000000001", "999999999999999999", "999999999999999999.000000000000000001"},
      {"999999999999999999", "0.999999999999999999", "999999999999999999.999999999999999999"},
      {"99.9", "900.1", "1000.0"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    char sum[RH_DECIMAL_MAX];
    assert_true(rh_decimal_add(cases[i].a, cases[i].b, sum));
    assert_string_equal(sum, cases[i].sum);
    assert_true(rh_decimal_add(cases[i].b, cases[i].a, sum));
    assert_string_equal(sum, cases[i].sum);
  }
}

static void what_is_not_plain_is_refused(void **state) {
  (void)state;
  static const char *const odd[] = {"",
                                    "-1",
                                    "+1",
                                    "1e3",
                                    ".5",
                                    "5.",
                                    "1,5",
                                    "1.2.3",
                                    "0x10",
                                    "free",
                                    " 1",
                                    "1 ",
                                    "NaN",
                                    "1.5a",
                                    "1234567890123456789",
                                    "0.1234567890123456789",
                                    "1234567890.1234567890"};
  for (size_t i = 0; i < COUNT(odd); i++) {
    char sum[RH_DECIMAL_MAX];
    if (rh_decimal_plain(odd[i], strlen(odd[i]))) fail_msg("\"%s\" is not plain", odd[i]);
    assert_false(rh_decimal_add(odd[i], "1", sum));
    assert_false(rh_decimal_add("1", odd[i], sum));
  }
}

static const struct {
  double value;
  const char *text;
} numbers[] = {
    {0, "0"},
    {0.14, "0.14"},
    {2.1, "2.1"},
    {5, "5"},
    {100, "100"},
    {0.1 + 0.2, "0.30000000000000004"},
    {1e-7, "0.0000001"},
    {1.0 / 3, "0.3333333333333333"},
    {123456.789, "123456.789"},
    {1e17, "100000000000000000"},
};

static void numbers_become_their_shortest_text(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT(numbers); i++) {
    char text[RH_DECIMAL_MAX];
    assert_true(rh_decimal_of(numbers[i].value, text));
    assert_string_equal(text, numbers[i].text);
  }
  for (int i = 0; i < 20000; i++) {
    char text[RH_DECIMAL_MAX];
    double value = i / 100.0;
    assert_true(rh_decimal_of(value, text));
    assert_true(strtod(text, NULL) == value);
    assert_true(strlen(text) <= 6);
  }
}

static void numbers_without_a_plain_text_are_refused(void **state) {
  (void)state;
  char text[RH_DECIMAL_MAX];
  const double odd[] = {-1, -0.01, 1e18, 1e300, 1e-300, INFINITY, NAN};
  for (size_t i = 0; i < COUNT(odd); i++) assert_false(rh_decimal_of(odd[i], text));
}

static void the_locale_does_not_matter(void **state) {
  (void)state;
  static const char *const locales[] = {"de_DE.UTF-8", "de_DE", "fr_FR.UTF-8", "ps_AF.UTF-8"};
  for (size_t i = 0; i < COUNT(locales); i++)
    if (setlocale(LC_NUMERIC, locales[i])) numbers_become_their_shortest_text(state);
  setlocale(LC_NUMERIC, "C");
}

static void amounts_count_in_units(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int64_t up, down;
  } cases[] = {
      {"0", 0, 0},
      {"2.10", 21000, 21000},
      {"50", 500000, 500000},
      {"007.5", 75000, 75000},
      {"0.0001", 1, 1},
      {"0.00010000", 1, 1},
      {"0.00001", 1, 0},
      {"0.30000000000000004", 3001, 3000},
      {"1.23456", 12346, 12345},
      {"922337203685477.58", INT64_MAX - 7, INT64_MAX - 7},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    int64_t units = -1;
    assert_true(rh_decimal_units(cases[i].text, true, &units));
    assert_true(units == cases[i].up);
    assert_true(rh_decimal_units(cases[i].text, false, &units));
    assert_true(units == cases[i].down);
  }
}

static void amounts_as_others_write_them_become_plain(void **state) {
  (void)state;
  static const char *const cases[][2] = {
      {"1E+1", "10"},
      {"2.1e2", "210"},
      {"+2.10", "2.10"},
      {"2.", "2"},
      {".5", "0.5"},
      {"0.05", "0.05"},
      {"007", "7"},
      {"0", "0"},
      {"0.000", "0"},
      {"5E-4", "0.0005"},
      {"1e-18", "0.000000000000000001"},
      {"1e-19", "0.000000000000000001"}, /* rounded up */
      {"25.123456789012345678", "25.1234567890123457"},
      {"0.99999999999999999999", "1"},
      {"9.99999999999999999", "9.99999999999999999"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    char out[RH_DECIMAL_MAX] = "none";
    if (!rh_decimal_read(cases[i][0], strlen(cases[i][0]), out)) fail_msg("%s", cases[i][0]);
    assert_true(rh_decimal_plain(out, strlen(out)));
    if (strcmp(out, cases[i][1]) != 0) fail_msg("%s became %s", cases[i][0], out);
  }
  static const char *const odd[] = {"",      "-1",    ".",    "e5",    "1e",      "1e+", "1e1000",
                                    "2,10",  "1 CNY", " 1",   "1e25",  "0x1",     "NaN", "++1",
                                    "1.2.3", "1e5x",  "free", "1E400", "\xff\xfe"};
  for (size_t i = 0; i < COUNT(odd); i++) {
    char out[RH_DECIMAL_MAX];
    if (rh_decimal_read(odd[i], strlen(odd[i]), out)) fail_msg("\"%s\" became %s", odd[i], out);
  }
}

static void what_units_do_not_hold_is_refused(void **state) {
  (void)state;
  static const char *const odd[] = {"",
                                    "-1",
                                    "+1",
                                    "1e3",
                                    ".5",
                                    "5.",
                                    "1,50",
                                    "free",
                                    "NaN",
                                    "5 ",
                                    "1234567890123456789",
                                    "922337203685478",
                                    "999999999999999999"};
  for (size_t i = 0; i < COUNT(odd); i++) {
    int64_t units = 7;
    if (rh_decimal_units(odd[i], true, &units)) fail_msg("\"%s\" is no amount", odd[i]);
    assert_true(units == 7);
  }
}

static void units_are_written_with_two_places(void **state) {
  (void)state;
  static const struct {
    int64_t units;
    const char *text;
  } cases[] = {
      {0, "0.00"},         {21000, "2.10"},   {350, "0.035"},
      {1, "0.0001"},       {10, "0.001"},     {100, "0.01"},
      {1000000, "100.00"}, {12345, "1.2345"}, {INT64_MAX - 7, "922337203685477.58"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    char text[RH_DECIMAL_MAX];
    int64_t units;
    rh_decimal_text(cases[i].units, text);
    assert_string_equal(text, cases[i].text);
    assert_true(rh_decimal_units(text, false, &units));
    assert_true(units == cases[i].units);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(sums_are_exact, "sums carry, keep places, and are exact to 18 digits"),
      TEST(what_is_not_plain_is_refused, "what is no plain decimal is refused"),
      TEST(numbers_become_their_shortest_text, "a number becomes the shortest text that means it"),
      TEST(numbers_without_a_plain_text_are_refused, "numbers without a plain text are refused"),
      TEST(amounts_count_in_units,
           "amounts count in units, rounded up or down where they are finer"),
      TEST(amounts_as_others_write_them_become_plain, "amounts as others write them become plain"),
      TEST(what_units_do_not_hold_is_refused, "what is no amount, or too large a one, is refused"),
      TEST(units_are_written_with_two_places, "units are written with two places, and read back"),
      TEST(the_locale_does_not_matter, "the point is a point in every locale"),
  };
  return cmocka_run_group_tests_name("decimal", tests, NULL, NULL);
}
