"""What is written down of a working group: checked as a whole, put into the row, told to the audit trail."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from katalysator.cleaning import plain_line, without_markup
from katalysator.coalition.models import Hub
from katalysator.coalition.organisations.facts import known_areas
from katalysator.core.rows import require_sound
from katalysator.core.translated import Translated
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.groups.models import WorkingGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFacts:
    """All that a group says of itself; it is about some area, block or hub."""

    name: str
    about: Mapping[str, str] = field(default_factory=dict)
    areas: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    hub: str = ""
    enrolment: str = WorkingGroup.Enrolment.OPEN
    readers: str = WorkingGroup.Readers.PARTICIPANTS


def facts_of(group: WorkingGroup, **said: Any) -> GroupFacts:
    """All that a group says of itself, but for what is said otherwise; of `about`, each language by itself. Cost: one query."""
    known = told(group)
    known |= {name: tuple(known[name]) for name in ("areas", "blocks")}
    about = {**group.about, **said.get("about", {})}
    return GroupFacts(**(known | said | {"about": about}))


def save_facts(group: WorkingGroup, facts: GroupFacts) -> None:
    """Put the facts into the row, and save it. Raises InvalidInput at the name of a part. Cost: some queries."""
    areas = known_areas(facts.areas)
    if not (areas or facts.blocks or facts.hub):
        raise InvalidInput(
            "group-nowhere",
            _("Choose at least one area, building block or hub."),
            hint=_("People find the group there."),
        ).at("areas")
    about = {language: without_markup(text) for language, text in facts.about.items()}
    group.name, group.about = plain_line(facts.name), Translated(**about)
    group.blocks, group.hub = list(facts.blocks), _hub(facts.hub)
    group.enrolment, group.readers = facts.enrolment, facts.readers
    require_sound(group)
    group.save()
    group.areas.set(areas)


def told(group: WorkingGroup) -> dict[str, Any]:
    """What the audit trail holds of it, as JSON knows it. Cost: one query."""
    said = {name: getattr(group, name) for name in ("name", "blocks", "enrolment", "readers")}
    areas = sorted(group.areas.values_list("slug", flat=True))
    return said | {"about": dict(group.about), "areas": areas, "hub": group.hub_id or ""}


def _hub(slug: str) -> Hub | None:
    found = Hub.objects.filter(slug=slug).first()
    if slug and found is None:
        raise InvalidInput("hub", _("There is no hub “%(hub)s”."), hub=slug).at("hub")
    return found
