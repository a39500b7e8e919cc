"""Whom an introduction, a biography or a headline names."""

import pytest

from cleaners.introductions import introduced_names, only_guest


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("临澜市住建局局长何知秋、江岸大学教授林水生做客直播间。", ("何知秋", "林水生")),
        ("临澜市住建局局长何知秋说。局长何知秋说。", ("何知秋",)),
        ("江岸大学教授林远的实验室只有六个人。", ("林远",)),
        ("和校长林怀瑾聊了聊。", ("林怀瑾",)),
        ("何知秋（江岸大学教授）来了。", ("何知秋",)),
        ("受访者：何知秋\n时间：三月", ("何知秋",)),
        ("市长成城走进直播间。养蜂人程蜂光着手。", ("成城", "程蜂")),
        ("省政务局局长白描接受了专访。", ("白描",)),
        ("嘉宾：\n何知秋　公司总经理\n时　运　公司董事长\n【名片】林水生，江岸大学教授。", ("何知秋", "时运", "林水生")),
        ("大家都叫我老何，其实我叫何知秋。", ("何知秋",)),
        ("何知秋来了。", ()),
        ("", ()),
        ("长" * 4000 + "局长何知秋。", ()),
    ],
    ids=[
        "two",
        "twice",
        "short-name",
        "verb-behind",
        "explained",
        "legend",
        "verb-goes-on",
        "verb-follows",
        "names-first",
        "self",
        "no-office",
        "empty",
        "too-late",
    ],
)
def test_introduced_names(text: str, names: tuple[str, ...]) -> None:
    assert introduced_names(text) == names


GUESTS: dict[str, tuple[str, str, str | None]] = {
    "introduced": ("临澜市住建局局长何知秋做客直播间。", "", "何知秋"),
    "takes-part": ("何知秋近日接受本报专访。", "", "何知秋"),
    "headline": ("他修了三条步道。", "专访何知秋：再修三条", "何知秋"),
    "headline-first": ("他修了三条步道。", "何知秋：再修三条", "何知秋"),
    "two-and-the-headline": ("局长何知秋和教授林水生做客直播间。", "对话何知秋", "何知秋"),
    "two-and-more-said-of-one": ("局长何知秋和教授林水生来了。何知秋先说。", "", "何知秋"),
    "two": ("局长何知秋和教授林水生来了。", "", None),
    "biography": ("他修了三条步道。\n何知秋，1968年生，工程师。", "", "何知秋"),
    "card": ("他修了三条步道。\n人物简介：何知秋，工程师。", "", "何知秋"),
    "foreign": ("来自海外的访问学者马克·韦斯顿也来了。", "", "马克·韦斯顿"),
    "nickname": ("护林员老榆本名叫什么，没人记得，叫老榆就行。", "", "老榆"),
    "spokesman": ("外事部发言人欧阳白举行例行记者会。", "", "欧阳白"),
    "scholar": ("[学人简介]何知秋，著有三本书。", "", "何知秋"),
    "surname-alone": ("赵医生是其中之一。赵医生值完夜班。", "", "赵医生"),
    "surname-said-once": ("赵医生值完夜班。", "", None),
    "rare-name-before-a-verb": ("请待遇保障科科长边巴央宗逐一解答。", "", "边巴央宗"),
    "time-before-a-verb": ("待遇保障科科长今天上午接受采访。", "", None),
    "nobody": ("他修了三条步道。", "三条步道", None),
    "kind-of-page": ("他修了三条步道。", "三条步道｜访谈实录", None),
    "empty": ("", "", None),
}


@pytest.mark.parametrize(("text", "title", "guest"), GUESTS.values(), ids=GUESTS)
def test_only_guest(text: str, title: str, guest: str | None) -> None:
    assert only_guest(text, title, len(text)) == guest


def test_who_says_his_name_in_the_first_answer_is_the_guest() -> None:
    text = "步道修好了。\n请您介绍一下自己。\n大家好，我是何知秋，修路的。"
    assert only_guest(text, "", text.index("请您")) == "何知秋"
