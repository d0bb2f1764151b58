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
        "zorg": Translated("Gezondheid en zorg", "Health and care"),
        "mobiliteit": Translated("Mobiliteit", "Mobility"),
        "logistiek": Translated("Logistiek", "Logistics"),
        "haven": Translated("Haven en maritiem", "Port and maritime"),
        "energie": Translated("Energie", "Energy"),
        "klimaat": Translated("Water en klimaat", "Water and climate"),
        "agro": Translated("Landbouw en voeding", "Agriculture and food"),
        "industrie": Translated("Technische industrie", "Manufacturing"),
        "bouw": Translated("Bouw en omgeving", "Construction"),
        "overheid": Translated("Publieke diensten", "Public services"),
        "veiligheid": Translated("Veiligheid en recht", "Security and justice"),
        "defensie": Translated("Defensie", "Defence"),
        "onderwijs": Translated("Onderwijs", "Education"),
        "finance": Translated("Financiële diensten", "Finance"),
        "retail": Translated("Detailhandel", "Retail"),
        "media": Translated("Cultuur en media", "Culture and media"),
        "telecom": Translated("Telecom en digitaal", "Telecom and digital"),
    }
)
