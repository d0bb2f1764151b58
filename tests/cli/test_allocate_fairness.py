"""How fair a run is to each label, with the doubt that chance leaves, as its users see it."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from katalysator.cli.allocate.groups import Grouping
from katalysator.cli.allocate.report import Certified, Report
from katalysator.core.language import speaking
from katalysator.engine.matching import MOST_LABELS, Groups, fates_by_group
from tests.cli.allocating import figures, run, save
from tests.engine.makers import fates

SIZES = {"north": 120, "east": 60, "south": 60, "tiny": 8, "least": 9, "far": 9}
PEOPLE, OPENINGS, SEATS = sum(SIZES.values()), 20, 8


@pytest.fixture
def market(tmp_path: Path) -> Path:
    """Ten pairs a person; what openings think of the south is less than of the others."""
    random = np.random.default_rng(3)
    person, place = np.divmod(np.arange(PEOPLE * 10), 10)
    south = (person >= 180) & (person < 240)
    return save(
        tmp_path / "e.parquet",
        {
            "person": person,
            "opening": (person * 7 + place) % OPENINGS,
            "score_person": random.random(person.size),
            "score_opening": random.random(person.size) * np.where(south, 0.7, 1.0),
        },
    )


@pytest.fixture
def openings(tmp_path: Path) -> Path:
    seats = {"opening": range(OPENINGS), "capacity": [SEATS] * OPENINGS}
    return save(tmp_path / "o.parquet", seats)


@pytest.fixture
def regions(tmp_path: Path) -> Path:
    return save(tmp_path / "g.csv", {"person": range(PEOPLE), "region": _labels()})


def _labels() -> list[str]:
    return [label for label, size in SIZES.items() for _ in range(size)]


@pytest.fixture
def options(market: Path, openings: Path, regions: Path, tmp_path: Path) -> list[object]:
    return [market, "--openings", openings, "--groups", regions, "--out", tmp_path / "r.parquet"]


def by_label(options: list[object], *more: object) -> dict[str | None, dict[str, Any] | None]:
    rows = figures(run(*options, *more, "--json"))["groups"]["region"]
    return {row["label"]: row["fairness"] for row in rows}


# On the screen


def table(lines: list[str], title: str = "Fairness by “region”:") -> list[list[str]]:
    """The words of each line under the title."""
    rest = lines[lines.index(title) + 1 :]
    return [line.split() for line in rest[: [line[:2] for line in rest].index("“s")]]


def test_the_label_that_falls_behind_has_a_sign(options: list[object]) -> None:
    lines = run(*options).stdout.splitlines()
    names, *rows = table(lines)
    assert names == ["selection", "quality", "exposure", "price", "effect"]
    assert {row[0]: "behind" in row for row in rows} == {
        "south": True,
        "north": False,
        "east": False,
    }
    (said,) = [line for line in lines if line.startswith("“behind” means")]
    assert said.endswith("a signal to look closer, not a verdict.")


def test_the_table_comes_in_the_order_of_the_other_one(options: list[object]) -> None:
    lines = run(*options).stdout.splitlines()
    start = lines.index("People without a seat by “region”:")
    above = [line.split()[0] for line in lines[start + 2 : start + 6]]
    assert [row[0] for row in table(lines)[1:]] == [name for name in above if name != "small"]


def test_figures_stand_beside_their_intervals(options: list[object]) -> None:
    south = by_label(options)["south"]
    lines = run(*options).stdout.splitlines()
    (row,) = [line for line in table(lines) if line[0] == "south"]
    assert south
    for name, shown in zip(("selection", "exposure"), (row[2:4], row[6:8]), strict=True):
        value, low, high = (f"{south[name][part]:.2f}" for part in ("value", "low", "high"))
        assert shown == [value, f"({low}–{high})"]


def test_no_sign_is_explained_where_none_is_given(options: list[object], tmp_path: Path) -> None:
    halves = {"person": range(PEOPLE), "parity": [str(n % 2) for n in range(PEOPLE)]}
    options[4] = save(tmp_path / "halves.csv", halves)
    said = run(*options).stdout
    assert "Fairness by “parity”:" in said
    assert "behind" not in said


def test_a_stable_matching_has_no_price_effect(options: list[object]) -> None:
    said = run(*options, "--method", "stable").stdout
    assert "Fairness by “region”:" in said
    assert "price" not in said
    south = by_label(options, "--method", "stable")["south"]
    assert south
    assert south["price"] is None


def test_long_labels_are_cut_to_the_width_of_a_terminal(
    options: list[object], tmp_path: Path
) -> None:
    labels = [f"{label}, a region with a name that goes on and on" for label in _labels()]
    options[4] = save(tmp_path / "long.csv", {"person": range(PEOPLE), "region": labels})
    lines = run(*options).stdout.splitlines()
    start = lines.index("Fairness by “region”:")
    assert {len(line) for line in lines[start + 1 : start + 5]} == {100}
    assert any("south, " in line for line in lines[start + 1 : start + 5])


def test_what_the_columns_mean_is_said_once(options: list[object], tmp_path: Path) -> None:
    both = {"person": range(PEOPLE), "region": _labels(), "area": _labels()}
    options[4] = save(tmp_path / "both.csv", both)
    said = run(*options).stdout
    assert said.count("Fairness by “") == 2
    assert said.count("an interval of 95 %") == said.count("“selection”: ") == 1


def test_in_dutch(options: list[object]) -> None:
    lines = run(*options, "--language", "nl").stdout.splitlines()
    start = lines.index("Eerlijkheid naar “region”:")
    assert lines[start + 1].split() == ["plaatsing", "kwaliteit", "zichtbaarheid", "prijseffect"]
    assert lines[start + 2].split()[:2] == ["south", "achter"]
    assert lines[start + 2].split()[2].startswith("0,")
    said = "\n".join(lines)
    assert "een interval van 95 %" in said
    assert "een reden om beter te kijken, geen oordeel." in said
    assert "prijseffect”: hoeveel de prijzen" in said


def test_without_groups_nothing_is_said(options: list[object]) -> None:
    del options[3:5]
    result = run(*options, "--json")
    assert not {"groups", "exposure_openings"} & set(figures(result))


# For programs


def test_json_holds_every_figure(options: list[object]) -> None:
    found = by_label(options)
    south = found["south"]
    assert south
    assert list(south) == ["selection", "quality", "exposure", "price", "behind"]
    for name in ("selection", "quality", "exposure", "price"):
        assert south[name]["low"] <= south[name]["value"] <= south[name]["high"]
    assert south["behind"] is True
    assert south["selection"]["high"] < 0.8
    assert figures(run(*options, "--json"))["exposure_openings"] == OPENINGS


def test_figures_follow_from_the_files(options: list[object], tmp_path: Path) -> None:
    """By another way: tables in place of rows."""
    found = by_label(options)
    pairs = pl.read_parquet(tmp_path / "e.parquet")
    given = pl.read_parquet(tmp_path / "r.parquet")
    region = pl.DataFrame({"person": range(PEOPLE), "region": _labels()})
    size = {label: SIZES[label] for label in ("north", "east", "south")}
    seats = given.join(region, on="person").group_by("region").agg(pl.len(), pl.mean("score"))
    placed = {label: count / SIZES[label] for label, count, _ in seats.rows()}
    best = max(placed[label] for label in size)
    quality = {label: mean for label, _, mean in seats.rows()}
    score = (pl.col("score_person") * pl.col("score_opening")).sqrt()
    rank = score.rank("ordinal", descending=True).over("opening")
    weight = pairs.select("person", weight=1 / (1 + rank).log(2)).join(region, on="person")
    seen = dict(weight.group_by("region").agg(pl.sum("weight")).rows())
    for label, people in size.items():
        row = found[label]
        assert row
        assert row["selection"]["value"] == pytest.approx(placed[label] / best)
        assert row["quality"]["value"] == pytest.approx(quality[label])
        part = seen[label] / sum(seen.values()) / (people / PEOPLE)
        assert row["exposure"]["value"] == pytest.approx(part)


def test_the_same_run_says_the_same(options: list[object]) -> None:
    assert by_label(options) == by_label(options)


def test_an_endless_interval_is_valid_json() -> None:
    """One seat in the best-off label: drawn anew, it may have none at all."""
    placed = np.zeros(40, np.bool_)
    placed[[0, 20]] = True
    of = np.repeat(np.arange(2, dtype=np.int32), [10, 30])
    grouping = Grouping("c", fates_by_group(Groups(pl.Series(["a", "b"]), of), fates(placed)))
    rows = {row["label"]: row["fairness"] for row in grouping.as_json()}
    assert rows["b"]["selection"] == {"value": pytest.approx(1 / 3), "low": 0.0, "high": None}
    json.dumps(rows, allow_nan=False)
    assert "–∞)" in "".join(grouping.sentences())


# Who is not shown


def test_small_groups_are_only_counted(options: list[object]) -> None:
    found = by_label(options)
    assert found[None] is None
    assert set(found) == {"north", "east", "south", None}
    names = [row[0] for row in table(run(*options).stdout.splitlines())]
    assert not {"small", "tiny", "least", "far"} & set(names)


def test_too_many_labels_are_counted_only() -> None:
    """Each takes some time, and nobody reads them."""
    size = MOST_LABELS + 1
    of = np.repeat(np.arange(size, dtype=np.int32), 10)
    labels = pl.Series([str(n) for n in range(size)])
    grouping = Grouping("street", fates_by_group(Groups(labels, of), fates(of >= 0)))
    assert len(grouping.groups) == size
    assert not grouping.judged
    assert list(grouping.sentences())[-1] == (
        "“street” has more than 1,000 labels: how fair that is, is not worked out."
    )


# The report


def test_openings_that_were_drawn_are_told() -> None:
    of = np.zeros(20, np.int32)
    grouping = Grouping("c", fates_by_group(Groups(pl.Series(["a"]), of), fates(of == 0)))
    report = Report(
        Path("r"),
        people=20,
        openings=2_000,
        pairs=9,
        seats=9,
        placed=1,
        proof=Certified(1.0, 1.0, 0.0, 1),
        seconds=1.0,
        groupings=[grouping],
        exposure_openings=900,
    )
    said = "\n".join(report.sentences())
    assert "in the lists of 900 of the 2,000 openings, drawn by lot." in said
    with speaking("nl"):
        said = "\n".join(report.sentences())
    assert "in de lijsten van 900 van de 2.000 openingen" in said
