"""What somebody sees of the parties of an introduction: who they are is told when all, and oneself, said yes.

All pages, letters and answers of the API show parties by this alone.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from katalysator.coalition.models import Membership, Person
from katalysator.introductions.models import Introduction, Party
from katalysator.introductions.queries import IntroductionQuerySet
from katalysator.introductions.reasons import WhyNot
from katalysator.listings.models import Listing


@dataclass(frozen=True, slots=True)
class Contact:
    """Who speaks for a party: a name where that person wants to be found by one, and how to write to."""

    name: str
    function: str
    email: str


@dataclass(frozen=True, slots=True)
class SeenParty:
    """A party as one person may see it. `listing` and `url` are there for who may know whose they are."""

    pk: int
    name: str
    url: str
    slug: str
    listing: Listing | None
    answer: str
    answer_label: str
    reason: str
    remark: str
    is_own: bool
    is_hidden: bool
    is_outside: bool
    contact: Contact | None

    @property
    def why_not(self) -> str:
        """Why it said no or left, in words; nothing where it did neither."""
        return str(WhyNot(self.reason).label) if self.reason else ""

    @property
    def is_asked(self) -> bool:
        """Whether it has still to answer."""
        return self.answer == Party.Answer.NONE

    @property
    def is_in(self) -> bool:
        """Whether it said yes, and did not leave."""
        return self.answer == Party.Answer.YES


def with_parties(introductions: IntroductionQuerySet) -> IntroductionQuerySet:
    """Introductions with all that may be shown of their parties. Cost: one query more."""
    return introductions.prefetch_related(Prefetch("parties", Party.objects.with_all_shown()))


def seen_parties(introduction: Introduction, person: Person | AnonymousUser) -> list[SeenParty]:
    """The parties of one introduction; see `seen_of`."""
    return seen_of([introduction], person)[introduction.pk]


def seen_of(
    introductions: Iterable[Introduction], person: Person | AnonymousUser
) -> dict[int, list[SeenParty]]:
    """The parties of introductions that were read by `with_parties`, one's own first. Cost: one query."""
    found = {each: _own_first(each, person) for each in introductions}
    reached = {
        party
        for introduction, parties in found.items()
        for party in parties
        if _may_write_to(introduction, parties, party, person)
    }
    contacts = _contacts(reached)
    return {
        introduction.pk: [
            _seen(introduction, parties, party, person, contacts.get(party.pk)) for party in parties
        ]
        for introduction, parties in found.items()
    }


def knows(
    introduction: Introduction, parties: Iterable[Party], person: Person | AnonymousUser
) -> bool:
    """Whether this person's party knows who the others are: all said yes, and so did it."""
    own = [each for each in parties if each.is_of(person)]
    return introduction.is_known and any(
        each.answer in (Party.Answer.YES, Party.Answer.LEFT) for each in own
    )


def is_veiled(introduction: Introduction, person: Person | AnonymousUser) -> bool:
    """Whether this person may not know yet who all the parties are, of one that was read by `with_parties`."""
    parties = list(introduction.parties.all())
    return any(_is_hidden(introduction, parties, each, person) for each in parties)


def name_to(
    party: Party,
    introduction: Introduction,
    parties: Iterable[Party],
    person: Person | AnonymousUser,
) -> str:
    """What a party is called to somebody."""
    return (
        _hidden_name(party)
        if _is_hidden(introduction, parties, party, person)
        else party.owner_name
    )


def _own_first(introduction: Introduction, person: Person | AnonymousUser) -> list[Party]:
    return sorted(introduction.parties.all(), key=lambda each: (not each.is_of(person), each.pk))


def _is_hidden(
    introduction: Introduction,
    parties: Iterable[Party],
    party: Party,
    person: Person | AnonymousUser,
) -> bool:
    if not party.is_anonymous or party.is_of(person):
        return False
    if getattr(person, "is_coordinator", False):
        return False
    agreed = party.answer in (Party.Answer.YES, Party.Answer.LEFT)
    return not (agreed and knows(introduction, parties, person))


def _may_write_to(
    introduction: Introduction,
    parties: Iterable[Party],
    party: Party,
    person: Person | AnonymousUser,
) -> bool:
    """Whether this person may know who speaks for a party: its colleagues do, and who talks with it."""
    if party.contact_id is None or not party.is_in:
        return False
    own = [each for each in parties if each.is_of(person)]
    talks = introduction.is_known and any(each.is_in for each in own)
    return party.is_of(person) or talks


def _contacts(parties: Collection[Party]) -> dict[int, Contact]:
    """Who speaks for each, by the number of the party."""
    people = {each.contact_id for each in parties}
    rows = Membership.objects.filter(person__in=people) if people else ()
    said = {(each.person_id, each.organisation_id): each for each in rows}
    return {each.pk: _contact(each, said) for each in parties}


def _contact(party: Party, said: Mapping[tuple[int, int], Membership]) -> Contact:
    membership = said.get((party.contact_id or 0, party.organisation_id or 0))
    name, function = (membership.name, membership.function) if membership else ("", "")
    return Contact(name, function, party.contact.email if party.contact else "")


def _seen(
    introduction: Introduction,
    parties: list[Party],
    party: Party,
    person: Person | AnonymousUser,
    contact: Contact | None,
) -> SeenParty:
    hidden = _is_hidden(introduction, parties, party, person)
    organisation = None if hidden else party.organisation
    return SeenParty(
        pk=party.pk,
        name=_hidden_name(party) if hidden else party.owner_name,
        url=organisation.get_absolute_url() if organisation else "",
        slug=organisation.slug if organisation else "",
        listing=None if hidden else party.listing,
        answer=party.answer,
        answer_label=str(party.get_answer_display()),
        reason=party.reason,
        remark=party.remark,
        is_own=party.is_of(person),
        is_hidden=hidden,
        is_outside=party.organisation_id is None,
        contact=contact,
    )


def _hidden_name(party: Party) -> str:
    return party.described or _("Somebody")
