/* What every unit test of the core includes: cmocka, and a shorthand for its list of tests. */
#ifndef RHUB_TESTS_UNIT_H
#define RHUB_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* A sentence about behaviour, and the function that holds it. */
#define TEST(function, sentence) \
  { sentence, function, NULL, NULL, NULL }

#endif
