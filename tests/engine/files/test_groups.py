"""Labels find their people, by any kind of id and from any kind of file."""

from pathlib import Path

import polars as pl
import pytest

from katalysator.engine.matching import FORMS, Groups, read_groups
from tests.engine.files.makers import save

PEOPLE = pl.Series([30, 10, 20])


def by_person(groups: Groups) -> list[str]:
    return [groups.labels[each] for each in groups.of.tolist()]


@pytest.mark.parametrize("form", FORMS)
def test_labels_of_all_columns_in_the_order_of_the_people(form: str, tmp_path: Path) -> None:
    columns = {"region": ["a", "b", "a"], "person": [10, 20, 30], "level": ["x", "y", "z"]}
    groups = read_groups(save(tmp_path / f"g{form}", columns), PEOPLE, tmp_path / "e.parquet")
    assert {name: by_person(each) for name, each in groups.items()} == {
        "region": ["a", "a", "b"],
        "level": ["z", "x", "y"],
    }


def test_missing_people_and_empty_labels_are_unknown(tmp_path: Path) -> None:
    path = save(tmp_path / "g.parquet", {"person": [10, 20], "a": [None, ""], "b": ["?", "x"]})
    groups = read_groups(path, PEOPLE, tmp_path / "e.parquet")
    assert by_person(groups["a"]) == ["?", "?", "?"]
    assert by_person(groups["b"]) == ["?", "?", "x"]
    assert groups["b"].labels.to_list() == ["?", "x"]


@pytest.mark.parametrize(
    ("labels", "text"),
    [
        (pl.Series([1, 2, 2]), ["2", "1", "2"]),
        (pl.Series([True, False, None]), ["?", "true", "false"]),
        (pl.Series(["p", "q", "q"], dtype=pl.Categorical), ["q", "p", "q"]),
        (pl.Series([1, 2, 2]).cast(pl.Date), ["1970-01-03", "1970-01-02", "1970-01-03"]),
        (pl.Series([None, None, None]), ["?", "?", "?"]),
    ],
)
def test_labels_of_other_types(labels: pl.Series, text: list[str], tmp_path: Path) -> None:
    path = save(tmp_path / "g.parquet", {"person": [10, 20, 30], "label": labels})
    assert by_person(read_groups(path, PEOPLE, tmp_path / "e.parquet")["label"]) == text


def test_text_of_a_csv_file_matches_whole_numbers(tmp_path: Path) -> None:
    path = save(tmp_path / "g.csv", {"person": ["20"], "label": ["x"]})
    assert by_person(read_groups(path, PEOPLE, tmp_path / "e.parquet")["label"]) == ["?", "?", "x"]


def test_nobody_has_no_label(tmp_path: Path) -> None:
    path = tmp_path / "g.csv"
    path.write_text("person,label\n")
    nobody = pl.Series([], dtype=pl.Int64)
    assert by_person(read_groups(path, nobody, tmp_path / "e.parquet")["label"]) == []
