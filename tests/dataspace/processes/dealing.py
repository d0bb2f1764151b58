"""Two organisations of one house that deal with each other, and who manages them."""

from dataclasses import dataclass
from typing import Any

from katalysator.coalition.models import Person
from katalysator.dataspace.catalogues.verbs import ask
from katalysator.dataspace.models import Connector, Dataset, DatasetOffer, DataSource, Negotiation
from tests.dataspace.world import USE, all_done, connector, dataset, manager, with_file

CONTENT = b"dag;waarde\n" + b"2026-03-02;7\n" * 2_000


@dataclass(frozen=True)
class Dealing:
    """Who has data and who wants it, and the dataset."""

    holder: Connector
    user: Connector
    holder_person: Person
    user_person: Person
    dataset: Dataset
    source: DataSource

    def asked(self, terms: dict[str, Any] | None = None, **declared: list[str]) -> Negotiation:
        """The user asks for the dataset; its side of what begins."""
        offer = self.dataset.offers.get()
        told = {"@id": offer.key, **(terms or offer.terms)}
        made = ask(
            self.user,
            self.holder,
            self.dataset.key,
            told,
            declared,
            by=self.user_person,
            title="Metingen",
        )
        all_done()
        made.refresh_from_db()
        return made

    def theirs(self) -> Negotiation:
        """The side of who has the data."""
        return Negotiation.objects.get(role="provider")


def dealing(terms: dict[str, Any] = USE, *, is_automatic: bool = False) -> Dealing:
    """Two organisations, of which one shares a file on these terms."""
    holder, user = connector(name="Voorbeeld Lab"), connector(name="Voorbeeld Kliniek")
    row = dataset(holder)
    DatasetOffer.objects.update(terms=terms, is_automatic=is_automatic)
    source = with_file(row, CONTENT)
    people = (manager(holder), manager(user))
    return Dealing(holder, user, *people, row, source)
