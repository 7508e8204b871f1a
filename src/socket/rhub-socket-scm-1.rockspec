-- The third rock: websockets as a client. With it rhub tells how far a ComfyUI task has come.
-- From the root of the tree:  luarocks --lua-version 5.4 make src/socket/rhub-socket-scm-1.rockspec
-- A library is named without its header: on Debian some headers lie in a multiarch folder, where
-- luarocks does not look.
rockspec_format = "3.0"
package = "rhub-socket"
version = "scm-1"

source = { url = "git+file://." }

description = {
  summary = "Websockets as a client, driven by any loop",
  detailed = [[
    wslay over a connection of libcurl's behind four functions: fd, timeout, step, next. No thread, no
    callback. rhub works without it, but tells no progress of workflows.]],
  license = "MIT",
}

dependencies = { "lua >= 5.4, < 5.5" }

external_dependencies = {
  CURL = { library = "curl" },
  CRYPTO = { library = "crypto" },
  WSLAY = { library = "wslay" },
}

build = {
  type = "builtin",
  modules = {
    ["rhub.socket"] = {
      sources = {
        "src/socket/accept.c",
        "src/socket/address.c",
        "src/socket/connection.c",
        "src/socket/frames.c",
        "src/socket/pool.c",
        "src/socket/socket.c",
      },
      defines = { "_GNU_SOURCE" },
      incdirs = { "src", "$(CURL_INCDIR)", "$(CRYPTO_INCDIR)", "$(WSLAY_INCDIR)" },
      libdirs = { "$(CURL_LIBDIR)", "$(CRYPTO_LIBDIR)", "$(WSLAY_LIBDIR)" },
      libraries = { "curl", "crypto", "wslay", "pthread" },
    },
  },
}
