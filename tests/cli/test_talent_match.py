"""`katalysator talent match`: people and openings in; seats, with evidence and a proof, out."""

import json
import os
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from bench.talent.nation import made_up, write_nation
from katalysator.cli.talent.report import REASONS
from katalysator.core.language import speaking, translate
from katalysator.engine.skills import WHY, pack
from katalysator.talent.taxonomies.starter import read_starter
from tests.cli.allocating import save
from tests.cli.killing import killed
from tests.cli.national import OPENINGS, PEOPLE, files, run

RESULT = ("openings.parquet", "placements.parquet", "report.json", "skills.csv", "summary.csv")


def test_everybody_gets_a_row_in_the_order_of_the_file(tmp_path: Path) -> None:
    result = run(*files(tmp_path), "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    table = pl.read_parquet(tmp_path / "out" / "placements.parquet")
    assert table["person"].to_list() == ["Al", "Bo", "Cy", "Di"]
    assert table["opening"].to_list() == [1, None, 2, 3]
    assert table["why_not"].to_list() == [None, "taken", None, None]
    assert table["nearest"].to_list() == [1, 1, 2, 3]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(RESULT)


def test_the_evidence_stands_before_what_it_comes_to(tmp_path: Path) -> None:
    run(*files(tmp_path), "--out", tmp_path / "out")
    table = pl.read_parquet(tmp_path / "out" / "placements.parquet")
    columns = table.columns
    assert max(map(columns.index, ("needed", "held", "strongest", "missing"))) < min(
        map(columns.index, ("coverage", "nearest_coverage"))
    )
    programmer = table.row(2, named=True)
    assert (programmer["held"], programmer["needed"]) == (1, 2)
    assert programmer["strongest"] == ["skill/python", "skill/sql"]
    assert programmer["missing"] == ["skill/testing"]
    made_way = table.row(1, named=True)
    assert made_way["coverage"] is None
    assert made_way["missing"] == ["skill/medicine", "skill/wounds"]


def test_skills_are_called_as_they_are_and_never_translated(tmp_path: Path) -> None:
    run(*files(tmp_path), "--out", tmp_path / "out")
    called = pl.read_csv(tmp_path / "out" / "skills.csv").rows(named=True)
    assert called[6] == {"skill": "skill/sql", "label_nl": "SQL", "label_en": "SQL"}
    assert (called[7]["label_nl"], called[7]["label_en"]) == (None, "test software")


def test_the_report_in_words(tmp_path: Path) -> None:
    result = run(*files(tmp_path), "--out", tmp_path / "out", "--group", "level")
    lines = result.stdout.splitlines()
    assert lines[:5] == [
        "People: 4. Openings: 3, with 4 seats. Skills: small 1.",
        "People with a seat: 3 (75.0 %).",
        "Total coverage: 2.41. This is the best possible over all pairs that may be formed, proven.",
        "People without a seat, and why:",
        "  others cover more of what fits  -",
    ]
    assert "Nobody is rejected by this: it is a proposal, in which a person decides." in lines
    assert lines[-1] == f"Written to {tmp_path / 'out'}."


def test_the_report_for_programs(tmp_path: Path) -> None:
    result = run(*files(tmp_path), "--out", tmp_path / "out", "--json")
    said = json.loads(result.stdout)
    assert (said["people"], said["seats"], said["placed"]) == (4, 4, 3)
    assert said["value"] <= said["bound"]
    kept = json.loads((tmp_path / "out" / "report.json").read_text())
    assert kept == {name: said[name] for name in kept}
    assert {"seconds", "out"}.isdisjoint(kept)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_reason_fits_in_its_column(language: str) -> None:
    with speaking(language):
        assert all(len(translate(sentence)) <= 40 for sentence in REASONS.values())
    assert set(REASONS) == set(WHY)


def test_a_file_of_text_gives_the_same(tmp_path: Path) -> None:
    people, openings, taxonomy = files(tmp_path)
    run(people, openings, taxonomy, "--out", tmp_path / "one")
    texts = {**PEOPLE, "skills": ["", "", "skill/sql | skill/python", ""]}
    people = save(tmp_path / "p.csv", {**texts, "hours": ["32", "", "", "40,0"]})
    openings = save(tmp_path / "o.csv", OPENINGS)
    assert run(people, openings, taxonomy, "--out", tmp_path / "two").exit_code == 0
    one, two = (pl.read_parquet(tmp_path / name / "placements.parquet") for name in ("one", "two"))
    numbers = pl.col("opening", "nearest").cast(pl.String)
    assert two.equals(one.with_columns(numbers))


def test_codes_as_addresses_and_as_rows(tmp_path: Path) -> None:
    people, openings, taxonomy = files(tmp_path)
    run(people, openings, taxonomy, "--out", tmp_path / "one")
    before = "http://data.europa.eu/esco/"
    work = [key and f"{before}{key}" for key in PEOPLE["occupation"]]
    rows = [None, [], [6, 5], None]
    people = save(tmp_path / "p2.parquet", {**PEOPLE, "occupation": work, "skills": rows})
    openings = save(tmp_path / "o2.parquet", {**OPENINGS, "occupation": [0, 3, 2]})
    result = run(people, openings, taxonomy, "--out", tmp_path / "two")
    assert result.exit_code == 0, result.output
    one, two = ((tmp_path / name / RESULT[1]).read_bytes() for name in ("one", "two"))
    assert one == two


def test_lists_of_categories(tmp_path: Path) -> None:
    people, openings, taxonomy = files(tmp_path)
    run(people, openings, taxonomy, "--out", tmp_path / "one")
    lists = pl.Series(PEOPLE["skills"], dtype=pl.List(pl.Categorical))
    people = save(tmp_path / "p2.parquet", {**PEOPLE, "skills": lists})
    result = run(people, openings, taxonomy, "--out", tmp_path / "two")
    assert result.exit_code == 0, result.output
    one, two = ((tmp_path / name / RESULT[1]).read_bytes() for name in ("one", "two"))
    assert one == two


def test_nothing_else_of_people_is_read(tmp_path: Path) -> None:
    secret = {**PEOPLE, "name": ["Voorbeeld"] * 4, "photo": [b"x"] * 4}
    result = run(*files(tmp_path, secret), "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    for path in (tmp_path / "out").iterdir():
        assert b"Voorbeeld" not in path.read_bytes()


def test_groups_change_nothing_in_who_goes_where(tmp_path: Path) -> None:
    grouped = {**PEOPLE, "form": ["v", "m", "", "v"]}
    given = files(tmp_path, grouped)
    run(*given, "--out", tmp_path / "one")
    run(*given, "--out", tmp_path / "two", "--group", "form")
    one, two = ((tmp_path / name / RESULT[1]).read_bytes() for name in ("one", "two"))
    assert one == two


# A larger nation


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """Some thousands of people of a made-up taxonomy."""
    folder = tmp_path_factory.mktemp("nation")
    made = made_up(300, 900, 60)
    write_nation(folder, made, 6_000, 700, seed=1)
    (folder / "taxonomy").write_bytes(pack(made.taxonomy))
    return folder / "people.parquet", folder / "openings.parquet", folder / "taxonomy"


def content(folder: Path) -> dict[str, bytes]:
    """What stands in the files of a result."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_same_files_and_seed_give_the_same_bytes(
    nation: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    options = ("--group", "form", "--group", "age")
    for name in ("one", "two"):
        assert run(*nation, "--out", tmp_path / name, *options).exit_code == 0
    assert content(tmp_path / "one") == content(tmp_path / "two")
    run(*nation, "--out", tmp_path / "three", *options, "--seed", "2")
    assert content(tmp_path / "one") != content(tmp_path / "three")


def test_the_summary_tells_of_nobody_and_adds_up(
    nation: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    run(*nation, "--out", tmp_path / "out", "--group", "age")
    table = pl.read_csv(tmp_path / "out" / "summary.csv")
    counts = table.select("people", "with_a_seat", "without_a_seat").drop_nulls().to_numpy()
    assert counts.size
    assert not ((counts > 0) & (counts < 10)).any()
    assert (counts[:, 0] == counts[:, 1] + counts[:, 2]).all()
    placements = pl.read_parquet(tmp_path / "out" / "placements.parquet")
    whole = table.filter((pl.col("by") == "region") & (pl.col("region") == "all"))
    assert whole["people"].to_list() == [placements.height]
    assert whole["with_a_seat"].to_list() == [placements["opening"].count()]


def test_openings_are_filled_within_their_seats(
    nation: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    run(*nation, "--out", tmp_path / "out")
    openings = pl.read_parquet(tmp_path / "out" / "openings.parquet")
    assert (openings["filled"] <= openings["seats"]).all()
    placed = pl.read_parquet(tmp_path / "out" / "placements.parquet")["opening"].drop_nulls()
    assert openings["filled"].sum() == len(placed)
    assert (openings.filter(pl.col("filled") < pl.col("seats"))["price"] < 1e-2).all()


@pytest.mark.faults(sample=1)
@pytest.mark.parametrize("having", ["nearest-0-00000.npz", "divided-0.npz"])
def test_killed_and_started_again(
    nation: tuple[Path, Path, Path], tmp_path: Path, having: str
) -> None:
    people, openings, taxonomy = nation
    out = tmp_path / "out"
    command = ["talent", "match", people, openings, "--taxonomy", taxonomy, "--out", out]
    killed(*command, "--quiet", having=out / "state" / having)
    result = run(*nation, "--out", out)
    assert result.exit_code == 0
    assert result.stderr == "An earlier run was broken off; this one goes on from state.\n"
    assert run(*nation, "--out", tmp_path / "whole").exit_code == 0
    assert content(out) == content(tmp_path / "whole")


def test_what_was_kept_of_other_files_is_not_used(tmp_path: Path) -> None:
    given = files(tmp_path)
    (tmp_path / "out" / "state").mkdir(parents=True)
    (tmp_path / "out" / "state" / "made-from.txt").write_text("other files")
    result = run(*given, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert result.stderr == "state is of other files, or of these as they were: not used.\n"
    assert not (tmp_path / "out" / "state").exists()


def test_begun_anew_where_that_is_asked(nation: tuple[Path, Path, Path], tmp_path: Path) -> None:
    (tmp_path / "out" / "state").mkdir(parents=True)
    (tmp_path / "out" / "state" / "made-from.txt").write_text("other files")
    result = run(*nation, "--out", tmp_path / "out", "--anew")
    assert (result.exit_code, result.stderr) == (0, "")


# What is refused


def refused(folder: Path, given: tuple[Path, ...], *arguments: object) -> list[str]:
    """The lines that are said, without the folder; nothing was written."""
    people, openings, taxonomy = given
    result = run(people, openings, taxonomy, "--out", folder / "out", *arguments)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert not (folder / "out").exists()
    return str(result.stderr).replace(f"{folder}/", "").splitlines()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"occupation": ["occupation/nurse", "occupation/witch", None, None]},
            (
                "p.parquet, line 3, occupation: “occupation/witch” is no code of small 1. "
                "Mend the code, or give the taxonomy that it is of."
            ),
        ),
        (
            {"skills": [None, None, ["skill/sql", "nothing " * 12_000], None]},
            (
                f"p.parquet, line 4, skills: “{'nothing ' * 7}…” is no code of small 1. "
                "Mend the code, or give the taxonomy that it is of."
            ).replace(" …", "…"),
        ),
        (
            {"skills": [None, None, [6, 8], None]},
            (
                "p.parquet, line 4, skills: “8” is no code of small 1. "
                "Mend the code, or give the taxonomy that it is of."
            ),
        ),
        (
            {"hours": [32.0, 900.0, None, None]},
            (
                "p.parquet, line 3, hours: “900.0” is no number of hours in a week. "
                "Write a number above 0 and at most 60, or leave it empty."
            ),
        ),
        (
            {"level": [0, None, 6, 3]},
            (
                "p.parquet, line 2, level: “0” is no level. "
                "Write a whole number from 1 to 8, as NLQF and EQF have it, or leave it empty."
            ),
        ),
        (
            {"region": ["NL32", "Utrecht", "", None]},
            (
                "p.parquet, line 3, region: “Utrecht” is no region. "
                "Write a code of NUTS 2021, such as NL329, NL32 or NL."
            ),
        ),
        (
            {"id": ["Al", "Bo", "Cy", "Bo"]},
            "p.parquet, line 5, id: Line 3 has the id “Bo” already. Keep one of the two rows.",
        ),
        (
            {"id": ["Al", None, "Cy", "Bo"]},
            "p.parquet, line 3, id: This is empty or too large. Fill it in, or take the row out.",
        ),
        (
            {"version": ["1", "1", "", "1.2.0"]},
            (
                "p.parquet, line 5, version: This is version “1.2.0”; the taxonomy is small 1. "
                "Migrate the file to this version, or give the taxonomy that it was made with."
            ),
        ),
        (
            {"hours": [[1], [2], [3], [4]]},
            (
                "p.parquet, hours: This column holds List(Int64); it must hold numbers. "
                "Save it as numbers."
            ),
        ),
        (
            {"skills": [1.5, 2.5, None, None]},
            (
                "p.parquet, skills: This column holds Float64; codes must be text, whole numbers, or "
                "lists of them. Save the codes as text, several of them as a list or with | between them."
            ),
        ),
    ],
)
def test_people_that_cannot_be_used(change: dict[str, object], said: str, tmp_path: Path) -> None:
    assert refused(tmp_path, files(tmp_path, {**PEOPLE, **change})) == [said]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"region": ["NL32", "", "NL31"]},
            (
                "o.parquet, line 3, region: This opening has no place. "
                "Write the code of a region, such as NL32, or NL where the place does not matter."
            ),
        ),
        (
            {"occupation": ["occupation/nurse", None, "occupation/analyst"]},
            (
                "o.parquet, line 3, occupation: This opening asks for no skill: no occupation that has "
                "any, and no skills of its own. Write an occupation or skills, or take the row out."
            ),
        ),
        (
            {"seats": [1.0, 2.5, 3.0]},
            (
                "o.parquet, line 3, seats: “2.5” is no number of seats. "
                "Write a whole number from 0 to 1,000,000."
            ),
        ),
        (
            {"seats": [1, None, 3]},
            (
                "o.parquet, line 3, seats: “” is no number of seats. "
                "Write a whole number from 0 to 1,000,000."
            ),
        ),
    ],
)
def test_openings_that_cannot_be_used(change: dict[str, object], said: str, tmp_path: Path) -> None:
    assert refused(tmp_path, files(tmp_path, openings={**OPENINGS, **change})) == [said]


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    people = {**PEOPLE, "hours": [0.0, 1.0, 2.0, 3.0], "level": [1, 2, 3, 9]}
    openings = {**OPENINGS, "region": ["", "NL", "NL"], "id": [1, 1, 2]}
    said = refused(tmp_path, files(tmp_path, people, openings))
    assert [line.split(":")[0] for line in said] == [
        "p.parquet, line 5, level",
        "p.parquet, line 2, hours",
        "o.parquet, line 2, region",
        "o.parquet, line 3, id",
    ]


def test_columns_that_are_missing(tmp_path: Path) -> None:
    people = {"person": [1], "region": ["NL"]}
    openings = {"id": [1], "skills": ["skill/sql"]}
    assert refused(tmp_path, files(tmp_path, people, openings), "--group", "age") == [
        (
            "p.parquet: The column id is missing; there are: person, region. "
            "Add it, or give a column this name."
        ),
        (
            "p.parquet: The column age is missing; there are: person, region. "
            "Add it, or give a column this name."
        ),
        (
            "p.parquet: There is neither a column occupation nor a column skills. "
            "Add one of the two, or both."
        ),
        (
            "o.parquet: The column region is missing; there are: id, skills. "
            "Add it, or give a column this name."
        ),
    ]


def test_files_without_a_row(tmp_path: Path) -> None:
    nobody = {name: pl.Series([], dtype=pl.String) for name in ("id", "occupation")}
    assert refused(tmp_path, files(tmp_path, nobody)) == [
        "p.parquet: There is no row in this file. Fill the file, or give another one."
    ]


@pytest.mark.parametrize("broken", [b"", b"PK\x03\x04", b"nothing"])
def test_what_is_no_taxonomy(broken: bytes, tmp_path: Path) -> None:
    people, openings, taxonomy = files(tmp_path)
    taxonomy.write_bytes(broken)
    (said,) = refused(tmp_path, (people, openings, taxonomy))
    assert said.startswith("small.taxonomy: This is no taxonomy of work (")
    (tmp_path / "empty").mkdir()
    (said,) = refused(tmp_path, (people, openings, tmp_path / "empty"))
    assert said.startswith("empty: There are no tables here.")


def test_without_a_taxonomy_the_codes_are_of_the_starter_set(tmp_path: Path) -> None:
    starter = read_starter().taxonomy
    work = list(starter.occupations.keys[:3])
    people, openings, _taxonomy = files(
        tmp_path,
        {"id": [1, 2, 3], "occupation": work},
        {"id": [7], "occupation": work[:1], "region": ["NL"]},
    )
    result = run(people, openings, None, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert pl.read_parquet(tmp_path / "out" / "placements.parquet")["opening"].to_list() == [
        7,
        None,
        None,
    ]


def test_numbers_and_places_that_make_no_sense(tmp_path: Path) -> None:
    given = files(tmp_path)
    said = refused(tmp_path, given, "--gap", "0", "--least", "nan")
    assert said == [
        "--gap: 0.0 cannot be the gap. Give a number from 0.00001 to 1, such as 0.001.",
        "--least: nan cannot be the least coverage. Give a number from 0 to 1, such as 0.35.",
    ]
    result = run(*given, "--out", tmp_path / "p.parquet")
    assert result.exit_code == 2
    assert "No folder can be made there." in result.stderr
    result = run(*given, "--out", tmp_path / "no" / "such")
    assert result.exit_code == 2
    assert "No folder can be made there." in result.stderr


def test_an_input_in_the_folder_of_the_result_is_not_written_over(tmp_path: Path) -> None:
    people, openings, taxonomy = files(tmp_path)
    people = people.rename(tmp_path / "placements.parquet")
    result = run(people, openings, taxonomy, "--out", tmp_path)
    assert result.exit_code == 2
    assert "This file is one of those that are read." in result.stderr


def test_in_dutch(tmp_path: Path) -> None:
    given = files(tmp_path, {**PEOPLE, "hours": [32.0, 900.0, None, None]})
    assert refused(tmp_path, given, "--language", "nl") == [
        (
            "p.parquet, regel 3, hours: “900.0” is geen aantal uren per week. "
            "Schrijf een getal boven 0 en hoogstens 60, of laat het leeg."
        )
    ]


def test_earlier_codes_are_understood(tmp_path: Path) -> None:
    from dataclasses import replace

    from tests.talent.taxonomies import small_taxonomy

    people, openings, taxonomy = files(
        tmp_path, {**PEOPLE, "occupation": ["occupation/sister", None, None, None]}
    )
    moved = replace(small_taxonomy(), redirects={"occupation/sister": "occupation/nurse"})
    taxonomy.write_bytes(pack(moved))
    result = run(people, openings, taxonomy, "--out", tmp_path / "out")
    assert "Codes of earlier versions that were understood: 1." in result.stdout
    gone = replace(small_taxonomy(), redirects={"occupation/sister": ""})
    taxonomy.write_bytes(pack(gone))
    result = run(people, openings, taxonomy, "--out", tmp_path / "two")
    assert "“occupation/sister” is no code of small 1." in result.stderr


def test_a_disk_that_is_full_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be kept the run goes on; where no result fits, it says so."""
    from katalysator.engine.matching import BlockFolder

    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    given = files(tmp_path)
    monkeypatch.setattr(BlockFolder, "__setitem__", full)
    result = run(*given, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert result.stderr == (
        "Nothing more can be kept for a next time in state (No space left on device).\n"
    )
    assert np.isfinite(json.loads((tmp_path / "out" / "report.json").read_text())["bound"])
