"""Fills a database with a large coalition, the same one for the same seed."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

import numpy as np
import psycopg
from django.db import connection
from django.utils import timezone
from pgvector import HalfVector
from pgvector.psycopg import register_vector
from psycopg import Copy

from bench.phrases import Kind as Side
from bench.phrases import Said, detail, say
from katalysator.coalition.models import Area, Organisation
from katalysator.core import audit, regions
from katalysator.core.actors import EXAMPLE
from katalysator.core.models import Event
from katalysator.engine.arrays import FloatArray
from katalysator.engine.matching import Profile, read
from katalysator.engine.matching import TextFeatures as Read
from katalysator.engine.text import bundled, grams
from katalysator.listings.market import Market, markets
from katalysator.listings.models import Kind, Listing
from katalysator.matches.entries import profile

SEED: Final = 20_260_101
_TEXTS: Final = 750  # of each kind, read by the real model
_NOISE: Final = 0.35  # length of what is added to a meaning of length 1
_BATCH: Final = 1_000
_COPY: Final = (
    "COPY exchange_reading (listing_id, kind, market, meaning, grams, lean, digest)"
    " FROM STDIN (FORMAT BINARY)"
)
_KINDS: Final[tuple[Side, Side]] = ("need", "offer")
_PROVINCES: Final = tuple(code for code in regions.REGIONS if code[:2] == "NL" and len(code) == 4)


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Texts of one kind, and what the engine read in them."""

    said: Sequence[Said]
    reading: Read


def fill_organisations(count: int) -> int:
    """Make participants, each with two areas; returns how many."""
    random = np.random.default_rng(SEED)
    kinds = Organisation.Kind.values
    Organisation.objects.bulk_create(
        [
            Organisation(
                slug=f"voorbeeld-{number}",
                name=f"Voorbeeldorganisatie {number}",
                kind=kinds[random.integers(len(kinds))],
                city="Voorbeeldstad",
                region=_PROVINCES[random.integers(len(_PROVINCES))],
                is_participant=True,
                is_example=True,
            )
            for number in range(count)
        ],
        batch_size=_BATCH,
    )
    _place(random)
    return count


def _place(random: np.random.Generator) -> None:
    areas = list(Area.objects.all())
    link = Organisation.areas.through
    link.objects.bulk_create(
        [
            link(organisation_id=owner, area_id=areas[each].pk)
            for owner in Organisation.objects.values_list("pk", flat=True)
            for each in random.choice(len(areas), 2, replace=False).tolist()
        ],
        batch_size=_BATCH,
    )


def read_texts() -> dict[Side, Texts]:
    """Write distinct texts of both kinds and have the real model read them."""
    random = np.random.default_rng(SEED + 1)
    texts = {}
    for kind in _KINDS:
        said = [say(random, kind) for _ in range(_TEXTS)]
        profiles = [
            Profile(key="", title=each.title, text=each.text, skills=each.skills) for each in said
        ]
        texts[kind] = Texts(said, read(profiles, bundled()))
    return texts


def fill_listings(count: int, texts: dict[Side, Texts]) -> int:
    """Publish listings in all markets, read as their texts were, with a little noise."""
    random = np.random.default_rng(SEED + 2)
    owners = list(Organisation.objects.order_by("pk").values_list("pk", flat=True))
    offered = tuple(markets())
    share = np.linspace(1.5, 0.5, len(offered)) / len(offered)
    where = random.choice(len(offered), count, p=share)
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as own:
        register_vector(own)
        for first in range(0, count, _BATCH):
            chosen = [offered[each] for each in where[first : first + _BATCH]]
            rows = [_drawn(random, market, owners, texts) for market in chosen]
            Listing.objects.bulk_create([listing for listing, _ in rows])
            with own.cursor().copy(_COPY) as copy:
                _keep(random, rows, texts, copy)
    return count


def _drawn(
    random: np.random.Generator,
    market: type[Market],
    owners: Sequence[int],
    texts: dict[Side, Texts],
) -> tuple[Listing, int]:
    """A listing, and the number of the text that it was made of."""
    side = _KINDS[random.integers(2)]
    number = int(random.integers(_TEXTS))
    said = texts[side].said[number]
    terms = {name: _some(random, market, name) for name in market.terms.model_fields}
    listing = Listing(
        kind=Kind(side),
        market=market.slug,
        block=market.blocks[random.integers(len(market.blocks))],
        organisation_id=owners[int(random.integers(len(owners)))],
        language=said.language,
        title=said.title,
        text=f"{said.text} {detail(random, said.language)}",
        skills=list(said.skills),
        terms=terms,
        labels=[f"{term}:{choice}" for term in market.hard_terms() for choice in terms[term]],
        state="published",
        published_at=timezone.now() - timedelta(minutes=int(random.integers(400_000))),
        **_place_and_time(random, said),
        **(_ticket(random) if market.has_ticket else {}),
    )
    return listing, number


def _some(random: np.random.Generator, market: type[Market], term: str) -> list[str]:
    choices = [choice for choice, _ in market.choices(term)]
    size = min(len(choices), int(random.integers(1, 3)))
    return sorted(random.choice(choices, size, replace=False).tolist())


def _place_and_time(random: np.random.Generator, said: Said) -> dict[str, Any]:
    chance = random.random(6)
    start = timezone.localdate() + timedelta(days=int(random.integers(-60, 200)))
    provinces = random.choice(_PROVINCES, int(random.integers(1, 3)), replace=False).tolist()
    everyone, inside = Listing.Visibility.EVERYONE, Listing.Visibility.PARTICIPANTS
    return {
        "areas": [said.area],
        "areas_required": bool(chance[0] < 0.15),
        "regions": ["NL"] if chance[1] < 0.25 else sorted(provinces),
        "region_required": bool(chance[2] < 0.15),
        "visibility": inside if chance[3] < 0.1 else everyone,
        "capacity": int(random.integers(1, 4)),
        **(_period(random, start) if chance[4] < 0.7 else {}),
    }


def _period(random: np.random.Generator, start: date) -> dict[str, date]:
    return {"start": start, "end": start + timedelta(days=int(random.integers(60, 500)))}


def _ticket(random: np.random.Generator) -> dict[str, Decimal]:
    low = 10_000 * int(random.integers(1, 40))
    return {"ticket_min": Decimal(low), "ticket_max": Decimal(low * int(random.integers(2, 6)))}


def _keep(
    random: np.random.Generator,
    rows: Sequence[tuple[Listing, int]],
    texts: dict[Side, Texts],
    copy: Copy,
) -> None:
    """Write what was read in listings that are new."""
    copy.set_types(["int8", "varchar", "varchar", "halfvec", "int4[]", "float8", "varchar"])
    for listing, row in rows:
        known = texts[_KINDS[listing.kind == Kind.OFFER]].reading
        copy.write_row(
            (
                listing.pk,
                str(listing.kind),
                listing.market,
                HalfVector(_near(random, known.meaning[row])),
                grams(profile(listing).said).tolist(),
                float(known.lean[row]),
                f"{listing.pk:032x}",
            )
        )


def _near(random: np.random.Generator, vector: FloatArray) -> FloatArray:
    """A unit vector close by: texts that say nearly the same."""
    noise = random.standard_normal(vector.size)
    moved: FloatArray = vector + _NOISE * noise / np.linalg.norm(noise)
    return moved / np.linalg.norm(moved)


def fill_events() -> int:
    """The audit trail of the publications, chained as it should be."""
    pks = list(Listing.objects.order_by("pk").values_list("pk", flat=True))
    previous = bytes(32)
    for first in range(0, len(pks), _BATCH):
        events = Event.objects.bulk_create(_events(pks[first : first + _BATCH], previous))
        previous = bytes(events[-1].digest)
    return len(pks)


def _events(pks: Sequence[int], previous: bytes) -> Iterator[Event]:
    for number, pk in zip(_numbers(len(pks)), pks, strict=True):
        event = Event(
            pk=number,
            chain=Listing._meta.app_label,
            at=timezone.now(),
            system=EXAMPLE.name,
            verb="listing.publish",
            subject_type="listings.listing",
            subject_id=str(pk),
            before={"state": "draft"},
            after={"state": "published"},
            previous=previous,
        )
        previous = audit.digest(event)
        event.digest = previous
        yield event


def _numbers(count: int) -> list[int]:
    """The numbers of the next events, which no others will get."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('core_event', 'id')) FROM generate_series(1, %s)",
            [count],
        )
        return [number for (number,) in cursor.fetchall()]


def analyse() -> None:
    """Bring the statistics of the tables up to date, as the server does by itself in time."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def size() -> int:
    """Bytes of the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])
