"""All that is said of the coalition itself: put into its rows, and told to the audit trail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from katalysator.coalition.founding.models import LISTING_DAYS, Coalition
from katalysator.coalition.models import Area, Hub
from katalysator.core.translated import Translated

PLAIN: Final = (
    "name", "contact", "logo_text", "accent", "accent_dark", "responsible", "officer", "security",
    "accessibility", "audit_report", "listing_days",
)  # fmt: skip
"""What stands in the row as it is said."""


@dataclass(frozen=True, slots=True)
class AreaFacts:
    """An area: its address and its names."""

    slug: str
    name: Translated


@dataclass(frozen=True, slots=True)
class HubFacts:
    """A hub: its address, its name, the codes of its regions, and who says so."""

    slug: str
    name: str
    regions: tuple[str, ...]
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoalitionFacts:
    """All of it."""

    name: str
    languages: tuple[str, ...]
    areas: tuple[AreaFacts, ...]
    contact: str
    hubs: tuple[HubFacts, ...] = ()
    targets: tuple[Mapping[str, str], ...] = ()
    logo_text: str = ""
    accent: str = ""
    accent_dark: str = ""
    responsible: str = ""
    officer: str = ""
    security: str = ""
    accessibility: str = "unknown"
    audited_on: date | None = None
    audit_report: str = ""
    problems: tuple[Mapping[str, str], ...] = ()
    listing_days: int = LISTING_DAYS


@dataclass(frozen=True, slots=True)
class KnownCoalition:
    """What is there now: the row, and its areas and hubs in their order."""

    row: Coalition
    areas: Sequence[Area] = field(default_factory=tuple)
    hubs: Sequence[Hub] = field(default_factory=tuple)

    @classmethod
    def now(cls) -> "KnownCoalition":
        """As the database has it; what nobody has said yet is empty. Cost: three queries."""
        row = Coalition.objects.filter(pk=1).first() or Coalition(pk=1)
        return cls(row, tuple(Area.objects.all()), tuple(Hub.objects.all()))


def fill(row: Coalition, facts: CoalitionFacts) -> None:
    """Put what is said into the row."""
    for name in PLAIN:
        setattr(row, name, getattr(facts, name))
    row.languages, row.audited_on = list(facts.languages), facts.audited_on
    row.targets, row.problems = list(facts.targets), list(facts.problems)


def as_known(facts: CoalitionFacts) -> KnownCoalition:
    """What would be there by these facts; nothing is written."""
    row = Coalition(pk=1)
    fill(row, facts)
    areas = [Area(slug=each.slug, name=each.name) for each in facts.areas]
    hubs = [
        Hub(slug=each.slug, name=each.name, regions=list(each.regions), source=each.source)
        for each in sorted(facts.hubs, key=lambda hub: hub.name)
    ]
    return KnownCoalition(row, areas, hubs)


def told(known: KnownCoalition) -> dict[str, Any]:
    """What the audit trail holds of it, as JSON knows it."""
    row = known.row
    said: dict[str, Any] = {name: getattr(row, name) for name in PLAIN}
    return said | {
        "languages": list(row.languages),
        "audited_on": row.audited_on.isoformat() if row.audited_on else "",
        "targets": list(row.targets),
        "problems": list(row.problems),
        "areas": [[area.slug, dict(area.name)] for area in known.areas],
        "hubs": [[hub.slug, hub.name, list(hub.regions), hub.source] for hub in known.hubs],
    }
