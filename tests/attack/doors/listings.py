"""Where texts come into `listings`: forms, and verbs."""

from typing import Any

from django import forms

from katalysator.core.models import Event
from katalysator.listings import verbs as listing_verbs
from katalysator.listings.forms import ListingForm
from katalysator.listings.importing.forms import GivenSheetForm
from katalysator.listings.market import markets
from katalysator.listings.models import Kind
from tests import builders
from tests.attack.doors import Door


def forms_of_the_room() -> dict[type, list[forms.BaseForm]]:
    person = builders.person(is_coordinator=True)
    return {
        GivenSheetForm: [GivenSheetForm(person=person)],
        ListingForm: [
            ListingForm(market=each, kind=kind, person=person)
            for each in markets()
            for kind in Kind
        ],
    }


def _post(text: str) -> Any:
    return builders.draft(
        builders.organisation(), title=text, text=text, skills=(text,), reference=text
    )


def _close(text: str) -> Event:
    open_one = builders.listing(builders.organisation())
    listing_verbs.move(open_one, "close", by=builders.HOUSE, reason=text)
    return Event.objects.latest("id")


DOORS = [
    Door(_post, "title text skills reference", needed=True, too_long=6_000),
    Door(_close, "reason"),
]
