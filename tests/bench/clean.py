"""How fast pages are cleaned, as ratios to ``trafilatura.extract`` in one run: ``python -m tests.bench.clean [DIR]``.

DIR holds ``<id>/page.html``: real pages, cleaned without a profile. The replica's pages are cleaned with and without.
"""

import logging
import resource
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import wraps
from importlib import import_module
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any, NamedTuple

import trafilatura

from cleaners import CleaningError, clean
from cleaners.blocks import parse_html
from cleaners.decode import decode
from crawler.page import Page
from crawler.portal import Portal, load_portal
from crawler.replica import Site, build_site

ARTICLES = 44
WARM_UP = 12
ROUNDS = 3
"""Each page is read so often by each reader, in turns; its best time counts, so that other work on the machine does not."""

# Where each step of cleaning is looked up; what a step calls itself is that step's own only where it is not listed.
STEPS = (
    ("decode", "cleaners.document", "decode"),
    ("parse", "cleaners.document", "parse_html"),
    ("embedded data", "cleaners.document", "find_embedded"),
    ("selectors", "cleaners.document", "_template"),
    ("selectors", "cleaners.document", "_marks"),
    ("walk", "cleaners.document", "walk"),
    ("headline", "cleaners", "find_headline"),
    ("chrome", "cleaners", "mark_chrome"),
    ("chrome", "cleaners", "mark_notices"),
    ("fields", "cleaners", "mark_fields"),
    ("fields", "cleaners", "extract_fields"),
    ("profile", "cleaners", "mark_profile"),
    ("layout", "cleaners", "mark_layout"),
    ("trafilatura", "cleaners.layout", "trafilatura_keeps"),
    ("repeats", "cleaners", "mark_repeats"),
    ("turns", "cleaners", "extract_turns"),
    ("record", "cleaners", "_record"),
    ("removed lines", "cleaners", "_removed"),
)
"""Name of the step, module, function."""

Reader = Callable[[Page], object]


class Timed(NamedTuple):
    """One reader's times."""

    reader: str
    seconds: tuple[float, ...]
    """The best time of each page."""

    @property
    def p95(self) -> float:
        """The 95th percentile, in seconds."""
        return quantiles(self.seconds, n=20)[-1] if len(self.seconds) > 1 else self.seconds[0]


def main(args: Sequence[str]) -> None:
    """Print everything."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    if args[:1] == ["--memory"]:
        print(*memory(int(args[1])))
        return
    pages, portal = list(replica_pages(build_site(articles=ARTICLES))), load_portal("jl_ifeng")
    _print_set("replica, legacy template", pages, {"clean with profile": portal, "clean without": None}, rounds=ROUNDS)
    for folder in args:
        real = [Page((path / "page.html").read_bytes()) for path in sorted(Path(folder).iterdir())]
        _print_set("real pages", real, {"clean without": None}, rounds=1)
    _print_memory(1_000, 10_000)


def replica_pages(site: Site) -> Iterator[Page]:
    """The replica's article pages of the template that the portal's old pages have."""
    for url, response in site.responses.items():
        if url.startswith("http:") and "/a/" in url and response.status == 200 and len(response.body) > 50_000:
            yield Page(response.body, url, dict(response.headers)["Content-Type"])


def time_readers(pages: Sequence[Page], readers: dict[str, Reader], *, rounds: int) -> list[Timed]:
    """Each page read by each reader in turns; the first pages once more before, so that caches are warm."""
    for page in pages[:WARM_UP]:
        for read in readers.values():
            read(page)
    times = [{name: min(_time(read, page) for _ in range(rounds)) for name, read in readers.items()} for page in pages]
    return [Timed(name, tuple(time[name] for time in times)) for name in readers]


def time_steps(pages: Sequence[Page], portal: Portal | None) -> dict[str, float]:
    """Seconds in each step of cleaning these pages, ``other`` included."""
    with _timed_steps() as seconds:
        for page in pages:
            start = perf_counter()
            _clean(page, portal)
            seconds["other"] += perf_counter() - start
    seconds["other"] -= sum(spent for step, spent in seconds.items() if step != "other")
    return seconds


def memory(pages: int) -> tuple[int, int]:
    """Resident MiB of this process after a tenth of so many pages, and after all; each page is another one."""
    portal, site, marks = load_portal("jl_ifeng"), build_site(articles=pages), []
    for number, url in enumerate(islice((url for url in site.responses if url.startswith("http:")), pages), 1):
        _clean(Page(site.responses[url].body, url), portal)
        if number in (pages // 10, pages):
            marks.append(_resident())
    return marks[0], marks[1]


def _resident() -> int:
    """From Linux's ``/proc``: ``ru_maxrss`` of a new process begins with what its parent had."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 2**20


def _clean(page: Page, portal: Portal | None) -> None:
    with suppress(CleaningError):  # a list, or a page that is no article: its time counts all the same
        clean([page], portal)


def _time(read: Reader, page: Page) -> float:
    start = perf_counter()
    read(page)
    return perf_counter() - start


@contextmanager
def _timed_steps() -> Iterator[dict[str, float]]:
    """Wraps the functions of ``STEPS``; a step's time is without that of the steps that it calls."""
    seconds, inner = defaultdict[str, float](float), [0.0]
    originals = [(import_module(module), name) for _, module, name in STEPS]
    functions = [getattr(module, name) for module, name in originals]
    for (step, _, _), (module, name), function in zip(STEPS, originals, functions, strict=True):
        setattr(module, name, _timed(step, function, seconds, inner))
    try:
        yield seconds
    finally:
        for (module, name), function in zip(originals, functions, strict=True):
            setattr(module, name, function)


def _timed(step: str, function: Callable[..., Any], seconds: dict[str, float], inner: list[float]) -> Callable[..., Any]:
    @wraps(function)
    def timed(*args: Any, **options: Any) -> Any:
        inner.append(0.0)
        start = perf_counter()
        try:
            return function(*args, **options)
        finally:
            spent = perf_counter() - start
            seconds[step] += spent - inner.pop()
            inner[-1] += spent

    return timed


def _print_set(name: str, pages: Sequence[Page], portals: dict[str, Portal | None], *, rounds: int) -> None:
    texts = {id(page): _text(page) for page in pages}
    readers: dict[str, Reader] = {
        "trafilatura.extract": lambda page: trafilatura.extract(texts[id(page)]),
        "lxml parse": lambda page: parse_html(texts[id(page)]),
        **{label: _cleaner(portal) for label, portal in portals.items()},
    }
    times = time_readers(pages, readers, rounds=rounds)
    weight = median(len(page.body) for page in pages) / 1024
    print(f"{name}: {len(pages)} pages, median {weight:.0f} KiB; best of {rounds}, ratio to trafilatura.extract")
    for timed in times:
        middle, high = median(timed.seconds), timed.p95
        first = times[0]
        print(
            f"  {timed.reader:<20} median {1000 * middle:7.2f} ms  {middle / median(first.seconds):5.2f}"
            f"   95th percentile {1000 * high:7.2f} ms  {high / first.p95:5.2f}"
        )
    for label, portal in portals.items():
        _print_steps(label, time_steps(pages, portal))
    print()


def _cleaner(portal: Portal | None) -> Reader:
    return lambda page: _clean(page, portal)


def _text(page: Page) -> str:
    try:
        return decode(page.body, page.content_type).text
    except CleaningError:
        return page.body.decode("utf-8", "replace")


def _print_steps(label: str, seconds: dict[str, float]) -> None:
    total = sum(seconds.values())
    shares = ", ".join(f"{step} {100 * spent / total:.1f}" for step, spent in _by_share(seconds))
    print(f"  {label}, % of its time: {shares}")


def _by_share(seconds: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(((step, spent) for step, spent in seconds.items() if spent), key=lambda share: -share[1])


def _print_memory(first: int, last: int) -> None:
    command = [sys.executable, "-m", "tests.bench.clean", "--memory", str(last)]
    before, after = map(int, subprocess.run(command, check=True, capture_output=True, text=True).stdout.split())
    print(f"memory: {before} MiB after {first} pages, {after} MiB after {last}")


if __name__ == "__main__":
    main(sys.argv[1:])
