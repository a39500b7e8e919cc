"""``fangtan clean``: saved pages and archives in, one line an article out, whatever the pages are."""

import csv
import gzip
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from cleaners.article import Record, Removed
from crawler.portal import portal_names
from tests.output.cli.conftest import Fangtan
from tests.output.saved import URL, interview, save
from tests.output.warcs import response, warc

MANY_BYTES = 50 * 2**20
NESTED = b"<html><body>" + b"<div>" * 100_000 + "今天我们邀请到了李勇霖。".encode()


def records(out: str) -> list[Record]:
    return [msgspec.json.decode(line, type=Record) for line in out.splitlines()]


def test_a_page_is_one_line(fangtan: Fangtan, tmp_path: Path) -> None:
    ran = fangtan("clean", save(tmp_path, "page.html", interview()), "--url", URL)
    (record,) = records(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert (record.url, record.title, record.source, record.editor) == (URL, "网络访谈之李勇霖", "中国吉林网", "赵佳俊")
    assert (len(record.blocks), len(record.turns), record.portal, record.fetched) == (6, 5, None, None)


def test_pages_of_a_folder_come_by_path_with_the_url_beside_them(fangtan: Fangtan, tmp_path: Path) -> None:
    save(tmp_path, "b/page.html", interview("王二"), "http://a.example.com/2")
    save(tmp_path, "a/page.html", interview("张三"), "http://a.example.com/1")
    save(tmp_path, "c.htm", interview("赵四"))
    (tmp_path / "notes.txt").write_text("no page")
    assert [record.url for record in records(fangtan("clean", tmp_path).out)] == [
        "http://a.example.com/1",
        "http://a.example.com/2",
        None,
    ]


@pytest.mark.parametrize(
    ("name", "is_page"),
    [
        ("view.php?id=7", True),
        ("index", True),
        ("page_files/frame.html", False),
        ("page_files/ads/frame.html", False),
        ("other_files/page.html", True),
    ],
)
def test_which_files_of_a_folder_are_pages(fangtan: Fangtan, tmp_path: Path, name: str, *, is_page: bool) -> None:
    save(tmp_path, "saved/page.html", interview())
    save(tmp_path, "saved/notes.txt", b"<p>is no page by its name, nor by its beginning")
    save(tmp_path, f"saved/{name}", b'<?xml version="1.0"?>\n' + interview("张三"))
    assert len(records(fangtan("clean", "saved").out)) == 1 + is_page


def test_the_parts_of_a_page_are_read_where_they_are_asked_for(fangtan: Fangtan, tmp_path: Path) -> None:
    save(tmp_path, "page.html", interview())
    save(tmp_path, "page_files/frame.html", interview("张三"))
    assert len(records(fangtan("clean", "page_files").out)) == 1


@pytest.mark.parametrize(
    ("head", "url", "portal"),
    [
        ("", None, None),
        ("", "https://jl.ifeng.com/a/20181113/7024738_0.shtml", "jl_ifeng"),
        ("", "https://JL.IFENG.com/elsewhere.html", "jl_ifeng"),
        ('<link rel="canonical" href="http://jl.ifeng.com/a/20181113/7024738_0.shtml">', None, "jl_ifeng"),
        ("<link href=//gat.cnjiwang.com/x rel=canonical>", None, "cnjiwang"),
        ('<link rel="canonical" href="http://jl.ifeng.com/">', "http://a.example.com/", None),
    ],
    ids=["none", "by-url", "outside-the-pattern", "by-canonical", "unquoted", "url-before-canonical"],
)
def test_the_profile_is_that_of_the_host(
    fangtan: Fangtan, tmp_path: Path, head: str, url: str | None, portal: str | None
) -> None:
    (record,) = records(fangtan("clean", save(tmp_path, "page.html", interview(head=head), url)).out)
    assert (record.portal, record.url) == (portal, url)


def test_portal_goes_before_the_host(fangtan: Fangtan, tmp_path: Path) -> None:
    page = save(tmp_path, "page.html", interview(), "https://jl.ifeng.com/a/20181113/7024738_0.shtml")
    assert records(fangtan("clean", page, "--portal", "cnjiwang").out)[0].portal == "cnjiwang"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(4000), "binary"),
        ("记者：你好，请介绍一下情况。".encode(), "not-html"),
        (gzip.compress(interview(), mtime=0)[:-20], "damaged"),
        (b"<p>" + "今天。".encode() * (MANY_BYTES // 9), "too-large"),
        (NESTED, "too-deep"),
        ("<ul><li><a href=/>首页</a></li></ul>".encode(), "no-article"),
    ],
    ids=["empty", "blank", "binary", "png", "plain-text", "truncated-gzip", "50-MB", "100000-nested", "list"],
)
def test_what_cannot_be_cleaned_is_said_in_one_line(fangtan: Fangtan, tmp_path: Path, body: bytes, reason: str) -> None:
    bad, good = save(tmp_path, "a.html", body), save(tmp_path, "b.html", interview())
    ran = fangtan("clean", bad, good, "--quarantine", "q.jsonl")
    assert (ran.code, len(records(ran.out))) == (3, 1)
    assert ran.err.startswith(f"skipped {bad}: {reason}: ")
    assert ran.err.count("\n") == 1
    (line,) = Path("q.jsonl").read_text(encoding="utf-8").splitlines()
    assert (json.loads(line)["path"], json.loads(line)["reason"]) == (str(bad), reason)


def test_nul_bytes_are_no_reason_to_skip(fangtan: Fangtan, tmp_path: Path) -> None:
    ran = fangtan("clean", save(tmp_path, "page.html", interview().replace("记者".encode(), "记\0者".encode())))
    assert (ran.code, records(ran.out)[0].turns[0].label) == (0, "记者")


def test_a_page_saved_as_gzip_is_read(fangtan: Fangtan, tmp_path: Path) -> None:
    (record,) = records(fangtan("clean", save(tmp_path, "page.html", gzip.compress(interview(), mtime=0))).out)
    assert len(record.blocks) == 6


def test_stdin_is_a_page(tmp_path: Path) -> None:
    ran = run_for_real(["clean", "-", "--url", URL], interview())
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert records(ran.stdout.decode())[0].url == URL


def test_a_reader_that_goes_away_ends_it_quietly(tmp_path: Path) -> None:
    for number in range(60):
        save(tmp_path, f"{number}.html", interview(f"王{chr(0x4E00 + number)}"))
    shell = f"{sys.executable} -c 'import sys; from output.cli import main; sys.exit(main())' clean {tmp_path} | head -c 9; "
    ran = subprocess.run(["bash", "-c", shell + 'exit "${PIPESTATUS[0]}"'], capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (141, b"")


@pytest.mark.parametrize("jobs", [1, 2])
def test_same_input_same_bytes(fangtan: Fangtan, tmp_path: Path, jobs: int) -> None:
    pages = [save(tmp_path, f"{name}.html", interview(name), f"http://a.example.com/{name}") for name in "甲乙丙丁戊己"]
    pages.append(save(tmp_path, "empty.html", b""))
    first = fangtan("clean", *pages, "--removed", "removed.jsonl")
    removed = Path("removed.jsonl").read_bytes()
    assert fangtan("clean", *pages, "--removed", "removed.jsonl", "--jobs", jobs) == first
    assert Path("removed.jsonl").read_bytes() == removed
    shuffled = fangtan("clean", *pages[::-1], "--jobs", jobs)
    assert sorted(shuffled.out.splitlines()) == sorted(first.out.splitlines())


def test_removed_and_record_number_every_block(fangtan: Fangtan, tmp_path: Path) -> None:
    (record,) = records(fangtan("clean", save(tmp_path, "page.html", interview()), "--removed", "removed.jsonl").out)
    removed = [msgspec.json.decode(line, type=Removed) for line in Path("removed.jsonl").read_bytes().splitlines()]
    assert len(removed) == record.removed > 0
    assert sorted([*record.blocks, *((line.page, line.block) for line in removed)]) == [
        (0, block) for block in range(len(record.blocks) + record.removed)
    ]


def test_removed_blocks_may_go_to_a_pipe(tmp_path: Path) -> None:
    ran = run_for_real(["clean", "-", "--to", "txt", "--out", str(tmp_path), "--removed", "/dev/stderr"], interview())
    assert ran.returncode == 0
    assert msgspec.json.decode(ran.stderr.splitlines()[0], type=Removed).page == 0


def test_csv_opens_in_excel(fangtan: Fangtan, tmp_path: Path) -> None:
    ran = fangtan("clean", save(tmp_path, "page.html", interview()), "--to", "csv", "--url", URL)
    assert ran.out.startswith("\ufeffid,title,")
    (row,) = csv.DictReader(io.StringIO(ran.out.removeprefix("\ufeff"), newline=""))
    assert (row["title"], row["turns"], row["paragraphs"], row["url"]) == ("网络访谈之李勇霖", "5", "6", URL)
    assert row["text"].count("\n") == 5


def test_txt_is_a_file_an_article_named_with_its_url(fangtan: Fangtan, tmp_path: Path) -> None:
    ran = fangtan("clean", save(tmp_path, "page.html", interview()), "--to", "txt", "--out", "texts", "--url", URL)
    (file,) = Path("texts").iterdir()
    assert ran.out == f"{file}\t{URL}\n"
    assert file.read_text(encoding="utf-8").startswith(f"网络访谈之李勇霖\n\n中国吉林网  2018-11-13T10:12+08:00  {URL}  id ")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["nosuch.html"], "Invalid value for 'PATH...': Path 'nosuch.html' does not exist; see fangtan clean --help"),
        (["."], ". holds no page (.html, .htm, .shtml, .xhtml, .warc, .warc.gz, .wacz); see fangtan clean --help"),
        (["-", "--portal", "nosuch"], f"no portal 'nosuch'; known: {', '.join(portal_names())}"),
        (["-", "--to", "txt"], "--to txt and --out DIR go together; see fangtan clean --help"),
        (["-", "--url", "a page"], "--url a page is no URL; write it with http:// or https://; see fangtan clean --help"),
        (["-", "--removed", "no/such"], "there is no folder no for such; see fangtan clean --help"),
    ],
    ids=["no-file", "no-page", "no-portal", "txt-nowhere", "no-url", "no-folder"],
)
def test_wrong_use_is_one_line(fangtan: Fangtan, args: list[str], said: str) -> None:
    assert fangtan("clean", *args) == (2, "", f"fangtan: {said}\n")


def test_a_misspelt_key_is_named(fangtan: Fangtan, tmp_path: Path) -> None:
    profile = tmp_path / "my.toml"
    profile.write_text('title = "例"\nhosts = ["a.example.com"]\n[article]\nulr = "/.*"\n', encoding="utf-8")
    ran = fangtan("clean", "-", "--portal", profile)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"fangtan: {profile}: unknown key 'article.ulr' (did you mean 'url'?)")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://[1/", "Invalid IPv6 URL; correct the URL"),
        ("news.example.com/1", "'news.example.com/1' is no URL; write it with http:// or https://"),
    ],
    ids=["unparsable", "no-scheme"],
)
def test_a_url_that_is_none_is_said(fangtan: Fangtan, tmp_path: Path, url: str, said: str) -> None:
    page = save(tmp_path, "page.html", interview(), url)
    assert fangtan("clean", page) == (3, "", f"skipped {page}: bad-url: {said}\n")


def test_captures_that_are_no_pages_are_counted(fangtan: Fangtan, tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(
        warc(
            response("http://a.example.com/robots.txt", b"User-agent: *", content_type="text/plain"),
            response("http://a.example.com/1", interview("张三")),
            response("http://a.example.com/2", b"gone", status=404),
            response("http://a.example.com/1", interview("张三")),
        )
    )
    ran = fangtan("clean", path, "-v")
    first, second = records(ran.out)
    assert (ran.code, first.url, second.id) == (0, "http://a.example.com/1", first.id)
    assert ran.err == "2 articles, 0 skipped, 2 of 4 responses not 200 or no HTML, 4 without a digest, so unverified\n"


LIST = "<ul>" + "".join(f"<li><a href=/{number}>访谈第{number}期</a></li>" for number in range(9)) + "</ul>"
GONE_PROFILE = """
title = "例网"
hosts = ["a.example.com"]
[article]
url = '/\\d+'
gone = ".none-here"
[[template]]
body = ".content"
"""


def test_what_a_crawler_meets_besides_articles_is_counted(fangtan: Fangtan, tmp_path: Path) -> None:
    profile, crawl = tmp_path / "my.toml", tmp_path / "crawl.warc.gz"
    profile.write_text(GONE_PROFILE, encoding="utf-8")
    bodies = (LIST.encode(), interview(), b"<div class=none-here></div>")
    crawl.write_bytes(warc(*(response(f"http://a.example.com/{number}", body) for number, body in enumerate(bodies))))
    ran = fangtan("clean", crawl, "--portal", profile, "--quarantine", "q.jsonl", "-v")
    assert (ran.code, [record.url for record in records(ran.out)]) == (0, ["http://a.example.com/1"])
    assert ran.err.startswith("1 article, 0 skipped, 1 no article, 1 gone, 0 of 3 responses not 200 or no HTML, ")
    lines = map(json.loads, Path("q.jsonl").read_text(encoding="utf-8").splitlines())
    assert [(line["url"][-1], line["reason"]) for line in lines] == [("0", "no-article"), ("2", "gone")]


def test_a_page_on_stdin_is_expected_to_hold_an_article() -> None:
    ran = run_for_real(["clean", "-", "--url", URL], LIST.encode())
    assert (ran.returncode, ran.stdout, ran.stderr[:23]) == (3, b"", b"skipped -: no-article: ")


@pytest.mark.parametrize("cut", [40, 400])
def test_a_torn_archive_gives_what_is_whole(fangtan: Fangtan, tmp_path: Path, cut: int) -> None:
    path = tmp_path / "crawl.warc.gz"
    whole = warc(response("http://a.example.com/1", interview("张三")), response("http://a.example.com/2", interview("李四")))
    path.write_bytes(whole[:-cut])
    ran = fangtan("clean", path)
    assert (ran.code, [record.url for record in records(ran.out)]) == (3, ["http://a.example.com/1"])
    assert ran.err.startswith(f"skipped {path}: damaged: ")
    assert ran.err.count("\n") == 1


def run_for_real(args: list[str], stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-c", "import sys; from output.cli import main; sys.exit(main())", *args]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, env={**os.environ, "NO_COLOR": "1"})
