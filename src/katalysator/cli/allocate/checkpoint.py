"""What is kept of a large run, beside its result, until that is there.

Only of large ones: reading a small market again takes less time than asking whether to.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from katalysator.cli.allocate.report import percent
from katalysator.cli.progress import ProgressLine
from katalysator.engine.arrays import FloatArray
from katalysator.engine.matching import Arrays, BlockFolder, NamedMarket, stamp
from katalysator.faults import gettext_noop as _

if TYPE_CHECKING:  # for it imports numba
    from katalysator.engine.matching import Round

LARGE: Final = 5_000_000
"""Pairs from which on a run is kept; they take some seconds."""

_VERSION: Final = 2  # of what is kept


class RunCheckpoint:
    """Keeps a run in the folder ``OUT.state``, and says so where it matters."""

    def __init__(self, out: Path, inputs: Sequence[Path], progress: ProgressLine) -> None:
        self.progress = progress
        origin = repr((_VERSION, *map(stamp, inputs)))
        self._state = BlockFolder(out.with_name(f"{out.name}.state"), origin)
        self._is_on = False
        self._rounds = 0

    def market(self, *, opinions: bool) -> NamedMarket | None:
        """The market of a run that was broken off, if it was of the same files.

        With `opinions` only where they were kept too.
        """
        if self._state.is_of_other_origin:
            self._note(_("%(folder)s is of other files, or of these as they were: not used."))
        market = NamedMarket.of_arrays(self._state["market"]) if "market" in self._state else None
        if market is None or (opinions and market.opinions is None):
            return None
        self._is_on = True
        self._note(_("An earlier run was broken off; this one goes on from %(folder)s."))
        return market

    def prices(self) -> FloatArray | None:
        """The last prices of that run, shape (O,)."""
        return self._state["last"]["prices"] if self._is_on and "last" in self._state else None

    def keep(self, market: NamedMarket) -> None:
        """Keep a large market, unless it comes from here."""
        if self._is_on or market.edges.score.size < LARGE:
            return
        self.progress("keep")
        self._is_on = True
        self._try("market", market.arrays())

    def after_round(self, finished: "Round") -> None:
        """Keep the prices of a round of the auction, and show how far it has come."""
        self._rounds += 1
        self.progress.tell(
            _("Dividing the seats: round %(round)s, at most %(gap)s %% to gain"),
            round=self._rounds,
            gap=percent(finished.certificate.gap),
        )
        if self._is_on:
            self._try("last", {"prices": finished.certificate.prices})

    def end(self) -> None:
        """Take away what was kept: the result is there."""
        self._state.remove()

    def _try(self, name: str, arrays: Arrays) -> None:
        """Keep something, or go on without: the room may do for the result."""
        try:
            self._state.open()[name] = arrays
        except OSError as error:
            self._is_on = False
            self._state.remove()
            failed = _("Nothing can be kept for a next time in %(folder)s (%(reason)s).")
            self._note(failed, reason=error.strerror or error)

    def _note(self, sentence: str, **parameters: object) -> None:
        self.progress.note(sentence, folder=self._state.path.name, **parameters)
