"""Who may come where in `bureau`."""

from typing import Any

from tests.attack.statuses import BUREAU, LED, LOGIN, NO, UNFIT, Statuses

READING: dict[str, Statuses] = {
    "/en/bureau/week/": BUREAU,
    "/en/bureau/participants/": BUREAU,
    "/en/bureau/listings/": BUREAU,
    "/en/bureau/deeds/": BUREAU,
    "/en/bureau/deeds/{bulk}/": BUREAU,
    "/en/bureau/letters/": BUREAU,
    "/en/bureau/letters/{mailing}/": BUREAU,
    "/en/bureau/letters/{mailing}/edit/": BUREAU,
    "/en/bureau/notes/voorbeeld-eigenaar/": BUREAU,
}
DOING: dict[str, Statuses] = {
    "/en/bureau/participants/chosen/": (LOGIN, NO, NO, LED),
    "/en/bureau/applications/chosen/": (LOGIN, NO, NO, LED),
    "/en/bureau/listings/chosen/": (LOGIN, NO, NO, LED),
    "/en/bureau/deeds/{bulk}/undo/": (LOGIN, NO, NO, LED),
    "/en/bureau/letters/{mailing}/edit/": (LOGIN, NO, NO, UNFIT),
    "/en/bureau/letters/{mailing}/delete/": (LOGIN, NO, NO, LED),
    "/en/bureau/letters/{mailing}/send/": (LOGIN, NO, NO, LED),
    "/en/bureau/letters/{mailing}/stop/": (LOGIN, NO, NO, LED),
    "/en/bureau/notes/voorbeeld-eigenaar/": (LOGIN, NO, NO, UNFIT),
    "/en/bureau/notes/{note}/finish/": (LOGIN, NO, NO, LED),
    "/en/bureau/notes/{note}/delete/": (LOGIN, NO, NO, LED),
}
FILLED: dict[str, dict[str, Any]] = {
    "/en/bureau/letters/{mailing}/edit/": {"subject_nl": "x"},
    "/en/bureau/notes/voorbeeld-eigenaar/": {"due": "x"},
}
