"""The four forms of a result: nothing in them runs or is lost, and all can read the page."""

import json
import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from katalysator.engine.matching.scoring import Part
from katalysator.formulas import harmless
from tests.cli.tables import HEADER, Read, Run, Write


def test_json(
    run: Run, needs: Path, offers: Path, out: Path, tmp_path: Path, written: Read
) -> None:
    run(needs, offers, "--out", out)
    run(needs, offers, "--out", tmp_path / "m.json")
    result = json.loads((tmp_path / "m.json").read_text(encoding="utf-8"))
    assert [list(row) for row in result["rows"]] == [HEADER] * len(written(out))
    summary = result["summary"]
    assert (summary["needs"], summary["offers"]) == (3, 3)
    assert summary["matches"] == len(result["rows"]) == sum(summary["strengths"].values())
    assert summary["needs_without_offer"] == {"N3": "area"}
    assert 0 <= summary["gap"] <= 1e-4


def test_workbook_has_a_frozen_header_filters_and_numbers(
    run: Run, needs: Path, offers: Path, tmp_path: Path
) -> None:
    run(needs, offers, "--out", tmp_path / "m.xlsx")
    sheet = load_workbook(tmp_path / "m.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == HEADER
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet.column_dimensions["D"].width
    assert isinstance(sheet["D2"].value, float)
    assert sheet["D2"].number_format == "0.0000"


class _Page(HTMLParser):
    """Collects the tags of a page, and checks that they are closed in order."""

    VOID = frozenset({"meta", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.seen if name == tag]


def page(path: Path) -> _Page:
    parsed = _Page()
    parsed.feed(path.read_text(encoding="utf-8"))
    parsed.close()
    assert parsed.open == []
    return parsed


def test_page_is_accessible_and_needs_nothing_else(
    run: Run, needs: Path, offers: Path, tmp_path: Path
) -> None:
    run(needs, offers, "--out", tmp_path / "m.html", "--language", "nl")
    parsed = page(tmp_path / "m.html")
    tags = {tag for tag, _ in parsed.seen}
    assert parsed.attributes("html") == [{"lang": "nl"}]
    assert {"title", "main", "h1", "caption", "thead", "tbody"} <= tags
    assert not {"script", "link", "img", "iframe"} & tags
    scopes = [attributes["scope"] for attributes in parsed.attributes("th")]
    assert scopes.count("col") == 7
    assert len(scopes) - scopes.count("col") == scopes.count("row") > 0


def test_page_tells_why_right_after_the_titles_and_folds_the_parts_under_it(
    run: Run, needs: Path, offers: Path, tmp_path: Path, out: Path, written: Read
) -> None:
    run(needs, offers, "--out", out)
    run(needs, offers, "--out", tmp_path / "m.html")
    parsed, row = page(tmp_path / "m.html"), written(out)[0]
    text = (tmp_path / "m.html").read_text(encoding="utf-8")
    heads = re.findall(r'role="columnheader">([^<]+)<', text)
    assert heads == ["Need", "Offer", "Why", "Rank", "Score", "Seats", "Strength"]
    first = text[text.index("<tbody") : text.index("</tr>", text.index("<tbody"))]
    places = [first.index(escape(row[name])) for name in ("need_title", "offer_title", "reason")]
    folded = first.index("<details><summary>What makes the chance rise and fall</summary>")
    assert [*places, folded] == sorted([*places, folded])
    values = re.findall(r"<dd[^>]*>([^<]+)</dd>", first[folded : first.index("</details>")])
    assert values == [row[part].replace("-", "\N{MINUS SIGN}") for part in Part]
    tags = [name for name, _ in parsed.seen]
    assert tags.count("details") == len(written(out))
    assert not any("open" in attributes for attributes in parsed.attributes("details"))


def test_stacked_cells_of_a_narrow_page_stay_cells_with_a_name(
    run: Run, needs: Path, offers: Path, tmp_path: Path
) -> None:
    """A style that stacks a table takes its roles away, so that they are written out."""
    run(needs, offers, "--out", tmp_path / "m.html", "--language", "nl")
    parsed = page(tmp_path / "m.html")
    assert parsed.attributes("table") == [{"role": "table"}]
    assert {attributes["role"] for attributes in parsed.attributes("tr")} == {"row"}
    assert {attributes["role"] for attributes in parsed.attributes("td")} == {"cell"}
    labels = [attributes.get("data-label") for attributes in parsed.attributes("td")]
    assert labels[:6] == ["Aanbod", None, "Rang", "Score", "Plaatsen", "Sterkte"]


def test_page_escapes_what_people_wrote(
    run: Run, write_csv: Write, offers: Path, tmp_path: Path
) -> None:
    needs = write_csv("n.csv", [{"id": "<i>&1", "title": "Minder dan <5 & \"meer\" <x y='z'>"}])
    run(needs, offers, "--out", tmp_path / "m.html")
    text = (tmp_path / "m.html").read_text(encoding="utf-8")
    assert "<bdi>&lt;i&gt;&amp;1</bdi>" in text
    assert "Minder dan &lt;5 &amp; &quot;meer&quot; &lt;x y=&#x27;z&#x27;&gt;" in text
    page(tmp_path / "m.html")


@pytest.mark.parametrize(
    ("start", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("-1-1", "'-1-1"),
        ("+31 6 12345678", "'+31 6 12345678"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("#REF!-achtig", "#REF!-achtig"),
        ("a;=cmd|'/c'!A1", "a;'=cmd|'/c'!A1"),
        ('a;"=1', "a;'\"=1"),
        ("a,@SUM(A1)", "a,'@SUM(A1)"),
        ("'=1", "''=1"),
        ("-1", "-1"),
        ("+1,5", "+1,5"),
    ],
)
def test_nothing_in_the_result_runs(
    run: Run, write_csv: Write, offers: Path, tmp_path: Path, written: Read, start: str, shown: str
) -> None:
    """However it is opened: with another separator, or with none of the quotation marks heeded."""
    first = {"id": harmless(start), "title": f"Bodem;{harmless(start)}"}
    others = [{"id": f"N{n}", "title": "Bodem"} for n in range(3)]
    needs = write_csv("n.csv", [first, *others])
    for suffix in ("csv", "xlsx", "json"):
        assert run(needs, offers, "--out", tmp_path / f"m.{suffix}", "--top", 1).exit_code == 0
    row = written(tmp_path / "m.csv")[0]
    assert (row["need"], row["need_title"]) == (shown, f"Bodem;{shown}")
    sheet: Any = load_workbook(tmp_path / "m.xlsx").active
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["A2"].quotePrefix) == (start, "s", True)
    assert json.loads((tmp_path / "m.json").read_bytes())["rows"][0]["need"] == start


def test_error_value_as_id_stays_a_text(
    run: Run, write_csv: Write, offers: Path, tmp_path: Path
) -> None:
    needs = write_csv("n.csv", [{"id": "N1", "title": "TRUE", "areas": "#N/A-vrij"}])
    run(needs, offers, "--out", tmp_path / "m.xlsx")
    sheet: Any = load_workbook(tmp_path / "m.xlsx").active
    title = sheet.cell(2, HEADER.index("need_title") + 1)
    assert (title.value, title.data_type) == ("TRUE", "s")


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "json", "html"])
def test_all_scripts_survive(
    run: Run, write_csv: Write, offers: Path, tmp_path: Path, suffix: str, written: Read
) -> None:
    title = "Hulp 👩🏽‍⚕️ עזרה مساعدة Ĳssel 日本"
    path = tmp_path / f"m.{suffix}"
    run(write_csv("n.csv", [{"id": "é1", "title": title}]), offers, "--out", path)
    if suffix == "csv":
        assert written(path)[0]["need_title"] == title
    elif suffix == "xlsx":
        sheet: Any = load_workbook(path).active
        assert sheet.cell(2, HEADER.index("need_title") + 1).value == title
    else:
        assert title in path.read_text(encoding="utf-8")
