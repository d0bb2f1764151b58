"""The two tables that a command reads: needs and offers, or all that is wrong with them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from katalysator.cli.match import columns
from katalysator.cli.match.columns import Mapped, Mappings
from katalysator.cli.match.rows import Listings, listings
from katalysator.cli.match.table import Table
from katalysator.cli.match.tables import read_table
from katalysator.cli.match.values import RowKind
from katalysator.engine.matching import stamp
from katalysator.faults import InvalidInput, Refused


@dataclass(frozen=True, slots=True)
class Sources:
    """Two files and how to read them; what was over before `on` is left out."""

    needs: Path
    offers: Path
    mapped: Mappings
    encoding: str | None
    on: date | None = None

    @property
    def files(self) -> tuple[Path, Path]:
        """Both files."""
        return self.needs, self.offers

    @property
    def state(self) -> tuple[object, ...]:
        """All that decides what is read: another value where a file has changed since."""
        return (*map(stamp, self.files), self.mapped, self.encoding, self.on)

    def read(self) -> tuple[Listings, Listings]:
        """Needs and offers. Everything that is wrong in both files is refused at once."""
        problems: list[InvalidInput] = []
        asked = read_table(self.needs, self.encoding, problems)
        given = read_table(self.offers, self.encoding, problems)
        if asked and given:
            problems += columns.missing(self.mapped.shared, asked, given)
        needs = self._side("need", asked, self.mapped.needs, problems)
        offers = self._side("offer", given, self.mapped.offers, problems)
        if problems or needs is None or offers is None:
            raise Refused(*problems)
        return needs, offers

    def _side(
        self, kind: RowKind, table: Table | None, own: Mapped, problems: list[InvalidInput]
    ) -> Listings | None:
        if table is None:
            return None
        problems += columns.missing(own, table)
        understood = columns.NEEDS if kind == "need" else columns.OFFERS
        try:
            mapped = {**self.mapped.shared, **own}
            layout = columns.layout(table.header.cells, mapped, understood)
        except InvalidInput as error:
            problems.append(table.at(error, table.header.number))
            return None
        return listings(table, layout, problems, kind=kind, on=self.on)
