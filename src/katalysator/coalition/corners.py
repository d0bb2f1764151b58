"""A corner of the coalition, with a page of its own: an area, a building block, where they meet, or a hub."""

from dataclasses import dataclass
from typing import Any

from katalysator.coalition.blocks import Block
from katalysator.coalition.models import Area, Hub


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
        """The corner as lists ask for it."""
        asked: dict[str, Any] = {
            "area": self.area and self.area.slug,
            "block": self.block and self.block.value,
            "hub": self.hub and self.hub.slug,
        }
        return {name: value for name, value in asked.items() if value}
