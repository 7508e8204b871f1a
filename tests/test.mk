# make test, make check. The suites themselves are listed in tests/run.

TESTS := $(patsubst tests/core/%.c,$B/test/%,$(wildcard tests/core/test_*.c))
TEST_PROGRAMS := $(TESTS)

.PHONY: test check test-build check-build asan-build

test:
	@$(LOOK) build test
	@$(AGAIN) build test-build
	@tests/run -b $B core stock rhub e2e shell

test-build: $(TEST_PROGRAMS)

# C units link the archive, so that a unit of a pure part pulls in nothing else.
$B/test/%: tests/core/%.c $B/librhub.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Itests/core -Wno-missing-prototypes -MMD -MP -MF $B/obj/test_$*.d \
	  $(LDFLAGS) -o $@ $< $B/librhub.a $(CORE_LIBS) -lcmocka

check:
	@$(LOOK) build test check
	@$(AGAIN) build check-build
	@$(AGAIN) asan-build
	@status=0; \
	tests/run -b build/asan -l asan/ core rhub e2e || status=1; \
	tests/run -b $B lint valgrind || status=1; \
	exit $$status

SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
asan-build:
	@$(AGAIN) B=build/asan OPT='-O1 -g $(SANITIZE)' LDFLAGS='$(SANITIZE)' build test-build
check-build:
