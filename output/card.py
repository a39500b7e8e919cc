"""The data card: what a reader of a corpus must know before using it."""

from collections import Counter
from collections.abc import Sequence

import jinja2

from cleaners.article import Record, Removed
from crawler.portal import Portal
from output.lines import Counts, Quarantined
from output.schema import field_table


def render_card(portal: Portal, series: str, counts: Counts, quarantined: Sequence[Quarantined], taken_down: int) -> str:
    """The ``README.md`` beside a corpus: source, rights, dates, counts, fields. No date of its own: an unchanged
    corpus keeps its bytes."""
    return _template("card.md").render(
        portal=portal,
        series=portal.series.get(series),
        name=f"{portal.name}/{series}",
        counts=counts,
        quarantined=sorted(Counter(line.reason for line in quarantined).items()),
        taken_down=taken_down,
        record_table=field_table(Record),
        removed_table=field_table(Removed),
    )


def _template(name: str) -> jinja2.Template:
    loader = jinja2.PackageLoader("output")
    environment = jinja2.Environment(
        loader=loader, autoescape=jinja2.select_autoescape(), undefined=jinja2.StrictUndefined, keep_trailing_newline=True
    )
    return environment.get_template(name)
