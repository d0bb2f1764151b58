"""What can be asked about organisations and people."""

from collections.abc import Collection
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models.fields.json import KT
from django.db.models.lookups import Contains
from django.utils import timezone

from katalysator.core import audit, regions
from katalysator.core.language import languages
from katalysator.core.models import Event
from katalysator.engine.search import Sought
from katalysator.search.finding import (
    Found,
    find,
    ranked,
    understood,
)
from katalysator.search.models import found_by

if TYPE_CHECKING:
    from katalysator.coalition.models import (  # noqa: F401 — named in the bases
        Area,
        Hub,
        Membership,
        Organisation,
        Person,
    )


FRESH: Final = timedelta(days=365)
"""For so long what somebody said to be correct counts as that."""
ASK_ADDRESS: Final = "person.ask-address"
"""The verb of a wish for another address."""
_TOLD: Final = ("name", "folded_names", "about")
"""By what words organisations are found."""
_MOST_NAMED: Final = 100
"""Organisations with the same word in their names; what belongs to more of them is not found by that word."""
_TOLD_OF_PEOPLE: Final = ("name", "function", "organisation__folded_names")
"""By what words people are found: no others are shown of them."""


class Folded(models.Func):
    """Words as names are compared: without case, accents and signs between.

    The one function that does so is the database's: see the first migration.
    """

    function = "coalition_folded"
    output_field = models.TextField()


def called(words: str) -> models.Q:
    """These words are in the name of an organisation, or in another name that it goes by."""
    return models.Q(folded_names__contains=Folded(models.Value(words)))


def within(codes: Collection[str]) -> models.Q:
    """In one of these regions, by the beginning of its code; nothing for none."""
    return reduce(or_, (models.Q(region__startswith=code) for code in codes), models.Q(pk__in=()))


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations; everyone may see which there are and what is stated about them."""

    def visible_to(self, person: "Person | AnonymousUser") -> Self:  # noqa: ARG002
        """Organisations that this person may see: all, today."""
        return self

    def named(self, words: str) -> Self:
        """Organisations with these words in their name, or in another name that they go by."""
        return self.filter(called(words))

    def keys_named(self, words: str) -> list[int]:
        """The keys of those, for questions about what is theirs; none where there are so many that a name tells nothing.

        Asked before, so that those questions find what they look for in their indexes. Cost: one query.
        """
        found = list(self.named(words).order_by().values_list("pk", flat=True)[: _MOST_NAMED + 1])
        return found if len(found) <= _MOST_NAMED else []

    def found(self, query: Sought) -> list[Found]:
        """What is relevant to a query, the best first. Cost: see `find`."""
        return find(self, query, told=_TOLD, named=called(query.text))

    def about(self, words: str) -> Self:
        """Organisations that are found by these words, the participants first; all for no words."""
        if not words.strip():
            return self
        return ranked(self, self.found(understood(words)), "-is_participant")

    def participants(self) -> Self:
        """Organisations that take part."""
        return self.filter(is_participant=True)

    def by_cell(self) -> dict[tuple[str, str], int]:
        """How many of them say to be in each area and building block. Cost: one query."""
        block = models.Func("blocks", function="unnest", output_field=models.TextField())
        rows = self.order_by().filter(areas__isnull=False).values_list("areas", block)
        counted = rows.annotate(n=models.Count("pk", distinct=True))
        return {(area, block): n for area, block, n in counted}

    def stale(self) -> Self:
        """Participants whose facts nobody said to be correct for a year, those longest ago first."""
        recent = models.Q(confirmed_at__gte=timezone.now() - FRESH)
        oldest = models.F("confirmed_at").asc(nulls_first=True)
        return self.participants().exclude(recent).order_by(oldest, "sort_name", "id")

    def in_block(self, block: str) -> Self:
        """Organisations that say to work on a building block."""
        return self.filter(blocks__contains=[block])

    def in_region(self, code: str) -> Self:
        """Organisations in a region, by the beginning of its code."""
        return self.filter(region__startswith=regions.parse(code))

    def of_hub(self, hub: "Hub") -> Self:
        """Organisations in one of the regions of a hub."""
        return self.filter(within(hub.regions))

    def of(self, person: "Person | AnonymousUser") -> Self:
        """Organisations that this person speaks for."""
        return self.filter(memberships__person_id=person.pk) if person.pk else self.none()

    def managed_by(self, person: "Person | AnonymousUser") -> Self:
        """Organisations that this person manages."""
        mine = models.Q(memberships__person_id=person.pk, memberships__role="manager")
        return self.filter(mine) if person.pk else self.none()


class AreaQuerySet(models.QuerySet["Area"]):
    """Application areas."""

    def named(self, words: str) -> Self:
        """Areas whose name has these words, in any language."""
        asked = Folded(models.Value(words))
        names = (Folded(KT(f"name__{language}")) for language in languages())
        return self.filter(reduce(or_, (models.Q(Contains(name, asked)) for name in names)))


class MembershipQuerySet(models.QuerySet["Membership"]):
    """For which organisations people speak."""

    def visible_to(self, person: "Person | AnonymousUser") -> Self:  # noqa: ARG002
        """Those of people who want to be found, at participants: for everybody, as on the organisation's page."""
        return self.filter(organisation__is_participant=True).exclude(name="")

    def telling(self) -> Self:
        """Those who want to be found and say what they do."""
        return self.exclude(name="").exclude(function="")

    def found(self, query: Sought, named: models.Q) -> list[Found]:
        """Those that are relevant to a query, the best first; of people the engine reads what they do. Cost: see `find`."""
        return find(self, query, told=_TOLD_OF_PEOPLE, named=named)

    def with_names(self) -> Self:
        """Bring along for whom they speak, for lists."""
        return self.select_related("organisation").defer(*found_by("", "organisation__"))


def address_wish(person: "Person") -> Event | None:
    """The event of the wish for another address, while nothing came after it in this account."""
    newest = audit.history(person).order_by("pk").last()
    return newest if newest and newest.verb == ASK_ADDRESS else None


def speaks_for_any(person: "Person | AnonymousUser") -> bool:
    """Whether the person belongs to a participant, or runs the coalition. Cost: see Person."""
    if not person.is_authenticated:
        return False
    return person.speaks_for_any
