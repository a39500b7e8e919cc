"""Folders of invented pages with gold, for the tests of evaluate."""

import json
from pathlib import Path
from typing import Any

TEXT = (
    "今年以来，临澜市围绕老旧小区改造做了三件事，居民的满意度有了明显提高。",
    "第一件事是把供热管网换了一遍，冬天的室温平均提高了两度，投诉少了一半。",
    "第二件事是在小区之间修了步道，老人晚饭后散步不用再走机动车道了。",
    "第三件事是把停车位重新画线，夜里的消防通道从此没有再被堵过。",
)
TITLE = "临澜老旧小区改造"


def write_sample(folder: Path, body: str = "", *, name: str = "gold.json", **gold: Any) -> Path:
    """A folder with a page (``body`` after the four sentences of ``TEXT``) and its gold."""
    folder.mkdir(parents=True)
    paragraphs = "".join(f"<p>{text}</p>" for text in TEXT)
    head = f'<head><meta charset="utf-8"><title>{TITLE}</title></head>'
    html = f"<html>{head}<body><h1>{TITLE}</h1><div>{paragraphs}{body}</div></body></html>"
    (folder / "page.html").write_text(html, encoding="utf-8")
    (folder / name).write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
    return folder
