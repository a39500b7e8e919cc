"""The command: what it prints, and its exit codes."""

import gzip
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from output.reports.rows import column_table
from tests.output.cli.conftest import Fangtan
from tests.output.dedup.corpora import texts, write_corpus

SPEECH = "".join(f"第{number}个派出所的民警走访了群众，听取意见并当场答复。" for number in "一二三四五六七八九十")
ARTICLES = [
    {"id": "aaaa", "title": "访谈", "published": "2018-11-13", "source": "中国吉林网", "text": SPEECH + "共查处966起。"},
    {"id": "bbbb", "title": "转载", "published": "2018-11-14", "source": "新华社", "text": SPEECH + "共查处996起。"},
    {"id": "cccc", "title": "别的", "text": "与此无关的一篇报道，说的是天气和交通，没有任何相同的句子。"},
]


def test_the_table_names_the_pair_and_shows_the_difference(fangtan: Fangtan) -> None:
    write_corpus(Path("a.jsonl"), ARTICLES)
    assert fangtan("dedup", "a.jsonl") == (
        1,
        """\
cluster 1: 2 articles
article  why                   published   source      characters  title
aaaa     stays (earliest)      2018-11-13  中国吉林网  258         访谈
bbbb     near: Jaccard 0.9200  2018-11-14  新华社      258         转载
first  second  kind  jaccard  1st in 2nd  2nd in 1st  difference
aaaa   bbbb    near  0.9200   0.9583      0.9583      …取意见并当场答复。共查处[966起→996起]。…

corpus   articles  giving way  repeats  unread
a.jsonl  3         1           0        0
""",
        "",
    )


def test_what_recurs_is_printed_where_no_two_articles_are_duplicates(fangtan: Fangtan) -> None:
    opening = "本网推出系列访谈，邀请各地负责人走进演播室与网友在线交流。\n"
    write_corpus(Path("a.jsonl"), ({"text": opening + text} for text in texts(3)))
    ran = fangtan("dedup", "a.jsonl")
    assert ran.code == 0
    assert f"a.jsonl  3 of 3    paragraph  {opening}" in ran.out


def test_a_narrow_terminal_has_rows_as_lines(fangtan: Fangtan, monkeypatch: pytest.MonkeyPatch) -> None:
    write_corpus(Path("a.jsonl"), ARTICLES)
    monkeypatch.setenv("COLUMNS", "60")
    assert (
        fangtan("dedup", "a.jsonl").out
        == """\
cluster 1: 2 articles
article     aaaa
why         stays (earliest)
published   2018-11-13
source      中国吉林网
characters  258
title       访谈

article     bbbb
why         near: Jaccard 0.9200
published   2018-11-14
source      新华社
characters  258
title       转载

first       aaaa
second      bbbb
kind        near
jaccard     0.9200
1st in 2nd  0.9583
2nd in 1st  0.9583
difference  …取意见并当场答复。共查处[966起→996起]。…


corpus   articles  giving way  repeats  unread
a.jsonl  3         1           0        0
"""
    )


def test_of_a_crowd_the_first_are_listed(fangtan: Fangtan) -> None:
    write_corpus(Path("a.jsonl"), [{**ARTICLES[0], "id": f"{number:02}"} for number in range(25)])
    out = fangtan("dedup", "a.jsonl").out
    assert "\n19 " in out
    assert "\n20 " not in out
    assert "and 5 more articles: --format jsonl has them all\n" in out
    assert "and 280 more pairs: --format jsonl has them all\n" in out


def test_nothing_found_prints_nothing(fangtan: Fangtan) -> None:
    write_corpus(Path("a.jsonl"), ARTICLES[1:])
    assert fangtan("dedup", "a.jsonl") == (0, "", "")
    assert (
        fangtan("dedup", "a.jsonl", "-v").out
        == "corpus   articles  giving way  repeats  unread\na.jsonl  2         0           0        0\n"
    )


@pytest.mark.parametrize(
    ("keep", "kept"),
    [("earliest", "aaaa"), ("source:新华社", "bbbb"), ("longest,source:新华社", "bbbb"), ("source:无,longest", "aaaa")],
)
def test_the_policy_says_what_stays(fangtan: Fangtan, keep: str, kept: str) -> None:
    write_corpus(Path("a.jsonl"), ARTICLES)
    report = json.loads(fangtan("dedup", "a.jsonl", "--keep", keep, "--format", "json").out)
    assert report["clusters"][0]["pairs"][0]["kept"]["id"] == kept


def test_rows_have_stable_columns(fangtan: Fangtan) -> None:
    write_corpus(Path("a.jsonl"), [*ARTICLES, {"id": "dddd", "text": ARTICLES[0]["text"] * 2}])
    ran = fangtan("dedup", "a.jsonl", "--format", "jsonl")
    rows = [json.loads(line) for line in ran.out.splitlines()]
    assert {row["row"]: list(row) for row in rows if row["row"] != "segment"} == {
        "corpus": ["row", "corpus", "articles", "unread", "giving_way", "repeats"],
        "article": [
            *("row", "cluster", "corpus", "id", "title", "source", "published", "url", "characters"),
            *("kept_corpus", "kept_id", "why"),
        ],
        "pair": [
            *("row", "cluster", "first_corpus", "first_id", "second_corpus", "second_id", "kept", "kind"),
            *("jaccard", "first_in_second", "second_in_first", "changes", "difference"),
        ],
    }


def test_readme_documents_the_columns() -> None:
    readme = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
    assert readme.split("<!-- dedup columns", 1)[1].split("-->\n", 1)[1].split("<!-- end -->", 1)[0] == column_table()


def test_markdown_keeps_what_articles_say_as_text(fangtan: Fangtan) -> None:
    write_corpus(Path("a.jsonl"), [{**article, "title": "a|<b>*c*\x1b[2J"} for article in ARTICLES[:2]])
    out = fangtan("dedup", "a.jsonl", "--format", "md").out
    assert "| a.jsonl:aaaa | a\\|\\<b\\>\\*c\\*␛\\[2J | 中国吉林网 | 2018-11-13 | 258 | stays | stays \\(earliest\\) |\n" in out
    assert "…取意见并当场答复。共查处\\[966起→996起\\]。…" in out


def test_a_line_that_cannot_be_read_is_named_and_the_rest_is_compared(fangtan: Fangtan) -> None:
    write_corpus(Path("a.jsonl"), [*ARTICLES, "no json"])
    write_corpus(Path("b.jsonl"), [])
    ran = fangtan("dedup", "a.jsonl", "b.jsonl", "--format", "md")
    assert ran.code == 3
    assert "966起→996起" in ran.out
    assert ran.err == "a.jsonl:4: no JSON: JSON is malformed: invalid character (byte 4)\nb.jsonl: holds no article\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a.jsonl", "./a.jsonl"], "a.jsonl and a.jsonl are the same file; give it once"),
        (["a.jsonl", "--keep", "best"], "no policy 'best'; known: earliest, longest, source:NAME, several parted by commas"),
        (
            ["a.jsonl", "--keep", "source:"],
            "no policy 'source:'; known: earliest, longest, source:NAME, several parted by commas",
        ),
        (["a.jsonl", "--apply", "."], "a.jsonl is a corpus that is read; give --apply another folder"),
        (["empty"], "empty holds no articles.jsonl"),
        (["pipe"], "pipe is no regular file; pipe it in: fangtan dedup - < FILE"),
        (["a.gz"], "a.gz is compressed; pipe it in: zcat FILE | fangtan dedup -"),
        (
            ["a.jsonl", "--apply", "other"],
            "other holds a corpus already, and other no dedup-plan.jsonl; give --apply another folder",
        ),
        ([], "Missing argument 'CORPUS...'"),
    ],
)
def test_wrong_use_is_a_line(fangtan: Fangtan, arguments: list[str], said: str) -> None:
    write_corpus(Path("a.jsonl"), ARTICLES)
    write_corpus(Path("other/a.jsonl"), ["precious"])
    Path("empty").mkdir()
    os.mkfifo("pipe")
    Path("a.gz").write_bytes(gzip.compress(Path("a.jsonl").read_bytes()))
    assert fangtan("dedup", *arguments) == (2, "", f"fangtan: {said}; see fangtan dedup --help\n")


def test_apply_writes_the_copy(fangtan: Fangtan) -> None:
    write_corpus(Path("data/x/articles.jsonl"), ARTICLES)
    assert fangtan("dedup", "data/x", "--apply", "out").code == 1
    assert [json.loads(line)["id"] for line in Path("out/articles.jsonl").read_text().splitlines()] == ["aaaa", "cccc"]
    assert [json.loads(line)["action"] for line in Path("out/dedup-plan.jsonl").read_text().splitlines()] == ["kept", "dropped"]


def test_stdin_is_a_corpus(fangtan: Fangtan, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = write_corpus(Path("a.jsonl"), ARTICLES)
    stdin = io.TextIOWrapper(io.BytesIO(corpus.read_bytes()))
    monkeypatch.setattr(sys, "stdin", stdin)
    report = json.loads(fangtan("dedup", "-", "a.jsonl", "--format", "json").out)
    assert [counts["corpus"] for counts in report["corpora"]] == ["-", "a.jsonl"]
    assert len(report["clusters"][0]["members"]) == 4


def test_stdin_has_a_copy_and_a_name(fangtan: Fangtan, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = write_corpus(Path("a.jsonl"), [*ARTICLES, "no json"]).read_bytes()
    write_corpus(Path("deep/b.jsonl"), ARTICLES[:2])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
    ran = fangtan("dedup", "-", "deep/b.jsonl", "--apply", "out")
    assert (ran.code, ran.err) == (3, "-:4: no JSON: JSON is malformed: invalid character (byte 4)\n")
    assert sorted(path.name for path in Path("out").iterdir()) == ["b.jsonl", "dedup-plan.jsonl", "stdin.jsonl"]


def test_a_byte_order_mark_and_windows_line_ends_are_read(fangtan: Fangtan) -> None:
    lines = write_corpus(Path("a.jsonl"), ARTICLES[:2]).read_bytes()
    Path("a.jsonl").write_bytes(b"\xef\xbb\xbf" + lines.replace(b"\n", b"\r\n"))
    ran = fangtan("dedup", "a.jsonl", "--apply", "out")
    assert (ran.code, ran.err) == (1, "")
    assert Path("out/a.jsonl").read_bytes() == Path("a.jsonl").read_bytes().splitlines(keepends=True)[0]


def test_a_source_that_no_duplicate_has_is_told(fangtan: Fangtan) -> None:
    write_corpus(Path("a.jsonl"), ARTICLES)
    said = fangtan("dedup", "a.jsonl", "--keep", "source:新华杜,source:新华社").err
    assert said == "--keep source:新华杜: no duplicate has this source\n"


@pytest.mark.real
def test_a_full_disk_for_temporary_files_is_named(tmp_path: Path) -> None:
    write_corpus(tmp_path / "a.jsonl", ({"text": text} for text in texts(20) * 30))
    script = 'mount -t tmpfs -o size=64k none "$1" && cd "$2" && TMPDIR="$1" exec "$3" -c "$4" dedup a.jsonl'
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    arguments = [str(scratch), str(tmp_path), sys.executable, "import sys; from output.cli import main; sys.exit(main())"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    ran = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, "sh", *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if "unshare" in ran.stderr or "mount" in ran.stderr:
        assert "CI" not in os.environ, "needs unshare -rm"
        pytest.skip("needs unshare -rm")
    assert ran.returncode == 7
    assert "No space left on device; TMPDIR may name another disk; free space" in ran.stderr


@pytest.mark.real
def test_an_end_by_a_signal_leaves_nothing_behind(tmp_path: Path) -> None:
    write_corpus(tmp_path / "a.jsonl", ({"text": text} for text in texts(20) * 200))
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    command = [
        sys.executable,
        "-c",
        "import sys; from output.cli import main; sys.exit(main())",
        "dedup",
        "a.jsonl",
        "--apply",
        "out",
    ]
    with subprocess.Popen(command, cwd=tmp_path, env={**os.environ, "TMPDIR": str(scratch)}) as process:
        while not list(scratch.glob("fangtan-dedup-*/signatures")):
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 143
    assert [path.name for path in tmp_path.iterdir()] == ["a.jsonl", "scratch"]
    assert list(scratch.iterdir()) == []


def test_colours_are_for_terminals_only(fangtan: Fangtan, monkeypatch: pytest.MonkeyPatch) -> None:
    write_corpus(Path("a.jsonl"), [{**article, "title": "\x1b[2J" + article["title"]} for article in ARTICLES])
    assert "\x1b" not in fangtan("dedup", "a.jsonl").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[31m966起" in fangtan("dedup", "a.jsonl").out
