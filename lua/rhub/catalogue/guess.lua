-- What a registry does not say of a model that is new: its task and its family, from its path.

local guess = {}

-- Every task that is known.
---@param entries table<string, rhub.model>
---@return string[]
function guess.tasks(entries)
  local seen, tasks = {}, {}
  for _, entry in pairs(entries) do
    if not seen[entry.task] then tasks[#tasks + 1] = entry.task end
    seen[entry.task] = true
  end
  table.sort(tasks, function(a, b) return #a > #b or #a == #b and a < b end) -- the longest fits best
  return tasks
end

-- Words of an endpoint's last segment that stand for a task without naming it.
local HINTS = {
  { "i2v", "image-to-video" }, { "t2v", "text-to-video" }, { "multimodal", "reference-to-video" },
  { "reference", "reference-to-video" }, { "start-to-end", "start-end-to-video" },
  { "edit-video", "video-edit" }, { "edit", "image-to-image", output = "image" },
  { "edit", "video-edit", output = "video" }, { "extend", "video-extend", output = "video" },
  { "upscale", "image-upscale", output = "image" }, { "upscale", "video-upscale", output = "video" },
}

-- The task: as the category says, else as the endpoint's last segment, else as the rest of it.
---@param told rhub.registry.model
---@param tasks string[]
---@return string
function guess.task(told, tasks)
  local category = (told.category or ""):match("[^/]*$"):lower():gsub("[%s_]+", "-")
  local endpoint = told.endpoint:lower()
  local last = endpoint:match("[^/]*$")
  for _, task in ipairs(tasks) do
    if task == category then return task end
  end
  for _, text in ipairs { last, endpoint } do
    for _, task in ipairs(tasks) do
      if text:find(task, 1, true) then return task end
    end
  end
  for _, hint in ipairs(HINTS) do
    if last:find(hint[1], 1, true) and (not hint.output or hint.output == told.output) then return hint[2] end
  end
  return "other"
end

-- How far two endpoints are the same, in whole words.
local function shared(a, b)
  local n = 0
  while n < #a and a:byte(n + 1) == b:byte(n + 1) do n = n + 1 end
  return #(a:sub(1, n):match("^.*[/._-]") or "")
end

-- The family of those that share the longest beginning, if they agree; else the endpoint's first segment.
---@param endpoint string
---@param entries table<string, rhub.model>
---@return string
function guess.family(endpoint, entries)
  local longest, family, agree = 0, nil, false
  for other, entry in pairs(entries) do
    local n = shared(endpoint, other)
    if n > longest then
      longest, family, agree = n, entry.family, true
    elseif n == longest and entry.family ~= family then
      agree = false
    end
  end
  return agree and longest > 0 and family or endpoint:match("^[^/]+")
end

return guess
