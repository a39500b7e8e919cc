"""Floors: no accepted figure falls."""

from pathlib import Path

import pytest

from output.evaluate.figures import Figures
from output.evaluate.floors import FLOORS, accepted_figures, check_set, falls, load_floors
from output.evaluate.gold import GoldError
from output.profiles import load_profiles

SETS = load_floors(FLOORS)


@pytest.mark.parametrize("name", SETS)
def test_no_figure_falls_below_its_floor(name: str) -> None:
    known = SETS[name]
    if not Path(known.folder).is_dir():
        pytest.skip(f"no folder {known.folder}: the project's own fixtures are evaluated")
    assert list(falls(check_set(known, load_profiles()), known.accepted)) == []


@pytest.mark.parametrize(
    ("figures", "accepted", "fallen"),
    [
        (Figures(f=0.965), {"f": 0.965}, 0),
        (Figures(f=0.9646), {"f": 0.965}, 0),
        (Figures(f=0.9644), {"f": 0.965}, 1),
        (Figures(leaked=0.81), {"leaked": 0.8}, 1),
        (Figures(leaked=0.5), {"leaked": 0.8}, 0),
        (Figures(empty=1), {"empty": 0}, 1),
        (Figures(), {"f": 0.5}, 1),
    ],
    ids=["equal", "as-printed", "lower", "more-mistakes", "fewer-mistakes", "count", "missing"],
)
def test_falls(figures: Figures, accepted: dict[str, float], fallen: int) -> None:
    assert len(list(falls(figures, accepted))) == fallen


def test_accepted_figures_are_those_of_the_same_pages(tmp_path: Path) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text('[a]\nfolder = "gold"\nonly = { kind = "forum" }\naccepted = { f = 0.9 }\n')
    assert accepted_figures(tmp_path / "gold", {"kind": "forum"}, floors) == {"f": 0.9}
    assert accepted_figures(tmp_path / "gold", {}, floors) == {}
    assert accepted_figures(tmp_path, {}, tmp_path / "none.toml") == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[a]\nfolder = "x"\naccepted = { g = 1 }', "has no figure 'g'; known: f, p, r"),
        ('[a]\nfolder = "x"\nfloor = 1', "unknown field"),
        ("[a", "floors.toml"),
    ],
    ids=["figure", "key", "torn"],
)
def test_a_floors_file_that_cannot_be_used(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "floors.toml").write_text(text)
    with pytest.raises(GoldError, match=r"floors\.toml") as caught:
        load_floors(tmp_path / "floors.toml")
    assert said in str(caught.value)
