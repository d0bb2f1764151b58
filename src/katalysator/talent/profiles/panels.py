"""What stands of profiles on one's own page: the way to it, and what waits."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from katalysator.core.panels import Waits, panel, waits
from katalysator.talent.models import SkillEvidence, SkillProfile


@waits(position=24)
def to_answer(person: Any) -> Iterator[Waits]:
    """Skills of others that one is asked to confirm, and one's own profile that is erased soon."""
    asked = SkillEvidence.objects.answerable_by(person).filter(state="asked").count()
    if asked:
        sentence = ngettext(
            "%(number)s skill of somebody else to confirm, or not",
            "%(number)s skills of others to confirm, or not",
            asked,
        )
        yield Waits(sentence % {"number": asked}, reverse("skills-asked"))
    if SkillProfile.objects.of(person).filter(asked_at__isnull=False).exists():
        yield Waits(_("Your skill profile is erased soon, unless you keep it"), reverse("profile"))


@panel("account", "talent/profiles/_of_account.html", position=45)
def of_account(_request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """The way to one's own profile."""
    return {}
