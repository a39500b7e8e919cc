"""The server: a real proxy on loopback, asked with the standard library's client."""

import gzip
import http.client
import os
import signal
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

import pytest

from crawler.replica import SEED_URL, Fault, Replica, Site, build_site, serve

ROBOTS = "http://jl.ifeng.com/robots.txt"
LIST = "http://jl.ifeng.com/listpage/80001/1/list.shtml"


@pytest.fixture(scope="module")
def site() -> Site:
    return build_site(articles=6)


@pytest.fixture
def replica(site: Site) -> Iterator[Replica]:
    with serve(site) as running:
        yield running


def connect(replica: Replica, scheme: str, *, host: str = "jl.ifeng.com") -> http.client.HTTPConnection:
    proxy = urlsplit(replica.proxy_url)
    assert proxy.hostname == "127.0.0.1"
    if scheme == "http":
        return http.client.HTTPConnection(proxy.hostname, proxy.port, timeout=5)
    trusting = ssl.create_default_context(cadata=replica.certificate.decode())
    connection = http.client.HTTPSConnection(proxy.hostname, proxy.port, timeout=5, context=trusting)
    connection.set_tunnel(host, 443)
    return connection


def ask(
    replica: Replica, url: str, headers: Mapping[str, str] | None = None, *, method: str = "GET"
) -> tuple[int, dict[str, str], bytes]:
    parts = urlsplit(url)
    connection = connect(replica, parts.scheme, host=parts.hostname or "")
    target = url if parts.scheme == "http" else parts.path
    try:
        connection.request(method, target, headers={"Host": parts.hostname or "", **(headers or {})})
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()
    finally:
        connection.close()


@pytest.mark.parametrize("url", [ROBOTS, LIST, SEED_URL, LIST.replace("http:", "https:")])
def test_pages_come_by_http_and_https(replica: Replica, site: Site, url: str) -> None:
    status, headers, body = ask(replica, url)
    assert (status, body) == (200, site.responses[url].body)
    assert headers["Content-Type"] == dict(site.responses[url].headers)["Content-Type"]


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_connections_are_kept_alive(replica: Replica, scheme: str) -> None:
    connection = connect(replica, scheme)
    for _ in range(3):
        connection.request("GET", ROBOTS if scheme == "http" else "/robots.txt")
        assert connection.getresponse().read().startswith(b"User-agent")
    connection.close()
    assert len(replica.requests) == 3


def test_head_has_no_body(replica: Replica, site: Site) -> None:
    status, headers, body = ask(replica, LIST, method="HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) == len(site.responses[LIST].body)


def test_gzip_for_those_who_accept_it(replica: Replica, site: Site) -> None:
    _, headers, body = ask(replica, LIST, {"Accept-Encoding": "gzip, deflate"})
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == site.responses[LIST].body


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("If-None-Match", "{ETag}", 304),
        ("If-None-Match", 'W/"other", {ETag}', 304),
        ("If-None-Match", '"other"', 200),
        ("If-Modified-Since", "{Last-Modified}", 304),
        ("If-Modified-Since", "Mon, 01 Jan 2018 00:00:00 GMT", 200),
        ("If-Modified-Since", "yesterday", 200),
    ],
)
def test_conditional_requests(replica: Replica, header: str, value: str, status: int) -> None:
    _, first, _ = ask(replica, SEED_URL)
    for name in ("ETag", "Last-Modified"):
        value = value.replace(f"{{{name}}}", first[name])
    answer, headers, body = ask(replica, SEED_URL, {header: value})
    assert answer == status
    assert (body == b"") == (status == 304)
    assert headers["ETag"] == first["ETag"]


@pytest.mark.parametrize("url", ["http://jl.ifeng.com/a/20990101/1_0.shtml", "https://jl.ifeng.com/nothing"])
def test_unknown_pages_are_404(replica: Replica, url: str) -> None:
    assert ask(replica, url)[0] == 404


def test_unknown_hosts_are_502(replica: Replica) -> None:
    assert ask(replica, "http://www.elsewhere.example/news/1.html")[0] == 502
    with pytest.raises(OSError, match="502"):
        ask(replica, "https://www.elsewhere.example/")
    assert [request.status for request in replica.requests] == [502, 502]


def test_a_query_does_not_change_the_page(replica: Replica, site: Site) -> None:
    assert ask(replica, f"{LIST}?utm_source=x")[2] == site.responses[LIST].body


def test_the_log_says_who_asked_for_what(replica: Replica) -> None:
    ask(replica, ROBOTS, {"User-Agent": "fangtan/0"})
    ask(replica, SEED_URL)
    assert [(request.method, request.url, request.status) for request in replica.requests] == [
        ("GET", ROBOTS, 200),
        ("GET", SEED_URL, 200),
    ]
    assert replica.requests[0].headers["user-agent"] == "fangtan/0"
    replica.forget()
    assert replica.requests == ()


def test_the_site_can_be_swapped(replica: Replica, site: Site) -> None:
    replica.site = site.replacing({SEED_URL: site.missing})
    assert ask(replica, SEED_URL)[0] == 404
    replica.site = site
    assert ask(replica, SEED_URL)[0] == 200


def test_faults_are_played_in_order(replica: Replica) -> None:
    replica.fail(ROBOTS, Fault("status", status=500), Fault("status", status=429, retry_after="2"))
    answers = [ask(replica, ROBOTS) for _ in range(3)]
    assert [status for status, _, _ in answers] == [500, 429, 200]
    assert answers[1][1]["Retry-After"] == "2"


def test_a_fault_can_last(site: Site) -> None:
    with serve(site, faults={ROBOTS: [Fault("status", forever=True)]}) as replica:
        assert [ask(replica, ROBOTS)[0] for _ in range(3)] == [503, 503, 503]
        assert ask(replica, LIST)[0] == 200


@pytest.mark.parametrize("url", [LIST, SEED_URL])
def test_a_reset_is_a_reset(replica: Replica, url: str) -> None:
    replica.fail(url, Fault("reset"))
    with pytest.raises(ConnectionResetError):
        ask(replica, url)
    assert replica.requests[-1].status == 0
    assert ask(replica, url)[0] == 200


def test_truncated_bodies(replica: Replica) -> None:
    replica.fail(LIST, Fault("truncated"), Fault("truncated-gzip"))
    with pytest.raises(http.client.IncompleteRead):
        ask(replica, LIST)
    with pytest.raises(EOFError):
        gzip.decompress(ask(replica, LIST)[2])


def test_a_slow_body_takes_its_time(replica: Replica, site: Site) -> None:
    replica.fail(LIST, Fault("slow", seconds=0.3))
    began = time.monotonic()
    assert ask(replica, LIST)[2] == site.responses[LIST].body
    assert time.monotonic() - began >= 0.25


def test_an_endless_redirect_never_arrives(replica: Replica) -> None:
    replica.fail(LIST, Fault("endless-redirect"))
    url, seen = LIST, set()
    for _ in range(5):
        status, headers, _ = ask(replica, url)
        assert status == 302
        seen.add(url)
        url = headers["Location"]
    assert len(seen) == 5


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_closing_waits_for_nobody(site: Site, scheme: str) -> None:
    before = threading.active_count()
    with serve(site) as replica:
        replica.fail(LIST, Fault("slow", seconds=60))
        idle, slow = connect(replica, scheme), connect(replica, "http")
        idle.request("GET", "/robots.txt" if scheme == "https" else ROBOTS)
        idle.getresponse().read()
        slow.request("GET", LIST)
        began = time.monotonic()
    assert time.monotonic() - began < 2
    assert threading.active_count() == before
    idle.close()
    slow.close()


@pytest.mark.parametrize("stop", ["end of input", "SIGTERM"])
def test_the_command_serves_until_told_to_stop(stop: str) -> None:
    command = [sys.executable, "-m", "crawler.replica", "--articles", "3", "--seed", "7"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith("http://127.0.0.1:")
        if stop == "SIGTERM":
            os.kill(process.pid, signal.SIGTERM)
            assert process.wait(10) == 0
        process.stdin.close()
        assert process.wait(10) == 0
        assert process.stderr.read() == ""
