"""The application areas to begin with, by slug: those of the position paper, and what joined.

Plain data: the first migration of the areas plants them, and `katalysator match` names them without
a database. A coalition that renames its areas does so in its own table.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from katalysator.core.translated import Translated

AREAS: Final[Mapping[str, Translated]] = MappingProxyType(
    {
        "zorg": Translated(nl="Gezondheid en zorg", en="Health and care"),
        "mobiliteit": Translated(nl="Mobiliteit", en="Mobility"),
        "logistiek": Translated(nl="Logistiek", en="Logistics"),
        "haven": Translated(nl="Haven en maritiem", en="Port and maritime"),
        "energie": Translated(nl="Energie", en="Energy"),
        "klimaat": Translated(nl="Water en klimaat", en="Water and climate"),
        "agro": Translated(nl="Landbouw en voeding", en="Agriculture and food"),
        "industrie": Translated(nl="Technische industrie", en="Manufacturing"),
        "bouw": Translated(nl="Bouw en omgeving", en="Construction"),
        "overheid": Translated(nl="Publieke diensten", en="Public services"),
        "veiligheid": Translated(nl="Veiligheid en recht", en="Security and justice"),
        "defensie": Translated(nl="Defensie", en="Defence"),
        "onderwijs": Translated(nl="Onderwijs", en="Education"),
        "finance": Translated(nl="Financiële diensten", en="Finance"),
        "retail": Translated(nl="Detailhandel", en="Retail"),
        "media": Translated(nl="Cultuur en media", en="Culture and media"),
        "telecom": Translated(nl="Telecom en digitaal", en="Telecom and digital"),
    }
)
