"""How fair a run is to each label, with the doubt that chance leaves, as its users see it."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, strategies as st

from katalysator.cli.allocate.fairness import MOST_LABELS, lost, seen
from katalysator.cli.allocate.groups import Grouping
from katalysator.cli.allocate.report import Certified, Report
from katalysator.core.language import speaking
from katalysator.engine.matching import Edges, Groups
from katalysator.engine.matching.seats import discount, share_for
from tests.cli.allocating import fates, figures, run, save

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
    grouping = Grouping.of("c", Groups(pl.Series(["a", "b"]), of), fates(placed))
    rows = {group.label: group.as_json()["fairness"] for group in grouping.groups}
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


def test_a_label_that_is_not_shown_is_not_the_best_off() -> None:
    """All of the small ones have a seat; else their share could be read from the others."""
    of = np.repeat(np.arange(4, dtype=np.int32), [20, 20, 6, 6])
    placed = np.concatenate([np.arange(20) < 10, np.arange(20) < 5, np.ones(12, np.bool_)])
    grouping = Grouping.of("c", Groups(pl.Series(list("abcd")), of), fates(placed))
    rows = {group.label: group.as_json()["fairness"] for group in grouping.groups}
    assert rows[None] is None
    assert [rows[label]["selection"]["value"] for label in "ab"] == [1.0, 0.5]


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 30)), min_size=1, max_size=5))
def test_no_score_of_a_few_follows_from_the_total(sizes: list[tuple[int, int]]) -> None:
    """The people with a seat whose quality is not told are none, or at least ten; or all."""
    of = np.repeat(np.arange(len(sizes), dtype=np.int32), [size for size, _ in sizes])
    placed = np.concatenate([np.arange(size) < some for size, some in sizes])
    labels = pl.Series([str(n) for n in range(len(sizes))])
    groups = Grouping.of("c", Groups(labels, of), fates(placed)).groups
    told = [group for group in groups if group.fairness and group.fairness.quality]
    hidden = placed.sum() - sum(group.people - group.unplaced for group in told)
    assert hidden == 0 or hidden >= 10 or not told
    assert all(group.people - group.unplaced >= 10 for group in told)


def test_too_many_labels_are_counted_only() -> None:
    """Each takes some time, and nobody reads them."""
    size = MOST_LABELS + 1
    of = np.repeat(np.arange(size, dtype=np.int32), 10)
    labels = pl.Series([str(n) for n in range(size)])
    grouping = Grouping.of("street", Groups(labels, of), fates(of >= 0))
    assert len(grouping.groups) == size
    assert not grouping.judged
    assert list(grouping.sentences())[-1] == (
        "“street” has more than 1,000 labels: how fair that is, is not worked out."
    )


# The lists


def edges_of(score: list[float], *, people: int, openings: int) -> Edges:
    """Every person with every opening."""
    person, opening = np.divmod(np.arange(people * openings), openings)
    return Edges.from_pairs(person, opening, np.array(score), persons=people, openings=openings)


def test_openings_see_people_by_score() -> None:
    """First and second place, and nobody who is worth nothing."""
    exposure, counted = seen(edges_of([0.9, 0.2, 0.5, 0.6, 0.0, 0.0], people=3, openings=2))
    second = 1 / np.log2(3)
    assert exposure == pytest.approx([1 + second, 1 + second, 0.0])
    assert counted == 2


def test_scores_beyond_single_precision_still_make_a_list() -> None:
    exposure, _ = seen(edges_of([1e300, 1.0, 1e-300], people=3, openings=1))
    assert exposure == pytest.approx([1.0, 1 / np.log2(3), 0.5])


def test_the_order_of_the_file_does_not_decide_between_equals() -> None:
    exposure, _ = seen(edges_of([0.5] * 40_000, people=400, openings=100))
    assert exposure[:200].sum() == pytest.approx(exposure[200:].sum(), rel=0.05)


def test_a_large_market_is_judged_by_openings_drawn_by_lot() -> None:
    market = edges_of(np.random.default_rng(5).random(4_000).tolist(), people=100, openings=40)
    some, counted = seen(market, most=1_050)
    assert counted == 10
    places = np.arange(1, 101)
    assert some.sum() == pytest.approx(10 * (1 / np.log2(1 + places)).sum())
    assert np.array_equal(some, seen(market, most=1_050)[0])
    assert seen(market, most=5)[1] == 1


def test_without_pairs_nobody_is_seen() -> None:
    none = Edges.from_pairs([], [], np.zeros(0), persons=3, openings=2)
    assert seen(none)[0].tolist() == lost(none, np.zeros(2)).tolist() == [0.0, 0.0, 0.0]


def test_prices_cost_what_they_take_off_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same whether people are taken together or in steps; pairs of 0 do not count."""
    random = np.random.default_rng(6)
    score = np.where(random.random(300) < 0.2, 0.0, random.random(300))
    market, prices = edges_of(score.tolist(), people=30, openings=10), random.random(10)
    person = np.repeat(np.arange(30), 10)
    off = -discount(person, market.score, prices[market.opening], share=share_for(30))
    whole = [off[(person == n) & (market.score > 0)].mean() for n in range(30)]
    assert lost(market, prices) == pytest.approx(whole)
    monkeypatch.setattr("katalysator.engine.matching.allocation.edges.BLOCK", 25)
    assert lost(market, prices) == pytest.approx(whole)


def test_openings_that_were_drawn_are_told() -> None:
    of = np.zeros(20, np.int32)
    grouping = Grouping.of("c", Groups(pl.Series(["a"]), of), fates(of == 0))
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
