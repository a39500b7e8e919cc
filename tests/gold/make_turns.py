"""Write ``turns/<slug>/page.html`` and ``gold.json`` from the page scripts in ``src/``: ``python -m tests.gold.make_turns``.

The scripts say who speaks where, so the gold comes from what was meant, not from a rule that reads labels.
``README.md`` describes the script's marks. The same scripts give the same bytes.
"""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from tests.gold.layouts import Line, Meta, render

HERE = Path(__file__).parent
_CLOSER = {"[": "]", "【": "】", "〔": "〕", "［": "］", "〖": "〗", "「": "」"}
_BULLETS = " 　-—–·•■□▲◆◇●○★☆▌"
_MARKS = {
    "B": "biography",
    "C": "caption",
    "L": "legend",
    "M": "byline-like",
    "N": "editor-note",
    "S": "subheads",
    "X": "stage-direction",
}
_TOKEN = re.compile(r"\{([a-z]+)(\d*)\}")
_GENERAL = "通用"
_SLOT = re.compile(r"<(\w+)>")
_UNITS = {"n": (12, 480), "y": (2001, 2017), "h": (3, 28), "s": (2, 9), "w": (110, 9800)}


@dataclass(frozen=True)
class Turn:
    """One turn of the gold."""

    speaker: str | None
    role: str | None
    label: str
    text: tuple[str, ...]


@dataclass
class Script:
    """One page script, read."""

    slug: str
    head: dict[str, str] = field(default_factory=dict)
    who: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    alias: dict[str, str] = field(default_factory=dict)
    body: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Bank:
    """Sentences on one subject: ``q`` questions, ``a`` answers in the first person, ``f`` facts."""

    kinds: dict[str, list[str]]
    general: Bank | None = None
    slots: dict[str, list[str]] = field(default_factory=dict)

    def fill(self, kind: str, count: int, rng: random.Random, used: set[str]) -> str:
        """``count`` sentences, those not yet used on this page first."""
        fresh = [s for s in self.kinds[kind] if s not in used]
        picked = rng.sample(fresh, min(count, len(fresh)))
        used.update(picked)
        return "".join(_numbers(s, rng) for s in picked + [self._made(kind, rng, used) for _ in range(count - len(picked))])

    def _made(self, kind: str, rng: random.Random, used: set[str]) -> str:
        """A sentence of the general grammar that this page has not had."""
        while True:
            made = rng.choice(self.general.kinds[kind]) if self.general else ""
            for _ in range(3):
                made = _SLOT.sub(lambda m: rng.choice(self.slots[m[1]]), made)
            if made not in used:
                used.add(made)
                return made


def read_banks(path: Path) -> dict[str, Bank]:
    """Sentence banks by subject."""
    banks: dict[str, Bank] = {}
    slots: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            current = banks[line[2:].strip()] = Bank({"q": [], "a": [], "f": []})
        elif line.startswith("= "):
            name, _, words = line[2:].partition(" ")
            slots[name] = words.split("|")
        elif line.strip():
            current.kinds[line[0]].append(line[2:].strip())
    return {name: replace(bank, general=banks[_GENERAL], slots=slots) for name, bank in banks.items()}


def read_scripts(folder: Path) -> Iterator[Script]:
    """Every page script of the folder, in file order."""
    for path in sorted(folder.glob("*.txt")):
        for chunk in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
            yield _read_script(chunk)


def _read_script(chunk: str) -> Script:
    slug, _, rest = chunk.partition("\n")
    head, _, body = rest.partition("\n--\n")
    script = Script(slug.strip(), body=[line for line in body.splitlines() if line.strip()])
    for line in filter(None, map(str.strip, head.splitlines())):
        key, _, value = line.partition(" ")
        if key == "who":
            name, role, office = [*value.split(" ", 2), "", ""][:3]
            script.who[name.replace("_", " ")] = (role, office or None)
        elif key == "as":
            label, name = value.rsplit(" ", 1)
            script.alias[label.strip()] = name.replace("_", " ")
        else:
            script.head[key] = value.strip()
    return script


def clean_label(raw: str) -> str:
    """The label without the colon and without brackets that stand around the whole of it."""
    label = raw.strip(_BULLETS).rstrip(":： 　")
    if label and _CLOSER.get(label[0]) == label[-1]:
        label = label[1:-1]
    return label.strip().rstrip(":：")


def _numbers(text: str, rng: random.Random) -> str:
    def one(match: re.Match[str]) -> str:
        kind = match[1]
        if kind == "p":
            return f"{rng.randint(2, 97)}.{rng.randint(0, 9)}%"
        return str(rng.randint(*_UNITS[kind])) if kind in _UNITS else match[0]

    return _TOKEN.sub(one, text)


class Builder:
    """Turns one script into lines for the layout and turns for the gold."""

    def __init__(self, script: Script, banks: dict[str, Bank]) -> None:
        self.script = script
        self.rng = random.Random(script.slug)
        self.bank = banks[script.head.get("topic", "住建")]
        self.used: set[str] = set()
        self.lines: list[Line] = []
        self.turns: list[Turn] = []
        self.long = int(script.head.get("answer", "5"))
        self.clock = 10 * 3600 + self.rng.randint(0, 40)

    def build(self) -> None:
        """Read every mark of the script's body."""
        for row in self.script.body:
            mark, _, rest = row.partition(" ")
            if mark.startswith("D"):
                self._loop(mark[1:], rest)
            elif mark.startswith("T"):
                self._turn(mark[1:], rest)
            elif mark in {"Q", "A"}:
                self._bare(mark, rest)
            elif mark == "B*":
                self._bare_loop(rest)
            else:
                self._line(mark, self._fill(rest))

    def _fill(self, text: str) -> str:
        def one(match: re.Match[str]) -> str:
            kind, count = match[1], match[2]
            if kind not in {"q", "a", "f"}:
                return match[0]
            few = int(count) if count else (1 if kind == "q" else self.long + self.rng.randint(-2, 2))
            return self.bank.fill(kind, few, self.rng, self.used)

        return _numbers(_TOKEN.sub(one, text), self.rng)

    def _line(self, mark: str, text: str) -> None:
        if mark == "+":
            last = self.turns[-1]
            self.turns[-1] = replace(last, text=(*last.text, text))
            self.lines.append(Line("T", text, role=last.role))
        else:
            self.lines.append(Line(mark, text))

    def _bare(self, mark: str, text: str) -> None:
        """``Q dashes|text``, a question without a label; ``A name|text``, an answer without one."""
        before, _, words = text.partition("|")
        words = self._fill(words)
        role = "interviewer" if mark == "Q" else self.script.who[before][0]
        self.turns.append(Turn(before if mark == "A" else None, role, "", (words,)))
        self.lines.append(Line("T", words, label=before if mark == "Q" else "", role=role))

    def _bare_loop(self, rest: str) -> None:
        """``B* count name dashes``: questions and answers without labels."""
        count, name, *dashes = rest.split(" ")
        for _ in range(int(count)):
            self._bare("Q", "".join(dashes) + "|{q}")
            self._bare("A", name + "|{a}")
            if self.rng.random() < 0.4:
                self._line("+", self._fill("{a2}"))

    def _loop(self, how: str, rest: str) -> None:
        count, _, labels = rest.partition(" ")
        names = labels.split("|")
        for index in range(int(count)):
            self._turn(how if how != "&" else "", f"{names[0]}|{{q}}")
            answerer = names[1 + index % (len(names) - 1)]
            self._turn(how, f"{answerer}|{{a}}")
            if how != "&" and self.rng.random() < 0.4:
                self._line("+", self._fill("{a2}"))

    def _turn(self, how: str, rest: str) -> None:
        raw, bar, text = rest.partition("|")
        assert bar, rest
        text = self._fill(text)
        label = clean_label(raw)
        name = self.script.alias.get(label, label)
        role = self.script.who[name][0]
        self.turns.append(Turn(name, role, label, (text,)))
        stamp = self._tick()
        if "/" in how:
            self.lines.append(Line("T", "", label=raw, role=role, time=stamp, alone=True))
            self.lines.append(Line("T", text, role=role))
        elif "&" in how:
            self._join(text, raw, role)
        else:
            self.lines.append(Line("T", text, label=raw, role=role, time=stamp))

    def _join(self, text: str, raw: str, role: str) -> None:
        last = self.lines[-1]
        self.lines[-1] = replace(last, joined=(*last.joined, (raw, text, role)))

    def _tick(self) -> str:
        self.clock += self.rng.randint(15, 140)
        return f"{self.clock // 3600}:{self.clock // 60 % 60:02}:{self.clock % 60:02}"


def seen(script: Script, builder: Builder) -> list[str]:
    """Conventions that show in the built page by themselves."""
    turns, kinds = builder.turns, {line.kind for line in builder.lines}
    colons = {t for line in builder.lines for t in line.label[-1:] + "".join(a[-1:] for a, _, _ in line.joined)}
    tests = {
        "fullwidth-colon": "：" in colons,
        "halfwidth-colon": ":" in colons,
        "continuation": any(len(t.text) > 1 for t in turns),
        "one-char-turn": any(len(re.findall(r"\w", "".join(t.text))) == 1 for t in turns),
        "same-twice": any(a.speaker == b.speaker for a, b in pairwise(turns)),
        "short-closing": len("".join(turns[-1].text)) <= 20,
        "doubled-lead": "lead" in script.head,
        "dirty-markup": "dirty" in script.head,
    }
    return [tag for tag, holds in tests.items() if holds] + [tag for mark, tag in _MARKS.items() if mark in kinds]


def gold_of(script: Script, builder: Builder, meta: Meta) -> dict[str, object]:
    """The gold record of a built page."""
    speakers = []
    for name in dict.fromkeys(t.speaker for t in builder.turns if t.speaker):
        role, office = script.who[name]
        speakers.append({"name": name, "role": role, "office": office})
    return {
        "kind": script.head.get("kind", "interview"),
        "conventions": [*script.head.get("conv", "").split(), *(seen(script, builder) if builder.turns else ())],
        "title": meta.title,
        "turns": [{"speaker": t.speaker, "role": t.role, "label": t.label, "text": "\n".join(t.text)} for t in builder.turns],
        "speakers": speakers,
        "text": "\n".join(p for line in builder.lines if line.kind not in {"C", "M"} for p in line.printed(meta)),
    }


def write_page(script: Script, banks: dict[str, Bank], folder: Path) -> None:
    """Write one page and its gold."""
    builder = Builder(script, banks)
    builder.build()
    meta = Meta.of(script.slug, script.head)
    target = folder / script.slug
    target.mkdir(parents=True)
    (target / "page.html").write_text(render(meta, builder.lines), encoding="utf-8")
    gold = json.dumps(gold_of(script, builder, meta), ensure_ascii=False, indent=1)
    (target / "gold.json").write_text(gold + "\n", encoding="utf-8")


def main() -> None:
    """Write all pages anew."""
    folder = HERE / "turns"
    shutil.rmtree(folder, ignore_errors=True)
    banks = read_banks(HERE / "src" / "prose.bank")
    for script in read_scripts(HERE / "src"):
        write_page(script, banks, folder)


if __name__ == "__main__":
    main()
