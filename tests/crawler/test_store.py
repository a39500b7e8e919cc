"""Archive and state as one: what a run told the state, the archive alone tells it again."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from crawler.archive import INDEX, read_archive
from crawler.capture import ArchiveError
from crawler.page import Page
from crawler.portal import Portal, Revisit, load_portal
from crawler.reading import read_response
from crawler.records import Asked, Exchange
from crawler.state import State, StateError
from crawler.store import STATE, Store, catch_up, repair
from tests.crawler.loopback import write_profile

LIST = Asked("list", "http://127.0.0.1/list/1.shtml", "http://127.0.0.1/list/1.shtml")
START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    return load_portal(str(write_profile(tmp_path, LIST.url)))


@pytest.fixture
def open_store(tmp_path: Path, portal: Portal) -> Callable[[], Store]:
    return lambda: Store(tmp_path / "series", portal, "pingan")


def article(number: int | str) -> Asked:
    return Asked("article", f"http://127.0.0.1/a/{number}.shtml")


def listing(*numbers: int | str) -> str:
    return "".join(f'<li><a href="/a/{number}.shtml">平安访谈</a></li>' for number in numbers)


def paged(*numbers: str) -> str:
    return "<div class=pages>" + "".join(f'<a href="{number}.shtml">x</a>' for number in numbers) + "</div>"


def answer(store: Store, portal: Portal, asked: Asked, body: str, *, status: int = 200, day: int = 0, tag: str = "") -> None:
    """One response, written and read as a crawl does."""
    headers = [(b"Content-Type", b"text/html"), *([(b"ETag", tag.encode())] if tag else [])]
    moment = START + timedelta(days=day)
    archived = store.write(Exchange(asked.url, status, headers, body.encode(), moment, asked=asked))
    page = store.stored_page(asked) if status == 304 else Page(body.encode(), asked.url, "text/html")
    assert page
    reading = read_response(asked, 200 if status == 304 else status, page, portal)
    if reading.is_final:
        store.see(asked, archived, reading)
    else:
        store.note(asked, "failed", str(status))


def dump(folder: Path) -> list[str]:
    with State(folder / STATE) as state:
        return list(state.dump())


def a_year_of_trouble(store: Store, portal: Portal) -> Iterator[None]:
    """All that can become of a URL, step by step."""
    for asked, body, status, day in (
        (LIST, listing(1, "2_0", 3), 200, 0),
        (article(1), "<p>one", 200, 0),
        (article("2_0"), "<p>two" + paged("2_1"), 200, 0),
        (article("2_1"), "", 503, 0),
        (article(3), "", 404, 0),
        (LIST, "", 304, 1),
        (article(1), "", 304, 1),
        (article("2_0"), "", 304, 1),
        (article("2_1"), "<p>more" + paged("2_0"), 200, 1),
        (article(3), "<p>three", 200, 1),
        (article(1), "<p>one, edited", 200, 4),
        (article(1), "", 500, 5),
        (article(1), "", 404, 6),
        (article(3), "<div class=tips404>", 200, 6),
        (article(1), "<p>one", 200, 8),
    ):
        answer(store, portal, asked, body, status=status, day=day, tag=f'"{len(body)}"')
        yield
    store.note(article(4), "disallowed", "by robots.txt")
    yield
    store.complete()
    yield


def test_the_archive_alone_gives_the_same_state(tmp_path: Path, portal: Portal, open_store: Callable[[], Store]) -> None:
    with open_store() as store:
        for _ in a_year_of_trouble(store, portal):
            pass
    folder = tmp_path / "series"
    before, index = dump(folder), (folder / "archive" / INDEX).read_bytes()
    (folder / "archive" / INDEX).write_bytes(b"nonsense\n")
    assert repair(folder, portal, "pingan") == ()
    assert (dump(folder), (folder / "archive" / INDEX).read_bytes()) == (before, index)
    (folder / STATE).unlink()
    open_store().close()
    assert dump(folder) == before


def test_a_state_that_lags_behind_by_any_step_catches_up(tmp_path: Path, portal: Portal, open_store: Callable[[], Store]) -> None:
    """The copies stand for runs killed after the archive's sync, before the state's transaction or in the middle of it."""
    copies = []
    with open_store() as store:
        for number, _ in enumerate(a_year_of_trouble(store, portal)):
            copies.append(tmp_path / f"{number}.sqlite")
            with State(copies[-1]) as copy:
                store.state._db.backup(copy._db)
    expected = dump(tmp_path / "series")
    for path in copies:
        with State(path) as state:
            catch_up(state, tmp_path / "series/archive", portal, "pingan")
            assert list(state.dump()) == expected, path


def test_a_killed_run_is_made_good_at_the_next_start(tmp_path: Path, portal: Portal, open_store: Callable[[], Store]) -> None:
    store = open_store()
    for _ in a_year_of_trouble(store, portal):
        pass
    shutil.copytree(tmp_path / "series", tmp_path / "killed")
    store.close()
    with Store(tmp_path / "killed", portal, "pingan"):
        assert not list((tmp_path / "killed/archive").glob("*.open"))
    assert dump(tmp_path / "killed") == dump(tmp_path / "series")
    assert len(list(read_archive(tmp_path / "killed/archive"))) == 15


def test_a_304_stands_for_the_page_that_it_confirms(tmp_path: Path, portal: Portal, open_store: Callable[[], Store]) -> None:
    with open_store() as store:
        answer(store, portal, article(1), "<p>one", tag='"a"')
        answer(store, portal, article(1), "", status=304, day=1)
        known = store.known(article(1))
        assert known
        assert known.etag == '"a"'
    first, second = read_archive(tmp_path / "series/archive")
    assert (second.status, second.is_page, second.sha256, second.payload) == (304, True, first.sha256, first.place)


def test_what_is_listed_is_known_only_when_a_run_completed(portal: Portal, open_store: Callable[[], Store]) -> None:
    key = "127.0.0.1/a/1.shtml"
    with open_store() as store:
        answer(store, portal, LIST, listing(1))
        assert not store.state.was_listed(LIST.origin, key)
        store.complete()
        answer(store, portal, LIST, listing(2, 1))
        listed = [store.state.was_listed(LIST.origin, f"127.0.0.1/a/{number}.shtml") for number in (1, 2)]
        assert listed == [True, False]
        assert not store.state.was_listed("http://127.0.0.1/other.shtml", key)


def test_an_article_is_settled_when_all_its_pages_are(portal: Portal, open_store: Callable[[], Store]) -> None:
    key = "127.0.0.1/a/2.shtml"
    steps: list[tuple[Asked, str, int, bool, list[str]]] = [
        (LIST, listing("2_0"), 200, False, [article("2_0").url]),
        (article("2_0"), paged("2_1"), 200, False, [article("2_0").url]),
        (article("2_1"), "", 500, False, [article("2_0").url]),
        (article("2_1"), paged("2_0"), 200, True, []),
        (article("2_0"), paged("2_1"), 200, False, [article("2_0").url]),
        (article("2_1"), paged("2_0"), 200, True, []),
    ]
    with open_store() as store:
        for asked, body, status, settled, wanting in steps:
            answer(store, portal, asked, body, status=status)
            assert (store.state.is_settled(key), list(store.state.wanting())) == (settled, wanting)


@pytest.mark.parametrize(
    ("checked", "today", "due"),
    [
        *((0, 0, False), (0, 1, True), (1, 2, False), (1, 3, True), (1, 40, True), (30, 89, False)),
        *((365, 729, False), (365, 730, True), (0, -1, False), (-3, 0, False), (90, 3, True)),
    ],
)
def test_revisits_are_due_by_age(portal: Portal, open_store: Callable[[], Store], checked: int, today: int, due: bool) -> None:
    with open_store() as store:
        answer(store, portal, article(1), "<p>one")
        if checked:
            answer(store, portal, article(1), "<p>one", day=checked)
        day = (START + timedelta(days=today)).date()
        assert store.state.due(day, Revisit()) == ((article(1).url,) if due else ())
        assert store.state.due(day, Revisit(ages=())) == ()


def test_those_not_asked_for_longest_are_revisited_first(portal: Portal, open_store: Callable[[], Store]) -> None:
    with open_store() as store:
        for number, day in ((1, 2), (2, 0), (3, 1)):
            answer(store, portal, article(number), f"<p>{number}", day=day)
        due = store.state.due(date(2027, 11, 23), Revisit(most=2))
    assert due == (article(2).url, article(3).url)


def test_another_way_of_reading_pages_makes_the_state_anew(
    tmp_path: Path, portal: Portal, open_store: Callable[[], Store]
) -> None:
    with open_store() as store:
        answer(store, portal, LIST, listing(1))
    series = msgspec.structs.replace(portal.series["pingan"], match="别的")
    other = msgspec.structs.replace(portal, series={"pingan": series})
    with Store(tmp_path / "series", other, "pingan") as store:
        assert list(store.state.wanting()) == []
    with open_store() as store:
        assert list(store.state.wanting()) == [article(1).url]


def test_a_damaged_state_says_how_to_repair_it(tmp_path: Path, portal: Portal, open_store: Callable[[], Store]) -> None:
    with open_store() as store:
        answer(store, portal, article(1), "<p>one")
    path = tmp_path / "series" / STATE
    expected = dump(path.parent)
    path.write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 40)
    with pytest.raises(StateError, match="run fangtan repair"):
        open_store()
    assert repair(path.parent, portal, "pingan") == ()
    assert dump(path.parent) == expected


def test_repair_keeps_the_whole_records_of_a_damaged_file(
    tmp_path: Path, portal: Portal, open_store: Callable[[], Store]
) -> None:
    with open_store() as store:
        for number in (1, 2, 3):
            answer(store, portal, article(number), f"<p>{number}" * 99)
    archive = tmp_path / "series/archive"
    second = list(read_archive(archive))[1]
    data = bytearray(second.place.path.read_bytes())
    data[second.place.offset + 200] ^= 0xFF
    second.place.path.write_bytes(data)
    (archive / INDEX).unlink()
    with pytest.raises(ArchiveError):
        open_store()
    assert repair(tmp_path / "series", portal, "pingan") == (second.place.path.with_name(f"{second.place.path.name}.damaged"),)
    assert [capture.url for capture in read_archive(archive)] == [article(1).url, article(3).url]
