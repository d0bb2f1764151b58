"""The API of talent: work, skills, figures and versions of taxonomies, to be read by anybody."""

from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Query, Router
from pydantic import Field

from katalysator.cleaning import plain_line
from katalysator.core.api import Links, PageOf, Paging, Resource, page_facts, paged
from katalysator.core.language import active_language
from katalysator.engine.skills import NamedRows, Taxonomy
from katalysator.talent.models import TaxonomyVersion
from katalysator.talent.taxonomies.current import current_taxonomy
from katalysator.talent.work.figures import FigureSource, WorkFigures, figures_of
from katalysator.talent.work.looking import (
    LONGEST,
    alike,
    asked_by,
    asking,
    description_of,
    looked_up,
)

router = Router(tags=["talent"], by_alias=True)


class LabelResource(Resource):
    """What a thing is called, and in which language that is: another than asked for where it has no label in that."""

    text: str
    language: str


class ConceptResource(Resource):
    """A kind of work, or a skill, by its key; `is_local` where the coalition added it."""

    key: str
    label: LabelResource
    is_local: bool
    links: Links


class SourceResource(Resource):
    """Who says so, of which period, in which country."""

    source: str
    period: str
    country: str


class PayResource(Resource):
    """What employees in its group of occupations earn, in euros an hour; null where it is not published."""

    group: str
    p25: float | None
    p50: float | None
    p75: float | None
    employees: int | None
    source: SourceResource


class DemandResource(Resource):
    """How tight the labour market is for its group of occupations."""

    group: str
    tightness: float
    source: SourceResource


class OccupationResource(ConceptResource):
    """A kind of work: what it is, what it asks for, what asks for much of the same, and its figures, null where none are loaded."""

    isco: str
    labels: dict[str, list[str]]
    description: LabelResource | None
    essential: list[ConceptResource]
    optional: list[ConceptResource]
    alike: list[ConceptResource]
    pay: PayResource | None
    demand: DemandResource | None


class SkillResource(ConceptResource):
    """A skill: what it is, and which work asks for it."""

    labels: dict[str, list[str]]
    description: LabelResource | None
    is_knowledge: bool
    groups: list[LabelResource]
    essential_for: list[str]
    optional_for: list[str]


class ConceptPage(PageOf):
    """One page of work or skills."""

    items: list[ConceptResource]


class TaxonomyResource(Resource):
    """A version of a taxonomy; one is used."""

    name: str
    version: str
    languages: list[str]
    occupations: int
    skills: int
    digest: str
    is_current: bool


class TaxonomyList(Resource):
    """The versions that there are, the newest first."""

    items: list[TaxonomyResource]


class ConceptQuery(Paging):
    """Which of them."""

    q: str = Field("", max_length=LONGEST, description="Words in a label, in any language.")


@router.get("/taxonomies", response=TaxonomyList)
def taxonomies(request: HttpRequest) -> TaxonomyList:  # noqa: ARG001 — the router gives it
    """The versions of taxonomies of work that there are."""
    names = TaxonomyResource.model_fields
    return TaxonomyList(
        items=[
            TaxonomyResource(**{name: getattr(each, name) for name in names})
            for each in TaxonomyVersion.objects.told()
        ]
    )


@router.get("/occupations", response=ConceptPage)
def occupations(request: HttpRequest, query: Query[ConceptQuery]) -> ConceptPage:
    """Kinds of work by label, all or with some words in one."""
    return _page(request, query, "occupations")


@router.get("/occupations/{path:key}", response=OccupationResource)
def occupation(request: HttpRequest, key: str) -> OccupationResource:
    """A kind of work."""
    taxonomy, row = _found("occupations", key)
    isco = taxonomy.isco[row]
    figures = figures_of([isco]).get(isco, WorkFigures()) if isco else WorkFigures()
    shared = _concept(request, taxonomy, "occupations", row)
    return OccupationResource(
        **dict(shared),
        isco=isco,
        labels=_labels(taxonomy.occupations, row),
        description=_description(shared.key),
        essential=_skills(request, taxonomy, row, "essential"),
        optional=_skills(request, taxonomy, row, "optional"),
        alike=[_concept(request, taxonomy, "occupations", each) for each in alike(taxonomy, row)],
        pay=_pay(figures),
        demand=_demand(figures),
    )


@router.get("/skills", response=ConceptPage)
def skills(request: HttpRequest, query: Query[ConceptQuery]) -> ConceptPage:
    """Skills by label, all or with some words in one."""
    return _page(request, query, "skills")


@router.get("/skills/{path:key}", response=SkillResource)
def skill(request: HttpRequest, key: str) -> SkillResource:
    """A skill."""
    taxonomy, row = _found("skills", key)
    shared, jobs = _concept(request, taxonomy, "skills", row), taxonomy.occupations.keys
    return SkillResource(
        **dict(shared),
        labels=_labels(taxonomy.skills, row),
        description=_description(shared.key),
        is_knowledge=bool(taxonomy.is_knowledge[row]),
        groups=[_label(taxonomy.groups, int(each)) for each in taxonomy.above[[row]].indices],
        essential_for=[jobs[each] for each in asking(taxonomy, row, "essential")],
        optional_for=[jobs[each] for each in asking(taxonomy, row, "optional")],
    )


def _page(request: HttpRequest, query: ConceptQuery, kind: str) -> ConceptPage:
    taxonomy = current_taxonomy()
    words = plain_line(query.q)
    found = looked_up(taxonomy, kind, words, active_language()) if taxonomy else []
    page = paged(found, query)
    items = [_concept(request, taxonomy, kind, row) for row in page] if taxonomy else []
    return ConceptPage(items=items, **page_facts(request, page))


def _found(kind: str, key: str) -> tuple[Taxonomy, int]:
    taxonomy = current_taxonomy()
    row = getattr(taxonomy, kind).row.get(key) if taxonomy else None
    if taxonomy is None or row is None:
        raise Http404
    return taxonomy, row


def _concept(request: HttpRequest, taxonomy: Taxonomy, kind: str, row: int) -> ConceptResource:
    rows: NamedRows = getattr(taxonomy, kind)
    key = rows.keys[row]
    route, page = _ROUTES[kind]
    links = Links(
        this=request.build_absolute_uri(reverse(f"api:{route}", args=[key])),
        page=request.build_absolute_uri(reverse(page, args=[key])),
    )
    return ConceptResource(
        key=key, label=_label(rows, row), is_local=key in taxonomy.local, links=links
    )


_ROUTES = {
    "occupations": ("occupation", "talent-work"),
    "skills": ("skill", "talent-skill"),
}


def _skills(request: HttpRequest, taxonomy: Taxonomy, row: int, name: str) -> list[ConceptResource]:
    return [_concept(request, taxonomy, "skills", each) for each in asked_by(taxonomy, row, name)]


def _label(rows: NamedRows, row: int) -> LabelResource:
    said = rows.called(row, active_language())
    return LabelResource(text=said.text, language=said.language)


def _labels(rows: NamedRows, row: int) -> dict[str, list[str]]:
    return {name: list(some[row]) for name, some in rows.labels.items()}


def _description(key: str) -> LabelResource | None:
    said = description_of(key, active_language())
    return LabelResource(text=said.text, language=said.language) if said else None


def _pay(figures: WorkFigures) -> PayResource | None:
    pay = figures.pay
    if pay is None:
        return None
    return PayResource(
        group=pay.group,
        p25=pay.low,
        p50=pay.middle,
        p75=pay.high,
        employees=pay.employees,
        source=_source(pay.source),
    )


def _demand(figures: WorkFigures) -> DemandResource | None:
    demand = figures.demand
    if demand is None:
        return None
    return DemandResource(
        group=demand.group, tightness=demand.tightness, source=_source(demand.source)
    )


def _source(told: FigureSource) -> SourceResource:
    return SourceResource(source=told.source, period=told.period, country=told.country)
