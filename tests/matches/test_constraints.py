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
from hypothesis import HealthCheck, example, given, settings, strategies as st

from katalysator.coalition.models import Organisation
from katalysator.core.terms import Amount, Choice, DateRange, Number, Places, Range, Several, Term
from katalysator.engine.matching.constraints import Constraints
from katalysator.listings.market import Market, market, markets
from katalysator.listings.models import Kind, Listing
from katalysator.matches.constraints import hard
from katalysator.matches.entries import profile
from tests import builders
from tests.examples import examples
from tests.listings.tide import STATED

pytestmark = pytest.mark.django_db

OWNERS = 3
REGIONS = ["NL", "NL3", "NL31", "NL310", "NL33", "NL42", "DEA", "DEA2", "DEA23", "FR", "FR10"]
FIRST = date(2026, 1, 1)
_SAID: dict[str, Any] = {
    "days_a_week": 2,
    "hours_a_week": {"min": 8, "max": 40},
    "course_fee": 100,
    "monthly_pay": {"min": 3_000, "max": 4_000},
}
"""Something of what need not be stated."""

Fields = dict[str, Any]


def ends(values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A range, either end of which may be open."""

    def ordered(both: tuple[Any, Any, bool, bool]) -> dict[str, Any]:
        low, high = sorted(both[:2])
        return {"min": low if both[2] else None, "max": high if both[3] else None}

    return st.tuples(values, values, st.booleans(), st.booleans()).map(ordered)


def values(term: Term) -> st.SearchStrategy[Any]:
    """Few values of a term, so that two listings often just meet or just miss."""
    match term:
        case DateRange():
            return ends(st.integers(0, 3).map(lambda days: FIRST + timedelta(days)))
        case Places():
            return st.fixed_dictionaries(dict.fromkeys(term.names, st.integers(1, 3)))
        case Range(of=Amount()):
            return ends(st.sampled_from([Decimal(0), Decimal("9.99"), Decimal(10), Decimal(11)]))
        case Range():
            return ends(st.integers(1, 3))
        case Number():
            return st.none() | st.integers(1, 3)
        case Several():
            return st.lists(st.sampled_from(list(term.choices)), unique=True)
        case Choice():
            return st.none() | st.sampled_from(list(term.choices))
    return st.none()


@st.composite
def fields(draw: st.DrawFn, slug: str) -> Fields:
    """What bears on the constraints."""
    some_areas = st.lists(st.sampled_from(["zorg", "agro", "energie"]), min_size=1, unique=True)
    some_regions = st.lists(st.sampled_from(REGIONS), min_size=1, max_size=2, unique=True)
    return {
        "owner": draw(st.integers(0, OWNERS - 1)),
        "terms": {name: draw(values(term)) for name, term in market(slug).terms.items()},
        "retired": draw(st.booleans()),
        "areas": draw(some_areas),
        "regions": draw(some_regions),
        "areas_required": draw(st.booleans()),
        "region_required": draw(st.booleans()),
    }


@st.composite
def towns(draw: st.DrawFn) -> tuple[str, list[Fields], list[Fields]]:
    """One market with its needs and offers; often that of the tests, which has every kind of term."""
    slug = draw(st.just("tide") | st.sampled_from([each.slug for each in markets()]))
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
        sides = (Kind.NEED, needs), (Kind.OFFER, offers)
        rows = [stating(kind, slug, owners, row) for kind, side in sides for row in side]
        made = Listing.objects.bulk_create(rows)
        yield made[: len(needs)], made[len(needs) :]
        transaction.set_rollback(True)


def stating(kind: Kind, slug: str, owners: list[Organisation], row: Fields) -> Listing:
    """A listing as the verbs write it; `retired`: with a choice that the market has no more."""
    apart = {"owner", "terms", "retired"}
    listing = Listing(
        kind=kind,
        market=slug,
        block="data",
        organisation=owners[row["owner"]],
        language="nl",
        title="x",
        text="x",
        **{name: value for name, value in row.items() if name not in apart},
    )
    where = market(slug)
    listing.set_terms(where.clean(row["terms"]))
    if row["retired"]:
        for name, term in where.terms.items():
            if isinstance(term, Several):
                listing.terms[name] = [*listing.terms.get(name, ()), "winter"]
                listing.labels += [f"{name}:winter"] if term.hard else []
    return listing


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
    "terms": {},
    "retired": False,
    "areas": ["zorg"],
    "areas_required": False,
    "region_required": True,
}
TIDAL = LOCAL | {"region_required": False, "regions": ["NL"]}


def tidal(owner: int, **terms: Any) -> list[Fields]:
    return [TIDAL | {"owner": owner, "terms": terms}]


@settings(examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(("pilot", [LOCAL | {"regions": ["NL31"]}], [LOCAL | {"owner": 1, "regions": ["NL310"]}]))
@example(("pilot", [LOCAL | {"regions": ["FR"]}], [LOCAL | {"owner": 1, "regions": ["FR10"]}]))
@example(("pilot", [LOCAL | {"regions": ["NL310"]}], [LOCAL | {"owner": 1, "regions": ["NL31"]}]))
@example(("pilot", [LOCAL | {"regions": ["EL1"]}], [LOCAL | {"owner": 1, "regions": ["DEL1"]}]))
@example(("tide", tidal(0, quay="north"), tidal(1)))
@example(("tide", tidal(0, quay="north"), tidal(1, quay="south")))
@example(("tide", tidal(0, wind="gale"), tidal(1, wind="breeze")))
@example(("tide", tidal(0, draught=0), tidal(1)))
@example(("tide", [TIDAL | {"retired": True}], tidal(1, phase=["ebb"])))
@given(towns())
def test_both_allow_the_same_pairs_seen_from_either_side(
    tide: type[Market], town: tuple[str, list[Fields], list[Fields]]
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
        stated_by_nobody = set(from_needs[0]) - set(engine)
        assert set(engine) <= set(from_needs[0])
        assert all(all(row[name]) for row in from_needs + from_offers for name in stated_by_nobody)


@pytest.mark.parametrize("slug", [*(each.slug for each in markets()), "tide"])
@pytest.mark.parametrize("kind", list(Kind))
def test_reasons_stand_in_the_order_of_the_engine(
    tide: type[Market], slug: str, kind: Kind
) -> None:
    ticket = {"ticket_min": Decimal(5)} if "ticket" in market(slug).terms else {}
    terms = market(slug).terms
    first = {name: [next(iter(t.choices))] for name, t in terms.items() if isinstance(t, Several)}
    said = STATED if slug == "tide" else first | {n: t for n, t in _SAID.items() if n in terms}
    listing = builders.listing(builders.organisation(), kind, slug, end=FIRST, terms=said, **ticket)
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
    ],
)
def test_one_broken_constraint_is_enough(asked: Fields, given_: Fields) -> None:
    need = builders.listing(builders.organisation(), **asked)
    refused = builders.listing(builders.organisation(), Kind.OFFER, **given_)
    fine = builders.listing(builders.organisation(), Kind.OFFER, capacity=3)
    assert allowed(need) == {fine}
    assert allowed(refused) == set()
    assert allowed(fine) == {need}


def test_amounts_that_do_not_meet_are_refused_by_a_cent() -> None:
    need = builders.listing(builders.organisation(), market_slug="challenge", ticket_max=10)
    refused, fine = (
        builders.listing(builders.organisation(), Kind.OFFER, "challenge", ticket_min=Decimal(low))
        for low in ("10.01", "10.00")
    )
    assert (allowed(need), allowed(refused), allowed(fine)) == ({fine}, set(), {need})


@pytest.mark.parametrize(
    ("asked", "given_", "meet"),
    [
        ({"wind": "breeze"}, {"wind": "calm"}, False),
        ({"wind": "breeze"}, {"wind": "breeze"}, True),
        ({"wind": "breeze"}, {"wind": "gale"}, True),
        ({"wind": "gale"}, {"wind": None}, True),
        ({"draught": 5}, {"draught": 4}, False),
        ({"draught": 4}, {"draught": 5}, True),
        ({"quay": "north"}, {"quay": "south"}, False),
        ({"quay": "north"}, {"quay": None}, True),
        ({"quay": None}, {"quay": "south"}, True),
        ({"phase": ["ebb", "flood"]}, {"phase": ["flood"]}, True),
        ({"phase": ["ebb"]}, {"phase": ["flood"]}, False),
        ({"depth": {"min": 8}}, {"depth": {"max": 7}}, False),
        ({"depth": {"min": 7}}, {"depth": {"max": 7}}, True),
        ({"depth": None}, {"depth": {"max": 7}}, True),
        ({"mood": ["calm"], "remark": "a"}, {"remark": "b"}, True),
    ],
)
def test_each_kind_of_term_refuses_by_its_own_rule(
    tide: type[Market], asked: Fields, given_: Fields, meet: bool
) -> None:
    need, offer = (
        builders.listing(builders.organisation(), kind, "tide", terms=STATED | terms)
        for kind, terms in ((Kind.NEED, asked), (Kind.OFFER, given_))
    )
    assert allowed(need) == ({offer} if meet else set())
    assert allowed(offer) == ({need} if meet else set())
    engine = Constraints.between([profile(need)], [profile(offer)])
    assert engine.allowed(0).tolist() == [meet]


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
