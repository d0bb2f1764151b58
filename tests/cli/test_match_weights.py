"""`--weights`: what a file with weights may hold, and how its texts were read."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from katalysator.cli.match.weights_file import as_json
from katalysator.engine.matching import Weights
from tests.cli.tables import Run


def test_weights_of_careful_reading_are_not_used_for_quick_reading_without_a_word(
    run: Run, needs: Path, offers: Path, out: Path, tmp_path: Path
) -> None:
    warning = "The weights were learned from texts that were read carefully, and these were not"
    for weights, careful, is_told in (
        (Weights.with_careful(), "no", True),
        (Weights.with_careful(), "auto", False),
        (Weights(), "no", False),
    ):
        path = tmp_path / "w.json"
        path.write_text(as_json(weights), "utf-8")
        said = run(needs, offers, "--out", out, "--weights", path, "--careful", careful).stdout
        assert (warning in said) is is_told


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "This is not a file with weights."),
        ("\x00\xff", "This is not a file with weights."),
        ("[" * 100_000, "This is not a file with weights."),
        (
            "[]",
            "it names the weights start, meaning, careful, concepts, words, skills, direction.",
        ),
        ('{"weights": {"meaning": 1}}', "This is not a file with weights."),
        (json.dumps({"weights": asdict(replace(Weights(), words=-1.0))}), "“words” is no number"),
        (json.dumps({"weights": asdict(replace(Weights(), start=-9e9))}), "“start” is no number"),
        (json.dumps({"weights": {**asdict(Weights()), "words": True}}), "“words” is no number"),
        (json.dumps({"weights": {**asdict(Weights()), "skills": "1"}}), "“skills” is no number"),
        (
            json.dumps({"weights": asdict(replace(Weights(), meaning=float("nan")))}),
            "“meaning” is no number",
        ),
    ],
)
def test_weights_that_cannot_be_used(
    run: Run, needs: Path, offers: Path, tmp_path: Path, out: Path, text: str, message: str
) -> None:
    weights = tmp_path / "weights.json"
    weights.write_text(text, "latin-1")
    result = run(needs, offers, "--out", out, "--weights", weights)
    assert result.exit_code == 2
    assert message in result.stderr
    assert str(weights) in result.stderr
    assert not out.exists()
