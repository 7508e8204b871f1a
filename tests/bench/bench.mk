# make bench [PART=tasks|journal|flight|start|catalogue|download|upload]. Measure on a machine that does nothing else.

BENCH := $B/bench/server $B/bench/floor $B/bench/measure $B/bench/engine $B/bench/journal
PART ?=

.PHONY: bench bench-build
bench:
	@$(LOOK) build bench
	+@$(AGAIN) build bench-build
	@tests/bench/run $B $(PART)

bench-build: $(BENCH)
	@:
$(BENCH): | $B/bench
$B/bench:
	@mkdir -p $@
$B/bench/server $B/bench/measure: $B/bench/%: tests/bench/%.c
	$(call show,LINK)
	$Q$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $<
$B/bench/floor: tests/bench/floor.c
	$(call show,LINK)
	$Q$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $< $(CORE_LIBS)
$B/bench/engine $B/bench/journal: $B/bench/%: tests/bench/%.c $B/librhub.so
	$(call show,LINK)
	$Q$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $< -L$B -lrhub -Wl,-rpath,'$$ORIGIN/..' $(CORE_LIBS)
