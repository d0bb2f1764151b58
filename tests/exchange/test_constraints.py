"""The hard constraints in SQL allow the same pairs as the engine's, under the same names."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q, Value
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from katalysator.coalition.models import Organisation
from katalysator.engine.matching.constraints import Constraints
from katalysator.exchange.constraints import hard
from katalysator.exchange.models import Kind, Listing
from katalysator.exchange.reading import profile
from katalysator.exchange.registry import market, markets
from tests import builders
from tests.examples import examples

pytestmark = pytest.mark.django_db

OWNERS = 3
REGIONS = ["NL", "NL3", "NL31", "NL310", "NL33", "NL42", "DEA", "DEA2", "DEA23", "FR", "FR10"]
FIRST = date(2026, 1, 1)

Fields = dict[str, Any]


@st.composite
def ranges(draw: st.DrawFn, values: st.SearchStrategy[Any]) -> tuple[Any, Any]:
    """Two ends, either of which may be open."""
    low, high = sorted([draw(values), draw(values)])
    return draw(st.sampled_from([low, None])), draw(st.sampled_from([high, None]))


@st.composite
def fields(draw: st.DrawFn, slug: str) -> Fields:
    """What bears on the constraints, from few values, so that pairs often just meet or just miss."""
    terms = {
        term: draw(
            st.lists(
                st.sampled_from([v for v, _ in market(slug).choices(term)]), min_size=1, unique=True
            )
        )
        for term in market(slug).hard_terms()
    }
    start, end = draw(ranges(st.integers(0, 3).map(lambda days: FIRST + timedelta(days))))
    low, high = draw(
        ranges(st.sampled_from([Decimal(0), Decimal("9.99"), Decimal(10), Decimal(11)]))
    )
    return {
        "owner": draw(st.integers(0, OWNERS - 1)),
        "labels": [f"{term}:{choice}" for term, choices in terms.items() for choice in choices],
        "areas": draw(
            st.lists(st.sampled_from(["zorg", "agro", "energie"]), min_size=1, unique=True)
        ),
        "regions": draw(st.lists(st.sampled_from(REGIONS), min_size=1, max_size=2, unique=True)),
        "areas_required": draw(st.booleans()),
        "region_required": draw(st.booleans()),
        "start": start,
        "end": end,
        "ticket_min": low,
        "ticket_max": high,
        "capacity": draw(st.integers(1, 3)),
        "min_capacity": draw(st.integers(1, 3)),
    }


@st.composite
def towns(draw: st.DrawFn) -> tuple[str, list[Fields], list[Fields]]:
    """One market with its needs and offers."""
    slug = draw(st.sampled_from([each.slug for each in markets()]))
    some = st.lists(fields(slug), min_size=1, max_size=6)
    return slug, draw(some), draw(some)


@contextmanager
def listed(
    slug: str, needs: list[Fields], offers: list[Fields]
) -> Iterator[tuple[list[Listing], list[Listing]]]:
    """These needs and offers in the table, for a moment."""
    with transaction.atomic():
        owners = Organisation.objects.bulk_create(
            Organisation(slug=f"o{n}", name=f"O{n}", kind="company", region="NL31")
            for n in range(OWNERS)
        )
        rows = [
            Listing(
                kind=kind,
                market=slug,
                block="data",
                organisation=owners[row["owner"]],
                language="nl",
                title="x",
                text="x",
                **{name: value for name, value in row.items() if name != "owner"},
            )
            for kind, side in ((Kind.NEED, needs), (Kind.OFFER, offers))
            for row in side
        ]
        made = Listing.objects.bulk_create(rows)
        yield made[: len(needs)], made[len(needs) :]
        transaction.set_rollback(True)


def in_sql(listing: Listing) -> dict[str, list[bool]]:
    """For each constraint, whether each listing of the other kind satisfies it, oldest first."""
    others = Listing.objects.filter(market=listing.market, kind=Kind(listing.kind).other)
    rules = {
        f"holds_{n}": ExpressionWrapper(condition or Q(Value(True)), output_field=BooleanField())
        for n, condition in enumerate(hard(listing).values())
    }
    rows = list(others.order_by("pk").annotate(**rules).values_list(*rules))
    return {name: [row[n] for row in rows] for n, name in enumerate(hard(listing))}


def in_engine(
    constraints: Constraints, needs: int
) -> dict[str, np.ndarray[Any, np.dtype[np.bool_]]]:
    """For each constraint, a table of needs by offers."""
    return {
        rule.name: np.array([rule.holds(n) for n in range(needs)]) for rule in constraints.rules
    }


LOCAL = {
    "owner": 0,
    "labels": [],
    "areas": ["zorg"],
    "areas_required": False,
    "region_required": True,
    "start": None,
    "end": None,
    "ticket_min": None,
    "ticket_max": None,
    "capacity": 1,
    "min_capacity": 1,
}


@settings(examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(("pilot", [LOCAL | {"regions": ["NL31"]}], [LOCAL | {"owner": 1, "regions": ["NL310"]}]))
@example(("pilot", [LOCAL | {"regions": ["FR"]}], [LOCAL | {"owner": 1, "regions": ["FR10"]}]))
@example(("pilot", [LOCAL | {"regions": ["NL310"]}], [LOCAL | {"owner": 1, "regions": ["NL31"]}]))
@example(("pilot", [LOCAL | {"regions": ["EL1"]}], [LOCAL | {"owner": 1, "regions": ["DEL1"]}]))
@given(towns())
def test_both_allow_the_same_pairs_seen_from_either_side(
    town: tuple[str, list[Fields], list[Fields]],
) -> None:
    with listed(*town) as (needs, offers):
        constraints = Constraints.between([profile(n) for n in needs], [profile(o) for o in offers])
        engine = in_engine(constraints, len(needs))
        assert engine.pop("market").all()
        from_needs = [in_sql(need) for need in needs]
        from_offers = [in_sql(offer) for offer in offers]
        for name, table in engine.items():
            assert [row[name] for row in from_needs] == table.tolist(), name
            assert [row[name] for row in from_offers] == table.T.tolist(), name
        assert set(from_needs[0]) == set(engine)


@pytest.mark.parametrize("slug", [each.slug for each in markets()])
@pytest.mark.parametrize("kind", list(Kind))
def test_reasons_stand_in_the_order_of_the_engine(slug: str, kind: Kind) -> None:
    listing = builders.listing(builders.organisation(), kind, slug)
    rules = Constraints.between([profile(listing)], [profile(listing)]).rules
    assert list(hard(listing)) == [rule.name for rule in rules if rule.name != "market"]


def allowed(listing: Listing) -> set[Listing]:
    others = Listing.objects.filter(kind=Kind(listing.kind).other, market=listing.market)
    return set(others.filter(*hard(listing).values()))


@pytest.mark.parametrize(
    ("asked", "given_"),
    [
        ({"end": FIRST}, {"start": FIRST + timedelta(1)}),
        ({"areas": ("zorg",), "areas_required": True}, {"areas": ("agro",)}),
        ({"regions": ("NL31",), "region_required": True}, {"regions": ("NL33",)}),
        ({"min_capacity": 3}, {"capacity": 2}),
        ({"ticket_max": Decimal(10)}, {"ticket_min": Decimal("10.01")}),
    ],
)
def test_one_broken_constraint_is_enough(asked: Fields, given_: Fields) -> None:
    need = builders.listing(builders.organisation(), **asked)
    refused = builders.listing(builders.organisation(), Kind.OFFER, **given_)
    fine = builders.listing(builders.organisation(), Kind.OFFER, capacity=3)
    assert allowed(need) == {fine}
    assert allowed(refused) == set()
    assert allowed(fine) == {need}


def test_a_place_within_the_asked_region_counts_and_one_around_it_too() -> None:
    need = builders.listing(builders.organisation(), regions=("NL31",), region_required=True)
    inside = builders.listing(builders.organisation(), Kind.OFFER, regions=("NL310",))
    around = builders.listing(builders.organisation(), Kind.OFFER, regions=("NL3",))
    builders.listing(builders.organisation(), Kind.OFFER, regions=("NL32",))
    assert allowed(need) == {inside, around}


def test_an_organisation_does_not_meet_itself() -> None:
    owner = builders.organisation()
    need, offer = builders.listing(owner), builders.listing(owner, Kind.OFFER)
    assert allowed(need) == allowed(offer) == set()


def test_a_soft_term_refuses_nobody() -> None:
    need = builders.listing(builders.organisation(), terms={"form": ["advice"]})
    offer = builders.listing(builders.organisation(), Kind.OFFER, terms={"form": ["review"]})
    assert allowed(need) == {offer}
