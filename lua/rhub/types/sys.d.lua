---@meta rhub.sys
-- luacheck: no unused args

-- What scripts need from a POSIX system and Lua does not have. What can go wrong in the world returns nil,
-- the system's reason and its errno; wrong arguments raise. Times are seconds, descriptors plain numbers.
---@class rhub.sys
local sys = {}

-- ---- clocks, limits, the program --------------------------------------------------------------

-- A clock that is never set: only differences mean anything.
---@return number seconds
function sys.now() end

-- Since 1970, with fractions.
---@return number seconds
function sys.time() end

-- The path of the running program.
---@return string? path
---@return string? reason
---@return integer? errno
function sys.exe() end

---@return integer pid
function sys.getpid() end

-- Raises the soft limit of open descriptors to the hard one.
---@return integer? limit
---@return string? reason
---@return integer? errno
function sys.raise_nofile() end

-- From here on writing to a closed pipe, or past the limit of a file's size, is an error of that write, not
-- the end of the process. For programs.
function sys.ignore_pipe() end

-- ---- descriptors ------------------------------------------------------------------------------

---@class rhub.sys.fds: integer[] {fd, want, fd, want, ...}; want: 1 reading, 2 writing, 3 both
---@field ready? integer[] set by sys.poll: the descriptors that are ready, failed or hung up

-- Waits until a descriptor is ready, or for `seconds` (nil: as long as it takes). A descriptor that is not
-- open raises.
---@param fds rhub.sys.fds
---@param seconds? number
---@return integer? n how many are ready
---@return "interrupted"|string? reason a signal came
---@return integer? errno
function sys.poll(fds, seconds) end

-- Writes all of it, unbuffered, also where the descriptor does not block.
---@param fd integer
---@param text string
---@return true? ok
---@return string? reason
---@return integer? errno
function sys.write(fd, text) end

-- Reads one line of at most 64 KB, and nothing beyond it. A line that a failure cuts short is lost; one that
-- the end cuts short is returned.
---@param fd integer
---@param seconds? number
---@return string? line without its end
---@return "eof"|"timeout"|"interrupted"|string? reason
---@return integer? errno
function sys.readline(fd, seconds) end

---@param fd integer
---@return true? ok
---@return string? reason
---@return integer? errno
function sys.close(fd) end

-- ---- the terminal -----------------------------------------------------------------------------

---@param fd integer
---@return boolean
function sys.isatty(fd) end

---@param fd integer
---@return integer? columns nil where it is no terminal, or does not know
function sys.width(fd) end

---@param fd integer
---@return integer? lines nil where it is no terminal, or does not know
function sys.height(fd) end

-- Asks for a line on the terminal itself, without echo. The echo is back on before a signal acts.
---@param prompt string
---@return string? text
---@return "no terminal"|"interrupted"|string? reason
---@return integer? errno
function sys.getpass(prompt) end

-- ---- files ------------------------------------------------------------------------------------

---@class rhub.sys.stat
---@field type "file"|"dir"|"other"
---@field size integer bytes
---@field mtime integer seconds since 1970
---@field mode integer permission bits
---@field dev integer with ino: what it is, whatever it is called
---@field ino integer

-- Follows links.
---@param path string
---@return rhub.sys.stat? stat
---@return string? reason
---@return integer? errno
function sys.stat(path) end

---@param path string
---@return true? ok
---@return string? reason
---@return integer? errno
function sys.readable(path) end

-- Makes the folder and those above it; one that is there already is fine.
---@param path string
---@return true? ok
---@return string? reason
---@return integer? errno
function sys.mkdir_p(path) end

-- Writes a file of mode 0600 whole or not at all: under another name in the same folder, synced, renamed.
---@param path string
---@param text string
---@return true? ok
---@return string? reason
---@return integer? errno
function sys.write_private(path, text) end

-- A file without a name, in TMPDIR, else /tmp: it is gone with this process, however that ends.
---@return file*? file open for reading and writing
---@return string? reason
---@return integer? errno
function sys.tmpfile() end

-- Gives a file a name that nothing has; over what is there it fails (errno 17).
---@param from string
---@param to string
---@return true? ok
---@return string? reason
---@return integer? errno
function sys.rename_new(from, to) end

-- The whole file. A larger one is refused, not cut.
---@param path string
---@param limit? integer bytes, 64 MiB by default
---@return string? text
---@return string? reason
---@return integer? errno
function sys.read(path, limit) end

-- What lies in a folder, in no order, without "." and "..".
---@param path string
---@return string[]? names
---@return string? reason
---@return integer? errno
function sys.list(path) end

-- The same, one name a call, of a folder however large.
---@param path string
---@return (fun(): string?)? next_name
---@return string? reason
---@return integer? errno
function sys.names(path) end

-- ---- children ---------------------------------------------------------------------------------

---@class rhub.sys.command: string[] the program (looked for in PATH) and its arguments
---@field group? boolean a process group of its own: Ctrl-C in the terminal does not reach it

---@class rhub.sys.child
---@field pid integer
---@field stdin integer what is written here the child reads; it sees the end when this process dies
---@field stdout integer what the child writes

-- Starts a child between two pipes; standard error is shared. Close both ends and wait for it.
---@param command rhub.sys.command
---@return rhub.sys.child? child
---@return string? reason
---@return integer? errno
function sys.spawn(command) end

---@param pid integer
---@param seconds? number
---@return integer? status its exit status; 128 + n after signal n, as shells say
---@return "timeout"|"interrupted"|string? reason
---@return integer? errno
function sys.wait(pid, seconds) end

-- One process, never a group.
---@param pid integer
---@param signal string|integer "TERM", "INT", ...; 0 only asks whether it is there
---@return true? ok
---@return string? reason
---@return integer? errno
function sys.kill(pid, signal) end

-- ---- signals: for programs --------------------------------------------------------------------
-- A library catches none: nothing below acts before sys.catch, and one Lua state of a process may catch.

---@class rhub.sys.catch_options
---@field leave? table<string, integer> how often a signal comes before the process leaves at once, from
--- within the handler, whatever it is busy with: { INT = 3, TERM = 1 }
---@field grace? number seconds that a busy coroutine may go on after a signal, 1 by default

-- Catches signals ("INT", "TERM", "HUP", ...). One that is ignored already, as under nohup, stays ignored.
---@param names string[]
---@param options? rhub.sys.catch_options
---@return integer fd readable when a signal has come
function sys.catch(names, options) end

-- Takes the oldest signal that came and was not taken yet.
---@return string? name
function sys.caught() end

-- What came until now counts no more, neither as news nor towards leaving.
function sys.forget_signals() end

-- Tells which coroutine runs from now on (nil: none that may be stopped). When INT, TERM, HUP or QUIT is not
-- taken within the grace, or a second one comes, `error("interrupted", 0)` happens in it at its next
-- instructions. Does nothing where no signals are caught.
---@param co? thread
function sys.resume_hook(co) end

-- What is written to standard error, and the exit code, when a signal makes the process leave at once. Where
-- this was never said, nothing is written and the code is 128 + the signal's number.
---@param text? string nil takes it back
---@param code? integer 130 by default
function sys.on_last(text, code) end

-- A line to follow that text, such as the id of a task left behind. Costs the same however many there are.
---@param key any its name: the same one replaces it
---@param line? string without its end; nil takes it back
function sys.last_line(key, line) end

return sys
