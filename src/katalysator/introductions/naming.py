"""Who is meant by what somebody typed: a participant by its name, or a need or an offer by its address."""

import re
from typing import Final

from katalysator.coalition.models import Organisation, Person
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.introductions.eligibility import MeetingSide
from katalysator.listings.models import Listing

_LISTING: Final = re.compile(r"(?:^|/listings/|#)([1-9][0-9]{0,17})/?$")
_MOST: Final = 3  # participants that are named where several are meant


def party_named(typed: str, person: Person) -> MeetingSide:
    """The owner of a need or an offer that this person sees, or a participant.

    Raises InvalidInput at `who` where it is none, or several. Cost: two queries.
    """
    if number := _LISTING.search(typed.strip()):
        return MeetingSide.of(_listing(int(number[1]), person))
    return MeetingSide(organisation=participant_named(typed))


def participant_named(typed: str) -> Organisation:
    """The one participant that is called so. Raises InvalidInput at `who` where there is none, or several. Cost: a query."""
    found = list(
        Organisation.objects.participants().named(typed).order_by("sort_name")[: _MOST + 1]
    )
    exact = [each for each in found if each.name.casefold() == typed.strip().casefold()]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if found:
        raise InvalidInput(
            "several",
            _("Several participants have this in their names: %(names)s."),
            hint=_("Type the whole name."),
            names=", ".join(each.name for each in found[:_MOST]),
        ).at("who")
    raise InvalidInput(
        "nobody",
        _("No participant is called “%(typed)s”."),
        hint=_("Look for the name in the list of participants."),
        typed=typed,
    ).at("who")


def _listing(number: int, person: Person) -> Listing:
    found: Listing | None = (
        Listing.objects.visible_to(person).with_owner().filter(pk=number).first()
    )
    if found is None:
        raise InvalidInput(
            "no-listing",
            _("There is no need or offer with number %(number)s."),
            hint=_("Copy the address of its page."),
            number=str(number),
        ).at("who")
    return found
