"""Roles: who of an interview asks, answers, listens or tells, by what the words say and by how each voice takes part."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cleaners.article import Role
from cleaners.names import Voice
from cleaners.offices import INTRODUCTION


class Manner(NamedTuple):
    """How a voice takes part in the interview."""

    turns: int = 1
    asked: int = 0
    """Those of them that end with a question mark."""

    leads: int = 0
    """Those in which it leads through the conversation: welcomes, gives the floor, closes."""

    opens: bool = False
    """Whether its greeting opens the conversation."""

    wants: int = 0
    """Turns that end with a question mark or announce a question."""

    @property
    def share(self) -> float:
        return self.asked / self.turns


# So many questions are no asking back.
_OFTEN = 3

_LEADS_OFTEN = 2

# Who asks in every third turn interviews one who asks in every tenth.
_FAR_MORE = 3
_SOME = 0.1

# 「下面请」, 「欢迎收看」, 「发布会到此结束」: what a host says and hardly anybody else.
# The characters that one of them begins with come first: most places of a text begin none.
_LEADS = re.compile(
    "(?=[下首接这欢请把时今本最继开感我有来先发访节活会对采论])(?:"
    r"(?:下面|首先|接下来)(?:进入|有请|请|我们请|把时间)|这里是[《“]|欢迎(?:收看|收听|来到|做客|关注)|[请把]?时间交给"
    r"|(?:今天|本期|这期).{0,16}(?:请到|邀请|请来|主持)|请(?:大家|各位|记者|媒体).{0,8}提问|(?:最后一个|下一个|继续|开始)提?问"
    r"|感谢(?:各位|大家|您|两位|三位|.{2,6})?(?:的?做客|收看|收听|接受|参与|的?到来)|我是(?:本期|今天的|节目)?主持"
    r"|我们来?(?:连线|接听|看一|看段|听一段|有请|请到)|有请[^，。！？]{2,20}|下一(?:位|个问题)|欢迎回来|(?:先|来)看大屏幕"
    r"|(?:发布会|访谈|节目|活动|会议?|对话|采访|论坛|今天).{0,8}(?:到此|就到这|结束[，。！]))"
)


# 「各位网友大家好」 opens; 「主持人好」 answers it.
_GREETS = re.compile(
    r"(?:[（(][^（()）]{1,12}[）)])?(?:各位|大家|观众|听众|网友|亲爱的|女士们|欢迎|朋友们|这里是|您正在|您现在|在座的|今天)"
)
_GREETS_CHARS = 60


def greets(words: str) -> bool:
    """Whether the first turn of a conversation opens it for the public.

    >>> greets("各位网友，大家好！今天我们请来了两位老师。"), greets("主持人好，各位网友大家好。")
    (True, False)
    """
    return _GREETS.match(words) is not None and "主持人好" not in words[:_GREETS_CHARS]


# 「我有两个问题」: the question mark may stand far before the end.
_ASKS = re.compile(
    r"(?=[想请我再能补])(?:想请?问|请问|请教|我(?:的问题|有[一两三]个问题|再?(?:问|追问))|再(?:问|追问)一?[个下]|能不能再问|补充一个问题)"
)


def asks(words: str) -> bool:
    """Whether a turn announces a question.

    >>> asks("谢谢主持人，我有两个问题。第一，钱从哪里来？第二，什么时候开工？谢谢。"), asks("谢谢您的问题。")
    (True, False)
    """
    return _ASKS.search(words) is not None


def leads(words: str) -> bool:
    """Whether a turn leads through the conversation.

    >>> leads("谢谢龙董事长。下面请大家提问。"), leads("谢谢大家，我先说三点。")
    (True, False)
    """
    return _LEADS.search(words) is not None


def of_persons(manners: Mapping[str, Manner], names: Mapping[str, str]) -> dict[str, Manner]:
    """For the key of each voice how its person takes part under all the labels that ``names`` gives the same name."""
    by_name: dict[str, list[Manner]] = {}
    for key, manner in manners.items():
        by_name.setdefault(names.get(key, key), []).append(manner)
    return {key: _sum(by_name[names.get(key, key)]) for key in manners}


def _sum(manners: Sequence[Manner]) -> Manner:
    turns, asked, led, opens, wants = zip(*manners, strict=True)
    return Manner(sum(turns), sum(asked), sum(led), any(opens), sum(wants))


def roles_of(
    voices: Iterable[Voice],
    manners: Mapping[str, Manner],
    text: str = "",
    names: Mapping[str, str] = {},
    *,
    is_asked: bool = False,
) -> dict[str, Role | None]:
    """The role of each voice by its key: words say it; else who mostly asks, or leads, interviews; the others are guests.

    Words are those of the label and of the text: 「主持人叶晚」, 「由叶晚主持」. ``names`` are full names by the voices' keys.
    """
    voices = tuple(voices)
    roles: dict[str, Role | None] = {voice.key: voice.role for voice in voices}
    rest = {voice.key: manners[voice.key] for voice in voices if voice.role is None}
    is_open = "interviewer" not in roles.values() and not is_asked
    full = {voice.key: names.get(voice.key) or voice.name or voice.key for voice in voices if voice.key in rest}
    hosts = _hosts(full, rest, text[:INTRODUCTION], is_open=is_open)
    asking = _asks_most(rest)
    if not hosts and is_open:
        hosts = asking
    else:
        hosts += [key for key in asking if rest[key].asked >= _OFTEN and rest[key].share > 0.5]
        hosts += [key for key, manner in rest.items() if manner.turns > 1 and manner.wants == manner.turns]
    if "guest" not in roles.values() and len(set(hosts)) == len(rest):
        hosts = []  # A spokesman opens and closes as well, and somebody must answer the press.
    roles.update(dict.fromkeys(hosts, "interviewer"))
    if not is_open or hosts:
        roles.update(dict.fromkeys(_nicknames(voices, rest, hosts), "audience"))
    return {key: role or "guest" for key, role in roles.items()}


def _hosts(names: Mapping[str, str], rest: Mapping[str, Manner], head: str, *, is_open: bool) -> list[str]:
    """Whom the text names as host, and who opens or leads the conversation."""
    most = max((manner.share for manner in rest.values()), default=0)
    leader = max(names, key=lambda key: rest[key].leads, default=None)
    found = []
    for key, name in names.items():
        manner = rest[key]
        is_named = is_open and _is_host(name, head) and manner.share * 2 >= most
        is_sure = is_open or manner.asked >= _OFTEN
        leads_on = (manner.opens and (is_sure or manner.leads > 0)) or (
            manner.leads >= _LEADS_OFTEN and (is_sure or key == leader)
        )
        asks_enough = manner.share * 2 >= min(most, 0.5) or manner.leads * 2 >= manner.turns > _LEADS_OFTEN
        if is_named or _is_listed_host(name, head) or _presents(name, head) or (leads_on and asks_enough):
            found.append(key)
    return found


def _nicknames(voices: Sequence[Voice], rest: Mapping[str, Manner], hosts: Sequence[str]) -> list[str]:
    """Who speaks a few times under a name that no table knows, beside somebody who speaks much more: 「[三号锅炉]」."""
    known = set(hosts)
    others = {voice.key for voice in voices if not voice.is_person and voice.key in rest and voice.key not in known}
    most = max((manner.turns for key, manner in rest.items() if key not in known), default=0)
    few = [key for key in others if rest[key].turns * _FAR_MORE <= most]
    return few if len(few) > 1 and sum(rest[key].asked > 0 for key in few) * 2 >= len(few) else []


def _asks_most(manners: Mapping[str, Manner]) -> list[str]:
    """Whose turns are questions for the most part; if that is nobody or everybody the one who asks far more than the others."""
    asks = [key for key, manner in manners.items() if manner.share > 0.5]
    if asks and len(asks) < len(manners):
        return asks
    ranked = sorted(manners, key=lambda key: manners[key].share, reverse=True)[:2]
    is_clear = len(manners) == 2 and manners[ranked[0]].share >= _FAR_MORE * max(manners[ranked[1]].share, _SOME)
    return ranked[:1] if asks or is_clear else []


def _is_host(name: str, text: str) -> bool:
    if not name or name not in text:
        return False
    says = r"(?:主持人?|记者|(?:采访|撰文|文)[ \u3000]*+[：:/／])[ \u3000]*+[：:/／]?[ \u3000]*+"
    listed = r"(?:主持人?|主播|采访)[ \u3000]*+[：:][ \u3000]*+(?:[^、，,和\s。：:]{1,8}+[、，,和 \u3000]){1,3}"
    return re.search(rf"(?:{says}|{listed}){re.escape(name)}|{re.escape(name)}[ \u3000]*主持", text) is not None


def _is_listed_host(name: str, text: str) -> bool:
    """「主持人：方舟、甘露」, 「会议由董事会秘书方舟主持。」"""
    if name not in text:
        return False
    other = r"[^、，,和\s。：:（(]{1,8}+(?:[（(][^（()）\n]{1,30}[）)])?+[、，,和 \u3000]++"
    listed = rf"(?:主\s?持\s?人?|主播|访\s?谈\s?人|采\s?访\s?[人者])[ \u3000]*[：:][ \u3000]*(?:{other}){{0,3}}"
    patterns = [rf"(?m)(?:^|[\s\u3000]){listed}{re.escape(name)}(?=(?:[、，,和（(\s][^。！？!?\n]{{0,40}})?$)"]
    if any(f"{word}主持" in text for word in ("特邀", "本期", "客座")):
        patterns.append(rf"(?:特邀|本期|客座)主持人?[^。！？!?\n]{{0,20}}{re.escape(name)}")
    if any(f"{name}{address}主持" in text for address in ("", "先生", "女士")):
        patterns.append(rf"由[^。，,！？\n]{{0,20}}{re.escape(name)}(?:先生|女士)?主持[。，；]")
    return any(re.search(pattern, text) for pattern in patterns)


def _presents(name: str, text: str) -> bool:
    """「欢迎收听《夜班电台》，我是叶晚。」"""
    opens = r"(?:这里是[《“]|欢迎(?:收听|收看))[^。！？\n]{0,30}"
    return f"我是{name}" in text and re.search(rf"{opens}(?<=[，,。])我是{re.escape(name)}", text) is not None
