"""Needs and offers out of parts of sentences: varied as people's are, the same for the same seed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

Kind = Literal["need", "offer"]
Language = Literal["nl", "en"]
Pair = tuple[str, str]  # Dutch and English

SUBJECTS: Final[Mapping[str, tuple[Pair, ...]]] = {
    "zorg": (
        ("longscans", "lung scans"),
        ("verslagen van de spoedeisende hulp", "emergency ward reports"),
        ("roosters van de thuiszorg", "home care rosters"),
        ("medicatiebewaking", "medication safety"),
    ),
    "mobiliteit": (
        ("dienstregelingen van bussen", "bus timetables"),
        ("deelfietsen in de binnenstad", "shared bikes in the city centre"),
        ("drukte op perrons", "crowds on platforms"),
        ("verkeerslichten", "traffic lights"),
    ),
    "logistiek": (
        ("beladingsgraad van vrachtwagens", "truck load factors"),
        ("orders in het magazijn", "warehouse orders"),
        ("de laatste kilometer", "the last mile"),
        ("douanedocumenten", "customs documents"),
    ),
    "haven": (
        ("aankomsttijden van schepen", "ship arrival times"),
        ("inspectie van kademuren", "quay wall inspection"),
        ("containers op de terminal", "containers at the terminal"),
        ("loodsdiensten", "pilotage"),
    ),
    "energie": (
        ("netcongestie in de wijk", "grid congestion in the district"),
        ("opbrengst van windparken", "wind farm yield"),
        ("warmtepompen", "heat pumps"),
        ("laadpalen", "charging points"),
    ),
    "klimaat": (
        ("waterstanden in beken", "water levels in streams"),
        ("dijkinspecties met drones", "dike inspection by drone"),
        ("hittestress in wijken", "heat stress in districts"),
        ("riooloverstorten", "sewer overflows"),
    ),
    "agro": (
        ("ziekten in de tomatenkas", "disease in tomato greenhouses"),
        ("onkruid tussen de bieten", "weeds among sugar beet"),
        ("welzijn van melkvee", "dairy cattle welfare"),
        ("oogstvoorspelling van appels", "apple harvest forecasts"),
    ),
    "industrie": (
        ("trillingen van pompen", "pump vibrations"),
        ("lasnaden", "weld seams"),
        ("stilstand van de verpakkingslijn", "packaging line downtime"),
        ("kwaliteit van spuitgietwerk", "injection moulding quality"),
    ),
    "bouw": (
        ("scheuren in bruggen", "cracks in bridges"),
        ("bouwtekeningen", "construction drawings"),
        ("hergebruik van materialen", "reuse of materials"),
        ("veiligheid op de bouwplaats", "building site safety"),
    ),
    "overheid": (
        ("bezwaarschriften", "letters of objection"),
        ("vragen van inwoners", "questions of residents"),
        ("vergunningaanvragen", "permit applications"),
        ("meldingen openbare ruimte", "public space reports"),
    ),
    "veiligheid": (
        ("phishingberichten", "phishing messages"),
        ("dossiers in de rechtspraak", "court files"),
        ("meldkamergesprekken", "emergency calls"),
        ("ondermijning in havengebieden", "organised crime in port areas"),
    ),
    "defensie": (
        ("sonarbeelden", "sonar images"),
        ("onderhoud van voertuigen", "vehicle maintenance"),
        ("satellietbeelden", "satellite images"),
        ("logistiek van oefeningen", "exercise logistics"),
    ),
    "onderwijs": (
        ("feedback op werkstukken", "feedback on essays"),
        ("studievoortgang", "study progress"),
        ("rekenonderwijs op maat", "adaptive arithmetic lessons"),
        ("roosters van scholen", "school timetables"),
    ),
    "finance": (
        ("witwassignalen", "money laundering alerts"),
        ("schadeclaims", "insurance claims"),
        ("kredietrisico van het mkb", "credit risk of small firms"),
        ("pensioenvragen", "pension questions"),
    ),
    "retail": (
        ("voorraad van verse producten", "stock of fresh produce"),
        ("retouren van kleding", "clothing returns"),
        ("wachtrijen bij de kassa", "checkout queues"),
        ("productfoto's", "product photos"),
    ),
    "media": (
        ("archieven van kranten", "newspaper archives"),
        ("ondertiteling van uitzendingen", "broadcast subtitles"),
        ("handschriften", "manuscripts"),
        ("museumcollecties", "museum collections"),
    ),
    "telecom": (
        ("storingen in het glasvezelnet", "faults in the fibre network"),
        ("energieverbruik van zendmasten", "energy use of masts"),
        ("klantgesprekken", "customer calls"),
        ("datacentra", "data centres"),
    ),
}
METHODS: Final[tuple[Pair, ...]] = (
    ("Beeldherkenning", "Image recognition"),
    ("Voorspellend onderhoud", "Predictive maintenance"),
    ("Taalmodellen", "Language models"),
    ("Planning en optimalisatie", "Planning and optimisation"),
    ("Anomaliedetectie", "Anomaly detection"),
    ("Federatief leren", "Federated learning"),
    ("Uitlegbare modellen", "Explainable models"),
    ("Spraakherkenning", "Speech recognition"),
    ("Tijdreeksen voorspellen", "Time series forecasting"),
    ("Digitale tweelingen", "Digital twins"),
    ("Synthetische data", "Synthetic data"),
    ("Toetsing van algoritmen", "Auditing of algorithms"),
    ("Robotica", "Robotics"),
    ("Kennisgrafen", "Knowledge graphs"),
)
SKILLS: Final[tuple[Pair, ...]] = (
    ("machine learning", "machine learning"),
    ("beeldanalyse", "image analysis"),
    ("statistiek", "statistics"),
    ("python", "python"),
    ("data engineering", "data engineering"),
    ("privacyrecht", "privacy law"),
    ("mlops", "mlops"),
    ("projectleiding", "project management"),
)
_OPENINGS: Final[Mapping[Kind, tuple[Pair, ...]]] = {
    "need": (
        (
            "Wij zoeken een partij die met {method} kan helpen bij {subject}.",
            "We are looking for a party that can help with {method} for {subject}.",
        ),
        (
            "Wie heeft ervaring met {method} en denkt mee over {subject}?",
            "Who has experience with {method} and wants to think along about {subject}?",
        ),
        (
            "Bij {subject} lopen wij vast; wij willen weten of {method} werkt.",
            "We are stuck with {subject} and want to know whether {method} works.",
        ),
        (
            "Hulp gevraagd: {method} voor {subject}, van eerste proef tot gebruik.",
            "Help wanted: {method} for {subject}, from first trial to daily use.",
        ),
    ),
    "offer": (
        (
            "Wij bieden {method} voor {subject}, en trainen uw mensen.",
            "We offer {method} for {subject}, and train your people.",
        ),
        (
            "Ons team levert {method} en heeft jaren gewerkt aan {subject}.",
            "Our team provides {method} and has worked on {subject} for years.",
        ),
        (
            "Beschikbaar: kennis van {method}, bewezen bij {subject}.",
            "Available: knowledge of {method}, proven on {subject}.",
        ),
        (
            "Wij helpen organisaties om {method} in te zetten voor {subject}.",
            "We help organisations to use {method} for {subject}.",
        ),
    ),
}
_FACTS: Final[tuple[Pair, ...]] = (
    (
        "Er zijn {count} voorbeelden, waarvan een deel met de hand is nagekeken.",
        "There are {count} examples, part of them checked by hand.",
    ),
    (
        "Het gaat om {count} metingen per dag, sinds vorig jaar bewaard.",
        "It is about {count} measurements a day, kept since last year.",
    ),
    (
        "De gegevens komen van {count} gebruikers en blijven op eigen servers.",
        "The data come from {count} users and stay on our own servers.",
    ),
    (
        "Een proef met {count} gevallen is klaar; nu volgt de praktijk.",
        "A trial with {count} cases is done; practice comes next.",
    ),
)
_CONDITIONS: Final[tuple[Pair, ...]] = (
    (
        "Een privacytoets is gedaan en de ondernemingsraad is akkoord.",
        "A privacy assessment has been done and the works council agrees.",
    ),
    (
        "Uitkomsten moeten uit te leggen zijn aan mensen zonder technische kennis.",
        "Results must be explained to people without technical knowledge.",
    ),
    (
        "Samenwerken kan op locatie of op afstand, in het Nederlands of Engels.",
        "Working together can be on site or remote, in Dutch or English.",
    ),
    (
        "Er is budget voor een half jaar, met een vervolg als het werkt.",
        "There is budget for half a year, with a sequel if it works.",
    ),
    (
        "De code wordt open gedeeld met andere deelnemers.",
        "The code is shared openly with other participants.",
    ),
)
_CLOSINGS: Final[tuple[Pair, ...]] = (
    (
        "Een eerste gesprek van een uur is genoeg om te zien of het past.",
        "A first talk of an hour is enough to see whether it fits.",
    ),
    (
        "Wij beginnen klein, met één afdeling en één vraag.",
        "We start small, with one department and one question.",
    ),
    (
        "Het liefst met meer organisaties die hetzelfde probleem kennen.",
        "Preferably with more organisations that know the same problem.",
    ),
    (
        "Aan het eind staat er een verslag dat iedereen mag lezen.",
        "At the end there is a report that everybody may read.",
    ),
)
_DUTCH: Final = 0.7  # share of the texts


@dataclass(frozen=True, slots=True)
class Said:
    """What one need or offer says."""

    kind: Kind
    language: Language
    area: str
    title: str
    text: str
    skills: tuple[str, ...]


def say(random: np.random.Generator, kind: Kind) -> Said:
    """One need or offer of some 350 characters; two are hardly ever the same."""
    dutch = bool(random.random() < _DUTCH)
    area = list(SUBJECTS)[random.integers(len(SUBJECTS))]
    method = _one(random, METHODS, dutch)
    subject = _one(random, SUBJECTS[area], dutch)
    parts = (_OPENINGS[kind], _FACTS, _CONDITIONS, _CLOSINGS)
    text = " ".join(_one(random, part, dutch) for part in parts)
    count = 10 * int(random.integers(5, 5_000))
    skills = {_one(random, SKILLS, dutch) for _ in range(random.integers(4))}
    return Said(
        kind=kind,
        language="nl" if dutch else "en",
        area=area,
        title=f"{method} {'voor' if dutch else 'for'} {subject}",
        text=text.format(method=method.lower(), subject=subject, count=count),
        skills=tuple(sorted(skills)),
    )


def detail(random: np.random.Generator, language: Language) -> str:
    """A sentence with numbers of its own, which tells texts of one origin apart."""
    places, weeks = random.integers(2, 400), random.integers(3, 60)
    if language == "nl":
        return f"Het betreft {places} locaties, en we rekenen op {weeks} weken."
    return f"It concerns {places} sites, and we count on {weeks} weeks."


def _one(random: np.random.Generator, pairs: tuple[Pair, ...], dutch: bool) -> str:
    return pairs[random.integers(len(pairs))][0 if dutch else 1]
