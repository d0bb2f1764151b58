"""Where texts come into `coalition`: forms, and verbs."""

from typing import Any

from django import forms

from katalysator.coalition import verbs as coalition_verbs
from katalysator.coalition.founding.facts import KnownCoalition
from katalysator.coalition.founding.forms import CoalitionForm
from katalysator.coalition.importing.forms import ParticipantsForm
from katalysator.coalition.importing.held.forms import HeldForm
from katalysator.coalition.merged.forms import ChooseForm
from katalysator.coalition.models import Organisation
from katalysator.coalition.organisations import verbs as organisation_verbs
from katalysator.coalition.organisations.facts import OrganisationFacts
from katalysator.coalition.organisations.forms import OrganisationForm
from katalysator.coalition.people import verbs as people_verbs
from katalysator.core.translated import Translated
from tests import builders
from tests.attack.doors import Door
from tests.coalition.founded import founded


def forms_of_the_room() -> dict[type, list[forms.BaseForm]]:
    person = builders.person(is_coordinator=True)
    return {
        HeldForm: [],  # of whom a sheet is, which the forms of sheets ask too
        ParticipantsForm: [ParticipantsForm(person=person)],
        CoalitionForm: [CoalitionForm(known=KnownCoalition.now())],
        OrganisationForm: [OrganisationForm(organisation=builders.organisation())],
        ChooseForm: [ChooseForm()],
    }


def _register(text: str) -> Organisation:
    made = Organisation(
        slug="nieuw",
        name=text,
        other_names=[text],
        city=text,
        source=text,
        kind="company",
        region="NL31",
    )
    made.about = Translated(nl=text)
    return coalition_verbs.register(made, by=builders.HOUSE)


def _edit(text: str) -> Organisation:
    facts = OrganisationFacts(
        name=text, kind="company", region="NL31", city=text, other_names=(text,), about={"nl": text}
    )
    return organisation_verbs.edit(builders.organisation(), by=builders.HOUSE, facts=facts)


def _present(text: str) -> Any:
    membership = builders.person(builders.organisation()).memberships.get()
    return people_verbs.present(membership, by=builders.HOUSE, name=text, function=text)


def _found(text: str) -> Any:
    return founded(name=text, logo_text=text, responsible=text)


DOORS = [
    Door(_register, "name other_names city source", needed=True, too_long=200),
    Door(_edit, "name other_names city", needed=True, too_long=200),
    Door(_present, "name function", too_long=200),
    Door(_found, "name logo_text responsible"),
]
