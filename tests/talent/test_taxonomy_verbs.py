"""Versions side by side: taken in whole, used one at a time, and what becomes of keys told before."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override
from procrastinate.contrib.django.models import ProcrastinateJob

from katalysator.engine.skills import NamedRows, Taxonomy
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.talent.models import ConceptDescription, KeyRedirect, TaxonomyVersion
from katalysator.talent.taxonomies import verbs
from katalysator.talent.taxonomies.changes import changes_between
from katalysator.talent.taxonomies.current import current_taxonomy
from katalysator.talent.taxonomies.files import TaxonomyFiles
from katalysator.talent.taxonomies.local import LocalContent
from katalysator.talent.taxonomies.problems import told
from katalysator.talent.taxonomies.tasks import read_files
from katalysator.talent.taxonomies.upload_verbs import give_files
from tests import builders
from tests.talent.official_files import write_official, zipped
from tests.talent.taxonomies import small_taxonomy

pytestmark = pytest.mark.django_db


def files(taxonomy: Taxonomy | None = None) -> TaxonomyFiles:
    means = {"nl": {"occupation/nurse": "Zorgt voor zieken."}, "en": {}}
    return TaxonomyFiles(taxonomy or small_taxonomy(), means)


def next_version() -> Taxonomy:
    """The small taxonomy in which the analyst has another key, and the carer another label."""
    known = small_taxonomy()
    keys = tuple(key.replace("analyst", "data-analyst") for key in known.occupations.keys)
    labels = {**known.occupations.labels}
    labels["en"] = [labels["en"][0], ("care assistant",), *labels["en"][2:]]
    return replace(known, version="2", occupations=NamedRows(keys, labels))


class TestVersions:
    def test_the_first_is_used_and_a_second_stands_beside_it(self) -> None:
        first = verbs.take_in(files(), by=builders.HOUSE)
        second = verbs.take_in(files(next_version()), by=builders.HOUSE)
        assert [each.is_current for each in (first, second)] == [True, False]
        assert ConceptDescription.objects.filter(taxonomy=second).count() == 1
        verbs.use_version(second, by=builders.HOUSE)
        assert TaxonomyVersion.objects.current().get() == second
        verbs.use_version(first, by=builders.HOUSE)
        assert TaxonomyVersion.objects.current().get() == first

    def test_the_same_is_not_taken_in_twice(self) -> None:
        verbs.take_in(files(), by=builders.HOUSE)
        with pytest.raises(Conflict, match="there already"):
            verbs.take_in(files(), by=builders.HOUSE)

    def test_that_which_is_used_is_not_thrown_away(self) -> None:
        first = verbs.take_in(files(), by=builders.HOUSE)
        second = verbs.take_in(files(next_version()), by=builders.HOUSE)
        with pytest.raises(Conflict, match="is used"):
            verbs.remove_version(first, by=builders.HOUSE)
        verbs.remove_version(second, by=builders.HOUSE)
        assert TaxonomyVersion.objects.count() == 1

    def test_only_the_bureau_keeps_taxonomies(self) -> None:
        somebody, bureau = builders.person(), builders.person(is_coordinator=True)
        with pytest.raises(NotAllowed):
            verbs.take_in(files(), by=somebody)
        assert verbs.take_in(files(), by=bureau).taken_in_by == bureau

    def test_the_starter_set_is_taken_in_where_there_is_none(self) -> None:
        made = verbs.take_in_starter(by=builders.HOUSE)
        assert made is not None
        assert made.is_current
        assert verbs.take_in_starter(by=builders.HOUSE) is None
        known = current_taxonomy()
        assert known is not None
        assert known.name == "starter"


class TestChanges:
    def test_what_is_gone_renamed_and_new_is_told_and_labels_only_propose(self) -> None:
        found = changes_between(small_taxonomy(), next_version())
        (gone,) = found.gone
        assert (gone.key, gone.to, gone.proposed) == (
            "occupation/analyst",
            "",
            "occupation/data-analyst",
        )
        assert found.lost == ("occupation/analyst",)
        (renamed,) = found.renamed
        assert (renamed.before, renamed.after) == ("carer", "care assistant")
        assert found.new == ("occupation/data-analyst",)
        assert found.kept == 11

    def test_a_label_of_two_things_proposes_nothing(self) -> None:
        after = next_version()
        labels = {name: [*rows[:3], rows[2]] for name, rows in after.occupations.labels.items()}
        after = replace(after, occupations=NamedRows(after.occupations.keys, labels))
        assert not changes_between(small_taxonomy(), after).proposals

    def test_what_the_bureau_said_is_followed(self) -> None:
        verbs.take_in(files(), by=builders.HOUSE)
        second = verbs.take_in(files(next_version()), by=builders.HOUSE)
        said = {"occupation/analyst": "occupation/data-analyst"}
        assert verbs.redirect_keys(second, by=builders.HOUSE, redirects=said) == 1
        verbs.use_version(second, by=builders.HOUSE)
        known = current_taxonomy()
        assert known is not None
        assert known.redirects == said
        assert not changes_between(small_taxonomy(), known).lost

    def test_a_key_that_is_there_leads_nowhere_else(self) -> None:
        made = verbs.take_in(files(), by=builders.HOUSE)
        for key, to in (("occupation/nurse", "occupation/carer"), ("occupation/x", "occupation/y")):
            with pytest.raises(InvalidInput, match="cannot lead"):
                verbs.redirect_keys(made, by=builders.HOUSE, redirects={key: to})
        assert not KeyRedirect.objects.exists()

    def test_keys_in_a_circle_lead_nowhere(self) -> None:
        after = replace(
            next_version(),
            redirects={"occupation/analyst": "occupation/x", "occupation/x": "occupation/analyst"},
        )
        assert changes_between(small_taxonomy(), after).lost == ("occupation/analyst",)


class TestLocalConcepts:
    def test_an_own_occupation_stands_beside_the_taxonomy_and_is_marked(self) -> None:
        verbs.take_in(files(), by=builders.HOUSE)
        skill = verbs.add_local_concept(
            LocalContent("skill", nl=["prompten"], group="group/data"), by=builders.HOUSE
        )
        said = LocalContent(
            "occupation",
            nl=["promptschrijver"],
            en=["prompt writer"],
            isco="2519",
            essential=[skill.key, "skill/python"],
            optional=["skill/talking"],
        )
        made = verbs.add_local_concept(said, by=builders.HOUSE)
        known = current_taxonomy()
        assert known is not None
        assert made.key == "local/occupation/prompt-writer"
        assert known.local == {made.key, skill.key}
        row = known.occupations.row[made.key]
        keys = {known.skills.keys[each] for each in known.essential[[row]].indices}
        assert keys == {skill.key, "skill/python"}
        assert known.above[[known.skills.row[skill.key]]].sum() == 2
        before = small_taxonomy()
        assert known.above[:8].toarray().tolist() == before.above.toarray().tolist()
        assert known is current_taxonomy()
        verbs.remove_local_concept(made, by=builders.HOUSE)
        again = current_taxonomy()
        assert again is not None
        assert again.local == {skill.key}

    @pytest.mark.parametrize(
        ("said", "place"),
        [
            (LocalContent("occupation", nl=["x"]), "essential"),
            (LocalContent("occupation", nl=["x"], essential=["skill/none"]), "essential"),
            (LocalContent("skill"), "nl"),
            (LocalContent("skill", nl=["!"]), "nl"),
            (LocalContent("skill", nl=["x"], isco="12"), "isco"),
            (LocalContent("skill", nl=["x" * 130]), "nl"),
        ],
    )
    def test_what_cannot_be_kept_is_said_at_its_place(self, said: LocalContent, place: str) -> None:
        verbs.take_in(files(), by=builders.HOUSE)
        with pytest.raises(InvalidInput) as caught:
            verbs.add_local_concept(said, by=builders.HOUSE)
        assert caught.value.where[0] == place

    def test_one_is_changed_and_keeps_its_key(self) -> None:
        verbs.take_in(files(), by=builders.HOUSE)
        made = verbs.add_local_concept(LocalContent("skill", nl=["prompten"]), by=builders.HOUSE)
        with pytest.raises(Conflict):
            verbs.add_local_concept(LocalContent("skill", nl=["prompten"]), by=builders.HOUSE)
        changed = verbs.change_local_concept(
            made, LocalContent("skill", nl=["prompts schrijven"]), by=builders.HOUSE
        )
        assert (changed.key, changed.nl) == (made.key, ["prompts schrijven"])


class TestUploads:
    @pytest.fixture
    def tables(self, tmp_path: Path) -> bytes:
        return zipped(write_official(small_taxonomy(), tmp_path / "t"), "t.zip").read_bytes()

    def test_files_are_read_in_the_background_and_not_kept(self, tables: bytes) -> None:
        bureau = builders.person(is_coordinator=True)
        given = give_files("esco.zip", tables, "1", by=bureau)
        job = ProcrastinateJob.objects.get(task_name="talent.read_files")
        read_files(**job.args)
        given.refresh_from_db()
        assert (given.state, bytes(given.content)) == ("done", b"")
        assert str(given.made) == "esco 1"
        assert given.made is not None
        assert given.made.taken_in_by == bureau
        read_files(**job.args)
        assert TaxonomyVersion.objects.count() == 1

    def test_what_is_wrong_is_kept_as_facts_and_nothing_is_taken_in(self, tables: bytes) -> None:
        given = give_files("esco.zip", tables, "", by=builders.HOUSE)
        read_files(str(given.pk))
        given.refresh_from_db()
        assert given.state == "refused"
        assert "of which version" in told(given.problems[0])
        with override("nl"):
            assert "van welke versie" in told(given.problems[0])
        assert not TaxonomyVersion.objects.exists()

    def test_no_more_than_some_wait(self, tables: bytes) -> None:
        for _time in range(3):
            give_files("esco.zip", tables, "1", by=builders.HOUSE)
        with pytest.raises(Conflict, match="wait"):
            give_files("esco.zip", tables, "1", by=builders.HOUSE)


class TestPages:
    def test_the_bureau_gives_several_zips_at_once_and_looks_what_would_change(
        self, tmp_path: Path, client: Client, django_assert_max_num_queries: Any
    ) -> None:
        client.force_login(builders.person(is_coordinator=True))
        given = []
        for language in ("nl", "en"):
            folder = write_official(next_version(), tmp_path / language, [language])
            packed = zipped(folder, f"v2.0 {language}.zip").read_bytes()
            given.append(SimpleUploadedFile(f"ESCO - v2.0 - {language} - csv.zip", packed))
        answer = client.post("/en/talent/taxonomies/", {"file": given, "version": ""})
        assert answer.status_code == 302
        verbs.take_in(TaxonomyFiles(small_taxonomy(), {}), by=builders.HOUSE)
        job = ProcrastinateJob.objects.get(task_name="talent.read_files")
        read_files(**job.args)
        made = TaxonomyVersion.objects.get(name="esco")
        page = client.get(made.get_absolute_url()).content.decode()
        assert "occupation/data-analyst" in page
        assert "care assistant" in page
        client.post(f"/en/talent/taxonomies/{made.pk}/redirect/")
        assert KeyRedirect.objects.get().to == "occupation/data-analyst"
        client.post(f"/en/talent/taxonomies/{made.pk}/use/")
        assert client.get("/en/talent/work/occupation/analyst/").status_code == 200
        with django_assert_max_num_queries(14):
            assert client.get("/en/talent/taxonomies/").status_code == 200

    def test_english_labels_in_a_dutch_page_say_so(self, client: Client) -> None:
        verbs.take_in(files(), by=builders.HOUSE)
        page = client.get("/nl/talent/skills/skill/testing/").content.decode()
        assert '<span lang="en">test software</span> <span class="chip">Engels</span>' in page

    def test_lists_cost_the_same_however_much_there_is(
        self, client: Client, django_assert_max_num_queries: Any
    ) -> None:
        verbs.take_in_starter(by=builders.HOUSE)
        for address in (
            "/en/talent/work/",
            "/en/talent/work/?q=nurse",
            "/en/talent/skills/?page=3",
            "/en/talent/work/starter/work/nurse/",
            "/en/talent/skills/starter/skill/python/",
            "/api/v1/occupations/starter/work/nurse",
        ):
            client.get(address)
            with django_assert_max_num_queries(9):
                assert client.get(address).status_code == 200

    def test_labels_of_a_file_are_texts_and_no_code(self, client: Client) -> None:
        hostile = "<script>alert(1)</script>"
        known = small_taxonomy()
        labels = {name: [(hostile, hostile)] * 4 for name in ("nl", "en")}
        work = NamedRows(known.occupations.keys, labels)
        skills = NamedRows(known.skills.keys, {"nl": [()] * 8, "en": [(hostile,)] * 8})
        verbs.take_in(files(replace(known, occupations=work, skills=skills)), by=builders.HOUSE)
        road = {"at": "which", "work": "script alert", "occupation": "occupation/nurse"}
        pages = [
            *(client.get(f"/nl/talent/{each}/") for each in ("work", "skills")),
            client.get("/nl/talent/work/occupation/nurse/"),
            client.get("/nl/talent/skills/skill/python/"),
            client.post("/nl/talent/road/", {"at": "work", "work": "script alert"}),
            client.post("/nl/talent/road/", road),
            client.post(
                "/nl/talent/road/", {"at": "matters", "matters": "pay", "extra": "skill/python"}
            ),
        ]
        for page in pages:
            assert page.status_code == 200
            assert hostile not in page.content.decode()
            assert "&lt;script&gt;" in page.content.decode()
