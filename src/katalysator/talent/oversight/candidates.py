"""Who may stand in a list: people who let the organisation look for this purpose. Each part that knows such people says so.

@candidates
def of_profiles(organisation, purpose): ...
"""

from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

from katalysator.coalition.models import Organisation
from katalysator.talent.oversight.ranking import TalentCandidate

CandidateSource: TypeAlias = Callable[[Organisation, str], Iterable[TalentCandidate]]

_sources: Final[list[CandidateSource]] = []


def candidates(source: CandidateSource) -> CandidateSource:
    """Register what gives people who let an organisation look for a purpose."""
    _sources.append(source)
    return source


def candidates_for(organisation: Organisation, purpose: str) -> list[TalentCandidate]:
    """All who let an organisation look for a purpose, each once."""
    found = (each for source in _sources for each in source(organisation, purpose))
    return list({each.person: each for each in found}.values())
