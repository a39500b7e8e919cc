"""``fangtan validate``: which corpora are checked, and what is said of them."""

from pathlib import Path

import pytest

from tests.output.cli.conftest import Fangtan
from tests.output.samples import article, write_items


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two series, the second without its ``removed.jsonl``."""
    for name in ("a/talks", "b/talks"):
        folder = tmp_path / "data" / name
        folder.mkdir(parents=True)
        write_items(folder / "articles.jsonl", [article().record])
        write_items(folder / "removed.jsonl", article().removed)
    (tmp_path / "data/b/talks/removed.jsonl").unlink()
    return tmp_path / "data"


@pytest.mark.parametrize("given", ["data/a/talks", "data/a/talks/articles.jsonl"])
def test_a_sound_corpus_is_silent(fangtan: Fangtan, data: Path, given: str) -> None:
    assert fangtan("validate", given) == (0, "", "")
    assert fangtan("validate", "-v", given) == (0, f"{given}: sound\n", "")


def test_a_folder_is_every_series_below(fangtan: Fangtan, data: Path) -> None:
    said = "data/a/talks: sound\ndata/b/talks/removed.jsonl: there is no such file\n"
    assert fangtan("validate", "-v", "data") == (1, said, "")


def test_a_series_that_lost_its_articles_is_a_finding(fangtan: Fangtan, data: Path) -> None:
    (data / "a/talks/articles.jsonl").unlink()
    assert fangtan("validate", "data/a") == (1, "data/a/talks/articles.jsonl: there is no such file\n", "")


def test_a_folder_without_a_corpus_is_wrong_use(fangtan: Fangtan, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    said = "fangtan: empty holds no corpus: there is no articles.jsonl in it or below; see fangtan validate --help\n"
    assert fangtan("validate", "empty") == (2, "", said)


def test_a_file_of_another_kind_is_wrong_use(fangtan: Fangtan, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>今天</p>\n" * 9, encoding="utf-8")
    said = "page.html is no JSONL file; give a series folder, or what fangtan clean printed; see fangtan validate --help"
    assert fangtan("validate", "page.html") == (2, "", f"fangtan: {said}\n")
