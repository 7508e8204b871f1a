-- The second rock: HTTP requests as values. The stand-in server, rhub sandbox, is made of it.
-- From the root of the tree:  luarocks --lua-version 5.4 make src/server/rhub-server-scm-1.rockspec
-- A library is named without its header: on Debian some headers lie in a multiarch folder, where
-- luarocks does not look.
rockspec_format = "3.0"
package = "rhub-server"
version = "scm-1"

source = { url = "git+file://." }

description = {
  summary = "An HTTP server as a source of requests, driven by any loop",
  detailed = [[
    libmicrohttpd behind five functions: fd, timeout, step, next, reply. No thread, no callback.
    Websockets by wslay.
    rhub sandbox, a stand-in RunningHub on this machine, is made of it.]],
  license = "MIT",
}

dependencies = { "lua >= 5.4, < 5.5" }

external_dependencies = {
  MICROHTTPD = { library = "microhttpd" },
  CRYPTO = { library = "crypto" },
  WSLAY = { library = "wslay" },
}

build = {
  type = "builtin",
  modules = {
    ["rhub.server"] = {
      sources = {
        "src/server/content.c",
        "src/server/exchange.c",
        "src/server/form.c",
        "src/server/guest.c",
        "src/server/methods.c",
        "src/server/misbehave.c",
        "src/server/put.c",
        "src/server/request.c",
        "src/server/server.c",
        "src/server/upgrade.c",
        "src/socket/accept.c",
        "src/socket/frames.c",
      },
      defines = { "_GNU_SOURCE" },
      incdirs = { "src", "$(MICROHTTPD_INCDIR)", "$(CRYPTO_INCDIR)", "$(WSLAY_INCDIR)" },
      libdirs = { "$(MICROHTTPD_LIBDIR)", "$(CRYPTO_LIBDIR)", "$(WSLAY_LIBDIR)" },
      libraries = { "microhttpd", "crypto", "wslay" },
    },
  },
}
