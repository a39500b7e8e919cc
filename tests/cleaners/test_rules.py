"""Rule ids and the digest that says by which rules a record was made."""

import re

import msgspec
import pytest

import cleaners.chrome
import cleaners.notices
from cleaners import RULES, CleaningError, clean, explain_rule
from cleaners.chrome import mark_chrome
from cleaners.rules import EXPLANATIONS, rules_digest
from crawler.page import Page
from crawler.portal import load_portal
from crawler.replica import build_site, seed_variants
from tests.cleaners.pages import blocks, cases, portal_for

_ID = re.compile(r"hidden|[a-z]+/[a-z\-]+")


def rules_in(pages: list[Page], *, known: bool = True) -> set[str]:
    try:
        found = clean(pages, portal_for(pages[0].url) if known and pages[0].url else None)
    except CleaningError:
        return set()
    return {line.rule for line in found.removed}


def test_every_rule_of_a_fixture_is_explained() -> None:
    assert {rule for case in cases() for rule in rules_in(list(case.pages))} <= EXPLANATIONS.keys()


def test_every_rule_of_the_replica_is_explained() -> None:
    site = build_site(articles=12)
    pages = [[Page(site.responses[url].body, url) for url in truth.urls] for truth in site.truths]
    pages += [[Page(body, url, kind) for url, body, kind in variant] for _, variant in seed_variants()]
    assert {rule for known in (True, False) for page in pages for rule in rules_in(page, known=known)} <= EXPLANATIONS.keys()


def test_every_chrome_rule_is_explained() -> None:
    tables = (cleaners.chrome._RULES, cleaners.notices._RULES)
    assert {rule.rule for table in tables for rule in table._rules} <= EXPLANATIONS.keys()
    marked = mark_chrome(blocks("好文", "钦佩", "喜欢", "长春新闻"), ("长春新闻",))
    assert {block.verdict.rule for block in marked if block.verdict} == {"chrome/mood", "chrome/phrase"} <= EXPLANATIONS.keys()


@pytest.mark.parametrize("rule", EXPLANATIONS)
def test_explanations_are_sentences(rule: str) -> None:
    assert _ID.fullmatch(rule)
    assert re.fullmatch(r"[A-Z].{8,100}\.", explain_rule(rule))


def test_an_unknown_rule_has_no_explanation() -> None:
    with pytest.raises(KeyError):
        explain_rule("chrome/nosuch")


def test_digest_depends_on_the_profile() -> None:
    jl, other = load_portal("jl_ifeng"), load_portal("cnjiwang")
    digests = {
        rules_digest(None),
        rules_digest(jl),
        rules_digest(other),
        rules_digest(msgspec.structs.replace(jl, phrases=("暗",))),
    }
    assert len(digests) == 4
    assert all(re.fullmatch(r"[0-9a-f]{12}", digest) for digest in digests)
    assert rules_digest(jl) == rules_digest(load_portal("jl_ifeng"))


def test_digest_depends_on_the_number_of_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    before = rules_digest(None)
    monkeypatch.setattr("cleaners.rules.RULES", RULES + 1)
    assert rules_digest(None) != before


def test_digest_depends_on_the_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    before = rules_digest(None)
    monkeypatch.setattr("cleaners.rules._version", lambda name: f"9.{len(name)}")
    assert rules_digest(None) != before
