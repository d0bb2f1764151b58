"""What people are called on pages of talks: by their name and their organisations, never by their address."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from katalysator.coalition.models import Membership, Organisation


@dataclass(frozen=True, slots=True)
class NamedGuest:
    """Somebody as others read it."""

    person: int
    name: str = ""
    organisations: list[Organisation] = field(default_factory=list)

    def __str__(self) -> str:
        where = ", ".join(each.name for each in self.organisations)
        return ", ".join(filter(None, (self.name, where))) or _("Somebody without an organisation")


def named(people: Iterable[int]) -> dict[int, NamedGuest]:
    """Everybody by their number. Cost: one query."""
    known: dict[int, list[Membership]] = defaultdict(list)
    wanted = set(people)
    rows = Membership.objects.filter(person__in=wanted).select_related("organisation")
    for each in rows.order_by("pk"):
        known[each.person_id].append(each)
    return {
        person: NamedGuest(
            person,
            next((each.name for each in known[person] if each.name), ""),
            [each.organisation for each in known[person]],
        )
        for person in wanted
    }
