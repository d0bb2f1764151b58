"""What can be done with saved searches. Each verb is one transaction with its event, which tells nothing of the words."""

from typing import Final

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from katalysator.boards.models import PACES, SavedSearch
from katalysator.boards.rules import KEEP_SEARCH
from katalysator.cleaning import plain_line
from katalysator.coalition.models import Person
from katalysator.core import audit
from katalysator.core.actors import Actor, permits
from katalysator.core.lengths import require_short
from katalysator.core.rows import locked
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop as _
from katalysator.listings.filters import ListingFilter

MOST: Final = 50
"""So many searches a person may keep."""


@transaction.atomic
def save_search(person: Person, *, by: Actor, name: str, query: str, pace: str) -> SavedSearch:
    """Save filters and words of the board under a name; what is no filter of it is left out.

    Raises InvalidInput at the name of a part, NotAllowed, and Conflict where the person has many already.
    """
    _allow(by, person)
    locked(person, _("This account is not here any more."))
    if SavedSearch.objects.visible_to(person).count() >= MOST:
        raise Conflict(
            "many-searches",
            _("You have saved %(most)s searches already."),
            hint=_("Delete one that you do not use any more."),
            most=MOST,
        )
    made = SavedSearch(person=person, query=_cleaned(query), told_until=timezone.now())
    _say(made, name, pace)
    made.save()
    after = {"search": made.pk, "pace": made.pace}
    audit.record("person.save-search", person, by=by, after=after)
    return made


@transaction.atomic
def change_search(search: SavedSearch, *, by: Actor, name: str, pace: str) -> SavedSearch:
    """Give a search another name, or let what is new for it come otherwise: from now on. Raises InvalidInput, NotAllowed, Conflict."""
    _allow(by, search.person)
    row = locked(search, _("This search was deleted already."))
    before = row.pace
    _say(row, name, pace)
    if row.pace != before:
        row.told_until = timezone.now()
    row.save()
    facts = {"search": row.pk, "pace": row.pace}
    audit.record("person.change-search", row.person, by=by, before={"pace": before}, after=facts)
    return row


@transaction.atomic
def drop_search(search: SavedSearch, *, by: Actor) -> None:
    """Delete a saved search. Raises NotAllowed, Conflict."""
    _allow(by, search.person)
    row = locked(search, _("This search was deleted already."))
    audit.record("person.drop-search", row.person, by=by, before={"search": row.pk})
    row.delete()


def _say(search: SavedSearch, name: str, pace: str) -> None:
    search.name, search.pace = plain_line(name), pace
    if not search.name:
        raise InvalidInput(
            "name", _("It has no name."), hint=_("Give it one, so that you can find it back.")
        ).at("name")
    require_short(search.name, SavedSearch, "name")
    if pace not in PACES:
        raise InvalidInput("pace", _("These letters do not come “%(pace)s”."), pace=pace).at("pace")
    same = SavedSearch.objects.visible_to(search.person).filter(name=search.name)
    if same.exclude(pk=search.pk).exists():
        raise InvalidInput(
            "name-taken",
            _("You have a search “%(name)s” already."),
            hint=_("Give it another name."),
            name=search.name,
        ).at("name")


def _cleaned(query: str) -> str:
    """The filters and words of a query alone."""
    asked, kept = QueryDict(query), QueryDict(mutable=True)
    for name in ListingFilter.base_filters:
        if value := plain_line(asked.get(name, "")):
            kept[name] = value
    said = kept.urlencode()
    require_short(said, SavedSearch, "query")
    return said


def _allow(by: Actor, person: Person) -> None:
    if not permits(by, KEEP_SEARCH, person):
        raise NotAllowed("not-your-account", _("This is not your account."))
