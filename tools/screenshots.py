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

from playwright.sync_api import Browser, Page, sync_playwright

SCREENS = Path(__file__).parents[1] / "docs" / "screens"
PORT = 8765
HOME = f"http://127.0.0.1:{PORT}"
MEMBER, PASSWORD = "lid@voorbeeld-beeldspoed.example", "katalysator-demo"
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
NEED = "herseninfarct"


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
    page.goto(f"/{language}/account/login/")
    page.fill("[name=login]", MEMBER)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    _picture(page, f"/{language}/listings/new/", f"new-{name}")
    page.goto(f"/{language}/introductions/?state=agreed")
    page.click(".rows h3 a >> nth=0")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=SCREENS / f"introduction-{name}.png")
    if size == "desktop":
        _sharing(page, language)
    context.close()


def _sharing(page: Page, language: str) -> None:
    """How data is shared, for the guide: what there is, what is asked for, and a request step by step."""
    _picture(page, f"/{language}/dataspace/", f"sharing-{language}", whole=True)
    page.click(".listings h3 a >> nth=0")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=SCREENS / f"dataset-{language}.png", full_page=True)
    page.goto(f"/{language}/dataspace/negotiations/")
    page.click("table a >> nth=0")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=SCREENS / f"request-{language}.png", full_page=True)


def _picture(page: Page, path: str, name: str, *, whole: bool = False) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=SCREENS / f"{name}.png", full_page=whole)


if __name__ == "__main__":
    main()
