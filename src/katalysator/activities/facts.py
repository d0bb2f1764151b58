"""What is written down of an activity: checked as a whole, put into the row, told to the audit trail."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from django.utils import timezone

from katalysator.activities.models import Activity, CoOrganiser
from katalysator.cleaning import plain_line, without_markup
from katalysator.coalition.models import Organisation
from katalysator.coalition.organisations.facts import known_areas
from katalysator.core import regions
from katalysator.core.rows import require_sound
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.groups.models import WorkingGroup

_AS_GIVEN: Final = (
    "kind", "language", "mode", "starts_at", "ends_at", "closes_at", "capacity", "policy", "visibility",
)  # fmt: skip
_LINES: Final = ("title", "place", "link")
_YEARS: Final = range(2000, 2200)
MATTERS: Final = ("title", "mode", "place", "link", "starts_at", "ends_at")
"""What who comes must hear of when it changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityFacts:
    """All that is said of an activity before it is held."""

    kind: str
    title: str
    text: str
    language: str
    mode: str
    starts_at: datetime
    ends_at: datetime
    organisation: Organisation | None = None
    partners: tuple[Organisation, ...] = ()
    group: WorkingGroup | None = None
    areas: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    place: str = ""
    region: str = ""
    link: str = ""
    closes_at: datetime | None = None
    capacity: int | None = None
    policy: str = Activity.Policy.OPEN
    visibility: str = Activity.Visibility.EVERYONE


def fill(activity: Activity, facts: ActivityFacts) -> None:
    """Put the facts into the row; `set_partners` follows when it is saved. Raises InvalidInput at a part.

    Cost: some queries, for what they point to; `put` asks none.
    """
    areas = tuple(area.slug for area in known_areas(facts.areas))
    put(activity, replace(facts, areas=areas))
    require_sound(activity)


def put(activity: Activity, facts: ActivityFacts) -> None:
    """Put facts into a row of which the areas are known to be there. Raises InvalidInput where they do not go together."""
    for name in _AS_GIVEN:
        setattr(activity, name, getattr(facts, name))
    for name in _LINES:
        setattr(activity, name, plain_line(getattr(facts, name)))
    activity.organisation, activity.group = facts.organisation, facts.group
    activity.text = without_markup(facts.text)
    activity.areas = list(facts.areas)
    activity.blocks = list(facts.blocks)
    activity.region = _region(facts.region)
    _check(activity)


def set_partners(activity: Activity, partners: tuple[Organisation, ...]) -> None:
    """Who holds it together with the organisation that holds it: these, and no others."""
    wanted = {each.pk for each in partners} - {activity.organisation_id}
    known = set(activity.co_organisers.values_list("organisation", flat=True))
    activity.co_organisers.exclude(organisation__in=wanted).delete()
    CoOrganiser.objects.bulk_create(
        CoOrganiser(activity=activity, organisation_id=pk) for pk in sorted(wanted - known)
    )


def told(activity: Activity) -> Mapping[str, Any]:
    """What the audit trail holds of it, as JSON knows it."""
    moments = ("starts_at", "ends_at", "closes_at")
    as_said = (
        *_LINES,
        "text",
        "kind",
        "language",
        "mode",
        "capacity",
        "policy",
        "visibility",
        "areas",
        "blocks",
        "region",
    )
    facts = {name: getattr(activity, name) for name in as_said}
    for name in moments:
        moment = getattr(activity, name)
        facts[name] = moment and moment.astimezone(UTC).isoformat()
    return facts | {"organisation": activity.organisation_id, "group": activity.group_id}


def stated(activity: Activity) -> dict[str, Any]:
    """What is said of an activity, by the names of its facts; but for who holds it together with another."""
    said = {
        name: getattr(activity, name)
        for name in (*_AS_GIVEN, *_LINES, "text", "region", "organisation", "group")
    }
    return said | {name: tuple(getattr(activity, name)) for name in ("areas", "blocks")}


def mark_changed(activity: Activity, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Note in the row that what is said of it changed: calendars, and who comes, hear of what matters to them."""
    changed = {name for name, said in after.items() if said != before[name]}
    if changed & set(MATTERS):
        activity.sequence += 1
    if "starts_at" in changed:
        activity.reminded_at = None
    activity.changed_at = timezone.now()


def require_whole(activity: Activity) -> None:
    """Refuse to announce what nobody could find. Raises InvalidInput at the part that is missing."""
    if activity.mode != Activity.Mode.ONLINE and not activity.place:
        raise InvalidInput("place", _("Say where it is.")).at("place")


def _region(code: str) -> str:
    try:
        return regions.parse(code) if code else ""
    except InvalidInput as error:
        raise error.at("region") from None


def _check(activity: Activity) -> None:
    for name in ("starts_at", "ends_at"):
        if getattr(activity, name).year not in _YEARS:
            raise InvalidInput("year", _("This is too far away."), hint=_("Check the year.")).at(
                name
            )
    if activity.ends_at <= activity.starts_at:
        raise InvalidInput("ends-early", _("It ends before it begins.")).at("ends_at")
    if activity.closes_at and activity.closes_at > activity.ends_at:
        raise InvalidInput(
            "closes-late", _("It is over by then."), hint=_("Choose a moment before the end.")
        ).at("closes_at")
    if activity.capacity is not None and activity.capacity < 1:
        raise InvalidInput(
            "capacity", _("Say how many places there are."), hint=_("Leave it empty for no limit.")
        ).at("capacity")
    if activity.state != "draft":
        require_whole(activity)
