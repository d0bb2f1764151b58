"""`--careful`: when the texts are read by the slower, surer encoder too, and what is said where not."""

from pathlib import Path

import pytest

from katalysator.cli.match.reading import CAREFUL_TEXTS, careful_minutes, is_careful
from katalysator.cli.offline import match
from tests.cli.conftest import running
from tests.cli.tables import Read, Run, Write

SHEET = Path(__file__).parent / "sheets" / "town"
MORE = "Reading them carefully too takes about 1 min more, and finds more: --careful yes."


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """The first six of each half of a town's: careful reading takes its time."""
    made = [tmp_path / name for name in ("needs.csv", "offers.csv")]
    for each in made:
        lines = (SHEET / each.name).read_text("utf-8").splitlines()
        each.write_text("\n".join(lines[:7]), "utf-8")
    return made


@pytest.fixture
def run() -> Run:
    """The command as users have it, which chooses for itself."""
    return running(match, quick=False)


@pytest.mark.parametrize(
    ("careful", "texts", "carefully"),
    [
        ("auto", CAREFUL_TEXTS, True),
        ("auto", CAREFUL_TEXTS + 1, False),
        ("yes", 10_000, True),
        ("no", 2, False),
    ],
)
def test_who_does_not_choose_gets_careful_reading_up_to_400_rows(
    careful: str, texts: int, carefully: bool
) -> None:
    assert CAREFUL_TEXTS == 400
    assert is_careful(texts, careful) is carefully


def test_a_large_table_is_read_quickly_and_told_what_careful_reading_would_take(
    run: Run, write_csv: Write, out: Path
) -> None:
    rows = [{"title": f"Data {n}"} for n in range(CAREFUL_TEXTS // 2)]
    needs, offers = write_csv("n.csv", rows), write_csv("o.csv", [*rows, {"title": "Data"}])
    said = run(needs, offers, "--out", out, "--processes", "4").stdout
    assert f"The texts were read quickly. {MORE}" in said
    dutch = run(needs, offers, "--out", out, "--processes", "4", "--language", "nl").stdout
    assert "--careful yes" in dutch
    assert "read quickly" not in dutch
    assert "--careful" not in run(needs, offers, "--out", out, "--careful", "no").stdout


@pytest.mark.parametrize(
    ("texts", "processes", "minutes"), [(401, 4, 1), (10_000, 1, 10), (10_000, 2, 5)]
)
def test_more_processes_read_carefully_in_less_time(
    texts: int, processes: int, minutes: int
) -> None:
    assert careful_minutes(texts, processes) == minutes


def test_quick_reading_gives_another_result(
    run: Run, files: list[Path], out: Path, tmp_path: Path, written: Read
) -> None:
    quick = tmp_path / "quick.csv"
    assert "read quickly" not in run(*files, "--out", out).stdout
    assert run(*files, "--out", quick, "--careful", "no").exit_code == 0
    assert [row["start"] for row in written(out)] != [row["start"] for row in written(quick)]
    assert [row["meaning"] for row in written(out)] != [row["meaning"] for row in written(quick)]


def test_what_is_chosen_for_a_small_table_is_careful_reading(
    run: Run, needs: Path, offers: Path, out: Path, tmp_path: Path
) -> None:
    run(needs, offers, "--out", out)
    run(needs, offers, "--out", tmp_path / "yes.csv", "--careful", "yes")
    assert (tmp_path / "yes.csv").read_bytes() == out.read_bytes()


@pytest.mark.parametrize("careful", ["yes", "no"])
def test_two_processes_give_every_bit_that_one_gives(
    run: Run, files: list[Path], tmp_path: Path, careful: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Texts that one process alone would have read before others have started, too."""
    monkeypatch.setattr("katalysator.cli.match.reading.FEW_TEXTS", 0)
    monkeypatch.setattr("katalysator.cli.match.reading._FEW_CAREFUL", 0)
    found = []
    for processes in (1, 2):
        target = tmp_path / f"{processes}.json"
        asked = ("--careful", careful, "--processes", processes)
        result = run(*files, "--out", target, *asked)
        assert result.exit_code == 0, result.output
        found.append(target.read_bytes())
    assert found[0] == found[1]
