"""Page chrome that can be named: lines that say what they are, whatever page they stand on."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from cleaners.article import Block, Verdict
from cleaners.lines import LineRule, LineRules
from cleaners.speech import is_speech

_SEP = r"[\s|｜/·•>»‹›<\-—_,，、\[\]【】()（）:：︰]*+"
_SHARE_TO = (
    r"(?:新浪|腾讯|騰訊|搜狐|网易|人民)?(?:微博|微信|朋友圈|QQ好友|QQ空间|QQ空間|QQ|人人网?|开心网?|豆瓣|易信"
    r"|facebook分享|facebook|twitter|line|weibo|plurk|google\+?|推特)"
)
_PAGE_WORDS = "上一页 下一页 上一頁 下一頁 首页 尾页 末页 余下全文 全文阅读".replace(" ", "|")

_ACTIONS = (
    "(?:已|不|没|加)?(?:点赞|赞同|赞|顶|踩|有用|没用|喜欢|收藏(?:该文|本文)?|分享|转发|转载|转寄|评论|回复(?:本文)?|阅读(?:量|数)?|浏览(?:量|次数)?|关注我?|粉丝|举报|投诉|投票|引用|点评|评分|送花|加好友|发消息|發訊息|檢舉|舉報|收藏文章"
    "|好文要顶|支持|中立|反对|发给好友|打印|关闭|完善|微博|微信|朋友圈|QQ空间|复制链接|海报|嵌入|下载)"
)
_COUNT = r"(?:\s*[:：\-]?\s*[\[(（]?\s*\d[\d.,万wk+]*\s*[\])）]?|[\[(（]\s*[\])）])?"

# The phrases of Chinese portals, 2003 to 2026. Each takes a whole short line; no sentence of an article matches.
_RULES = LineRules(
    LineRule(
        "chrome/register",
        "注册|註冊|登录|登錄|登陆|登入|退出|注销|忘记密码",
        rf"(?:{_SEP}(?:免费|快速|用户|用戶|新用户|会员|會員)?(?:注册|註冊|登录|登錄|登陆|登入|退出|注销|忘记密码))++{_SEP}",
    ),
    LineRule(
        "chrome/share",
        "分享|转发|轉發|share",
        rf"(?:一键)?(?:分享|转发|轉發|share)\s*(?:给好友|让更多人看到)?\s*[到至]?\s*[:：]?(?:{_SEP}{_SHARE_TO})*+{_SEP}[\d\s]*",
    ),
    LineRule(
        "chrome/share", "微|QQ|人人|开心|豆瓣|facebook|twitter|weibo|plurk", rf"(?:{_SEP}{_SHARE_TO}(?:分享)?){{2,}}+{_SEP}"
    ),
    LineRule("chrome/share", "微信", r"(?:用微信扫描二维码|微信扫一扫|打开微信).{0,30}(?:分享|朋友圈|好友).{0,12}"),
    LineRule(
        "chrome/recommend",
        "推荐|热点|热门|排行|猜你喜欢",
        r".{0,12}(?:(?:今日|热点|热门|精彩|编辑|相关|为您)推荐|今日热点|猜你喜欢|热门(?:新闻|文章|评论)|热点新闻"
        r"|(?:热点|新闻|点击|阅读|本周)排行|排行榜)[:：]?",
        24,
    ),
    LineRule(
        "chrome/recommend",
        "相关|相關|延伸|推荐|更多|下一篇|上一篇",
        rf"{_SEP}(?:相关(?:阅读|新闻|报道|文章|链接|专题|搜索|内容|资讯)|相關(?:閱讀|新聞|報導|文章|連結)|延伸(?:阅读|閱讀)"
        rf"|推荐阅读|更多(?:新闻|文章|内容|精彩)?|下一篇|上一篇){_SEP}",
        20,
    ),
    LineRule(
        "chrome/comments",
        "评论|評論|我来说|跟贴|回应|回應|留言",
        r"(?:我要|发表|發表|网友|網友|最新|热门|查看)?(?:评论|評論|我来说两句|我来说几句|跟贴|回应|回應|留言)(?:区|專區)?"
        r"\s*[(（]?\s*\d*\s*[)）]?(?:条|人)?",
        20,
    ),
    LineRule(
        "chrome/comments",
        "参与|评论|阅读|点赞|跟帖|收藏",
        r"\d*\s*人?\s*(?:参与|评论|阅读|点赞|跟帖|收藏)(?:\s*\d*\s*(?:人参与|条?评论|人?参与))*",
        20,
    ),
    LineRule("chrome/comments", "参与|发表|评论|跟贴", r"(?:已有)?\s*\d*\s*(?:人|条|位网友)(?:参与|发表|评论|跟贴).{0,16}", 30),
    LineRule("chrome/comments", "文明", r"[请請](?:您|大家)?文明(?:发言|發言|评论|評論|跟帖|上网(?=.*[评跟])).{0,80}", 90),
    LineRule("chrome/comments", "评论|留言|發言|发言", r"(?:网友|網友)?(?:评论|留言|發言|发言)(?:仅|僅|只)(?:供|代表).{2,40}"),
    LineRule(
        "chrome/recommend",
        "可能|更多|延伸|相关|相關|推荐阅读",
        r"[你您]可能[还還也会會]{0,2}(?:想(?:知道|看|读|讀|了解)|感[兴興]趣|喜[欢歡])[\u3400-\u9fff]{0,4}[:：]?"
        r"|看?更多(?![的地])[\u3400-\u9fff]{0,8}(?:新聞|新闻|報導|报道|文章)[>》]*"
        r"|(?:延伸[阅閱][读讀]|相[关關](?:新[闻聞]|[阅閱][读讀]|报道|報導)|推荐阅读)\s*[:：][^。！]{4,70}",
        80,
    ),
    LineRule("chrome/app", "蓝字|藍字|名片", r"(?:点击|點擊|戳).{0,8}(?:蓝字|藍字|名片).{0,10}(?:关注|關注|订阅).{0,12}", 40),
    LineRule("chrome/app", "功能介绍|功能介紹", r"功能介[绍紹](?![:：\s]|$).{4,100}(?<!。)", 110),
    LineRule("chrome/app", "讚一", r"[←→>]?\s*讚一[個下].{0,40}", 50),
    LineRule(
        "chrome/browser",
        "flash|javascript|浏览器|瀏覽器|加载|載入|刷新|媒体|隱私",
        r"(?:您|你|对不起)?.{0,6}(?:没有|尚未|还未|未)安[装裝].{0,10}(?:flash|播放器|插件).{0,30}"
        r"|.{0,40}(?:启用|啟用|开启|開啟|允许|允許|支持|支援)\s*JavaScript.{0,40}"
        r"|(?:您|你)(?:正在|的|当前|目前)?使?用?的?.{0,6}(?:浏览器|瀏覽器).{0,8}(?:版本|过低|过时|過時|不支持|不支援|太旧).{0,40}"
        r"|.{0,12}(?:加载|載入)(?:中(?=[，,。.…\s]|$)|失败|失敗|出错|此网站时发生错误).{0,30}|.{0,16}[请請](?:强制)?(?:刷新|重新整理)(?:本|此)?[页頁]面.{0,12}"
        r"|没有媒体可用资源|[請请]同意我們的隱私權規範.{0,40}",
        90,
    ),
    LineRule(
        "chrome/player",
        r"播放|嵌入|倍速|静音|全屏|收听|重播",
        rf"(?:{_SEP}(?:\d{{1,2}}:\d{{2}}(?::\d{{2}})?|播放(?:视频|音频)?|暂停|嵌入|分享|下载|倍速|静音|全屏|收听|重播))++{_SEP}",
        50,
    ),
    LineRule(
        "chrome/app",
        "扫描|扫一扫|掃描|扫码",
        r"[^。！？]{0,24}(?:扫描|扫一扫|掃描|扫码)(?:上方|下方|左侧|右侧|此)?的?.{0,6}(?:二维码|QR ?code|二維碼).{0,24}",
        50,
    ),
    LineRule(
        "chrome/app", "下载|下載|打开|安装", r".{0,12}(?:下载|下載|打开|安装).{0,10}(?:客户端|客戶端|APP|手机版)[,，]?.{0,16}", 40
    ),
    LineRule(
        "chrome/app",
        "关注|關注|加入|订阅",
        r"(?:欢迎|歡迎|敬请)?(?:关注|關注|加入|订阅).{1,20}(?:公众号|公眾號|官方微信|微信号|官方微博|粉絲團|粉丝团).{0,24}",
        50,
    ),
    LineRule(
        "chrome/print",
        "打印|列印|关闭|關閉|复制|收藏|推荐|轉寄|返回|纠错|RSS",
        rf"(?:{_SEP}(?:打印(?:本页|本文)?|列印|关闭(?:窗口|本页)?|關閉視窗|复制链接|收藏(?:本文)?|推荐给朋友|轉寄(?:朋友)?|返回列表"
        rf"|纠错|RSS))++{_SEP}",
        40,
    ),
    LineRule(
        "chrome/font",
        "字体|字體|字号|字號|字级|字級",
        rf"{_SEP}(?:调整|調整)?(?:字体|字體|字号|字號|字级|字級)(?:大小)?(?:{_SEP}(?:特?大|中|小|增大|减小|缩小|\+|-|T))*+{_SEP}",
        30,
    ),
    LineRule("chrome/font", "大", rf"(?:{_SEP}(?:大|中|小)){{3}}{_SEP}(?:打印)?{_SEP}", 16),
    LineRule(
        "chrome/paging",
        r"页|頁|全文|\[\s*\d|\d\s+\d",
        rf"(?=.*(?:[页頁]|全文|[\[【(]\s*\d|\d\s+\d))(?:{_SEP}(?:{_PAGE_WORDS}|第?\s*\d{{1,3}}(?!\d)\s*[页頁]?|共\s*\d{{1,4}}\s*[页頁]))++{_SEP}",
    ),
    LineRule(
        "chrome/paging", "[上下]一[篇則条]", r"[«»‹›<>\s]*(?:上一篇|下一篇|上一則|下一則|上一条|下一条)\s*[:：].{0,140}", 160
    ),
    LineRule(
        "chrome/back",
        "返回|回到|进入|進入",
        r"(?:返回|回到|进入|進入).{0,14}(?:首页|首頁|顶部|頂部|列表|频道|頻道|主页|专题)[>》]*",
        24,
    ),
    LineRule(
        "chrome/tags", "关键词|關鍵字|关键字", r"[本此該该][篇文][\u3400-\u9fff]{0,6}[关關][键鍵][词字]\s*[:：]?.{0,40}", 50
    ),
    LineRule(
        "chrome/tags", "标签|標籤|关键|關鍵|tag", r"(?:本文|文章)?(?:标签|標籤|关键字|关键词|關鍵字|Tags?)\s*[:：].{0,60}", 70
    ),
    LineRule(
        "chrome/breadcrumb", "位置", r"(?:您?(?:现在|現在|目前|当前|當前)?的?(?:位置|所在位置)(?:是)?|位置)\s*[:：].{0,80}", 90
    ),
    LineRule(
        "chrome/report",
        "举报|舉報|投诉|不良信息",
        r".{0,8}(?:举报|舉報|投诉|不良信息).{0,10}(?:电话|邮箱|热线|专区|入口)(?:[:：\s\d(（A-Za-z].{0,40})?",
    ),
    LineRule("chrome/end-mark", "END|完|待续", r"[\s\-—=*（(\[【]*(?:END|完|全文完|待续|未完待续)[\s\-—=*）)\]】]*", 16),
    LineRule(
        "media/caption",
        "▲|▼|△|▽|↑|↓",
        r"[▲▼△▽↑↓].{2,120}[（(/／](?:[圖图攝摄]|翻[攝摄]|照片|資料|资料|[取截][自圖图]|記者|记者)[^。]{0,40}",
        160,
    ),
    LineRule(
        "media/caption", "图为|圖為|图说|圖說|圖説|资料图|資料圖", r"(?:图为|圖為|图说|圖說|圖説|资料图|資料圖).{0,100}", 110
    ),
    LineRule(
        "media/caption",
        "摄|攝|供图|供圖|资料图|資料照|資料圖|截图|网络图",
        r"[^。！？]{2,90}。?\s*[（(][^（()）]{0,16}(?:摄|攝|供图|供圖|资料图|資料照|資料圖|资料图片|截图|网络图)\s*[）)]。?",
        60,
    ),
    LineRule(
        "chrome/counters",
        r"赞|顶|踩|有用|没用|喜欢|收藏|分享|转发|阅读|浏览|关注|粉丝|回复|举报|引用|舉報|檢舉|投票",
        rf"(?:{_SEP}{_ACTIONS}{_COUNT}){{2,}}+{_SEP}|{_SEP}{_ACTIONS}\s*[:：\-]?\s*[\[(（]?\d[\d.,万wk+]*[\])）]?{_SEP}"
        rf"|\d+\s*(?:位|个)?人?(?:已|觉得|表示)?(?:很)?(?:赞同|点赞|喜欢|赞|收藏|有用|推荐)了?(?:该|此|这篇|本)?(?:回答|文章|内容)?",
        60,
    ),
    LineRule(
        "chrome/subscribe",
        "付费|付費|会员|會員|剩余|登录|登入|订阅|購買|购买|解锁",
        r"(?:本文|此文|该文|本篇)(?:为|是)?.{0,4}(?:付费|付費|会员|會員)(?:专享|專享|文章|内容|內容|阅读|閱讀).{0,40}"
        r"|(?:登录|登錄|登陆|登入|订阅|购买|開通|开通)(?:会员|VIP)?(?:后|後|即|就)?(?:即可|才能|可|能)?(?:查看|阅读|閱讀|解锁)"
        r"(?:全文|全部|剩余|更多|完整).{0,16}|.{0,8}剩余\s*\d+\s*%.{0,30}|已(?:购买|订阅).{0,4}[?？]\s*请?登[录入].{0,10}",
        60,
    ),
    LineRule(
        "chrome/continue",
        "往下|继续|繼續|展开|展開|全文|全部|余下",
        r"(?:请|請)?(?:继续|繼續)(?:往下|向下)?(?:阅读|閱讀)[.…]*"
        r"|(?:点击|點擊)?(?:展开|展開|阅读|閱讀|查看)(?:全文|全部|更多|剩余.{0,6}|余下.{0,6})",
        24,
    ),
    LineRule(
        "chrome/subscribe",
        "全文|限額|限额|閱讀權限|阅读权限",
        r"(?:欲|如欲|想)[览覽阅閱看][^。]{0,4}全文.{0,80}|.{0,24}登[录錄入陆][后後]?[^。]{0,10}(?:[阅閱][读讀]|查看)(?:全文|[权權]限).{0,40}"
        r"|.{0,24}免[费費]文章[限额限額]{2}.{0,12}",
        120,
    ),
    LineRule("chrome/advert", "广告|廣告", r"(?:广告|廣告)(?:\s*[|｜:：].{0,60})?", 60),
    LineRule("chrome/original-title", "原标题|原標題|原题", r"[(（\[【]?\s*(?:原标题|原標題|原题(?:为|目)?)\s*[:：].{2,90}", 100),
    LineRule(
        "chrome/mail-header",
        r"发信|發信|信区|标\s*题|標\s*題|※|大作中提到|看板|^RE\s*[:：]",
        r"RE\s*[:：][^。！？!?]{2,80}|(?:发信人|發信人|作者|寄件人)\s*[:：].{1,40}(?:信区|信區|看板|站内|站內).{0,60}"
        r"|(?:标|標)\s*(?:题|題)\s*[:：]\s*(?:Re\s*[:：]|\[).{0,60}|(?:发信站|發信站|发文站)\s*[:：].{1,80}"
        r"|※\s*(?:来源|來源|修改|转载|轉載|發信站|編輯|文章網址)\s*[:：].{1,90}|【 ?在 .{1,40}的大作中提到[:：]? ?】",
        120,
    ),
    LineRule(
        "chrome/edit",
        "条目|條目",
        r"(?:此|本)(?:条目|條目|章节|章節).{0,20}(?:需要|缺少|没有|沒有).{0,30}|[请請][协協]助.{0,24}(?:条目|條目).{0,8}",
        60,
    ),
    LineRule(
        "chrome/edit",
        "编辑|編輯",
        r"[\[【]\s*(?:编辑|編輯)\s*[\]】]|(?:编辑|編輯)(?:本段|本節|源代码|原始碼|词条|詞條)",
        10,
    ),
    LineRule("chrome/edit", "复制代码|複製程式碼|复制成功", r"(?:复制代码|複製程式碼|复制成功)", 8),
    LineRule("chrome/mood", "讓您|讓你|让您|让你", r"[這这]篇(?:新[聞闻]|文章|報導|报道)[讓让][您你].{0,10}", 20),
    LineRule("chrome/rule-line", r"^[\W_]", r"[\s\-—_=*·•●○■□◆◇▲△▼►▶★☆.…~～|｜│┃/\\+#<>《》«»‹›【】\[\]()（）:：,，、;；]+", 200),
)

_MOODS = frozenset(
    """好文 钦佩 喜欢 泪奔 可爱 思考 感动 同情 无聊 愤怒 搞笑 难过 高兴 路过 支持 惊讶 新奇 震惊 开心 鄙视 打酱油 給力 给力
    顶 赞 雷人 悲剧 淡定""".split()
)
_MIN_MOODS = 3
_PHRASE_CHARS = 40


def mark_chrome(blocks: Iterable[Block], phrases: Sequence[str] = ()) -> tuple[Block, ...]:
    """Mark every line that is plainly chrome, wherever it stands; speech never is. ``phrases`` are whole lines of the portal."""
    known = frozenset("".join(phrase.split()) for phrase in phrases)
    return tuple(_mark(block, known) for block in _mark_moods(tuple(blocks)))


def chrome_verdict(text: str) -> Verdict | None:
    """The verdict of the first rule that takes the whole line, or None.

    >>> chrome_verdict("分享到：").rule, chrome_verdict("记者：感谢李局长。")
    ('chrome/share', None)
    """
    rule = _RULES.match(text)
    return None if rule is None or is_speech(text) else Verdict(rule, text[:80])


def _mark(block: Block, phrases: frozenset[str]) -> Block:
    if block.verdict:
        return block
    if "clock" in block.marks:
        return replace(block, verdict=Verdict("chrome/clock", block.text))
    if phrases and block.chars <= _PHRASE_CHARS and "".join(block.text.split()) in phrases:
        return replace(block, verdict=Verdict("chrome/phrase", block.text))
    if block.is_headline_link:
        return block
    verdict = chrome_verdict(block.text)
    return replace(block, verdict=verdict) if verdict else block


def _mark_moods(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """A run of mood words is the mood widget; one alone may be a subhead."""
    for is_mood, run in groupby(blocks, key=lambda block: block.chars <= 8 and block.text.strip("•· 0123456789") in _MOODS):
        found = tuple(run)
        if is_mood and len(found) >= _MIN_MOODS:
            verdict = Verdict("chrome/mood", " ".join(block.text for block in found)[:80])
            found = tuple(replace(block, verdict=verdict) for block in found)
        yield from found
