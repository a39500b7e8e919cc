"""A whole record to vary, for tests that need one."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from cleaners.article import Article, Raw, Record, Removed, Speaker, Turn
from output.corpus import encode_line, replacing

PARAGRAPHS = ("今天的嘉宾是李勇霖。", "记者：李市长，你好！", "李勇霖：你好。")


def record(**fields: Any) -> Record:
    """The record of a short interview, with ``fields`` in place of its own."""
    return msgspec.structs.replace(_RECORD, **fields)


def write_items(path: Path, items: Iterable[object]) -> None:
    """Write the items as JSONL in place of ``path``, whole or not at all."""
    with replacing(path) as (file,):
        file.writelines(map(encode_line, items))


def article() -> Article:
    """The short interview with the two blocks that are not its text."""
    places = {1: ("分享到", "chrome/share"), 4: ("责任编辑：赵佳俊", "field/editor")}
    removed = tuple(
        Removed(id=_RECORD.id, page=0, block=block, xpath=f"/html/body/p[{block + 1}]", text=text, rule=rule, evidence=text)
        for block, (text, rule) in places.items()
    )
    return Article(record(), removed)


_RECORD = Record(
    id="3f0c1a9be27d4458",
    url="https://jl.ifeng.com/a/20181113/7024738_0.shtml",
    portal="jl_ifeng",
    title="网络访谈之梅河口",
    source="中国吉林网",
    editor="赵佳俊",
    published="2018-11-13T10:12+08:00",
    script="Hans",
    text="\n".join(PARAGRAPHS),
    turns=(
        Turn(speaker="记者", label="记者", role="interviewer", text="李市长，你好！", spans=((14, 21),)),
        Turn(speaker="李勇霖", label="李勇霖", role="guest", text="你好。", spans=((26, 29),)),
    ),
    speakers=(Speaker("记者", "interviewer", None, None, (11, 13)), Speaker("李勇霖", "guest", "市长", (15, 17), (22, 25))),
    removed=2,
    blocks=((0, 0), (0, 2), (0, 3)),
    raw=(Raw("https://jl.ifeng.com/a/20181113/7024738_0.shtml", "0" * 64),),
    rules="0" * 12,
)
