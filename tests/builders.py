"""Small makers of records, for tests: sensible by default, anything can be said otherwise."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone
from rules.permissions import permissions

from katalysator.activities import verbs as activities
from katalysator.activities.facts import ActivityFacts
from katalysator.activities.models import Activity
from katalysator.admission import verbs as admission
from katalysator.admission.joining import verbs as joinings
from katalysator.admission.models import Application, Joining
from katalysator.admission.verbs import Applicant
from katalysator.coalition.models import Area, Membership, Organisation, Person
from katalysator.commitments.verbs import Promise
from katalysator.core.actors import CLOCK, Actor, System
from katalysator.core.terms import Several
from katalysator.core.translated import Translated
from katalysator.groups import verbs as groups
from katalysator.groups.facts import GroupFacts
from katalysator.groups.models import WorkingGroup
from katalysator.knowledge import verbs as knowledge
from katalysator.knowledge.contents import KnowledgeContent
from katalysator.knowledge.models import KnowledgeItem
from katalysator.listings import verbs
from katalysator.listings.contents import Content
from katalysator.listings.market import market
from katalysator.listings.models import Kind, Listing
from katalysator.questions import verbs as questions
from katalysator.questions.handling import verbs as handling
from katalysator.questions.handling.verbs import Receiver
from katalysator.questions.models import Question
from katalysator.questions.verbs import QuestionContent
from katalysator.webhooks import verbs as webhooks
from katalysator.webhooks.events import event_types
from katalysator.webhooks.models import Webhook
from katalysator.webhooks.verbs import WebhookFacts

PASSWORD = "een-lang-wachtwoord"
HOUSE = System("tests", CLOCK.may.union(permissions))
"""Whoever may do anything, for deeds of which it does not matter who did them."""

_number = count(1)


def organisation(**fields: Any) -> Organisation:
    """A participant in Utrecht."""
    number = next(_number)
    given = {
        "slug": f"voorbeeld-{number}",
        "name": f"Voorbeeld {number}",
        "kind": Organisation.Kind.COMPANY,
        "region": "NL31",
        "state": "active",
    }
    return Organisation.objects.create(**(given | fields))


def presented(**fields: Any) -> Organisation:
    """A participant of which the page says enough to propose to others."""
    made = organisation(**({"about": Translated(nl="Wij maken planningen.")} | fields))
    made.areas.add(Area.objects.order_by("position")[0])
    return made


def person(*organisations: Organisation, **fields: Any) -> Person:
    """Somebody who speaks for these organisations; for none: somebody without rights."""
    email = fields.pop("email", f"lid-{next(_number)}@voorbeeld.example")
    made = Person.objects.create_user(email, PASSWORD, **fields)
    for each in organisations:
        Membership.objects.create(person=made, organisation=each)
    return made


def found_as(
    name: str = "Docent data", *organisations: Organisation, function: str = "docent"
) -> Person:
    """Somebody who wants to be found by a name, of a new organisation where none is given: may post in own name."""
    made = person(*(organisations or [organisation()]))
    made.memberships.update(name=name, function=function)
    return made


def applicant(**fields: Any) -> Applicant:
    """Somebody who wants to take part with a small company."""
    given = {
        "email": f"aanvraag-{next(_number)}@voorbeeld.example",
        "language": "nl",
        "name": f"Voorbeeldbedrijf {next(_number)}",
        "kind": "sme",
        "region": "NL31",
        "about": "Wij maken planningen voor bakkers.",
        "text_language": "nl",
        "promises": {"part": Promise(), "hours": Promise(40, "hulp bij gegevens")},
    }
    return Applicant(**(given | fields))


def application(state: str = "waiting", **fields: Any) -> Application:
    """An application; by default one that waits for the bureau."""
    made = admission.apply(applicant(**fields), by=HOUSE)
    return made if state == "sent" else admission.confirm(made, by=HOUSE)


def joining(organisation_: Organisation | None = None, **fields: Any) -> Joining:
    """Somebody who is invited to speak for an organisation."""
    given = {
        "email": f"nieuw-{next(_number)}@voorbeeld.example",
        "language": "nl",
        "role": "member",
    }
    return joinings.invite(organisation_ or organisation(), by=HOUSE, **(given | fields))


def group(chair: Person | None = None, **fields: Any) -> WorkingGroup:
    """A working group that everybody of a participant can join; of somebody new where no chair is named."""
    given = {"name": f"Voorbeeldgroep {next(_number)}", "blocks": ("data",)}
    facts = GroupFacts(**(given | fields))
    return groups.start(facts, by=HOUSE, chair=chair or person(organisation()))


def activity_facts(days: float = 10, hours: float = 2, **fields: Any) -> ActivityFacts:
    """A workshop on the spot, so many days from now and so many hours long."""
    start = timezone.now() + timedelta(days=days)
    given: dict[str, Any] = {
        "kind": "workshop",
        "title": f"Werkplaats {next(_number)}",
        "text": "Samen een voorspelling bouwen met eigen cijfers.",
        "language": "nl",
        "mode": "site",
        "place": "Domplein 1, Utrecht",
        "region": "NL31",
        "starts_at": start,
        "ends_at": start + timedelta(hours=hours),
    }
    return ActivityFacts(**(given | fields))


def activity(
    owner: Organisation | None = None, state: str = "announced", **fields: Any
) -> Activity:
    """An activity, of the bureau where no owner is given; it may have begun, or be over, already."""
    made = activities.post(activity_facts(organisation=owner, **fields), by=HOUSE)
    return made if state == "draft" else activities.announce(made, by=HOUSE)


def known(**fields: Any) -> KnowledgeContent:
    """What an item of knowledge says."""
    given = {
        "kind": "practice",
        "language": "nl",
        "title": "Longscans veilig delen",
        "text": "Zo **delen** wij longscans zonder namen.",
        "areas": ("zorg",),
    }
    return KnowledgeContent(**(given | fields))


def item(
    owner: Organisation | None = None, state: str = "published", **fields: Any
) -> KnowledgeItem:
    """Knowledge of an organisation; by default published. It is not read: see `katalysator.knowledge.tasks`."""
    deeds = {
        "draft": (),
        "review": ("submit",),
        "published": ("publish",),
        "outdated": ("publish", "outdate"),
        "withdrawn": ("publish", "withdraw"),
    }
    made = knowledge.write(owner or organisation(), by=HOUSE, content=known(**fields))
    for deed in deeds[state]:
        made = knowledge.move(made, deed, by=HOUSE)
    return made


def question_content(**fields: Any) -> QuestionContent:
    """What somebody asks."""
    given: dict[str, Any] = {"title": "Hoe meten we of een dijk verzakt?", "in_public": True}
    return QuestionContent(**(given | fields))


def question(state: str = "waiting", by: Actor | None = None, **fields: Any) -> Any:
    """A question of somebody with an account, by default one that waits for the bureau."""
    said = question_content(**fields)
    made = questions.ask(said, by=by or person(), language="nl")
    if state == "waiting":
        return made
    sent = handling.route(made, Receiver(organisation=organisation()), by=HOUSE)
    if state == "answered":
        return reply(sent).question
    return sent


def reply(question_: Question | None = None, **fields: Any) -> Any:
    """An answer in public, of who has the question; by the bureau where nobody has it."""
    asked = question_ or question("with")
    has = asked.routing.organisation if asked.routing else None
    given: dict[str, Any] = {
        "text": "Met radarbeelden van satellieten.",
        "in_public": asked.may_be_public,
    }
    by = person(has) if has else HOUSE
    return handling.answer(asked, **({"by": by} | given | fields))


def content(market_slug: str = "expertise", **fields: Any) -> Content:
    """What a listing says; of its choices the first. Parts of terms may be given by their columns."""
    where = market(market_slug)
    choices = {name: each for name, each in where.terms.items() if isinstance(each, Several)}
    first = {name: [next(iter(term.choices))] for name, term in choices.items()}
    given = {
        "language": "nl",
        "title": "Beelden van longscans herkennen",
        "text": "Wij willen longscans sneller laten beoordelen met beeldherkenning.",
        "block": where.blocks[0].value,
        "areas": ("zorg",),
        "regions": ("NL31",),
        "terms": fields.pop("terms", first) | _terms(fields),
    }
    return Content(**(given | fields))


def _terms(fields: dict[str, Any]) -> dict[str, Any]:
    """The terms that stand in fields of their own, taken out of these."""
    terms: dict[str, dict[str, Any]] = {
        "period": {"min": fields.pop("start", None), "max": fields.pop("end", None)},
        "ticket": {"min": fields.pop("ticket_min", None), "max": fields.pop("ticket_max", None)},
        "capacity": {
            name: fields.pop(name) for name in ("capacity", "min_capacity") if name in fields
        },
    }
    said = {name: set(value.values()) - {None} for name, value in terms.items()}
    return {name: value for name, value in terms.items() if said[name]}


def draft(
    owner: Organisation | Person,
    kind: Kind = Kind.NEED,
    market_slug: str = "expertise",
    **fields: Any,
) -> Listing:
    """A listing that only its owner sees: an organisation, or a person who posts in own name."""
    return verbs.post(
        owner, by=HOUSE, kind=kind, market_slug=market_slug, content=content(market_slug, **fields)
    )


def listing(
    owner: Organisation | Person,
    kind: Kind = Kind.NEED,
    market_slug: str = "expertise",
    **fields: Any,
) -> Listing:
    """A published listing. It is not read nor matched: see `katalysator.matches.search`."""
    return verbs.move(draft(owner, kind, market_slug, **fields), "publish", by=HOUSE)


def webhook(owner: Organisation | None = None, **fields: Any) -> tuple[Webhook, str]:
    """A webhook that hears of everything, of an organisation or the bureau, with its secret."""
    given = {
        "name": "Onze lijst",
        "address": "https://haken.voorbeeld.example/katalysator",
        "types": [each.name for each in event_types(bureau=owner is None)],
    }
    return webhooks.add(owner, by=HOUSE, facts=WebhookFacts(**(given | fields)))


def typed(
    owner: Organisation | None = None, market_slug: str = "expertise", **fields: Any
) -> dict[str, Any]:
    """What a browser sends to post or change a listing."""
    said = content(market_slug, **fields)
    return {
        **({"organisation": owner.pk} if owner else {}),
        "language": said.language,
        "title": said.title,
        "text": said.text,
        "block": said.block,
        "areas": said.areas,
        "regions": said.regions,
        **{name: chosen for name, chosen in said.terms.items() if isinstance(chosen, list)},
        "capacity": 1,
        "min_capacity": 1,
        "visibility": said.visibility,
    }
