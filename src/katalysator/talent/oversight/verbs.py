"""What can be done with lists of people. Each verb is one transaction with its event, in a chain of its own."""

import secrets
from collections.abc import Sequence
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from katalysator import __version__
from katalysator.cleaning import plain_line, without_markup
from katalysator.coalition.acting import person_of
from katalysator.coalition.models import Organisation, Person
from katalysator.coalition.workflow import CHANGE_ACCOUNT
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.lengths import require_short, said
from katalysator.core.rows import locked, require_sound
from katalysator.engine.skills import Taxonomy
from katalysator.faults import Conflict, InvalidInput, gettext_noop as _
from katalysator.talent.models import (
    Consultation,
    ConsultedPerson,
    ListStop,
    Objection,
    TaxonomyVersion,
    TitleMeasurement,
    VolunteeredGroup,
)
from katalysator.talent.oversight import ranking
from katalysator.talent.oversight.ranking import METHOD, TalentCandidate
from katalysator.talent.oversight.replay import Replayed, replayed
from katalysator.talent.oversight.rules import require
from katalysator.talent.oversight.workflow import (
    ANSWERED_WITHIN,
    CONSULT,
    OBJECT,
    OBJECTION,
    REPLAY,
    STOP,
)
from katalysator.talent.taxonomies.current import current_taxonomy, taxonomy_by
from katalysator.talent.taxonomies.finders import titles_found

CHAIN: Final = "talent-oversight"
MOST_PEOPLE: Final = 500
"""So many people stand in a list at most: of more nobody looks at each."""
FEWEST_WORDS: Final = 3
"""A reason has so many words at least."""
_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that look alike
_KEY: Final = 6
_GONE: Final = _("This is not here any more.")


@transaction.atomic
def consult(
    organisation: Organisation,
    *,
    by: Actor,
    purpose: str,
    opening: str,
    occupation: str,
    candidates: Sequence[TalentCandidate],
) -> Consultation:
    """Make a list of people for work, and keep what it was made of and what it shows.

    `occupation` is a label or a key in the taxonomy that is used. Raises InvalidInput, NotAllowed, Conflict where lists are
    switched off or no taxonomy is used.
    """
    require(by, CONSULT, organisation)
    _require_on()
    version = TaxonomyVersion.objects.filter(is_current=True).defer("content").first()
    if version is None:
        raise Conflict("no-taxonomy", _("No taxonomy of work has been taken in yet."))
    taxonomy = taxonomy_by(version.digest)
    chosen = _occupation(taxonomy, occupation)
    _require_some(candidates)
    people = dict(zip(_keys(len(candidates)), candidates, strict=True))
    held = {key: dict(each.skills) for key, each in people.items()}
    lines = ranking.lines_of(taxonomy, chosen, held)
    made = Consultation(
        organisation=organisation,
        viewer=person_of(by),
        purpose=purpose,
        opening=plain_line(opening),
        occupation=chosen,
        taxonomy=version.digest,
        method=METHOD,
        engine=__version__,
        input_digest=ranking.input_digest(version.digest, METHOD, chosen, held),
        shown_digest=ranking.shown_digest(lines),
    )
    require_sound(made)
    made.save()
    ConsultedPerson.objects.bulk_create(
        ConsultedPerson(
            consultation=made,
            person_id=people[line.key].person,
            key=line.key,
            held=held[line.key],
            has=list(line.has),
            lacks=list(line.lacks),
            gained=line.gained,
            asked=line.asked,
        )
        for line in lines
    )
    told = {
        name: getattr(made, name)
        for name in (
            "purpose",
            "occupation",
            "taxonomy",
            "method",
            "engine",
            "input_digest",
            "shown_digest",
        )
    }
    _record("consultation.make", made, by=by, after={**told, "people": len(lines)})
    return made


@transaction.atomic
def show_scores(consultation: Consultation, *, by: Actor) -> Consultation:
    """Ask for figures beside the evidence of a list, which is written down. Raises NotAllowed, Conflict."""
    row = locked(consultation, _GONE)
    require(by, CONSULT, row.organisation)
    _require_on()
    if row.scores_at is None:
        row.scores_at = timezone.now()
        row.save(update_fields=["scores_at"])
    _record("consultation.show-scores", row, by=by)
    return row


@transaction.atomic
def decide(consulted: ConsultedPerson, decision: str, *, by: Actor, reason: str) -> ConsultedPerson:
    """Decide on one person of a list, with the reason, which they can read. A person decides, and nothing else does.

    Raises InvalidInput, NotAllowed, Conflict where the person was erased or lists are switched off.
    """
    row = locked(consulted, _GONE)
    require(by, CONSULT, row.consultation.organisation)
    person = person_of(by)
    if person is None:
        raise Conflict("only-people-decide", _("Only a person decides about people."))
    _require_on()
    if row.person_id is None:
        raise Conflict("person-erased", _("This person is not here any more."))
    before = row.decision
    row.decision, row.reason = decision, _reason(reason)
    row.decided_by, row.decided_at = person, timezone.now()
    if not decision:
        raise InvalidInput("decision", _("Choose what you decide.")).at("decision")
    require_sound(row)
    row.save()
    _record(
        "consulted.decide",
        row,
        by=by,
        before={"decision": before},
        after={"decision": decision, "list": row.consultation_id},
    )
    return row


@transaction.atomic
def replay(consultation: Consultation, *, by: Actor) -> Replayed:
    """Make a list again of what was kept of it, and say whether it is the same. Raises NotAllowed."""
    require(by, REPLAY)
    found = replayed(consultation)
    _record(
        "consultation.replay",
        consultation,
        by=by,
        after={"same": found.is_same, "differs": list(found.codes)},
    )
    return found


@transaction.atomic
def object_to(consulted: ConsultedPerson, *, by: Actor, text: str) -> Objection:
    """Object to a list that one stood in, or to what was decided. Raises InvalidInput, NotAllowed, Conflict."""
    row = locked(consulted, _GONE)
    require(by, OBJECT, row)
    if Objection.objects.filter(consulted=row).exists():
        raise Conflict("objected-already", _("You objected already. The bureau answers you."))
    due = timezone.localdate() + ANSWERED_WITHIN
    plain = said(text, _("Say what is not right."), Objection, "text")
    made = Objection(consulted=row, text=plain, due=due)
    require_sound(made)
    made.save()
    _record("objection.make", made, by=by, after={"due": due.isoformat()})
    return made


@transaction.atomic
def move_objection(objection: Objection, deed: str, *, by: Actor, answer: str = "") -> Objection:
    """Look into an objection, uphold it or reject it: the latter two with a reason. Raises InvalidInput, NotAllowed, Conflict."""
    step = OBJECTION.step(deed)
    require(by, step.permission)
    row = locked(objection, _GONE)
    before, row.state = row.state, OBJECTION.transition(row.state, deed).target
    if not row.is_open:
        row.answer = _reason(answer, "answer")
        require_short(row.answer, Objection, "answer")
        row.answered_by, row.answered_at = person_of(by), timezone.now()
    require_sound(row)
    row.save()
    _record(
        OBJECTION.audit_verb(deed), row, by=by, before={"state": before}, after={"state": row.state}
    )
    return row


@transaction.atomic
def stop(*, by: Actor, reason: str) -> ListStop:
    """Switch lists of people off for everybody. Raises InvalidInput, NotAllowed, Conflict."""
    require(by, STOP)
    if ListStop.objects.now() is not None:
        raise Conflict("stopped-already", _("Lists of people are switched off already."))
    made = ListStop(by=person_of(by), reason=_reason(reason))
    require_sound(made)
    made.save()
    audit.record("lists.stop", made, by=by, chain=CHAIN, reason=made.reason)
    return made


@transaction.atomic
def resume(*, by: Actor, reason: str) -> None:
    """Switch lists of people on again. Raises InvalidInput, NotAllowed, Conflict."""
    require(by, STOP)
    row = ListStop.objects.select_for_update().filter(ended_at=None).first()
    if row is None:
        raise Conflict("not-stopped", _("Lists of people are not switched off."))
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    audit.record("lists.resume", row, by=by, chain=CHAIN, reason=_reason(reason))


@transaction.atomic
def volunteer(person: Person, *, by: Actor, gender: str = "", age: str = "") -> None:
    """Tell of oneself, so that it can be seen whether groups fare alike; nothing told is taken back. Raises InvalidInput, NotAllowed."""
    require(by, CHANGE_ACCOUNT, person)
    VolunteeredGroup.objects.filter(person=person).delete()
    if gender or age:
        made = VolunteeredGroup(person=person, gender=gender, age=age)
        require_sound(made)
        made.save()
    audit.record("person.volunteer-group", person, by=by, chain=CHAIN)


@transaction.atomic
def measure_titles(*, by: Actor) -> TitleMeasurement:
    """Let it be measured whether titles find the same in all forms and languages, in the taxonomy in use.

    A new request takes the place of one that is not done yet. Raises NotAllowed, Conflict.
    """
    require(by, REPLAY)
    version, taxonomy = (
        TaxonomyVersion.objects.current().defer("content").first(),
        current_taxonomy(),
    )
    if version is None or taxonomy is None:
        raise Conflict("no-taxonomy", _("No taxonomy of work has been taken in yet."))
    if titles_found(taxonomy) is None:
        raise Conflict(
            "not-laid-out",
            _("The taxonomy is still being made ready for searching."),
            hint=_("Try again in a minute."),
        )
    row, _made = TitleMeasurement.objects.select_for_update().get_or_create(digest=version.digest)
    row.run, row.runs, row.done, row.of = row.run + 1, True, 0, 0
    row.save()
    _record("titles.measure", row, by=by, after={"taxonomy": version.digest, "run": row.run})
    return row


def _require_on() -> None:
    if (off := ListStop.objects.now()) is not None:
        raise Conflict(
            "lists-stopped",
            _("The bureau switched lists of people off."),
            hint=_("Its reason: %(reason)s"),
            reason=off.reason,
        )


def _require_some(candidates: Sequence[TalentCandidate]) -> None:
    if not candidates:
        raise Conflict(
            "nobody-lets-you",
            _("Nobody lets your organisation look for this purpose."),
            hint=_("People say themselves who may see their skills, and for what."),
        )
    if len(candidates) > MOST_PEOPLE:
        raise Conflict(
            "too-many-people",
            _("These are %(people)s people, too many to look at each."),
            hint=_("A list has %(most)s people at most."),
            people=len(candidates),
            most=MOST_PEOPLE,
        )


def _occupation(taxonomy: Taxonomy, told: str) -> str:
    plain = plain_line(told)
    if plain in taxonomy.occupations.row:
        return plain
    wanted = plain.casefold()
    for rows in taxonomy.occupations.labels.values():
        for row, labels in enumerate(rows):
            if wanted and wanted in map(str.casefold, labels):
                return taxonomy.occupations.keys[row]
    raise InvalidInput(
        "occupation-unknown",
        _("“%(said)s” is not an occupation that we know."),
        hint=_("Write it as it stands on the page of that work."),
        said=plain,
    ).at("occupation")


def _reason(text: str, field: str = "reason") -> str:
    plain = without_markup(text)
    if len(plain.split()) < FEWEST_WORDS:
        raise InvalidInput(
            "reason-short",
            _("Say why in some words."),
            hint=_("Who it is about reads it, and must be able to follow it."),
        ).at(field)
    return plain


def _keys(count: int) -> list[str]:
    """Random keys in their order, none twice: who reads them in order learns nothing."""
    found: set[str] = set()
    while len(found) < count:
        found.add("".join(secrets.choice(_LETTERS) for _each in range(_KEY)))
    shuffled = list(found)
    secrets.SystemRandom().shuffle(shuffled)
    return shuffled


def _record(verb: str, subject: Any, *, by: Actor, **told: Any) -> None:
    audit.record(verb, subject, by=by, chain=CHAIN, **told)
