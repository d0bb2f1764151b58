"""Pages: both languages whole, safe by their headers, helpful when something is not there."""

import csv
import io
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from katalysator.listings import verbs
from katalysator.listings.models import Kind, Listing
from katalysator.matches.search import rematch
from tests import builders

pytestmark = pytest.mark.django_db

PAGES = (
    "/",
    "/about/",
    "/listings/",
    "/organisations/",
    "/account/login/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/password/reset/key/1-x/",
    "/account/password/reset/key/done/",
    "/account/signup/",
    "/account/inactive/",
)


def _match(need: Listing) -> None:
    """Let the background find the matches of a need and of all offers."""
    for each in (need, *Listing.objects.of_kind(Kind.OFFER)):
        rematch(each)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_speaks_the_language_of_its_address(
    client: Client, page: str, language: str
) -> None:
    answer = client.get(f"/{language}{page}")
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.content.decode()
    assert answer["Content-Language"] == language


def test_the_bare_address_leads_to_the_readers_language(client: Client) -> None:
    assert (
        client.get("/", headers={"accept-language": "en"}, follow=True).redirect_chain[-1][0]
        == "/en/"
    )
    assert (
        client.get("/", headers={"accept-language": "nl"}, follow=True).redirect_chain[-1][0]
        == "/nl/"
    )


def test_the_language_switch_keeps_the_place_and_the_filters(client: Client) -> None:
    page = client.get("/nl/listings/?area=zorg&kind=need").content.decode()
    assert 'href="/en/listings/?area=zorg&amp;kind=need"' in page


@pytest.mark.parametrize("page", PAGES)
def test_nothing_inline_and_nothing_from_elsewhere(client: Client, page: str) -> None:
    answer = client.get(f"/en{page}")
    html = answer.content.decode()
    assert not re.search(r'<script(?![^>]*(?:src=|type="application/json"))[^>]*>', html)
    assert not re.search(r'\sstyle="|\son[a-z]+="|<style', html)
    assert not re.search(r'(src|href)="(https?:)?//', html)
    policy = answer["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "address", ["/en/listings/999999/", "/en/organisations/niemand/", "/nl/weg/"]
)
def test_what_is_not_there_says_so_and_leads_on(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    page = answer.content.decode()
    assert 'id="search-all"' in page
    assert f'href="{address[:3]}/listings/"' in page
    assert f'href="{address[:3]}/account/login/"' in page
    assert f'href="{address.replace("/en/", "/nl/")}" lang="nl"' in page
    assert f'href="{address.replace("/nl/", "/en/")}" lang="en"' in page


def test_an_address_without_a_language_offers_the_front_page_in_both(client: Client) -> None:
    page = client.get("/weg/").content.decode()
    assert 'href="/nl/" lang="nl"' in page
    assert 'href="/en/" lang="en"' in page


def test_a_request_for_another_house_is_refused_on_a_page_with_a_way_on(client: Client) -> None:
    answer = client.get("/en/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert 'href="/nl/" lang="nl"' in answer.content.decode()


def test_the_filters_take_along_what_depends_on_them(client: Client) -> None:
    """Each part that is swapped besides the list is there, once."""
    for address, parts in {
        "/en/": {"languages", "counts", "after-matrix"},
        "/en/listings/": {"languages", "export", "beside-board"},
        "/en/organisations/": {"languages"},
    }.items():
        page = client.get(address).content.decode()
        (swapped,) = re.findall(r'hx-select-oob="([^"]*)"', page)
        assert set(re.findall(r"#([\w-]+)", swapped)) == parts
        assert all(page.count(f'id="{part}"') == 1 for part in parts)


@pytest.mark.parametrize(
    "query",
    ["page=999", "page=x", "area=nergens", "region=XX99", "hub=geen", "kind=iets", "sort=x", "show=x",
     "q=%00", "q=" + "a" * 5_000, "q=%27%22%3Cscript%3E", "q=%F0%9F%90%99", "block=", "market=--"],
)  # fmt: skip
@pytest.mark.parametrize(
    "page", ["/en/listings/", "/en/", "/en/organisations/", "/en/listings/export.csv"]
)
def test_no_question_breaks_a_page(client: Client, page: str, query: str) -> None:
    answer = client.get(f"{page}?{query}")
    assert answer.status_code == 200
    body = answer.getvalue()
    assert b"<script>" not in body


def test_the_matrix_counts_and_links_to_what_it_counts(client: Client) -> None:
    owner, other = builders.organisation(), builders.organisation()
    need = builders.listing(owner, title="Longscans beoordelen", areas=("zorg",))
    builders.listing(
        other, Kind.OFFER, title="Longscans beoordelen met beeldherkenning", areas=("zorg",)
    )
    builders.listing(other, areas=("energie",), block="data")
    _match(need)
    page = client.get("/en/").content.decode()
    assert "?area=zorg&amp;block=research&amp;kind=need" in page
    assert "?area=energie&amp;block=data&amp;show=gaps" in page
    assert (
        client.get("/en/listings/?area=zorg&block=research&show=matches")
        .context["page"]
        .paginator.count
        == 1
    )
    assert (
        client.get("/en/listings/?area=energie&block=data&show=gaps")
        .context["page"]
        .paginator.count
        == 1
    )


def test_a_listing_shows_its_match_with_reasons_and_parts_that_add_up(client: Client) -> None:
    owner, other = builders.organisation(), builders.organisation()
    need = builders.listing(owner)
    builders.listing(other, Kind.OFFER, title="Beeldherkenning voor longscans")
    _match(need)
    page = client.get(f"/en/listings/{need.pk}/").content.decode()
    match = page.split('id="matches"')[1].replace("\N{MINUS SIGN}", "-")
    assert "Beeldherkenning voor longscans" in match
    assert "same area: Health and care" in match
    *parts, odds = map(float, re.findall(r'<td class="num">([^<]+)</td>', match))
    assert sum(parts) == pytest.approx(odds, abs=0.01)
    assert re.search(r"a chance of \d+% that it is useful", match)


def test_a_match_leads_to_the_organisation_and_opens_its_score_first(client: Client) -> None:
    owner, other = builders.organisation(), builders.organisation()
    need = builders.listing(owner)
    for _ in range(2):
        builders.listing(other, Kind.OFFER, title="Beeldherkenning voor longscans")
    _match(need)
    page = client.get(f"/en/listings/{need.pk}/").content.decode()
    matches = page.split('id="matches"')[1]
    assert matches.count(f'href="{other.get_absolute_url()}"') == 2
    assert re.findall(r'<details class="more"( open)?', matches) == [" open", ""]
    assert "2 strong matches, 2 looked at" in matches or "2 good matches, 2 looked at" in matches


def test_where_nothing_fits_well_the_page_says_so_and_shows_what_comes_nearest(
    client: Client,
) -> None:
    need = builders.listing(builders.organisation(), skills=("lassen", "frezen", "solderen"))
    for subject in ("Muziekles", "Taalles", "Rekenles", "Zwemles"):
        builders.listing(
            builders.organisation(), Kind.OFFER, title=subject, text=subject, areas=("zorg",)
        )
    _match(need)
    answer = client.get(f"/en/listings/{need.pk}/")
    page = answer.content.decode()
    assert {card.strength for card in answer.context["matches"]} == {"weak"}
    assert "Nothing that may be of use, 4 looked at" in page
    assert "This comes nearest" in page
    assert "Show 1 weak match" in page
    assert re.findall(r'<details class="more"( open)?', page) == [""] * 5


def test_a_listing_that_was_not_read_yet_says_that_it_is_being_looked_for(client: Client) -> None:
    page = client.get(f"/en/listings/{builders.listing(builders.organisation()).pk}/")
    assert page.context["matches_pending"]
    assert "Look again" in page.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_the_same_number_of_questions_for_more_rows(
    client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        builders.listing(builders.organisation(), areas=("zorg", "energie"))
    with django_assert_num_queries(8):
        client.get("/en/listings/")
    with django_assert_num_queries(6):
        client.get("/en/organisations/")


def test_html_in_a_text_is_shown_as_text(client: Client) -> None:
    owner = builders.organisation()
    listing = builders.listing(owner, title="1 < 2 & 3 > 2", text="x")
    Listing.objects.filter(pk=listing.pk).update(text="<b>vet</b> 🐙 שלום")
    page = client.get(f"/en/listings/{listing.pk}/").content.decode()
    assert "1 &lt; 2 &amp; 3 &gt; 2" in page
    assert "&lt;b&gt;vet&lt;/b&gt; 🐙 שלום" in page


def test_the_download_holds_what_the_list_holds(client: Client) -> None:
    owner = builders.organisation()
    builders.listing(owner, title="Open")
    verbs.move(builders.listing(owner, title="Dicht"), "close", by=builders.HOUSE)
    client.force_login(
        builders.person(owner), backend="katalysator.site.accounts.backend.PersonBackend"
    )
    for asked, titles in (
        ("", {"Open"}),
        ("?state=closed", {"Dicht"}),
        ("?state=any", {"Open", "Dicht"}),
    ):
        answer = client.get(f"/en/listings/export.csv{asked}")
        lines = b"".join(answer.streaming_content).decode().removeprefix("\ufeff")  # type: ignore[attr-defined]
        assert {row["title"] for row in csv.DictReader(io.StringIO(lines))} == titles


def test_sign_up_is_closed_with_a_way_on(client: Client) -> None:
    answer = client.get("/en/account/signup/")
    assert answer.status_code == 200
    assert "<form" not in answer.content.decode().split("<main")[1]


ASKS, GIVES = "Wij zoeken iemand die scans beoordeelt", "Wij bieden beoordeling van scans"
QUESTION, OFFER = "This offer reads as a question.", "This need reads as an offer."


@pytest.mark.parametrize(
    ("place", "title", "told"),
    [
        ("offer/expertise", ASKS, QUESTION),
        ("offer/expertise", GIVES, None),
        ("need/expertise", ASKS, None),
        ("need/expertise", GIVES, OFFER),
        ("offer/internship", ASKS, None),  # here an offer may ask: a firm looks for a student
        ("offer/internship", GIVES, None),
        ("need/internship", GIVES, OFFER),
    ],
)
def test_who_posts_on_the_wrong_half_is_told_so(
    client: Client, place: str, title: str, told: str | None
) -> None:
    owner = builders.organisation()
    client.force_login(
        builders.person(owner), backend="katalysator.site.accounts.backend.PersonBackend"
    )
    form = builders.typed(owner, place.partition("/")[2], title=title, text="Longscans.")
    posted = client.post(f"/en/listings/new/{place}/", form, follow=True).content.decode()
    changed = client.post(f"/en/listings/{Listing.objects.get().pk}/edit/", form, follow=True)
    for page in (posted, changed.content.decode()):
        assert title in page
        assert [said for said in (QUESTION, OFFER) if said in page] == ([told] if told else [])
