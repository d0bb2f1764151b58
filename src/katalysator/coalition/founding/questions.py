"""What a coalition is asked of itself, declared once: for the terminal, a file and the page of the bureau.

Every answer is text; some have a line for each of several things.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.forms import URLField

from katalysator.cleaning import plain_line
from katalysator.coalition.founding import lines
from katalysator.coalition.founding.contrast import INK, PAPER, read_colour, require_readable
from katalysator.coalition.founding.facts import CoalitionFacts, KnownCoalition
from katalysator.coalition.founding.models import LISTING_DAYS, Coalition
from katalysator.core.email_addresses import require_email
from katalysator.core.language import languages
from katalysator.core.lengths import require_short
from katalysator.faults import InvalidInput, Refused, gettext_noop as _

_FEWEST, _MOST = 7, 366  # days that needs and offers are open

Read = Callable[[str, str, KnownCoalition], Any]
"""The value of an answer to a question of this name, beside what is known."""


@dataclass(frozen=True, slots=True)
class FoundingQuestion:
    """One question: the part of `CoalitionFacts` it is about, its words, and how an answer is read."""

    name: str
    label: str
    help: str
    read: Read
    in_lines: bool = False
    required: bool = False

    def answered(self, answer: str, known: KnownCoalition) -> Any:
        """What an answer says. Raises InvalidInput at the name of the question."""
        if self.required and not answer.strip():
            raise InvalidInput("answer-missing", _("This cannot be left out.")).at(self.name)
        try:
            return self.read(self.name, answer.strip(), known)
        except InvalidInput as error:
            raise error.at(self.name) from None


def _line(name: str, answer: str, _known: KnownCoalition) -> str:
    text = plain_line(answer)
    require_short(text, Coalition, name)
    return text


def _email(name: str, answer: str, known: KnownCoalition) -> str:
    address = _line(name, answer, known)
    if address:
        require_email(address)
    return address


def _email_or_page(name: str, answer: str, known: KnownCoalition) -> str:
    return _email(name, answer, known) if "@" in answer else _page(name, answer, known)


def _page(name: str, answer: str, known: KnownCoalition) -> str:
    try:
        return _line(
            name, str(URLField(required=False, assume_scheme="https").clean(answer)), known
        )
    except ValidationError:
        raise InvalidInput(
            "page",
            _("“%(text)s” is not the address of a page."),
            hint=_("Write it as https://voorbeeld.nl."),
            text=answer,
        ) from None


def _languages(_name: str, answer: str, _known: KnownCoalition) -> tuple[str, ...]:
    said = tuple(dict.fromkeys(answer.replace(",", " ").lower().split()))
    if unknown := [each for each in said if each not in languages()]:
        raise InvalidInput(
            "language",
            _("There are no pages in “%(language)s”."),
            hint=_("Choose from: %(known)s."),
            language=unknown[0],
            known=languages(),
        )
    return said


def _accent(_name: str, answer: str, _known: KnownCoalition) -> str:
    """The colour of buttons: dark text must be readable on it."""
    if not answer:
        return ""
    colour = read_colour(answer)
    require_readable(INK, colour, colour)
    return colour


def _accent_dark(_name: str, answer: str, _known: KnownCoalition) -> str:
    """The colour of text: it must be readable on the page."""
    if not answer:
        return ""
    colour = read_colour(answer)
    require_readable(colour, PAPER, colour)
    return colour


def _accessibility(_name: str, answer: str, _known: KnownCoalition) -> str:
    said = answer.lower() or "unknown"
    if said not in Coalition.Accessibility.values:
        raise InvalidInput(
            "accessibility",
            _("“%(text)s” is none of the answers."),
            hint=_("Choose from: %(known)s."),
            text=answer,
            known=tuple(Coalition.Accessibility.values),
        )
    return said


def _days(_name: str, answer: str, _known: KnownCoalition) -> int:
    """For how many days needs and offers are open; the usual number where nothing is said."""
    if not answer:
        return LISTING_DAYS
    if not (
        answer.isascii()
        and answer.isdigit()
        and len(answer) <= 3
        and _FEWEST <= int(answer) <= _MOST
    ):
        raise InvalidInput(
            "days",
            _("“%(text)s” is no number of days from %(least)s to %(most)s."),
            text=answer,
            least=_FEWEST,
            most=_MOST,
        )
    return int(answer)


def _filled(answer: str) -> list[str]:
    return [line.strip() for line in answer.splitlines() if line.strip()]


QUESTIONS: Final = (
    FoundingQuestion("name", _("Name of the coalition"), _("As people call it."), _line, required=True),
    FoundingQuestion(
        "languages", _("Languages of the site"), _("Their codes, the first one first: nl, en."), _languages, required=True,
    ),
    FoundingQuestion(
        "areas", _("Areas"), _("A line for each: the Dutch name | the English name."),
        lambda _n, answer, known: lines.read_areas(_filled(answer), known.areas), in_lines=True, required=True,
    ),
    FoundingQuestion(
        "hubs", _("Hubs"), _("A line for each: name | regions | source. Such as: Hub East | Gelderland, Overijssel"),
        lambda _n, answer, known: lines.read_hubs(_filled(answer), known.hubs), in_lines=True,
    ),
    FoundingQuestion(
        "targets", _("Targets"), _("A line for each: what | number | source. Such as: Labs | 20 | Plan of 2026"),
        lambda _n, answer, _k: lines.read_targets(_filled(answer)), in_lines=True,
    ),
    FoundingQuestion(
        "contact", _("Address for questions"), _("Of the bureau, not of a person: everybody sees it."), _email, required=True,
    ),
    FoundingQuestion("logo_text", _("Text beside the logo"), _("Empty: the name of the coalition."), _line),
    FoundingQuestion("accent", _("Colour of buttons"), _("Such as #f77f00: dark text stands on it. Empty: ours."), _accent),
    FoundingQuestion(
        "accent_dark", _("Colour of text that stands out"), _("Such as #a84b00: it stands on the light page. Empty: ours."), _accent_dark,
    ),
    FoundingQuestion(
        "responsible", _("Who is responsible for personal data"), _("The organisation, with its place."), _line,
    ),
    FoundingQuestion("officer", _("Address of the data protection officer"), _("Everybody sees it."), _email),
    FoundingQuestion(
        "security", _("Where to report a weak spot"),
        _("An e-mail address or a page. Empty: the address for questions."), _email_or_page,
    ),
    FoundingQuestion(
        "accessibility", _("Does the site comply with WCAG 2.2 AA?"), _("One of: unknown, none, partial, full."), _accessibility,
    ),
    FoundingQuestion(
        "audited_on", _("Day of the last examination of accessibility"), _("Such as 2026-03-31."),
        lambda _n, answer, _k: lines.read_day(answer),
    ),
    FoundingQuestion("audit_report", _("Page with the report of it"), _("Such as https://voorbeeld.nl/report."), _page),
    FoundingQuestion(
        "problems", _("What is not accessible yet"), _("A line for each: problem | measure | when."),
        lambda _n, answer, _k: lines.read_problems(_filled(answer)), in_lines=True,
    ),
    FoundingQuestion(
        "listing_days", _("How many days a need or offer is open"),
        _("Who posts it may choose another day. Empty: 180."), _days,
    ),
)  # fmt: skip


def read(answers: Mapping[str, str], known: KnownCoalition) -> CoalitionFacts:
    """What all answers say. Raises Refused with all that is wrong."""
    found: dict[str, Any] = {}
    wrong: list[InvalidInput] = []
    for question in QUESTIONS:
        try:
            found[question.name] = question.answered(answers.get(question.name, ""), known)
        except InvalidInput as error:
            wrong.append(error)
    if wrong:
        raise Refused(*wrong)
    return CoalitionFacts(**found)


def answers_of(known: KnownCoalition) -> dict[str, str]:
    """The answers that say what is there now, by the names of their questions."""
    row = known.row
    plain = ("name", "contact", "logo_text", "accent", "accent_dark", "responsible", "officer")
    said = {
        name: str(getattr(row, name))
        for name in (*plain, "security", "accessibility", "audit_report", "listing_days")
    }
    return said | {
        "languages": ", ".join(row.languages or languages()),
        "areas": "\n".join(map(lines.area_line, known.areas)),
        "hubs": "\n".join(map(lines.hub_line, known.hubs)),
        "targets": _listed(row.targets, ("name", "number", "source")),
        "audited_on": row.audited_on.isoformat() if row.audited_on else "",
        "problems": _listed(row.problems, ("problem", "measure", "planned")),
    }


def _listed(records: Sequence[Mapping[str, str]], names: Sequence[str]) -> str:
    return "\n".join(lines.joined([record.get(name, "") for name in names]) for record in records)
