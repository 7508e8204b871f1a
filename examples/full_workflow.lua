-- A ComfyUI workflow from end to end: look at what can be set in it, run it with other values, move the
-- picture that it makes with a second workflow, and run a graph of one's own.
--   rhub --sandbox examples/full_workflow.lua [FOLDER]      no key, no cost
-- On the real service give the numbers of two workflows of yours, which have been saved and run there once.
local rhub = require "rhub"

local folder = (arg[1] or "out"):gsub("/$", "")
local DRAW, MOVE = "1904136902449209346", "1910246754753896450"

local hub <close> = rhub.client()

-- What there is: nodes with an id, a title and fields. An id or a title names a node, as in "6.text".
local draw = hub:workflow(DRAW)
for _, node in ipairs(assert(draw:nodes())) do
  for name, value in pairs(node.fields) do print(node.id .. "." .. name, value, node.title) end
end

-- Two runs of it at once. Everything is checked against the graph first: a wrong name costs a message.
local seeds = { 7, 42 }
local pictures = rhub.map(seeds, function(seed)
  local picture = assert(draw:run({
    ["Positive prompt.text"] = "a lighthouse in a storm, oil painting",
    ["3.seed"] = seed,
  }, { metadata = false }))
  return assert(picture:save(folder .. "/seed-" .. seed))[1]
end)

-- A node that loads a picture takes a file: it is uploaded, and its name sent.
local clip = assert(hub:workflow(MOVE):run {
  ["First frame.image"] = assert(pictures[2], pictures.errors[2]),
  ["6.text"] = "waves break, slow dolly in",
})
print("clip", assert(clip:save(folder .. "/clip"))[1], clip.cost)

-- The graph itself is a table. Changed, it runs in place of the stored one.
local graph = assert(draw:json())
graph["5"].inputs.width, graph["5"].inputs.height = 768, 512
local wide = assert(draw:run({ ["3.seed"] = 7 }, { workflow = graph }))
print("wide", assert(wide:save(folder .. "/wide"))[1], wide.cost)
