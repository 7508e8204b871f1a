-- What `rhub --help` says: a text and nothing else, so that it costs nothing to print.

return [[
rhub: RunningHub's models from the command line and from Lua

  rhub run MODEL NAME=VALUE ... -o TARGET    run one task and save what it makes
  rhub script.lua ARGUMENTS                  run a Lua script; require "rhub" works in it
  rhub -e CODE                               run a line of Lua
  rhub -i                                    a Lua prompt
  rhub -                                     run the script that comes on standard input

  rhub models [WORDS]                        find models in the catalogue
  rhub model NAME                            what a model takes and costs, and how it is called
  rhub check MODEL NAME=VALUE ...            find what is wrong with a call, and send nothing
  rhub price MODEL NAME=VALUE ...            what a call will cost

  rhub workflow ID [NODE.FIELD=VALUE ...]    what is in a ComfyUI workflow; run it with other values
  rhub app ID [NAME=VALUE ...]               what an AI app takes; run it
  rhub apps                                  AI apps that the service offers
  rhub quick ID [CODE NAME=VALUE ...]        quick create: styles and inputs of an app; run it

  rhub task ID [--wait] [-o TARGET]          look at a task, wait for it, save what it made
  rhub outputs ID [-o TARGET]                what a task has made, or which node failed
  rhub cancel ID                             cancel a task on the server
  rhub comfy prompt GRAPH.json -o TARGET     run a graph on a native ComfyUI; its history, its nodes

  rhub batch FILE --model MODEL NAME=TEMPLATE ... -o DIR
                                             a task for each row of a file; goes on where it was stopped
  rhub jobs [--failed|--unknown|...]         what a journal has recorded; what became of unknown jobs
  rhub cost [--by model|day|label]           what jobs have cost, and which failed and were charged
  rhub fetch [--all]                         save what is paid for and not saved yet
  rhub verify DIR                            whether files are still what was saved
  rhub rerun SIDECAR                         make again what the record beside a file tells

  rhub upload FILE ... [--node]              files to the service, for what takes an address or a name
  rhub lora FILE                             a LoRA file of one's own, for workflows
  rhub listen                                receive webhooks, print what has ended, run a Lua file for each
  rhub webhook ID                            what the service has sent for a task; have it sent again
  rhub asset create|list|show|...            assets for models that take real persons, and their groups
  rhub account                               kind of key, balance, places in use
  rhub queue                                 how many tasks at once, how many there are
  rhub keys                                  the account's API keys, masked
  rhub resources TYPE [WORDS]                model files that workflows may name
  rhub login                                 keep an API key for this user
  rhub doctor                                see whether everything is in order
  rhub sandbox                               a stand-in RunningHub on this machine
  rhub completion bash|zsh|fish              completion for a shell, model names and values included
  rhub types                                 definitions of the models for editors
  rhub help COMMAND                          everything about one of these

Options for all of them
  --sandbox            talk to a sandbox of this run's own: no key, no cost, nothing leaves this machine
  --json               one line of JSON on standard output, for programs (commands only)
  -q, --quiet          say nothing but errors
  -v, --verbose        say more; twice: each HTTP exchange
  --site ai|cn         runninghub.ai or runninghub.cn
  --base-url URL       another address of the service
  --check strict|warn|off
                       what happens to parameters that the catalogue knows to be wrong
  --timeout SECONDS    wait for a task at most so long, counted from its acceptance
  --concurrency N      tasks in flight at once; else the account's own limit
  --budget AMOUNT      submit nothing that could make the sum pass it, in the site's currency (CNY, USD);
                       a script that opens several clients has it for each of them
  --allow-unknown-price  under a budget, submit also what nobody can tell the price of
  --proxy URL          "" for none; else HTTPS_PROXY and its like
  --ca-file FILE       trust these certificates (PEM)
  -V, --version        the version

The key comes from RUNNINGHUB_API_KEY, RH_API_KEY or `rhub login`; never from the command line.
Exit codes: 0 done, 1 failed, 2 wrong use or input, 3 no key or a bad one, 4 no connection,
5 the outcome is unknown (something may have been charged), 130 interrupted.
]]
