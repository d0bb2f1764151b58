"""What can be done with those who speak for an organisation. Each verb is one transaction with its event."""

from django.db import transaction

from katalysator.cleaning import plain_line
from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.coalition.organisations.rows import locked
from katalysator.coalition.people.leaving import give_all, needs_heir
from katalysator.coalition.rules import require_editor
from katalysator.coalition.verbs import erase
from katalysator.coalition.workflow import CHANGE_ACCOUNT, MANAGE, PRESENT
from katalysator.core import audit, rows
from katalysator.core.actors import Actor, permits
from katalysator.core.language import language_choices
from katalysator.core.lengths import require_short
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop as _
from katalysator.search.models import READ


@transaction.atomic
def speak_for(
    organisation: Organisation, person: Person, *, by: Actor, role: Membership.Role
) -> Membership:
    """Let a person speak for an organisation; who does so already gets the role. Raises NotAllowed."""
    row = locked(organisation)
    require_editor(row, by, MANAGE)
    made, _created = Membership.objects.update_or_create(
        organisation=row, person=person, defaults={"role": role}
    )
    audit.record("person.join", person, by=by, after={"organisation": row.slug, "role": str(role)})
    return made


@transaction.atomic
def give_role(membership: Membership, *, by: Actor, role: str) -> Membership:
    """Give somebody another role. Raises InvalidInput, NotAllowed, and Conflict where nobody would manage any more."""
    row = _locked(membership)
    require_editor(row.organisation, by, MANAGE)
    if role not in Membership.Role.values:
        raise InvalidInput("role", _("There is no role “%(role)s”."), role=role).at("role")
    if role != Membership.Role.MANAGER:
        _require_another_manager(row)
    before, row.role = row.role, role
    row.save(update_fields=["role"])
    audit.record(
        "person.give-role",
        row.person,
        by=by,
        before={"organisation": row.organisation.slug, "role": before},
        after={"role": row.role},
    )
    return row


@transaction.atomic
def part(membership: Membership, *, by: Actor) -> None:
    """End that somebody speaks for an organisation: by a manager, or by oneself.

    What they wrote for it stays. Raises NotAllowed, and Conflict where nobody would manage it any more.
    """
    row = _locked(membership)
    if not permits(by, PRESENT, row):
        require_editor(row.organisation, by, MANAGE)
    _require_another_manager(row)
    audit.record(
        "person.part",
        row.person,
        by=by,
        before={"organisation": row.organisation.slug, "role": row.role},
    )
    row.delete()


@transaction.atomic
def present(membership: Membership, *, by: Actor, name: str, function: str) -> Membership:
    """Show oneself on the organisation's page by a name, or, without one, no longer. Raises InvalidInput, NotAllowed."""
    row = _locked(membership)
    if not permits(by, PRESENT, row):
        raise NotAllowed("not-yourself", _("People say themselves how they are shown."))
    row.name, row.function = plain_line(name), plain_line(function)
    require_short(row.name, Membership, "name")
    require_short(row.function, Membership, "function")
    if row.function and not row.name:
        raise InvalidInput(
            "name", _("Give a name too."), hint=_("Or leave both empty, not to be shown.")
        ).at("name")
    row.forget_reading()
    row.save(update_fields=["name", "function", *READ])
    audit.record(
        "person.present",
        row.person,
        by=by,
        after={"organisation": row.organisation.slug},
        personal={"name": row.name, "function": row.function},
    )
    return row


@transaction.atomic
def hand_over(membership: Membership, heir: Membership, *, by: Actor) -> Membership:
    """Let a colleague take over from somebody, who parts: the role, and all that rooms know of; see `leaving`.

    By a manager, or by oneself. Raises NotAllowed, and Conflict where they are not two of one organisation.
    """
    row = _locked(membership)
    if not permits(by, PRESENT, row):
        require_editor(row.organisation, by, MANAGE)
    taker = rows.locked(heir, _("This person does not speak for the organisation any more."))
    if taker.organisation_id != row.organisation_id or taker.pk == row.pk:
        raise Conflict("not-a-colleague", _("Choose a colleague of the same organisation."))
    before = {"organisation": row.organisation.slug, "role": row.role}
    if row.role == Membership.Role.MANAGER:
        taker.role = row.role
        taker.save(update_fields=["role"])
    give_all(row, taker)
    audit.record(
        "person.hand-over", row.person, by=by, before=before, after={"to": taker.person_id}
    )
    row.delete()
    return taker


@transaction.atomic
def choose_language(person: Person, language: str, *, by: Actor) -> None:
    """Say in which language the house writes to a person. Raises InvalidInput, NotAllowed."""
    _allow_account(by, person)
    if language not in dict(language_choices()):
        raise InvalidInput("language", _("We do not write in that language.")).at("language")
    person.language = language
    person.save(update_fields=["language"])
    audit.record("person.choose-language", person, by=by)


@transaction.atomic
def close_account(person: Person, *, by: Actor) -> None:
    """Delete one's own account, with all that is known of oneself: see `coalition.verbs.erase`.

    Raises NotAllowed, and Conflict where colleagues or the coalition would be left without anybody who manages.
    """
    _allow_account(by, person)
    Person.objects.select_for_update().filter(is_coordinator=True).count()  # one after the other
    for membership in person.memberships.select_related("organisation"):
        _require_another_manager(_locked(membership))
    others = Person.objects.filter(is_coordinator=True, is_active=True).exclude(pk=person.pk)
    if person.is_coordinator and not others.exists():
        raise Conflict(
            "last-coordinator",
            _("Nobody else runs this coalition."),
            hint=_("Make somebody else a coordinator first."),
        )
    erase(person, by=by)


def _locked(membership: Membership) -> Membership:
    locked(membership.organisation)  # so that of two who part at once one is still a manager
    gone = _("This person does not speak for the organisation any more.")
    return rows.locked(membership, gone)


def _require_another_manager(membership: Membership) -> None:
    """Refuse to leave an organisation without anybody who manages it, while others speak for it."""
    is_manager = membership.role == Membership.Role.MANAGER
    if is_manager and needs_heir(membership.organisation, membership.person):
        raise Conflict(
            "last-manager",
            _("Nobody else manages %(name)s."),
            hint=_("Make somebody else a manager first."),
            name=membership.organisation.name,
        )


def _allow_account(by: Actor, person: Person) -> None:
    if not permits(by, CHANGE_ACCOUNT, person):
        raise NotAllowed("not-your-account", _("This is not your account."))
