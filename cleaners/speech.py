"""Speaker labels at the head of a paragraph."""

import re
from typing import NamedTuple

from cleaners.script import to_simplified


class Label(NamedTuple):
    """A speaker label at the head of a paragraph."""

    name: str
    """As printed, without colon and brackets."""

    start: int
    """Offset of the first character of the speaker's own words."""


_ROLE_WORDS = {
    "interviewer": "记者 主持人 主持 问 本报记者 本网记者 采访人 采访者 编辑部 提问 q",
    "guest": "嘉宾 答 受访者 受访人 被采访人 专家 回答 a",
    "audience": "网友 网民 观众 听众 读者 市民 现场观众",
    "narrator": "解说 旁白 画外音 同期声 字幕",
}
ROLE_OF_WORD = {word: role for role, words in _ROLE_WORDS.items() for word in words.split()}

_NOT_NAMES = frozenset(
    """原标题 标题 来源 责任编辑 编辑 责编 作者 图为 图 注 注意 时间 地点 日期 电话 邮编 地址 邮箱 网址
    编者按 导语 摘要 关键词 提示 备注 说明 附 附件 姓名 性别 民族 籍贯 出生 学历 职务 简介 人物简介
    嘉宾简介 主办 承办 协办 监制 策划 统筹 摄影 摄像 文字 制图 制作 校对 审核 标签 分享到 上一篇 下一篇
    相关阅读 延伸阅读 推荐阅读 通讯员 本文来源 资料图 版权声明 免责声明 热线 传真 联系人 联系电话
    投稿邮箱 微信号""".split()
)

_OPEN, _CLOSE = r"\[【〔［", r"\]】〕］"
_NAME = r"[\u3400-\u9fffA-Za-z·•.]{1,12}?"
_BRACKETED = re.compile(rf"[\s\-—•·]*[{_OPEN}]\s*(?P<name>[^{_CLOSE}，。！？]{{1,16}})\s*[{_CLOSE}]\s*[:：]?\s*")
_PLAIN = re.compile(
    rf"[\s\-—•·]*(?P<name>{_NAME}(?:\s*[（(][^）)。！？]{{1,20}}[）)])?(?:\s*[“\"「][^”\"」]{{1,12}}[”\"」])?)\s*[:：]\s*",
    re.UNICODE,
)
_SENTENCE_END = re.compile(r"[。！？!?…；;][”’」』）)\]]*$")


def parse_label(text: str) -> Label | None:
    """The speaker label that ``text`` begins with, or None; whether it is one is for the whole interview to decide.

    >>> parse_label("记者：好的"), parse_label("【主持人】各位网友好"), parse_label("来源：示例网")
    (Label(name='记者', start=3), Label(name='主持人', start=5), None)
    """
    found = _BRACKETED.match(text) or _PLAIN.match(text)
    if not found:
        return None
    name = found["name"].strip()
    if to_simplified(base_name(name)) in _NOT_NAMES or name.isdigit():
        return None
    return Label(name, found.end())


def base_name(label: str) -> str:
    """A label without what stands in parentheses or quotes: ``主持人(王示例)`` → ``主持人``."""
    return re.sub(r"\s*[（(“\"「].*", "", label).strip()


def is_speech(text: str) -> bool:
    """Whether a line is a turn: a speaker label, then words that end like a sentence."""
    label = parse_label(text)
    return label is not None and bool(_SENTENCE_END.search(text[label.start :]))
