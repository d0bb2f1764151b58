"""What stands of lists of people on one's own page: the way to those about oneself, and objections that wait."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from katalysator.core.panels import Waits, panel, waits
from katalysator.talent.models import Objection


@waits(position=25)
def to_answer(person: Any) -> Iterator[Waits]:
    """For the bureau: objections that wait for an answer."""
    if not getattr(person, "is_coordinator", False):
        return
    if number := Objection.objects.open().count():
        sentence = ngettext(
            "%(number)s objection to a list of people to answer",
            "%(number)s objections to lists of people to answer",
            number,
        )
        yield Waits(sentence % {"number": number}, reverse("talent-oversight"))


@panel("account", "talent/oversight/_of_account.html", position=46)
def of_account(_request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """The way to the lists in which one stood."""
    return {}
