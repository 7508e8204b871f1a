# rhub. `make` builds, `make demo` shows it at work, `make test` tests; `make help` tells the rest.

CC ?= cc
PKG_CONFIG ?= pkg-config
PREFIX ?= /usr/local
DESTDIR ?=
OPT ?= -O2 -g

B := build
LOOK := .ci/deps
VERSION := $(shell sed -n 's/^.define RHUB_VERSION "\(.*\)"/\1/p' src/rhub.h)
SOVERSION := 0

# ---- flags -------------------------------------------------------------------------------------
# pkg-config is asked when the first file is compiled, and once: a machine that does not have it yet
# can still `make demo`, `make deps` and `make help`.

once = $(eval $1 := $$(shell $2))$($1)

LUA_PC = $(call once,LUA_PC,for p in lua5.4 lua-5.4 lua54; do \
  $(PKG_CONFIG) --exists $$$$p && echo $$$$p && exit; done; echo lua)
CORE_PC := libcurl libuv jansson libcrypto sqlite3
DEP_CFLAGS = $(call once,DEP_CFLAGS,$(PKG_CONFIG) --cflags $(LUA_PC) $(CORE_PC) libmicrohttpd)
CORE_PC_LIBS = $(call once,CORE_PC_LIBS,$(PKG_CONFIG) --libs $(CORE_PC))
CORE_LIBS = $(CORE_PC_LIBS) -lpthread -lm
MHD_LIBS = $(call once,MHD_LIBS,$(PKG_CONFIG) --libs libmicrohttpd libcrypto)
# Without wslay there are no websockets: no progress of ComfyUI tasks, and nothing else is missing. Some
# systems have no pkg-config file for it.
WSLAY = $(call once,WSLAY,$(PKG_CONFIG) --libs libwslay 2>/dev/null || \
  { $(CC) $(CPPFLAGS) -include wslay/wslay.h -E -x c /dev/null >/dev/null 2>&1 && echo -lwslay; })
SOCKET_LIBS = $(call once,SOCKET_LIBS,$(PKG_CONFIG) --libs libcurl libcrypto) $(WSLAY) -lpthread
LUA_LIBS = $(call once,LUA_LIBS,$(PKG_CONFIG) --libs $(LUA_PC))

WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wno-unused-parameter
CFLAGS ?= $(OPT) $(WARN)
ALL_CFLAGS = -std=gnu11 -fPIC -Isrc -D_GNU_SOURCE $(CPPFLAGS) $(DEP_CFLAGS) $(CFLAGS)
# `make V=1` shows whole commands.
Q := $(if $V,,@)
show = $(if $V,,@printf '  %-5s %s\n' $1 $@)

# Lua modules leave lua_* to the program that loads them.
MODULE = $(CC) -shared $(LDFLAGS) -Wl,--version-script=src/module.map -o $@

# ---- what there is -----------------------------------------------------------------------------

objects = $(patsubst src/%.c,$B/obj/%.o,$(wildcard $1))
CORE_OBJS   := $(call objects,src/core/*.c)
BIND_OBJS   := $(call objects,src/lua/core*.c)
JSON_OBJS   := $(call objects,src/lua/json*.c)
SYS_OBJS    := $(call objects,src/lua/sys*.c)
SOCKET_OBJS := $(call objects,src/socket/*.c)
FRAME_OBJS  := $(call objects,src/socket/frames.c src/socket/accept.c)
SERVER_OBJS := $(if $(WSLAY),$(FRAME_OBJS)) \
               $(filter-out $B/obj/server/upgrade$(if $(WSLAY),_none).o,$(call objects,src/server/*.c))
MAIN_OBJS   := $(call objects,src/host/main*.c)
HOST_OBJS   := $(filter-out $(MAIN_OBJS),$(call objects,src/host/*.c)) \
               $B/obj/host/embedded.o $(JSON_OBJS) $(SYS_OBJS) $(BIND_OBJS)
LUA_FILES   := $(sort $(shell find lua/rhub -name '*.lua' ! -name '*.d.lua'))
TYPE_FILES  := $(sort $(shell find lua/rhub -name '*.d.lua'))   # for editors: installed, not embedded
MODULES     := $B/lua/rhub/core.so $B/lua/rhub/json.so $B/lua/rhub/sys.so $B/lua/rhub/server.so \
               $(if $(WSLAY),$B/lua/rhub/socket.so)
PRODUCTS    := $B/rhub $B/librhub.a $B/librhub.so $B/librhub_host.a $(MODULES)

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.PHONY: all build deps demo help clean install uninstall format rockspec index

# Both processors, unless the caller said -j.
PARALLEL = $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(shell getconf _NPROCESSORS_ONLN || echo 2))
AGAIN = $(MAKE) --no-print-directory $(PARALLEL)

# Looks first, so that a missing library is told with its package and not by a compiler.
all:
	@$(LOOK) --look build
	+@$(AGAIN) build
build: $(PRODUCTS)
	@:

# ---- compiling and linking ---------------------------------------------------------------------

$B/obj/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	$(call show,CC)
	$Q$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$B/obj/host/embedded.o: $B/gen/embedded.c Makefile
	@mkdir -p $(@D)
	$(call show,CC)
	$Q$(CC) $(ALL_CFLAGS) -c -o $@ $<
$B/gen/embedded.c: $(LUA_FILES) src/host/embedded.sh src/host/embedded.h
	@mkdir -p $(@D)
	$(call show,TEXT)
	$Qsh src/host/embedded.sh $(LUA_FILES) > $@

$B/librhub.a: $(CORE_OBJS)
	$(call show,AR)
	$Qrm -f $@ && $(AR) rcs $@ $^
$B/librhub.so: $(CORE_OBJS) src/librhub.map
	$(call show,LINK)
	$Q$(CC) -shared $(LDFLAGS) -Wl,-soname,librhub.so.$(SOVERSION) -Wl,--version-script=src/librhub.map \
	  -o $@.$(VERSION) $(CORE_OBJS) $(CORE_LIBS)
	@ln -sf librhub.so.$(VERSION) $B/librhub.so.$(SOVERSION) && ln -sf librhub.so.$(SOVERSION) $@

$(MODULES): src/module.map
$(MODULES): | $B/lua/rhub
$B/lua/rhub:
	@mkdir -p $@
$B/lua/rhub/core.so: $(BIND_OBJS) $(CORE_OBJS)
	$(call show,LINK)
	$Q$(MODULE) $(BIND_OBJS) $(CORE_OBJS) $(CORE_LIBS)
$B/lua/rhub/json.so: $(JSON_OBJS)
	$(call show,LINK)
	$Q$(MODULE) $(JSON_OBJS)
$B/lua/rhub/sys.so: $(SYS_OBJS)
	$(call show,LINK)
	$Q$(MODULE) $(SYS_OBJS)
$B/lua/rhub/server.so: $(SERVER_OBJS)
	$(call show,LINK)
	$Q$(MODULE) $(SERVER_OBJS) $(MHD_LIBS) $(WSLAY)
$B/lua/rhub/socket.so: $(SOCKET_OBJS)
	$(call show,LINK)
	$Q$(MODULE) $(SOCKET_OBJS) $(SOCKET_LIBS)

# The program links liblua and nothing else of size: the engine is a module that it loads when needed. A C
# program that embeds rhub has it linked in: the binding in librhub_host.a is taken by embed.o alone.
$B/librhub_host.a: $(HOST_OBJS)
	$(call show,AR)
	$Qrm -f $@ && $(AR) rcs $@ $^
$B/rhub: $(MAIN_OBJS) $B/librhub_host.a
	$(call show,LINK)
	$Q$(CC) $(LDFLAGS) -Wl,-E -o $@ $(MAIN_OBJS) $B/librhub_host.a $(LUA_LIBS) -ldl -lm

-include $(shell find $B/obj -name '*.d' 2>/dev/null)

# ---- for people --------------------------------------------------------------------------------

deps:
	@$(LOOK) build
	@$(LOOK) more || :

demo:
	@$(LOOK) build demo
	+@$(AGAIN) build
	@mkdir -p out
	@echo
	$B/rhub --sandbox examples/image_to_video.lua

help:
	@echo 'make             build/rhub, librhub, the Lua modules'
	@echo 'make demo        install what is missing, build, and run examples/image_to_video.lua in the sandbox'
	@echo 'make test        install what is missing, build, and test'
	@echo 'make check       the long tests: sanitizers, valgrind, failing allocations, fuzzing, linters'
	@echo 'make torture     batches killed at random instants, with lost replies, a full disk, a jumping clock'
	@echo 'make bench       measure; make bench PART=tasks|journal|flight|start|catalogue|download|upload for one part'
	@echo 'make install     PREFIX=$(PREFIX) DESTDIR=$(DESTDIR)'
	@echo 'make uninstall   the same again'
	@echo 'make format      clang-format over the C sources'
	@echo 'make index       index the catalogue anew, after a model was added or removed'
	@echo 'make rockspec    list the sources in the rockspec anew, after a file was added'
	@echo 'make deps        install what building needs, nothing else'
	@echo 'make clean       remove build/'

clean:
	rm -rf build

index: $B/lua/rhub/sys.so $B/lua/rhub/json.so
	LUA_CPATH='$B/lua/?.so;;' lua5.4 tests/list_models.lua

rockspec:
	lua5.4 tests/list_rock.lua

format:
	clang-format -i $$(git ls-files '*.c' '*.h')

# ---- installing --------------------------------------------------------------------------------

D = $(DESTDIR)$(PREFIX)
LUA_MODULE_DIR = $D/lib/lua/5.4/rhub
LUA_SHARE_DIR = $D/share/lua/5.4
FILL = sed 's|@PREFIX@|$(PREFIX)|; s|@VERSION@|$(VERSION)|; s|@LUA@|$(LUA_PC)|'

install: all
	install -d $D/bin $D/include $D/lib/pkgconfig $(LUA_MODULE_DIR)
	install -m 755 $B/rhub $D/bin/rhub
	install -m 644 src/rhub.h src/rhub_host.h $D/include/
	install -m 644 $B/librhub.a $B/librhub_host.a $D/lib/
	install -m 755 $B/librhub.so.$(VERSION) $D/lib/
	ln -sf librhub.so.$(VERSION) $D/lib/librhub.so.$(SOVERSION)
	ln -sf librhub.so.$(SOVERSION) $D/lib/librhub.so
	$(FILL) src/rhub.pc.in > $D/lib/pkgconfig/rhub.pc
	$(FILL) src/host/rhub-host.pc.in > $D/lib/pkgconfig/rhub-host.pc
	install -m 755 $(MODULES) $(LUA_MODULE_DIR)/
	for f in $(patsubst lua/%,%,$(LUA_FILES) $(TYPE_FILES)); do \
	  install -d $(LUA_SHARE_DIR)/$$(dirname $$f) && install -m 644 lua/$$f $(LUA_SHARE_DIR)/$$f || exit; done

uninstall:
	rm -f $D/bin/rhub $D/include/rhub.h $D/include/rhub_host.h $D/lib/librhub.* $D/lib/librhub_host.a
	rm -f $D/lib/pkgconfig/rhub.pc $D/lib/pkgconfig/rhub-host.pc
	rm -rf $(LUA_MODULE_DIR) $(LUA_SHARE_DIR)/rhub

# ---- tests and measurements --------------------------------------------------------------------

include tests/test.mk
include tests/bench/bench.mk
