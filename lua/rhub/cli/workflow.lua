-- rhub workflow: what is in a stored ComfyUI workflow, and running it with other values.

local json = require "rhub.json"
local layout = require "rhub.cli.layout"
local plain = require "rhub.cli.plain"
local runs = require "rhub.cli.runs"

---@type rhub.cli.command
local workflow = {
  usage = "rhub workflow ID [--nodes|--json-graph]\nrhub workflow ID NODE.FIELD=VALUE ... [-o TARGET]",
  help = [[
Shows the nodes of a workflow that is stored on the service, and what can be set in each; with values, or
--run, runs it. ID is the number in the address of its page, or that address. NODE is a node's id or title.

]] .. runs.HELP .. [[
  --nodes               all nodes, with what links them
  --json-graph          the graph itself, in the API's format; it can be changed and run: workflow=FILE

Words without a dot are options of the run: instanceType=plus, addMetadata=false, randomSeed=false,
retainSeconds=60, usePersonalQueue=true, accessPassword=@FILE, webhookUrl=ADDRESS, workflow=FILE (a graph of
your own, in place of the stored one), price=AMOUNT (what it costs at most, for --budget), form=v2, check=off
(without a look at the graph).

With --json: workflow and nodes; of a run task_id, model, status, outputs, files, cost, seconds, or error.

  rhub workflow 1904136902449209346
  rhub workflow 1904136902449209346 6.text="a lighthouse" 3.seed=42 -o out/
]],
  options = runs.options({ "nodes" }, { "json-graph" }),
  words = { 1, math.huge, what = "a workflow's id, and NODE.FIELD=VALUE" },
  single = true,
}

local function sorted(map)
  local names = {}
  for name in pairs(map) do names[#names + 1] = name end
  table.sort(names)
  return names
end

-- One node: its heading, and a row for each field.
local function add_node(node, with_links, lines)
  local rows = {}
  for _, name in ipairs(sorted(node.fields)) do
    rows[#rows + 1] = { plain.text(node.id .. "." .. name), runs.value(node.fields[name]) }
  end
  for _, name in ipairs(with_links and sorted(node.links) or {}) do
    rows[#rows + 1] = { plain.text(name), "from node " .. plain.text(node.links[name].node) }
  end
  if #rows == 0 and not with_links then return end
  lines[#lines + 1] = ""
  local heading = node.title == node.class and node.class or node.title .. "  (" .. node.class .. ")"
  lines[#lines + 1] = plain.text(("%s  %s"):format(node.id, heading))
  for _, line in ipairs(layout.columns(rows)) do lines[#lines + 1] = "  " .. line end
end

-- A field that one is likely to set: a text, if there is any. Others write graphs, and this goes into a
-- shell: a name that is more than a word is not proposed.
local function example(nodes)
  local any
  for _, node in ipairs(nodes) do
    for _, name in ipairs(sorted(node.fields)) do
      local whole = node.id .. "." .. name
      local plain_name = whole:find("^%w[%w_:.-]*$") ~= nil
      any = any or plain_name and whole
      if name == "text" and plain_name then return whole .. '="..."' end
    end
  end
  return any and any .. "=..." or "--run"
end

local function show(context, wf)
  local values = context.values
  local nodes, err = wf:nodes()
  if not nodes then return nil, err end
  context.answer.workflow, context.answer.nodes = wf.id, json.array(nodes)
  local lines = { ("%s   %d %s"):format(wf.name, #nodes, #nodes == 1 and "node" or "nodes") }
  for _, node in ipairs(nodes) do add_node(node, values.nodes, lines) end
  lines[#lines + 1] = ""
  lines[#lines + 1] = ("rhub workflow %s %s -o out/"):format(wf.id, example(nodes))
  context:print(table.concat(lines, "\n"))
  return true
end

local function show_graph(context, wf)
  local graph, err = wf:json()
  if not graph then return nil, err end
  context.answer.workflow, context.answer.graph = wf.id, graph
  context:print((assert(json.encode(graph, { sort = true }))))
  return true
end

---@param context rhub.cli.context
function workflow.run(context)
  local id = context.words[1]
  local asked, err = runs.read(context.words, 2, true)
  if not asked then return nil, err end
  local values = context.values
  if not values.nodes and not values.json_graph and runs.wanted(context, asked) then
    return runs.run(context, asked, function(hub) return hub:workflow(id) end)
  end
  local hub
  hub, err = context:hub()
  if not hub then return nil, err end
  return (values.json_graph and show_graph or show)(context, hub:workflow(id))
end

return workflow
