"""Every page in a real browser, on the real example: nobody is kept out, nothing is lost, nothing is heavy.

The example is served as people serve it, by `katalysator demo`, on a copy of one database.
"""

from collections.abc import Sequence
from itertools import product

import pytest
from playwright.sync_api import Browser, Page

from tests.served.browsing import IN_THE_BROWSER, wrong

pytestmark = IN_THE_BROWSER


GROUP = "/groups/voorbeeldgroep-beelden-delen-in-de-zorg/"
OPEN = (
    "/", "/?region=NL41&show=gaps", "/listings/", "/listings/subjects/", "/listings/?q=zzzz", "/listings/?area=zorg&block=data", "/about/",
    "/contact/", "/privacy/", "/accessibility/",
    "/organisations/", "/organisations/voorbeeld-ziekenhuis-de-linde/", "/account/login/", "/account/signup/",
    "/account/password/reset/", "/account/password/reset/done/", "/account/password/reset/key/1-x/",
    "/account/password/reset/key/done/", "/account/inactive/", "/listings/999999/", "/search/", "/search/?q=beroerte", "/search/?q=zzzz",
    "/search/?q=data&kind=organisation", "/search/?q=beroette&area=zorg", "/search/?q=beelden&kind=document", "/questions/", "/questions/?q=zzzz", "/questions/1/", "/questions/ask/",
    "/questions/sent/", "/questions/own/x/", "/join/", "/join/sent/", "/join/x/", "/ask/sent/", "/invitations/x/",
    "/knowledge/", "/knowledge/?kind=framework&area=agro", "/knowledge/1/", "/knowledge/4/", "/search/?q=beroerte&kind=knowledge",
    "/organisations/?region=NL31", "/areas/zorg/", "/areas/zorg/data/", "/blocks/trust/", "/organisations/voorbeeld-ziekenhuis-de-linde/ask/",
    "/activities/", "/activities/?q=zzzz", "/activities/1/", "/open-data/",
    "/talent/", "/talent/road/", "/talent/work/", "/talent/work/?q=zzzz", "/talent/work/starter/work/nurse/", "/talent/skills/starter/skill/python/",
    "/talent/monitor/",
    "/dataspace/", "/dataspace/datasets/", "/dataspace/datasets/?q=zzzz", "/dataspace/datasets/2/", "/dataspace/elsewhere/",
    "/groups/", "/groups/?area=defensie", GROUP, f"{GROUP}meetings/", f"{GROUP}decisions/",
)  # fmt: skip
INSIDE = (
    "/listings/mine/", "/listings/import/", "/listings/new/", "/listings/new/need/teaching/", "/listings/new/offer/capital/",
    "/organisations/voorbeeld-ziekenhuis-de-linde/edit/", "/organisations/voorbeeld-ziekenhuis-de-linde/people/",
    "/organisations/voorbeeld-ziekenhuis-de-linde/people/me/", "/organisations/voorbeeld-ziekenhuis-de-linde/commitments/",
    "/organisations/voorbeeld-ziekenhuis-de-linde/commitments/edit/",
    "/organisations/voorbeeld-ziekenhuis-de-linde/commitments/hours/new/",
    "/account/", "/account/tokens/", "/account/searches/", "/account/searches/new/?kind=offer", "/account/logout/", "/account/email/", "/account/email/x/", "/account/password/change/",
    "/account/settings/", "/account/letters/", "/account/confirm/", "/account/two-step/", "/account/two-step/passkeys/",
    "/talent/lists/", "/talent/lists-about-me/", "/talent/pilots/",
    "/groups/new/", GROUP, f"{GROUP}calendar/", f"{GROUP}tasks/", f"{GROUP}tasks/new/", f"{GROUP}meetings/new/", f"{GROUP}decisions/new/",
    "/knowledge/mine/", "/knowledge/reviews/", "/knowledge/new/", "/knowledge/11/", "/knowledge/11/reviews/new/", "/knowledge/4/uses/new/",
    "/activities/new/", "/activities/calendar/", "/activities/mine/", "/listings/new/offer/expertise/",
    "/introductions/", "/introductions/?state=result", "/introductions/3/", "/listings/226/found/",
    "/activities/15/talks/mine/", "/activities/15/talks/mine/times/", "/rounds/orders/", "/rounds/3/orders/359/",
    "/dataspace/agreements/", "/talent/cohorts/", "/talent/cohorts/new/", "/listings/new/offer/job/", "/listings/new/need/retraining/",
)  # fmt: skip
OF_PARTIES = (
    "/introductions/", "/introductions/1/", "/introductions/2/", "/introductions/4/", "/listings/324/introduce/",
    "/organisations/voorbeeld-beeldspoed/meeting/", "/organisations/voorbeeld-beeldspoed/webhooks/",
    "/dataspace/catalogues/", "/dataspace/negotiations/", "/dataspace/transfers/", "/dataspace/decisions/",
    "/talent/profile/", "/talent/profile/skills/add/?q=data", "/talent/profile/occupations/add/?q=data", "/talent/profile/wanted/",
    "/dataspace/", "/dataspace/connectors/voorbeeld-beeldspoed/", "/dataspace/datasets/mine/", "/dataspace/datasets/new/", "/dataspace/datasets/5/",
    *(f"/dataspace/datasets/5/{each}/" for each in ("edit", "version", "publish", "delete", "terms", "terms/new", "canvas")),
    "/talent/profile/sharing/", "/talent/profile/import/", "/talent/profile/erase/", "/talent/profiles/", "/talent/asked/",
)  # fmt: skip
"""Of who talks, who is asked by somebody without a name, who agreed, who proposes, who says whom it meets, and who keeps a profile."""
OF_THE_BUREAU = (
    "/measures/", "/weights/", "/grading/", "/concepts/", "/concepts/add/", "/bureau/", "/bureau/applications/",
    "/bureau/coalition/", "/bureau/export/", "/bureau/import/participants/", "/bureau/import/people/",
    "/organisations/voorbeeld-ziekenhuis-de-linde/embed/?kind=offer", "/bureau/questions/", "/questions/12/", "/bureau/week/", "/bureau/participants/", "/bureau/participants/?label=bestuur", "/bureau/listings/", "/bureau/deeds/",
    "/bureau/letters/", "/bureau/letters/1/", "/bureau/letters/1/edit/", "/bureau/notes/voorbeeld-brugscan/", "/activities/import/",
    "/bureau/merge/", "/bureau/merge/?kept=voorbeeld-beeldspoed",
    "/bureau/stewards/", "/bureau/stewards/?q=linde", f"{GROUP}members/", f"{GROUP}edit/", "/groups/voorbeeldgroep-kassen-die-meekijken/",
    "/bureau/merge/?kept=voorbeeld-beeldspoed&gone=voorbeeld-netkoers", "/bureau/introductions/", "/bureau/matches/", "/introductions/2/", "/introductions/5/", "/bureau/meeting-rules/",
    "/rounds/", "/rounds/new/", "/rounds/1/", "/rounds/1/edit/", "/rounds/2/pairs/", "/rounds/2/without/", "/rounds/3/", "/rounds/3/ask/", "/bureau/webhooks/", "/bureau/kept-apart/",
    "/gaps/", "/gaps/?what=offers", "/gaps/?what=cells", "/gaps/332/",
    "/dataspace/sources/", "/talent/taxonomies/", "/talent/taxonomies/1/", "/talent/figures/", "/talent/own/new/", "/talent/courses/", "/talent/courses/new/", "/talent/courses/1/edit/",
    "/activities/15/talks/", "/activities/15/talks/settings/", "/activities/15/talks/plan/",
)  # fmt: skip
WIDTHS = (1280, 320)


def in_turn(pages: Sequence[str], widths: Sequence[int] = WIDTHS) -> list[tuple[str, int, str]]:
    """Each page in all widths and both languages, by turns another first: `make test` tries that one."""
    ways = list(product(widths, ("en", "nl")))
    return [
        (path, *ways[(number + turn) % len(ways)])
        for number, path in enumerate(pages)
        for turn in range(len(ways))
    ]


@pytest.mark.faults(sample=len(OPEN))
@pytest.mark.parametrize(("path", "width", "language"), in_turn(OPEN, WIDTHS[:1]))
def test_axe_finds_nothing_on_an_open_page(
    stranger: Page, path: str, width: int, language: str
) -> None:
    stranger.set_viewport_size({"width": width, "height": 900})
    stranger.goto(f"/{language}{path}")
    assert wrong(stranger) == []


@pytest.mark.faults(sample=len(INSIDE))
@pytest.mark.parametrize(("path", "width", "language"), in_turn(INSIDE, WIDTHS[:1]))
def test_axe_finds_nothing_on_a_members_page(
    member: Page, path: str, width: int, language: str
) -> None:
    member.set_viewport_size({"width": width, "height": 900})
    member.goto(f"/{language}{path}")
    assert wrong(member) == []


@pytest.mark.faults(sample=len(OF_PARTIES))
@pytest.mark.parametrize(("path", "width", "language"), in_turn(OF_PARTIES))
def test_axe_finds_nothing_on_a_page_of_parties(
    founder: Page, path: str, width: int, language: str
) -> None:
    founder.set_viewport_size({"width": width, "height": 900})
    founder.goto(f"/{language}{path}")
    assert wrong(founder) == []
    assert founder.evaluate("document.documentElement.scrollWidth") <= width


def test_a_stranger_goes_the_route_on_a_phone_in_dutch(stranger: Page) -> None:
    stranger.set_viewport_size({"width": 320, "height": 640})
    stranger.goto("/nl/talent/road/")
    answers: tuple[tuple[str, str], ...] = (
        ("fill", "[name=work]"), ("check", "[name=occupation] >> nth=0"), ("check", "[name=doing] >> nth=0"),
        ("fill", "[name=words]"), ("check", "[name=extra] >> nth=0"), ("check", "[name=hours][value='28']"),
        ("check", "[name=matters][value=pay]"),
    )  # fmt: skip
    words = {"[name=work]": "kassamedewerkster", "[name=words]": "Ik help ook met Excel."}
    for deed, field in answers:
        assert wrong(stranger) == []
        assert stranger.evaluate("document.documentElement.scrollWidth") <= 320
        stranger.fill(field, words[field]) if deed == "fill" else stranger.check(field)
        with stranger.expect_navigation():
            stranger.click("button[name=go][value=on]")
    assert stranger.locator("[id^=direction-]").count() == 3
    for each in stranger.locator("main summary").all():
        each.click()
    assert wrong(stranger) == []
    assert stranger.evaluate("document.documentElement.scrollWidth") <= 320
    stranger.go_back()
    assert stranger.locator("[name=matters]").count() == 3
    assert not [each for each in stranger.context.cookies() if each["name"] == "sessionid"]


def test_a_result_is_told_and_what_was_learned(founder: Page) -> None:
    founder.goto("/en/introductions/4/")
    founder.check("[name=result-outcome][value=project]")
    founder.fill("[name=result-summary]", "The proposal is sent in.")
    with founder.expect_navigation():
        founder.click("form[action$='/finish/'] button")
    founder.fill("[name=lesson-lesson]", "Begin with the money.")
    with founder.expect_navigation():
        founder.click("form[action$='/lesson/'] button")
    told = founder.locator("section", has=founder.locator("#came-title")).inner_text()
    assert "The proposal is sent in." in told
    assert "Begin with the money." in told
    assert wrong(founder) == []


@pytest.mark.faults(sample=len(OF_THE_BUREAU))
@pytest.mark.parametrize(("path", "width", "language"), in_turn(OF_THE_BUREAU))
def test_axe_finds_nothing_on_a_page_of_the_bureau(
    bureau: Page, path: str, width: int, language: str
) -> None:
    bureau.set_viewport_size({"width": width, "height": 900})
    bureau.goto(f"/{language}{path}")
    assert wrong(bureau) == []
    assert bureau.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_on_a_listing_with_matches(
    browser: Browser, address: str, width: int
) -> None:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto("/nl/listings/?show=matches")
    with page.expect_navigation():
        page.click(".listings a >> nth=0")
    assert page.locator(".match").count() > 0
    assert wrong(page) == []
    context.close()


@pytest.mark.parametrize(
    "path",
    ["/", "/listings/", "/organisations/", "/about/", "/account/login/", "/search/?q=beroerte"],
)
def test_nothing_is_lost_at_320_pixels(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(f"/nl{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_the_header_is_low_on_a_phone_and_all_of_it_is_there(member: Page) -> None:
    member.set_viewport_size({"width": 320, "height": 800})
    member.goto("/nl/")
    assert member.evaluate("document.querySelector('.top').offsetHeight") < 230
    assert member.evaluate("document.documentElement.scrollWidth") <= 320
    for name in ("Account", "Plaats", "Zoek", "Mijn", "Over Katalysator"):
        assert member.locator("header").get_by_text(name, exact=True).first.is_visible(), name
    with member.expect_navigation():
        member.click("text=Account")
    assert member.get_by_role("main").get_by_role("button", name="Log uit").is_visible()
    member.set_viewport_size({"width": 1280, "height": 900})


def test_a_wrong_form_says_what_and_where_and_keeps_what_was_typed(member: Page) -> None:
    member.goto("/en/listings/new/need/teaching/")
    member.fill("[name=title]", "<b>\u200b</b>")
    member.fill("[name=text]", "We need a teacher.")
    with member.expect_navigation():
        member.click("button[name=publish]")
    assert "This field is required." in member.inner_text("main")
    assert member.input_value("[name=text]") == "We need a teacher."
    assert wrong(member) == []


def test_a_keyboard_reaches_the_content_at_the_first_step(page: Page) -> None:
    page.goto("/en/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_a_page_asks_nothing_of_others_and_breaks_no_rule_of_its_own(
    page: Page, address: str
) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for path in ("/en/", "/en/listings/", "/en/account/login/"):
        page.goto(path)
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    assert said == []


def test_the_first_page_is_light(page: Page) -> None:
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(_weight(answer)))
    page.goto("/en/")
    assert sum(sizes) < 100_000


def _weight(answer: object) -> int:
    url, headers = answer.url, answer.headers  # type: ignore[attr-defined]
    return 0 if url.endswith(".woff2") else int(headers.get("content-length", 0))
