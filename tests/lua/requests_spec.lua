-- What the checker makes of requests made from the catalogue: valid ones pass, each single mistake is caught,
-- whatever comes in crashes nothing. The seed of a run stands in the names of failures.
local catalogue = require "rhub.catalogue"
local check = require "rhub.check"
local errors = require "rhub.errors"
local json = require "rhub.json"
local requests = require "support.requests"

local SEED = tonumber(os.getenv "RHUB_SEED") or os.time()

local function quiet() end

local function each_model(f)
  for i, entry in ipairs(catalogue.all()) do f(entry, requests.random(SEED + i)) end
end

describe("random valid requests", function()
  it("pass, for each of the 459 models", function()
    local n = 0
    each_model(function(entry, random)
      for _ = 1, 20 do
        local params = requests.valid(entry, random)
        local ready, err = check.call(entry.endpoint, params, "strict", quiet)
        assert.is_table(ready, ("seed %d: %s"):format(SEED, tostring(err)))
        assert(json.encode(ready.params))
      end
      n = n + 1
    end)
    assert.equal(459, n)
  end)

  it("are sent as they are, but for the defaults of required parameters", function()
    each_model(function(entry, random)
      local params = requests.valid(entry, random)
      local ready = assert(check.call(entry.endpoint, params, "strict", quiet))
      for name, value in pairs(params) do
        assert.same(value, ready.params[name], entry.endpoint .. " " .. name)
      end
      for name in pairs(ready.params) do assert.is_not_nil(params[name], entry.endpoint .. " " .. name) end
    end)
  end)
end)

describe("one thing that is wrong", function()
  it("is caught, for each parameter of each model, under its name", function()
    local mistakes = 0
    each_model(function(entry, random)
      for _, param in ipairs(entry.params) do
        local params = requests.valid(entry, random)
        for _, wrong in ipairs(requests.wrong(param, params)) do
          local ready, err = check.call(entry.endpoint, wrong.params, "strict", quiet)
          local where = ("seed %d: %s: %s = %s"):format(SEED, entry.endpoint, wrong.param, wrong.what)
          assert.is_nil(ready, where)
          assert.equal("input", err.kind, where)
          assert.equal("no", err.spent, where)
          assert.equal(wrong.param, err.problems[1].param, where)
          mistakes = mistakes + 1
        end
      end
    end)
    assert.is_true(mistakes > 5000)
  end)

  it("in a name is caught where the right one is missing", function()
    each_model(function(entry, random)
      if entry.params_unknown then return end
      local params = requests.valid(entry, random)
      for _, param in ipairs(entry.params) do
        local name = param.name
        if #name > 4 and params[name] ~= nil then
          local wrong = {}
          for k, v in pairs(params) do wrong[k] = v end
          wrong[name], wrong[name:sub(1, 2) .. "Q" .. name:sub(3)] = nil, params[name]
          local ready, err = check.call(entry.endpoint, wrong, "strict", quiet)
          assert.is_nil(ready, entry.endpoint .. " " .. name)
          local suggested = false
          for _, problem in ipairs(err.problems) do suggested = suggested or problem.suggestion == name end
          assert.is_true(suggested, entry.endpoint .. " " .. name)
        end
      end
    end)
  end)
end)

describe("whatever comes in", function()
  local odd = { 0, -1, 1.5, 1 / 0, 0 / 0, math.mininteger, true, false, "", " ", "\0", "\255\254",
    ("x"):rep(5000), {}, { 1 }, { {} }, { a = 1 }, { 1, nil, 3 }, json.null, json.empty_array, print,
    io.stdout,
    coroutine.create(print), setmetatable({}, { __index = function() return "x" end, __metatable = 5 }) }

  it("crashes nothing", function()
    for _, mode in ipairs { "strict", "warn", "off" } do
      each_model(function(entry, random)
        local params = requests.valid(entry, random)
        for _, param in ipairs(entry.params) do params[param.name] = odd[random(#odd)] end
        params[random(3)] = random(2) == 1 and odd[random(#odd)] or nil
        local ready, err = check.call(entry.endpoint, params, mode, quiet)
        assert.is_true(ready ~= nil or errors.is(err), ("seed %d: %s"):format(SEED, entry.endpoint))
      end)
    end
  end)
end)
