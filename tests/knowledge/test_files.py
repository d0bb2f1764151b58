"""Files come with knowledge: kept apart, given out to be saved, and gone when their item goes."""

import stat
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch  # of the disk alone

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from katalysator.coalition.models import Organisation, Person
from katalysator.core.attachments import store as files_store
from katalysator.core.models import Event
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.knowledge import verbs
from katalysator.knowledge.files import keeping, verbs as files
from katalysator.knowledge.models import KnowledgeFile, KnowledgeItem
from katalysator.knowledge.tasks import sweep_files
from tests import builders
from tests.attack.steps import inside
from tests.core.attachments.packages import package

pytestmark = pytest.mark.django_db

TEXT = b"# Lijst\n\n- een\n"


@pytest.fixture
def item(giver: Organisation) -> KnowledgeItem:
    return builders.item(giver)


def attach(item: KnowledgeItem, name: str = "lijst.md", content: bytes = TEXT) -> KnowledgeFile:
    return files.attach(item, by=builders.HOUSE, name=name, data=content)


def kept(store: Path) -> list[str]:
    return sorted(path.name for path in store.iterdir()) if store.exists() else []


class TestKeeping:
    def test_a_file_stands_apart_by_a_key_for_its_owner_alone(
        self, item: KnowledgeItem, author: Person, store: Path
    ) -> None:
        made = files.attach(item, by=author, name="../Mijn lijst.MD", data=TEXT)
        assert (made.name, made.kind, made.size) == ("Mijn lijst.md", "md", len(TEXT))
        assert kept(store) == [made.key.hex]
        assert stat.S_IMODE((store / made.key.hex).stat().st_mode) == 0o600
        assert stat.S_IMODE(store.stat().st_mode) == 0o700
        event = Event.objects.get(verb="knowledge.attach")
        assert event.after == {"name": "Mijn lijst.md", "size": len(TEXT), "sha256": made.digest}

    def test_only_its_own_people_add_and_take_away(
        self, item: KnowledgeItem, judge: Person, store: Path
    ) -> None:
        with pytest.raises(NotAllowed):
            files.attach(item, by=judge, name="lijst.md", data=TEXT)
        made = attach(item)
        with pytest.raises(NotAllowed):
            files.detach(made, by=judge)
        assert kept(store) == [made.key.hex]

    @pytest.mark.parametrize(
        ("name", "content", "code"),
        [
            ("virus.pdf", b"MZ\x90", "file-kind"),
            ("macro.docx", package("docx", {"word/vbaProject.bin": b"x"}), "package-runs"),
            ("lijst.md", TEXT + b"!", "file-twice"),
            ("zelfde.md", TEXT, "file-twice"),
            ("groot.txt", b"x" * (keeping.LARGEST + 1), "file-large"),
        ],
    )
    def test_what_is_refused_leaves_nothing(
        self, item: KnowledgeItem, store: Path, name: str, content: bytes, code: str
    ) -> None:
        first = attach(item)
        with pytest.raises(InvalidInput) as caught:
            attach(item, name, content)
        assert (caught.value.code, caught.value.where) == (code, ("file",))
        assert kept(store) == [first.key.hex]

    def test_there_is_room_for_so_much_of_an_item_and_of_an_organisation(
        self, item: KnowledgeItem, giver: Organisation
    ) -> None:
        made = attach(item)
        KnowledgeFile.objects.filter(pk=made.pk).update(size=keeping.MOST_OF_ITEM - 5)
        with pytest.raises(InvalidInput, match="30 MB"):
            attach(item, "b.txt", b"123456")
        attach(item, "c.txt", b"12345")
        KnowledgeFile.objects.filter(pk=made.pk).update(size=keeping.MOST_OF_ORGANISATION - 9)
        with pytest.raises(InvalidInput, match="300 MB"):
            attach(builders.item(giver, "draft"), "d.txt", b"12345")

    def test_so_many_files_of_an_item(self, item: KnowledgeItem) -> None:
        for number in range(keeping.MOST_FILES):
            attach(item, f"{number}.txt", str(number).encode())
        with pytest.raises(InvalidInput, match="at most"):
            attach(item, "meer.txt", b"meer")

    def test_the_database_keeps_names_apart_and_sizes_above_nothing(
        self, item: KnowledgeItem
    ) -> None:
        attach(item)
        for wrong in ({"name": "lijst.md", "size": 1}, {"name": "b.md", "size": 0}):
            with pytest.raises(IntegrityError), transaction.atomic():
                KnowledgeFile.objects.create(item=item, kind="md", digest="", **wrong)


class TestGoing:
    def test_a_file_goes_when_its_row_is_gone_and_not_before(
        self,
        item: KnowledgeItem,
        author: Person,
        store: Path,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        made = attach(item)
        with django_capture_on_commit_callbacks(execute=True):
            files.detach(made, by=author)
            assert kept(store) == [made.key.hex]
        assert kept(store) == []
        with pytest.raises(Conflict):
            files.detach(KnowledgeFile(pk=made.pk, item=item), by=author)

    def test_and_with_its_item(
        self,
        giver: Organisation,
        author: Person,
        store: Path,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        item = builders.item(giver, "draft")
        attach(item)
        with django_capture_on_commit_callbacks(execute=True):
            verbs.delete(item, by=author)
        assert kept(store) == []

    def test_a_deed_that_fails_leaves_none(self, item: KnowledgeItem, store: Path) -> None:
        with (
            patch("katalysator.core.audit.record", side_effect=RuntimeError),
            pytest.raises(RuntimeError),
        ):
            attach(item)
        assert kept(store) == []
        assert not item.files.exists()

    def test_nor_does_a_disk_that_is_full(self, item: KnowledgeItem, store: Path) -> None:
        with (
            patch("os.fsync", side_effect=OSError(28, "No space left")),
            pytest.raises(OSError, match="space"),
        ):
            attach(item)
        assert kept(store) == []
        assert not item.files.exists()

    def test_what_a_deed_left_that_was_rolled_back_is_swept_up_a_month_later(
        self, item: KnowledgeItem, store: Path
    ) -> None:
        stays = attach(item)
        with transaction.atomic():
            lost = attach(item, "weg.txt", b"weg")
            transaction.set_rollback(True)
        for day, there in ((29, {stays.key.hex, lost.key.hex}), (31, {stays.key.hex})):
            sweep_files(int((timezone.now() + timedelta(days=day)).timestamp()))
            assert set(kept(store)) == there

    def test_with_another_database_nothing_is_swept(self, item: KnowledgeItem, store: Path) -> None:
        made = attach(item)
        KnowledgeFile.objects.all().delete()
        sweep_files(int((timezone.now() + timedelta(days=90)).timestamp()))
        assert kept(store) == [made.key.hex]

    def test_what_is_missing_is_told(self, item: KnowledgeItem, store: Path) -> None:
        there, gone = attach(item), attach(item, "weg.txt", b"weg")
        (store / gone.key.hex).unlink()
        assert files_store.missing("knowledge", [there.key, gone.key]) == [gone.key]
        assert Client().get(gone.get_absolute_url()).status_code == 404


class TestGivingOut:
    def test_it_is_saved_and_never_shown(self, item: KnowledgeItem) -> None:
        made = attach(item, "blad é.md")
        answer = Client().get(f"/en/knowledge/{item.pk}/files/{made.pk}/")
        assert answer.getvalue() == TEXT
        assert answer["Content-Disposition"] == "attachment; filename*=utf-8''blad%20%C3%A9.md"
        assert answer["Content-Type"] == "text/markdown; charset=utf-8"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.streaming

    def test_to_who_sees_the_item_alone(
        self, giver: Organisation, author: Person, judge: Person
    ) -> None:
        clients = [Client(), inside(judge), inside(author)]
        expected = {
            ("published", "everyone"): [200, 200, 200],
            ("published", "participants"): [404, 200, 200],
            ("review", "everyone"): [404, 200, 200],
            ("draft", "everyone"): [404, 404, 200],
            ("withdrawn", "everyone"): [404, 404, 200],
        }
        for (state, visibility), answers in expected.items():
            made = attach(builders.item(giver, state, visibility=visibility))
            page = f"/en/knowledge/{made.item_id}/files/{made.pk}/"
            assert [client.get(page).status_code for client in clients] == answers

    def test_not_by_way_of_another_item(self, giver: Organisation, item: KnowledgeItem) -> None:
        hidden = attach(builders.item(giver, "draft"))
        assert Client().get(f"/en/knowledge/{item.pk}/files/{hidden.pk}/").status_code == 404


class TestPage:
    def test_takes_a_file_and_takes_it_away(
        self, item: KnowledgeItem, author: Person, store: Path
    ) -> None:
        page, client = f"/en/knowledge/{item.pk}/", inside(author)
        upload = SimpleUploadedFile("lijst.md", TEXT)
        assert client.post(f"{page}files/", {"file": upload}).status_code == 302
        made = item.files.get()
        assert "lijst.md" in client.get(page).text
        assert client.post(f"{page}files/{made.pk}/remove/").status_code == 302
        assert not item.files.exists()

    @pytest.mark.parametrize("content", [b"", b"MZ\x90"])
    def test_says_at_its_place_what_is_wrong(
        self, item: KnowledgeItem, author: Person, content: bytes
    ) -> None:
        upload = SimpleUploadedFile("lijst.md", content)
        answer = inside(author).post(f"/en/knowledge/{item.pk}/files/", {"file": upload})
        assert answer.status_code == 422
        assert "file" in answer.context["form"].errors
        assert inside(author).post(f"/en/knowledge/{item.pk}/files/").status_code == 422

    def test_refuses_what_is_too_large_before_it_is_read(
        self, item: KnowledgeItem, author: Person
    ) -> None:
        upload = SimpleUploadedFile("groot.txt", b"x" * (keeping.LARGEST + 100_000))
        answer = inside(author).post(f"/en/knowledge/{item.pk}/files/", {"file": upload})
        assert answer.status_code == 413
        assert not item.files.exists()
