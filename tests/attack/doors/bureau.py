"""Where texts come into `bureau`: forms, and verbs."""

from typing import Any

from django import forms

from katalysator.bureau.bulk.deeds import BULK_DEEDS
from katalysator.bureau.forms import BulkForm, MailingForm, NewMailingForm, NoteForm
from katalysator.bureau.mailing import verbs as mailing_verbs
from katalysator.bureau.models import Label
from katalysator.bureau.notes import verbs as note_verbs
from tests import builders
from tests.attack.doors import Door


def forms_of_the_room() -> dict[type, list[forms.BaseForm]]:
    return {
        NoteForm: [NoteForm()],
        BulkForm: [BulkForm(deed=each) for each in BULK_DEEDS if not each.choices],
        MailingForm: [],  # that below has all of it
        NewMailingForm: [NewMailingForm()],
    }


def _note(text: str) -> Any:
    return note_verbs.write(builders.organisation(), by=builders.HOUSE, text=text)


def _label(text: str) -> Any:
    note_verbs.label(builders.organisation(), text, by=builders.HOUSE)
    return Label.objects.get()


def _mail_to_many(text: str) -> Any:
    owner = builders.organisation()
    builders.person(owner)
    said = {"subject": {"nl": text}, "text": {"nl": text}}
    bureau = builders.person(is_coordinator=True)
    return mailing_verbs.write([owner], by=bureau, managers_only=False, **said)


DOORS = [
    Door(_note, "text"),
    Door(_label, "name"),
    Door(_mail_to_many, "subject text"),
]
