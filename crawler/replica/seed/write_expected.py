"""Write ``expected.json`` beside this file: what must come out of ``page.html``, read from ``seed.txt`` alone.

Imports nothing of the project, so that it cannot share a mistake with it. Punctuation is full-width, as on the page.
"""

import json
import re
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
INTERVIEWER, GUEST = "记者", "李勇霖"
PARAGRAPHS, TURNS = 15, 13

# The corpus the text comes from made these narrow; between digits (`18.6%`, `1:0`) they were never wide.
_NARROW = re.compile(r"(?<!\d)[,:;!?()]|[,:;!?()](?!\d)")
_WIDTHS = dict(zip(",:;!?()", "，：；！？（）", strict=True))


def expected() -> dict[str, Any]:
    """The record's fields that the text gives."""
    text = _NARROW.sub(lambda found: _WIDTHS[found[0]], (FOLDER / "seed.txt").read_text(encoding="utf-8"))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    source_at, back_at = lines.index("来源：中国吉林网"), lines.index("吉林新闻")
    lead, *paragraphs = lines[source_at + 1 : back_at]
    turns = [turn for turn in map(_turn, paragraphs) if turn]
    assert lead == paragraphs[0]  # noqa: S101 -- a script that checks what it read
    assert (len(paragraphs), len(turns)) == (PARAGRAPHS, TURNS)  # noqa: S101 -- the same
    text = "\n".join(paragraphs)
    return {
        "title": lines[source_at - 1],
        "source": lines[source_at].partition("：")[2],
        "editor": lines[back_at + 1].strip("[]").partition("：")[2],
        "author": None,
        "published": None,
        "lead": lead,
        "text": text,
        "turns": turns,
        "speakers": [
            _speaker(INTERVIEWER, "interviewer", None, text),
            _speaker(GUEST, "guest", re.search(rf"我们邀请到是(.+?){GUEST}", text), text),
        ],
    }


def _turn(paragraph: str) -> dict[str, Any] | None:
    label, colon, words = paragraph.partition("：")
    roles = {INTERVIEWER: "interviewer", GUEST: "guest"}
    return {"speaker": label, "label": label, "role": roles[label], "text": words} if colon and label in roles else None


def _speaker(name: str, role: str, office: re.Match[str] | None, text: str) -> dict[str, Any]:
    """With the places of the words: the name's in the first label."""
    label = text.index(f"\n{name}：") + 1
    return {
        "name": name,
        "role": role,
        "office": office[1] if office else None,
        "office_span": office.span(1) if office else None,
        "name_span": [label, label + len(name)],
    }


if __name__ == "__main__":
    (FOLDER / "expected.json").write_text(json.dumps(expected(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
