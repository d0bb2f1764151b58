"""Who may come where in `webhooks`."""

from typing import Any

from tests.attack.statuses import (
    BUREAU,
    DONE,
    EVERYONE,
    GONE,
    LED,
    LOGIN,
    MADE,
    NO,
    NONE,
    OF_MANAGER,
    OF_MANAGER_ALONE,
    OK,
    UNFIT,
    Statuses,
    Writing,
)

READING: dict[str, Statuses] = {
    "/en/organisations/voorbeeld-eigenaar/webhooks/": OF_MANAGER,
    "/en/bureau/webhooks/": BUREAU,
    "/en/webhooks/{hook}/": OF_MANAGER_ALONE,
    "/en/webhooks/{bureauhook}/": (LOGIN, GONE, GONE, OK),
    "/api/v1/webhook-types": EVERYONE,
    "/api/v1/webhooks": EVERYONE,
    "/api/v1/webhooks/{hook}": (GONE, GONE, GONE, GONE),
    "/api/v1/webhooks/{hook}/deliveries": (GONE, GONE, GONE, GONE),
    "/api/v1/webhooks/{bureauhook}": (GONE, GONE, GONE, OK),
    "/api/v1/webhooks/{bureauhook}/deliveries": (GONE, GONE, GONE, OK),
}
DOING: dict[str, Statuses] = {
    "/en/organisations/voorbeeld-eigenaar/webhooks/": OF_MANAGER,
    "/en/bureau/webhooks/": (LOGIN, NO, NO, UNFIT),
    "/en/webhooks/{hook}/": OF_MANAGER_ALONE,
    "/en/webhooks/{hook}/pause/": OF_MANAGER_ALONE,
    "/en/webhooks/{hook}/test/": OF_MANAGER_ALONE,
    "/en/webhooks/{hook}/secret/": OF_MANAGER_ALONE,
    "/en/webhooks/{hook}/remove/": OF_MANAGER_ALONE,
    "/en/webhooks/{hook}/deliveries/{hook_sent}/again/": OF_MANAGER_ALONE,
    "/en/webhooks/{hook}/deliveries/{bureauhook_sent}/again/": OF_MANAGER_ALONE,
    "/en/webhooks/{bureauhook}/": (LOGIN, GONE, GONE, UNFIT),
    "/en/webhooks/{bureauhook}/pause/": (LOGIN, GONE, GONE, LED),
    "/en/webhooks/{bureauhook}/secret/": (LOGIN, GONE, GONE, OK),
}
WRITING: dict[str, Writing] = {
    "POST /webhooks": (
        (NONE, NO, NO, NO),
        {
            "organisation": "voorbeeld-eigenaar",
            "name": "x",
            "address": "https://x.example/",
            "types": ["listing.opened"],
        },
    ),
    **{
        f"{deed}{{{name}}}{rest}": ((NONE, GONE, GONE, may), said)
        for name, is_own in (("hook", False), ("bureauhook", True))
        for deed, rest, said, done in (
            ("PATCH /webhooks/", "", {"name": "x"}, OK),
            ("DELETE /webhooks/", "", {}, DONE),
            ("POST /webhooks/", "/deeds", {"deed": "pause"}, OK),
            ("POST /webhooks/", "/secrets", {}, MADE),
            ("POST /webhooks/", "/tests", {}, MADE),
            ("POST /webhooks/", f"/deliveries/{{{name}_sent}}/tries", {}, MADE),
        )
        for may in [done if is_own else GONE]
    },
}
MANAGERS: dict[str, int] = {
    "/en/organisations/voorbeeld-eigenaar/webhooks/": UNFIT,
    "/en/webhooks/{hook}/": UNFIT,
    "/en/webhooks/{hook}/pause/": LED,
    "/en/webhooks/{hook}/test/": LED,
    "/en/webhooks/{hook}/secret/": OK,
    "/en/webhooks/{hook}/remove/": LED,
    "/en/webhooks/{hook}/deliveries/{hook_sent}/again/": LED,
}
READ_BY_MANAGERS: dict[str, int] = {
    "/en/organisations/voorbeeld-eigenaar/webhooks/": OK,
    "/en/webhooks/{hook}/": OK,
    "/api/v1/webhooks/{hook}": OK,
    "/api/v1/webhooks/{hook}/deliveries": OK,
}
FILLED: dict[str, dict[str, Any]] = {
    "/en/organisations/voorbeeld-eigenaar/webhooks/": {"name": "x"},
    "/en/bureau/webhooks/": {"name": "x"},
    "/en/webhooks/{hook}/": {"name": "x"},
    "/en/webhooks/{bureauhook}/": {"name": "x"},
}
