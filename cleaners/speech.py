"""Speaker labels at the head of a paragraph: how they are set."""

import re
from typing import NamedTuple

from cleaners.names import parse_printed_voice, simplify_label
from cleaners.words import ROLE_OF_WORD


class Label(NamedTuple):
    """What may be a speaker label at the head of a paragraph."""

    name: str
    """As printed, without colon and brackets."""

    start: int
    """Offset of the first character of the speaker's own words."""

    is_bracketed: bool = False


# Printed before a label: bullets, and the time in live interviews. Nothing of it is given back: 10,000 spaces took 10 s.
_CLOCK = r"(?:[\[（(]?(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s?)?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?[\])）]?\s*+)"
_LEAD = rf"[\s\-—–•·■□◆◇●○▲△▶►▼◎☉◉★☆※✦➤❖»›▌▍▎▏█┃#＃~～*>＞@→⇒➜►]*+(?:\d{{1,3}}[.、．]\s*+)?{_CLOCK}?"
_NAME = r"[\u3400-\u9fffA-Za-z0-9Ａ-Ｚａ-ｚ０-９·•. 、《》_\-]{1,32}?"
_PARENTHESES = r"(?:\s*[（(][^（()）。！？：:]{1,40}[）)])?"
_NICKNAME = r"(?:\s*(?!\[\d{1,2}[:：]\d)[“\"「『\[【〈][^”\"」』\]】〉。！？]{1,20}[”\"」』\]】〉])?"
_PLAIN = re.compile(rf"{_LEAD}(?P<name>{_NAME}{_NICKNAME}{_PARENTHESES})\s*{_CLOCK}?[:：]\s*")
_BRACKETED = re.compile(
    rf"{_LEAD}[\[【〔［〖<＜]\s*+(?P<name>(?:[\u3400-\u9fff]{{1,6}}[：:])?[^\[\]【】〔〕［］〖〗<>，。！？：:]{{1,24}}?)\s*+(?:[:：]\s*+)?[\]】〕］〗>＞]"
    # Without a colon behind them, parentheses and quotes are the speaker's: 「[主持人] （笑）您来一句？」.
    rf"(?:{_PARENTHESES}{_NICKNAME}\s*{_CLOCK}?[:：]\s*|(?<=[友民众者][\]】〕］]){_NICKNAME}\s*|\s*{_CLOCK}?)\s*"
)

# （记者） without a colon: stage directions stand in the same parentheses, so the words must be a voice's.
_IN_PARENTHESES = re.compile(rf"{_LEAD}[（(]\s*+(?P<name>[^（()），。！？：:]{{1,12}})\s*[）)]\s*+(?:[:：]\s*+)?(?=\S)")

# 「主持人 2012-09-25 10:00:48」, the words behind it or on the next line; 「[10:00:48] 主持人」 alone on its line.
_SIGN = rf"[\[【]?(?P<name>{_NAME}{_NICKNAME}{_PARENTHESES})[\]】]?"
_STAMPED = re.compile(rf"{_LEAD}{_SIGN}\s*+(?:发表于|于)?\s*+{_CLOCK}(?:[:：]\s*|说[:：]\s*)?(?=\D|$)")
_STAMPED_BEFORE = re.compile(rf"\s*+{_CLOCK}{_SIGN}\s*+(?:[:：]\s*+)?$")
_TIME = re.compile(r"\d[:：]\d\d")
_CLOCK_COLON = re.compile(r"[:：]\d\d(?!\d)")
_STAMPED_CHARS = 100
_RARE = re.compile(r"(?=.*[\u3400-\u9fff])[\u3400-\u9fffA-Za-z·]{2,10}")

# 【同期声】 of a television script, before the label of who is heard.
_HEARD = re.compile(
    r"\s*[【\[（(〔](?:同期声?|(?:记者)?采访|现场声?|实况|录音(?:报道)?|(?:采访|电话)录音|(?:电话|现场|视频)?(?:采访|连线)|视频|VCR|演播室|(?:记者)?出镜|口播)"
    r"[】\])）〕][:：]?\s*(?=\S)"
)
# 「记者｜您怎么看？」, 「记者——您怎么看？」: both stand in headlines and headings, too, so the words must be a voice's.
_BARRED = re.compile(rf"{_LEAD}(?P<name>{_NAME}{_PARENTHESES})(?:\s*+[丨｜|│/／]|\s*+[—─]{{1,2}}|\s[-–])\s*+(?=\S)")

# 「二、问：」, 「（二）问：」: what is counted is as often a task, so the words must be a role's.
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_COUNTED = re.compile(
    rf"\s*(?:{_NUMERAL}\s?[、.．]|[（(](?:{_NUMERAL}|\d{{1,3}})[）)]|\d{{1,3}}[）)])\s*+(?P<name>{_NAME}{_PARENTHESES})\s*[:：]\s*"
)

# Q. and A.
_LETTER = re.compile(r"\s*(?P<name>[QAＱＡ]\d{0,2})(?:\s*[.、．]\s*(?=[\u3400-\u9fff“])|[.．]\s+(?=\S))")
# What stands behind the name in a label.
_EXPLAINED = re.compile(r"\s*+[（(“\"‘「『\[【].*")

# What some pages print for a colon: ratio, small and vertical ones.
_AS_COLON = str.maketrans("∶﹕︰", "：：：")
_LABEL_CHARS = 60
_LONE_CHARS = 24
_SENTENCE_ENDS = frozenset("。！？!?…；;")
_CLOSING_MARKS = "”’」』）)]"
_LONE_ENDS = frozenset(':：])】〕］）”"」』〉') | frozenset("0123456789")

_NOT_NAMES = frozenset(
    """原标题 标题 来源 责任编辑 编辑 责编 作者 图为 图 注 注意 时间 地点 日期 电话 邮编 地址 邮箱 网址
    编者按 导语 摘要 关键词 提示 备注 说明 附 附件 姓名 性别 民族 籍贯 出生 学历 职务 简介 人物简介
    嘉宾简介 主办 承办 协办 监制 策划 统筹 摄影 摄像 文字 制图 制作 校对 审核 标签 分享到 上一篇 下一篇
    相关阅读 延伸阅读 推荐阅读 通讯员 本文来源 资料图 版权声明 免责声明 热线 传真 联系人 联系电话
    投稿邮箱 微信号 主题 核心提示 访谈时间 访谈地点 访谈嘉宾 访谈主题 本期嘉宾 本期主持 特邀嘉宾 对话人物 采访对象
    往期回顾 上期回顾 精彩回顾 下期预告 本期看点 网友热议 友情提示
    记者手记 采访手记 手记 编后 编后语 新闻链接 相关链接 名词解释 小贴士 记者观察 短评
    声明 温馨提示
    Excerpt Weblog Tracked Posted Comments Tags Category Author Source Date Title Email URL From To Subject
    新华社 人民网 稿源 出品 整理 记录 翻译 翻译整理 录音整理 实习生 供图 图片 配图 视频 音频""".split()
)


def parse_label(text: str) -> Label | None:
    """What may be the speaker label that ``text`` begins with; whether it is one is for the whole interview to decide.

    >>> parse_label("记者：好的"), parse_label("【主持人】各位网友好"), parse_label("来源：示例网")
    (Label(name='记者', start=3, is_bracketed=False), Label(name='主持人', start=5, is_bracketed=True), None)
    """
    head = text[:_LABEL_CHARS]
    if "∶" in head or "﹕" in head or "︰" in head:
        text = text.translate(_AS_COLON)
    begin = 0
    while heard := _HEARD.match(text, begin):
        begin = heard.end()
    speaks = _parse_label(text[begin:]) if begin else None
    if speaks and parse_printed_voice(speaks.name):
        return speaks._replace(start=begin + speaks.start)
    return _parse_label(text)


def _parse_label(text: str) -> Label | None:
    bracketed = _BRACKETED.match(text)
    stamped = _stamped(text)
    found = (
        stamped
        or bracketed
        or _counted_role(text)
        or _PLAIN.match(text)
        or _LETTER.match(text)
        or _voice_in_parentheses(text)
        or _voice_before_a_bar(text)
    )
    if not found:
        return None
    name = found["name"].strip()
    if not stamped and _is_clock(text, found):
        return None
    if is_field_name(name) or name.replace(" ", "").isdigit():
        return None
    return Label(name, found.end(), bracketed is not None)


def is_field_name(label: str) -> bool:
    """Whether a label names a field of the page, not who speaks: 来源, 责任编辑, Excerpt."""
    return simplify_label(base_name(label)) in _NOT_NAMES


def _is_clock(text: str, found: re.Match[str]) -> bool:
    """「子书00:02」, 「其木格 10:00:02」: the colon is a time's."""
    at = max(text.rfind(":", 0, found.end()), text.rfind("：", 0, found.end()))
    return at > 0 and text[at - 1].isdigit() and _CLOCK_COLON.match(text, at) is not None


def _voice_in_parentheses(text: str) -> re.Match[str] | None:
    found = _IN_PARENTHESES.match(text)
    if found is None:
        return None
    has_colon = found[0].rstrip().endswith((":", "："))
    voice = parse_printed_voice(found["name"])
    is_known = voice is not None and (voice.role is not None or voice.name != "" or has_colon)
    return found if is_known or (has_colon and _RARE.fullmatch(found["name"].strip())) else None


def _stamped(text: str) -> re.Match[str] | None:
    if not _TIME.search(text, 0, _STAMPED_CHARS):
        return None
    found = _STAMPED_BEFORE.match(text) or _STAMPED.match(text)
    is_name = found is not None and (parse_printed_voice(found["name"]) or _RARE.fullmatch(found["name"].strip()))
    return found if is_name else None


def is_stamped_label(text: str) -> bool:
    """Whether a line is a label and a time: ``主持人 2012-09-25 10:00:48``; one alone may be a byline as well.

    >>> is_stamped_label("主持人 10:00:48"), is_stamped_label("程远舟：好。"), is_stamped_label("2012-09-25 10:00:48")
    (True, False, False)
    """
    found = _stamped(text)
    return found is not None and found.end() == len(text) and parse_printed_voice(found["name"]) is not None


def _voice_before_a_bar(text: str) -> re.Match[str] | None:
    found = _BARRED.match(text)
    voice = parse_printed_voice(found["name"]) if found else None
    return found if voice and (voice.role or voice.is_person) else None


def _counted_role(text: str) -> re.Match[str] | None:
    found = _COUNTED.match(text)
    voice = parse_printed_voice(found["name"]) if found else None
    return found if voice and voice.role else None


def base_name(label: str) -> str:
    """A label without what stands in parentheses or quotes: ``主持人(王示例)`` → ``主持人``."""
    return _EXPLAINED.sub("", label).strip()


def is_speech(text: str) -> bool:
    """Whether a line is a turn: the label of a voice, then words that end like a sentence."""
    label = parse_label(text) if _ends_sentence(text) else None
    if label is None or not _ends_sentence(text[label.start :]):
        return False
    voice = parse_printed_voice(label.name)
    return voice is not None and (voice.role is not None or voice.is_person)


def _ends_sentence(words: str) -> bool:
    return words.rstrip(_CLOSING_MARKS)[-1:] in _SENTENCE_ENDS


def is_lone_label(line: str) -> bool:
    """Whether a line is a label and nothing else: ``主持人：``, or a role word without a colon.

    >>> is_lone_label("程远舟："), is_lone_label("主持人"), is_lone_label("程远舟")
    (True, True, False)
    """
    if len(line) > _LONE_CHARS or not _may_be_lone(line):
        return False
    label = parse_label(line)
    if label is not None and label.start == len(line):
        voice = parse_printed_voice(label.name)
        return voice is not None
    voice = parse_printed_voice(line) if label is None else None
    return voice is not None and voice.role is not None and line in ROLE_OF_WORD


def _may_be_lone(line: str) -> bool:
    """Whether a line ends like a label, is a role word, or has a time before what may be one."""
    return line.rstrip()[-1:] in _LONE_ENDS or line in ROLE_OF_WORD or _TIME.search(line) is not None


__all__ = ["ROLE_OF_WORD", "Label", "base_name", "is_field_name", "is_lone_label", "is_speech", "is_stamped_label", "parse_label"]
