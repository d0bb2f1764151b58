"""What becomes of the rows of a sheet of people: who is invited, and who gets another role."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from katalysator.admission.models import Joining
from katalysator.coalition.importing.known import KnownOrganisations, MeantOrganisation
from katalysator.coalition.models import Membership, Organisation
from katalysator.core.email_addresses import require_email
from katalysator.core.language import as_language
from katalysator.faults import InvalidInput
from katalysator.importing.plan import Planning
from katalysator.importing.rows import SheetRow


@dataclass(frozen=True, slots=True)
class PeopleTarget:
    """What people are where the sheet does not say it."""

    role: str = Membership.Role.MEMBER.value
    language: str = "nl"


@dataclass(slots=True)
class PeoplePlanning(Planning):
    """Goes by the rows: each is about one address and one organisation."""

    known: KnownOrganisations
    target: PeopleTarget
    memberships: Mapping[tuple[int, str], Membership]
    joinings: Mapping[tuple[int, str], Joining]
    owners: dict[int, Organisation] = field(default_factory=dict)

    leading = "email"

    def found(self, row: SheetRow) -> Membership | Joining | None:
        """Who speaks for the organisation already, or is invited or asks to."""
        address = _address(row)
        try:
            owner = self.known.participant(row.said.get("organisation", ""))
        except InvalidInput as error:
            raise error.at("organisation") from None
        self.owners[row.line.number] = owner
        return self.memberships.get((owner.pk, address)) or self.joinings.get((owner.pk, address))

    def made(self, row: SheetRow) -> Joining:
        """An invitation."""
        return Joining(
            organisation=self.owners[row.line.number],
            email=_address(row),
            state="invited",
            role=self.target.role,
            language=self.target.language,
        )

    def fill(self, record: Membership | Joining, row: SheetRow, *, is_new: bool) -> None:
        """The role that the row says; the language of a letter that is still to be sent."""
        record.role = row.said.get("role", (record.role,))[0]
        if is_new and isinstance(record, Joining) and "language" in row.said:
            record.language = as_language(row.said["language"][0])

    def facts(self, record: Membership | Joining) -> Mapping[str, Any]:
        """As the audit trail has it, which holds no address."""
        owner = self.known.by_pk[record.organisation_id]
        return {"organisation": owner.slug, "role": str(record.role)}

    def about(self, row: SheetRow) -> Sequence[Hashable]:
        """The address with the organisation."""
        return [(self.owners[row.line.number].pk, _address(row))]


def planning_of(
    rows: Sequence[SheetRow], target: PeopleTarget, source: str, *, locked: bool
) -> PeoplePlanning:
    """Ask for all that rows may be about. Cost: seven queries."""
    known = KnownOrganisations.of(map(wanted_of, rows), source, locked=locked)
    addresses = {each.lower() for row in rows for each in row.said.get("email", ())[:1]}
    owners = [each.pk for each in known.rows]
    members = Membership.objects.filter(organisation__in=owners, person__email__in=addresses)
    joinings = Joining.objects.open().filter(organisation__in=owners, email__in=addresses)
    if locked:
        joinings = joinings.select_for_update(of=("self",))
    by_member = {
        (each.organisation_id, each.person.email): each
        for each in members.select_related("person", "organisation")
    }
    by_joining = {(each.organisation_id, each.email): each for each in joinings}
    return PeoplePlanning(known, target, by_member, by_joining)


def wanted_of(row: SheetRow) -> MeantOrganisation:
    """The organisation: by its name, or its address on this site."""
    said = row.said.get("organisation", "")
    return MeantOrganisation(name=said, slug=said)


def title_of(record: Membership | Joining) -> str:
    """Who it is about."""
    address = record.email if isinstance(record, Joining) else record.person.email
    return f"{address} · {record.organisation.name}"


def memberships_in(records: Iterable[Any]) -> list[Membership]:
    """Those who speak for an organisation already."""
    return [each for each in records if isinstance(each, Membership)]


def _address(row: SheetRow) -> str:
    address = str(row.said["email"][0]).lower()
    try:
        require_email(address)
    except InvalidInput as error:
        raise error.at("email") from None
    return address
