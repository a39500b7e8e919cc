"""Dates of publication as pages print them."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from cleaners.series import to_number

_PLAIN = r"(?P<year>(?:19|20)\d\d)\s*[-年/.－]\s*(?P<month>\d{1,2})\s*[-月/.－]\s*(?P<day>\d{1,2})\s*日?"
# Taiwan counts the years of the Republic: 「民國93年12月7日」, 「日期：109-05-21」.
# 「93/12/07」 that begins a line is no Western year: there were no such pages yet.
_ROC = (
    r"(?:(?:民國|民国)\s*(?=\d{2,3}\D)|日期\s*[:：]\s*(?=1[0-2]\d\D)|(?:發[布佈]|張貼|刊登|公告)(?:時間|日期)\s*[:：]\s*(?=\d{2,3}\D)|^\s*(?=(?:8\d|9[0-6]|1[0-2]\d)/))"
    r"(?P<roc>\d{2,3})\s*[-年/.]\s*(?P<roc_month>\d{1,2})\s*[-月/.]\s*(?P<roc_day>\d{1,2})(?!\d)\s*日?"
)
# 「12/22/2017 - 09:30」, as Drupal and ``apub:time`` write it: the month first.
_AMERICAN = r"(?<![\d/])(?P<us_month>\d{1,2})/(?P<us_day>\d{1,2})/(?P<us_year>(?:19|20)\d\d)(?![\d/])\s*-?"
_WRITTEN = (
    r"(?P<han_year>[一二][〇○零Ｏ０九][〇○零Ｏ０一二三四五六七八九]{2})年"
    r"(?P<han_month>[一二三四五六七八九十]{1,2})月(?P<han_day>[一二三四五六七八九十]{1,3})日"
)
# 「(Thu Jul  4 22:13:40 2013)」 of bulletin boards
_CTIME = (
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\s+(?P<c_month>[A-Z][a-z]{2})\s+(?P<c_day>\d{1,2})"
    r"\s+(?P<c_clock>\d{2}:\d{2}:\d{2})\s+(?P<c_year>(?:19|20)\d\d)"
)
_DATE = re.compile(
    rf"(?:{_PLAIN}|{_ROC}|{_AMERICAN}|{_WRITTEN})"
    r"(?:[,，]?\s*[（(]?\s*(?:星期|周|週)[一二三四五六日天]\s*[)）]?)?"
    r"(?:[\sT,，]*(?P<noon>上午|下午|晚上|[AaPp][Mm])?\s*(?P<hour>\d{1,2})\s*[:：時时点]\s*(?P<minute>\d{2})(?:\s*[:：分]\s*(?P<second>\d{2})秒?)?分?"
    rf"(?:\s*(?P<after>[AaPp][Mm]))?)?|{_CTIME}",
)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_HAN_DIGITS = str.maketrans("〇○零Ｏ０一二三四五六七八九", "00000123456789")
_ROC_EPOCH = 1911
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_PARTS = ("{}year {}month {}day".format(*[prefix] * 3).split() for prefix in ("", "us_", "han_", "c_"))
_GROUPS = (*map(tuple, _PARTS), ("roc", "roc_month", "roc_day"))

# What the word before a date says of it; the lower, the likelier the day of publication.
_RANKS = (
    (0, re.compile(r"(?:发布|發佈|發布|发表|發表|刊发|发稿|发文|见报|首发|上传)(?:时间|時間|日期)[\s:：]*$")),
    (2, re.compile(r"(?:更新|修改|修订|最后编辑|最後編輯)[\s于於]*(?:时间|時間|日期)?[\s:：]*$")),
    (3, re.compile(r"(?:成文|签发|印发|制发|生成|公开|裁判|判决)(?:时间|日期)?[\s:：]*$")),
    (
        9,
        re.compile(
            r"(?:访谈|訪談|采访|採訪|访问|座谈|拍摄|直播|活动|录制|会议|举办|开始|结束|截止|生效|施行|出生|注册|註冊|加入|登录)(?:时间|時間|日期)[\s:：]*$|(?:建立|创建|成立|注册|开通|推荐文章)[于於]?[\s:：]*$"
        ),
    ),
)

SPAN_RANK = 4
"""Rank of the beginning of a span of time."""

# 「10:00—11:00」: how long something took; an article is published at one moment.
_SPAN = re.compile(r"\s*(?:[—–~～\-至到]|－)+\s*\d{1,2}\s*[:：时]")
_UNLABELLED = 1
_NEVER = 9
_LABEL_CHARS = 12
_BEIJING = timezone(timedelta(hours=8))


class Dated(NamedTuple):
    """A date in a text."""

    value: str
    """``YYYY-MM-DD``, ``YYYY-MM-DDThh:mm+08:00`` or with seconds."""

    rank: int
    """0: said to be that of publication; 1: no word before it; 2: of an update; 3: of a document; 4: a span of time begins."""


def find_dates(text: str) -> Iterator[Dated]:
    """The dates of a text; those of interviews, meetings and births are left out.

    >>> [tuple(found) for found in find_dates("更新时间：2019-03-06 发布时间：2019-03-05 访谈时间：2019-03-01")]
    [('2019-03-06', 2), ('2019-03-05', 0)]
    """
    text = text.translate(_WIDE_DIGITS)
    for found in _DATE.finditer(text):
        begin = found.start("roc") if found["roc"] else found.start()
        before = text[max(0, begin - _LABEL_CHARS) : begin]
        rank = next((rank for rank, label in _RANKS if label.search(before)), _UNLABELLED)
        if rank != _NEVER and (value := _value(found)):
            yield Dated(value, SPAN_RANK if _SPAN.match(text, found.end()) else rank)


def parse_published(text: str) -> str | None:
    """The first date of a text in the precision given, or None.

    >>> parse_published("2018年11月13日 10:12"), parse_published("2018-08-06"), parse_published("昨天")
    ('2018-11-13T10:12+08:00', '2018-08-06', None)
    """
    return next((value for value in map(_value, _DATE.finditer(text.translate(_WIDE_DIGITS))) if value), None)


def parse_instant(text: str) -> str | None:
    """The date of a ``<meta>`` or data: one that names its own zone as the hour in Beijing.

    >>> parse_instant("2023-09-25T16:00:00.000Z"), parse_instant("2019-03-05 10:22")
    ('2023-09-26T00:00:00+08:00', '2019-03-05T10:22+08:00')
    """
    try:
        instant = datetime.fromisoformat(text.strip())
        is_zoned = instant.tzinfo is not None
        return parse_published(instant.astimezone(_BEIJING).isoformat(timespec="seconds") if is_zoned else text)
    except (ValueError, OverflowError):
        return parse_published(text)


def without_dates(text: str) -> str:
    """The text with a space in each date's place."""
    return _DATE.sub(" ", text.translate(_WIDE_DIGITS))


def _value(found: re.Match[str]) -> str:
    year, month, day = _day(found)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ""
    date = f"{year:04d}-{month:02d}-{day:02d}"
    if found["c_clock"]:
        return f"{date}T{found['c_clock']}+08:00"
    if not found["hour"]:
        return date
    hour, minute = int(found["hour"]), int(found["minute"])
    half = (found["noon"] or found["after"] or "").upper()
    hour = hour % 12 if half == "AM" else hour + 12 if half in ("下午", "晚上", "PM") and hour < 12 else hour
    if hour > 23 or minute > 59 or int(found["second"] or 0) > 59:
        return date
    return f"{date}T{hour:02d}:{minute:02d}" + (f":{found['second']}" if found["second"] else "") + "+08:00"


def _day(found: re.Match[str]) -> tuple[int, int, int]:
    """Year, month and day; month 0 where the name is none."""
    year, month, day = next(found.group(*names) for names in _GROUPS if found[names[0]])
    if found["roc"]:
        return int(year) + _ROC_EPOCH, int(month), int(day)
    if found["han_year"]:
        return int(year.translate(_HAN_DIGITS)), to_number(month) or 0, to_number(day) or 0
    if found["c_year"]:
        return int(year), _MONTHS.index(month) + 1 if month in _MONTHS else 0, int(day)
    return int(year), int(month), int(day)
