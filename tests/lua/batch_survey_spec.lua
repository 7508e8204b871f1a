-- The looks at a whole file: what they hold, and what they make of a file that changes meanwhile.
local identity = require "rhub.batch.identity"
local names = require "rhub.batch.names"
local plans = require "rhub.batch.plan"
local rows = require "rhub.batch.rows"
local survey = require "rhub.batch.survey"

local paths = {}

local function put(path, text)
  local out = assert(io.open(path, "wb"))
  out:write(text)
  out:close()
end

local function file(text)
  local path = os.tmpname()
  paths[#paths + 1] = path
  put(path, text)
  return path
end

after_each(function()
  for _, path in ipairs(paths) do os.remove(path) end
  paths = {}
end)

local function plan_of()
  return assert(plans.new { model = "rhart-image-v1/text-to-image", names = assert(names.new()),
    params = { prompt = "{subject}, in oil", aspectRatio = "1:1" },
    warn = function(text) error(text) end })
end

local function sha256(text) return require("rhub.core").sha256(text) end

-- Both passes over a file of n rows, of which every third asks for what the one before it asks for. Returns
-- how many keys there were, and the KB that are held at the end.
local function held(n)
  local lines = { "subject" }
  for i = 1, n do lines[#lines + 1] = "cat " .. (i % 3 == 0 and i - 1 or i) end
  local path = file(table.concat(lines, "\n") .. "\n")
  lines = nil -- luacheck: ignore 311
  local source <close> = assert(rows.open(path))
  local plan, ids, keys, last = plan_of(), identity.new(sha256), 0, nil
  collectgarbage()
  local before = collectgarbage "count"
  assert.equal(n, survey.check(source, plan, ids))
  for item in survey.items(source, plan, ids) do keys, last = keys + 1, item.key end
  collectgarbage()
  assert.matches("/%d$", last)
  return keys, collectgarbage "count" - before, ids
end

-- What a look at a file of this kind finds wrong: "line:column message", and the error.
local function wrong(kind, text)
  local path = file(text)
  os.rename(path, path .. "." .. kind)
  paths[#paths] = path .. "." .. kind
  local source <close> = assert(rows.open(path .. "." .. kind))
  local plan = assert(plans.new { model = "rhart-image-v1/text-to-image", names = assert(names.new()),
    params = { prompt = "{subject}", aspectRatio = "{ratio}" }, warn = function(said) error(said) end })
  local _, err = survey.check(source, plan, identity.new(sha256))
  local list = {}
  for i, problem in ipairs(err.problems or {}) do list[i] = problem.param .. " " .. problem.message end
  return list, err
end

describe("what is wrong with a file", function()
  it("is told with line and column within quotes that span lines, whatever ends these", function()
    for _, ending in ipairs { "\n", "\r\n" } do
      local lines = { "subject,ratio", '"two', 'lines",9:15', 'fine,1:1', '"猫, ""x""",16:8', 'c,"1:1', '"',
        "d", "e,1:1,x", '"a" b,1:1', '"never', "closed,1:1" }
      assert.same({ '3:8 aspectRatio "9:15" is not allowed', '5:12 aspectRatio "16:8" is not allowed',
        ('6:3 aspectRatio "1:1%s" is not allowed'):format((" "):rep(#ending)),
        "8:2 1 field where the header has 2",
        "9:7 3 fields where the header has 2; a field with a comma in it stands in quotes",
        '10:4 text after a closing quote: a quote within a field is written ""',
        "11:1 a quote that is never closed" }, (wrong("csv", table.concat(lines, ending) .. ending)))
    end
  end)

  it("is told likewise of TSV, and of JSONL with the place of the value", function()
    assert.same({ '2:3 aspectRatio "9:15" is not allowed', '4:4 aspectRatio "1:2" is not allowed',
      "5:2 1 field where the header has 2" },
      (wrong("tsv", 'subject\tratio\na\t9:15\n"b\nc"\t1:2\nd\n')))
    assert.same({ '1:34 aspectRatio "9:15" is not allowed', "2:24 a value expected, found '}'",
      '3:1 a row is a JSON object: {"subject": "a cat"}', '4:1 prompt: no column "subject"; there are ratio',
      "6:13 prompt 5 is not text" },
      (wrong("jsonl", '{"subject":"\\"ratio\\": ","ratio":"9:15"}\n{"subject":"猫","ratio":}\n[1]\n'
        .. '{"ratio":"1:1"}\n\n{"subject": 5,"ratio":"1:1"}\n')))
  end)

  it("is told by the row's number of a Lua file", function()
    local list, err = wrong("lua",
      'return { { subject = "a", ratio = "1:1" }, { subject = "b", ratio = "9:15" } }')
    assert.same({ 'row 2 aspectRatio "9:15" is not allowed' }, list)
    assert.matches('.lua, row 2: aspectRatio "9:15"', err.message, 1, true)
  end)

  it("is told for the first few of thousands, and counted", function()
    local list, err = wrong("csv", "subject,ratio\n" .. ("a,9:15\n"):rep(3000))
    assert.same({ 20, 3000 }, { #list, err.count })
    assert.matches("and 2980 more", err.message, 1, true)
  end)

  it("is a guess where another separator was meant", function()
    for separator, word in pairs { [";"] = ";", ["\t"] = "tabs" } do
      local _, err = wrong("csv", ("subject_ratio\na_1:1\n"):gsub("_", separator))
      assert.matches("it is separated by " .. word, err.message, 1, true)
    end
  end)
end)

describe("a look at all rows", function()
  it("holds as much of 20,000 as of 2,000", function()
    held(10) -- whatever is loaded or kept once
    local few, less = held(2000)
    local many, more = held(20000)
    assert.same({ 2000, 20000 }, { few, many })
    assert.is_true(more - less < 50, ("%.0f KB, then %.0f KB"):format(less, more))
  end)

  it("ends with an error at a row that is not what was checked", function()
    for _, text in ipairs { "subject\na\nx\nc\n", "subject\na\n", "subject\na\nb\nc\nd\n" } do
      local path = file "subject\na\nb\nc\n"
      local source <close> = assert(rows.open(path))
      local plan, ids = plan_of(), identity.new(sha256)
      assert.equal(3, survey.check(source, plan, ids))
      put(path, text)
      local items, n = survey.items(source, plan, ids), 0
      local item, err = items()
      while item do
        n = n + 1
        item, err = items()
      end
      assert.equal("input", err.kind)
      assert.matches("has changed since it was checked", err.message, 1, true)
      assert.is_true(n <= 3)
    end
  end)
end)
