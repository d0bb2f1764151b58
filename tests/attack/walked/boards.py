"""Who may come where in `boards`."""

from typing import Any

from tests.attack.statuses import (
    BUREAU,
    DONE,
    EVERYONE,
    GONE,
    INSIDE,
    LED,
    LOGIN,
    MADE,
    NO,
    NONE,
    OK,
    UNFIT,
    Statuses,
    Writing,
)

READING: dict[str, Statuses] = {
    "/embed/board/": EVERYONE,
    "/en/organisations/voorbeeld-eigenaar/embed/": BUREAU,
    "/en/account/searches/": INSIDE,
    "/en/account/searches/new/": INSIDE,
    "/en/account/searches/{search}/": (LOGIN, GONE, LED, GONE),
    "/en/account/searches/{search}/edit/": (LOGIN, GONE, OK, GONE),
    "/api/v1/saved-searches": EVERYONE,
    "/api/v1/saved-searches/{search}": (GONE, GONE, OK, GONE),
}
DOING: dict[str, Statuses] = {
    "/en/organisations/voorbeeld-eigenaar/embed/": (LOGIN, NO, NO, UNFIT),
    "/en/organisations/voorbeeld-eigenaar/embed/{place}/end/": (LOGIN, NO, NO, LED),
    "/en/account/searches/new/": (LOGIN, UNFIT, UNFIT, UNFIT),
    "/en/account/searches/{search}/edit/": (LOGIN, GONE, UNFIT, GONE),
    "/en/account/searches/{search}/delete/": (LOGIN, GONE, LED, GONE),
}
WRITING: dict[str, Writing] = {
    "POST /saved-searches": ((NONE, MADE, MADE, MADE), {"name": "x"}),
    "PATCH /saved-searches/{search}": ((NONE, GONE, OK, GONE), {"name": "x"}),
    "DELETE /saved-searches/{search}": ((NONE, GONE, DONE, GONE), {}),
}
OF_ANYBODY: dict[str, int] = {
    "POST /saved-searches": MADE,
}
MANAGERS: dict[str, int] = {
    "/en/organisations/voorbeeld-eigenaar/embed/": UNFIT,
    "/en/organisations/voorbeeld-eigenaar/embed/{place}/end/": LED,
    "/en/account/searches/{search}/edit/": GONE,
    "/en/account/searches/{search}/delete/": GONE,
}
READ_BY_MANAGERS: dict[str, int] = {
    "/en/organisations/voorbeeld-eigenaar/embed/": OK,
    "/en/account/searches/{search}/": GONE,
    "/en/account/searches/{search}/edit/": GONE,
    "/api/v1/saved-searches/{search}": GONE,
}
FILLED: dict[str, dict[str, Any]] = {
    "/en/account/searches/new/": {"pace": "x"},
    "/en/organisations/voorbeeld-eigenaar/embed/": {"origin": "x"},
    "/en/account/searches/{search}/edit/": {"pace": "x"},
}
