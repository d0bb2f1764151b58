"""Who stays without a seat, told by group; people of small groups are not to be recognised."""

from pathlib import Path

import numpy as np
import pytest

from katalysator.cli.allocate.groups import MOST
from katalysator.engine.matching import FORMS
from tests.cli.allocating import figures, run, save

SIZES = {"NL11": 12, "NL12": 20, "NL13": 4, "NL21": 7}


@pytest.fixture
def edges(tmp_path: Path) -> Path:
    """People 0 to 42; as many seats of one opening as the test says. Lower numbers score higher."""
    person = np.arange(sum(SIZES.values()))
    score = 1.0 - person / 100
    return save(tmp_path / "e.parquet", {"person": person, "opening": person * 0, "score": score})


@pytest.fixture
def seats(tmp_path: Path) -> Path:
    """For all of NL11, and half of NL12."""
    return save(tmp_path / "o.parquet", {"opening": [0], "capacity": [22]})


def labelled(path: Path, **more: list[str | None]) -> Path:
    region = [label for label, size in SIZES.items() for _ in range(size)]
    return save(path, {"person": range(len(region)), "region": region, **more})


def test_largest_share_comes_first_and_small_groups_go_together(
    edges: Path, seats: Path, tmp_path: Path
) -> None:
    groups = labelled(tmp_path / "g.csv")
    out = tmp_path / "r.csv"
    lines = run(edges, "--openings", seats, "--out", out, "--groups", groups).stdout.splitlines()
    start = lines.index("People without a seat by “region”:")
    assert [line.split() for line in lines[start + 1 : start + 5]] == [
        ["people", "without", "a", "seat", "share"],
        ["small", "groups", "(2)", "11", "11", "100.0", "%"],
        ["NL12", "20", "10", "50.0", "%"],
        ["NL11", "12", "0", "0.0", "%"],
    ]
    assert lines[start + 5] == (
        "For privacy, labels of fewer than 10 people are put together as “small groups”, with the "
        "next one where these have fewer than 10 people among them."
    )
    assert "NL13" not in "".join(lines)


def test_groups_in_dutch(edges: Path, seats: Path, tmp_path: Path) -> None:
    groups = save(tmp_path / "g.csv", {"person": [0], "regio": ["NL11"]})
    said = run(
        edges,
        "--openings",
        seats,
        "--out",
        tmp_path / "r.csv",
        "--groups",
        groups,
        "--language",
        "nl",
    ).stdout
    assert "Personen zonder plaats naar “regio”:" in said
    assert "kleine groepen (2)" in said
    assert "Om privacy staan labels van minder dan 10 personen samen" in said


def test_groups_as_json(edges: Path, seats: Path, tmp_path: Path) -> None:
    group = ["a"] * 22 + ["b"] * 11 + [None] * 10
    groups = labelled(tmp_path / "g.parquet", group=group)
    out = tmp_path / "r.csv"
    said = figures(run(edges, "--openings", seats, "--out", out, "--groups", groups, "--json"))
    assert list(said["groups"]) == ["region", "group"]
    assert said["groups"]["region"][0] == {
        "label": None,
        "labels": 2,
        "people": 11,
        "unplaced": 11,
        "share": 1.0,
        "fairness": None,
    }
    shares = [(row["label"], row["people"], row["share"]) for row in said["groups"]["group"]]
    assert shares == [("b", 11, 1.0), ("?", 10, 1.0), ("a", 22, 0.0)]


@pytest.mark.parametrize("form", FORMS)
def test_missing_people_are_unknown(form: str, edges: Path, tmp_path: Path) -> None:
    """In any form of file, whose people may come in any order."""
    known = list(range(30, 10, -1))
    groups = save(tmp_path / f"g{form}", {"level": ["hbo"] * 20, "person": known})
    said = run(edges, "--out", tmp_path / "r.csv", "--groups", groups).stdout
    assert [line.split() for line in said.splitlines() if line.endswith(" %")] == [
        ["hbo", "20", "20", "100.0", "%"],
        ["?", "(unknown)", "23", "22", "95.6", "%"],
    ]


def test_many_labels_are_cut_off_on_the_screen_only(tmp_path: Path) -> None:
    person = np.arange(250)
    one = {"person": person, "opening": person, "score": np.ones(250)}
    edges = save(tmp_path / "e.parquet", one)
    groups = save(tmp_path / "g.parquet", {"person": person, "street": person // 10})
    arguments = (edges, "--out", tmp_path / "r.csv", "--groups", groups)
    said = run(*arguments).stdout
    assert sum(line.endswith(" %") for line in said.splitlines()) == MOST
    assert "… and 5 more." in said
    assert said.count(" (1.00–1.00) ") == 3 * MOST
    assert len(figures(run(*arguments, "--json"))["groups"]["street"]) == 25


# Refusals


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (
            {"person": [0, 99, 98], "region": ["a", "b", "c"]},
            (
                "g.parquet, line 3, person: e.parquet does not have person 99. Missing there: 2. "
                "Mend the id, or take the row out."
            ),
        ),
        (
            {"person": [5, 3, 5], "region": ["a", "b", "c"]},
            "g.parquet, line 4: Line 2 describes person 5 already. Keep one of the two rows.",
        ),
        (
            {"person": [5]},
            (
                "g.parquet: There are no labels: no column but “person”. "
                "Add a column of labels, such as a region."
            ),
        ),
        (
            {"name": ["Bo"], "region": ["a"]},
            "g.parquet: The columns person are missing; there are: name, region.",
        ),
        (
            {"person": [1], "region": [["a", "b"]]},
            (
                "g.parquet, region: This column holds List(String); labels must be text, numbers, dates or "
                "yes and no. Save the labels as text."
            ),
        ),
        (
            {"person": [1, None], "region": ["a", "b"]},
            "g.parquet, line 3, person: This is empty or too large. Fill it in, or take the row out.",
        ),
        (
            {"person": ["Bo"], "region": ["a"]},
            (
                "g.parquet, person: This column holds String here and Int64 in e.parquet. "
                "Save the ids of both files in one type."
            ),
        ),
    ],
)
def test_files_of_groups(
    columns: dict[str, list[object]], said: str, edges: Path, tmp_path: Path
) -> None:
    groups = save(tmp_path / "g.parquet", columns)
    out = tmp_path / "r.csv"
    result = run(edges, "--out", out, "--groups", groups)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.replace(f"{tmp_path}/", "").startswith(said)
    assert not out.exists()


def test_result_over_the_groups(edges: Path, tmp_path: Path) -> None:
    groups = labelled(tmp_path / "g.csv")
    result = run(edges, "--out", groups, "--groups", groups)
    assert "This file is one of those that are read." in result.stderr


def test_groups_are_refused_with_the_other_files(tmp_path: Path) -> None:
    edges = save(tmp_path / "e.csv", {"persoon": [1], "opening": [1], "score": [1]})
    groups = save(tmp_path / "g.csv", {"naam": [1], "regio": [1]})
    result = run(edges, "--out", tmp_path / "r.csv", "--groups", groups)
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == [str(edges), str(groups)]
