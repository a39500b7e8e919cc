"""Floors: the figures that were reached and accepted; falling below one is a finding."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from output.evaluate.figures import JUDGED, LESS_IS_BETTER, Figures, figures
from output.evaluate.gold import GoldError, read_samples
from output.evaluate.results import Asked, evaluate
from output.profiles import Profiles

FLOORS = Path(__file__).parents[2] / "tests" / "floors.toml"
"""The project's own floors."""


class FloorSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One set of pages, and what was reached on it."""

    folder: str
    """The folder of gold, relative to the floors file."""

    only: Mapping[str, str] = {}
    """Facts that choose pages of it, e.g. ``{gold_type = "human"}``."""

    profiles: bool = True
    """Whether pages are read with the profile that knows their host."""

    accepted: Mapping[str, float] = {}
    """Figure to floor; for figures that count mistakes, ceiling."""


def load_floors(path: Path) -> Mapping[str, FloorSet]:
    """The sets of a floors file by name, their folders made absolute.

    :raises GoldError: it is no floors file, or holds an unknown key or figure.
    """
    try:
        sets = msgspec.toml.decode(path.read_bytes(), type=dict[str, FloorSet])
    except msgspec.DecodeError as error:
        raise GoldError(f"{path}: {error}") from None
    for name, found in sets.items():
        if unknown := set(found.accepted) - set(JUDGED):
            raise GoldError(f"{path}: [{name}.accepted] has no figure {sorted(unknown)[0]!r}; known: {', '.join(JUDGED)}")
    return {
        name: msgspec.structs.replace(found, folder=os.path.normpath(path.parent.absolute() / found.folder))
        for name, found in sets.items()
    }


def accepted_figures(folder: Path, only: Mapping[str, str], path: Path = FLOORS) -> Mapping[str, float]:
    """What was last accepted for these pages; empty where the floors file does not know them."""
    sets = load_floors(path).values() if path.exists() else ()
    found = (known.accepted for known in sets if Path(known.folder) == folder.resolve() and known.only == only)
    return next(found, {})


def check_set(known: FloorSet, profiles: Profiles | None, *, jobs: int = 1) -> Figures:
    """The figures of a set today; its folder must be there."""
    asked = Asked(profiles=profiles if known.profiles else None, peer=False)
    results = evaluate(read_samples(Path(known.folder), known.only), asked, jobs=jobs)
    return figures([result.ours for result in results])


def falls(found: Figures, accepted: Mapping[str, float]) -> Iterator[str]:
    """A line for each figure that is worse than its floor, as printed with three digits.

    >>> list(falls(Figures(f=0.9511, leaked=1.2), {"f": 0.955, "leaked": 1.5, "lost": 0.3}))
    ['f is .951, accepted was .955', 'lost is not there, accepted was .300']
    """
    for name, floor in accepted.items():
        value = getattr(found, name)
        if value is None:
            yield f"{name} is not there, accepted was {printed(floor)}"
        elif is_worse(name, value, floor):
            yield f"{name} is {printed(value)}, accepted was {printed(floor)}"


def is_worse(name: str, value: float, floor: float) -> bool:
    """Whether the figure of that name is worse than ``floor``, three digits looked at."""
    difference = round(value, 3) - round(floor, 3)
    return difference > 0 if name in LESS_IS_BETTER else difference < 0


def printed(value: float | None) -> str:
    """A figure for people.

    >>> printed(0.9514), printed(1.0), printed(11.73), printed(3), printed(None)
    ('.951', '1.000', '11.730', '3', '-')
    """
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.3f}".removeprefix("0") if value < 1 else f"{value:.3f}"
