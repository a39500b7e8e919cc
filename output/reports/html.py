"""The dedup report as one HTML page that needs nothing else: no network, no other file."""

import base64
import hashlib
from collections.abc import Iterator

import jinja2

from output.dedup.report import DedupReport

CLUSTERS = 500
"""Clusters on the page, the largest first; a page with more takes a phone too long."""


def render_html(report: DedupReport) -> Iterator[str]:
    """The page in pieces. Whatever articles and paths say is escaped; the page's policy lets no other script run."""
    shown = report.clusters[:CLUSTERS]
    return _template().generate(report=report, clusters=shown, more=len(report.clusters) - len(shown))


def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("output.reports"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["source_hash"] = _source_hash
    return environment.get_template("dedup.html")


def _source_hash(source: str) -> str:
    """What a Content-Security-Policy calls an inline script or style.

    >>> _source_hash("alert(1)")
    'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='
    """
    return f"sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}"
