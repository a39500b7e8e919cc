"""What a run did, for people."""

import sys
from collections.abc import Iterator, Mapping

from rich.table import Table

from output.cli.console import add_rows, console, number_of, show
from output.lines import Counts, Run

_RULES = 12  # removal rules shown; the data card has them all

_OUTCOMES: Mapping[str, str] = {
    "list": "list pages read",
    "fetched": "pages of articles fetched",
    "unchanged": "pages of articles that are as they were",
    "gone": "gone (404, 410 or a page that says so)",
    "disallowed": "disallowed by robots.txt, not fetched",
    "foreign-redirect": "redirects to another host, not followed",
    "not-article": "listed, but no article's URL",
    "too-large": "too large",
    "failed": "failed",
}


def print_summary(run: Run, title: str) -> None:
    """Print the numbers of the run on stdout."""
    out, made = console(sys.stdout), Table(box=None, pad_edge=False, show_header=False)
    made.add_column(no_wrap=True)
    made.add_column(justify="right", no_wrap=True)
    made.add_column(overflow="fold")
    out.print(title, style="bold")
    show(out, add_rows(made, _rows(run)))


def _rows(run: Run) -> Iterator[tuple[object, object, object]]:
    if run.corpus:
        yield from _corpus_rows(run.corpus)
    for number, (reason, count) in enumerate(run.quarantined.items()):
        yield "quarantined" if number == 0 else "", count, reason
    if run.taken_down:
        yield "taken down", run.taken_down, "kept out by takedown.txt"
    for number, (kind, count) in enumerate(run.outcomes.items()):
        yield "outcomes" if number == 0 else "", count, _OUTCOMES.get(kind, kind)
    yield "requests", run.requests, f"in {run.seconds:.1f} s, robots.txt and retries included"


def _corpus_rows(counts: Counts) -> Iterator[tuple[object, object, object]]:
    dates = f", published {' to '.join(counts.dates)}" if counts.dates else ""
    yield "articles", counts.articles, f"{counts.added} new, {counts.changed} changed{dates}"
    yield "paragraphs", counts.paragraphs, f"kept, {counts.characters} characters"
    yield "turns", counts.turns, "of speakers"
    yield "removed", sum(counts.removed.values()), "blocks, each with rule and evidence:"
    rules = list(counts.removed.items())
    for rule, count in rules[:_RULES]:
        yield "", count, rule
    if rest := rules[_RULES:]:
        yield "", sum(count for _, count in rest), f"by {number_of(len(rest), 'more rule')}"
