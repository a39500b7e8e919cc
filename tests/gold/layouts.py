"""Page layouts of portals: templates in ``src/layouts/`` with the paragraphs of one page put in."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template

_FOLDER = Path(__file__).parent / "src" / "layouts"
_SPLIT = re.compile(r"^(.*?)([:：]?)$", re.S)
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_WRAPS = {
    "plain": "$name$colon",
    "strong": "<strong>$name$colon</strong>",
    "b": "<b>$name$colon</b>",
    "name": "<b>$name</b>$colon",
    "font": '<font color="#c00000">$name$colon</font>',
    "fontb": '<strong><font color="red">$name</font>$colon</strong>',
    "blue": '<span style="color:#0070c0;font-weight:bold">$name$colon</span>',
    "split": "<strong>$name</strong><strong>$colon</strong>",
    "all": "$name$colon",
}
_SEPS = {"one": " ", "two": "  ", "wide": "　　", "nbsp": "\xa0\xa0"}
_DEFAULTS = {
    "date": "2018-11-13 10:20",
    "source": "江岸网",
    "author": "",
    "editor": "赵晴川",
    "column": "访谈",
    "layout": "people",
    "time": "",
    "lead": "",
    "sep": "one",
    "dirty": "",
    "lang": "zh-CN",
}


@dataclass(frozen=True)
class Meta:
    """What a script's head says of the page as a whole."""

    title: str
    layout: str
    head: dict[str, str]
    slug: str

    @classmethod
    def of(cls, slug: str, head: dict[str, str]) -> Meta:
        """Head lines with the defaults filled in."""
        full = _DEFAULTS | head
        return cls(full["title"], full["layout"], full, slug)


@dataclass(frozen=True)
class Line:
    """One paragraph of the article before it is put into a layout."""

    kind: str
    text: str
    label: str = ""
    role: str | None = None
    time: str = ""
    alone: bool = False
    joined: tuple[tuple[str, str, str | None], ...] = ()

    def printed(self, meta: Meta) -> tuple[str, ...]:
        """The paragraphs that a reader sees, marks for bold taken out."""
        label = _stamped(self.label, self.time, meta) if self.label else ""
        rest = "".join(_SEPS[meta.head["sep"]] + a + b for a, b, _ in self.joined)
        text = _BOLD.sub(r"\1", self.text + rest).replace("\xa0", " ")
        if label and meta.layout in CELLS:
            return (label, text)
        return (label,) if self.alone else (label + text,)


def _stamped(label: str, time: str, meta: Meta) -> str:
    style = meta.head["time"]
    if style == "prefix":
        return f"[{time}] {label}"
    return f"{label} {time} " if style == "after" else label


def _label_html(label: str, time: str, role: str | None, meta: Meta) -> str:
    if not label:
        return ""
    match = _SPLIT.match(label)
    assert match
    wrap = _WRAPS[_wrap(role, meta)]
    name = escape(match[1], quote=False)
    if meta.head["dirty"]:  # editors paste from word processors: one label in several elements, a hard space after it
        name = f'{name[:1]}<span lang="EN-US">{name[1:-1]}</span>{name[-1:] if len(name) > 1 else ""}'
        wrap = wrap.replace("$colon", "<o:p></o:p>$colon") + ("&nbsp;" if meta.head["dirty"] == "yes" else "")
    html = Template(wrap).substitute(name=name, colon=match[2])
    return _stamped(html, time, meta)


def _wrap(role: str | None, meta: Meta) -> str:
    return meta.head.get(f"wrap.{role}", meta.head.get("wrap", "plain"))


def _inner(line: Line, meta: Meta) -> str:
    pieces = [(line.label, line.text, line.role), *line.joined]
    between = _SEPS[meta.head["sep"]].replace("\xa0", "&nbsp;")
    html = between.join(_label_html(a, line.time, role, meta) + _text_html(b) for a, b, role in pieces)
    if line.kind in {"T", "Q"} and _wrap(line.role, meta) == "all":
        html = f"<strong>{html}</strong>"
    if line.kind == "T" and line.time and meta.head["time"] == "cite" and line.label:
        html += f"<cite> {line.time}</cite>"
    return html


def _text_html(text: str) -> str:
    return _BOLD.sub(r"<strong>\1</strong>", escape(text, quote=False))


def _row(line: Line, meta: Meta, forms: dict[str, str]) -> str:
    form = forms.get(f"{line.kind}.{line.role}") or forms.get(line.kind) or forms["P"]
    if "$label" in form:
        cell = _label_html(line.label, line.time, line.role, meta)
        text = _inner(Line(line.kind, line.text, role=line.role), meta)
        return Template(form).substitute(label=cell, time=line.time, text=text)
    return Template(form).substitute(text=_inner(line, meta))


def _hot(rng: random.Random, form: str) -> str:
    heads = (_FOLDER / "headlines.txt").read_text(encoding="utf-8").splitlines()
    return "\n".join(Template(form).substitute(text=h, n=rng.randint(1000000, 9999999)) for h in rng.sample(heads, 8))


def _lead_box(lines: list[Line], meta: Meta) -> str:
    if not meta.head["lead"]:
        return ""
    body = "".join(p for line in lines for p in line.printed(meta))
    cut = body[:100] + "&rdq" if meta.head["lead"] == "cut" else lines[0].text
    return f'<div class="dy_box ss_none"><div class="bg_top"></div><p>{cut}</p><div class="bg_bottom"></div></div>'


def render(meta: Meta, lines: list[Line]) -> str:
    """The whole page."""
    rng = random.Random(meta.slug)
    forms_text, _, page = (_FOLDER / f"{meta.layout}.html").read_text(encoding="utf-8").partition("\n--\n")
    forms = dict(line.split(" ", 1) for line in forms_text.splitlines())
    rows = [_row(line, meta, forms) for line in lines]
    if meta.head["dirty"]:
        empty = Template(forms["P"]).substitute(text="&nbsp;")
        rows = [
            rng.choice(("", "", empty + "\n", "<!-- 段落 -->", '<p align="center"><img src="/p.jpg" alt=""></p>\n')) + r
            for r in rows
        ]
    body = "\n".join(rows)
    values = {k: escape(v, quote=False) for k, v in meta.head.items() if "." not in k}
    hot = _hot(rng, forms.get("hot", '<li><a href="/a/$n.html">$text</a></li>'))
    return Template(page).substitute(values | {"body": body, "hot": hot, "leadbox": _lead_box(lines, meta)})


CELLS = frozenset({"livetable", "celltable"})
