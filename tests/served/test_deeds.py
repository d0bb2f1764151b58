"""What people do, in a real browser, on the real example: with a keyboard, and without script."""

import re
import time
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, FilePayload, Page

from tests.listings.sheets_given import ROWS, written
from tests.served.browsing import IN_THE_BROWSER, wrong
from tests.served.conftest import MEMBER, PASSWORD

pytestmark = IN_THE_BROWSER

COLLEAGUE = "brouwer@ketel.example"


def letter_to(data: Path, email: str, words: str) -> str:
    """The newest letter to an address that says these words; waited for, as a worker sends it."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        files = [each.read_bytes() for each in (data / "mail").glob("*")]
        letters = [part for each in files for part in each.split(b"-" * 79)]
        for letter in reversed([part for part in letters if f"To: {email}".encode() in part]):
            body = message_from_bytes(letter.strip(), policy=default).get_body(("plain",))
            if body and words in (said := str(body.get_content())):
                return said
        time.sleep(0.2)
    raise AssertionError(f"no letter to {email} says {words}")


def link_in(letter: str) -> str:
    """The path that a letter leads to."""
    (path,) = re.findall(r"http://localhost:\d+(/\S+/)", letter.split("Voorbeeldcoalitie")[0])
    return str(path)


def test_a_small_company_applies_is_admitted_invites_a_colleague_takes_part_and_asks(
    page: Page, bureau: Page, data: Path
) -> None:
    page.goto("/nl/")
    with page.expect_navigation():
        page.get_by_role("navigation").get_by_role("link", name="Meedoen").press("Enter")
    page.fill("[name=name]", "Voorbeeldbrouwerij De Ketel")
    page.select_option("[name=kind]", "sme")
    page.select_option("[name=region]", "NL41")
    page.fill("[name=about]", "Wij brouwen bier en willen minder energie gebruiken.")
    page.fill("[name=email]", "baas@ketel.example")
    with page.expect_navigation():
        page.get_by_role("button", name="Versturen").press("Enter")
    assert "Kies er minstens één" in page.inner_text("main")
    assert wrong(page) == []
    page.check("[name=part]")
    with page.expect_navigation():
        page.get_by_role("button", name="Versturen").press("Enter")
    assert "kijk in je mail" in page.inner_text("h1")
    page.goto(link_in(letter_to(data, "baas@ketel.example", "Bevestig het dan hier")))
    assert wrong(page) == []
    with page.expect_navigation():
        page.get_by_role("button", name="Bevestigen").press("Enter")
    bureau.goto("/nl/bureau/")
    with bureau.expect_navigation():
        bureau.get_by_role("link", name="Voorbeeldbrouwerij De Ketel").press("Enter")
    assert wrong(bureau) == []
    with bureau.expect_navigation():
        bureau.get_by_role("button", name="Toelaten").press("Enter")
    letter_to(data, "baas@ketel.example", "doet vanaf nu mee")
    page.goto("/nl/account/password/reset/")
    page.fill("[name=email]", "baas@ketel.example")
    with page.expect_navigation():
        page.locator("main form button").press("Enter")
    reset = letter_to(data, "baas@ketel.example", "nieuw wachtwoord")
    page.goto(re.findall(r"/nl/account/password/reset/key/\S+", reset)[0])
    for name in ("password1", "password2"):
        page.fill(f"[name={name}]", "hopmoutgistwater")
    with page.expect_navigation():
        page.locator("main form button").press("Enter")
    page.goto("/nl/account/login/")
    page.fill("[name=login]", "baas@ketel.example")
    page.fill("[name=password]", "hopmoutgistwater")
    with page.expect_navigation():
        page.locator("[name=password]").press("Enter")
    page.goto("/nl/organisations/voorbeeldbrouwerij-de-ketel/people/")
    assert wrong(page) == []
    page.fill("[name=email]", COLLEAGUE)
    with page.expect_navigation():
        page.get_by_role("button", name="Uitnodigen").press("Enter")
    page.goto(link_in(letter_to(data, COLLEAGUE, "nodigt je uit")))
    with page.expect_navigation():
        page.get_by_role("button", name="Ja, ik sluit me aan").press("Enter")
    assert "Je spreekt er nu namens." in page.inner_text("main")
    moves_up_from_the_waiting_list(page, bureau, data)
    asks_and_is_answered(page, bureau, data)


def moves_up_from_the_waiting_list(page: Page, bureau: Page, data: Path) -> None:
    """The only place of a workshop is taken; when it comes free, it is for who waits."""
    bureau.goto("/nl/activities/new/")
    day = f"{timezone.localdate() + timedelta(days=20)}"
    for name, said in {
        "title": "Werkplaats: bier en energie",
        "text": "Wij rekenen samen uit wat een ketel kost.",
        "starts_at": f"{day}T10:00",
        "ends_at": f"{day}T12:00",
        "place": "De brouwerij",
        "capacity": "1",
    }.items():
        bureau.fill(f"[name={name}]", said)
    bureau.select_option("[name=kind]", "workshop")
    bureau.check("[name=areas] >> nth=0")
    bureau.check("[name=blocks] >> nth=0")
    for name in ("Bewaar", "Kondig aan", "Ik kom"):
        with bureau.expect_navigation():
            bureau.get_by_role("button", name=name, exact=True).press("Enter")
        assert wrong(bureau) == []
    page.goto(bureau.url)
    with page.expect_navigation():
        page.get_by_role("button", name="Ik kom", exact=True).press("Enter")
    assert "Op de wachtlijst" in page.inner_text("main")
    assert wrong(page) == []
    with bureau.expect_navigation():
        bureau.get_by_role("button", name="Ik kom niet").press("Enter")
    letter_to(data, "baas@ketel.example", "bier en energie")
    page.reload()
    assert "Je hebt een plek" in page.inner_text("main")


def asks_and_is_answered(page: Page, bureau: Page, data: Path) -> None:
    """A question to the coalition, and its answer, which a letter leads to."""
    page.goto("/nl/questions/ask/")
    page.fill("[name=title]", "Wie meet bij ons wat een brouwketel gebruikt?")
    page.fill("[name=text]", "Wij hebben een meter en weten niet wat hij zegt.")
    with page.expect_navigation():  # what is there already comes first
        page.get_by_role("button", name="Stuur mijn vraag").press("Enter")
    if page.locator("#known").count():
        with page.expect_navigation():
            page.get_by_role("button", name="Stuur mijn vraag").press("Enter")
    assert wrong(page) == []
    bureau.goto("/nl/bureau/questions/")
    with bureau.expect_navigation():
        bureau.get_by_role("link", name="brouwketel").press("Enter")
    bureau.fill("[name=text]", "Kom langs: wij lezen hem samen uit.")
    with bureau.expect_navigation():
        bureau.get_by_role("button", name="Stuur het antwoord").press("Enter")
    letter_to(data, "baas@ketel.example", "brouwketel")
    page.goto(bureau.url)
    assert "Kom langs: wij lezen hem samen uit." in page.inner_text("main")


def test_pairs_are_graded_with_a_keyboard_alone(bureau: Page) -> None:
    bureau.set_viewport_size({"width": 1280, "height": 900})
    bureau.goto("/en/grading/")
    with bureau.expect_navigation():
        bureau.get_by_role("main").get_by_role("button", name="Start").press("Enter")
    assert "1 of 20" in bureau.inner_text("main")
    assert wrong(bureau) == []
    bureau.get_by_role("radio").first.press("ArrowRight")
    with bureau.expect_navigation():
        bureau.keyboard.press("Enter")
    assert "2 of 20" in bureau.inner_text("main")
    with bureau.expect_navigation():
        bureau.get_by_role("button", name="Back").press("Enter")
    assert bureau.is_checked("[name=value][value='1']")
    with bureau.expect_navigation():
        bureau.get_by_role("button", name="Stop").press("Enter")


def test_a_match_is_graded_where_it_stands_and_undone(bureau: Page) -> None:
    bureau.goto("/en/listings/?show=matches")
    with bureau.expect_navigation():
        bureau.click(".listings h3 a >> nth=0")
    card = bureau.locator(".opinion").first
    with bureau.expect_navigation():
        card.get_by_role("button", name="Not useful").press("Enter")
    assert "#opinion-" in bureau.url
    assert "You said: not useful." in card.inner_text()
    assert wrong(bureau) == []
    with bureau.expect_navigation():
        card.get_by_role("button", name="Undo").press("Enter")
    assert "Is this match useful?" in card.inner_text()


def test_a_need_is_posted_and_its_matches_come_to_the_open_page(member: Page) -> None:
    member.goto("/en/listings/new/")
    with member.expect_navigation():
        member.click("a[href$='/listings/new/need/data/']")
    member.fill("[name=title]", "CT scans of strokes to test our model")
    member.fill(
        "[name=text]",
        "We look for emergency brain scans of acute strokes, with arterial contrast, pseudonymised,"
        " from several hospitals, to retrain our triage model.",
    )
    member.check("[name=areas][value=zorg]")
    member.check("[name=access][value=contract]")
    member.check("[name=personal][value=pseudonymised]")
    with member.expect_navigation():
        member.click("button[name=publish]")
    member.wait_for_selector(".match", timeout=60_000)
    assert "neuro-imaging archive" in member.inner_text("#matches")
    with member.expect_navigation():
        member.click("form[action$='/close/'] button")
    assert "Closed" in member.inner_text("main")


@pytest.mark.parametrize("width", [1280, 320])
def test_a_sheet_is_taken_in_and_taken_back_with_a_keyboard_and_without_script(
    browser: Browser, address: str, member: Page, width: int
) -> None:
    known = member.context.storage_state()
    context = browser.new_context(
        base_url=address, java_script_enabled=False, storage_state=known, viewport={"width": width, "height": 900},
    )  # fmt: skip
    page = context.new_page()
    page.goto("/en/listings/mine/")
    with page.expect_navigation():
        page.get_by_role("link", name="Upload a sheet").press("Enter")
    rows = written([*ROWS, ROWS[0]])
    sheet = FilePayload(name="vragen.csv", mimeType="text/csv", buffer=rows)
    page.set_input_files("[name=file]", sheet)
    page.get_by_role("radio", name="Needs").press("Space")
    page.select_option("[name=market]", "expertise")
    with page.expect_navigation():
        page.get_by_role("button", name="Look what would happen").press("Enter")
    assert "3 new, 0 changed, 0 the same" in page.inner_text("main")
    assert "stands on line 2 already" in page.inner_text("main")
    page.get_by_label("Gebied").select_option("-")
    with page.expect_navigation():
        page.get_by_role("button", name="Look again").press("Enter")
    assert page.get_by_label("Gebied").input_value() == "-"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    member.goto(page.url)
    assert wrong(member) == []
    with page.expect_navigation():
        page.get_by_role("button", name="Import 3 rows").press("Enter")
    assert "Your sheet was imported" in page.inner_text("h1")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    member.goto(page.url)
    assert wrong(member) == []
    with page.expect_navigation():
        page.get_by_role("button", name="Undo").press("Enter")
    assert "3 of them are gone." in page.inner_text("main")
    context.close()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_another_address_is_asked_for_and_what_is_wrong_is_said(
    member: Page, language: str
) -> None:
    member.goto(f"/{language}/account/email/")
    member.fill("[name=email]", "nieuw@voorbeeld.example")
    member.fill("[name=password]", "niet-het-wachtwoord")
    with member.expect_navigation():
        member.click("main button[type=submit]")
    assert member.locator(".utrecht-form-field-error-message").count() == 1
    assert wrong(member) == []
    member.fill("[name=password]", PASSWORD)
    with member.expect_navigation():
        member.click("main button[type=submit]")
    assert "nieuw@voorbeeld.example" in member.inner_text(".utrecht-alert")
    assert wrong(member) == []


def test_filters_work_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/en/listings/")
    page.select_option("[name=kind]", "offer")
    with page.expect_navigation():
        page.click("#filters button[type=submit]")
    assert "kind=offer" in page.url
    assert page.locator(".listing--need").count() == 0
    assert page.locator(".listing--offer").count() > 0
    context.close()


def test_search_works_from_any_page_with_a_keyboard_and_without_script(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/en/about/")
    page.get_by_role("searchbox", name="Search in everything").focus()
    page.keyboard.type("beroerte")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/en/search/?q=beroerte")
    assert {"beroerte", "stroke"} <= {
        each.lower() for each in page.locator("mark").all_inner_texts()
    }
    with page.expect_navigation():
        page.get_by_role("navigation", name="Kind of result").get_by_role("link").nth(2).click()
    assert page.locator(".listing--offer").count() > 0
    assert page.locator(".listing--need, .listing--organisation").count() == 0
    with page.expect_navigation():
        page.click("#languages [lang=nl]")
    assert page.url.endswith("/nl/search/?q=beroerte&kind=offer")
    assert page.input_value("[name=q]") == "beroerte"
    context.close()


def test_filters_answer_at_once_with_script(page: Page) -> None:
    page.goto("/en/listings/")
    page.select_option("[name=kind]", "offer")
    page.wait_for_url("**kind=offer**")
    page.wait_for_function("document.querySelectorAll('.listing--need').length === 0")
    assert page.locator(".listing--offer").count() > 0


def test_what_depends_on_the_filters_follows_them_with_script(page: Page) -> None:
    page.goto("/en/listings/")
    page.select_option("[name=kind]", "offer")
    page.wait_for_selector("#export[href*='kind=offer']")
    page.wait_for_selector(".listing--need", state="detached")
    with page.expect_navigation():
        page.click("#languages [lang=nl]")
    assert page.input_value("[name=kind]") == "offer"
    page.goto("/en/")
    before = page.inner_text("#counts"), page.inner_text("#after-matrix")
    page.select_option("[name=region]", "NL31")
    page.wait_for_selector("#counts a[href$='?region=NL31']")
    assert page.inner_text("#counts") != before[0]
    assert page.inner_text("#after-matrix") != before[1]
    assert "region=NL31" in str(page.get_attribute("#languages [lang=nl]", "href"))


def test_a_form_goes_along_to_the_other_language(
    browser: Browser, address: str, member: Page
) -> None:
    known = member.context.storage_state()
    context = browser.new_context(base_url=address, java_script_enabled=False, storage_state=known)
    page = context.new_page()
    page.goto("/en/listings/new/need/teaching/")
    page.fill("[name=title]", "Teacher of statistics")
    page.check("[name=areas][value=zorg]")
    with page.expect_navigation():
        page.click("#languages button[lang=nl]")
    assert page.url.endswith("/nl/listings/new/need/teaching/")
    assert page.input_value("[name=title]") == "Teacher of statistics"
    assert page.is_checked("[name=areas][value=zorg]")
    assert page.locator(".utrecht-alert--error").count() == 0
    page.fill("[name=title]", "")
    page.press("[name=title]", "Enter")
    assert page.url.endswith("/nl/listings/new/need/teaching/")
    assert page.locator(".utrecht-alert--error").count() == 1
    page.fill("[name=title]", "Docent statistiek")
    page.press("[name=title]", "Enter")
    assert page.inner_text("h1") == "Docent statistiek"
    context.close()


MET = {
    "nl": ("Wie helpt ons afspraken en roosters van poliklinieken te plannen", "Kennismaking", "We zijn het eens"),
    "en": ("Capacity and appointment scheduling for our outpatient clinics", "Introduction", "We agreed"),
}  # fmt: skip


@pytest.mark.parametrize("language", MET)
def test_from_a_need_to_a_lesson_that_the_matching_learns_from(
    member: Page, partner: Page, bureau: Page, data: Path, language: str
) -> None:
    """Need, match, a yes of both, the talk, the agreement, the result and the lesson; and the grade that it is."""
    title, heading, agreed = MET[language]
    root = f"/{language}"

    def press(page: Page, selector: str) -> None:
        with page.expect_navigation():
            page.locator(selector).first.press("Enter")

    member.goto(f"{root}/listings/new/need/expertise/")
    member.fill("[name=title]", title)
    member.fill(
        "[name=text]", "Onze poliklinieken lopen vol. " * 2 + "Appointment scheduling and capacity."
    )
    member.check("[name=areas][value=zorg]")
    member.locator("[name=form]").first.check()
    press(member, "button[name=publish]")
    if member.locator("#alike-title").count():  # it was posted in the other language already
        press(member, "button[name=publish]")
    member.wait_for_selector(".match", timeout=60_000)
    (need,) = re.findall(r"/listings/(\d+)/", member.url)
    offer = member.locator(".match", has_text="outpatient clinics").first
    offer.locator("a[href*='/introduce/']").wait_for()
    with member.expect_navigation():
        offer.locator("a[href*='/introduce/']").press("Enter")
    assert wrong(member) == []
    member.fill("[name=why]", "Jullie deden dit eerder. Een uur meedenken helpt ons al.")
    press(member, "main form button")
    assert heading in member.title()
    assert wrong(member) == []
    where = member.url.split(root, 1)[1]

    partner.goto(f"{root}/account/")
    press(partner, f"a[href$='{where}']")
    assert "Jullie deden dit eerder" in partner.inner_text("main")
    assert MEMBER not in partner.inner_text("main")
    press(partner, "form[action$='/accept/'] button")
    assert MEMBER in partner.inner_text("main")
    partner.fill("[name=message-text]", "Graag. Donderdag om drie uur?")
    press(partner, "form[action$='/messages/'] button")
    assert wrong(partner) == []
    assert "Donderdag om drie uur?" in letter_to(data, MEMBER, "Donderdag om drie uur?")

    member.goto(f"{root}{where}")
    assert agreed in member.inner_text("main")
    press(member, "form[action$='/agree/'] button")
    member.check("[name=result-outcome][value=pilot]")
    member.fill("[name=result-summary]", "Zes weken meekijken op één polikliniek.")
    press(member, "form[action$='/finish/'] button")
    member.fill("[name=lesson-lesson]", "Begin met de kleinste polikliniek.")
    press(member, "form[action$='/lesson/'] button")
    assert "Begin met de kleinste polikliniek." in member.inner_text("main")
    assert wrong(member) == []
    press(member, "form[action$='/share/'] button")
    assert member.locator("a[href*='/knowledge/']").count()

    learned = bureau.request.get(f"{root}/measures/outcomes.csv").text().splitlines()
    assert [line.split(",")[2] for line in learned if line.startswith(f"{need},")] == ["yes"]


MEASURED = b"week,poli,dagen\n1,oog,12\n2,hart,9\n"


@pytest.mark.faults(sample=1)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_file_is_shared_with_another_organisation(
    partner: Page, founder: Page, language: str
) -> None:
    """Described, given, its terms made of five questions, published; asked for, agreed on by rule, fetched and downloaded."""
    root, title = f"/{language}/dataspace", f"Wachttijden per polikliniek ({language})"

    def press(page: Page, selector: str) -> None:
        with page.expect_navigation():
            page.locator(selector).first.press("Enter")

    def awaited(page: Page, selector: str) -> None:
        deadline = time.monotonic() + 60
        while not page.locator(selector).count():
            assert time.monotonic() < deadline, page.inner_text("main")
            time.sleep(0.3)
            page.reload()

    go_on = "main form [class*=primary-action]"
    partner.goto(f"{root}/datasets/new/")
    partner.fill("[name=title]", title)
    partner.select_option("[name=theme]", "HEAL")
    partner.fill("[name=text]", "Per week en polikliniek: hoeveel dagen wachten.")
    partner.check("[name=model][value=members]")
    press(partner, go_on)
    file = FilePayload(name="wachttijden.csv", mimeType="text/csv", buffer=MEASURED)
    partner.set_input_files("[name=file]", files=[file])
    press(partner, go_on)
    assert wrong(partner) == []
    press(partner, "main a[href$='/canvas/owner/']")
    while not partner.url.endswith("/canvas/"):
        assert wrong(partner) == []
        if partner.locator("[name=may_share]").count():
            partner.check("[name=may_share]")
        if partner.locator("[name=is_automatic]").count():
            partner.check("[name=is_automatic]")
        press(partner, go_on)
    assert wrong(partner) == []
    press(partner, go_on)
    press(partner, go_on)
    where = partner.url

    founder.goto(where)
    press(founder, "main a[href$='/ask/']")
    assert wrong(founder) == []
    founder.locator("[name=purpose]").first.check()
    press(founder, go_on)
    awaited(founder, "form[action$='/transfer/']")
    assert wrong(founder) == []
    press(founder, "form[action$='/transfer/'] button")
    awaited(founder, "form[action$='/fetch/']")
    press(founder, "form[action$='/fetch/'] button")
    awaited(founder, "a[href$='/data/']")
    assert wrong(founder) == []
    with founder.expect_download() as download:
        founder.click("a[href$='/data/']")
    assert Path(download.value.path()).read_bytes() == MEASURED
