"""`--concepts`: what people call things, from a file; and what is wrong with one, by its line."""

import json
from pathlib import Path

import pytest

from tests.cli.tables import Run

HERON = {"id": "heron", "nl": ["reigerding"], "en": ["heron thing"], "broader": []}


@pytest.fixture
def both(tmp_path: Path) -> tuple[Path, Path]:
    needs, offers = tmp_path / "n.csv", tmp_path / "o.csv"
    needs.write_text("id,title,language\nA,Wij zoeken een reigerding,nl\n", "utf-8")
    offers.write_text("id,title,language\nB,Our heron thing is for you,en\n", "utf-8")
    return needs, offers


@pytest.fixture
def concepts(tmp_path: Path) -> Path:
    path = tmp_path / "concepts.jsonl"
    path.write_text(f"{json.dumps(HERON)}\n\n", "utf-8")
    return path


def test_a_need_and_an_offer_match_on_it(
    run: Run, both: tuple[Path, Path], concepts: Path, tmp_path: Path
) -> None:
    out = tmp_path / "found.json"
    assert run(*both, "--out", out, "--careful", "no").exit_code == 0
    before = json.loads(out.read_text("utf-8"))["rows"][0]
    run(*both, "--out", out, "--careful", "no", "--concepts", concepts)
    after = json.loads(out.read_text("utf-8"))["rows"][0]
    assert before["concepts"] == 0.0 < after["concepts"]
    assert "reigerding" in json.dumps(after, ensure_ascii=False)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([HERON, "no json"], "line 2: This line is no concept."),
        ([[]], "line 1: This line is no concept."),
        ([{"id": "", "en": ["heron"]}], "line 1: This line is no concept."),
        ([{"id": "heron"}], "line 1, nl: A concept has no label yet."),
        ([{"id": "heron", "en": ["h"]}], "line 1, en: “h” is too short for a label"),
        ([{"id": "heron", "en": "heron"}], "line 1, en: This is no list of names."),
        ([{"id": "heron", "en": [1]}], "line 1, en: This is no list of names."),
        ([HERON | {"de": ["Reiher"]}], "line 1: A concept has no “de”."),
        ([HERON, HERON], "line 2: “heron” stands on line 1 already."),
        ([HERON | {"broader": ["zzz"]}], "line 1, broader: There is no concept “zzz”."),
        ([HERON | {"broader": ["heron"]}], "line 1, broader: “heron” is this concept itself"),
    ],
)
def test_a_bad_line_is_named(
    run: Run,
    both: tuple[Path, Path],
    concepts: Path,
    tmp_path: Path,
    lines: list[object],
    message: str,
) -> None:
    written = (each if isinstance(each, str) else json.dumps(each) for each in lines)
    concepts.write_text("\n".join(written), "utf-8")
    out = tmp_path / "found.json"
    result = run(*both, "--out", out, "--concepts", concepts)
    assert result.exit_code == 2
    assert f"{concepts}, {message}" in result.stderr
    assert not out.exists()


def test_all_that_is_wrong_is_told_at_once(
    run: Run, both: tuple[Path, Path], concepts: Path, tmp_path: Path
) -> None:
    concepts.write_text("a\nb\nc\n", "utf-8")
    result = run(*both, "--out", tmp_path / "found.json", "--concepts", concepts)
    assert len(result.stderr.splitlines()) == 3


def test_what_is_no_text_is_refused(
    run: Run, both: tuple[Path, Path], concepts: Path, tmp_path: Path
) -> None:
    concepts.write_bytes(b"\xff\xfe\x00")
    result = run(*both, "--out", tmp_path / "found.json", "--concepts", concepts)
    assert "This is no file of concepts" in result.stderr
