"""Golden files: what the record of a fixture should be, written so that a diff of it can be read."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from cleaners import CleaningError
from cleaners.article import Article
from tests.cleaners.pages import FIXTURES, Case, published

RULES_FILE = FIXTURES / "RULES.json"

# They say how a record was made, not what it says.
_LEFT_OUT = ("rules", "fetched")


def golden_of(case: Case) -> str:
    """The content of the fixture's ``expected.json``: record and removed blocks, or the reason of the refusal."""
    try:
        return render(expectation(case.clean()))
    except CleaningError as error:
        return render({"refused": error.reason})


def expectation(article: Article) -> dict[str, Any]:
    """The record with its text as a list of paragraphs, and [page, block, rule, text] of each removed block."""
    record, removed = published(article)
    for name in _LEFT_OUT:
        del record[name]
    record["text"] = record["text"].split("\n")
    record["blocks"] = [" ".join(map(str, place)) for place in record["blocks"]]
    for turn in record["turns"]:
        turn["spans"] = " ".join(f"{start}:{end}" for start, end in turn["spans"])
    return {"record": record, "removed": [f"{line['page']} {line['block']} {line['rule']}: {line['text']}" for line in removed]}


def render(value: Mapping[str, Any]) -> str:
    """JSON for eyes and diffs."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def digest(text: bytes) -> str:
    """A short digest of one file."""
    return hashlib.sha256(text).hexdigest()[:16]


def pages_digest(case: Case) -> str:
    """A digest of what is cleaned: a fixture whose pages were edited may change its golden file without a change of rules."""
    facts = (case.folder / "page.json").read_bytes()
    return digest(b"\0".join((facts, *(page.body for page in case.pages))))
