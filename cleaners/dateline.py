"""Datelines: who sends a report from where, at the head of its first paragraph."""

import re
from typing import NamedTuple

_HAN = "\u3400-\u9fff"
_OWN = r"(?:本[报報刊社网網台站]|[晚早晨日商]报)"
_AGENCY = rf"(?:新华社|新華社|中新社|中央社|法新社|美联社|路透社|塔斯社|共同社|韩联社|[{_HAN}]{{2,6}}?[网網报報社])"

_KNOWN = re.compile("新华|新華|中新|中央社|法新|美联|路透|本")

# 「专电」, 「特讯」 and 「综合讯」 name no place.
_NO_PLACE = "(?!记者|記者|综合|綜合|最新|最近|有关|独家|[专專特快简简])"
_PLACE = rf"{_NO_PLACE}[{_HAN}]{{2,8}}?(?:[、/][{_HAN}]{{2,6}}){{0,2}}"
_DAY = r"(?:\d{1,2}\s*月)?\s*(?:\d{1,2}\s*日)?"

# 「新华社长春11月13日电（记者 张立冬）」, 「本报讯（记者 岑远 通讯员 郑小满）」, 「据新华社电」
_SENT = re.compile(
    rf"[（(〔【\[]?\s*(?:[{_HAN}]{{2,6}}[/／])?(?P<cited>[据據])?\s*(?P<agency>{_OWN}|{_AGENCY})\s*[／/]?\s*(?P<place>{_PLACE})?\s*(?P<day>{_DAY})\s*[专專特综快简]?(?P<way>[电電]|[讯訊]|消息)"
    r"\s*(?:[〕】\]]|(?=[\s（(：:，,）)]|$)|(?<=[电電])(?![视視话話力台影子脑腦商气氣动動网網池站器梯车車讯訊]))[)）]?"
    rf"(?:\s*[（(【]\s*(?P<credit>[^（()）【】。]{{2,60}}?)\s*[)）】]|\s*(?P<said>[记記]者[\s{_HAN}、]{{2,24}}?[报報][道導](?=[\s：:，,])))?"
)

# 「（中央社記者王小明台北11日電）」
_SENT_BY = re.compile(rf"[（(〔【\[]\s*(?P<agency>{_AGENCY})(?P<credit>[記记]者[^（()）〔〕【】。]{{2,40}}?[电電])\s*[)）〕】\]]")

# 「〔記者林書宇／台中報導〕」, 「（记者 张立冬）」, 「記者林書宇／台中報導」
_CREDIT = re.compile(
    rf"(?:(?:【[{_HAN}]{{2,10}}】\s*)?[（(〔【\[]\s*(?P<in>[^（()）〔〕【】\[\]。，：]{{0,12}}[記记]者[^（()）〔〕【】\[\]。，]{{2,50}})[)）〕】\]]"
    rf"|(?P<credit>[記记]者[{_HAN}、]{{2,14}}\s*[／/]\s*[{_HAN}]{{2,4}}[報报][導道导]))"
)


class Dateline(NamedTuple):
    """The head of a report; empty where it is silent."""

    agency: str = ""
    """Who sends it, e.g. ``新华社``; the paper that calls itself 本报 is none."""

    place: str = ""
    """From where, e.g. ``长春``."""

    credit: str = ""
    """Who reports, as printed, e.g. ``记者 张立冬``."""

    end: int = 0
    """Offset behind it."""


def parse_dateline(text: str) -> Dateline | None:
    """The dateline that a text begins with, or None.

    >>> parse_dateline("新华社长春11月13日电（记者 张立冬）今天上午，")
    Dateline(agency='新华社', place='长春', credit='记者 张立冬', end=20)
    >>> parse_dateline("本报讯 昨天，") and parse_dateline("新华社记者在现场看到，")
    """
    if found := _SENT_BY.match(text):
        return Dateline(found["agency"], "", found["credit"], found.end())
    if (found := _SENT.match(text)) and _is_sent(found):
        agency = "" if re.fullmatch(_OWN, found["agency"]) else found["agency"]
        return Dateline(agency, found["place"] or "", found["credit"] or found["said"] or "", found.end())
    found = _CREDIT.match(text)
    return Dateline(credit=found["in"] or found["credit"], end=found.end()) if found else None


def _is_sent(found: re.Match[str]) -> bool:
    """Whether an outlet that nobody knows is more than words of a sentence: with it the day must stand, or nothing between."""
    if found["day"].strip():
        return True
    if _KNOWN.match(found["agency"]):
        return found["way"] != "消息" or not found["place"]
    return found["way"] not in "电電" and not found["place"] and not found["cited"]
