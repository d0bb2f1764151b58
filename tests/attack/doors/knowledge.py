"""Where texts come into `knowledge`: forms, and verbs."""

from typing import Any

from django import forms

from katalysator.knowledge import verbs as knowledge_verbs
from katalysator.knowledge.forms import (
    FileForm,
    KnowledgeForm,
    PeerForm,
    ReviewersForm,
    ReviewForm,
    UseForm,
)
from katalysator.knowledge.importing.forms import KnowledgeSheetForm
from katalysator.knowledge.reviews import verbs as review_verbs
from katalysator.knowledge.uses import verbs as use_verbs
from tests import builders
from tests.attack.doors import Door


def forms_of_the_room() -> dict[type, list[forms.BaseForm]]:
    person = builders.person(is_coordinator=True)
    return {
        KnowledgeSheetForm: [KnowledgeSheetForm(person=person)],
        KnowledgeForm: [KnowledgeForm(person=person, item=None)],
        ReviewersForm: [ReviewersForm(item=builders.item(state="review"))],
        PeerForm: [],  # those below have all of it
        ReviewForm: [ReviewForm(item=builders.item(state="review"), person=person)],
        UseForm: [UseForm(item=builders.item(), person=person)],
        FileForm: [FileForm()],
    }


def _write(text: str) -> Any:
    said = builders.known(title=text, text=text)
    return knowledge_verbs.write(builders.organisation(), by=builders.HOUSE, content=said)


def _review(text: str) -> Any:
    given = {"verdict": "doubt", "remark": text}
    item, peer = builders.item(state="review"), builders.organisation()
    return review_verbs.give(item, peer, by=builders.HOUSE, **given)


def _use(text: str) -> Any:
    return use_verbs.use(builders.item(), builders.organisation(), by=builders.HOUSE, what=text)


DOORS = [
    Door(_write, "title text", needed=True, too_long=200),
    Door(_review, "remark", needed=True, too_long=2_100),
    Door(_use, "what", needed=True, too_long=400),
]
