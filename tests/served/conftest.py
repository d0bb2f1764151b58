"""The example coalition, served as people serve it, and a real browser to look at it.

Both end with the package that asks for them, so that the tests that follow have the processors. The
example is loaded once a run; a second worker would serve a copy.
"""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from katalysator.running.supervising import dependent
from tests import house
from tests.ports import free_port

CHROMIUM = (
    shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
)
MEMBER = "lid@voorbeeld-ziekenhuis-de-linde.example"
PARTNER = "lid@voorbeeld-umc-waalkant.example"
FOUNDER = "lid@voorbeeld-beeldspoed.example"
BUREAU = "bureau@voorbeeld.example"
PASSWORD = "katalysator-demo"
DEMO = (sys.executable, "-m", "katalysator.cli", "demo")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.fixture(scope="package")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the example that is served: its letters are in `mail`."""
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="package")
def address(data: Path) -> Iterator[str]:
    """The example, served on a free port."""
    database, port = house.copied("example", _load), free_port()
    with (
        (data / "log").open("w+") as log,
        subprocess.Popen(
            dependent([*DEMO, "--port", str(port), "--workers", "1"]),
            env=_environment(data, database),
            stdout=log,
            stderr=log,
        ) as server,
    ):
        try:
            yield _answering(f"http://127.0.0.1:{port}", server, data / "log")
        finally:
            _end(server)


def _end(server: "subprocess.Popen[bytes]") -> None:
    """Ask it to end; one that does not is killed, and fails."""
    server.terminate()
    try:
        server.wait(timeout=30)
    except subprocess.TimeoutExpired:
        server.kill()
        raise


def _load(database: str) -> None:
    data = house.folder() / "loading"
    data.mkdir(exist_ok=True)
    subprocess.run(
        [*DEMO, "--load-only"], env=_environment(data, database), check=True, capture_output=True
    )


def _environment(data: Path, database: str) -> dict[str, str]:
    own = {
        "KATALYSATOR_DATA": str(data),
        "KATALYSATOR_SECRET_KEY": "the same where it is loaded and served, for what is sealed",
        **house.two_users(database),
    }
    return {**os.environ, **own, "KATALYSATOR_CAREFUL": "no"}  # reading all would slow the browser


def _answering(address: str, server: "subprocess.Popen[bytes]", log: Path) -> str:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and server.poll() is None:
        with suppress(OSError), urllib.request.urlopen(f"{address}/en/", timeout=30):
            return address
        time.sleep(0.1)
    raise AssertionError(log.read_text())


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="package")
def stranger(browser: Browser, address: str) -> Iterator[Page]:
    """A page of somebody who is not logged in, for tests that only look."""
    context = browser.new_context(base_url=address)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="package")
def member(browser: Browser, address: str) -> Iterator[Page]:
    """A page of somebody who is logged in."""
    yield from _logged_in(browser, address, MEMBER)


@pytest.fixture(scope="package")
def founder(browser: Browser, address: str) -> Iterator[Page]:
    """A page of somebody whose organisation talks with others."""
    yield from _logged_in(browser, address, FOUNDER)


@pytest.fixture(scope="package")
def partner(browser: Browser, address: str) -> Iterator[Page]:
    """A page of somebody of another participant, who offers what others need."""
    yield from _logged_in(browser, address, PARTNER)


@pytest.fixture(scope="package")
def bureau(browser: Browser, address: str) -> Iterator[Page]:
    """A page of the bureau."""
    yield from _logged_in(browser, address, BUREAU)


def _logged_in(browser: Browser, address: str, who: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    made = context.new_page()
    made.goto("/en/account/login/")
    made.fill("[name=login]", who)
    made.fill("[name=password]", PASSWORD)
    with made.expect_navigation():
        made.click("main button[type=submit]")
    yield made
    context.close()
