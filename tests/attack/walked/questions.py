"""Who may come where in `questions`."""

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
    OK,
    OWNER,
    UNFIT,
    Statuses,
    Writing,
)

READING: dict[str, Statuses] = {
    "/en/questions/": EVERYONE,
    "/en/questions/ask/": EVERYONE,
    "/en/questions/sent/": EVERYONE,
    "/en/questions/{answered}/": EVERYONE,
    "/en/questions/{question}/": OWNER,
    "/en/questions/own/nothing/": NOTHING,
    "/en/bureau/questions/": BUREAU,
    "/api/v1/questions": EVERYONE,
    "/api/v1/questions/{answered}": EVERYONE,
    "/api/v1/questions/{question}": OWNER,
    "/api/v1/questions/own": EVERYONE,
    "/api/v1/answer-times": EVERYONE,
}
DOING: dict[str, Statuses] = {
    "/en/questions/ask/": (UNFIT, UNFIT, UNFIT, UNFIT),
    "/en/questions/{question}/route/": (LOGIN, GONE, NO, UNFIT),
    "/en/questions/{question}/answer/": (LOGIN, GONE, UNFIT, UNFIT),
    "/en/questions/{question}/pass-on/": (LOGIN, GONE, UNFIT, NO),
    "/en/questions/{question}/decline/": (LOGIN, GONE, NO, UNFIT),
    "/en/questions/{answered}/thank/": (NO, NO, NO, NO),
    "/en/questions/{answered}/hide/": (NO, NO, NO, LED),
    "/en/questions/{answered}/replies/{reply}/mark/": (NO, NO, NO, NO),
    "/en/questions/{answered}/replies/{reply}/share/": (LOGIN, NO, LED, LED),
    "/en/questions/own/{own}/confirm/": (LED, LED, LED, LED),
    "/en/questions/own/nothing/replies/1/mark/": NOTHING,
}
WRITING: dict[str, Writing] = {
    "POST /questions": ((NONE, MADE, MADE, MADE), {"title": "x"}),
    "POST /questions/{question}/deeds": (
        (NONE, GONE, OK, OK),
        {"deed": "answer", "text": "x"},
    ),
    "POST /questions/{answered}/deeds": ((NONE, NO, NO, NO), {"deed": "thank"}),
    "PUT /questions/{answered}/answers/{reply}/mark": ((NONE, NO, NO, NO), {"helped": True}),
    "POST /questions/{answered}/answers/{reply}/knowledge": ((NONE, NO, MADE, MADE), {}),
}
OF_ANYBODY: dict[str, int] = {
    "POST /questions": MADE,
}
FILLED: dict[str, dict[str, Any]] = {
    "/en/questions/ask/": {"text": "x"},
    "/en/questions/{question}/pass-on/": {"refuse-reason": ""},
}
