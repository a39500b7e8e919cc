"""The rules of cleaning: their version, and in one sentence each what they take out."""

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version

import msgspec

from crawler.portal import Portal

RULES = 15
"""Counts the changes of the cleaning rules that change a record."""

EXPLANATIONS: Mapping[str, str] = {
    "layout/outside": "Stands outside the element that holds the article.",
    "layout/run": "Stands in the article's element, but before or after the run of blocks that is the article.",
    "layout/weak": "Looks unlike article text: its length, punctuation, links and tag speak against it.",
    "layout/record": "One of several comments or teasers side by side, each with its time or its linked headline.",
    "layout/links": "A line of links inside the article.",
    "portal/remove": "The portal's profile names this element as no article text.",
    "media/caption": "Describes a picture.",
    "hidden": "CSS hides it from the reader.",
    "field/title": "The headline; it stands in the record's title.",
    "field/subtitle": "The second headline; it stands in the record's subtitle.",
    "field/date": "The date line; it stands in the record's published.",
    "field/source": "The source line; it stands in the record's source.",
    "field/author": "The author line; it stands in the record's author.",
    "field/reporters": "The reporters' line; it stands in the record's reporters.",
    "field/correspondents": "The correspondents' line; it stands in the record's correspondents.",
    "field/editor": "The editor line; it stands in the record's editor.",
    "field/column": "The column line; it stands in the record's column.",
    "field/lead": "The page's summary box; it stands in the record's lead.",
    "field/credit": "Credits of photographers, proofreaders and others whom no field of the record names.",
    "field/label": "The label of a field whose value stands beside it.",
    "repeat/lead": "The summary box says what the article says again; the copy in the article stays.",
    "repeat/paragraph": "Says again what an earlier paragraph of the article says.",
    "chrome/register": "Log-in and registration.",
    "chrome/share": "Share buttons.",
    "chrome/recommend": "Heading of recommended, related or ranked articles.",
    "chrome/comments": "Comment counters and boxes.",
    "chrome/app": "Promotion of an app, an account or a QR code.",
    "chrome/browser": "What the page says of browser, scripts, players and loading.",
    "chrome/player": "Buttons and times of a player.",
    "chrome/print": "Print, close, bookmark, send.",
    "chrome/font": "Switch of the type size.",
    "chrome/paging": "Links to other pages or the neighbouring articles.",
    "chrome/back": "Link back to a front page, list or the top.",
    "chrome/tags": "Keywords of the page.",
    "chrome/breadcrumb": "Where the page stands in the portal.",
    "chrome/copyright": "Copyright, licence and registration lines.",
    "chrome/clock": "The time of a turn in a live interview.",
    "chrome/contact": "How to reach the portal.",
    "chrome/disclaimer": "The portal's notes on responsibility and rights.",
    "chrome/report": "Where to complain.",
    "chrome/end-mark": "A mark that the article ends.",
    "chrome/rule-line": "Punctuation only: a rule, a separator, a bullet.",
    "chrome/mood": "The mood widget: a run of mood words to vote for.",
    "chrome/counters": "What readers did with it, in numbers, and the buttons to do it.",
    "chrome/subscribe": "What must be paid for, or needs a log-in.",
    "chrome/continue": "A call to read on.",
    "chrome/advert": "Marks an advertisement.",
    "chrome/original-title": "The headline under which another outlet printed the article.",
    "chrome/mail-header": "Who sent a post from where: headers and signatures of bulletin boards.",
    "chrome/edit": "A link to edit the text.",
    "chrome/stamp": "The time of a post or an article, and what stands with it, before or after the text.",
    "chrome/phrase": "A line that the portal's profile names as chrome.",
}


def explain_rule(rule: str) -> str:
    """What a rule takes out, in one sentence; ``rule`` is a stable id such as ``chrome/share``.

    :raises KeyError: there is no such rule.
    """
    return EXPLANATIONS[rule]


def rules_digest(portal: Portal | None) -> str:
    """12 hex digits over the profile, ``RULES`` and the versions of the libraries that cleaning asks."""
    profile = msgspec.json.encode(portal, order="sorted") if portal else b""
    libraries = " ".join(f"{name}={_version(name)}" for name in ("trafilatura", "lxml", "opencc"))
    return hashlib.sha256(b"\0".join((profile, str(RULES).encode(), libraries.encode()))).hexdigest()[:12]


@cache
def _version(name: str) -> str:
    return version(name)
