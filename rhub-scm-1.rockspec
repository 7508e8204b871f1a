-- The rock of the client: pure Lua, and the C modules built by LuaRocks itself, without make.
--   luarocks --lua-version 5.4 make rhub-scm-1.rockspec
-- tests/check_rock.lua compares the lists below with the files on disk. What needs libmicrohttpd is a rock
-- of its own, in src/server.
rockspec_format = "3.0"
package = "rhub"
version = "scm-1"
source = { url = "git+file://." } -- the folder it lies in
description = {
  summary = "A client for the media-generation service RunningHub",
  detailed = [[
    A remote generation task as a function call: submitted once, waited for by the thousand on one thread,
    its outputs saved. Images, videos, sounds and 3D models.]],
  license = "MIT",
  labels = { "http", "async", "image", "video" },
}
supported_platforms = { "unix" }
dependencies = { "lua >= 5.4, < 5.5", "lua-cjson" }
-- Libraries are looked for by name: naming a header fails where it lies in a multiarch folder.
external_dependencies = {
  CURL = { library = "curl" },
  UV = { library = "uv" },
  JANSSON = { library = "jansson" },
  CRYPTO = { library = "crypto" },
}
build = {
  type = "builtin",
  modules = {
    ["rhub.core"] = {
      sources = {
        "src/core/call.c",
        "src/core/client.c",
        "src/core/decimal.c",
        "src/core/error.c",
        "src/core/loop.c",
        "src/core/media.c",
        "src/core/op.c",
        "src/core/params.c",
        "src/core/repair.c",
        "src/core/reply.c",
        "src/core/retry.c",
        "src/core/scan.c",
        "src/core/submit.c",
        "src/core/task.c",
        "src/core/transfer.c",
        "src/core/transfer_address.c",
        "src/core/transfer_line.c",
        "src/core/watch.c",
      },
      incdirs = { "src", "$(CURL_INCDIR)", "$(UV_INCDIR)", "$(JANSSON_INCDIR)", "$(CRYPTO_INCDIR)" },
      libdirs = { "$(CURL_LIBDIR)", "$(UV_LIBDIR)", "$(JANSSON_LIBDIR)", "$(CRYPTO_LIBDIR)" },
      libraries = { "curl", "uv", "jansson", "crypto", "pthread" },
      defines = { "_GNU_SOURCE" },
    },
    ["rhub.json"] = {
      sources = {
        "src/lua/json.c",
        "src/lua/json_decode.c",
        "src/lua/json_encode.c",
        "src/lua/json_number.c",
      },
      incdirs = { "src" },
      defines = { "_GNU_SOURCE" },
    },
    ["rhub.sys"] = {
      sources = {
        "src/lua/sys.c",
        "src/lua/sys_file.c",
        "src/lua/sys_io.c",
        "src/lua/sys_process.c",
        "src/lua/sys_signal.c",
        "src/lua/sys_terminal.c",
      },
      incdirs = { "src" },
      defines = { "_GNU_SOURCE" },
    },
    ["rhub.catalogue.index"] = "lua/rhub/catalogue/index.lua",
    ["rhub.catalogue"] = "lua/rhub/catalogue/init.lua",
    ["rhub.catalogue.kling"] = "lua/rhub/catalogue/kling.lua",
    ["rhub.catalogue.nano_banana"] = "lua/rhub/catalogue/nano_banana.lua",
    ["rhub.catalogue.words"] = "lua/rhub/catalogue/words.lua",
    ["rhub.errors"] = "lua/rhub/errors.lua",
    ["rhub.flow"] = "lua/rhub/flow.lua",
    ["rhub.flow.cells"] = "lua/rhub/flow/cells.lua",
    ["rhub.flow.failures"] = "lua/rhub/flow/failures.lua",
    ["rhub.flow.heap"] = "lua/rhub/flow/heap.lua",
    ["rhub.flow.many"] = "lua/rhub/flow/many.lua",
    ["rhub.flow.scheduler"] = "lua/rhub/flow/scheduler.lua",
    ["rhub.flow.sources"] = "lua/rhub/flow/sources.lua",
    ["rhub.flow.timers"] = "lua/rhub/flow/timers.lua",
    ["rhub.nearest"] = "lua/rhub/nearest.lua",
    ["rhub.sandbox.faults"] = "lua/rhub/sandbox/faults.lua",
  },
  install = {
    bin = { rhub = "src/host/rhub.lua" },
  },
}
