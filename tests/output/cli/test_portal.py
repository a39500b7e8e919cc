"""``fangtan portal``: known portals, and a profile tried on saved pages."""

import shutil
from pathlib import Path

import pytest

from crawler.portal import PROFILES
from tests.output.cli.conftest import Fangtan
from tests.output.saved import interview, save

PROFILE = """
title = "例网"
hosts = ["news.example.com"]
[article]
url = '/a/\\d+\\.html'
[[template]]
body = ".content"
title = "h1"
editor = ".nosuch"
"""

LIST = """\
series           title               portal      hosts
cnjiwang/anquan  创建全国最安全省份  中国吉林网  gat.cnjiwang.com auto.cnjiwang.com
                                                 news.cnjiwang.com www.cnjiwang.com
jl_ifeng/anquan  创建全国最安全省份  凤凰网吉林  jl.ifeng.com
"""

CHECK = """\
page.html
key                 selector  matches  first
template[0].body    .content  1        今天我们邀请到了梅河口市公安局局长李勇霖，请他谈一谈创建全国
                                       最安全省份的做法和成
template[0].title   h1        1        网络访谈之李勇霖
template[0].editor  .nosuch   nothing
article.url does not match the page's URL: a crawl would not take it as an article
6 paragraphs, 5 turns; null: author

my.toml: fits 1 of 1 page
matches nothing on any page: template[0].editor .nosuch
"""


@pytest.fixture(autouse=True)
def two_portals(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who adds a portal need not touch what is printed here."""
    folder = tmp_path_factory.mktemp("portals")
    for name in ("cnjiwang", "jl_ifeng"):
        shutil.copy(PROFILES / f"{name}.toml", folder)
    monkeypatch.setattr("crawler.portal.PROFILES", folder)


def test_the_known_portals(fangtan: Fangtan) -> None:
    ran = fangtan("portal", "list")
    assert (ran.code, ran.out, ran.err) == (0, LIST, "")


def test_each_selector_says_what_it_matches(fangtan: Fangtan, tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text(PROFILE, encoding="utf-8")
    save(tmp_path, "page.html", interview(), "http://news.example.com/b.html")
    ran = fangtan("portal", "check", "my.toml", "page.html")
    assert (ran.code, ran.out, ran.err) == (0, CHECK, "")


LISTS = """
[series.talks]
title = "访谈"
lists = ["http://news.example.com/talks/index.html"]
[list]
item = "li"
next = "a.next"
"""
CHECKED_LIST = """\
list.html
key        selector  matches  first
list.item  li        3        第一期
list.next  a.next    1        下一页
a list: 2 items with a link, next list: http://news.example.com/talks/2.html
1 of them article.url or hosts do not match, e.g. http://news.example.com/live/7

my.toml: fits 1 of 1 page
"""


def write_profile_with_lists(folder: Path, *, item: str = "li") -> None:
    lists = LISTS.replace('"li"', f'"{item}"')
    (folder / "my.toml").write_text(PROFILE.replace("[article]", f"{lists}[article]"), encoding="utf-8")


def save_list(folder: Path, *urls: str) -> None:
    items = "".join(f"<li><a href={url}>第一期</a></li>" for url in urls)
    save(folder, "list.html", f"<ul>{items}<li>没有链接</li></ul><a class=next href=2.html>下一页</a>".encode())


def test_a_list_page_says_where_it_leads(fangtan: Fangtan, tmp_path: Path) -> None:
    write_profile_with_lists(tmp_path)
    save_list(tmp_path, "/a/1.html", "/live/7")
    assert fangtan("portal", "check", "my.toml", "list.html") == (0, CHECKED_LIST, "")


def test_a_list_without_an_article_is_a_finding(fangtan: Fangtan, tmp_path: Path) -> None:
    write_profile_with_lists(tmp_path)
    save_list(tmp_path, "/live/7")
    ran = fangtan("portal", "check", "my.toml", "list.html")
    assert (ran.code, ran.out.splitlines()[-1]) == (1, "my.toml: fits 0 of 1 page")


def test_the_first_list_is_known_by_its_url(fangtan: Fangtan, tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text(
        PROFILE.replace("[article]", f"{LISTS}[article]").replace('"li"', '".no"'), encoding="utf-8"
    )
    save(tmp_path, "list.html", b"<ul><li>1</ul>", "http://news.example.com/talks/index.html")
    ran = fangtan("portal", "check", "my.toml", "list.html")
    assert ran.code == 1
    assert "list.item  .no       nothing\n" in ran.out
    assert "a list: 0 items with a link, next list: none\n" in ran.out


def test_a_page_that_the_profile_does_not_fit_is_a_finding(fangtan: Fangtan, tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text(PROFILE.replace(".content", ".elsewhere"), encoding="utf-8")
    save(tmp_path, "a.html", interview())
    save(tmp_path, "b.html", b"")
    ran = fangtan("portal", "check", "my.toml", "a.html", "b.html")
    assert ran.code == 1
    assert "no template's body is on the page: the article was found without the profile\n" in ran.out
    assert "cannot be cleaned: empty: " in ran.out


def test_a_profile_without_pages_is_checked_alone(fangtan: Fangtan) -> None:
    assert fangtan("portal", "check", "jl_ifeng") == (0, "jl_ifeng: sound; 1 template, 1 series\n", "")


def test_a_folder_without_pages_is_wrong_use(fangtan: Fangtan, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    said = "empty holds no page (.html, .htm, .shtml, .xhtml, .warc, .warc.gz, .wacz); see fangtan portal check --help"
    assert fangtan("portal", "check", "jl_ifeng", "empty") == (2, "", f"fangtan: {said}\n")


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        ("jl_ifng", "no portal 'jl_ifng' (did you mean 'jl_ifeng'?); known: cnjiwang, jl_ifeng"),
        ("example", "no portal 'example'; known: cnjiwang, jl_ifeng"),
        ("my", "no portal 'my' (did you mean 'my.toml'?); known: cnjiwang, jl_ifeng"),
        ("nosuch.toml", "there is no file nosuch.toml"),
    ],
    ids=["misspelt", "unlike-any", "suffix-forgotten", "no-file"],
)
def test_an_unknown_profile_says_what_was_meant(fangtan: Fangtan, tmp_path: Path, profile: str, said: str) -> None:
    (tmp_path / "my.toml").write_text(PROFILE, encoding="utf-8")
    assert fangtan("portal", "check", profile) == (2, "", f"fangtan: {said}\n")


@pytest.mark.parametrize(
    ("series", "said"),
    [
        ("jl_ifeng/anqan", "portal 'jl_ifeng' has no series 'anqan' (did you mean 'anquan'?); known: anquan"),
        ("jl_ifeng", "SERIES is <portal>/<series>, did you mean jl_ifeng/anquan? See fangtan reclean --help"),
        ("x", "SERIES is <portal>/<series>, e.g. cnjiwang/anquan; see fangtan reclean --help"),
    ],
    ids=["misspelt", "portal-only", "unlike-any"],
)
def test_an_unknown_series_says_what_was_meant(fangtan: Fangtan, series: str, said: str) -> None:
    assert fangtan("reclean", series) == (2, "", f"fangtan: {said}\n")


def test_a_bad_profile_is_named_with_file_and_key(fangtan: Fangtan, tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text(PROFILE.replace("[article]", "[artikel]"), encoding="utf-8")
    ran = fangtan("portal", "check", "my.toml")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith("fangtan: my.toml: unknown key 'artikel' (did you mean 'article'?); allowed: title, ")
