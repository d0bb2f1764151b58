"""Tables on disk and the command, run in this process."""

import csv
from collections.abc import Mapping
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from katalysator.cli.offline import learn, match
from tests.cli.tables import NEEDS, OFFERS, Names, Read, Rows, Run, Write


def running(command: click.Command, *first: str, quick: bool = True) -> Run:
    """Runs a command as a user whose environment says no language.

    Unless a test asks otherwise texts are read by the `quick` encoder only: the other takes most of a
    test's time.
    """
    usual = {"careful": "no"} if quick else {}

    def invoke(
        *arguments: object, env: Mapping[str, str] | None = None, answer: str = ""
    ) -> Result:
        clean = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "", "LANGUAGE": "", **(env or {})}
        words = [*first, *map(str, arguments)]
        return CliRunner().invoke(command, words, env=clean, input=answer, default_map=usual)

    return invoke


@pytest.fixture(autouse=True)
def config(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the command keeps what a user wants it to know next time."""
    folder = tmp_path_factory.mktemp("config")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    return folder


@pytest.fixture
def run() -> Run:
    return running(match)


@pytest.fixture
def teach() -> Run:
    return running(learn)


def columns(rows: Rows) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


@pytest.fixture
def write_csv(tmp_path: Path) -> Write:
    def write(name: str, rows: Rows) -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns(rows))
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


@pytest.fixture
def write_xlsx(tmp_path: Path) -> Write:
    def write(name: str, rows: Rows) -> Path:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        header = columns(rows)
        sheet.append(header)
        for row in rows:
            sheet.append([row.get(column) for column in header])
        book.save(tmp_path / name)
        return tmp_path / name

    return write


@pytest.fixture
def needs(write_csv: Write) -> Path:
    return write_csv("needs.csv", NEEDS)


@pytest.fixture
def offers(write_csv: Write) -> Path:
    return write_csv("offers.csv", OFFERS)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "matches.csv"


@pytest.fixture
def written() -> Read:
    """Reads a result in CSV back."""

    def read(path: Path) -> list[dict[str, str]]:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    return read


@pytest.fixture
def files_in() -> Names:
    def names(folder: Path) -> set[str]:
        return {path.name for path in folder.iterdir()}

    return names
