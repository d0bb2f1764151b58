"""What the tests of grades share: a pair that was matched, and everybody who may come by."""

from dataclasses import dataclass
from typing import Any

from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from katalysator.coalition.models import Person
from katalysator.grades import verbs
from katalysator.grades.models import Grade
from katalysator.listings.models import Kind, Listing
from tests import builders
from tests.matches.steps import NEED, OFFER, match_all

SUBJECTS = (
    "longscans beoordelen met beeldherkenning",
    "mestboekhouding voor melkveebedrijven",
    "onderhoud van windmolens voorspellen",
    "Nederlandse spraak omzetten in tekst",
    "verkeersstromen in een stad voorspellen",
    "fraude in facturen opsporen",
    "eiwitten vouwen met een taalmodel",
    "chatbots voor een gemeentelijk loket",
    "drinkwater bewaken met sensoren",
    "roosters maken voor verpleegkundigen",
    "kunstwerken dateren met spectroscopie",
)
"""What needs and offers are about, each another."""
BACKEND = "katalysator.site.accounts.backend.PersonBackend"


@dataclass
class Met:
    """A need, an offer that fits it, and people: of both sides, of elsewhere, of the bureau."""

    need: Listing
    offer: Listing
    people: dict[str, Person]


def met(**offer: Any) -> Met:
    """A need and an offer that were matched."""
    asks, gives = builders.organisation(), builders.organisation()
    need = builders.listing(asks, **NEED)
    made = builders.listing(gives, Kind.OFFER, **(OFFER | offer))
    match_all()
    people = {
        "need": builders.person(asks),
        "offer": builders.person(gives),
        "other": builders.person(builders.organisation()),
        "nobody": builders.person(),
        "bureau": builders.person(is_coordinator=True),
    }
    return Met(need, made, people)


def browser(person: Person | None = None) -> Client:
    client = Client()
    if person:
        client.force_login(person, BACKEND)
    return client


def given_by(by: Person, need: Listing, offer: Listing, value: int, **more: Any) -> Grade:
    """A grade that is not written yet."""
    given: dict[str, Any] = {"side": "bureau", "chosen": "score", "score": 0.5, "quick": 0.5}
    return Grade(
        need=need, offer=offer, market=need.market, value=value, person=by, parts={}, **given | more
    )


def graded(need: Listing, offer: Listing, by: Person, value: int, **more: Any) -> Grade:
    return verbs.grade(need, offer, by=by, value=value, **more)


def waiting(task: str) -> int:
    """How many jobs of a name are to be done."""
    return len(ProcrastinateJob.objects.filter(status="todo", task_name=task))
