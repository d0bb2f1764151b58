"""Terms of an offer as ODRL in RDF: the same rules that the protocol carries as JSON."""

from hashlib import blake2b
from typing import Any, Final

from django.conf import settings
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import ODRL2, RDF
from rdflib.term import Node

from katalysator.dataspace.models import Dataset, DatasetOffer
from katalysator.dataspace.policies.profile import INCLUDED, LEFT_OPERANDS, OPERATORS
from katalysator.dataspace.records.words import text

_RULES: Final = {"permission": "Permission", "prohibition": "Prohibition", "obligation": "Duty"}
_WAYS: Final = ("and", "or", "xone", "andSequence")
_OPERATORS: Final = frozenset(each for some in OPERATORS.values() for each in some)
_OF_ODRL: Final = frozenset({"purpose", "recipient", "spatial", "dateTime", "elapsedTime", "count"})


def profile() -> str:
    """Where the words that are ours alone begin."""
    return f"{settings.ADDRESS}/dataspace/terms#"


def add_offer(graph: Graph, offer: URIRef, key: str, terms: dict[str, Any]) -> None:
    """Say in a graph on which terms something is offered; `key` is what the protocol calls the offer."""
    graph.add((offer, RDF.type, ODRL2.Offer))
    graph.add((offer, ODRL2.uid, text(key)))
    for name, kind in _RULES.items():
        for place, rule in enumerate(terms.get(name) or (), start=1):
            own = URIRef(f"{offer}-{name}-{place}")
            graph.add((offer, ODRL2[name], own))
            graph.add((own, RDF.type, ODRL2[kind]))
            graph.add((own, ODRL2.action, _action(str(rule.get("action", "use")))))
            for number, each in enumerate(rule.get("constraint") or (), start=1):
                constraint = URIRef(f"{own}-{number}")
                graph.add((own, ODRL2.constraint, constraint))
                _add_constraint(graph, constraint, each)


def shown_offers(dataset: Dataset, *, may_keep: bool = False) -> list[DatasetOffer]:
    """The open offers of a dataset, of `with_all`, that are shown; those for some alone whom they name only to who may keep it.

    With whom an organisation deals is told to nobody else: who is named finds such an offer by asking for the catalogue.
    """
    return [each for each in dataset.opened if may_keep or not _names_who_gets_it(each.terms)]


def _names_who_gets_it(terms: dict[str, Any]) -> bool:
    waiting: list[Any] = [terms]
    while waiting:
        told = waiting.pop()
        if isinstance(told, dict):
            if told.get("leftOperand") == "recipient":
                return True
            waiting.extend(told.values())
        elif isinstance(told, list):
            waiting.extend(told)
    return False


def _add_constraint(graph: Graph, own: URIRef, told: dict[str, Any]) -> None:
    way = next((each for each in _WAYS if each in told), None)
    if way is not None:
        graph.add((own, RDF.type, ODRL2.LogicalConstraint))
        graph.add((own, ODRL2[way], _list(graph, own, told[way])))
        return
    operator = str(told.get("operator", ""))
    graph.add((own, RDF.type, ODRL2.Constraint))
    graph.add((own, ODRL2.leftOperand, _operand(str(told.get("leftOperand", "")))))
    known = ODRL2[operator] if operator in _OPERATORS else text(operator)
    graph.add((own, ODRL2.operator, known))
    right = told.get("rightOperand")
    for each in right if isinstance(right, list) else [right]:
        graph.add((own, ODRL2.rightOperand, _value(each)))


def _list(graph: Graph, own: URIRef, constraints: list[dict[str, Any]]) -> Node:
    """A list in RDF. Each of its cells has a name that is always the same, so that the same record is the same file."""
    following: Node = RDF.nil
    for number, each in reversed(list(enumerate(constraints, start=1))):
        inner = URIRef(f"{own}-{number}")
        cell = BNode(f"b{blake2b(inner.encode(), digest_size=12).hexdigest()}")
        _add_constraint(graph, inner, each)
        graph.add((cell, RDF.first, inner))
        graph.add((cell, RDF.rest, following))
        following = cell
    return following


def _action(name: str) -> Node:
    return ODRL2[name] if name in INCLUDED else text(name)


def _operand(name: str) -> Node:
    """A word of ODRL, of our profile, or one that nobody knows: that stays a text."""
    if name in _OF_ODRL:
        return ODRL2[name]
    return URIRef(profile() + name) if name in LEFT_OPERANDS else text(name)


def _value(told: Any) -> Literal:
    if isinstance(told, dict):
        told = told.get("@value", told.get("@id", ""))
    return text(str(told))
