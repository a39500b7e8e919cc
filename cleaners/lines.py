"""Rules that take a whole line: many patterns tried at the cost of one."""

import re
from collections.abc import Iterator
from typing import NamedTuple


class LineRule(NamedTuple):
    """One pattern that takes a whole line."""

    rule: str
    """Stable id, e.g. ``chrome/share``."""

    key: str
    """Expression of words without which the pattern cannot match; most lines hold none of any rule's."""

    pattern: str
    """Expression for the whole line, with nothing in it that could backtrack without bound."""

    max_chars: int = 60


class LineRules:
    """A table of rules; the first that takes the whole line wins. Case does not matter."""

    def __init__(self, *rules: LineRule) -> None:
        self._rules = rules
        self._max_chars = max(rule.max_chars for rule in rules)
        self._keys = re.compile("|".join(rule.key for rule in rules), re.IGNORECASE)
        each = (f"(?P<r{number}>(?=.{{0,{rule.max_chars}}}$)(?:{rule.pattern}))" for number, rule in enumerate(rules))
        self._any = re.compile("|".join(each), re.IGNORECASE)

    def __iter__(self) -> Iterator[LineRule]:
        return iter(self._rules)

    def match(self, line: str) -> str | None:
        """The id of the first rule that takes the whole line, or None."""
        if len(line) > self._max_chars or not self._keys.search(line):
            return None
        found = self._any.fullmatch(line)
        return self._rules[int((found.lastgroup or "r0")[1:])].rule if found else None
