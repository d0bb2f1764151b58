"""The docs say what the code does."""

import re
from pathlib import Path

import pytest
import yaml

from tools import diagrams

ROOT = Path(__file__).parents[2]


def test_every_setting_is_documented_and_nothing_else_is() -> None:
    sources = "".join(
        path.read_text("utf-8")
        for folder in ("site", "cli", "running")
        for path in (ROOT / "src/katalysator" / folder).rglob("*.py")
    )
    read = set(re.findall(r'"(KATALYSATOR_[A-Z_]+|DATABASE_(?:OWNER_)?URL)"', sources))
    told = set(
        re.findall(
            r"`(KATALYSATOR_[A-Z_]+|DATABASE_(?:OWNER_)?URL)`",
            (ROOT / "docs/settings.md").read_text(),
        )
    )
    assert read == told


@pytest.mark.parametrize("page", diagrams.LIVES)
def test_each_life_is_drawn_as_it_is(page: str) -> None:
    assert (diagrams.DOCS / page).read_text("utf-8") == diagrams.drawn(page)


def test_decisions_are_short() -> None:
    for decision in (ROOT / "docs/decisions").glob("*.md"):
        assert len(decision.read_text("utf-8").splitlines()) <= 40, decision.name


def test_links_between_the_docs_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for link in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_publiccode_names_what_catalogues_ask_for() -> None:
    told = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))
    assert told["legal"]["license"] == "EUPL-1.2"
    assert set(told["description"]) == {"nl", "en"}
    for description in told["description"].values():
        assert len(description["shortDescription"]) <= 150
        assert 150 <= len(description["longDescription"]) <= 10_000


def test_nothing_committed_names_a_registry_or_this_machine() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        assert "://" not in lock.read_text("utf-8")
    assert '"resolved"' not in (ROOT / "frontend/package-lock.json").read_text("utf-8")


def test_the_readme_holds_its_figures() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "FIGURES" not in readme
    for module in set(re.findall(r"`python -m (bench\.[a-z]+)`", readme)):
        place = ROOT / module.replace(".", "/")
        assert place.with_suffix(".py").exists() or (place / "__main__.py").exists()
