"""Names of people as bylines set them."""

from cleaners.words import PERSON

_HAN = "\u3400-\u9fff"
FROM = "(?:报道|报導|報導|专电|專電|專訪|专访)"
"""What a report is called behind a place or a name: ``台北報導``."""

_HANT_PERSON = (
    "[張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許呂蘇盧蔣賈葉閻鍾譚鄒陸賴龔龐齊莊喬湯賀顧龍萬錢嚴倪簡莫游紀連駱鐘藍聶叢關歐費榮鮑應衛滿華單項魯韋畢鄺竇諸闞閔鄔練溫涂岑]"
    rf"[{_HAN}]{{1,2}}"
)
SURNAMED = rf"(?:{PERSON}|{_HANT_PERSON})"
"""A full name that begins with a surname, in either script."""

_NO_NAME = (
    f"(?!发自|發自|{FROM}|综合|綜合|本报|本網|本网|发布|未知|不详|佚名|匿名|采访|採訪|撰文|文字|摄影|攝影|图片|编辑|整理|校对|实习"
    f"|(?!{SURNAMED}{FROM})[{_HAN}]{{2,4}}{FROM})"
)
_VERB = r"(?:报道|报導|報導|专电|专访|專訪|摄影|攝影|摄|\d{0,2}日?[电電])"
_NAME = (
    rf"{_NO_NAME}(?:[{_HAN}]{{1,4}}·[{_HAN}·]{{1,10}}|[{_HAN}]{{2,4}}(?![{_HAN}])"
    rf"|[{_HAN}]{{2,3}}(?=(?:[{_HAN}]{{2,4}})?{_VERB}))"
)
_LATIN = r"[A-Z][A-Za-z.\-]+(?:\s[A-Z][A-Za-z.\-]+){0,2}(?![\w])"
PEOPLE = rf"(?:{_NAME}(?:(?:\s*[、,，/／]\s*|\s+)(?![{_HAN}]{{2,4}}{FROM}){_NAME}){{0,7}}|{_LATIN})"
"""Up to eight names as bylines set them."""
