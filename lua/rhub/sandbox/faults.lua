--[[
Faults: how the sandbox is told to misbehave. Knows nothing of sockets: it picks the fault that a
request meets, and replies.lua carries it out.

WHERE FAULTS COME FROM
  command line   rhub sandbox --fault '{"route":"submit","do":"reset"}'      (repeatable; a list too)
  endpoint       POST /sandbox/faults   one fault or a list; they queue up behind those that wait
                 GET /sandbox/faults    those that still wait        DELETE /sandbox/faults   none
  Lua            sandbox:fault{ route = "submit", ["do"] = "reset" }
  A fault with an unknown word or field is refused (HTTP 400, {"error":"..."}), never ignored.

WHICH REQUEST MEETS ONE
  Each request takes the first waiting fault that fits; one request meets one fault.
  "route"   "submit" (of models, workflows, apps, quick create)
            "query" "upload" "result" "account" "queue" "status" "outputs" "cancel" "price"
            "graph" (getJsonApiFormat) "app" (apiCallDemo) "apps" "styles"
            "node_upload" "lora_url" "lora_put" "keys" "resources" "webhook"
            "asset_create" "asset_query" "asset_list" "asset_update" "asset_delete" "group_create"
            "group_query" "group_list" "group_update" "group_delete",
            "comfy_prompt" "comfy_history" "comfy_view" "comfy_upload" "comfy_object_info" "comfy_queue"
            "comfy_interrupt" "comfy_system_stats",
            or "*" for any of them (default); the control endpoints never meet one
  "match"   plain text that the path or the body must contain (an endpoint, a task id, a prompt)
  "skip"    how many fitting requests go by first (default 0)
  "times"   how many requests it meets (default 1); -1 for ever

"accept": true|false says whether the request is carried out all the same before the reply goes wrong:
the task is made and charged, the file is stored. The default stands at each fault. Every request is
counted in the statistics whatever happens to it.

THE CONNECTION                                                                          accept
  {"do":"reset"}                 RST, no byte of a reply; a body over 64 KB is not read   false
  {"do":"reset_after"}           the whole request is read and carried out, then RST      true
  {"do":"fin"}                   the request is read whole, then FIN, no byte of a reply  false
  {"do":"half_header"}           half a status line and header, then FIN                  false
                                 "reset":true ends it by RST
  {"do":"truncate","after":N}    the true reply with its true Content-Length, cut by FIN  true
                                 after N bytes of the body (default: half of it)
  {"do":"stall","after":N}       the same, but the connection stays open and silent       true
  {"do":"length","delta":N}      a Content-Length that is wrong by N: more than is sent   true
                                 (then FIN), or less (then further bytes follow)
  {"do":"delay","seconds":S}     carried out at once, the true reply S seconds later      true
  {"do":"hang"}                  never answered                                           false
  {"do":"raw","body":TEXT}       these bytes as they stand on the socket, then FIN        false
                                 "hex":"48690d0a" for bytes that JSON cannot hold

THE REPLY
  {"do":"status","status":503}   that HTTP status; "body" (text), "json" (a value),       false
                                 "type" (Content-Type), "headers" as wanted; default body
                                 is empty. 429: "headers":{"Retry-After":"2"}
  {"do":"html"}                  an HTML page, "status" default 200                       false
  {"do":"empty"}                 no body at all, "status" default 200                     false
  {"do":"body","body":TEXT}      this body with HTTP 200 (or "status") and type JSON;     false
                                 "hex" or "json" instead of "body"
  {"do":"code","code":"421"}     RunningHub's error in the shape of that route, HTTP 200  false
                                 or "status"; "message"; "shape":"A"|"B" to force one;
                                 "word":"message" for shape A with message, not msg;
                                 any code may be given, unlisted ones too; 1004 echoes the id
  {"do":"redirect"}              302 or "status" to "location" (default: the same path)   false
  {"do":"big","bytes":N}         JSON that opens well and goes on for N bytes             false
                                 (default 67108864)
  {"do":"edit","set":{...}}      the true JSON reply with these fields set at its top     true
                                 level; null sets null; "drop":["usage"] leaves some out
  {"do":"headers","headers":{}}  the true reply with these headers set; false drops one   true
  {"do":"garbage"}               the true reply with bad UTF-8 and a NUL put into a       true
                                 "promptTips" or "msg" text
  {"do":"wrap"}                  the true reply, shape B inside shape A                   true
  {"do":"gzip"}                  the true reply with Content-Encoding: gzip               true
  {"do":"fat","bytes":N}         the true JSON object with more in it, N bytes or more    true
                                 (default 31457280)

RESULT FILES (route "result")
  truncate, stall, reset, status, headers as above; and
  {"do":"expire"}                403, as after the address's day; "status":404             false
  {"do":"no_range"}              a Range is ignored: 200 and the whole file               true
  {"do":"bad_range"}             206 with another Content-Range than was asked for        true
  {"do":"changed"}               the file is another one from now on: new bytes, ETag,    true
                                 Last-Modified

ONE TASK (route "submit": the task is made as usual, then lives as told)
  {"do":"task", ...} with any of
  "end":"FAILED"                 its last status (default SUCCESS; any word goes)
  "code":"1501","message":TEXT   errorCode and errorMessage at its end
  "failed_reason":{...}          as told; "node" for a ComfyUI failure with stringified traceback
  "usage":null|{...}|"numbers"   null: all four fields null; an object: as it stands; "none": "usage" is
                                 null; "numbers": money and time as JSON numbers
  "results":[...]                items as they stand: {"text":"..."}, {"url":"http://..."}, or
                                 {"output":"png"} for a file that the sandbox makes; [] for none;
                                 null for null
  "count":N                      N files of the model's own kind
  "alias":true                   outputUrl and content instead of url and text, task_id for taskId
  "numeric_id":true              ids as JSON numbers
  "wrapped":true                 all its replies shape B inside shape A
  "at_submit":true               the submit's reply says SUCCESS and has the results
  "gone":true                    accepted, charged, and then unknown: 1004
  "seconds":S                    how long it takes, whatever --speed says
  "cancel":"CANCELLED"           its last status when it is cancelled (default CANCEL)
  "polls":N                      it ends at its N-th query, however long that takes
  "states":["CREATE","WARMING"]  status words by query, the last one until the end
  "file":{...}                   its files: "bytes":N (at least that size), "name":"..%2Fx.mp4" (the
                                 last part of the address, as it stands), "disposition":TEXT, "type":TEXT,
                                 "validator":false (neither ETag nor Last-Modified), "chunked":true (no
                                 Content-Length), "ranges":false
  "webhook":{...}                how its webhook goes: "shape":"string"|"object"|"wrapped"|"bare"|"no_status",
                                 "copies":N, "delay":S (seconds after its end), "never":true, "early":true
                                 (it ends at once and is told before the submit's reply), "cancel":true
                                 (also when it ends as CANCEL)

ONE ASSET (route "asset_create": the asset is made as usual, then lives as told)
  {"do":"asset", ...} with any of
  "end":"FAILED"                 its last state (default ACTIVE; any word goes)
  "seconds":S                    how long it takes, whatever --speed says
  "states":["PENDING","ODD"]     its state at each look at it, then "end"

ONE PROMPT (route "comfy_prompt": it goes into the line as usual, then lives as told)
  {"do":"prompt", ...} with any of
  "end":"error"                  how it ends (default success); "node" and "message" of the failure
  "seconds":S                    how long it runs, whatever --speed says
  "file":{...}                   its files, as those of a task

ONE SOCKET OF PROGRESS (route "socket": status, reset, hang, raw refuse it; or it opens as usual, and then)
  {"do":"progress",...}          "how" in place of one message:
                                   "close", "reset"; "garbage", "utf8" (bytes that are no frame, no text);
                                   "huge" (a frame of 2^40 bytes begins); "silence" (nothing more comes);
                                   "text", "odd" (no JSON, or not ComfyUI's), and it goes on
                                 "after":N messages (default 1)

THE CONTROL ENDPOINTS
  GET  /sandbox/stats    counts since the start or the last reset, faulted requests included:
    {"requests":{"submit":2,"query":5,...,"other":0},      requests by route
     "authorized":{"submit":2,"result":0,...},             of them with an Authorization header
     "submits":{"received":2,"accepted":1,"refused":0,"duplicates":0,
                "bodies":{"ENDPOINT BODY":2,...}},         received, by endpoint and exact body text
     "tasks":{"made":1,"running":0,"peak":1,"cancelled":0,"ids":["2013..."]},     ids: the last 1000
     "uploads":{"count":1,"bytes":N,"files":{"SHA256":1}},
     "node_uploads":{"count":0,"bytes":0,"files":{}},      by the older call
     "loras":{"addresses":1,"count":1,"bytes":N,"leaks":0, leaks: PUTs that carried a key
              "files":{"MD5":N}},
     "assets":{"made":0,"groups":0},
     "downloads":{"count":1,"ranges":0,"bytes":N},         bytes: asked for, cut or not
     "connections":{"open":1,"peak":3,"total":9},
     "webhooks":{"attempts":2,"delivered":1,"failed":1,"refused":0},    refused: not on loopback
     "sockets":{"opened":0,"refused":0,"closed":0,"sent":0},            of progress; messages sent
     "comfy":{"made":1,"uploads":0,"seconds":1,"charged":"0.002","coins":0},    prompts
     "faults":{"waiting":0,"met":1},
     "charged":"2.10","charged_coins":0}
  GET  /sandbox/tasks/ID     {"task_id","endpoint","status","key_kind","params":{...},"body":TEXT}
  POST /sandbox/expire       every result address dies now, and every one to put a LoRA file at
  POST /sandbox/forget       every task is forgotten (1004)
  POST /sandbox/finish       every running task and prompt ends now
  POST /sandbox/reset        tasks, files, faults, counts and balances as at the start
]]

local json = require "rhub.json"
local payloads = require "rhub.sandbox.payloads"
local play = require "rhub.sandbox.play"

-- What each fault may carry besides the common fields, and whether the request is carried out.
local BODY = { status = "integer", body = "string", hex = "string", json = "any", type = "string",
  headers = "table" }
local KINDS = {
  reset = { accept = false },
  reset_after = { accept = true },
  fin = { accept = false },
  half_header = { accept = false, fields = { reset = "boolean" } },
  truncate = { accept = true, fields = { after = "integer" } },
  stall = { accept = true, fields = { after = "integer" } },
  length = { accept = true, fields = { delta = "integer" } },
  delay = { accept = true, fields = { seconds = "number" } },
  hang = { accept = false },
  raw = { accept = false, fields = { body = "string", hex = "string" } },
  status = { accept = false, fields = BODY },
  html = { accept = false, fields = { status = "integer" } },
  empty = { accept = false, fields = { status = "integer" } },
  body = { accept = false, fields = BODY },
  code = { accept = false, fields = { code = "code", message = "string", shape = "string", word = "string",
    status = "integer", headers = "table" } },
  redirect = { accept = false, fields = { status = "integer", location = "string" } },
  big = { accept = false, fields = { bytes = "integer" } },
  edit = { accept = true, fields = { set = "table", drop = "table" } },
  headers = { accept = true, fields = { headers = "table" } },
  garbage = { accept = true },
  wrap = { accept = true },
  gzip = { accept = true },
  expire = { accept = false, fields = { status = "integer" } },
  no_range = { accept = true },
  bad_range = { accept = true },
  changed = { accept = true },
  task = { accept = true, fields = {
    ["end"] = "string", code = "code", message = "string", failed_reason = "any", usage = "any",
    results = "any", count = "integer", alias = "boolean", numeric_id = "boolean", wrapped = "boolean",
    cancel = "string",
    at_submit = "boolean", gone = "boolean", seconds = "number", polls = "integer", states = "table",
    file = "table", webhook = "table",
  } },
  fat = { accept = true, fields = { bytes = "integer" } },
  progress = { accept = true, fields = { how = "string", after = "integer" } },
  prompt = { accept = true, fields = { ["end"] = "string", node = "string", message = "string",
    seconds = "number", file = "table" } },
  asset = { accept = true, fields = { ["end"] = "string", seconds = "number", states = "table" } },
}
local COMMON = { ["do"] = "string", route = "string", match = "string", skip = "integer", times = "integer",
  accept = "boolean" }
local ROUTES = { submit = true, query = true, upload = true, result = true, account = true, queue = true,
  status = true, outputs = true, cancel = true, price = true, node_upload = true, lora_url = true,
  lora_put = true, socket = true, keys = true, resources = true, webhook = true,
  graph = true, app = true, apps = true, styles = true, ["*"] = true }
for _, word in ipairs { "prompt", "history", "view", "upload", "object_info", "queue", "interrupt",
  "system_stats" } do
  ROUTES["comfy_" .. word] = true
end
for _, verb in ipairs { "create", "query", "list", "update", "delete" } do
  ROUTES["asset_" .. verb], ROUTES["group_" .. verb] = true, true
end
local LIVES = { task = "submit", asset = "asset_create", prompt = "comfy_prompt", progress = "socket" }

local WEBHOOK = { shape = "string", copies = "integer", delay = "number", never = "boolean",
  early = "boolean", cancel = "boolean" }

local RAW_MOST = 1 << 20 -- what the server sends at once

local function fits(value, wanted)
  if wanted == "any" then return true end
  if wanted == "code" then return type(value) == "string" or math.type(value) == "integer" end
  if wanted == "integer" then return math.type(value) == "integer" end
  return type(value) == wanted
end

-- What is wrong with the webhook of a task, or nil.
local function wrong_webhook(webhook)
  for name, value in pairs(webhook) do
    local wanted = WEBHOOK[name]
    if not wanted then return ('"webhook" has no field %s'):format(tostring(name)) end
    if not fits(value, wanted) then return ('"webhook": %s: %s expected'):format(name, wanted) end
  end
  if webhook.shape and not payloads.known(webhook.shape) then
    return ('"webhook": %s is none of the shapes'):format(webhook.shape)
  end
end

-- The fault in its final form, or nil and what is wrong with it.
---@param given any
---@return table|nil, string|nil
local function check(given)
  if type(given) ~= "table" then return nil, "a fault is an object" end
  local kind = KINDS[given["do"]]
  if not kind then return nil, ('"do": %s is none of the faults'):format(tostring(given["do"])) end
  local fault = {}
  for name, value in pairs(given) do
    local wanted = COMMON[name] or (kind.fields and kind.fields[name])
    if not wanted then return nil, ('"%s" has no field %s'):format(given["do"], tostring(name)) end
    if not fits(value, wanted) then return nil, ('"%s": %s expected'):format(name, wanted) end
    fault[name] = value
  end
  local only = LIVES[given["do"]]
  fault.route = fault.route or only or "*"
  if not ROUTES[fault.route] then return nil, ('"route": %s is none of the routes'):format(fault.route) end
  if only and fault.route ~= only then return nil, ('"%s" is for route %s'):format(fault["do"], only) end
  if fault.hex and (#fault.hex % 2 == 1 or fault.hex:find("%X")) then return nil, '"hex": pairs of digits' end
  local bytes = fault.hex and #fault.hex // 2 or #(fault.body or "")
  if fault["do"] == "raw" and bytes > RAW_MOST then return nil, '"raw": at most 1 MiB' end
  if fault["do"] == "progress" and not play.WAYS[fault.how] then
    return nil, ('"how": %s is none of the ways'):format(tostring(fault.how))
  end
  local wrong = fault.webhook and wrong_webhook(fault.webhook)
  if wrong then return nil, wrong end
  fault.times, fault.skip = fault.times or 1, fault.skip or 0
  if fault.times == 0 or fault.times < -1 then return nil, '"times" is 1 or more, or -1 for ever' end
  if fault.skip < 0 then return nil, '"skip" is 0 or more' end
  if fault.accept == nil then fault.accept = kind.accept end
  return fault
end

---@class rhub.sandbox.faults
---@field met integer
local Faults = {}
Faults.__index = Faults

-- Adds one fault or a list of them: all or none.
---@param given table
---@return integer|nil added, string|nil reason
function Faults:add(given)
  local list, checked = given, {}
  if type(given) == "table" and given["do"] ~= nil then list = { given } end
  if type(list) ~= "table" then return nil, "a fault is an object" end
  for i, one in ipairs(list) do
    local fault, reason = check(one)
    if not fault then return nil, reason end
    checked[i] = fault
  end
  if #checked == 0 and next(list) ~= nil then return nil, '"do" is missing' end
  for _, fault in ipairs(checked) do self.waiting[#self.waiting + 1] = fault end
  return #checked
end

-- From JSON text, as the command line and the endpoint have it.
---@param text string
---@return integer|nil added, string|nil reason
function Faults:add_json(text)
  local given, err = json.decode(text)
  if given == nil or given == json.null then return nil, err and err.message or "a fault is an object" end
  return self:add(given)
end

local function concerns(fault, route, path, body)
  if fault.route ~= "*" and fault.route ~= route then return false end
  if not fault.match then return true end
  return path:find(fault.match, 1, true) or (body and body:find(fault.match, 1, true)) and true or false
end

-- The fault that this request meets, or nil. With `only`, one of that kind or none, and none is used up
-- where it is of another kind.
---@param route string
---@param path string
---@param body string|nil
---@param only? string
---@return table|nil
function Faults:take(route, path, body, only)
  local waiting = self.waiting
  for i = 1, #waiting do
    local fault = waiting[i]
    if concerns(fault, route, path, body) then
      if only and (fault["do"] ~= only or fault.skip > 0) then return nil end
      if fault.skip == 0 then
        fault.times = fault.times - 1
        if fault.times == 0 then table.remove(waiting, i) end
        self.met = self.met + 1
        return fault
      end
      fault.skip = fault.skip - 1
    end
  end
  return nil
end

function Faults:clear()
  self.waiting, self.met = {}, 0
end

local faults = {}

-- Those that tell how something lives from then on, and the call that makes it.
faults.LIVES = LIVES

---@return rhub.sandbox.faults
function faults.new()
  return setmetatable({ waiting = {}, met = 0 }, Faults)
end

-- The bytes that a fault gives: its hex, its text, or its value as JSON.
---@param fault table
---@return string
function faults.bytes(fault)
  if fault.hex then
    return (fault.hex:gsub("%x%x", function(pair) return string.char(tonumber(pair, 16)) end))
  end
  if fault.json ~= nil then return (assert(json.encode(fault.json))) end
  return fault.body or ""
end

return faults
