-- Outputs of models that make more than one thing, or texts that a later call needs: as those who use them
-- have seen them.

local answers = {}

local function text(value) return { text = value, outputType = "text" } end

local OF_MODEL = {
  -- A picture of the face, the session, and each face by itself with its times in milliseconds.
  ["kling-lip-sync/identify-face"] = function(task)
    return { { output = "png" }, text(('{"session_id":"%s"}'):format(task.client_id)),
      text '{"end_time":5000,"face_id":"0","start_time":0}' }
  end,
  -- The speech, and the number under which the lip-sync knows it.
  ["kling-lip-sync/tts"] = function(task)
    return { { output = "wav" }, text(task.id:sub(2)) }
  end,
}

-- In the form of a task's "results": items as they stand, or { output = KIND } for a file. Nil: one output of
-- the model's own kind.
---@param task rhub.sandbox.task
---@return table[]|nil
function answers.of(task)
  local of_model = OF_MODEL[task.endpoint]
  return of_model and of_model(task)
end

return answers
