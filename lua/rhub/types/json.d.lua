---@meta rhub.json
-- luacheck: no unused args

-- Exact JSON. 64-bit integers stay integers, floats keep every digit, lists and null survive. It needs
-- neither the engine nor the network, and the locale does not matter.
---@class rhub.json
local json = {}

-- What stands for null: a light userdata, equal to cjson.null. A nil field is left out.
---@type lightuserdata
json.null = nil

-- What stands for [] (an empty table is {}), as does cjson.empty_array where it exists.
---@type lightuserdata
json.empty_array = nil

-- The metatable of errors, of this module's and of all others.
---@type table
json.error_mt = nil

-- The metatable of lists that were marked by `json.array`, and of the empty lists that `decode` makes.
---@type table
json.array_mt = nil

---@class rhub.json.encode_options
---@field sort? boolean keys in the order of their bytes: equal values make equal text
---@field name? string what error messages call the value: "params" gives "params.nodes[3].x is NaN: ..."

-- One line of JSON. Tables with items 1 to n are lists, tables with text keys objects. Metatables are not
-- asked. 5 is written as 5, 5.0 as 5.0. What JSON cannot hold (NaN, infinities, functions, userdata,
-- coroutines, cycles, mixed keys, holes, bad UTF-8, more than 512 levels) is an error of kind "input"
-- whose message names the place.
---@param value any
---@param options? rhub.json.encode_options
---@param name? string the same as options.name
---@return string? text
---@return { kind: "input", message: string, retryable: false, spent: "no" }? err
function json.encode(value, options, name) end

---@class rhub.json.decode_options
---@field big? "string" numbers that fit neither an integer nor (with a fraction or exponent) a float come as
--- their digits. Otherwise such an integer is a float, and what is too large for a float an error.
---@field name? string what error messages call the text, "JSON" by default

-- Reads one JSON value, strictly as RFC 8259 has it. null is json.null; of a key that comes twice the last
-- value holds; [] is a table that is written as [] again.
---@param text string
---@param options? rhub.json.decode_options
---@return any value
---@return { kind: "input", message: string, retryable: false, spent: "no" }? err with line and column
function json.decode(text, options) end

-- Marks a table, or a new one, as a list, which matters while it is empty. A table with a metatable of its
-- own cannot be marked.
---@generic T: table
---@param t? T
---@return T
function json.array(t) end

return json
