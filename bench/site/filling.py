"""Fills a database with a large coalition, the same one for the same seed."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Any, Final

import numpy as np
import psycopg
from django.db import connection
from django.utils import timezone
from pgvector import HalfVector
from pgvector.psycopg import register_vector
from psycopg.types.json import Jsonb

from bench.phrases import Kind as Side, Said, detail, say
from katalysator.coalition.models import Area, Organisation
from katalysator.core import audit, regions
from katalysator.core.actors import EXAMPLE
from katalysator.core.models import Event
from katalysator.core.terms import Amount, DateRange, Number, Places, Range, Several, Term
from katalysator.engine.arrays import FloatArray
from katalysator.engine.concepts import bundled_thesaurus
from katalysator.engine.matching import CAREFUL, QUICK, Profile, TextFeatures as Read, read
from katalysator.engine.text import bundled, grams
from katalysator.engine.text.embedding import UniversalSentenceEncoder
from katalysator.listings.market import Market, markets
from katalysator.listings.models import Kind, Listing
from katalysator.matches.entries import profile
from katalysator.matches.first_sight import told_by
from katalysator.search.indexing import make_findable

SEED: Final = 20_260_101
_TEXTS: Final = 750  # of each kind, read by the real model
_NOISE: Final = 0.35  # length of what is added to a meaning of length 1
_BATCH: Final = 1_000
_SAID: Final = 0.3
"""Of the listings of a market that asks for a number, how many name one."""
_UNKNOWN: Final = (QUICK.mean, QUICK.spread, CAREFUL.mean, CAREFUL.spread)
_READINGS: Final = (
    "COPY readings_reading (id, digest, model, meaning, concepts, grams, lean, read_at)"
    " FROM STDIN (FORMAT BINARY)"
)
_ENTRIES: Final = (
    "COPY matches_marketentry (listing_id, kind, market, reading_id, meaning, about, mean, spread,"
    " careful_mean, careful_spread, others, careful_others)"
    " FROM STDIN (FORMAT BINARY)"
)
_NEXT: Final = (
    "SELECT setval(pg_get_serial_sequence('readings_reading', 'id'), max(id)) FROM readings_reading"
)
_FOUND: Final = (
    "UPDATE listings_listing SET reading_id = reading.id, signs = binary_quantize(reading.meaning),"
    " meant = ARRAY(SELECT jsonb_object_keys(reading.concepts))"
    " FROM readings_reading AS reading WHERE reading.id = listings_listing.id"
)
_KINDS: Final[tuple[Side, Side]] = ("need", "offer")
_PROVINCES: Final = tuple(code for code in regions.REGIONS if code[:2] == "NL" and len(code) == 4)


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Texts of one kind, and what the engine read in them."""

    said: Sequence[Said]
    reading: Read
    concepts: Sequence[dict[str, float]]


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
                state="active",
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
        reading = read(profiles, bundled())
        texts[kind] = Texts(said, reading, bundled_thesaurus().kept(reading.concepts))
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
            _keep(own.cursor(), random, rows, texts)
    with connection.cursor() as owner:
        owner.execute(_NEXT)
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
    listing = Listing(
        kind=Kind(side),
        market=market.slug,
        block=market.blocks[random.integers(len(market.blocks))],
        organisation_id=owners[int(random.integers(len(owners)))],
        language=said.language,
        title=said.title,
        text=f"{said.text} {detail(random, said.language)}",
        skills=list(said.skills),
        state="published",
        published_at=timezone.now() - timedelta(minutes=int(random.integers(400_000))),
        **_where_and_for_whom(random, said),
    )
    stated = {name: _value(random, term) for name, term in market.terms.items()}
    listing.set_terms(market.clean(stated))
    return listing, number


def _value(random: np.random.Generator, term: Term) -> Any:
    """Something of every kind of term that the markets have today."""
    match term:
        case Several():
            size = min(len(term.choices), int(random.integers(1, 3)))
            return random.choice(list(term.choices), size, replace=False).tolist()
        case Places():
            return {"capacity": int(random.integers(1, 4))}
        case DateRange():
            return _period(random) if random.random() < 0.7 else None
        case Range(of=Amount()):
            low = 10_000 * int(random.integers(1, 40))
            return {"min": low, "max": low * int(random.integers(2, 6))}
        case Range(of=Number() as ends):
            return _from_to(random, ends) if random.random() < _SAID else None
        case Number():
            return _from_to(random, term)["min"] if random.random() < _SAID else None
        case Amount():
            return 100 * int(random.integers(1, 40)) if random.random() < _SAID else None
    raise NotImplementedError(f"no values for {term.name!r} yet: say here which")


def _where_and_for_whom(random: np.random.Generator, said: Said) -> dict[str, Any]:
    chance = random.random(4)
    provinces = random.choice(_PROVINCES, int(random.integers(1, 3)), replace=False).tolist()
    everyone, inside = Listing.Visibility.EVERYONE, Listing.Visibility.PARTICIPANTS
    return {
        "areas": [said.area],
        "areas_required": bool(chance[0] < 0.15),
        "regions": ["NL"] if chance[1] < 0.25 else sorted(provinces),
        "region_required": bool(chance[2] < 0.15),
        "visibility": inside if chance[3] < 0.1 else everyone,
    }


def _from_to(random: np.random.Generator, term: Number) -> dict[str, int]:
    """Two whole numbers that the term allows, the lower one first."""
    low, high = sorted(random.integers(ceil(term.least), int(term.most) + 1, 2).tolist())
    return {"min": low, "max": high}


def _period(random: np.random.Generator) -> dict[str, date]:
    start = timezone.localdate() + timedelta(days=int(random.integers(-60, 200)))
    return {"min": start, "max": start + timedelta(days=int(random.integers(60, 500)))}


def _keep(
    cursor: psycopg.Cursor,
    random: np.random.Generator,
    rows: Sequence[tuple[Listing, int]],
    texts: dict[Side, Texts],
) -> None:
    """Write what was read in listings that are new, and how they stand in their markets.

    A reading has the number of its listing, so that the entries need not ask for it.
    """
    known = [texts[_KINDS[listing.kind == Kind.OFFER]].reading for listing, _ in rows]
    meanings = [
        HalfVector(_near(random, read.meaning[row]))
        for read, (_, row) in zip(known, rows, strict=True)
    ]
    with cursor.copy(_READINGS) as copy:
        copy.set_types(
            ["int8", "varchar", "varchar", "halfvec", "jsonb", "bytea", "float8", "timestamptz"]
        )
        for (listing, row), read, meaning in zip(rows, known, meanings, strict=True):
            about = texts[_KINDS[listing.kind == Kind.OFFER]].concepts[row]
            said, lean = grams(profile(listing).said).tobytes(), float(read.lean[row])
            name, now = f"{listing.pk:032x}", timezone.now()
            model = UniversalSentenceEncoder.name
            copy.write_row((listing.pk, name, model, meaning, Jsonb(about), said, lean, now))
    with cursor.copy(_ENTRIES) as copy:
        floats = ["float8"] * len(_UNKNOWN)
        copy.set_types(
            ["int8", "varchar", "varchar", "int8", "halfvec", "sparsevec", *floats, "int4", "int4"]
        )
        for (listing, row), meaning in zip(rows, meanings, strict=True):
            kind = str(listing.kind)
            concepts = texts[_KINDS[listing.kind == Kind.OFFER]].concepts[row]
            told = told_by(concepts, listing.skills)
            entry = listing.pk, kind, listing.market, listing.pk, meaning, told
            copy.write_row((*entry, *_UNKNOWN, 0, 0))


def fill_found() -> int:
    """Let all listings be found by what was read in them, and organisations; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(_FOUND)
        count: int = cursor.rowcount
    return count + make_findable(Organisation.objects.all())


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
