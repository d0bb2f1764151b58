"""What stands between the sides of a match, for who looks at it: own lists, rules of the bureau, and whom it keeps apart.

All of it is asked at once, whatever the number of matches: a button that would be refused is no button. What the
other side wishes, and for participants whom the bureau keeps apart, is not looked at: nobody learns of it by a button.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Case, CharField, F, Value, When
from django.db.models.functions import Cast, Concat

from katalysator.coalition.models import Organisation, Person
from katalysator.groups.models import GroupMembership
from katalysator.introductions.models import OF_GROUP, KeptApart, MeetingRule, NeverMeet
from katalysator.listings.models import Listing

_NEVER, _APART, _RULE, _SIDE, _MARKET = "never", "apart", "rule", "side", "market"
_TEXT: Final = CharField()
_Line = tuple[str, str, str, str]  # what it is, one side, the other, and in which market


@dataclass(frozen=True, slots=True)
class Apart:
    """What one person may know of what stands between others."""

    person: Person
    lines: frozenset[_Line]

    def is_avoided(self, listing: Listing, other: Listing) -> bool:
        """Whether this person's side never meets the other; who comes in own name decides alone."""
        return any(
            one.is_of(self.person)
            and one.person_id is None
            and self._avoids(one.organisation_id, two.organisation_id)
            for one, two in ((listing, other), (other, listing))
        )

    def is_ruled_out(self, asking: Listing, asked: Listing) -> bool:
        """Whether a rule of the bureau forbids that the owner of one proposes to that of the other."""
        return self._forbids(asking.organisation_id, asked.organisation_id, asking.pk)

    def is_avoided_by_all(self, asked: Listing) -> bool:
        """Whether none of this person's organisations ever meets the owner."""
        own = self.person.own_organisations
        return bool(own) and all(self._avoids(each, asked.organisation_id) for each in own)

    def is_ruled_out_for_all(self, asked: Listing) -> bool:
        """Whether a rule forbids it for each of this person's organisations that would meet the owner."""
        return all(
            self._avoids(each, asked.organisation_id)
            or self._forbids(each, asked.organisation_id, asked.pk)
            for each in self.person.own_organisations
        )

    def is_kept(self, listing: Listing, other: Listing) -> bool:
        """Whether the bureau keeps the owners apart; told to the bureau alone."""
        one, two = str(listing.organisation_id), str(other.organisation_id)
        return (_APART, one, two, "") in self.lines or (_APART, two, one, "") in self.lines

    def _avoids(self, one: int, other: int) -> bool:
        return (_NEVER, str(one), str(other), "") in self.lines

    def _forbids(self, asking: int, asked: int, listing: int) -> bool:
        """Whether a rule says so, in the market of a listing or in all.

        Rules call an organisation by its kind, and by the groups that somebody is in for it.
        """
        return any(
            (_RULE, one, two, where) in self.lines
            for one in self._told(_SIDE, asking)
            for two in self._told(_SIDE, asked)
            for where in ("", *self._told(_MARKET, listing))
        )

    def _told(self, what: str, number: int) -> list[str]:
        return [two for kind, one, two, _where in self.lines if (kind, one) == (what, str(number))]


def apart(person: Person, shown: Sequence[tuple[Listing, Listing]]) -> Apart:
    """What stands between the sides of matches. Cost: one query, whatever the number."""
    listings = [each for pair in shown for each in pair]
    return _apart(
        person, {each.organisation_id for each in listings}, {each.pk for each in listings}
    )


def apart_from(person: Person, listing: Listing) -> Apart:
    """What stands between the organisations of somebody and the owner of a need or an offer. Cost: one query."""
    return _apart(person, {*person.own_organisations, listing.organisation_id}, {listing.pk})


def _apart(person: Person, numbers: Collection[int], listings: Collection[int]) -> Apart:
    never = NeverMeet.objects.between(person.own_organisations, numbers)
    kept = KeptApart.objects.visible_to(person).now().among(numbers)
    lines = _pairs(_NEVER, never).union(
        _pairs(_APART, kept),
        _rules(),
        _kinds(numbers),
        _members(numbers),
        _markets(listings),
        all=True,
    )
    return Apart(person, frozenset(lines))


def _pairs(what: str, rows: Any) -> Any:
    sides = (Cast("organisation_id", _TEXT), Cast("other_id", _TEXT))
    return rows.order_by().values_list(_said(what), *sides, _said(""))


def _rules() -> Any:
    sides = [
        Case(When(**{name: ""}, then=_group(f"{name}_group_id")), default=F(name))
        for name in ("asking", "asked")
    ]
    return MeetingRule.objects.order_by().values_list(_said(_RULE), *sides, Cast("market", _TEXT))


def _kinds(organisations: Collection[int]) -> Any:
    rows = Organisation.objects.filter(pk__in=organisations).order_by()
    return rows.values_list(_said(_SIDE), Cast("pk", _TEXT), Cast("kind", _TEXT), _said(""))


def _markets(listings: Collection[int]) -> Any:
    """Of listings that were read for a list, which leaves it out."""
    rows = Listing.objects.filter(pk__in=listings).order_by()
    return rows.values_list(_said(_MARKET), Cast("pk", _TEXT), Cast("market", _TEXT), _said(""))


def _members(organisations: Collection[int]) -> Any:
    """The groups that rules name, of these organisations."""
    rows = GroupMembership.objects.members().filter(organisation__in=organisations)
    named = [
        MeetingRule.objects.order_by().values(name) for name in ("asking_group", "asked_group")
    ]
    rows = rows.filter(group__in=named[0]) | rows.filter(group__in=named[1])
    sides = (Cast("organisation_id", _TEXT), _group("group_id"))
    return rows.order_by().values_list(_said(_SIDE), *sides, _said(""))


def _group(field: str) -> Concat:
    return Concat(Value(OF_GROUP), Cast(field, _TEXT), output_field=_TEXT)


def _said(text: str) -> Value:
    return Value(text, _TEXT)
