-- Files of rows, with all that people's programs write into them: CSV, TSV, JSONL, Lua, standard input.
local problems = require "rhub.batch.problems"
local rows = require "rhub.batch.rows"

local paths = {}
local function file(text, ending)
  local base = os.tmpname()
  local path = base .. "." .. (ending or "csv")
  assert(os.rename(base, path))
  local f <close> = assert(io.open(path, "wb"))
  f:write(text)
  paths[#paths + 1] = path
  return path
end
teardown(function() for _, path in ipairs(paths) do os.remove(path) end end)

-- The rows' values, and the problems as "line:column message".
local function read(text, ending)
  local source <close> = assert(rows.open(file(text, ending)))
  local found, list = problems.new "rows", {}
  for row in source:each(found) do
    assert.equal(#list + 1, row.number)
    list[#list + 1] = row.values
  end
  local said = {}
  for i, one in ipairs(found.list) do said[i] = one.param .. " " .. one.message end
  return list, said, source
end

describe("CSV", function()
  it("reads fields, quoted ones with separators, quotes and line ends within", function()
    local list, said = read('a,b\n1,2\n"x, y","say ""hi"""\n"two\nlines",""\n')
    assert.same({}, said)
    assert.same({ { a = "1", b = "2" }, { a = "x, y", b = 'say "hi"' }, { a = "two\nlines", b = "" } }, list)
  end)

  it("takes a byte order mark, CRLF, blank lines and a last line without an end", function()
    local list, said = read('\xEF\xBB\xBFa,b\r\n\r\n1,"2\r\n3"\r\n4,5')
    assert.same({}, said)
    assert.same({ { a = "1", b = "2\r\n3" }, { a = "4", b = "5" } }, list)
  end)

  it("keeps empty fields at the end and blanks within", function()
    local list = read "a,b,c\n1,,\n , x ,\n"
    assert.same({ { a = "1", b = "", c = "" }, { a = " ", b = " x ", c = "" } }, list)
  end)

  it("tells each problem with its line and column, in characters, and reads on", function()
    local list, said = read 'a,b\n猫,x"y\n1\n"q"z,2\n1,2,3\n\xFF,1\nok,ok\n'
    assert.same({ { a = "ok", b = "ok" } }, list)
    assert.same({
      '2:4 a quote inside of a field: put the field in quotes, and write "" for this one',
      "3:2 1 field where the header has 2",
      '4:4 text after a closing quote: a quote within a field is written ""',
      "5:5 3 fields where the header has 2; a field with a comma in it stands in quotes",
      "6:1 no UTF-8: save the file as UTF-8",
    }, said)
  end)

  it("says where a quote was opened that is never closed", function()
    local list, said = read('a,b\n1,"x\n2,3\n')
    assert.same({ {}, { "2:3 a quote that is never closed" } }, { list, said })
  end)

  it("counts lines within quotes", function()
    local _, said = read 'a,b\n"1\n2\n3",x"\n4\n'
    assert.equal("4:5", said[1]:match "^%S+")
    assert.equal("5:2", said[2]:match "^%S+")
  end)

  it("refuses a header that does not name its columns", function()
    local _, said = read "a, ,,a\n1,2,3,4\n"
    assert.same({ "1:3 a column without a name", "1:5 a column without a name",
      '1:6 a second column "a"' }, said)
    assert.same({ "1:1 is empty: the first line names the columns" }, select(2, read ""))
  end)

  it("refuses lines that end in CR alone", function()
    local list, said = read "a,b\r1,2\r3,4\r"
    assert.same({ {}, { "1:4 a line that ends in CR alone: save the file with LF or CRLF" } }, { list, said })
  end)

  it("tells a screenful of problems and counts the rest", function()
    local source <close> = assert(rows.open(file("a,b\n" .. ("1\n"):rep(500))))
    local found = problems.new "rows.csv"
    for _ in source:each(found) do error "no row can be read" end
    local err = found:error()
    assert.same({ "input", 500, 20, "no" }, { err.kind, err.count, #err.problems, err.spent })
    assert.matches("rows.csv:2:2: 1 field where the header has 2", err.message, 1, true)
    assert.matches("and 480 more; nothing was sent", err.message, 1, true)
  end)

  it("holds one record at a time, however long the file is", function()
    local path = file("a,b\n" .. ("some text,more text\n"):rep(100000))
    local source <close> = assert(rows.open(path))
    local found, n, most = problems.new "rows", 0, 0
    collectgarbage()
    local before = collectgarbage "count"
    for _ in source:each(found) do
      n = n + 1
      if n % 10000 == 0 then
        collectgarbage()
        most = math.max(most, collectgarbage "count" - before)
      end
    end
    assert.equal(100000, n)
    assert.is_true(most < 200, ("%.0f KB were held"):format(most)) -- the file has 2 MB
  end)
end)

describe("TSV", function()
  it("separates by tabs and takes quotes within a field as they are", function()
    local list, said = read('a\tb\n12" pizza\t"x\ty"\n', "tsv")
    assert.same({}, said)
    assert.same({ { a = '12" pizza', b = "x\ty" } }, list)
  end)
end)

describe("JSONL", function()
  it("keeps the types of values, and reads null as nothing", function()
    local list, said = read('{"a":"x","n":9007199254740993,"l":["p","q"]}\n\n{"a":null}', "jsonl")
    assert.same({}, said)
    assert.same({ "x", 9007199254740993, { "p", "q" } }, { list[1].a, list[1].n, list[1].l })
    assert.same({ a = "" }, list[2])
  end)

  it("keeps the digits of numbers that Lua has no exact value for", function()
    local list = read('{"a":12345678901234567890,"b":-9223372036854775808,"c":1e400,"d":0.5}\n', "jsonl")
    assert.same({ { a = "12345678901234567890", b = math.mininteger, c = "1e400", d = 0.5 } }, list)
  end)

  it("tells bad lines by line and column, and what was expected there", function()
    local list, said = read('{"a":1}\n{"a" 2}\n[1]\n7\n{"a":2}\n', "jsonl")
    assert.equal(2, #list)
    assert.equal("2:6 ':' expected, found '2'", said[1])
    assert.same({ "2:6", "3:1", "4:1" },
      { said[1]:match "^%S+", said[2]:match "^%S+", said[3]:match "^%S+" })
  end)
end)

describe("a Lua file", function()
  it("returns rows, or an iterator over them, which runs once", function()
    assert.same({ { a = "x" }, { a = "y" } }, (read('return { { a = "x" }, { a = "y" } }', "lua")))
    local source <close> = assert(rows.open(file([[
      ran = (ran or 0) + 1
      return coroutine.wrap(function() for i = 1, 3 do coroutine.yield { i = i * ran } end end)]], "lua")))
    for _ = 1, 2 do
      local sum = 0
      for row in source:each(problems.new "rows") do sum = sum + row.values.i end
      assert.equal(6, sum)
    end
    assert.same({ { a = 1 }, { a = 2 } }, (read("return ipairs { { a = 1 }, { a = 2 } }", "lua")))
  end)

  it("with a list that has a hole is told of, and where the hole is", function()
    for text, reason in pairs { ["return { { a = 1 }, nil, { a = 3 } }"] = "row 2 of 3 is missing",
      ["return table.pack({ a = 1 }, nil)"] = "row 2 of 2 is missing",
      ["return { [5] = { a = 1 } }"] = "row 1 of 5 is missing",
      ['return { subject = "a cat" }'] = 'a table with the key "subject"' } do
      local source, err = rows.open(file(text, "lua"))
      assert.is_nil(source)
      assert.equal("input", err.kind)
      assert.matches(reason, err.message, 1, true)
    end
    assert.same({ { a = 1 }, { a = 2 } }, (read("return table.pack({ a = 1 }, { a = 2 })", "lua")))
  end)

  it("is told of by row where it returns something else", function()
    for text, reason in pairs { ["return 7"] = "number", ["return { 7 }"] = "row 1 is a number",
      ["return { { 1, 2 } }"] = "row 1 has no columns", ["error 'no'"] = "no", ["return {"] = "expected",
      ["return { { f = print } }"] = "row 1" } do
      local source, err = rows.open(file(text, "lua"))
      assert.is_nil(source)
      assert.same({ "input", "no" }, { err.kind, err.spent })
      assert.matches(reason, err.message, 1, true)
    end
  end)
end)

describe("a file of another name", function()
  it("is known by its first line", function()
    assert.equal("jsonl", select(3, read('\n {"a":1}\n', "txt")).format)
    assert.equal("tsv", select(3, read("a\tb\n1\t2\n", "txt")).format)
    assert.equal("csv", select(3, read("a,b\n1,2\n", "txt")).format)
  end)

  it("is read to its end and kept where it can be read only once", function()
    local path = os.tmpname()
    os.remove(path)
    assert(os.execute("mkfifo " .. path))
    paths[#paths + 1] = path
    local writer = assert(io.popen("printf 'a\\n1\\n2\\n' >" .. path, "w"))
    local source <close> = assert(rows.open(path))
    writer:close()
    for _ = 1, 2 do
      local list = {}
      for row in source:each(problems.new "rows") do list[#list + 1] = row.values.a end
      assert.same({ "1", "2" }, list)
    end
  end)

  it("is read as it was opened, whatever takes its place", function()
    local path = file "a\n1\n"
    local source <close> = assert(rows.open(path))
    os.remove(path)
    file "a\n2\n"
    assert(os.rename(paths[#paths], path))
    assert.equal("1", source:each(problems.new "rows")().values.a)
  end)

  it("that cannot be read is told of by name", function()
    for _, path in ipairs { "/nonexistent.csv", "/" } do
      local _, err = rows.open(path)
      assert.matches(path .. ": ", err.message, 1, true)
    end
  end)
end)
