"""Which of several articles stays: the policy that ``--keep`` states."""

import msgspec

from output.dedup.check import Head
from output.dedup.clusters import Rank

_SOURCE = "source:"
_UNDATED = "~"  # sorts after every date


class PolicyError(ValueError):
    """A policy that nobody knows; the message says which there are."""


class Policy(msgspec.Struct, frozen=True):
    """What decides, and what decides where that is equal; the date, then the corpus and the id decide last."""

    rules: tuple[str, ...]
    """``earliest``, ``longest`` or ``source:NAME`` each."""

    def __str__(self) -> str:
        return ",".join(self.rules)

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that it prefers."""
        return tuple(rule.removeprefix(_SOURCE) for rule in self.rules if rule.startswith(_SOURCE))


def parse_policy(text: str) -> Policy:
    """The policy that ``text`` states, its rules parted by commas.

    >>> parse_policy("source:新华社,longest").rules
    ('source:新华社', 'longest')

    :raises PolicyError: there is no such rule.
    """
    rules = tuple(rule.strip() for rule in text.split(","))
    for rule in rules:
        if rule not in ("earliest", "longest") and rule.removeprefix(_SOURCE) in (rule, ""):
            raise PolicyError(f"no policy {rule!r}; known: earliest, longest, source:NAME, several parted by commas")
    return Policy(rules)


def rank_of(head: Head, corpus: str, name: str, policy: Policy) -> Rank:
    """The article's rank; no two articles have the same, ``name`` being unique in its corpus."""
    decided = tuple(_decided(head, rule) for rule in policy.rules)
    return (*decided, (head.published or _UNDATED,), (corpus, name))


def _decided(head: Head, rule: str) -> tuple[bool | str | int, ...]:
    if rule == "earliest":
        return (head.published or _UNDATED,)
    if rule == "longest":
        return (-head.characters,)
    return (head.source != rule.removeprefix(_SOURCE),)
