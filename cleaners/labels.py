"""The labels of bylines (作者, 记者, 责任编辑 …) and the values that stand behind or before them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from cleaners.label_order import BAR, MEDIUM, RANK, put_labels_first
from cleaners.people import FROM, PEOPLE, SURNAMED

_HAN = "\u3400-\u9fff"
_JOINT = r"[、&＆]"
# The words of each role. Where two begin at one place the first counts.
_WORDS = {
    "nobody": (
        rf"(?:新闻|新聞)?(?:图片|圖片|数据|數據|视频|封面|配图|音乐|头图|题图)(?:来源|來源)(?=\s*{BAR})|图源(?=\s*{BAR})"
        r"|(?:头图|题图|图片|封面)来自|(?:新华社|新華社|中新社)[发發](?=\s*[（(])"
    ),
    "source": (
        rf"来自(?=\s*{BAR}\s*[{_HAN}]{{1,10}}(?:报|網|网|社|台|新闻)(?:\s|$))|本文来源于(?=[{_HAN}])|(?<![{_HAN}])来源于(?=\s+[《{_HAN}])|(?:(?:稿件|文章|信息|新闻|新聞|资料|資料|本文|内容|素材)?(?:来源|來源)(?:于|自)?|稿源|出处|(?:发布|供稿)单位|发布机构|(?:本文)?来自(?:微信)?公众号"
        rf"|(?:摘|转|轉|选|摘编|转载)自|(?:原载|原載)[于於]?|[刊载載][于於])(?=\s*{BAR}|\s*《)"
    ),
    "photographers": (
        rf"(?:摄影|攝影|摄像|攝像)(?:[记記]者|师)?(?=\s*(?:{BAR}|{_JOINT}|$|[)）】\]]|[记記]者)|\s)|(?<![{_HAN}])[图圖](?=\s*{BAR}|[\s、]|$)|图片(?=\s*{BAR})"
        rf"|(?<![{_HAN}])摄(?=\s*(?:$|{BAR}|[)）】\]\s]))"
    ),
    "staff": (
        rf"(?<![{_HAN}])(?:责任|文字|本期)?(?:(?:图片|美术|视觉|视频|版面|新媒体|总|總)(?:编辑|編輯)|(?:总|副总)?(?:监制|監製|主编|主編|策划|策劃|统筹|統籌|出品)人?"
        r"|校\s*对|校\s*對|审校|核校|检校|审核|審核|审读|审签|终审|复审|初审|[一二三]审|编审|签发|制作|製作|制图|製圖|设计|設計|排版|美编"
        rf"|(?:文章)?录入员?|译者|翻译|编译|(?<![{_HAN}])译|整理|剪辑|海报|绘图|插画|供图|配图|值班(?:主任|编委|总编)|编委|运营|录音|上传|供稿|报送"
        r"|(?:文字|现场|录音)?(?:实录|速记|记录))"
        rf"(?=\s*(?:{BAR}|{_JOINT}|$|[)）】\]])|\s)|(?:选稿|组稿)(?=\s*{BAR})|(?:实习生|見習生|實習生)"
    ),
    "reporters": (
        rf"(?:(?<![{_HAN}：:])[{_HAN}]{{2,6}}(?=[记記]者\s)|{MEDIUM})?(?:(?:{RANK})\s*)*+[记記]者"
        "(?!会|會|站|团|團|节|節|手[记記]|[观觀]察|[调調]查|专栏|專欄|连线|連線|部落)"
    ),
    "interviewers": rf"(?:采写|採寫|采编|采访|採訪)(?=\s*(?:{BAR}|{_JOINT})|\s|撰文|$)",
    "correspondents": r"(?:特约|特約|本报|本報)?(?:通讯员|通訊員|特约撰稿人)(?![队們们])",
    "author": (
        rf"(?:(?<!该)(?:本文)?(?:作者|楼主|发信人|撰文|撰稿人?|执笔人?|文字)|(?<![{_HAN}])(?:图文|文并?图|文))(?=\s*(?:{BAR}|{_JOINT}))|(?<![{_HAN}])文(?=\s*[(（]|$)"
        rf"|(?<![{_HAN}])(?:作者|撰文|撰稿)(?=\s+{SURNAMED}(?![{_HAN}]))|(?:本报|本刊|特约)评论员(?=\s|{BAR})"
        r"|(?<!\S)原创(?=\s)|(?<!\S)[□■◎◆●]"
    ),
    "responsible": (rf"(?:责任编辑|责任编輯|責任編輯|责编|責编|责任编校)(?=\s*{BAR}|\s|[A-Za-z{_HAN}]{{2,3}}\s*[)）】\]])"),
    "editor": (
        rf"(?:{MEDIUM})?(?:本文|本网|网络|網路|值班|实习|新闻|本期|见习|執行|执行|核稿|特约)?(?:编辑|編輯)人?"
        rf"(?=\s*(?:{BAR}|{_JOINT})|\s)"
    ),
    "place": rf"(?:采访|採訪|访谈|訪談|录制)?地[点點](?=\s*{BAR})",
    "column": r"(?:所属|所屬)?(?:栏目|欄目|专栏)(?=\s*[:：丨|｜])",
    "other": (
        r"(?:(?:发布|發佈|發布|发表|發表|最后更新|最後更新|最新更新|更新|发稿|成文|公开|修改)(?:时间|時間|日期|者|人|于)|时间|時間|日期"
        rf"|来稿时间|索引号|文号|字号|(?:浏览|瀏覽|点击|點擊|阅读|閱讀|访问|评论)(?:次数|次數|数|量)?)(?=\s*{BAR})"
        r"|(?:评论|点赞|收藏|阅读|浏览|点击)[数量]?(?=\s*\d)|类型(?=\s*[:：])"
    ),
}
_LABEL = re.compile("|".join(f"(?P<{role}>{words})" for role, words in _WORDS.items()))

# A list of labels, 「采访、撰文」, has one value: it goes to the first of these. With an editor 「/」 makes no list.
_RANKED = ("reporters", "author", "interviewers", "correspondents", "responsible", "editor", "staff", "photographers")
_NOT_LISTED = frozenset(("editor", "responsible", "staff"))

_PEOPLE = re.compile(PEOPLE)
_AUTHOR = re.compile(rf"(?:[\[（(【〔]\s*[{_HAN}]{{1,3}}\s*[\]）)】〕]\s*)?(?P<value>{PEOPLE})")
_REPORTERS = re.compile(rf"{PEOPLE}|[{_HAN}]{{2,4}}?(?={FROM})")
_PERSON = re.compile(rf"{SURNAMED}(?![{_HAN}])")
_PEN_NAME = re.compile(
    r"(?!未知|不详|佚名|匿名|手机|游客|guest|admin|本站|网络|互联网)[^\s|｜丨,，;；()（）\[\]【】:：。！？!?…]{2,20}"
)
_SOURCE = re.compile(
    r"《(?P<value>[^》]{2,16})》\s*(?:\d{4}年?\s*)?第\s*\d+\s*期|(?:微信)?公众号\s*[:：]?\s*(?P<account>[《「“]?[^\s|｜丨,，;；()（）\[\]【】:：]{2,24})"
    r"|\[?\s*(?P<outlet>[《「“]?[^\s|｜丨,，;；()（）\[\]【】:：]{2,24})(?:\s*\]|\s*[(（][\u3400-\u9fff]{2,4}[)）])?"
)
_TOKEN = re.compile(r"[^\s|｜,，;；。()（）\[\]:：]{2,20}")
_EDITOR = re.compile(
    rf"(?P<name>{PEOPLE}|[{_HAN}]{{5,8}}(?=\s|$|[)）】\]])|[A-Za-z]{{2,12}}\d*)?(?:[\s_(（]*(?P<code>[A-Za-z]{{1,6}}\d{{2,8}}|[A-Z]{{2,4}}|\d{{2,6}})(?![\w]))?"
)
_NONE = re.compile(r"(?:未知|不详|佚名|匿名|手机版|转载(?:文章)?|删除|引用|回复|收藏|举报)(?=\s|$|[)）】\]|｜])")
_LOGIN = re.compile(r"[a-z][a-z0-9_.]{1,15}(?![\w])")
_LEADING = re.compile(rf"[\s{BAR[1:-1]}]+")
_GLUED_MEDIUM = re.compile(rf"(?<=[{_HAN}])\s+([{_HAN}]{{2,4}})$")
_MEDIUM_LAST = re.compile(rf"[{_HAN}A-Za-z]{{2,8}}$")
_COUNT = re.compile(r"^[A-Za-z0-9()\-/]*(?:[.\d]*\s*[次人条个万])?")


class Part(NamedTuple):
    """A label with what stands behind it up to the next label."""

    role: str
    """The key of the label's words, e.g. ``reporters``; ``photographers``, ``staff``, ``nobody``, ``other`` make no field."""

    label: str
    value: str


def split_labels(line: str) -> tuple[str, tuple[Part, ...]]:
    """What stands before the first label of a line, and each label with the text behind it.

    >>> head, parts = split_labels("江岸网 文/图 本报记者 张立冬 编辑：甘棠")
    >>> head, [(part.role, part.value.strip()) for part in parts if part.value.strip()]
    ('江岸网 ', [('reporters', '张立冬'), ('editor', '：甘棠')])
    """
    line = put_labels_first(line)
    labels = list(_LABEL.finditer(line))
    if not labels:
        return line, ()
    ends = [label.start() for label in labels[1:]] + [len(line)]
    parts: list[Part] = []
    listed: list[Part] = []
    for label, end in zip(labels, ends, strict=True):
        part = Part(label.lastgroup or "", label[0], line[label.end() : end])
        part = part._replace(role=_shared_role([*listed, part]), value=_without_medium(part, line[end:]))
        is_listed = end < len(line) and _is_listed(part)
        listed = [*listed, part] if is_listed else []
        parts += [] if is_listed else [part]
    return line[: labels[0].start()], tuple(parts)


def read_value(part: Part) -> tuple[str, str]:
    """The value of a label, empty where none is given, and the text behind it.

    >>> read_value(Part("editor", "编辑", "：赵佳俊 PK018 河湾"))
    ('赵佳俊', ' 河湾')
    """
    text = part.value[found.end() :] if (found := _LEADING.match(part.value)) else part.value
    if part.role == "nobody":
        return "", ""
    if part.role == "other":
        return "", _COUNT.sub("", text)
    if nobody := _NONE.match(text):
        return "", text[nobody.end() :]
    found = _match_value(part, text)
    if found is None:
        return "", text
    groups = found.groupdict()
    if "code" in groups:
        return groups["name"] or groups["code"] or "", text[found.end() :]
    return groups.get("value") or groups.get("account") or groups.get("outlet") or found[0], text[found.end() :]


def _without_medium(part: Part, behind: str) -> str:
    """The value without the outlet of the reporter behind it: 「采写：南都记者 方南」, 「文｜某某 记者」, 「…某某编辑」."""
    if part.role == "reporters" and behind[:2] in ("编辑", "編輯") and (glued := _GLUED_MEDIUM.search(part.value)):
        return part.value if _PERSON.match(glued[1]) else part.value[: glued.start()]
    if part.role == "source" or behind[:2] not in ("记者", "記者"):
        return part.value
    alone = part.value.strip(" :：|｜丨/／") if part.label == "文" else ""
    return "" if alone and _MEDIUM_LAST.fullmatch(alone) and not _PERSON.match(alone) else _MEDIUM_LAST.sub("", part.value)


def _is_listed(part: Part) -> bool:
    """Whether the next label has the same value: 「采访、撰文丨」, 「文/图」, 「摄影：记者」."""
    value = part.value.strip()
    if part.role == "photographers" and part.label[0] in "摄攝" and value in (":", "：", "/", "／"):
        return True
    if part.role == "interviewers" and not part.value:
        return True
    return value in ("、", "&", "＆", "和") or (value in ("/", "／") and part.role not in _NOT_LISTED)


def _shared_role(parts: Sequence[Part]) -> str:
    roles = [part.role for part in parts]
    if len(parts) == 1 or ("photographers" in roles and parts[0].label[0] in "摄攝"):
        return roles[0]
    return next((role for role in _RANKED if role in roles), roles[-1])


def _match_value(part: Part, text: str) -> re.Match[str] | None:
    if part.role == "source":
        return _SOURCE.match(text)
    if part.role in ("column", "place"):
        return _TOKEN.match(text)
    if part.role in ("editor", "responsible"):
        return _EDITOR.match(text)
    if part.role == "author":
        return _match_author(part, text)
    if part.role == "staff" and (found := _LOGIN.match(text)):
        return found
    return (_REPORTERS if part.role == "reporters" else _PEOPLE).match(text)


def _match_author(part: Part, text: str) -> re.Match[str] | None:
    """Names; behind a bullet a surname must show, behind 「作者：」 any pen name will do."""
    if part.label in "□■◎◆●原创":
        return _PERSON.match(text)
    people = _AUTHOR.match(text)
    is_colon = part.label != "文" and _LEADING.match(part.value.strip()) is not None
    pen = _PEN_NAME.match(text) if is_colon else None
    return pen if people is None or (pen and pen.end() > people.end()) else people
