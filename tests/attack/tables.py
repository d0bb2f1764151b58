"""Every address of the house and who may come there, of all rooms together.

What a room has stands in `walked`, in the module with its name: an address in that of the room that answers
it. A module has only the tables that its room has rows for.
"""

from typing import Any, Final

from tests.attack import walked
from tests.attack.by_room import joined, rooms_of
from tests.attack.statuses import Statuses, Writing


def _of_all_rooms(table: str) -> dict[str, Any]:
    return joined(getattr(room, table, {}) for room in rooms_of(walked))


READING: Final[dict[str, Statuses]] = _of_all_rooms("READING")
DOING: Final[dict[str, Statuses]] = _of_all_rooms("DOING")
WRITING: Final[dict[str, Writing]] = _of_all_rooms("WRITING")
"""What programs do with a token for everything, and what they send."""
OF_ANYBODY: Final[dict[str, int]] = _of_all_rooms("OF_ANYBODY")
"""What anybody with an account may write, also who speaks for nobody."""
MANAGERS: Final[dict[str, int]] = _of_all_rooms("MANAGERS")
"""What who manages the owner's organisation may do otherwise than its members."""
READ_BY_MANAGERS: Final[dict[str, int]] = _of_all_rooms("READ_BY_MANAGERS")
"""What who manages it reads otherwise."""
FILLED: Final[dict[str, dict[str, Any]]] = _of_all_rooms("FILLED")
"""What is typed; nothing elsewhere."""
TELLS_OF_PEOPLE: Final[dict[str, tuple[str, ...]]] = _of_all_rooms("TELLS_OF_PEOPLE")
"""Whose addresses a page or an answer tells to who may know them."""
BETWEEN: Final[dict[str, tuple[str, ...]]] = _of_all_rooms("BETWEEN")
"""To whom it tells what is between parties, and not of the bureau; the rest it tells insiders."""
