"""The one real page: put back into its page, written down as a golden record, and kept in one folder."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.replica import SEED_URL, build_site, seed_page, seed_variants
from crawler.replica.seed_page import FOLDER, VARIANTS
from crawler.replica.texts import halve

ROOT = Path(__file__).parents[2]
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))


def test_the_page_is_served_as_it_is_kept() -> None:
    assert (FOLDER / "page.html").read_bytes() == seed_page().body == build_site().responses[SEED_URL].body
    assert json.loads((FOLDER / "page.json").read_text(encoding="utf-8")) == {"url": SEED_URL}


def test_the_golden_record_is_what_its_script_writes(tmp_path: Path) -> None:
    """In a copy of the folder and in isolated mode, so that the script can import nothing of the project."""
    for name in ("seed.txt", "write_expected.py"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    subprocess.run([sys.executable, "-I", "-S", str(tmp_path / "write_expected.py")], check=True, cwd=tmp_path)
    assert (tmp_path / "expected.json").read_bytes() == (FOLDER / "expected.json").read_bytes()


def test_the_golden_record_has_the_counts_of_the_text() -> None:
    assert len(EXPECTED["text"].split("\n")) == 15
    speakers = [turn["speaker"] for turn in EXPECTED["turns"]]
    assert (len(speakers), speakers.count("记者"), speakers.count("李勇霖")) == (13, 7, 6)
    assert EXPECTED["turns"][-1]["text"] == "好的，感谢李市长接受我们的采访。"
    assert (EXPECTED["source"], EXPECTED["editor"]) == ("中国吉林网", "赵佳俊")


def test_the_truth_of_the_site_agrees_with_the_golden_record() -> None:
    truth = build_site(articles=1).truths[0]
    assert "seed" in truth.cases
    assert (truth.title, truth.lead, "\n".join(truth.paragraphs)) == (EXPECTED["title"], EXPECTED["lead"], EXPECTED["text"])
    turns = [(turn["speaker"], turn["role"], turn["text"]) for turn in EXPECTED["turns"]]
    assert [(turn.speaker, turn.role, turn.text) for turn in truth.turns] == turns
    assert (truth.published, truth.author, truth.episode) == (None, None, 1)


@pytest.mark.parametrize(("name", "pages"), [(name, pages) for name, pages in seed_variants()], ids=list(VARIANTS))
def test_every_variant_holds_the_whole_text(name: str, pages: tuple[tuple[str, bytes, str], ...]) -> None:
    codec = "gbk" if name.startswith("gbk") else "utf-8"
    text = bare("".join(body.decode(codec) for _, body, _ in pages))
    if name == "traditional":
        assert "好的,感謝李市長接受我們的採訪。" in text
        return
    for sentence in re.split(r"(?<=。)|\n", EXPECTED["text"]):
        assert bare(sentence) in text


def bare(html: str) -> str:
    return re.sub(r"<[^>]*>|\s", "", halve(html).replace("<\\/", "</"))


def test_variants_declare_their_encoding_as_they_are_called() -> None:
    variants = dict(seed_variants())
    kinds = {name: (pages[0][2], re.findall(rb'charset="?([\w-]+)', pages[0][1])) for name, pages in variants.items()}
    assert kinds["as-published"] == ("text/html; charset=utf-8", [b"utf-8"])
    assert kinds["gbk"] == ("text/html", [b"gb2312"])
    assert kinds["gbk-undeclared"] == ("text/html", [])
    assert kinds["utf-8-as-gb2312"] == ("text/html; charset=gb2312", [b"gb2312"])


def test_the_text_stands_in_no_other_file() -> None:
    """A clause of sixteen characters or more is the publisher's; names and set phrases are shorter."""
    clauses = {clause for clause in re.split(r"[，。、：；“”\n]", EXPECTED["text"]) if len(clause) >= 16}
    assert len(clauses) > 30
    found = {path: clause for path in project_files() for clause in clauses if clause in path.read_text("utf-8", "ignore")}
    assert found == {}


def project_files() -> list[Path]:
    """Every file outside the fixture folder that is or may be tracked."""
    skipped = {"data", "__pycache__", "build"}
    files: list[Path] = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in skipped and (not name.startswith(".") or name == ".ci")]
        files += [Path(folder, name) for name in names if Path(folder) != FOLDER]
    return files
