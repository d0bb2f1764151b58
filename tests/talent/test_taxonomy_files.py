"""Files of taxonomies: read whole, or refused with the file and the line; nothing is dropped in silence."""

import gzip
import io
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from katalysator.engine.skills import pack, unpack
from katalysator.faults import InvalidInput
from katalysator.talent.taxonomies import sources
from katalysator.talent.taxonomies.reading import read_taxonomy
from tests.talent.official_files import write_official, write_table, zipped
from tests.talent.taxonomies import esco, small_taxonomy


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    return write_official(small_taxonomy(), tmp_path / "tables")


def same_links(one: sparse.csr_array, other: sparse.csr_array) -> bool:
    return bool(np.array_equal(one.toarray(), other.toarray()))


def refused(*paths: Path, version: str = "1") -> str:
    with pytest.raises(InvalidInput) as caught:
        read_taxonomy(paths, version)
    return str(caught.value)


class TestOfficialTables:
    def test_a_taxonomy_that_is_written_down_is_read_as_it_was(self, tables: Path) -> None:
        found = read_taxonomy([tables], "1")
        known = small_taxonomy()
        assert found.taxonomy.occupations.keys == known.occupations.keys
        assert found.taxonomy.occupations.labels == known.occupations.labels
        assert found.taxonomy.skills.labels == known.skills.labels
        assert same_links(found.taxonomy.essential, known.essential)
        assert same_links(found.taxonomy.optional, known.optional)
        assert same_links(found.taxonomy.broader, known.broader)
        assert found.taxonomy.isco == known.isco
        assert found.descriptions["nl"]["occupation/nurse"] == "verpleegkundige."
        assert found.noticed["unlabelled"] == {"nl": {"occupations": 0, "skills": 1}}

    def test_the_whole_of_esco_is_read_as_it_was(self, tmp_path: Path) -> None:
        known = esco()
        found = read_taxonomy([write_official(known, tmp_path / "esco")], "1.1.1").taxonomy
        assert pack(found) == pack(known)

    def test_zips_one_for_each_language_are_joined_and_tell_the_version(
        self, tmp_path: Path
    ) -> None:
        both = [
            zipped(
                write_official(small_taxonomy(), tmp_path / language, [language]),
                f"ESCO dataset - v1.2.0 - classification - {language} - csv.zip",
            )
            for language in ("nl", "en")
        ]
        found = read_taxonomy(both).taxonomy
        assert found.version == "1.2.0"
        assert found.occupations.labels == small_taxonomy().occupations.labels

    def test_zips_of_two_versions_are_refused(self, tmp_path: Path) -> None:
        both = [
            zipped(
                write_official(small_taxonomy(), tmp_path / language, [language]),
                f"ESCO dataset - v1.{number}.0 - classification - {language} - csv.zip",
            )
            for number, language in enumerate(("nl", "en"))
        ]
        assert "more than one version: 1.0.0, 1.1.0" in refused(*both, version="")

    def test_a_version_must_be_known(self, tables: Path) -> None:
        assert "of which version" in refused(tables, version="")

    def test_half_a_set_is_refused_by_the_names_of_what_is_missing(self, tables: Path) -> None:
        (tables / "occupationSkillRelations.csv").unlink()
        assert "occupationSkillRelations….csv is missing" in refused(tables)

    def test_without_one_whole_language_it_is_half(self, tables: Path) -> None:
        (tables / "skills_nl.csv").unlink()
        (tables / "occupations_en.csv").unlink()
        assert "occupations….csv is missing" in refused(tables)

    def test_a_language_in_part_is_read_and_told(self, tables: Path) -> None:
        (tables / "skills_nl.csv").unlink()
        found = read_taxonomy([tables], "1")
        assert not any(found.taxonomy.skills.labels["nl"])
        assert found.noticed["unlabelled"]["nl"]["skills"] == 8

    def test_a_language_of_another_version_is_refused(self, tables: Path) -> None:
        table = tables / "occupations_nl.csv"
        table.write_text(table.read_text("utf-8").replace("nurse", "surgeon"), "utf-8")
        said = refused(tables)
        assert said.startswith("occupations_nl.csv: 1 lines")
        assert "occupation/surgeon" in said

    def test_a_label_that_does_not_join_is_told_with_its_key(
        self, tables: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("katalysator.talent.taxonomies.official._UNFIT", 0.5)
        table = tables / "occupations_nl.csv"
        table.write_text(table.read_text("utf-8").replace("nurse", "surgeon"), "utf-8")
        found = read_taxonomy([tables], "1")
        assert found.noticed["unjoined"] == {
            "occupations_nl.csv": {"count": 1, "examples": ["occupation/surgeon"]}
        }

    @pytest.mark.parametrize(
        ("table", "before", "after", "said"),
        [
            (
                "skills_en.csv",
                "skillType",
                "kind",
                "line 1: This table lacks the columns skillType",
            ),
            ("occupations_en.csv", "2221", "22x1", "line 2: “22x1” is no code of ISCO-08"),
            (
                "occupationSkillRelations.csv",
                "essential",
                "needed",
                "line 2: “needed” is neither essential nor optional",
            ),
            ("occupations_en.csv", "occupation/carer", "occupation/nurse", "line 3: “occupation/"),
            ("skills_en.csv", ",Python,", ",Python", "line 7: There are 5 cells"),
            ("skills_en.csv", "http://data.europa.eu/esco/skill/sql", "", "no URI in this line"),
        ],
    )
    def test_what_is_wrong_is_told_with_file_and_line(
        self, tables: Path, table: str, before: str, after: str, said: str
    ) -> None:
        path = tables / table
        path.write_text(path.read_text("utf-8").replace(before, after, 1), "utf-8")
        found = refused(tables)
        assert found.startswith(f"{table}, ")
        assert said in found

    def test_a_table_in_another_encoding_is_refused(self, tables: Path) -> None:
        path = tables / "skills_en.csv"
        path.write_bytes(path.read_text("utf-8").replace("wounds", "wönden").encode("cp1252"))
        assert "skills_en.csv: This table is not written in UTF-8" in refused(tables)


class TestSources:
    def test_a_table_that_unpacks_to_far_too_much_is_not_unpacked(
        self, tables: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sources, "LARGEST_TABLE", 1_000)
        (tables / "skills_en.csv").write_text("x" * 1_001)
        assert "more than is read" in refused(zipped(tables, "given.zip"))

    def test_a_zip_in_three_zips_is_not_opened(self, tables: Path) -> None:
        inner = zipped(tables, "one.zip").read_bytes()
        for name in ("two.zip", "three.zip", "four.zip"):
            file = io.BytesIO()
            with zipfile.ZipFile(file, "w") as outer:
                outer.writestr("inner.zip", inner)
            inner = file.getvalue()
            (tables.parent / name).write_bytes(inner)
        assert read_taxonomy([tables.parent / "three.zip"], "1").taxonomy.name == "esco"
        assert "more than is read" in refused(tables.parent / "four.zip")

    def test_a_damaged_zip_is_told(self, tables: Path) -> None:
        path = zipped(tables, "given.zip")
        path.write_bytes(path.read_bytes()[:200] + path.read_bytes()[260:])
        assert "given.zip" in refused(path) or "packed in a way" in refused(path)

    def test_what_is_no_table_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "x.pdf").write_bytes(b"%PDF")
        assert "x.pdf: This is neither a folder" in refused(tmp_path / "x.pdf")
        assert "There are no tables here" in refused(tmp_path)

    def test_a_table_that_is_given_twice_must_be_the_same(self, tables: Path) -> None:
        again = tables.parent / "again"
        shutil.copytree(tables, again)
        assert read_taxonomy([tables, again], "1").taxonomy.name == "esco"
        write_table(again / "skills_en.csv", ["conceptUri"], [])
        assert "skills_en.csv: This table is given twice" in refused(tables, again)


class TestCompactTables:
    @pytest.fixture
    def compact(self, tmp_path: Path) -> Path:
        told = {
            "occupations": "uri,isco,label_en,label_nl\no/a,2221,nurse,verpleegkundige\n",
            "skills": "uri,type,label_en,label_nl\ns/a,k,anatomy,\n",
            "skill_groups": "uri,label_en,label_nl\ng/a,care,zorg\n",
            "occupation_skill": "occ_idx,skill_idx,rel\n0,0,e\n",
            "skill_broader": "child,parent\ns0,g/a\n",
        }
        for name, text in told.items():
            with gzip.open(tmp_path / f"{name}.csv.gz", "wt") as file:
                file.write(text)
        return tmp_path

    def test_it_is_read(self, compact: Path) -> None:
        found = read_taxonomy([compact], "2")
        assert found.taxonomy.essential.nnz == 1
        assert found.taxonomy.skills.called(0, "nl") == ("anatomy", "en")

    @pytest.mark.parametrize(
        ("table", "text", "said"),
        [
            ("occupation_skill", "occ_idx,skill_idx,rel\n0,7,e\n", "line 2: There is no row “7”"),
            ("occupation_skill", "occ_idx,skill_idx,rel\n-1,0,e\n", "line 2: There is no row “-1”"),
            ("skill_broader", "child,parent\ns0,g/b\n", "line 2: There is no row “g/b”"),
            ("skills", "uri,label_en,label_nl\ns/a,anatomy,\n", "line 1: This table lacks the"),
            ("occupations", "uri,isco,label_en,label_nl\n,2221,nurse,\n", "line 2: “” is no key"),
        ],
    )
    def test_what_is_wrong_is_told_with_file_and_line(
        self, compact: Path, table: str, text: str, said: str
    ) -> None:
        with gzip.open(compact / f"{table}.csv.gz", "wt") as file:
            file.write(text)
        assert refused(compact).startswith(f"{table}.csv.gz, {said}")

    def test_a_table_that_is_not_packed_as_its_name_says_is_told(self, compact: Path) -> None:
        (compact / "skills.csv.gz").write_text("uri,type")
        assert "skills.csv.gz: This is packed in a way" in refused(compact)

    def test_a_missing_table_is_named(self, compact: Path) -> None:
        (compact / "skills.csv.gz").unlink()
        assert "skills.csv.gz is missing" in refused(compact)


class TestCompetentNL:
    """An export of its graph, as its documentation names things; no real one was at hand."""

    TRIPLES = '''subject,predicate,object
cnl/w1,rdf:type,https://linkeddata.competentnl.nl/def/competentnl#Occupation
cnl/w1,skos:prefLabel,Verpleegkundige
cnl/w1,skos:prefLabel,"""nurse""@en"
cnl/w1,skos:exactMatch,http://data.europa.eu/esco/isco/C2221
cnl/w1,skos:exactMatch,http://data.europa.eu/esco/occupation/1
cnl/s1,rdf:type,cnlo#HumanCapability
cnl/s1,skos:prefLabel,Zorgen voor mensen
cnl/s1,skos:broader,cnl/g1
cnl/s1,skos:exactMatch,http://data.europa.eu/esco/skill/7
cnl/g1,skos:prefLabel,Met mensen werken
cnl/k1,rdf:type,cnlo#KnowledgeArea
cnl/k1,skos:prefLabel,Anatomie
cnl/w1,cnlo#requiresHATEssential,cnl/s1
cnl/w1,cnlo#requiresHATSomewhat,cnl/k1
cnl/w1,cnlo#hasTask,cnl/t1
'''

    def written(self, folder: Path, text: str = "") -> Path:
        (folder / "graph.csv").write_text(text or self.TRIPLES)
        return folder / "graph.csv"

    def test_occupations_skills_and_what_matches_esco_are_read(self, tmp_path: Path) -> None:
        found = read_taxonomy([self.written(tmp_path)], "1.0")
        taxonomy = found.taxonomy
        assert (taxonomy.name, taxonomy.version) == ("competentnl", "1.0")
        assert taxonomy.occupations.labels["nl"] == [("Verpleegkundige",)]
        assert taxonomy.occupations.labels["en"] == [("nurse",)]
        assert taxonomy.isco == ("2221",)
        assert taxonomy.skills.keys == ("cnl/k1", "cnl/s1")
        assert taxonomy.is_knowledge.tolist() == [True, False]
        assert taxonomy.essential.toarray().tolist() == [[False, True]]
        assert taxonomy.optional.toarray().tolist() == [[True, False]]
        assert taxonomy.groups.labels["nl"] == [("Met mensen werken",)]
        assert taxonomy.above.toarray().tolist() == [[False], [True]]
        assert taxonomy.redirects["http://data.europa.eu/esco/skill/7"] == "cnl/s1"
        assert found.noticed["not read"] == {"hasTask": 1}
        assert unpack(pack(taxonomy)).redirects == taxonomy.redirects

    @pytest.mark.parametrize(
        ("wrong", "right", "said"),
        [
            ("cnlo#requiresHATEssential", "cnlo#hasTask", "no occupations with skills"),
            ("requiresHATEssential,cnl/s1", "requiresHATEssential,cnl/s9", "such as cnl/s9"),
            ("\ncnl/k1,rdf:type", "\n,rdf:type", "is no key"),
        ],
    )
    def test_half_an_export_is_refused(
        self, tmp_path: Path, wrong: str, right: str, said: str
    ) -> None:
        assert said in refused(self.written(tmp_path, self.TRIPLES.replace(wrong, right)))

    def test_a_version_must_be_said(self, tmp_path: Path) -> None:
        assert "of which version" in refused(self.written(tmp_path), version="")
