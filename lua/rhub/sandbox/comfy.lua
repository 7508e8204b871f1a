-- The native ComfyUI API behind /proxy/KEY and /proxy-plus/KEY, as ComfyUI's own server answers. Which routes
-- RunningHub lets through, and what it says to a wrong key, is not documented: they are all here, and a wrong
-- key is refused in shape A, but for object_info, which is known to answer everybody.

local graph = require "rhub.graph"
local graphs = require "rhub.sandbox.graphs"
local info = require "rhub.sandbox.comfy_info"
local json = require "rhub.json"
local media = require "rhub.sandbox.media"
local replies = require "rhub.sandbox.replies"
local shapes = require "rhub.sandbox.shapes"

local comfy = {}

local function answer(value, status)
  local reply = replies.json(assert(json.encode(value)))
  reply.status = status or 200
  return reply
end

-- ---- what stands in history and queue ---------------------------------------------------------

-- ComfyUI's row for a prompt: number, id, graph, what came along, outputs.
local function row(prompt)
  local extra = type(prompt.body.extra_data) == "table" and prompt.body.extra_data or {}
  extra.client_id = prompt.body.client_id
  return json.array { prompt.number, prompt.id, prompt.body.prompt, extra, json.array(prompt.outputs) }
end

local function failure(prompt)
  local id = prompt.failing
  return { prompt_id = prompt.id, node_id = id, node_type = prompt.nodes[id].class_type,
    executed = json.array {}, exception_message = prompt.message, exception_type = "RuntimeError",
    traceback = json.array { '  File "execution.py", line 349, in execute\n' },
    current_inputs = {}, current_outputs = json.array {} }
end

local function messages(prompt)
  local list = { json.array { "execution_start", { prompt_id = prompt.id } } }
  if prompt.state == "success" then
    list[2] = json.array { "execution_success", { prompt_id = prompt.id } }
  elseif prompt.state == "error" then
    list[2] = json.array { "execution_error", failure(prompt) }
  else
    list[2] = json.array { "execution_interrupted", { prompt_id = prompt.id, node_id = prompt.failing } }
  end
  return json.array(list)
end

local WORDS = { png = "images", mp4 = "gifs", wav = "audio" }

local function entry(prompt)
  local outputs = {}
  for node, files in pairs(prompt.made or {}) do
    outputs[node] = { [WORDS[files[1].filename:match("%w+$")] or "images"] = json.array(files) }
  end
  return { prompt = row(prompt), outputs = outputs, meta = {},
    status = { status_str = prompt.state == "success" and "success" or "error",
      completed = prompt.state == "success", messages = messages(prompt) } }
end

-- ---- prompt -----------------------------------------------------------------------------------

local function refuse(kind, message, node_errors)
  return answer({ error = { type = kind, message = message, details = "", extra_info = {} },
    node_errors = node_errors or {} }, 400)
end

-- One picture at a time: more is not for this way in.
local function batches(nodes)
  local errors = {}
  for _, id in ipairs(nodes:ids()) do
    local batch = nodes[id].inputs.batch_size
    if type(batch) == "number" and batch > 1 then
      errors[id] = { class_type = nodes[id].class_type, dependent_outputs = json.array {},
        errors = json.array { { type = "value_bigger_than_max", details = "batch_size",
          message = ("Value %s bigger than max of 1"):format(batch),
          extra_info = { input_name = "batch_size" } } } }
    end
  end
  return next(errors) and errors or nil
end

local function duration(box, files)
  return box:duration(files[1] and files[1].kind == "mp4" and "video" or "image")
end

local function prefixes(nodes, files)
  for _, file in ipairs(files) do
    local prefix = nodes[file.node].inputs.filename_prefix
    file.prefix = type(prefix) == "string" and prefix:match("^[%w_-]+$") or "ComfyUI"
  end
  return files
end

local function no_funds(account)
  if (account.kind == "NORMAL" and account.coins or account.money) > 0 then return nil end
  return account.kind == "NORMAL" and "414" or "416"
end

local function make(box, call, machine, body, nodes, verdict)
  local script, outputs = call.script or {}, verdict.outputs_to_execute
  local files = prefixes(nodes, graphs.files(nodes, outputs))
  return machine:add {
    body = body, nodes = nodes, outputs = outputs, makes = files,
    params = graphs.params(nodes), text = call.body, ending = script["end"] or "success",
    failing = script.node or outputs[1], message = script.message or "the sandbox was told that this fails",
    seconds = script.seconds or duration(box, files), file_script = script.file or {},
  }
end

local HANDLERS = {}

function HANDLERS.prompt(box, call, machine)
  if call.method == "GET" then return answer { exec_info = { queue_remaining = #machine.line } } end
  if call.method ~= "POST" then return { status = 405 } end
  local body = call.body and json.decode(call.body)
  if type(body) ~= "table" then return { status = 500, body = "500 Internal Server Error" } end
  if type(body.prompt) ~= "table" then return refuse("no_prompt", "No prompt provided") end
  local nodes, problem = graph.read(body.prompt)
  if not nodes then return refuse("invalid_prompt", "the graph " .. problem) end
  local verdict = graphs.validate(nodes, machine)
  if not verdict.result then
    return answer({ error = verdict.error, node_errors = verdict.node_errors }, 400)
  end
  local wrong = batches(nodes)
  if wrong then
    return refuse("prompt_outputs_failed_validation", "Prompt outputs failed validation", wrong)
  end
  local code = no_funds(machine.account)
  if code then return replies.json(shapes.refuse_a(code)) end
  local prompt = make(box, call, machine, body, nodes, verdict)
  return answer { prompt_id = prompt.id, number = prompt.number, node_errors = verdict.node_errors }
end

-- ---- looking on -------------------------------------------------------------------------------

function HANDLERS.history(_, call, machine, id)
  if call.method ~= "GET" then return { status = 405 } end
  local found = {}
  for name, prompt in pairs(machine.history.by) do
    if id == "" or id == name then found[name] = entry(prompt) end
  end
  return answer(found)
end

local function rows(line, first, last)
  local list = {}
  for i = first, last do list[#list + 1] = row(line[i]) end
  return json.array(list)
end

function HANDLERS.queue(_, call, machine)
  local line = machine.line
  if call.method == "GET" then
    return answer { queue_running = rows(line, 1, math.min(1, #line)), queue_pending = rows(line, 2, #line) }
  end
  local body = call.body and json.decode(call.body)
  if call.method ~= "POST" or type(body) ~= "table" then return { status = 405 } end
  local unwanted = {}
  for _, id in ipairs(type(body.delete) == "table" and body.delete or {}) do unwanted[id] = true end
  if body.clear == true then machine:drop() else machine:drop(unwanted) end
  return { status = 200 }
end

function HANDLERS.interrupt(_, call, machine)
  if call.method ~= "POST" then return { status = 405 } end
  machine:interrupt()
  return { status = 200 }
end

function HANDLERS.system_stats(_, _, machine)
  local vram = (machine.plus and 48 or 24) << 30
  return answer {
    system = { os = "posix", comfyui_version = "0.3.60", python_version = "3.12.3", embedded_python = false },
    devices = json.array { { name = "cuda:0 sandbox", type = "cuda", index = 0, vram_total = vram,
      vram_free = vram } },
  }
end

function HANDLERS.object_info(_, _, _, class)
  return answer(info.of(class))
end

-- ---- files ------------------------------------------------------------------------------------

function HANDLERS.view(box, call, machine)
  local function asked(name) return call.request:query(name) or "" end
  local name, kind = asked "filename", asked "type"
  if name == "" then return { status = 400 } end
  if name:find("/", 1, true) or name:find("..", 1, true) then return { status = 403 } end
  local file = machine:file(kind == "" and "output" or kind, asked "subfolder", name)
  if not file or not file.prompt then return { status = 404 } end
  local prompt = file.prompt
  file.served = file.served or { kind = file.kind, script = prompt.file_script, expires = math.huge,
    look = media.look(file.kind, prompt.params, prompt.text, file.index) }
  if call.fault and call.fault["do"] == "changed" then box.files:change(file.served) end
  return box.files:serve(call.request, file.served, call.fault)
end

-- The name under which the file is kept: another one where that is taken by other bytes.
local function free_name(machine, file, subfolder, overwrite)
  local stem, ext = file.name:match("^(.+)(%.%w+)$")
  stem, ext = stem or file.name, ext or ""
  local name, n = file.name, 0
  while not overwrite do
    local there = machine:file("input", subfolder, name)
    if not there or there.sha256 == file.sha256 then break end
    n = n + 1
    name = ("%s (%d)%s"):format(stem, n, ext)
  end
  return name
end

function HANDLERS.upload(box, call, machine, what)
  if call.method ~= "POST" then return { status = 405 } end
  if what ~= "image" then return { status = 404 } end
  local form = call.request:form()
  local file = form and form.file
  if not file or file.part ~= "image" or file.name == "" then return { status = 400 } end
  if file.bytes > box.max_upload then return { status = 413 } end
  local subfolder, kind = form.fields.subfolder or "", form.fields.type or "input"
  local name = free_name(machine, file, subfolder, form.fields.overwrite == "true")
  local place = ("%s/%s/%s"):format(kind, subfolder, name)
  if not machine.files.by[place] then machine.files:add(place, {}) end
  machine.files.by[place].sha256 = file.sha256
  box.machines.uploads = box.machines.uploads + 1
  return answer { name = name, subfolder = subfolder, type = kind }
end

-- ---- all of it --------------------------------------------------------------------------------

-- prefix, key, first word, the rest
local function split(path)
  return path:match("^/(proxy[^/]*)/([^/]*)/?([^/]*)/?(.*)$")
end

-- What a path is counted and meets faults as: "comfy_prompt", "comfy_history", ...
---@param path string
---@return string
function comfy.route(path)
  local _, _, word = split(path)
  return word and HANDLERS[word] and "comfy_" .. word or "other"
end

---@param box rhub.sandbox
---@param call table
---@return table reply
function comfy.handle(box, call)
  local prefix, key, word, rest = split(call.path)
  local handler = HANDLERS[word]
  if not handler then return { status = 404, body = "404: Not Found" } end
  if word == "object_info" then return handler(box, call, nil, rest) end
  local account = box.accounts:find(key)
  if not account then return replies.json(shapes.refuse_a("802")) end
  if account.kind == "FREE" then return replies.json(shapes.refuse_a("801")) end
  return handler(box, call, box.machines:of(account, prefix == "proxy-plus"), rest)
end

return comfy
