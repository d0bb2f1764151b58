"""Who may come where in `matches`."""

from tests.attack.statuses import EVERYONE, OWNER, PARTICIPANTS, Statuses

READING: dict[str, Statuses] = {
    "/api/v1/listings/{public}/matches": EVERYONE,
    "/api/v1/listings/{inside}/matches": PARTICIPANTS,
    "/api/v1/listings/{draft}/matches": OWNER,
    "/api/v1/listings/{closed}/matches": OWNER,
    "/api/v1/matrix": EVERYONE,
}
