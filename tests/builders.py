"""Small makers of records, for tests: sensible by default, anything can be said otherwise."""

from itertools import count
from typing import Any

from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.exchange import verbs
from katalysator.exchange.models import Kind, Listing
from katalysator.exchange.registry import market

PASSWORD = "een-lang-wachtwoord"

_number = count(1)


def organisation(**fields: Any) -> Organisation:
    """A participant in Utrecht."""
    number = next(_number)
    given = {
        "slug": f"voorbeeld-{number}",
        "name": f"Voorbeeld {number}",
        "kind": Organisation.Kind.COMPANY,
        "region": "NL31",
        "is_participant": True,
    }
    return Organisation.objects.create(**(given | fields))


def person(*organisations: Organisation, **fields: Any) -> Person:
    """Somebody who speaks for these organisations; for none: somebody without rights."""
    email = fields.pop("email", f"lid-{next(_number)}@voorbeeld.example")
    made = Person.objects.create_user(email, PASSWORD, **fields)
    for each in organisations:
        Membership.objects.create(person=made, organisation=each)
    return made


def content(market_slug: str = "expertise", **fields: Any) -> verbs.Content:
    """What a listing says; the terms are the first choice of each."""
    where = market(market_slug)
    given = {
        "language": "nl",
        "title": "Beelden van longscans herkennen",
        "text": "Wij willen longscans sneller laten beoordelen met beeldherkenning.",
        "block": where.blocks[0].value,
        "areas": ("zorg",),
        "regions": ("NL31",),
        "terms": {term: [where.choices(term)[0][0]] for term in where.terms.model_fields},
    }
    return verbs.Content(**(given | fields))


def draft(
    owner: Organisation, kind: Kind = Kind.NEED, market_slug: str = "expertise", **fields: Any
) -> Listing:
    """A listing that only its owner sees."""
    return verbs.post(
        owner, by=None, kind=kind, market_slug=market_slug, content=content(market_slug, **fields)
    )


def listing(
    owner: Organisation, kind: Kind = Kind.NEED, market_slug: str = "expertise", **fields: Any
) -> Listing:
    """A published listing. It is not read nor matched: see `katalysator.exchange.rematching`."""
    return verbs.move(draft(owner, kind, market_slug, **fields), "publish", by=None)


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
        **said.terms,
        "capacity": said.capacity,
        "min_capacity": said.min_capacity,
        "visibility": said.visibility,
    }
