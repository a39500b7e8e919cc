"""Labels at the head of a paragraph."""

import time

import pytest

from cleaners.speech import Label, base_name, is_lone_label, is_speech, parse_label

LABELS: dict[str, tuple[str, str, str]] = {
    "wide-colon": ("记者：您好。", "记者", "您好。"),
    "narrow-colon": ("记者:您好。", "记者", "您好。"),
    "space-behind": ("记者： 您好。", "记者", "您好。"),
    "space-before-the-colon": ("记者 ：您好。", "记者", "您好。"),
    "person": ("何知秋：大家好。", "何知秋", "大家好。"),
    "dotted-name": ("阿依古丽·买买提：大家好。", "阿依古丽·买买提", "大家好。"),
    "latin": ("John Smith: hello.", "John Smith", "hello."),
    "office": ("临澜市住房和城乡建设局局长何知秋：好。", "临澜市住房和城乡建设局局长何知秋", "好。"),
    "parentheses": ("何知秋（局长）：好。", "何知秋（局长）", "好。"),
    "narrow-parentheses": ("主持人(叶晚)：好。", "主持人(叶晚)", "好。"),
    "nickname": ("网友“清水河”：几时通车？", "网友“清水河”", "几时通车？"),
    "nickname-in-brackets": ("网友[清水河]：几时通车？", "网友[清水河]", "几时通车？"),
    "book-marks": ("《江岸周刊》：您好。", "《江岸周刊》", "您好。"),
    "square": ("[主持人]大家好。", "主持人", "大家好。"),
    "square-and-colon": ("- [主持人]：大家好。", "主持人", "大家好。"),
    "lenticular": ("【主持人】大家好。", "主持人", "大家好。"),
    "tortoise": ("〔主持人〕大家好。", "主持人", "大家好。"),
    "wide-square": ("［主持人］大家好。", "主持人", "大家好。"),
    "bullet": ("■记者：您好。", "记者", "您好。"),
    "dash": ("——记者：您好。", "记者", "您好。"),
    "time-before": ("[10:00:01] 记者：您好。", "记者", "您好。"),
    "bare-time-before": ("10:00 记者：您好。", "记者", "您好。"),
    "time-behind": ("记者 10:00:01：您好。", "记者", "您好。"),
    "time-in-brackets-behind": ("主持人 [10:00:01]：您好。", "主持人", "您好。"),
    "alone": ("主持人（叶晚）：", "主持人（叶晚）", ""),
    "dash-for-colon": ("记者——您好。", "记者", "您好。"),
    "hyphen-for-colon": ("Q - 您好。", "Q", "您好。"),
    "counted-question": ("二、问：您好？", "问", "您好？"),
    "counted-in-parentheses": ("（二）记者问：您好？", "记者问", "您好？"),
    "angle": ("<记者>您好。", "记者", "您好。"),
    "slash-for-colon": ("记者/您好。", "记者", "您好。"),
    "aside-behind-brackets": ("[主持人]（笑）您好。", "主持人", "（笑）您好。"),
    "quote-behind-brackets": ("【何知秋】“基本”二字。", "何知秋", "“基本”二字。"),
    "rare-name-and-time": ("其木格 10:00:02", "其木格", ""),
    "studio": ("【演播室】主持人：您好。", "主持人", "您好。"),
    "longest": ("长" * 32 + "：好。", "长" * 32, "好。"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "name", "words"), LABELS.values(), ids=LABELS)
def test_parse_label(text: str, name: str, words: str) -> None:
    label = parse_label(text)
    assert label is not None
    assert (label.name, text[label.start :]) == (name, words)


@pytest.mark.parametrize(("text", "is_bracketed"), [("[记者]您好。", True), ("【记者】：您好。", True), ("记者：您好。", False)])
def test_brackets_are_remembered(text: str, *, is_bracketed: bool) -> None:
    label = parse_label(text)
    assert label is not None
    assert label.is_bracketed is is_bracketed


NO_LABELS = """
来源：江岸网
來源：江岸網
责任编辑：叶晚
責任編輯：葉晚
原标题：临澜的冬天
图为：直播间
图为（资料图）：直播间
时间：今天上午
地点：政务大厅
姓名：何知秋
访谈嘉宾：何知秋
摄影：叶晚
10：30
10:30:15
3：2
记者
您好。
，：好
：好
【】好
今年，我们抓了三件事：一是换管网。
""".strip().split("\n")


@pytest.mark.parametrize("text", [*NO_LABELS, "", " ", "长" * 33 + "：好。", "【" + "长" * 25 + "】好。"])
def test_no_labels(text: str) -> None:
    assert parse_label(text) is None


@pytest.mark.parametrize(
    ("label", "base"),
    [
        ("主持人(叶晚)", "主持人"),
        ("主持人 （叶晚）", "主持人"),
        ("网友“清水河”", "网友"),
        ("记者", "记者"),
        ("（笑）", ""),
        ("", ""),
    ],
    ids=["narrow", "space", "quoted", "bare", "only", "empty"],
)
def test_base_name(label: str, base: str) -> None:
    assert base_name(label) == base


SPEECH = {
    "记者：您好。": True,
    "何知秋：年底完工。": True,
    "何局长：年底完工！": True,
    "[主持人]大家好……": True,
    "記者：請介紹一下？": True,
    "江岸网：有何目标？”": True,
    "记者：叶晚": False,
    "何知秋：临澜市住建局局长": False,
    "来源：江岸网。": False,
    "三项工作：一是补短板。": False,
    "记者：": False,
    "您好。": False,
    "": False,
}


@pytest.mark.parametrize("line", SPEECH)
def test_is_speech(line: str) -> None:
    assert is_speech(line) is SPEECH[line]


LONE = {
    "主持人：": True,
    "主持人（叶晚）：": True,
    "何知秋：": True,
    "主持人": True,
    "问": True,
    "[记者]": True,
    "主持人 10:00:48": True,
    "[10:00:48] 何知秋": True,
    "何知秋": False,
    "主持人：您好": False,
    "三项工作：": False,
    "来源：": False,
    "": False,
    "何" * 30 + "：": False,
}


@pytest.mark.parametrize("line", LONE)
def test_is_lone_label(line: str) -> None:
    assert is_lone_label(line) is LONE[line]


@pytest.mark.parametrize("piece", [" ", "-", "· ", "（", "[", "10:00 ", "长", "记者（", "网友“", "【长", "。", "》", "："])
def test_a_line_of_any_length_is_read_at_once(piece: str) -> None:
    start = time.process_time()
    for line in (piece * 10_000, piece * 10_000 + "：好。", "记者" + piece * 10_000):
        parse_label(line)
        is_speech(line)
        is_lone_label(line)
    assert time.process_time() - start < 3


def test_a_thousand_heads_of_a_script_are_no_stack() -> None:
    assert parse_label("【同期声】" * 2_000 + "记者：好") == Label("记者", 5 * 2_000 + 3)


@pytest.mark.parametrize("head", ["1.", "10:00", "[", "（"])
def test_spaces_cost_no_time(head: str) -> None:
    start = time.process_time()
    parse_label(head + " " * 20_000 + "！")
    assert time.process_time() - start < 1
