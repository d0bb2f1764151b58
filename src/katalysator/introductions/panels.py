"""What this room shows on pages of others: a button on each match, what waits, and one's own introductions."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from katalysator.coalition.models import Organisation, Person
from katalysator.core.actors import permits
from katalysator.core.panels import Waits, panel, waits
from katalysator.introductions.apart import Apart, apart
from katalysator.introductions.models import Introduction, Party
from katalysator.introductions.queries import IntroductionQuerySet
from katalysator.introductions.seen import is_veiled, seen_of, with_parties
from katalysator.introductions.workflow import INTRODUCTION, OPEN, WISH
from katalysator.listings.models import Listing

_SHOWN: Final = 5


@waits(position=10)
def to_answer(person: Any) -> Iterable[Waits]:
    """Proposals to meet that wait for a yes or no."""
    found = with_parties(Introduction.objects.waiting_for(person))[:_SHOWN]
    parties = seen_of(found, person)
    for each in found:
        others = ", ".join(party.name for party in parties[each.pk] if not party.is_own)
        yield Waits(
            _("Would you like to meet %(others)s?") % {"others": others}, each.get_absolute_url()
        )


@panel("account", "introductions/_of_account.html", position=12)
def own(request: HttpRequest, _subject: Any) -> dict[str, Any] | None:
    """Introductions of one's own that are going on."""
    found = list(with_parties(Introduction.objects.of(request.user).open())[:_SHOWN])
    if not found:
        return None
    parties = seen_of(found, request.user)
    return {"introductions": [(each, parties[each.pk]) for each in found]}


@panel("match", "introductions/_on_match.html", position=40)
def on_each_match(
    request: HttpRequest, shown: Sequence[tuple[Listing, Listing]]
) -> list[Mapping[str, Any] | None]:
    """The way to bring the two together, or to where they were; why not, where a rule of the bureau forbids it.

    None where one's own side never meets the other. Cost: two queries, whatever the number, and that of `apart`.
    """
    person = request.user
    if not person.is_authenticated or not shown:
        return []
    may = [person.is_coordinator or any(each.is_of(person) for each in pair) for pair in shown]
    if not any(may):
        return []
    known, between = _between(person, shown), apart(person)
    return [
        _way(between, listing, other, known.get(frozenset((listing.pk, other.pk))))
        if allowed and not between.is_avoided(listing, other)
        else None
        for allowed, (listing, other) in zip(may, shown, strict=True)
    ]


@panel("listing-own", "introductions/_of_listing.html", position=20)
def of_listing(request: HttpRequest, listing: Listing) -> dict[str, Any] | None:
    """For its owner, who was asked to meet with it; for others, the way to ask."""
    person = request.user
    if not person.is_authenticated:
        return None
    if listing.is_of(person) or person.is_coordinator:
        seen = Introduction.objects.visible_to(person).of_listing(listing.pk)
        found = list(with_parties(seen)[:_SHOWN])
        parties = seen_of(found, person)
        ask = listing.state == "matched" and listing.is_of(person) and not _is_told(seen)
        rows = [(each, parties[each.pk]) for each in found]
        return (
            {"introductions": rows, "listing": listing, "asks_with_whom": ask}
            if rows or ask
            else None
        )
    if listing.is_open and person.speaks_for_any:
        return _way_to_ask(person, listing)
    return None


@panel("organisation-deeds", "introductions/_to_wishes.html", position=30)
def to_wishes(request: HttpRequest, organisation: Organisation) -> dict[str, Any] | None:
    """The way to whom it meets, for who manages a participant."""
    person = request.user
    may = person.is_authenticated and permits(person, WISH, organisation)
    return {"organisation": organisation} if may and organisation.is_participant else None


@panel("bureau", "introductions/_of_bureau.html", position=18)
def of_bureau(request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """How many introductions are where."""
    seen = Introduction.objects.visible_to(request.user)
    counts = seen.by_state()
    states = INTRODUCTION.states
    return {
        "counts": [
            (each, INTRODUCTION.label(each), counts[each]) for each in states if each in counts
        ]
    }


def _is_told(seen: IntroductionQuerySet) -> bool:
    return seen.filter(state__in=("agreed", "result")).exists()


def _between(
    person: Person, shown: Sequence[tuple[Listing, Listing]]
) -> dict[frozenset[int], Introduction]:
    """The introductions of these pairs that are going on, or came to a result, by the numbers of both."""
    numbers = {each.pk for pair in shown for each in pair}
    visible = Introduction.objects.visible_to(person).filter(state__in=[*OPEN, "result"])
    about = visible.filter(pk__in=Party.objects.filter(listing__in=numbers).values("introduction"))
    return {
        frozenset(each.listing_id for each in found.parties.all() if each.listing_id): found
        for found in with_parties(about)
        if not is_veiled(found, person)
    }


def _way_to_ask(person: Person, listing: Listing) -> dict[str, Any] | None:
    """The way to ask to meet with the need or offer of another, or the rule that forbids it. Cost: that of `apart`."""
    between = apart(person)
    if between.is_avoided_by_all(listing):
        return None
    ruled_out = bool(person.own_organisations) and between.is_ruled_out_for_all(listing)
    why = {"why": _by_rule()} if ruled_out else {"may_ask": True}
    return {"introductions": [], "listing": listing, **why}


def _by_rule() -> str:
    return _(
        "By a rule of the bureau you do not propose to them. Ask the bureau to bring you together."
    )


def _way(
    between: Apart, listing: Listing, other: Listing, known: Introduction | None
) -> Mapping[str, Any]:
    person = between.person
    if known is not None:
        return {"known": known, "other": other}
    to, brought = (listing, other) if other.is_of(person) else (other, listing)
    is_broker = not brought.is_of(person)
    if is_broker and between.is_kept(listing, other):
        return {"why": _("You keep these two apart.")}
    if not is_broker and between.is_ruled_out(brought, to):
        return {"why": _by_rule()}
    url = f"{reverse('introduce', args=[to.pk])}?{urlencode({'with': brought.pk})}"
    return {"url": url, "other": other, "is_broker": is_broker}
