"""What can be done with choices among activities. Each verb is one transaction with its event."""

import secrets
from collections.abc import Sequence
from typing import Final

from django.db import transaction

from katalysator.activities.choices.dividing import Wish, divided, in_turn
from katalysator.activities.enrolments.places import free_places, next_turn
from katalysator.activities.models import Activity, ActivityChoice, Enrolment, Preference
from katalysator.activities.queries import ActivityQuerySet
from katalysator.activities.rules import require_holder, require_poster
from katalysator.activities.workflow import ANNOUNCED, CHOICE, ENROL, FILL, OWN
from katalysator.cleaning import plain_line
from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.core import audit, rows
from katalysator.core.actors import Actor, permits
from katalysator.core.audit import Deed
from katalysator.core.lengths import require_short
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop as _

_SEEDS: Final = 2**31


@transaction.atomic
def post(
    title: str, *, by: Actor, organisation: Organisation | None, activities: Sequence[Activity]
) -> ActivityChoice:
    """Let people choose among activities of one holder, which take no other registrations from now on.

    Raises InvalidInput for fewer than two, and for those that cannot be chosen; NotAllowed.
    """
    require_poster(organisation, by)
    found = _locked_activities(Activity.objects.filter(pk__in=[each.pk for each in activities]))
    for each in found:
        _require_choosable(each, organisation)
    if len(found) < 2:
        raise InvalidInput("activities-few", _("Choose two activities or more.")).at("activities")
    made = ActivityChoice(title=plain_line(title), organisation=organisation)
    require_short(made.title, ActivityChoice, "title")
    if not made.title:
        raise InvalidInput("title", _("Give it a title.")).at("title")
    made.save()
    Activity.objects.filter(pk__in=[each.pk for each in found]).update(choice=made)
    audit.record(
        "choice.post",
        made,
        by=by,
        after={"title": made.title, "activities": [each.pk for each in found]},
    )
    return made


@transaction.atomic
def rank(
    choice: ActivityChoice, person: Person, *, by: Actor, order: Sequence[int]
) -> ActivityChoice:
    """Say in which order somebody would like the activities, the dearest first; none of them takes them off the list.

    Raises InvalidInput for what cannot be chosen, Conflict where it is not open any more, NotAllowed.
    """
    if not permits(by, OWN, Enrolment(person=person)):
        raise NotAllowed("not-yourself", _("People say themselves what they would like."))
    row = _locked(choice)
    if row.state != CHOICE.initial:
        raise Conflict(
            "not-open", _("It is being divided already: orders cannot be changed any more.")
        )
    open_ = {each.pk: each for each in row.activities.filter(state=ANNOUNCED)}
    if len(set(order)) != len(order) or not set(order) <= set(open_):
        raise InvalidInput("order", _("Name each activity once.")).at("order")
    if not all(permits(by, ENROL, Enrolment(activity=open_[pk], person=person)) for pk in order):
        raise NotAllowed("not-for-you", _("This is for people of participants."))
    Preference.objects.filter(choice=row, person=person).delete()
    Preference.objects.bulk_create(
        Preference(choice=row, person=person, activity_id=pk, rank=place)
        for place, pk in enumerate(order, 1)
    )
    verb = "choice.rank" if order else "choice.leave"
    audit.record(verb, row, by=by, after={"activities": len(order)})
    return row


@transaction.atomic
def move(choice: ActivityChoice, deed: str, *, by: Actor) -> ActivityChoice:
    """Have it divided, open it again, or approve: only then the places count. Raises Conflict, NotAllowed."""
    require_holder(choice, by)
    if deed == "propose":
        raise NotAllowed("not-yours", _("This follows by itself."))
    row = _locked(choice)
    if deed == "divide" and not row.preferences.exists():
        raise Conflict("nobody-ranked", _("Nobody has said yet what they would like."))
    _step(row, deed, by=by)
    if deed == "reopen":
        row.preferences.update(is_given=False)
    if deed == "approve":
        _place(row, by=by)
    return row


@transaction.atomic
def propose(choice: ActivityChoice, *, by: Actor) -> ActivityChoice:
    """Divide the places, to be looked at; nothing counts yet. Raises NotAllowed, Conflict where that is not asked."""
    if not permits(by, FILL, choice):
        raise NotAllowed("not-yours", _("This follows by itself."))
    row = _locked(choice)
    row.seed = secrets.randbelow(_SEEDS)
    row.save(update_fields=["seed"])
    _step(row, "propose", by=by)
    activities = row.activities.filter(state=ANNOUNCED).order_by("pk")
    places = {each.pk: free_places(each) for each in activities}
    given = divided(_wishes(row, set(places)), places, seed=row.seed)
    preferences = list(row.preferences.all())
    for each in preferences:
        each.is_given = given.get(each.person_id) == each.activity_id
    Preference.objects.bulk_update(preferences, ["is_given"])
    return row


def _place(choice: ActivityChoice, *, by: Actor) -> None:
    """Make places of what was divided; who got none waits for what they would like most."""
    activities = {
        each.pk: each for each in _locked_activities(choice.activities.filter(state=ANNOUNCED))
    }
    given = dict(choice.preferences.filter(is_given=True).values_list("person", "activity"))
    free = {pk: free_places(each) for pk, each in activities.items()}
    turn = {pk: next_turn(each) for pk, each in activities.items()}
    known = set(
        Enrolment.objects.open().filter(activity__in=activities).values_list("person", "activity")
    )
    made = []
    for wish in in_turn(_wishes(choice, set(activities)), choice.seed or 0):
        pk = given.get(wish.person) or wish.order[0]
        left = free.get(pk)
        if pk not in activities or (wish.person, pk) in known:
            continue
        is_placed = wish.person in given and left != 0
        state = "placed" if is_placed else "waiting"
        free[pk] = left - 1 if is_placed and left is not None else left
        made.append(Enrolment(activity_id=pk, person_id=wish.person, state=state, turn=turn[pk]))
        turn[pk] += 1
    Enrolment.objects.bulk_create(made)
    deeds = [Deed(each, after={"activity": each.activity_id, "state": each.state}) for each in made]
    if deeds:
        audit.record_all("enrolment.register", deeds, by=by, chain=choice._meta.app_label)


def _wishes(choice: ActivityChoice, activities: set[int]) -> list[Wish]:
    """What each person would like of these activities, by their numbers. Cost: two queries."""
    orders: dict[int, list[int]] = {}
    for each in choice.preferences.order_by("person", "rank"):
        if each.activity_id in activities:
            orders.setdefault(each.person_id, []).append(each.activity_id)
    found = Membership.objects.filter(person__in=orders).order_by("-organisation")
    organisation = dict(found.values_list("person", "organisation"))
    return [Wish(person, organisation.get(person), order) for person, order in orders.items()]


def _require_choosable(activity: Activity, organisation: Organisation | None) -> None:
    is_own = activity.organisation_id == (organisation and organisation.pk)
    if not is_own or activity.state != ANNOUNCED or activity.choice_id or activity.has_begun:
        raise InvalidInput(
            "not-choosable",
            _("“%(title)s” cannot be chosen among."),
            hint=_("Take activities of one holder that are announced and are still to begin."),
            title=activity.title,
        ).at("activities")


def _locked(choice: ActivityChoice) -> ActivityChoice:
    return rows.locked(choice, _("This choice is not here any more."))


def _locked_activities(activities: ActivityQuerySet) -> list[Activity]:
    """All of them, kept from others, in an order in which no two wait in a circle."""
    return list(activities.select_for_update(of=("self",)).order_by("pk"))


def _step(row: ActivityChoice, deed: str, *, by: Actor) -> None:
    before, row.state = row.state, CHOICE.transition(row.state, deed).target
    row.save(update_fields=["state"])
    audit.record_step(CHOICE, deed, row, by=by, before=before)
