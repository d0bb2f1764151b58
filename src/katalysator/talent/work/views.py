"""The pages of work and skills, for anybody."""

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from katalysator.core.language import active_language
from katalysator.engine.skills import Taxonomy
from katalysator.talent.labels import called, shown
from katalysator.talent.models import TaxonomyVersion
from katalysator.talent.taxonomies.current import current_taxonomy
from katalysator.talent.work.figures import WorkFigures, figures_of, loaded, open_vacancies
from katalysator.talent.work.looking import (
    LONGEST,
    alike,
    asked_by,
    asking,
    by_group,
    description_of,
    looked_up,
)

PAGE: Final = 30
_MOST: Final = 60
"""So many occupations a skill's page names of each kind."""


@require_safe
def work_list(request: HttpRequest) -> HttpResponse:
    """All kinds of work, or those with some words in a label; with all, open vacancies by branch. Cost: four queries at most."""
    return _list(request, "occupations", "talent-work")


@require_safe
def skill_list(request: HttpRequest) -> HttpResponse:
    """All skills, or those with some words in a label. Cost: two queries."""
    return _list(request, "skills", "talent-skill")


@require_safe
def work(request: HttpRequest, key: str) -> HttpResponse:
    """A kind of work: what it is, what it asks for, what is alike, and what it pays. Cost: six queries at most."""
    taxonomy, row = _found("occupations", key)
    isco, rows = taxonomy.isco[row], taxonomy.occupations
    found = figures_of([isco]).get(isco, WorkFigures()) if isco else WorkFigures()
    context = {
        "name": called(rows, row),
        "key": rows.keys[row],
        "others": _others(taxonomy, "occupations", row),
        "means": description_of(rows.keys[row], active_language()),
        "isco": isco,
        "is_local": rows.keys[row] in taxonomy.local,
        "asked": [
            (name, _grouped(taxonomy, asked_by(taxonomy, row, name)))
            for name in ("essential", "optional")
        ],
        "alike": [(called(rows, each), rows.keys[each]) for each in alike(taxonomy, row)],
        "figures": found,
        "loaded": loaded(),
        "source": _source(),
    }
    return render(request, "talent/work.html", context)


@require_safe
def skill(request: HttpRequest, key: str) -> HttpResponse:
    """A skill: what it is, where it stands, and which work asks for it. Cost: three queries."""
    taxonomy, row = _found("skills", key)
    rows, jobs, groups = taxonomy.skills, taxonomy.occupations, taxonomy.groups
    context = {
        "name": called(rows, row),
        "key": rows.keys[row],
        "others": _others(taxonomy, "skills", row),
        "means": description_of(rows.keys[row], active_language()),
        "is_knowledge": bool(taxonomy.is_knowledge[row]),
        "is_local": rows.keys[row] in taxonomy.local,
        "groups": [called(groups, int(each)) for each in taxonomy.above[[row]].indices],
        "asking": [
            (name, [(called(jobs, each), jobs.keys[each]) for each in some[:_MOST]], len(some))
            for name in ("essential", "optional")
            if (some := asking(taxonomy, row, name))
        ],
        "source": _source(),
    }
    return render(request, "talent/skill.html", context)


def _list(request: HttpRequest, kind: str, route: str) -> HttpResponse:
    taxonomy = current_taxonomy()
    words = request.GET.get("q", "")[:LONGEST].strip()
    found = looked_up(taxonomy, kind, words, active_language()) if taxonomy else []
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = getattr(taxonomy, kind) if taxonomy else None
    context = {
        "kind": kind,
        "route": route,
        "words": words,
        "page": page,
        "items": [(called(rows, row), rows.keys[row]) for row in page] if rows else [],
        "source": _source(),
        "vacancies": open_vacancies() if kind == "occupations" and not words else None,
    }
    return render(request, "talent/work_list.html", context)


def _found(kind: str, key: str) -> tuple[Taxonomy, int]:
    """The taxonomy in use, and the row of a key in it, or of what that is now."""
    taxonomy = current_taxonomy()
    if taxonomy is None:
        raise Http404
    known = getattr(taxonomy, kind).row
    row = known.get(key, known.get(taxonomy.redirects.get(key, "")))
    if row is None:
        raise Http404
    return taxonomy, row


def _others(taxonomy: Taxonomy, kind: str, row: int) -> list[str]:
    """The other labels in the reader's language."""
    return list(getattr(taxonomy, kind).labels.get(active_language(), [()] * (row + 1))[row][1:])


def _grouped(taxonomy: Taxonomy, skills: list[int]) -> list[tuple[Any, Any]]:
    rows, groups, language = taxonomy.skills, taxonomy.groups, active_language()
    return [
        (
            shown(groups.called(each.row, language)) if each.row >= 0 else "",
            [(called(rows, row), rows.keys[row]) for row in each.skills],
        )
        for each in by_group(taxonomy, skills)
    ]


def _source() -> str:
    """Which taxonomy it is that is shown. Cost: one query."""
    version = TaxonomyVersion.objects.current().only("name", "version").first()
    return str(version or "")
