"""Checked pairs as clusters of the report: which article stays, which gives way to it, and who is joined only by a third."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import NamedTuple

import msgspec
import numpy as np

from output.dedup.catalogue import Catalogue
from output.dedup.check import Checked, Head, held
from output.dedup.clusters import Link, Rank, choose_kept, components, paths
from output.dedup.difference import Difference
from output.dedup.keep import Policy, rank_of
from output.dedup.report import Cluster, Joined, Kind, Member, Name, Pair
from output.dedup.sketches import Owners
from output.dedup.survey import hash_text

WHOLE = 64
"""Members up to which a cluster lists all its pairs: 2,016 of them."""


class Duplicates(NamedTuple):
    """The clusters, and what they mean for the articles."""

    clusters: tuple[Cluster, ...]
    """The largest first."""

    partner_of: Mapping[int, int]
    """For the number of each article that gives way that of the one that stays."""

    names: Mapping[int, Name]
    """For the number of each article of a cluster what the report calls it."""

    cluster_of: Owners
    """For each article a number that only its duplicates share."""


class Judged(NamedTuple):
    """What the clusters are made of."""

    known: Catalogue
    """All articles."""

    heads: Mapping[int, Head]
    """The articles that have duplicates, by number."""

    names: Mapping[int, Name]
    """What the report calls them."""

    ranks: Mapping[int, Rank]
    """In which order they stay."""

    threshold: float
    """Jaccard from which a pair is reported."""

    policy: Policy
    """What the ranks come from."""


class _Group(NamedTuple):
    """One cluster. Articles of the same folded text are one: the first of them by rank speaks for all."""

    numbers: Sequence[int]
    """Its articles, by rank."""

    copies: Mapping[int, Sequence[int]]
    """The articles of each text, by the first of them."""

    speaker_of: Mapping[int, int]
    """For each article the one that speaks for its text."""

    pairs: Mapping[frozenset[int], Checked]
    """The pairs of speakers, by the two of them."""

    partner_of: Mapping[int, int]
    """For each article that gives way the one that stays."""

    preferred: frozenset[int]
    """The articles that others give way to."""

    by_policy: frozenset[int]
    """Those of them that a near one gives way to, or one of the same text."""


def judge(known: Catalogue, heads: Mapping[int, Head], threshold: float, policy: Policy) -> Judged:
    """The articles named and ranked."""
    names = name_articles(known, heads)
    ranks = {number: rank_of(heads[number], names[number].corpus, names[number].id, policy) for number in heads}
    return Judged(known, heads, names, ranks, threshold, policy)


def find_crowds(judged: Judged, pairs: Sequence[Checked]) -> list[Sequence[int]]:
    """Of each cluster with more than ``WHOLE`` unlike texts the first article of every text, by rank."""
    _, pairs_by_cluster = _clusters(judged.known, pairs)
    texts = (list(_copies(judged, own)) for own in pairs_by_cluster.values())
    return [speakers for speakers in texts if len(speakers) > WHOLE]


def assemble(judged: Judged, pairs: Sequence[Checked]) -> Duplicates:
    """The clusters of all articles that hang together by the pairs."""
    cluster_of, pairs_by_cluster = _clusters(judged.known, pairs)
    made = [_cluster(judged, own) for own in pairs_by_cluster.values()]
    made.sort(key=lambda one: (-len(one[0].members), one[0].members[0].name))
    clusters = tuple(msgspec.structs.replace(cluster, cluster=number) for number, (cluster, _) in enumerate(made, 1))
    partner_of = {one: other for _, partners in made for one, other in partners.items()}
    return Duplicates(clusters, partner_of, judged.names, cluster_of)


def explain(duplicates: Duplicates, differences: Mapping[tuple[Name, Name], Difference]) -> tuple[Cluster, ...]:
    """The clusters with the differences of their pairs."""
    return tuple(
        msgspec.structs.replace(cluster, pairs=tuple(_explained(pair, differences) for pair in cluster.pairs))
        for cluster in duplicates.clusters
    )


def _explained(pair: Pair, differences: Mapping[tuple[Name, Name], Difference]) -> Pair:
    told = differences.get((pair.first, pair.second), Difference())
    return msgspec.structs.replace(pair, changes=told.changes, changes_total=told.total)


def name_articles(known: Catalogue, heads: Mapping[int, Head]) -> Mapping[int, Name]:
    """Their names; of articles of one corpus with the same id the second in order of content is called ``…~2``."""
    order = known.order()
    order = order[np.lexsort((known.ids[order], known.corpus[order]))]
    begins = np.ones(len(order), bool)
    begins[1:] = (np.diff(known.corpus[order]) != 0) | (known.ids[order][1:] != known.ids[order][:-1])
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order)) - np.maximum.accumulate(np.where(begins, np.arange(len(order)), 0))
    labels = [corpus.label for corpus in known.corpora]
    ids = {number: head.id for number, head in heads.items()}
    ids |= _free_ids(known, {number: (id_, int(place[number]) + 1) for number, id_ in ids.items() if place[number]})
    return {number: Name(labels[known.corpus[number]], id_) for number, id_ in ids.items()}


def _free_ids(known: Catalogue, repeated: Mapping[int, tuple[str, int]]) -> Mapping[int, str]:
    """``…~2`` for a second article of an id; with a tilde more where some article is called that already."""
    free, tilde = dict[int, str](), "~"
    while repeated:
        named = {number: f"{id_}{tilde}{place}" for number, (id_, place) in repeated.items()}
        taken = np.isin(np.array([hash_text(id_)[0] for id_ in named.values()], np.uint64), known.ids)
        free |= {number: id_ for (number, id_), is_taken in zip(named.items(), taken, strict=True) if not is_taken}
        repeated = {number: one for number, one in repeated.items() if number not in free}
        tilde += "~"
    return free


def _clusters(known: Catalogue, pairs: Sequence[Checked]) -> tuple[Owners, Mapping[int, Sequence[Checked]]]:
    """For each article the number of its cluster, and of each cluster the pairs."""
    ends = np.array([(pair.first, pair.second) for pair in pairs], np.int64).reshape(-1, 2)
    cluster_of = components(len(known.sizes), ends)
    pairs_by_cluster = defaultdict[int, list[Checked]](list)
    for pair in pairs:
        pairs_by_cluster[int(cluster_of[pair.first])].append(pair)
    return cluster_of, pairs_by_cluster


def _copies(judged: Judged, pairs: Iterable[Checked]) -> Mapping[int, Sequence[int]]:
    """The articles of each text, by the first of them; all by rank."""
    copies = defaultdict[bytes, list[int]](list)
    for number in sorted({number for pair in pairs for number in (pair.first, pair.second)}, key=judged.ranks.__getitem__):
        copies[judged.known.folds[number].tobytes()].append(number)
    return {same[0]: same for same in copies.values()}


def _cluster(judged: Judged, pairs: Sequence[Checked]) -> tuple[Cluster, Mapping[int, int]]:
    """One cluster, still without its number, and who gives way to whom."""
    group = _group(judged, pairs)
    place = {number: at for at, number in enumerate(sorted(group.numbers, key=group.partner_of.__contains__))}
    whole = len(group.numbers) <= WHOLE
    found = (_in_order(pair, place) for pair in (_all_pairs(group) if whole else _one_pair_each(group)))
    listed = sorted(found, key=lambda pair: (place[pair.first], place[pair.second]))
    links = [Link(pair.first, pair.second) for pair in listed]
    return (
        Cluster(
            cluster=1,
            members=tuple(_member(judged, group, number) for number in place),
            pairs=tuple(_pair(judged, pair, group.partner_of) for pair in listed),
            joined=tuple(_joined(judged.names, path) for path in paths(tuple(place), links)) if whole else (),
        ),
        group.partner_of,
    )


def _group(judged: Judged, pairs: Sequence[Checked]) -> _Group:
    copies = _copies(judged, pairs)
    speaker_of = {number: same[0] for same in copies.values() for number in same}
    unlike = _between_speakers(pairs, speaker_of)
    partners = _partners(judged, sorted(set(speaker_of.values())), unlike.values())
    partner_of = {number: partners.get(speaker, speaker) for number, speaker in speaker_of.items()}
    partner_of = {number: partner for number, partner in partner_of.items() if partner != number}
    contained = {two for two, pair in unlike.items() if held(pair, judged.threshold) is not None}
    return _Group(
        numbers=sorted(speaker_of, key=judged.ranks.__getitem__),
        copies=copies,
        speaker_of=speaker_of,
        pairs=unlike,
        partner_of=partner_of,
        preferred=frozenset(partner_of.values()),
        by_policy=frozenset(two for one, two in partner_of.items() if frozenset((speaker_of[one], two)) not in contained),
    )


def _between_speakers(pairs: Iterable[Checked], speaker_of: Mapping[int, int]) -> Mapping[frozenset[int], Checked]:
    spoken = (
        msgspec.structs.replace(pair, first=speaker_of[pair.first], second=speaker_of[pair.second])
        for pair in pairs
        if speaker_of[pair.first] != speaker_of[pair.second]
    )
    return {frozenset((pair.first, pair.second)): pair for pair in spoken}


def _partners(judged: Judged, speakers: Sequence[int], pairs: Iterable[Checked]) -> Mapping[int, int]:
    links = (Link(pair.first, pair.second, held(pair, judged.threshold)) for pair in pairs)
    return choose_kept(speakers, links, judged.ranks.__getitem__, lambda number: judged.heads[number].shingles)


def _all_pairs(group: _Group) -> Iterator[Checked]:
    for copies in group.copies.values():
        yield from (_same(first, second) for first, second in combinations(copies, 2))
    for pair in group.pairs.values():
        for first, second in product(group.copies[pair.first], group.copies[pair.second]):
            yield msgspec.structs.replace(pair, first=first, second=second)


def _one_pair_each(group: _Group) -> Iterator[Checked]:
    """Of a crowd: each article that gives way with the one that stays, and of one that stays alone the nearest."""
    for number, partner in group.partner_of.items():
        speakers = frozenset((group.speaker_of[number], group.speaker_of[partner]))
        yield _same(number, partner) if len(speakers) == 1 else _between(number, partner, group)
    alone = {number for number in group.numbers if number not in group.partner_of} - group.preferred
    for number in alone:
        own = (pair for pair in group.pairs.values() if number in (pair.first, pair.second))
        yield max(own, key=lambda pair: (pair.jaccard, -pair.first, -pair.second))


def _same(first: int, second: int) -> Checked:
    return Checked(first, second, 1.0, 1.0, 1.0)


def _between(number: int, other: int, group: _Group) -> Checked:
    """The pair of two articles of unlike texts."""
    pair = group.pairs[frozenset((group.speaker_of[number], group.speaker_of[other]))]
    if pair.first != group.speaker_of[number]:
        pair = _turned(pair)
    return msgspec.structs.replace(pair, first=number, second=other)


def _in_order(pair: Checked, place: Mapping[int, int]) -> Checked:
    """The pair with the one first that stands first in the cluster."""
    return pair if place[pair.first] < place[pair.second] else _turned(pair)


def _turned(pair: Checked) -> Checked:
    return Checked(
        first=pair.second,
        second=pair.first,
        jaccard=pair.jaccard,
        first_in_second=pair.second_in_first,
        second_in_first=pair.first_in_second,
    )


def _pair(judged: Judged, pair: Checked, partner_of: Mapping[int, int]) -> Pair:
    stays = partner_of.get(pair.second) == pair.first
    return Pair(
        first=judged.names[pair.first],
        second=judged.names[pair.second],
        kept=judged.names[pair.first] if stays else None,
        kind=_kind(judged, pair),
        jaccard=round(pair.jaccard, 4),
        first_in_second=round(pair.first_in_second, 4),
        second_in_first=round(pair.second_in_first, 4),
        changes=(),
        changes_total=0,
    )


def _kind(judged: Judged, pair: Checked) -> Kind:
    known = judged.known
    if known.texts[pair.first] == known.texts[pair.second]:
        return "same"
    if (known.folds[pair.first] == known.folds[pair.second]).all():
        return "retypeset"
    return "near" if pair.jaccard >= judged.threshold else "contained"


def _member(judged: Judged, group: _Group, number: int) -> Member:
    head, partner = judged.heads[number], group.partner_of.get(number)
    return Member(
        name=judged.names[number],
        title=head.title,
        source=head.source,
        published=head.published,
        url=head.url,
        characters=head.characters,
        kept=None if partner is None else judged.names[partner],
        why=_why_kept(judged, group, number) if partner is None else _why_not(judged, group, number, partner),
    )


def _why_kept(judged: Judged, group: _Group, number: int) -> str:
    if number not in group.preferred:
        return "stays: all that it resembles gives way to others"
    if number in group.by_policy:
        return f"stays ({judged.policy})"
    return "stays: it holds others"


def _why_not(judged: Judged, group: _Group, number: int, partner: int) -> str:
    if group.speaker_of[number] == group.speaker_of[partner]:
        is_same = judged.known.texts[number] == judged.known.texts[partner]
        return "the same text" if is_same else "the same text, typeset anew"
    pair = _between(number, partner, group)
    if pair.jaccard >= judged.threshold:
        return f"near: Jaccard {pair.jaccard:.4f}"
    return f"contained: {pair.first_in_second:.4f} of it stands in the other"


def _joined(names: Mapping[int, Name], path: Sequence[int]) -> Joined:
    return Joined(names[path[0]], names[path[-1]], tuple(names[number] for number in path[1:-1]))
