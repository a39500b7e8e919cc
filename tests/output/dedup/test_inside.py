"""What recurs through a corpus, and what articles say twice."""

import json
from pathlib import Path

import pytest

from output.dedup.report import Segment
from tests.output.dedup.corpora import find, texts, write_corpus

INTRODUCTION = "为深入贯彻党的十九大精神，本网推出系列访谈，邀请各地负责人与网友交流。请看本期访谈内容！"
QUESTION = "最后请您谈一谈今后一个时期的工作打算和具体安排，好吗？"


def shown(segment: Segment) -> tuple[str, str, str]:
    return f"{segment.articles} of {segment.of}", segment.kind, segment.text


def test_what_recurs_is_listed_once_and_nothing_is_removed(tmp_path: Path) -> None:
    bodies = texts(41)
    series = [f"{INTRODUCTION}\n{body}\n记者：谢谢。{QUESTION}" if number < 37 else body for number, body in enumerate(bodies)]
    report = find(tmp_path, write_corpus(tmp_path / "articles.jsonl", ({"text": text} for text in series))).report
    assert report.clusters == ()
    assert [shown(segment) for segment in report.segments if segment.articles > 30] == [
        ("37 of 41", "paragraph", INTRODUCTION),
        ("37 of 41", "paragraph", f"记者：谢谢。{QUESTION}"),
    ]


def test_a_sentence_recurs_where_its_paragraphs_do_not(tmp_path: Path) -> None:
    articles = [{"text": f"{body}。\n“{body[50:90]}。”{QUESTION}"} for body in texts(5)]
    report = find(tmp_path, write_corpus(tmp_path / "articles.jsonl", articles)).report
    assert ("5 of 5", "sentence", QUESTION) in map(shown, report.segments)


def test_reprints_make_no_series(tmp_path: Path) -> None:
    (text,) = texts(1)
    report = find(tmp_path, write_corpus(tmp_path / "articles.jsonl", [{"text": text}] * 5)).report
    assert report.segments == ()


def test_each_corpus_is_a_series_of_its_own(tmp_path: Path) -> None:
    bodies = texts(8)
    one = write_corpus(tmp_path / "one.jsonl", ({"text": f"{INTRODUCTION}\n{body}"} for body in bodies[:4]))
    two = write_corpus(tmp_path / "two.jsonl", ({"text": f"{INTRODUCTION}\n{body}"} for body in bodies[4:6]))
    report = find(tmp_path, one, two).report
    assert [(Path(segment.corpus).name, segment.articles, segment.of) for segment in report.segments] == [("one.jsonl", 4, 4)]


@pytest.mark.parametrize("torn", [False, True], ids=["sound", "torn"])
def test_repeats_are_those_of_the_ledger(tmp_path: Path, torn: bool) -> None:
    line = {
        "id": "3f0c1a9be27d4458",
        "page": 0,
        "block": 4,
        "xpath": "/p",
        "text": "导语",
        "rule": "repeat/lead",
        "evidence": "导语",
    }
    other = {**line, "block": 5, "rule": "chrome/share"}
    corpus = write_corpus(tmp_path / "articles.jsonl", [{"text": texts(1)[0]}])
    write_corpus(tmp_path / "removed.jsonl", [json.dumps(line), json.dumps(other), *([json.dumps(line)[:-9]] if torn else [])])
    report = find(tmp_path, corpus).report
    assert [(repeat.id, repeat.block, repeat.rule, repeat.text) for repeat in report.repeats] == [
        ("3f0c1a9be27d4458", 4, "repeat/lead", "导语")
    ]
    assert [counts.unread for counts in report.corpora] == [int(torn)]
    assert ["removed.jsonl:3: " in note for note in report.notes] == [True] * torn
