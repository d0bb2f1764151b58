"""`katalysator concepts`: skills of ESCO out of its tables, and files of concepts in and out of the coalition."""

import csv
import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from katalysator.cli.concepts.command import concepts
from katalysator.cli.root import cli
from katalysator.core.models import Event
from katalysator.engine.concepts import ESCO_NOTICE, bundled_thesaurus, with_own
from katalysator.readings.models import CoalitionConcept
from tests.cli.conftest import running

HEADER = ("conceptType", "conceptUri", "skillType", "preferredLabel", "altLabels", "status")
PLACE = "http://data.europa.eu/esco/skill/"
KIND = "KnowledgeSkillCompetence"
ENGLISH = (
    (KIND, f"{PLACE}A1-b", "skill/competence", "tame herons", "heron taming\nteach birds, politely", ""),
    (KIND, f"{PLACE}a2", "knowledge", "machine learning", "self-improving sums", ""),
    (KIND, f"{PLACE}a3", "knowledge", "cleaning", "", ""),
)  # fmt: skip
DUTCH = (
    (KIND, f"{PLACE}a1-b", "skill/competence", "reigers temmen", "reigertemmerij / vogels leren", ""),
    (KIND, f"{PLACE}a4", "knowledge", "wolken tellen", "", ""),
)  # fmt: skip
REAL = "shared/data/esco/skills.csv.gz"

esco = running(concepts, "esco", quick=False)
run = running(cli, "concepts", quick=False)


def table(path: Path, rows: Sequence[Sequence[str]], header: Sequence[str] = HEADER) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "esco.jsonl"


@pytest.fixture
def english(tmp_path: Path) -> Path:
    return table(tmp_path / "skills_en.csv", ENGLISH)


class TestEsco:
    def test_files_of_languages_are_joined_on_the_address_of_a_skill(
        self, english: Path, out: Path, tmp_path: Path
    ) -> None:
        dutch = table(tmp_path / "skills_nl.csv", DUTCH)
        assert esco(english, dutch, "--out", out).exit_code == 0
        assert lines(out) == [
            {
                "id": "esco-a1-b",
                "nl": ["reigers temmen", "reigertemmerij", "vogels leren"],
                "en": ["tame herons", "heron taming", "teach birds, politely"],
                "broader": [],
            },
            {"id": "esco-a4", "nl": ["wolken tellen"], "en": [], "broader": []},
        ]

    def test_it_says_what_it_wrote_and_left_out_and_whose_it_is(
        self, english: Path, out: Path
    ) -> None:
        said = esco(english, "--out", out).stdout
        assert "Concepts: 1. Labels: 3." in said
        assert "their name stands in our own thesaurus: 1." in said
        assert "one ordinary word, which means many things: 1." in said
        assert f"Written to {out}.\n{ESCO_NOTICE}\n" in said

    def test_in_dutch(self, english: Path, out: Path) -> None:
        said = esco(english, "--out", out, "--language", "nl").stdout
        assert "ESCO-classificatie van de Europese Commissie" in said

    def test_what_is_written_is_read_as_concepts(self, english: Path, out: Path) -> None:
        esco(english, "--out", out)
        assert len(with_own(out.read_text("utf-8"))) == len(bundled_thesaurus()) + 1

    def test_all_languages_may_stand_in_one_packed_table(self, out: Path, tmp_path: Path) -> None:
        header = ("idx", "uri", "label_en", "label_nl", "alt_en", "alt_nl")
        plain = table(
            tmp_path / "all.csv",
            [("0", "skill/a1", "tame herons", "", "heron taming|tame herons", "")],
            header,
        )
        packed = tmp_path / "all.csv.gz"
        packed.write_bytes(gzip.compress(plain.read_bytes()))
        assert esco(packed, "--out", out).exit_code == 0
        (line,) = lines(out)
        assert (line["en"], line["nl"]) == (["tame herons", "heron taming"], [])

    def test_a_name_that_tells_no_language_needs_it_told(self, out: Path, tmp_path: Path) -> None:
        path = table(tmp_path / "skills.csv", DUTCH)
        assert "does not tell its language" in esco(path, "--out", out).stderr
        assert esco(path, "--out", out, "--labels-in", "nl").exit_code == 0
        assert lines(out)[0]["nl"][0] == "reigers temmen"

    @pytest.mark.parametrize(
        ("name", "rows", "header", "message"),
        [
            ("skills_de.csv", DUTCH, HEADER, "in “de”, and no texts are read in it"),
            ("skills_nl.csv", DUTCH, ("a", *HEADER[1:3], "b", *HEADER[4:]), "no columns conceptUri"),
            ("skills_nl.csv", [("x", "occupation/1", "", "kok", "", "")], HEADER, "line 2: “occupation/1”"),
            ("skills_nl.csv", [("x", "")], HEADER, "line 2: “” is no address of a skill of ESCO."),
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_named_and_nothing_is_written(
        self, name: str, rows: Sequence[Sequence[str]], header: Sequence[str], message: str,
        out: Path, tmp_path: Path,
    ) -> None:  # fmt: skip
        path = table(tmp_path / name, rows, header)
        result = esco(path, "--out", out)
        assert result.exit_code == 2
        assert message in result.stderr
        assert str(path) in result.stderr
        assert not out.exists()

    def test_a_damaged_package_is_refused(self, out: Path, tmp_path: Path) -> None:
        path = tmp_path / "skills_en.csv.gz"
        path.write_bytes(gzip.compress(b"conceptUri" * 99)[:-9])
        assert "damaged" in esco(path, "--out", out).stderr

    def test_another_kind_of_target_is_refused(self, english: Path, tmp_path: Path) -> None:
        assert ".jsonl" in esco(english, "--out", tmp_path / "esco.csv").stderr

    def test_the_classification_itself_is_taken(self, out: Path) -> None:
        """All of ESCO 1.1.1, where it lies beside the project."""
        places = (folder / REAL for folder in Path(__file__).parents)
        path = next((place for place in places if place.exists()), None)
        if path is None:
            pytest.skip(
                f"ESCO is not part of the project: put it in {REAL} above it to test on it."
            )
        assert esco(path, "--out", out).exit_code == 0
        found = lines(out)
        assert 13_000 < len(found) < 13_896
        assert 2_000 < sum(bool(line["nl"]) for line in found) < 2_394
        assert len(with_own(out.read_text("utf-8"))) == len(bundled_thesaurus()) + len(found)


@pytest.mark.django_db
class TestCoalition:
    HERON = {
        "id": "esco-1",
        "nl": ["reiger temmen"],
        "en": ["tame herons"],
        "broader": ["robotics"],
    }

    def file(self, folder: Path, *concepts: dict[str, Any]) -> Path:
        path = folder / "own.jsonl"
        path.write_text("\n".join(map(json.dumps, concepts)), "utf-8")
        return path

    def test_a_file_is_added_by_the_operator(self, tmp_path: Path) -> None:
        done = run("add", self.file(tmp_path, self.HERON, self.HERON | {"id": "esco-2"}))
        assert (done.exit_code, done.stderr) == (0, "")
        assert done.stdout.startswith("Concepts added: 2.\nAll texts are read again")
        assert [row.key for row in CoalitionConcept.objects.all()] == ["esco-1", "esco-2"]
        assert {event.system for event in Event.objects.all()} == {"operator"}

    def test_all_that_is_wrong_is_named_by_its_line_and_nothing_is_added(
        self, tmp_path: Path
    ) -> None:
        run("add", self.file(tmp_path, self.HERON))
        new = {"id": "esco-3", "en": ["count clouds"]}
        path = self.file(
            tmp_path, new, self.HERON, new | {"id": "A b"}, new | {"id": "c", "broader": ["zzz"]}
        )
        done = run("add", path)
        assert done.exit_code == 2
        told = done.stderr.splitlines()
        assert [line.partition(": ")[0] for line in told] == [
            f"{path}, line 2",
            f"{path}, line 3",
            f"{path}, line 4, broader",
        ]
        assert CoalitionConcept.objects.count() == 1

    def test_what_is_no_concept_is_named_too(self, tmp_path: Path) -> None:
        path = self.file(tmp_path, {"id": "x", "en": ["h"]})
        assert f"{path}, line 1, en: “h” is too short" in run("add", path).stderr

    def test_the_same_file_takes_them_out_again(self, tmp_path: Path) -> None:
        path = self.file(tmp_path, self.HERON, self.HERON | {"id": "esco-2"})
        run("add", path)
        assert run("remove", self.file(tmp_path, self.HERON)).stdout == "Concepts removed: 1.\n"
        done = run("remove", self.file(tmp_path, self.HERON, self.HERON | {"id": "esco-2"}))
        assert done.stdout == "Concepts removed: 1.\nThe coalition did not have: 1.\n"
        assert not CoalitionConcept.objects.filter(is_removed=False).exists()

    def test_what_stands_in_the_way_is_named_by_its_line(self, tmp_path: Path) -> None:
        under = {"id": "chick", "en": ["heron chick"], "broader": ["esco-1"]}
        run("add", self.file(tmp_path, self.HERON, under))
        path = self.file(tmp_path, self.HERON)
        assert f"{path}, line 1: “chick” names this concept" in run("remove", path).stderr

    def test_what_is_written_down_is_what_was_added(self, tmp_path: Path, out: Path) -> None:
        run("add", self.file(tmp_path, self.HERON))
        done = run("export", "--out", out)
        assert done.stdout == f"Concepts: 1.\nWritten to {out}.\n"
        assert lines(out) == [self.HERON]

    def test_without_any_an_empty_file_is_written(self, out: Path) -> None:
        assert run("export", "--out", out).exit_code == 0
        assert out.read_text("utf-8") == ""
