"""Corpora in pieces: every line once, wherever the cuts fall."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from output.corpus import CorpusError
from output.dedup.corpora import CorporaError, cut_pieces, list_corpora, read_piece, read_texts

LINES = ['{"id":"1","text":"一"}', "", '{"id":"2","text":"二","turns":[]}', "{", '{"text":"三"}', '{"id":"4","text":"四"}']


@given(st.lists(st.sampled_from(LINES), max_size=12), st.integers(1, 200), st.booleans())
def test_each_line_is_read_once(lines: list[str], size: int, ended: bool) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        path.write_text("\n".join(lines) + ("\n" if ended and lines else ""), encoding="utf-8")
        (corpus,) = list_corpora([path])
        read = [line for piece in cut_pieces([corpus], size) for line in read_piece(piece)]
        given_lines = path.read_bytes().splitlines()
        assert [bool(line.article) for line in read] == [b'"id"' in line for line in given_lines]
        assert [line.article is None and line.problem == "" for line in read] == [not line for line in given_lines]
        offsets = [line.offset for line in read if line.article]
        assert [text.id for text in read_texts(path, offsets).values()] == [line.article.id for line in read if line.article]


def test_a_corpus_that_changes_meanwhile_is_said_to(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("{}\n")
    with pytest.raises(CorpusError, match="changed while it was compared; run the command again"):
        read_texts(path, [1])


def test_labels_are_paths_and_order_means_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("data/x", "data/y"):
        Path(folder).mkdir(parents=True)
        Path(folder, "articles.jsonl").touch()
    Path("other.jsonl").touch()
    Path("articles.jsonl").touch()
    paths = [Path("other.jsonl"), Path("data/y"), Path("data/x/articles.jsonl"), Path("articles.jsonl")]
    assert [corpus.label for corpus in list_corpora(paths)] == ["articles.jsonl", "data/x", "data/y", "other.jsonl"]
    with pytest.raises(CorporaError, match="same file"):
        list_corpora([Path("data/x"), Path("data/x/articles.jsonl")])
