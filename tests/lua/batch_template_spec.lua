-- Templates over columns, names of outputs, what a row is known by, and other orders.
local identity = require "rhub.batch.identity"
local json = require "rhub.json"
local names = require "rhub.batch.names"
local shuffle = require "rhub.batch.shuffle"
local template = require "rhub.batch.template"

local function fill(text, values)
  local compiled, problem = template.new(text)
  if not compiled then return nil, problem end
  return compiled:fill(values)
end

describe("a template", function()
  it("puts columns in, and braces that are doubled", function()
    assert.equal("a cat, {oil}", fill("a {subject}, {{oil}}", { subject = "cat" }))
    assert.equal("plain", fill("plain", {}))
    assert.equal("", fill("", {}))
    assert.equal("ab", fill("{x}{y}", { x = "a", y = "b" }))
    assert.equal("{", fill("{{", {}))
  end)

  it("keeps a value's type where it stands alone, and writes numbers plainly within text", function()
    assert.equal(7, fill("{n}", { n = 7 }))
    assert.same({ "a" }, fill("{l}", { l = { "a" } }))
    assert.equal("n is 7, 7, 7.5", fill("n is {n}, {f}, {g}", { n = 7, f = 7.0, g = 7.5 }))
    assert.equal("0007", fill("{n:04}", { n = "7" }))
  end)

  it("fills in no braces that come with a value", function()
    assert.equal("{b} and x", fill("{a} and {b}", { a = "{b}", b = "x" }))
  end)

  it("names the nearest column", function()
    local _, problem, column = fill("{sbject}", { subject = "x" })
    assert.same({ 'no column "sbject"; did you mean subject?', "sbject" }, { problem, column })
    assert.equal('no column "zzz"; there are a, b', select(2, fill("{zzz}", { a = 1, b = 2 })))
    assert.matches("stand alone", select(2, fill("x {l}", { l = {} })), 1, true)
  end)

  it("says so where there is no column at all", function()
    local _, problem = template.new("{s}"):fill {}
    assert.equal('no column "s"; the row has none at all', problem)
  end)

  it("tells braces that do not match", function()
    for _, text in ipairs { "{", "{a", "a}", "{a{b}", "{}", "{a}}" } do
      local value, problem = fill(text, { a = 1, b = 2 })
      assert.same({ nil, "string" }, { value, type(problem) }, text)
    end
  end)

  it("stands anywhere within JSON", function()
    local compiled = assert(template.of { "{a}.png", { x = "{b}", y = 5 }, true })
    assert.same({ "p.png", { x = 2, y = 5 }, true }, (template.fill(compiled, { a = "p", b = 2 })))
    assert.equal("[]", json.encode((template.fill(template.of(json.array {}), {}))))
  end)
end)

describe("a name of an output", function()
  local function name(text, values, n, number)
    local made, problem = names.new(text)
    if not made then return nil, problem end
    return made:of({ number = number or 7, values = values or {} }, n or 1, "maker/model-v1"), made.ext
  end

  it("is the row and the output's number unless told otherwise", function()
    assert.equal("0007-2", name(nil, {}, 2))
    assert.same({ "a-cat-1", "mp4" }, { name("{s}-{n}.mp4", { s = "a cat" }) })
    assert.equal("maker-model-v1-0007", (name("{model}-{row:04}.{ext}")))
  end)

  it("has safe characters only, no folder, no dot or dash before it", function()
    for value, safe in pairs { ["../../etc/passwd"] = "etc-passwd", ["-rf"] = "rf", [".hidden"] = "hidden",
      ["a\nb\0c"] = "a-b-c", ["猫"] = "0007-1", ["x'; rm -rf ~"] = "x-rm-rf", ["CON."] = "CON" } do
      assert.equal(safe, (name("{s}.{ext}", { s = value })))
    end
  end)

  it("has 120 bytes at most, and cuts long values before it cuts what follows them", function()
    local made = name("{s}-{row:04}-{n}.{ext}", { s = ("word "):rep(100) }, 3)
    assert.is_true(#made + #".webp" <= 120)
    assert.equal("-0007-3", made:sub(-7))
  end)

  it("is kept with a job, and is the same when it is read again", function()
    for _, text in ipairs { "{row:04}-{n}.{ext}", "{s}-{n:03}.mp4", "a {{n}} {s}.{ext}",
      "{s}{s}{s}-{n}.{ext}" } do
      local made, row = assert(names.new(text)), { number = 7, values = { s = ("two words "):rep(9) } }
      local kept = names.saved_as(made:save_as(row, "maker/model"))
      assert.same({ 7, made.ext }, { kept.row, kept.ext })
      for n = 1, 12 do assert.equal(made:of(row, n, "maker/model"), kept.stem(n)) end
    end
    for _, text in ipairs { "", "x", "[]", "{}", '{"name":7}', '{"name":"../.{ext}"}' } do
      assert.is_nil(names.saved_as(text))
    end
    assert.equal("etc-x-1", names.saved_as('{"name":"../etc/x-{n}.{ext}"}').stem(1))
  end)

  it("is refused where it names a folder, or its ending in the middle", function()
    assert.is_nil(name "a/{n}.{ext}")
    assert.is_nil(name "{ext}-{n}")
    assert.is_nil(name "{row")
  end)
end)

describe("a row's key", function()
  -- As good as SHA-256 for a few texts.
  local function digest(text)
    local h = 0xcbf29ce484222325
    for i = 1, #text do h = (h ~ text:byte(i)) * 0x100000001b3 end
    return ("%016x%016x"):format(h, h * 0x9E3779B97F4A7C15)
  end

  local function keys(texts)
    local ids = identity.new(digest)
    for _, text in ipairs(texts) do ids:note(text) end
    ids:again()
    local list = {}
    for i, text in ipairs(texts) do list[i] = ids:key(text) end
    return list
  end

  it("is the same wherever the row stands, and differs for rows that ask for the same", function()
    local first, second = keys { "a", "b", "a", "a" }, keys { "new", "b", "a", "a", "a", "other" }
    assert.equal(first[2], second[2])
    assert.same({ first[1], first[3], first[4] }, { second[3], second[4], second[5] })
    local seen = {}
    for _, key in ipairs(second) do
      assert.is_nil(seen[key])
      seen[key] = true
    end
  end)

  it("does not depend on the order of parameters", function()
    assert.equal(identity.text { model = "m", params = { a = 1, b = 2 } },
      identity.text { params = { b = 2, a = 1 }, model = "m" })
  end)

  it("counts among any number of rows", function()
    local texts, expected = {}, {}
    for i = 1, 20000 do
      texts[i] = "row " .. (i > 15000 and i - 15000 or i) -- 5,000 of them twice
      expected[i] = i > 15000 and "2" or "1"
    end
    local n = 0
    for i, key in ipairs(keys(texts)) do
      if key:match "/(%d+)$" == expected[i] then n = n + 1 end
    end
    assert.equal(20000, n)
  end)

  it("is told of no row that is another than the one that was noted", function()
    local ids = identity.new(digest)
    for _, text in ipairs { "a", "b", "c" } do ids:note(text) end
    ids:again()
    assert.matches("^batch/", ids:key "a")
    assert.is_false(ids:complete())
    assert.is_nil(ids:key "x")
    assert.matches("^batch/", ids:key "c")
    assert.is_true(ids:complete())
    assert.is_nil(ids:key "d")
  end)
end)

describe("a random order", function()
  it("has every row once, with all that it holds", function()
    for _, count in ipairs { 0, 1, 2, 5, 100 } do
      local i = 0
      local rows = shuffle.rows(function()
        i = i + 1
        if i > count then return nil end
        return { number = i, line = i + 1, values = { s = "row " .. i }, key = "k" .. i }
      end)
      local seen, n = {}, 0
      for row in rows do
        n = n + 1
        seen[row.number] = row.values.s .. row.key .. row.line
      end
      assert.equal(count, n)
      for k = 1, count do assert.equal("row " .. k .. "k" .. k .. (k + 1), seen[k]) end
    end
  end)

  it("is another one than the file's", function()
    local moved, order = 0, shuffle.permutation(1000)
    for i = 0, 999 do if order(i) ~= i then moved = moved + 1 end end
    assert.is_true(moved > 900)
  end)
end)
