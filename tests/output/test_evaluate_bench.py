"""The bench measures what it says: each reader, and each step that there is."""

import cleaners
from crawler.portal import load_portal
from crawler.replica import build_site
from tests.bench.clean import STEPS, memory, replica_pages, time_readers, time_steps

PAGES = list(replica_pages(build_site(articles=4)))[:2]


def test_every_step_is_timed_by_one_way_or_the_other() -> None:
    with_profile, without = time_steps(PAGES, load_portal("jl_ifeng")), time_steps(PAGES, None)
    seconds = {**with_profile, **without}
    assert set(seconds) == {step for step, _, _ in STEPS} | {"other"}
    assert min(seconds.values()) >= 0


def test_timing_leaves_the_cleaners_as_they_were() -> None:
    before = vars(cleaners)["extract_turns"]
    time_steps(PAGES[:1], None)
    assert vars(cleaners)["extract_turns"] is before


def test_readers_are_timed_page_by_page() -> None:
    (timed,) = time_readers(PAGES, {"nothing": lambda page: None}, rounds=2)
    assert len(timed.seconds) == len(PAGES)
    assert 0 < timed.p95 < 1


def test_memory_is_measured_twice() -> None:
    first, last = memory(10)
    assert 0 < first <= last
