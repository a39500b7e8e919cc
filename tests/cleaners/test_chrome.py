"""Lines that say themselves what they are, and lines that look like them and are text."""

import time

import pytest

from cleaners.chrome import chrome_verdict, mark_chrome
from cleaners.notices import mark_notices, notice_rule
from tests.cleaners.pages import blocks, rules_of

CHROME = {
    "chrome/register": ["注册", "登录", "登录 注册", "登录 | 注册", "用户登录", "[登录] [免费注册]", "登录/注册/忘记密码"],
    "chrome/share": [
        "分享到",
        "分享到：",
        "分享到：微博 微信 QQ空间",
        "分享至：新浪微博 腾讯微博",
        "一键分享",
        "分享",
        "转发到：",
        "新浪微博 腾讯微博 人人网",
        "微信 微博 QQ",
        "用微信扫描二维码分享至好友和朋友圈",
        "分享到： 55 42",
    ],
    "chrome/recommend": [
        "凤凰网吉林今日推荐",
        "热门新闻",
        "相关阅读",
        "相关新闻：",
        "【相关报道】",
        "延伸阅读",
        "相關新聞",
        "点击排行",
        "猜你喜欢",
        "更多",
        "更多>>",
        "你可能想知道",
        "您可能也会喜欢：",
        "更多渔港新闻",
        "延伸閱讀：渔港的灯塔修了三年",
        "相關新聞：灯塔亮了",
    ],
    "chrome/comments": [
        "我要评论",
        "评论",
        "网友评论",
        "发表评论(0)",
        "人参与 评论",
        "128人参与 35条评论",
        "已有 12 人参与",
        "0条评论",
    ],
    "chrome/app": [
        "扫描下方二维码，关注我们",
        "扫一扫二维码",
        "下载客户端",
        "打开APP，查看更多精彩",
        "欢迎关注水乡网微信公众号：shuixiang_news",
        "关注该公众号",
    ],
    "chrome/print": ["打印本页", "【打印】【关闭】", "打印 收藏 推荐给朋友", "关闭窗口", "返回列表"],
    "chrome/font": ["【字体：大 中 小】", "字号：T T", "字体大小", "大 中 小", "[大 中 小]"],
    "chrome/paging": [
        "上一页 1 2 3 下一页",
        "下一页",
        "余下全文",
        "[1] [2] [3] 下一页",
        "第 1 页 共 3 页",
        "上一篇：渔港修起了灯塔",
        "« 上一篇：渔港修起了灯塔（摘要：三年前还没有灯塔，夜里归航的船要看岸上的火。）",
    ],
    "chrome/back": ["返回首页", "返回凤凰网历史首页", "回到顶部", "返回访谈频道"],
    "chrome/tags": ["标签：云峪 访谈", "关键词：公安,访谈", "Tags: a, b"],
    "chrome/breadcrumb": ["您现在的位置：首页 > 新闻 > 正文", "位置：首页 > 公安", "当前位置：首页"],
    "chrome/report": ["违法和不良信息举报电话：0000-7777777", "举报邮箱：jubao@example.com"],
    "chrome/end-mark": ["（完）", "END", "- END -", "(未完待续)"],
    "chrome/counters": [
        "赞 118",
        "喜欢 318分享收藏",
        "有用(37)没用(2)",
        "顶:[0] 踩:[0] 【收藏】【打印】",
        "417 人赞同了该回答",
        "关注 - 12",
        "收藏 投票 (3) 回复 引用 分享",
    ],
    "chrome/subscribe": ["本文为付费文章，剩余 68% 内容订阅后可阅读", "登录后查看全文", "已购买？请登录", "欲覽全文，請訂閱。"],
    "chrome/continue": ["請繼續往下閱讀...", "展开全文", "点击查看更多"],
    "chrome/advert": ["广告", "广告 | 夏日冰饮节"],
    "chrome/original-title": ["原标题：渔港修起了灯塔", "（原标题：渔港修起了灯塔）"],
    "chrome/mail-header": [
        "发信人: shitou (石头), 信区: Yugang",
        "标 题: Re: 渔港的灯塔",
        "RE:【心得】渔港的灯塔怎么拍",
        "发信站: 水乡社区 (Thu Jul 4 22:13:40 2013), 站内",
        "※ 来源:·水乡社区·[FROM: 10.0.0.*]",
        "【 在 shitou (石头) 的大作中提到: 】",
    ],
    "chrome/edit": ["[编辑]", "编辑本段", "复制代码", "此条目需要补充更多来源。", "請協助改善這篇條目。"],
    "chrome/browser": [
        "您没有安装flash播放器，请点击安装",
        "启用 JavaScript 以获得最佳浏览效果",
        "您使用的浏览器版本过低，请升级",
        "加载中…",
        "页面加载失败，请刷新页面",
        "没有媒体可用资源",
    ],
    "chrome/player": ["播放", "0:00 0:03:12 嵌入 分享 下载", "倍速 静音 全屏"],
    "chrome/mood": ["這篇新聞讓您覺得？"],
    "chrome/rule-line": ["————————", "|", "***", "•", "……", ">>", "【】"],
    "media/caption": [
        "▲盐田全景。（圖／石头提供）",
        "图为盐田全景。",
        "图为：访谈现场",
        "盐工把海盐推成一堆。（石头 摄）",
        "访谈现场（本网供图）",
        "资料图",
    ],
}


@pytest.mark.parametrize(("rule", "line"), [(rule, line) for rule, lines in CHROME.items() for line in lines])
def test_chrome(rule: str, line: str) -> None:
    verdict = chrome_verdict(line)
    assert verdict is not None
    assert (verdict.rule, verdict.evidence) == (rule, line[:80])


NOTICES = {
    "chrome/copyright": [
        "江城网 版权所有",
        "Copyright © 2013 海湾在线 All Rights Reserved",
        "吉ICP备00000000号",
        "未经授权不得转载",
        "本网独家稿件，未经授权，不得转载",
        "出处：http://www.example.com/yugang/",
        "编者按：本文来自微信公众号“渔港”，作者：石头，授权发布。",
    ],
    "chrome/disclaimer": [
        "凡本网注明“来源：水乡网”的作品，版权均属于水乡网。",
        "免责声明：本文仅代表作者个人观点，不代表本网立场。",
        "本文仅代表作者个人观点，不代表本网立场，如有侵权请联系我们删除。",
        "特别声明：以上内容转载请注明出处。",
        "转载请注明出处",
        "版权声明：本文为博主原创文章，转载请附上原文出处。",
    ],
    "chrome/contact": [
        "新闻热线：0000-8888888",
        "投稿邮箱：tougao@example.com",
        "https://www.example.com/yugang/",
        "渔港新闻中心：yugang@example.com 转各部门",
        "联系电话：0000-0000000",
        "地址：临澜市江边路1号",
    ],
    "chrome/stamp": ["本文最后更新于2023年02月02日，若内容失效，请留言。"],
    "chrome/counters": ["(本文发表于渔港, 已被阅读178次)"],
    "chrome/app": [
        "歡迎加入「海島新聞」Facebook粉絲團",
        "欢迎订阅我们的微信，每天早上七点见",
        "關注我們的微博",
        "更多精彩内容，请关注“渔港”",
    ],
}


@pytest.mark.parametrize(("rule", "line"), [(rule, line) for rule, lines in NOTICES.items() for line in lines])
def test_notices(rule: str, line: str) -> None:
    assert notice_rule(line) == rule


TEXT = """
今天是“创建全国最安全省份”系列访谈的第一期。
记者：好的，感谢李市长接受我们的采访。
记者：请您分享到群里让大家看看。
李勇霖：注册登录以后就能在线办理。
【主持人】欢迎关注我们的公众号，先请嘉宾谈谈。
主持人：谢谢。
问：下载哪个客户端？
答：打开手机就能看到二维码。
好的。
不会。
是的，没有。
为什么？
大家好！
他把这个消息分享到了朋友圈，一夜之间转发过万。
注册资本五千万元的公司去年在县城落户。
登录以后，系统会自动核对身份。
返回首页是老人最常按错的键，于是他们把它去掉了。
网友评论说，这条路早就该修了。
评论认为，这项政策来得及时。
推荐他入党的是老支书。
热门新闻里天天说的那座桥，就在我家门口。
相关部门负责人表示，将尽快修复。
相关报道见报以后，县里派人来看。
更多的人选择留下来。
更多年轻人回到了村里。
上一页写的是父亲的名字，下一页写的是我的。
第一页
打印店的老板姓方。
大中小企业都要纳入这张网。
位置偏远的村子最后通车。
标签贴在每一棵树上。
关键词是团结。
举报电话一响，民警十分钟就到。
图书馆里坐满了人。
这张图为什么这样画，他想了一夜。
摄影师在江边等了三天。
支持
三、下一步打算
防火：一个烟头也不放过
一是修便道，二是设驿站，三是给每位护林员配终端。
扫描仪坏了，他们用手抄。
她扫了一眼二维码，没有说话。
下载了三个小时，片子终于打开了。
关注民生、关注弱势群体是这档节目的宗旨。
全文共三万字，他写了两年。
完善制度，堵塞漏洞。
分享是一种快乐。
字体工整，一笔一画。
收藏品
支持和反对的人一样多。
购买前可以免费试用
推广
编辑
关注留守老人
收藏者三千人
广告牌倒了，没有伤人。
继续往下走，就是老码头。
北京
2018年
他说：“分享到此为止。”
更多的新闻
你可能会后悔
一车加载中药材三吨
功能介绍
功能介绍：一键报警、远程喊话
功能介绍写得很详细。
▲一是修便道，二是设驿站
播放设备都搬到了礼堂
浏览器里存着他的密码。
""".strip().split("\n")


@pytest.mark.parametrize("line", TEXT)
def test_text_is_no_chrome(line: str) -> None:
    assert chrome_verdict(line) is None


@pytest.mark.parametrize(
    "line",
    [
        *TEXT,
        "记者：本文不代表本站立场，对吗？",
        "段乾元：电话打到所里，我们就去。",
        "地址越写越长，信却越来越少。",
        "他在微博上写道，今天的江水很清。",
        "未经风雨，哪见彩虹。",
        "凡是来过的人都说好。",
        "热线电话响了一夜。",
    ],
)
def test_text_is_no_notice(line: str) -> None:
    assert notice_rule(line) is None


def test_there_are_cases_enough() -> None:
    assert sum(map(len, CHROME.values())) >= 60
    assert len(TEXT) >= 40


@pytest.mark.parametrize(
    ("texts", "rules"),
    [
        (["好文", "钦佩", "喜欢"], ["chrome/mood"] * 3),
        (["• 好文", "• 钦佩", "• 喜欢", "泪奔 12"], ["chrome/mood"] * 4),
        (["支持"], [None]),
        (["支持", "感动"], [None, None]),
        (["他说。", "好文", "钦佩", "喜欢", "她说。"], [None, *["chrome/mood"] * 3, None]),
        (["好文", "他说。", "钦佩", "喜欢"], [None] * 4),
        ([], []),
    ],
    ids=["widget", "with-counts", "alone", "pair", "between-text", "torn", "empty"],
)
def test_moods(texts: list[str], rules: list[str | None]) -> None:
    assert rules_of(mark_chrome(blocks(*texts))) == rules


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("长春新闻", "chrome/phrase"),
        (" 长春 新闻 ", "chrome/phrase"),
        ("长春新闻社", None),
        ("看长春新闻", None),
        ("凤凰新闻 天天有料", "chrome/phrase"),
        ("凤凰新闻天天有料", "chrome/phrase"),
    ],
    ids=["whole-line", "spaces", "longer", "in-the-middle", "two-words", "run-together"],
)
def test_phrases_of_a_profile_are_whole_lines(text: str, rule: str | None) -> None:
    assert rules_of(mark_chrome(blocks(text), ("长春新闻", "凤凰新闻 天天有料"))) == [rule]


@pytest.mark.parametrize(
    ("texts", "kept"),
    [
        (["他来了。", "未经授权不得转载"], [True, False]),
        (["未经授权不得转载", "他来了。"], [False, True]),
        (["他来了。", "未经授权不得转载", "他走了。"], [True, True, True]),
        (["他来了。", "未经授权不得转载", "新闻热线：0000-8888888"], [True, False, False]),
        (["未经授权不得转载"], [False]),
        (["启航说：欢迎。", "启航说：您好。", "启航说：好。", "启航说：未经授权不得转载"], [True] * 4),
        (["他来了。", *["热线：010-88886666"] * 4, "https://www.example.com/1"], [True, *[False] * 5]),
        (["他来了。", "10:05", "他走了。"], [True, True, True]),
        (["他来了。", *["10:05", "他走了。"] * 4], [True, *[False, True] * 4]),
        ([], []),
    ],
    ids=["behind", "before", "inside", "several", "alone", "turn", "fields", "a-clock", "clocks-of-a-live-report", "empty"],
)
def test_notices_are_taken_out_at_the_ends_only(texts: list[str], kept: list[bool]) -> None:
    assert [block.verdict is None for block in mark_notices(blocks(*texts))] == kept


_HOSTILE = {
    "separators": " | " * 200,
    "separators-and-a-word": "| " * 150 + "注",
    "register": "注册 " * 60 + "x",
    "share": "微博" * 150 + "x",
    "share-with-separators": "微博|" * 29 + "。",
    "qq": "QQ" * 29 + "。",
    "pages": "1 " * 29 + "x",
    "page-words": "第1页" * 14 + "x",
    "digits": "1" * 400,
    "print": "打印" * 19 + "x",
    "font": "字体" + "大 " * 13 + "x",
    "comments": "评论" * 10,
    "counts": "1 人参与 " * 3 + "x",
    "copyright": "©" * 400,
    "copyright-tail": "版权所有" * 90 + "\n",
    "notes": "凡" + "注明" * 190,
    "scan": "扫描" * 24 + "x",
    "facebook": "Facebook" * 32,
    "facebook-invite": "欢迎Facebook" * 25,
    "caption": "（" * 59,
    "caption-ends": "摄）" * 19 + "（",
    "contact": "电话" * 54,
    "dashes": "-" * 399 + "x",
    "brackets": "[1] " * 14 + "x",
}


@pytest.mark.parametrize("line", _HOSTILE.values(), ids=_HOSTILE)
def test_no_line_backtracks_without_bound(line: str) -> None:
    """A thousand such lines in a second; a page may have 400,000."""
    start = time.process_time()
    for cut in range(1000):
        text = line[: len(line) - cut % 7]
        chrome_verdict(text)
        notice_rule(text)
    assert time.process_time() - start < 2
