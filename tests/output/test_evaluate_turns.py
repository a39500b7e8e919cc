"""Turn scores: small pages, the counts by hand."""

from collections.abc import Sequence

import msgspec
import pytest

from cleaners.article import Article, Removed, Role, Speaker, Turn
from output.evaluate.gold import Gold, GoldSpeaker, GoldTurn
from output.evaluate.turns import TurnScore, match_boundaries, score_turns
from tests.output.samples import record

Voice = tuple[str, Role]

Q: Voice = ("记者", "interviewer")
A: Voice = ("李勇霖", "guest")
ASKED, ANSWERED, THANKS = "今年的工作进展得怎么样？", "各项工作都进展得很顺利。", "好的，谢谢。"
PAGE = ("网络访谈", "导语一句。", f"记者：{ASKED}", f"李勇霖：{ANSWERED}", "图为访谈现场。", f"记者：{THANKS}")
CHARS = 11 + 11 + 4  # letters of the three turns


def an_article(turns: Sequence[tuple[Voice, int, int]], removed: Sequence[int] = (0,)) -> Article:
    """The page with these turns: speaker and role, first and last block; the words begin after the first colon."""
    kept = [block for block in range(len(PAGE)) if block not in removed]
    text = "\n".join(PAGE[block] for block in kept)
    made = tuple(
        Turn(name, name, role, "", tuple(_span(text, block, block == first) for block in range(first, last + 1)))
        for (name, role), first, last in turns
    )
    lines = tuple(Removed("0" * 16, 0, block, "/html", PAGE[block], "chrome/share", "") for block in removed)
    whole = record(text=text, turns=made, blocks=tuple((0, block) for block in kept), removed=len(lines))
    return Article(whole, lines)


def _span(text: str, block: int, labelled: bool) -> tuple[int, int]:
    start = text.index(PAGE[block])
    return start + (PAGE[block].find("：") + 1) * labelled, start + len(PAGE[block])


def gold(*turns: tuple[tuple[str | None, str | None], str]) -> Gold:
    return Gold(turns=tuple(GoldTurn(*speaker, text) for speaker, text in turns))


GOLD = gold((Q, ASKED), (A, ANSWERED), (Q, THANKS))
RIGHT = [(Q, 2, 2), (A, 3, 3), (Q, 5, 5)]


def counts(score: TurnScore | None) -> tuple[int, ...]:
    assert score is not None
    return msgspec.structs.astuple(score)[:8]


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (RIGHT, (3, 3, 3, CHARS, CHARS, CHARS, CHARS, CHARS)),
        ([(Q, 2, 2), (A, 3, 5)], (3, 2, 2, CHARS, 22, CHARS, 22, 22 + 6 + 6)),
        ([(A, 2, 2), (Q, 3, 3), (Q, 5, 5)], (3, 3, 3, CHARS, CHARS - 4, CHARS, 4, CHARS)),
        ([(("李市长", "guest"), 3, 3)], (3, 1, 1, CHARS, 11, CHARS, 11, 11)),
        ([], (3, 0, 0, CHARS, 0, CHARS, 0, 0)),
    ],
    ids=["all-right", "runs-on-over-caption-and-label", "exchanged", "another-name", "none"],
)
def test_counts(turns: Sequence[tuple[Voice, int, int]], expected: tuple[int, ...]) -> None:
    assert counts(score_turns(an_article(turns), GOLD)) == expected


def test_leak_is_what_stands_in_no_turn() -> None:
    score = score_turns(an_article([(Q, 2, 2), (A, 3, 4), (Q, 5, 5)]), GOLD)
    assert score is not None
    assert (score.found_chars, score.leaked_chars) == (CHARS + 6, 6)


def test_a_turn_in_a_removed_block_is_missed_at_its_place() -> None:
    score = score_turns(an_article([(Q, 2, 2), (A, 3, 3)], removed=(0, 5)), GOLD)
    assert counts(score)[:5] == (3, 2, 2, CHARS, 22)


def test_nobody_is_right_where_the_gold_names_nobody() -> None:
    unnamed = gold(((None, "interviewer"), ASKED))
    turn = Turn(None, "", "interviewer", "", an_article(RIGHT).record.turns[0].spans)
    article = msgspec.structs.replace(an_article([]), record=msgspec.structs.replace(an_article([]).record, turns=(turn,)))
    score = score_turns(article, unnamed)
    assert counts(score) == (1, 1, 1, 11, 11, 11, 11, 11)


def test_faults_are_named() -> None:
    score = score_turns(an_article([(A, 2, 2), (Q, 4, 4), (Q, 5, 5)]), GOLD)
    assert score is not None
    assert score.missed == (f"李勇霖 (guest): {ANSWERED}",)
    assert score.extra == ("记者 (interviewer): ",)
    assert score.misjudged == (f"记者 (interviewer): {ASKED} | 李勇霖 (guest)",)


def test_a_page_without_dialogue() -> None:
    silent = Gold(turns=())
    assert counts(score_turns(an_article([]), silent))[:2] == (0, 0)
    assert counts(score_turns(an_article(RIGHT), silent))[:2] == (0, 3)
    assert score_turns(an_article(RIGHT), Gold()) is None


def test_a_refused_page_misses_every_turn() -> None:
    score = score_turns(None, GOLD)
    assert counts(score) == (3, 0, 0, CHARS, 0, CHARS, 0, 0)


def test_a_short_turn_is_looked_for_between_its_neighbours() -> None:
    """谢谢 stands in the answer, too; its own turn is the block that ends with it."""
    answer = "谢谢，各项工作都进展得很顺利。"
    text = f"记者：{ASKED}\n李勇霖：{answer}\n记者：谢谢。"
    spans = [(3, 15), (20, 35), (39, 42)]
    turns = tuple(Turn(who[0], who[0], None, "", (span,)) for who, span in zip((Q, A, Q), spans, strict=True))
    whole = record(text=text, turns=turns, blocks=((0, 0), (0, 1), (0, 2)), removed=0)
    wanted = gold((Q, ASKED), (A, answer), (Q, "谢谢。"))
    assert counts(score_turns(Article(whole, ()), wanted))[:5] == (3, 3, 3, 26, 26)


def test_speakers_and_offices() -> None:
    cast = (Speaker("李勇霖", "guest", "副市长、公安局长"), Speaker("王强", "guest", "主任"))
    article = msgspec.structs.replace(an_article([]), record=msgspec.structs.replace(an_article([]).record, speakers=cast))
    persons = (GoldSpeaker("李勇霖", "guest", "副市长、公安局长"), GoldSpeaker("赵敏", None, "局长"), GoldSpeaker("王强"))
    wanted = Gold(turns=(), speakers=persons)
    score = score_turns(article, wanted)
    assert score is not None
    assert (score.speakers, score.right_speakers, score.offices, score.right_offices) == (3, 2, 2, 1)


@pytest.mark.parametrize(
    ("theirs", "ours", "matches"),
    [
        ([10], [13], 1),
        ([10], [14], 0),
        ([10], [9, 11], 1),
        ([10, 12], [11], 1),
        ([10, 20, 30], [20, 30, 40], 2),
        ([], [5], 0),
    ],
    ids=["three-off", "four-off", "used-once", "one-for-two", "shifted", "none"],
)
def test_match_boundaries(theirs: list[int], ours: list[int], matches: int) -> None:
    assert len(match_boundaries(theirs, ours)) == matches
