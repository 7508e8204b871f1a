-- What every model takes beside its own parameters.

---@type rhub.param[]
return {
  { name = "webhookUrl", type = "string", required = false },
  { name = "instanceType", type = "enum", required = false, enum = { "default", "plus", "ultra" } },
  { name = "appCode", type = "string", required = false },
}
