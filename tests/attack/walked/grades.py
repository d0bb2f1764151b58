"""Who may come where in `grades`."""

from typing import Any

from tests.attack.statuses import (
    BUREAU,
    CLASH,
    DONE,
    GONE,
    LED,
    LOGIN,
    NO,
    NONE,
    OF_NOBODY,
    OK,
    Statuses,
    Writing,
)

READING: dict[str, Statuses] = {
    "/en/grading/": BUREAU,
    "/en/measures/": BUREAU,
    "/en/measures/export.csv": BUREAU,
    "/en/measures/grades.csv": BUREAU,
    "/en/measures/outcomes.csv": BUREAU,
    "/en/weights/": BUREAU,
    "/en/bureau/matches/": BUREAU,
    "/api/v1/measures": (GONE, GONE, GONE, OK),
}
DOING: dict[str, Statuses] = {
    "/en/listings/{public}/matches/{closed}/grade/": OF_NOBODY,
    "/en/listings/{public}/matches/{partner}/grade/": (LOGIN, NO, LED, LED),
    "/en/listings/{public}/matches/{draft}/grade/": (LOGIN, GONE, LED, LED),
    "/en/grading/": BUREAU,
    "/en/grading/start/": (LOGIN, NO, NO, LED),
    "/en/weights/learn/": (LOGIN, NO, NO, LED),
    "/en/weights/1/adopt/": (LOGIN, NO, NO, LED),
    "/en/weights/1/revoke/": (LOGIN, NO, NO, LED),
}
WRITING: dict[str, Writing] = {
    "PUT /listings/{public}/matches/{partner}/grade": ((NONE, NO, OK, OK), {"value": 2}),
    "DELETE /listings/{public}/matches/{partner}/grade": ((NONE, NO, DONE, CLASH), {}),
}
FILLED: dict[str, dict[str, Any]] = {
    "/en/listings/{public}/matches/{partner}/grade/": {"say": "useful"},
    "/en/listings/{public}/matches/{draft}/grade/": {"say": "useful"},
}
