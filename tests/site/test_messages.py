"""The catalogues are complete, and the tool that keeps them notices what is wrong."""

import gettext
import re
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.forms import CharField
from django.utils import translation

from tools import messages
from tools.messages import LOCALE, SOURCE

CATALOGUE = LOCALE / "nl" / "LC_MESSAGES" / "django.po"
FORMAL = re.compile(r"\b([uU]|[uU]w|uzelf)\b")
PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, npgettext, pgettext

one = _("Half " "a circle")
many = ngettext("%(n)s need", "%(n)s needs", 2)
other = pgettext("of a door", "Open"), npgettext("of a door", "%(n)s hinge", "%(n)s hinges", 2)
elsewhere = translate(gettext_noop("Kernel"))
said = say("%(n)s hinges", n=2), translate("Door"), lazy("Window"), plural("%(n)s pane", "%(n)s panes", 2)
not_marked = "Not marked"
"""
TEMPLATE = """
{% load i18n %}
    <p title="{% translate 'In an attribute' %}">{{ _("In a value") }}</p>
  {% blocktranslate trimmed %}
      Over
      two lines
  {% endblocktranslate %}
{% blocktranslate count n=gaps with area=here %}{{ area }}: {{ n }} gap{% plural %}{{ area }}: {{ n }} gaps{% endblocktranslate %}
{% translate "Open" context "of a shop" %}{% blocktranslate %}100 % sure{% endblocktranslate %}
      <c-empty title="{% translate 'In a component' %}">not "marked</c-empty>
"""
TEXTS = {
    ("", "Half a circle"),
    ("", "%(n)s need", "%(n)s needs"),
    ("of a door", "Open"),
    ("of a door", "%(n)s hinge", "%(n)s hinges"),
    ("", "Kernel"),
    ("", "%(n)s hinges"),
    ("", "Door"),
    ("", "Window"),
    ("", "%(n)s pane", "%(n)s panes"),
    ("", "In an attribute"),
    ("", "In a value"),
    ("", "Over two lines"),
    ("", "%(area)s: %(n)s gap", "%(area)s: %(n)s gaps"),
    ("of a shop", "Open"),
    ("", "100 %% sure"),
    ("", "In a component"),
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A package with one module and one template."""
    package = tmp_path / "src" / "package"
    (package / "templates").mkdir(parents=True)
    (package / "code.py").write_text(PYTHON, "utf-8")
    (package / "templates" / "page.html").write_text(TEMPLATE, "utf-8")
    return package


@pytest.fixture
def po(source: Path) -> Path:
    """The Dutch catalogue of that package, with every text translated by itself."""
    return translated(source, "nl")


def translated(source: Path, language: str) -> Path:
    path = source / "locale" / language / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    catalogue = messages.extracted(source, language)
    for message in catalogue:
        if message.id:
            forms = messages._english(message, catalogue.num_plurals)
            message.string = forms if message.pluralizable else message.id
    path.write_text(messages.rendered(catalogue), "utf-8")
    return path


def changed(po: Path, old: str, new: str) -> None:
    text = po.read_text("utf-8")
    assert old in text
    po.write_text(text.replace(old, new, 1), "utf-8")


def run(command: str, source: Path) -> int:
    return messages.main([command, "--source", str(source), "--locale", str(source / "locale")])


def texts(path: Path) -> set[tuple[str, ...]]:
    found = messages.read(path) if path.is_file() else messages.extracted(path, "nl")
    return {
        (each.context or "", *([each.id] if isinstance(each.id, str) else each.id))
        for each in found
        if each.id
    }


@pytest.mark.parametrize("po", messages.catalogues(LOCALE), ids=messages.language)
def test_catalogue_is_complete_and_up_to_date(po: Path) -> None:
    assert messages.problems(SOURCE, po) == []


def test_dutch_is_one_of_them() -> None:
    assert CATALOGUE in messages.catalogues(LOCALE)
    assert messages.COMPLETE == ("nl",)


def test_catalogue_names_no_machine_and_no_moment() -> None:
    text = CATALOGUE.read_text("utf-8")
    places = [line for line in text.splitlines() if line.startswith("#: ")]
    assert places
    assert all(each.startswith("src/katalysator/") for line in places for each in line[3:].split())
    assert "Date" not in text


def test_catalogue_speaks_to_the_reader_as_je() -> None:
    spoken = [
        form.replace("(geen i, l, o of u)", "")
        for message in messages.read(CATALOGUE)
        for form in ([message.string] if isinstance(message.string, str) else message.string or [])
    ]
    assert "Vraag en aanbod" in spoken
    assert [form for form in spoken if FORMAL.search(form)] == []


def test_python_and_templates_are_read(source: Path) -> None:
    assert texts(source) == TEXTS


def test_a_component_is_a_template_too() -> None:
    component = SOURCE / "site" / "templates" / "cotton" / "wait.html"
    assert "One moment…" in component.read_text("utf-8")
    assert ("", "One moment…") in texts(CATALOGUE)


def test_commands_and_the_engine_are_read_too() -> None:
    text = CATALOGUE.read_text("utf-8")
    assert "src/katalysator/cli/match/" in text
    assert "src/katalysator/engine/matching/files/" in text


def test_complete_catalogue_has_no_problems(source: Path, po: Path) -> None:
    assert messages.problems(source, po) == []


def test_without_a_catalogue_every_text_is_a_problem(source: Path) -> None:
    found = messages.problems(source, source / "locale" / "nl" / "LC_MESSAGES" / "django.po")
    assert len(found) == len(TEXTS)
    assert "“Kernel”: is not in the catalogue yet" in found


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('msgstr "Kernel"', 'msgstr ""', "“Kernel”: is not translated"),
        ('msgstr[1] "%(n)s needs"', 'msgstr[1] ""', "“%(n)s need”: is not translated"),
        ('msgstr[1] "%(n)s needs"\n', "", "“%(n)s need”: is not translated"),
        (
            'msgstr[1] "%(n)s needs"',
            'msgstr[1] "vragen"',
            "“%(n)s need”: the translation lacks %(n)s",
        ),
        (
            'msgstr "Kernel"',
            'msgstr "Kern van %(name)s"',
            "“Kernel”: the translation has %(name)s, which the text does not have",
        ),
        (
            'msgid "Kernel"',
            '#, fuzzy\nmsgid "Kernel"',
            "“Kernel”: is marked fuzzy; check the translation and take the mark away",
        ),
    ],
)
def test_a_wrong_entry_is_noticed(source: Path, po: Path, old: str, new: str, problem: str) -> None:
    changed(po, old, new)
    assert problem in messages.problems(source, po)


def test_mark_up_must_come_back(source: Path, po: Path) -> None:
    (source / "code.py").write_text('_("<strong>Kernel</strong>")', "utf-8")
    run("extract", source)
    changed(po, 'Kernel</strong>"\nmsgstr ""', 'Kernel</strong>"\nmsgstr "<strong>Kern"')
    found = messages.problems(source, po)
    assert found == ["“<strong>Kernel</strong>”: the translation lacks </strong>"]


def test_a_new_and_a_vanished_text_are_noticed(source: Path, po: Path) -> None:
    (source / "code.py").write_text(PYTHON.replace('"Kernel"', '"Core"'), "utf-8")
    assert messages.problems(source, po) == [
        "“Core”: is not in the catalogue yet",
        "“Kernel”: is not in the sources any more",
    ]


def test_a_text_that_moved_is_noticed(source: Path, po: Path) -> None:
    (source / "code.py").rename(source / "moved.py")
    assert messages.problems(source, po) == ["django.po: places or layout differ from the sources"]


def test_extract_keeps_translations_and_drops_what_is_gone(source: Path, po: Path) -> None:
    changed(po, 'msgid "Kernel"\nmsgstr "Kernel"', '# of a nut\nmsgid "Kernel"\nmsgstr "Kern"')
    (source / "templates" / "page.html").unlink()
    assert run("extract", source) == 0
    text = po.read_text("utf-8")
    assert '# of a nut\n#: src/package/code.py\nmsgid "Kernel"\nmsgstr "Kern"' in text
    assert "In a component" not in text


def test_extract_does_not_take_a_singular_for_a_plural(source: Path, po: Path) -> None:
    (source / "code.py").write_text('ngettext("Kernel", "Kernels", 2)', "utf-8")
    run("extract", source)
    assert 'msgid_plural "Kernels"\nmsgstr[0] ""\nmsgstr[1] ""' in po.read_text("utf-8")


def test_extract_twice_gives_the_same_file(source: Path, po: Path) -> None:
    before = po.read_text("utf-8")
    run("extract", source)
    assert po.read_text("utf-8") == before


def test_extract_makes_the_folder(source: Path) -> None:
    (source / "locale" / "nl").mkdir(parents=True)
    po = source / "locale" / "nl" / "LC_MESSAGES" / "django.po"
    run("extract", source)
    assert texts(po) == TEXTS


def test_check_says_what_is_wrong(
    source: Path, po: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", source) == 0
    changed(po, 'msgstr "Kernel"', 'msgstr ""')
    assert run("check", source) == 1
    told = capsys.readouterr().err
    assert "“Kernel”: is not translated\n" in told
    assert "Dutch: 1 problems. Mend it with: python -m tools.messages extract" in told


def test_a_third_language_need_not_be_complete_but_right(
    source: Path, po: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", source) == 0
    danish = translated(source, "da")
    changed(danish, 'msgstr "Kernel"', 'msgstr ""')
    assert run("check", source) == 0
    assert capsys.readouterr().out == "Danish: 1 texts are still read in English.\n"
    changed(danish, 'msgid "Door"', 'msgid "Gate"')
    assert run("check", source) == 1
    assert "“Gate”: is not in the sources any more" in capsys.readouterr().err
    assert run("extract", source) == 0
    assert messages.problems(source, danish) == []


def test_a_language_has_as_many_plurals_as_it_needs(source: Path, po: Path) -> None:
    polish = translated(source, "pl")
    assert "nplurals=3" in polish.read_text("utf-8")
    assert messages.problems(source, polish) == []
    changed(polish, 'msgstr[2] "%(n)s needs"', 'msgstr[2] "potrzeb"')
    assert messages.problems(source, polish) == ["“%(n)s need”: the translation lacks %(n)s"]
    assert run("extract", source) == 0
    assert run("compile", source) == 0


def test_compiled_catalogue_gives_the_translations_back(tmp_path: Path) -> None:
    po = tmp_path / "nl" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    po.write_bytes(CATALOGUE.read_bytes())
    assert messages.main(["compile", "--locale", str(tmp_path)]) == 0
    with po.with_suffix(".mo").open("rb") as file:
        dutch = gettext.GNUTranslations(file)
    assert dutch.gettext("Needs and offers") == "Vraag en aanbod"
    assert dutch.ngettext("%(n)s gap", "%(n)s gaps", 1) == "%(n)s gat"
    assert dutch.ngettext("%(n)s gap", "%(n)s gaps", 0) == "%(n)s gaten"


def test_every_translation_comes_back(po: Path) -> None:
    changed(
        po,
        'msgctxt "of a door"\nmsgid "Open"\nmsgstr "Open"',
        'msgctxt "of a door"\nmsgid "Open"\nmsgstr "Los"',
    )
    dutch = gettext.GNUTranslations(BytesIO(messages.compiled(po)))
    assert dutch.pgettext("of a door", "Open") == "Los"
    assert dutch.pgettext("of a shop", "Open") == "Open"


class Other(gettext.NullTranslations):
    """The language that Django would turn to."""

    def gettext(self, message: str) -> str:
        return f"other {message}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"other {msgid2}"


def test_what_is_not_translated_is_compiled_in_english(po: Path) -> None:
    changed(po, 'msgstr "Kernel"', 'msgstr ""')
    changed(po, 'msgid "Door"\nmsgstr "Door"', '#, fuzzy\nmsgid "Door"\nmsgstr "Raam"')
    changed(po, 'msgstr[1] "%(n)s panes"', 'msgstr[1] ""')
    dutch = gettext.GNUTranslations(BytesIO(messages.compiled(po)))
    dutch.add_fallback(Other())
    assert [dutch.gettext("Kernel"), dutch.gettext("Door")] == ["Kernel", "Door"]
    assert dutch.ngettext("%(n)s pane", "%(n)s panes", 2) == "%(n)s panes"


def test_compiling_twice_gives_the_same_file(po: Path) -> None:
    assert messages.compiled(po) == messages.compiled(po)


@pytest.mark.parametrize(
    ("text", "dutch"),
    [
        (CharField.default_error_messages["required"], "Dit veld is verplicht."),
        (CommonPasswordValidator().get_error_message(), "Dit wachtwoord is te algemeen."),
    ],
)
def test_django_brings_its_own_dutch(text: str, dutch: str) -> None:
    with translation.override("nl"):
        assert translation.gettext(str(text)) == dutch


def test_allauth_brings_its_own_dutch() -> None:
    asked = "The email address and/or password you specified are not correct."
    with translation.override("nl"):
        assert translation.gettext(asked) == (
            "Het door jou opgegeven e-mailadres en/of wachtwoord is niet correct."
        )
