"""The whole of `katalysator learn`: read, score the pairs that met, learn, write the weights.

What became of introductions stands in a table with a need, an offer, and yes or no.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from katalysator.cli import target
from katalysator.cli.answering import naming
from katalysator.cli.match import left_out, told, weights_file
from katalysator.cli.match.profiles import Listings
from katalysator.cli.match.reading import is_careful, reading
from katalysator.cli.match.sources import Sources
from katalysator.cli.progress import ProgressLine
from katalysator.core.language import number, say, translate
from katalysator.engine import matching
from katalysator.engine.arrays import FloatArray
from katalysator.faults import InvalidInput, Refused, gettext_noop as _
from katalysator.tables import kinds
from katalysator.tables.fields import Field, SheetOf
from katalysator.tables.recognition import recognise
from katalysator.tables.records import Record, Records, read_records
from katalysator.tables.sheets import open_table
from katalysator.tables.table import Table

_OUTCOMES: Final = SheetOf(
    (
        Field("need", kinds.Identifier(), ("needs", "vraag", "need id", "vraag id")),
        Field("offer", kinds.Identifier(), ("offers", "aanbod", "offer id", "aanbod id")),
        Field(
            "accepted",
            kinds.YesOrNo(),
            ("outcome", "result", "geslaagd", "gelukt", "uitkomst", "resultaat"),
        ),
    ),
    says=("need", "offer"),
)
_PAIR: Final = frozenset({"need", "offer", "accepted"})


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes:
    """Pairs that were introduced: places in the needs and the offers (E,), and whether it took.

    `unknown` pairs had no outcome yet; `read` is the table in which they stand.
    """

    need: NDArray[np.intp]
    offer: NDArray[np.intp]
    accepted: NDArray[np.bool_]
    unknown: int
    rows: Records

    @classmethod
    def read(cls, path: Path, encoding: str | None, needs: Listings, offers: Listings) -> Self:
        """Read the table; everything that is wrong with it is refused at once."""
        table = open_table(path, _OUTCOMES, encoding=encoding)
        recognised = recognise(table, _OUTCOMES)
        if missing := [name for name in sorted(_PAIR) if not recognised.places(name)]:
            raise table.at(_no_column(missing[0], table), table.header.number)
        read = read_records(table, recognised, _OUTCOMES)
        problems: list[InvalidInput] = []
        rows = _OutcomeReader(table, problems).rows(read.records, needs, offers)
        problems += [reason for each in read.left_out for reason in each.reasons]
        problems += read.remarks  # nothing is left open here
        if problems:
            raise Refused(*problems)
        known = {pair: yes for pair, yes in rows.items() if yes is not None}
        _check_both(path, known)
        need, offer = (np.array(side, np.intp) for side in zip(*known, strict=True))
        accepted = np.array(list(known.values()))
        return cls(need, offer, accepted, len(rows) - len(known), read)


@dataclass(slots=True)
class _OutcomeReader:
    """Finds the rows that records speak of; what is wrong is added to `problems`."""

    table: Table
    problems: list[InvalidInput]

    def rows(
        self, records: Iterable[Record], needs: Listings, offers: Listings
    ) -> dict[tuple[int, int], bool | None]:
        """The outcome of each pair, by the places of its need and its offer."""
        sides = [
            {profile.key: n for n, profile in enumerate(side.profiles)} for side in (needs, offers)
        ]
        found: dict[tuple[int, int], bool | None] = {}
        first: dict[tuple[int, int], int] = {}
        for record in records:
            need = self._row(record, "need", sides[0], needs.file)
            offer = self._row(record, "offer", sides[1], offers.file)
            if need is None or offer is None:
                continue
            number = record.line.number
            if first.setdefault((need, offer), number) != number:
                twice = _twice(first[need, offer], number)
                self.problems.append(self.table.at(twice, number))
            found[need, offer] = record.get("accepted")
        return found

    def _row(self, record: Record, name: str, known: Mapping[str, int], file: str) -> int | None:
        key = record.get(name, "")
        if key not in known:
            self.problems.append(self.table.at(_unknown(key, file).at(name), record.line.number))
        return known.get(key)


def _unknown(key: str, file: str) -> InvalidInput:
    return InvalidInput(
        "id-unknown",
        _("“%(key)s” is no id in %(file)s."),
        hint=_("Write the id as it stands there, or add the row to that file."),
        key=key,
        file=file,
    )


def _no_column(name: str, table: Table) -> InvalidInput:
    return InvalidInput(
        "outcomes-columns",
        _("There is no column “%(column)s” among these: %(names)s."),
        hint=_("Name the columns need, offer, accepted, each of them once."),
        column=name,
        names=tuple(filter(None, table.header.cells)),
    )


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
    mapping: str = ""


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
    left_out.check(request.out, files)
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
    return [
        *left_out.about_reading(request.out, (needs, offers), request.mapping),
        *told.taken(outcomes.rows),
        *_about_learning(learned),
        say("Written to %(out)s.", out=request.out),
        *_about_worth(learned),
    ]


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
