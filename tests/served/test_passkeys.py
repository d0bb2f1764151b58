"""A passkey in a real browser, with an authenticator that Chromium makes: added, as second step, and in place of a password."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.served.browsing import IN_THE_BROWSER, wrong
from tests.served.conftest import PASSWORD

pytestmark = IN_THE_BROWSER

WHO = "lid@voorbeeld-umc-waalkant.example"


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    """A page of a browser that has a passkey at hand, at the name of the site: passkeys refuse a bare number."""
    here = address.replace("127.0.0.1", "localhost")
    context = browser.new_context(base_url=here)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield page
    context.close()


def log_in(page: Page) -> None:
    page.goto("/en/account/login/")
    page.fill("[name=login]", WHO)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Log in", exact=True).click()


def log_out(page: Page) -> None:
    page.goto("/en/account/settings/")
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="Log out").click()


def is_in(page: Page) -> bool:
    page.goto("/en/account/")
    return page.inner_text("h1") == "Mine"


def test_a_passkey_opens_the_account_without_a_password_and_is_asked_for_after_one(
    phone: Page,
) -> None:
    said: list[str] = []
    phone.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    log_in(phone)
    phone.goto("/en/account/two-step/passkeys/add/")
    phone.fill("[name=password]", PASSWORD)
    with phone.expect_navigation():
        phone.get_by_role("button", name="Confirm").click()
    assert phone.inner_text("h1") == "Add a passkey"
    assert wrong(phone) == []
    phone.fill("[name=name]", "My phone")
    with phone.expect_navigation():
        phone.locator("#passkey").click()
    assert phone.inner_text("h1") == "Recovery codes"
    assert "My phone" in phone.goto("/en/account/two-step/passkeys/").text()  # type: ignore[union-attr]
    assert wrong(phone) == []

    log_out(phone)
    phone.goto("/en/account/login/")
    with phone.expect_navigation(url="**/account/"):
        phone.locator("#passkey").click()
    assert is_in(phone)

    log_out(phone)
    log_in(phone)
    assert phone.inner_text("h1") == "The second step"
    assert wrong(phone) == []
    assert not is_in(phone)
    phone.goto("/en/account/two-step/code/")
    with phone.expect_navigation(url="**/account/"):
        phone.locator("#passkey").click()
    assert is_in(phone)

    phone.goto("/en/account/two-step/passkeys/")
    phone.get_by_role("link", name="Remove").click()
    assert phone.inner_text("h1") == "Is it you?", "the second step is asked for once more"
    phone.get_by_role("link", name="use a passkey").click()
    with phone.expect_navigation():
        phone.locator("#passkey").click()
    with phone.expect_navigation():
        phone.get_by_role("button", name="Remove your passkey").click()
    assert "You have no passkey yet." in phone.inner_text("main")
    assert said == [], "the policy of the site refused nothing"
