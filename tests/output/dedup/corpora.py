"""Small corpora on disk, and what dedup finds in them."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from output.dedup.corpora import list_corpora
from output.dedup.find import Asked, Found, find_duplicates
from output.dedup.keep import parse_policy
from tests.output.dedup.planted import Writer


def write_corpus(path: Path, articles: Iterable[dict[str, Any] | str]) -> Path:
    """A corpus file; a string is a line as it is, an article needs no more than its text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (one if isinstance(one, str) else json.dumps({"id": f"{number:016x}", **one}) for number, one in enumerate(articles))
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def find(folder: Path, *paths: Path, threshold: float = 0.7, keep: str = "earliest", jobs: int = 1) -> Found:
    """What dedup finds; ``folder`` takes the temporary files."""
    scratch = folder / f"scratch{len(list(folder.glob('scratch*')))}"
    scratch.mkdir(parents=True)
    asked = Asked(threshold, parse_policy(keep), jobs)
    return find_duplicates(list_corpora(paths), asked, scratch, lambda *_: None)


def texts(count: int, characters: int = 600, seed: int = 3) -> list[str]:
    """Unlike articles."""
    writer = Writer(seed)
    return [writer.article(characters) for _ in range(count)]
