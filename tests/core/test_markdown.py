"""Longer texts of people become HTML that nobody can misuse."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.template import Context, Template
from hypothesis import given, strategies as st

from katalysator.core.markdown import as_html
from tests.attack.hostile_texts import TEXTS
from tests.examples import examples

TAGS = {"a", "blockquote", "br", "code", "em", "hr", "li", "ol", "p", "pre", "strong", "ul"}
HEADINGS = {"h3", "h4", "h5", "h6"}
HOSTILE = (
    *TEXTS,
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&colon;alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "<javascript:alert(1)>",
    '[x](https://a.example "onclick=alert(1)")',
    '[x](<https://a.example/"onmouseover=alert(1)>)',
    "![x](https://a.example/x.png)",
    "![x](javascript:alert(1))",
    "[x]: javascript:alert(1)\n\n[x]",
    '```"><script>alert(1)</script>\n```',
    "`<img src=x onerror=alert(1)>`",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<svg/onload=alert(1)>",
    "<a\nhref=javascript:alert(1)>x</a>",
    "<style>body{display:none}</style>",
    "<form action=https://a.example><input name=x></form>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<meta http-equiv=refresh content=0>",
)


class Walk(HTMLParser):
    """All tags of a text, with what they say."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def require_harmless(html: str) -> None:
    """Nothing but the tags of a text; and of these nothing but where a link leads, or where a list begins."""
    for tag, said in Walk(html).found:
        assert tag in TAGS | HEADINGS, html
        assert set(said) <= {"a": {"href", "rel"}, "ol": {"start"}}.get(tag, set()), html
        if tag == "a":
            assert said["rel"] == "nofollow noopener"
            scheme = re.match(r"\s*([a-z]+):", said.get("href") or "", re.IGNORECASE)
            assert scheme is None or scheme[1].lower() in {"http", "https", "mailto"}, html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Een *nieuw* **plan**.", "<p>Een <em>nieuw</em> <strong>plan</strong>.</p>"),
        ("- een\n- twee", "<ul>\n<li>een</li>\n<li>twee</li>\n</ul>"),
        ("3. drie", '<ol start="3">\n<li>drie</li>\n</ol>'),
        ("> gezegd", "<blockquote>\n<p>gezegd</p>\n</blockquote>"),
        ("`x < y`", "<p><code>x &lt; y</code></p>"),
        ("een  \ntwee", "<p>een<br>\ntwee</p>"),
        (
            "[ons](https://a.example)",
            '<p><a href="https://a.example" rel="nofollow noopener">ons</a></p>',
        ),
        ("<b>vet</b> en R&D", "<p>&lt;b&gt;vet&lt;/b&gt; en R&amp;D</p>"),
        ("", ""),
    ],
)
def test_what_people_write_is_shown_as_they_mean_it(text: str, html: str) -> None:
    assert as_html(text).strip() == html


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_only_read(text: str) -> None:
    require_harmless(as_html(text))


@examples(150)
@given(st.text(alphabet=st.sampled_from("[]()<>!&;:/\"'`*_#-\n javscriptonhefdmg=x1"), max_size=80))
def test_no_text_says_more_than_texts_may(text: str) -> None:
    require_harmless(as_html(text))


def test_a_picture_is_a_link_so_that_nothing_is_fetched_from_elsewhere() -> None:
    html = as_html("![grafiek](https://a.example/x.png)")
    assert "<img" not in html
    assert 'href="https://a.example/x.png"' in html


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# a\n## b\n# c", [3, 4, 3]),
        ("## a\n#### b", [3, 4]),
        ("### a\n# b\n### c\n### d", [3, 3, 4, 4]),
        ("# a\n## b\n### c\n#### d\n##### e", [3, 4, 5, 6, 6]),
        ("## a\n#### b\n### c\n## d", [3, 4, 4, 3]),
        ("a\n---\nb\n===", [3, 3]),
    ],
)
def test_headings_go_on_from_those_of_the_page_and_skip_none(text: str, levels: list[int]) -> None:
    found = [int(tag[1:]) for tag, _ in Walk(as_html(text)).found if tag.startswith("h")]
    assert found == levels


def test_a_template_shows_a_text_below_the_heading_that_it_names() -> None:
    shown: Any = Template("{% load markdown %}{{ text|markdown }}{{ text|markdown:4 }}")
    html = shown.render(Context({"text": "# Agenda"}))
    assert html.split("\n") == ["<h3>Agenda</h3>", "<h4>Agenda</h4>", ""]


@pytest.mark.parametrize("text", ["[" * 5_000, "> " * 2_000 + "a", "*a" * 3_000, "- " * 2_000])
def test_what_nests_without_end_is_shown_too(text: str) -> None:
    require_harmless(as_html(text))
