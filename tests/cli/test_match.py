"""The command as its users see it: what comes out, in which words, and what it leaves behind."""

import json
import re
from decimal import Decimal
from math import exp
from pathlib import Path

import pytest

from katalysator.engine.matching import Part, Strength, strength
from tests.cli.tables import HEADER, NEEDS, OFFERS, Names, Read, Run, Write


def test_example(run: Run, needs: Path, offers: Path, out: Path, written: Read) -> None:
    result = run(needs, offers, "--out", out)
    assert result.exit_code == 0, result.output
    rows = written(out)
    assert list(rows[0]) == HEADER
    best = {row["need"]: row for row in rows if row["rank"] == "1"}
    assert {need: row["offer"] for need, row in best.items()} == {"N1": "O1", "N2": "O2"}
    assert best["N1"]["seats"] == "1"
    assert best["N1"]["strength"] == "strong"
    assert best["N1"]["need_title"] == "CT-scans lezen bij een beroerte"
    assert best["N1"]["offer_title"] == "Stroke detection on CT"
    assert [row["need"] for row in rows] == sorted(row["need"] for row in rows)
    assert "Gezondheid en zorg" in best["N1"]["reason"]  # as the house calls “Zorg” and “zorg”


def test_summary(run: Run, needs: Path, offers: Path, out: Path) -> None:
    said = run(needs, offers, "--out", out).stdout
    assert "Needs: 3. Offers: 3." in said
    assert "Needs without an offer: 1 (N3)." in said
    assert "The commonest reason (1 of 1): another area, where the need insists on its own." in said
    assert "The seats are divided within 0.01 % of the best possible." in said
    assert f"Written to {out}." in said


def test_summary_counts_what_is_written(
    run: Run, needs: Path, offers: Path, out: Path, written: Read
) -> None:
    said = run(needs, offers, "--out", out).stdout
    found = [row["strength"] for row in written(out)]
    strong, good, possible, weak = (found.count(strength) for strength in Strength)
    counts = f"{strong} strong, {good} good, {possible} possible and {weak} weak"
    assert f"Matches: {len(found)}, of which {counts}." in said


def test_workbooks_give_the_same(
    run: Run, needs: Path, offers: Path, out: Path, write_xlsx: Write, tmp_path: Path
) -> None:
    run(needs, offers, "--out", out)
    books = write_xlsx("needs.xlsx", NEEDS), write_xlsx("offers.xlsx", OFFERS)
    result = run(*books, "--out", tmp_path / "from_books.csv")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "from_books.csv").read_bytes() == out.read_bytes()


def test_order_of_rows_does_not_matter(
    run: Run, write_csv: Write, tmp_path: Path, written: Read
) -> None:
    """Not even where two offers are the same but for their ids."""
    needs, offers = NEEDS, OFFERS
    twin = {**offers[0], "id": "O0"}
    there = [*offers, twin]
    results = []
    for name, asked, given in (("a", needs, there), ("b", needs[::-1], there[::-1])):
        paths = write_csv(f"{name}_n.csv", asked), write_csv(f"{name}_o.csv", given)
        assert run(*paths, "--out", tmp_path / f"{name}.csv").exit_code == 0
        rows = written(tmp_path / f"{name}.csv")
        results.append(sorted(rows, key=lambda row: (row["need"], int(row["rank"]))))
    assert results[0] == results[1]
    assert {row["offer"] for row in results[0] if row["need"] == "N1"} == {"O0", "O1", "O2", "O3"}


@pytest.mark.parametrize("suffix", ["csv", "json", "html"])
def test_same_input_gives_same_bytes(
    run: Run, needs: Path, offers: Path, tmp_path: Path, suffix: str
) -> None:
    for name in "ab":
        assert run(needs, offers, "--out", tmp_path / f"{name}.{suffix}").exit_code == 0
    assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()


def test_parts_add_up_to_the_odds_as_printed(
    run: Run, needs: Path, offers: Path, out: Path, written: Read
) -> None:
    run(needs, offers, "--out", out)
    for row in written(out):
        assert sum(Decimal(row[part]) for part in Part) == Decimal(row["odds"])


def test_the_score_is_the_chance_that_goes_with_the_odds_as_printed(
    run: Run, needs: Path, offers: Path, out: Path, written: Read
) -> None:
    run(needs, offers, "--out", out)
    for row in written(out):
        assert float(row["score"]) == pytest.approx(1 / (1 + exp(-float(row["odds"]))), abs=1e-4)


def test_the_strength_is_a_step_of_the_chance(
    run: Run, needs: Path, offers: Path, out: Path, written: Read
) -> None:
    run(needs, offers, "--out", out)
    for row in written(out):
        assert row["strength"] == strength(float(row["score"]))


def test_top(run: Run, needs: Path, offers: Path, out: Path, written: Read) -> None:
    run(needs, offers, "--out", out, "--top", "1")
    assert [row["rank"] for row in written(out)] == ["1", "1"]


def test_least_leaves_out_what_scores_lower(
    run: Run, needs: Path, offers: Path, out: Path, written: Read
) -> None:
    result = run(needs, offers, "--out", out, "--least", "1")
    assert written(out) == []
    assert "Needs without an offer: 3 (N1, N2, N3)." in result.stdout


def test_many_needs_without_an_offer_are_not_all_named(
    run: Run, write_csv: Write, offers: Path, out: Path
) -> None:
    needs = [{"id": f"N{n:02}", "title": "Iets", "market": "elders"} for n in range(12)]
    needs.append({"id": "N12", "title": "Iets", "market": "hier"})
    given = [{"id": "O1", "title": "Iets", "market": "hier"}]
    result = run(write_csv("n.csv", needs), write_csv("o.csv", given), "--out", out)
    assert "Needs without an offer: 12 (N00, N01" in result.stdout
    assert "N09, …)" in result.stdout
    assert "N10" not in result.stdout
    assert "(12 of 12): no offer in its market." in result.stdout


def test_markets_that_one_side_alone_names_keep_nothing_apart(
    run: Run, write_csv: Write, out: Path, written: Read
) -> None:
    """Such as words of a keeper for kinds of questions."""
    needs = [{"id": "N1", "title": "Iets", "market": "korte vraag"}]
    offers = [{"id": "O1", "title": "Iets", "market": "cursus"}, {"id": "O2", "title": "Iets"}]
    run(write_csv("n.csv", needs), write_csv("o.csv", offers), "--out", out)
    assert {row["offer"] for row in written(out)} == {"O1", "O2"}


def test_seats_are_divided(run: Run, write_csv: Write, out: Path, written: Read) -> None:
    """Three needs want the one offer with two seats."""
    needs = [{"id": f"N{n}", "title": "Een cursus over python"} for n in range(3)]
    offers = [{"id": "O1", "title": "Een cursus over python", "capacity": 2}]
    run(write_csv("n.csv", needs), write_csv("o.csv", offers), "--out", out)
    assert sorted(row["seats"] for row in written(out)) == ["0", "1", "1"]


def test_what_is_over_is_left_out_and_counted(
    run: Run, write_csv: Write, offers: Path, out: Path, written: Read
) -> None:
    needs = [
        {"id": "over", "title": "Data over de bodem", "period_end": "2026-03-31"},
        {"id": "last-day", "title": "Data over de bodem", "period_end": "2026-04-01"},
        {"id": "open", "title": "Data over de bodem", "period_end": ""},
    ]
    result = run(write_csv("n.csv", needs), offers, "--out", out, "--on", "2026-04-01")
    assert {row["need"] for row in written(out)} == {"last-day", "open"}
    assert "Left out, because over by then: needs 1, offers 0." in result.stdout


def test_reason_is_in_the_language_of_the_need(
    run: Run, needs: Path, offers: Path, out: Path, write_csv: Write, written: Read
) -> None:
    english = write_csv("n.csv", [{"id": "1", "title": "Soil data", "language": "English"}])
    run(english, offers, "--out", out)
    assert "The texts are in different languages." in written(out)[0]["reason"]
    run(needs, offers, "--out", out)
    assert "De teksten zijn in verschillende talen." in written(out)[0]["reason"]


def test_language_goes_for_messages_and_reasons(
    run: Run, needs: Path, offers: Path, out: Path, written: Read
) -> None:
    result = run(needs, offers, "--out", out, "--language", "en", env={"LANG": "nl_NL.UTF-8"})
    assert "Needs: 3" in result.stdout
    assert "The texts are in different languages." in written(out)[0]["reason"]


@pytest.mark.parametrize(
    ("environment", "word"),
    [
        ({"LANG": "nl_NL.UTF-8"}, "Vragen: 3"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "nl_BE"}, "Vragen: 3"),
        ({"LANG": "nl_NL.UTF-8", "LC_MESSAGES": "C"}, "Needs: 3"),
        ({}, "Needs: 3"),
    ],
)
def test_language_of_the_environment(
    run: Run, needs: Path, offers: Path, out: Path, environment: dict[str, str], word: str
) -> None:
    assert word in run(needs, offers, "--out", out, env=environment).stdout


def test_dutch_summary(run: Run, needs: Path, offers: Path, out: Path) -> None:
    said = run(needs, offers, "--out", out, "--language", "nl").stdout
    assert "Vragen zonder aanbod: 1 (N3)." in said
    assert "De plaatsen zijn verdeeld tot op 0,01 % van het best mogelijke." in said


def test_all_over_is_no_error(
    run: Run, write_csv: Write, needs: Path, offers: Path, out: Path, written: Read
) -> None:
    over = write_csv("over.csv", [{"id": "1", "title": "Bodem", "period_end": "2026-01-01"}])
    for pair in ((over, offers), (needs, over), (over, over)):
        assert run(*pair, "--out", out, "--on", "2026-02-01").exit_code == 0
        assert written(out) == []


def test_commonest_reason_is_that_within_the_market(
    run: Run, write_csv: Write, tmp_path: Path
) -> None:
    """Offers of other markets are many, and say nothing about why the own market gave none."""
    needs = [{"id": "N1", "title": "Iets", "market": "hier", "level": "hbo"}]
    offers = [
        *({"title": "Iets", "market": "elders"} for _ in range(9)),
        *({"title": "Iets", "market": "hier", "level": "mbo"} for _ in range(2)),
        {"title": "Iets", "market": "hier", "level": "hbo"},
    ]
    paths = write_csv("n.csv", needs), write_csv("o.csv", offers)
    target = tmp_path / "m.json"
    said = run(*paths, "--out", target, "--least", "9").stdout
    assert "The commonest reason (1 of 1): with another choice for “Level”." in said
    assert json.loads(target.read_bytes())["summary"]["needs_without_offer"] == {"N1": "level"}


def test_one_file_with_both_kinds(
    run: Run, write_csv: Write, out: Path, tmp_path: Path, written: Read
) -> None:
    """As the site exports them; rows of the other kind are not even read."""
    rows = [
        {"id": "1", "kind": "need", "title": "Data over de bodem"},
        {"id": "2", "kind": "Aanbod", "title": "Bodemdata"},
        {"id": "3", "kind": "OFFER", "title": "Data over de bodem", "region_required": "Mars"},
        {"id": "4", "kind": "", "title": "Bodem"},
    ]
    both = write_csv("both.csv", rows)
    result = run(both, both, "--out", out)
    assert result.exit_code == 0, result.output
    assert {row["need"] for row in written(out)} == {"1", "4"}
    assert {row["offer"] for row in written(out)} == {"2", "3", "4"}
    assert "Needs: 2. Offers: 3." in result.stdout
    assert "other kind: 2 offers among the needs, 1 needs among the offers." in result.stdout
    run(both, both, "--out", tmp_path / "m.json")
    summary = json.loads((tmp_path / "m.json").read_bytes())["summary"]
    assert summary["other_kind"] == {"needs": 2, "offers": 1}


def test_needs_and_offers_of_one_file_may_have_the_same_ids(
    run: Run, write_csv: Write, out: Path, written: Read
) -> None:
    """What is wrong with a row is told once: of the kind that it is."""
    rows = [
        {"id": "1", "kind": "need", "title": "Data over de bodem", "capacity": ""},
        {"id": "1", "kind": "offer", "title": "Bodemdata", "capacity": "veel"},
        {"id": "2", "kind": "offer", "title": "Data over de bodem", "capacity": "2"},
    ]
    both = write_csv("both.csv", rows)
    said = run(both, both, "--out", out).stdout
    assert {row["offer"] for row in written(out)} == {"1", "2"}
    assert said.count("line 3, capacity") == 1
    assert "  No record, lines 3, 4: of the other kind." in said


@pytest.mark.parametrize(
    ("written_as", "language", "shown"),
    [
        ("haven", "nl", "Haven en maritiem"),
        ("haven", "en", "Port and maritime"),
        ("Haven", "nl", "Haven en maritiem"),
        ("Binnenvaart", "en", "Binnenvaart"),
    ],
)
def test_area_is_named_as_people_write_it(
    run: Run,
    write_csv: Write,
    out: Path,
    written: Read,
    written_as: str,
    language: str,
    shown: str,
) -> None:
    """What the house knows by its name; what else somebody wrote, as it was written."""
    need = {"id": "1", "title": "Robots op de kade", "areas": written_as}
    offer = {**need, "areas": written_as.lower()}
    paths = write_csv("n.csv", [need]), write_csv("o.csv", [offer])
    run(*paths, "--out", out, "--language", language)
    assert re.search(rf"[:“ ]{shown}[”;.]", written(out)[0]["reason"])


def test_term_of_the_site_is_named_with_its_choice(
    run: Run, write_csv: Write, out: Path, written: Read
) -> None:
    rows = [{"id": "1", "title": "Stage bij robots", "level": "level:HBO;work_language:nl"}]
    run(write_csv("n.csv", rows), write_csv("o.csv", rows), "--out", out, "--language", "nl")
    reason = written(out)[0]["reason"]
    assert "niveau “HBO”" in reason
    assert "werktaal “nl”" in reason


def test_existing_result_is_replaced(
    run: Run, needs: Path, offers: Path, out: Path, written: Read
) -> None:
    out.write_text("old")
    assert run(needs, offers, "--out", out).exit_code == 0
    assert written(out)


def test_only_the_result_is_left(
    run: Run, needs: Path, offers: Path, out: Path, files_in: Names
) -> None:
    run(needs, offers, "--out", out)
    assert files_in(out.parent) == {"needs.csv", "offers.csv", "matches.csv"}
