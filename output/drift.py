"""Whether the profile still fits the portal: what its selectors find on new pages, against what they found before."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import partial
from math import comb

import msgspec

from crawler.portal import Portal, Template
from output.judged import COVERED, FIELDS
from output.lines import Fresh
from output.versions import Heard

# Fewer pages than this say nothing about what is usual.
_LEAST = 10
# One false alarm in a thousand runs, were pages independent of each other; a daily run has one in three years.
_CHANCE = 0.001
# A portal whose profile fits all but a fiftieth of its pages: there one article without its body is news.
_USUAL = 0.98
# Notices and list pages under an article's URL have no body; as few of them as these are no news.
_MOST_ODD = 2
# Fields that every article of a portal has where most have them, and the key that gives each.
_NEEDED = {"title": "title", "published": "date", "source": "source"}
_DATA = "var allData"


class Drift(msgspec.Struct, frozen=True):
    """One selector that no longer finds what it found."""

    key: str
    """Where it stands in the profile: ``template[0].source``."""

    selector: str
    """The selector."""

    found: int
    """New pages on which it finds something."""

    pages: int
    """New pages."""

    before: tuple[int, int]
    """On how many of how many earlier pages it found something."""

    missing: tuple[Heard, ...]
    """The new pages that are in doubt."""

    what: str = ""
    """What it does instead of giving what it gave; empty where it finds nothing."""

    def __str__(self) -> str:
        """One line for the operator."""
        what = self.what or f"finds something on {self.found}"
        urls = [heard.group[0].url for heard in self.missing]
        more = f" and {len(urls) - 3} more" if len(urls) > 3 else ""
        held = f"on {len(urls)} of {self.pages}" if self.what else f"of {self.pages}"
        return (
            f"drift: {self.key} {self.selector!r} {what} {held} new pages, before on {self.before[0]} of {self.before[1]}; "
            f"held back: {' '.join(urls[:3])}{more}"
        )


def find_drift(fresh: Sequence[Heard], base: Sequence[Heard], portal: Portal) -> tuple[Drift, ...]:
    """The selectors that find less on ``fresh`` captures than on those of ``base``, beyond chance.

    What is short, or lacks what others lack too, is no drift: lengths are not compared, only what the profile names.
    """
    if not fresh:
        return ()
    new, old = _read_by_selectors(fresh), _read_by_selectors(base)
    found = [*_body_drift(new, old, portal)] if len(old) >= _LEAST else []
    for number, template in enumerate(portal.template):
        found += _template_drift(new, old, f"template[{number}]", template)
    if portal.template:
        found += _data_drift(_read_as_data(fresh), _read_as_data(base))
    return tuple(found)


def tell_fresh(fresh: Iterable[Heard]) -> Fresh | None:
    """The measures of a run's new captures, for runs to be compared by; None without one."""
    said = [heard.said for heard in fresh if heard.said.problem is None]
    if not said:
        return None
    kept, removed = sum(each.paragraphs for each in said), sum(sum(each.removed.values()) for each in said)
    coverage = Counter(name for each in said for name in each.fields)
    return Fresh(
        articles=len(said),
        paragraphs=round(kept / len(said), 1),
        removed=round(removed / max(1, kept + removed), 3),
        fields={name: round(coverage[name] / len(said), 3) for name in COVERED},
    )


def _body_drift(new: Sequence[Heard], old: Sequence[Heard], portal: Portal) -> Iterator[Drift]:
    fits, before = [heard for heard in new if heard.said.fit], sum(1 for heard in old if heard.said.fit)
    missing = [heard for heard in new if not heard.said.fit]
    cleaned = [heard for heard in missing if heard.said.problem is None]
    if len(cleaned) <= 0 and len(missing) <= _MOST_ODD:
        return
    is_news = bool(cleaned) and not fits and before >= _USUAL * len(old)
    if is_news or _unlikely(len(fits), len(new), before, len(old)):
        for number, template in enumerate(portal.template):
            if any(f"template[{number}].body" in (heard.said.fit or ()) for heard in old):
                key, matched = f"template[{number}].body", (before, len(old))
                yield Drift(key, template.body, len(fits), len(new), matched, tuple(missing))


def _template_drift(new: Sequence[Heard], old: Sequence[Heard], key: str, template: Template) -> Iterator[Drift]:
    """What the template's selectors no longer find or give on pages that have its body."""
    new, old = _with(new, f"{key}.body"), _with(old, f"{key}.body")
    told = [drift for name in FIELDS for drift in _field_drift(new, old, f"{key}.{name}", getattr(template, name))]
    yield from told
    for is_wrong, what in _WRONG_BODIES:
        yield from _wrong(f"{key}.body", template.body, new, old, is_wrong, what)
    yield from _fields_lost(new, old, key, template, {drift.key for drift in told})


def _field_drift(new: Sequence[Heard], old: Sequence[Heard], key: str, selector: str) -> Iterator[Drift]:
    old = [heard for heard in old if heard.said.problem is None]
    yield from _wrong(key, selector, new, old, partial(_misses, key=key), "") if selector else ()


def _data_drift(new: Sequence[Heard], old: Sequence[Heard]) -> Iterator[Drift]:
    """The data in the page are there, but what they gave is not in them."""
    yield from _wrong("data", _DATA, new, old, has_no_article, "gives no article")
    yield from _fields_lost(new, old, "data", None, frozenset())


def _fields_lost(
    new: Sequence[Heard], old: Sequence[Heard], key: str, template: Template | None, told: Set[str]
) -> Iterator[Drift]:
    """Fields that records had and have no more, though their selector finds something, or there is none."""
    new, old = ([heard for heard in some if heard.said.problem is None] for some in (new, old))
    for field, name in _NEEDED.items():
        if f"{key}.{name}" not in told:
            where, selector = (f"{key}.{name}", getattr(template, name)) if template else (key, _DATA)
            yield from _wrong(where, selector, new, old, partial(_lacks, field=field), f"gives no {field}")


def _wrong(
    key: str, selector: str, new: Sequence[Heard], old: Sequence[Heard], is_wrong: Callable[[Heard], bool], what: str
) -> Iterator[Drift]:
    """The pages that are wrong, where so many are beyond chance."""
    missing = [heard for heard in new if is_wrong(heard)]
    before = sum(1 for heard in old if not is_wrong(heard))
    found = len(new) - len(missing)
    if len(old) >= _LEAST and missing and _unlikely(found, len(new), before, len(old)):
        yield Drift(key, selector, found, len(new), (before, len(old)), tuple(missing), what)


def _read_by_selectors(heard: Iterable[Heard]) -> list[Heard]:
    return [each for each in heard if each.said.fit is not None]


def _read_as_data(heard: Iterable[Heard]) -> list[Heard]:
    return [each for each in heard if each.said.fit is None]


def _with(heard: Iterable[Heard], key: str) -> list[Heard]:
    return [each for each in heard if key in (each.said.fit or ())]


def has_no_article(heard: Heard) -> bool:
    """Whether the page was read and no article found on it."""
    return heard.said.problem is not None and heard.said.problem[0] == "no-article"


def _is_astray(heard: Heard) -> bool:
    return heard.said.stray > heard.said.characters


def _misses(heard: Heard, *, key: str) -> bool:
    return key not in (heard.said.fit or ())


def _lacks(heard: Heard, *, field: str) -> bool:
    return field not in heard.said.fields


_WRONG_BODIES = (
    (has_no_article, "finds an element without an article in it"),
    (_is_astray, "finds an element that most sentences stand outside of"),
)


def _unlikely(found: int, pages: int, before: int, of: int) -> bool:
    """Whether so few, ``found`` of ``pages``, are beyond chance where ``before`` of ``of`` were usual.

    >>> _unlikely(0, 2, 200, 200), _unlikely(0, 1, 200, 200), _unlikely(0, 3, 150, 200), _unlikely(9, 10, 200, 200)
    (True, False, False, False)
    """
    rate = (before + 1) / (of + 2)
    return sum(comb(pages, hits) * rate**hits * (1 - rate) ** (pages - hits) for hits in range(found + 1)) < _CHANCE
