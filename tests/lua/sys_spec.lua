local stock = require "support.stock"
local sys = require "rhub.sys"

local folder

setup(function()
  local pipe <close> = assert(io.popen("mktemp -d"))
  folder = pipe:read("l")
end)

teardown(function() os.execute("rm -rf " .. folder) end)

-- Code for a stock interpreter of its own, with `sys` in reach.
local function with_sys(code)
  return stock.command("sys = require 'rhub.sys'\n" .. code)[3]
end

local function run(code, group)
  return assert(sys.spawn { "lua5.4", "-e", with_sys(code), group = group })
end

-- Ends the child's input. Returns everything that it still writes, as lines, and its exit status.
local function finish(child)
  local lines = {}
  sys.close(child.stdin)
  for line in function() return (sys.readline(child.stdout, 10)) end do lines[#lines + 1] = line end
  sys.close(child.stdout)
  return lines, assert(sys.wait(child.pid, 10))
end

local function output(code)
  local lines, status = finish(run(code))
  assert.are.equal(0, status)
  return lines
end

describe("clocks", function()
  it("go forward", function()
    local before = sys.now()
    assert.is_true(sys.now() >= before)
    assert.are.equal("float", math.type(before))
    assert.is_true(math.abs(sys.time() - os.time()) < 5)
  end)
end)

describe("poll", function()
  it("tells which descriptors are ready, in a table that it uses again", function()
    local child = run("io.read() print 'here' io.read()")
    local fds = { child.stdout, 1, child.stdin, 2 }
    assert.are.equal(1, sys.poll(fds, 0))
    local ready = fds.ready
    assert.are.same({ child.stdin }, ready)
    sys.write(child.stdin, "\n")
    fds[3], fds[4] = nil, nil
    assert.are.equal(1, sys.poll(fds, 10))
    assert.are.equal(ready, fds.ready)
    assert.are.same({ child.stdout }, ready)
    assert.are.equal("here", sys.readline(child.stdout))
    assert.are.equal(0, sys.poll(fds, 0))
    assert.are.same({}, ready)
    finish(child)
  end)

  it("waits for as long as it is told where there is nothing to watch", function()
    local before = sys.now()
    assert.are.equal(0, sys.poll({}, 0.02))
    assert.is_true(sys.now() - before >= 0.02)
    assert.are.equal(0, sys.poll({}, -1))
  end)

  it("watches many at once", function()
    local children, fds = {}, {}
    for i = 1, 40 do
      children[i] = assert(sys.spawn { "cat" })
      fds[2 * i - 1], fds[2 * i] = children[i].stdout, 1
    end
    sys.write(children[37].stdin, "x")
    assert.are.equal(1, sys.poll(fds, 10))
    assert.are.same({ children[37].stdout }, fds.ready)
    for _, child in ipairs(children) do finish(child) end
  end)

  it("returns when a signal arrives", function()
    assert.are.same({ "interrupted\t1\tUSR1" }, output [[
      local fd = sys.catch { "USR1" }
      local child = sys.spawn { "sh", "-c", "while kill -USR1 " .. sys.getpid() .. "; do :; done" }
      local n, reason = sys.poll({}, 10)
      sys.kill(child.pid, "KILL")
      sys.wait(child.pid, 10) -- none of its signals is on the way any more
      print(reason, sys.poll({ fd, 1 }, 10), sys.caught()) ]])
  end)

  it("raises for what is no list of descriptors", function()
    assert.has_error(function() sys.poll({ 1 }, 0) end)
    assert.has_error(function() sys.poll({ 1, 4 }, 0) end)
    assert.has_error(function() sys.poll({ "x", 1 }, 0) end)
    assert.has_error(function() sys.poll({}, 0 / 0) end)
    assert.has_error(function() sys.poll({ 9999, 1 }, 0) end, "descriptor 9999 is not open")
  end)
end)

describe("write and readline", function()
  it("pass text whole, NULs included, and read no further than the line", function()
    local child = assert(sys.spawn { "cat" })
    assert.is_true(sys.write(child.stdin, "one\0\n\ntwo"))
    sys.close(child.stdin)
    assert.are.equal("one\0", sys.readline(child.stdout, 10))
    assert.are.equal("", sys.readline(child.stdout, 10))
    assert.are.equal("two", sys.readline(child.stdout, 10))
    assert.are.same({ nil, "eof" }, { sys.readline(child.stdout, 10) })
    sys.close(child.stdout)
    assert.are.equal(0, sys.wait(child.pid))
  end)

  it("give up a line that does not come in time, or that does not end", function()
    local child = assert(sys.spawn { "sh", "-c", "read x; tr '\\0' a </dev/zero" })
    assert.are.same({ nil, "timeout" }, { sys.readline(child.stdout, 0.01) })
    sys.write(child.stdin, "\n")
    assert.are.same({ nil, "the line is longer than 64 KB" }, { sys.readline(child.stdout, 10) })
    sys.kill(child.pid, "KILL")
    finish(child)
  end)

  it("tell why writing failed", function()
    local lines = output [[
      sys.ignore_pipe()
      local child = sys.spawn { "true" }
      sys.wait(child.pid)
      print(sys.write(child.stdin, "x")) ]]
    assert.are.same({ "nil\tBroken pipe\t32" }, lines)
  end)

  it("raise for what is no descriptor", function()
    assert.has_error(function() sys.write(-1, "") end)
    assert.has_error(function() sys.readline("x") end)
    assert.are.same({ nil, "Bad file descriptor", 9 }, { sys.close(9999) })
  end)
end)

describe("files", function()
  it("are told by type, size and mode", function()
    local path = folder .. "/file"
    assert.is_true(sys.write_private(path, "12345"))
    local stat = assert(sys.stat(path))
    assert.are.same({ "file", 5, tonumber("600", 8) }, { stat.type, stat.size, stat.mode })
    assert.is_true(math.abs(stat.mtime - os.time()) < 60)
    assert.are.equal("dir", sys.stat(folder).type)
    assert.are.equal("other", sys.stat("/dev/null").type)
    assert.are.same({ nil, "No such file or directory", 2 }, { sys.stat(folder .. "/missing") })
    assert.are.same({ nil, "a path cannot hold a NUL byte" }, { sys.stat("/dev/null\0x") })
  end)

  it("are readable or not, with the reason", function()
    assert.is_true(sys.readable("/dev/null"))
    assert.are.same({ nil, "No such file or directory", 2 }, { sys.readable(folder .. "/missing") })
  end)

  it("are listed by folder", function()
    local inner = folder .. "/listed"
    assert(sys.mkdir_p(inner))
    assert.are.same({}, sys.list(inner))
    for _, name in ipairs { "b", "a", ".c" } do assert(sys.write_private(inner .. "/" .. name, "x")) end
    local names = sys.list(inner)
    table.sort(names)
    assert.are.same({ ".c", "a", "b" }, names)
    local one_by_one, next_name = {}, sys.names(inner)
    for name in next_name do one_by_one[#one_by_one + 1] = name end
    table.sort(one_by_one)
    assert.are.same({ names, nil }, { one_by_one, next_name() })
    assert.are.same({ nil, "No such file or directory", 2 }, { sys.names(folder .. "/missing") })
    assert.are.same({ nil, "No such file or directory", 2 }, { sys.list(folder .. "/missing") })
    assert.are.same({ nil, "Not a directory", 20 }, { sys.list(inner .. "/a") })
    os.execute("rm -r " .. inner)
  end)

  it("may have no name, in TMPDIR, and are gone with the process", function()
    local own = folder .. "/tmp"
    assert(sys.mkdir_p(own))
    local code = ([[local sys = require "rhub.sys"
      local file = assert(sys.tmpfile())
      assert(file:write "12345" and file:seek "set" == 0 and file:read "a" == "12345")
      assert(io.type(file) == "file" and #sys.list(%q) == 0)
      assert(file:close() and io.type(file) == "closed file")
      sys.tmpfile():write "left open"]]):format(own)
    assert(sys.write_private(folder .. "/own.lua", code))
    local lua = ("LUA_CPATH='%s' lua5.4"):format(stock.cpath)
    assert.is_true(os.execute(("TMPDIR=%s %s %s/own.lua"):format(own, lua, folder)))
    assert.are.same({}, sys.list(own))
    code = 'local file, why, code = require("rhub.sys").tmpfile() assert(not file and why and code == 2)'
    assert.is_true(os.execute(("TMPDIR=%s/none %s -e '%s'"):format(own, lua, code)))
  end)

  it("get a new name, and never that of another", function()
    local a, b = folder .. "/from", folder .. "/to"
    assert(sys.write_private(a, "a"))
    assert.is_true(sys.rename_new(a, b))
    assert.are.same({ nil, "a" }, { sys.stat(a), sys.read(b) })
    assert(sys.write_private(a, "another"))
    assert.are.same({ nil, "File exists", 17 }, { sys.rename_new(a, b) })
    assert.are.same({ "another", "a" }, { sys.read(a), sys.read(b) })
    assert.are.same({ nil, "No such file or directory", 2 }, { sys.rename_new(folder .. "/none", b .. "2") })
    assert.are.same({ nil, "a path cannot hold a NUL byte" }, { sys.rename_new(a, "x\0y") })
  end)

  it("are read whole, up to a limit", function()
    local path, text = folder .. "/long", ("\0text\n"):rep(20000)
    sys.write_private(path, text)
    assert.are.equal(text, sys.read(path))
    assert.are.equal(text, sys.read(path, #text))
    assert.are.same({ nil, "larger than 119999 bytes" }, { sys.read(path, #text - 1) })
    assert.are.same({ nil, "Is a directory", 21 }, { sys.read(folder) })
    assert.are.equal("", sys.read("/dev/null"))
  end)

  it("are replaced whole, and the new one is private whatever the old one was", function()
    local path = folder .. "/config"
    local file <close> = assert(io.open(path, "w"))
    file:write("old")
    file:close()
    os.execute("chmod 644 " .. path)
    assert.is_true(sys.write_private(path, "new"))
    assert.are.equal("new", sys.read(path))
    assert.are.equal(tonumber("600", 8), sys.stat(path).mode)
  end)

  it("leave nothing behind where they cannot be written", function()
    sys.mkdir_p(folder .. "/w/taken/full")
    assert.are.same({ nil, "Is a directory", 21 }, { sys.write_private(folder .. "/w/taken", "x") })
    local pipe <close> = assert(io.popen("ls " .. folder .. "/w"))
    assert.are.equal("taken\n", pipe:read("a"))
    assert.are.same({ nil, "No such file or directory", 2 }, { sys.write_private(folder .. "/no/file", "x") })
  end)

  it("get their folders made, those above included", function()
    assert.is_true(sys.mkdir_p(folder .. "/a/b//c/"))
    assert.is_true(sys.mkdir_p(folder .. "/a/b/c"))
    assert.are.equal("dir", sys.stat(folder .. "/a/b/c").type)
    sys.write_private(folder .. "/plain", "")
    assert.are.same({ nil, "Not a directory", 20 }, { sys.mkdir_p(folder .. "/plain/x") })
    assert.are.same({ nil, "Not a directory", 20 }, { sys.mkdir_p(folder .. "/plain") })
    assert.are.same({ nil, "No such file or directory", 2 }, { sys.mkdir_p("") })
  end)
end)

describe("children", function()
  it("read the end of their input when it is closed", function()
    local child = assert(sys.spawn { "sh", "-c", "cat >/dev/null; echo ended; exit 3" })
    sys.close(child.stdin)
    assert.are.equal("ended", sys.readline(child.stdout, 10))
    sys.close(child.stdout)
    assert.are.equal(3, sys.wait(child.pid))
  end)

  it("read the end of their input when their parent is killed", function()
    local parent = run [[
      local child = sys.spawn { "sh", "-c", "echo $$; cat >/dev/null" }
      print(sys.readline(child.stdout, 10))
      io.read() ]]
    local grandchild = math.tointeger(sys.readline(parent.stdout, 10))
    assert.is_true(sys.kill(grandchild, 0))
    sys.kill(parent.pid, "KILL")
    finish(parent)
    local deadline = sys.now() + 10 -- it is nobody's child here: ask until it is gone
    while sys.kill(grandchild, 0) and sys.now() < deadline do sys.poll({}, 0.005) end
    assert.is_nil((sys.kill(grandchild, 0)))
  end)

  it("inherit no descriptor of another child", function()
    local function inherited()
      local child = assert(sys.spawn { "sh", "-c", "ls /proc/self/fd | wc -l" })
      return finish(child)[1]
    end
    local before = inherited()
    local other = assert(sys.spawn { "cat" })
    assert.are.equal(before, inherited())
    finish(other)
  end)

  it("begin with default signals", function()
    local lines = output [[
      sys.ignore_pipe()
      local child = sys.spawn { "sh", "-c", "kill -PIPE $$; echo ignored" }
      print(sys.readline(child.stdout, 10), sys.wait(child.pid)) ]]
    assert.are.same({ "nil\t141" }, { (lines[1]:gsub("\teof", "")) })
  end)

  it("are waited for with a limit", function()
    local child = assert(sys.spawn { "cat" })
    assert.are.same({ nil, "timeout" }, { sys.wait(child.pid, 0) })
    assert.are.same({ nil, "timeout" }, { sys.wait(child.pid, 0.01) })
    assert.is_true(sys.kill(child.pid, "TERM"))
    assert.are.equal(128 + 15, sys.wait(child.pid, 10))
    assert.are.same({ nil, "No child processes", 10 }, { sys.wait(child.pid) })
    sys.close(child.stdin)
    sys.close(child.stdout)
  end)

  it("are told from programs that are not there", function()
    for _, program in ipairs { "/no/such/program", "no-such-program" } do
      local child, reason, code = sys.spawn { program }
      if child then -- valgrind tells of it only by the exit status
        assert.are.equal(127, select(2, finish(child)))
      else
        assert.are.same({ "No such file or directory", 2 }, { reason, code })
      end
    end
    assert.has_error(function() sys.spawn {} end)
    assert.has_error(function() sys.spawn { "cat", 5 } end)
  end)

  it("have a process group of their own where that is asked for", function()
    local code = "print((io.open('/proc/self/stat'):read('a'):match('%d+ %b() %a %d+ (%d+)')))"
    local alone, along = run(code, true), run(code)
    assert.are.equal(alone.pid, math.tointeger(finish(alone)[1]))
    assert.are_not.equal(along.pid, math.tointeger(finish(along)[1]))
  end)

  it("are never signalled as a group", function()
    for _, pid in ipairs { 0, -1 } do
      assert.has_error(function() sys.kill(pid, "TERM") end)
    end
    assert.has_error(function() sys.kill(sys.getpid(), "SIGTERM") end)
    assert.has_error(function() sys.kill(sys.getpid(), 12345) end)
  end)
end)

describe("the terminal", function()
  it("is told from a pipe and a file", function()
    local child = assert(sys.spawn { "cat" })
    assert.is_false(sys.isatty(child.stdout))
    assert.is_nil(sys.width(child.stdout))
    assert.is_nil(sys.height(child.stdout))
    finish(child)
  end)

  it("is needed to ask for a secret", function()
    local child = assert(sys.spawn { "setsid", "-w", "lua5.4", "-e", with_sys "print(sys.getpass 'key: ')" })
    assert.are.same({ "nil\tno terminal" }, (finish(child)))
  end)

  -- script(1) gives the child a terminal; what is typed comes through its input.
  local function at_a_terminal(code)
    local path = folder .. "/code.lua"
    sys.write_private(path, with_sys(code))
    return assert(sys.spawn { "script", "-qec", "lua5.4 " .. path, "/dev/null" })
  end

  local function await(child, text)
    local seen = ""
    while not seen:find(text, 1, true) do
      assert(sys.poll({ child.stdout, 1 }, 10) == 1, "no '" .. text .. "' in: " .. seen)
      seen = seen .. (assert(sys.readline(child.stdout, 10)))
    end
    return seen
  end

  it("does not show a secret that is typed", function()
    local child = at_a_terminal "print('got ' .. sys.getpass 'key:\\n')"
    await(child, "key:")
    sys.write(child.stdin, "hush\n")
    local rest = await(child, "got ")
    assert.matches("got hush", rest, 1, true)
    assert.is_nil(rest:gsub("got hush", ""):find("hush", 1, true))
    finish(child)
  end)

  it("has its echo back before a signal acts", function()
    local child = at_a_terminal [[
      sys.catch { "INT" }
      local text, reason = sys.getpass 'key:\n'
      local echo = io.popen('stty -a'):read('a'):match('%-?echo%f[%W]')
      print(text, reason, sys.caught(), echo) ]]
    await(child, "key:")
    sys.write(child.stdin, "\3")
    assert.matches("nil\tinterrupted\tINT\techo", await(child, "interrupted"), 1, true)
    finish(child)
  end)
end)

describe("signals", function()
  it("do not concern a library: nothing acts before catch", function()
    assert.are.same({ "nil\tfalse\tfalse" }, output [[
      sys.resume_hook(coroutine.create(print))
      sys.resume_hook(nil)
      sys.forget_signals()
      print(sys.caught(), (pcall(sys.on_last, "x")), (pcall(sys.last_line, 1, "x"))) ]])
  end)

  it("are taken in the order in which they came", function()
    assert.are.same({ "1\tUSR1\tTERM\tUSR1\tnil" }, output [[
      local fd = sys.catch { "USR1", "TERM" }
      for _, name in ipairs { "USR1", "TERM", "USR1" } do sys.kill(sys.getpid(), name) end
      print(sys.poll({ fd, 1 }, 0), sys.caught(), sys.caught(), sys.caught(), sys.caught()) ]])
  end)

  it("that are ignored already stay so", function()
    local child = assert(sys.spawn { "sh", "-c", "trap '' HUP; exec lua5.4 -e \"$0\"", with_sys [[
        sys.catch { "HUP" }
        sys.kill(sys.getpid(), "HUP")
        print(sys.caught()) ]] })
    assert.are.same({ "nil" }, (finish(child)))
  end)

  local BUSY = [[
    local co = coroutine.create(function() ready() while true do end end)
    sys.resume_hook(co)
    print(coroutine.resume(co))
    sys.resume_hook(nil)
    print(sys.caught(), sys.caught()) ]]

  it("stop a coroutine that is busy for longer than the grace", function()
    assert.are.same({ "false\tinterrupted", "INT\tnil" }, output([[
      sys.catch({ "INT" }, { grace = 0.01 })
      function ready() sys.kill(sys.getpid(), "INT") end ]] .. BUSY))
  end)

  it("stop a busy coroutine at once when a second one comes", function()
    assert.are.same({ "false\tinterrupted", "INT\tINT" }, output([[
      sys.catch({ "INT" }, { grace = 1e9 })
      function ready() sys.kill(sys.getpid(), "INT") sys.kill(sys.getpid(), "INT") end ]] .. BUSY))
  end)

  it("leave a coroutine alone once they are taken", function()
    assert.are.same({ "INT", "true\tdone" }, output [[
      sys.catch({ "INT" }, { grace = 0 })
      local co = coroutine.create(function()
        sys.kill(sys.getpid(), "INT")
        print(sys.caught())
        for _ = 1, 1e5 do end
        return "done"
      end)
      sys.resume_hook(co)
      print(coroutine.resume(co)) ]])
  end)

  it("that do not ask to stop do not stop anything", function()
    assert.are.same({ "true", "WINCH" }, output [[
      sys.catch({ "WINCH" }, { grace = 0 })
      local co = coroutine.create(function() sys.kill(sys.getpid(), "WINCH") for _ = 1, 1e5 do end end)
      sys.resume_hook(co)
      print(coroutine.resume(co))
      print(sys.caught()) ]])
  end)

  it("end the process from within when they have come often enough, with last words", function()
    local child = assert(sys.spawn { "sh", "-c", "exec lua5.4 -e \"$0\" 2>&1", with_sys [[
        sys.catch({ "INT", "TERM" }, { leave = { INT = 3, TERM = 1 } })
        sys.on_last("never seen\n", 9)
        sys.on_last("left behind:\n", 7)
        for i = 1, 5 do sys.last_line(i, "task " .. i) end
        sys.last_line(1) sys.last_line(3) sys.last_line(5) sys.last_line(4, "task four") sys.last_line(9)
        collectgarbage() collectgarbage()
        for i = 1, 3 do sys.kill(sys.getpid(), "INT") end
        print "not reached" ]] })
    local lines, status = finish(child)
    assert.are.same({ "left behind:", "task 2", "task four" }, lines)
    assert.are.equal(7, status)
  end)

  it("end it also where nobody reads what it has to say", function()
    local child = assert(sys.spawn { "sh", "-c", "exec lua5.4 -e \"$0\" 2>&1", with_sys [[
      sys.catch({ "TERM" }, { leave = { TERM = 1 } })
      sys.on_last(("x"):rep(1000000), 4)
      for i = 1, 1000 do sys.last_line(i, "line") end
      sys.kill(sys.getpid(), "TERM") ]] })
    assert.are.equal(4, sys.wait(child.pid, 60))
    sys.close(child.stdin)
    sys.close(child.stdout)
  end)

  it("end it also while it is busy in C, or in a foreign coroutine", function()
    for _, busy in ipairs {
      "('a'):rep(100000):find(('.-'):rep(50) .. 'b')",
      "coroutine.wrap(function() while true do end end)()",
      "string.gsub('x', 'x', function() while true do end end)",
    } do
      local child = run([[
        sys.catch({ "TERM" }, { leave = { TERM = 1 } })
        sys.on_last("", 3)
        print "ready"; ]] .. busy)
      assert.are.equal("ready", sys.readline(child.stdout, 10))
      sys.kill(child.pid, "TERM")
      local _, status = finish(child)
      assert.are.equal(3, status)
    end
  end)

  it("end it with the shell's code where there are no last words", function()
    local _, status = finish(run [[
      sys.catch({ "TERM" }, { leave = { TERM = 1 } })
      sys.kill(sys.getpid(), "TERM") ]])
    assert.are.equal(128 + 15, status)
  end)

  it("count afresh after forget_signals", function()
    assert.are.same({ "nil", "INT" }, output [[
      sys.catch({ "INT" }, { leave = { INT = 2 } })
      sys.kill(sys.getpid(), "INT")
      sys.forget_signals()
      print(sys.caught())
      sys.kill(sys.getpid(), "INT")
      print(sys.caught()) ]])
  end)

  it("get their old handlers back when the Lua state is closed", function()
    local lines, status = finish(run [[
      setmetatable({}, { __gc = function() sys.kill(sys.getpid(), "TERM") end })
      sys.catch { "TERM" }
      print "closing" ]])
    assert.are.same({ "closing" }, lines)
    assert.are.equal(128 + 15, status)
  end)

  it("cannot be caught where the system does not let them", function()
    assert.are.same({ "false", "false" }, output [[
      print((pcall(sys.catch, { "KILL" })))
      print((pcall(sys.catch, { "NONE" }))) ]])
  end)
end)

describe("the process", function()
  it("is told by path and id", function()
    assert.are.equal("file", sys.stat(sys.exe()).type)
    assert.is_true(sys.kill(sys.getpid(), 0))
  end)

  it("may open as many descriptors as the system allows", function()
    assert.are.same({ "true" }, output [[
      local limit = sys.raise_nofile()
      print(io.popen("ulimit -n"):read("a"):match("%d+") == tostring(limit)) ]])
  end)
end)
