"""Who may come where in `commitments`."""

from typing import Any

from tests.attack.statuses import (
    DONE,
    EVERYONE,
    LED,
    LOGIN,
    MADE,
    NO,
    NONE,
    OF_OWNER,
    OK,
    UNFIT,
    Statuses,
    Writing,
)

READING: dict[str, Statuses] = {
    "/en/organisations/voorbeeld-eigenaar/commitments/": OF_OWNER,
    "/en/organisations/voorbeeld-eigenaar/commitments/edit/": OF_OWNER,
    "/en/organisations/voorbeeld-eigenaar/commitments/hours/new/": OF_OWNER,
    "/api/v1/organisations/voorbeeld-eigenaar/commitments": EVERYONE,
}
DOING: dict[str, Statuses] = {
    "/en/organisations/voorbeeld-eigenaar/commitments/edit/": (LOGIN, NO, UNFIT, UNFIT),
    "/en/organisations/voorbeeld-eigenaar/commitments/hours/new/": (LOGIN, NO, UNFIT, UNFIT),
    "/en/organisations/voorbeeld-eigenaar/commitments/brought/{brought}/take-back/": (
        LOGIN,
        NO,
        LED,
        LED,
    ),
}
WRITING: dict[str, Writing] = {
    "PUT /organisations/voorbeeld-eigenaar/commitments": (
        (NONE, NO, OK, OK),
        {"promises": {"hours": {"amount": 4}}},
    ),
    "POST /organisations/voorbeeld-eigenaar/commitments/hours/contributions": (
        (NONE, NO, MADE, MADE),
        {"on": "2026-03-02", "what": "x", "amount": 1},
    ),
    "DELETE /organisations/voorbeeld-eigenaar/commitments/hours/contributions/{brought}": (
        (NONE, NO, DONE, DONE),
        {},
    ),
}
FILLED: dict[str, dict[str, Any]] = {
    "/en/organisations/voorbeeld-eigenaar/commitments/edit/": {"hours": "-1"},
    "/en/organisations/voorbeeld-eigenaar/commitments/hours/new/": {"what": "x"},
}
