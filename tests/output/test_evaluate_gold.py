"""Gold: which folders are samples, and what their files say."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from output.evaluate.gold import Gold, GoldError, GoldTurn, is_unseen, load_groups, load_pages, read_samples
from tests.output.evaluate_samples import write_sample


def test_folders_with_page_and_gold_are_samples(tmp_path: Path) -> None:
    write_sample(tmp_path / "b-2", text="乙")
    write_sample(tmp_path / "a" / "x", name="expected.json", record={"text": ["甲", "丙"]})
    (tmp_path / "empty").mkdir()
    (tmp_path / "no_page").mkdir()
    (tmp_path / "no_page" / "gold.json").write_text("{}")
    samples = list(read_samples(tmp_path))
    assert [(sample.id, sample.group, sample.gold.text) for sample in samples] == [("a/x", "a", "甲\n丙"), ("b-2", "b", "乙")]
    assert [sample.id for sample in read_samples(tmp_path / "b-2")] == ["b-2"]


@pytest.mark.parametrize(
    ("gold", "expected"),
    [
        ({"text": "甲", "title": "题", "publish_time": "2018-11-13"}, Gold(text="甲", title="题", published="2018-11-13")),
        ({"text": "甲", "has_text_gold": False}, Gold()),
        ({"text": "甲", "dubious": True, "title": "题"}, Gold(title="题")),
        ({"author": None, "source": "中国吉林网"}, Gold(fields={"source": "中国吉林网"})),
        ({"bylines": {"author": None}}, Gold(fields={"author": None})),
        ({"turns": []}, Gold(turns=())),
        (
            {"turns": [{"speaker": None, "role": "guest", "label": "", "text": "好"}]},
            Gold(turns=(GoldTurn(None, "guest", "好"),)),
        ),
        (
            {"gold_type": "human", "conventions": ["colon", "bold"]},
            Gold(facts={"gold_type": "human", "conventions": "colon bold"}),
        ),
    ],
    ids=["fields", "no-text", "dubious", "null-is-unknown", "byline-null-is-known", "no-dialogue", "turn", "facts"],
)
def test_a_partial_gold(tmp_path: Path, gold: dict[str, Any], expected: Gold) -> None:
    write_sample(tmp_path / "a", **gold)
    assert next(read_samples(tmp_path)).gold == expected


def test_a_whole_record_says_what_is_null_and_what_is_printed(tmp_path: Path) -> None:
    record: dict[str, Any] = {
        "text": "访谈",
        "title": "题",
        "original": {"text": "訪談", "title": "題"},
        "author": None,
        "turns": [],
    }
    write_sample(tmp_path / "a", name="expected.json", **record)
    gold = Gold(text="訪談", title="題", fields={"author": None}, turns=())
    assert next(read_samples(tmp_path)).gold == gold


def test_a_page_that_should_be_refused(tmp_path: Path) -> None:
    write_sample(tmp_path / "a", name="expected.json", refused="no-article")
    assert next(read_samples(tmp_path)).gold == Gold(refused="no-article")


@pytest.mark.parametrize(
    ("only", "found"),
    [
        ({}, 2),
        ({"host": "ifeng.com"}, 1),
        ({"host": "feng.com"}, 0),
        ({"kind": "forum"}, 1),
        ({"kind": "forum", "host": "ifeng.com"}, 0),
    ],
    ids=["all", "domain", "part-of-a-name", "fact", "both"],
)
def test_only(tmp_path: Path, only: dict[str, str], found: int) -> None:
    write_sample(tmp_path / "a", host="news.ifeng.com", kind="news")
    write_sample(tmp_path / "b", host="bbs.example.com", kind="forum")
    assert len(list(read_samples(tmp_path, only))) == found


@pytest.mark.parametrize(
    ("file", "said"),
    [("{", "is no JSON"), ("[]", "holds no JSON object"), ('{"turns": [{"speaker": 1}]}', "Expected `str | null`")],
    ids=["torn", "list", "type"],
)
def test_a_gold_that_cannot_be_used_names_its_file(tmp_path: Path, file: str, said: str) -> None:
    (write_sample(tmp_path / "a") / "gold.json").write_text(file)
    with pytest.raises(GoldError, match=r"gold\.json") as caught:
        list(read_samples(tmp_path))
    assert said in str(caught.value)


def test_pages_in_order_with_what_is_told_of_them(tmp_path: Path) -> None:
    folder = write_sample(tmp_path / "a")
    (folder / "page.html").unlink()
    for number in range(11):
        (folder / f"page_{number}.html").write_bytes(str(number).encode())
    (folder / "page.json").write_text('{"url": ["http://a.example/1"], "content_type": "text/html"}')
    pages = load_pages(next(read_samples(tmp_path)))
    assert [page.body for page in pages] == [str(number).encode() for number in range(11)]
    assert (pages[0].url, pages[1].url, pages[10].content_type) == ("http://a.example/1", None, "text/html")


def test_the_unseen_part_is_two_fifths_by_the_name_alone(tmp_path: Path) -> None:
    # The first hex digits of these names' SHA-256, by sha256sum: 9, 2.
    assert [is_unseen(name) for name in ("daniel-001", "daniel-002")] == [False, True]
    names = [f"page-{number}" for number in range(2000)]
    assert 0.28 < sum(map(is_unseen, names)) / len(names) < 0.35
    sample = next(read_samples(write_sample(tmp_path / "daniel-002").parent))
    assert sample.is_unseen
    assert msgspec.structs.replace(sample, folder=tmp_path / "daniel-001").is_unseen is False


def test_groups_of_a_folder(tmp_path: Path) -> None:
    assert load_groups(tmp_path) == {}
    (tmp_path / "groups.json").write_text('{"a": "press"}')
    assert load_groups(tmp_path) == {"a": "press"}
