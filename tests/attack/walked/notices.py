"""Who may come where in `notices`."""

from typing import Any

from tests.attack.statuses import CONFIRMED, EVERYONE, INSIDE, LOGIN, NOTHING, UNFIT, Statuses

READING: dict[str, Statuses] = {
    "/en/account/letters/": INSIDE,
    "/en/letters/stop/{stop}/": EVERYONE,
    "/en/letters/stop/nothing/": NOTHING,
}
DOING: dict[str, Statuses] = {
    "/en/account/letters/": (LOGIN, UNFIT, UNFIT, UNFIT),
    "/en/account/address-works/": CONFIRMED,
    "/en/letters/stop/{stop}/": EVERYONE,
}
FILLED: dict[str, dict[str, Any]] = {
    "/en/account/letters/": {"summary": "hourly"},
}
