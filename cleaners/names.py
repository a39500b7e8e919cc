"""Names, offices and voices: what a label says of its speaker."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from cleaners.article import Role
from cleaners.script import to_simplified
from cleaners.words import CALLING, COMPOUND, FOREIGN, HAN, OFFICE_WORD, PERSON, ROLE_OF_WORD, SURNAMES

_TITLE = rf"(?:{OFFICE_WORD}|{CALLING}|先生|女士|小姐|老师|师傅|老|总|董|工|导|局|厅|处|队|院|校|所|科|书记)"

_WORDS = "|".join(sorted((word for word in ROLE_OF_WORD if len(word) > 1), key=len, reverse=True))
_VERBAL = "[提追发设反]?问|[回作解]?答|结束|开始|补充|说|笑"
_WORD = re.compile(
    rf"(?P<before>[{HAN}A-Za-z0-9·《》 ]{{0,24}}?)(?P<word>{_WORDS}|[问答记主客QA](?=\d*$))"
    rf"\s*(?P<number>[A-Z](?![A-Za-z.])|[\d一二三四五六七八九十甲乙丙丁]{{0,2}})\s*(?P<name>{PERSON}|{FOREIGN}|(?<=\s)(?!{_VERBAL})[{HAN}]{{2,4}})?"
)
_OUTLET = re.compile(
    rf"[《“]?[{HAN}A-Za-z0-9·]{{1,12}}(?:网|(?<![通简汇预警情公海举申填上播战捷喜回])报|社|(?<!平|讲|柜|舞|阳|后|前|窗)台|刊|周刊|日报|晚报|时报|晨报|商报|新闻|频道|在线|杂志|电视|卫视|周末|观察|通讯|客户端|财经|财讯|体讯|发布|融媒|电台|广播)[》”]?"
    # The channel of a portal: 「网易汽车：」.
    r"|(?:新浪|搜狐|腾讯|网易|凤凰|和讯|太平洋|爱卡|易车)网?(?:体育|汽车|教育|科技|娱乐|财经|房产|游戏|文化|旅游|健康|读书|女性|时尚|历史|佛教|音乐|电影)?"
)
_BOOK_MARKS = re.compile(r"《[^《》]{1,16}》")
_PORTAL = frozenset(
    "新浪 搜狐 腾讯 网易 凤凰 澎湃 财新 界面 虎嗅 新华社 中新社 新浪财经 搜狐财经 凤凰财经 腾讯娱乐 新浪娱乐".split()
)
_PERSON_LABEL = re.compile(
    rf"(?:(?P<office>.*?(?:{OFFICE_WORD}|{CALLING}))\s*|(?P<unit>(?=\S*[{HAN}])\S{{2,16}})\s)?(?P<name>{PERSON}|{FOREIGN})(?P<after>(?:{OFFICE_WORD}){{1,2}}|先生|女士)?"
)
# Behind an office stands a name, whatever its first character, or what somebody is called: 「养老处处长 牧歌」, 「竹农老姜」.
_OFFICE_LABEL = re.compile(
    rf"(?P<office>.*(?:{OFFICE_WORD}|{CALLING}))"
    rf"(?:\s(?P<name>(?!.*{OFFICE_WORD}$)[{HAN}]{{2,4}})|(?P<called>[老小阿][{SURNAMES}]))"
)
# 「省政府新闻办公室 格桑央宗」, 「神经内科万青山主任」
_UNIT = "(?:[委办局厅部科处室院站所队系厂]|办公室|中心|公司|集团|大学|协会|学会|银行|医院|学校)"
_UNIT_LABEL = re.compile(
    rf"(?P<unit>[{HAN}A-Za-z0-9·《》“”（）]{{2,24}}{_UNIT})(?:\s(?P<any>(?!.*{OFFICE_WORD}$)[{HAN}]{{2,4}})|(?P<name>{PERSON})(?P<title>{OFFICE_WORD}))"
)
_OFFICE_NAME = re.compile(rf"(?P<office>.*?(?:{OFFICE_WORD}))(?P<name>[{HAN}]{{2,3}})")
# 「江妻伍倩」, 「儿子小勺」, 「水生妻子刘凤英」: whose kin somebody is, and who.
_KIN_LABEL = re.compile(
    rf"[{HAN}]{{0,4}}?(?:妻子?|丈夫|老伴|爱人|媳妇|[儿女孙]子|[女孙]儿|父亲|母亲|爸爸|妈妈|爷爷|奶奶|外公|外婆|[哥弟]{{1,2}}|[姐妹]{{1,2}}|[女养]婿)"
    rf"(?P<name>{PERSON}|[小阿老][{HAN}])"
)
# 「交通旅游处宋处长克勤」, as councils of Taiwan print it.
_TITLE_WITHIN = re.compile(
    rf"(?P<unit>[{HAN}]{{0,12}}?)(?P<surname>[{SURNAMES}])(?P<title>议员|委员|议长|[局处县市院校馆部司署所]长|主任|主席|代表|教授)"
    rf"(?P<given>(?!.*[员长师生们人书助委代副团队会处科组室院校部局厅所])[{HAN}]{{1,2}})"
)
# 「老高」; 老师, 小学 and 小说 begin with no surname.
_FAMILIAR = re.compile(rf"[老小](?P<surname>[{SURNAMES}])")
_NOT_FAMILIAR = frozenset(
    "小时 小康 小米 小计 小班 小满 小游 小成 小单 小段 小车 小路 小池 小都 小于 老花 老路 老段 小花 小农 小商 小章 小项".split()
)
# 「主持人萨如拉」, whatever the name's first character; 「主持人提问」 is no name.
_HOST = re.compile(rf"(?:节目)?(?:主持人|主播|司仪)\s?(?P<name>(?!.*[问答语词说白辞稿话手嘉宾言按结串注])[{HAN}]{{2,4}})")

# 「嘉宾水清」, whatever the name's first character; 「嘉宾简介」 is no name.
_GUEST_NAMED = re.compile(
    rf"(?:特邀|访谈|本期)?(?:嘉宾|主讲人)\s?(?P<name>(?!.*[问答们席])(?!简介|介绍|名单|发言|代表|致辞|互动|合影|点评|观点|阵容|主持)[{HAN}]{{2,4}})"
)

# 「叶晚（议事会召集人）」
_HOSTS = re.compile(r"(?:主持人?|召集人)$")

# Words that begin with a surname's character.
_NO_PERSON = re.compile(
    r"(?:方案|方法|方式|方面|原因|原文|原题|原料|时间|时长|成果|成绩|成本|高级|高考|高中|关于|关键|解决|解读|解析|解释|安全|安排|金额|马上|田间|白天|水平"
    r"|常见|常识|易错|强调|江苏|江西|江南|河南|宁夏|云南|安徽|贵州|陕西|程序|单位|单价|任务|段落|史料|车型|车辆|房价|温馨|温度|文章|文化|文字|文学|文物"
    r"|章节|项目|党员|党委|党建|纪律|景点|应急|包括|计划|商品|商务|官方|路线|路况|石油|符合|席位|古代|古诗|左右|华为|印象|明确|习题|储备|班级|简介|简历|申请人|高兴|阅读|提示|语录|信息|照片|图片|资料|地址|电话|邮箱|传真|网址|热线|留言|帅哥|麦田|麦子|麦克风|慕名|高温|高铁|高原|元旦|元月|元宵)"
)
_OFFICE_ALONE = re.compile(OFFICE_WORD)
_TITLED = re.compile(
    rf"(?P<surname>{COMPOUND}|[{SURNAMES}])(?P<title>{_TITLE})"
    # Rare surnames: 「水局长」, not 「副局长」, 「村主任」.
    rf"|(?P<rare>[^\W副总代原前首各该本这那某几两一二三四五老小大女男村县市区镇乡省厅局处科院校所队站社厂班组系团会党政军正新旧我你他班群分主执常理支行])"
    r"(?P<rank>副?(?:局长|市长|县长|区长|镇长|乡长|省长|部长|厅长|处长|科长|所长|院长|校长|馆长|会长|站长|队长|主任|书记|委员|总裁|经理|董事长|教授|律师|警官|院士|博士))"
)
_OFFICIAL = frozenset(("专家", "发言人", "负责人", "相关负责人", "有关负责人"))
_PARENTHESES = re.compile(r"\s*[（(](?P<inside>[^（()）]{1,40})[）)]\s*")
_QUOTED = re.compile(r"\s*[“\"「『\[【〈<](?P<inside>[^”\"」』\]】〉>]{1,20})[”\"」』\]】〉>]\s*")
_OFFICE_END = re.compile(rf"(?:{OFFICE_WORD}|{CALLING})$")
_RANKS = "副代"
# 「邸长河（患者家属）」
_STANDING = re.compile(r"(?:妻子|丈夫|父亲|母亲|儿子|女儿|家属|亲属|邻居|同事|朋友|学生|家长|居民|市民|业主|当事人|目击者)$")
# 「导演万玛加布」, 「康复师和晓岚」, who are called 万玛加布 and 和晓岚 elsewhere.
OFFICE_GLUED = re.compile(rf"^[{HAN}]{{0,8}}?(?:{OFFICE_WORD}|{CALLING})(?=[{HAN}]{{2,4}}$)")
TITLE_BEHIND = re.compile(rf"(?<=[{HAN}]{{2}}){OFFICE_WORD}$")
_FULL_NAME = re.compile(rf"{PERSON}|{FOREIGN}")


_SHORT = re.compile(r"简称[为：:]?\s*[“\"‘「]?(?P<short>[^“”\"‘’「」\s]{1,6})")


# What may stand before a role word: the outlet or rank of a journalist, the place of a reader; no clause that reports.
_NOTHING = re.compile("(?!)")
_NO_CLAUSE = r"(?!.*(?:告诉|对|向|跟|问|答|说|与|给|让|请|是|有|的|了|位|几|些|等|各|这|那|该|其他|一名))"
_BEFORE_WORD: dict[Role, re.Pattern[str]] = {
    "interviewer": re.compile(
        rf"(?:{_OUTLET.pattern}|本报|本网|本刊|本台|{'|'.join(sorted(_PORTAL))})?(?:见习|实习|特约|首席|特派|财经|时政)*"
    ),
    "audience": re.compile(rf"{_NO_CLAUSE}[{HAN}]{{0,6}}"),
}
_BEFORE_PRESS = re.compile(rf"{_NO_CLAUSE}[{HAN}A-Za-z0-9·《》 ]{{0,24}}")
_PRESS = frozenset("记者 主持人 主持 主播".split())
_HOST_WORDS = frozenset("主持人 主持".split())

_BODY = re.compile(rf"{_NO_CLAUSE}(?!.*(?:[我你您他她它咱想要换]|[今昨明]天)|最后|第|下一)[{HAN}]{{2,10}}")

# Numbers of questions, not of persons.
_UNNUMBERED = frozenset("提问 回答 采访 问题".split())


_ASKED_OR_TOLD = frozenset("问 答 提问 回答 Q A".split())
_STAGE = re.compile(r"[笑想哭叹停沉默点摇指看拿打翻起追补充思考片刻]")

# 「记者问：」, 「程远舟答：」 say no more than 「记者：」, 「程远舟：」.
_SAYS = re.compile(r"(?:(?P<asks>提问|追问|发问|问)|(?P<tells>回答|答复|回复|回应|作答|答))$")

# 「记 者：」 is as wide as 「程远舟：」.
_COLUMNS = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])")

# 「听众张女士」 is no full name.
_ADDRESS = ("女士", "先生", "小姐")

# Nicknames are anything: ``网友“松花江”``, ``网友 路过的蜗牛``.
_NICKNAME = re.compile(
    r"(?P<word>(?:手机|[\u3400-\u9fff]{2,4})?(?:网友|网民)|听众|观众|读者|球迷|微友)\s*[“\"「『\[【〈<@](?P<quoted>[^”\"」』\]】〉>]{1,20})"
    r"|(?P<netizen>(?:手机)?(?:网友|网民))(?:\s(?P<plain>\S.{0,19})"
    r"|(?P<glued>(?!.*(?:问|说|称|评|议|论|言|点|认为|表示|回复|答|帖|赞|友|我|有|是|的)|[们甲乙丙丁\d一二三]|[A-Z]$)[^\s，。：:（(]{1,10})$)"
)

# 「听众老万」: who calls, not who comments; 「居民曲阿姨」 is as often asked.
_CALLED = (
    rf"(?:[老小阿][{HAN}]|[{HAN}]{{1,2}}(?:女士|先生|小姐|同学|师傅|大爷|大妈|大娘|阿姨|大姐|大哥|奶奶|爷爷|老师|医生|太|生))"
)
_CALLER = re.compile(rf"(?:热心|现场|场外)?(?:听众|观众|网友|读者|球迷){_CALLED}")
_RESIDENT = re.compile(
    rf"(?:市民|居民|村民|业主|租客|乘客|顾客|家长|学生|患者|(?:[{HAN}]{{2,4}})?(?:司机|老板|快递员|骑手|房东)){_CALLED}"
    r"|(?:村民|居民|市民|业主|工人|职工|司机|乘客|顾客|商户|摊主|店主)[甲乙丙丁A-D]"
)

# 「原告代理律师」, 「第一被告」
_PARTY = re.compile(
    r"(?:第[一二三]|[正反]方)?(?:(?:原告|被告|上诉人|被上诉人|申请人|被申请人|第三人|辩护)(?:人)?(?:的)?(?:委托|诉讼|法定)?(?:代理|辩护)?(?:律师|代理人|代表人|人)?"
    r"|(?<=方)[一二三四]辩|公诉人|检察员)"
)

# No label is longer; what is not one would take its time.
_LABEL_CHARS = 120


class Voice(NamedTuple):
    """What a label says of its speaker."""

    key: str
    """The label without parentheses, quotes and the numbers of questions, the same for the same voice."""

    role: Role | None
    """What the words of the label say, e.g. ``interviewer`` for 记者 and outlets; None for a person."""

    name: str = ""
    """A person's full name, e.g. ``程远舟``."""

    office: str = ""
    """Office that stands in the label, e.g. ``局长``."""

    surname: str = ""
    """Of a label such as ``李局长``."""

    title: str = ""
    """Of the same."""

    word: str = ""
    """The role word where the label tells several voices of that word apart: ``网友`` of ``网友“清水河”``."""

    nickname: str = ""
    """What tells them apart: ``清水河``; the name in ``主持人（王示例）``."""

    @property
    def is_person(self) -> bool:
        """Whether the label is a person's name or surname with a title."""
        return bool(self.name or self.surname) and self.role is None


# A page asks for the same few labels at each step. The answer hangs on the label alone, so no page is read otherwise for it.
_KNOWN_LABELS = 1024


def parse_voice(label: str) -> Voice | None:
    """What a label says of its speaker, or None where it is plainly no speaker's.

    >>> parse_voice("记者").role, parse_voice("临澜市住建局局长程远舟").name, parse_voice("李局长").surname
    ('interviewer', '程远舟', '李')
    >>> parse_voice("三项工作") is None
    True
    """
    label = _spaced(label)
    return _parse_voice(label) if len(label) <= _LABEL_CHARS else None


def parse_printed_voice(label: str) -> Voice | None:
    """:func:`parse_voice` of a label in either script, as pages print it.

    >>> parse_printed_voice("記者").role
    'interviewer'
    """
    label = _spaced(label)
    return _parse_voice(simplify_label(label)) if len(label) <= _LABEL_CHARS else None


def _spaced(label: str) -> str:
    """A label with single spaces, also for a colon within: 「网友：煤油灯」 of 「[网友：煤油灯]」."""
    return " ".join(label.replace("：", " ").replace(":", " ").split())


@lru_cache(maxsize=_KNOWN_LABELS)
def simplify_label(label: str) -> str:
    """A label in Simplified, for comparison only."""
    return to_simplified(label)


@lru_cache(maxsize=_KNOWN_LABELS)
def _parse_voice(label: str) -> Voice | None:
    inside = next((found["inside"] for found in _PARENTHESES.finditer(label)), "")
    if found := _NICKNAME.match(label):
        word, nickname = found["word"] or found["netizen"], found["quoted"] or found["plain"] or found["glued"]
        return _nicknamed(Voice(word.removeprefix("手机"), "audience"), nickname)
    base = _plain_base(label)
    if voice := _voice_in_role(base, inside):
        return voice
    if (voice := _bearer_of(base, inside)) and base not in _HOST_WORDS:
        return voice
    forms = dict.fromkeys((_COLUMNS.sub("", base), base, _SAYS.sub("", _COLUMNS.sub("", base))))
    voice = (
        next((voice for form in forms if (voice := _voice_of(form, inside))), None) or _body_voice(base) or _short_voice(inside)
    )
    return _nicknamed(voice, inside) if voice and voice.role and not voice.name and is_full_name(inside) else voice


def _voice_in_role(base: str, inside: str) -> Voice | None:
    """「问（居民曲阿姨）」, 「答（城管中队中队长别样红）」: who asks and who answers; a stage direction is nobody."""
    if base not in _ASKED_OR_TOLD or len(inside) < 2 or _STAGE.search(inside):
        return None
    is_called = _RESIDENT.fullmatch(inside) is not None
    office = None if is_called else _OFFICE_LABEL.fullmatch(inside) or _OFFICE_NAME.fullmatch(inside)
    voice = None if is_called else _voice_of(inside, "")
    name = voice.name if voice and voice.name else office["name"] if office and office["name"] else ""
    asks = voice.role if voice and voice.role in ("interviewer", "audience") else "audience"
    role: Role = "guest" if ROLE_OF_WORD[base] == "guest" else asks
    return Voice(name or inside, role, name=name, office=office["office"] if office else voice.office if voice else "")


def _bearer_of(base: str, inside: str) -> Voice | None:
    """「申请人代表（自来水公司总经理林水生）」: who bears the role."""
    found = _PERSON_LABEL.fullmatch(inside)
    if found is None or not (found["office"] or found["unit"]) or not base:
        return None
    voice = _voice_of(base, "")
    return Voice(voice.key if voice else base, voice.role if voice else None, name=found["name"], office=found["office"] or "")


def _body_voice(base: str) -> Voice | None:
    """「公司回复」, 「税务局答」: whoever it is, the verb says what it does."""
    found = _SAYS.search(base)
    body = base[: found.start()] if found else ""
    if found is None or not _BODY.fullmatch(body):
        return None
    return Voice(body, "interviewer" if found["asks"] else "guest")


def _short_voice(inside: str) -> Voice | None:
    """「江岸艺术（以下简称“江”）」: what stands for the label from here on."""
    found = _SHORT.search(inside)
    return Voice(found["short"], None) if found else None


def _nicknamed(voice: Voice, nickname: str) -> Voice:
    return voice._replace(key=f"{voice.key} {nickname}", word=voice.key, nickname=nickname)


def _plain_base(label: str) -> str:
    """A label without parentheses and quotes, letters in half width."""
    return unicodedata.normalize("NFKC", _QUOTED.sub("", _PARENTHESES.sub("", label))).strip(" -—•·■□◆●▲*、")


def _voice_of(base: str, inside: str) -> Voice | None:
    if _CALLER.fullmatch(base):
        return Voice(base, "audience")
    if _PARTY.fullmatch(base):
        return Voice(base, "guest")
    known = _word_voice(base) or _outlet_voice(base) or _person_voice(base, inside) if base else None
    return known or (Voice(base, None, name=base) if _RESIDENT.fullmatch(base) else _title_within(base))


def _title_within(base: str) -> Voice | None:
    found = _TITLE_WITHIN.fullmatch(base)
    if found is None or _NO_PERSON.match(base):
        return None
    name = found["surname"] + found["given"]
    return Voice(name, None, name=name, office=found["unit"] + found["title"])


def _word_voice(base: str) -> Voice | None:
    """The voice of a role word; where the label names the person, too, the person: ``本报记者张三``, ``嘉宾李明``."""
    if host := _HOST.fullmatch(base):
        return Voice(host["name"], "interviewer", name=host["name"])
    if (guest := _GUEST_NAMED.fullmatch(base)) and not _NO_PERSON.match(guest["name"]):
        return Voice(guest["name"], "guest", name=guest["name"])
    found = _WORD.fullmatch(base)
    if found is None:
        return None
    role, before, name = ROLE_OF_WORD[found["word"]], found["before"], found["name"]
    if before and found["word"] in _OFFICIAL:
        return Voice(name, None, name=name, office=before + found["word"]) if name else Voice(base, role)
    if name and _NO_PERSON.match(name):
        return None
    pattern = _BEFORE_PRESS if found["word"] in _PRESS else _BEFORE_WORD.get(role, _NOTHING)
    if before and not pattern.fullmatch(before):
        return None
    if name:
        return Voice(base, role) if name.endswith(_ADDRESS) else Voice(name, role, name=name)
    if found["number"] and found["word"] == "发言人":
        return Voice(base, None)
    numbered = found["number"] if len(found["word"]) > 1 and found["word"] not in _UNNUMBERED else ""
    return Voice(base if before else found["word"] + numbered, role)


def is_outlet(text: str) -> bool:
    """Whether a text is what a newspaper, station or site is called: 江岸日报, 《学刊》, 新华社."""
    return text.strip("《》“”") in _PORTAL or any(pattern.fullmatch(text) for pattern in (_OUTLET, _BOOK_MARKS))


def _outlet_voice(base: str) -> Voice | None:
    return Voice(base, "interviewer") if is_outlet(base) else None


def _person_voice(base: str, inside: str) -> Voice | None:
    if _NO_PERSON.match(base) or _OFFICE_ALONE.fullmatch(base):
        return None
    titled = _TITLED.fullmatch(base)
    if titled:
        return Voice(base, None, surname=titled["surname"] or titled["rare"], title=titled["title"] or titled["rank"])
    familiar = _FAMILIAR.fullmatch(base)
    if familiar and base not in _NOT_FAMILIAR:
        return Voice(base, None, surname=familiar["surname"])
    if (kin := _KIN_LABEL.fullmatch(base)) and not _NO_PERSON.match(kin["name"]):
        return Voice(kin["name"], None, name=kin["name"])
    found = _PERSON_LABEL.fullmatch(base)
    if found and found["office"] and " " not in base and _NO_PERSON.match(found["name"]):
        return None
    unit = _UNIT_LABEL.fullmatch(base) if found is None else None
    if unit and not _NO_PERSON.match(unit["any"] or unit["name"]):
        return Voice(unit["any"] or unit["name"], None, name=unit["any"] or unit["name"], office=unit["title"] or "")
    if found is None and (behind := _OFFICE_LABEL.fullmatch(base)):
        name = behind["name"] or behind["called"]
        return Voice(name, None, name=name, office=behind["office"])
    office = inside if _OFFICE_END.search(inside) or _STANDING.search(inside) else ""
    role = "interviewer" if _HOSTS.search(inside) else ROLE_OF_WORD.get(inside)
    if found is None:
        return Voice(base, role, name=base, office=office) if _explained(base, inside) else None
    return _named(found, role, office)


def _named(found: re.Match[str], role: Role | None, office: str) -> Voice:
    """The person whom a label names with or without an office."""
    name, after = found["name"], found["after"] or ""
    if after and len(name) > 2 and name[-1] in _RANKS:
        name, after = name[:-1], name[-1] + after  # 「谯明副院长」
    office = (found["office"] or "").strip() or after or office
    if "·" in name and (title := TITLE_BEHIND.search(name)):
        name, office = name[: title.start()], office or title[0]
    role = role or ("interviewer" if found["unit"] and _outlet_voice(found["unit"]) else None)
    return Voice(name, role, name=name, office=office)


def _explained(base: str, inside: str) -> bool:
    """Whether parentheses say that a rare name is one: ``竹青瑶（主持人）``."""
    return bool(re.fullmatch(rf"[{HAN}]{{2,4}}", base)) and (inside in ROLE_OF_WORD or bool(_OFFICE_END.search(inside)))


def is_role_word(label: str) -> bool:
    """Whether a label is no person's but a role's: 记者, 江岸日报, 网友“清水河”."""
    voice = parse_voice(label)
    return voice is not None and voice.role is not None


def is_resident(text: str) -> bool:
    """Whether a text calls somebody by what they are where they live or work: 村民甲, 居民曲阿姨."""
    return _RESIDENT.fullmatch(text) is not None


def is_full_name(text: str) -> bool:
    """Whether a text is a person's full name and nothing else."""
    return _FULL_NAME.fullmatch(text) is not None
