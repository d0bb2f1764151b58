"""Public identifiers of organisations and of works, read from what people paste."""

import re
from typing import Final
from urllib.parse import quote

from katalysator.faults import InvalidInput, gettext_noop

_DOI: Final = re.compile(r"10\.[0-9]{4,9}/[!-~]{1,150}")
_ARXIV: Final = re.compile(r"[0-9]{4}\.[0-9]{4,5}(v[0-9]{1,2})?")
_BEFORE: Final = re.compile(
    r"(https?://)?(www\.)?((dx\.)?doi\.org/|arxiv\.org/(abs|pdf)/|(doi|arxiv|isbn)(-13)?\s*:?\s*)+",
    re.IGNORECASE,
)


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


def parse_work(text: str) -> str:
    """Read what a publication is known by, as people paste it: such as “doi:10.1000/182”.

    A DOI, an arXiv number, or an ISBN of 13 digits whose check digit is right. DOIs make no difference
    between capitals and others, and are kept in small letters. Whether the work exists is not looked up.
    Raises InvalidInput.
    """
    given = text.strip()
    number = _BEFORE.sub("", given, count=1) if _BEFORE.match(given) else given
    if _DOI.fullmatch(number):
        return f"doi:{number.lower()}"
    if _ARXIV.fullmatch(number.removesuffix(".pdf")):
        return f"arxiv:{number.removesuffix('.pdf')}"
    digits = re.sub(r"[\s-]", "", number)
    if re.fullmatch("97[89][0-9]{10}", digits) and _is_isbn(digits):
        return f"isbn:{digits}"
    raise InvalidInput(
        "work-format",
        gettext_noop("“%(text)s” is not a DOI, an arXiv number or an ISBN of 13 digits."),
        hint=gettext_noop("A DOI begins with “10.”; check each digit of an ISBN."),
        text=text,
    )


def work_address(work: str) -> str:
    """Where a work is found, by what `parse_work` made of its identifier; nothing for a book."""
    kind, _colon, number = work.partition(":")
    places = {"doi": "https://doi.org/", "arxiv": "https://arxiv.org/abs/"}
    return f"{places[kind]}{quote(number, safe='/:;()._-')}" if kind in places else ""


def _is_isbn(digits: str) -> bool:
    """Whether the last of 13 digits is right: one and three times each in turn, in all a multiple of ten."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return total % 10 == 0
