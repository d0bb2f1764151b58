"""Who may come where in `tokens`."""

from typing import Any

from tests.attack.statuses import GONE, INSIDE, LED, LOGIN, UNFIT, Statuses

READING: dict[str, Statuses] = {
    "/en/account/tokens/": INSIDE,
}
DOING: dict[str, Statuses] = {
    "/en/account/tokens/": (LOGIN, UNFIT, UNFIT, UNFIT),
    "/en/account/tokens/{token}/end/": (LOGIN, GONE, LED, GONE),
}
MANAGERS: dict[str, int] = {
    "/en/account/tokens/{token}/end/": GONE,
}
FILLED: dict[str, dict[str, Any]] = {
    "/en/account/tokens/": {"name": "x"},
}
