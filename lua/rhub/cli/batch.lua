-- rhub batch: a task for every row of a file, nothing lost, nothing paid twice.

local errors = require "rhub.errors"
local options = require "rhub.cli.options"

---@param text string
local function rate(text)
  local n = tonumber(text)
  if n and n > 0 and n < math.huge then return n end
  return nil, "a number of tasks a second above 0"
end

---@param text string
local function whole(text)
  local n = math.tointeger(tonumber(text))
  if n and n >= 0 then return n end
  return nil, "a whole number from 0"
end

---@param text string
local function policy(text)
  if text == "hold" or text == "resubmit" then return text end
  return nil, "hold or resubmit"
end

---@type rhub.cli.command
local batch = {
  usage = "rhub batch FILE --model MODEL NAME=TEMPLATE ... -o DIR",
  help = [[
Runs one task for each row of FILE (CSV, TSV, JSONL; a Lua file that returns rows, or an iterator over them;
a pipe, - for standard input) and saves what they make in DIR. The same command again goes on where it was:
rows that are done are not submitted again, tasks that run are taken up again, and what became of a submit
that was cut off is never guessed: it is told as unknown and not sent again.

  NAME=TEMPLATE         a parameter: "{subject}, oil painting" with the row's columns; {{ for a brace
  NAME=@FILE            the template is in a file;  NAME:=JSON  templates within JSON
  --model MODEL         a template too; without it a column "model" names each row's
  --script FILE         instead: a Lua file that returns function(row, hub), see "Scripts"

  -o, --output DIR      where outputs go, and the journal
  --name TEMPLATE       of outputs: columns, {row}, {row:04}, {n} (which output), {model}, at the end .{ext};
                        "{row:04}-{n}.{ext}". Made of A-Z a-z 0-9 . _ - and up to 120 bytes. Nothing is
                        written over: where a name or its FILE.json is taken, both get -2
  --no-sidecar          write no FILE.json beside each output (what it was made of, its price, its digest).
                        One that was deleted is written again
  --journal PATH        the record of all jobs, or the folder that it lies in (DIR/rhub.db). All are of one
                        service: another site, or --sandbox, takes another -o or --journal

  --dry-run             send nothing; tell what would be sent, what is done, what it would cost. With -v or
                        --json every request
  --status              send nothing; tell how the rows stand. --watch: again and again until they have ended
  --limit N             work at most N rows that are not done yet
  --shuffle             in a random order
  --rate N              begin at most N tasks a second, all runs with this key and a rate together
  --retries N           how often a task is tried again whose failure passes and was not charged (2)
  --retry-failed        submit tasks anew that have failed or were cancelled and may have been charged, and
                        that are done without an output; what cost nothing is always submitted again
  --anew                begin although DIR holds outputs of these rows of which the journal knows nothing (it
                        has gone, or is an older copy): they are paid for again
  --on-unknown hold|resubmit  where a submit's outcome is unknown: leave it (hold), or submit again, which may
                        be charged twice

A row is known by what it asks for (model and parameters; with --script all its columns) and, where several
rows ask for the same, by its place among these. So rows may be added or moved, and the file renamed. A
changed template is other work. What has been saved keeps its name: another --name is
for what is still to come. An output that was deleted or is empty is fetched again for as long as the service
has it, which is about a day; it is not made again. One that was edited is left as it is (rhub verify tells).
Another -o is another batch, which pays anew, unless --journal names the old one.

Scripts. The function is called once a row and run; hub is as in any script, without close. What it returns
is saved: a result of hub:run, a task of hub:submit (which is waited for), or a list of these; nil and an
error fail the row, and so does anything else once it has submitted something. A row that submits nothing
and returns nil is passed over. A row ends when all that it has submitted has ended; it is not done,
whatever it returns, where a task of it was stopped (by Ctrl-C, the budget), is unknown or runs on: what
there is is saved, and the next run calls the function again. A task that has failed is the script's affair.
Each task is a step with a record of its own, known by what it asks for: model, parameters, files by what
they hold, earlier results by their tasks; of equal ones in a row by their order. A step that is recorded is
not paid again. What a changed script asks for otherwise is new work, named before it is submitted; rows
that are done are called again only where FILE itself has changed. So a step is to ask for the same each
time: a seed from the row, not from math.random. { fresh = true } pays anew whenever the function is called;
{ job = KEY } names a step that rows share.

Several batches at once share the account: its places in turn, the rate of questions, and what the service
says of being full or asked too often, which slows all of them down and fails no row. --concurrency is for
this run alone. One that is stopped (Ctrl-Z) keeps its places, and the others wait for them until it goes on
(fg) or is ended.

Before anything is sent the whole file is read and checked against the catalogue. Of a file that changes
after that nothing is sent from the row on that is not what was checked. A million rows take no more memory
than ten.

With --json: one event a line. Each has "event"; those of a row also row, key (the row's, with which the keys
of its jobs begin), and as far as known job (as rhub jobs lists it), model, task_id. What a script prints by
print and io.write goes to standard error then.
  start        rows, journal                          retry      error: it is tried again
  accepted     submitted now: from here on it costs money; not told of what an earlier run has submitted
  done         files; cost, seconds of the last result; failed_tasks, where a script has done without some
  passed       the script has submitted nothing
  changed      the script: a step (job, model, params) that is new work, although others are recorded
  failed       error (kind, code, message, spent)      unknown    error: may be charged, was not sent again
  running      goes on on the service                  left       was not begun, or not all of it
  dropped      was given up by rhub jobs resolve --drop: submitted again only once that is resolved otherwise
  unsaved      error: paid for, and could not be saved (rhub fetch)
  cancelled    error: on the service, by the second Ctrl-C or by anybody
  request      --dry-run: model, params, files, output, sends (whether a run would submit it), price, state:
               to do, done, unsaved, running, failed, cancelled, uncharged (failed for nothing), unknown,
               stale (done, and a local file is another one now), dropped, passed. The summary counts them,
               and has send, uploads, upload_bytes, price, stops_after (tasks, where the budget ends it); of a
               script instead calls (rows), other_script (of them, those done with another text of it)
               --status has the same counts, for all rows
  summary      the last: rows, done, skipped (done before), passed, failed, cancelled, unknown, running,
               dropped, left, unsaved, spent; rows is the sum of those that are counted. uncharged: of failed
               and cancelled, those that cost nothing; changed: how many such events
Exit codes: 0 all rows are done (with --limit: all that were begun), 1 rows have failed or are left,
2 something is wrong with the file, 3 with the key, 5 outcomes are unknown, 130 after Ctrl-C, whatever has
become of them.

Ctrl-C begins no more rows and waits for those that run; again, it cancels these on the service and waits up
to 10 seconds for that; a third time it leaves at once. What was cancelled and cost nothing is submitted anew
by the same command, what may have been charged with --retry-failed.

  rhub batch cats.csv --model rhart-image-v1/text-to-image prompt="{breed} cat, {mood}" aspectRatio=1:1 \
    -o cats --budget 30 --dry-run
]],
  options = {
    { "model", value = "MODEL", read = options.text },
    { "script", value = "FILE", read = options.text },
    { "output", short = "o", value = "DIR", read = options.text },
    { "name", value = "TEMPLATE", read = options.text },
    { "no-sidecar" },
    { "journal", value = "PATH", read = options.text },
    { "dry-run" },
    { "status" },
    { "watch" },
    { "limit", value = "N", read = options.count },
    { "shuffle" },
    { "rate", value = "N", read = rate },
    { "retries", value = "N", read = whole },
    { "retry-failed" },
    { "anew" },
    { "on-unknown", value = "hold|resubmit", read = policy },
  },
  words = { 1, math.huge, what = "a file of rows and parameters" },
}

-- What a script or a Lua file of rows prints is none of the lines of --json.
local function print_elsewhere()
  io.output(io.stderr)
  function _G.print(...)
    local words = table.pack(...)
    for i = 1, words.n do words[i] = tostring(words[i]) end
    io.stderr:write(table.concat(words, "\t"), "\n")
  end
end

---@param context rhub.cli.context
function batch.run(context)
  local values = context.values
  if values.json then print_elsewhere() end
  if context.words[1]:find("=", 1, true) then
    return nil, errors.input(('"%s" stands where the file belongs: %s'):format(context.words[1],
      batch.usage))
  end
  local loaded, err = require("rhub.cli.engine").load()
  if not loaded then return nil, err end
  local setup = require "rhub.cli.batch.setup"
  local job, wrong = setup.job(context)
  if not job then return nil, wrong end
  local source <close> = job.source -- luacheck: ignore 211
  local reads = values.dry_run or values.status or values.watch
  err = reads and setup.look(job)
  if err then return nil, err end
  if not (values.status or values.watch or values.anew) then
    err = require("rhub.batch.orphans").find(job.dir, job.journal, job.ids)
    if err then return nil, err end
  end
  if values.dry_run then return require("rhub.cli.batch.dry_run").run(context, job) end
  if values.status or values.watch then return require("rhub.cli.batch.status").run(context, job) end
  return require("rhub.cli.batch.live").run(context, job)
end

return batch
