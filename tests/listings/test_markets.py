"""Every market of the coalition: its blocks, its terms, and what must agree before two sides meet."""

from collections.abc import Callable

import pytest
from django.db.models import Field
from django.utils import translation

from katalysator.coalition.blocks import Block
from katalysator.faults import InvalidInput
from katalysator.listings import verbs
from katalysator.listings.forms import ListingForm
from katalysator.listings.market import Market, market, markets
from katalysator.listings.models import Kind, Listing
from tests import builders

HARD = {
    "expertise": {},
    "pilot": {},
    "teaching": {
        "level": ["mbo", "hbo", "bachelor", "master", "phd", "professional"],
        "work_language": ["nl", "en"],
    },
    "internship": {"level": ["mbo", "hbo", "bachelor", "master"], "work_language": ["nl", "en"]},
    "research-position": {
        "position": ["phd", "postdoc", "engineer", "visiting"],
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
    "capital": {"instrument": ["equity", "loan", "grant"]},
}
BLOCKS = {
    "expertise": set(Block),
    "pilot": {Block.TRUST, Block.RESEARCH, Block.DATA, Block.GROWTH},
    "teaching": {Block.TALENT},
    "internship": {Block.TALENT},
    "research-position": {Block.RESEARCH, Block.TALENT},
    "lab-capacity": {Block.RESEARCH},
    "data": {Block.DATA},
    "challenge": {Block.GROWTH},
    "capital": {Block.GROWTH},
    "funding-consortium": {Block.GROWTH, Block.RESEARCH},
}
WITH_AN_AMOUNT = {"challenge", "capital"}
WHERE_OFFERS_ASK = {"internship", "research-position", "capital", "funding-consortium"}

each_market = pytest.mark.parametrize("slug", sorted(BLOCKS))
each_kind = pytest.mark.parametrize("kind", list(Kind))


def choices_of(where: type[Market], terms: tuple[str, ...]) -> dict[str, list[str]]:
    return {term: [value for value, _ in where.choices(term)] for term in terms}


def test_these_are_the_markets() -> None:
    assert {each.slug for each in markets()} == set(BLOCKS)


@each_market
def test_a_market_has_its_terms(slug: str) -> None:
    where = market(slug)
    soft = tuple(set(where.terms.model_fields) - set(where.hard_terms()))
    assert choices_of(where, where.hard_terms()) == HARD[slug]
    assert choices_of(where, soft) == SOFT.get(slug, {})


@each_market
def test_a_market_lies_in_its_blocks(slug: str) -> None:
    assert set(market(slug).blocks) == BLOCKS[slug]


def test_some_markets_ask_for_an_amount() -> None:
    assert {each.slug for each in markets() if each.has_ticket} == WITH_AN_AMOUNT


def test_in_some_markets_an_offer_reads_as_a_question() -> None:
    assert {each.slug for each in markets() if each.offers_may_ask} == WHERE_OFFERS_ASK


@each_market
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_market_speaks_both_languages(slug: str, language: str) -> None:
    where = market(slug)
    with translation.override(language):
        said = [where.label, where.need_example, where.offer_example]
        said += [*where.term_labels.values(), *where.choice_labels.values()]
        assert all(str(text).strip() for text in said)
        assert str(where.need_example) != str(where.offer_example)


@each_market
def test_a_market_labels_its_terms_and_choices_and_nothing_else(slug: str) -> None:
    where = market(slug)
    terms = tuple(where.terms.model_fields)
    assert set(where.term_labels) == set(terms)
    every_choice = {value for values in choices_of(where, terms).values() for value in values}
    assert set(where.choice_labels) == every_choice


@each_market
def test_no_term_takes_the_place_of_something_else(slug: str) -> None:
    stored = {field.name for field in Listing._meta.get_fields() if isinstance(field, Field)}
    taken = stored | set(ListingForm.base_fields) | {"own", "period", "area", "region", "ticket"}
    assert not taken & set(market(slug).terms.model_fields)


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


@pytest.mark.django_db
@pytest.mark.parametrize("slug", sorted(name for name in BLOCKS if HARD[name] or SOFT.get(name)))
@pytest.mark.parametrize("spoil", [lambda _: [], lambda values: [*values, "atlantis"]])
def test_a_term_without_a_choice_or_with_an_unknown_one_is_refused_by_name(
    slug: str, spoil: Callable[[list[str]], list[str]]
) -> None:
    owner = builders.organisation()
    for term in market(slug).terms.model_fields:
        said = builders.content(slug)
        terms = {**said.terms, term: spoil(said.terms[term])}
        with pytest.raises(InvalidInput, match=term) as refused:
            builders.draft(owner, market_slug=slug, terms=terms)
        assert refused.value.where == (term,)
    assert not Listing.objects.exists()


@pytest.mark.django_db
@each_market
def test_a_term_left_out_or_made_up_is_refused(slug: str) -> None:
    owner = builders.organisation()
    said = builders.content(slug).terms
    wrong = [{**said, "colour": ["blue"]}]
    wrong += [{name: said[name] for name in said if name != left_out} for left_out in said]
    for terms in wrong:
        with pytest.raises(InvalidInput, match="not one of the choices"):
            builders.draft(owner, market_slug=slug, terms=terms)


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
    assert set(market(slug).terms.model_fields) <= set(form.fields)
    assert ("ticket_max" in form.fields) is (slug in WITH_AN_AMOUNT)
    assert ("block" in form.fields) is (len(BLOCKS[slug]) > 1)
    assert ("region_required" in form.fields) is (kind is Kind.NEED)
    shown = [field.name for _, fields in form.groups for field in fields]
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
