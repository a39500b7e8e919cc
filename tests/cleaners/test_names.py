"""What labels say of their speakers: words, outlets, persons, offices."""

import time

import pytest

from cleaners.article import Role
from cleaners.names import Voice, is_full_name, parse_voice
from cleaners.words import OFFICE_LAST, ROLE_OF_WORD

WORDS: dict[str, tuple[str, Role]] = {
    "记者": ("记者", "interviewer"),
    "主持人": ("主持人", "interviewer"),
    "男主持": ("男主持", "interviewer"),
    "女主持人": ("女主持人", "interviewer"),
    "问": ("问", "interviewer"),
    "问1": ("问", "interviewer"),
    "Q": ("Q", "interviewer"),
    "Q12": ("Q", "interviewer"),
    "本报记者": ("本报记者", "interviewer"),
    "江岸网记者": ("江岸网记者", "interviewer"),
    "新浪财经记者": ("新浪财经记者", "interviewer"),
    "记者甲": ("记者甲", "interviewer"),
    "答": ("答", "guest"),
    "A3": ("A", "guest"),
    "嘉宾": ("嘉宾", "guest"),
    "专家": ("专家", "guest"),
    "省公安厅相关负责人": ("省公安厅相关负责人", "guest"),
    "外交部发言人": ("外交部发言人", "guest"),
    "网友": ("网友", "audience"),
    "江岸市民": ("江岸市民", "audience"),
    "投资者提问": ("投资者", "audience"),
    "公司回复": ("公司", "guest"),
    "税务局答": ("税务局", "guest"),
    "编委会追问": ("编委会", "interviewer"),
    "听证主持人": ("听证主持人", "interviewer"),
    "《科技之晨》记者": ("《科技之晨》记者", "interviewer"),
    "江岸广播电视台交通广播记者": ("江岸广播电视台交通广播记者", "interviewer"),
    "《学刊》": ("《学刊》", "interviewer"),
    "嘉宾1": ("嘉宾1", "guest"),
    "读者B": ("读者B", "audience"),
    "提问2": ("提问", "interviewer"),
    "江岸网友": ("江岸网友", "audience"),
    "学生乙": ("学生乙", "audience"),
    "听众张女士": ("听众张女士", "audience"),
    "现场观众": ("现场观众", "audience"),
    "审判长": ("审判长", "interviewer"),
    "原告代理人": ("原告代理人", "guest"),
    "解说": ("解说", "narrator"),
    "画外音": ("画外音", "narrator"),
    "同期声": ("同期声", "narrator"),
}


@pytest.mark.parametrize("label", WORDS)
def test_words_say_a_role(label: str) -> None:
    voice = parse_voice(label)
    assert voice is not None
    assert (voice.key, voice.role) == WORDS[label]
    assert not voice.is_person


@pytest.mark.parametrize("word", ROLE_OF_WORD)
def test_every_word_of_the_table_is_read(word: str) -> None:
    voice = parse_voice(word)
    assert voice is not None
    assert voice.role == ROLE_OF_WORD[word]


@pytest.mark.parametrize("label", ["江岸网", "江岸日报", "《江岸周刊》", "江岸卫视", "新浪财经", "新华社", "澎湃"])
def test_outlets_ask(label: str) -> None:
    assert parse_voice(label) == Voice(label, "interviewer")


PERSONS: dict[str, Voice] = {
    "何知秋": Voice("何知秋", None, name="何知秋"),
    "欧阳若水": Voice("欧阳若水", None, name="欧阳若水"),
    "于镇": Voice("于镇", None, name="于镇"),
    "阿依古丽·买买提": Voice("阿依古丽·买买提", None, name="阿依古丽·买买提"),
    "John Smith": Voice("John Smith", None, name="John Smith"),
    "J. Smith": Voice("J. Smith", None, name="J. Smith"),
    "何知秋（局长）": Voice("何知秋", None, name="何知秋", office="局长"),
    "何知秋(市住建局局长)": Voice("何知秋", None, name="何知秋", office="市住建局局长"),
    "何知秋（笑）": Voice("何知秋", None, name="何知秋"),
    "何知秋局长": Voice("何知秋", None, name="何知秋", office="局长"),
    "临澜市住建局局长何知秋": Voice("何知秋", None, name="何知秋", office="临澜市住建局局长"),
    "临澜市委副书记、市长 何知秋": Voice("何知秋", None, name="何知秋", office="临澜市委副书记、市长"),
    "竹青瑶（院长）": Voice("竹青瑶", None, name="竹青瑶", office="院长"),
    "何局长": Voice("何局长", None, surname="何", title="局长"),
    "何副局长": Voice("何副局长", None, surname="何", title="副局长"),
    "何女士": Voice("何女士", None, surname="何", title="女士"),
    "何老": Voice("何老", None, surname="何", title="老"),
    "何总": Voice("何总", None, surname="何", title="总"),
    "欧阳老师": Voice("欧阳老师", None, surname="欧阳", title="老师"),
    "- 何知秋": Voice("何知秋", None, name="何知秋"),
}


@pytest.mark.parametrize("label", PERSONS)
def test_persons(label: str) -> None:
    voice = parse_voice(label)
    assert voice == PERSONS[label]
    assert voice.is_person


@pytest.mark.parametrize(
    ("label", "voice"),
    [
        ("本报记者张立冬", Voice("张立冬", "interviewer", name="张立冬")),
        ("主持人 叶晚", Voice("叶晚", "interviewer", name="叶晚")),
        ("嘉宾何知秋", Voice("何知秋", "guest", name="何知秋")),
        ("何知秋（主持人）", Voice("何知秋", "interviewer", name="何知秋")),
        ("竹青瑶（主持人）", Voice("竹青瑶", "interviewer", name="竹青瑶")),
        ("外交部发言人何知秋", Voice("何知秋", None, name="何知秋", office="外交部发言人")),
        ("江岸日报 何知秋", Voice("何知秋", "interviewer", name="何知秋")),
        ("省气象台首席预报员 何知秋", Voice("何知秋", None, name="何知秋", office="省气象台首席预报员")),
        ("何知秋（议事会召集人）", Voice("何知秋", "interviewer", name="何知秋")),
        ("申请人代表（水务公司经理何知秋）", Voice("申请人代表", None, name="何知秋", office="水务公司经理")),
        ("养老服务处处长 牧歌", Voice("牧歌", None, name="牧歌", office="养老服务处处长")),
        ("竹农老姜", Voice("老姜", None, name="老姜", office="竹农")),
        ("主持人萨如拉", Voice("萨如拉", "interviewer", name="萨如拉")),
        ("巴图·额尔德尼旗长", Voice("巴图·额尔德尼", None, name="巴图·额尔德尼", office="旗长")),
        ("老高", Voice("老高", None, surname="高")),
        ("水局长", Voice("水局长", None, surname="水", title="局长")),
        ("听众老万", Voice("听众老万", "audience")),
        ("居民曲阿姨", Voice("曲阿姨", None, name="曲阿姨", office="居民")),
        ("被告代理律师", Voice("被告代理律师", "guest")),
        ("答（所长何知秋）", Voice("何知秋", "guest", name="何知秋", office="所长")),
        ("问（居民曲阿姨）", Voice("居民曲阿姨", "audience")),
        ("答（笑）", Voice("答", "guest")),
        ("发言人2", Voice("发言人2", None)),
        ("省政府新闻办公室 格桑央宗", Voice("格桑央宗", None, name="格桑央宗")),
        ("神经内科万青山主任", Voice("万青山", None, name="万青山", office="主任")),
        ("大众消费网记者 冰洁", Voice("冰洁", "interviewer", name="冰洁")),
        ("跑友老郭", Voice("老郭", None, name="老郭", office="跑友")),
        ("村民甲", Voice("村民甲", None, name="村民甲")),
        ("邸长河（患者家属）", Voice("邸长河", None, name="邸长河", office="患者家属")),
        ("听众何太", Voice("听众何太", "audience")),
        ("队长 高原", Voice("高原", None, name="高原", office="队长")),
        ("谯明副院长", Voice("谯明", None, name="谯明", office="副院长")),
        ("何知秋代表", Voice("何知秋", None, name="何知秋", office="代表")),
        ("交通旅游处宋处长克勤", Voice("宋克勤", None, name="宋克勤", office="交通旅游处处长")),
        ("江议员志铭", Voice("江志铭", None, name="江志铭", office="议员")),
        ("金晶副主任医师", Voice("金晶", None, name="金晶", office="副主任医师")),
        ("刀副区长", Voice("刀副区长", None, surname="刀", title="副区长")),
        ("独立影评人林孟洁", Voice("林孟洁", None, name="林孟洁", office="独立影评人")),
        ("嘉宾水清", Voice("水清", "guest", name="水清")),
        ("江妻伍倩", Voice("伍倩", None, name="伍倩")),
        ("儿子小勺", Voice("小勺", None, name="小勺")),
        ("李所", Voice("李所", None, surname="李", title="所")),
        ("首席焊工 那曲", Voice("那曲", None, name="那曲", office="首席焊工")),
        ("主持人（总监 何知秋）", Voice("主持人", "interviewer")),
        ("网易汽车", Voice("网易汽车", "interviewer")),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_a_word_beside_a_name(label: str, voice: Voice) -> None:
    assert parse_voice(label) == voice


@pytest.mark.parametrize(
    ("label", "word", "nickname"),
    [
        ("网友“清水河”", "网友", "清水河"),
        ("网友[清水河]", "网友", "清水河"),
        ("网友 路过的蜗牛", "网友", "路过的蜗牛"),
        ("手机网友@清水河", "网友", "清水河"),
        ("网友小鱼", "网友", "小鱼"),
        ("腾云网友“小鱼”", "腾云网友", "小鱼"),
        ("听众“老周”", "听众", "老周"),
        ("主持人（叶晚）", "主持人", "叶晚"),
        ("主持人(叶晚)", "主持人", "叶晚"),
    ],
)
def test_nicknames(label: str, word: str, nickname: str) -> None:
    voice = parse_voice(label)
    assert voice is not None
    assert (voice.word, voice.nickname, voice.is_person) == (word, nickname, False)


NO_VOICES = """三项工作 一是 下一步 他说 记者说 记者们 何知秋说 责任编辑 图为 第一 2018年 目标 竹青瑶 局长 何 （笑） “清水河” -
    方案一 原文名 董事长 短信平台 网友热议 副局长 嘉宾简介 有记者 一位网友 他告诉记者 顾问 疑问 请问
    我明确答复 作者简介 情况通报 农月汇报 最后一问 今天想换一个方式问 江苏代表团 王教授团队 黄委员会 方代表处
    嘉宾时间 嘉宾语录 主讲人信息 孙子方案 儿子高兴 嘉宾名单 嘉宾们""".split()


@pytest.mark.parametrize("label", [*NO_VOICES, "", " ", "今年抓好的三项工作", "新华社北京电", "观众们都"])
def test_no_voices(label: str) -> None:
    assert parse_voice(label) is None


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("何知秋", True),
        ("欧阳若水", True),
        ("John Smith", True),
        ("约翰·史密斯", True),
        ("何", False),
        ("何知秋说", False),
        ("何知秋 ", False),
        ("记者", False),
        ("", False),
    ],
)
def test_is_full_name(text: str, *, is_name: bool) -> None:
    assert is_full_name(text) is is_name


def test_offices_end_with_their_last_characters() -> None:
    assert set("长任记员授") <= set(OFFICE_LAST)
    assert not set("何的（") & set(OFFICE_LAST)


@pytest.mark.parametrize("piece", ["何", "局长", "李·", "A ", "（", "【", "网友“", "记者", "报", "·"])
def test_a_label_of_any_length_is_read_at_once(piece: str) -> None:
    start = time.process_time()
    parse_voice(piece * 10_000)
    assert time.process_time() - start < 3
