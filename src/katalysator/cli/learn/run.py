"""The whole of `katalysator learn`: read, score the pairs that met, learn, write the weights.

What became of introductions stands in a table with a need, an offer, and yes or no.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Final, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from katalysator.cleaning import cleaned, one_line
from katalysator.cli import target
from katalysator.cli.answering import naming
from katalysator.cli.match import values, weights_file
from katalysator.cli.match.reading import is_careful, reading
from katalysator.cli.match.refusals import unsaved_formula
from katalysator.cli.match.rows import Listings
from katalysator.cli.match.sources import Sources
from katalysator.cli.match.table import Line, Table
from katalysator.cli.match.tables import read_table
from katalysator.cli.progress import ProgressLine
from katalysator.core.language import number, say, translate
from katalysator.engine import matching
from katalysator.engine.arrays import FloatArray
from katalysator.faults import InvalidInput, Refused, gettext_noop as _

T = TypeVar("T")

_NAMES: Final = {
    "need": frozenset({"need", "needs", "vraag", "need_id", "vraag_id"}),
    "offer": frozenset({"offer", "offers", "aanbod", "offer_id", "aanbod_id"}),
    "accepted": frozenset(
        {"accepted", "outcome", "result", "geslaagd", "gelukt", "uitkomst", "resultaat"}
    ),
}


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes:
    """Pairs that were introduced: places in the needs and the offers (E,), and whether it took.

    `unknown` pairs had no outcome yet.
    """

    need: NDArray[np.intp]
    offer: NDArray[np.intp]
    accepted: NDArray[np.bool_]
    unknown: int

    @classmethod
    def read(cls, path: Path, encoding: str | None, needs: Listings, offers: Listings) -> Self:
        """Read the table; everything that is wrong with it is refused at once."""
        problems: list[InvalidInput] = []
        table = read_table(path, encoding, problems)
        rows = _OutcomeReader(table, problems).rows(needs, offers) if table else {}
        if problems:
            raise Refused(*problems)
        known = {pair: yes for pair, yes in rows.items() if yes is not None}
        _check_both(path, known)
        need, offer = (np.array(side, np.intp) for side in zip(*known, strict=True))
        return cls(need, offer, np.array(list(known.values())), len(rows) - len(known))


@dataclass(slots=True)
class _OutcomeReader:
    """Reads lines one by one; what is wrong is added to `problems`."""

    table: Table
    problems: list[InvalidInput]

    def rows(self, needs: Listings, offers: Listings) -> dict[tuple[int, int], bool | None]:
        """The outcome of each pair, by the places of its need and its offer."""
        try:
            places = _places(self.table)
        except InvalidInput as error:
            self.problems.append(self.table.at(error, self.table.header.number))
            return {}
        sides = [
            {profile.key: n for n, profile in enumerate(side.profiles)} for side in (needs, offers)
        ]
        found: dict[tuple[int, int], bool | None] = {}
        first: dict[tuple[int, int], int] = {}
        for line in self.table.lines:
            need = self._value(line, places["need"], partial(_row, sides[0], needs.file))
            offer = self._value(line, places["offer"], partial(_row, sides[1], offers.file))
            accepted = self._value(line, places["accepted"], values.yes_or_no)
            if need is None or offer is None:
                continue
            if (need, offer) in first:
                twice = _twice(first[need, offer], line.number)
                self.problems.append(self.table.at(twice, line.number))
            first.setdefault((need, offer), line.number)
            found[need, offer] = accepted
        return found

    def _value(self, line: Line, place: int, read: Callable[[str], T | None]) -> T | None:
        """The value of a cell; None where it says nothing, or nothing that can be read."""
        try:
            if (line.number, place) in self.table.unsaved:
                raise unsaved_formula()
            return read(values.without_excel_error(one_line(cleaned(line.cells[place]))))
        except InvalidInput as error:
            self.problems.append(self.table.at(error, line.number, place))
            return None


def _row(known: Mapping[str, int], file: str, key: str) -> int:
    if key in known:
        return known[key]
    raise InvalidInput(
        "id-unknown",
        _("“%(key)s” is no id in %(file)s."),
        hint=_("Write the id as it stands there, or add the row to that file."),
        key=key,
        file=file,
    )


def _places(table: Table) -> dict[str, int]:
    header = [name.strip().casefold().replace(" ", "_") for name in table.header.cells]
    found = {
        column: [place for place, name in enumerate(header) if name in names]
        for column, names in _NAMES.items()
    }
    for column, places in found.items():
        if len(places) != 1:
            raise InvalidInput(
                "outcomes-columns",
                _("There are %(count)s columns for “%(column)s” among these: %(names)s."),
                hint=_("Name the columns need, offer, accepted, each of them once."),
                count=len(places),
                column=column,
                names=table.header.cells,
            )
    return {column: places[0] for column, places in found.items()}


def _check_both(path: Path, known: Mapping[tuple[int, int], bool]) -> None:
    if len(set(known.values())) < 2:
        error = InvalidInput(
            "outcomes-alike",
            _("There must be a yes and a no at least. Outcomes: %(count)s."),
            hint=_("Write down introductions that led to nothing as well."),
            count=len(known),
        )
        raise Refused(error.at(str(path)))


def _twice(first: int, second: int) -> InvalidInput:
    return InvalidInput(
        "pair-twice",
        _("This pair stands on line %(first)s and again on line %(second)s."),
        hint=_("Keep the row that says what came of it in the end."),
        first=str(first),
        second=str(second),
    )


_TOLD: Final = (0.25, 0.5, 0.7, 0.9)  # scores of which the chance of a yes is told


@dataclass(frozen=True, slots=True)
class LearnRequest:
    """What is asked: the tables, what became of pairs, and where the weights go."""

    sources: Sources
    outcomes: Path
    out: Path
    weights: Path | None
    processes: int
    careful: str


@dataclass(frozen=True, slots=True)
class Learned:
    """The outcomes, what they taught, and what that is worth where there are enough to tell."""

    outcomes: Outcomes
    calibration: matching.Calibration
    held: matching.HeldBack | None


def run(request: LearnRequest, progress: ProgressLine) -> list[str]:
    """Do it, and return what there is to say. Nothing is written where it fails."""
    earlier = (request.weights,) if request.weights else ()
    files = (*request.sources.files, request.outcomes, *earlier)
    target.check(request.out, weights_file.KINDS, files)
    given = weights_file.read(request.weights)
    progress("files")
    needs, offers = request.sources.read()
    outcomes = Outcomes.read(request.outcomes, request.sources.encoding, needs, offers)
    texts = len(needs.profiles) + len(offers.profiles)
    weights = given or _usual(is_careful(texts, request.careful))
    with reading(texts, request.processes, request.careful) as reader:
        parts = matching.parts_of(
            needs.profiles,
            offers.profiles,
            outcomes.need,
            outcomes.offer,
            reader=reader,
            weights=weights,
            progress=progress,
        )
    with naming(request.outcomes):
        learned = _learned(parts, outcomes, weights)
    progress("write")
    target.write_text(request.out, _as_json(learned))
    said = say("Written to %(out)s.", out=request.out)
    return [*_about_learning(learned), said, *_about_worth(learned)]


def _usual(carefully: bool) -> matching.Weights:
    """The weights that `match` scores with where texts are read so."""
    return matching.Weights.with_careful() if carefully else matching.Weights()


def _learned(
    parts: dict[matching.Part, FloatArray], outcomes: Outcomes, weights: matching.Weights
) -> Learned:
    yes = outcomes.accepted
    if np.ptp(np.sum(list(parts.values()), axis=0)) == 0.0:
        raise InvalidInput(
            "outcomes-score-alike",
            _("All these pairs score alike, so nothing can be learned from them."),
            hint=_("Add introductions of other needs and offers."),
        )
    try:
        found = matching.Calibration(weights).fit(parts, yes)
    except ValueError:
        raise InvalidInput(
            "outcomes-unfit",
            _("Nothing can be learned from these outcomes: no part speaks for a yes."),
            hint=_("Look whether yes and no have traded places."),
        ) from None
    held = None
    with suppress(ValueError):  # too few to hold some back
        held = matching.held_back(parts, yes, weights=weights)
    return Learned(outcomes, found, held)


def _as_json(learned: Learned) -> str:
    found, held = learned.calibration, learned.held
    return weights_file.as_json(
        found.weights_,
        outcomes=found.outcomes_,
        accepted=int(learned.outcomes.accepted.sum()),
        shift=found.shift_,
        concordance_held_back=asdict(held) if held else None,
    )


def _about_learning(learned: Learned) -> Iterator[str]:
    """What was learned, in words."""
    found = learned.calibration
    yield say(
        "Outcomes: %(count)s, of which %(yes)s yes. Left out, because not known yet: %(unknown)s.",
        count=found.outcomes_,
        yes=int(learned.outcomes.accepted.sum()),
        unknown=learned.outcomes.unknown,
    )
    before, after = asdict(found.weights), asdict(found.weights_)
    width = max(map(len, before))
    for name, old in before.items():
        yield f"  {name:{width}}  {number(old, 3)} → {number(after[name], 3)}"
    odds = np.log(_TOLD) - np.log1p(-np.array(_TOLD)) + found.shift_
    chances = zip(_TOLD, matching.chance(odds).tolist(), strict=True)
    told = tuple(f"{number(score, 2)}: {share:.0%}" for score, share in chances)
    yield say("The chance of a yes by score: %(chances)s.", chances=told)


def _about_worth(learned: Learned) -> Iterator[str]:
    held = learned.held
    if held is None:
        yield say(
            "What this is worth cannot be told before there are %(fewest)s of yes and of no.",
            fewest=matching.FEWEST_OUTCOMES,
        )
        return
    yield say(
        "Of a pair that took and one that did not, both held back, the first scored higher in "
        "%(before)s of 100 with the weights that there were, in %(after)s with these.",
        before=number(100 * held.before, 1),
        after=number(100 * held.after, 1),
    )
    if held.is_better:
        yield translate("These weights tell them apart better.")
    else:
        yield translate("That is no better: keep the weights that there were.")
