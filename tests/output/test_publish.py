"""The step from archive to corpus: newest versions, nothing published lost, takedowns obeyed."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cleaners.article import Record, Removed
from crawler.capture import Capture, iter_captures
from crawler.portal import Portal, parse_portal
from output.corpus import read_items
from output.judged import judge
from output.ledger import Ledger
from output.publish import FILES, LostArticlesError, NothingToPublishError, Published, publish
from output.takedown import TakedownError
from output.validate import validate_corpus
from tests.output.saved import interview
from tests.output.warcs import response, warc

PORTAL = """
title = "例网"
hosts = ["news.example.com"]
[article]
url = '/a/\\d+(_\\d+)?\\.html'
page = '_(\\d+)(?=\\.html$)'
gone = ".tips404"
next = ".pages a"
[list]
item = "li"
[series.talks]
title = "访谈"
lists = ["http://news.example.com/list.html"]
[[template]]
body = ".content"
"""
GONE_PAGE = '<html><body><div class="tips404">页面不存在，请检查网址。</div></body></html>'.encode()


@pytest.fixture
def portal() -> Portal:
    return parse_portal(PORTAL, source="example.toml", name="example")


def url(number: int, page: str = "") -> str:
    return f"http://news.example.com/a/{number}{page}.html"


def captures(folder: Path, *members: bytes) -> Iterator[Capture]:
    path = folder / "archive.warc.gz"
    path.write_bytes(warc(*members))
    return iter_captures(path)


def published(folder: Path, portal: Portal, *members: bytes, jobs: int = 1) -> Published:
    return publish(captures(folder, *members), folder, portal, "talks", jobs=jobs)


def corpus(folder: Path) -> list[Record]:
    return list(read_items(folder / "articles.jsonl", Record))


def test_only_article_pages_are_articles(tmp_path: Path, portal: Portal) -> None:
    result = published(
        tmp_path,
        portal,
        response("http://news.example.com/robots.txt", b"User-agent: *", content_type="text/plain"),
        response("http://news.example.com/list.html", interview("列表")),
        response("http://other.example.com/a/1.html", interview("别处")),
        response(url(1), b"", status=301),
        response(url(2), interview("张三")),
    )
    (record,) = corpus(tmp_path)
    assert (record.url, record.portal, record.series, record.fetched) == (url(2), "example", "talks", "2026-11-01T04:05:06Z")
    assert (result.counts.articles, result.counts.added, result.quarantined) == (1, 1, ())
    assert list(validate_corpus(tmp_path)) == []


def test_the_newest_version_wins_and_says_since_when(tmp_path: Path, portal: Portal) -> None:
    edited = interview("张三").replace("安全感明显提升".encode(), "安全感大幅提升".encode())
    published(
        tmp_path,
        portal,
        response(url(1), interview("张三"), day=1),
        response(url(1), edited, day=2),
        response(url(1), edited.replace("登录".encode(), "登录 2".encode()), day=3),
    )
    (record,) = corpus(tmp_path)
    assert (record.version, record.fetched) == (2, "2026-11-02T04:05:06Z")
    assert "大幅" in record.text


def test_a_change_of_chrome_keeps_the_bytes(tmp_path: Path, portal: Portal) -> None:
    first = response(url(1), interview("张三"), day=1)
    published(tmp_path, portal, first)
    before = {name: ((tmp_path / name).read_bytes(), (tmp_path / name).stat().st_mtime_ns) for name in FILES}
    again = response(url(1), interview("张三").replace("登录".encode(), "登录 2".encode()), day=2)
    result = published(tmp_path, portal, first, again)
    assert (result.counts.added, result.counts.changed) == (0, 0)
    assert {name: ((tmp_path / name).read_bytes(), (tmp_path / name).stat().st_mtime_ns) for name in FILES} == before


def test_a_corrected_headline_is_published_under_the_same_version(tmp_path: Path, portal: Portal) -> None:
    corrected = interview("张三").replace("<h1>网络访谈之张三".encode(), "<h1>网络访谈之梅河口".encode())
    published(tmp_path, portal, response(url(1), interview("张三"), day=1), response(url(1), corrected, day=2))
    (record,) = corpus(tmp_path)
    assert (record.title, record.version, record.fetched) == ("网络访谈之梅河口", 1, "2026-11-01T04:05:06Z")


def test_an_article_over_several_pages_is_one_record(tmp_path: Path, portal: Portal) -> None:
    published(tmp_path, portal, response(url(1), interview("张三")), response(url(1, "_1"), interview("李四")))
    (record,) = corpus(tmp_path)
    assert [raw.url for raw in record.raw] == [url(1), url(1, "_1")]
    assert list(validate_corpus(tmp_path)) == []


def leading_to(number: int, page: str, guest: str = "张三") -> bytes:
    """An interview with a link to another of its pages."""
    link = f'<div class="pages"><a href="/a/{number}{page}.html">下一页</a></div>'
    return interview(guest).replace(b"</body>", f"{link}</body>".encode())


def test_an_article_that_lacks_a_page_keeps_its_last_whole_version(tmp_path: Path, portal: Portal) -> None:
    whole = [response(url(1), leading_to(1, "_1")), response(url(1, "_1"), interview("李四"))]
    published(tmp_path, portal, *whole)
    before = corpus(tmp_path)
    edited = response(url(1), leading_to(1, "_1", "王五"), day=2)
    other = [response(url(2), leading_to(2, "_1"), day=2), response(url(2, "_1"), b"", status=500, day=2)]
    result = published(tmp_path, portal, *whole, edited, *other)
    assert corpus(tmp_path) == before
    assert sorted((line.url, line.reason) for line in result.failures) == [(url(1), "incomplete"), (url(2), "incomplete")]
    assert result.failures[0].remedy == "page 2 of the article could not be fetched; the next crawl asks for it again"
    later = [response(url(1, "_1"), interview("赵六"), day=3), response(url(2, "_1"), b"", status=404, day=3)]
    result = published(tmp_path, portal, *whole, edited, *other, *later)
    assert sorted((record.url, record.version, len(record.raw)) for record in corpus(tmp_path)) == [
        (url(1), 2, 2),
        (url(2), 1, 1),
    ]
    assert result.failures == ()


@pytest.mark.parametrize("gone", [(404, b""), (410, b""), (200, GONE_PAGE)], ids=["404", "410", "soft-404"])
def test_a_page_that_goes_takes_no_text_with_it(tmp_path: Path, portal: Portal, gone: tuple[int, bytes]) -> None:
    whole = [response(url(1), leading_to(1, "_1")), response(url(1, "_1"), interview("李四"))]
    published(tmp_path, portal, *whole)
    before = corpus(tmp_path)
    later = [response(url(1), leading_to(1, "_1"), day=2), response(url(1, "_1"), gone[1], status=gone[0], day=2)]
    result = published(tmp_path, portal, *whole, *later)
    assert (corpus(tmp_path), result.failures) == (before, ())
    assert [(line.reason, line.remedy) for line in result.quarantined] == [
        ("page-gone", "page 2 of the article is gone from the portal; the last whole version stays")
    ]
    back = [response(url(1), leading_to(1, "_1"), day=3), response(url(1, "_1"), interview("李四"), day=3)]
    assert published(tmp_path, portal, *whole, *later, *back).quarantined == ()
    assert corpus(tmp_path) == before


@pytest.mark.parametrize("gone", [(404, b""), (200, GONE_PAGE)], ids=["404", "soft-404"])
def test_of_an_article_whose_second_page_was_never_there_the_first_is_published(
    tmp_path: Path, portal: Portal, gone: tuple[int, bytes]
) -> None:
    members = [response(url(1), leading_to(1, "_1")), response(url(1, "_1"), gone[1], status=gone[0])]
    result = published(tmp_path, portal, *members)
    assert [(record.gone, len(record.raw)) for record in corpus(tmp_path)] == [(None, 1)]
    assert result.quarantined == ()


def test_a_link_to_a_page_that_the_profile_does_not_find_keeps_the_article_back(tmp_path: Path, portal: Portal) -> None:
    moved = leading_to(1, "_1").replace(b'class="pages"', b'class="paging"')
    result = published(tmp_path, portal, response(url(1), moved), response(url(2), interview("李四")))
    assert [record.url for record in corpus(tmp_path)] == [url(2)]
    remedy = "article.next of the profile does not find the link to page 2 of the article; mend it, then run the crawl again"
    assert [(line.reason, line.remedy) for line in result.failures] == [("incomplete", remedy)]


def test_what_has_not_changed_is_copied_not_cleaned(tmp_path: Path, portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    members = [response(url(number), interview(name)) for number, name in enumerate("甲乙丙")]
    published(tmp_path, portal, *members)
    monkeypatch.setattr("output.collect.judge", refuse_but(url(9)))
    published(tmp_path, portal, *members)
    published(tmp_path, portal, *members, response(url(9), interview("新")))
    assert len(corpus(tmp_path)) == 4
    assert list(validate_corpus(tmp_path)) == []
    monkeypatch.undo()
    copied = {name: (tmp_path / name).read_bytes() for name in FILES}
    (tmp_path / "cleaned.sqlite").unlink()
    (tmp_path / "articles.jsonl").unlink()
    published(tmp_path, portal, *members, response(url(9), interview("新")))
    assert {name: (tmp_path / name).read_bytes() for name in FILES} == copied


def refuse_but(wanted: str) -> Callable[..., object]:
    """Cleaning that takes one URL only."""

    def judge_one(group: tuple[Capture, ...], portal: Portal) -> object:
        assert group[0].url == wanted
        return judge(group, portal)

    return judge_one


@pytest.mark.parametrize("name", [*FILES, "cleaned.sqlite"])
@pytest.mark.parametrize("damage", ["missing", "cut", "empty"])
def test_a_file_that_is_not_what_was_written_is_made_anew(tmp_path: Path, portal: Portal, name: str, damage: str) -> None:
    members = [response(url(number), interview(guest)) for number, guest in enumerate("甲乙丙")]
    members.append(response(url(8), b"<html><body><p></p></body></html>"))
    published(tmp_path, portal, *members)
    before = {each: (tmp_path / each).read_bytes() for each in FILES}
    data = (tmp_path / name).read_bytes()
    (tmp_path / name).unlink()
    if damage != "missing":
        (tmp_path / name).write_bytes(data[: len(data) // 2] if damage == "cut" else b"")
    published(tmp_path, portal, *members)
    assert {each: (tmp_path / each).read_bytes() for each in FILES} == before


def test_a_ledger_damaged_in_the_middle_is_made_anew(tmp_path: Path, portal: Portal) -> None:
    members = [response(url(number), interview(guest)) for number, guest in enumerate("甲乙丙丁戊己庚辛" * 8)]
    published(tmp_path, portal, *members)
    before = {name: (tmp_path / name).read_bytes() for name in FILES}
    data = bytearray((tmp_path / "cleaned.sqlite").read_bytes())
    data[4096:-4096] = b"\xff" * (len(data) - 8192)
    (tmp_path / "cleaned.sqlite").write_bytes(data)
    with Ledger(tmp_path, FILES, copy=True) as copied:
        assert copied.published() == {}
    published(tmp_path, portal, *members)
    assert {name: (tmp_path / name).read_bytes() for name in FILES} == before


def test_articles_are_sorted_and_the_same_for_any_number_of_processes(tmp_path: Path, portal: Portal) -> None:
    members = [response(url(number), interview(name)) for number, name in enumerate("甲乙丙丁戊己")]
    published(tmp_path, portal, *members)
    once = (tmp_path / "articles.jsonl").read_bytes()
    published(tmp_path, portal, *members[::-1], jobs=2)
    assert (tmp_path / "articles.jsonl").read_bytes() == once
    assert [record.id for record in corpus(tmp_path)] == sorted(record.id for record in corpus(tmp_path))


@pytest.mark.parametrize(
    ("later", "gone"),
    [
        ([], None),
        ([response(url(1), b"", status=404, day=5)], "2026-11-05"),
        ([response(url(1), b"", status=404, day=5), response(url(1), b"", status=410, day=6)], "2026-11-05"),
        ([response(url(1), b"", status=404, day=5), response(url(1), interview("张三"), day=6)], None),
        ([response(url(1), GONE_PAGE, day=7)], "2026-11-07"),
        ([response(url(1), GONE_PAGE, day=5), response(url(1), b"", status=404, day=6)], "2026-11-05"),
        ([response(url(1), b"", status=404, day=5), response(url(1), GONE_PAGE, day=6)], "2026-11-05"),
        ([response(url(1), b"", status=500, day=5)], None),
    ],
    ids=["there", "404", "since-the-first", "back-again", "soft-404", "soft-then-404", "404-then-soft", "500"],
)
def test_what_is_gone_stays_and_says_since_when(tmp_path: Path, portal: Portal, later: list[bytes], gone: str | None) -> None:
    result = published(tmp_path, portal, response(url(1), interview("张三"), day=1), *later)
    (record,) = corpus(tmp_path)
    assert (record.gone, result.quarantined) == (gone, ())


def test_what_cannot_be_cleaned_keeps_its_last_version_and_is_quarantined(tmp_path: Path, portal: Portal) -> None:
    result = published(
        tmp_path,
        portal,
        response(url(1), interview("张三"), day=1),
        response(url(1), b"\x89PNG\r\n\x1a\n" + bytes(4000), day=2),
        response(url(2), b"<html><body><p></p></body></html>", day=2),
    )
    assert [record.url for record in corpus(tmp_path)] == [url(1)]
    lines = [json.loads(line) for line in (tmp_path / "quarantine.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {(line["url"], line["reason"]) for line in lines} == {(url(1), "binary"), (url(2), "no-article")}
    assert [line.url for line in result.failures] == [url(1)]


def test_what_fails_again_keeps_its_line(tmp_path: Path, portal: Portal) -> None:
    bad = [response(url(2), b"<html><body><p></p></body></html>", day=day) for day in (1, 2)]
    published(tmp_path, portal, response(url(1), interview("张三")), *bad)
    assert json.loads((tmp_path / "quarantine.jsonl").read_bytes())["fetched"] == "2026-11-01T04:05:06Z"


def test_takedowns_leave_every_published_file(tmp_path: Path, portal: Portal) -> None:
    members = [response(url(1), interview("张三")), response(url(2), interview("李四")), response(url(3), b"\x00\x01" * 999)]
    published(tmp_path, portal, *members)
    id_ = next(record.id for record in corpus(tmp_path) if record.url == url(1))
    (tmp_path / "takedown.txt").write_text(
        f"# asked for\n{id_} asked for by the guest\n{url(3)}\tcourt order\n", encoding="utf-8"
    )
    result = published(tmp_path, portal, *members)
    assert [record.url for record in corpus(tmp_path)] == [url(2)]
    assert id_ not in {line.id for line in read_items(tmp_path / "removed.jsonl", Removed)}
    assert (result.taken_down, result.quarantined) == (2, ())
    assert "| taken down | 2 |\n" in (tmp_path / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("3f0c1a9be27d4458", "no reason; write '<id or URL> <reason>'"),
        ("3f0c a reason", "'3f0c' is neither an id of 16 hex digits nor a URL; write '<id or URL> <reason>'"),
        ("http://[1 a reason", "'http://[1' is neither an id of 16 hex digits nor a URL; write '<id or URL> <reason>'"),
    ],
    ids=["no-reason", "no-id", "no-url"],
)
def test_nothing_is_published_while_a_takedown_is_unclear(tmp_path: Path, portal: Portal, line: str, problem: str) -> None:
    (tmp_path / "takedown.txt").write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(TakedownError) as error:
        published(tmp_path, portal, response(url(1), interview("张三")))
    assert str(error.value) == f"{tmp_path / 'takedown.txt'}:2: {problem}"
    assert not (tmp_path / "articles.jsonl").exists()


def test_the_last_article_of_a_series_can_be_taken_down(tmp_path: Path, portal: Portal) -> None:
    published(tmp_path, portal, response(url(1), interview("张三")))
    (tmp_path / "takedown.txt").write_text(f"{url(1)} asked for by the guest\n", encoding="utf-8")
    result = published(tmp_path, portal, response(url(1), interview("张三")))
    assert (corpus(tmp_path), result.taken_down) == ([], 1)
    assert (tmp_path / "removed.jsonl").read_bytes() == b""


def test_what_is_taken_down_stays_out_when_it_is_gone_or_comes_back(tmp_path: Path, portal: Portal) -> None:
    members = [response(url(1), interview("张三"), day=1), response(url(2), interview("李四"), day=1)]
    published(tmp_path, portal, *members)
    (tmp_path / "takedown.txt").write_text(f"{url(1)} asked for by the guest\n", encoding="utf-8")
    later = [response(url(1), b"", status=404, day=2), response(url(1), interview("王五"), day=3)]
    for count in range(len(later) + 1):
        published(tmp_path, portal, *members, *later[:count])
        assert [record.url for record in corpus(tmp_path)] == [url(2)]
    (tmp_path / "takedown.txt").unlink()
    published(tmp_path, portal, *members, *later)
    assert {record.url: record.version for record in corpus(tmp_path)} == {url(1): 2, url(2): 1}


def test_a_takedown_file_that_cannot_be_read_stops_publishing(tmp_path: Path, portal: Portal) -> None:
    (tmp_path / "takedown.txt").write_text(f"{url(1)} 当事人要求撤下\n", encoding="gb18030")
    with pytest.raises(TakedownError, match="is not UTF-8; save it as UTF-8"):
        published(tmp_path, portal, response(url(1), interview("张三")))
    (tmp_path / "takedown.txt").unlink()
    (tmp_path / "takedown.txt").symlink_to(tmp_path / "not-mounted")
    with pytest.raises(FileNotFoundError):
        published(tmp_path, portal, response(url(1), interview("张三")))
    assert not (tmp_path / "articles.jsonl").exists()


def test_nothing_published_is_lost(tmp_path: Path, portal: Portal) -> None:
    one, two = response(url(1), interview("张三")), response(url(2), interview("李四"))
    published(tmp_path, portal, one, two)
    before = (tmp_path / "articles.jsonl").read_bytes()
    with pytest.raises(LostArticlesError, match="no longer gives 1 published articles"):
        published(tmp_path, portal, one)
    with pytest.raises(NothingToPublishError, match="stays as it was"):
        published(tmp_path, portal, response(url(1), b"", status=500))
    assert (tmp_path / "articles.jsonl").read_bytes() == before


def test_a_damaged_corpus_is_made_anew(tmp_path: Path, portal: Portal) -> None:
    member = response(url(1), interview("张三"))
    published(tmp_path, portal, member)
    whole = (tmp_path / "articles.jsonl").read_bytes()
    (tmp_path / "articles.jsonl").write_bytes(whole[:99])
    published(tmp_path, portal, member)
    assert (tmp_path / "articles.jsonl").read_bytes() == whole


def test_the_card_tells_source_rights_and_numbers(tmp_path: Path, portal: Portal) -> None:
    published(tmp_path, portal, response(url(1), interview("张三")))
    card = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert card.startswith("# 访谈\n\nInterviews that 例网 (news.example.com) published")
    assert "| published | 2018-11-13 to 2018-11-13 |\n| paragraphs | 6 |\n" in card
    assert "publisher's copyright" in card
    assert "| `turns[].label` |" in card
