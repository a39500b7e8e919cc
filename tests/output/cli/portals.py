"""A replica to crawl with commands run as cron runs them, each in a process of its own."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path

import pytest

from crawler.portal import PROFILES
from crawler.replica import Replica, Response, Site
from output.cli import main
from output.corpus import read_items
from output.lines import Run
from tests.output.cli.conftest import Ran
from tests.output.cli.warm import Warm

SERIES = Path("corpora/jl_ifeng/anquan")
LIST = "http://jl.ifeng.com/listpage/80001/1/list.shtml"
FIXED = ("jl_ifeng/anquan", "--portal", "jl_ifeng.toml", "--data", "corpora")
RUN = "import sys; from output.cli import main; sys.exit(main())"


def write_profile(**changes: str) -> None:
    """The shipped profile without the polite pause, in the folder that commands run in; ``changes`` replace a key's line."""
    lines = (PROFILES / "jl_ifeng.toml").read_text(encoding="utf-8").replace("[series", "delay = 0\n[series", 1).split("\n")
    changed = [changes.get(line.partition(" = ")[0], line) for line in lines]
    Path("jl_ifeng.toml").write_text("\n".join(changed), encoding="utf-8")


def start(*args: object, before: str = "", **environment: str) -> "subprocess.Popen[str]":
    """A command that runs, after the program ``before``."""
    env = {**os.environ, "COLUMNS": "100", **environment}
    command = [sys.executable, "-c", f"{before}\n{RUN}", *map(str, args)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)


def finish(process: "subprocess.Popen[str]") -> Ran:
    """What a command did."""
    out, err = process.communicate(timeout=300)
    return Ran(process.returncode, out, err)


def fangtan(command: str, *args: object, **environment: str) -> Ran:
    """A command for the series, in this process: only a crawl needs one of its own."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.MonkeyPatch.context() as patch:
        for name, value in {"COLUMNS": "100", **environment}.items():
            patch.setenv(name, value)
        code = main([command, *map(str, FIXED), *map(str, args)])
    return Ran(code, out.getvalue(), err.getvalue())


def crawl(replica: Replica, *args: object, days: float = 0, before: str = "") -> Ran:
    """A crawl, ``days`` from now."""
    return warm().run("crawl", *FIXED, "--proxy", replica.proxy_url, *args, before=later(days) + before)


@cache
def warm() -> Warm:
    """What commands are forked from; it ends with this process, whose end closes its stdin."""
    return Warm()


def later(days: float) -> str:
    """A program after which it is so many days later."""
    if not days:
        return ""
    return (
        f"from datetime import timedelta; from crawler import clock; n = clock.now; clock.now = lambda: n() + timedelta({days})\n"
    )


def runs() -> list[Run]:
    return list(read_items(SERIES / "runs.jsonl", Run))


def edited(site: Site, urls: Iterator[str] | list[str], old: str, new: str) -> Site:
    """The site with ``old`` replaced on these pages, as a new template or an editor does."""
    changes: Mapping[str, Response] = {
        twin: _replaced(site.responses[twin], old, new) for url in urls for twin in _twins(url) if twin in site.responses
    }
    return site.replacing(changes)


def _replaced(response: Response, old: str, new: str) -> Response:
    body = response.body
    for coding in ("utf-8", "gb18030"):
        body = body.replace(old.encode(coding), new.encode(coding))
    headers = tuple((name, value) for name, value in response.headers if name not in ("ETag", "Last-Modified"))
    return Response(response.status, body, headers)


def _twins(url: str) -> tuple[str, str]:
    rest = url.partition("://")[2]
    return f"http://{rest}", f"https://{rest}"
