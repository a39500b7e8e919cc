"""Persons behind labels, with the evidence for their names and offices."""

import pytest

from cleaners.article import Role, Speaker
from cleaners.names import Voice, parse_voice
from cleaners.roles import Manner, leads, of_persons, roles_of
from cleaners.speakers import Said, cast_speakers, names_of


def voice(label: str) -> Voice:
    return parse_voice(label) or Voice(label, None)


def speakers_of(voices: list[Voice], said: Said, roles: dict[str, Role | None] | None = None) -> tuple[Speaker, ...]:
    return cast_speakers(voices, names_of(voices, said), roles or {found.key: found.role for found in voices}, said)


NAMES: dict[str, tuple[list[str], str, list[str]]] = {
    "title-and-label": (["李局长", "李勇霁"], "", ["李勇霁", "李勇霁"]),
    "title-and-introduction": (["李市长"], "今天的嘉宾是临澜市副市长李勇霁。", ["李勇霁"]),
    "three-ways": (["李市长", "李勇霁", "李勇霁（局长）"], "", ["李勇霁"] * 3),
    "the-one-with-that-title": (
        ["李教授", "李局长"],
        "临澜市公安局局长李勇霁、江岸大学教授李若兰做客直播间。",
        ["李若兰", "李勇霁"],
    ),
    "another-surname": (["李市长", "何知秋"], "", ["李市长", "何知秋"]),
    "compound-surname": (["欧阳老师", "欧阳若水"], "", ["欧阳若水", "欧阳若水"]),
    "last-name": (["约翰·史密斯", "史密斯"], "", ["约翰·史密斯"] * 2),
    "latin-last-name": (["John Smith", "Smith"], "", ["John Smith"] * 2),
    "latin-first-name": (["Kevin"], "江岸大学的 Kevin Liang 也来了。", ["Kevin Liang"]),
    "ambiguous-last-name": (["John Smith", "Ann Smith", "Smith"], "", ["John Smith", "Ann Smith", "Smith"]),
    "word": (["记者", "何知秋"], "", ["记者", "何知秋"]),
    "given-name": (["何知秋", "知秋"], "", ["何知秋", "何知秋"]),
    "given-name-of-the-introduction": (["水生"], "江岸大学教授林水生做客直播间。", ["林水生"]),
    "foreign-name-of-the-introduction": (["史密斯"], "江岸大学教授约翰·史密斯做客直播间。", ["约翰·史密斯"]),
    "no-given-name": (["孙可望"], "江岸中学校长孙可望做客直播间。", ["孙可望"]),
    "abbreviated-word": (["记"], "林水生到了，记者（以下简称“记”）问他。", ["记者"]),
    "abbreviated-label": (["江岸艺术（以下简称“江”）", "江"], "江岸艺术（以下简称“江”）：好。", ["江岸艺术", "江岸艺术"]),
    "old-and-young": (["何知秋", "老何", "小何"], "", ["何知秋"] * 3),
    "old-and-unknown": (["何知秋", "何水生", "老何"], "", ["何知秋", "何水生", "老何"]),
    "reporter-later-on": (["江岸网记者", "记者"], "", ["江岸网记者", "江岸网记者"]),
    "one-of-two-reporters": (["江岸网记者", "青原网记者", "记者"], "", ["江岸网记者", "青原网记者", "记者"]),
    "two-hosts": (["特约主持人", "主持人"], "", ["特约主持人", "主持人"]),
    "outlet-later-on": (["《江岸学刊》", "《学刊》"], "", ["《江岸学刊》", "《江岸学刊》"]),
    "nickname": (["网友“清水河”", "何知秋"], "", ["网友", "何知秋"]),
    "nicknames": (["网友“清水河”", "网友[蜗牛]", "网友"], "", ["清水河", "蜗牛", "网友"]),
    "first-name": (["阿依努尔·萨比提", "阿依努尔"], "", ["阿依努尔·萨比提"] * 2),
    "office-read-as-part-of-the-name": (
        ["斯特凡·韦斯顿", "韦斯顿"],
        "养老金委员会前主席斯特凡·韦斯顿来了。",
        ["斯特凡·韦斯顿"] * 2,
    ),
    "first-characters": (["尼玛次仁（摄影师）", "尼玛"], "", ["尼玛次仁"] * 2),
    "name-and-title": (["巴图·额尔德尼", "巴图旗长"], "", ["巴图·额尔德尼"] * 2),
    "rare-surname-and-title": (["水局长"], "上线的是市交通局局长水清。", ["水清"]),
    "title-behind-a-rare-name": (["辰光馆长"], "天文馆馆长辰光和我们躺在山顶。", ["辰光"]),
    "office-word": (["发言人赖有为", "发言人"], "出席的有公署发言人赖有为。", ["赖有为"] * 2),
    "one-named-host": (["主持人石榴", "主持人"], "主持人石榴：好。", ["石榴"] * 2),
    "host-in-parentheses": (["主持人（叶晚）", "主持人"], "", ["主持人", "主持人"]),
    "one-named-host-behind-a-space": (["主持人 叶晚", "主持人"], "主持人 叶晚：好。", ["叶晚"] * 2),
    "foreign-first-name": (["彼得"], "他和厂长做了九年生意。画外音：彼得·范德林登，采购经理。", ["彼得·范德林登"]),
    "foreign-name-before-a-verb": (["恩佐"], "恩佐·马坎贾在镜头外插话。", ["恩佐·马坎贾"]),
    "two-foreign-names": (["彼得"], "彼得·范德林登、彼得·马坎贾来了。", ["彼得"]),
    "foreign-name-whole": (["库尔班·艾力", "库尔班"], "库尔班·艾力和大家来了。", ["库尔班·艾力"] * 2),
    "end-of-a-long-name": (["田中真理子", "真理子"], "", ["田中真理子"] * 2),
    "book-marks-in-a-legend": (["瞻"], "（以下《瞻望城市》简称“瞻”）", ["瞻望城市"]),
    "short-title-of-a-rare-surname": (["师所"], "一位是车管所副所长师玉柱，师所，欢迎。", ["师玉柱"]),
    "compound-surname-alone": (["司马平川", "司马局长", "司马"], "", ["司马平川"] * 3),
    "part-of-a-foreign-name-and-title": (["玛丽安·科斯特罗", "科馆长", "科斯特罗教授"], "", ["玛丽安·科斯特罗"] * 3),
    "letter-behind-latin": (["丰"], "克莱儿·丰特奈（Claire Fontenay，以下简称丰）来了。", ["克莱儿·丰特奈"]),
    "equals-and-an-office": (["丘"], "记＝记者　丘＝丘家驹（创办人）", ["丘家驹"]),
    "surname-on-a-line": (["哈"], "嘉宾：\n哈丽旦（律师协会主任）", ["哈丽旦"]),
    "rare-surname-behind-an-office": (["哈处长"], "减灾处处长哈斯巴根、局长林水生出席。", ["哈斯巴根"]),
    "title-for-a-name": (["于局长"], "局长于局长来了。", ["于局长"]),
    "beginning-of-another-label": (["白石遥", "白石"], "", ["白石遥"] * 2),
    "beginning-of-what-the-text-says": (["白石"], "局长白石遥来了。", ["白石"]),
    "surname-behind-a-dot": (["安德鲁·李", "李议员"], "", ["安德鲁·李"] * 2),
    "foreign-abbreviation": (["让-雅克·杜邦（以下简称“杜”）", "杜"], "让-雅克·杜邦（以下简称“杜”）：好。", ["让-雅克·杜邦"] * 2),
    "equals-at-the-beginning-of-a-line": (["Y", "B"], "Y=《月见》　B=白又白\nY：好。", ["月见", "白又白"]),
    "the-only-one-who-answers": (["问", "答", "何知秋"], "何知秋：大家好。", ["问", "何知秋", "何知秋"]),
    "two-who-answer": (["答", "何知秋", "林水生"], "", ["答", "何知秋", "林水生"]),
    "the-only-guest": (["问", "答"], "临澜市住建局局长何知秋做客直播间。", ["问", "何知秋"]),
    "one-of-two-guests": (["问", "答"], "临澜市住建局局长何知秋、江岸大学教授林水生做客直播间。", ["问", "答"]),
}


@pytest.mark.parametrize(("labels", "text", "names"), NAMES.values(), ids=NAMES)
def test_one_speaker_a_person(labels: list[str], text: str, names: list[str]) -> None:
    voices = [voice(label) for label in labels]
    cast = names_of(voices, Said(text, len(text)))
    assert [cast[found.key] for found in voices] == names
    assert [speaker.name for speaker in speakers_of(voices, Said(text, len(text)))] == list(dict.fromkeys(names))


def test_an_abbreviation_is_the_person_whom_it_is_short_for() -> None:
    text = "江岸大学教授何知秋（以下简称“何”）和 John Smith（以下简称“JS”）接受了江岸网（以下简称“网”）的采访。"
    voices = [Voice("何", None), Voice("JS", None, name="JS"), Voice("记者", "interviewer")]
    cast = speakers_of(voices, Said(text, len(text)), {"何": "guest", "JS": "guest", "记者": "interviewer"})
    assert [speaker.name for speaker in cast] == ["何知秋", "John Smith", "记者"]
    assert cast[0].office == "江岸大学教授"


def test_who_comes_in_after_the_opening_gives_no_answer_a_name() -> None:
    text = "问：谁来了？答：局长何知秋。"
    assert names_of([voice("问"), voice("答")], Said(text))["答"] == "答"


def test_who_says_his_name_in_his_first_words() -> None:
    text = "哈：大家好，我是哈丽旦，律师。"
    assert names_of([Voice("哈", None)], Said(text, labels={"哈": (0, 2)})) == {"哈": "哈丽旦"}


def test_a_speaker_has_the_first_role_and_office_that_are_known() -> None:
    voices = [voice("何知秋"), voice("何知秋（局长）")]
    (speaker,) = speakers_of(voices, Said("何知秋（局长）：好。", labels={"何知秋": (0, 8)}), {"何知秋": None})
    assert speaker.office == "局长"


EVIDENCE: dict[str, tuple[str, str, Speaker]] = {
    "introduction": (
        "临澜市住建局局长何知秋来了。\n何知秋：好。", "", Speaker("何知秋", "guest", "临澜市住建局局长", (0, 8), (15, 18))
    ),
    "label": ("何知秋（局长）：好。", "", Speaker("何知秋", "guest", "局长", (4, 6), (0, 3))),
    "the-fuller-label": (
        "请局长何知秋说说。\n临澜市住建局局长何知秋：好。", "", Speaker("何知秋", "guest", "临澜市住建局局长", (10, 18), (18, 21))
    ),
    "introduction-before-the-fuller-label": (
        "市住建局局长何知秋来了。\n代表、市住建局局长何知秋：好。",
        "",
        Speaker("何知秋", "guest", "市住建局局长", (0, 6), (22, 25)),
    ),
    "label-in-columns": ("局 长 何知秋：好。", "", Speaker("何知秋", "guest", "局 长", (0, 3), (4, 7))),
    "headline": ("何知秋：好。", "专访住建局局长何知秋", Speaker("何知秋", "guest", "住建局局长", None, (0, 3))),
    "text-before-headline": ("局长何知秋：好。", "专访住建局局长何知秋", Speaker("何知秋", "guest", "局长", (0, 2), (2, 5))),
    "nowhere": ("何知秋：好。", "", Speaker("何知秋", "guest", None, None, (0, 3))),
    "surname": ("局长何知秋来了。\n何局长：好。", "", Speaker("何知秋", "guest", "局长", (0, 2), (2, 5))),
}  # fmt: skip


@pytest.mark.parametrize(("text", "title", "speaker"), EVIDENCE.values(), ids=EVIDENCE)
def test_evidence(text: str, title: str, speaker: Speaker) -> None:
    """The spans are those of the words that say it; a headline is no part of the text."""
    start = text.rfind("\n") + 1
    label = text[start : text.index("：", start)]
    who = voice(label)
    said = Said(text, start, title, {who.key: (start, start + len(label))})
    assert speakers_of([who], said, {who.key: "guest"}) == (speaker,)


def test_who_asks_has_no_office() -> None:
    text = "局长何知秋：好吗？"
    who = voice("局长何知秋")
    cast = speakers_of([who], Said(text, labels={who.key: (0, 5)}), {who.key: "interviewer"})
    assert cast == (Speaker("何知秋", "interviewer", None, None, (2, 5)),)


ASKS, TELLS, LEADS = Manner(4, 4), Manner(4, 0), Manner(4, 1, 2)
ROLES: dict[str, tuple[dict[str, Manner], str, list[str | None]]] = {
    "words": ({"记者": TELLS, "何知秋": TELLS}, "", ["interviewer", "guest"]),
    "audience": ({"网友": ASKS, "何知秋": TELLS}, "", ["audience", "guest"]),
    "narrator": ({"解说": TELLS, "记者": ASKS, "何知秋": TELLS}, "", ["narrator", "interviewer", "guest"]),
    "who-asks": ({"叶晚": ASKS, "何知秋": TELLS}, "", ["interviewer", "guest"]),
    "far-more-than-the-other": ({"叶晚": Manner(6, 2), "何知秋": TELLS}, "", ["interviewer", "guest"]),
    "as-much-as-the-other": ({"叶晚": Manner(6, 2), "何知秋": Manner(6, 1)}, "", ["guest", "guest"]),
    "nobody-asks": ({"叶晚": TELLS, "何知秋": TELLS}, "", ["guest", "guest"]),
    "all-ask": ({"叶晚": ASKS, "何知秋": ASKS}, "", ["interviewer", "guest"]),
    "two-ask": ({"叶晚": ASKS, "林水生": ASKS, "何知秋": TELLS}, "", ["interviewer", "interviewer", "guest"]),
    "a-word-goes-first": ({"记者": ASKS, "何知秋": Manner(1, 1)}, "", ["interviewer", "guest"]),
    "second-host": ({"记者": ASKS, "叶晚": ASKS, "何知秋": TELLS}, "", ["interviewer", "interviewer", "guest"]),
    "who-leads": ({"叶晚": LEADS, "网友": ASKS, "何知秋": TELLS}, "", ["interviewer", "audience", "guest"]),
    "named-as-host": ({"叶晚": TELLS, "何知秋": TELLS}, "活动由店长叶晚主持。", ["interviewer", "guest"]),
    "named-before": ({"叶晚": TELLS, "何知秋": TELLS}, "主持人：叶晚", ["interviewer", "guest"]),
    "host-on-the-next-line": ({"叶晚": TELLS, "何知秋": TELLS}, "嘉宾：叶晚\n主持人：林水生", ["guest", "guest"]),
    "listed-hosts": ({"大叶": TELLS, "何知秋": TELLS}, "主播：阿敏、大叶", ["interviewer", "guest"]),
    "presents-the-show": ({"大叶": TELLS, "何知秋": TELLS}, "欢迎收听《夜班电台》，我是大叶。", ["interviewer", "guest"]),
    "says-a-name": ({"大叶": TELLS, "何知秋": ASKS}, "大家好，我是大叶。", ["guest", "interviewer"]),
    "opens": ({"叶晚": Manner(6, 1, 1, opens=True), "记者": ASKS, "何知秋": TELLS}, "", ["interviewer", "interviewer", "guest"]),
    "listed-beside-another-word": (
        {"叶晚": TELLS, "江岸网": ASKS, "何知秋": TELLS},
        "主持人：叶晚、甘露\n好。",
        ["interviewer", "interviewer", "guest"],
    ),
    "named-host-beside-outlets": (
        {"叶晚": TELLS, "江岸网": ASKS, "何知秋": TELLS},
        "会议由董事会秘书叶晚主持。",
        ["interviewer", "interviewer", "guest"],
    ),
    "guest-host": (
        {"主持人": ASKS, "叶晚": TELLS, "何知秋": TELLS},
        "这是特邀主持，《导刊》总编辑叶晚。",
        ["interviewer", "interviewer", "guest"],
    ),
    "second-interviewer-of-a-legend": (
        {"林水生": ASKS, "大叶": TELLS, "何知秋": TELLS},
        "访 谈 人：林水生（本科生）　大叶（硕士生）",
        ["interviewer", "interviewer", "guest"],
    ),
    "analyst": (
        {"主持人": ASKS, "叶晚": Manner(2, 1, wants=2), "何知秋": TELLS},
        "",
        ["interviewer", "interviewer", "guest"],
    ),
    "spokesman-alone": ({"记者": ASKS, "何知秋": Manner(6, 0, 3, opens=True)}, "", ["interviewer", "guest"]),
    "nicknames": (
        {"主持人": ASKS, "何知秋": Manner(20), "三号锅炉": Manner(3, 1), "小葱": Manner(2, 1)},
        "",
        ["interviewer", "guest", "audience", "audience"],
    ),
    "nobody": ({}, "", []),
}


@pytest.mark.parametrize(("manners", "text", "roles"), ROLES.values(), ids=ROLES)
def test_roles_of(manners: dict[str, Manner], text: str, roles: list[str | None]) -> None:
    assert list(roles_of(map(voice, manners), manners, text).values()) == roles


def test_a_person_takes_part_under_all_labels() -> None:
    manners = {"屈若水": Manner(1, 1), "屈": Manner(4, 3, 1, opens=True), "何知秋": TELLS}
    together = of_persons(manners, {"屈若水": "屈若水", "屈": "屈若水", "何知秋": "何知秋"})
    assert together == {"屈若水": Manner(5, 4, 1, opens=True), "屈": Manner(5, 4, 1, opens=True), "何知秋": TELLS}


@pytest.mark.parametrize(
    ("words", "is_host_s"),
    [
        ("谢谢龙董事长。下面请大家提问。", True),
        ("欢迎收看今天的节目。", True),
        ("今天的发布会到此结束。", True),
        ("各位网友好，很高兴来到直播间。", False),
        ("我们今年请来了三位老师。", False),
        ("", False),
    ],
)
def test_leads(words: str, *, is_host_s: bool) -> None:
    assert leads(words) is is_host_s
