"""What two do at the same time, each with a connection of their own."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import IntegrityError

from katalysator.coalition.models import Organisation
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.knowledge import verbs
from katalysator.knowledge.files import verbs as files
from katalysator.knowledge.files.keeping import MOST_OF_ORGANISATION
from katalysator.knowledge.models import KnowledgeFile, KnowledgeItem, KnowledgeReview
from katalysator.knowledge.reviews import verbs as reviewing
from katalysator.knowledge.uses import verbs as using
from tests import builders
from tests.core.apart import apart, clear

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def committed() -> Iterator[None]:
    """What threads commit is for all to see, and is taken away afterwards."""
    yield
    apart(lambda: Organisation.objects.all().delete())
    clear()


def made(what: Callable[[], Any]) -> Any:
    return apart(what)[0]


def refused(deed: Callable[[], object]) -> Callable[[], str]:
    """A deed, and by what it was refused."""

    def tried() -> str:
        try:
            deed()
        except (Conflict, IntegrityError, InvalidInput, NotAllowed) as error:
            return type(error).__name__
        return ""

    return tried


def seen(ask: Callable[[], Any]) -> Any:
    return apart(ask)[0]


def test_two_files_share_the_last_room_of_an_organisation() -> None:
    def two_items() -> list[KnowledgeItem]:
        giver = builders.organisation()
        full = builders.item(giver)
        KnowledgeFile.objects.create(
            item=full, name="vol.txt", kind="txt", size=MOST_OF_ORGANISATION - 5
        )
        return [builders.item(giver) for _ in range(4)]

    def adding(item: KnowledgeItem) -> Callable[[], object]:
        return lambda: files.attach(item, by=builders.HOUSE, name="a.txt", data=b"1234")

    answers = apart(*[refused(adding(item)) for item in made(two_items)])
    assert sorted(answers) == ["", *["InvalidInput"] * 3]
    assert seen(KnowledgeFile.objects.total) <= MOST_OF_ORGANISATION


def test_who_says_it_twice_at_once_said_it_once() -> None:
    item, peer = made(lambda: (builders.item(), builders.organisation()))
    deed = refused(lambda: using.use(item, peer, by=builders.HOUSE, what="Goed."))
    assert apart(deed, deed, deed) == ["", "", ""]
    assert seen(item.uses.count) == 1


def test_a_review_and_publishing_at_once_leave_nothing_half_done() -> None:
    item, peer = made(lambda: (builders.item(state="review"), builders.organisation()))
    answers = apart(
        refused(lambda: reviewing.give(item, peer, by=builders.HOUSE, verdict="good", remark="")),
        refused(lambda: verbs.publish(item, by=builders.HOUSE)),
    )
    assert answers in (["", ""], ["Conflict", ""])
    assert seen(KnowledgeReview.objects.count) == answers.count("") - 1
    assert seen(lambda: KnowledgeItem.objects.get().state) == "published"


def test_nobody_uses_what_becomes_their_own_meanwhile() -> None:
    item, peer = made(lambda: (builders.item(), builders.organisation()))
    answers = apart(
        refused(lambda: using.use(item, peer, by=builders.HOUSE, what="Goed.")),
        refused(lambda: KnowledgeItem.objects.filter(pk=item.pk).update(organisation=peer)),
    )
    assert sorted(answers) in (["", "IntegrityError"], ["", "NotAllowed"])
    own = seen(
        lambda: item.uses.filter(organisation=KnowledgeItem.objects.get().organisation).count()
    )
    assert own == 0
