"""Pictures of the key pages, desktop and phone, in both languages, into docs/screens/.

Serves the example on a data folder of its own, and stops it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, FilePayload, Page, sync_playwright

SCREENS = Path(__file__).parents[1] / "docs" / "screens"
PORT = 8765
HOME = f"http://127.0.0.1:{PORT}"
MEMBER, PASSWORD = "lid@voorbeeld-beeldspoed.example", "katalysator-demo"
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
NEED = "herseninfarct"
PARTNER = "lid@voorbeeld-umc-waalkant.example"
GO_ON = "main form [class*=primary-action]"
DESCRIBED = {
    "nl": {
        "title": "Fietsen voor de deur",
        "text": "Hoeveel fietsen er elk uur voor de deur staan.",
    },
    "en": {
        "title": "Bicycles at the door",
        "text": "How many bicycles stand at the door each hour.",
    },
}
COUNTED = FilePayload(
    name="data.csv",
    mimeType="text/csv",
    buffer=b"".join(b"%d;%d\n" % (hour, hour * 7 % 40) for hour in range(24)),
)
"""What is shared for the pictures of the guide."""


def main() -> None:
    """Take all pictures."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("There is no Chromium here (Debian: apt install chromium).")
    SCREENS.mkdir(parents=True, exist_ok=True)
    with _example(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        for language in ("nl", "en"):
            for size in SIZES:
                _pictures(browser, language, size)
            _sharing(browser, language)


@contextmanager
def _example() -> Iterator[None]:
    command = [
        sys.executable,
        "-m",
        "katalysator.cli",
        "demo",
        "--port",
        str(PORT),
        "--workers",
        "1",
    ]
    with tempfile.TemporaryDirectory(prefix="katalysator-screens-") as folder:
        environment = {**os.environ, "KATALYSATOR_DATA": folder}
        environment.pop("DATABASE_URL", None)
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:
            try:
                _wait(server)
                yield
            finally:
                server.terminate()


def _wait(server: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{HOME}/en/", timeout=5)
        except OSError:
            if server.poll() is not None:
                sys.exit("The example did not start.")
            time.sleep(0.2)
        else:
            return


def _pictures(browser: Browser, language: str, size: str) -> None:
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, base_url=HOME)
    page = context.new_page()
    name = f"{language}-{size}"
    _picture(page, f"/{language}/", f"matrix-{name}", whole=size == "desktop")
    _picture(page, f"/{language}/listings/?area=zorg", f"browse-{name}")
    page.goto(f"/{language}/listings/?q={NEED}&kind=need")
    page.click(".listings a >> nth=0")
    page.screenshot(path=SCREENS / f"listing-{name}.png", full_page=size == "desktop")
    _log_in(page, language, MEMBER)
    _picture(page, f"/{language}/listings/new/", f"new-{name}")
    page.goto(f"/{language}/introductions/?state=agreed")
    page.click(".rows h3 a >> nth=0")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=SCREENS / f"introduction-{name}.png")
    context.close()


def _sharing(browser: Browser, language: str) -> None:
    """How data is shared, for the guide: among participants, and under a contract that both sign."""
    holder, user = (_logged_in(browser, language, who) for who in (MEMBER, PARTNER))
    root = f"/{language}/dataspace"
    _picture(holder, f"{root}/", f"sharing-{language}", whole=True)
    _offered(holder, language, "members", f"terms-{language}")
    _asked(user, holder.url, f"dataset-{language}")
    _awaited(user, "form[action$='/transfer/']")
    _press(user, "form[action$='/transfer/'] button")
    _awaited(user, "form[action$='/fetch/']")
    _press(user, "form[action$='/fetch/'] button")
    _awaited(user, "a[href$='/data/']")
    _taken(user, f"fetched-{language}")
    _offered(holder, language, "contract")
    _asked(user, holder.url)
    holder.goto(f"{root}/negotiations/?how=waiting")
    _awaited(holder, "table a")
    _press(holder, "table a")
    _taken(holder, f"request-{language}")
    _press(holder, "main form[action$='/agreement/'] button")
    _awaited(holder, "main a[href*='/agreements/'][class*=primary-action]")
    _press(holder, "main a[href*='/agreements/'][class*=primary-action]")
    _taken(holder, f"agreement-{language}")
    for page in (holder, user):
        page.context.close()


def _offered(holder: Page, language: str, way: str, name: str = "") -> None:
    """A file is described, given, offered in a way and published, with a picture of its terms; ends on its page."""
    holder.goto(f"/{language}/dataspace/datasets/new/")
    for field, text in DESCRIBED[language].items():
        holder.fill(f"[name={field}]", text)
    holder.select_option("[name=theme]", "TRAN")
    holder.check(f"[name=model][value={way}]")
    _press(holder, GO_ON)
    holder.set_input_files("[name=file]", files=[COUNTED])
    _press(holder, GO_ON)
    if name:
        _taken(holder, name)
    holder.check("[name=may_share]")
    _press(holder, GO_ON)
    _press(holder, GO_ON)


def _asked(user: Page, dataset: str, name: str = "") -> None:
    """A dataset is asked for, with a picture of its page."""
    user.goto(dataset)
    if name:
        _taken(user, name)
    _press(user, "main a[href$='/ask/']")
    user.check("[name=purpose][value=research]")
    user.check("[name=outcome][value=published]")
    _press(user, GO_ON)


def _logged_in(browser: Browser, language: str, who: str) -> Page:
    width, height = SIZES["desktop"]
    context = browser.new_context(viewport={"width": width, "height": height}, base_url=HOME)
    page = context.new_page()
    _log_in(page, language, who)
    return page


def _log_in(page: Page, language: str, who: str) -> None:
    page.goto(f"/{language}/account/login/")
    page.fill("[name=login]", who)
    page.fill("[name=password]", PASSWORD)
    _press(page, "main button[type=submit]")


def _press(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).first.click()


def _awaited(page: Page, selector: str) -> None:
    """Reload until it is there: what is said to another goes by a job."""
    for _ in range(100):
        if page.locator(selector).count():
            return
        time.sleep(0.3)
        page.reload()
    sys.exit(f"{page.url} never shows {selector}.")


def _taken(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=SCREENS / f"{name}.png", full_page=True)


def _picture(page: Page, path: str, name: str, *, whole: bool = False) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=SCREENS / f"{name}.png", full_page=whole)


if __name__ == "__main__":
    main()
