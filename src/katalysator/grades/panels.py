"""What this room shows on pages of others: two buttons on each match, and what was said of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest

from katalysator.coalition.models import Person
from katalysator.core.panels import panel
from katalysator.grades.forms import ReasonForm
from katalysator.grades.models import Grade
from katalysator.grades.unseen import unseen_matches
from katalysator.listings.models import Listing
from katalysator.matches.pairs import ListingPair

_UNSEEN: Final = 8


@dataclass(slots=True)
class SaidOfPair:
    """What was said of one pair: by who looks, and how many others found it useful or not."""

    own: Grade | None = None
    useful: int = 0
    useless: int = 0

    def add(self, grade: Grade, person: Person) -> None:
        """Count what somebody said."""
        if grade.person_id == person.pk:
            self.own = grade
        elif grade.is_useful:
            self.useful += 1
        else:
            self.useless += 1


@panel("match", "grades/_on_card.html")
def on_each_match(
    request: HttpRequest, shown: Sequence[tuple[Listing, Listing]]
) -> list[Mapping[str, Any] | None]:
    """The buttons, for both sides and the bureau. Cost: two queries, whatever the number."""
    if not request.user.is_authenticated or not shown:
        return []
    may = _graded_by(request.user, shown)
    if not any(may):
        return []
    opinions = _opinions(request.user, [_pair(*each) for each in shown])
    return [
        _contents(*each, opinions[_pair(*each)]) if allowed else None
        for allowed, each in zip(may, shown, strict=True)
    ]


@panel("bureau", "grades/_unseen.html", position=30)
def unseen(request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """The newest good matches that nobody has looked at."""
    found = list(unseen_matches(request.user)[: _UNSEEN + 1])
    return {"matches": found[:_UNSEEN], "has_more": len(found) > _UNSEEN}


def _graded_by(person: Person, shown: Sequence[tuple[Listing, Listing]]) -> list[bool]:
    """Which of these, all of which the person sees, the person may grade."""
    if person.is_coordinator:
        return [True for _ in shown]
    return [any(each.is_of(person) for each in pair) for pair in shown]


def _pair(listing: Listing, other: Listing) -> ListingPair:
    return (listing.pk, other.pk) if listing.is_need else (other.pk, listing.pk)


def _opinions(person: Person, pairs: Sequence[ListingPair]) -> dict[ListingPair, SaidOfPair]:
    found = {pair: SaidOfPair() for pair in pairs}
    for grade in Grade.objects.visible_to(person).of_pairs(pairs):
        if opinions := found.get((grade.need_id, grade.offer_id)):
            opinions.add(grade, person)
    return found


def _contents(listing: Listing, other: Listing, said: SaidOfPair) -> Mapping[str, Any]:
    own = said.own
    form = ReasonForm(
        initial={"reason": own.reason, "remark": own.remark} if own else None,
        auto_id=f"%s-{other.pk}",
    )
    return {"listing": listing, "other": other, "own": own, "said": said, "form": form}
