"""What files say is found, by who may see them; a file that is broken or hostile says nothing and does nothing."""

import resource
import sys
import time
from pathlib import Path

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from katalysator.coalition.models import Organisation
from katalysator.core.attachments import store
from katalysator.core.attachments.kinds import AttachmentKind
from katalysator.knowledge.files import keeping, pdf as pdf_reading, verbs as files
from katalysator.knowledge.files.pdf import MOST_PAGES
from katalysator.knowledge.files.texts import MOST, text_of
from katalysator.knowledge.models import KnowledgeFile, KnowledgeItem
from katalysator.knowledge.tasks import read_files
from tests import builders
from tests.core.attachments.packages import package
from tests.core.attachments.pdfs import HOSTILE, pdf
from tests.site.asking import ROOT, visitors

WORD = "zeehondentelling"
DOCX = (
    f"<w:p><w:r><w:t>Over &amp; een </w:t></w:r><w:r><w:t>{WORD}</w:t></w:r></w:p><w:p>Twee</w:p>"
)


def _time_of_others() -> float:
    """Processor time of the processes that were started from here, and ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def stand_in(folder: Path, written: str) -> str:
    """A program that does something else than what it is told."""
    program = folder / "program"
    program.write_text(f"#!{sys.executable}\n{written}\n", encoding="utf-8")
    program.chmod(0o700)
    return str(program)


def docx(markup: str) -> bytes:
    parts = {"[Content_Types].xml": b"<Types/>", "word/document.xml": markup.encode()}
    return package("none", parts)


class TestReading:
    def test_paragraphs_of_a_document(self) -> None:
        assert text_of(docx(DOCX), AttachmentKind.DOCX) == f"Over & een {WORD}\nTwee"

    def test_slides_in_their_order(self) -> None:
        slides = {f"ppt/slides/slide{n}.xml": f"<a:p>{n}</a:p>".encode() for n in (10, 2, 1)}
        assert text_of(package("pptx", slides), AttachmentKind.PPTX).split() == ["1", "2", "10"]

    def test_open_documents_and_texts(self) -> None:
        odt = package("none", {"content.xml": b"<text:h>Kop</text:h><text:p>Tekst</text:p>"})
        assert text_of(odt, AttachmentKind.ODT) == "Kop\nTekst"
        assert text_of(b"\xef\xbb\xbf# Lijst\n", AttachmentKind.MD) == "# Lijst"
        assert text_of(b"a;b\n", AttachmentKind.CSV) == "a;b"

    @pytest.mark.parametrize("kind", [AttachmentKind.PNG, AttachmentKind.XLSX])
    def test_of_other_kinds_nothing_is_read(self, kind: AttachmentKind) -> None:
        assert text_of(WORD.encode(), kind) == ""

    @pytest.mark.parametrize(
        "content",
        [b"", b"PK\x03\x04", docx(DOCX)[:-30], docx(DOCX).replace(b"word/doc", b"w\xffrd/doc")],
        ids=["empty", "begun", "cut off", "other names"],
    )
    def test_what_is_broken_says_nothing(self, content: bytes) -> None:
        assert text_of(content, AttachmentKind.DOCX) == ""

    def test_an_entity_is_no_file_and_grows_to_nothing(self) -> None:
        bomb = (
            '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
            "<w:p>&b;&f;</w:p>"
        )
        said = text_of(docx(bomb), AttachmentKind.DOCX)
        assert "root:" not in said
        assert "aaaaaaaa" not in said

    @pytest.mark.parametrize(
        "markup",
        ["<w:p>" + "a " * 30_000_000, "<" * 5_000_000, "<w:br" * 1_000_000, "&#120;" * 1_000_000],
        ids=["long", "open tags", "open breaks", "signs"],
    )
    def test_what_is_huge_is_read_in_part_and_soon(self, markup: str) -> None:
        content, begin = docx(markup), time.process_time()
        assert len(text_of(content, AttachmentKind.DOCX)) <= MOST
        assert time.process_time() - begin < 2


class TestReadingPdf:
    def test_pages_in_their_order(self) -> None:
        assert text_of(pdf("Een", WORD), AttachmentKind.PDF) == f"Een\n{WORD}"

    def test_no_more_is_read_than_is_kept(self) -> None:
        assert len(text_of(pdf(*["woord " * 200] * 40), AttachmentKind.PDF)) <= MOST

    def test_of_many_pages_the_first(self) -> None:
        pages = [f"pagina {number}" for number in range(MOST_PAGES + 10)]
        assert text_of(pdf(*pages), AttachmentKind.PDF).splitlines() == pages[:MOST_PAGES]

    @pytest.mark.parametrize("name", HOSTILE)
    def test_what_is_hostile_says_little_and_is_soon_over(self, name: str) -> None:
        begin = _time_of_others()
        assert len(text_of(HOSTILE[name], AttachmentKind.PDF)) <= MOST
        assert _time_of_others() - begin < 12  # and 10 at most by the limit, whatever it holds

    def test_who_takes_too_long_is_stopped_and_what_was_read_is_kept(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        written = "import time; print('eerst', flush=True); time.sleep(60)"
        monkeypatch.setattr(sys, "executable", stand_in(tmp_path, written))
        monkeypatch.setattr(pdf_reading, "_WAITED", 3)
        assert text_of(b"", AttachmentKind.PDF) == "eerst"

    def test_the_reader_is_told_no_secrets(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgresql:///secret")
        monkeypatch.setattr(sys, "executable", stand_in(tmp_path, "import os; print(os.environ)"))
        said = text_of(b"", AttachmentKind.PDF)
        assert "PYTHONPATH" in said
        assert "DATABASE_URL" not in said


@pytest.mark.django_db
class TestFinding:
    def attached(self, giver: Organisation, **fields: str) -> KnowledgeFile:
        item = builders.item(giver, "draft", **fields)
        made = files.attach(item, by=builders.HOUSE, name="bijlage.docx", data=docx(DOCX))
        KnowledgeItem.objects.filter(pk=item.pk).update(
            state="published", published_at=item.created_at, confirmed_at=item.created_at
        )
        return made

    @pytest.mark.parametrize(("visibility", "count"), [("everyone", 6), ("participants", 3)])
    def test_by_whom(self, giver: Organisation, visibility: str, count: int) -> None:
        self.attached(giver, visibility=visibility)
        read_files()
        found = [
            client.get(f"{ROOT}/search", {"q": WORD}).json()["counts"]["document"]
            for client in visitors(giver).values()
        ]
        assert sum(found) == count

    def test_a_file_is_read_when_it_comes_and_shown_where_its_words_are(
        self, client: Client, giver: Organisation
    ) -> None:
        self.attached(giver)
        assert ProcrastinateJob.objects.filter(task_name="knowledge.read_files").exists()
        read_files()
        page = client.get("/en/search/", {"q": WORD}).content.decode()
        assert f"Over &amp; een <mark>{WORD}</mark>" in page

    def test_one_that_is_not_there_says_nothing_and_stops_nobody(self, giver: Organisation) -> None:
        gone = self.attached(giver)
        store._path(keeping.ROOM, gone.key).unlink()
        self.attached(builders.organisation())
        read_files()
        assert [*KnowledgeFile.objects.order_by("pk").values_list("text", flat=True)] == [
            "",
            f"Over & een {WORD}\nTwee",
        ]

    def test_lists_do_not_fetch_what_files_say(self, giver: Organisation) -> None:
        self.attached(giver)
        assert "text" in KnowledgeFile.objects.get().get_deferred_fields()
