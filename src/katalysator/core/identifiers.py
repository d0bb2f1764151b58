"""Public identifiers of organisations, read from what people paste; today the KvK number."""

import re

from katalysator.faults import InvalidInput, gettext_noop


def parse_kvk(text: str) -> str:
    """Read a number of the Dutch trade register, with any spaces and dots: eight digits.

    The register publishes no check digit, so a typing mistake of one digit cannot be seen here.
    Whether the organisation exists is for the register to say.
    """
    number = re.sub(r"[\s.-]", "", text)
    if not re.fullmatch("[0-9]{8}", number):
        raise InvalidInput(
            "kvk-format",
            gettext_noop("“%(text)s” is not a KvK number: that has eight digits."),
            hint=gettext_noop("Check whether a spreadsheet dropped the zero in front."),
            text=text,
        )
    return number
