"""Notices: sentences in which a portal speaks of itself, its rights and its accounts, before or after the article.

In the middle of an article the same words may be its subject, so they are taken out at its ends only.
"""

import re
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from cleaners.article import Block, Verdict
from cleaners.lines import LineRule, LineRules
from cleaners.speech import is_field_name, is_speech
from cleaners.stamps import is_stamp

_STOP = re.compile(r"[。！!；]")
_TEXT_CHARS = 12
_CLOCK = re.compile(r"[\[（(]?\d{1,2}:\d{2}(?::\d{2})?[\])）]?")
_MIN_CLOCKS = 4
_LABELLED = re.compile(r"\s*+([\u3400-\u9fffA-Za-z·]{1,12})[：:]\s?(?!//)(?=\S)")
_MIN_LABELS = 4

_ACCOUNT = r"(?:Facebook|FB|Google ?plus|Twitter|Instagram|LINE|微博|微信|公众号|公眾號|粉絲|粉丝)"
_INVITE = r"(?:歡迎|欢迎|快點|快来|請到|请到|敬请|按讚|追蹤|關注|关注|加入|订阅|訂閱|follow|開設|开设|登陸)"

_RULES = LineRules(
    LineRule(
        "chrome/app",
        "Facebook|FB|Google|Twitter|Instagram|LINE|微博|微信|公众号|公眾號|粉",
        rf".{{0,80}}(?:{_INVITE}.{{0,60}}{_ACCOUNT}|{_ACCOUNT}.{{0,30}}{_INVITE}).{{0,200}}",
        260,
    ),
    LineRule(
        "chrome/copyright",
        "版权所有|版權所有|copyright|©|ICP|京公网安备|All Rights Reserved",
        r".{0,40}(?:版权所有|版權所有|copyright|©|ICP[备備證证]|京公网安备|All Rights Reserved).{0,300}",
        400,
    ),
    LineRule(
        "chrome/copyright",
        "未经|未經",
        r"(?:[^。！？，]{0,30}[。，,])?(?:未经|未經).{0,24}(?:授权|授權|许可|許可|同意|允许).{0,40}"
        r"(?:转载|轉載|使用|复制|摘编|引用|刊登|重製).{0,40}",
        120,
    ),
    LineRule(
        "chrome/disclaimer",
        "凡|免责|免責|声明|聲明|提示|注|本网|本站|转载|轉載",
        r"[\s*•·【（(]*(?:凡|免责|免責|特别声明|版权声明|版權聲明|郑重声明|声明|聲明|风险提示|注|本网站?|本站|转载(?:请|須|须)|轉載).{0,40}"
        r"(?:注明|註明|标注|標註|标明|转载|轉載|不代表|不构成|不構成|版权|版權|侵权|著作权|责任).{0,400}",
        400,
    ),
    LineRule(
        "chrome/disclaimer",
        "来源|转载|本文|以上|该文|此文|文章内容",
        r".{0,60}(?:稿件来源|文章来源|转载(?:稿|文章)|本文(?:内容)?|以上(?:内容|文章)|该文|此文|文章内容).{0,40}"
        r"(?:不代表|仅代表|不构成|侵权|联系(?:我们|删除)|存储服务).{0,200}",
        280,
    ),
    LineRule(
        "chrome/copyright",
        "版权|版權|著作權|转载|轉載|授权|授權|出处|本文链接|本文連結",
        r"(?:版权声明|版權聲明|本文版权|本文版權|本文为.{0,8}原创|本文系.{0,16}原创|本網站之|本站之|本网所刊载).{0,200}"
        r"|(?:出处|出處|本文链接|本文連結|原文链接|原文連結|文章链接|转载自)\s*[:：]\s*http.{0,120}"
        r"|(?:编者按|編者按)?[:：]?本文(?:来自|首发于|转载自|经).{0,60}(?:授权|轉載|转载|发布|首发).{0,40}|如(?:有意|需|欲)(?:愿)?转载.{0,80}",
        260,
    ),
    LineRule(
        "chrome/app",
        "更多精彩|精彩内容|APP|朋友圈|微信扫",
        r".{0,16}更多精彩.{0,8}(?:内容|资讯|请|尽在).{0,50}|.{0,40}(?:下載|下载|打開|打开|专享|看新聞|看新闻)\s*APP.{0,30}|APP(?:专享|內|内).{0,20}"
        r"|提示[:：]微信扫一扫|分享到您?的?(?:朋友圈|微信).{0,10}",
        80,
    ),
    LineRule("chrome/contact", "trackback", r".{0,24}Trackback.{0,140}", 160),
    LineRule("chrome/stamp", "最后更新|最后编辑|最后修改", r"[^。]{0,10}最后(?:更新|编辑|修改)[于於时].{0,100}", 120),
    LineRule("chrome/counters", "阅读|点击", r"[(（]?本文[^。]{0,40}(?:阅读|点击)\s*\d+\s*次[)）]?", 70),
    LineRule("chrome/disclaimer", "仅供参考|平台声明", r".{0,8}(?:文中|本文|以上|文章)内容仅供参考.{0,40}|平台声明", 70),
    LineRule("chrome/contact", "http|www", r"(?:https?://|www\.)\S{3,120}", 130),
    LineRule("chrome/contact", "@", r"[^。！？]{0,60}[\w.\-]{1,40}@[\w\-]{1,40}\.[\w.\-]{2,40}[^。！？]{0,40}", 110),
    LineRule(
        "chrome/contact",
        "电话|電話|传真|傳真|热线|熱線|邮箱|郵箱|信箱|邮编|地址|QQ|mail|微信号|联系人|客服",
        r"[^。！？，,；]{0,24}(?:电话|電話|传真|傳真|热线|熱線|邮箱|郵箱|信箱|邮编|地址|QQ群?|E-?mail|微信号|联系人|客服)"
        r"\s*(?:[:：]|[\d(（]).{0,80}",
        110,
    ),
)


def notice_rule(text: str) -> str | None:
    """The rule of a line that is a notice, if it stands at an end of the article; None for any other, and for speech.

    >>> notice_rule("未经书面授权，请勿转载。"), notice_rule("记者：本文不代表本站。")
    ('chrome/copyright', None)
    """
    rule = _RULES.match(text)
    return None if rule is None or is_speech(text) else rule


def mark_notices(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Mark the notices before the first and after the last kept block that is none; and all outside the article.

    Clocks in blocks of their own between the turns of a live report are no words of it.
    """
    rules = _rules(blocks)
    body = [index for index, block in enumerate(blocks) if block.verdict is None and rules[index] is None and _is_text(block)]
    first, last = (body[0], body[-1]) if body else (len(blocks), -1)
    clocks = sum(block.verdict is None and _CLOCK.fullmatch(block.text) is not None for block in blocks)
    is_live = clocks >= _MIN_CLOCKS
    return tuple(
        replace(block, verdict=Verdict(rule, block.text[:80]))
        if rule and (_may(block, index, first, last) or (is_live and _CLOCK.fullmatch(block.text)))
        else block
        for index, (block, rule) in enumerate(zip(blocks, rules, strict=True))
    )


def _rules(blocks: Sequence[Block]) -> list[str | None]:
    """Beside each block the rule of a notice; a line behind a label that begins others, too, is speech, whoever speaks."""
    rules = [_rule(block) if _is_open(block) else None for block in blocks]
    if not any(rules):
        return rules
    labels = Counter(label for block in blocks if block.verdict is None and (label := _label(block)))
    return [None if rule and labels[_label(block)] >= _MIN_LABELS else rule for rule, block in zip(rules, blocks, strict=True)]


def _label(block: Block) -> str:
    """What stands before the first colon of a line."""
    found = _LABELLED.match(block.text)
    return found[1] if found and not is_field_name(found[1]) else ""


def _rule(block: Block) -> str | None:
    if rule := notice_rule(block.text):
        return rule
    return "chrome/stamp" if is_stamp(block) and not _STOP.search(block.text) else None


def _is_text(block: Block) -> bool:
    """Not a short line that was left over among notices."""
    return block.chars >= _TEXT_CHARS or _STOP.search(block.text) is not None or is_speech(block.text)


def _may(block: Block, index: int, first: int, last: int) -> bool:
    """Outside the article a notice is named rather than left as layout; inside it stays text."""
    return block.verdict is not None or not first <= index <= last


def _is_open(block: Block) -> bool:
    return block.verdict is None or block.verdict.rule.startswith("layout/")
