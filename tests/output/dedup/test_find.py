"""All duplicates are found, none is invented, and neither order nor processes matter."""

import os
import random
import time
from pathlib import Path
from typing import Any

import pytest

from cleaners.script import fold
from output.dedup.report import DedupReport, Pair
from tests.output.dedup.corpora import find, texts, write_corpus
from tests.output.dedup.planted import Likeness, compare_all, plant, scatter

# 5,000 articles take a minute: make bench-dedup compares that many.
COUNT = 700


def pairs_of(report: DedupReport) -> dict[tuple[int, int], Pair]:
    """The reported pairs by their numbers in the corpus."""
    listed = (pair for cluster in report.clusters for pair in cluster.pairs)
    return {(min(ids := (int(pair.first.id, 16), int(pair.second.id, 16))), max(ids)): pair for pair in listed}


def test_planted_duplicates_are_found_and_nothing_else(tmp_path: Path) -> None:
    planted = plant(COUNT)
    corpus = write_corpus(tmp_path / "articles.jsonl", ({"text": text} for text in planted.texts))
    exact = compare_all(planted.texts)
    found = pairs_of(find(tmp_path, corpus).report)
    near = {pair for pair, likeness in exact.items() if likeness.jaccard >= 0.7}
    held = {pair for pair, likeness in exact.items() if likeness.containment >= 0.9}
    assert min(len(near), len(held - near)) > 100
    assert len(near & found.keys()) >= 0.995 * len(near)
    assert len(held & found.keys()) >= 0.995 * len(held)
    assert found.keys() <= near | held
    assert all(figures(pair) == pytest.approx(exact[numbers], abs=1e-4) for numbers, pair in found.items() if numbers in held)


def figures(pair: Pair) -> Likeness:
    return Likeness(pair.jaccard, max(pair.first_in_second, pair.second_in_first))


@pytest.mark.parametrize("threshold", [0.4, 0.9])
def test_the_threshold_may_be_another(tmp_path: Path, threshold: float) -> None:
    planted = plant(250)
    corpus = write_corpus(tmp_path / "articles.jsonl", ({"text": text} for text in planted.texts))
    exact = compare_all(planted.texts)
    wanted = {pair for pair, likeness in exact.items() if likeness.jaccard >= threshold or likeness.containment >= 0.9}
    found = pairs_of(find(tmp_path, corpus, threshold=threshold).report)
    assert len(wanted) > 80
    assert found.keys() == wanted


def test_order_and_processes_do_not_matter(tmp_path: Path) -> None:
    articles = [{"id": f"{number:016x}", "text": text} for number, text in enumerate(plant(150, characters=(320, 700)).texts)]
    rest = [{"id": article["id"], "text": article["text"][:400]} for article in articles[:40]]
    rest += [{"id": "crowd", "text": scatter(texts(1, 300)[0], 0.01, random.Random(number))} for number in range(70)]
    folder = Path(os.path.relpath(tmp_path))
    reports = []
    for jobs in (1, 2):
        random.Random(jobs).shuffle(articles)
        paths = [write_corpus(folder / "one.jsonl", articles), write_corpus(folder / "two.jsonl", rest)]
        reports.append(find(tmp_path, *(paths if jobs == 1 else reversed(paths)), jobs=jobs).report)
    assert reports[0].clusters
    assert reports[0] == reports[1]


def test_a_crowd_of_reprints_stays_one_cluster(tmp_path: Path) -> None:
    (text,) = texts(1)
    reprints = [text] * 30 + [scatter(text, 0.01, random.Random(number)) for number in range(150)]
    report = find(tmp_path, write_corpus(tmp_path / "articles.jsonl", ({"text": reprint} for reprint in reprints))).report
    assert [len(cluster.members) for cluster in report.clusters] == [180]
    assert sum(member.kept is not None for member in report.clusters[0].members) == 179
    assert "180 articles" in report.notes[0]


def test_what_holds_a_text_is_found_however_often_the_text_is_reprinted(tmp_path: Path) -> None:
    text, other = texts(2, 700)
    reprints = [scatter(text, 0.004, random.Random(number)) for number in range(100)]
    digest = f"{other}\n{text}"
    report = find(tmp_path, write_corpus(tmp_path / "articles.jsonl", ({"text": one} for one in (*reprints, digest)))).report
    assert [(len(cluster.members), cluster.members[0].characters) for cluster in report.clusters] == [(101, len(digest))]
    assert {member.kept for member in report.clusters[0].members[1:]} == {report.clusters[0].members[0].name}


def test_a_crowd_takes_no_longer_than_its_size(tmp_path: Path) -> None:
    (text,) = texts(1, 300)
    reprints = ({"text": scatter(text, 0.01, random.Random(number))} for number in range(600))
    corpus, began = write_corpus(tmp_path / "articles.jsonl", reprints), time.process_time()
    report = find(tmp_path, corpus).report
    assert sum(member.kept is None for member in report.clusters[0].members) == 1
    assert time.process_time() - began < 30  # 5 s; minutes where every two are compared, round by round


def test_clashing_ids_are_told_apart(tmp_path: Path) -> None:
    one, two = texts(2)
    corpora = [
        write_corpus(tmp_path / "a.jsonl", [{"id": "x", "text": one}, {"id": "y", "text": two}]),
        write_corpus(tmp_path / "b.jsonl", [{"id": "x", "text": one}, {"id": "x", "text": two}]),
    ]
    report = find(tmp_path, *corpora).report
    names = sorted(
        sorted((Path(member.name.corpus).name, member.name.id) for member in cluster.members) for cluster in report.clusters
    )
    assert sorted(id_ for cluster in names for name, id_ in cluster if name == "b.jsonl") == ["x", "x~2"]
    assert [len(cluster) for cluster in names] == [2, 2]


def test_articles_of_one_id_differ_in_name_whatever_others_are_called(tmp_path: Path) -> None:
    (text,) = texts(1)
    report = find(tmp_path, write_corpus(tmp_path / "a.jsonl", ({"id": id_, "text": text} for id_ in ("x", "x", "x~2")))).report
    assert sorted(member.name.id for member in report.clusters[0].members) == ["x", "x~2", "x~~2"]


def test_articles_of_one_id_and_text_are_told_apart_by_their_heads(tmp_path: Path) -> None:
    (text,) = texts(1)
    articles = [{"id": "x", "text": text, "published": published} for published in ("2017", "2018", "2016")]
    folder = Path(os.path.relpath(tmp_path))
    reports = []
    for order in (articles, articles[::-1], articles[1:] + articles[:1]):
        reports.append(find(tmp_path, write_corpus(folder / "a.jsonl", order)).report)
    assert reports[0] == reports[1] == reports[2]
    assert reports[0].clusters[0].members[0].published == "2016"


def test_bad_lines_and_odd_articles_are_named(tmp_path: Path) -> None:
    (text,) = texts(1)
    huge = "".join(texts(1, 40_000, seed=4)) * 90
    assert len(huge.encode()) > 10_000_000
    lines: list[dict[str, Any] | str] = [
        {"text": "好"},
        {"text": text},
        "",
        "no json",
        {"text": "……"},
        {"text": huge},
        {"text": 3},
        {"text": text + "完。"},
        '{"id": "t',
    ]
    corpus = write_corpus(tmp_path / "c.jsonl", lines)
    os.truncate(corpus, corpus.stat().st_size - 1)  # the line feed
    report = find(tmp_path, corpus, write_corpus(tmp_path / "empty.jsonl", [])).report
    notes = [note.replace(f"{tmp_path}/", "") for note in report.notes]
    assert notes == [
        "c.jsonl:4: no JSON: JSON is malformed: invalid character (byte 4)",
        "c.jsonl:7: not as the schema says: Expected `str`, got `int` - at `$.text`",
        "c.jsonl:9: cut off: Input data was truncated",
        "c.jsonl:0000000000000000: 1 character, too few to compare",
        "c.jsonl:0000000000000004: 0 characters, too few to compare",
        f"c.jsonl:0000000000000005: {len(fold(huge)):,} characters, compared whole; is it one article?",
        "empty.jsonl: holds no article",
    ]
    assert [(counts.articles, counts.unread) for counts in report.corpora] == [(5, 3), (0, 0)]
    assert [[member.name.id[-1] for member in cluster.members] for cluster in report.clusters] == [["1", "7"]]
