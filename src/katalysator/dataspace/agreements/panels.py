"""What stands of agreements on one's own page: those that wait for a signature."""

from collections.abc import Iterator
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from katalysator.core.panels import Waits, waits
from katalysator.dataspace.agreements.showing import agreement_rows
from katalysator.dataspace.agreements.standing import to_sign_by

_NAMED: Final = 3
"""So many that wait are told one by one."""


@waits(position=21)
def to_sign(person: Any) -> Iterator[Waits]:
    """Agreements about data that an organisation of somebody has to sign: named where they are few. Cost: three queries, and five where few wait."""
    found = to_sign_by(person)
    if len(found) > _NAMED:
        sentence = ngettext(
            "%(number)s agreement about data waits for your signature",
            "%(number)s agreements about data wait for your signature",
            len(found),
        )
        yield Waits(sentence % {"number": len(found)}, reverse("agreement-list"))
        return
    for each in agreement_rows(found) if found else ():
        said = _("“%(title)s”, with %(partner)s: the agreement waits for your signature")
        link = reverse("agreement", args=[each.agreement.pk])
        yield Waits(said % {"title": each.title, "partner": each.partner}, link)
