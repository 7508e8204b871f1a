--[[
Faults: how the sandbox is told to misbehave. Knows nothing of sockets: it picks the fault that a
request meets, and replies.lua carries it out.

WHERE FAULTS COME FROM
  command line   rhub sandbox --fault '{"route":"submit","do":"reset"}'      (repeatable; a list too)
  endpoint       POST /sandbox/faults   one fault or a list; they queue up behind those that wait
                 GET /sandbox/faults    those that still wait        DELETE /sandbox/faults   none
  Lua            sandbox:fault{ route = "submit", ["do"] = "reset" }
  A fault with an unknown word or field is refused (HTTP 400, {"error":"..."}), never ignored.

WHICH REQUEST MEETS ONE
  Each request takes the first waiting fault that fits; one request meets one fault.
  "route"   "submit" "query" "upload" "result" "account" "queue" "status" "outputs" "cancel" "price",
            or "*" for any of them (default); the control endpoints never meet one
  "match"   plain text that the path or the body must contain (an endpoint, a task id, a prompt)
  "skip"    how many fitting requests go by first (default 0)
  "times"   how many requests it meets (default 1); -1 for ever

"accept": true|false says whether the request is carried out all the same before the reply goes wrong:
the task is made and charged, the file is stored. The default stands at each fault. Every request is
counted in the statistics whatever happens to it.

THE CONNECTION                                                                          accept
  {"do":"reset"}                 RST, no byte of a reply; a body over 64 KB is not read   false
  {"do":"reset_after"}           the whole request is read and carried out, then RST      true
  {"do":"fin"}                   the request is read whole, then FIN, no byte of a reply  false
  {"do":"half_header"}           half a status line and header, then FIN                  false
                                 "reset":true ends it by RST
  {"do":"truncate","after":N}    the true reply with its true Content-Length, cut by FIN  true
                                 after N bytes of the body (default: half of it)
  {"do":"stall","after":N}       the same, but the connection stays open and silent       true
  {"do":"length","delta":N}      a Content-Length that is wrong by N: more than is sent   true
                                 (then FIN), or less (then further bytes follow)
  {"do":"delay","seconds":S}     carried out at once, the true reply S seconds later      true
  {"do":"hang"}                  never answered                                           false
  {"do":"raw","body":TEXT}       these bytes as they stand on the socket, then FIN        false
                                 "hex":"48690d0a" for bytes that JSON cannot hold

THE REPLY
  {"do":"status","status":503}   that HTTP status; "body" (text), "json" (a value),       false
                                 "type" (Content-Type), "headers" as wanted; default body
                                 is empty. 429: "headers":{"Retry-After":"2"}
  {"do":"html"}                  an HTML page, "status" default 200                       false
  {"do":"empty"}                 no body at all, "status" default 200                     false
  {"do":"body","body":TEXT}      this body with HTTP 200 (or "status") and type JSON;     false
                                 "hex" or "json" instead of "body"
  {"do":"code","code":"421"}     RunningHub's error in the shape of that route, HTTP 200  false
                                 or "status"; "message"; "shape":"A"|"B" to force one;
                                 "word":"message" for shape A with message, not msg;
                                 any code may be given, unlisted ones too; 1004 echoes the id
  {"do":"redirect"}              302 or "status" to "location" (default: the same path)   false
  {"do":"big","bytes":N}         JSON that opens well and goes on for N bytes             false
                                 (default 67108864)
  {"do":"edit","set":{...}}      the true JSON reply with these fields set at its top     true
                                 level; null sets null; "drop":["usage"] leaves some out
  {"do":"headers","headers":{}}  the true reply with these headers set; false drops one   true
  {"do":"garbage"}               the true reply with bad UTF-8 and a NUL put into a       true
                                 "promptTips" or "msg" text
  {"do":"wrap"}                  the true reply, shape B inside shape A                   true
  {"do":"gzip"}                  the true reply with Content-Encoding: gzip               true

RESULT FILES (route "result")
  truncate, stall, reset, status, headers as above; and
  {"do":"expire"}                403, as after the address's day; "status":404             false
  {"do":"no_range"}              a Range is ignored: 200 and the whole file               true
  {"do":"bad_range"}             206 with another Content-Range than was asked for        true
  {"do":"changed"}               the file is another one from now on: new bytes, ETag,    true
                                 Last-Modified

ONE TASK (route "submit": the task is made as usual, then lives as told)
  {"do":"task", ...} with any of
  "end":"FAILED"                 its last status (default SUCCESS; any word goes)
  "code":"1501","message":TEXT   errorCode and errorMessage at its end
  "failed_reason":{...}          as told; "node" for a ComfyUI failure with stringified traceback
  "usage":null|{...}|"numbers"   null: all four fields null; an object: as it stands; "none": "usage" is
                                 null; "numbers": money and time as JSON numbers
  "results":[...]                items as they stand: {"text":"..."}, {"url":"http://..."}, or
                                 {"output":"png"} for a file that the sandbox makes; [] for none;
                                 null for null
  "count":N                      N files of the model's own kind
  "alias":true                   outputUrl and content instead of url and text, task_id for taskId
  "numeric_id":true              ids as JSON numbers
  "wrapped":true                 all its replies shape B inside shape A
  "at_submit":true               the submit's reply says SUCCESS and has the results
  "gone":true                    accepted, charged, and then unknown: 1004
  "seconds":S                    how long it takes, whatever --speed says
  "polls":N                      it ends at its N-th query, however long that takes
  "states":["CREATE","WARMING"]  status words by query, the last one until the end
  "file":{...}                   its files: "bytes":N (at least that size), "name":"..%2Fx.mp4" (the
                                 last part of the address, as it stands), "disposition":TEXT, "type":TEXT,
                                 "validator":false (neither ETag nor Last-Modified), "chunked":true (no
                                 Content-Length), "ranges":false

THE CONTROL ENDPOINTS
  GET  /sandbox/stats    counts since the start or the last reset, faulted requests included:
    {"requests":{"submit":2,"query":5,...,"other":0},      requests by route
     "authorized":{"submit":2,"result":0,...},             of them with an Authorization header
     "submits":{"received":2,"accepted":1,"refused":0,"duplicates":0,
                "bodies":{"ENDPOINT BODY":2,...}},         received, by endpoint and exact body text
     "tasks":{"made":1,"running":0,"peak":1,"cancelled":0,"ids":["2013..."]},     ids: the last 1000
     "uploads":{"count":1,"bytes":N,"files":{"SHA256":1}},
     "downloads":{"count":1,"ranges":0,"bytes":N},         bytes: asked for, cut or not
     "connections":{"open":1,"peak":3,"total":9},
     "faults":{"waiting":0,"met":1},
     "charged":"2.10"}
  GET  /sandbox/tasks/ID     {"task_id","endpoint","status","key_kind","params":{...},"body":TEXT}
  POST /sandbox/expire       every result address dies now
  POST /sandbox/forget       every task is forgotten (1004)
  POST /sandbox/finish       every running task ends now
  POST /sandbox/reset        tasks, files, faults, counts and balances as at the start
]]

local faults = {}

return faults
