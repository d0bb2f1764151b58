"""What people paste into a form: each bad answer gets its own sentence, and nothing strange is lost."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from katalysator.listings.models import Kind, Listing
from tests import builders
from tests.listings.filled import Sent, form, sent, sentences

pytestmark = pytest.mark.django_db

BAD: list[tuple[str, str | list[str], str]] = [
    ("title", "x" * 121, "at most 120 characters (it has 121)"),
    ("title", "x" * 20_000, "at most 120 characters (it has 20000)"),
    ("text", "x" * 20_000, "at most 5000 characters (it has 20000)"),
    ("title", "   \n ", "This field is required."),
    ("title", "\u200b\u202e\ufeff", "This field is required."),
    ("title", "<img src=x onerror=alert(1)>", "This field is required."),
    ("text", "\0", "This field is required."),
    ("text", "<script>alert(1)</script>", "This field is required."),
    ("skills", ",".join(f"s{n}" for n in range(13)), "These are 13 skills. Name at most 12."),
    ("skills", "x" * 61, f"“{'x' * 30}…” is too long for a skill. Use at most 60 characters."),
    ("skills", "x" * 20_000, "is too long for a skill"),
    ("start", "2026-02-30", "Enter a valid date."),
    ("start", "31-31-2026", "Enter a valid date."),
    ("end", "morgen", "Enter a valid date."),
    ("end", "99999-01-01", "Enter a valid date."),
    ("end", "0000-00-00", "Enter a valid date."),
    ("end", "2025-12-31", "ends at 31 December 2025, before it begins at 1 January 2026."),
    ("ticket_max", "1000.49", "ends at €1,000.49, before it begins at €1,000.50."),
    ("ticket_max", "1" + "0" * 20, "no more than 14 digits"),
    ("ticket_max", "1e400", "no more than 14 digits"),
    ("ticket_max", "2000.001", "no more than 2 decimal places"),
    ("ticket_max", "NaN", "Enter a number."),
    ("ticket_max", "Infinity", "Enter a number."),
    ("ticket_max", "veel", "Enter a number."),
    ("ticket_min", "-1", "greater than or equal to 0"),
    ("capacity", "0", "greater than or equal to 1"),
    ("capacity", "-3", "greater than or equal to 1"),
    ("capacity", "100001", "less than or equal to 100000"),
    ("capacity", "9" * 30, "less than or equal to 100000"),
    ("capacity", "9" * 5_000, "Enter a whole number."),
    ("capacity", "1.5", "Enter a whole number."),
    ("capacity", "drie", "Enter a whole number."),
    ("min_capacity", "0", "greater than or equal to 1"),
    ("min_capacity", "2147483648", "less than or equal to 100000"),
    ("areas", ["zorg", "atlantis"], "atlantis is not one of the available choices"),
    ("areas", ["zorg\0"], "is not one of the available choices"),
    ("regions", ["NL99"], "NL99 is not one of the available choices"),
    ("regions", ["nl31"], "nl31 is not one of the available choices"),
    ("stage", ["seed", "unicorn"], "unicorn is not one of the available choices"),
    ("instrument", ["🙂"], "is not one of the available choices"),
    ("language", "de", "de is not one of the available choices"),
    ("visibility", "nobody", "nobody is not one of the available choices"),
    ("organisation", "0", "is not one of the available choices"),
    ("organisation", "9" * 30, "is not one of the available choices"),
    ("organisation", "'; DROP TABLE x", "is not one of the available choices"),
    ("organisation", "1\0", "Null characters are not allowed."),
]


@pytest.mark.parametrize(("name", "value", "sentence"), BAD)
def test_a_bad_answer_gets_its_own_sentence_and_no_other(
    name: str, value: str | list[str], sentence: str
) -> None:
    filled = form({name: value})
    assert not filled.is_valid()
    assert set(filled.errors) == {name}
    assert sentence in sentences(filled, name)


@pytest.mark.parametrize(("name", "value", "sentence"), BAD)
def test_a_page_with_a_bad_answer_comes_back_and_stores_nothing(
    client: Client, name: str, value: str | list[str], sentence: str
) -> None:
    owner = builders.organisation()
    client.force_login(builders.person(owner), "katalysator.site.accounts.backend.PersonBackend")
    response = client.post(
        reverse("listing-create", args=["need", "capital"]),
        dict(sent(owner, {name: value}).lists()) | {"publish": [""]},
    )
    assert response.status_code == 422
    assert not Listing.objects.exists()
    assert b"<script>alert" not in response.content
    assert b"<img src=x" not in response.content


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "🚀 AI-hulp 👩🏽‍🔬"),
        ("title", "בינה מלאכותית לרפואה"),
        ("title", "ذكاء اصطناعي"),
        ("title", "人工智能"),
        ("title", "a < b en c > d, 3<5, <3"),
        ("title", "Zoë & “Co” — ‘ij’ רטל می\u200cخواهم"),
        ("title", "Jan <jan@voorbeeld.example> en List<String>"),
        ("title", "é" * 120),
        ("text", "regel een\nregel twee\n\n• punt"),
        ("text", "x" * 5_000),
        ("text", "'); DROP TABLE listings_listing; -- {{ 7*7 }} {% now %} %s %(x)s"),
    ],
)
def test_what_is_strange_but_right_is_kept_to_the_letter(
    client: Client, name: str, value: str
) -> None:
    owner = builders.organisation()
    client.force_login(builders.person(owner), "katalysator.site.accounts.backend.PersonBackend")
    data = dict(sent(owner, {name: value}).lists())
    response = client.post(
        reverse("listing-create", args=["need", "capital"]), data | {"publish": [""]}
    )
    assert response.status_code == 302
    listing = Listing.objects.get()
    assert getattr(listing, name).replace("\r\n", "\n") == value
    assert client.get(listing.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("name", "pasted", "kept"),
    [
        ("title", "<b>Groeigeld</b>", "Groeigeld"),
        ("title", "Groeigeld <img src=x onerror=alert(1)>", "Groeigeld"),
        ("title", "Groei\0\xadgeld\u200e", "Groeigeld"),
        ("text", "<p>Zie</p><script>alert(1)</script> <!-- weg -->&eacute;&eacute;n", "Zie één"),
        ("skills", "python, my\0sql\u200b", ["python", "mysql"]),
    ],
)
def test_what_comes_along_with_a_paste_is_taken_out(
    client: Client, name: str, pasted: str, kept: object
) -> None:
    owner = builders.organisation()
    client.force_login(builders.person(owner), "katalysator.site.accounts.backend.PersonBackend")
    data = dict(sent(owner, {name: pasted}).lists())
    assert client.post(reverse("listing-create", args=["need", "capital"]), data).status_code == 302
    assert getattr(Listing.objects.get(), name) == kept


def test_what_is_kept_is_shown_as_text(client: Client) -> None:
    listing = builders.listing(builders.organisation(), title="a <b")
    Listing.objects.update(
        text="<script>alert(1)</script> & co"
    )  # kept before mark-up was taken out
    page = client.get(listing.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co" in page


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_edges_of_the_calendar_are_days(client: Client, day: str) -> None:
    owner = builders.organisation()
    client.force_login(builders.person(owner), "katalysator.site.accounts.backend.PersonBackend")
    data = dict(sent(owner, {"start": day, "end": day}).lists())
    assert (
        client.post(reverse("listing-create", args=["offer", "capital"]), data).status_code == 302
    )
    assert client.get(Listing.objects.get().get_absolute_url()).status_code == 200


def test_every_answer_may_be_wrong_at_once() -> None:
    wrong: Sent = {name: value for name, value, _ in reversed(BAD)} | {"ticket_max": "veel"}
    filled = form(wrong)
    assert not filled.is_valid()
    assert set(filled.errors) == set(wrong)


def test_no_answer_at_all_is_an_error_for_each_that_is_needed() -> None:
    filled = form({name: [] for name in form().fields}, kind=Kind.OFFER)
    needed = {name for name, field in filled.fields.items() if field.required}
    assert set(filled.errors) == needed


def test_the_sentences_are_dutch_for_who_reads_dutch() -> None:
    with translation.override("nl"):
        filled = form({"title": "", "end": "2025-12-31"})
        said = sentences(filled, "title", "end")
    assert "verplicht" in said
    assert "This" not in said


@pytest.mark.parametrize(
    ("kind", "slug", "status"),
    [
        ("need", "atlantis", 404),
        ("wish", "capital", 404),
        ("need", "CAPITAL", 404),
        ("offer", "capital", 200),
    ],
)
def test_a_form_for_what_does_not_exist_does_not_exist(
    client: Client, kind: str, slug: str, status: int
) -> None:
    client.force_login(
        builders.person(builders.organisation()),
        "katalysator.site.accounts.backend.PersonBackend",
    )
    assert client.get(f"/en/listings/new/{kind}/{slug}/").status_code == status


@pytest.mark.parametrize("number", ["0", "9" * 30, "9" * 5_000, "١"])
@pytest.mark.parametrize("page", ["", "edit/", "delete/", "close/"])
def test_a_number_that_cannot_be_does_not_exist(client: Client, number: str, page: str) -> None:
    client.force_login(
        builders.person(builders.organisation()),
        "katalysator.site.accounts.backend.PersonBackend",
    )
    send = client.post if page == "close/" else client.get
    assert send(f"/en/listings/{number}/{page}").status_code == 404
