"""The deduplicated copy: nothing lost that is not planned, the input untouched."""

import hashlib
import json
from pathlib import Path

import msgspec
import pytest

from output import exits
from output.corpus import encode_line
from output.dedup.apply import PLAN, apply_plan, targets
from output.dedup.corpora import STDIN, CorporaError, Corpus
from output.validate import validate_corpus
from tests.output.dedup.corpora import find, texts, write_corpus
from tests.output.samples import article, record


def quietly(_what: str, _done: int, _total: int) -> None:
    """Tells nobody."""


def digests(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*.jsonl")}


def test_the_copy_is_the_input_without_what_gives_way(tmp_path: Path) -> None:
    one, two = texts(2)
    corpora = tmp_path / "data"
    a = write_corpus(corpora / "a" / "articles.jsonl", [{"id": "x", "text": one}, "torn {", {"id": "y", "text": two}])
    b = write_corpus(
        corpora / "b" / "articles.jsonl", [{"id": "x", "text": one + "完。", "published": "2018-11-13"}, '{"id": "t']
    )
    before, out = digests(corpora), tmp_path / "out"
    apply_plan(find(tmp_path, a, b), out, quietly)
    assert digests(corpora) == before
    assert (out / "a" / "articles.jsonl").read_text().splitlines() == a.read_text().splitlines()[1:]
    assert (out / "b" / "articles.jsonl").read_bytes() == b.read_bytes()
    plan = [json.loads(line) for line in (out / PLAN).read_text().splitlines()]
    assert [(Path(line["corpus"]).name, line["id"], line["action"], line["kept_id"], line["why"]) for line in plan] == [
        ("a", "x", "dropped", "x", "near: Jaccard 0.9982"),
        ("b", "x", "kept", None, "stays (earliest)"),
    ]


def test_the_copy_of_a_corpus_is_a_corpus(tmp_path: Path) -> None:
    made, long = article(), texts(1)[0].replace("\n", "")
    twins = [record(id=id_, text=long, turns=(), speakers=(), blocks=((0, 0),)) for id_ in ("1" * 16, "2" * 16)]
    removed = [
        msgspec.structs.replace(line, id=id_, block=line.block // 4 + 1) for id_ in ("1" * 16, "2" * 16) for line in made.removed
    ]
    folder = tmp_path / "series"
    folder.mkdir()
    (folder / "articles.jsonl").write_bytes(b"".join(map(encode_line, twins)))
    (folder / "removed.jsonl").write_bytes(b"".join(map(encode_line, removed)))
    assert list(validate_corpus(folder)) == []
    apply_plan(find(tmp_path, folder), tmp_path / "out", quietly)
    assert list(validate_corpus(tmp_path / "out")) == []
    assert len((tmp_path / "out" / "articles.jsonl").read_text().splitlines()) == 1
    assert len((tmp_path / "out" / "removed.jsonl").read_text().splitlines()) == 2


def test_a_second_article_of_an_id_keeps_its_removed_blocks(tmp_path: Path) -> None:
    one, two = texts(2)
    corpus = write_corpus(
        tmp_path / "in" / "articles.jsonl", [{"id": "x", "text": one}, {"id": "y", "text": one}, {"id": "y", "text": two}]
    )
    write_corpus(tmp_path / "in" / "removed.jsonl", ['{"id":"x"}', '{"id":"y"}', "torn {"])
    apply_plan(find(tmp_path, corpus), tmp_path / "out", quietly)
    assert (tmp_path / "out" / "removed.jsonl").read_text() == '{"id":"x"}\n{"id":"y"}\ntorn {\n'


def test_two_corpora_have_two_copies(tmp_path: Path) -> None:
    path = write_corpus(tmp_path / "stdin.jsonl", [])
    with pytest.raises(CorporaError, match=r"two corpora would be copied to .*stdin\.jsonl; give stdin as a file"):
        targets([Corpus(STDIN, tmp_path / "scratch", 0), Corpus("stdin.jsonl", path, 0)], tmp_path / "out")


def test_an_earlier_copy_is_replaced_and_nothing_else(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "in" / "a.jsonl", [{"text": texts(1)[0]}] * 2)
    found, out = find(tmp_path, corpus), tmp_path / "out"
    write_corpus(out / "a.jsonl", ["precious"])
    with pytest.raises(CorporaError, match=r"holds a corpus already, and .*out no dedup-plan\.jsonl"):
        apply_plan(found, out, quietly)
    assert (out / "a.jsonl").read_text() == "precious\n"
    (out / "a.jsonl").unlink()
    apply_plan(found, out, quietly)
    before = digests(out)
    apply_plan(found, out, quietly)
    assert digests(out) == before


def test_an_end_half_way_leaves_no_copy(tmp_path: Path) -> None:
    corpora = [write_corpus(tmp_path / "in" / name, [{"text": texts(1)[0]}] * 2) for name in ("a.jsonl", "b.jsonl")]

    def end_in_the_second(what: str, _done: int, _total: int) -> None:
        if what.endswith("b.jsonl"):
            raise exits.Terminated

    with pytest.raises(exits.Terminated):
        apply_plan(find(tmp_path, *corpora), tmp_path / "out", end_in_the_second)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_corpus_is_never_written_over(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "a.jsonl", [{"text": text} for text in texts(2)])
    before = digests(tmp_path)
    with pytest.raises(CorporaError, match="is a corpus that is read; give --apply another folder"):
        apply_plan(find(tmp_path, corpus), tmp_path, quietly)
    assert digests(tmp_path) == before
