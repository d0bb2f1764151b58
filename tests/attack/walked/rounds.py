"""Who may come where in `rounds`."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.attack.statuses import (
    ASKED_ONES,
    BUREAU,
    BUREAUS,
    CLASH,
    DONE,
    EVERYONE,
    GONE,
    INSIDE,
    LED,
    LOGIN,
    MADE,
    NO,
    NONE,
    NOTHING,
    OF_NOBODY,
    OF_ONE,
    OK,
    OWNER,
    UNFIT,
    Statuses,
    Writing,
)

_SOON = (timezone.localdate() + timedelta(days=9)).isoformat()
READING: dict[str, Statuses] = {
    "/en/activities/{talks}/talks/": (LOGIN, GONE, NO, OK),
    "/en/activities/{talks}/talks/settings/": (LOGIN, NO, NO, OK),
    "/en/activities/{talks}/talks/plan/": (LOGIN, GONE, NO, OK),
    "/en/activities/{talks}/talks/mine/": ASKED_ONES,
    "/en/activities/{talks}/talks/mine/times/": (LOGIN, GONE, OK, GONE),
    "/en/activities/talks/nothing.ics": NOTHING,
    "/en/rounds/": BUREAU,
    "/en/rounds/new/": BUREAU,
    "/en/rounds/orders/": INSIDE,
    "/en/rounds/{asking}/orders/{ordered}/": (LOGIN, GONE, OK, GONE),  # nobody sees those of others
    "/en/rounds/{asking}/ask/": OF_ONE,
    "/en/rounds/{round}/": OF_ONE,
    "/en/rounds/{round}/edit/": OF_ONE,
    "/en/rounds/{round}/pairs/": OF_ONE,
    "/en/rounds/{round}/pairs.csv": OF_ONE,
    "/en/rounds/{round}/without/": OF_ONE,
    "/api/v1/activities/{talks}/talks": OWNER,
    "/api/v1/activities/{talks}/talks/own": OWNER,
    "/api/v1/activities/{talks}/talks/guests": OWNER,
    "/api/v1/activities/{talks}/talks/wishes": OWNER,
    "/api/v1/rounds": EVERYONE,
    "/api/v1/round-orders": EVERYONE,
    "/api/v1/round-orders/{asking}/{ordered}": (GONE, GONE, OK, GONE),
    "/api/v1/rounds/{round}": BUREAUS,
    "/api/v1/rounds/{round}/pairs": BUREAUS,
    "/api/v1/rounds/{round}/without": BUREAUS,
}
DOING: dict[str, Statuses] = {
    "/en/activities/{talks}/talks/settings/": (LOGIN, NO, NO, UNFIT),
    "/en/activities/{talks}/talks/compute/": (LOGIN, GONE, NO, LED),
    "/en/activities/{talks}/talks/mine/times/": (LOGIN, GONE, UNFIT, GONE),  # there is a talk then
    "/en/activities/{talks}/talks/mine/join/": (LOGIN, GONE, LED, NO),
    "/en/activities/{talks}/talks/mine/want/": OF_NOBODY,  # nobody said whom
    "/en/rounds/new/": (LOGIN, NO, NO, UNFIT),
    "/en/rounds/{asking}/ask/": (LOGIN, GONE, GONE, UNFIT),
    "/en/rounds/{asking}/orders/{ordered}/": (LOGIN, GONE, LED, GONE),
    "/en/rounds/{round}/edit/": (LOGIN, GONE, GONE, UNFIT),
    "/en/rounds/{round}/rule/": OF_NOBODY,  # of which listings nobody said
    "/en/rounds/{round}/approve/": (LOGIN, GONE, GONE, LED),
    "/en/rounds/{round}/drop/": (LOGIN, GONE, GONE, LED),
}
WRITING: dict[str, Writing] = {
    "POST /rounds": ((NONE, NO, NO, MADE), {"name": "x", "market": "expertise"}),
    "POST /activities/{activity}/talks": (
        (NONE, NO, NO, MADE),
        {"slots": 1, "rooms": [{"name": "x", "tables": 1}]},
    ),
    "PATCH /activities/{talks}/talks": ((NONE, GONE, NO, OK), {"slots": 1}),
    "POST /activities/{talks}/talks/deeds": ((NONE, GONE, NO, OK), {"deed": "compute"}),
    "PUT /activities/{talks}/talks/own": ((NONE, GONE, OK, NO), {}),
    "DELETE /activities/{talks}/talks/own": ((NONE, GONE, DONE, NO), {}),
    "POST /activities/{talks}/talks/own/{talk}/deeds": (
        (NONE, GONE, OK, GONE),
        {"deed": "call-off"},
    ),
    "POST /activities/{talks}/talks/wishes": ((NONE, GONE, CLASH, NO), {"guest": "{guest}"}),
    "PUT /activities/{talks}/talks/wishes/{wish}/answer": (
        (NONE, GONE, OK, GONE),
        {"answer": "yes"},
    ),
    "DELETE /activities/{talks}/talks/wishes/{wish}": ((NONE, GONE, NO, GONE), {}),
    "PATCH /rounds/{round}": ((NONE, GONE, GONE, OK), {"name": "x"}),
    "POST /rounds/{round}/deeds": ((NONE, GONE, GONE, OK), {"deed": "drop"}),
    "POST /rounds/{asking}/ask": ((NONE, GONE, GONE, OK), {"until": _SOON}),
    "PUT /round-orders/{asking}/{ordered}": ((NONE, GONE, OK, GONE), {"order": []}),
    "POST /rounds/{round}/rulings": (
        (NONE, GONE, GONE, OK),
        {"need": "{public}", "offer": "{partner}", "ruling": "free"},
    ),
}
FILLED: dict[str, dict[str, Any]] = {
    "/en/activities/{talks}/talks/settings/": {"rooms": "x"},
    "/en/rounds/new/": {"name": "x"},
    "/en/rounds/{asking}/ask/": {"until": "x"},
    "/en/rounds/{asking}/orders/{ordered}/": {"rest_by_score": "on"},
    "/en/rounds/{round}/edit/": {"name": "x"},
    "/en/rounds/{round}/rule/": {"as": "free"},
}
