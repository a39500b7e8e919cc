"""Gold: folders that hold a saved page and what should come out of it."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from crawler.page import Page

FIELDS = ("subtitle", "column", "episode", "source", "author", "reporters", "correspondents", "editor", "place")
"""Fields of the record that a gold may give, beside headline, date and text."""

PRECISE_FIELDS = (*FIELDS, "published")
"""Fields whose null a gold's ``bylines`` can give; the date counts there in its whole precision, elsewhere its day."""

_GOLD_FILES = ("expected.json", "gold.json")

# By these pages can be grouped and chosen.
_FACTS = ("gold_type", "kind", "host", "lang", "script", "conventions")


class GoldError(Exception):
    """A folder of gold cannot be used; the message says which file and what to do."""


class GoldTurn(msgspec.Struct, frozen=True):
    """One turn as it should come out."""

    speaker: str | None
    """The speaker's name; null where the page names nobody."""

    role: str | None
    """``interviewer``, ``guest``, ``audience``, ``narrator``, or null."""

    text: str
    """The words without the label, one paragraph a line."""


class GoldSpeaker(msgspec.Struct, frozen=True):
    """One person of the interview as it should come out."""

    name: str
    role: str | None = None
    office: str | None = None


class Gold(msgspec.Struct, frozen=True, kw_only=True):
    """What should come out of one article's pages. None: the gold does not say."""

    text: str | None = None
    """The text as printed, one paragraph a line."""

    title: str | None = None
    published: str | None = None
    """Date of publication in any notation; its day counts."""

    fields: Mapping[str, object] = {}
    """Other fields by name; null: the page does not give it."""

    turns: tuple[GoldTurn, ...] | None = None
    """The dialogue; empty: the page has none."""

    speakers: tuple[GoldSpeaker, ...] | None = None
    refused: str | None = None
    """Reason id by which the page should be refused."""

    facts: Mapping[str, str] = {}
    """What is known of the page: ``gold_type``, ``kind``, ``host`` …; several values stand with a space between."""


class Sample(msgspec.Struct, frozen=True):
    """One folder with a saved article and its gold; the files are read when it is its turn."""

    id: str
    """Path of the folder below the one that is evaluated, e.g. ``daniel-001``, ``jl_ifeng/legacy``."""

    folder: Path
    gold: Gold

    @property
    def group(self) -> str:
        """What stands before the first dash or slash of the id."""
        return self.id.split("/")[0] if "/" in self.id else self.id.split("-")[0]

    @property
    def is_unseen(self) -> bool:
        """Whether the page belongs to the part that nobody looks at."""
        return is_unseen(self.folder.name)


def is_unseen(name: str) -> bool:
    """Whether a folder of that name is in the unseen part: SHA-256 of the name begins with a hex digit 0 to 4.

    >>> is_unseen("daniel-001"), is_unseen("daniel-002")
    (False, True)
    """
    return hashlib.sha256(name.encode()).hexdigest()[0] in "01234"


def read_samples(folder: Path, only: Mapping[str, str] | None = None) -> Iterator[Sample]:
    """The samples at or below ``folder`` in order of their ids, those whose facts are as ``only`` says.

    A host is met by its domain: ``host=ifeng.com`` is also ``news.ifeng.com``.

    :raises GoldError: a gold file is no JSON object, or holds a field of another type.
    """
    files = {path.parent: path for name in reversed(_GOLD_FILES) for path in folder.rglob(name)}
    for parent in sorted(files):
        if any(parent.glob("page*.html")):
            gold = _read_gold(files[parent])
            if all(_is_fact(gold.facts, name, value) for name, value in (only or {}).items()):
                yield Sample(str(parent.relative_to(folder)) if parent != folder else folder.resolve().name, parent, gold)


def load_groups(folder: Path) -> Mapping[str, str]:
    """Id of a sample to its group, where ``folder`` holds a ``groups.json`` that says so; else empty."""
    path = folder / "groups.json"
    return {name: str(group) for name, group in _object(path).items()} if path.exists() else {}


def load_pages(sample: Sample) -> tuple[Page, ...]:
    """The responses of the sample: ``page.html``, or ``page_0.html`` and so on, with what ``page.json`` tells of them."""
    files = sorted(sample.folder.glob("page*.html"), key=lambda path: (len(path.name), path.name))
    told = _object(sample.folder / "page.json") if (sample.folder / "page.json").exists() else {}
    urls = told.get("url")
    given = urls if isinstance(urls, list) else [urls]
    return tuple(
        Page(file.read_bytes(), url, told.get("content_type", ""))
        for file, url in zip(files, [*given, *[None] * len(files)], strict=False)
    )


def profile_name(sample: Sample) -> str | None:
    """The profile that ``page.json`` names."""
    told = _object(sample.folder / "page.json") if (sample.folder / "page.json").exists() else {}
    return told.get("portal")


def _is_fact(facts: Mapping[str, str], name: str, value: str) -> bool:
    found = facts.get(name, "")
    return found == value or (name == "host" and found.endswith("." + value))


def _read_gold(path: Path) -> Gold:
    found = _object(path)
    try:
        return _whole(found.get("record", found)) if path.name == "expected.json" else _partial(found)
    except (msgspec.ValidationError, TypeError, AttributeError) as error:
        raise GoldError(f"{path}: {error}; see `fangtan evaluate --help` for what a gold holds") from None


def _whole(found: Mapping[str, Any]) -> Gold:
    """A whole record: what it leaves null the page does not give."""
    if reason := found.get("refused"):
        return Gold(refused=reason)
    printed = found.get("original") or found
    return Gold(
        text=_text(printed.get("text")),
        title=printed.get("title"),
        published=found.get("published"),
        fields={name: found[name] for name in FIELDS if name in found},
        turns=_turns(found.get("turns")),
        speakers=_speakers(found.get("speakers")),
        facts=_facts(found),
    )


def _partial(found: Mapping[str, Any]) -> Gold:
    """A gold of some fields: a null means that nobody looked. A dubious text is not counted."""
    has_text = found.get("has_text_gold", "text" in found) and not found.get("dubious")
    bylines = found.get("bylines") or {}
    fields = {name: value for name in FIELDS if (value := found.get(name)) is not None}
    return Gold(
        text=_text(found.get("text")) if has_text else None,
        title=found.get("title"),
        published=found.get("publish_time") or found.get("published"),
        fields={**fields, **{name: bylines[name] for name in PRECISE_FIELDS if name in bylines}},
        turns=_turns(found.get("turns")),
        speakers=_speakers(found.get("speakers")),
        facts=_facts(found),
    )


def _text(found: object) -> str | None:
    """A text, or the list of its paragraphs, which golden files have."""
    value = msgspec.convert(found, str | list[str] | None)
    return "\n".join(value) if isinstance(value, list) else value


def _turns(found: object) -> tuple[GoldTurn, ...] | None:
    return msgspec.convert(found, tuple[GoldTurn, ...] | None)


def _speakers(found: object) -> tuple[GoldSpeaker, ...] | None:
    return msgspec.convert(found, tuple[GoldSpeaker, ...] | None)


def _facts(found: Mapping[str, Any]) -> dict[str, str]:
    return {name: " ".join(value) if isinstance(value := found[name], list) else str(value) for name in _FACTS if found.get(name)}


def _object(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except ValueError as error:
        raise GoldError(f"{path} is no JSON: {error}") from None
    if not isinstance(found, dict):
        raise GoldError(f"{path} holds no JSON object")
    return found
