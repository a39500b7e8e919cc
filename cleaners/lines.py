"""Rules that take a whole line: many patterns tried at the cost of one."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_OPERATORS = re.compile(r"[\\\[\](){}.*+?^$]")


class LineRule(NamedTuple):
    """One pattern that takes a whole line."""

    rule: str
    """Stable id, e.g. ``chrome/share``."""

    key: str
    """Words or expressions parted by ``|``, without which the pattern cannot match; most lines hold none of any rule's."""

    pattern: str
    """Expression for the whole line, with nothing in it that could backtrack without bound."""

    max_chars: int = 60


class LineRules:
    """A table of rules; the first that takes the whole line wins. Case does not matter."""

    def __init__(self, *rules: LineRule) -> None:
        self._rules = rules
        self._max_chars = max(rule.max_chars for rule in rules)
        words, others = _parted(part for rule in rules for part in rule.key.split("|"))
        self._words = re.compile("|".join(word.lower() for word in words))
        self._others = re.compile("|".join(others) or "(?!)", re.IGNORECASE)
        each = (f"(?P<r{number}>(?=.{{0,{rule.max_chars}}}$)(?:{rule.pattern}))" for number, rule in enumerate(rules))
        self._any = re.compile("|".join(each), re.IGNORECASE)

    def __iter__(self) -> Iterator[LineRule]:
        return iter(self._rules)

    def match(self, line: str) -> str | None:
        """The id of the first rule that takes the whole line, or None."""
        if len(line) > self._max_chars or not self._may_match(line):
            return None
        found = self._any.fullmatch(line)
        return self._rules[int((found.lastgroup or "r0")[1:])].rule if found else None

    def _may_match(self, line: str) -> bool:
        return self._words.search(line.lower()) is not None or self._others.search(line) is not None


def _parted(keys: Iterable[str]) -> tuple[list[str], list[str]]:
    """Plain words, and expressions: an alternation of words alone is searched by their first characters, five times faster."""
    words, others = list[str](), list[str]()
    for key in keys:
        (others if _OPERATORS.search(key) else words).append(key)
    return words, others
