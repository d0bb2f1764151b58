"""Listings as a page shows them: labels and sentences in the reader's language."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition.models import Organisation
from katalysator.coalition.naming import area_names
from katalysator.core import audit
from katalysator.engine.matching.explanation import GOOD, POSSIBLE, STRONG
from katalysator.listings import verbs
from katalysator.listings.cards import (
    Card,
    card,
    card_page,
    period_label,
    region_label,
    terms_rows,
    timeline,
)
from katalysator.listings.market import Market, market, markets
from katalysator.listings.models import Kind, Listing
from tests import builders
from tests.listings.tide import STATED

pytestmark = pytest.mark.django_db


def listing(kind: Kind = Kind.NEED, slug: str = "expertise", **fields: Any) -> Listing:
    return builders.listing(builders.organisation(), kind, slug, **fields)


def shown(of: Listing, *, inside: bool = False) -> Card:
    return card(of, area_names(), inside=inside)


class TestCards:
    def test_a_card_says_who_what_and_where(self) -> None:
        made = listing(areas=("zorg", "agro"), regions=("NL31", "NL41"), end=date(2026, 3, 31))
        view = shown(made)
        assert (view.kind, view.title, view.language) == ("need", made.title, "nl")
        assert view.owner == made.owner
        assert view.areas == ["Health and care", "Agriculture and food"]
        assert view.region_label == "Utrecht, North Brabant"
        assert view.period_label == "up to and including 31 March 2026"
        assert (str(view.market_label), view.block) == ("Expertise", made.block)
        assert (view.state, view.state_label, view.is_open) == ("published", "Published", True)
        assert view.get_absolute_url == f"/en/listings/{made.pk}/"
        assert view.edit_url == f"/en/listings/{made.pk}/edit/"

    def test_a_reader_of_dutch_reads_dutch(self) -> None:
        made = listing(regions=("NL41",), start=date(2026, 3, 1))
        with translation.override("nl"):
            view = shown(made)
            assert view.areas == ["Gezondheid en zorg"]
            assert (view.region_label, view.period_label) == ("Noord-Brabant", "vanaf 1 maart 2026")
            assert view.state_label == "Gepubliceerd"
            assert view.get_absolute_url.startswith("/nl/")

    def test_a_long_text_is_cut_after_a_word(self) -> None:
        made = listing(text=" ".join(f"woord{n}" for n in range(40)))
        assert shown(made).summary.endswith("woord27 …")
        assert shown(listing(text="kort")).summary == "kort"

    @pytest.mark.parametrize(
        ("best", "label"),
        [
            (0.0, ""),
            (POSSIBLE - 0.001, ""),
            (POSSIBLE, "Possible: have a look"),
            (GOOD - 0.001, "Possible: have a look"),
            (GOOD, "Good match"),
            (STRONG - 0.001, "Good match"),
            (STRONG, "Strong match"),
            (1.0, "Strong match"),
        ],
    )
    def test_the_best_match_is_told_in_steps(self, best: float, label: str) -> None:
        made = listing()
        made.best, made.best_inside = best, 0.0
        assert shown(made).best_match == label
        made.best, made.best_inside = 0.0, best
        assert shown(made, inside=True).best_match == label
        assert shown(made, inside=False).best_match == ""

    def test_what_is_no_longer_open_says_so(self) -> None:
        settled = verbs.move(listing(), "settle", by=builders.HOUSE)
        assert (shown(settled).is_open, shown(settled).state_label) == (False, "Matched")

    def test_a_page_asks_as_often_however_many_stand_on_it_and_half_as_often_again(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for count in (1, 3):
            while Listing.objects.count() < count:
                listing()
            for queries in (7, 4):
                with django_assert_num_queries(queries):
                    page = card_page(Listing.objects.order_by("pk"), None, inside=False)
                    assert all(each.owner.name for each in page)
                assert len(page) == count

    def test_what_is_told_inside_is_not_told_outside_nor_in_another_language(self) -> None:
        made = listing()
        Listing.objects.filter(pk=made.pk).update(best_inside=STRONG)
        told = {
            (inside, language): _first_card(inside=inside, language=language)
            for language in ("nl", "en", "nl")
            for inside in (True, False, True)
        }
        assert {key for key, each in told.items() if each.best_match} == {
            (True, "nl"),
            (True, "en"),
        }
        assert told[True, "en"].best_match == "Strong match"
        assert "Strong match" in told[True, "en"].row
        assert told[True, "nl"].best_match != "Strong match"

    def test_a_write_shows_in_the_next_page(self) -> None:
        made = listing()
        for name in ("A", "B"):
            Listing.objects.filter(pk=made.pk).update(title=name)
            assert _first_card().title == name
            assert f">{name}<" in _first_card().row
            Organisation.objects.filter(pk=made.organisation_id).update(name=name * 2)
            assert f"<bdi>{name * 2}</bdi>" in _first_card().row


def _first_card(*, inside: bool = False, language: str = "en") -> Card:
    with translation.override(language):
        made: Card = card_page(Listing.objects.order_by("pk"), None, inside=inside)[0]
        assert made.row
        return made


def test_a_period_and_a_place_that_are_not_stated_are_empty_or_the_country() -> None:
    made = listing(regions=("NL",))
    assert period_label(made) == ""
    assert region_label(made) == "Netherlands"


def test_a_region_without_a_known_name_goes_by_its_code() -> None:
    assert region_label(listing(regions=("NL310",))) == "NL310"


class TestTimeline:
    def told(self, of: Listing) -> list[str]:
        return [sentence for _at, sentence in timeline(of)]

    def test_what_happened_is_told_the_newest_first(self) -> None:
        made = listing()
        verbs.edit(made, by=builders.HOUSE, content=builders.content(title="Anders"))
        verbs.move(made, "settle", by=builders.HOUSE)
        verbs.move(made, "reopen", by=builders.HOUSE)
        said = ["Opened again", "Matched", "Changed", "Published", "Written down"]
        assert self.told(made) == said

    def test_a_deed_that_is_no_longer_in_the_table_stays_in_the_history(self) -> None:
        made = listing()
        audit.record("listing.highlight", made, by=builders.HOUSE, after={})
        assert self.told(made)[0] == "highlight"


MEASURED: Final = {
    "days_a_week": 2,
    "hours_a_week": {"min": 24},
    "monthly_pay": {"max": "3000"},
    "course_fee": "650",
}


class TestTerms:
    def rows(self, slug: str, kind: Kind = Kind.NEED, **fields: Any) -> dict[str, str]:
        made = listing(kind, slug, **fields)
        return {str(label): value for label, value in terms_rows(made, area_names())}

    def test_all_that_is_agreed_upon_is_shown(self) -> None:
        rows = self.rows(
            "capital",
            areas=("zorg",),
            areas_required=True,
            regions=("NL31", "NL32"),
            start=date(2026, 1, 1),
            end=date(2026, 1, 31),
            skills=("mlops", "c#"),
            capacity=4,
            min_capacity=2,
            ticket_min=Decimal(1_000_000),
            ticket_max=Decimal(2_500_000),
            terms={"stage": ["seed", "growth"], "instrument": ["loan"]},
        )
        assert rows == {
            "Areas": "Health and care (required)",
            "Regions": "Utrecht, North Holland",
            "Period": "1 January 2026 – 31 January 2026",
            "Stage": "First round (seed), Growth round",
            "Instrument": "Loan",
            "Amount": "€1,000,000 to €2,500,000",
            "Skills": "mlops, c#",
            "How many": "4, at least 2 together",
        }

    def test_what_is_not_said_has_no_row(self) -> None:
        assert set(self.rows("challenge")) == {"Areas", "Regions"}

    @pytest.mark.parametrize(
        ("low", "high", "said"),
        [
            (None, Decimal(5_000), "up to €5,000"),
            (Decimal(5_000), None, "from €5,000"),
            (Decimal(0), Decimal(5_000), "€0 to €5,000"),
            (Decimal(5_000), Decimal(5_000), "€5,000"),
            (None, Decimal("99.50"), "up to €99.50"),
        ],
    )
    def test_an_amount_may_be_open_at_either_end(
        self, low: Decimal | None, high: Decimal | None, said: str
    ) -> None:
        assert self.rows("challenge", ticket_min=low, ticket_max=high)["Amount"] == said

    def test_dutch_amounts_have_dots(self) -> None:
        with translation.override("nl"):
            rows = self.rows("challenge", ticket_max=Decimal(25_000), region_required=True)
        assert rows["Bedrag"] == "tot €\xa025.000"
        assert "Utrecht (verplicht)" in rows.values()

    @pytest.mark.parametrize("slug", [each.slug for each in markets()])
    def test_every_market_shows_every_term(self, slug: str) -> None:
        ticket: dict[str, Any] = (
            {"ticket_max": Decimal(1)} if "ticket" in market(slug).terms else {}
        )
        given = {name: value for name, value in MEASURED.items() if name in market(slug).terms}
        terms = {**builders.content(slug).terms, **given}
        labels = {str(term.label) for term in market(slug).terms.values()}
        rows = self.rows(slug, end=date(2026, 1, 1), capacity=2, terms=terms, **ticket)
        assert labels <= set(rows)

    def test_every_kind_of_term_is_shown_in_words(self, tide: type[Market]) -> None:
        rows = self.rows("tide", terms=STATED | {"remark": "Mind the gap"})
        assert {name: rows[name] for name in rows if name not in {"Areas", "Regions"}} == {
            "Phase": "Ebb",
            "Mood": "Calm",
            "Depth": "3 to 7",
            "Draught": "4 m",
            "Quay": "North",
            "Wind": "Breeze",
            "Remark": "Mind the gap",
        }

    def test_a_term_and_a_choice_of_one_name_keep_their_own_labels(self) -> None:
        terms = {"access": ["open"], "personal": ["personal", "none"]}
        assert self.rows("data", terms=terms)["Personal data"] == "None, Personal"
        with translation.override("nl"):
            rows = self.rows("data", terms=terms)
        assert rows["Persoonsgegevens"] == "Geen, Herleidbaar tot personen"

    def test_a_choice_that_the_market_had_before_is_shown_as_it_was_kept(self) -> None:
        made = listing(Kind.NEED, "capital")
        made.terms = {"stage": ["unicorn", "seed"]}
        rows = {str(label): value for label, value in terms_rows(made, area_names())}
        assert rows["Stage"] == "unicorn, First round (seed)"
