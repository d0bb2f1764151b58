"""Every market of the coalition: its blocks, its terms, and what must agree before two sides meet."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import pytest
from django.db.models import Field
from django.utils import translation

from katalysator.coalition.blocks import Block
from katalysator.coalition.models import Area
from katalysator.core.terms import Half, Several, Term
from katalysator.faults import InvalidInput
from katalysator.listings import verbs
from katalysator.listings.export import _COLUMNS
from katalysator.listings.filters import region_choices
from katalysator.listings.forms import ListingForm
from katalysator.listings.market import market, markets
from katalysator.listings.models import Kind, Listing
from tests import builders

HARD = {
    "expertise": {},
    "pilot": {},
    "teaching": {
        "level": ["mbo", "hbo", "bachelor", "master", "phd", "professional"],
        "work_language": ["nl", "en"],
    },
    "retraining": {
        "level": ["vmbo", "mbo", "hbo", "bachelor", "master"],
        "work_language": ["nl", "en"],
    },
    "job": {"level": ["vmbo", "mbo", "hbo", "bachelor", "master"], "work_language": ["nl", "en"]},
    "internship": {"level": ["mbo", "hbo", "bachelor", "master"], "work_language": ["nl", "en"]},
    "research-position": {
        "position": ["graduation", "phd", "postdoc", "engineer", "visiting"],
        "work_language": ["nl", "en"],
    },
    "lab-capacity": {"facility": ["compute", "robotics", "imaging", "test-site", "data-lab"]},
    "data": {
        "access": ["open", "contract", "on-site"],
        "personal": ["none", "pseudonymised", "personal"],
    },
    "challenge": {},
    "capital": {"stage": ["pre-seed", "seed", "series-a", "growth"]},
    "funding-consortium": {
        "programme": ["horizon-europe", "digital-europe", "nwo", "regional", "other"],
        "role": ["coordinator", "partner"],
    },
}
SOFT = {
    "expertise": {"form": ["advice", "project", "training", "review"]},
    "pilot": {"maturity": ["idea", "prototype", "validated", "market"]},
    "teaching": {"delivery": ["on-site", "online", "hybrid"]},
    "retraining": {"delivery": ["on-site", "online", "hybrid"]},
    "capital": {"instrument": ["equity", "loan", "grant"]},
}
BLOCKS = {
    "expertise": set(Block),
    "pilot": {Block.TRUST, Block.RESEARCH, Block.DATA, Block.GROWTH},
    "teaching": {Block.TALENT},
    "retraining": {Block.TALENT},
    "job": {Block.TALENT},
    "internship": {Block.TALENT},
    "research-position": {Block.RESEARCH, Block.TALENT},
    "lab-capacity": {Block.RESEARCH},
    "data": {Block.DATA},
    "challenge": {Block.GROWTH},
    "capital": {Block.GROWTH},
    "funding-consortium": {Block.GROWTH, Block.RESEARCH},
}
INTERVALS = {
    "teaching": {"days_a_week"},
    "retraining": {"hours_a_week", "course_fee"},
    "job": {"hours_a_week", "monthly_pay"},
    "internship": {"hours_a_week"},
    "research-position": {"hours_a_week"},
    "challenge": {"ticket"},
    "capital": {"ticket"},
}
WITH_AN_AMOUNT = {"challenge", "capital"}
WHERE_OFFERS_ASK = {"job", "internship", "research-position", "capital", "funding-consortium"}
IN_OWN_NAME = {"expertise", "teaching", "retraining", "job", "internship", "research-position"}

WHO_SOMEBODY_IS = set(
    "age aged young old born birth gender sex man woman male female health healthy disability origin nationality religion "
    "leeftijd jong oud geboren geboorte geslacht man vrouw gezondheid gezond handicap beperking afkomst nationaliteit geloof".split()
)
FIXED = _COLUMNS

each_market = pytest.mark.parametrize("slug", sorted(BLOCKS))
each_kind = pytest.mark.parametrize("kind", list(Kind))


def without(terms: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {each: value for each, value in terms.items() if each != name}


def choices_of(terms: Iterable[Term]) -> dict[str, list[str]]:
    return {term.name: list(term.choices) for term in terms if isinstance(term, Several)}


def test_these_are_the_markets() -> None:
    assert {each.slug for each in markets()} == set(BLOCKS)


@each_market
def test_a_market_has_its_terms(slug: str) -> None:
    terms = market(slug).terms.values()
    assert choices_of(term for term in terms if term.hard) == HARD[slug]
    assert choices_of(term for term in terms if not term.hard) == SOFT.get(slug, {})


@each_market
def test_a_market_states_its_choices_an_amount_perhaps_and_what_every_market_does(
    slug: str,
) -> None:
    others = {name for name, term in market(slug).terms.items() if not isinstance(term, Several)}
    assert others == {"period", "capacity"} | INTERVALS.get(slug, set())
    assert all(term.required for term in market(slug).terms.values() if isinstance(term, Several))


@each_market
def test_a_market_lies_in_its_blocks(slug: str) -> None:
    assert set(market(slug).blocks) == BLOCKS[slug]


def test_some_markets_ask_for_an_amount() -> None:
    assert {each.slug for each in markets() if "ticket" in each.hard_terms()} == WITH_AN_AMOUNT


def test_in_some_markets_an_offer_reads_as_a_question() -> None:
    assert {each.slug for each in markets() if each.offers_may_ask} == WHERE_OFFERS_ASK


def test_in_some_markets_people_post_in_their_own_name() -> None:
    assert {each.slug for each in markets() if each.in_own_name} == IN_OWN_NAME


@pytest.mark.django_db
@each_market
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_market_asks_who_somebody_is(slug: str, language: str) -> None:
    """Neither age, gender, health nor origin: not by name, and not by any word of a form."""
    with translation.override(language):
        form = ListingForm(market=market(slug), kind=Kind.NEED, person=builders.person())
        said = " ".join(
            f"{name} {field.label} {field.help_text} {dict(getattr(field, 'choices', ()))}"
            for name, field in form.fields.items()
            if name not in {"organisation", "areas", "regions"}
        )
    assert not set(re.findall(r"\w+", said.lower())) & WHO_SOMEBODY_IS


@each_market
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_market_speaks_both_languages(slug: str, language: str) -> None:
    where = market(slug)
    with translation.override(language):
        said = [where.label, where.need_example, where.offer_example]
        for term in where.terms.values():
            said += [term.label, *getattr(term, "choices", {}).values()]
        assert all(str(text).strip() for text in said)
        assert str(where.need_example) != str(where.offer_example)


@each_market
@pytest.mark.parametrize("half", ["need", "offer"])
def test_no_term_takes_the_place_of_something_else(slug: str, half: Half) -> None:
    """Neither a column of the table, a field of the form or a column of the download, nor a reason."""
    stored = {field.name for field in Listing._meta.get_fields() if isinstance(field, Field)}
    taken = stored | set(ListingForm.base_fields) | {"own", "area", "region"} | set(FIXED)
    for name, term in market(slug).own_terms().items():
        named = {name, *term.names, *term.fields(half)}
        assert not named & (taken - {"level", "ticket_min", "ticket_max"})


def agree(slug: str, need: dict[str, Any], offer: dict[str, Any]) -> bool:
    """Whether what both sides state in intervals overlaps."""
    one, other = market(slug).ranges("need", need), market(slug).ranges("offer", offer)
    return all(
        one[name][0] <= other[name][1] and other[name][0] <= one[name][1]
        for name in one.keys() & other.keys()
    )


@pytest.mark.parametrize(
    ("slug", "term", "need", "fits", "fits_not"),
    [
        ("teaching", "days_a_week", 2, 3, 1.5),
        ("internship", "hours_a_week", {"min": 24, "max": 32}, {"min": 32}, {"min": 36}),
        ("research-position", "hours_a_week", {"min": 32}, {"min": 36, "max": 40}, {"max": 24}),
        ("retraining", "hours_a_week", {"max": 8}, {"min": 7, "max": 7}, {"min": 16, "max": 20}),
        ("retraining", "course_fee", "900", "650", "1200"),
        (
            "job",
            "hours_a_week",
            {"min": 24, "max": 32},
            {"min": 28, "max": 36},
            {"min": 36, "max": 40},
        ),
        ("job", "monthly_pay", {"min": "2500"}, {"max": "2800"}, {"max": "2400"}),
    ],
)
def test_what_is_stated_of_weeks_and_money_holds_both_sides_together(
    slug: str, term: str, need: Any, fits: Any, fits_not: Any
) -> None:
    clean = market(slug).terms[term].clean
    assert agree(slug, {term: clean(need)}, {term: clean(fits)})
    assert not agree(slug, {term: clean(need)}, {term: clean(fits_not)})
    assert agree(slug, {term: clean(need)}, {})


@pytest.mark.parametrize(
    ("slug", "term", "said"),
    [
        ("teaching", "days_a_week", 6),
        ("teaching", "days_a_week", 0),
        ("job", "hours_a_week", {"min": 4000}),
        ("job", "hours_a_week", {"min": 40, "max": 20}),
        ("retraining", "course_fee", "-1"),
        ("job", "monthly_pay", {"min": "veel"}),
    ],
)
def test_absurd_weeks_and_money_are_refused_at_their_term(slug: str, term: str, said: Any) -> None:
    with pytest.raises(InvalidInput) as refused:
        market(slug).clean({term: said})
    assert refused.value.where[0] == term


@pytest.mark.django_db
def test_who_teaches_says_to_which_regions_they_travel() -> None:
    form = ListingForm(market=market("teaching"), kind=Kind.OFFER, person=builders.person())
    assert "travel" in str(form.fields["regions"].help_text)


@each_market
def test_every_field_and_column_belongs_to_one_term(slug: str) -> None:
    names = [name for term in market(slug).terms.values() for name in term.names]
    assert len(names) == len(set(names))


@each_market
def test_labels_of_the_hard_terms_fit_in_the_table(slug: str) -> None:
    labels = [f"{term}:{choice}" for term, values in HARD[slug].items() for choice in values]
    assert all(len(label) <= 60 for label in labels)
    assert len(slug) <= 30


@pytest.mark.django_db
@each_market
@each_kind
def test_a_listing_keeps_its_terms_and_repeats_the_hard_ones_as_labels(
    slug: str, kind: Kind
) -> None:
    listing = builders.listing(builders.organisation(), kind, slug)
    listing.refresh_from_db()
    first = {term: values[:1] for term, values in (HARD[slug] | SOFT.get(slug, {})).items()}
    assert listing.terms == first
    assert listing.labels == [f"{term}:{values[0]}" for term, values in HARD[slug].items()]


WITH_CHOICES = sorted(name for name in BLOCKS if HARD[name] or SOFT.get(name))


@pytest.mark.django_db
@pytest.mark.parametrize("slug", WITH_CHOICES)
@pytest.mark.parametrize("spoil", [lambda _: ["atlantis"], lambda values: [*values, "atlantis"]])
def test_an_unknown_choice_is_refused_by_name(
    slug: str, spoil: Callable[[list[str]], list[str]]
) -> None:
    owner = builders.organisation()
    said = builders.content(slug)
    for term in choices_of(market(slug).terms.values()):
        terms = {**said.terms, term: spoil(said.terms[term])}
        with pytest.raises(InvalidInput, match="“atlantis” is not one of the choices") as refused:
            builders.draft(owner, market_slug=slug, terms=terms)
        assert refused.value.where == (term,)
    assert not Listing.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("slug", WITH_CHOICES)
@pytest.mark.parametrize("leave_out", [lambda terms, name: {**terms, name: []}, without])
def test_a_term_without_a_choice_may_be_a_draft_and_is_not_published(
    slug: str, leave_out: Callable[[Mapping[str, Any], str], dict[str, Any]]
) -> None:
    owner = builders.organisation()
    said = builders.content(slug).terms
    for term in choices_of(market(slug).terms.values()):
        draft = builders.draft(owner, market_slug=slug, terms=leave_out(said, term))
        with pytest.raises(InvalidInput, match=str(market(slug).terms[term].label)) as refused:
            verbs.move(draft, "publish", by=builders.HOUSE)
        assert refused.value.where == (term,)
    assert {listing.state for listing in Listing.objects.all()} == {"draft"}


@pytest.mark.django_db
@each_market
def test_a_term_that_is_made_up_is_refused(slug: str) -> None:
    owner = builders.organisation()
    terms = {**builders.content(slug).terms, "colour": ["blue"]}
    with pytest.raises(InvalidInput, match="no term “colour”"):
        builders.draft(owner, market_slug=slug, terms=terms)
    assert not Listing.objects.exists()


@pytest.mark.django_db
@each_market
def test_a_market_is_not_in_the_other_blocks(slug: str) -> None:
    owner = builders.organisation()
    for block in set(Block) - BLOCKS[slug]:
        with pytest.raises(InvalidInput, match="not in that block"):
            builders.draft(owner, market_slug=slug, block=block.value)
    for block in BLOCKS[slug]:
        assert builders.draft(owner, market_slug=slug, block=block.value).block == block


@pytest.mark.django_db
@each_market
@each_kind
def test_the_form_asks_for_exactly_what_the_market_needs(slug: str, kind: Kind) -> None:
    person = builders.person(builders.organisation())
    form = ListingForm(market=market(slug), kind=kind, person=person)
    assert set(choices_of(market(slug).terms.values())) <= set(form.fields)
    assert ("ticket_max" in form.fields) is (slug in WITH_AN_AMOUNT)
    assert ("block" in form.fields) is (len(BLOCKS[slug]) > 1)
    assert ("region_required" in form.fields) is (kind is Kind.NEED)
    assert ("min_capacity" in form.fields) is (kind is Kind.NEED)
    shown = [field.name for field in form.asked]
    shown += [field.name for _, fields in form.folded for field in fields]
    shown += [field.name for field in form.hidden_fields()]
    assert sorted(shown) == sorted(form.fields)


@pytest.mark.django_db
def test_an_unknown_market_cannot_be_posted_in() -> None:
    owner = builders.organisation()
    with pytest.raises(KeyError):
        verbs.post(
            owner,
            by=builders.HOUSE,
            kind=Kind.NEED,
            market_slug="atlantis",
            content=builders.content(),
        )
    assert not Listing.objects.exists()


@pytest.mark.django_db
@each_market
@each_kind
def test_all_that_can_be_said_at_once_fits_in_the_table(slug: str, kind: Kind) -> None:
    terms = choices_of(market(slug).terms.values())
    amount = {"ticket_min": 0, "ticket_max": 999_999_999_999} if slug in WITH_AN_AMOUNT else {}
    made = builders.listing(
        builders.organisation(),
        kind,
        slug,
        areas=tuple(area.slug for area in Area.objects.all()),
        regions=tuple(code for code, _ in region_choices()),
        skills=tuple("x" * 60 for _ in range(12)),
        start=date(2026, 1, 1),
        end=date(2026, 12, 31),
        terms=terms,
        capacity=100_000,
        min_capacity=100_000,
        **amount,
    )
    assert Listing.objects.get(pk=made.pk).stated()["capacity"]["capacity"] == 100_000
