-- rhub types: what it writes is read back and held against the catalogue, type by type.
local catalogue = require "rhub.catalogue"
local check = require "rhub.check"
local definitions_of = require "support.definitions"
local json = require "rhub.json"
local program = require "support.program"
local sys = require "rhub.sys"

local run

-- ---- what it should be ------------------------------------------------------------------------

local MEDIA = { image = true, video = true, audio = true }

local function expected(param)
  local set = {}
  if MEDIA[param.type] then
    set["rhub.media"] = true
  elseif param.type == "string" then
    set["rhub.text"] = true
  elseif param.type ~= "enum" then
    set[param.type] = true
  end
  for _, value in ipairs(param.enum or {}) do
    set['"' .. value:gsub('"', '\\"') .. '"'] = true
    if tonumber(value) then set[value:find("^%-?%d+$") and value or "number"] = true end
  end
  if set.number and param.enum then
    for word in pairs(set) do
      if word:find("^%-?%d") then set[word] = nil end
    end
  end
  if param.list then
    local words = {}
    for word in pairs(set) do words[#words + 1] = word end
    for _, word in ipairs(words) do set[word .. "[]"] = true end
  end
  return set
end

local function hold_against(entry, class)
  assert.equal("rhub.params.common", class.parent)
  local n = 0
  for i, param in ipairs(entry.params) do
    local field = class.fields[i]
    assert.equal(param.name, field and field.name, entry.endpoint)
    assert.equal(not param.required or param.default ~= nil, field.optional, field.line)
    assert.same(expected(param), field.type, field.line)
    if param.default ~= nil then
      assert(field.line:find("default " .. tostring(param.default), 1, true), field.line)
    end
    if param.max then assert(field.line:find(tostring(param.max), 1, true), field.line) end
    n = i
  end
  for _, name in ipairs(entry.object_params or {}) do
    assert.same({ table = true }, class.by_name[name].type)
    assert.is_true(class.by_name[name].optional)
    n = n + 1
  end
  if entry.params_unknown then n = n + 1 end
  assert.equal(n, #class.fields, entry.endpoint)
end

local function class_of(fun)
  for _, arg in ipairs(fun.args) do
    if arg.name == "params" then return (next(arg.type)) end
  end
end

local function write_own(text)
  local folder = run.home .. "/.config/rhub/catalogue"
  assert(sys.mkdir_p(folder))
  local file = assert(io.open(folder .. "/x.lua", "w"))
  file:write(text)
  file:close()
end

describe("rhub types", function()
  setup(function() run = program.new() end)
  teardown(function() run:remove() end)
  after_each(function() os.remove(run.home .. "/.config/rhub/catalogue/x.lua") end)

  local function definitions()
    local got = run("types")
    assert.same({ 0, "" }, { got.code, got.err })
    return got.out, definitions_of.read(got.out)
  end

  it("writes a file of definitions that is Lua, and says what it is", function()
    local text = definitions()
    assert.equal("---@meta _", text:match("^[^\n]+"))
    assert.is_truthy(text:find("rhub types", 1, true) and text:find("%d%d%d%d%-%d%d%-%d%d"))
    assert(load(text, "=definitions", "t", {}))()
    assert.is_truthy(text:find("\n---@alias rhub.media string|rhub.file|rhub.result|rhub.task|rhub.upload\n",
      1, true))
  end)

  it("describes every parameter of every model as the catalogue has it", function()
    local _, classes = definitions()
    local by_name, seen, models = classes["rhub.models"].by_name, {}, 0
    for _, entry in ipairs(catalogue.all()) do
      local field = by_name[entry.endpoint]
      assert.equal(entry.status ~= "removed", field ~= nil, entry.endpoint)
      if field then
        local name = class_of(field.type)
        assert.is_nil(seen[name], name .. " stands for two")
        assert.equal("---" .. entry.endpoint, classes[name].above:match("^%S-%f[%s:]"))
        hold_against(entry, classes[name])
        seen[name], models = true, models + 1
      end
    end
    local count = 0
    for name in pairs(classes) do count = count + (name:find("^rhub%.params%.") and 1 or 0) end
    assert(models > 400 and count == models + 1, count .. " classes of parameters")
    assert.equal("kling_video_o1.image_to_video",
      class_of(by_name["kling-video-o1/image-to-video"].type):match("^rhub%.params%.(.+)$"))
  end)

  it("knows models by their other names, and only where these mean that model", function()
    local _, classes = definitions()
    local fields, names = classes["rhub.models"].fields, 0
    local by_name = classes["rhub.models"].by_name
    for i, field in ipairs(fields) do
      if field.name == "[string]" then
        assert.equal(#fields, i)
      else
        local entry = assert(catalogue.find(field.name), field.name)
        assert.equal(class_of(by_name[entry.endpoint].type), class_of(field.type))
        names = names + 1
      end
    end
    assert.equal(#fields, names + 1)
    for _, name in ipairs(catalogue.names()) do
      assert.equal(catalogue.find(name).status ~= "removed", by_name[name] ~= nil, name)
    end
  end)

  it("has run and submit for each listed model, and for any other", function()
    local _, classes = definitions()
    local listed = {}
    for _, entry in ipairs(catalogue.all()) do
      if entry.status == "listed" then listed[#listed + 1] = entry.endpoint end
    end
    for method, result in pairs { run = "rhub.result", submit = "rhub.task" } do
      local found = {}
      for _, field in ipairs(classes["rhub.hub"].fields) do
        if field.name == method then
          local args, model = field.type.args, next(field.type.args[2].type)
          assert.same({ ["rhub.hub"] = true }, args[1].type)
          assert.same({ [result] = true, ["nil"] = true }, field.type.returns[1])
          found[#found + 1] = model == "string" and model or definitions_of.unquote(model)
          if model ~= "string" then
            local same = classes["rhub.models"].by_name[found[#found]].type
            assert.equal(class_of(same), class_of(field.type))
          end
        end
      end
      assert.equal("string", table.remove(found))
      assert.same(listed, found)
    end
  end)

  it("knows what every model takes, as the checks do", function()
    local _, classes = definitions()
    local fields = classes["rhub.params.common"].fields
    assert.same({ "webhookUrl", "instanceType", "appCode" },
      { fields[1].name, fields[2].name, fields[3].name })
    local params = { instanceType = "x" }
    local call, err = check.call("kling-video-o1/text-to-video", params, "strict", function() end)
    assert.is_nil(call)
    local allowed = {}
    for _, problem in ipairs(err.problems) do
      if problem.param == "instanceType" then
        for word in problem.allowed:gmatch("[^, ]+") do allowed['"' .. word .. '"'] = true end
      end
    end
    assert.same(allowed, fields[2].type)
  end)

  it("includes models of one's own, whatever they are called", function()
    write_own [[
      model "my-own/1-model" { zh = "two  blanks",
        text "say it" { max = 7 },
        one_of "end" { 'a"b', "c\\d", "-1", default = "c\\d" },
        number "share" { max = 1, step = 0.5 },
        images "urls" { items = 2, optional },
        some_of "tags" { "x", "7" },
        object "rest" }
      model "my_own/1_model" { flag "on" }
      model "kling-video-o1/image-to-video" { text "mine" }
      model 'od"d-name' { whole "n" }
    ]]
    local text, classes = definitions()
    assert(load(text))
    assert.is_truthy(text:find(", 4 of them your own", 1, true))
    local class = classes["rhub.params.my_own._1_model"]
    local function field(name) return class.by_name[name] end
    assert.equal("---my-own/1-model: two blanks (other, file)", class.above)
    assert.same({ ["rhub.text"] = true }, field("say it").type)
    assert.same({ ['"a\\"b"'] = true, ['"c\\\\d"'] = true, ['"-1"'] = true,
      ["-1"] = true }, field("end").type)
    assert.same({ true, false }, { field("end").optional, field("share").optional })
    assert.same({ ["rhub.media"] = true, ["rhub.media[]"] = true }, field("urls").type)
    assert.same({ ['"x"'] = true, ['"x"[]'] = true, ['"7"'] = true, ['"7"[]'] = true, ["7"] = true,
      ["7[]"] = true }, field("tags").type)
    assert.same({ table = true }, field("rest").type)
    assert.same({ boolean = true }, classes["rhub.params.my_own._1_model_2"].by_name.on.type)
    assert.same({ "mine" }, { classes["rhub.params.kling_video_o1.image_to_video"].fields[1].name })
    assert.equal("rhub.params.od_d_name", class_of(classes["rhub.models"].by_name['od"d-name'].type))
  end)

  it("writes into a folder, made if need be, and says so", function()
    local got = run("types", "-o", "new/types/")
    assert.same({ 0, "" }, { got.code, got.out })
    assert.is_truthy(got.err:find("^wrote  new/types/rhub%-models%.d%.lua  %(%d+ models%)\n$"), got.err)
    assert.equal(run("types").out, run:read("new/types/rhub-models.d.lua"))
    assert.equal(0, run("types", "-o", "new/types", "-q").code) -- its own file it replaces
    local answer = assert(json.decode(run("types", "-o", "new/types", "--json").out))
    assert.equal("new/types/rhub-models.d.lua", answer.file)
    assert(answer.models > 400)
  end)

  it("replaces nobody else's file unasked, and leaves none where it cannot write", function()
    run:put("rhub-models.d.lua", "---@meta\n-- mine\n")
    local got = run("types", "-o", ".")
    assert.equal(2, got.code)
    assert.is_truthy(got.err:find("--overwrite", 1, true))
    assert.equal("---@meta\n-- mine\n", run:read "rhub-models.d.lua")
    assert.equal(0, run("types", "-o", ".", "--overwrite").code)
    assert.equal("---@meta _", run:read("rhub-models.d.lua"):match("^[^\n]+"))
    run:put("a-file", "")
    assert.equal(1, run("types", "-o", "a-file").code)
    local full = run:with { before = "trap '' XFSZ; ulimit -f 100" }
    assert.equal(1, full("types", "-o", "full").code)
    assert.same({}, sys.list(run.folder .. "/full"))
  end)
end)
