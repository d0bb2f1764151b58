"""Skill profiles of the example, where a taxonomy is there."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from katalysator.coalition.models import Organisation
from katalysator.core.actors import EXAMPLE
from katalysator.core.language import say
from katalysator.talent.models import SkillProfile
from katalysator.talent.profiles import verbs
from katalysator.talent.profiles.choosing import ConceptKind, chosen_by_key, has_taxonomy
from katalysator.talent.profiles.consent.verbs import ConsentFacts, share
from katalysator.talent.profiles.evidence.verbs import CertificateFacts, state_certificate
from katalysator.talent.profiles.verbs import OccupationFacts, WantedWork


def load_profiles(rows: Sequence[Mapping[str, Any]], today: date) -> str:
    """Make them and let somebody look, where there is something to choose from; returns a line of report."""
    for row in rows if has_taxonomy() else ():
        owner = Organisation.objects.get(slug=row["organisation"])
        if person := owner.people.order_by("pk").first():
            _fill(verbs.make(person, by=EXAMPLE), row, today)
    return say("Skill profiles: %(count)s.", count=SkillProfile.objects.count())


def _fill(profile: SkillProfile, row: Mapping[str, Any], today: date) -> None:
    for key in _known("skill", row["skills"]):
        verbs.add_skill(profile, key, by=EXAMPLE)
    for work in row["work"]:
        if _known("occupation", [work["key"]]):
            verbs.add_occupation(profile, OccupationFacts(**work), by=EXAMPLE)
    for each in row["certificates"]:
        facts = CertificateFacts(each["issuer"], today - timedelta(days=each["days_ago"]))
        for skill in profile.skills.filter(key=each["skill"]):
            state_certificate(skill, facts, by=EXAMPLE)
    verbs.want(profile, WantedWork(**row["wanted"]), by=EXAMPLE)
    shows = row["shows"]
    to = Organisation.objects.filter(slug=shows.get("organisation")).first()
    until = today + timedelta(days=shows["days"])
    facts_of = ConsentFacts(shows["purpose"], shows["parts"], until, organisation=to)
    share(profile, facts_of, by=EXAMPLE)


def _known(kind: ConceptKind, keys: Sequence[str]) -> list[str]:
    return [key for key in keys if chosen_by_key(kind, key, "nl")]
