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
