"""Who may come where in `admission`."""

from typing import Any

from tests.attack.statuses import (
    BUREAU,
    EVERYONE,
    GONE,
    LED,
    LOGIN,
    MADE,
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
    "/en/organisations/voorbeeld-eigenaar/people/": OF_OWNER,
    "/en/organisations/voorbeeld-eigenaar/people/me/": (LOGIN, GONE, OK, GONE),
    "/en/organisations/voorbeeld-eigenaar/ask/": EVERYONE,
    "/en/organisations/voorbeeld-eigenaar/people/{membership}/hand-over/": OF_OWNER,
    "/en/ask/sent/": EVERYONE,
    "/en/invitations/nothing/": NOTHING,
    "/en/join/": EVERYONE,
    "/en/join/sent/": EVERYONE,
    "/en/join/{key}/": EVERYONE,
    "/en/join/nothing/": NOTHING,
    "/en/bureau/import/people/": BUREAU,
    "/en/bureau/import/people/00000000-0000-0000-0000-000000000000/": OF_NOBODY,
    "/en/bureau/import/people/00000000-0000-0000-0000-000000000000/rest.xlsx": OF_NOBODY,
    "/en/bureau/applications/": BUREAU,
    "/en/bureau/applications/{application}/": BUREAU,
    "/api/v1/applications": EVERYONE,
    "/api/v1/applications/{application}": (GONE, GONE, GONE, OK),
    "/api/v1/organisations/voorbeeld-eigenaar/invitations": EVERYONE,
}
DOING: dict[str, Statuses] = {
    "/en/bureau/import/people/": (LOGIN, NO, NO, UNFIT),
    "/en/bureau/import/people/00000000-0000-0000-0000-000000000000/": OF_NOBODY,
    "/en/bureau/import/people/00000000-0000-0000-0000-000000000000/undo/": OF_NOBODY,
    "/en/organisations/voorbeeld-eigenaar/people/": (LOGIN, NO, NO, UNFIT),
    "/en/organisations/voorbeeld-eigenaar/people/me/": (LOGIN, GONE, LED, GONE),
    "/en/organisations/voorbeeld-eigenaar/people/{membership}/role/": (LOGIN, NO, NO, LED),
    "/en/organisations/voorbeeld-eigenaar/people/{membership}/end/": (LOGIN, NO, LED, LED),
    "/en/organisations/voorbeeld-eigenaar/people/{joining}/withdraw/": (LOGIN, NO, NO, LED),
    "/en/organisations/voorbeeld-eigenaar/ask/": (UNFIT, UNFIT, UNFIT, UNFIT),
    "/en/organisations/voorbeeld-eigenaar/people/{membership}/hand-over/": (
        LOGIN,
        NO,
        UNFIT,
        UNFIT,
    ),
    "/en/invitations/{invited}/refuse/": (LED, LED, LED, LED),
    "/en/join/": (UNFIT, UNFIT, UNFIT, UNFIT),
    "/en/join/{key}/withdraw/": (LED, LED, LED, LED),
    "/en/bureau/applications/{application}/admit/": (LOGIN, NO, NO, LED),
    "/en/bureau/applications/{application}/decline/": (LOGIN, NO, NO, UNFIT),
}
WRITING: dict[str, Writing] = {
    "POST /organisations/voorbeeld-eigenaar/invitations": (
        (NONE, NO, NO, MADE),
        {"email": "x@voorbeeld.example"},
    ),
    "POST /organisations/voorbeeld-eigenaar/invitations/{joining}/deeds": (
        (NONE, GONE, GONE, OK),
        {"deed": "withdraw"},
    ),
    "POST /applications/{application}/deeds": (
        (NONE, GONE, GONE, OK),
        {"deed": "decline", "reason": "x"},
    ),
}
MANAGERS: dict[str, int] = {
    "/en/organisations/voorbeeld-eigenaar/people/": UNFIT,
    "/en/organisations/voorbeeld-eigenaar/people/{membership}/role/": LED,
    "/en/organisations/voorbeeld-eigenaar/people/{joining}/withdraw/": LED,
}
FILLED: dict[str, dict[str, Any]] = {
    "/en/organisations/voorbeeld-eigenaar/people/{membership}/hand-over/": {"heir": "0"},
    "/en/join/": {"name": "x"},
    "/en/organisations/voorbeeld-eigenaar/people/": {"email": "x"},
    "/en/organisations/voorbeeld-eigenaar/people/me/": {"name": "Een lid"},
    "/en/organisations/voorbeeld-eigenaar/ask/": {"email": "iemand@elders.example"},
}
TELLS_OF_PEOPLE: dict[str, tuple[str, ...]] = {
    "/en/organisations/voorbeeld-eigenaar/people/": ("member", "manager", "shut out"),
    "/en/organisations/voorbeeld-eigenaar/people/{membership}/hand-over/": (
        "member",
        "manager",
        "shut out",
    ),
}
