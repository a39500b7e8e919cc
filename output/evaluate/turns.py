"""Speaker turns against gold: boundaries, and who is given which characters."""

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from cleaners.article import Article, Speaker, Turn
from cleaners.script import fold
from output.evaluate.gold import Gold, GoldSpeaker, GoldTurn
from output.evaluate.place import Letters, Span, page_letters, place_lines, place_span

_TOLERANCE = 3
"""Letters by which a boundary may be off: punctuation and quotation marks are no letters."""

_SHOWN = 30  # characters of a turn that are shown where it is at fault
_NOBODY = -1


class TurnScore(msgspec.Struct, frozen=True, kw_only=True):
    """How the turns of one page compare with its gold; a boundary is the first letter of a turn's own words."""

    gold: int = 0
    """Boundaries of the gold; 0: the page has no dialogue."""

    found: int = 0
    """Boundaries found."""

    right: int = 0
    """Boundaries found that are within 3 letters of one of the gold's, each used once."""

    gold_chars: int = 0
    """Letters in turns of the gold."""

    right_speaker_chars: int = 0
    """Those of them given to the gold's speaker, by whatever name, or to nobody where the gold names nobody."""

    role_chars: int = 0
    """Letters in turns of the gold whose role it gives."""

    right_role_chars: int = 0
    """Those of them given to that role."""

    found_chars: int = 0
    """Letters put into a turn."""

    leaked_chars: int = 0
    """Those of them that stand in no turn of the gold."""

    speakers: int = 0
    """Persons whom the gold lists."""

    right_speakers: int = 0
    """Those of them found by that name."""

    offices: int = 0
    """Persons whose office the gold gives."""

    right_offices: int = 0
    """Those of them found with the same words as office."""

    missed: tuple[str, ...] = ()
    """Turns of the gold whose boundary was not found, ``speaker (role): beginning``."""

    extra: tuple[str, ...] = ()
    """Turns found that begin where none of the gold's does."""

    misjudged: tuple[str, ...] = ()
    """Turns found at the right place that were given to another speaker or role, and to whom."""

    @property
    def f(self) -> float:
        """F1 of the boundaries; 1 where neither side has any."""
        return 2 * self.right / (self.gold + self.found) if self.gold + self.found else 1.0

    @property
    def attribution(self) -> float:
        """Share of the gold's letters that the right speaker got; 1 where it has none."""
        return self.right_speaker_chars / self.gold_chars if self.gold_chars else 1.0


class _Spoken(NamedTuple):
    """One turn, found on the page."""

    spans: tuple[Span, ...]
    speaker: str | None
    """Folded name."""

    role: str | None
    label: str
    """Speaker, role and beginning, for people."""


def score_turns(article: Article | None, gold: Gold) -> TurnScore | None:
    """The article's turns against the gold's; None where the gold does not speak of turns. O(letters)."""
    if gold.turns is None:
        return None
    if article is None:
        return _refused(gold.turns)
    letters = page_letters(article)
    theirs, ours = list(_gold_turns(gold.turns, letters)), list(_own_turns(article, letters))
    counts = _count_letters(theirs, ours, len(letters.text))
    unplaced = _letters_of(gold.turns) - counts.gold_chars
    pairs = match_boundaries(_boundaries(theirs), _boundaries(ours))
    return msgspec.structs.replace(
        counts,
        gold=len(gold.turns),
        found=len(ours),
        right=len(pairs),
        gold_chars=counts.gold_chars + max(0, unplaced),
        **_speakers(gold.speakers or (), article.record.speakers),
        **_faults(theirs, ours, pairs),
    )


def match_boundaries(gold: Sequence[int], found: Sequence[int], tolerance: int = _TOLERANCE) -> list[tuple[int, int]]:
    """Which boundary of the gold each boundary found is, as pairs of their numbers; each counts once.

    >>> match_boundaries([10, 50, 90], [12, 13, 54, 90])
    [(0, 0), (2, 3)]
    """
    pairs = []
    rest = deque(sorted(range(len(gold)), key=gold.__getitem__))
    for own in sorted(range(len(found)), key=found.__getitem__):
        while rest and gold[rest[0]] < found[own] - tolerance:
            rest.popleft()
        if rest and gold[rest[0]] <= found[own] + tolerance:
            pairs.append((rest.popleft(), own))
    return pairs


def _refused(turns: Sequence[GoldTurn]) -> TurnScore:
    """A page that was refused gives no turn: all of the gold's are missed."""
    chars = _letters_of(turns)
    role_chars = _letters_of([turn for turn in turns if turn.role])
    return TurnScore(gold=len(turns), gold_chars=chars, role_chars=role_chars)


def _letters_of(turns: Sequence[GoldTurn]) -> int:
    return sum(len(fold(turn.text)) for turn in turns)


def _gold_turns(turns: Sequence[GoldTurn], letters: Letters) -> Iterator[_Spoken]:
    """The gold's turns that stand on the page."""
    lines = [(number, line) for number, turn in enumerate(turns) for line in turn.text.split("\n") if fold(line)]
    places = place_lines([line for _, line in lines], letters)
    for number, turn in enumerate(turns):
        spans = tuple(place for (own, _), place in zip(lines, places, strict=True) if own == number and place)
        if spans:
            yield _Spoken(spans, _name(turn.speaker), turn.role, _label(turn))


def _own_turns(article: Article, letters: Letters) -> Iterator[_Spoken]:
    for turn in article.record.turns:
        spans = tuple(place for span in turn.spans for place in place_span(span, letters))
        if spans:
            yield _Spoken(spans, _name(turn.speaker), turn.role, _label(turn))


def _label(turn: GoldTurn | Turn) -> str:
    return f"{turn.speaker or 'nobody'} ({turn.role or 'no role'}): {turn.text[:_SHOWN]}"


def _name(speaker: str | None) -> str | None:
    return fold(speaker) if speaker is not None else None


def _boundaries(turns: Sequence[_Spoken]) -> list[int]:
    return [turn.spans[0][0] for turn in turns]


def _count_letters(theirs: Sequence[_Spoken], ours: Sequence[_Spoken], length: int) -> TurnScore:
    """The counts by letter: each letter of the page is in at most one turn of either side."""
    pairs = [
        (theirs[gold] if gold != _NOBODY else None, ours[found] if found != _NOBODY else None)
        for gold, found in zip(_owners(theirs, length), _owners(ours, length), strict=True)
    ]
    return TurnScore(
        gold_chars=sum(gold is not None for gold, _ in pairs),
        right_speaker_chars=_right_speaker_chars(pairs),
        role_chars=sum(bool(gold and gold.role) for gold, _ in pairs),
        right_role_chars=sum(bool(gold and gold.role and found and gold.role == found.role) for gold, found in pairs),
        found_chars=sum(found is not None for _, found in pairs),
        leaked_chars=sum(found is not None and gold is None for gold, found in pairs),
    )


def _right_speaker_chars(pairs: Sequence[tuple[_Spoken | None, _Spoken | None]]) -> int:
    """Letters given to the right speaker, whatever the speaker is called: 主持人 may be 王示例.

    As in diarization each speaker found stands for one of the gold, the one with whom he shares most letters.
    """
    shared = Counter((gold.speaker, found.speaker) for gold, found in pairs if gold and found)
    taken: set[str | None] = set()
    matched: set[str | None] = set()
    right = 0
    for (gold_name, found_name), letters in sorted(shared.items(), key=lambda item: (-item[1], str(item[0]))):
        if (gold_name is None) == (found_name is None) and gold_name not in matched and found_name not in taken:
            matched.add(gold_name)
            taken.add(found_name)
            right += letters
    return right


def _owners(turns: Sequence[_Spoken], length: int) -> list[int]:
    """Beside each letter the number of the turn that it stands in."""
    owners = [_NOBODY] * length
    for number, turn in enumerate(turns):
        for start, end in turn.spans:
            owners[start:end] = [number] * (end - start)
    return owners


def _faults(theirs: Sequence[_Spoken], ours: Sequence[_Spoken], pairs: Sequence[tuple[int, int]]) -> dict[str, tuple[str, ...]]:
    found, right = {gold for gold, _ in pairs}, {own for _, own in pairs}
    wrong = [(theirs[gold], ours[own]) for gold, own in pairs if theirs[gold][1:3] != ours[own][1:3]]
    return {
        "missed": tuple(turn.label for number, turn in enumerate(theirs) if number not in found),
        "extra": tuple(turn.label for number, turn in enumerate(ours) if number not in right),
        "misjudged": tuple(f"{gold.label} | {own.label.split(': ')[0]}" for gold, own in wrong),
    }


def _speakers(gold: Sequence[GoldSpeaker], found: Sequence[Speaker]) -> dict[str, int]:
    office_of = {fold(speaker.name): fold(speaker.office or "") for speaker in found}
    with_office = [speaker for speaker in gold if speaker.office]
    return {
        "speakers": len(gold),
        "right_speakers": sum(fold(speaker.name) in office_of for speaker in gold),
        "offices": len(with_office),
        "right_offices": sum(office_of.get(fold(person.name)) == fold(person.office or "") for person in with_office),
    }
