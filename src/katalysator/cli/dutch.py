"""The sentences of all commands in Dutch, by the English ones."""

from typing import Final

from katalysator.cli.allocate.dutch import DUTCH as ALLOCATE
from katalysator.cli.audit.dutch import DUTCH as AUDIT
from katalysator.cli.learn.dutch import DUTCH as LEARN
from katalysator.cli.match.dutch import DUTCH as MATCH

SHARED: Final = {
    # Where something is
    "line %(number)s": "regel %(number)s",
    "… and %(more)s more.": "… en nog %(more)s.",
    # Progress
    "Dividing the seats": "De plaatsen verdelen",
    "Writing": "Schrijven",
    # Progress
    ", %(minutes)s min left": ", nog %(minutes)s min",
    # The result
    "The result cannot be written in this form.": (
        "Het resultaat kan niet in deze vorm geschreven worden."
    ),
    "End the name with one of these: %(kinds)s.": (
        "Laat de naam eindigen op een van deze: %(kinds)s."
    ),
    "Nothing can be written there.": "Daar kan niets geschreven worden.",
    "Name a file in a folder that exists and that you may write in.": (
        "Noem een bestand in een map die bestaat en waarin je mag schrijven."
    ),
    "This file is one of those that are read.": ("Dit bestand wordt zelf gelezen."),
    "Give the result another name.": "Geef het resultaat een andere naam.",
    "The result could not be written (%(reason)s).": (
        "Het resultaat kon niet geschreven worden (%(reason)s)."
    ),
    "Make room, or give it another place.": "Maak ruimte, of geef het een andere plek.",
    "Written to %(out)s.": "Geschreven naar %(out)s.",
}

DUTCH: Final = {**SHARED, **ALLOCATE, **AUDIT, **LEARN, **MATCH}
"""Every English sentence with the Dutch one that says the same."""
