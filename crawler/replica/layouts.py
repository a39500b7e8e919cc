"""How a page is laid out: the ways in which the portal's pages differ, and who gets which."""

from collections.abc import Sequence
from typing import Literal

import msgspec

Charset = Literal["utf-8", "gbk-header", "gbk-meta", "gbk-undeclared", "utf-8-undeclared", "utf-8-as-gb2312"]


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """One way to print an article. The defaults are the plainest page; a test names what it changes."""

    template: Literal["legacy", "modern"] = "legacy"
    lead: Literal["exact", "cut", "joined", "none"] = "exact"
    """The summary box: a copy of the first paragraph, the body run together and cut, the same from a later paragraph."""

    entity: Literal["", "ldquo", "rdquo", "hellip"] = ""
    """The entity in whose middle the box is cut; empty cuts between two characters."""

    date: Literal["minute", "second", "day", "dashed", "meta", "none"] = "minute"
    """How the date line is written; ``meta`` leaves it to ``og:time``."""

    source: Literal["link", "plain", "wemedia", "none"] = "link"
    editor: Literal["name", "code", "none"] = "name"
    author: bool = False
    body: Literal["p", "indent", "br"] = "p"
    labels: Literal["plain", "bold", "bold-name"] = "plain"
    """Bold takes the colon in, ``bold-name`` leaves it outside."""

    width: Literal["full", "half"] = "full"
    charset: Charset = "utf-8"
    script: Literal["Hans", "Hant"] = "Hans"
    pages: int = 1
    logo: bool = True
    """Whether the last paragraph ends with ``.ifengLogo``."""

    pictures: bool = False
    promotion: bool = False
    """Whether a line inside the body asks to scan a QR code and to load the app."""

    twin: bool = False
    """Whether the lists name the article twice, by http and by https."""

    traits: tuple[str, ...] = ()
    """What the text must hold, see :func:`crawler.replica.texts.story_of`."""

    @property
    def cases(self) -> tuple[str, ...]:
        """The layout in words, e.g. ``('legacy', 'lead-cut', 'entity-rdquo', …)``; tests look articles up by them."""
        named = {name: getattr(self, name) for name in _NAMED}
        flags = [name for name in ("author", "logo", "pictures", "promotion", "twin") if getattr(self, name)]
        values = [f"{name}-{value}" for name, value in named.items() if value]
        return (self.template, *values, f"pages-{self.pages}", *flags, *self.traits)


_NAMED = ("lead", "entity", "date", "source", "editor", "body", "labels", "width", "charset", "script")


def legacy(**changes: object) -> Layout:
    """A legacy page with these changes."""
    return msgspec.structs.replace(Layout(), **changes)


def modern(**changes: object) -> Layout:
    """A modern page with these changes: no summary box, no logo."""
    return msgspec.structs.replace(Layout(template="modern", lead="none", logo=False, date="second"), **changes)


LAYOUTS: Sequence[Layout] = (
    legacy(),
    legacy(lead="cut", entity="rdquo", labels="bold"),
    modern(),
    legacy(lead="joined", entity="ldquo", date="dashed"),
    legacy(lead="none", pictures=True, source="plain"),
    legacy(pages=2, labels="bold-name"),
    legacy(charset="gbk-meta", traits=("gbk",)),
    legacy(twin=True, date="second"),
    modern(source="none", labels="bold", traits=("braces",)),
    legacy(traits=("rare-names",), lead="cut", entity="rdquo"),
    legacy(script="Hant", traits=("both-scripts",)),
    legacy(body="br", source="wemedia"),
    legacy(width="half", lead="none"),
    legacy(date="none", editor="code"),
    modern(editor="none", pictures=True),
    legacy(pages=3, lead="joined", traits=("continued",)),
    legacy(charset="gbk-undeclared", lead="none"),
    legacy(lead="cut", entity="hellip", traits=("ellipsis",)),
    legacy(editor="none", date="day", traits=("host",)),
    legacy(charset="utf-8-as-gb2312"),
    modern(labels="bold-name", traits=("colons",)),
    legacy(body="indent", traits=("colons",), author=True),
    legacy(charset="utf-8-undeclared", lead="none", logo=False),
    legacy(date="meta", traits=("subheads",)),
    legacy(charset="gbk-header", lead="joined", entity="rdquo"),
    modern(promotion=True, date="minute"),
    legacy(promotion=True, lead="joined"),
    legacy(body="br", lead="none", labels="bold", pages=2),
    legacy(twin=True, pages=2, editor="code", lead="none"),
    legacy(width="half", body="br", labels="bold"),
    modern(twin=True, author=True),
    legacy(pictures=True, lead="cut", entity="ldquo", editor="code"),
    legacy(lead="none", traits=("no-episode",)),
    legacy(source="none", date="dashed", lead="cut", entity="rdquo"),
    modern(traits=("rare-names", "continued")),
    legacy(labels="bold-name", body="indent", pictures=True),
    legacy(lead="none", date="none", source="plain", editor="none"),
    modern(width="half"),
    legacy(pages=3, labels="bold", lead="cut", entity="ldquo"),
    legacy(source="wemedia", traits=("continued", "host")),
    modern(traits=("subheads",), labels="bold"),
    legacy(lead="joined", date="minute", logo=False),
    legacy(body="br", charset="gbk-meta", lead="none", traits=("gbk",)),
)
"""The layouts in order; article number n gets n modulo their count, so that a dozen articles hold most cases."""


def layout_of(number: int) -> Layout:
    """The layout of article ``number``; the same whatever else the site holds."""
    return LAYOUTS[number % len(LAYOUTS)]
