-- The machines behind the native ComfyUI paths: one an account and a size. Prompts wait in its line, run one
-- after another, end when their time has come, and are charged by their seconds. Knows no HTTP.

local kept = require "rhub.sandbox.kept"
local money = require "rhub.money"

local machines = {}

local KEPT = 10000 -- prompts, files and uploads of a machine
local COINS, MONEY = 2, 20 -- a second of the small one: tenths of a coin, ten-thousandths of a CNY

---@class rhub.sandbox.prompt
---@field id string
---@field number integer        its place in the line
---@field body table            as it came
---@field nodes rhub.graph
---@field outputs string[]      the nodes that end it
---@field seconds number        how long it runs
---@field ending string         "success", "error"
---@field ends number|nil       when it does, once it runs
---@field state "pending"|"running"|"success"|"error"|"interrupted"
---@field made table<string, table[]>|nil files by node, once it has ended well

---@class rhub.sandbox.machine
---@field account rhub.sandbox.account
---@field plus boolean
---@field line rhub.sandbox.prompt[] the first runs
local Machine = {}
Machine.__index = Machine

local function new_id(random)
  local hex = random(16)
  return ("%s-%s-4%s-a%s-%s"):format(hex:sub(1, 8), hex:sub(9, 12), hex:sub(14, 16), hex:sub(18, 20),
    hex:sub(21))
end

-- A prompt goes to the end of the line.
---@param prompt table
---@return rhub.sandbox.prompt
function Machine:add(prompt)
  local all = self.all
  self:sweep()
  self.number, all.made = self.number + 1, all.made + 1
  prompt.id, prompt.number = new_id(all.random), self.number
  prompt.state, prompt.came = "pending", all.clock()
  self.line[#self.line + 1] = prompt
  self:sweep()
  return prompt
end

local function charge(self, seconds)
  local all, account, factor = self.all, self.account, self.plus and 2 or 1
  seconds = math.max(1, math.ceil(seconds * all.speed))
  all.seconds = all.seconds + seconds
  if account.kind == "NORMAL" then
    local coins = (seconds * COINS * factor + 9) // 10
    account.coins, all.coins = account.coins - coins, all.coins + coins
  else
    local price = seconds * MONEY * factor
    account.money, all.charged = account.money - price, all.charged + price
  end
end

local function file_name(self, prefix, kind)
  self.names[prefix] = (self.names[prefix] or 0) + 1
  return ("%s_%05d_.%s"):format(prefix, self.names[prefix], kind)
end

-- Takes the first of the line out of it.
---@param self rhub.sandbox.machine
---@param state "success"|"error"|"interrupted"
---@param at number when
local function finish(self, state, at)
  local prompt = table.remove(self.line, 1)
  prompt.state = state
  charge(self, at - prompt.starts)
  if state == "success" then
    prompt.made = {}
    for i, one in ipairs(prompt.makes) do
      local name = file_name(self, one.prefix, one.kind)
      prompt.made[one.node] = prompt.made[one.node] or {}
      table.insert(prompt.made[one.node], { filename = name, subfolder = "", type = "output" })
      self.files:add("output//" .. name, { prompt = prompt, kind = one.kind, index = i })
    end
  end
  self.history:add(prompt.id, prompt)
  self.free = at
end

-- Ends what is due and starts the next.
function Machine:sweep()
  local now = self.all.clock()
  while self.line[1] do
    local first = self.line[1]
    if not first.starts then
      first.starts, first.state = math.max(self.free, first.came), "running"
      first.ends = first.starts + first.seconds
    end
    if first.ends > now then return end
    finish(self, first.ending, first.ends)
  end
end

-- Ends the prompt that runs; charged for what it has used.
---@return boolean interrupted
function Machine:interrupt()
  self:sweep()
  if not self.line[1] then return false end
  finish(self, "interrupted", self.all.clock())
  self:sweep()
  return true
end

-- Takes waiting prompts out of the line: those that `unwanted` names, or all.
---@param unwanted? table<string, true>
function Machine:drop(unwanted)
  self:sweep()
  for i = #self.line, 2, -1 do
    if not unwanted or unwanted[self.line[i].id] then table.remove(self.line, i) end
  end
end

-- The file that was made or uploaded under this name, or nil.
---@param kind string "output", "input", "temp"
---@param subfolder string
---@param name string
function Machine:file(kind, subfolder, name)
  return self.files.by[("%s/%s/%s"):format(kind, subfolder, name)]
end

-- For rhub.sandbox.graphs: whether an input picture of that name is there.
function Machine:named(name)
  return self:file("input", name:match("^(.*)/") or "", name:match("[^/]*$"))
end

---@class rhub.sandbox.machines
---@field made integer         prompts
---@field uploads integer
---@field seconds integer      charged
---@field charged integer      ten-thousandths
---@field coins integer
local Machines = {}
Machines.__index = Machines

function Machines:reset()
  self.of_account = setmetatable({}, { __mode = "k" })
  self.made, self.uploads, self.seconds, self.charged, self.coins = 0, 0, 0, 0, 0
end

---@param account rhub.sandbox.account
---@param plus boolean
---@return rhub.sandbox.machine
function Machines:of(account, plus)
  local both = self.of_account[account] or {}
  self.of_account[account] = both
  local size = plus and "plus" or "default"
  if not both[size] then
    both[size] = setmetatable({ all = self, account = account, plus = plus, line = {}, number = -1,
      free = 0, names = {}, history = kept.new(KEPT), files = kept.new(KEPT) }, Machine)
  end
  both[size]:sweep()
  return both[size]
end

-- Everything in every line ends as it would.
function Machines:finish_all()
  for _, both in pairs(self.of_account) do
    for _, machine in pairs(both) do
      for _, prompt in ipairs(machine.line) do
        prompt.seconds = 0
        if prompt.ends then prompt.ends = self.clock() end
      end
      machine:sweep()
    end
  end
end

---@return table for GET /sandbox/stats
function Machines:counts()
  return { made = self.made, uploads = self.uploads, seconds = self.seconds,
    charged = money.text(self.charged), coins = self.coins }
end

---@param options table {clock, speed, random}
---@return rhub.sandbox.machines
function machines.new(options)
  local self = setmetatable({ clock = options.clock, speed = options.speed, random = options.random },
    Machines)
  self:reset()
  return self
end

return machines
