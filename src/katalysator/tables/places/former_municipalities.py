"""The municipalities that merged away since 2015, by the region of NUTS 2021 they lay in.

What crossed the border of today's regions goes by its province.

From what is known of the changes that Statistics Netherlands publishes each year; not compared with its files.
"""

from typing import Final

FORMER_MUNICIPALITIES: Final = {
    "NL11": "Menterwolde",
    "NL111": "Bellingwedde; Vlagtwedde",
    "NL112": "Appingedam; Delfzijl; Loppersum",
    "NL113": (
        "Bedum; De Marne; Eemsmond; Grootegast; Haren; Hoogezand-Sappemeer; Leek; Marum; "
        "Slochteren; Ten Boer; Winsum; Zuidhorn"
    ),
    "NL12": "Littenseradiel",
    "NL124": (
        "Dongeradeel; Ferwerderadiel; Franekeradeel; Het Bildt; Kollumerland en Nieuwkruisland; "
        "Leeuwarderadeel; Menameradiel"
    ),
    "NL125": "De Friese Meren",
    "NL224": "Geldermalsen; Lingewaal; Neerijnen",
    "NL226": "Groesbeek; Millingen aan de Rijn; Rijnwaarden; Ubbergen",
    "NL31": "Leerdam; Vianen; Zederik",
    "NL32": "Haarlemmerliede en Spaarnwoude; Weesp",
    "NL327": "Bussum; Muiden; Naarden",
    "NL328": "Graft-De Rijp; Heerhugowaard; Langedijk; Schermer",
    "NL329": "Beemster; Zeevang",
    "NL337": "Noordwijkerhout",
    "NL33A": "Giessenlanden; Molenwaard",
    "NL33B": "Bergambacht; Nederlek; Ouderkerk; Schoonhoven; Vlist",
    "NL33C": (
        "Bernisse; Binnenmaas; Brielle; Cromstrijen; Hellevoetsluis; Korendijk; Oud-Beijerland; "
        "Spijkenisse; Strijen; Westvoorne"
    ),
    "NL41": "Haaren",
    "NL412": "Aalburg; Werkendam; Woudrichem",
    "NL413": (
        "Boxmeer; Cuijk; Grave; Landerd; Maasdonk; Mill en Sint Hubert; Schijndel; "
        "Sint Anthonis; Sint-Oedenrode; Uden; Veghel"
    ),
    "NL423": "Nuth; Onderbanken; Schinnen",
}
