"""Where texts come into `commitments`: forms, and verbs."""

from datetime import date
from typing import Any

from django import forms

from katalysator.commitments import verbs as commitment_verbs
from katalysator.commitments.forms import ContributionForm, PromisesForm
from katalysator.commitments.models import Commitment
from katalysator.commitments.verbs import Promise
from tests import builders
from tests.attack.doors import Door


def forms_of_the_room() -> dict[type, list[forms.BaseForm]]:
    return {
        PromisesForm: [PromisesForm()],
        ContributionForm: [ContributionForm(commitment=_commitment())],
    }


def _commitment() -> Commitment:
    return Commitment.objects.create(organisation=builders.organisation(), kind="hours", amount=40)


def _promise(text: str) -> Any:
    owner = builders.organisation()
    commitment_verbs.promise(owner, by=builders.HOUSE, promises={"hours": Promise(4, text)})
    return Commitment.objects.get(organisation=owner)


def _bring(text: str) -> Any:
    return commitment_verbs.bring(
        _commitment(), by=builders.HOUSE, what=text, on=date(2026, 1, 5), amount=1
    )


DOORS = [
    Door(_promise, "note", too_long=400),
    Door(_bring, "what", needed=True, too_long=400),
]
