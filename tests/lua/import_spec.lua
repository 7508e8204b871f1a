-- The vendor's registry against the catalogue: reading it in every spelling, telling what is different, and
-- writing that down in the catalogue's words.
local files = require "support.files"
local json = require "rhub.json"
local sys = require "rhub.sys"

local catalogue = require "rhub.catalogue"
local check = require "rhub.check"
local importer = require "rhub.catalogue.importer"
local own = require "rhub.catalogue.own"
local registry = require "rhub.catalogue.registry"
local words = require "rhub.catalogue.words"
local writer = require "rhub.catalogue.writer"

local VIDEO = "kling-video-o1/image-to-video"
local TYPES = { string = "STRING", enum = "LIST", boolean = "BOOLEAN", integer = "INT", number = "FLOAT",
  image = "IMAGE", video = "VIDEO", audio = "AUDIO" }

local folder, real_folder

-- The user's catalogue folder is a scratch one.
setup(function()
  folder, real_folder = files.folder(), own.folder
  own.folder = function() return folder.path end
end)
teardown(function()
  own.folder = real_folder
  folder:remove()
end)

-- ---- the catalogue as a registry --------------------------------------------------------------

-- The vendor's own spelling: options as objects, file types as JSON text.
local function vendor_param(param)
  local options, types
  for i, v in ipairs(param.enum or {}) do
    options = options or {}
    options[i] = { value = v, description = v, descriptionEn = v }
  end
  for i, v in ipairs(param.accept or {}) do
    types = types or {}
    types[i] = v:sub(2):upper()
  end
  return { fieldKey = param.name, label = param.name, type = TYPES[param.type], required = param.required,
    defaultValue = param.default, options = options, min = param.min, max = param.max, step = param.step,
    maxLength = param.max_length, accept = types and json.encode(types), multipleInputs = param.list,
    maxInputNum = param.max_items, maxSize = param.max_bytes and param.max_bytes / 1048576 }
end

local function text(v)
  return v ~= nil and tostring(v) or nil
end

-- The spelling of its examples: options as they are, real lists, numbers and booleans as text.
local function other_param(param)
  return { fieldKey = param.name, type = TYPES[param.type], required = text(param.required),
    defaultValue = text(param.default), options = param.enum, min = text(param.min), max = text(param.max),
    step = text(param.step), maxLength = text(param.max_length), accept = param.accept,
    multipleInputs = text(param.list), maxInpuNum = text(param.max_items),
    maxSizeMB = text(param.max_bytes and param.max_bytes / 1048576) }
end

local function vendor_model(entry, spell)
  local params = json.array {}
  for i, param in ipairs(entry.params) do params[i] = spell(param) end
  return { endpoint = entry.endpoint, class_name = "X", display_name = "RH " .. entry.name_zh,
    name_cn = entry.name_zh, name_en = entry.name, output_type = entry.output,
    category = "RunningHub/" .. entry.family, params = params }
end

-- A registry of all models, or of all that are not removed.
local function whole(o)
  o = o or {}
  local models = {}
  for _, entry in ipairs(catalogue.all()) do
    if o.removed or entry.status ~= "removed" then
      models[#models + 1] = vendor_model(entry, o.spell or vendor_param)
    end
  end
  return { version = o.version or "public-2026-09-01", source = "x", model_count = #models, models = models }
end

local function model_of(data, endpoint)
  for i, model in ipairs(data.models) do
    if model.endpoint == endpoint then return model, i end
  end
end

local function param_of(data, endpoint, name)
  for i, param in ipairs(model_of(data, endpoint).params) do
    if param.fieldKey == name then return param, i end
  end
end

local function compare(data)
  return assert(importer.compare(assert(json.encode(data))))
end

-- The changes of one model of a registry where nothing else is different.
local function changes(data)
  local found = compare(data)
  assert.same({ 0, 0 }, { #found.new, #found.gone })
  assert.is_true(#found.changed <= 1)
  return found.changed[1] and found.changed[1].changes or {}, found.changed[1]
end

local function endpoints(list)
  local names = {}
  for i, item in ipairs(list) do names[i] = item.endpoint end
  return names
end

local function loaded(declaration, family)
  local env = words.of(family)
  assert(load(declaration, "=text", "t", env))()
  return env.models[1]
end

-- ---- writing ----------------------------------------------------------------------------------

describe("an entry as text", function()
  it("reads as the same entry, each of the catalogue", function()
    local n = 0
    for _, entry in ipairs(catalogue.all()) do
      assert.same(entry, loaded(writer.declaration(entry), entry.family), entry.endpoint)
      n = n + 1
    end
    assert.equal(459, n)
  end)

  it("is laid out as the families' files are", function()
    local declaration = [[
model "a/b" {
  zh = "名", documented = true,
  task = "text-to-video", output = "video",
  text    "prompt",
  some_of "style"  { "x", "y\"z", default = "x", optional },
  images  "images" { "jpg", "png", max = "20MB", items = 3, node = "1##image" },
  one_of  "size"   {
    "1024x1024", "1280x720", "720x1280", "1920x1080", "1080x1920", "2048x2048", "3840x2160",
    default = "1024x1024",
  },
  object  "more",
  exactly_one { "prompt", "images" },
  only_when { "style", size = "1024x1024" },
  price = per.call {
    by = { "style", "size" }, list = { from = 1, unit = "call", as_of = "2026-06-18" },
    as_of = "2026-04-29", currency = "CNY", x = { ["720x1280"] = 0.5, ["1080x1920"] = 1.25 },
    ["y\"z"] = { ["720x1280"] = 1, ["1080x1920"] = 2 },
  },
}
]]
    assert.equal(declaration, writer.declaration(loaded(declaration, "f")))
  end)

  it("names all of its pages", function()
    local declaration = 'model "a/b" { documented = { "one", "two" }, task = "x", output = "y" }'
    assert.same({ "one", "two" }, loaded(writer.declaration(loaded(declaration, "f")), "f").doc_names)
  end)

  it("survives what names and values may hold", function()
    local odd = 'a"b\\c\nd\r\0' .. "\27]e名"
    local declaration = "model 'a/b' { task = 'x', output = 'y', zh = ..., text(...) { default = ... }, "
      .. "one_of 'end' { ..., 'x' }, number 'n' { min = 0.1, max = 1e300, default = -0.30000000000000004 } }"
    local env = words.of "f"
    assert(load(declaration, "=text", "t", env))(odd)
    assert.same(env.models[1], loaded(writer.declaration(env.models[1]), "f"))
  end)
end)

-- ---- reading and comparing --------------------------------------------------------------------

describe("a registry that says what the catalogue says", function()
  it("has no differences, in the vendor's spelling", function()
    local found = compare(whole())
    assert.same({ {}, {}, {}, {} }, { found.new, found.gone, found.changed, found.left })
    assert.same({}, found.notes)
    assert.equal(0, importer.count(found))
  end)

  it("has none in the other spelling, and as the bare list", function()
    local data = whole { spell = other_param }
    for _, one in ipairs { data, data.models } do
      local found = compare(one)
      assert.same({ {}, {}, {} }, { found.new, found.gone, found.changed })
    end
  end)

  it("has none with all that were removed since", function()
    local found = compare(whole { spell = other_param, removed = true, version = "public-2026-03-01" })
    assert.same({ {}, {}, {}, 459 }, { found.new, found.gone, found.changed, found.count })
  end)

  it("has none where it says less", function()
    local data = whole()
    for _, model in ipairs(data.models) do
      for _, param in ipairs(model.params) do
        for _, key in ipairs { "required", "defaultValue", "min", "max", "step", "maxLength", "accept",
          "maxSize", "multipleInputs", "maxInputNum" } do
          param[key] = nil
        end
      end
      model.name_cn, model.display_name, model.output_type = nil, nil, nil
    end
    assert.same({}, compare(data).changed)
  end)
end)

describe("one difference", function()
  local function param_set(name, fields)
    return function(data)
      local param = param_of(data, VIDEO, name)
      for key, v in pairs(fields) do param[key] = v end
    end
  end

  -- what is otherwise, and the lines that tell it
  for _, case in ipairs {
    { "a value more", function(data)
      table.insert(param_of(data, VIDEO, "duration").options, { value = "12" })
    end, { "duration: takes 12 now" } },
    { "two values more", function(data)
      local options = param_of(data, VIDEO, "duration").options
      options[3], options[4] = 12, "15"
    end, { "duration: takes 12, 15 now" } },
    { "a longer text", param_set("prompt", { maxLength = 5000 }),
      { "prompt: up to 5,000 characters, was 2,000" } },
    { "a parameter more", function(data)
      table.insert(model_of(data, VIDEO).params, { fieldKey = "seed", type = "INT", min = 0, max = 9 })
    end, { "seed: new parameter" } },
    { "a required parameter more", function(data)
      table.insert(model_of(data, VIDEO).params, { fieldKey = "seed", type = "INT", required = true })
    end, { "seed: new parameter, required" } },
    { "an object more", function(data)
      table.insert(model_of(data, VIDEO).params, { fieldKey = "elementList", type = "COMPLEX" })
    end, { "elementList: new parameter" } },
    { "a parameter less", function(data)
      local _, i = param_of(data, VIDEO, "aspectRatio")
      table.remove(model_of(data, VIDEO).params, i)
    end, { "aspectRatio: gone" } },
    { "a parameter less that the price goes by", function(data)
      local _, i = param_of(data, VIDEO, "mode")
      table.remove(model_of(data, VIDEO).params, i)
    end, { "mode: gone; kept as optional, the price or a rule goes by it" } },
    { "required", param_set("prompt", { required = true }), { "prompt: required now" } },
    { "optional", param_set("mode", { required = false }), { "mode: optional now" } },
    { "another default", param_set("mode", { defaultValue = "PRO" }), { "mode: default pro, was std" } },
    { "another type", param_set("duration", { type = "INT", min = 3, max = 15 }),
      { "duration: takes a whole number, 3 to 15 now, was 5, 10" } },
    { "another size", param_set("firstImageUrl", { maxSize = 30 }),
      { "firstImageUrl: up to 30 MB, was 20 MB" } },
    { "other file types", param_set("firstImageUrl", { accept = '["JPG","PNG","WEBP"]' }),
      { "firstImageUrl: takes jpg, png, webp, was jpg, png" } },
    { "a list", param_set("firstImageUrl", { multipleInputs = true, maxInputNum = 3 }),
      { "firstImageUrl: a list, up to 3 now" } },
    { "another output", function(data) model_of(data, VIDEO).output_type = "string" end,
      { "output: string, was video" } },
    { "another Chinese name", function(data) model_of(data, VIDEO).name_cn = "可灵O1" end,
      { "Chinese name: 可灵O1, was " .. catalogue.find(VIDEO).name_zh } },
  } do
    local name, change, lines = table.unpack(case)
    it("is told in its words and written: " .. name, function()
      local data = whole()
      change(data)
      local told, changed = changes(data)
      assert.same(lines, told)
      assert.equal(VIDEO, changed.endpoint)
      assert.same(changed.entry, loaded(writer.declaration(changed.entry), "kling"))
      assert.same(catalogue.find(VIDEO).price, changed.entry.price)
    end)
  end

  it("of a range or a number of items is told", function()
    local data = whole()
    param_of(data, "kling-v3-4k/image-to-video", "duration").max = 20
    assert.same({ "duration: 3 to 20, was 3 to 15" }, (changes(data)))
    data = whole()
    param_of(data, "kling-elements", "elementReferList").maxInputNum = 4
    assert.same({ "elementReferList: up to 4 of them, was 3" }, (changes(data)))
  end)

  it("that only the catalogue has is told, kept, and not written", function()
    local data = whole()
    local param = param_of(data, VIDEO, "duration")
    param.options = { param.options[2] }
    local told, changed = changes(data)
    assert.same({ "duration: 5 is not in the registry, kept" }, told)
    assert.is_nil(changed.entry)
  end)

  it("of what says nothing is none", function()
    for _, change in ipairs {
      param_set("prompt", { defaultValue = "A girl in the rain" }),
      param_set("firstImageUrl", { accept = '["JPEG","JPG","PNG"]', defaultValue = "https://x/a.png" }),
      param_set("duration", { options = { "10", "5", "empty", " ", { value = "" } } }),
      param_set("duration", { defaultValue = "empty" }),
      param_set("duration", { options = json.null }), param_set("duration", { type = "COMPLEX" }),
      param_set("duration", { defaultValue = "7" }), param_set("prompt", { maxLength = "many" }),
      param_set("mode", { options = { "std", "STD", "pro" } }),
      function(data) model_of(data, VIDEO).params = json.array {} end,
      function(data) model_of(data, VIDEO).name_cn = "RH kling" end,
    } do
      local data = whole()
      change(data)
      assert.same({}, (changes(data)))
    end
  end)

  it("that a rule settles is none: one of several is needed", function()
    local data = whole()
    param_of(data, "kling-v3-4k/image-to-video", "prompt").required = true
    assert.same({}, (changes(data)))
  end)

  it("keeps node keys, objects, rules and names", function()
    local data, endpoint = whole(), "kling-v3-4k/image-to-video"
    param_of(data, endpoint, "duration").max = 20
    local _, changed = changes(data)
    local before = catalogue.find(endpoint)
    for _, field in ipairs { "object_params", "rules", "price", "doc_names", "name", "name_zh", "task" } do
      assert.same(before[field], changed.entry[field], field)
    end
    data, endpoint = whole(), "rhart-image/f-dev"
    param_of(data, endpoint, "aspectRatio").options[8] = "custom"
    _, changed = changes(data)
    assert.equal("43##select", changed.entry.params[2].node_key)
    assert.equal(7, #catalogue.find(endpoint).params[2].enum, "the catalogue's own entry stays as it was")
  end)
end)

describe("models", function()
  local NEW = { endpoint = "kling-v9-pro/image-to-video-fast", name_cn = "可灵9", name_en = "kling-v9-fast",
    output_type = "video", category = "RunningHub/Kling", params = {
      { fieldKey = "imageUrls", type = "IMAGE", required = "true", multipleInputs = "true", maxInpuNum = "4",
        maxSizeMB = "12", accept = { "JPG", ".png" } },
      { fieldKey = "prompt", type = "STRING", required = true, defaultValue = "A cat", maxLength = "300" },
      { fieldKey = "seed", type = "INT", min = "-1", max = 5.0, step = 1, defaultValue = "7" },
      { fieldKey = "size", type = "LIST", options = { 720, "1080", { value = "4k" }, "empty" } },
      { fieldKey = "sound", type = "BOOLEAN", defaultValue = "TRUE" },
      { fieldKey = "boxes", type = "COMPLEX", required = true },
    } }

  it("that are new are read whole", function()
    local data = whole()
    table.insert(data.models, NEW)
    local found = compare(data)
    assert.same({ 1, 0, 0 }, { #found.new, #found.gone, #found.changed })
    assert.same({
      endpoint = NEW.endpoint, name = "kling-v9-fast", name_zh = "可灵9", task = "image-to-video",
      output = "video", family = "kling", status = "listed", doc_names = {}, object_params = { "boxes" },
      params = {
        { name = "imageUrls", type = "image", required = true, list = true, max_items = 4,
          max_bytes = 12 << 20, accept = { ".jpg", ".png" } },
        { name = "prompt", type = "string", required = true, max_length = 300 },
        { name = "seed", type = "integer", required = false, min = -1, max = 5 },
        { name = "size", type = "enum", required = false, enum = { "720", "1080", "4k" } },
        { name = "sound", type = "boolean", required = false, default = true },
      },
    }, found.new[1])
  end)

  it("that are new get the task and family that their path speaks of", function()
    local data, wanted = whole(), {
      ["alibaba/wan-9.0/text-to-video"] = "text-to-video wan",
      ["rhart-video/sparkvideo-9.0/multimodal-video"] = "reference-to-video seedance",
      ["rhart-audio/text-to-audio/speech-9-hd"] = "text-to-audio minimax-audio",
      ["minimax/something"] = "other minimax", ["zzz"] = "other zzz",
      ["kling-v9/edit"] = "video-edit kling",
    }
    for endpoint in pairs(wanted) do
      table.insert(data.models, { endpoint = endpoint, output_type = "video" })
    end
    for _, entry in ipairs(compare(data).new) do
      assert.equal(wanted[entry.endpoint], entry.task .. " " .. entry.family, entry.endpoint)
      assert.is_true(entry.params_unknown)
    end
  end)

  it("that are new take no name that is another's", function()
    local data = whole()
    table.insert(data.models, { endpoint = "a/b", name_en = "kling-v2.6-pro-image-to-video", params = {} })
    assert.equal("a/b", compare(data).new[1].name)
  end)

  it("that are gone are removed, as of the registry", function()
    local data = whole()
    local _, i = model_of(data, VIDEO)
    table.remove(data.models, i)
    local found = compare(data)
    assert.same({ VIDEO }, endpoints(found.gone))
    assert.same({ "removed", "2026-09-01" }, { found.gone[1].status, found.gone[1].last_seen })
    assert.equal("listed", catalogue.find(VIDEO).status)
    assert.same(found.gone[1].params, catalogue.find(VIDEO).params)
  end)

  it("of which more than a fifth are gone are only marked so when that is asked for", function()
    local data = whole()
    local few = table.move(data.models, 1, #data.models * 7 // 10, 1, {})
    few[#few + 1] = { endpoint = "a/b", params = json.array {} }
    data.models = few
    local found = compare(data)
    assert.is_true(found.doubtful)
    assert.is_true(#found.gone > 80)
    assert.equal(1, importer.count(found))
    found.take_gone = true
    assert.equal(#found.gone + 1, importer.count(found))
  end)

  it("that were deprecated or removed cannot go", function()
    local data = whole()
    for i = #data.models, 1, -1 do
      if catalogue.find(data.models[i].endpoint).status ~= "listed" then table.remove(data.models, i) end
    end
    assert.same({}, compare(data).gone)
  end)

  it("that were removed and are there again are listed again", function()
    local found = compare(whole { removed = true })
    assert.equal(31, #found.changed)
    for _, changed in ipairs(found.changed) do
      assert.same({ "listed again, was removed" }, changed.changes)
      assert.equal("listed", changed.entry.status)
      assert.is_nil(changed.entry.last_seen)
    end
  end)

  it("of an older registry are compared with a warning", function()
    local found = compare(whole { version = "public-2026-04-29" })
    assert.matches("2026%-04%-29, older than", found.notes[1])
  end)
end)

-- ---- odd inputs -------------------------------------------------------------------------------

describe("an oddity", function()
  local function note_of(model)
    model.endpoint = model.endpoint or "a/b"
    local read = assert(registry.read(assert(json.encode { models = { model } })))
    return read.notes[1], read.models[1]
  end

  for _, case in ipairs {
    { "an unknown type", { params = { { fieldKey = "x", type = "FOO" } } }, "x: FOO is no known type",
      { name = "x", type = "object" } },
    { "no type", { params = { { fieldKey = "x" } } }, "x: has no type", { name = "x", type = "object" } },
    { "no name", { params = { { type = "INT" }, "x" } }, "parameter 1 has no fieldKey" },
    { "a name twice", { params = { { fieldKey = "x", type = "INT" }, { fieldKey = "x", type = "FLOAT" } } },
      "x: comes twice, the last counts", { name = "x", type = "number" } },
    { "no values", { params = { { fieldKey = "x", type = "LIST", options = { "empty", "" } } } },
      "x: lists no values", { name = "x", type = "string", open = true } },
    { "no range", { params = { { fieldKey = "x", type = "INT", min = 5, max = 1, defaultValue = 3 } } },
      "x: from 5 to 1 is no range", { name = "x", type = "integer", default = 3 } },
    { "params that are none", { params = "none" }, "params is no list" },
    { "a name with control characters", { name_en = "x\27]0;t\7" },
      "name_en holds control characters, left out" },
    { "a Chinese name of two lines", { name_cn = "a\nb" }, "name_cn holds control characters, left out" },
    { "a parameter with a C1 control in its name", { params = { { fieldKey = "x\u{9b}2J", type = "INT" } } },
      "parameter 1: its name holds control characters" },
    { "such a value", { params = { { fieldKey = "x", type = "LIST", options = { "y\u{9b}2J", "z" } } } },
      "x: a value holds control characters", { name = "x", type = "enum", enum = { "z" } } },
  } do
    it("is told and lived with: " .. case[1], function()
      local note, model = note_of(case[2])
      assert(note:find(case[3], 1, true), note)
      assert.same(case[4], model.params[1])
    end)
  end

  it("of the version: one with control characters is none", function()
    local read = assert(registry.read [[{"version": "2026-09-01\u001b[2J\nx",
      "models": [{"endpoint": "a"}]}]])
    assert.is_nil(read.version)
    assert.equal("2026-09-01", read.date)
    assert.same({ "version holds control characters, left out" }, read.notes)
  end)

  it("of an endpoint that comes twice: the last counts", function()
    local read = assert(registry.read [[{"models": [{"endpoint": "a/b", "name_en": "x"},
      {"endpoint": "/openapi/v2/a/b/", "name_en": "y"}], "model_count": 9}]])
    assert.same({ "the header tells of 9 models, the list has 2", "a/b: comes twice, the last counts" },
      read.notes)
    assert.equal(1, #read.models)
    assert.equal("y", read.models[1].name_en)
  end)

  for _, case in ipairs {
    { "nothing", "", "is no JSON" },
    { "no JSON", "{'models': []}", "is no JSON" },
    { "a number", "5", "no list of models" },
    { "a text", '"models"', "no list of models" },
    { "no list", '{"model": []}', "no list of models" },
    { "an object as the list", '{"models": {"a": 1}}', "no list of models" },
    { "an empty list", '{"models": []}', "list of models is empty" },
    { "a model that is none", '{"models": [{"endpoint": "a"}, 5]}', "model 2 of 2 is no object" },
    { "no endpoint", '{"models": [{"endpoint": "a"}, {"name_en": "b"}]}', "model 2 of 2 has no endpoint" },
    { "a number as the endpoint", '{"models": [{"endpoint": 5}]}', "model 1 of 1 has no endpoint" },
    { "no path as the endpoint", '{"models": [{"endpoint": "a b?"}]}', 'has no endpoint but "a b?"' },
    { "an endpoint that leads elsewhere", '{"models": [{"endpoint": "a/../b"}]}',
      'has no endpoint but "a/../b"' },
    { "an endpoint with a C1 control", '{"models": [{"endpoint": "a/\u{9b}2J"}]}', "has no endpoint" },
    { "a cut file", '{"models": [{"endpoint": "a"}', "is no JSON" },
    { "bad UTF-8", '{"models": [{"endpoint": "a", "name_en": "\xFF"}]}', "is no JSON" },
  } do
    it("that makes it no registry is refused: " .. case[1], function()
      local read, why = importer.compare(case[2])
      assert.is_nil(read)
      assert(why:find(case[3], 1, true), why)
    end)
  end
end)

-- ---- the file ---------------------------------------------------------------------------------

describe("the file", function()
  local function written(data)
    return importer.text(compare(data), "some/registry.json")
  end

  it("says where it is from and holds only what differs", function()
    local data = whole { version = "v1 2026-09-01" }
    local _, i = model_of(data, "kling-elements")
    table.remove(data.models, i)
    table.insert(data.models, { endpoint = "a/b", params = {} })
    table.insert(param_of(data, VIDEO, "duration").options, "12")
    local content = written(data)
    local head = "-- Models as RunningHub's registry has them: registry.json, version v1 2026-09-01, imp"
    assert.equal(head, content:sub(1, #head))
    local env = words.of "imported"
    assert(load(content, "=text", "t", env))()
    assert.same({ "kling-elements", VIDEO, "a/b" }, endpoints(env.models))
    assert.same(catalogue.find(VIDEO).price, env.models[2].price)
    assert(content:find('family = "kling"', 1, true), content)
  end)

  it("of an earlier import is not looked at; other files of the user's are, and are left alone", function()
    folder:put("imported.lua", "this is broken")
    local data = whole()
    table.insert(param_of(data, VIDEO, "duration").options, "12")
    assert.same({ VIDEO }, endpoints(compare(data).changed))
    folder:put("mine.lua", ('model "%s" { task = "x", output = "video", text "prompt" }'):format(VIDEO))
    local found = compare(data)
    assert.same({}, found.changed)
    assert.same({ { endpoint = VIDEO, file = "mine.lua" } }, found.left)
    table.remove(data.models, select(2, model_of(data, VIDEO)))
    assert.same({}, compare(data).gone)
    folder:put("mine.lua", "model 5")
    local ok, err = pcall(compare, data)
    assert.is_false(ok)
    assert.equal("config", err.kind)
    assert(err.message:find("mine.lua", 1, true), err.message)
    os.remove(folder.path .. "/mine.lua")
  end)

  it("of a registry where everything differs can be read", function()
    local data = whole { removed = true }
    for _, model in ipairs(data.models) do
      local options = { '"', "\\", "]]", "--" }
      table.insert(model.params, { fieldKey = 'odd "\\]]--', type = "LIST", options = options })
    end
    local env = words.of "imported"
    assert(load(written(data), "=text", "t", env))()
    assert.equal(459, #env.models)
    for _, entry in ipairs(env.models) do assert.equal(4, #entry.params[#entry.params].enum) end
  end)

  it("makes the models known, and the checker take what it did not", function()
    local data = whole()
    table.insert(param_of(data, VIDEO, "duration").options, "12")
    table.insert(data.models, { endpoint = "new/thing", name_en = "thing", params = {
      { fieldKey = "prompt", type = "STRING", required = true } } })
    local call = { firstImageUrl = "https://example.com/a.png", duration = 12 }
    local function warn() end
    assert.is_nil((check.call(VIDEO, call, "strict", warn)))
    local path = assert(importer.write(compare(data), "registry.json"))
    folder.written[#folder.written + 1] = path
    assert.equal(folder.path .. "/imported.lua", path)
    assert.equal(384, sys.stat(path).mode) -- 0600
    local env = words.of "imported"
    assert(load(assert(sys.read(path)), "=text", "t", env))()
    for _, entry in ipairs(env.models) do own.add(entry, 1) end
    assert.equal("12", assert(check.call(VIDEO, call, "strict", warn)).params.duration)
    assert.equal("new/thing", catalogue.find("thing").endpoint)
    local _, err = check.call("new/thing", {}, "strict", warn)
    assert.equal("prompt", err.problems[1].param)
  end)
end)
