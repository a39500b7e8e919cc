"""Persons behind labels, with the evidence for their names and offices."""

import pytest

from cleaners.article import Role, Speaker
from cleaners.names import Voice, parse_voice
from cleaners.speakers import Said, cast_speakers, roles_of


def voice(label: str) -> Voice:
    found = parse_voice(label)
    assert found is not None
    return found


NAMES: dict[str, tuple[list[str], str, list[str]]] = {
    "title-and-label": (["李局长", "李勇霁"], "", ["李勇霁", "李勇霁"]),
    "title-and-introduction": (["李市长"], "今天的嘉宾是临澜市副市长李勇霁。", ["李勇霁"]),
    "three-ways": (["李市长", "李勇霁", "李勇霁（局长）"], "", ["李勇霁"] * 3),
    "the-one-with-that-title": (
        ["李教授", "李局长"],
        "临澜市公安局局长李勇霁、江岸大学教授李若兰做客直播间。",
        ["李若兰", "李勇霁"],
    ),
    "another-surname": (["李市长", "何知秋"], "", ["李市长", "何知秋"]),
    "compound-surname": (["欧阳老师", "欧阳若水"], "", ["欧阳若水", "欧阳若水"]),
    "last-name": (["约翰·史密斯", "史密斯"], "", ["约翰·史密斯"] * 2),
    "latin-last-name": (["John Smith", "Smith"], "", ["John Smith"] * 2),
    "latin-first-name": (["Kevin"], "江岸大学的 Kevin Liang 也来了。", ["Kevin Liang"]),
    "ambiguous-last-name": (["John Smith", "Ann Smith", "Smith"], "", ["John Smith", "Ann Smith", "Smith"]),
    "word": (["记者", "何知秋"], "", ["记者", "何知秋"]),
    "the-only-guest": (["问", "答"], "临澜市住建局局长何知秋做客直播间。", ["问", "何知秋"]),
    "one-of-two-guests": (["问", "答"], "临澜市住建局局长何知秋、江岸大学教授林水生做客直播间。", ["问", "答"]),
}


@pytest.mark.parametrize(("labels", "text", "names"), NAMES.values(), ids=NAMES)
def test_one_speaker_a_person(labels: list[str], text: str, names: list[str]) -> None:
    voices = [voice(label) for label in labels]
    cast = cast_speakers(voices, {found.key: found.role for found in voices}, Said(text, len(text)))
    assert [cast.name_by_key[found.key] for found in voices] == names
    assert [speaker.name for speaker in cast.speakers] == list(dict.fromkeys(names))


def test_an_abbreviation_is_the_person_whom_it_is_short_for() -> None:
    text = "江岸大学教授何知秋（以下简称“何”）和 John Smith（以下简称“JS”）接受了江岸网（以下简称“网”）的采访。"
    voices = [Voice("何", None), Voice("JS", None, name="JS"), Voice("记者", "interviewer")]
    cast = cast_speakers(voices, {"何": "guest", "JS": "guest", "记者": "interviewer"}, Said(text, len(text)))
    assert [speaker.name for speaker in cast.speakers] == ["何知秋", "John Smith", "记者"]
    assert cast.speakers[0].office == "江岸大学教授"


def test_who_comes_in_after_the_opening_gives_no_answer_a_name() -> None:
    text = "问：谁来了？答：局长何知秋。"
    voices = [voice("问"), voice("答")]
    roles: dict[str, Role | None] = {"问": "interviewer", "答": "guest"}
    assert cast_speakers(voices, roles, Said(text)).name_by_key["答"] == "答"


def test_a_speaker_has_the_first_role_and_office_that_are_known() -> None:
    voices = [voice("何知秋"), voice("何知秋（局长）")]
    cast = cast_speakers(voices, {"何知秋": None}, Said("何知秋（局长）：好。", labels={"何知秋": (0, 8)}))
    assert len(cast.speakers) == 1
    assert cast.speakers[0].office == "局长"


EVIDENCE: dict[str, tuple[str, str, Speaker]] = {
    "introduction": (
        "临澜市住建局局长何知秋来了。\n何知秋：好。", "", Speaker("何知秋", "guest", "临澜市住建局局长", (0, 8), (15, 18))
    ),
    "label": ("何知秋（局长）：好。", "", Speaker("何知秋", "guest", "局长", (4, 6), (0, 3))),
    "the-fuller-label": (
        "请局长何知秋说说。\n临澜市住建局局长何知秋：好。", "", Speaker("何知秋", "guest", "临澜市住建局局长", (10, 18), (18, 21))
    ),
    "label-in-columns": ("局 长 何知秋：好。", "", Speaker("何知秋", "guest", "局 长", (0, 3), (4, 7))),
    "headline": ("何知秋：好。", "专访住建局局长何知秋", Speaker("何知秋", "guest", "住建局局长", None, (0, 3))),
    "text-before-headline": ("局长何知秋：好。", "专访住建局局长何知秋", Speaker("何知秋", "guest", "局长", (0, 2), (2, 5))),
    "nowhere": ("何知秋：好。", "", Speaker("何知秋", "guest", None, None, (0, 3))),
    "surname": ("局长何知秋来了。\n何局长：好。", "", Speaker("何知秋", "guest", "局长", (0, 2), (2, 5))),
}  # fmt: skip


@pytest.mark.parametrize(("text", "title", "speaker"), EVIDENCE.values(), ids=EVIDENCE)
def test_evidence(text: str, title: str, speaker: Speaker) -> None:
    """The spans are those of the words that say it; a headline is no part of the text."""
    start = text.rfind("\n") + 1
    label = text[start : text.index("：", start)]
    who = voice(label)
    said = Said(text, start, title, {who.key: (start, start + len(label))})
    assert cast_speakers([who], {who.key: "guest"}, said).speakers == (speaker,)


def test_who_asks_has_no_office() -> None:
    text = "局长何知秋：好吗？"
    who = voice("局长何知秋")
    cast = cast_speakers([who], {who.key: "interviewer"}, Said(text, labels={who.key: (0, 5)}))
    assert cast.speakers == (Speaker("何知秋", "interviewer", None, None, (2, 5)),)


ROLES: dict[str, tuple[list[str], dict[str, float], list[str | None]]] = {
    "words": (["记者", "何知秋"], {}, ["interviewer", "guest"]),
    "audience": (["网友", "何知秋"], {}, ["audience", "guest"]),
    "narrator": (["解说", "记者", "何知秋"], {}, ["narrator", "interviewer", "guest"]),
    "who-asks": (["叶晚", "何知秋"], {"叶晚": 0.9}, ["interviewer", "guest"]),
    "half-is-not-most": (["叶晚", "何知秋"], {"叶晚": 0.5}, [None, None]),
    "nobody-asks": (["叶晚", "何知秋"], {}, [None, None]),
    "one-asker": (["叶晚", "何知秋"], {"叶晚": 0.9, "何知秋": 0.8}, ["interviewer", "guest"]),
    "a-word-goes-first": (["记者", "何知秋"], {"何知秋": 1.0}, ["interviewer", "guest"]),
    "nobody": ([], {}, []),
}


@pytest.mark.parametrize(("labels", "asking", "roles"), ROLES.values(), ids=ROLES)
def test_roles_of(labels: list[str], asking: dict[str, float], roles: list[str | None]) -> None:
    shares = dict.fromkeys(labels, 0.0) | asking
    assert list(roles_of(map(voice, labels), shares).values()) == roles
