"""The report of one evaluation: whole, seen and unseen part, groups, worst pages; as rows and as JSON."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

import msgspec

from output.evaluate.figures import Figures, figures, parts
from output.evaluate.gold import PRECISE_FIELDS
from output.evaluate.results import Outcome, Result

TEXT_COLUMNS: Mapping[str, str] = {
    "f": "F",
    "p": "P",
    "r": "R",
    "good": "F≥.95",
    "bad": "F<.5",
    "empty": "empty",
    "leaked": "leaked",
    "lost": "lost",
    "repeated": "repeated",
}
FIELD_COLUMNS: Mapping[str, str] = {
    "title": "title",
    "day": "day",
    "fields": "fields",
    "confused": "confused",
    "failed": "failed",
    "doubtful": "doubtful",
    "caught": "caught",
}
TURN_COLUMNS: Mapping[str, str] = {
    "turn_f": "F1",
    "turn_p": "P",
    "turn_r": "R",
    "attribution": "speaker",
    "role": "role",
    "leak": "leak",
    "speakers": "names",
    "offices": "offices",
    "false_turns": "false turns",
}
"""Figure to the heading of its column."""


class Row(msgspec.Struct, frozen=True):
    """One row of the report."""

    reader: str
    """``fangtan``, ``trafilatura``, ``without headline``, ``accepted``."""

    pages: str
    """Which pages: ``all``, ``seen``, ``unseen``, or a group."""

    figures: Figures


class FieldRow(msgspec.Struct, frozen=True):
    """How one field was met on a set of pages."""

    field: str
    pages: str
    """``all``, ``seen`` or ``unseen``."""

    outcomes: Mapping[str, int]
    """Pages by outcome."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One evaluation."""

    parts: tuple[Row, ...]
    """All pages and the two parts, each by all readers."""

    fields: tuple[FieldRow, ...]
    """Each field of which a gold speaks, on all pages and the two parts."""

    groups: tuple[Row, ...]
    """Groups of the pages that may be looked at."""

    worst: tuple[Result, ...]
    """The worst of the pages that may be looked at, the worst first; a page by itself is shown faultless, too."""

    confidence: float
    """Threshold under which a page is doubtful."""


def make_report(
    results: Sequence[Result],
    *,
    by: str | None = None,
    groups: Mapping[str, str] | None = None,
    worst: int = 0,
    unseen: bool = False,
    confidence: float,
) -> Report:
    """The report. A part without a page has no row; pages of the unseen part are neither grouped nor named unless ``unseen``.

    ``by`` is ``group`` or a fact of the golds; ``groups`` maps ids to groups.
    """
    shown = [result for result in results if unseen or not result.sample.is_unseen]
    faulty = [result for result in shown if result.rank < 1 or result.ours.confused or len(results) == 1]
    rows = [row for name, part in parts(results).items() if part for row in _rows(name, part, confidence)]
    grouped = _groups(shown, by, groups or {}) if by else {}
    return Report(
        parts=tuple(rows),
        fields=tuple(_field_rows(results)),
        groups=tuple(row for name in sorted(grouped) for row in _rows(name, grouped[name], confidence)),
        worst=tuple(sorted(faulty, key=lambda result: (result.rank, result.sample.id))[:worst]),
        confidence=confidence,
    )


def report_json(report: Report) -> dict[str, Any]:
    """The report as plain data."""
    return {
        "confidence_threshold": report.confidence,
        "parts": [_plain_row(row) for row in report.parts],
        "fields": msgspec.to_builtins(report.fields),
        "groups": [_plain_row(row) for row in report.groups],
        "worst": [_plain_result(result) for result in report.worst],
    }


def _rows(name: str, results: Sequence[Result], confidence: float) -> Iterator[Row]:
    yield Row("fangtan", name, figures([result.ours for result in results], confidence=confidence))
    for reader in results[0].others if results else ():
        yield Row(reader, name, figures([result.others[reader] for result in results], confidence=confidence))


def _field_rows(results: Sequence[Result]) -> Iterator[FieldRow]:
    for name in PRECISE_FIELDS:
        for part, found in parts(results).items():
            if told := Counter(result.ours.fields[name] for result in found if name in result.ours.fields):
                yield FieldRow(name, part, {outcome: told[outcome] for outcome in get_args(Outcome)})


def _groups(results: Sequence[Result], by: str, group_of: Mapping[str, str]) -> dict[str, list[Result]]:
    """The results by group; a page whose fact has several values is in several."""
    found: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        sample = result.sample
        own = group_of.get(sample.id, sample.group) if by == "group" else sample.gold.facts.get(by, "-")
        for name in own.split() or ["-"]:
            found[name].append(result)
    return found


def _plain_row(row: Row) -> dict[str, Any]:
    return {"reader": row.reader, "pages": row.pages, **msgspec.structs.asdict(row.figures)}


def _plain_result(result: Result) -> dict[str, Any]:
    scored = {"fangtan": result.ours, **result.others}
    return {"id": result.sample.id, **{reader: msgspec.to_builtins(score) for reader, score in scored.items()}}
