"""Series: the column that an article stands in, and which of its episodes it is."""

import re
from collections.abc import Iterable
from typing import NamedTuple

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_CIRCLED = {char: number for number, char in enumerate("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", 1)}
_NUMBER = r"[一二三四五六七八九十百零\d]{1,5}"
_KIND = "(?:访谈|訪談|报道|報導|专访|專訪|采访|节目|人物|对话|讲座|直播)"
_NTH = rf"(?:总\s*)?第\s*(?P<nth>{_NUMBER})\s*[期集回讲講]"
_END = r"(?=[\s:：|｜丨·，,。；;！)）】\]”」》—\-]|$)"
_OPEN, _CLOSE = '[“「《【『"]', '[”」》】』"]'
_QUOTED = rf"{_OPEN}(?P<name>[^“”「」《》【】『』\"。！？]{{2,24}}){_CLOSE}"

# Of magazines, classes, building works and bonds 第12期 is no episode; 2015年第12期 never is.
_NO_SERIES = r"(?<!周刊)(?<!月刊)(?<!杂志)(?<!学报)(?<!年)(?<!班)(?<!培训)(?<!工程)(?<!项目)(?<!国债)(?<!基金)"

# 「“所长话平安”系列访谈的第一期」, 「“我和我的县城”系列访谈之五」, 「“…”系列访谈④」
_SERIES = re.compile(
    rf"{_QUOTED}\s*(?:大型|专题|主题|网络|高端)*系列(?:\s*{_KIND}(?:栏目)?|(?=的?\s*第|[（(]?\s*之))"
    rf"(?:的?\s*{_NTH}{_END}|\s*[（(]?\s*之\s*(?P<of>{_NUMBER})\s*[)）]?|\s*[（(](?P<in>{_NUMBER})[)）]|\s*(?P<circle>[①-⑳]))?"
)

# 「【江岸会客厅】第8期」, 「《江岸会客厅》栏目第8期」
_RUBRIC = re.compile(rf"{_QUOTED}\s*(?:栏目|节目|{_KIND})?的?\s*{_NTH}{_END}")

# A whole headline or line: 「江岸会客厅第12期：…」, 「我和我的县城系列访谈④」, 「第十二期」
_LINE_HEAD = re.compile(
    rf"[（(【\[]?\s*(?P<name>(?!期数)[\u3400-\u9fffA-Za-z0-9·]{{2,14}}?)?(?P<series>系列{_KIND})?\s*[|｜丨·]?\s*(?:期数\s*[:：]?\s*)?"
    rf"(?:{_NTH}{_END}|之(?P<of>{_NUMBER}){_END}|(?P<circle>[①-⑳]))"
)
_NAMED_BEHIND = re.compile(rf"系列{_KIND}\s*[:：]\s*(?P<name>[^\s（(:：。]{{2,20}})\s*[（(]\s*之?\s*(?P<of>{_NUMBER})\s*[)）]")

# In running text the number must be that of a programme: 「本期是…的第一期」, not 「第三期学员」.
_SPOKEN = re.compile(
    rf"系列{_KIND}?(?:栏目|节目)?的?\s*第\s*(?P<direct>{_NUMBER})\s*[期集](?!学员|工程|间|货|刊|班|培训)|(?:系列|栏目|节目|访谈|訪談|专栏|本期)[^。！？]{{0,16}}?{_NO_SERIES}{_NTH}(?=[\s，,。；;！：:的）)]|节目|访谈|嘉宾|$)"
)
_MAX_LINE = 60


class Series(NamedTuple):
    """What a text says of the series; None where it is silent."""

    column: str | None = None
    episode: int | None = None


def find_series(lines: Iterable[str], paragraphs: Iterable[str]) -> Series:
    """The series of an article, from its headlines and rubrics, then from its first paragraphs.

    >>> find_series(["江岸会客厅第12期：谈阅读"], [])
    Series(column='江岸会客厅', episode=12)
    >>> find_series([], ["今天是“所长话平安”系列访谈的第一期。", "第三期学员来自乡镇。"])
    Series(column='所长话平安', episode=1)
    """
    found = [*map(parse_series, lines), *map(_spoken, paragraphs)]
    column = next((series.column for series in found if series.column), None)
    return Series(column, next((series.episode for series in found if series.episode), None))


def parse_series(line: str) -> Series:
    """What a headline or a rubric says.

    >>> parse_series("【江岸会客厅】第8期"), parse_series("棚改第二期工程开工")
    (Series(column='江岸会客厅', episode=8), Series(column=None, episode=None))
    """
    line = line.strip(" \u3000|")
    if len(line) > _MAX_LINE:
        return Series()
    if quoted := _quoted(line):
        return quoted
    if behind := _NAMED_BEHIND.search(line):
        return Series(behind["name"], to_number(behind["of"]))
    found = _LINE_HEAD.match(line)
    if found is None or (found["name"] and _is_no_series(found["name"])) or (found["of"] and not found["series"]):
        return Series()
    return Series(found["name"], _episode(found))


def to_number(text: str) -> int | None:
    """A number below 1,000 in Chinese or Arabic digits.

    >>> to_number("十二"), to_number("二十"), to_number("15"), to_number("一百零三")
    (12, 20, 15, 103)
    """
    if text.isdigit():
        return int(text) or None
    total, digit = 0, 0
    for char in text:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS.get(char, 0)
    return total + digit or None


def _spoken(paragraph: str) -> Series:
    spoken = _SPOKEN.search(paragraph)
    return _quoted(paragraph) or Series(None, to_number(spoken["direct"] or spoken["nth"]) if spoken else None)


def _quoted(text: str) -> Series | None:
    """A series or rubric in quotes."""
    found = _SERIES.search(text) or _RUBRIC.search(text)
    return None if found is None or _is_no_series(found["name"]) else Series(found["name"], _episode(found))


def _is_no_series(name: str) -> bool:
    return re.search(_NO_SERIES + "$", name) is None


def _episode(found: re.Match[str]) -> int | None:
    groups = found.groupdict()
    if circle := groups.get("circle"):
        return _CIRCLED[circle]
    return to_number(next((value for name in ("nth", "of", "in") if (value := groups.get(name))), "0"))
