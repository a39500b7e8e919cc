"""Page chrome that can be named: lines that say what they are, whatever page they stand on."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from msgspec.structs import replace

from cleaners.article import Block, Verdict
from cleaners.speech import is_speech


class _Rule(NamedTuple):
    rule: str
    pattern: str
    """Matches the whole line."""

    max_chars: int


def _rule(rule: str, pattern: str, max_chars: int = 60) -> _Rule:
    return _Rule(rule, pattern, max_chars)


_SEP = r"[\s|｜/·•>»‹›<\-—_,，、\[\]【】()（）:：]*"
_SHARE_TO = (
    r"(?:新浪|腾讯|騰訊|搜狐|网易|人民)?(?:微博|微信|朋友圈|QQ好友|QQ空间|QQ空間|QQ|人人网?|开心网?|豆瓣|易信"
    r"|facebook分享|facebook|twitter|line|weibo|plurk|google\+?|推特)"
)
_FONT = r"(?:字体|字體|字号|字號|字级|字級)"

# The phrases of Chinese portals, 2003 to 2026. Each pattern takes the whole line; a sentence never matches.
_RULES = (
    _rule(
        "chrome/register",
        rf"(?:{_SEP}(?:免费|快速|用户|用戶|新用户|会员|會員)?(?:注册|註冊|登录|登錄|登陆|登入|退出|注销|忘记密码))++{_SEP}",
    ),
    _rule(
        "chrome/share",
        rf"(?:一键)?(?:分享|转发|轉發|分享到|分享给好友|分享至|分享让更多人看到|share)\s*[到至]?\s*[:：]?(?:{_SEP}{_SHARE_TO})*+{_SEP}\d*",
    ),
    _rule("chrome/share", rf"(?:{_SEP}{_SHARE_TO}(?:分享)?){{2,}}+{_SEP}"),
    _rule("chrome/share", r"(?:用微信扫描二维码|微信扫一扫|打开微信).{0,30}(?:分享|朋友圈|好友).{0,12}"),
    _rule(
        "chrome/recommend",
        r".{0,12}(?:今日推荐|今日热点|热点推荐|热门推荐|精彩推荐|编辑推荐|相关推荐|为您推荐|猜你喜欢|热门新闻|热门文章|热门评论|热点新闻|热点排行|新闻排行|点击排行|阅读排行|本周排行|排行榜)[:：]?",
        24,
    ),
    _rule(
        "chrome/recommend",
        rf"{_SEP}(?:相关(?:阅读|新闻|报道|文章|链接|专题|搜索|内容|资讯)|相關(?:閱讀|新聞|報導|文章|連結)|延伸(?:阅读|閱讀)|推荐阅读|更多(?:新闻|文章|内容|精彩)?|下一篇|上一篇|>>\s*更多){_SEP}",
        20,
    ),
    _rule(
        "chrome/comments",
        r"(?:我要评论|我要評論|发表评论|發表評論|网友评论|網友評論|最新评论|热门评论|查看评论|评论|評論|我来说两句|我来说几句|跟贴|回应|回應|留言)(?:区|專區)?\s*[(（]?\s*\d*\s*[)）]?(?:条|人)?",
        20,
    ),
    _rule("chrome/comments", r"\d*\s*人?\s*(?:参与|评论|阅读|点赞|跟帖|收藏)(?:\s*\d*\s*(?:人参与|条?评论|人?参与))*", 20),
    _rule("chrome/comments", r"(?:已有)?\s*\d*\s*(?:人|条|位网友)(?:参与|发表|评论|跟贴).{0,16}", 30),
    _rule("chrome/comments", r"(?:网友|網友)?(?:评论|留言|發言|发言)(?:仅|僅|只)(?:供|代表).{2,40}", 60),
    _rule(
        "chrome/app",
        r".{0,24}(?:扫描|扫一扫|掃描|扫码)(?:上方|下方|左侧|右侧|此)?(?:的)?.{0,6}(?:二维码|QR ?code|二維碼).{0,24}",
        50,
    ),
    _rule("chrome/app", r".{0,12}(?:下载|下載|打开|安装).{0,10}(?:客户端|客戶端|APP|手机版)[,，]?.{0,16}", 40),
    _rule(
        "chrome/app",
        r"(?:欢迎|歡迎|敬请)?(?:关注|關注|加入|订阅).{1,20}(?:公众号|公眾號|官方微信|微信号|官方微博|粉絲團|粉丝团).{0,24}",
        50,
    ),
    _rule(
        "chrome/app",
        r".{0,60}(?:Facebook|FB|Google ?plus|Twitter|Instagram|Line|微博|微信|公众号|公眾號|粉絲|粉丝).{0,60}"
        r"(?:專頁|专页|粉絲團|粉丝团|我們|我们|follow|account|加入|按讚|追蹤|关注我|關注我|订阅|訂閱).{0,120}",
        260,
    ),
    _rule(
        "chrome/print",
        rf"(?:{_SEP}(?:打印(?:本页|本文)?|列印|关闭(?:窗口|本页)?|關閉視窗|复制链接|收藏(?:本文)?|推荐给朋友|轉寄(?:朋友)?|返回列表|纠错|RSS)){{1,6}}+{_SEP}",
        40,
    ),
    _rule(
        "chrome/font", rf"{_SEP}(?:调整)?{_FONT}(?:大小)?(?:{_SEP}(?:特?大|中|小|增大|减小|缩小|\+|-|T\|T|A)){{0,6}}{_SEP}", 30
    ),
    _rule("chrome/font", rf"(?:{_SEP}(?:大|中|小)){{3}}{_SEP}(?:打印)?{_SEP}", 16),
    _rule(
        "chrome/paging",
        rf"(?=.*(?:[页頁]|全文|[\[【(]\s*\d|\d\s+\d))(?:{_SEP}(?:上一页|下一页|上一頁|下一頁|首页|尾页|末页|余下全文|全文阅读"
        rf"|第?\s*\d{{1,3}}(?!\d)\s*[页頁]?|共\s*\d{{1,4}}\s*[页頁]))++{_SEP}",
        60,
    ),
    _rule("chrome/paging", r"(?:上一篇|下一篇|上一則|下一則|上一条|下一条)\s*[:：].{0,50}", 64),
    _rule("chrome/back", r"(?:返回|回到|进入|進入).{0,14}(?:首页|首頁|顶部|頂部|列表|频道|頻道|主页|专题)(?:[>》]*)?", 24),
    _rule("chrome/tags", r"(?:本文)?(?:标签|標籤|关键字|关键词|關鍵字|Tags?)\s*[:：].{0,60}", 70),
    _rule(
        "chrome/breadcrumb", r"(?:您?(?:现在|現在|目前|当前|當前)?的?(?:位置|所在位置)(?:是)?|当前位置|位置)\s*[:：].{0,80}", 90
    ),
    _rule(
        "chrome/copyright", r".{0,40}(?:版权所有|版權所有|copyright|©|ICP[备證证]|京公网安备|All Rights Reserved).{0,300}", 400
    ),
    _rule(
        "chrome/copyright",
        r"(?:[^。！？，]{0,30}[。，,])?(?:未经|未經).{0,24}(?:授权|授權|许可|許可|同意|允许).{0,40}(?:转载|轉載|使用|复制|摘编|引用|刊登|重製).{0,40}",
        120,
    ),
    _rule(
        "chrome/disclaimer",
        r"[\s*•·【（(]*(?:凡|免责|免責|特别声明|版权声明|版權聲明|郑重声明|声明|聲明|风险提示|注|本网站?|本站|转载(?:请|須|须)|轉載)(?:.{0,40})"
        r"(?:注明|註明|标注|標註|标明|转载|轉載|不代表|不构成|不構成|版权|版權|侵权|著作权|责任).{0,400}",
        400,
    ),
    _rule(
        "chrome/disclaimer",
        r".{0,60}(?:稿件来源|文章来源|转载(?:稿|文章)|本文(?:内容)?|以上(?:内容|文章)|该文|此文|文章内容).{0,40}(?:不代表|仅代表|不构成|侵权|联系(?:我们|删除)|存储服务).{0,200}",
        280,
    ),
    _rule(
        "chrome/contact",
        r"[^。！？，,；]{0,24}(?:电话|電話|传真|傳真|热线|熱線|邮箱|郵箱|信箱|邮编|地址|QQ群?|E-?mail|微信号?|联系人|客服|服务热线)\s*(?:[:：]|[\d(（]).{0,80}",
        110,
    ),
    _rule(
        "media/caption",
        r"(?:图为|圖為|图说|圖說|圖説|资料图|資料圖)\s*[:：]?.{0,100}",
        110,
    ),
    _rule(
        "media/caption",
        r"[^。！？]{2,90}[。]?\s*[（(][^（()）]{0,16}(?:摄|攝|供图|供圖|资料图|資料照|資料圖|资料图片|翻攝|视频截图|网络图)\s*[）)]。?",
        110,
    ),
    _rule("chrome/report", r".{0,8}(?:举报|舉報|投诉|纠错|违法和?不良信息).{0,10}(?:电话|邮箱|热线|专区|入口)[:：]?.{0,40}", 60),
    _rule("chrome/end-mark", r"[\s\-—=*（(\[【]*(?:END|完|全文完|待续|未完待续)[\s\-—=*）)\]】]*", 16),
    _rule("chrome/rule-line", r"[\s\-—_=*·.…~～|｜│┃/\\+#<>《》«»‹›【】\[\]()（）:：,，、;；]+", 200),
)

# All rules in one expression, the first that matches wins: ten times faster than one after the other.
_MAX_CHARS = max(rule.max_chars for rule in _RULES)
_ANY_RULE = re.compile(
    "|".join(f"(?P<r{number}>(?=.{{0,{rule.max_chars}}}$)(?:{rule.pattern}))" for number, rule in enumerate(_RULES)),
    re.IGNORECASE,
)

_MOODS = frozenset(
    """好文 钦佩 喜欢 泪奔 可爱 思考 感动 同情 无聊 愤怒 搞笑 难过 高兴 路过 支持 惊讶 新奇 震惊 开心 鄙视 打酱油 給力 给力 顶 赞
    雷人 悲剧 淡定""".split()
)
_MIN_MOODS = 3


def mark_chrome(blocks: Iterable[Block], phrases: Sequence[str] = ()) -> tuple[Block, ...]:
    """Mark every line that is plainly chrome, wherever it stands; speech never is. ``phrases`` are whole lines of the portal."""
    known = frozenset("".join(phrase.split()) for phrase in phrases)
    return tuple(_mark(block, known) for block in _mark_moods(tuple(blocks)))


def chrome_verdict(text: str) -> Verdict | None:
    """The verdict of the first rule that takes the whole line, or None.

    >>> chrome_verdict("分享到：").rule, chrome_verdict("记者：感谢李局长。")
    ('chrome/share', None)
    """
    found = _ANY_RULE.fullmatch(text) if len(text) <= _MAX_CHARS else None
    if found is None or found.lastgroup is None or is_speech(text):
        return None
    return Verdict(_RULES[int(found.lastgroup[1:])].rule, text[:80])


def _mark(block: Block, phrases: frozenset[str]) -> Block:
    if block.verdict:
        return block
    if block.chars <= 40 and "".join(block.text.split()) in phrases:
        return replace(block, verdict=Verdict("chrome/phrase", block.text))
    verdict = chrome_verdict(block.text)
    return replace(block, verdict=verdict) if verdict else block


def _mark_moods(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """A run of mood words is the mood widget; one alone may be a subhead."""
    for is_mood, run in groupby(blocks, key=lambda block: block.text.strip("•· 0123456789") in _MOODS):
        found = tuple(run)
        verdict = Verdict("chrome/mood", " ".join(block.text for block in found)[:80])
        is_widget = is_mood and len(found) >= _MIN_MOODS
        yield from (replace(block, verdict=verdict) for block in found) if is_widget else found
