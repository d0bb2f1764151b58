"""An attacker who lends our name: elsewhere by `next`, another host, a frame, a form of another site."""

import re

import pytest
from django.core import mail
from django.test import Client

from katalysator.coalition.models import Organisation, Person
from katalysator.listings.models import Listing
from tests import builders
from tests.attack.steps import inside

pytestmark = pytest.mark.django_db

ELSEWHERE = (
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "///elsewhere.example/",
    "/\\elsewhere.example/",
    "\\\\elsewhere.example/",
    "https:elsewhere.example",
    "http:///elsewhere.example",
    "https://testserver@elsewhere.example/",
    "https://elsewhere.example#testserver",
    "javascript:alert(1)",
    "data:text/html,x",
    "\thttps://elsewhere.example/",
    "/en/\r\nX-Planted: 1",
    "ftp://testserver/",
)
WITH_NEXT = ("login", "logout", "password/reset", "password/change", "signup", "email")


@pytest.fixture
def me() -> Person:
    return builders.person(builders.organisation(), email="ik@voorbeeld.example")


def stays(location: str) -> bool:
    """Whether a browser stays with us: a path, and not one that begins as a host does."""
    return bool(re.match(r"/(?![/\\])", location)) and "\n" not in location


@pytest.mark.parametrize("target", ELSEWHERE)
class TestNext:
    def test_logging_in(self, me: Person, target: str) -> None:
        typed = {"login": me.email, "password": builders.PASSWORD, "next": target}
        answer = Client().post("/en/account/login/", typed)
        assert answer.status_code == 302
        assert stays(answer["Location"])
        assert "X-Planted" not in answer

    def test_being_logged_in(self, me: Person, target: str) -> None:
        for name in WITH_NEXT:
            for answer in (
                inside(me).get(f"/en/account/{name}/", {"next": target}),
                inside(me).post(f"/en/account/{name}/", {"next": target}),
            ):
                assert stays(answer.headers.get("Location", "/"))

    def test_no_link_on_a_page_leads_there(self, me: Person, target: str) -> None:
        for name in WITH_NEXT:
            page = Client().get(f"/en/account/{name}/", {"next": target}, follow=True)
            links = re.findall(r'(?:href|action)="([^"]*)"', page.content.decode())
            assert all(stays(link) for link in links if not link.startswith(("#", "?")))


def test_within_the_site_one_is_led_on(me: Person) -> None:
    typed = {"login": me.email, "password": builders.PASSWORD, "next": "/en/listings/new/"}
    assert Client().post("/en/account/login/", typed)["Location"] == "/en/listings/new/"


def test_no_page_leads_elsewhere_by_its_own_address(me: Person) -> None:
    for path in (
        "//elsewhere.example/en",
        "/en//elsewhere.example",
        "/en/account//elsewhere.example",
    ):
        answer = inside(me).generic("GET", path)
        assert answer.status_code == 404 or stays(answer.headers.get("Location", "/"))


class TestHost:
    """The name in a mail is one of ours."""

    @pytest.mark.parametrize(
        "headers",
        [
            {"HTTP_HOST": "elsewhere.example"},
            {"HTTP_HOST": "testserver.elsewhere.example"},
            {"HTTP_HOST": "testserver:80@elsewhere.example"},
            {"HTTP_HOST": "testserver, elsewhere.example"},
            {"HTTP_HOST": ""},
        ],
        ids=str,
    )
    def test_another_host_is_refused(self, me: Person, headers: dict[str, str]) -> None:
        typed = {"email": me.email}
        answer = Client().post("/en/account/password/reset/", typed, **headers)  # type: ignore[arg-type]
        assert answer.status_code == 400
        assert not mail.outbox

    @pytest.mark.parametrize(
        "header",
        ["HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED", "HTTP_X_HOST", "HTTP_X_FORWARDED_SERVER"],
    )
    def test_another_header_says_nothing(self, me: Person, header: str) -> None:
        named = {header: "host=elsewhere.example"}
        Client().post("/en/account/password/reset/", {"email": me.email}, **named)  # type: ignore[arg-type]
        assert "elsewhere" not in str(mail.outbox[0].body)

    def test_the_link_in_a_mail_is_ours(self, me: Person) -> None:
        Client().post("/en/account/password/reset/", {"email": me.email})
        assert set(re.findall(r"https?://[^/]*", str(mail.outbox[0].body))) == {"http://testserver"}


class TestOtherSites:
    def test_no_page_stands_in_a_frame(self, me: Person) -> None:
        for page in ("/en/", "/en/account/", "/en/account/login/", "/en/weg/", "/api/v1/listings"):
            answer = inside(me).get(page)
            assert answer["X-Frame-Options"] == "DENY"
            assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]

    def test_no_other_site_reads_the_api_as_somebody(self, me: Person) -> None:
        answer = inside(me).get("/api/v1/listings", headers={"origin": "https://elsewhere.example"})
        allowed = {name: answer[name] for name in answer.headers if "Access-Control" in name}
        assert allowed == {"Access-Control-Allow-Origin": "*"}  # so that browsers send no cookie

    def test_a_page_for_one_person_is_kept_by_nobody(self, me: Person) -> None:
        for page in ("/en/account/", "/en/listings/mine/", "/en/listings/"):
            answer = inside(me).get(page)
            assert "Cookie" in answer["Vary"]
            assert "public" not in answer.headers.get("Cache-Control", "")


class TestMassAssignment:
    """What a form does not ask cannot be said with it."""

    MORE = {
        "is_coordinator": "on", "is_active": "on", "is_participant": "on", "state": "published", "author": "1",
        "id": "1", "pk": "1", "published_at": "2020-01-01", "best": "1", "email": "x@y.example", "salt": "x",
    }  # fmt: skip

    def test_of_a_listing(self, me: Person) -> None:
        (owner,) = me.organisations.all()
        other = builders.draft(builders.organisation())
        inside(me).post(
            "/en/listings/new/need/expertise/", builders.typed(owner) | self.MORE | {"pk": other.pk}
        )
        made = Listing.objects.exclude(pk=other.pk).get()
        assert (made.state, made.author, made.published_at) == ("draft", me, None)
        assert made.pk != 1
        me.refresh_from_db()
        assert (me.is_coordinator, me.email) == (False, "ik@voorbeeld.example")

    def test_of_a_listings_owner(self, me: Person) -> None:
        (owner,) = me.organisations.all()
        listing = builders.draft(owner)
        elsewhere = builders.organisation()
        typed = builders.typed(elsewhere) | {"seen": "9999999", "market": "data", "kind": "offer"}
        inside(me).post(f"/en/listings/{listing.pk}/edit/", typed)
        listing.refresh_from_db()
        assert (listing.organisation, listing.kind, listing.market) == (owner, "need", "expertise")

    @pytest.mark.parametrize("page", ["password/change", "email"])
    def test_of_an_account(self, me: Person, page: str) -> None:
        new = "een-heel-ander-woord"
        typed = {
            "oldpassword": builders.PASSWORD,
            "password": builders.PASSWORD,
            "password1": new,
            "password2": new,
            "organisations": [str(each.pk) for each in Organisation.objects.all()],
            "user": str(builders.person(is_coordinator=True).pk),
        }
        inside(me).post(f"/en/account/{page}/", self.MORE | typed)
        me.refresh_from_db()
        assert (me.is_coordinator, me.email) == (False, "ik@voorbeeld.example")
        assert me.organisations.count() == 1
