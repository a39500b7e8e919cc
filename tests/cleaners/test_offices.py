"""The words of office beside a name, in the places where interviews print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.offices import find_office, find_printed

OFFICES: dict[str, tuple[str, str | None]] = {
    "before": ("今天的嘉宾是临澜市住建局局长何知秋。", "临澜市住建局局长"),
    "several": ("我们邀请到了临澜市副市长，岭东县县委书记、县长何知秋。", "临澜市副市长，岭东县县委书记、县长"),
    "member": ("临澜市住建局党组成员、副局长何知秋来到直播间。", "临澜市住建局党组成员、副局长"),
    "after-a-list": ("今天到场的有省水利厅处长林水生，市水务局局长何知秋。", "市水务局局长"),
    "after-in-parentheses": ("何知秋（临澜市住建局局长）来了。", "临澜市住建局局长"),
    "after-a-comma": ("何知秋，临澜市住建局局长，今年五十岁。", "临澜市住建局局长"),
    "after-a-dash": ("何知秋——临澜市住建局局长。", "临澜市住建局局长"),
    "after-a-space": ("嘉宾：何知秋 临澜市住建局局长", "临澜市住建局局长"),
    "after-a-colon": ("何知秋：江岸大学教授", "江岸大学教授"),
    "after-his-life": ("何知秋，男，汉族，1968年3月生，中共党员，现任临澜市住建局局长。", "临澜市住建局局长"),
    "copula-with-of": ("今年六十九岁的何知秋是浦东木偶剧团的首席操纵师。", "浦东木偶剧团的首席操纵师"),
    "copula": ("何知秋是江岸大学教授，教了三十年书。", "江岸大学教授"),
    "title-behind-the-name": ("今天请来了何知秋局长。", "局长"),
    "address-behind-the-name": ("今天请来了何知秋老师。", None),
    "verb-behind-the-name": ("何知秋代表大家发言。", None),
    "legend": ("访谈嘉宾：市医疗保障局党组书记、局长 何知秋", "市医疗保障局党组书记、局长"),
    "legends-on-a-line": ("时间：9月25日10:00 地点：会议中心 发布人：青原市文旅局局长何知秋", "青原市文旅局局长"),
    "seen": ("除夕前一天，我们在巡逻车里见到了云杉派出所所长何知秋。", "云杉派出所所长"),
    "visited": ("上个月，记者拜访了木匠何知秋。", "木匠"),
    "of-somewhere": ("还有来自海外的访问学者何知秋。", "访问学者"),
    "present": ("出席发布会的有市住建局局长何知秋先生。", "市住建局局长"),
    "calling": ("前催收员何知秋语速很快。", "前催收员"),
    "no-calling": ("会员何知秋和大家何知秋都来了。", None),
    "with-and": ("临澜市住房和城乡建设局局长何知秋来到直播间。", "临澜市住房和城乡建设局局长"),
    "with-and-of-persons": ("记者和江岸大学教授何知秋一起走进老城。", "江岸大学教授"),
    "words-within": ("华为公司总裁何知秋、就业局局长何知秋都来了。", "华为公司总裁"),
    "and-first": ("新学期第一天，小编走进小学，和校长何知秋聊了聊。", "校长"),
    "and-of-a-place": ("我们在驾驶台上和渡轮船长何知秋喝茶。", "渡轮船长"),
    "and-of-two-offices": ("一中信息技术教师、指导老师元方和队长何知秋来了。", "队长"),
    "book": ("《桥的传记》作者、桥梁工程师何知秋来了。", "《桥的传记》作者、桥梁工程师"),
    "of-a-company": ("还有林河公司的工程师何知秋。", "林河公司的工程师"),
    "clause": ("他就是我们老师何知秋。", None),
    "several-with-titles": ("有研究院院长林水生教授，洛水县教育局局长何知秋。", "洛水县教育局局长"),
    "quoted-first": ("还有“微光”计划理事长何知秋。", "“微光”计划理事长"),
    "craft": ("磨刀匠何知秋六十六岁。", "磨刀匠"),
    "as": ("作为极川电池创始人、CTO，何知秋走了十四年。", "极川电池创始人、CTO"),
    "legend-of-several": ("嘉宾：\n何知秋 远帆资本合伙人\n林水生 临澜公司总监", "远帆资本合伙人"),
    "several-in-parentheses": ("何知秋（村民，民宿经营者）：我不同意。", "村民，民宿经营者"),
    "after-an-aside": ("何知秋（以下简称何），男，1934年生，原东坡大队会计。", "原东坡大队会计"),
    "after-years": ("何知秋，四十一岁，执业十七年，正衡律师事务所律师。", "正衡律师事务所律师"),
    "in-a-headline": ("把粉笔带走了——访乡村教师何知秋", "乡村教师"),
    "second-place": ("何知秋来了。临澜市住建局局长何知秋说。", "临澜市住建局局长"),
    "first-wins": ("临澜市住建局局长何知秋说。后来江岸大学教授何知秋说。", "临澜市住建局局长"),
    "another-clause": ("他是局长。何知秋来了。", None),
    "another-person": ("江岸大学教授林水生来了，何知秋没有来。", None),
    "label": ("何知秋：局长，水到了。", None),
    "biography": ("何知秋，1991年生，江岸省上阳市人，毕业于江岸师范学院，现为坡月小学教师。", "坡月小学教师"),
    "age-first": ("何知秋今年六十三岁，木作师傅，修过大殿。", "木作师傅"),
    "of-behaviour": ("动物行为学教授何知秋来了。", "动物行为学教授"),
    "of-the-firm": ("厂长林水生、中和律师事务所合伙人何知秋。", "中和律师事务所合伙人"),
    "firm-with-a-place": ("今天的嘉宾是欧格木业（中国）有限公司总经理何知秋。", "欧格木业（中国）有限公司总经理"),
    "firm-with-a-place-after": ("何知秋 欧格木业（中国）有限公司总经理", "欧格木业（中国）有限公司总经理"),
    "quoted-within": ("何知秋（“玉兰”家政创始人、市人大代表）", "“玉兰”家政创始人、市人大代表"),
    "none": ("何知秋来了。", None),
    "absent": ("今天天气很好。", None),
    "too-late": ("长" * 4000 + "临澜市住建局局长何知秋", None),
    "empty": ("", None),
}


@pytest.mark.parametrize(("text", "office"), OFFICES.values(), ids=OFFICES)
def test_find_office(text: str, office: str | None) -> None:
    span = find_office("何知秋", text)
    assert (text[slice(*span)] if span else None) == office


OTHERS: dict[str, tuple[str, str | None]] = {
    "and": ("影片导演林水生携女主角“卓玛”饰演者何知秋做客。", "女主角“卓玛”饰演者"),
    "any-word": ("今天来了林水生、老戏骨何知秋。", "老戏骨"),
    "with-title": ("今天来了林水生教授和江岸大学讲师何知秋。", "江岸大学讲师"),
    "nothing-between": ("今天来了林水生、何知秋。", None),
    "kin": ("今天来了林水生和妻子何知秋。", None),
    "side": ("今天来了林水生，右边何知秋。", None),
    "clause": ("林水生说他请来了何知秋。", None),
}


@pytest.mark.parametrize(("text", "office"), OTHERS.values(), ids=OTHERS)
def test_no_office_holds_who_else_speaks(text: str, office: str | None) -> None:
    span = find_office("何知秋", text, others=frozenset({"何知秋", "林水生"}))
    assert (text[slice(*span)] if span else None) == office


def test_a_name_of_two_is_spaced_in_lists() -> None:
    text = "嘉宾：\n时　运　江南公司董事长"
    span = find_office("时运", text)
    assert span is not None
    assert text[slice(*span)] == "江南公司董事长"


def test_an_introduction_shortly_before_the_first_turn_counts() -> None:
    text = "好。" * 4000 + "下面请江岸大学教授何知秋发言。"
    span = find_office("何知秋", text, len(text))
    assert span is not None
    assert text[slice(*span)] == "江岸大学教授"


@given(
    st.lists(st.sampled_from(["局长", "何知秋", "，", "（", "）", "：", " ", "的", "男，", "1968年", "好", "\n", "“"])).map(
        "".join
    )
)
def test_an_office_is_trimmed_and_within_a_line(text: str) -> None:
    span = find_office("何知秋", text)
    if span:
        office = text[slice(*span)]
        assert office == office.strip()
        assert office
        assert "\n" not in office


@pytest.mark.parametrize(
    ("words", "text", "printed"),
    [
        ("局长", "何知秋（局长）", "局长"),
        ("局长", "局 长：", "局 长"),
        ("CEO", "ＣＥＯ：", "ＣＥＯ"),
        ("局长", "何知秋", None),
        ("", "何", None),
    ],
    ids=["plain", "columns", "wide-letters", "absent", "empty"],
)
def test_find_printed(words: str, text: str, printed: str | None) -> None:
    span = find_printed(words, text, 0, len(text))
    assert (text[slice(*span)] if span else None) == printed
