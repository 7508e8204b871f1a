# rhub. `make` builds, `make demo` shows it at work, `make test` tests, `make help` tells the rest.
CC ?= cc
PKG_CONFIG ?= pkg-config
VERSION := 0.1.0
SOVERSION := 0
B := build

LUA_PC := $(firstword $(foreach p,lua5.4 lua-5.4 lua54 lua,$(shell $(PKG_CONFIG) --exists $(p) 2>/dev/null && echo $(p))))
OPT ?= -O2 -g
WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wno-unused-parameter
CPPFLAGS += -Isrc -D_GNU_SOURCE
CFLAGS += $(OPT) $(WARN) -std=gnu11 -fPIC
LUA_CFLAGS = $(shell $(PKG_CONFIG) --cflags $(LUA_PC))
LUA_LIBS = $(shell $(PKG_CONFIG) --libs $(LUA_PC))
CORE_PCS := libcurl libuv jansson libcrypto
CORE_CFLAGS = $(shell $(PKG_CONFIG) --cflags $(CORE_PCS))
CORE_LIBS = $(shell $(PKG_CONFIG) --libs $(CORE_PCS)) -lpthread
MHD_LIBS = $(shell $(PKG_CONFIG) --libs libmicrohttpd)

CORE_OBJS := $(patsubst src/%.c,$B/obj/%.o,$(wildcard src/core/*.c))
BIND_OBJS := $(patsubst src/%.c,$B/obj/%.o,$(wildcard src/lua/core*.c))
JSON_OBJS := $(patsubst src/%.c,$B/obj/%.o,$(wildcard src/lua/json*.c))
SYS_OBJS  := $(patsubst src/%.c,$B/obj/%.o,$(wildcard src/lua/sys*.c))
SERVER_OBJS := $(patsubst src/%.c,$B/obj/%.o,$(wildcard src/server/*.c))
HOST_OBJS := $(patsubst src/%.c,$B/obj/%.o,$(wildcard src/host/*.c))

.PHONY: all clean
all: $B/librhub.a $B/librhub.so $B/lua/rhub/core.so $B/lua/rhub/json.so $B/lua/rhub/sys.so \
     $B/lua/rhub/server.so $B/rhub

$B/obj/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CORE_CFLAGS) $(LUA_CFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<
-include $(shell find $B/obj -name '*.d' 2>/dev/null)

$B/librhub.a: $(CORE_OBJS)
	rm -f $@ && $(AR) rcs $@ $^
$B/librhub.so: $(CORE_OBJS)
	$(CC) -shared -Wl,-soname,librhub.so.$(SOVERSION) $(LDFLAGS) -o $@.$(VERSION) $^ $(CORE_LIBS)
	ln -sf librhub.so.$(VERSION) $B/librhub.so.$(SOVERSION) && ln -sf librhub.so.$(SOVERSION) $@
$B/lua/rhub/core.so: $(BIND_OBJS) $(CORE_OBJS)
	@mkdir -p $(@D)
	$(CC) -shared $(LDFLAGS) -o $@ $^ $(CORE_LIBS)
$B/lua/rhub/json.so: $(JSON_OBJS)
	@mkdir -p $(@D)
	$(CC) -shared $(LDFLAGS) -o $@ $^
$B/lua/rhub/sys.so: $(SYS_OBJS)
	@mkdir -p $(@D)
	$(CC) -shared $(LDFLAGS) -o $@ $^
$B/lua/rhub/server.so: $(SERVER_OBJS)
	@mkdir -p $(@D)
	$(CC) -shared $(LDFLAGS) -o $@ $^ $(MHD_LIBS)

clean:
	rm -rf $B
