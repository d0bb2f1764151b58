# What the room offers, and where each is made: `__init__` loads it when it is asked for.
from .certificate import (
    Prices as Prices,
    Schedule as Schedule,
    ScheduleCertificate as ScheduleCertificate,
    verify as verify,
)
from .days import NONE as NONE, Day as Day
from .seating import room_changes as room_changes
from .solver import schedule as schedule
