"""`katalysator learn`: weights from what became of introductions, and what it refuses."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from math import log
from pathlib import Path
from typing import Any

import pytest

from katalysator.engine.matching import Part, Weights
from katalysator.engine.matching.calibration import Calibration
from tests.cli.tables import NEEDS, OFFERS, Names, Read, Run, Write

MET = (
    {"need": "N1", "offer": "O1", "accepted": "yes"},
    {"need": "N2", "offer": "O2", "accepted": "ja"},
    {"need": "N1", "offer": "O2", "accepted": "no"},
    {"need": "N3", "offer": "O3", "accepted": ""},
)


@pytest.fixture
def met(write_csv: Write) -> Path:
    return write_csv("met.csv", MET)


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    return tmp_path / "weights.json"


def market(size: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Needs and offers; half the offers are about what is asked, and a third share the skill."""
    offers = [
        {
            "id": f"O{n}",
            "title": ("Hulp met data", "Buizen en platen")[n % 2],
            "skills": ("python", "lassen", "lassen")[n % 3],
        }
        for n in range(size)
    ]
    need = {"title": "Hulp met data", "skills": "python"}
    return [{"id": f"N{n}", **need} for n in range(size)], offers


def tables(write_csv: Write, *sides: Sequence[dict[str, Any]]) -> list[Path]:
    return [write_csv(f"{name}.csv", rows) for name, rows in zip("nom", sides, strict=True)]


def learned(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


# --- what comes out ------------------------------------------------------------------------------


def test_few_outcomes_hardly_move_the_weights(
    teach: Run, needs: Path, offers: Path, met: Path, weights: Path
) -> None:
    result = teach(needs, offers, met, "--out", weights)
    assert result.exit_code == 0, result.output
    found = learned(weights)
    assert found["weights"] == pytest.approx(asdict(Weights()), rel=0.02)
    assert (found["outcomes"], found["accepted"], found["concordance_held_back"]) == (3, 2, None)
    assert "Outcomes: 3, of which 2 yes. Left out, because not known yet: 1." in result.stdout
    assert result.stdout.endswith("cannot be told before there are 10 of yes and of no.\n")
    assert f"Written to {weights}." in result.stdout


def test_outcomes_that_follow_the_skills_teach_that_skills_matter(
    teach: Run, write_csv: Write, weights: Path
) -> None:
    sides = market(30)
    pairs = [(n, o) for n in range(30) for o in range(30)]
    met = [
        {"vraag": f"N{n}", "aanbod": f"O{o}", "gelukt": "nee" if o % 3 else "ja"} for n, o in pairs
    ]
    files = tables(write_csv, *sides, met)
    result = teach(*files, "--out", weights)
    found = learned(weights)
    assert found["weights"]["skills"] > 2 * Weights().skills
    assert found["weights"]["words"] < Weights().words
    assert found["weights"]["start"] == Weights().start
    held = found["concordance_held_back"]
    assert held["before"] < held["after"]
    assert f"in {100 * held['after']:.1f} with these." in result.stdout
    assert "These weights tell them apart better." in result.stdout
    assert "  skills     1.260 → " in result.stdout


def test_learning_starts_from_the_weights_of_how_the_texts_are_read(
    teach: Run, needs: Path, offers: Path, met: Path, weights: Path
) -> None:
    """So that `match --weights` scores with the encoders that `match` reads with."""
    for careful, usual in (("auto", Weights.with_careful()), ("no", Weights())):
        teach(needs, offers, met, "--out", weights, "--careful", careful)
        assert learned(weights)["weights"] == pytest.approx(asdict(usual), rel=0.02)


def test_outcomes_that_follow_nothing_are_said_to_teach_nothing(
    teach: Run, write_csv: Write, weights: Path
) -> None:
    needs, offers = market(12)
    met = [
        {"need": f"N{n}", "offer": f"O{o}", "accepted": (n * 7 + o // 2) % 2}
        for n in range(12)
        for o in range(12)
    ]
    files = tables(write_csv, needs, offers, met)
    result = teach(*files, "--out", weights, "--language", "nl")
    assert result.exit_code == 0, result.output
    assert "Dat is niet beter: houd de gewichten die er waren." in result.stdout
    assert "De kans op een ja bij een score: 0,25: " in result.stdout


def test_learning_goes_on_from_earlier_weights(
    teach: Run, needs: Path, offers: Path, met: Path, weights: Path, tmp_path: Path
) -> None:
    earlier = tmp_path / "earlier.json"
    named = asdict(replace(Weights.with_careful(), meaning=0.45, skills=2.3))
    earlier.write_text(json.dumps({"weights": named}), "utf-8")
    assert teach(needs, offers, met, "--out", weights, "--weights", earlier).exit_code == 0
    assert learned(weights)["weights"] == pytest.approx(named, rel=0.02)


def test_the_same_outcomes_teach_the_same(
    teach: Run, needs: Path, offers: Path, met: Path, write_csv: Write, tmp_path: Path
) -> None:
    other = write_csv("other.csv", MET[::-1])
    for name, path in (("a", met), ("b", met), ("c", other)):
        assert teach(needs, offers, path, "--out", tmp_path / f"{name}.json").exit_code == 0
    a, b, c = ((tmp_path / f"{name}.json").read_bytes() for name in "abc")
    assert a == b
    assert json.loads(a)["weights"] == pytest.approx(json.loads(c)["weights"])


def test_what_was_learned_is_what_match_scores_with(
    teach: Run,
    run: Run,
    needs: Path,
    offers: Path,
    met: Path,
    weights: Path,
    out: Path,
    written: Read,
) -> None:
    teach(needs, offers, met, "--out", weights)
    run(needs, offers, "--out", out)
    before = written(out)
    found = learned(weights)
    found["weights"] |= {"words": 0.0, "start": -1.5}
    weights.write_text(json.dumps(found), "utf-8")
    assert run(needs, offers, "--out", out, "--weights", weights).exit_code == 0
    rows = written(out)
    assert {row[Part.WORDS] for row in rows} == {"0.0000"} != {row[Part.WORDS] for row in before}
    start = -1.5 + log(30 / len(OFFERS))
    assert {row[Part.START] for row in rows} == {f"{start:.4f}"}


# --- how sheets are read -------------------------------------------------------------------------


def test_what_the_columns_hold_is_told_and_kept(
    teach: Run,
    run: Run,
    needs: Path,
    offers: Path,
    met: Path,
    weights: Path,
    out: Path,
) -> None:
    result = teach(needs, offers, met, "--out", weights, "--mapping", "van ons")
    assert f"{needs}, header on line 1:" in result.stdout
    assert "What the columns hold is kept: --mapping “van ons”." in result.stdout
    assert run(needs, offers, "--out", out, "--mapping", "van ons").exit_code == 0


def test_rows_that_are_left_out_are_told(
    teach: Run, offers: Path, met: Path, weights: Path, write_csv: Write, files_in: Names
) -> None:
    needs = write_csv("n.csv", [*NEEDS, {"id": "N1", "title": "Nog eens"}])
    result = teach(needs, offers, met, "--out", weights)
    assert result.exit_code == 0, result.output
    assert "line 5, id: “N1” stands on line 2 already." in result.stdout
    assert "weights.left-out-needs.xlsx" in files_in(weights.parent)


# --- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{"need": "N9", "offer": "O1", "accepted": "yes"}], "line 2, need: “N9” is no id in"),
        ([{"need": "N1", "offer": "O9", "accepted": "yes"}], "line 2, offer: “O9” is no id in"),
        (
            [{"need": "N1", "offer": "O1", "accepted": "maybe"}],
            "line 2, accepted: “maybe” is neither",
        ),
        ([{"need": "N1", "offer": "O1", "accepted": "#REF!"}], "shows the error #REF!"),
        ([MET[0], MET[0]], "line 3: This pair stands on line 2 and again on line 3."),
        ([MET[0], MET[1]], "There must be a yes and a no at least. Outcomes: 2."),
        ([MET[3]], "Outcomes: 0."),
        (
            [{"need": "N1", "offer": "O1"}],
            "There is no column “accepted” among these: need, offer.",
        ),
        ([], "There is nothing in it."),
    ],
)
def test_outcomes_that_do_not_fit_are_named(
    teach: Run,
    needs: Path,
    offers: Path,
    write_csv: Write,
    weights: Path,
    tmp_path: Path,
    files_in: Names,
    rows: Sequence[dict[str, Any]],
    message: str,
) -> None:
    met = write_csv("met.csv", rows)
    before = files_in(tmp_path)
    result = teach(needs, offers, met, "--out", weights)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "met.csv" in result.stderr
    assert files_in(tmp_path) == before


def test_formulas_without_a_value_are_refused_not_left_out(
    teach: Run, needs: Path, offers: Path, write_xlsx: Write, weights: Path
) -> None:
    met = write_xlsx("met.xlsx", [*MET, {"need": "=1", "offer": "O1", "accepted": "=1"}])
    result = teach(needs, offers, met, "--out", weights)
    assert result.exit_code == 2
    assert "A6, need: The cell holds a formula" in result.stderr


def test_a_row_that_is_no_outcome_is_told(
    teach: Run, needs: Path, offers: Path, write_csv: Write, weights: Path
) -> None:
    met = write_csv("met.csv", [*MET, {"need": "", "offer": "", "accepted": "no"}])
    said = teach(needs, offers, met, "--out", weights).stdout
    assert f"{met}, header on line 1:" in said
    assert "  No record, lines 6: " in said


def test_pairs_that_score_alike_teach_nothing(teach: Run, write_csv: Write, weights: Path) -> None:
    needs, offers = market(2)
    offers[1] = {**offers[0], "id": "O1"}
    met = [{"need": f"N{n}", "offer": f"O{n}", "accepted": n} for n in range(2)]
    files = tables(write_csv, needs, offers, met)
    result = teach(*files, "--out", weights)
    assert result.exit_code == 2
    assert "All these pairs score alike" in result.stderr


def test_weights_may_begin_with_a_mark(
    teach: Run, needs: Path, offers: Path, met: Path, weights: Path, tmp_path: Path
) -> None:
    earlier = tmp_path / "earlier.json"
    earlier.write_text(json.dumps({"weights": asdict(Weights())}), "utf-8-sig")
    assert teach(needs, offers, met, "--out", weights, "--weights", earlier).exit_code == 0


def test_all_that_is_wrong_is_told_at_once(
    teach: Run, needs: Path, offers: Path, write_csv: Write, weights: Path
) -> None:
    met = write_csv("met.csv", [{"need": "A", "offer": "B", "accepted": "c"}])
    lines = teach(needs, offers, met, "--out", weights, "--language", "nl").stderr.splitlines()
    assert [line.split(":")[0] for line in lines] == [
        f"{met}, regel 2, {column}" for column in ("need", "offer", "accepted")
    ]


def test_outcomes_that_speak_against_every_part(
    teach: Run, write_csv: Write, weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def against(*_: object, **__: object) -> object:
        raise ValueError("against every part")

    monkeypatch.setattr(Calibration, "fit", against)
    needs, offers = market(20)
    met = [{"need": f"N{n}", "offer": f"O{n}", "accepted": n % 2} for n in range(20)]
    files = tables(write_csv, needs, offers, met)
    result = teach(*files, "--out", weights)
    assert result.exit_code == 2
    assert "no part speaks for a yes. Look whether yes and no have traded places." in result.stderr
    assert not weights.exists()


@pytest.mark.parametrize("name", ["w.txt", "nowhere/w.json", "met.csv"])
def test_a_place_where_weights_cannot_go(
    teach: Run, needs: Path, offers: Path, met: Path, tmp_path: Path, name: str
) -> None:
    before = met.read_bytes()
    result = teach(needs, offers, met, "--out", tmp_path / name)
    assert result.exit_code == 2
    assert met.read_bytes() == before


def test_the_weights_that_are_started_from_are_not_written_over(
    teach: Run, needs: Path, offers: Path, met: Path, weights: Path
) -> None:
    weights.write_text(json.dumps({"weights": asdict(Weights())}), "utf-8")
    result = teach(needs, offers, met, "--out", weights, "--weights", weights)
    assert result.exit_code == 2
    assert "This file is one of those that are read." in result.stderr
