"""Whom somebody may want to meet: whose needs and offers fit, and with whom they are being introduced."""

from collections import defaultdict
from collections.abc import Collection
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from katalysator.coalition.models import Person
from katalysator.introductions.models import Introduction
from katalysator.introductions.seen import is_veiled, with_parties
from katalysator.listings.workflow import OPEN
from katalysator.matches.models import Match

_GOOD: Final = 0.5  # chance of a match that is worth a talk
_MOST: Final = 200


def suggested(person: Person, organisations: Collection[int]) -> dict[int, str]:
    """Which of these organisations somebody has a reason to meet, each with the reason, the best first. Cost: four queries at most."""
    mine = person.own_organisations
    if not mine or not organisations:
        return {}
    found: dict[int, str] = {}
    for organisation in _introduced(person) & set(organisations):
        found[organisation] = _("You are being introduced to each other.")
    for organisation, titles in _matching(person, organisations).items():
        found.setdefault(organisation, _("Fits: %(titles)s") % {"titles": " · ".join(titles)})
    return found


def _matching(person: Person, organisations: Collection[int]) -> dict[int, list[str]]:
    """The best pair of a need and an offer with each, by their titles."""
    mine = person.own_organisations
    open_ = Q(need__state=OPEN, offer__state=OPEN)
    of_us = Q(need__organisation__in=mine, offer__organisation__in=organisations) | Q(
        offer__organisation__in=mine, need__organisation__in=organisations
    )
    rows = Match.objects.visible_to(person).filter(open_ & of_us).good(_GOOD).order_by("-score")
    found: dict[int, list[str]] = defaultdict(list)
    for each in rows.select_related("need", "offer")[:_MOST]:
        is_mine = each.need.organisation_id in mine
        theirs = (each.offer if is_mine else each.need).organisation_id
        if not found[theirs]:
            found[theirs] += [each.need.title, each.offer.title]
    return found


def _introduced(person: Person) -> set[int]:
    """The organisations with which an introduction runs in which each knows the other."""
    running = with_parties(Introduction.objects.of(person).open())
    return {
        party.organisation_id
        for each in running
        if not is_veiled(each, person)
        for party in each.parties.all()
        if party.organisation_id and party.organisation_id not in person.own_organisations
    }
