"""How `katalysator match` reads its two files: as it is told to, and what it says of it."""

from pathlib import Path

from tests.cli.tables import Read, Run


def test_two_files_in_two_encodings(run: Run, tmp_path: Path, out: Path, written: Read) -> None:
    (tmp_path / "n.csv").write_bytes("title\nCafé\n".encode("cp1252"))
    (tmp_path / "o.csv").write_bytes("title\nCafé\n".encode())
    run(tmp_path / "n.csv", tmp_path / "o.csv", "--out", out, "--encoding", "cp1252")
    (row,) = written(out)
    assert (row["need_title"], row["offer_title"]) == ("Café", "Café")


def test_an_offer_without_places_is_refused(
    run: Run, tmp_path: Path, out: Path, written: Read
) -> None:
    (tmp_path / "n.csv").write_text("id,title,min_capacity\n1,Bodem,\n2,Bodem,3\n")
    (tmp_path / "o.csv").write_text("id,title,capacity\na,Bodem,0\nb,Bodem,2\nc,Bodem,3\n")
    run(tmp_path / "n.csv", tmp_path / "o.csv", "--out", out)
    pairs = {(row["need"], row["offer"]) for row in written(out)}
    assert pairs == {("1", "b"), ("1", "c"), ("2", "c")}


def test_columns_that_are_not_used_are_said_in_one_line(
    run: Run, tmp_path: Path, offers: Path, out: Path
) -> None:
    (tmp_path / "n.csv").write_text("title,Kleur,Smaak\nEen,rood,zout\n")
    said = run(tmp_path / "n.csv", offers, "--out", out).stdout.splitlines()
    assert said[0] == f"{tmp_path / 'n.csv'}, header on line 1:"
    assert "  Not used: Kleur, Smaak." in said


def test_mapping_from_the_command(run: Run, tmp_path: Path, out: Path, written: Read) -> None:
    (tmp_path / "n.csv").write_text("Onderwerp,Nummer van ons\nBodem,N9\n")
    (tmp_path / "o.csv").write_text("Onderwerp,Code\nBodem,O9\n")
    result = run(
        *(tmp_path / "n.csv", tmp_path / "o.csv", "--out", out, "--column", "titel=Onderwerp"),
        *("--needs-column", "id=nummer van ons", "--offers-column", "id=Code"),
    )
    assert result.exit_code == 0, result.output
    assert [(row["need"], row["offer"]) for row in written(out)] == [("N9", "O9")]


def test_terms_are_constraints_of_their_own(
    run: Run, tmp_path: Path, out: Path, written: Read
) -> None:
    """An offer that does not state a term is not refused on it; one that states another is."""
    (tmp_path / "n.csv").write_text("id,title,level\n1,Een,level:hbo;work_language:nl\n")
    (tmp_path / "o.csv").write_text(
        "id,title,level\na,Een,level:hbo\nb,Een,level:hbo;work_language:en\nc,Een,work_language:nl\n"
    )
    run(tmp_path / "n.csv", tmp_path / "o.csv", "--out", out)
    assert {row["offer"] for row in written(out)} == {"a", "c"}


def test_row_without_title_shows_the_begin_of_its_text(
    run: Run, tmp_path: Path, offers: Path, out: Path, written: Read
) -> None:
    (tmp_path / "n.csv").write_text(f"text\n{'bodem ' * 40}\n")
    run(tmp_path / "n.csv", offers, "--out", out)
    title = written(out)[0]["need_title"]
    assert title.startswith("bodem bodem")
    assert title.endswith(" …")
    assert len(title) <= 100
