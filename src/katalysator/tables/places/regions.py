"""Regions that people name beside the provinces, and the codes of NUTS 2021 that hold them.

A name has codes only where it means one thing: no “Midden-Nederland”, no “Kempen”. Where borders
differ from those of NUTS, the codes are the smallest that hold the whole region.

Source of the facts: the names of NUTS 3 (regulation (EU) 2019/1755). Which municipalities the labour market,
safety, public health and energy regions hold is from what is known of them; not compared with a file.
"""

from typing import Final

NAMED_REGIONS: Final = {
    "NL": (
        "heel Nederland; landelijk; nationaal; nationwide; national; countrywide; Nederlandbreed; "
        "Nederland-breed; landelijke dekking; whole country; all of the Netherlands; all Netherlands; "
        "overal; overal in Nederland; door heel Nederland; alle provincies; all provinces; "
        "the Netherlands; Niederlande; Pays-Bas"
    ),
    "NL1": (
        "north of the Netherlands; northern part of the Netherlands; het noorden; het noorden van Nederland; the north of the Netherlands; "
        "North Netherlands; Noorden des lands; drie noordelijke provincies; noordelijke provincies"
    ),
    "NL2": (
        "east of the Netherlands; het oosten; het oosten van Nederland; the east of the Netherlands; East Netherlands"
    ),
    "NL3": (
        "west of the Netherlands; het westen; het westen van Nederland; the west of the Netherlands; West Netherlands"
    ),
    "NL4": (
        "south of the Netherlands; het zuiden; het zuiden van Nederland; the south of the Netherlands; South Netherlands"
    ),
    "NL11": "Ommelanden; Groningerland",
    "NL111": "Oost-Groningen",
    "NL112": "Delfzijl en omgeving",
    "NL113": "Overig Groningen; Groningen stad; Stad Groningen; Zernike Campus",
    "NL11 NL13": "Veenkoloniën; Groningen-Assen; Regio Groningen-Assen",
    "NL12": "Frisia",
    "NL124": "Noord-Friesland; Noordoost-Friesland; Noordoost-Fryslân",
    "NL125": "Zuidwest-Friesland; Zuidwest-Fryslân",
    "NL126": "Zuidoost-Friesland; Zuidoost-Fryslân; Stellingwerven",
    "NL13": "Drente",
    "NL131": "Noord-Drenthe; Kop van Drenthe",
    "NL132": "Zuidoost-Drenthe",
    "NL133": "Zuidwest-Drenthe",
    "NL21": "Salland",
    "NL211": "Noord-Overijssel; Kop van Overijssel; Vechtdal; Overijssels Vechtdal",
    "NL211 NL212": "IJsselland; West-Overijssel",
    "NL21 NL22": (
        "Stedendriehoek; Cleantech Regio; Apeldoorn-Deventer-Zutphen; "
        "Stedendriehoek en Noordwest-Veluwe"
    ),
    "NL212": "Zuidwest-Overijssel",
    "NL213": "Twente; Netwerkstad Twente; Kennispark; Kennispark Twente",
    "NL22": (
        "Gelderland-Midden; Midden-Gelderland; Gelderland-Zuid; Zuid-Gelderland; "
        "Noord- en Oost-Gelderland; Liemers; Betuwe; Land van Maas en Waal; Veluwezoom"
    ),
    "NL221": "Veluwe; Noord-Veluwe; Noordwest-Veluwe; Noord-West Veluwe",
    "NL221 NL31": "FoodValley; Food Valley; Gelderse Vallei; Regio Foodvalley",
    "NL224": "Zuidwest-Gelderland; Rivierenland; Fruitdelta Rivierenland; Bommelerwaard; Tielerwaard",
    "NL225": "Achterhoek",
    "NL226": (
        "Novio Tech Campus; Arnhem-Nijmegen; Rijk van Nijmegen; Groene Metropoolregio Arnhem-Nijmegen; "
        "Stadsregio Arnhem Nijmegen"
    ),
    "NL31": (
        "Midden-Utrecht; Metropoolregio Utrecht; Utrechtse regio; Utrecht-West; U10; U16; Lekstroom; Eemland; "
        "Kromme Rijn; Kromme Rijnstreek; Utrecht Science Park; Uithof"
    ),
    "NL32": "Noord-Holland Noord; Kennemerland",
    "NL32 NL23": "Metropoolregio Amsterdam; MRA; Amsterdam Metropolitan Area",
    "NL32 NL31 NL23": "Noordvleugel; Noordvleugel van de Randstad; Noordvleugel Randstad",
    "NL31 NL32 NL33": "Randstad; Groene Hart; Randstad Holland",
    "NL321": "Kop van Noord-Holland; Kop van NH; Kop NH; Noordkop; West-Friesland; Westfriesland",
    "NL323": "IJmond",
    "NL323 NL324": "Zuid-Kennemerland en IJmond",
    "NL324": "Agglomeratie Haarlem; Zuid-Kennemerland",
    "NL325": "Zaanstreek",
    "NL325 NL329": "Zaanstreek-Waterland",
    "NL327": "Gooi; Gooi en Vechtstreek; Het Gooi en Vechtstreek; Gooi & Vechtstreek; Gooi- en Vechtstreek",
    "NL328": "Alkmaar en omgeving",
    "NL329": "Groot-Amsterdam; Amsterdamse regio; Greater Amsterdam; Amstelland; Amsterdam-Amstelland; Zuidas",
    "NL33": (
        "Zuidvleugel; Zuidvleugel van de Randstad; Zuidvleugel Randstad; Hollands Midden; "
        "Midden-Holland; Holland Rijnland; Zuid-Holland Centraal; Zuid-Holland Zuid"
    ),
    "NL332": "Agglomeratie 's-Gravenhage; Haagse regio; Agglomeratie Den Haag",
    "NL332 NL333": "Haaglanden; Stadsgewest Haaglanden",
    "NL332 NL333 NL33C": (
        "Metropoolregio Rotterdam Den Haag; MRDH; Rotterdam The Hague; "
        "Rotterdam The Hague Metropolitan Area"
    ),
    "NL333": "Delft en Westland",
    "NL337": (
        "Agglomeratie Leiden en Bollenstreek; Bollenstreek; Duin- en Bollenstreek; Leidse regio; "
        "Leiden Bio Science Park"
    ),
    "NL33A": "Zuidoost-Zuid-Holland; Drechtsteden; Alblasserwaard",
    "NL33B": "Oost-Zuid-Holland",
    "NL33C": (
        "Groot-Rijnmond; Rotterdamse regio; IJsselmonde; Rijnmond; Rotterdam-Rijnmond; Voorne-Putten; Rotterdamse haven; "
        "haven van Rotterdam; haven Rotterdam; Port of Rotterdam; Maasvlakte"
    ),
    "NL341": "Zeeuws-Vlaanderen; Zeeuwsch-Vlaanderen",
    "NL342": "Overig Zeeland; Schouwen; Walcheren; Zuid-Beveland; Bevelanden",
    "NL41": (
        "Brabant; Brabantstad; Meierij; Baronie; Langstraat; Hart van Brabant; "
        "Midden- en West-Brabant; North-Brabant"
    ),
    "NL41 NL42": "Peel",
    "NL411": "West-Noord-Brabant; West-Brabant; Brabantse Wal",
    "NL412": "Midden-Noord-Brabant; Midden-Brabant",
    "NL413": (
        "Noordoost-Noord-Brabant; Noordoost-Brabant; Noord-Oost-Brabant; Brabant-Noord; "
        "AgriFood Capital"
    ),
    "NL412 NL413": "Hart voor Brabant",
    "NL413 NL414": "Oost-Brabant",
    "NL414": (
        "Zuidoost-Noord-Brabant; Zuidoost-Brabant; Zuid-Oost-Brabant; Brabant-Zuidoost; Brainport; "
        "Brainport Eindhoven; Brainport Region; Metropoolregio Eindhoven; Eindhovense regio; MRE; Helmond-De Peel; "
        "Automotive Campus; Strijp-S; High Tech Campus; High Tech Campus Eindhoven; Brainport Industries Campus"
    ),
    "NL42": "Brightlands; Dutch Limburg; Nederlands Limburg; Nederlands-Limburg",
    "NL421": "Noord-Limburg; Greenport Venlo; Brightlands Campus Greenport Venlo; Maasduinen",
    "NL421 NL422": "Limburg-Noord",
    "NL422": "Midden-Limburg",
    "NL423": (
        "Zuid-Limburg; South Limburg; Parkstad; Parkstad Limburg; Heuvelland; Mergelland; Mijnstreek; "
        "Westelijke Mijnstreek; Oostelijke Mijnstreek; Chemelot; Brightlands Chemelot Campus; "
        "Brightlands Smart Services Campus; Maastricht-Heuvelland"
    ),
    "NL124 NL321": "Waddeneilanden",
    "NL32 NL33": "Noord- en Zuid-Holland",
    "NL BE LU": "Benelux",
    "NL423 BE22 BE33 DEA2": "Euregio Maas-Rijn; Euregio Meuse-Rhine; Euregio Maas-Rhein",
}

ABBREVIATIONS: Final = {
    "NL": "NL; NLD; Ned; NL-breed; NL-wide",
    "NL1": "Noord-NL",
    "NL2": "Oost-NL",
    "NL3": "West-NL",
    "NL4": "Zuid-NL",
    "NL11": "NL-GR; Gn",
    "NL12": "NL-FR; Frl",
    "NL13": "NL-DR; Dr",
    "NL21": "NL-OV; Ov",
    "NL22": "NL-GE; GE; Gld",
    "NL23": "NL-FL; Fl; Flev",
    "NL31": "NL-UT; Ut; Utr",
    "NL32": "NL-NH; NH; N-H; N-Holland; N.Holland",
    "NL33": "NL-ZH; ZH; Z-H; Z-Holland; Z.Holland",
    "NL34": "NL-ZE; Ze; Zl; Zld",
    "NL41": "NL-NB; NB; N-B; NBr; N-Br; N-Brabant; N.Brabant",
    "NL42": "NL-LI; Lb",
}
"""Provinces in short: as ISO 3166-2 has them and as people write them."""

OTHER_SPELLINGS: Final = {
    "NL113": "Grunn",
    "NL124": "Ljouwert; Frjentsjer; Harns; Skylge",
    "NL125": "Snits; Boalsert; Friese Meren; Sudwest-Friesland",
    "NL126": "It Hearrenfean",
    "NL31": "Driebergen",
    "NL329": "A'dam",
    "NL332": "Den Haag; The Hague; La Haye",
    "NL33B": "Alphen aan de Rijn",
    "NL33C": "R'dam; Capelle aan de IJssel; Krimpen aan de IJssel",
    "NL337": "Noordwijk-Binnen; Noordwijk aan Zee; Zoeterwoude-Dorp; Zoeterwoude-Rijndijk",
    "NL342": "Flushing",
    "NL413": "Den Bosch",
    "NL414": "Nuenen c.a.; Eindhoven Airport",
}
"""How municipalities and towns are written beside their own names."""
