"""The replica's texts: invented interviews, grown from ``grammar.toml``."""

import itertools
import random
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import msgspec

Kind = Literal["narration", "speech", "more", "subhead"]
"""Narration stands outside the dialogue; ``more`` continues the speech before it in a paragraph of its own."""

SERIES = "创建全国最安全省份"
GRAMMAR: Mapping[str, Sequence[str]] = MappingProxyType(
    tomllib.loads((Path(__file__).parent / "grammar.toml").read_text(encoding="utf-8"))
)

_SLOT = re.compile(r"\{([^{}]+)\}")
_INTEGER = re.compile(r"(\d+)-(\d+)")
_DECIMAL = re.compile(r"(\d+\.\d)-(\d+\.\d)")
_DIGITS = "零一二三四五六七八九"
_FIRST_MOMENT = datetime(2018, 11, 20, 8, 12, 41)
_STEP = timedelta(hours=7, minutes=3, seconds=7)


class Passage(msgspec.Struct, frozen=True):
    """One paragraph of an article."""

    text: str
    """The words, speaker label left out."""

    kind: Kind = "narration"

    speaker: str | None = None
    """Who begins to speak here; None for all but ``speech``."""

    role: Literal["interviewer", "guest"] | None = None

    colon: str = "："
    """What stands between label and words."""

    @property
    def printed(self) -> str:
        """The paragraph as the reader sees it."""
        return f"{self.speaker}{self.colon}{self.text}" if self.speaker else self.text


class Story(msgspec.Struct, frozen=True):
    """What one article says, before any page is made of it."""

    title: str
    passages: tuple[Passage, ...]
    moment: datetime
    """When it was published, Chinese time."""

    source: str
    editor: str
    author: str
    captions: tuple[str, ...]
    tags: tuple[str, ...]
    episode: int | None
    summary: str
    """One line for the list page."""


class Phrase(msgspec.Struct, frozen=True):
    """One use of the grammar: a source of chance, and the words that are already settled."""

    rng: random.Random
    bound: Mapping[str, str] = {}

    def grow(self, symbol: str) -> str:
        """A phrase of the kind that the grammar calls ``symbol``."""
        return self.fill(self.rng.choice(GRAMMAR[symbol]))

    def pick(self, symbol: str, count: int) -> tuple[str, ...]:
        """``count`` different phrases of one kind."""
        return tuple(map(self.fill, self.rng.sample(GRAMMAR[symbol], count)))

    def deal(self, symbols: Sequence[str], count: int) -> tuple[str, ...]:
        """``count`` phrases, a kind after the other; within a kind all come once before one comes again."""
        decks = {symbol: itertools.cycle(self.rng.sample(GRAMMAR[symbol], len(GRAMMAR[symbol]))) for symbol in symbols}
        return tuple(self.fill(next(decks[symbol])) for symbol in itertools.islice(itertools.cycle(symbols), count))

    def fill(self, pattern: str) -> str:
        """``pattern`` with every slot filled."""
        return _SLOT.sub(lambda slot: self._slot(slot[1]), pattern)

    def _slot(self, name: str) -> str:
        if name in self.bound:
            return self.bound[name]
        if found := _INTEGER.fullmatch(name):
            return str(self.rng.randint(int(found[1]), int(found[2])))
        if found := _DECIMAL.fullmatch(name):
            return f"{self.rng.uniform(float(found[1]), float(found[2])):.1f}"
        return self.grow(name)

    def settle(self, **bound: str) -> "Phrase":
        """The same source of chance with more words settled."""
        return Phrase(self.rng, {**self.bound, **bound})


def phrase(*key: object) -> Phrase:
    """A phrase source that depends on ``key`` alone."""
    return Phrase(random.Random("/".join(map(str, key))))  # noqa: S311 -- texts, not secrets


def story_of(seed: int, number: int, traits: Collection[str] = ()) -> Story:
    """The story of article ``number``; the same whatever else the site holds.

    ``traits`` ask for what some pages must hold: ``rare-names``, ``gbk``, ``braces``, ``colons``, ``continued``,
    ``subheads``, ``ellipsis``, ``no-episode``, ``host``, ``both-scripts``.
    """
    words = _cast(phrase(seed, number, "story"), number, traits)
    bound = words.bound
    return Story(
        title=f"{SERIES}网络访谈之{bound['place_name']} {words.grow('slogan')}",
        passages=_passages(words, traits),
        moment=moment_of(number),
        source="白山新知" if "both-scripts" in traits else words.grow("source"),
        editor="方文" if "both-scripts" in traits else _name(words, words.grow("surname")),
        author=_name(words, words.grow("surname")),
        captions=words.pick("caption", 2),
        tags=(bound["place_name"], "访谈", bound["topic_name"]),
        episode=None if "no-episode" in traits else number + 1,
        summary=words.grow("summary"),
    )


def news_of(seed: int, number: int) -> Story:
    """A short news item that belongs to no series."""
    words = _cast(phrase(seed, number, "news"), number, ())
    lines = words.pick("news_line", 4)
    return Story(
        title=words.grow("news_title"),
        passages=tuple(Passage(line) for line in lines),
        moment=moment_of(number),
        source=words.grow("source"),
        editor=_name(words, words.grow("surname")),
        author="",
        captions=words.pick("caption", 2),
        tags=(words.bound["place_name"],),
        episode=None,
        summary=lines[0],
    )


def moment_of(number: int) -> datetime:
    """When article ``number`` was published: later than the one before."""
    return _FIRST_MOMENT + number * _STEP


def halve(text: str) -> str:
    """Half-width punctuation, as normalised corpora have it; quotes, 、 and 。 stay.

    >>> halve("记者：你好，请坐！（笑）“好。”")
    '记者:你好,请坐!(笑)“好。”'
    """
    return text.translate(str.maketrans("，：；？！（）", ",:;?!()"))


def chinese_number(number: int) -> str:
    """A number from 1 to 99 in Chinese, a larger one in digits.

    >>> [chinese_number(n) for n in (3, 10, 12, 40, 57, 128)]
    ['三', '十', '十二', '四十', '五十七', '128']
    """
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    head = ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "")
    return head + (_DIGITS[ones] if ones else "")


def _cast(words: Phrase, number: int, traits: Collection[str]) -> Phrase:
    """Who talks where about what."""
    place, kind = words.grow("county_first") + words.grow("county_second"), words.grow("county_kind")
    surname = words.grow("surname")
    guest = _name(words, surname)
    if "rare-names" in traits:
        place, kind, surname, guest = "乾安", "县", "宋", "宋乾昇"
    words = words.settle(
        place_name=place,
        county=place + kind,
        unit=kind,
        head={"市": "市长", "县": "县长", "区": "区长"}[kind],
        surname=surname,
        guest=guest,
        episode=chinese_number(max(number, 0) + 1),
        host="主持人" if "host" in traits else "记者",
        topic=words.grow("topic"),
    )
    words = words.settle(topic_name=words.grow("topic_" + words.bound["topic"]), office=words.grow("office"))
    return words.settle(
        address="局长" if "局长" in words.bound["office"] else "队长" if "大队" in words.bound["office"] else "警官"
    )


def _name(words: Phrase, surname: str) -> str:
    return surname + words.grow("given")


def _passages(words: Phrase, traits: Collection[str]) -> tuple[Passage, ...]:
    """Introduction, opening, a dialogue of six to nine rounds, a short close."""
    opening = "opening_bare" if "no-episode" in traits else "opening_ellipsis" if "ellipsis" in traits else "opening"
    topics = dict.fromkeys([words.bound["topic"], *words.rng.sample(GRAMMAR["topic"], words.rng.randint(5, 8))])
    passages = [Passage(words.grow("introduction")), Passage(words.grow(opening))]
    passages += _round(words, words.grow("greeting"), words.grow("first_answer"))
    extras = _extras(words, traits)
    for turn, (topic, answer) in enumerate(_answers(words, tuple(topics))):
        passages += _round(words, words.grow("ask_" + topic), answer)
        passages += extras.get(turn, ())
    return (*passages, _speech(words, words.grow("closing"), role="interviewer"))


def _round(words: Phrase, question: str, answer: str) -> tuple[Passage, Passage]:
    return _speech(words, question, role="interviewer"), _speech(words, answer, role="guest")


def _speech(words: Phrase, text: str, *, role: Literal["interviewer", "guest"]) -> Passage:
    return Passage(text, "speech", words.bound["host" if role == "interviewer" else "guest"], role)


def _answers(words: Phrase, topics: Sequence[str]) -> Iterator[tuple[str, str]]:
    """A topic and an answer of some 100 to 500 characters each; no sentence of one article is that of another answer."""
    ends = iter(words.pick("next_step", len(topics)))
    asides = iter(words.deal(("say", "clock", "three", "goal", "say"), 2 * len(topics)))
    for topic in topics:
        lines = [*words.pick("say_" + topic, words.rng.randint(2, 5))]
        lines[1:1] = [next(asides) for _ in range(words.rng.randint(1, 2))]
        yield topic, "".join([*lines, next(ends)])


def _extras(words: Phrase, traits: Collection[str]) -> Mapping[int, Sequence[Passage]]:
    """What the traits put behind a round, by its number."""
    lines = [words.grow(f"line_{trait}") for trait in ("rare-names", "gbk", "braces") if trait in traits]
    lines += [words.grow("more_colons")] if "colons" in traits else []
    lines += [words.grow("more_plain")] if "continued" in traits else []
    extras: dict[int, list[Passage]] = {1: [Passage(line, "more") for line in lines]}
    if "subheads" in traits:
        for turn, line in enumerate(words.pick("subhead", 3)):
            extras.setdefault(turn, []).append(Passage(line, "subhead"))
    return extras
