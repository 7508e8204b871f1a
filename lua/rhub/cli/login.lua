-- rhub login: keeps an API key for this user. The key comes from the terminal, without echo, or from standard
-- input; it is tried before it is written, and written where only this user can read it.

local account = require "rhub.cli.account"
local errors = require "rhub.errors"
local json = require "rhub.json"
local sys = require "rhub.sys"

---@type rhub.cli.command
local login = {
  usage = "rhub login [--site ai|cn] [--stdin]",
  help = [[
Asks for an API key without showing it, tries it, and keeps it in $XDG_CONFIG_HOME/rhub/config
(~/.config/rhub/config), which only you can read. A key that does not work is not kept.

  --stdin      read the key from standard input: pass show runninghub | rhub login --stdin
  --site cn    the key is one of runninghub.cn; keys of the two sites are separate

With --json: kind, coins, money, currency, site, file.
]],
  options = { { "stdin" } },
  unsealed = "the sandbox takes any key: with --sandbox there is nothing to log in to",
}

local LONGEST = 4096

local function trim(text)
  return text:match("^%s*(.-)%s*$")
end

local function ask(service)
  local key, reason = sys.getpass(("API key of %s (not shown): "):format(service))
  if key then return trim(key) end
  if reason == "interrupted" then
    return nil, errors.new { kind = "cancelled", message = "nothing was written" }
  end
  return nil, errors.input(("no key: %s; from a file: rhub login --stdin < FILE"):format(reason))
end

local function read_key(values)
  local key, err
  if values.stdin then
    key = trim(io.read(LONGEST) or "")
  else
    key, err = ask(values.base_url or "runninghub." .. (values.site or "ai"))
  end
  if key == "" then err = errors.input "no key was given; nothing was written" end
  return not err and key or nil, err
end

-- ---- the config file --------------------------------------------------------------------------

local function config_folder()
  local base = os.getenv "XDG_CONFIG_HOME"
  if base and base:sub(1, 1) == "/" then return base .. "/rhub" end
  local home = os.getenv "HOME"
  if (home or "") == "" then return nil, errors.input "HOME is not set: there is no place to keep a key" end
  return home .. "/.config/rhub"
end

-- The file's text with these settings; its other lines stay as they are.
local function merge(text, settings)
  local lines = {}
  for line in text:gmatch("[^\n]+") do
    local name = line:match("^%s*([%w_]+)%s*=")
    if not (name and settings[name] ~= nil) then lines[#lines + 1] = line end
  end
  for _, name in ipairs { "key", "site", "base_url" } do
    if settings[name] then lines[#lines + 1] = name .. " = " .. settings[name] end
  end
  return table.concat(lines, "\n") .. "\n"
end

-- What is kept beside the key: where it is good. An address outdoes a site, so each replaces the other.
local function settings_of(key, values)
  local settings = { key = key }
  if values.base_url then
    settings.base_url, settings.site = values.base_url, values.site or false
  elseif values.site then
    settings.site, settings.base_url = values.site, false
  end
  return settings
end

local function write(key, values)
  local folder, err = config_folder()
  if not folder then return nil, err end
  local path = folder .. "/config"
  local ok, reason = sys.mkdir_p(folder)
  if ok then
    ok, reason = sys.write_private(path, merge(sys.read(path) or "", settings_of(key, values)))
  end
  if ok then return path end
  return nil, errors.new { kind = "io", message = ("%s: %s; the key was not kept"):format(path, reason) }
end

-- ---- the command ------------------------------------------------------------------------------

local function refused(err, site)
  err.message = err.message .. "; nothing was written"
  if err.kind == "auth" and site ~= "" then
    local other = site == "cn" and "ai" or "cn"
    local advice = "; if it is a key of runninghub.%s: rhub login --site %s"
    err.message = err.message .. advice:format(other, other)
  end
  return err
end

-- An environment variable that would be used in place of what was just written.
local function shadow()
  for _, name in ipairs { "RUNNINGHUB_API_KEY", "RH_API_KEY" } do
    if (os.getenv(name) or "") ~= "" then return name end
  end
end

local function tell(context, info, path)
  local hub = context.open_hub:describe()
  local answer = context.answer
  for _, name in ipairs { "kind", "coins", "money", "currency" } do
    answer[name] = info[name] or json.null
  end
  answer.site, answer.file = hub.base_url, path
  context:print("key      " .. account.kind(info.kind) .. ", for " .. hub.base_url)
  context:print("balance  " .. account.balance(info))
  context:print("kept in  " .. path .. " (only you can read it)")
  local limits = account.limits(info.kind)
  if limits then context:print("note     " .. limits) end
  if shadow() then context:print(("note     %s is set and goes before it"):format(shadow())) end
end

---@param context rhub.cli.context
function login.run(context)
  local key, err = read_key(context.values)
  if not key then return nil, err end
  local hub, info, path
  hub, err = context:hub { api_key = key }
  if not hub then return nil, err end
  info, err = hub:account()
  if not info then return nil, refused(err, hub:describe().site) end
  path, err = write(key, context.values)
  if not path then return nil, err end
  tell(context, info, path)
  return true
end

return login
