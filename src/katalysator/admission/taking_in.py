"""An application that is admitted becomes a participant, its promises, and somebody who manages it."""

from katalysator.admission.models import Application
from katalysator.coalition import verbs as people
from katalysator.coalition.models import FormerSlug, Membership, Organisation, Person
from katalysator.coalition.organisations import verbs as organisations
from katalysator.coalition.organisations.facts import OrganisationFacts
from katalysator.commitments.verbs import Promise, promise
from katalysator.core.actors import Actor
from katalysator.core.slugs import free_slug
from katalysator.core.translated import Translated


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
        slug=free_slug(application.name, otherwise="organisation", is_taken=_is_taken),
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
    return OrganisationFacts(
        name=known.name,
        kind=application.kind,
        region=application.region,
        city=application.city or known.city,
        kvk=application.kvk or known.kvk,
        website=application.website or known.website,
        contact=known.contact,
        about={**known.about, application.text_language: application.about},
        other_names=tuple(names),
        blocks=tuple(known.blocks),
        areas=tuple(sorted(areas)),
        mail_domains=tuple(known.mail_domains),
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


def _is_taken(slug: str) -> bool:
    """Whether an organisation has this address, or had it."""
    known = Organisation.objects.filter(slug=slug), FormerSlug.objects.filter(slug=slug)
    return any(each.exists() for each in known)
