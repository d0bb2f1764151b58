"""The coalition itself: what it says stands on every page, and nothing of it is half changed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from katalysator.coalition.founding.contrast import contrast
from katalysator.coalition.founding.models import Coalition
from katalysator.coalition.founding.verbs import settle
from katalysator.coalition.models import Area, Hub
from katalysator.core import audit
from katalysator.faults import Conflict, Refused
from tests import builders
from tests.coalition.founded import founded, said

pytestmark = pytest.mark.django_db


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_its_name_stands_on_pages_and_before_letters(client: Client) -> None:
    assert "· Katalysator</title>" in page(client, "/en/")
    founded(logo_text="Voorbeeldland")
    shown = page(client, "/en/")
    assert "· AI-coalitie Voorbeeldland</title>" in shown
    assert "<bdi>Voorbeeldland</bdi>" in shown
    assert "AI-coalitie Voorbeeldland brings needs and offers together" in shown


def test_the_pages_that_answer_for_it_are_filled_from_it(client: Client) -> None:
    founded(
        responsible="Stichting Voorbeeld, Utrecht",
        officer="fg@voorbeeld.example",
        accessibility="partial",
        audited_on="12-3-2026",
        problems="De kaart | Er staat een tabel bij | eind 2026",
    )
    privacy, statement = page(client, "/en/privacy/"), page(client, "/en/accessibility/")
    assert "Stichting Voorbeeld, Utrecht" in privacy
    assert "mailto:fg@voorbeeld.example" in privacy
    assert "mailto:bureau@voorbeeld.example" in page(client, "/en/contact/")
    for told in (
        "Complies in part",
        "12 March 2026",
        "De kaart",
        "Er staat een tabel bij",
        "eind 2026",
    ):
        assert told in statement


def test_nothing_is_said_where_nobody_said_it(client: Client) -> None:
    assert "has not said yet" in page(client, "/en/contact/")
    assert "Not examined yet" in page(client, "/en/accessibility/")
    assert client.get("/.well-known/security.txt").status_code == 404


def test_weak_spots_are_reported_to_who_answers_for_it(client: Client) -> None:
    founded(security="https://voorbeeld.example/veilig")
    lines = page(client, "/.well-known/security.txt").splitlines()
    assert lines[0] == "Contact: https://voorbeeld.example/veilig"
    assert lines[2:] == [
        "Preferred-Languages: nl, en",
        "Canonical: http://testserver/.well-known/security.txt",
    ]
    Coalition.objects.update(confirmed_at=timezone.now() - timedelta(days=1))
    founded(security="")
    assert "Contact: mailto:bureau@voorbeeld.example" in page(client, "/.well-known/security.txt")


def test_its_colours_go_over_ours_and_can_be_read(client: Client) -> None:
    assert "theme.css" not in page(client, "/en/")
    founded(accent="#FC0", accent_dark="005a9c")
    assert '"/theme.css?ffcc00005a9c"' in page(client, "/en/")
    assert page(client, "/theme.css") == ":root{--kat-action:#ffcc00;--kat-action-dark:#005a9c;}\n"
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    for wrong in ({"accent": "#14213d"}, {"accent_dark": "#fbfaf7"}, {"accent": "red; }"}):
        with pytest.raises(Refused):
            said(**wrong)


def test_only_its_languages_are_offered(client: Client) -> None:
    founded(languages="en")
    assert 'hreflang="nl"' not in page(client, "/en/")
    founded(languages="en nl")
    assert 'hreflang="nl"' in page(client, "/en/")


def test_areas_and_hubs_become_those_that_are_said() -> None:
    founded(
        areas="Sport en bewegen | Sports\nenergie\nzorg = Zorg | Care",
        hubs="Hub Oost | Gelderland, Overijssel | Jaarplan 2026",
    )
    shown = [(each.slug, str(each)) for each in Area.objects.all()]
    assert shown == [("sport-en-bewegen", "Sports"), ("energie", "Energy"), ("zorg", "Care")]
    hub = Hub.objects.get()
    assert (hub.slug, hub.regions, hub.source) == ("hub-oost", ["NL22", "NL21"], "Jaarplan 2026")


@pytest.mark.parametrize("where", ["organisation", "listing"])
def test_an_area_in_use_does_not_go_and_nothing_is_half_done(where: str) -> None:
    owner = builders.organisation()
    if where == "organisation":
        owner.areas.set(Area.objects.filter(slug="zorg"))
    else:
        builders.draft(owner, areas=("zorg",))
    with pytest.raises(Conflict, match="Health and care"):
        founded(areas="energie")
    assert Area.objects.count() == 17
    assert not Coalition.objects.exists()


def test_each_change_stands_in_the_trail_with_what_it_changed() -> None:
    made = founded()
    founded(targets="Labs | 20 | Plan")
    newest = audit.history(made).order_by("pk").last()
    assert newest is not None
    assert newest.verb == "coalition.settle"
    assert newest.after == {"targets": [{"name": "Labs", "number": "20", "source": "Plan"}]}


def test_there_is_one_coalition() -> None:
    founded()
    with pytest.raises(IntegrityError), transaction.atomic():
        Coalition.objects.create(pk=2)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("name", ""),
        ("name", "x" * 81),
        ("languages", "nl tlh"),
        ("areas", ""),
        ("areas", "zorg\nHealth and care"),
        ("areas", "a | b | c"),
        ("hubs", "Hub Oost"),
        ("hubs", "Hub Oost | Atlantis"),
        ("targets", "Labs | veel"),
        ("contact", "nergens"),
        ("officer", "nergens"),
        ("security", "ftp:/"),
        ("accessibility", "best"),
        ("audited_on", "2026-02-31"),
        ("audit_report", "geen"),
    ],
)
def test_a_bad_answer_is_refused_at_its_question(name: str, answer: str) -> None:
    with pytest.raises(Refused) as refusal:
        said(**{name: answer})
    assert [each.where[0] for each in refusal.value.problems] == [name]


def test_the_bureau_changes_it_on_a_page(client: Client) -> None:
    founded()
    client.force_login(builders.person(is_coordinator=True))
    form = client.get("/en/bureau/coalition/").context["form"]
    typed = {name: form.get_initial_for_field(each, name) for name, each in form.fields.items()}
    wrong = client.post("/en/bureau/coalition/", typed | {"contact": "nergens"})
    assert wrong.status_code == 422
    assert "is not an e-mail address" in wrong.content.decode()
    client.post("/en/bureau/coalition/", typed | {"name": "Nieuwe naam"})
    assert Coalition.objects.get().name == "Nieuwe naam"
    late = client.post("/en/bureau/coalition/", typed | {"name": "Te laat"})
    assert "Somebody changed this" in late.content.decode()
    assert Coalition.objects.get().name == "Nieuwe naam"


def test_two_that_change_it_at_once_know_of_each_other() -> None:
    made = founded()
    seen = audit.latest_of(made)
    settle(said(name="Een"), by=builders.HOUSE, seen=seen)
    with pytest.raises(Conflict):
        settle(said(name="Twee"), by=builders.HOUSE, seen=seen)


def test_the_bureau_is_asked_to_say_it_and_again_before_a_year(client: Client) -> None:
    client.force_login(builders.person(is_coordinator=True))
    assert "It has not said yet" in page(client, "/en/bureau/")
    founded()
    assert "It has not said yet" not in page(client, "/en/bureau/")
    Coalition.objects.update(confirmed_at=timezone.now() - timedelta(days=301))
    assert "Nobody has said since" in page(client, "/en/bureau/")
