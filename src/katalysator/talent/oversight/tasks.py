"""Letters about lists of people: to who is invited, to who objected and to the bureau; and what titles find, measured."""

from typing import Final

from procrastinate.contrib.django import app

from katalysator.coalition.models import Person
from katalysator.core.jobs import LONG, RETRY, SHORT
from katalysator.faults import gettext_noop as _
from katalysator.notices.kinds import letter_kind
from katalysator.notices.writing import write
from katalysator.talent.models import ConsultedPerson, Objection
from katalysator.talent.oversight.titles import measure

OBJECTS: Final = letter_kind(
    "objections",
    _("Objections to lists of people"),
    to=lambda person: getattr(person, "is_coordinator", False),
)
ABOUT_ME: Final = letter_kind("lists-about-me", _("Lists of people in which I stood"))


@app.task(name="talent.measure_titles", queue=LONG, retry=RETRY)
def measure_titles(number: int, run: int) -> None:
    """Measure what titles find, in a large taxonomy."""
    measure(number, run)


@app.task(name="talent.tell_bureau_of_objection", queue=SHORT, retry=RETRY)
def tell_bureau(objection_id: int) -> None:
    """Write to the bureau that an objection waits, while it does."""
    objection = Objection.objects.open().filter(pk=objection_id).first()
    if objection is None:
        return
    page = ("objection", objection.pk)
    for person in Person.objects.filter(is_coordinator=True, is_active=True):
        write(
            OBJECTS, person, "talent/oversight/letters/objection.txt", page=page, due=objection.due
        )


@app.task(name="talent.tell_objector", queue=SHORT, retry=RETRY)
def tell_objector(objection_id: int) -> None:
    """Write to who objected what becomes of it."""
    found = Objection.objects.select_related("consulted__person", "consulted__consultation")
    objection = found.filter(pk=objection_id).first()
    if objection is None or objection.consulted.person is None:
        return
    write(
        ABOUT_ME,
        objection.consulted.person,
        "talent/oversight/letters/answer.txt",
        page=("lists-about-me",),
        objection=objection,
        opening=objection.consulted.consultation.opening,
    )


@app.task(name="talent.tell_invited", queue=SHORT, retry=RETRY)
def tell_invited(consulted_id: int) -> None:
    """Write to who is invited; their answer goes to who decided, who learns no address before they give it."""
    found = ConsultedPerson.objects.select_related(
        "person", "decided_by", "consultation__organisation"
    )
    row = found.filter(pk=consulted_id, decision=ConsultedPerson.Decision.INVITE).first()
    if row is None or row.person is None:
        return
    write(
        ABOUT_ME,
        row.person,
        "talent/oversight/letters/invited.txt",
        page=("lists-about-me",),
        answers_to=row.decided_by.email if row.decided_by else "",
        consultation=row.consultation,
        reason=row.reason,
    )
