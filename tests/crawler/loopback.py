"""A portal of a few pages on loopback that counts what reaches it, and crawls of it in a process of their own."""

import contextlib
import http.server
import json
import os
import socket
import struct
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

RESET = b"RESET"
"""A body that stands for a connection cut before any answer."""


class Answer(NamedTuple):
    """What a path answers."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = {"Content-Type": "text/html; charset=utf-8"}


class Portal:
    """A running server; what ``pages`` does not hold is a 404."""

    def __init__(self, address: str = "127.0.0.1") -> None:
        self.pages: dict[str, Answer | Sequence[Answer]] = {}
        """By path; of a sequence the first is taken off, until one is left."""
        self.asked: Counter[str] = Counter()
        self.answered: Counter[tuple[str, int]] = Counter()
        """By path and status."""
        self.agents: set[str] = set()
        self.address = address
        self.server = _server(address, self)
        self.url = f"http://{address}:{self.server.server_address[1]}"

    def serve(self, path: str, body: str = "", *, status: int = 200, **headers: str) -> None:
        """Answer ``path`` with ``body``; header names with ``_`` for ``-``."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = Answer(status, body.encode(), {"Content-Type": "text/html; charset=utf-8", **named})

    def list(self, *hrefs: str, path: str = "/list/1.shtml", next: str | None = None) -> None:
        """A list page with a link to each of ``hrefs``, titled as the series."""
        items = "".join(f'<li><a href="{href}">平安访谈</a></li>' for href in hrefs)
        self.serve(path, f"<ul>{items}</ul>" + (f'<a id="next" href="{next}">下一页</a>' if next else ""))

    def answer(self, path: str) -> Answer:
        self.asked[path] += 1
        page = self.pages.get(path, Answer(404, b"<p>404"))
        if isinstance(page, Answer):
            return page
        if len(page) > 1:
            self.pages[path] = page[1:]
        return page[0]


@contextlib.contextmanager
def portal_on(address: str = "127.0.0.1") -> Iterator[Portal]:
    """A server on a free port of ``address``, a loopback one, until the block ends."""
    portal = Portal(address)
    thread = threading.Thread(target=portal.server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield portal
    finally:
        portal.server.shutdown()
        thread.join()
        portal.server.server_close()


def write_profile(folder: Path, *lists: str, hosts: Sequence[str] = ("127.0.0.1",), extra: str = "") -> Path:
    """A profile for such a portal, with the series ``pingan``; ``extra`` is TOML that goes first."""
    path = folder / "loop.toml"
    path.write_text(f"""
title = "回环"
hosts = {json.dumps(list(hosts))}
{extra}
[series.pingan]
title = "平安访谈"
lists = {json.dumps(list(lists))}
match = "平安"
[list]
item = "li"
next = "#next"
[article]
url = '/a/\\d+(_\\d+)?\\.shtml'
page = '_(\\d+)(?=\\.shtml$)'
next = ".pages a"
gone = ".tips404"
""")
    return path


_CRAWL = """
import json, sys
from pathlib import Path
import msgspec
from crawler.portal import load_portal
from crawler.run import crawl_series
options = json.loads(sys.argv[1])
exec(options.pop("before"))
portal = load_portal(options.pop("profile"))
if options.pop("progress"):
    options["progress"] = lambda step: print(step.outcome.kind, flush=True, file=sys.stderr)
try:
    summary = crawl_series(portal, options.pop("series"), Path(options.pop("data")), **options)
    print(msgspec.json.encode(summary).decode())
except Exception as error:
    sys.exit(f"{type(error).__name__}: {error}")
"""


class Crawl(NamedTuple):
    """What a crawl printed."""

    code: int
    summary: dict[str, Any]
    stderr: str

    @property
    def kinds(self) -> dict[str, int]:
        return self.summary["outcomes"]  # type: ignore[no-any-return]  # it is JSON

    def reason(self, url: str) -> str:
        """Why ``url`` is a problem."""
        return str(next(problem["reason"] for problem in self.summary["problems"] if problem["url"] == url))


def crawl(profile: Path | str, data: Path, *, series: str = "pingan", **options: Any) -> Crawl:
    """A whole crawl; no delay unless ``options`` say so."""
    with start_crawl(profile, data, series=series, **options) as process:
        return finish(process)


def finish(process: subprocess.Popen[str]) -> Crawl:
    """What a crawl that was started comes to."""
    out, err = process.communicate(timeout=50)
    return Crawl(process.returncode, json.loads(out) if out else {}, err)


def start_crawl(
    profile: Path | str, data: Path, *, series: str = "pingan", progress: bool = False, before: str = "", **options: Any
) -> subprocess.Popen[str]:
    """A crawl that runs: after the program ``before``; with ``progress`` it prints each outcome's kind on stderr."""
    told = {"profile": str(profile), "data": str(data), "series": series, "progress": progress, "before": before, "delay": 0}
    return subprocess.Popen(
        [sys.executable, "-c", _CRAWL, json.dumps(told | options)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )


def environment(**more: str) -> dict[str, str]:
    """Ours without what would send a crawl elsewhere or give it a contact."""
    private = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "FANGTAN_CONTACT", "FANGTAN_DATA", "FANGTAN_PROXY")
    return {name: value for name, value in os.environ.items() if name.upper() not in private} | more


def _server(address: str, portal: Portal) -> http.server.ThreadingHTTPServer:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            portal.agents.add(self.headers.get("User-Agent", ""))
            answer = portal.answer(self.path)
            if answer.body == RESET:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.close_connection = True
                return
            tag = answer.headers.get("ETag")
            if tag and tag == self.headers.get("If-None-Match"):
                answer = Answer(304, b"", {"ETag": tag})
            portal.answered[self.path, answer.status] += 1
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer((address, 0), Handler)
    server.daemon_threads = True
    return server
