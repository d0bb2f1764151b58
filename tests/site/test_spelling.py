"""Did you mean: a misspelt word leads to what is meant, and to nothing that the asker may not read."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from katalysator.coalition.models import Organisation
from katalysator.core import kept
from katalysator.listings import verbs
from katalysator.listings.models import Listing
from katalysator.readings.models import PublicWord
from katalysator.site.search.spelling import renew_words
from katalysator.site.tasks import count_words
from tests import builders
from tests.site.asking import ROOT, visitors

pytestmark = pytest.mark.django_db

RIGHT, WRONG = "zeehondentelling", "zeehondentleling"


def meant(words: str, by: Client | None = None) -> str | None:
    """What the API proposes; the page must propose the same."""
    by = by or Client()
    said: str | None = by.get(f"{ROOT}/search", {"q": words}).json()["didYouMean"]
    with kept.anew():
        page = by.get("/en/search/", {"q": words}).content.decode()
    assert ("Did you mean" in page) is bool(said)
    if said:
        assert f"<bdi>{said}</bdi></a>" in page
    return said


def text(word: str = RIGHT, visibility: str = "everyone") -> Listing:
    return builders.listing(
        builders.organisation(), title=f"Over een {word}", visibility=visibility
    )


class TestWhatIsProposed:
    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            (WRONG, RIGHT),
            ("zeehondentellng", RIGHT),
            ("zeehonddentelling", RIGHT),
            ("Zeehondentleling", RIGHT.capitalize()),
            (f"een {WRONG} op zee", f"een {RIGHT} op zee"),
            ("beroette", "beroerte"),
            ("beeldherkening", "beeldherkenning"),
            ("personeelsplaning", "personeelsplanning"),
            ("boomsoortherkening", "boomsoortherkenning"),  # of a dictionary's word and a label's
            ("energgieverdeling", "energieverdeling"),
            ("hospitl", "hospital"),
        ],
    )
    def test_it_is_the_nearest_of_public_texts_and_of_the_thesaurus(
        self, typed: str, said: str
    ) -> None:
        text()
        renew_words()
        assert meant(typed) == said

    @pytest.mark.parametrize(
        "typed",
        [
            RIGHT,
            "zeehondentellingen",
            "zeehond",
            "kaas",
            "zebrapad",
            "waterstofopslag",
            "GDPR",
            "voertuigdetectie",
            "bijenkasttelling",
        ],
    )
    def test_what_is_right_is_left_alone(self, typed: str) -> None:
        text()
        renew_words()
        assert meant(typed) is None

    def test_the_link_keeps_kind_and_facets_and_the_query_stays_as_it_is(
        self, client: Client
    ) -> None:
        text()
        renew_words()
        asked = {"q": WRONG, "kind": "need", "area": "zorg"}
        page = client.get("/en/search/", asked).content.decode()
        assert f'href="?q={RIGHT}&amp;kind=need&amp;area=zorg"' in page
        assert f"Search: <bdi>{WRONG}</bdi>" in page

    def test_a_mistake_that_somebody_made_before_is_mended_where_nearly_all_write_otherwise(
        self,
    ) -> None:
        text(WRONG)
        for _ in range(20):
            text()
        renew_words()
        assert meant(WRONG) == RIGHT
        PublicWord.objects.filter(word=RIGHT).update(texts=19)
        assert meant(WRONG) is None

    def test_html_is_shown_as_text(self, client: Client) -> None:
        text()
        renew_words()
        page = client.get("/en/search/", {"q": f"a < b {WRONG}"}).content.decode()
        assert f"<bdi>a &lt; b {RIGHT}</bdi>" in page


class TestWhatIsHidden:
    def test_a_word_of_hidden_texts_is_proposed_to_nobody(self, owner: Organisation) -> None:
        builders.listing(owner, title=RIGHT, visibility="participants")
        builders.draft(owner, title=RIGHT)
        builders.activity(owner, "draft", title=RIGHT)
        builders.item(owner, "draft", title=RIGHT)
        renew_words()
        assert not PublicWord.objects.filter(word=RIGHT).exists()
        for client in visitors(owner).values():
            assert meant(WRONG, client) is None

    def test_a_word_of_a_text_that_was_hidden_since_is_not(self, owner: Organisation) -> None:
        made = builders.listing(owner, title=RIGHT)
        renew_words()
        assert meant(WRONG) == RIGHT
        verbs.move(made, "withdraw", by=builders.HOUSE)
        assert PublicWord.objects.filter(word=RIGHT).exists()
        assert meant(WRONG) is None

    def test_what_stands_in_what_the_asker_may_see_is_no_mistake(self, owner: Organisation) -> None:
        text()
        builders.listing(owner, title=WRONG, visibility="participants")
        renew_words()
        said = {name: meant(WRONG, client) for name, client in visitors(owner).items()}
        inside = {"other", "member", "coordinator"}
        assert said == {name: None if name in inside else RIGHT for name in said}

    def test_a_name_that_is_found_is_no_mistake(self) -> None:
        text("Jansen")
        renew_words()
        builders.found_as("Ada Jannsen")
        assert meant("jannsen") is None


def test_the_job_counts_texts_and_may_run_twice() -> None:
    for _ in range(2):
        text()
    for _ in range(2):
        count_words()
        assert PublicWord.objects.get(word=RIGHT).texts == 2


def test_what_is_right_costs_no_question_and_what_is_not_a_few(client: Client) -> None:
    text()
    renew_words()
    counts = []
    for words in ("zeehond", WRONG):
        client.get("/en/search/", {"q": words})
        with kept.anew(), CaptureQueriesContext(connection) as asked:
            client.get("/en/search/", {"q": words})
        counts.append(sum("readings_publicword" in each["sql"] for each in asked.captured_queries))
    assert counts == [0, 1]
