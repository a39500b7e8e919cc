"""Commands in a process each that need not wait for the imports: forked from one that has done them.

As a program it reads jobs from stdin, one JSON object a line, and writes what each came to.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from pathlib import Path
from typing import Any

from tests.output.cli.conftest import Ran

_PRELOAD = (
    "scrapy.core.engine",
    "scrapy.pqueues",
    "scrapy.core.downloader.contextfactory",
    "scrapy.core.downloader.handlers.http11",
    "scrapy.core.downloader.tls",
    "crawler.backoff",
    "crawler.replica",
)


class Warm:
    """The process that forks; one for all tests of a worker, ended with it."""

    def __init__(self) -> None:
        program = [sys.executable, "-m", __name__]
        pipe = subprocess.PIPE
        self._server = subprocess.Popen(program, cwd=Path(__file__).parents[3], stdin=pipe, stdout=pipe, text=True)
        self._lock = threading.Lock()

    def run(self, *args: object, before: str = "", kill_after: float = 0, **environment: str) -> Ran:
        """The command in the folder of this process, after the program ``before``; SIGKILL comes after so many seconds."""
        job = {"args": list(map(str, args)), "cwd": str(Path.cwd()), "before": before, "kill": kill_after, "env": environment}
        assert self._server.stdin
        assert self._server.stdout
        with self._lock:
            self._server.stdin.write(json.dumps(job) + "\n")
            self._server.stdin.flush()
            return Ran(*json.loads(self._server.stdout.readline()))


def serve() -> None:
    """Do jobs until there are no more."""
    from importlib import import_module

    for name in ("output.cli", "output.runs", *_PRELOAD):
        import_module(name)
    for line in sys.stdin:
        print(json.dumps(_run(json.loads(line))), flush=True)


def _run(job: dict[str, Any]) -> tuple[int, str, str]:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            _be_the_command(job, out.fileno(), err.fileno())
        status = _wait(child, job["kill"])
        out.seek(0)
        err.seek(0)
        return os.waitstatus_to_exitcode(status), out.read().decode(), err.read().decode()


def _wait(child: int, seconds: float) -> int:
    end = time.monotonic() + (seconds or 300)
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def _be_the_command(job: dict[str, Any], out: int, err: int) -> None:
    code = 1
    with open(os.devnull) as nothing:  # noqa: PTH123 -- a device
        for number, target in ((nothing.fileno(), 0), (out, 1), (err, 2)):
            os.dup2(number, target)
    try:
        from output.cli import main

        os.chdir(job["cwd"])
        os.environ.update({"COLUMNS": "100", **job["env"]})
        exec(job["before"], {})
        code = main(job["args"])
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    serve()
