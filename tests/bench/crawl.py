"""What a crawl costs: ``python -m tests.bench.crawl [requests] [known [ARTICLES]] [start [URLS]]``.

``requests``: CPU seconds for each request, beside a bare Scrapy spider on the same replica. ``known``: a run with nothing
new over so many known articles. ``start``: opening archive and state with so many known URLs.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

from crawler.page import Page
from crawler.portal import PROFILES, Portal, load_portal
from crawler.reading import read_response
from crawler.records import Asked, Exchange
from crawler.replica import build_site, serve
from crawler.replica.site import Site
from crawler.store import Store

LIST = "http://jl.ifeng.com/listpage/80001/1/list.shtml"
MOMENT = datetime(2026, 11, 23, 4, 17, tzinfo=UTC)

_MEASURED = """
import json, resource, sys, time
from pathlib import Path
def spent():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
"""
_BARE = (
    _MEASURED
    + """
import scrapy
from scrapy.crawler import AsyncCrawlerProcess
class Bare(scrapy.Spider):
    name = "bare"
    async def start(self):
        yield scrapy.Request(sys.argv[2], self.parse)
    def parse(self, response):
        for item in response.css("div.box650 > div[data-url]"):
            if "创建全国最安全" in item.css("h2 a::text").get(""):
                yield response.follow(item.css("h2 a")[0], self.parse_article)
        for link in response.css("#pagenext[href$=shtml]"):
            yield response.follow(link, self.parse)
    def parse_article(self, response):
        yield {"url": response.url, "title": response.css("h1::text").get(), "text": response.css("p::text").getall()}
        for link in response.css(".pageNum a[href$=shtml]"):
            yield response.follow(link, self.parse_article)
settings = {"CONCURRENT_REQUESTS": 1, "DOWNLOAD_DELAY": 0, "LOG_LEVEL": "ERROR", "ROBOTSTXT_OBEY": True,
            "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False,
            "FEEDS": {sys.argv[3] + "/bare.jsonl": {"format": "jsonlines"}}}
process = AsyncCrawlerProcess(settings)
crawler = process.create_crawler(Bare)
before = spent()
process.crawl(crawler)
process.start()
print(json.dumps([spent() - before, crawler.stats.get_value("downloader/request_count")]))
"""
)
_CRAWL = (
    _MEASURED
    + """
from crawler.portal import load_portal
from crawler.run import crawl_series
before = spent()
summary = crawl_series(load_portal("jl_ifeng"), "anquan", Path(sys.argv[3]) / "crawl", proxy=sys.argv[1], delay=0)
print(json.dumps([spent() - before, summary.requests]))
"""
)
_CLEAN = (
    _MEASURED
    + """
from crawler.portal import load_portal
from output.runs import Asked, run_series
import trafilatura, crawler.backoff, cleaners
before = spent()
data = Path(sys.argv[3]) / "clean"
run = run_series(Asked(portal=load_portal("jl_ifeng"), series="anquan", data=data, proxy=sys.argv[1], delay=0))
print(json.dumps([spent() - before, run.requests]))
"""
)


def bench_requests(articles: int = 400) -> None:
    """Print CPU milliseconds for each request: a bare spider, with archive and state, with cleaning too."""
    with serve(build_site(articles=articles)) as replica, tempfile.TemporaryDirectory() as folder:
        base = 0.0
        for name, program in (("bare Scrapy spider", _BARE), ("archive and state", _CRAWL), ("and cleaning", _CLEAN)):
            best = min(_cost(program, replica.proxy_url, f"{folder}/{attempt}") for attempt in range(3))
            base = base or best
            print(f"{name:20} {1000 * best:6.2f} ms CPU a request, {best / base:4.2f} times the bare spider")


def bench_known(articles: int = 10_000) -> None:
    """Print time and memory of a run with nothing new over so many known articles."""
    with tempfile.TemporaryDirectory() as folder:
        site = build_site(articles=articles)
        _archive(site, load_portal("jl_ifeng"), Path(folder) / "jl_ifeng/anquan")
        profile = (PROFILES / "jl_ifeng.toml").read_text(encoding="utf-8").replace("[series", "delay = 0\n[series", 1)
        Path(folder, "jl_ifeng.toml").write_text(profile, encoding="utf-8")
        with serve(site) as replica:
            for name in ("first run, which cleans them", "nothing new"):
                replica.forget()
                seconds, memory = _run(folder, replica.proxy_url)
                print(f"{name:28} {seconds:7.1f} s, {memory:4.0f} MB, {len(replica.requests)} requests")


def bench_start(urls: int = 100_000) -> None:
    """Print how long archive and state take to open with so many known URLs, and with none."""
    portal = load_portal("jl_ifeng")
    with tempfile.TemporaryDirectory() as folder:
        opened = [_open_seconds(Path(folder, "none"), portal)]
        with _unsynced(), Store(Path(folder, "many"), portal, "anquan") as store:
            for number in range(urls):
                _take(store, portal, Asked("article", f"http://jl.ifeng.com/a/20181113/{number}_0.shtml"), b"<p>%d" % number)
        opened.append(_open_seconds(Path(folder, "many"), portal))
    print(f"open with none {opened[0]:.2f} s, with {urls} known URLs {opened[1]:.2f} s")


def _cost(program: str, proxy: str, folder: str) -> float:
    Path(folder).mkdir(exist_ok=True)
    file = Path(folder, "program.py")  # Scrapy reads the source of callbacks
    file.write_text(program, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, file, proxy, LIST, folder],
        capture_output=True,
        text=True,
        check=True,
        # The bare spider's robots.txt goes through the proxy too.
        env={**os.environ, "http_proxy": proxy, "https_proxy": proxy, "PYTHONPATH": str(Path.cwd())},
    )
    seconds, requests = json.loads(ran.stdout.splitlines()[-1])
    return float(seconds) / int(requests)


def _run(folder: str, proxy: str) -> tuple[float, float]:
    command = "import sys; from output.cli import main; sys.exit(main())"
    args = ["crawl", "jl_ifeng/anquan", "--portal", f"{folder}/jl_ifeng.toml", "--data", folder, "--proxy", proxy]
    started = time.monotonic()
    process = subprocess.Popen([sys.executable, "-c", command, *args])
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, status
    return time.monotonic() - started, usage.ru_maxrss / 1024


def _archive(site: Site, portal: Portal, folder: Path) -> None:
    """What a crawl of the site writes, without the wire."""
    with _unsynced(), Store(folder, portal, "anquan") as store:
        url: str | None = LIST
        while url:
            _take(store, portal, asked := Asked("list", url, LIST), site.responses[url].body, dict(site.responses[url].headers))
            page = Page(site.responses[url].body, url, "text/html")
            url = read_response(asked, 200, page, portal).next
        for wanted in list(store.state.wanting()):
            pages = [wanted]
            for page_url in pages:
                response = site.responses.get(page_url, site.missing)
                asked = Asked("article", page_url)
                pages += _take(store, portal, asked, response.body, dict(response.headers), response.status)
        store.complete()


def _take(
    store: Store, portal: Portal, asked: Asked, body: bytes, headers: dict[str, str] | None = None, status: int = 200
) -> Sequence[str]:
    fields = [(name.encode(), value.encode()) for name, value in (headers or {"Content-Type": "text/html"}).items()]
    archived = store.write(Exchange(asked.url, status, fields, body, MOMENT, asked=asked))
    reading = read_response(asked, status, Page(body, asked.url, "text/html"), portal)
    if reading.is_final:
        store.see(asked, archived, reading)
    else:
        store.note(asked, "failed", str(status))
    return [url for url in reading.pages if url.rpartition("_")[2] > asked.url.rpartition("_")[2]][:1]


@contextmanager
def _unsynced() -> Iterator[None]:
    """The archive is made for a measurement: it need not survive a power cut."""
    with mock.patch("os.fsync"):
        yield


def _open_seconds(folder: Path, portal: Portal) -> float:
    started = time.monotonic()
    with Store(folder, portal, "anquan"):
        return time.monotonic() - started


def main(args: Sequence[str]) -> None:
    """Measure what is asked for; without arguments what costs a request."""
    benches = {"requests": bench_requests, "known": bench_known, "start": bench_start}
    names = [arg for arg in args if arg in benches] or ["requests"]
    numbers = [int(arg) for arg in args if arg.isdecimal()]
    for name in names:
        benches[name](*numbers[:1])


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main(sys.argv[1:])
