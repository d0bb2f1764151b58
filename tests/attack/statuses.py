"""What the tables of the walk expect: a status for each of `ROLES`, by the names that most rows have."""

from typing import Any

Statuses = tuple[int, int, int, int]
"""For a stranger, a member of another organisation, a member of the owner, and the coordinator."""
Writing = tuple[Statuses, dict[str, Any]]
"""What a program is answered, and what it sends."""

OK, MADE, DONE, LED, NONE, NO, GONE = 200, 201, 204, 302, 401, 403, 404
ONLY_READ, CLASH, UNFIT = 405, 409, 422
LOGIN = LED

EVERYONE = (OK, OK, OK, OK)
NOTHING = (GONE, GONE, GONE, GONE)
INSIDE = (LOGIN, OK, OK, OK)
INSIDE_NOT_BUREAU = (LOGIN, OK, OK, NO)  # nobody looks for the coalition
OUTSIDE = (OK, LED, LED, LED)
BUREAU = (LOGIN, NO, NO, OK)
OF_ONE = (LOGIN, GONE, GONE, OK)  # a sheet of the coordinator's: nobody else sees it
OF_OWNER = (LOGIN, NO, OK, OK)
OF_MANAGER = (LOGIN, NO, NO, NO)  # of who manages it alone: the bureau does not see it
OF_MANAGER_ALONE = (LOGIN, GONE, GONE, GONE)  # nobody else learns that it is there
OF_NOBODY = (LOGIN, GONE, GONE, GONE)  # nobody here has a second step, or may do it as it stands
OF_ONESELF = (LOGIN, GONE, OK, GONE)  # a profile, which nobody else has to do with
OF_ONESELF_DONE = (LOGIN, GONE, LED, GONE)
OF_PARTIES = (LOGIN, LED, LED, NO)
OF_PEERS = (LOGIN, OK, NO, NO)  # nobody judges their own
ASKED_ONES = (LOGIN, GONE, OK, OK)  # of an introduction: its parties, and the bureau
CONFIRMED = (LED, LED, LED, LED)  # nobody just showed who they are, nor did a first step
# for a stranger it is not there, instead of behind the log-in
PARTICIPANTS, OWNER, BUREAUS = (GONE, OK, OK, OK), (GONE, GONE, OK, OK), (GONE, GONE, GONE, OK)
