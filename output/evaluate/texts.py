"""Kept text against gold text: precision, recall, and the lines that leaked or got lost.

The definitions are those of the published comparisons on Chinese pages that our figures stand beside: multisets of
4-grams of tokens a page, headline and credit lines on neither side.
"""

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from output.evaluate.tokens import GRAM, count_grams, grams, key, tokens

# A line with less than this share of its n-grams on the other side is not there.
_COVERED = 0.5
_LEAKED_TOKENS = 2
_LOST_TOKENS = 6
_REPEATED_CHARS = 15

# Editors and sources are fields: whether they are also text, golds disagree.
_CREDIT_TOKENS = 40
_CREDIT = re.compile(
    r"^[\s\[【〔（(<《—\-]*(?:"
    r"(?:本文)?(?:责任|責任|实习|本网|网络|值班|本期)?\s*(?:编辑|編輯|责编|責編|编审|校对|审核|监制)\s*[:：丨|]"
    r"|(?:本文)?(?:稿件|文章|信息|新闻|素材)?(?:来源|來源)\s*[:：]"
    r"|\(?(?:责编|責編))"
)


class TextScore(msgspec.Struct, frozen=True):
    """How the text kept of one page compares with its gold."""

    precision: float
    """Share of the kept 4-grams that stand in the gold, 0 to 1."""

    recall: float
    """Share of the gold's 4-grams that were kept, 0 to 1."""

    f: float
    """Harmonic mean of both."""

    leaked: tuple[str, ...]
    """Kept lines that the gold lacks."""

    lost: tuple[str, ...]
    """Lines of the gold that are missing."""

    repeated: tuple[str, ...]
    """Kept lines of 15 characters and more that stand there more often than in the gold, once a superfluous copy."""


def score_text(kept: str, gold: str, title: str | None = None, aside: frozenset[str] = frozenset()) -> TextScore:
    """``kept`` against ``gold``, both one paragraph a line; ``title`` is the gold's headline. O(tokens).

    Lines with one of the keys ``aside`` count on neither side.

    >>> score = score_text("今天是第一期访谈\\n分享到微信", "今天是第一期访谈")
    >>> round(score.precision, 2), score.recall, score.leaked
    (0.5, 1.0, ('分享到微信',))
    """
    kept_lines, gold_lines = _counted_lines(kept, title, aside), _counted_lines(gold, title, aside)
    kept_words, gold_words = tokens("\n".join(kept_lines)), tokens("\n".join(gold_lines))
    precision, recall = _shares(count_grams(kept_words), count_grams(gold_words))
    return TextScore(
        precision=precision,
        recall=recall,
        f=harmonic(precision, recall),
        leaked=missing_lines(kept_lines, gold_words, least=_LEAKED_TOKENS),
        lost=missing_lines(gold_lines, kept_words, least=_LOST_TOKENS),
        repeated=tuple(_repeated(kept_lines, "".join(gold_words))),
    )


def harmonic(one: float, other: float) -> float:
    """The harmonic mean; 0 where both are.

    >>> harmonic(1.0, 0.5), harmonic(0.0, 0.0)
    (0.6666666666666666, 0.0)
    """
    return 2 * one * other / (one + other) if one + other else 0.0


def missing_lines(lines: Sequence[str], words: Sequence[str], *, least: int = 1) -> tuple[str, ...]:
    """Those of the lines with ``least`` tokens or more that the text of these tokens does not hold."""
    known = {size: set(grams(words, size)) for size in range(1, GRAM + 1)}
    return tuple(line for line in lines if len(tokens(line)) >= least and not _is_covered(tokens(line), known))


def _counted_lines(text: str, title: str | None, aside: frozenset[str]) -> list[str]:
    """The lines that count: not the headline, not a short credit, none with a key ``aside``."""
    uncounted = aside | {key(title)} if title else aside
    lines = (line.strip() for line in text.replace("\r", "\n").split("\n"))
    return [line for line in lines if line and key(line) not in uncounted and not _is_credit(line)]


def _is_credit(line: str) -> bool:
    return _CREDIT.match(line) is not None and len(tokens(line)) <= _CREDIT_TOKENS


def _shares(kept: Counter[tuple[str, ...]], gold: Counter[tuple[str, ...]]) -> tuple[float, float]:
    common = (kept & gold).total()
    return common / kept.total() if kept else 0.0, common / gold.total() if gold else 0.0


def _is_covered(words: Sequence[str], known: dict[int, set[tuple[str, ...]]]) -> bool:
    size = min(GRAM, len(words))
    own = set(grams(words, size)) if size else set()
    return not own or len(own & known[size]) >= _COVERED * len(own)


def _repeated(lines: Sequence[str], gold: str) -> list[str]:
    counts = Counter(key(line) for line in lines)
    long = {text: count for text, count in counts.items() if len(text) >= _REPEATED_CHARS}
    return [text for text, count in long.items() for _ in range(count - max(1, gold.count(text)))]
