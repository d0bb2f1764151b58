"""What stands of agreements on one's own page: those that wait for a signature."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from katalysator.core.panels import Waits, one_by_one, waits
from katalysator.dataspace.agreements.showing import agreement_rows
from katalysator.dataspace.agreements.standing import to_sign_by
from katalysator.dataspace.models import Agreement


@waits(position=21)
def to_sign(person: Any) -> Iterable[Waits]:
    """Agreements about data that an organisation of somebody has to sign: named where they are few. Cost: three queries, and five where few wait."""
    found = to_sign_by(person)
    sentence = ngettext(
        "%(number)s agreement about data waits for your signature",
        "%(number)s agreements about data wait for your signature",
        len(found),
    )
    together = Waits(sentence % {"number": len(found)}, reverse("agreement-list"))
    return one_by_one(found, _each, together)


def _each(found: Sequence[Agreement]) -> Iterator[Waits]:
    for each in agreement_rows(found):
        said = _("“%(title)s”, with %(partner)s: the agreement waits for your signature")
        link = reverse("agreement", args=[each.agreement.pk])
        yield Waits(said % {"title": each.title, "partner": each.partner}, link)
