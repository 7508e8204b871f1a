-- rhub models, model, check and price: what the catalogue knows, without a key and without sending anything.
local catalogue = require "rhub.catalogue"
local check = require "rhub.check"
local entry_text = require "rhub.cli.entry"
local errors = require "rhub.errors"
local json = require "rhub.json"
local model = require "rhub.cli.model"
local models = require "rhub.cli.models"
local parameters = require "rhub.cli.parameters"
local plain = require "rhub.cli.plain"
local price = require "rhub.cli.price"
local program = require "support.program"
local search = require "rhub.catalogue.search"
local snippets = require "rhub.cli.snippets"

local VIDEO = "kling-video-o1/image-to-video"
local PICTURE = "https://example.com/a.png"

local run

setup(function()
  run = program.new()
  os.execute("cp examples/portrait.png " .. program.quote(run.folder))
end)
teardown(function() run:remove() end)

local function decoded(got)
  assert.equal(1, select(2, got.out:gsub("\n", "")), "one line: " .. got.out)
  return assert(json.decode(got.out))
end

local function contains(text, part)
  assert(text:find(part, 1, true), ("%q is not in %q"):format(part, text))
end

local function lacks(text, part)
  assert(not text:find(part, 1, true), ("%q is in %q"):format(part, text))
end

local function canonical(value)
  return assert(json.encode(value, { sort = true }))
end

-- The endpoints that a search lists, in its order.
local function endpoints(...)
  local got = run("models", ...)
  assert.equal(0, got.code, got.err)
  local list = {}
  for line in got.out:gmatch("[^\n]+") do list[#list + 1] = line:match("^%S+") end
  return list
end

local function of_status(status)
  local n = 0
  for _, entry in ipairs(catalogue.all()) do
    if entry.status == status then n = n + 1 end
  end
  return n
end

-- One line on standard error, nothing on standard output.
local function refused(code, words, parts)
  local got = run(table.unpack(words))
  assert.equal(code, got.code, got.err)
  assert.equal("", got.out)
  assert.equal(1, select(2, got.err:gsub("\n", "")), "one line, not: " .. got.err)
  for _, part in ipairs(parts) do contains(got.err, part) end
end

describe("the search", function()
  local function made(endpoint, more)
    local entry = { endpoint = endpoint, name = endpoint, name_zh = endpoint, task = "other", family = "x",
      output = "image", status = "listed", doc_names = {}, params = {} }
    for name, value in pairs(more or {}) do entry[name] = value end
    return entry
  end
  local function names(list)
    for i, entry in ipairs(list) do list[i] = entry.endpoint end
    return list
  end

  it("puts a whole name first, then its beginning, a word of it, a part, the family, a parameter", function()
    local entries = {
      made("a", { params = { { name = "moon" } } }), made("b", { family = "moon" }), made("c-honeymoon"),
      made("d/moon"), made("moonlight"), made("moon"),
    }
    assert.same({ "moon", "moonlight", "d/moon", "c-honeymoon", "b", "a" },
      names(search.find(entries, { "moon" })))
  end)

  it("wants every word to fit, wherever", function()
    local entries = { made("moon/a", { task = "text-to-image" }), made("moon/b"), made("c",
      { task = "text-to-image" }) }
    assert.same({ "moon/a" }, names(search.find(entries, { "MOON", "text-to" })))
  end)

  it("puts listed models before deprecated and removed ones of the same fit", function()
    local entries = { made("moon/a", { status = "removed" }), made("moon/b", { status = "deprecated" }),
      made("moon/c") }
    assert.same({ "moon/c", "moon/b", "moon/a" }, names(search.find(entries, { "moon" }, true)))
  end)

  it("keeps removed models back unless they are what is named, or all there is", function()
    local entries = { made("moon/a", { status = "removed" }), made("moon/b") }
    local found, left_out = search.find(entries, { "moon" })
    assert.same({ { "moon/b" }, 1 }, { names(found), left_out })
    assert.same({ "moon/a" }, names(search.find(entries, { "moon/a" })))
    assert.same({ "moon/a" }, names(search.find({ entries[1] }, { "moon" })))
  end)

  it("mends misspelt words, and short ones less readily", function()
    local entries = { made("moonlight/go") }
    local near, instead = search.near(entries, { "monlight" })
    assert.same({ { "moonlight/go" }, { "moonlight" } }, { names(near), instead })
    assert.same({}, (search.near(entries, { "xx" })))
  end)
end)

describe("rhub models", function()
  it("lists every model that is not removed, and counts them on standard error", function()
    local got = run("models")
    assert.equal(0, got.code, got.err)
    local total, removed = #catalogue.all(), of_status "removed"
    assert.equal(total - removed, select(2, got.out:gsub("\n", "")))
    contains(got.err, ("%d models of %d (%d more with --status removed)"):format(total - removed, total,
      removed))
    assert.equal("", run("models", "-q").err)
  end)

  it("tells a model's task, price and family, and its Chinese name", function()
    local line = run("models", VIDEO).out
    for _, part in ipairs { VIDEO, "from 2.10 CNY a call", "image-to-video", "kling", "可灵图生视频o1" } do
      contains(line, part)
    end
  end)

  it("tells the name that the documentation has, where it says more than the endpoint", function()
    contains(run("models", "rhart-image-n-pro/edit").out, "nano-banana")
    lacks(run("models", "kling-v2.6-pro/text-to-video").out, "kling-v2.6-pro-text-to-video")
  end)

  it("has the model that is named before all others", function()
    assert.equal(VIDEO, endpoints(VIDEO)[1])
    assert.equal("kling-v2.6-pro/text-to-video", endpoints("kling-v2.6-pro-text-to-video")[1])
    assert.equal("kling-elements", endpoints("kling-elements")[1])
  end)

  it("finds with several words in any order and case", function()
    local list = endpoints("O1", "kling", "start")
    assert.same({ "kling-video-o1/start-to-end" }, list)
    assert.same(list, endpoints("start kling o1"))
  end)

  it("finds by Chinese words", function()
    assert.same({ "kling-video-o1/start-to-end" }, endpoints("可灵", "首尾帧"))
    local list = endpoints("文生图")
    assert.is_true(#list > 10)
    for _, endpoint in ipairs(list) do contains(catalogue.find(endpoint).name_zh, "文生图") end
  end)

  it("finds by a family's name however it is written, and by parameters", function()
    assert.is_true(#endpoints("nanobanana") > 0)
    for _, endpoint in ipairs(endpoints("multiPrompt")) do
      contains(table.concat(catalogue.find(endpoint).object_params, " "), "multiPrompt")
    end
  end)

  it("filters by task, output, family and status, with words or without", function()
    for _, entry in ipairs(decoded(run("models", "--family", "kling", "--task", "text-to-video",
      "--output", "video", "--status", "listed", "--json")).models) do
      assert.same({ "kling", "text-to-video", "video", "listed" },
        { entry.family, entry.task, entry.output, entry.status })
    end
    assert.equal(of_status "removed", #endpoints("--status", "removed"))
    for _, endpoint in ipairs(endpoints("pro", "--family", "kling")) do contains(endpoint, "pro") end
    assert.is_true(#endpoints("fps") > 0)
  end)

  it("marks models that are not listed", function()
    for line in run("models", "--status", "deprecated").out:gmatch("[^\n]+") do
      contains(line, "(deprecated)")
    end
    contains(run("models", "rhart-video/ltx-2/image-to-video").out, "(removed)")
  end)

  it("stays within the terminal's width, but never cuts an endpoint", function()
    for _, width in ipairs { 20, 40, 60, 80, 120, 200 } do
      local all = catalogue.all()
      for i, line in ipairs(models.lines(all, {}, width)) do
        assert.equal(all[i].endpoint, line:match("^%S+"))
        assert.is_true(plain.cells(line) <= math.max(width, plain.cells(all[i].endpoint) + 13), line)
      end
    end
  end)

  it("gives with --json every entry as the catalogue has it", function()
    local list = decoded(run("models", "--json")).models
    for _, entry in ipairs(decoded(run("models", "--status", "removed", "--json")).models) do
      list[#list + 1] = entry
    end
    table.sort(list, function(a, b) return a.endpoint < b.endpoint end)
    local all = catalogue.all()
    assert.equal(#all, #list)
    for i, entry in ipairs(all) do
      assert.equal(canonical(entry_text.json(entry)), canonical(list[i]))
      list[i].rules = nil
      local copy = {}
      for name, value in pairs(entry) do copy[name] = value end
      copy.rules, copy.doc_names, copy.params = nil, json.array(copy.doc_names), json.array(copy.params)
      assert.equal(canonical(copy), canonical(list[i]))
    end
  end)

  it("gives what holds between parameters a form that JSON can hold", function()
    local rules = decoded(run("models", "kling-lip-sync/identify-face", "--json")).models[1].rules
    assert.same({ { rule = "exactly_one", params = { "videoUrl", "videoId" } } }, rules)
    rules = decoded(run("model", "alibaba/wan-2.6/reference-to-video", "--json")).rules
    assert.same({ { rule = "at_most", max = 5, params = { "imageUrls", "videoUrls" } } }, rules)
  end)

  it("ends with 1 when nothing fits, and gives the nearest names in one line", function()
    refused(1, { "models", "klnig", "o1" }, { '"klnig o1"', 'did you mean "kling o1"', "kling-video-o1" })
    refused(1, { "models", "kling", "suno" }, { "the nearest: " })
    refused(1, { "models", "zzzqqq" }, { "zzzqqq", "rhub models lists all" })
    refused(1, { "models", "--family", "suno", "--task", "image-to-3d" }, { "without --family: " })
    refused(1, { "models", "o1", "--family", "suno" }, { "without --family: ", "kling-video-o1" })
    local got = run("models", "zzzqqq", "--json")
    assert.equal(1, got.code)
    assert.same({}, decoded(got).models)
    contains(got.out, '"models":[]')
  end)

  it("refuses a filter that no model has, with the nearest and all that there are", function()
    refused(2, { "models", "--task", "image-to-vido" }, { "did you mean image-to-video?", "text-to-music" })
    refused(2, { "models", "--family", "klig" }, { "did you mean kling?", "seedance" })
    refused(2, { "models", "--output", "vidoe" }, { "did you mean video?", "string" })
    refused(2, { "models", "--status", "gone" }, { "deprecated, listed, removed" })
    refused(2, { "models", "--familly", "kling" }, { "did you mean --family?" })
    refused(2, { "models", "--task", "" }, { "--task" })
  end)

  it("hands import over, and keeps its --yes for it", function()
    refused(2, { "models", "kling", "--yes" }, { "rhub models import FILE" })
    local before, given = package.loaded["rhub.cli.models_import"], nil
    package.loaded["rhub.cli.models_import"] = {
      run = function(context)
        given = context.words
        return true
      end,
    }
    local done = models.run { words = { "import", "a.json" }, values = { yes = 1 }, answer = {} }
    package.loaded["rhub.cli.models_import"] = before
    assert.same({ true, { "import", "a.json" } }, { done, given })
    contains(run("help", "models").out, "rhub models import FILE")
  end)
end)

describe("rhub model", function()
  it("tells everything that a model takes and costs", function()
    local got = run("model", VIDEO)
    assert.same({ 0, "" }, { got.code, got.err })
    for _, part in ipairs { VIDEO .. "    image-to-video    kling    listed\n可灵图生视频o1\n",
      "aspectRatio   *  one of  1:1  [9:16]  16:9\n", "firstImageUrl *  image   jpg, png, up to 20 MB\n",
      "prompt           text    up to 2,000 characters\n", "5             2.10  2.80",
      "10            4.20  5.60", "as of 2026-04-29", "runninghub.ai bills in USD" } do
      contains(got.out, part)
    end
  end)

  it("prints all of them, within the width, without an error", function()
    local n = 0
    for _, entry in ipairs(catalogue.all()) do
      for _, width in ipairs { 40, 80, 100 } do
        local text = model.text(entry, width)
        assert.is_truthy(utf8.len(text), entry.endpoint)
        for _, part in ipairs { "nil", "table: ", "function: " } do
          assert.is_nil(text:find("%f[%w]" .. part .. "%f[%W]"), entry.endpoint)
        end
      end
      n = n + 1
    end
    assert.equal(459, n)
  end)

  it("shows every value of a long list, and wraps it", function()
    local text = model.text(catalogue.find "kling-lip-sync/tts", 80)
    for _, voice in ipairs(catalogue.find("kling-lip-sync/tts").params[2].enum) do contains(text, voice) end
    for line in text:gmatch("[^\n]+") do
      if line:find("^  +%S+_") then assert.is_true(plain.cells(line) <= 80, line) end
    end
  end)

  it("says what holds between parameters in sentences", function()
    for name, sentence in pairs {
      ["kling-lip-sync/identify-face"] = "exactly one of videoUrl and videoId",
      ["alibaba/wan-2.6/reference-to-video"] = "at most 5 in imageUrls and videoUrls together",
      ["bytedance/jimeng-4.6/text-to-image"] = "width and height: all of them or none",
      ["minimax/music-cover"] = "coverFeatureId needs lyrics too",
      ["minimax/music-2.6"] = "lyrics is required unless isInstrumental is true or lyricsOptimizer is",
      ["skyreels-v4/omni-reference-std"] = "aspectRatio and duration are not looked at when refVideos is",
      ["rhart-image/f-2-dev/edit"] = "customWidth and customHight only when aspectRatio is custom",
      ["rhart-video-s-official/image-to-video"] = "imageUrl is a picture of 720x1280 or 1280x720 pixels",
    } do
      contains(model.text(catalogue.find(name), 100), sentence)
    end
  end)

  it("tells every price of a table, and says what is not known", function()
    for _, entry in ipairs(catalogue.all()) do
      local text = model.text(entry, 100)
      for _, rule in ipairs(entry.price and entry.price.rules or {}) do
        contains(text, (("%.4f"):format(rule.price):gsub("0?0$", "")))
      end
    end
    contains(model.text(catalogue.find "kling-elements-advanced", 100), "unknown to the catalogue")
    contains(model.text(catalogue.find "skyreels-v4/omni-reference-fast", 100), "from 0.10 CNY a call")
    contains(model.text(catalogue.find "kling-lip-sync/lip-sync-video", 100), "2026-06-18, has it from 0.35")
    contains(model.text(catalogue.find "seedream-v4/text-to-image", 100), "an image, times maxImages")
  end)

  it("does not show how to call what the service has taken away", function()
    local got = run("model", "rhart-video/ltx-2/image-to-video")
    contains(got.out, "removed, last seen ")
    lacks(got.out, "rhub run")
  end)

  it("says which model it took where a name stands for several", function()
    local name
    for _, one in ipairs(catalogue.names()) do name = name or catalogue.namesakes(one) and one end
    local got = run("model", name)
    assert.equal(0, got.code)
    contains(got.err, name .. " stands for " .. catalogue.find(name).endpoint)
    for _, other in ipairs(catalogue.namesakes(name)) do contains(got.err, other) end
    assert.equal(1, select(2, got.err:gsub("\n", "")))
  end)

  it("keeps a default of several lines on one", function()
    local folder = run.home .. "/.config/rhub/catalogue"
    os.execute("mkdir -p " .. program.quote(folder))
    local file = assert(io.open(folder .. "/mine.lua", "w"))
    file:write('model "a/b" { text "prompt" { default = "one\\n  price  per call 0.00" } }')
    file:close()
    local got = run("model", "a/b")
    os.remove(folder .. "/mine.lua")
    contains(got.out, "[one   price  per call 0.00]\n")
  end)

  it("gives with --json the entry itself", function()
    local answer = decoded(run("model", VIDEO, "--json"))
    assert.equal(canonical(entry_text.json(catalogue.find(VIDEO))), canonical(answer))
  end)

  it("knows no such model, and gives the nearest names", function()
    refused(2, { "model", "kling-video-o1/image-to-vidoe" }, { "did you mean " .. VIDEO .. "?" })
    refused(2, { "model", "KLING_VIDEO_O1/image-to-video" }, { "did you mean " .. VIDEO .. "?" })
    refused(2, { "model", "kling-o1" }, { "kling-video-o1/text-to-video", " or " })
    refused(2, { "model", "zzzqqq" }, { '"zzzqqq"', "rhub models" })
    refused(2, { "model", "" }, { "no such model" })
    refused(2, { "model" }, { "rhub model takes a model's name" })
    refused(2, { "model", "kling", "o1" }, { '"o1" is one too many' })
    assert.equal("input", decoded(run("model", "zzzqqq", "--json")).error.kind)
  end)
end)

describe("what is ready to paste", function()
  local function example_of(entry)
    local params = {}
    for _, one in ipairs(snippets.example(entry)) do params[one.name] = one.value end
    return params
  end

  local function each_callable()
    return coroutine.wrap(function()
      for _, entry in ipairs(catalogue.all()) do
        if entry.status ~= "removed" then coroutine.yield(entry, example_of(entry)) end
      end
    end)
  end

  -- What a shell makes of the commands: their words, one command after the other.
  local function words_of(scripts)
    local script = [[rhub() { printf '%s\0' "$@" --end; }
]] .. table.concat(scripts, "\n")
    local path = os.tmpname()
    local file = assert(io.open(path, "w"))
    file:write(script, "\n")
    file:close()
    local pipe = assert(io.popen("sh " .. path))
    local list, words = {}, {}
    for word in pipe:read("a"):gmatch("(%Z*)%z") do
      if word == "--end" then
        list[#list + 1], words = words, {}
      else
        words[#words + 1] = word
      end
    end
    pipe:close()
    os.remove(path)
    return list
  end

  it("has all that each listed model requires, and passes the checker without a warning", function()
    local warnings = {}
    for entry, params in each_callable() do
      local call, err = check.call(entry.endpoint, params, "strict", function(text)
        if entry.status == "listed" then warnings[#warnings + 1] = text end
      end)
      assert(call, tostring(err))
      assert.equal(canonical(params), canonical(call.params), entry.endpoint)
    end
    assert.same({}, warnings)
  end)

  it("as a command is what a shell reads, whatever its width", function()
    local scripts, entries, wanted = {}, {}, {}
    for entry, params in each_callable() do
      for _, width in ipairs { 30, 90 } do
        scripts[#scripts + 1] = table.concat(snippets.command(entry, snippets.example(entry), width), "\n")
        entries[#scripts], wanted[#scripts] = entry, canonical(params)
      end
    end
    for i, words in ipairs(words_of(scripts)) do
      assert.same({ "run", entries[i].endpoint, "-o", "out/" },
        { words[1], words[2], words[#words - 1], words[#words] })
      local params = assert(parameters.read({ table.unpack(words, 1, #words - 2) }, 3))
      local call, err = check.call(words[2], params, "strict", function() end)
      assert(call, tostring(err))
      assert.equal(wanted[i], canonical(call.params))
    end
  end)

  it("in Lua calls the model with the same parameters", function()
    for entry, wanted in each_callable() do
      local called, saved
      local hub = { run = function(_, name, params)
        called = { name, params }
        return { save = function(_, target) saved = target end }
      end }
      local env = { require = function() return { client = function() return hub end } end, assert = assert }
      local text = table.concat(snippets.lua(entry, snippets.example(entry), 80), "\n")
      assert(load(text, entry.endpoint, "t", env))()
      assert.same({ entry.endpoint, canonical(wanted), "out/" }, { called[1], canonical(called[2]), saved })
    end
  end)

  it("with curl sends the same parameters to an address that is one", function()
    for entry, wanted in each_callable() do
      local text = table.concat(snippets.curl(entry, snippets.example(entry), 80), "\n")
      local pipe, path, body = text:match(
        "^(printf [^\n]* |)\ncurl https://www%.runninghub%.ai/openapi/v2/(%S+) .* %-H @%- .* %-d '(.*)'$")
      -- The shell's own printf: the key is in no process's arguments.
      assert.equal([[printf 'Authorization: Bearer %s' "$RUNNINGHUB_API_KEY" |]], pipe)
      assert.is_truthy(path:find("^[%w%-._~/%%]+$"), path)
      path = path:gsub("%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end)
      assert.equal(entry.endpoint, path)
      assert.equal(canonical(wanted), canonical(assert(json.decode((body:gsub([['\'']], "'"))))))
    end
    contains(run("model", VIDEO, "--site", "cn").out, "https://www.runninghub.cn/openapi/v2/" .. VIDEO)
  end)

  it("in C compiles and says the same", function()
    local functions = {}
    for entry, wanted in each_callable() do
      local lines = snippets.c(entry, snippets.example(entry), 80)
      functions[#functions + 1] = ("static void f%d(rhub_client *client) {\n%s\n}"):format(#functions,
        table.concat(lines, "\n"))
      local text = {}
      for literal in table.concat(lines, "\n"):match("task%.params = (.-);\n"):gmatch('"([^\n]*)"') do
        text[#text + 1] = literal:gsub("\\(.)", "%1")
      end
      assert.equal(canonical(wanted), canonical(assert(json.decode(table.concat(text)))))
    end
    local path = os.tmpname()
    local file = assert(io.open(path .. ".c", "w"))
    file:write("#include <rhub.h>\n#include <stdio.h>\n#include <string.h>\n", table.concat(functions, "\n"),
      "\nint main(void) { return 0; }\n")
    file:close()
    local ok = os.execute(("${CC:-cc} -std=c99 -Wall -Werror -Wno-unused-function -fsyntax-only -Isrc %s.c")
      :format(path))
    os.remove(path)
    os.remove(path .. ".c")
    assert.is_true(ok)
  end)
end)

describe("rhub check", function()
  it("tells what would be sent, what uploaded, and the price, and sends nothing", function()
    local got = run("check", VIDEO, "firstImageUrl=portrait.png", "duration=10")
    assert.same({ 0, "" }, { got.code, got.err })
    assert.equal(VIDEO .. ": nothing is wrong, nothing was sent\n"
      .. 'sends    {"aspectRatio":"9:16","duration":"10","firstImageUrl":"portrait.png","mode":"std"}\n'
      .. "uploads  portrait.png  (62 KB) as firstImageUrl\n"
      .. "price    4.20 CNY  (a call, as of 2026-04-29, runninghub.cn)\n", got.out)
  end)

  it("gives the same as one JSON object", function()
    local got = run("check", VIDEO, "firstImageUrl=portrait.png", "duration:=10", "--json")
    local answer = decoded(got)
    assert.same({ 0, "" }, { got.code, got.err })
    assert.same({ true, VIDEO, {}, {} }, { answer.ok, answer.model, answer.problems, answer.warnings })
    assert.same({ aspectRatio = "9:16", duration = "10", firstImageUrl = "portrait.png", mode = "std" },
      answer.params)
    assert.same({ { pointer = "/firstImageUrl", path = "portrait.png", bytes = 63226 } }, answer.files)
    assert.equal("4.20", answer.price.amount)
  end)

  it("prints problems exactly as rhub run does", function()
    for _, words in ipairs {
      { VIDEO, "aspectRatio=9:15", "durration=5", "firstImageUrl=no.png" },
      { VIDEO, "firstImageUrl=no.png" },
      { "kling-video-o1/image-to-vidoe" },
      { VIDEO, "prompt" },
      { VIDEO, "prompt=@no.txt" },
      { VIDEO, "apiKey=secret" },
    } do
      local got = run("check", table.unpack(words))
      assert.equal(2, got.code)
      assert.equal("", got.out)
      assert.equal(run("run", table.unpack(words)).err, got.err)
    end
  end)

  it("gives problems with --json one by one", function()
    local got = run("check", VIDEO, "aspectRatio=9:15", "durration=5", "firstImageUrl=" .. PICTURE, "--json")
    local answer = decoded(got)
    assert.same({ 2, false, VIDEO }, { got.code, answer.ok, answer.model })
    assert.same({ { param = "aspectRatio", value = "9:15", message = '"9:15" is not allowed',
      allowed = "1:1, 9:16, 16:9", suggestion = "9:16" }, { param = "durration", value = "5",
      message = "no such parameter", allowed = json.null, suggestion = "duration" } }, answer.problems)
    assert.equal("input", answer.error.kind)
  end)

  it("warns on standard error and goes on", function()
    local got = run("check", VIDEO, "firstImageUrl=" .. PICTURE, "frobnicate=1")
    assert.equal(0, got.code)
    contains(got.err, "rhub: ")
    contains(got.err, "frobnicate")
    contains(got.out, "1 warning, nothing was sent")
    got = run("check", VIDEO, "aspectRatio=9:15", "--check", "warn", "--json")
    assert.same({ 0, 2 }, { got.code, #decoded(got).warnings })
    contains(got.err, "did you mean 9:16?")
  end)

  it("passes what the catalogue does not know, and what it is told not to look at", function()
    local got = run("check", "somebody/new-model", "prompt=x")
    assert.equal(0, got.code)
    contains(got.err, "is not in the catalogue")
    contains(got.out, "price    unknown: ")
    got = run("check", VIDEO, "aspectRatio=9:15", "--check", "off")
    assert.same({ 0, "" }, { got.code, got.err })
    contains(got.out, 'sends    {"aspectRatio":"9:15"}\n')
  end)

  it("refuses what is no call", function()
    refused(2, { "check" }, { "rhub check takes a model and its parameters" })
    refused(2, { "check", "prompt=x" }, { '"prompt=x" stands where the model belongs' })
    refused(2, { "check", VIDEO, "firstImageUrl=" .. PICTURE, "prompt=\255" }, { "UTF-8" })
    refused(2, { "check", VIDEO, "seed:={1" }, { "seed:={1" })
  end)
end)

describe("a name", function()
  local CALLS = { { "check" }, { "model" }, { "price" }, { "run" }, { "price", "--online" } }

  it("that no model can have is refused by every command", function()
    for _, name in ipairs { "foo bar", "a?b", "a#b", "../a", "a/../b" } do
      for _, words in ipairs(CALLS) do refused(2, { words[1], name, words[2] }, { "no such model" }) end
    end
    refused(2, { "check", "foo bar", "a=b", "--check", "off" }, { "no such model" })
  end)

  it("that is nearly one is refused by every command, with that one", function()
    for _, words in ipairs(CALLS) do
      refused(2, { words[1], "kling-video-o1/image-to-vidoe", words[2] }, { "did you mean " .. VIDEO .. "?" })
      refused(2, { words[1], "可灵图生视频o9", words[2] }, { "did you mean kling" })
      refused(2, { words[1], "RH视频帧率增强", words[2] },
        { "did you mean rhart-video/video-fps-increaser or rh/video-fps-increaser?" })
    end
  end)

  it("in Chinese that one model has is that model's everywhere", function()
    contains(run("model", "可灵图生视频o1").out, VIDEO)
    contains(run("price", "可灵图生视频o1").out, "2.10 CNY")
    contains(run("check", "可灵图生视频o1", "firstImageUrl=" .. PICTURE).out, VIDEO .. ": nothing is wrong")
    local got = run("run", "可灵图生视频o1", "aspectRatio=9:15")
    assert.equal(2, got.code)
    contains(got.err, VIDEO .. ": 2 problems, nothing was sent")
  end)

  it("that may only be newer than the catalogue says how to go on, once", function()
    local got = run("check", VIDEO, "firstImageUrl=" .. PICTURE, "aspectRatio=9:15")
    assert.equal("rhub: " .. VIDEO .. ': nothing was sent: aspectRatio: "9:15" is not allowed: '
      .. "1:1, 9:16, 16:9 (did you mean 9:16?); --check warn sends it as it is\n", got.err)
    got = run("check", VIDEO, "durration=5", "aspectRatio=9:15")
    assert.matches("\n\n  %-%-check warn sends it as it is\n$", got.err)
    assert.equal(1, select(2, got.err:gsub("check warn", "")))
    got = run("check", VIDEO, "firstImageUrl=" .. PICTURE, "aspectRatio=9:15", "--check", "warn")
    assert.equal(0, got.code, got.err)
  end)
end)

describe("rhub price", function()
  it("tells what a call will cost, with defaults for what is missing", function()
    local got = run("price", VIDEO)
    assert.same({ code = 0, out = "2.10 CNY  (a call, as of 2026-04-29, runninghub.cn)\n", err = "" }, got)
    contains(run("price", VIDEO, "mode=pro", "duration=10").out, "5.60 CNY")
    assert.same({ known = true, amount = "5.60", currency = "CNY", unit = "call", as_of = "2026-04-29" },
      decoded(run("price", VIDEO, "mode=pro", "duration:=10", "--json")))
  end)

  it("tells how many units it is of, where the unit is not the call", function()
    local function line(...) return (run("price", ...).out:gsub(", as of.*", "")) end
    assert.equal("40.50 CNY  (15 s at 2.70 a second", line("kling-v3-4k/text-to-video", "duration=15"))
    local seedream = "seedream-v4/text-to-image"
    local each = decoded(run("price", seedream, "maxImages=1", "--json")).unit_price
    assert.equal(("%s CNY  (1 image at %s an image"):format(each, each), line(seedream, "maxImages=1"))
    assert.equal("1.24 CNY  (2 × 0.62 per 1000 characters",
      line("rhart-audio/text-to-audio/speech-2.8-hd", "text=" .. ("x"):rep(1001)))
    contains(line(seedream, "maxImages=3"), ("(3 images at %s an image"):format(each))
    local answer = decoded(run("price", "kling-v3-4k/text-to-video", "duration:=15", "--json"))
    assert.same({ "40.50", 15, "2.70" }, { answer.amount, answer.quantity, answer.unit_price })
  end)

  it("notes what the model does not list, with the nearest, and says values by what they hold", function()
    local got = run("price", VIDEO, "mod=pro", "firstImageUrl=x.png", "webhookUrl=https://e.com", "zzz=1")
    assert.equal("2.10 CNY  (a call, as of 2026-04-29, runninghub.cn)\n", got.out)
    assert.equal(("rhub: %s: no such parameter: mod; it changes no price; did you mean mode?\n"
      .. "rhub: %s: no such parameter: zzz; it changes no price\n"):format(VIDEO, VIDEO), got.err)
    got = run("price", "kling-v3-4k/text-to-video", "duration:=[5]")
    assert.equal("unknown, at least 2.70 CNY: how long it gets is not known (duration [5])\n", got.out)
  end)

  it("does not check", function()
    contains(run("price", VIDEO, "firstImageUrl=no.png", "aspectRatio=9:15", "nonsense=1").out, "2.10 CNY")
  end)

  it("ends with 0 when the price is unknown, says why, and the least that it can be", function()
    local got = run("price", "kling-v2.5-turbo-std/text-to-video")
    assert.same({ 0, "unknown, at least 1.05 CNY: only the lowest price is known\n" }, { got.code, got.out })
    local answer = decoded(run("price", "kling-v2.5-turbo-std/text-to-video", "--json"))
    assert.same({ json.null, false, "1.05", "only the lowest price is known" },
      { answer.amount, answer.known, answer.at_least, answer.why })
    got = run("price", "alibaba/happyhorse-1.1/text-to-video", "--json")
    answer = decoded(got)
    assert.same({ 0, json.null, json.null, json.null },
      { got.code, answer.amount, answer.currency, answer.unit })
  end)

  it("says where the price holds when the other site is meant", function()
    contains(run("price", VIDEO, "--site", "ai").err, "runninghub.ai bills in USD")
    assert.equal("", run("price", VIDEO, "--site", "cn").err)
  end)

  it("refuses what is no call, and a model that there is not", function()
    refused(2, { "price", "kling-video-o1/image-to-vidoe" }, { "did you mean " .. VIDEO .. "?" })
    refused(2, { "price", "kling-video-o1/image-to-vidoe", "--online" }, { "did you mean " .. VIDEO .. "?" })
    refused(2, { "price", "zzzqqq" }, { "zzzqqq", "rhub models" })
    refused(2, { "price" }, { "rhub price takes a model and its parameters" })
    refused(2, { "price", "mode=pro" }, { "stands where the model belongs" })
    refused(2, { "price", VIDEO, "mode" }, { '"mode"', "NAME=VALUE" })
    assert.equal("input", decoded(run("price", "zzzqqq", "--json")).error.kind)
  end)

  it("needs a key to ask the service", function()
    refused(3, { "price", VIDEO, "--online" }, { "RUNNINGHUB_API_KEY" })
  end)

  -- Runs it against a client that answers as told.
  local function online(name, reply, err)
    local told = { out = {}, err = {} }
    local hub = { price = function(_, model_name, params)
      told.asked = { model_name, params }
      return reply, err
    end }
    local context = { words = { name, "mode=pro" }, values = { online = 1 }, answer = {},
      hub = function() return hub end, print = function(_, text) table.insert(told.out, text) end }
    context.terminal = { say = function(_, text) table.insert(told.err, text) end }
    context.terminal.note = context.terminal.say
    told.done, told.problem = price.run(context)
    told.answer = context.answer
    return told
  end

  it("tells the service's word with --online", function()
    local reply = { known = true, amount = "0.40", currency = "USD", unit = "call", free = true }
    local told = online(VIDEO, reply)
    assert.same({ VIDEO, { mode = "pro" } }, told.asked)
    assert.same({ { "0.40 USD  (this call is free, the service's own answer)" }, {} }, { told.out, told.err })
    assert.same({ "0.40", "USD", true }, { told.answer.amount, told.answer.currency, told.answer.free })
    told = online("somebody/new-model", { known = false, why = "it does not say" })
    assert.same({ true, { "unknown: it does not say" } }, { told.done, told.out })
  end)

  it("falls back to the catalogue where the key may not ask, and says so", function()
    local told = online(VIDEO, nil, errors.new { kind = "auth", code = "1014", message = "no" })
    assert.same({ true, { "2.80 CNY  (a call, as of 2026-04-29, runninghub.cn)" } }, { told.done, told.out })
    contains(told.err[1], "1014")
    assert.equal(1, #told.err)
  end)

  it("reports other errors of the service", function()
    for _, err in ipairs { errors.new { kind = "auth", code = "1002", message = "bad key" },
      errors.new { kind = "network", message = "no connection" } } do
      local told = online(VIDEO, nil, err)
      assert.same({ nil, err, {} }, { told.done, told.problem, told.out })
    end
  end)
end)

describe("none of these commands", function()
  it("loads the engine", function()
    -- Stock Lua takes no module that was built for a sanitizer.
    local build = (os.getenv "RHUB_BUILD" or "build"):gsub("/asan$", "")
    local trap = ([[package.preload["rhub.core"] = function() print "the engine was loaded" os.exit(9) end]])
    for _, words in ipairs { "'models', 'kling'", "'model', '" .. VIDEO .. "'", "'price', '" .. VIDEO .. "'",
      "'check', '" .. VIDEO .. "', 'firstImageUrl=https://example.com/a.png'" } do
      local code = ("%s os.exit(require('rhub.cli').main { %s })"):format(trap, words)
      local command = ("LUA_PATH='lua/?.lua;lua/?/init.lua' LUA_CPATH=%s lua5.4 -e %s >/dev/null 2>&1")
        :format(program.quote(build .. "/lua/?.so"), program.quote(code))
      assert.is_true(os.execute(command), words)
    end
  end)

  it("is missing from the help", function()
    for _, name in ipairs { "models", "model", "check", "price" } do
      local got = run("help", name)
      assert.same({ 0, "" }, { got.code, got.err })
      contains(got.out, "rhub " .. name)
      contains(got.out, "With --json: ")
      contains(run("--help").out, "rhub " .. name .. " ")
    end
  end)
end)
