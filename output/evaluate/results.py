"""One sample scored: text, headline, day, other fields and turns."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Literal

import msgspec

from cleaners.dates import parse_instant
from cleaners.script import fold
from output.evaluate.gold import Gold, Sample
from output.evaluate.readings import Reading, read_ours, read_trafilatura
from output.evaluate.texts import TextScore, score_text
from output.evaluate.tokens import key
from output.evaluate.turns import TurnScore, score_turns
from output.parallel import map_ordered
from output.profiles import Profiles

Outcome = Literal["right", "wrong", "missed", "invented", "silent"]
"""How a value stands to the gold's: ``missed`` is null for a value, ``invented`` a value for null, ``silent`` null for null."""

_DAY = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})")
_CONFUSABLE = ("source", "author", "editor")


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """How the samples are to be read."""

    profiles: Profiles | None = None
    """Which profile reads which page; None: no profile at all."""

    without: frozenset[str] = frozenset()
    """Judges (:data:`cleaners.judges.JUDGES`) without which the samples are read once more; ``profile`` is one here."""

    peer: bool = True
    """Whether trafilatura reads them, too."""

    aside: frozenset[str] = frozenset()
    """Rules of whose lines golds disagree whether they are text: what they remove counts neither for nor against anybody."""


class Scored(msgspec.Struct, frozen=True, kw_only=True):
    """One reader's answer to one sample, scored. None: the gold does not say."""

    text: TextScore | None = None
    title: bool | None = None
    """Whether the headline is exactly the gold's, width, punctuation and space aside."""

    day: bool | None = None
    """Whether the day of publication is the gold's."""

    fields: Mapping[str, Outcome] = {}
    """How each other field that the gold gives, if only as null, is met."""

    confused: tuple[str, ...] = ()
    """Source, author and editor in each other's place, e.g. ``author is the gold's editor``."""

    is_empty: bool = False
    """Nothing was kept although the gold has text."""

    failed: str | None = None
    """Reason id for which the page was refused, or ``not refused``, against the gold."""

    confidence: float | None = None
    """The record's own."""

    turns: TurnScore | None = None


class Result(msgspec.Struct, frozen=True):
    """One sample with the scores of its readers."""

    sample: Sample
    ours: Scored
    others: Mapping[str, Scored] = {}
    """Those who read beside us: ``trafilatura``, ``without headline``."""

    @property
    def rank(self) -> float:
        """The worst of the page's figures, 0 to 1, by which the worst pages are found."""
        if self.ours.failed:
            return 0.0
        turns = self.ours.turns
        found = [self.ours.text.f] if self.ours.text else []
        found += [turns.f, turns.attribution] if turns else []
        return min(found, default=1.0)


def evaluate(samples: Iterable[Sample], asked: Asked, *, jobs: int = 1) -> Iterator[Result]:
    """Each sample read and scored, in order, the same for any number of processes."""
    yield from map_ordered(partial(evaluate_one, asked=asked), samples, jobs=jobs)


def evaluate_one(sample: Sample, asked: Asked) -> Result:
    """One sample read and scored."""
    others = {}
    if asked.without:
        profiles = None if "profile" in asked.without else asked.profiles
        others[f"without {' '.join(sorted(asked.without))}"] = read_ours(sample, profiles, asked.without)
    if asked.peer:
        others["trafilatura"] = read_trafilatura(sample)
    ours = read_ours(sample, asked.profiles)
    aside = frozenset(key(line.text) for line in (ours.article.removed if ours.article else ()) if line.rule in asked.aside)
    scored = {name: score(reading, sample.gold, aside) for name, reading in others.items()}
    return Result(sample, score(ours, sample.gold, aside), scored)


def score(reading: Reading, gold: Gold, aside: frozenset[str] = frozenset()) -> Scored:
    """The reading against the gold; text lines with one of the keys ``aside`` count on neither side."""
    found = score_text(reading.text, gold.text, gold.title, aside) if gold.text is not None else None
    day = _day(gold.published)
    return Scored(
        text=found,
        title=bool(key(gold.title)) and key(reading.title or "") == key(gold.title) if gold.title else None,
        day=_day(reading.published) == day if day else None,
        fields={name: _outcome(reading.fields[name], value) for name, value in gold.fields.items() if name in reading.fields},
        confused=tuple(_confused(reading.fields, gold.fields)),
        is_empty=bool(gold.text) and not reading.text.strip(),
        failed=(reading.failed or "not refused") if reading.failed != gold.refused else None,
        confidence=reading.confidence,
        turns=score_turns(reading.article, gold) if reading.is_ours else None,
    )


def _day(text: str | None) -> str | None:
    """The day in Beijing, in ISO form.

    >>> _day("2018年1月3日 10:12"), _day("2018-01-02T16:12:00.000Z"), _day("2018")
    ('2018-01-03', '2018-01-03', None)
    """
    found = _DAY.search(parse_instant(text or "") or text or "")
    return "{:0>4}-{:0>2}-{:0>2}".format(*found.groups()) if found else None


def _same(found: object, gold: object) -> bool:
    """Whether two values of a field say the same; a name list in the same order, null only as null.

    >>> _same("中国吉林网", "中国吉林网 "), _same(("张三",), ["张三"]), _same(None, "张三"), _same((), [])
    (True, True, False, True)
    """
    return _folded(found) == _folded(gold)


def _outcome(found: object, gold: object) -> Outcome:
    """How a field is met.

    >>> _outcome("张三", "李四"), _outcome((), ["李四"]), _outcome("张三", None), _outcome((), None)
    ('wrong', 'missed', 'invented', 'silent')
    """
    if _same(found, gold):
        return "right" if _folded(gold) else "silent"
    return "wrong" if _folded(found) and _folded(gold) else "missed" if _folded(gold) else "invented"


def _folded(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list | tuple) else () if value is None else (value,)
    return tuple(fold(str(part)) for part in values)


def _confused(found: Mapping[str, object], gold: Mapping[str, object]) -> Iterator[str]:
    for name in _CONFUSABLE:
        for other in _CONFUSABLE:
            value = found.get(name)
            if name != other and value and _same(value, gold.get(other)) and not _same(value, gold.get(name)):
                yield f"{name} is the gold's {other}"
