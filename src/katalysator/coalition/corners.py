"""A corner of the coalition, with a page of its own: an area, a building block, where they meet, or a hub."""

from dataclasses import dataclass
from typing import Any

from katalysator.coalition.blocks import Block
from katalysator.coalition.models import Area, Hub
from katalysator.coalition.queries import OrganisationQuerySet


@dataclass(frozen=True, slots=True)
class Corner:
    """What a page is about; what is None narrows nothing."""

    area: Area | None = None
    block: Block | None = None
    hub: Hub | None = None

    @property
    def name(self) -> str:
        """What it is called, in the active language."""
        parts = (self.area, self.block and self.block.label, self.hub)
        return " · ".join(str(part) for part in parts if part)

    @property
    def query(self) -> dict[str, str]:
        """The corner as lists of listings ask for it."""
        asked: dict[str, Any] = {
            "area": self.area and self.area.slug,
            "block": self.block and self.block.value,
            "hub": self.hub and self.hub.slug,
        }
        return {name: value for name, value in asked.items() if value}

    def organisations(self, seen: OrganisationQuerySet) -> OrganisationQuerySet:
        """Those that say to be in it. Of no area means active in all of them."""
        if self.area:
            seen = seen.filter(areas=self.area)
        if self.block:
            seen = seen.filter(blocks__contains=[self.block.value])
        return seen.of_hub(self.hub) if self.hub else seen
