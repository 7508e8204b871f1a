# make test, make check. The suites themselves are listed in tests/run.

TESTS := $(patsubst tests/core/%.c,$B/test/%,$(wildcard tests/core/test_*.c))
FUZZERS := $(patsubst tests/fuzz/%.c,$B/test/%,$(wildcard tests/fuzz/fuzz_*.c))

.PHONY: test check torture test-build asan-build fuzz-build

test:
	@$(LOOK) build test
	+@$(AGAIN) build test-build
	@tests/run -b $B core stock rhub e2e shell

# Everything once more under the sanitizers, then what finds other things.
check:
	@$(LOOK) build test check
	+@$(AGAIN) build test-build fuzz-build
	+@$(AGAIN) asan-build
	@status=0; \
	RHUB_SPEC_LUA=build/asan/rhub tests/run -b build/asan -l asan/ core rhub e2e alloc || status=1; \
	tests/run -b $B lint valgrind fuzz || status=1; \
	exit $$status

# ROUNDS=100 WAY=kill|drop|full|clock SEED=N; a little of it is in `make test`.
torture:
	@$(LOOK) build test
	+@$(AGAIN) build
	+@$(AGAIN) -s $B/test/clock.so
	@ROUNDS='$(ROUNDS)' WAY='$(WAY)' SEED='$(SEED)' ROWS='$(ROWS)' \
	  RHUB_BUILD=$B LUA_PATH='lua/?.lua;lua/?/init.lua;tests/lua/?.lua' LUA_CPATH='$B/lua/?.so' \
	  lua5.4 tests/torture/torture.lua

test-build: $(TESTS) $B/test/clock.so
	@:

$B/test/clock.so: tests/torture/clock.c
	@mkdir -p $(@D)
	$(call show,LINK)
	$Q$(CC) -std=gnu11 -D_GNU_SOURCE -O2 $(WARN) -fPIC -shared -o $@ $< -ldl

# C units link the archive, so that a unit of a pure part pulls in nothing else.
TEST_LINK = $(CC) $(ALL_CFLAGS) -Itests/core -Wno-missing-prototypes -MMD -MP -MF $B/obj/test_$(@F).d $(LDFLAGS) -o $@
$B/test/test_%: tests/core/test_%.c $B/librhub.a
	@mkdir -p $(@D)
	$(call show,LINK)
	$Q$(TEST_LINK) $< $B/librhub.a $(CORE_LIBS) -lcmocka -lssl -lcrypto -lz -lssl

# ---- sanitizers --------------------------------------------------------------------------------

SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
asan-build:
	+@$(AGAIN) B=build/asan OPT='-O1 -g $(SANITIZE)' LDFLAGS='$(SANITIZE)' build test-build \
	  build/asan/test/alloc build/asan/test/alloc_lua

# ---- allocations that fail ---------------------------------------------------------------------

WRAP := -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=strdup,--wrap=strndup
$B/test/alloc: tests/core/alloc.c $B/librhub.a
	@mkdir -p $(@D)
	$(call show,LINK)
	$Q$(TEST_LINK) $< $(WRAP) $B/librhub.a $(CORE_LIBS)
$B/test/alloc_lua: tests/lua/alloc.c
	@mkdir -p $(@D)
	$(call show,LINK)
	$Q$(TEST_LINK) -Wl,-E $< $(LUA_LIBS) -ldl -lm

# ---- fuzzing: clang, its own objects -----------------------------------------------------------

fuzz-build: $(FUZZERS)
	@:
$B/test/fuzz_%: tests/fuzz/fuzz_%.c $(wildcard src/core/*.[ch]) src/rhub.h
	@mkdir -p $(@D)
	$(call show,CLANG)
	$Qclang -std=gnu11 -O1 -g -Isrc -D_GNU_SOURCE $(DEP_CFLAGS) -fsanitize=fuzzer,address,undefined \
	  -fno-sanitize-recover=all -o $@ $< $(wildcard src/core/*.c) $(CORE_LIBS)
