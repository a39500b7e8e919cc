"""The dedup report as one HTML page that needs nothing else: no network, no other file."""

import base64
import hashlib
from collections.abc import Iterator

import jinja2
from markupsafe import Markup

from output.dedup.report import DedupReport
from output.reports.pictures import visible

CLUSTERS = 500
"""Clusters on the page, the largest first; a page with more takes a phone too long."""

LISTED = 100
"""Articles, pairs, and joined ones of a cluster on the page."""


def render_html(report: DedupReport) -> Iterator[str]:
    """The page in pieces. Whatever articles and paths say is escaped; the page's policy lets no other script run."""
    return _template().generate(report=report, clusters=CLUSTERS, listed=LISTED)


def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("output.reports"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["source_hash"] = _source_hash
    return environment.get_template("dedup.html")


def _visible(value: object) -> object:
    """The value; if it is text that is still to be escaped, its control characters as pictures."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _source_hash(source: str) -> str:
    """What a Content-Security-Policy calls an inline script or style.

    >>> _source_hash("alert(1)")
    'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='
    """
    return f"sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}"
