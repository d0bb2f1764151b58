"""Whose a need or offer is: an organisation's, or a person's who posts in own name. Few places know the difference."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext

from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.faults import NotAllowed, gettext_noop as _

if TYPE_CHECKING:
    from katalysator.listings.models import Listing

OwnerKind = Literal["organisation", "person"]


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a listing is, as others see it: never an address of a person.

    `organisation` is the owner itself, or where the person takes part, whose page leads to both.
    """

    kind: OwnerKind
    name: str
    function: str
    organisation: Organisation

    @property
    def is_person(self) -> bool:
        """Whether somebody posted it in own name."""
        return self.kind == "person"

    @property
    def place(self) -> str:
        """What a person does, and where; nothing of an organisation."""
        parts = (self.function, self.organisation.name) if self.is_person else ()
        return ", ".join(filter(None, parts))


def owner_of(listing: "Listing") -> Owner:
    """The owner of a listing; a person who does not want to be found any more is somebody."""
    if listing.person_id is None:
        return Owner("organisation", listing.organisation.name, "", listing.organisation)
    said = listing.membership
    name, function = (said.name, said.function) if said else ("", "")
    return Owner("person", name or gettext("Somebody"), function, listing.organisation)


def membership_of(person: Person) -> Membership | None:
    """With which membership somebody posts in own name: the first with a name, of a participant. Cost: one query."""
    named = Membership.objects.filter(person=person, organisation__is_participant=True)
    return named.exclude(name="").select_related("organisation").order_by("pk").first()


def require_membership(person: Person) -> Membership:
    """The membership with which somebody posts in own name. Raises NotAllowed, with what mends it."""
    if found := membership_of(person):
        return found
    if Organisation.objects.of(person).participants().exists():
        raise NotAllowed(
            "no-name",
            _("You have not said by which name others may find you."),
            hint=_(
                "Say so in your account, at “How you are shown”. Then you post in your own name."
            ),
        )
    raise NotAllowed(
        "not-a-participant",
        _("Whoever posts in own name speaks for a participant."),
        hint=_("Ask a colleague, or the coordinator, to invite you."),
    )
