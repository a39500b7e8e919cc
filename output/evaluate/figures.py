"""Scores of many pages to figures: means, shares and counts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import fmean
from typing import Any

import msgspec

from output.evaluate.results import Result, Scored
from output.evaluate.texts import harmonic
from output.evaluate.turns import TurnScore

CONFIDENCE = 0.8
"""A record below it is worth a look: of the real pages one in eight is, among them most of those with F < .8."""

_GOOD, _POOR, _BAD = 0.95, 0.8, 0.5


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of a set of pages; None where no gold of the set speaks of it. Shares and means are 0 to 1."""

    pages: int = 0
    """Pages."""

    texts: int = 0
    """Pages whose gold has text; the next nine figures are of them."""

    f: float | None = None
    """Mean F of the kept text."""

    p: float | None = None
    """Mean precision."""

    r: float | None = None
    """Mean recall."""

    good: float | None = None
    """Share of pages with F of .95 and more."""

    bad: float | None = None
    """Share of pages with F under .5."""

    empty: int | None = None
    """Pages of which nothing was kept."""

    leaked: float | None = None
    """Leaked lines a page."""

    lost: float | None = None
    """Lost lines a page."""

    repeated: float | None = None
    """Superfluous copies of a paragraph a page."""

    title: float | None = None
    """Share of exact headlines."""

    day: float | None = None
    """Share of right days of publication."""

    fields: float | None = None
    """Share of right values of the other fields that a gold gives."""

    confused: int | None = None
    """Pages with source, author or editor in each other's place."""

    failed: int | None = None
    """Pages refused that should not be, or not refused that should."""

    doubtful: float | None = None
    """Share of pages whose confidence is under the threshold."""

    caught: float | None = None
    """Share of the pages with F under .8 that are among them."""

    dialogues: int = 0
    """Pages whose gold has turns; the next seven figures are of them, all counted together."""

    turn_p: float | None = None
    """Precision of the turns' boundaries."""

    turn_r: float | None = None
    """Recall of the turns' boundaries."""

    turn_f: float | None = None
    """Their F1."""

    attribution: float | None = None
    """Share of the letters in turns that the right speaker got."""

    role: float | None = None
    """Share of the letters in turns that the right role got."""

    leak: float | None = None
    """Letters outside every turn that were put into one, as share of all that were."""

    speakers: float | None = None
    """Share of the speakers found by name."""

    offices: float | None = None
    """Share of the offices found as the page words them."""

    silent: int = 0
    """Pages whose gold says that they hold no dialogue."""

    false_turns: float | None = None
    """Share of them with a turn all the same."""


LESS_IS_BETTER = frozenset(
    ("bad", "empty", "leaked", "lost", "repeated", "confused", "failed", "doubtful", "leak", "false_turns")
)
"""Figures that count mistakes."""

_COUNTS = frozenset(("pages", "texts", "dialogues", "silent"))
JUDGED = tuple(name for name in Figures.__struct_fields__ if name not in _COUNTS)
"""Figures that can be good or bad."""


def figures(scores: Sequence[Scored], *, confidence: float = CONFIDENCE) -> Figures:
    """The figures of these pages; ``confidence`` is the threshold under which a page is doubtful."""
    texts = [score for score in scores if score.text is not None]
    turns = [score.turns for score in scores if score.turns is not None]
    return Figures(
        pages=len(scores),
        failed=sum(score.failed is not None for score in scores),
        **_text_figures(texts),
        **_field_figures(scores),
        **_confidence_figures(texts, confidence),
        **_turn_figures(turns),
    )


def parts(results: Sequence[Result]) -> Mapping[str, tuple[Result, ...]]:
    """The results as a whole, and the seen and the unseen part by themselves."""
    unseen = tuple(result for result in results if result.sample.is_unseen)
    seen = tuple(result for result in results if not result.sample.is_unseen)
    return {"all": tuple(results), "seen": seen, "unseen": unseen}


def _text_figures(scores: Sequence[Scored]) -> dict[str, Any]:
    found = [score.text for score in scores if score.text is not None]
    return {
        "texts": len(found),
        "f": _mean(score.f for score in found),
        "p": _mean(score.precision for score in found),
        "r": _mean(score.recall for score in found),
        "good": _mean(score.f >= _GOOD for score in found),
        "bad": _mean(score.f < _BAD for score in found),
        "empty": sum(score.is_empty for score in scores) if found else None,
        "leaked": _mean(len(score.leaked) for score in found),
        "lost": _mean(len(score.lost) for score in found),
        "repeated": _mean(len(score.repeated) for score in found),
    }


def _field_figures(scores: Sequence[Scored]) -> dict[str, Any]:
    return {
        "title": _mean(score.title for score in scores if score.title is not None),
        "day": _mean(score.day for score in scores if score.day is not None),
        "fields": _mean(outcome in ("right", "silent") for score in scores for outcome in score.fields.values()),
        "confused": sum(bool(score.confused) for score in scores) if any(score.fields for score in scores) else None,
    }


def _confidence_figures(scores: Sequence[Scored], threshold: float) -> dict[str, Any]:
    told = [score for score in scores if score.confidence is not None]
    poor = [score for score in told if score.text and score.text.f < _POOR]
    return {
        "doubtful": _mean(_below(score, threshold) for score in told),
        "caught": _mean(_below(score, threshold) for score in poor),
    }


def _below(score: Scored, threshold: float) -> bool:
    return score.confidence is not None and score.confidence < threshold


def _turn_figures(scores: Sequence[TurnScore]) -> dict[str, Any]:
    talks, silent = [score for score in scores if score.gold], [score for score in scores if not score.gold]

    def share(part: Callable[[TurnScore], int], whole: Callable[[TurnScore], int]) -> float | None:
        total = sum(map(whole, talks))
        return round(sum(map(part, talks)) / total, 4) if total else None

    precision = share(lambda score: score.right, lambda score: score.found)
    recall = share(lambda score: score.right, lambda score: score.gold)
    return {
        "dialogues": len(talks),
        "turn_p": precision,
        "turn_r": recall,
        "turn_f": round(harmonic(precision or 0.0, recall), 4) if recall is not None else None,
        "attribution": share(lambda score: score.right_speaker_chars, lambda score: score.gold_chars),
        "role": share(lambda score: score.right_role_chars, lambda score: score.role_chars),
        "leak": share(lambda score: score.leaked_chars, lambda score: score.found_chars),
        "speakers": share(lambda score: score.right_speakers, lambda score: score.speakers),
        "offices": share(lambda score: score.right_offices, lambda score: score.offices),
        "silent": len(silent),
        "false_turns": _mean(score.found > 0 for score in silent),
    }


def _mean(values: Iterable[float]) -> float | None:
    """The mean to four digits, None of nothing."""
    found = list(values)
    return round(fmean(found), 4) if found else None
