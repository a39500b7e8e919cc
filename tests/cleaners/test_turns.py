"""Turns of interviews in every convention, and pages that only look like one."""

import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaners import clean
from cleaners.article import Speaker, Turn
from cleaners.script import fold
from cleaners.turns import Line, extract_turns
from crawler.page import Page
from crawler.replica import Truth, build_site, seed_variants
from tests.cleaners.pages import document_of, html_page, portal_for

Q1, Q2 = "供热管网今年改造得怎么样？", "明年有什么打算？"
A1, A2 = "已经全部完工了，室温提高了两度。", "我们还要再修三条步道。"


def bold(text: str) -> Line:
    """A line all of which is bold."""
    return Line(text, len("".join(text.split())), is_strong=True)


def begun_bold(prefix: str, rest: str) -> Line:
    return Line(prefix + rest, len(prefix))


def in_elements(*texts: str) -> Line:
    """A line whose parts stand each in an element of its own."""
    ends = [sum(map(len, texts[: count + 1])) for count in range(len(texts))]
    return Line("".join(texts), edges=tuple(ends[:3]))


def read(lines: Sequence[str | Line]) -> tuple[tuple[Turn, ...], tuple[Speaker, ...]]:
    """Turns and speakers of the lines; whatever they are, the law of spans holds."""
    given_lines = [line if isinstance(line, Line) else Line(line) for line in lines]
    turns, speakers = extract_turns(given_lines)
    obey_law(given_lines, turns, speakers)
    return turns, speakers


def obey_law(lines: Sequence[Line], turns: Sequence[Turn], speakers: Sequence[Speaker]) -> None:
    """Spans give the text, ascend, are apart and hold no label; a turn's speaker is one of the speakers.

    Of these spans give office and name.
    """
    text, end = "\n".join(line.text for line in lines), 0
    for speaker in speakers:
        assert speaker.office == (text[slice(*speaker.office_span)] if speaker.office_span else None)
        assert speaker.name_span is None or fold(text[slice(*speaker.name_span)]) == fold(speaker.name)
    roles = {speaker.name: speaker.role for speaker in speakers}
    assert len(roles) == len(speakers)
    for turn in turns:
        assert turn.text == "\n".join(text[a:b] for a, b in turn.spans)
        assert turn.spans
        assert turn.label in text[end : turn.spans[0][0]]
        for a, b in turn.spans:
            assert end <= a < b <= len(text)
            end = b
        assert turn.speaker is None or roles[turn.speaker] == turn.role


def said(lines: Sequence[str | Line]) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in read(lines)[0]]


HOST, MAN = "主持人", "何知秋"
Said = list[tuple[str | None, str]]
QA: Said = [("记者", Q1), (MAN, A1)]
HOST_QA: Said = [(HOST, Q1), (MAN, A1)]

CONVENTIONS: dict[str, tuple[list[str | Line], Said]] = {
    "wide-colon": ([f"记者：{Q1}", f"何知秋：{A1}"], QA),
    "narrow-colon": ([f"记者:{Q1}", f"何知秋: {A1}"], QA),
    "bold-with-colon": ([begun_bold("记者：", Q1), begun_bold("何知秋：", A1)], QA),
    "bold-before-colon": ([begun_bold("记者", f"：{Q1}"), begun_bold("何知秋", f"：{A1}")], QA),
    "bold-without-colon": ([begun_bold("记者", Q1), begun_bold("何知秋", f" {A1}")], QA),
    "square": ([f"[主持人]{Q1}", f"[何知秋]{A1}"], HOST_QA),
    "square-colon-bullet": ([f"- [主持人]：{Q1}", f"- [何知秋]：{A1}"], HOST_QA),
    "lenticular": ([f"【主持人】{Q1}", f"【何知秋】{A1}"], HOST_QA),
    "tortoise": ([f"〔主持人〕{Q1}", f"〔何知秋〕{A1}"], HOST_QA),
    "time": ([f"[10:00:01] 主持人：{Q1}", f"何知秋 10:00:40：{A1}"], HOST_QA),
    "question-answer": ([f"问：{Q1}", f"答：{A1}"], [("问", Q1), ("答", A1)]),
    "q-a": ([f"Q：{Q1}", f"A：{A1}"], [("Q", Q1), ("A", A1)]),
    "numbered-q-a": ([f"Q1：{Q1}", f"A1：{A1}", f"Q2：{Q2}", f"A2：{A2}"], [("Q", Q1), ("A", A1), ("Q", Q2), ("A", A2)]),
    "outlet": ([f"江岸网：{Q1}", f"何知秋：{A1}"], [("江岸网", Q1), (MAN, A1)]),
    "outlet-in-book-marks": ([f"《江岸周刊》：{Q1}", f"何知秋：{A1}"], [("《江岸周刊》", Q1), (MAN, A1)]),
    "named-reporter": ([f"本报记者 张立冬：{Q1}", f"何知秋：{A1}"], [("张立冬", Q1), (MAN, A1)]),
    "asker-without-a-role": (
        [f"叶晚：{Q1}", f"何知秋：{A1}", f"叶晚：{Q2}", f"何知秋：{A2}"],
        [("叶晚", Q1), (MAN, A1), ("叶晚", Q2), (MAN, A2)],
    ),
    "alone-on-its-line": (["主持人：", Q1, "何知秋：", A1], HOST_QA),
    "alone-with-parentheses": (["主持人（叶晚）：", Q1, "何知秋（局长）：", A1], HOST_QA),
    "alone-without-colon": (["主持人", Q1, "何知秋", A1, "主持人", Q2, "何知秋", A2], [*HOST_QA, (HOST, Q2), (MAN, A2)]),
    "alone-in-brackets": (["[主持人]", Q1, "[何知秋]", A1], HOST_QA),
    "office-first": (
        [f"何知秋（局长）：{A1}", f"主持人：{Q1}", f"何知秋：{A2}"],
        [(MAN, A1), (HOST, Q1), (MAN, A2)],
    ),
    "host-by-name": (
        [f"叶晚（主持人）：{Q1}", f"何知秋：{A1}", f"叶晚：{Q2}", f"何知秋：{A2}"],
        [("叶晚", Q1), (MAN, A1), ("叶晚", Q2), (MAN, A2)],
    ),
    "long-office": ([f"记者：{Q1}", f"临澜市住房和城乡建设局党组书记、局长何知秋：{A1}"], QA),
    "office-and-space": ([f"记者：{Q1}", f"临澜市住建局局长 何知秋：{A1}"], QA),
    "surname-with-title": ([f"记者：{Q1}", f"何局长：{A1}"], [("记者", Q1), ("何局长", A1)]),
    "one-paragraph": ([f"主持人：{Q1} 何知秋：{A1}"], HOST_QA),
    "one-paragraph-without-spaces": ([f"主持人：{Q1}何知秋：{A1}主持人：{Q2}何知秋：{A2}"], [*HOST_QA, (HOST, Q2), (MAN, A2)]),
    "after-a-quotation": ([f"主持人：{Q1}何知秋：他说“好。”主持人：{Q2}"], [(HOST, Q1), (MAN, "他说“好。”"), (HOST, Q2)]),
    "glued-lead": (["今天的直播间请到了何知秋。 主持人：" + Q1, f"何知秋：{A1}"], HOST_QA),
    "continued": ([f"记者：{Q1}", f"何知秋：{A1}", A2], [("记者", Q1), (MAN, f"{A1}\n{A2}")]),
    "bearer": (
        [f"主持人：{Q1}", f"申请人代表（水务公司经理何知秋）：{A1}", f"主持人：{Q2}", f"申请人代表：{A2}"],
        [(HOST, Q1), (MAN, A1), (HOST, Q2), (MAN, A2)],
    ),
    "time-behind": ([f"[主持人]：{Q1} [10:05]", f"[何知秋]：{A1}（2015-10-16 10:05:30）"], HOST_QA),
    "press-conference": (
        [f"主持人：{Q1}", f"《江岸周刊》记者：{Q2}", f"住建局局长何知秋：{A1}", f"省气象台预报员 林水生：{A2}"],
        [(HOST, Q1), ("《江岸周刊》记者", Q2), (MAN, A1), ("林水生", A2)],
    ),
    "body": (
        [f"投资者提问：{Q1}", f"公司回复：{A1}", f"投资者提问：{Q2}", f"公司回复：{A2}"],
        [("投资者", Q1), ("公司", A1), ("投资者", Q2), ("公司", A2)],
    ),
    "asker-of-any-name": (
        [f"十点人物志：{Q1}", f"何知秋：{A1}", f"十点人物志：{Q2}", f"何知秋：{A2}", f"十点人物志：{Q1}", f"何知秋：{A2}"],
        [("十点人物志", Q1), (MAN, A1), ("十点人物志", Q2), (MAN, A2), ("十点人物志", Q1), (MAN, A2)],
    ),
    "title-in-parentheses": ([f"(记者):{Q1}", f"(何老师):{A1}"], [("记者", Q1), ("何老师", A1)]),
    "same-speaker-again": ([f"记者：{Q1}", f"何知秋：{A1}", f"何知秋：{A2}"], [*QA, (MAN, A2)]),
    "two-guests": (
        [f"主持人：{Q1}", f"何知秋：{A1}", f"主持人：{Q2}", f"林水生：{A2}"],
        [*HOST_QA, (HOST, Q2), ("林水生", A2)],
    ),
    "second-guest-once": (
        ["嘉宾有何知秋和林水生。", f"主持人：{Q1}", f"何知秋：{A1}", f"林水生：{A2}"],
        [*HOST_QA, ("林水生", A2)],
    ),
    "two-hosts": ([f"男主持：{Q1}", f"女主持：{Q2}", f"何知秋：{A1}"], [("男主持", Q1), ("女主持", Q2), (MAN, A1)]),
    "round-table": (
        [f"何知秋：{A1}", f"林水生：{A2}", f"何知秋：{A2}", f"林水生：{A1}"],
        [(MAN, A1), ("林水生", A2), (MAN, A2), ("林水生", A1)],
    ),
    "latin": (
        [f"记者：{Q1}", f"John Smith：{A1}", f"记者：{Q2}", f"Smith：{A2}"],
        [("记者", Q1), ("John Smith", A1), ("记者", Q2), ("John Smith", A2)],
    ),
    "dotted": ([f"记者：{Q1}", f"阿依古丽·买买提：{A1}"], [("记者", Q1), ("阿依古丽·买买提", A1)]),
    "unknown-but-often": (
        [f"记者：{Q1}", f"甜甜圈：{A1}", f"记者：{Q2}", f"甜甜圈：{A2}"],
        [("记者", Q1), ("甜甜圈", A1), ("记者", Q2), ("甜甜圈", A2)],
    ),
    "bold-questions": (
        ["何知秋接受了江岸网的专访。", bold(Q1), A1, bold(Q2), A2, A1],
        [(None, Q1), (MAN, A1), (None, Q2), (MAN, f"{A2}\n{A1}")],
    ),
    "bold-requests": (
        [bold("请您先介绍一下今年的情况。"), A1, bold(Q2), A2],
        [(None, "请您先介绍一下今年的情况。"), (None, A1), (None, Q2), (None, A2)],
    ),
    "bold-questions-with-more": (
        ["何知秋接受了江岸网的专访。", bold(Q1), A1, bold(Q2), A2, bold("明年呢？您说过要再修三条。"), A1],
        [(None, Q1), (MAN, A1), (None, Q2), (MAN, A2), (None, "明年呢？您说过要再修三条。"), (MAN, A1)],
    ),
    "numbered-bold-questions": (
        ["小编请来了何知秋，一一解答。", bold(f"1. {Q1}"), A1, bold(f"2. {Q2}"), A2, bold(f"3. {Q1}"), A1],
        [(None, Q1), (None, A1), (None, Q2), (None, A2), (None, Q1), (None, A1)],
    ),
    "plain-questions": (
        ["何知秋接受了江岸网的专访。", "您今年修了哪些路？", A1, "您觉得够吗？", A2, "老城的管网呢？", A1, "您明年呢？", A2],
        [
            (None, "您今年修了哪些路？"), (MAN, A1), (None, "您觉得够吗？"), (MAN, A2),
            (None, "老城的管网呢？"), (MAN, A1), (None, "您明年呢？"), (MAN, A2),
        ],
    ),
    "label-in-an-element": (
        [in_elements("00:12", "叶晚", Q1), in_elements("00:18", "何知秋", A1)] * 2,
        [("叶晚", Q1), (MAN, A1)] * 2,
    ),
    "dashes": (["以下是采访实录。", f"——{Q1}", A1, f"-- {Q2}", A2], [(None, Q1), (None, A1), (None, Q2), (None, A2)]),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "turns"), CONVENTIONS.values(), ids=CONVENTIONS)
def test_conventions(lines: list[str | Line], turns: Said) -> None:
    assert said(lines) == turns


TALK: list[str | Line] = [f"记者：{Q1}", f"何知秋：{A1}"]
GO_ON: list[str | Line] = [f"记者：{Q2}", f"何知秋：{A2}"]
Q3, A3 = "你们怕不怕冷？", "不怕，我习惯了。"
THRICE = [(Q1, A1), (Q2, A2), (Q3, A3)]
TWICE_ALONE: Said = [(HOST, Q1), (MAN, A1), (HOST, Q2), (MAN, A2)]
RARE = "养老服务处处长 牧歌"


def thrice(asker: str, answerer: str, *, ask: Callable[[str], Line] = Line) -> list[str | Line]:
    """Three questions and answers behind labels of the same form."""
    return [line for question, answer in THRICE for line in (ask(asker + question), Line(answerer + answer))]


def by(asker: str | None, answerer: str | None) -> Said:
    return [pair for question, answer in THRICE for pair in ((asker, question), (answerer, answer))]


MORE_CONVENTIONS: dict[str, tuple[list[str | Line], Said]] = {
    "glued-brackets": ([f"[主持人]{Q1}[何知秋]{A1}[主持人]{Q2}[何知秋]{A2}"], TWICE_ALONE),
    "glued-nickname": (
        [f"[主持人]{Q1}[何知秋]{A1}", f"[主持人]{Q2}[何知秋]{A2}[小葱拌豆腐]钱呢？[何知秋]我去问。[小葱拌豆腐]好。"],
        [*TWICE_ALONE, ("小葱拌豆腐", "钱呢？"), (MAN, "我去问。"), ("小葱拌豆腐", "好。")],
    ),
    "glued-unknown": (
        [f"记者：{Q1} 阿木：{A1}", f"记者：{Q2} 阿木：{A2}", f"记者：{Q3} 阿木：{A3}"],
        by("记者", "阿木"),
    ),
    "angles": (thrice("<记者>", "<何知秋>"), by("记者", MAN)),
    "slash": (thrice("记者/", "何知秋/"), by("记者", MAN)),
    "space": (thrice("记者　", "何知秋　"), by("记者", MAN)),
    "aside-behind-brackets": ([f"[主持人] （笑）{Q1}", f"[何知秋]“步道”{A1}"], [(HOST, f"（笑）{Q1}"), (MAN, f"“步道”{A1}")]),
    "seconds-behind": ([f"主持人：{Q1} 10:00:01", f"何知秋：{A1} 10:00:40"], HOST_QA),
    "unknown-and-time": (
        ["子书00:02", Q1, "其木格00:10", A1, "子书00:20", Q2, "其木格00:30", A2, "子书00:40", Q3, "其木格00:50", A3],
        by("子书", "其木格"),
    ),
    "office-alone": (["主持人", Q1, RARE, A1, "主持人", Q2, RARE, A2], [(HOST, Q1), ("牧歌", A1), (HOST, Q2), ("牧歌", A2)]),
    "bold-behind-lone-label": ([bold("主持人"), bold(Q1), bold("何知秋"), A1], HOST_QA),
    "by-turns": (
        [f"大江志：很辛苦。{A1}", f"何知秋：{A1}", "大江志：有人说您傻。", f"何知秋：{A2}", "大江志：是真的。", "何知秋：真的。"],
        [("大江志", f"很辛苦。{A1}"), (MAN, A1), ("大江志", "有人说您傻。"), (MAN, A2), ("大江志", "是真的。"), (MAN, "真的。")],
    ),
    "answers-alone-have-labels": (
        [*thrice("", "何知秋："), "您几年了？", "何知秋：三年了。"],
        [*by(None, MAN), (None, "您几年了？"), (MAN, "三年了。")],
    ),
    "two-who-answer-bold-questions": (
        [bold(Q1), f"何知秋：{A1}", "林水生：我同意。", bold(Q2), f"何知秋：{A2}", bold(Q3), f"林水生：{A3}"],
        [(None, Q1), (MAN, A1), ("林水生", "我同意。"), (None, Q2), (MAN, A2), (None, Q3), ("林水生", A3)],
    ),
    "bold-remark": (
        ["何知秋接受了专访。", bold(Q1), A1, bold(Q2), A2, bold(Q3), A3, bold("几年了？"), "三年。", bold("很辛苦。"), "不。"],
        [*by(None, MAN), (None, "几年了？"), (MAN, "三年。"), (None, "很辛苦。"), (MAN, "不。")],
    ),
    "question-alone-has-a-label": (
        [*thrice("江岸日报：", "我们这里，"), f"江岸日报：{Q1}", "我再说一遍。"],
        [("江岸日报", Q1), (None, f"我们这里，{A1}"), ("江岸日报", Q2), (None, f"我们这里，{A2}"),
         ("江岸日报", Q3), (None, f"我们这里，{A3}"), ("江岸日报", Q1), (None, "我再说一遍。")]),
    "who-asks-in-parentheses": (
        [f"问（居民曲阿姨）：{Q1}", f"答（城管中队中队长别样红）：{A1}", f"问（快递员小满）：{Q2}", f"答（所长何知秋）：{A2}"],
        [("居民曲阿姨", Q1), ("别样红", A1), ("快递员小满", Q2), (MAN, A2)],
    ),
    "named-host-later-on": ([f"主持人石榴：{Q1}", f"何知秋：{A1}", f"主持人：{Q2}"], [("石榴", Q1), (MAN, A1), ("石榴", Q2)]),
    "rare-name-that-an-office-explains": (
        ["嘉宾：和平，协会会长", f"主持人：{Q1}", f"何知秋：{A1}", f"和平：{A2}", f"何知秋：{A3}"],
        [(HOST, Q1), (MAN, A1), ("和平", A2), (MAN, A3)],
    ),
    "unknown-who-answers-at-once": (
        [f"记者：{Q1}", f"何知秋：{A1}", "记者：还有谁？", "店主：我在场。"],
        [*QA, ("记者", "还有谁？"), ("店主", "我在场。")],
    ),
    "bars": (thrice("子书｜", "其木格｜"), by("子书", "其木格")),
    "villagers-without-names": (
        [*TALK, "解说：村里的人都知道。", "村民甲：我那台写的是收割机！", *GO_ON],
        [*QA, ("解说", "村里的人都知道。"), ("村民甲", "我那台写的是收割机！"), ("记者", Q2), (MAN, A2)],
    ),
    "office-before-a-name-of-another-label": (
        [f"记者：{Q1}", "康复师和晓岚：大家好。", f"记者：{Q2}", f"和晓岚：{A2}", f"记者：{Q3}", f"和晓岚：{A3}"],
        [("记者", Q1), ("和晓岚", "大家好。"), ("记者", Q2), ("和晓岚", A2), ("记者", Q3), ("和晓岚", A3)],
    ),
    "hyphen": (
        [f"记者：{Q1}", f"让-雅克·杜邦：{A1}", f"记者：{Q2}", f"杜邦：{A2}"],
        [("记者", Q1), ("让-雅克·杜邦", A1), ("记者", Q2), ("让-雅克·杜邦", A2)],
    ),
    "surnames-later-on": (
        [f"何知秋：{A1}", f"林水生：{A2}", f"何知秋：{A3}", f"林水生：{A1}", f"何：{A2}", f"林：{A3}", f"何：{A1}", f"林：{A2}"],
        [(MAN, A1), ("林水生", A2), (MAN, A3), ("林水生", A1), (MAN, A2), ("林水生", A3), (MAN, A1), ("林水生", A2)],
    ),
    "decimals": (
        ["何知秋接受了专访。", bold("您今年买了2.5吨米吗？"), A1, bold("3.5倍贵吗？"), A2, bold("您说涨了3.5倍？"), A3],
        [(None, "您今年买了2.5吨米吗？"), (MAN, A1), (None, "3.5倍贵吗？"), (MAN, A2), (None, "您说涨了3.5倍？"), (MAN, A3)],
    ),
    "two-dashes": (thrice("子书——", "其木格——"), by("子书", "其木格")),
    "rare-colons": (thrice("记者∶", "其木格﹕"), by("记者", "其木格")),
    "arrows": (thrice("→记者：", "→其木格："), by("记者", "其木格")),
    "unknown-in-parentheses": (thrice("（记者）：", "（其木格）："), by("记者", "其木格")),
    "numbered-unknown": (
        [f"1、城与人：{Q1}", f"1、其木格：{A1}", f"2、城与人：{Q2}", f"2、其木格：{A2}", f"3、城与人：{Q3}", f"3、其木格：{A3}"],
        by("城与人", "其木格"),
    ),
    "two-words-and-a-space": (
        [*thrice("主持人　叶晚　", "民政厅厅长　何知秋　"), f"主持人　叶晚　{Q1}"],
        [*by("叶晚", MAN), ("叶晚", Q1)],
    ),
    "lines-that-repeat": (
        [line for question, answer in THRICE * 2 for line in ("城与人", question, MAN, answer)],
        by("城与人", MAN) * 2,
    ),
    "answers-that-ask-back": (
        [f"记者：{Q1}", f"何知秋：{Q2}", f"记者：{Q3}", f"何知秋：{Q1}", f"记者：{Q2}", f"何知秋：{Q3}"],
        [("记者", Q1), (MAN, Q2), ("记者", Q3), (MAN, Q1), ("记者", Q2), (MAN, Q3)],
    ),
    "a-clock-behind-the-question": (
        [f"城晚报：{Q1} [10:00]", f"阿木：{A1} [10:01]", f"城晚报：{Q2} [10:02]", f"阿木：{A2} [10:03]"],
        [("城晚报", Q1), ("阿木", A1), ("城晚报", Q2), ("阿木", A2)],
    ),
    "nickname-behind-a-colon": ([f"[网友：煤油灯]{Q1}", f"[队长：何知秋]{A1}"], [("网友", Q1), (MAN, A1)]),
    "numbered-items-of-an-answer": (
        [f"记者：{Q1}", f"何知秋：{A1}", "1、车损险：赔自己的车；", f"记者：{Q2}", f"何知秋：{A2}", "2、三者险：赔别人的车；"],
        [("记者", Q1), (MAN, f"{A1}\n1、车损险：赔自己的车；"), ("记者", Q2), (MAN, f"{A2}\n2、三者险：赔别人的车；")],
    ),
    "only-asker-of-many": (
        [f"记者：{Q1}", A1, f"记者：{Q2}", A2, f"记者：{Q1}", A1, f"记者：{Q2}", A2, f"记者：{Q1}", A1],
        [("记者", Q1), (None, A1), ("记者", Q2), (None, A2), ("记者", Q1), (None, A1), ("记者", Q2), (None, A2),
         ("记者", Q1), (None, A1)],
    ),
    "marks": (
        ["何知秋接受了专访。", *thrice("■", "□"), "■您几年了？", "□三年了。"],
        [pair for question, answer in [*THRICE, ("您几年了？", "三年了。")] for pair in ((None, question), (MAN, f"□{answer}"))],
    ),
    "numbered-plain-questions": (
        ["何知秋接受了专访。", "1.您怕冷吗？", A1, "2.您怕热吗？", A2, "3.您几年了？", "三年了。", "4.还修吗？", "修。"],
        [(None, "您怕冷吗？"), (MAN, A1), (None, "您怕热吗？"), (MAN, A2), (None, "您几年了？"), (MAN, "三年了。"),
         (None, "还修吗？"), (MAN, "修。")],
    ),
    "questions-in-another-element": (
        ["何知秋接受了专访。", *(each for question, answer in THRICE for each in (Line(question, is_apart=True), answer))],
        by(None, MAN),
    ),
    "heard-in-the-studio": ([f"【演播室】主持人：{Q1}", f"【录音】何知秋：{A1}"], HOST_QA),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "turns"), MORE_CONVENTIONS.values(), ids=MORE_CONVENTIONS)
def test_more_conventions(lines: list[str | Line], turns: Said) -> None:
    assert said(lines) == turns


@pytest.mark.parametrize("words", ["我2013年进厂，第一天很冷。", "不是，1956年我十三岁。", "后来，1998年在江岸读书。"])
def test_a_year_in_an_answer_is_no_biography(words: str) -> None:
    assert said([f"记者：{Q1}", f"何知秋：{A1}", words, f"记者：{Q2}"])[1] == (MAN, f"{A1}\n{words}")


@pytest.mark.parametrize("line", ["以下为采访实录：", "（本文根据录音整理，未经本人审阅）", "关于作者：叶晚，记者。"])
def test_what_leads_to_the_interview_is_nobody_s(line: str) -> None:
    assert said([f"记者：{Q1}", f"何知秋：{A1}", line]) == QA


ASIDES: dict[str, tuple[list[str | Line], bool]] = {
    "stage-direction": (["（笑）"], True),
    "square-direction": (["[掌声]"], True),
    "biography": (["何知秋，男，1968年生，临澜人，工程师。"], True),
    "bold-subhead": ([bold("管网换了一遍，冬天不再冷")], True),
    "plain-subhead": (["室温提高两度"], True),
    "numbered-subhead": (["一、管网"], True),
    "card": (["人物简介：何知秋在临澜工作二十年。", "他修过三座桥。"], False),
    "editor-s-note": (["【编者按】供热是临澜的大事。"], False),
    "caption": (["图为：何知秋在直播间。"], False),
    "links": (["相关链接：临澜的供热史。"], False),
}


@pytest.mark.parametrize(("lines", "goes_on"), ASIDES.values(), ids=ASIDES)
def test_asides_belong_to_no_turn(lines: list[str | Line], *, goes_on: bool) -> None:
    """``goes_on``: a plain paragraph behind it continues the turn."""
    more = "最后一段话也是他说的。"
    turns = said([*TALK, *lines, more, *GO_ON])
    assert turns == [("记者", Q1), (MAN, f"{A1}\n{more}" if goes_on else A1), ("记者", Q2), (MAN, A2)]


@pytest.mark.parametrize(
    "cast",
    [
        "嘉宾：何知秋 临澜市住建局局长",
        "主持人：叶晚",
        "嘉宾：何知秋（临澜市住建局局长）",
        "何知秋：男，1968年生，工程师。",
        "受访者：何知秋（以下简称何），男，1934年生，会计。",
        "访问者：叶晚（以下简称叶），江岸大学历史系研究生。",
        "采访：江岸画报编辑部 2014.09",
        "董事长：叶晚；秘书：林水生",
        "嘉宾：老秦，消防支队监督员，灭火十二年。",
        "主持人：本报记者 叶晚",
        "嘉宾：车辆管理所副所长师玉柱，驾校金牌教练佘教练",
        "何知秋：省疾控中心党委委员、副主任",
        "听证员：省人大代表、第二小学教师车晓燕；西岭大学法学院副教授敖敏",
    ],
    ids=[
        "office",
        "name",
        "parentheses",
        "biography",
        "abbreviated",
        "student",
        "credit",
        "title",
        "life",
        "reporter",
        "offices",
        "office-of-a-name",
        "panel",
    ],
)
def test_a_cast_line_is_nobody_s_turn(cast: str) -> None:
    assert said([cast, *TALK, *GO_ON]) == said([*TALK, *GO_ON])


def test_a_name_that_no_table_knows_is_a_legend_s_if_the_host_says_it() -> None:
    opening = "主持人：我是小敏，大家好。今天去哪儿？"
    assert said(["主持人：小敏", opening, f"何知秋：{A1}", *GO_ON]) == said([opening, f"何知秋：{A1}", *GO_ON])


def test_a_post_below_a_name_is_nobody_s_turn() -> None:
    cast = ["何知秋", "县人民检察院党组成员、副检察长，从检十八年。"]
    assert said([*cast, *TALK, *GO_ON]) == said([*TALK, *GO_ON])


def test_a_list_below_a_role_word_is_nobody_s_turn() -> None:
    assert said(["主持人：", "池鱼　《观察》主编", "嘉宾：", "何知秋　江岸大学教授", *TALK, *GO_ON]) == said([*TALK, *GO_ON])


INNER: dict[str, tuple[str, list[str]]] = {
    "person": (f"何知秋：{A1} 何知秋：{A2}", [A1, A2]),
    "reported": ("何知秋：他告诉我。同事说：好。", ["他告诉我。同事说：好。"]),
    "quoted": ("何知秋：到了冬天。林水生：“我们都很暖和。”", ["到了冬天。林水生：“我们都很暖和。”"]),
    "list": ("何知秋：有三件事。第一：修管网。第二：修步道。", ["有三件事。第一：修管网。第二：修步道。"]),
    "office": ("何知秋：开了会。局长何知秋：主持。", ["开了会。局长何知秋：主持。"]),
    "no-stop-before": ("何知秋：这次的记者：很多。", ["这次的记者：很多。"]),
    "time": ("何知秋：明天上午。10：30开工。", ["明天上午。10：30开工。"]),
}


@pytest.mark.parametrize(("line", "texts"), INNER.values(), ids=INNER)
def test_inner_labels(line: str, texts: list[str]) -> None:
    assert [text for name, text in said([f"记者：{Q1}", line, *GO_ON]) if name == MAN] == [*texts, A2]


NEWS: dict[str, list[str | Line]] = {
    "nothing": [],
    "empty": ["", ""],
    "prose": ["临澜市今年换了管网。", "步道修到了家门口。"],
    "lines-with-colons": [
        "原标题：临澜的冬天", "来源：江岸网", "图为：直播间。", "今年抓了三件事：一是换管网。",
        "他说：“年底完工。”", "责任编辑：叶晚", "截至10：30，大桥恢复通行。",
    ],
    "press-digest": ["江岸日报：老城换了新管网，居民暖和。", "临澜晚报：步道修到家门口。", "青原时报：消防通道不再被堵。"],
    "asking-press-digest": ["《江岸日报》：居民暖和吗？", "《临澜晚报》：还用绕路吗？", "《青原时报》：停车位重新画线。"],
    "press-digest-with-a-rubric": [
        "江岸日报：居民暖和吗？", "微点评：修好了。", "临澜晚报：还用绕路吗？", "微点评：不用了。",
        "青原时报：车停哪儿？", "微点评：画了线。",
    ],
    "press-digest-of-two": ["江岸财经：管网换新。", "股市中国：步道修好。", "江岸财经：停车位画线。", "股市中国：公交改道。"],
    "recipe": ["原料：鸡蛋三个，面粉半斤。", "做法：把鸡蛋打散，倒进面粉里。", "提示：火不要太大。"],
    "notice": ["时间：2018年11月13日", "地点：政务大厅", "联系人：何知秋", "电话：0431-1234567", "要求：请提前十分钟到场。"],
    "scores": ["江岸队：3：2", "临澜队：1：0", "江岸队：2：2", "临澜队：0：0"],
    "marks": ["何知秋：98分", "林水生：87分", "叶晚：85分", "何知秋：97分", "林水生：86分"],
    "name-lists": ["何知秋：临澜市住建局局长", "林水生：江岸大学教授", "何知秋：组长", "林水生：副组长"],
    "name-and-headline": ["何知秋：老城换了新管网", "林水生：步道修到家门口"],
    "once-each": [f"何知秋：{A1}", f"林水生：{A2}"],
    "one-voice": [f"何知秋：{A1}", f"何知秋：{A2}"],
    "questions-without-answers": [f"记者：{Q1}", f"网友：{Q2}", f"记者：{Q2}"],
    "quotations": ["何知秋说：“年底完工。”", "林水生说：“我很放心。”", "何知秋表示：“再修三条。”", "林水生表示：“那就好。”"],
    "biography": ["姓名：何知秋", "性别：男", "职务：局长", "简介：在临澜工作二十年。"],
    "questions-of-a-comment": [
        "记者采访了多位居民。", "钱从哪里来？", "财政出一半。", "路由谁来修？", "企业来修。", "谁来管？", "大家管。",
        "谁来看？", "看吧。",
    ],
    "links-in-news": [
        *[in_elements("何知秋", "今天来到江岸。"), in_elements("林水生", "也来了，他问大家好吗？")] * 2,
        "步道修好了。", "管网换了。", "路灯亮了。", "公交改道了。", "居民暖和了。",
    ],
    "manual": [bold("怎样开户？"), "带上证件，到柜台办理。", bold("怎样销户？"), "写一份申请，到柜台办理。"],
    "numbered-questions": ["专访的背景如下。", bold("一、谁来买单？"), "财政出一半。", bold("二、谁来修路？"), "企业出一半。"],
    "one-bold-question": ["何知秋接受了专访。", bold(Q1), A1],
    "bold-questions-without-answers": ["何知秋接受了专访。", bold(Q1), bold(Q2)],
    "steps": ["第一步：打开阀门。", "第二步：检查压力。", "第三步：关上阀门。"],
    "reviews": ["优点：安静。", "缺点：贵。", "优点：暖和。", "缺点：重。", "优点：好看。", "缺点：慢。"],
    "plain-questions-without-i": [
        "专家谈步道。", "钱从哪里来？", "财政出。", "谁来修？", "企业修。", "何时完工？", "五月。", "谁来管？", "街道。",
    ],
    "minutes": ["农月汇报：来稿一千篇。", "时敏：建议增加外审专家。", "方冰：同意，但须考虑经费。", "卜永年：经费由学院补贴。"],
    "questions-collected": [
        "古力：介绍电梯标准。", "网友“二十七楼”：更新要几户同意？", "网友“老谢”：旧绳卖吗？", "左女士：一楼不出钱，怎么算？",
    ],
    "recommendations": [
        "推荐理由：写一杆秤的来历。作者问：算不算偷？我读完去了菜市场。", "推荐理由：薄薄一本。", "推荐理由：我看笑了。",
        "推荐理由：作者开卡车出身。", "推荐理由：虫蛀、水渍、霉斑，一病一章。",
    ],
    "subheads-that-ask": [
        "记者走访了三个村。", bold("藏品从哪里来？"), "干事米阳说，“一户一件。”",
        bold("钱怎么解决？"), "馆长林水生说，钱不是问题。",
    ],
    "trackbacks": [
        begun_bold("Excerpt", "：我去查了时刻表。"), begun_bold("Weblog", "：小站笔记。"),
        begun_bold("Excerpt", "：我们搬走了。"), begun_bold("Weblog", "：甘蔗与我。"),
    ],
    "cases": [
        "高胜男：反映的情况属实。", "农振邦：待遇由县里核定。", "高胜男：费用已经退还。", "农振邦：全县共有二百人。",
    ],
    "questions-of-nobody": [
        line for number in range(1, 7) for line in (f"问题{number}：我是个体户，需要备案吗？", "不需要，申报时即可享受。")
    ],
    "questions-of-an-office": [
        "阅览室开放须知如下。", "问：身份证忘带了能不能进？", "答：可凭社保卡扫码入馆。",
        "问：可以帮同学占座吗？", "答：不可以，一人一座。",
    ],
    "photographs": ["图一：直播间。", "图二：步道。", "摄影：叶晚"],
}  # fmt: skip


@pytest.mark.parametrize("lines", NEWS.values(), ids=NEWS)
def test_no_dialogue(lines: list[str | Line]) -> None:
    assert read(lines) == ((), ())


OFFICE_ASKED = ["问：新规何时执行？", "答：八月一日起执行。", "问：钱从哪里来？", "答：财政出一半。"]


@pytest.mark.parametrize("opening", ["市医保局有关负责人回答了记者提问。", "工程师何知秋来了。"])
def test_questions_and_answers_are_an_interview_where_somebody_is_asked(opening: str) -> None:
    assert len(said([opening, *OFFICE_ASKED])) == 4
    assert said(["现将有关事项说明如下。", *OFFICE_ASKED]) == []


ROLES: dict[str, tuple[list[str | Line], dict[str, str | None]]] = {
    "words": ([*TALK], {"记者": "interviewer", MAN: "guest"}),
    "leads": (
        ["叶晚：欢迎收看今天的节目。", f"何知秋：{A1}", f"网友：{Q1}", "叶晚：下面请何知秋回答。", f"何知秋：{A2}"],
        {"叶晚": "interviewer", MAN: "guest", "网友": "audience"},
    ),
    "audience": ([f"网友“清水河”：{Q1}", f"何知秋：{A1}"], {"网友": "audience", MAN: "guest"}),
    "narrator": (["解说：江边结了冰。", *TALK], {"解说": "narrator", "记者": "interviewer", MAN: "guest"}),
    "answer-word": ([f"问：{Q1}", f"答：{A1}"], {"问": "interviewer", "答": "guest"}),
    "asks": ([f"叶晚：{Q1}", f"何知秋：{A1}", f"叶晚：{Q2}", f"何知秋：{A2}"], {"叶晚": "interviewer", MAN: "guest"}),
    "nobody-asks": ([f"叶晚：{A1}", f"何知秋：{A1}", f"叶晚：{A2}", f"何知秋：{A2}"], {"叶晚": "guest", MAN: "guest"}),
    "guest-who-asks-back": ([*TALK, f"记者：{A2}", f"何知秋：{Q2}"], {"记者": "interviewer", MAN: "guest"}),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "roles"), ROLES.values(), ids=ROLES)
def test_roles(lines: list[str | Line], roles: dict[str, str | None]) -> None:
    turns, speakers = read(lines)
    assert {turn.speaker: turn.role for turn in turns} == roles
    assert [(speaker.name, speaker.role) for speaker in speakers] == list(roles.items())


def test_unlabelled_questions_are_the_interviewer_s_and_answers_the_only_guest_s() -> None:
    turns, speakers = read(["临澜市住建局局长何知秋接受了江岸网的专访。", bold(Q1), A1, bold(Q2), A2])
    assert [(turn.speaker, turn.label, turn.role) for turn in turns] == [(None, "", "interviewer"), (MAN, "", "guest")] * 2
    assert speakers == (Speaker(MAN, "guest", "临澜市住建局局长", (0, 8), (8, 11)),)


LABELLED_QUESTIONS: dict[str, tuple[list[str | Line], Said]] = {
    "bold-outlet": (
        [bold(f"江岸网：{Q1}"), A1, bold(f"江岸网：{Q2}"), A2],
        [("江岸网", Q1), (MAN, A1), ("江岸网", Q2), (MAN, A2)],
    ),
    "plain-reporter": ([f"记者：{Q1}", A1, f"记者：{Q2}", A2], [("记者", Q1), (MAN, A1), ("记者", Q2), (MAN, A2)]),
    "numbered": ([bold(f"Q1：{Q1}"), A1, bold(f"Q2：{Q2}"), A2], [("Q", Q1), (MAN, A1), ("Q", Q2), (MAN, A2)]),
    "abbreviated": (
        ["日前，记者（以下简称“记”）采访了他。", f"记：{Q1}", A1, f"记：{Q2}", A2],
        [("记者", Q1), (MAN, A1), ("记者", Q2), (MAN, A2)],
    ),
    "another-label": ([f"主播：{Q1}", f"前方记者叶晚：{A1}", f"主播：{Q2}", f"前方记者叶晚：{A2}"], []),
    "plain-outlet": ([f"江岸网：{Q1}", A1, f"江岸网：{Q2}", A2], []),
}


@pytest.mark.parametrize(("lines", "turns"), LABELLED_QUESTIONS.values(), ids=LABELLED_QUESTIONS)
def test_labelled_questions_before_answers_without_a_label(lines: list[str | Line], turns: Said) -> None:
    assert said(["临澜市住建局局长何知秋接受采访。", *lines]) == turns


@pytest.mark.parametrize("style", ["color:#c00", "font-style:normal;color:red"])
def test_questions_in_a_colour_are_the_interviewer_s(style: str) -> None:
    asked = (Q1, Q2, "您什么时候退休？")
    body = "".join(f"<p><span style='{style}'>{question}</span></p><p>{A1}</p>" for question in asked)
    html = f"<h1>桑吉才旦：我只修路</h1><div><p>桑吉才旦今年六十三岁，修路的师傅，接受了本刊专访。</p>{body}</div>"
    record = clean([html_page(html, title="桑吉才旦：我只修路")]).record
    assert [(turn.speaker, turn.role) for turn in record.turns] == [(None, "interviewer"), ("桑吉才旦", "guest")] * 3


def test_in_a_legend_a_letter_says_whom_it_stands_for() -> None:
    lines = ["记：记者 麦：麦穗丰", "主持人：嘉木、大壮", f"记：{Q1}", f"麦：{A1}", f"记：{Q2}", f"麦：{A2}"]
    turns, speakers = read(lines)
    assert [turn.text for turn in turns] == [Q1, A1, Q2, A2]
    assert [speaker.name for speaker in speakers] == ["记者", "麦穗丰"]


def test_one_person_under_several_labels() -> None:
    lines = ["本期嘉宾是临澜市公安局副局长，岭东县副县长、公安局长李勇霁。"]
    lines += [f"记者：{Q1}", f"李县长：{A1}", f"记者：{Q2}", f"李勇霁：{A2}", f"李勇霁（局长）：{A1}"]
    turns, speakers = read(lines)
    assert [turn.speaker for turn in turns] == ["记者", "李勇霁", "记者", "李勇霁", "李勇霁"]
    assert [turn.label for turn in turns] == ["记者", "李县长", "记者", "李勇霁", "李勇霁（局长）"]
    assert [(who.name, who.role, who.office, who.office_span) for who in speakers] == [
        ("记者", "interviewer", None, None),
        ("李勇霁", "guest", "临澜市公安局副局长，岭东县副县长、公安局长", (5, 26)),
    ]


@pytest.mark.parametrize(
    ("introduction", "label", "office"),
    [
        ("今天请到的是临澜市住建局局长何知秋。", "何知秋", "临澜市住建局局长"),
        ("何知秋（江岸大学教授）来到直播间。", "何知秋", "江岸大学教授"),
        ("今天的天气很好。", "何知秋（局长）", "局长"),
        ("今天的天气很好。", "临澜市发展和改革委员会主任何知秋", "临澜市发展和改革委员会主任"),
        ("今天的天气很好。", "何知秋", None),
    ],
    ids=["before", "after", "label", "in-the-label", "none"],
)
def test_offices(introduction: str, label: str, office: str | None) -> None:
    speakers = read([introduction, f"记者：{Q1}", f"{label}：{A1}", f"记者：{Q2}", f"何知秋：{A2}"])[1]
    assert (speakers[1].name, speakers[1].role, speakers[1].office) == (MAN, "guest", office)


class Case(NamedTuple):
    """HTML, and the labels expected, without numbers, nicknames and parentheses."""

    html: str
    speakers: str


FORMS = {
    "name-fw": Case(f"<p>记者：{Q1}</p><p>何知秋：{A1}</p>", "记者|何知秋"),
    "name-hw": Case(f"<p>记者:{Q1}</p><p>何知秋:{A1}</p>", "记者|何知秋"),
    "bold-name": Case(f"<p><strong>记者：</strong>{Q1}</p><p><b>何知秋</b>：{A1}</p>", "记者|何知秋"),
    "bracket-colon": Case(f"<p>- [主持人]：{Q1}</p><p>- [何知秋]：{A1}</p><p>- [何知秋]：{A2}</p>", "主持人|何知秋|何知秋"),
    "bracket-nocolon": Case(f"<p>[主持人]{Q1}</p><p>[何知秋]{A1}</p>", "主持人|何知秋"),
    "lenticular": Case(f"<p>【主持人】{Q1}</p><p>【何知秋】{A1}</p>", "主持人|何知秋"),
    "qa": Case(f"<p>问：{Q1}</p><p>答：{A1}</p>", "问|答"),
    "netizen": Case(f"<p>网友“清水河”：{Q1}</p><p>何知秋：{A1}</p>", "网友|何知秋"),
    "label-alone": Case(f"<p>主持人（叶晚）：</p><p>{Q1}</p><p>何知秋：</p><p>{A1}</p>", "主持人|何知秋"),
    "role-then-short": Case(f"<p>何知秋（局长）：{A1}</p><p>主持人：{Q1}</p><p>何知秋：{A2}</p>", "何知秋|主持人|何知秋"),
    "outlet": Case(f"<p>江岸网：{Q1}</p><p>何知秋：{A1}</p>", "江岸网|何知秋"),
    "one-paragraph": Case(f"<p>主持人：{Q1} 何知秋：{A1}</p>", "主持人|何知秋"),
    "cmstop-dt": Case(
        f"<dl><dt><p><strong>主持人：</strong>{Q1}<cite> 10:00:01</cite></p></dt>"
        f'<dd><p><strong><font color="red">何知秋</font>：</strong>{A1}<cite> 10:00:40</cite></p></dd></dl>',
        "主持人|何知秋",
    ),
    "continuation": Case(f"<p>记者：{Q1}</p><p>何知秋：{A1}</p><p>这一段没有称谓，也是他说的。</p>", "记者|何知秋"),
    "non-labels": Case(
        "<p>原标题：临澜的冬天</p><p>来源：江岸网</p><p>图为：直播间。</p><p>今年抓了三件事：一是换管网。</p>"
        "<p>他说：“年底完工。”</p><p>责任编辑：叶晚</p><p>截至10：30，大桥恢复通行。</p>",
        "",
    ),
}


@pytest.mark.parametrize("case", FORMS.values(), ids=FORMS)
def test_forms_of_the_portals(case: Case) -> None:
    """The same forms as the portals', with their elements, as blocks."""
    blocks = [block for block in document_of(f"<body>{case.html}</body>").blocks if "clock" not in block.marks]
    turns, _ = read([Line(block.text, block.strong_prefix, is_strong=block.strong_chars == block.chars) for block in blocks])
    assert "|".join(turn.speaker or "-" for turn in turns) == case.speakers
    assert all("10:00" not in turn.text for turn in turns)


@pytest.mark.parametrize(
    "case", [case for case in FORMS.values() if case.speakers], ids=[name for name, case in FORMS.items() if case.speakers]
)
def test_forms_on_a_page(case: Case) -> None:
    record = clean([html_page(f"<h1>临澜的冬天不再冷</h1><div class=content>{case.html}</div>", title="临澜的冬天不再冷")]).record
    assert "|".join(turn.speaker or "-" for turn in record.turns) == case.speakers


_WORDS = (
    "", "好。", "吗？", "记者", "何知秋", "林水生", "（笑）", "（局长）", "主持人", "何局长",
    "Q1", "——", "【", "】", "[", "]", "10:00", "：", ":", " ", "“", "”",
    "\u3000", "一、", "问", "答", "网友“河”", "图为", "男，1968年生",
    "John Smith", "局长何知秋", "专访",
)  # fmt: skip
_TEXTS = st.lists(st.sampled_from(_WORDS), max_size=8).map("".join) | st.text("记者何知秋：？。“”（）[]【】 A\n", max_size=30)
_LINES = st.builds(lambda text, strong, prefix: Line(text, prefix, is_strong=strong), _TEXTS, st.booleans(), st.integers(0, 20))


@given(st.lists(_LINES, max_size=14))
@example([Line("记者：？"), Line("何知秋："), Line("何知秋：好。")])
@example([Line("——？", is_strong=True), Line("专访。"), Line("？", is_strong=True), Line("好。")])
def test_any_lines_obey_the_law_of_spans(lines: list[Line]) -> None:
    turns, speakers = extract_turns(lines)
    obey_law(lines, turns, speakers)


@given(st.lists(_LINES, max_size=8))
def test_the_same_lines_give_the_same_turns(lines: list[Line]) -> None:
    assert extract_turns(lines) == extract_turns(list(lines))


@given(st.lists(st.tuples(st.sampled_from([Q1, Q2]), st.sampled_from([A1, A2]), st.integers(0, 2)), min_size=1, max_size=9))
def test_any_interview_comes_back_as_it_was_written(pairs: list[tuple[str, str, int]]) -> None:
    lines: list[str | Line] = []
    expected: Said = []
    for question, answer, more in pairs:
        lines += [f"记者：{question}", f"何知秋：{answer}", *[A2] * more]
        expected += [("记者", question), (MAN, "\n".join([answer, *[A2] * more]))]
    assert said(lines) == expected


_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文辉玉兰红波鑫宇浩凯健俊帆帅旭宁欣怡佳雪琳"


def person(number: int) -> str:
    """One of 100,000 names."""
    left, first = divmod(number, len(_GIVEN))
    return _SURNAMES[left // len(_GIVEN) % len(_SURNAMES)] + _GIVEN[first] + _GIVEN[left % len(_GIVEN)]


def _repeated(*lines: str) -> Callable[[int], list[Line]]:
    return lambda count: [Line(line.replace("{}", person(number))) for number in range(count // len(lines)) for line in lines]


ASKED, TOLD = "记者：请您说说今年的情况？", "我们这里进展很顺利，年底以前可以完工。"
LARGE: dict[str, tuple[int, Callable[[int], list[Line]]]] = {
    "turns": (2_500, _repeated(ASKED, f"何知秋：{TOLD}")),
    "turns-in-one-line": (2_500, lambda n: [Line(f"{ASKED}何知秋：{TOLD}" * (n // 2))]),
    "labels-alone": (2_500, _repeated("记者", "现在做得怎么样了？", "何知秋", TOLD)),
    "bold-questions": (2_500, lambda n: [Line(Q1 if i % 2 else f"您说，{TOLD}", is_strong=bool(i % 2)) for i in range(n)]),
    "speakers": (1_000, _repeated(ASKED, "{}：" + TOLD)),
    "speakers-twice": (1_000, _repeated("{}：" + TOLD, "{}：再补充一句。")),
    "speakers-with-offices": (1_000, _repeated(ASKED, "{}（局长）：" + TOLD)),
    "speakers-by-title": (1_000, lambda n: [Line(f"{ASKED if i % 2 else person(i) + '：' + TOLD}") for i in range(n)]),
    "foreign-speakers": (1_000, _repeated(ASKED, "约翰·{}：" + TOLD)),
    "names-said-once": (2_000, lambda n: [Line(ASKED), Line(f"何知秋：{TOLD}"), *_repeated("{}：" + TOLD)(n)]),
    "unknown-labels": (2_000, _repeated("甜{}：好的，谢谢？")),
    "times-beside-labels": (2_500, _repeated("记者 2012-09-25 10:00:48", "现在做得怎么样了？", "何知秋 10:00:48", TOLD)),
    "anybody-asks": (2_000, _repeated("甜{}：好不好？", "老秦：好的，谢谢。")),
    "elements": (2_500, lambda n: [in_elements("10:00", "何知秋" if i % 2 else "记者", TOLD if i % 2 else Q1) for i in range(n)]),
    "continued": (2_500, lambda n: [Line(ASKED), Line(f"何知秋：{TOLD}"), *[Line(TOLD)] * n, Line(ASKED)]),
    "asides": (2_500, lambda n: [Line(ASKED), Line(f"何知秋：{TOLD}"), *[Line("何知秋，男，1968年生。")] * n]),
    "long-label": (50_000, lambda n: [Line("长" * n + "：好。"), Line("记者" * n + "：好。"), Line(ASKED)]),
    "long-brackets": (50_000, lambda n: [Line("【" + "长" * n + "】好。"), Line("记者（" + "长" * n + "）：好。")]),
    "open-brackets": (50_000, lambda n: [Line("（" * n), Line("【" * n), Line("记者“" * n), Line(ASKED)]),
    "long-answer": (50_000, lambda n: [Line(ASKED), Line("何知秋：" + "好" * n), Line("何知秋：" + "好。" * n)]),
    "long-white-space": (10_000, lambda n: [Line(" " * n), Line("· " * n), Line("-" * n + "：好。"), Line("——" * n + "？")]),
    "long-office": (20_000, lambda n: [Line("局长" * n + "何知秋：好。"), Line(ASKED), Line("李·" * n + "：好。")]),
    "long-latin-word": (20_000, lambda n: [Line("A" * n), Line(ASKED), Line(f"答：{TOLD}"), Line("简称" * n)]),
    "listed-hosts": (200, lambda n: [Line("主持人：甲" + "和" * n + "x"), *_repeated("王大明：您好吗？", "李小红：我很好。")(8)]),
    "dots": (2_000, lambda n: [Line("中中中中中中中·" * n), *_repeated("记者：您好吗？", "彼得：我很好。")(8)]),
    "named-hosts": (2_000, _repeated("主持人{}：您好吗？", "何知秋：我很好。")),
    "titles-behind-names": (2_000, _repeated("{}旗长：您好吗？", "何知秋：我很好。")),
    "answers-to-one-question": (5_000, lambda n: [Line("专访。"), Line("您好吗？", is_strong=True), *[Line(TOLD)] * n]),
    "long-latin": (20_000, lambda n: [Line("A " * n + "：好。"), Line(ASKED), Line("Ab" * n + ": yes.")]),
}  # fmt: skip


@pytest.mark.parametrize(("size", "make"), LARGE.values(), ids=LARGE)
def test_cost_grows_with_the_characters(size: int, make: Callable[[int], list[Line]]) -> None:
    """Twice as much takes at most 2.6 times as long; measured again where another process disturbed it."""
    small, large = make(size), make(2 * size)
    for _ in range(3):
        few, many = seconds(small), seconds(large)
        assert many < 6
        if many <= 2.6 * few + 0.02:
            return
    pytest.fail(f"{few:.3f} s, then {many:.3f} s")


def seconds(lines: Sequence[Line]) -> float:
    """Process time of reading the lines."""
    start = time.process_time()
    extract_turns(lines)
    return time.process_time() - start


@pytest.mark.parametrize("name", ["turns", "labels-alone", "turns-in-one-line"])
def test_none_of_5000_turns_is_lost(name: str) -> None:
    size, make = LARGE[name]
    turns, speakers = read(make(4 * size if name == "labels-alone" else 2 * size))
    assert (len(turns), [speaker.name for speaker in speakers]) == (5_000, ["记者", MAN])


def test_none_of_a_thousand_speakers_is_lost() -> None:
    turns, speakers = read(LARGE["speakers"][1](2_000))
    assert (len(turns), len(speakers)) == (2_000, 1_001)
    assert [speaker.name for speaker in speakers[1:]] == [person(number) for number in range(1_000)]


_SITE = build_site()
_TRUTHS = tuple(_SITE.truths)
_SEEDS = dict(seed_variants())


@pytest.mark.parametrize("truth", _TRUTHS, ids=lambda truth: truth.url.rsplit("/", 1)[1])
def test_replica_pages_are_exact(truth: Truth) -> None:
    pages = [_page(url) for url in truth.urls]
    record = clean(pages, portal_for(truth.url)).record
    assert [(turn.speaker, turn.role, turn.text) for turn in record.turns] == [
        (turn.speaker, turn.role, turn.text) for turn in truth.turns
    ]
    assert {speaker.name: speaker.role for speaker in record.speakers} == {turn.speaker: turn.role for turn in truth.turns}
    assert all(turn.text == "\n".join(record.text[a:b] for a, b in turn.spans) for turn in record.turns)


def _page(url: str) -> Page:
    response = _SITE.responses[url]
    headers = {name.lower(): value for name, value in response.headers}
    return Page(response.body, url, headers.get("content-type", ""))


@pytest.mark.parametrize("name", _SEEDS)
def test_every_rendering_of_the_seed_has_its_speakers(name: str) -> None:
    pages = [Page(body, url, kind) for url, body, kind in _SEEDS[name]]
    record = clean(pages, portal_for(pages[0].url or "")).record
    assert [(turn.label, turn.role) for turn in record.turns] == [("记者", "interviewer"), ("李勇霖", "guest")] * 6 + [
        ("记者", "interviewer")
    ]
    office = "通化市公安局副局长，梅河口市副市长、公安局长"
    assert [(speaker.name, (speaker.office or "").replace(",", "，")) for speaker in record.speakers] == [
        ("记者", ""),
        ("李勇霖", office),
    ]
    mayor = record.speakers[1]
    assert mayor.office_span
    assert record.text[slice(*mayor.office_span)] == mayor.office
    assert all(turn.text == "\n".join(record.text[a:b] for a, b in turn.spans) for turn in record.turns)
