"""Who may come where in `groups`."""

from typing import Any

from tests.attack.statuses import (
    BUREAU,
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
    OF_OWNER,
    OK,
    OWNER,
    PARTICIPANTS,
    UNFIT,
    Statuses,
    Writing,
)

READING: dict[str, Statuses] = {
    "/en/groups/": EVERYONE,
    "/en/groups/new/": INSIDE,
    "/en/groups/voorbeeldgroep/": EVERYONE,
    "/en/groups/voorbeeldgroep/edit/": BUREAU,
    "/en/groups/voorbeeldgroep/members/": BUREAU,
    "/en/groups/voorbeeldgroep/meetings/": EVERYONE,
    "/en/groups/voorbeeldgroep/meetings/new/": BUREAU,
    "/en/groups/voorbeeldgroep/meetings/{held}/": PARTICIPANTS,
    "/en/groups/voorbeeldgroep/meetings/{minuted}/": OWNER,
    "/en/groups/voorbeeldgroep/meetings/{minuted}/edit/": BUREAU,
    "/en/groups/voorbeeldgroep/meetings/{minuted}/minutes/": BUREAU,
    "/en/groups/voorbeeldgroep/decisions/": EVERYONE,
    "/en/groups/voorbeeldgroep/decisions/new/": BUREAU,
    "/en/groups/voorbeeldgroep/tasks/": OF_OWNER,
    "/en/groups/voorbeeldgroep/tasks/new/": OF_OWNER,
    "/en/groups/voorbeeldgroep/tasks/{task}/edit/": OF_OWNER,
    "/en/bureau/stewards/": BUREAU,
    "/api/v1/working-groups": EVERYONE,
    "/api/v1/working-groups/voorbeeldgroep": EVERYONE,
    "/api/v1/working-groups/voorbeeldgroep/members": EVERYONE,
    "/api/v1/working-groups/voorbeeldgroep/meetings/{held}": PARTICIPANTS,
    "/api/v1/working-groups/voorbeeldgroep/meetings/{minuted}": OWNER,
    "/api/v1/working-groups/voorbeeldgroep/tasks/{task}": OWNER,
    "/api/v1/stewards": EVERYONE,
}
DOING: dict[str, Statuses] = {
    "/en/groups/new/": (LOGIN, UNFIT, UNFIT, UNFIT),
    "/en/groups/voorbeeldgroep/edit/": (LOGIN, NO, NO, UNFIT),
    "/en/groups/voorbeeldgroep/rest/": (LOGIN, NO, NO, LED),
    "/en/groups/voorbeeldgroep/members/": (LOGIN, NO, NO, UNFIT),
    "/en/groups/voorbeeldgroep/members/join/": (LOGIN, LED, LED, LED),
    "/en/groups/voorbeeldgroep/members/{asked_in}/accept/": (LOGIN, LED, GONE, NO),
    "/en/groups/voorbeeldgroep/members/{in_group}/leave/": (LOGIN, GONE, LED, NO),
    "/en/groups/voorbeeldgroep/members/{in_group}/role/": (LOGIN, NO, NO, LED),
    "/en/groups/voorbeeldgroep/meetings/new/": (LOGIN, NO, NO, UNFIT),
    "/en/groups/voorbeeldgroep/meetings/{minuted}/edit/": (LOGIN, NO, NO, UNFIT),
    "/en/groups/voorbeeldgroep/meetings/{minuted}/minutes/": (LOGIN, NO, NO, UNFIT),
    "/en/groups/voorbeeldgroep/meetings/{minuted}/adopt/": (LOGIN, NO, NO, LED),
    "/en/groups/voorbeeldgroep/decisions/new/": (LOGIN, NO, NO, UNFIT),
    "/en/groups/voorbeeldgroep/decisions/{decision}/revoke/": (LOGIN, NO, NO, LED),
    "/en/groups/voorbeeldgroep/tasks/new/": (LOGIN, NO, UNFIT, UNFIT),
    "/en/groups/voorbeeldgroep/tasks/{task}/edit/": (LOGIN, NO, UNFIT, UNFIT),
    "/en/groups/voorbeeldgroep/tasks/{task}/finish/": (LOGIN, NO, LED, LED),
    "/en/bureau/stewards/": (LOGIN, NO, NO, UNFIT),
    "/en/stewards/{steward}/stop/": (LOGIN, GONE, LED, LED),
    "/en/stewards/{steward}/address/": (LOGIN, GONE, LED, NO),
}
WRITING: dict[str, Writing] = {
    "POST /working-groups": ((NONE, MADE, MADE, MADE), {"name": "x", "blocks": ["data"]}),
    "PATCH /working-groups/voorbeeldgroep": ((NONE, NO, NO, OK), {"name": "Gekaapt"}),
    "POST /working-groups/voorbeeldgroep/deeds": ((NONE, NO, NO, OK), {"deed": "rest"}),
    "POST /working-groups/voorbeeldgroep/members": ((NONE, CLASH, CLASH, MADE), {}),
    "POST /working-groups/voorbeeldgroep/invitations": (
        (NONE, NO, NO, UNFIT),
        {"email": "x@voorbeeld.example"},
    ),
    "POST /working-groups/voorbeeldgroep/members/{in_group}/deeds": (
        (NONE, GONE, OK, NO),
        {"deed": "leave"},
    ),
    "POST /working-groups/voorbeeldgroep/members/{asked_in}/deeds": (
        (NONE, OK, GONE, NO),
        {"deed": "accept"},
    ),
    "PUT /working-groups/voorbeeldgroep/members/{in_group}/role": (
        (NONE, GONE, NO, OK),
        {"role": "secretary"},
    ),
    "POST /working-groups/voorbeeldgroep/meetings": (
        (NONE, NO, NO, MADE),
        {"startsAt": "2030-03-15T14:00Z"},
    ),
    "PATCH /working-groups/voorbeeldgroep/meetings/{held}": (
        (NONE, NO, NO, OK),
        {"place": "Gekaapt"},
    ),
    "PATCH /working-groups/voorbeeldgroep/meetings/{minuted}": (
        (NONE, GONE, NO, OK),
        {"place": "Gekaapt"},
    ),
    "PUT /working-groups/voorbeeldgroep/meetings/{minuted}/minutes": (
        (NONE, GONE, NO, OK),
        {"minutes": "Gekaapt"},
    ),
    "POST /working-groups/voorbeeldgroep/meetings/{minuted}/deeds": (
        (NONE, GONE, NO, OK),
        {"deed": "adopt"},
    ),
    "POST /working-groups/voorbeeldgroep/decisions": (
        (NONE, NO, NO, MADE),
        {"text": "x", "on": "2026-03-02"},
    ),
    "POST /working-groups/voorbeeldgroep/decisions/{decision}/deeds": (
        (NONE, NO, NO, OK),
        {"deed": "revoke"},
    ),
    "POST /working-groups/voorbeeldgroep/tasks": ((NONE, NO, MADE, MADE), {"what": "x"}),
    "PATCH /working-groups/voorbeeldgroep/tasks/{task}": (
        (NONE, GONE, OK, OK),
        {"what": "Gekaapt"},
    ),
    "POST /working-groups/voorbeeldgroep/tasks/{task}/deeds": (
        (NONE, GONE, OK, OK),
        {"deed": "finish"},
    ),
    "POST /stewards": (
        (NONE, NO, NO, MADE),
        {"duty": "contact", "organisation": "voorbeeld-eigenaar", "area": "zorg"},
    ),
    "DELETE /stewards/{steward}": ((NONE, GONE, DONE, DONE), {}),
    "PUT /stewards/{steward}/address": ((NONE, GONE, OK, NO), {"shows": True}),
}
MANAGERS: dict[str, int] = {
    "/en/groups/voorbeeldgroep/members/{in_group}/leave/": NO,
    "/en/stewards/{steward}/stop/": GONE,
    "/en/stewards/{steward}/address/": GONE,
}
FILLED: dict[str, dict[str, Any]] = {
    "/en/groups/new/": {"name": "x"},
    "/en/groups/voorbeeldgroep/edit/": {"name": "x"},
    "/en/groups/voorbeeldgroep/members/": {"email": "x"},
    "/en/groups/voorbeeldgroep/meetings/new/": {"place": "x"},
    "/en/groups/voorbeeldgroep/meetings/{minuted}/edit/": {"place": "x"},
    "/en/groups/voorbeeldgroep/meetings/{minuted}/minutes/": {"minutes": " "},
    "/en/groups/voorbeeldgroep/decisions/new/": {"text": "x"},
    "/en/groups/voorbeeldgroep/tasks/new/": {"due": "x"},
    "/en/groups/voorbeeldgroep/tasks/{task}/edit/": {"due": "x"},
    "/en/bureau/stewards/": {"duty": "x"},
    "/en/stewards/{steward}/address/": {"shows": "yes"},
}
TELLS_OF_PEOPLE: dict[str, tuple[str, ...]] = {
    "/en/groups/voorbeeldgroep/members/": ("member", "manager", "other"),
    "/api/v1/working-groups/voorbeeldgroep/members": ("member", "manager", "other"),
}
