"""Who may come where in `coalition`."""

from typing import Any

from tests.attack.statuses import (
    BUREAU,
    EVERYONE,
    LED,
    LOGIN,
    NO,
    NONE,
    NOTHING,
    OF_NOBODY,
    OF_OWNER,
    OK,
    UNFIT,
    Statuses,
    Writing,
)

READING: dict[str, Statuses] = {
    "/en/organisations/": EVERYONE,
    "/en/organisations/voorbeeld-eigenaar/edit/": OF_OWNER,
    "/theme.css": EVERYONE,
    "/.well-known/security.txt": NOTHING,
    "/en/contact/": EVERYONE,
    "/en/privacy/": EVERYONE,
    "/en/accessibility/": EVERYONE,
    "/en/bureau/coalition/": BUREAU,
    "/en/bureau/export/": BUREAU,
    "/en/bureau/import/participants/": BUREAU,
    "/en/bureau/import/participants/00000000-0000-0000-0000-000000000000/": OF_NOBODY,
    "/en/bureau/import/participants/00000000-0000-0000-0000-000000000000/rest.xlsx": OF_NOBODY,
    "/en/bureau/merge/": BUREAU,
    "/api/v1/areas": EVERYONE,
    "/api/v1/blocks": EVERYONE,
    "/api/v1/regions": EVERYONE,
    "/api/v1/hubs": EVERYONE,
    "/api/v1/organisations": EVERYONE,
    "/api/v1/organisations/voorbeeld-eigenaar": EVERYONE,
}
DOING: dict[str, Statuses] = {
    "/en/bureau/coalition/": (LOGIN, NO, NO, UNFIT),
    "/en/bureau/export/": BUREAU,
    "/en/bureau/import/participants/": (LOGIN, NO, NO, UNFIT),
    "/en/bureau/import/participants/00000000-0000-0000-0000-000000000000/": OF_NOBODY,
    "/en/bureau/import/participants/00000000-0000-0000-0000-000000000000/undo/": OF_NOBODY,
    "/en/organisations/voorbeeld-eigenaar/edit/": (LOGIN, NO, UNFIT, UNFIT),
    "/en/organisations/voorbeeld-eigenaar/confirm/": (LOGIN, NO, LED, LED),
    "/en/organisations/voorbeeld-eigenaar/suspend/": (LOGIN, NO, NO, LED),
    "/en/bureau/merge/": BUREAU,
}
WRITING: dict[str, Writing] = {
    "PATCH /organisations/voorbeeld-eigenaar": ((NONE, NO, OK, OK), {"city": "Gouda"}),
    "POST /organisations/voorbeeld-eigenaar/confirmations": ((NONE, NO, OK, OK), {}),
    "POST /organisations/voorbeeld-eigenaar/deeds": ((NONE, NO, NO, OK), {"deed": "suspend"}),
}
FILLED: dict[str, dict[str, Any]] = {
    "/en/organisations/voorbeeld-eigenaar/edit/": {"name": "x"},
}
