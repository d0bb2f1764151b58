"""What can be done with a letter to many. Each verb is one transaction with its event."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from katalysator.bureau.mailing.merging import require_known
from katalysator.bureau.models import Mailing, MailingLetter
from katalysator.bureau.rules import require_bureau
from katalysator.bureau.workflow import MAILING
from katalysator.cleaning import plain_line, without_markup
from katalysator.coalition.acting import person_of
from katalysator.coalition.models import Membership, Organisation
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.rows import locked, require_sound
from katalysator.core.translated import Translated
from katalysator.faults import Conflict, InvalidInput, gettext_noop as _

BEFORE: Final = timedelta(minutes=10)
"""So long it can be stopped after it was sent."""
_GONE: Final = _("This letter is not here any more.")


@transaction.atomic
def write(
    organisations: Iterable[Organisation],
    *,
    by: Actor,
    subject: Mapping[str, str],
    text: Mapping[str, str],
    managers_only: bool = True,
) -> Mailing:
    """Write a letter to who speaks for these organisations, in one language or several. It is not sent yet.

    Who speaks for several of them gets it once. Raises InvalidInput where nobody would get it, where a language
    has half of it, and for words between braces that cannot be filled in; NotAllowed. Cost: some queries.
    """
    require_bureau(by)
    mailing = Mailing(author=person_of(by))
    _fill(mailing, subject, text)
    mailing.save()
    lines = _lines(mailing, organisations, managers_only=managers_only)
    if not lines:
        raise InvalidInput(
            "nobody-to-write-to",
            _("Nobody with an account speaks for these organisations."),
            hint=_("Choose other organisations, or write to everybody of them."),
        )
    MailingLetter.objects.bulk_create(lines, batch_size=1_000)
    audit.record("mailing.write", mailing, by=by, after={"letters": len(lines)})
    return mailing


@transaction.atomic
def edit(
    mailing: Mailing,
    *,
    by: Actor,
    subject: Mapping[str, str],
    text: Mapping[str, str],
    seen: int | None = None,
) -> Mailing:
    """Change what a letter says that was not sent. Raises InvalidInput, NotAllowed, Conflict."""
    row = _draft(mailing, by)
    audit.require_seen(row, seen)
    _fill(row, subject, text)
    row.save()
    audit.record("mailing.edit", row, by=by)
    return row


@transaction.atomic
def delete(mailing: Mailing, *, by: Actor) -> None:
    """Throw a letter away that was not sent. Raises NotAllowed, Conflict."""
    row = _draft(mailing, by)
    audit.record("mailing.delete", row, by=by)
    row.delete()


@transaction.atomic
def send(mailing: Mailing, *, by: Actor) -> Mailing:
    """Have it go out in ten minutes. Raises NotAllowed, Conflict."""
    return _move(mailing, "send", by, goes_at=timezone.now() + BEFORE)


@transaction.atomic
def stop(mailing: Mailing, *, by: Actor) -> Mailing:
    """Keep it in after all. Raises NotAllowed, Conflict where it went out."""
    return _move(mailing, "stop", by, goes_at=None)


@transaction.atomic
def let_go_out(mailing: Mailing, *, by: Actor) -> Mailing:
    """Let its letters be written; the jobs follow from the event. Raises NotAllowed, Conflict where it was stopped."""
    return _move(mailing, "go-out", by)


def _move(mailing: Mailing, deed: str, by: Actor, **fields: Any) -> Mailing:
    require_bureau(by, MAILING.step(deed).permission)
    row = locked(mailing, _GONE)
    before, step = row.state, MAILING.transition(row.state, deed)
    row.state = step.target
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=["state", *fields])
    audit.record_step(MAILING, deed, row, by=by, before=before)
    return row


def _draft(mailing: Mailing, by: Actor) -> Mailing:
    require_bureau(by)
    row = locked(mailing, _GONE)
    if row.state != MAILING.initial:
        raise Conflict("mailing-sent", _("This letter was sent already."))
    return row


def _fill(mailing: Mailing, subject: Mapping[str, str], text: Mapping[str, str]) -> None:
    """Put what it says into the row; who reads another language gets that of the house."""
    subjects = {each: plain_line(said) for each, said in subject.items() if plain_line(said)}
    texts = {each: without_markup(said) for each, said in text.items() if without_markup(said)}
    if not texts and not subjects:
        raise InvalidInput("letter-empty", _("Write a letter in at least one language."))
    for language in {*subjects, *texts}:
        for name, said in (("subject", subjects), ("text", texts)):
            if language not in said:
                raise InvalidInput(
                    "letter-half",
                    _("A letter has a subject and a text, in each language that it has."),
                ).at(f"{name}_{language}")
            require_known(said[language], f"{name}_{language}")
    mailing.subject, mailing.text = Translated(**subjects), Translated(**texts)
    require_sound(mailing)


def _lines(
    mailing: Mailing, organisations: Iterable[Organisation], *, managers_only: bool
) -> list[MailingLetter]:
    """A letter to each person, for the first of these organisations by name that the person speaks for."""
    chosen = [each.pk for each in organisations]
    found = Membership.objects.filter(organisation__in=chosen, person__is_active=True)
    if managers_only:
        found = found.filter(role=Membership.Role.MANAGER)
    pairs = found.order_by("-organisation__sort_name", "-pk").values_list("person", "organisation")
    return [
        MailingLetter(mailing=mailing, person_id=person, organisation_id=organisation)
        for person, organisation in dict(pairs).items()
    ]
