"""Who could fill a gap, and what may be done about it: participants whose own words, offers, knowledge or promises fit, and why."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from katalysator.activities.models import Activity
from katalysator.bureau.choosing import LETTER
from katalysator.coalition.models import Organisation, Person
from katalysator.coalition.queries import speaks_for_any
from katalysator.coalition.workflow import RUN
from katalysator.commitments.models import Commitment
from katalysator.core import letters
from katalysator.core.actors import permits
from katalysator.core.language import TEXT_LANGUAGES, speaking
from katalysator.engine.search import Sought
from katalysator.knowledge.models import KnowledgeItem
from katalysator.listings.models import Kind, Listing
from katalysator.listings.workflow import OPEN
from katalysator.questions.handling.proposals import shared_with, why
from katalysator.search.models import found_by
from katalysator.search.related import sought_by
from katalysator.site.gaps.shortages import ShownGap

_PROPOSED: Final = 6
_OF_EACH: Final = 5
_FEWEST: Final = 2
"""Concepts in what an organisation says of itself: one alone says little."""
_PROMISED: Final[Mapping[str, tuple[Commitment.Kind, ...]]] = {
    "data": (Commitment.Kind.DATA,),
    "expertise": (Commitment.Kind.EXPERTS, Commitment.Kind.HOURS),
    "teaching": (Commitment.Kind.EXPERTS, Commitment.Kind.HOURS),
    "challenge": (Commitment.Kind.EXPERTS, Commitment.Kind.BUILD),
    "retraining": (Commitment.Kind.EXPERTS, Commitment.Kind.PLACES),
    "job": (Commitment.Kind.PLACES,),
    "internship": (Commitment.Kind.PLACES,),
    "pilot": (Commitment.Kind.PLACES,),
    "lab-capacity": (Commitment.Kind.PLACES,),
    "research-position": (Commitment.Kind.PLACES,),
    "capital": (Commitment.Kind.MONEY,),
    "funding-consortium": (Commitment.Kind.PART,),
}
"""What somebody promised who may offer something in a market."""
_HELD: Final = {
    "teaching": Activity.Kind.COURSE,
    "retraining": Activity.Kind.COURSE,
    "pilot": Activity.Kind.PILOT,
}
"""What kind of activity may help in a market; else a workshop."""


@dataclass(frozen=True, slots=True)
class Helper:
    """A participant that could fill a gap, and each reason why, in the active language."""

    organisation: Organisation
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True)
class WaysOn:
    """What may be done by who asks, each with the address where it begins; nothing where it may not.

    `letter` is what the form of a letter to the helpers is filled with.
    """

    introduction: str
    activity: str
    offer: str
    letter: Sequence[tuple[str, str]]


def helpers(need: Listing, person: Person | AnonymousUser) -> list[Helper]:
    """Who could fill a gap, those with most reasons first; nobody who asks for it. Cost: eight queries."""
    query = sought_by(need)
    if query is None:
        return []
    reasons: dict[int, list[str]] = defaultdict(list)
    known: dict[int, Organisation] = {}
    for organisation, reason in (
        *_by_own_words(query, person),
        *_by_offers(need, query, person),
        *_by_knowledge(query, person),
    ):
        if organisation.pk != need.organisation_id and organisation.is_participant:
            known.setdefault(organisation.pk, organisation)
            reasons[organisation.pk].append(reason)
    for pk, reason in _by_promises(need, known, person):
        reasons[pk].append(reason)
    found = sorted(known.values(), key=lambda each: -len(reasons[each.pk]))
    return [Helper(each, reasons[each.pk]) for each in found[:_PROPOSED]]


def ways_on(shown: ShownGap, found: Sequence[Helper], person: Person | AnonymousUser) -> WaysOn:
    """What may be done about a gap. Cost: none beyond what is known of the person."""
    need, nearest = shown.need, shown.nearest
    inside = speaks_for_any(person)
    runs = person.is_authenticated and permits(person, RUN)
    may_meet = (
        nearest is not None
        and inside
        and (runs or nearest.offer.is_of(person) or need.is_of(person))
    )
    return WaysOn(
        introduction=_introduction(need, nearest.offer, person) if nearest and may_meet else "",
        activity=f"{reverse('activity-new')}?{urlencode(_activity(need), doseq=True)}"
        if inside
        else "",
        offer=reverse("listing-new") if inside else "",
        letter=_letter(shown, found) if runs and found else (),
    )


def _introduction(need: Listing, offer: Listing, person: Any) -> str:
    to, brought = (need, offer) if offer.is_of(person) else (offer, need)
    return f"{reverse('introduce', args=[to.pk])}?{urlencode({'with': brought.pk})}"


def _activity(need: Listing) -> Mapping[str, Any]:
    title = _("Workshop: %(title)s") % {"title": need.title}
    return {
        "title": title[:120],
        "kind": _HELD.get(need.market, Activity.Kind.WORKSHOP).value,
        "areas": need.areas,
        "blocks": [need.block],
    }


def _letter(shown: ShownGap, found: Sequence[Helper]) -> list[tuple[str, str]]:
    """Whom a letter is for and what it says, in each language, as its form has it."""
    told: list[tuple[str, str]] = [("deed", LETTER)]
    told += [("chosen", str(each.organisation.pk)) for each in found]
    for code in TEXT_LANGUAGES:
        with speaking(code):
            title = shown.need.title.replace("{", "(").replace("}", ")")
            subject = _("Can you help with “%(title)s”?") % {"title": title}
            told.append((f"subject_{code}", subject[:120]))
            told.append((f"text_{code}", _call(shown, title)))
    return told


def _call(shown: ShownGap, title: str) -> str:
    count = shown.gap.owners
    asked = ngettext(
        "%(n)s participant looks for this, and nobody offers it: “%(title)s”.",
        "%(n)s participants look for this, and nobody offers it: “%(title)s”.",
        count,
    )
    return "\n\n".join(
        (
            asked % {"n": count, "title": title},
            _("You may be able to help, or know who can. Have a look, and offer what you have:"),
            letters.address("listing", shown.need.pk),
        )
    )


def _by_own_words(
    query: Sought, person: Person | AnonymousUser
) -> Iterator[tuple[Organisation, str]]:
    seen = Organisation.objects.visible_to(person).participants()
    found = seen.found(query)[:_OF_EACH]
    rows = seen.defer(*(set(found_by("")) - {"meant"})).in_bulk([each.key for each in found])
    for each in found:
        shared = shared_with(rows[each.key].meant, query) if each.key in rows else ()
        if len(shared) >= _FEWEST:
            yield rows[each.key], why(shared)


def _by_offers(
    need: Listing, query: Sought, person: Person | AnonymousUser
) -> Iterator[tuple[Organisation, str]]:
    """Offers of before, in any market but open in this one: those are the matches of the need already."""
    seen = Listing.objects.visible_to(person).of_kind(Kind.OFFER)
    for each in seen.exclude(state=OPEN, market=need.market).most_relevant(query, _OF_EACH):
        sentence = _("Offers “%(title)s”.") if each.is_open else _("Offered “%(title)s” before.")
        yield each.organisation, sentence % {"title": each.title}


def _by_knowledge(
    query: Sought, person: Person | AnonymousUser
) -> Iterator[tuple[Organisation, str]]:
    seen = KnowledgeItem.objects.visible_to(person).current()
    for each in seen.most_relevant(query, _OF_EACH):
        yield each.organisation, _("Shared “%(title)s”.") % {"title": each.title}


def _by_promises(
    need: Listing, known: Collection[int], person: Person | AnonymousUser
) -> Iterator[tuple[int, str]]:
    kinds = _PROMISED.get(need.market, ())
    promised = Commitment.objects.visible_to(person).filter(organisation__in=known, kind__in=kinds)
    for each in promised.order_by("pk"):
        yield each.organisation_id, _("Promised: %(what)s.") % {"what": each.get_kind_display()}
