"""What is said of a national run: its size, its worth with a proof, and why people have no seat."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from math import ceil, floor
from pathlib import Path
from typing import Any, Final

from katalysator.cli import target
from katalysator.cli.answering import grid
from katalysator.core.language import number, say, translate
from katalysator.engine.matching import SMALLEST_GROUP
from katalysator.faults import gettext_noop as _

REASONS: Final = {
    "no-place-in-reach": _("no opening with seats in reach"),
    "level": _("all in reach ask for a higher level"),
    "hours": _("all in reach ask for more hours"),
    "coverage": _("too little of what is asked in reach"),
    "nothing-known": _("nothing is known of what they can do"),
    "taken": _("others cover more of what fits"),
}
"""Why people have no seat, in words; short, for a column of a table."""


@dataclass(frozen=True, slots=True)
class NationalReport:
    """The figures of a run that was written to the folder `out`."""

    out: Path
    taxonomy: str
    people: int
    openings: int
    kinds: int
    seats: int
    placed: int
    value: float
    bound: float
    gap: float
    rounds: int
    pairs: int
    redirected: int
    why: Mapping[str, int | None]
    hidden: int
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """The figures by name, for programs. The certificate is value, bound and gap."""
        return asdict(self) | {"out": str(self.out), "why": dict(self.why)}

    def write(self, place: Path) -> None:
        """Keep the figures, without what another run of the same files would have otherwise."""
        lasting = {
            name: figure
            for name, figure in self.as_json().items()
            if name not in ("out", "seconds")
        }
        target.write_text(place, json.dumps(lasting, indent=1) + "\n")

    def sentences(self) -> Iterator[str]:
        """The figures in words, rounded so that nothing sounds better than it is."""
        yield say(
            "People: %(people)s. Openings: %(openings)s, with %(seats)s seats. Skills: %(taxonomy)s.",
            people=self.people,
            openings=self.openings,
            seats=self.seats,
            taxonomy=self.taxonomy,
        )
        if self.redirected:
            yield say(
                "Codes of earlier versions that were understood: %(count)s.",
                count=self.redirected,
            )
        percent = number(floor(1_000 * self.placed / self.people) / 10, 1)
        yield say(
            "People with a seat: %(placed)s (%(percent)s %%).", placed=self.placed, percent=percent
        )
        yield self._proof()
        yield from self._without()
        if self.hidden:
            yield say(
                "For privacy the summary leaves out cells of fewer than %(small)s people, and those "
                "that would give them away: %(count)s.",
                small=SMALLEST_GROUP,
                count=self.hidden,
            )
        yield say("Nobody is rejected by this: it is a proposal, in which a person decides.")
        yield say("Time: %(seconds)s seconds.", seconds=number(ceil(self.seconds * 10) / 10, 1))
        yield say("Written to %(out)s.", out=self.out)

    def _proof(self) -> str:
        value = number(floor(self.value * 100) / 100, 2)
        if self.gap == 0.0:
            return say(
                "Total coverage: %(value)s. This is the best possible over all pairs that may be formed, proven.",
                value=value,
            )
        return say(
            "Total coverage: %(value)s. No division of these seats whatever reaches more than "
            "%(bound)s, over all pairs that may be formed: this is at most %(gap)s %% below the best.",
            value=value,
            bound=number(ceil(self.bound * 100) / 100, 2),
            gap=number(ceil(self.gap * 100_000) / 1_000, 3),
        )

    def _without(self) -> Iterator[str]:
        """Why people have no seat."""
        if not self.why:
            return
        yield say("People without a seat, and why:")
        yield from grid(
            [
                [translate(REASONS[name]), "-" if count is None else number(count)]
                for name, count in self.why.items()
            ]
        )
