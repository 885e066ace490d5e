# The AWS CLI, loaded once: a command line's words on a line of stdin, its exit code and what it printed on a line of stdout. Each runs in a child
# of its own, as a process of the CLI would, without the second that Python takes to load it.
import gc
import json
import os
import sys
import tempfile

import awscli.clidriver

driver = awscli.clidriver.create_clidriver()
loader = driver.session.get_component("data_loader")
for kind in ("service-2", "paginators-1", "waiters-2"):
    loader.load_service_model("ec2", kind)
loader.load_data("endpoints")
# Children write to what the collector touches.
gc.freeze()


def child(words, out, err):
    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)
    code = 255
    try:
        code = driver.main(words)
    except SystemExit as e:
        code = e.code
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def outcome(words):
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        pid = os.fork()
        if pid == 0:
            child(words, out, err)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        out.seek(0)
        err.seek(0)
        return {"argv": words, "exit": code, "output": out.read().decode(), "errors": err.read().decode()}


for line in sys.stdin:
    print(json.dumps(outcome(json.loads(line))), flush=True)
