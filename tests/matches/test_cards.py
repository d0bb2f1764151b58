"""Matches as a page shows them: sentences and bars in the reader's language."""

from typing import Any

import pytest
from django.utils import translation

from katalysator.engine.matching import Part
from katalysator.listings.market import Market, market, markets
from katalysator.listings.models import Kind, Listing
from katalysator.matches.candidates import candidates
from katalysator.matches.cards import MatchCard, hidden_rows, match_cards
from katalysator.matches.constraints import hard
from katalysator.matches.entries import enter
from tests import builders
from tests.matches.steps import NEED, OFFER

pytestmark = pytest.mark.django_db


def listing(kind: Kind = Kind.NEED, slug: str = "expertise", **fields: Any) -> Listing:
    return builders.listing(builders.organisation(), kind, slug, **fields)


class TestMatchCards:
    def cards(self, of: Listing, **asked: Any) -> list[MatchCard]:
        found = candidates(of, seen_by=None, **asked)
        assert found is not None
        return match_cards(of, found, inside=True)

    @pytest.fixture
    def two(self) -> tuple[Listing, Listing]:
        need = listing(**NEED, skills=("beeldherkenning", "mlops"))
        offer = listing(Kind.OFFER, **OFFER, regions=("NL42",), areas=("zorg", "agro"))
        enter([need, offer])
        return need, offer

    def test_a_match_is_shown_with_its_reasons(self, two: tuple[Listing, Listing]) -> None:
        need, offer = two
        (view,) = self.cards(need)
        assert (view.rank, view.other.title) == (1, offer.title)
        assert view.strength in {"good", "strong"}
        assert view.strength_label == view.strength
        assert "beeldherkenning" in view.fits
        assert "Health and care" in view.fits
        assert "mlops" in view.missing
        assert "your region" in view.missing
        assert "Quiet" in view.pressure

    def test_in_dutch_too_with_a_comma_in_the_odds(self, two: tuple[Listing, Listing]) -> None:
        need, _ = two
        with translation.override("nl"):
            (view,) = self.cards(need)
        assert "Gezondheid en zorg" in view.fits
        assert "jouw regio" in view.missing
        assert view.score.endswith("%")
        assert view.odds.count(",") == 1
        assert {"betekenis", "begrippen"} <= {bar.label for bar in view.parts}

    def test_how_busy_an_offer_is_concerns_those_who_need_it(
        self, two: tuple[Listing, Listing]
    ) -> None:
        _, offer = two
        (view,) = self.cards(offer)
        assert view.pressure == ""

    def test_bars_are_within_the_frame_and_the_invisible_is_left_out(
        self, two: tuple[Listing, Listing]
    ) -> None:
        need, _ = two
        found = candidates(need, seen_by=None)
        assert found is not None
        (view,), (item,) = match_cards(need, found, inside=True), found.items
        visible = {part for part, value in item.parts.items() if abs(value) >= 0.05}
        assert len(view.parts) == len(visible) < len(Part)
        assert all(0 <= bar.width <= 100 for bar in view.parts)
        assert {bar.negative for bar in view.parts if bar.label == "to start with"} == {True}
        shown = sum(float(bar.value.replace("−", "-")) for bar in view.parts)
        assert shown == pytest.approx(float(view.odds.replace("−", "-")), abs=0.01)

    def test_a_term_and_a_choice_of_one_name_keep_their_own_labels(self) -> None:
        terms = {"access": ["open"], "personal": ["personal"]}
        need, offer = (listing(kind, "data", terms=terms, **OFFER) for kind in Kind)
        enter([need, offer])
        (view,) = self.cards(need)
        assert "agrees on access “Open” and personal data “Personal”" in view.fits
        with translation.override("nl"):
            (view,) = self.cards(need)
        assert "persoonsgegevens “Herleidbaar tot personen”" in view.fits

    def test_ranks_count_from_one(self) -> None:
        need = listing(**NEED)
        enter([need, *(listing(Kind.OFFER, **OFFER) for _ in range(3))])
        assert [view.rank for view in self.cards(need)] == [1, 2, 3]


class TestWhatIsHidden:
    def test_the_commonest_reason_comes_first(self) -> None:
        rows = hidden_rows(market("teaching"), {"own": 1, "level": 5, "region": 3})
        assert [(str(label), count) for label, count in rows] == [
            ("with another choice for “Level”", 5),
            ("in another region", 3),
            ("of the same organisation", 1),
        ]

    def test_each_kind_of_term_has_words_of_its_own(self, tide: type[Market]) -> None:
        rows = hidden_rows(tide, {"depth": 4, "wind": 3, "capacity": 2, "period": 1})
        assert [(str(label), count) for label, count in rows] == [
            ("outside the bounds of “Depth”", 4),
            ("with another choice for “Wind”", 3),
            ("with too few places", 2),
            ("outside the period", 1),
        ]

    def test_nothing_hidden_is_no_row(self) -> None:
        assert hidden_rows(market("teaching"), {}) == []

    @pytest.mark.parametrize("slug", [each.slug for each in markets()])
    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_every_reason_of_every_market_has_words(self, slug: str, language: str) -> None:
        names = list(hard(listing(slug=slug)))
        with translation.override(language):
            rows = hidden_rows(market(slug), dict.fromkeys(names, 1))
            labels = {str(label) for label, _ in rows}
        assert len(labels) == len(names)
        assert not labels & set(names)
