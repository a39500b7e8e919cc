"""Bylines whose labels stand behind the names, or apart: put into the order of 「作者：陆以宁」."""

import re

from cleaners.people import FROM, PEOPLE, SURNAMED

_HAN = "\u3400-\u9fff"
BAR = r"[:：丨|｜/／▏]"
"""What stands between a label and its value."""

RANK = (
    "本报|本報|本网|本網|本刊|本台|本社|首席|特约|特約|特派|实习|實習|见习|見習|全媒体|融媒体|文字"
    f"|驻[{_HAN}]{{1,4}}?(?=[记記特首])"
)
"""What may stand between outlet and 记者."""

MEDIUM = (
    rf"(?<![{_HAN}：:])[{_HAN}A-Za-z·]{{1,10}}?"
    "(?:报|報|网|網|社|台|刊|新闻|新聞|客户端|频道|融媒体?|杂志|中心|财经|在线|[央卫]视|总台|之声)"
)
"""An outlet, glued to 记者."""

# 「陆以宁/文 何家俊/图」, 「（甘棠 编辑）」: the label stands behind the name.
_BEHIND = re.compile(
    rf"(?P<people>{PEOPLE})\s*(?:[/／]\s*(?P<role>文字?|[图圖]|摄影?|攝影?|撰文|编辑|整理|供图)(?:[/／、\s]*[图圖摄攝]影?)?"
    r"(?=[\s)）】\]，,;；]|$)|\s+(?P<last>编辑|編輯|责编|整理|撰文|校对|供稿|摄影|攝影)(?=\s*[)）】\]]))"
)
_GLUED = re.compile(
    rf"(?<![{_HAN}])(?P<people>[{_HAN}]{{2,4}}?(?:[\s、]+[{_HAN}]{{2,4}}?){{0,3}})文\s*[/／]\s*[图圖](?=\s|$|[)）】\]])"
)
_LABEL_BEHIND = {"文": "作者", "文字": "作者", "撰文": "撰文", "编辑": "编辑", "編輯": "编辑", "责编": "责编", "供稿": "来源"}

# Of reporters 「岑远/文 汪牧野/图」 says who wrote and who took pictures; both report. 「记者 何家俊 摄」 took pictures only.
_REPORTER_BEHIND = re.compile(
    rf"(?<=[{_HAN}]{{2}})\s*[/／]\s*(?:[文图圖](?:字|片)?|摄影?|攝影?)(?:[/／、]\s*[图圖摄攝]影?)?(?=[\s)）】\]]|$)"
)
# 「邱俐穎／台北報導」, 「蔡崇梧 報導」
_REPORTING = re.compile(
    rf"(?<![{_HAN}])(?<![员員]\s){SURNAMED}(?:[\s、]+{SURNAMED}){{0,3}}(?:\s*[/／]\s*[{_HAN}]{{2,4}}|\s+)(?={FROM})"
)
_TAKEN = re.compile(
    rf"(?:{MEDIUM})?(?:(?:{RANK})\s*)*[记記]者\s*{BAR}?\s*"
    rf"(?P<people>[{_HAN}]{{2,4}}?(?:[\s、]+[{_HAN}]{{2,4}}?){{0,3}})\s*[/／]?\s*[摄攝]影?(?=\s*[)）】\]]|\s*$)"
)
# 「[来源]江岸日报 [作者]汪牧野」
_BRACKETED_LABEL = re.compile(r"[\[【]\s*(来源|來源|作者|编辑|編輯|责任编辑|发布时间|发布日期|时间|日期)\s*[\]】]\s*[:：]?")

# 「1164次阅读| 来源江岸网| 作者陆以宁」
_GLUED_LABEL = re.compile(r"(?<=[|｜])\s*(来源|作者)(?=[^\s:：|｜])")

# 「编　辑： 甘　棠」 is set as wide as 「责任编辑：欧阳修平」.
_SPACED_LABEL = re.compile(r"(?<=[来來作记記编編责責校])\s+(?=[源者辑輯編编对對]\s*[:：])")
# 「责任编辑：司空燕审核：阮志刚」
_GLUED_BEHIND = re.compile(
    rf"(?:(?<=[:：][{_HAN}]{{2}})|(?<=[:：][{_HAN}]{{3}}))(?=(?:责任编辑|责编|编辑|作者|来源|审核|審核|校对|审校|监制|摄影|签发|[初复终一二三]审)\s*[:：])"
)
# 「稿源：某某.COM14 条评论」
_GLUED_COUNT = re.compile(r"(?<=[^\s\d.,:：])(?=\d[\d,.]{0,9}\s*[条次人]\s*(?:评论|阅读|浏览|参与|点击|跟帖|回复))")
# 「文/某某网专栏作者 楚牧原」, 「汪牧野 著」
_COLUMNIST = re.compile(rf"(?<=文[/／])\s*[{_HAN}]{{0,10}}?(?:专栏作[者家]|特约作者|特约撰稿人?)\s*(?={SURNAMED}(?![{_HAN}]))")
_WROTE = re.compile(rf"^\s*(?P<people>{PEOPLE})\s+著(?=\s|$)")
_SPACED_NAME = re.compile(
    rf"(?:(?<=[:：员員者][{_HAN}])|(?<=[:：]\s[{_HAN}]))\s(?=[{_HAN}](?![{_HAN}])(?!\s+[{_HAN}](?![{_HAN}])))"
)


def put_labels_first(line: str) -> str:
    """The line with its labels before their names, and set close.

    >>> put_labels_first("陆以宁/文"), put_labels_first("编 辑： 甘 棠")
    (' 作者：陆以宁 ', '编辑： 甘棠')
    """
    line = _GLUED_COUNT.sub(" ", _GLUED_BEHIND.sub(" ", _GLUED_LABEL.sub(r"\1：", line)))
    line = _WROTE.sub(r" 作者：\g<people> ", _COLUMNIST.sub("", line))
    line = _BRACKETED_LABEL.sub(r" \1：", line)
    line = _SPACED_NAME.sub("", _SPACED_LABEL.sub("", line))
    line = _TAKEN.sub(lambda found: f" 摄影：{found['people']} ", line)
    if "记者" in line or "記者" in line:
        return _REPORTER_BEHIND.sub("", line)
    line = _GLUED.sub(r" 作者：\g<people> ", line)
    return _BEHIND.sub(_label_first, _REPORTING.sub(r" 记者 \g<0>", line))


def _label_first(found: re.Match[str]) -> str:
    return f" {_LABEL_BEHIND.get(found['role'] or found['last'], '摄影')}：{found['people']} "
