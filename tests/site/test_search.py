"""The page of search: results with marks, told apart, page by page, and help where there is nothing."""

import re
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from katalysator.coalition.models import Organisation
from katalysator.core import kept
from katalysator.listings.models import Kind, Listing
from katalysator.search.indexing import make_findable
from katalysator.site.search.views import PAGE
from tests import builders

pytestmark = pytest.mark.django_db

TEXT = "Wij zoeken een partij die dit met ons wil uitzoeken, liefst dit jaar nog."


def listing(title: str, text: str = TEXT, kind: Kind = Kind.NEED, **fields: str) -> Listing:
    return builders.listing(builders.organisation(), kind, title=title, text=text, **fields)


def read_all() -> None:
    """What the background does."""
    make_findable(Listing.objects.all())
    make_findable(Organisation.objects.all())


def main(client: Client, words: str, more: str = "", language: str = "en") -> str:
    """The content of the page, on one line."""
    answer = client.get(f"/{language}/search/?q={quote(words)}{more}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode().split("<main")[1].split("</main")[0])


def titles(page: str) -> list[str]:
    found = re.findall(r"<h3[^>]*>.*?<a [^>]*>(.*?)</a>", page)
    return [re.sub("</?mark>", "", each) for each in found]


class TestTheBox:
    @pytest.mark.parametrize("address", ["/", "/listings/", "/about/", "/nothing-here/"])
    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_every_page_has_one_that_leads_to_search(
        self, client: Client, address: str, language: str
    ) -> None:
        page = client.get(f"/{language}{address}").content.decode()
        (form,) = re.findall(r'<form[^>]*role="search".*?</form>', page, re.DOTALL)
        assert f'action="/{language}/search/" method="get"' in form
        assert re.search(r'<label [^>]*for="search-all">\S', form)
        assert '<input class="' in form
        assert 'id="search-all" name="q"' in form
        assert 'type="submit"' in form

    def test_it_keeps_what_was_looked_for(self, client: Client) -> None:
        page = client.get("/en/search/?q=%22%3E%3Cb%3Escan").content.decode()
        assert 'value="&quot;&gt;scan"' in page


class TestResults:
    @pytest.fixture(autouse=True)
    def four(self) -> None:
        listing("Beelden van een beroerte")
        listing("Stroke triage on CT", "We sell software.", Kind.OFFER, language="en")
        builders.organisation(
            name="Voorbeeldziekenhuis", about={"nl": "Zorg na een beroerte.", "en": "Stroke care."}
        )
        listing("Boekhouding voor veehouders", "Mestboekhouding en subsidies.", Kind.OFFER)
        read_all()

    def test_needs_offers_and_organisations_are_found_and_told_apart(self, client: Client) -> None:
        page = main(client, "beroerte")
        assert set(titles(page)) == {
            "Beelden van een beroerte",
            "Stroke triage on CT",
            "Voorbeeldziekenhuis",
        }
        assert "<title>Need</title>" in page
        assert "<title>Offer</title>" in page
        assert "<span>Organisation</span>" in page
        assert "3 results" in page

    @pytest.mark.parametrize(
        ("kind", "title"),
        [
            ("need", "Beelden van een beroerte"),
            ("offer", "Stroke triage on CT"),
            ("organisation", "Voorbeeldziekenhuis"),
        ],
    )
    def test_one_kind_can_be_chosen_by_a_link(self, client: Client, kind: str, title: str) -> None:
        page = main(client, "beroerte", f"&kind={kind}")
        assert titles(page) == [title]
        assert f'href="?q=beroerte&amp;kind={kind}" aria-current="page"' in page
        assert re.findall(r'class="num">(\d+)', page) == [
            "3",
            "1",
            "1",
            "0",
            "0",
            "0",
            "0",
            "1",
            "0",
        ]

    def test_a_kind_that_is_none_is_all(self, client: Client) -> None:
        assert len(titles(main(client, "beroerte", "&kind=wish"))) == 3

    def test_words_are_marked_in_title_and_text(self, client: Client) -> None:
        page = main(client, "beroerte", language="nl")
        assert "Beelden van een <mark>beroerte</mark>" in page
        assert "Zorg na een <mark>beroerte</mark>." in page

    def test_words_of_the_other_language_that_stand_for_it_are_marked_and_named(
        self, client: Client
    ) -> None:
        page = main(client, "beroerte")
        assert "<mark>Stroke</mark> triage on CT" in page
        assert "Found because it is about “stroke”." in page
        assert "Gevonden omdat het gaat over “beroerte”." in main(client, "beroerte", language="nl")

    def test_what_is_found_by_its_meaning_alone_says_so(self, client: Client) -> None:
        listing("Samen zingen in een koor", "Samen zingen in een koor op woensdagavond.")
        read_all()
        page = main(client, "singing together")
        assert titles(page) == ["Samen zingen in een koor"]
        assert "<mark>" not in page
        assert "Found by what it means. Your words are not in it." in page

    def test_whose_name_is_looked_for_is_told(self, client: Client) -> None:
        owner = builders.organisation(name="Voorbeeldlab Delft")
        builders.listing(owner, title="Titel", text="Tekst", skills=("lassen",))
        read_all()
        page = main(client, "lab delft", "&kind=need")
        assert titles(page) == ["Titel"]
        assert "Your words are in: Voorbeeldlab Delft." in page
        assert "Your words are in: lassen." in main(client, "lassen", "&kind=need")
        assert "Found by the name of its area" in main(client, "gezondheid en zorg", "&kind=need")


class TestSafety:
    def test_html_in_texts_and_in_the_query_is_shown_as_text(self, client: Client) -> None:
        evil = "<script>alert(1)</script> beroerte & <b>vet</b>"
        Listing.objects.filter(pk=listing("X").pk).update(title=evil, text=f"{evil} {TEXT}")
        page = main(client, "<script>alert(1)</script> beroerte")
        assert "<script" not in page
        assert "<b>vet" not in page
        assert "<mark>beroerte</mark>" in page
        assert "&lt;script&gt;" in page

    @pytest.mark.parametrize(
        "words", ["", " ", "...", "?!—", "\u200b\u2060", "\x00", "🐙", "de het een", "%", "\\"]
    )
    def test_what_is_no_word_gets_help(self, client: Client, words: str) -> None:
        listing("Beelden van een beroerte")
        page = main(client, words)
        assert titles(page) == []
        assert "Type one or a few words" in page
        assert 'href="/en/listings/?kind=need"' in page

    @pytest.mark.parametrize("words", ["x" * 5_000, "beroerte " * 1_100, "<" * 3_000 + "b>"])
    def test_a_long_query_is_cut_and_says_so(self, client: Client, words: str) -> None:
        page = main(client, words)
        assert "We looked for its first 200 characters only." in page
        assert len(page) < 20_000

    def test_invisible_signs_do_not_hide_a_word(self, client: Client) -> None:
        listing("Beelden van een beroerte")
        assert titles(main(client, "be\u200broerte\u202e")) == ["Beelden van een beroerte"]

    def test_where_nothing_is_found_the_page_helps(self, client: Client) -> None:
        page = main(client, "zzzz")
        assert "Nothing found" in page
        assert "Use fewer or other words." in page
        for way in ("/en/listings/?kind=offer", "/en/organisations/", "/en/listings/new/"):
            assert f'href="{way}"' in page

    def test_it_is_only_read(self, client: Client) -> None:
        assert client.post("/en/search/", {"q": "beroerte"}).status_code == 405


class TestPages:
    @pytest.fixture
    def made(self) -> list[int]:
        found = [listing("Beelden van een beroerte").pk for _ in range(PAGE + 3)]
        read_all()
        return found

    def keys(self, page: str) -> list[int]:
        return [int(each) for each in re.findall(r'href="/en/listings/(\d+)/"', page)]

    def test_pages_hold_everything_once_in_an_order_that_stays(
        self, client: Client, made: list[int]
    ) -> None:
        whole = [
            key for page in (1, 2) for key in self.keys(main(client, "beroerte", f"&page={page}"))
        ]
        assert whole == sorted(made, reverse=True)
        assert self.keys(main(client, "beroerte", "&page=2")) == whole[PAGE:]

    @pytest.mark.parametrize("page", ["0", "99", "x", "9" * 4_000])
    def test_a_page_that_is_none_is_the_nearest(
        self, client: Client, made: list[int], page: str
    ) -> None:
        assert self.keys(main(client, "beroerte", f"&page={page}"))

    def test_a_page_more_keeps_the_question(self, client: Client, made: list[int]) -> None:
        assert 'href="?q=beroerte&amp;kind=need&amp;page=2"' in main(
            client, "beroerte", "&kind=need"
        )


@pytest.mark.parametrize("rows", [1, 5])
def test_more_results_ask_no_more_questions(client: Client, rows: int) -> None:
    for kind in Kind:
        for _ in range(rows):
            listing("Beelden van een beroerte", kind=kind)
    builders.organisation(name="Beroertezorg")
    read_all()
    main(client, "beroerte")
    with CaptureQueriesContext(connection) as asked, kept.anew():
        main(client, "beroerte")
    assert len(asked) == 17


def test_the_board_finds_what_search_finds_in_the_same_order(client: Client) -> None:
    for text in ("Over beroertes.", TEXT):
        listing("Beelden van een beroerte", text)
    listing("Anders", "Een model voor beroertes bij ouderen.")
    listing("Stroke triage on CT", "We sell software.", Kind.OFFER, language="en")
    read_all()
    board = client.get("/en/listings/?q=beroerte").context["page"].object_list
    assert [each.title for each in board] == titles(main(client, "beroerte"))
    assert len(board) == 4


def test_the_directory_finds_what_search_finds(client: Client) -> None:
    builders.organisation(name="Beroertezorg")
    builders.organisation(name="Ziekenhuis", about={"nl": "Wij behandelen beroertes.", "en": ""})
    builders.organisation(name="Bakker", about={"nl": "Wij bakken brood en koek.", "en": ""})
    read_all()
    shown = client.get("/en/organisations/?q=stroke").context["page"].object_list
    assert [each.name for each in shown] == titles(main(client, "stroke", "&kind=organisation"))
    assert len(shown) == 2
