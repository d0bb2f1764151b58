"""Rounding, counting, and writing whole or not at all."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from katalysator.cli.match import output
from katalysator.cli.match.report import DECIMALS, Row
from katalysator.cli.match.summary import Summary, sentences
from katalysator.cli.progress import ProgressLine
from katalysator.core.language import speaking
from katalysator.engine.matching.constraints import Constraints
from katalysator.engine.matching.explanation import Strength
from katalysator.engine.matching.profiles import Profile
from katalysator.engine.matching.rounding import rounded
from katalysator.engine.matching.scoring import Part
from katalysator.listings.market import all_hard_terms
from katalysator.matches.sheet_profiles import CAPACITY, PERIOD, TICKET, Listings
from katalysator.tables.recognition import Recognised
from katalysator.tables.records import Records
from katalysator.tables.table import Line, Table

parts = st.dictionaries(st.sampled_from(Part), st.floats(-1, 1))


def printed(value: float) -> Decimal:
    return Decimal(f"{value:.{DECIMALS}f}")


@given(parts)
def test_printed_parts_add_up_to_the_printed_score(exact: dict[Part, float]) -> None:
    score, shown = rounded(exact)
    assert sum(map(printed, shown.values())) == printed(score)


@given(parts)
def test_no_part_is_off_by_a_unit(exact: dict[Part, float]) -> None:
    _, shown = rounded(exact)
    assert list(shown) == list(Part)
    assert all(abs(shown[part] - exact.get(part, 0.0)) < 1e-4 + 1e-12 for part in Part)


@given(parts)
def test_score_is_the_nearest(exact: dict[Part, float]) -> None:
    score, _ = rounded(exact)
    assert abs(score - sum(exact.values())) <= 0.5e-4 + 1e-12


@given(parts)
def test_a_part_of_nothing_stays_nothing(exact: dict[Part, float]) -> None:
    _, shown = rounded(exact)
    assert all(printed(shown[part]) == 0 for part in Part if not exact.get(part))


def test_no_negative_nothing() -> None:
    _, shown = rounded(dict.fromkeys(Part, -0.0))
    assert {str(value) for value in shown.values()} == {"0.0"}


# Writing


class Interrupted(Sequence[Row]):
    """Rows of which the reading is broken off, as by a key."""

    def __len__(self) -> int:
        return 1

    def __getitem__(self, place: object) -> Row:  # type: ignore[override]
        raise NotImplementedError

    def __iter__(self) -> Iterator[Row]:
        raise KeyboardInterrupt


TABLE = Table("n.csv", Line(1, ("title",)), ())
NOTHING = Listings("n.csv", (), {}, Records(TABLE, Recognised(()), (), (), (), ()), {})
EMPTY = Summary(NOTHING, NOTHING, dict.fromkeys(Strength, 0), {}, None)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".json", ".html"])
def test_half_a_result_is_not_left(tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"m{suffix}"
    target.write_text("before")
    with pytest.raises(KeyboardInterrupt):
        output.write(target, Interrupted(), EMPTY)
    assert target.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


# Words


def test_every_constraint_can_be_said() -> None:
    labels = {
        term: frozenset({"x"}) for term, each in all_hard_terms().items() if not each.is_interval
    }
    ranges = dict.fromkeys((PERIOD, TICKET, CAPACITY), (1.0, 2.0))
    profile = Profile("1", "Een", labels=labels, ranges=ranges)
    for rule in Constraints.between([profile], [profile]).rules:
        summary = Summary(NOTHING, NOTHING, dict.fromkeys(Strength, 0), {"N1": rule.name}, 0.0)
        assert any("N1" in sentence for sentence in sentences(summary))


@pytest.mark.parametrize(
    ("gap", "words"),
    [(0.0, "0,01 %"), (1e-6, "0,01 %"), (1.01e-4, "0,02 %"), (0.0301, "3,01 %")],
)
def test_certificate_never_says_better_than_it_is(gap: float, words: str) -> None:
    summary = Summary(NOTHING, NOTHING, dict.fromkeys(Strength, 0), {}, gap)
    with speaking("nl"):
        assert f"tot op {words} van het best mogelijke" in list(sentences(summary))[-1]


# Progress


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_one_line_that_is_cleared() -> None:
    screen = Terminal()
    with ProgressLine(quiet=False, stream=screen) as progress, speaking("nl"):
        progress("files", 0, 0)
        progress("compare", 3, 9)
    shown = screen.getvalue().split("\r\x1b[2K")
    assert shown == ["", "Bestanden lezen …", "Vraag en aanbod vergelijken 3/9 …", ""]


def test_progress_tells_how_long_the_rest_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter((0.0, 0.0, 60.0, 100.0, 100.0))
    monkeypatch.setattr("katalysator.cli.progress.monotonic", lambda: next(now))
    screen = Terminal()
    with ProgressLine(quiet=False, stream=screen) as progress:
        progress("read", 40, 100)
        progress("read", 60, 100)
        progress("write", 60, 100)
    shown = screen.getvalue().split("\r\x1b[2K")
    assert shown[1:3] == [
        "Understanding the texts 40/100 …",
        "Understanding the texts 60/100, 2 min left …",
    ]
    assert shown[3] == "Writing 60/100 …"


@pytest.mark.parametrize(("quiet", "screen"), [(True, Terminal()), (False, StringIO())])
def test_progress_is_silent(quiet: bool, screen: StringIO) -> None:
    with ProgressLine(quiet=quiet, stream=screen) as progress:
        progress("write", 0, 0)
    assert screen.getvalue() == ""
