"""What stands of agreements on one's own page: those that wait for a signature."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from katalysator.core.panels import Waits, waits
from katalysator.dataspace.agreements.standing import to_sign_by


@waits(position=21)
def to_sign(person: Any) -> Iterator[Waits]:
    """Agreements about data that an organisation of somebody has to sign. Cost: three queries."""
    if found := to_sign_by(person):
        sentence = ngettext(
            "%(number)s agreement about data waits for your signature",
            "%(number)s agreements about data wait for your signature",
            len(found),
        )
        one = reverse("agreement", args=[found[0].pk])
        link = one if len(found) == 1 else reverse("agreement-list")
        yield Waits(sentence % {"number": len(found)}, link)
