-- rhub doctor: program, key, site, account, cache; what is wrong, and what to do about it.

local account = require "rhub.cli.account"
local json = require "rhub.json"
local plain = require "rhub.cli.plain"
local sys = require "rhub.sys"

---@type rhub.cli.command
local doctor = {
  usage = "rhub doctor",
  help = [[
Looks at the program, the key, the way to the service, the account, and the file in which uploads are
remembered. Makes no task, costs nothing. The exit code is that of the first thing that is wrong.

With --json: version, lua, libraries, key_source, key_hint, base_url, reachable_ms, kind, coins, money,
currency, limit, running, cache (path, remembered, valid; null where there is none), problems.
]],
}

-- What has been found out, line by line; the first problem counts.
local Findings = {}
Findings.__index = Findings

function Findings:line(name, text)
  self.context:print(("%-12s %s"):format(name, text))
end

function Findings:problem(name, err)
  self.first = self.first or err
  table.insert(self.context.answer.problems, err.message)
  self:line(name, plain.text(err.message))
end

local function lua_release()
  local found, host = pcall(require, "rhub.host")
  return found and host.lua or _VERSION
end

-- Whether the engine can be loaded; usually a missing library is all that can be wrong.
local function look_at_program(findings, answer)
  answer.version, answer.lua = require("rhub.cli").version(), lua_release()
  local core, err = require("rhub.cli.engine").load()
  local line = ("rhub %s, %s"):format(answer.version, answer.lua)
  if core then
    answer.libraries = core.libraries()
    findings:line("program", line .. ", " .. answer.libraries)
    return true
  end
  findings:line("program", line)
  findings:problem("engine", err)
end

local function look_at_key(findings, answer, hub)
  local about = hub:describe()
  answer.key_source, answer.key_hint, answer.base_url = about.key_source, about.key_hint, about.base_url
  findings:line("key", ("from %s, ends in %s"):format(about.key_source, about.key_hint))
end

local function look_at_site(findings, answer, hub)
  local began = sys.now()
  local info, queue = account.ask(hub)
  local ms = math.floor((sys.now() - began) * 1000 + 0.5)
  local url = answer.base_url
  local unreached = not info and (queue.kind == "network" or queue.kind == "timeout")
  if unreached then return findings:problem("site", queue) end
  answer.reachable_ms = ms
  findings:line("site", ("%s   reachable in %d ms"):format(url, ms))
  if not info then return findings:problem("account", queue) end
  for _, name in ipairs { "kind", "coins", "money", "currency" } do answer[name] = info[name] or json.null end
  answer.limit, answer.running = queue and queue.limit or json.null, queue and queue.running or json.null
  findings:line("account", ("%s, %s, %s"):format(account.kind(info.kind), account.balance(info),
    account.places(info, queue)))
  local limits = account.limits(info.kind)
  if limits then findings:line("note", limits) end
end

local function look_at_cache(findings, answer, hub)
  local cache, err = hub:cache()
  if not cache then return findings:problem("cache", err) end
  if not cache.path then return findings:line("cache", "none: uploads are remembered for one run only") end
  answer.cache = cache
  findings:line("cache", ("%d upload%s remembered, %d still valid"):format(cache.remembered,
    cache.remembered == 1 and "" or "s", cache.valid))
end

---@param context rhub.cli.context
function doctor.run(context)
  local answer = context.answer
  answer.problems, answer.cache = json.array {}, json.null
  local findings = setmetatable({ context = context }, Findings)
  if look_at_program(findings, answer) then
    local hub, err = context:hub()
    if hub then
      look_at_key(findings, answer, hub)
      look_at_site(findings, answer, hub)
      look_at_cache(findings, answer, hub)
    else
      findings:problem("key", err)
    end
  end
  if not findings.first then
    context:print("all good")
    return true
  end
  context.told = true -- the report has said it
  return nil, findings.first
end

return doctor
