"""The replica's server: an HTTP proxy on loopback that answers for the portal's hosts, https by CONNECT included."""

import gzip
import http.server
import socket
import socketserver
import struct
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from email.utils import parsedate_to_datetime
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec

from crawler.replica.certificate import throw_away_certificate
from crawler.replica.site import Response, Site

_MAX_CONNECTIONS = 64
_IDLE_SECONDS = 30
_SLOW_PARTS = 20

_WHO_ARE_YOU = "http://replica.invalid/"


class Request(msgspec.Struct, frozen=True):
    """One request that reached the server."""

    method: str
    url: str
    """Absolute, e.g. ``https://jl.ifeng.com/robots.txt``."""

    headers: Mapping[str, str]
    """Names in lower case."""

    status: int
    """What was answered; 0 where the connection was reset."""


class Fault(msgspec.Struct, frozen=True):
    """One thing that goes wrong, instead of the page or with it."""

    kind: Literal["status", "reset", "slow", "truncated-gzip", "truncated", "endless-redirect"]
    status: int = 503
    """For ``status``."""

    retry_after: str | None = None
    """For ``status``: the header, seconds or a date."""

    seconds: float = 5.0
    """For ``slow``: how long the body takes."""

    forever: bool = False
    """Whether it goes wrong every time, not once."""


class Replica:
    """A running server."""

    def __init__(self, site: Site, faults: Mapping[str, Sequence[Fault]], *, port: int) -> None:
        self.site = site
        """What is served; another may be put here at any moment."""
        self.certificate, self._tls = throw_away_certificate(site.hosts)
        self._faults = {url: list(queue) for url, queue in faults.items()}
        self._log: list[Request] = []
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._server = _Server(("127.0.0.1", port), _Handler, self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="replica")
        self._thread.start()

    @property
    def proxy_url(self) -> str:
        """Where it listens, e.g. ``http://127.0.0.1:40123``."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def requests(self) -> tuple[Request, ...]:
        """All requests so far, in the order in which they were answered."""
        with self._lock:
            return tuple(self._log)

    def forget(self) -> None:
        """Empty the log."""
        with self._lock:
            self._log.clear()

    def fail(self, url: str, *faults: Fault) -> None:
        """Let the next requests for ``url`` go wrong in this order; those planned before are dropped."""
        with self._lock:
            self._faults[url] = list(faults)

    def close(self) -> None:
        """Stop, cut what is open, and wait for the threads."""
        self._stopped.set()
        self._server.shutdown()
        self._server.cut_connections()
        self._server.server_close()
        self._thread.join()

    def _next_fault(self, url: str) -> Fault | None:
        with self._lock:
            queue = self._faults.get(url)
            if not queue:
                return None
            return queue[0] if queue[0].forever or queue[0].kind == "endless-redirect" else queue.pop(0)

    def _note(self, request: Request) -> None:
        with self._lock:
            self._log.append(request)


@contextmanager
def serve(site: Site, *, faults: Mapping[str, Sequence[Fault]] | None = None, port: int = 0) -> Iterator[Replica]:
    """A server for ``site`` on a free port of 127.0.0.1, until the block ends; ``faults`` are played in order, by URL."""
    replica = Replica(site, faults or {}, port=port)
    try:
        yield replica
    finally:
        replica.close()


class _Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    allow_reuse_address = True
    daemon_threads = False
    block_on_close = True
    request_queue_size = _MAX_CONNECTIONS

    def __init__(self, address: tuple[str, int], handler: type["_Handler"], replica: Replica) -> None:
        self.replica = replica
        self._open: set[socket.socket] = set()
        self._open_lock = threading.Lock()
        self._is_cut = False
        super().__init__(address, handler)

    def verify_request(self, request: object, client_address: object) -> bool:
        return len(self._open) < _MAX_CONNECTIONS

    def opened(self, connection: socket.socket) -> None:
        with self._open_lock:
            self._open.add(connection)
            if self._is_cut:
                _cut(connection)

    def closed(self, connection: socket.socket) -> None:
        with self._open_lock:
            self._open.discard(connection)

    def cut_connections(self) -> None:
        """Wake every thread that waits for a request, and each that is about to."""
        with self._open_lock:
            self._is_cut = True
            for connection in self._open:
                _cut(connection)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients hang up, and that is no news; anything else is a mistake of ours and is printed."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):
        socket.socket.shutdown(connection, socket.SHUT_RDWR)  # past TLS, which would wait for its lock


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "replica"
    sys_version = ""
    timeout = _IDLE_SECONDS
    disable_nagle_algorithm = True
    wbufsize = -1
    server: _Server
    tunnel = ""

    def setup(self) -> None:
        super().setup()
        self.server.opened(self.connection)

    def finish(self) -> None:
        self.server.closed(self.connection)
        with suppress(OSError):
            super().finish()
            self.connection.close()

    def log_message(self, format: str, *args: object) -> None:
        """Silence: the log is :attr:`Replica.requests`."""

    def do_CONNECT(self) -> None:
        """Open a tunnel and be the host at its other end."""
        host, _, port = self.path.partition(":")
        if host.lower() not in self._replica.site.hosts or port != "443":
            return self._send(f"https://{self.path}", Response(502))
        self.send_response_only(200, "Connection established")
        self.end_headers()
        self.wfile.flush()
        self.server.closed(self.connection)
        self.connection = self._replica._tls.wrap_socket(self.connection, server_side=True)
        self.server.opened(self.connection)
        self.tunnel, self.rfile, self.wfile = host.lower(), self.connection.makefile("rb"), self.connection.makefile("wb")
        self.close_connection = False
        return None

    def do_GET(self) -> None:
        url = f"https://{self.tunnel}{self.path}" if self.tunnel else self.path
        if url == _WHO_ARE_YOU:
            return self._say_who()
        parts = urlsplit(url)
        if (parts.hostname or "") not in self._replica.site.hosts:
            return self._send(url, Response(502))
        fault = self._replica._next_fault(url.partition("?hop=")[0])
        if fault:
            return self._fail(url, fault)
        return self._send(url, self._answer(url))

    def _say_who(self) -> None:
        """The crawler asks a proxy on this machine whether what goes through it stays here; no request of a crawl."""
        self.send_response(204)
        self.send_header("X-Replica", "fangtan")
        self.end_headers()

    def do_HEAD(self) -> None:
        """As GET; the body stays here."""
        self.do_GET()

    @property
    def _replica(self) -> Replica:
        return self.server.replica

    def _answer(self, url: str) -> Response:
        site = self._replica.site
        response = site.responses.get(url) or site.responses.get(url.partition("?")[0]) or site.missing
        return Response(304, b"", response.headers) if _fresh(response, dict(self.headers.items())) else response

    def _send(self, url: str, response: Response, *, slow: float = 0, cut: bool = False, coded: bool = False) -> None:
        body = response.body
        coding: tuple[tuple[str, str], ...] = ()
        if body and (coded or "gzip" in self.headers.get("Accept-Encoding", "")):
            body, coding = gzip.compress(body, 1, mtime=0), (("Content-Encoding", "gzip"),)
        self._replica._note(Request(self.command, url, {k.lower(): v for k, v in self.headers.items()}, response.status))
        self.send_response(response.status)
        for name, value in (*response.headers, *coding, ("Vary", "Accept-Encoding")):
            self.send_header(name, value)
        sent = body[: len(body) // 2] if cut else body
        if response.status != 304:
            self.send_header("Content-Length", str(len(sent) if coded else len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self._write(sent, slow)
        self.close_connection = self.close_connection or (cut and not coded)

    def _write(self, body: bytes, seconds: float) -> None:
        step = max(1, -(-len(body) // _SLOW_PARTS)) if seconds else max(1, len(body))
        for start in range(0, len(body), step):
            if seconds and self._replica._stopped.wait(seconds / _SLOW_PARTS):
                return
            self.wfile.write(body[start : start + step])
            self.wfile.flush()

    def _fail(self, url: str, fault: Fault) -> None:
        if fault.kind == "status":
            retry = (("Retry-After", fault.retry_after),) if fault.retry_after is not None else ()
            return self._send(url, Response(fault.status, b"", retry))
        if fault.kind == "reset":
            return self._reset(url)
        if fault.kind == "endless-redirect":
            base, _, hop = url.partition("?hop=")
            target = f"{base}?hop={(int(hop) + 1) if hop.isdigit() else 1}"
            return self._send(url, Response(302, b"", (("Location", target),)))
        seconds = fault.seconds if fault.kind == "slow" else 0
        cut = fault.kind.startswith("truncated")
        return self._send(url, self._answer(url), slow=seconds, cut=cut, coded=fault.kind == "truncated-gzip")

    def _reset(self, url: str) -> None:
        """Hang up with RST, as a crashing server does."""
        self._replica._note(Request(self.command, url, {k.lower(): v for k, v in self.headers.items()}, 0))
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True


def _fresh(response: Response, headers: Mapping[str, str]) -> bool:
    """Whether the client's copy is still good; If-None-Match goes before If-Modified-Since (RFC 9110, §13.2.2)."""
    known = {name.lower(): value for name, value in response.headers}
    asked = {name.lower(): value for name, value in headers.items()}
    if "etag" not in known or response.status != 200:
        return False
    if tags := asked.get("if-none-match"):
        return tags.strip() == "*" or known["etag"] in [tag.strip().removeprefix("W/") for tag in tags.split(",")]
    since = asked.get("if-modified-since")
    with suppress(TypeError, ValueError):
        return since is not None and parsedate_to_datetime(since) >= parsedate_to_datetime(known["last-modified"])
    return False
