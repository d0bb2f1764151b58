"""An application that is admitted becomes a participant, its promises, and somebody who manages it."""

from katalysator.admission.models import Application
from katalysator.coalition import verbs as people
from katalysator.coalition.duplicates import alike
from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.coalition.organisations import verbs as organisations
from katalysator.coalition.organisations.facts import OrganisationFacts, facts_of
from katalysator.coalition.queries import OrganisationQuerySet
from katalysator.coalition.slugs import free_slug, taken_slugs
from katalysator.commitments.verbs import Promise, promise
from katalysator.core.actors import Actor
from katalysator.core.translated import Translated


def records_like(application: Application) -> OrganisationQuerySet:
    """Organisations of the directory that an applicant may be: of this name, number or site, or the one it names."""
    named_alike = alike(name=application.name, kvk=application.kvk, website=application.website)
    known = Organisation.objects.filter(applications=application)
    found: OrganisationQuerySet = (named_alike | known).distinct()
    return found


def take_in(application: Application, known: Organisation | None, *, by: Actor) -> Organisation:
    """The participant that an application becomes. Raises InvalidInput, Conflict, NotAllowed."""
    if known is None:
        organisation = _new(application, by)
    else:
        organisation = organisations.edit(known, by=by, facts=_renewed(application, known))
    organisation = organisations.move(organisation, "join", by=by)
    said = {kind: Promise(amount, note) for kind, (amount, note) in application.promises.items()}
    promise(organisation, by=by, promises=said)
    _give_manager(application, organisation, by)
    return organisation


def _new(application: Application, by: Actor) -> Organisation:
    made = Organisation(
        slug=free_slug(application.name, taken_slugs()),
        name=application.name,
        kind=application.kind,
        region=application.region,
        city=application.city,
        kvk=application.kvk,
        website=application.website,
        about=Translated(**{application.text_language: application.about}),
    )
    return people.register(made, by=by, areas=application.areas, reason="application")


def _renewed(application: Application, known: Organisation) -> OrganisationFacts:
    """What is known of an organisation, and what it says of itself now; its name there stays."""
    names = dict.fromkeys([*known.other_names, application.name])
    names.pop(known.name, None)
    areas = {*known.areas.values_list("slug", flat=True), *application.areas}
    said = {name: getattr(application, name) for name in ("city", "kvk", "website")}
    return facts_of(
        known,
        **{name: text for name, text in said.items() if text},
        kind=application.kind,
        region=application.region,
        about={application.text_language: application.about},
        other_names=tuple(names),
        areas=tuple(sorted(areas)),
    )


def _give_manager(application: Application, organisation: Organisation, by: Actor) -> None:
    """Who applied manages it, with an account that is made where there is none."""
    manager = Membership.Role.MANAGER
    person = Person.objects.filter(email=application.email).first()
    if person is None:
        people.admit(
            application.email,
            by=by,
            organisation=organisation,
            role=manager,
            language=application.language,
        )
        return
    Membership.objects.update_or_create(
        person=person, organisation=organisation, defaults={"role": manager}
    )
