"""Lines of an interview that belong to no turn: subheads, stage directions, legends, biographies, and what closes it."""

import re

from cleaners.names import Voice, parse_voice
from cleaners.stretches import Part
from cleaners.words import CALLING, OFFICE_WORD, PERSON

_SENTENCE_END = re.compile(r"[。！？!?…；;：:～~][”’」』）)\]】\"]*$")
_ASIDE = re.compile(r"[（(【\[][^（()）【】\[\]]{1,60}[）)】\]]")
_CLOSING = re.compile(
    r"[【\[■◆□●]?\s*(?:编后|编者|记者手记|手记|采访手记|采访后记|后记|相关链接|新闻链接|链接|背景(?:资料|链接)?|人物(?:简介|名片|档案|介绍)|注释|参考文献"
    r"|嘉宾(?:简介|介绍|名片)|(?:受访者|个人)简介|名词解释|小贴士|延伸阅读|整理说明|原文[:：]|原文名|原题|译者[:：]|图片说明|专家简介|名片|简介|作者简介|图为|图[:：]|关于作者)"
    # What leads to the conversation, or says behind it how it was written down.
    r"|[（(【\[]?\s*(?:以下|下面|现将|下文)(?:是|为|系|就是)?[^。！？：:]{0,24}(?:实录|全文|内容|摘要|整理|摘编|文字稿|节选|专访|访谈|采访)[^。！？：:]{0,12}[：:。）)\]】]*$"
    r"|[（(【\[](?:本文|全文|文中|以上|应受访|根据)[^（()）]{0,60}[）)】\]]$|本(?:场|次|期)(?:直播|访谈|节目|活动)共|(?:更多精彩|敬请关注|扫码|点击(?:收听|观看|阅读))"
)
# 「我2013年进厂」, 「不是，1956年我十三岁」 are words of an answer.
_YEAR = r"(?:\d{4}|[一二三四五六七八九〇○零]{4})年"
_BIOGRAPHY = re.compile(
    r"(?:(?![^，,：:]{0,8}[我你您他她们这那后来])[\u3400-\u9fff·]{2,8}(?:[（(][^（()）]{1,20}[）)])?[，,：:]?\s*)?(?:男[，,]|女[，,]"
    rf"|{_YEAR}(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:出?生(?!产)))"
    r"|(?![^，,]{0,8}[我你您他她们这那])[\u3400-\u9fff·]{2,8}[，,]\s*"
    rf"(?:(?:男|女)[，,]|[\u3400-\u9fff]{{1,3}}族[，,]|{_YEAR}(?:\d{{1,2}}月)?(?:出?生(?!产)|毕业|参加|任|进入|加入|起任|入))"
)
# 男, 女, 族 or 年 stands so near the beginning of a biography: most turns have none.
_LIFE_CHARS = 60

# 「贝自强 江岸省文旅厅处长」, 「何知秋（以下简称何），江岸大学教授。」: what stands behind 嘉宾 in a legend.
_CAST = re.compile(
    r"[\u3400-\u9fff·]{2,4}(?:\s*[（(](?:以下)?简称[^（）()]{1,8}[）)][，,]?|\s+|\s*[（(])"
    rf"[^。！？!?您你我]{{0,40}}(?:{OFFICE_WORD}|{CALLING}|研究生|学生)[）)]?。?$"
    rf"|(?!.*[谢迎请您你我])[\u3400-\u9fff·]{{2,4}}[，,][^，,。！？!?]{{1,20}}(?:{OFFICE_WORD}|{CALLING})(?=[，,。]|$)"
)
# 「主持人：嘉木、大壮」; 「麦：麦穗丰」 says whom a letter stands for.
_NAMES_LISTED = re.compile(r"[\u3400-\u9fff·]{2,4}(?:\s*[、和与/／]\s*[\u3400-\u9fff·]{2,4}){1,6}")
# 「市车辆管理所副所长师玉柱，安达驾校教练佘教练」
_OFFICE_AND_NAME = re.compile(rf"^[^。！？!?您你我]*(?:{OFFICE_WORD}|{CALLING})\s*(?:{PERSON}|[\u3400-\u9fff](?:{OFFICE_WORD}))$")
# 「和秋野：省疾控中心党委委员、副主任」
_OFFICE_ONLY = re.compile(rf"[^。！？!?；;：:我你您他她这那]{{2,40}}(?:{OFFICE_WORD}|{CALLING})")
# 「省人大代表、第二小学教师车晓燕；西岭大学法学院副教授敖敏」 behind 听证员
_OFFICES_AND_NAMES = re.compile(rf"[^。！？!?您你我]*(?:{OFFICE_WORD}|{CALLING})\s?[\u3400-\u9fff·]{{2,4}}[；;]?")
_LONG_CAST = 160
# 「县检察院党组成员、副检察长，从检十八年。」 below a name.
_POST_OF = re.compile(rf"[^。！？!?；;：:我你您他她这那]{{2,40}}(?:{OFFICE_WORD}|{CALLING})(?:[，,][^我你您\n]{{0,40}})?[。\n]")
_RARE_NAME = re.compile(r"[\u3400-\u9fff·]{2,4}")
_STANDS_FOR = re.compile(r"[\u3400-\u9fffA-Za-z·]{2,6}(?:[（(，,].{0,30})?")
CAST_CHARS = 60
_SUBHEAD_CHARS = 32
_NAME_ONLY = re.compile(r"[\u3400-\u9fff·A-Za-z ]{2,12}(?:\s*[（(，,、\s].{0,40})?")
_ASK_CHARS = 400


def is_cast_line(part: Part, text: str, *, is_first: bool) -> bool:
    """「嘉宾：李勇霖 梅河口市公安局局长」 says who takes part, a biography who somebody is; nobody speaks.

    ``is_first``: nobody has spoken yet, so that 「主持人：小敏」 may be a name that no table knows.
    """
    words = text[part.words : part.end]
    if part.voice is None:
        return False
    if not words:
        below = text[part.end : part.end + _ASK_CHARS].lstrip()
        return _BIOGRAPHY.match(below) is not None or (is_first and _POST_OF.match(below) is not None)
    if _is_biography(words):
        return True
    if words[-1] in "？?！!":
        return False
    if is_first and not part.voice.is_person and len(words) <= _LONG_CAST and _OFFICES_AND_NAMES.fullmatch(words):
        return True
    return len(words) <= CAST_CHARS and _names_somebody(part.label, part.voice, words, is_said=is_first and text.count(words) > 1)


def _is_biography(words: str) -> bool:
    head = words[:_LIFE_CHARS]
    return any(mark in head for mark in "男女族年") and _BIOGRAPHY.match(words) is not None


def _names_somebody(label: str, voice: Voice, words: str, *, is_said: bool) -> bool:
    """Whether the words behind a label are a person's name or office; ``is_said``: the text says them again."""
    if len(label) == 1 and words.startswith(label) and _STANDS_FOR.fullmatch(words):
        return True
    if voice.role is None:
        return voice.is_person and _OFFICE_ONLY.fullmatch(words) is not None
    if _CAST.match(words) or _NAMES_LISTED.fullmatch(words) or _OFFICE_AND_NAME.match(words):
        return True
    if ends_sentence(words) or not _NAME_ONLY.match(words):
        return False
    if is_said and _RARE_NAME.fullmatch(words):
        return True
    named = parse_voice(re.split(r"[\s（(，,、]", words, maxsplit=1)[0])
    return named is not None and (named.is_person or _names_press(words))


def is_cast_entry(text: str) -> bool:
    """「池鱼　《硅岸观察》主编」: a line of its own below 主持人 or 嘉宾."""
    return len(text) <= CAST_CHARS and (
        _CAST.match(text.strip()) is not None or _NAMES_LISTED.fullmatch(text.strip()) is not None
    )


def is_aside(text: str, *, is_strong: bool) -> bool:
    """A subhead, a stage direction, a biography: it belongs to no turn."""
    text = text.strip()
    if _ASIDE.fullmatch(text) or _BIOGRAPHY.match(text):
        return True
    if is_strong and len(text) <= _SUBHEAD_CHARS + 8:
        return True
    return len(text) <= _SUBHEAD_CHARS and not ends_sentence(text) and "，" not in text[:-1]


def closes(text: str) -> bool:
    """Whether a line begins what stands behind the conversation, or beside it: an editor's note, links, a biography."""
    return _CLOSING.match(text) is not None


def ends_sentence(text: str) -> bool:
    """Whether a text ends like a sentence."""
    return _SENTENCE_END.search(text) is not None


def _names_press(words: str) -> bool:
    """「本报记者 叶晚」"""
    voice = parse_voice(words)
    return voice is not None and voice.role == "interviewer" and bool(voice.name)
