local json = require "rhub.json"
local stock = require "support.stock"

local function refusal(...)
  local text, err = json.encode(...)
  assert.is_nil(text)
  assert.are.equal("input", err.kind)
  assert.are.equal("no", err.spent)
  assert.is_false(err.retryable)
  return err.message
end

local function mistake(text, options)
  local value, err = json.decode(text, options)
  assert.is_nil(value)
  assert.are.equal("input", err.kind)
  return err.message
end

local function same_float(n)
  local back = json.decode(assert(json.encode(n)))
  assert.are.equal("float", math.type(back))
  assert.are.equal(string.pack("n", n), string.pack("n", back))
end

describe("an error", function()
  it("prints as one line, also where nothing else of rhub is loaded", function()
    local _, err = json.decode("{")
    assert.equal("input: " .. err.message, tostring(err))
    assert.is_nil(tostring(err):find("\n", 1, true))
  end)

  it("is one of rhub's errors", function()
    local errors = require "rhub.errors"
    assert.is_true(errors.is(select(2, json.encode(0 / 0))))
    assert.is_false(errors.is(json.array {}))
  end)
end)

describe("numbers", function()
  it("keep 64-bit integers exact both ways", function()
    for _, digits in ipairs { "0", "-1", "9007199254740993", "2013508786110730241", "-9223372036854775808",
      "9223372036854775807" } do
      local n = json.decode(digits)
      assert.are.equal("integer", math.type(n))
      assert.are.equal(digits, json.encode(n))
    end
  end)

  it("write an integer without and a float with a fraction", function()
    assert.are.equal("5", json.encode(5))
    assert.are.equal("5.0", json.encode(5.0))
    assert.are.equal("-0.0", json.encode(-0.0))
    assert.are.equal("1e+15", json.encode(1e15))
  end)

  it("write floats with as few digits as read back the same", function()
    local shortest = { [0.1] = "0.1", [1 / 3] = "0.3333333333333333", [5e-324] = "5e-324",
      [0.1 + 0.2] = "0.30000000000000004", [1e300] = "1e+300", [123456789.125] = "123456789.125" }
    for n, text in pairs(shortest) do assert.are.equal(text, json.encode(n)) end
  end)

  it("read every float back bit for bit", function()
    for _, n in ipairs { 2.2250738585072014e-308, 2.2250738585072011e-308, 1.7976931348623157e308, -0.0 } do
      same_float(n)
    end
    local seed = 88172645463325252
    for _ = 1, 2000 do
      seed = seed ~ seed << 13
      seed = seed ~ seed >> 7
      seed = seed ~ seed << 17
      local n = string.unpack("n", string.pack("j", seed))
      if n == n and n ~= math.huge and n ~= -math.huge then same_float(n) end
    end
  end)

  it("become floats where they need more than 64 bits, or text where that is asked for", function()
    assert.are.equal(9223372036854775808.0, json.decode("9223372036854775808"))
    assert.are.equal(-9223372036854775809.0, json.decode("-9223372036854775809"))
    local list = json.decode("[9223372036854775808, 9223372036854775807, 1.5, 1e999]", { big = "string" })
    assert.are.same({ "9223372036854775808", math.maxinteger, 1.5, "1e999" }, list)
  end)

  it("are refused where no float is large enough", function()
    assert.are.equal("JSON, line 1, column 2: the number is too large", mistake("[1e400]"))
    assert.are.equal("JSON, line 1, column 1: the number is too large", mistake(("9"):rep(400)))
  end)

  it("do not depend on the locale", function()
    local folder = os.tmpname()
    os.remove(folder)
    finally(function() os.execute("rm -rf " .. folder) end)
    local make = "mkdir %s && localedef -i de_DE -f UTF-8 %s/de_DE.UTF-8 2>/dev/null"
    if not os.execute(make:format(folder, folder)) then
      return pending("localedef cannot make a locale with a decimal comma here")
    end
    local script = [[
      assert(os.setlocale("de_DE.UTF-8", "numeric") and ("%.1f"):format(0.5) == "0,5")
      local json = require "rhub.json"
      assert(json.encode { 0.5, 5.0, 1e-7 } == "[0.5,5.0,1e-07]")
      local list = json.decode("[0.5, 2.5e-3]")
      assert(list[1] == 1 / 2 and list[2] == 1 / 400)]]
    local command = ("LOCPATH=%s LUA_CPATH='%s' lua5.4 -e '%s'"):format(folder, stock.cpath, script)
    assert.is_true(os.execute(command))
  end)
end)

describe("encode", function()
  it("writes null, booleans, strings, lists and objects on one line", function()
    local value = { a = json.null, b = true, c = "x", d = { 1, 2, { e = false } } }
    assert.are.equal('{"a":null,"b":true,"c":"x","d":[1,2,{"e":false}]}', json.encode(value, { sort = true }))
  end)

  it("writes an empty table as an object unless it is marked as a list", function()
    assert.are.equal("{}", json.encode {})
    assert.are.equal("[]", json.encode(json.array()))
    assert.are.equal("[]", json.encode(json.array {}))
    assert.are.equal("[]", json.encode(json.empty_array))
    assert.are.equal("[[],{}]", json.encode(json.decode("[[],{}]")))
  end)

  it("takes what lua-cjson uses for null and for empty lists", function()
    finally(function() package.loaded.cjson = nil end)
    local array_mt, empty_array_mt = {}, {}
    package.loaded.cjson = { empty_array = io.stdout, array_mt = array_mt, empty_array_mt = empty_array_mt }
    assert.are.equal("[]", json.encode(setmetatable({}, array_mt)))
    assert.are.equal("[]", json.encode(setmetatable({}, empty_array_mt)))
    assert.are.equal("{}", json.encode(setmetatable({}, {})))
    package.loaded.cjson = nil
    local found, cjson = pcall(require, "cjson")
    if found then assert.are.equal(json.null, cjson.null) end
  end)

  it("escapes control bytes, quotes and backslashes, and nothing else", function()
    assert.are.equal([["\u0000\u0001\b\t\n\f\r\u001b\"\\/]] .. "\x7f\u{20AC}\u{1F600}" .. '"',
      json.encode("\0\1\b\t\n\f\r\27\"\\/\x7f\u{20AC}\u{1F600}"))
  end)

  it("sorts keys by their bytes where asked to", function()
    local value = { b = 1, a = 2, ["a\0"] = 3, B = 4, [""] = 5, ["\u{E9}"] = 6 }
    assert.are.equal('{"":5,"B":4,"a":2,"a\\u0000":3,"b":1,"\u{E9}":6}', json.encode(value, { sort = true }))
  end)

  it("reads tables raw: metamethods are not asked", function()
    local value = setmetatable({ a = 1 }, { __index = error, __pairs = error, __len = error })
    assert.are.equal('{"a":1}', json.encode(value))
  end)

  it("writes the same table twice where it does not contain itself", function()
    local shared = { 1 }
    assert.are.equal("[[1],[1]]", json.encode { shared, shared })
  end)

  it("can be called by a finalizer that runs while it encodes", function()
    local calls = 0
    local inner
    inner = function()
      setmetatable({}, { __gc = function()
        calls = calls + 1
        assert(json.encode { ("x"):rep(100) } == '["' .. ("x"):rep(100) .. '"]')
        if calls < 200 then inner() end
      end })
    end
    inner()
    local big = {}
    for i = 1, 20000 do big[i] = "item" .. i end
    local expected = '["' .. table.concat(big, '","') .. '"]'
    for _ = 1, 20 do assert.are.equal(expected, json.encode(big)) end
    assert.is_true(calls > 1)
  end)

  it("takes no harm from a finalizer that empties the table in hand", function()
    for _, options in ipairs { { sort = true }, { sort = false } } do
      for _ = 1, 20 do
        local value = {}
        for i = 1, 300 do value["key number " .. i] = { ("text"):rep(10) .. i } end
        setmetatable({}, { __gc = function()
          for key in pairs(value) do value[key] = nil end
        end })
        pcall(json.encode, value, options) -- raises or refuses at worst
      end
    end
  end)

  it("raises for a wrong call", function()
    assert.has_error(function() json.encode() end)
    assert.has_error(function() json.encode(1, 2) end)
    assert.has_error(function() json.encode(1, { pretty = true }) end)
  end)
end)

describe("what JSON cannot hold", function()
  local function place(params) return refusal(params, nil, "params") end

  it("is named by its place", function()
    assert.are.equal("params.nodes[3].x is a function: JSON cannot hold it",
      place { nodes = { 1, 2, { x = print } } })
    assert.are.equal("value[1] is a function: JSON cannot hold it", refusal { print })
    assert.are.equal("params is a function: JSON cannot hold it", refusal(print, { name = "params" }))
    assert.are.equal('params["first frame"] is a coroutine: JSON cannot hold it',
      place { ["first frame"] = coroutine.create(print) })
  end)

  it("is every type but text, numbers, booleans, null and tables of them", function()
    assert.are.equal("params.a is a userdata: JSON cannot hold it", place { a = io.stdout })
    assert.are.equal("params is nil: JSON cannot hold it", place(nil))
    assert.are.equal("params.a is NaN: JSON cannot hold it", place { a = 0 / 0 })
    assert.are.equal("params.a is infinite: JSON cannot hold it", place { a = math.huge })
    assert.are.equal("params.a is minus infinite: JSON cannot hold it", place { a = -math.huge })
  end)

  it("is a list with holes", function()
    local hole = "params.a has an item 3 but no item 2: a list has no holes (json.null fills one)"
    assert.are.equal(hole, place { a = { 1, nil, 3 } })
    assert.are.equal("params has an item 7 but no item 3: a list has no holes (json.null fills one)",
      place { 1, 2, [7] = 3 })
  end)

  it("is a table with mixed keys", function()
    assert.are.equal('params.a is a list but has the key "b": JSON has lists and objects, no mixture',
      place { a = { 1, b = 2 } })
    assert.are.equal('params is a list but has the key "b": JSON has lists and objects, no mixture',
      place(setmetatable({ b = 1 }, json.array_mt)))
  end)

  it("is a table with keys that are no text", function()
    assert.are.equal("params has the number 6 as a key: an object's keys are text ([\"6\"]), "
      .. "a list's items are numbered from 1", place { [6] = {} })
    for _, key in ipairs { 0, -1, 1.5 } do
      assert.matches("has the number", place { "x", [key] = 1 }, 1, true)
    end
    assert.are.equal("params has a boolean as a key: an object's keys are text", place { [true] = 1 })
    assert.are.equal("params has a boolean as a key: an object's keys are text",
      refusal({ [true] = 1 }, { sort = true }, "params"))
  end)

  it("is a cycle, of which both ends are named", function()
    local a = { b = {} }
    a.b.c = { a }
    assert.are.equal("params.b.c[1] is params again: JSON cannot hold a cycle", place(a))
    assert.are.equal("params.x.b.c[1] is params.x again: JSON cannot hold a cycle", place { x = a })
  end)

  it("is nested deeper than 512 levels", function()
    local function nest(levels)
      local value = 1
      for _ = 1, levels do value = { value } end
      return value
    end
    assert.are.equal(("["):rep(512) .. "1" .. ("]"):rep(512), json.encode(nest(512)))
    local message = place(nest(513))
    assert.matches("is nested too deeply", message, 1, true)
    assert.is_true(#message < 200)
  end)

  it("is text that is not UTF-8, with the byte where it ends being so", function()
    assert.are.equal("params.prompt is not UTF-8 at byte 4: JSON text is UTF-8", place { prompt = "caf\xE9" })
    assert.are.equal('params["?"] has a name that is not UTF-8: JSON text is UTF-8', place { ["\xE9"] = 1 })
    for _, bad in ipairs { "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "\x80", "\xFF" } do
      assert.are.equal("value is not UTF-8 at byte 1: JSON text is UTF-8", refusal(bad))
    end
  end)

  it("leaves nothing behind in the next call", function()
    assert.is_nil(json.encode { "long text that stays in the buffer", print })
    assert.are.equal("[1]", json.encode { 1 })
  end)
end)

describe("decode", function()
  it("reads null, booleans, strings, lists and objects", function()
    local value = json.decode(' {"a" : null , "b":[true,false,"x",{}],\t"c":{"d":1}}\r\n')
    assert.are.same({ a = json.null, b = { true, false, "x", {} }, c = { d = 1 } }, value)
  end)

  it("takes the last of several values of one key", function()
    assert.are.same({ a = 2 }, json.decode('{"a":1,"a":2}'))
  end)

  it("reads escapes, surrogate pairs and NULs", function()
    assert.are.equal("\"\\/\b\f\n\r\t\u{E9}\u{20AC}\u{1F600}\0z",
      json.decode([["\"\\\/\b\f\n\r\t\u00e9\u20AC\uD83D\ude00\u0000z"]]))
  end)

  it("reads a text that begins with a byte order mark", function()
    assert.are.equal(5, json.decode("\xEF\xBB\xBF5"))
  end)

  it("reads as deep as encode writes, and no deeper", function()
    assert.is_table(json.decode(("["):rep(512) .. ("]"):rep(512)))
    assert.are.equal("JSON, line 1, column 513: lists and objects are nested too deeply",
      mistake(("["):rep(100000)))
  end)

  it("tells the line and the column of a mistake, in characters", function()
    assert.are.equal("JSON, line 3, column 10: ',' or '}' expected, found the end",
      mistake('{\n"a": 1,\n"\u{E9}\u{E9}": [2]'))
    assert.are.equal("seed, line 1, column 2: a key in double quotes expected, found 's'",
      mistake("{seed: 1}", { name = "seed" }))
  end)

  it("refuses whatever RFC 8259 does not allow", function()
    for _, text in ipairs {
      "", " ", "nul", "nulll", "True", "NaN", "Infinity", "-", "+1", "01", "-01", "1.", ".5", "1e", "1e+",
      "0x10", "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{", "{}}", "{,}", '{"a"}', '{"a":}',
      '{"a":1,}', "{a:1}", "{'a':1}", '{1:2}', "'a'", '"', '"a', '"\\', '"\\x"', '"\\u12"', '"\\u123g"',
      '"\\uD800"', '"\\uDC00"', '"\\uD800\\u0041"', '"\\uD800x"', '"a\nb"', '"a\0b"', '"\x1f"', '"\xff"',
      '"\xED\xA0\x80"', "1 2", "[1]x", "\0", "1\0", "[1]\0", "// c\n1", "/* c */ 1", "\xff", "\f1", "[\v1]",
      "tru\0", "\u{A0}1",
    } do
      mistake(text)
    end
  end)

  it("raises for a wrong call", function()
    assert.has_error(function() json.decode(nil) end)
    assert.has_error(function() json.decode(5) end)
    assert.has_error(function() json.decode("5", { big = true }) end)
    assert.has_error(function() json.decode("5", { bigg = "string" }) end)
  end)
end)

describe("array", function()
  it("marks the table that it is given and returns it", function()
    local t = { 1 }
    assert.are.equal(t, json.array(t))
    assert.are.equal(json.array_mt, getmetatable(json.array(t)))
  end)

  it("does not take a metatable away", function()
    assert.has_error(function() json.array(setmetatable({}, {})) end)
  end)
end)
