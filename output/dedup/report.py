"""What ``fangtan dedup`` finds, as data: the report that every format renders."""

from typing import Annotated, Literal

import msgspec

from cleaners.article import Count, Share
from output.dedup.difference import Change

Kind = Literal["same", "retypeset", "near", "contained"]


class Name(msgspec.Struct, frozen=True, order=True):
    """An article, told apart from its namesakes in other corpora."""

    corpus: str
    """The corpus: its path as given, without ``/articles.jsonl``."""

    id: str
    """The article's id; ``…~2`` where a second article of the corpus has the same."""

    def __str__(self) -> str:
        return f"{self.corpus}:{self.id}"


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One article of a cluster."""

    name: Name
    """Corpus and id."""

    title: str | None
    """The headline."""

    source: str | None
    """来源."""

    published: str | None
    """When it was published, as in the record."""

    url: str | None
    """URL as fetched."""

    characters: Count
    """Characters of its text."""

    kept: Name | None
    """The article that stays in its place; null: it stays itself."""

    why: str
    """Why it stays or goes, in words."""


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two articles that are duplicates; where one of them stays, it is the first."""

    first: Name
    """An article."""

    second: Name
    """The other."""

    kept: Name | None
    """The one of the two that stays in the other's place; null where both give way to a third."""

    kind: Kind
    """``same``: character for character; ``retypeset``: the same but for width, script, case, punctuation and white space;
    ``near``: a Jaccard at the threshold or above; ``contained``: less, but one holds .9 of the other or more."""

    jaccard: Share
    """Different 5-grams of folded characters that both have, of those that either has."""

    first_in_second: Share
    """Share of the first one's 5-grams that the second has."""

    second_in_first: Share
    """Share of the second one's 5-grams that the first has."""

    changes: tuple[Change, ...]
    """What the second changes in the first: the first 30 places."""

    changes_total: Count
    """At how many places they differ."""


class Joined(msgspec.Struct, frozen=True):
    """Two members of a cluster that are no duplicates of each other, but of others in it."""

    first: Name
    """An article."""

    second: Name
    """The other."""

    through: tuple[Name, ...]
    """The members in between, each a duplicate of the next."""


class Cluster(msgspec.Struct, frozen=True):
    """Articles that hang together as duplicates."""

    cluster: Annotated[int, msgspec.Meta(ge=1)]
    """Number in this report, the largest cluster first."""

    members: tuple[Member, ...]
    """The articles, those that stay first."""

    pairs: tuple[Pair, ...]
    """The pairs, all of them; with more than 64 members one for each article: with the article that stays in its place."""

    joined: tuple[Joined, ...]
    """Members joined only by others; empty where there are more than 64 members."""


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph or sentence that recurs through a corpus, such as the introduction of a series."""

    corpus: str
    """The corpus."""

    articles: Count
    """Articles in which it stands."""

    of: Count
    """Articles of the corpus."""

    kind: Literal["paragraph", "sentence"]
    """What it is where it was read."""

    characters: Count
    """Its characters."""

    text: str
    """The words, as printed in the example."""

    example: str
    """Id of an article in which it stands."""


class Repeat(msgspec.Struct, frozen=True, kw_only=True):
    """A block that cleaning removed because its article says it twice: a ``repeat/…`` line of ``removed.jsonl``."""

    corpus: str
    """The corpus."""

    id: str
    """Id of the article."""

    page: Count
    """Number of the page in the article, from 0."""

    block: Count
    """Number of the block on its page, from 0."""

    rule: str
    """``repeat/lead`` or ``repeat/paragraph``."""

    text: str
    """What was removed."""

    evidence: str
    """What it repeats."""


class CorpusCounts(msgspec.Struct, frozen=True, kw_only=True):
    """One corpus in numbers."""

    corpus: str
    """The corpus: its path as given, without ``/articles.jsonl``."""

    articles: Count
    """Articles read."""

    unread: Count
    """Lines that could not be read."""

    giving_way: Count
    """Articles that ``--apply`` would leave out."""

    repeats: Count
    """Blocks that cleaning removed as repeated within their article."""


class DedupReport(msgspec.Struct, frozen=True, kw_only=True):
    """Everything found; sorted, and the same for any order of corpora and lines."""

    corpora: tuple[CorpusCounts, ...]
    """The corpora, by label."""

    threshold: float
    """Jaccard from which a pair is reported."""

    keep: str
    """The policy that says which article stays."""

    clusters: tuple[Cluster, ...]
    """The duplicates, the largest cluster first."""

    segments: tuple[Segment, ...]
    """What recurs through a corpus: of each the first 200 by articles times characters."""

    repeats: tuple[Repeat, ...]
    """What articles say twice: of each corpus the first 1,000 by id."""

    notes: tuple[str, ...]
    """What else must be known: lines that could not be read, articles too short to compare, lists cut short."""
