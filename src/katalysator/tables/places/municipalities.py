"""The 342 municipalities of the Netherlands since 1 January 2023, by the NUTS 3 region they lie in.

None was merged or split up in 2024 and 2025. The groups are the COROP regions of Statistics
Netherlands, which NUTS 3 follows; their codes are those of NUTS 2021. Flevoland and Utrecht are one
such region each and go by the code of the province. Where two municipalities share a name, its
province stands in brackets.

Source of the facts: Statistics Netherlands, Gebieden in Nederland (CC BY 4.0), as in the Python package
woningwaardering 6.202607.3, which does not say the year; changes of 2026 were not checked.
"""

from typing import Final

MUNICIPALITIES: Final = {
    "NL111": "Oldambt; Pekela; Stadskanaal; Veendam; Westerwolde",
    "NL112": "Eemsdelta",
    "NL113": "Groningen; Het Hogeland; Midden-Groningen; Westerkwartier",
    "NL124": (
        "Achtkarspelen; Ameland; Dantumadiel; Harlingen; Leeuwarden; Noardeast-Fryslân; "
        "Schiermonnikoog; Terschelling; Tytsjerksteradiel; Vlieland; Waadhoeke"
    ),
    "NL125": "De Fryske Marren; Súdwest-Fryslân",
    "NL126": "Heerenveen; Ooststellingwerf; Opsterland; Smallingerland; Weststellingwerf",
    "NL131": "Aa en Hunze; Assen; Midden-Drenthe; Noordenveld; Tynaarlo",
    "NL132": "Borger-Odoorn; Coevorden; Emmen",
    "NL133": "De Wolden; Hoogeveen; Meppel; Westerveld",
    "NL211": "Dalfsen; Hardenberg; Kampen; Ommen; Staphorst; Steenwijkerland; Zwartewaterland; Zwolle",
    "NL212": "Deventer; Olst-Wijhe; Raalte",
    "NL213": (
        "Almelo; Borne; Dinkelland; Enschede; Haaksbergen; Hellendoorn; Hengelo (O); "
        "Hof van Twente; Losser; Oldenzaal; Rijssen-Holten; Tubbergen; Twenterand; Wierden"
    ),
    "NL221": (
        "Apeldoorn; Barneveld; Ede; Elburg; Epe; Ermelo; Harderwijk; Hattem; Heerde; Nijkerk; "
        "Nunspeet; Oldebroek; Putten; Scherpenzeel; Voorst; Wageningen"
    ),
    "NL224": (
        "Buren; Culemborg; Maasdriel; Neder-Betuwe; Tiel; West Betuwe; West Maas en Waal; "
        "Zaltbommel"
    ),
    "NL225": (
        "Aalten; Berkelland; Bronckhorst; Brummen; Doetinchem; Lochem; Montferland; Oost Gelre; "
        "Oude IJsselstreek; Winterswijk; Zutphen"
    ),
    "NL226": (
        "Arnhem; Berg en Dal; Beuningen; Doesburg; Druten; Duiven; Heumen; Lingewaard; Nijmegen; "
        "Overbetuwe; Renkum; Rheden; Rozendaal; Westervoort; Wijchen; Zevenaar"
    ),
    "NL23": "Almere; Dronten; Lelystad; Noordoostpolder; Urk; Zeewolde",
    "NL31": (
        "Amersfoort; Baarn; Bunnik; Bunschoten; De Bilt; De Ronde Venen; Eemnes; Houten; "
        "IJsselstein; Leusden; Lopik; Montfoort; Nieuwegein; Oudewater; Renswoude; Rhenen; "
        "Soest; Stichtse Vecht; Utrecht; Utrechtse Heuvelrug; Veenendaal; Vijfheerenlanden; "
        "Wijk bij Duurstede; Woerden; Woudenberg; Zeist"
    ),
    "NL321": (
        "Den Helder; Drechterland; Enkhuizen; Hollands Kroon; Hoorn; Koggenland; Medemblik; "
        "Opmeer; Schagen; Stede Broec; Texel"
    ),
    "NL323": "Beverwijk; Castricum; Heemskerk; Uitgeest; Velsen",
    "NL324": "Bloemendaal; Haarlem; Heemstede; Zandvoort",
    "NL325": "Wormerland; Zaanstad",
    "NL327": "Blaricum; Gooise Meren; Hilversum; Huizen; Laren (NH); Wijdemeren",
    "NL328": "Alkmaar; Bergen (NH); Dijk en Waard; Heiloo",
    "NL329": (
        "Aalsmeer; Amstelveen; Amsterdam; Diemen; Edam-Volendam; Haarlemmermeer; Landsmeer; "
        "Oostzaan; Ouder-Amstel; Purmerend; Uithoorn; Waterland"
    ),
    "NL332": (
        "'s-Gravenhage; Leidschendam-Voorburg; Pijnacker-Nootdorp; Rijswijk (ZH); Wassenaar; "
        "Zoetermeer"
    ),
    "NL333": "Delft; Midden-Delfland; Westland",
    "NL337": (
        "Hillegom; Kaag en Braassem; Katwijk; Leiden; Leiderdorp; Lisse; Noordwijk; Oegstgeest; "
        "Teylingen; Voorschoten; Zoeterwoude"
    ),
    "NL33A": (
        "Alblasserdam; Dordrecht; Gorinchem; Hardinxveld-Giessendam; Hendrik-Ido-Ambacht; "
        "Molenlanden; Papendrecht; Sliedrecht; Zwijndrecht"
    ),
    "NL33B": "Alphen aan den Rijn; Bodegraven-Reeuwijk; Gouda; Krimpenerwaard; Nieuwkoop; Waddinxveen",
    "NL33C": (
        "Albrandswaard; Barendrecht; Capelle aan den IJssel; Goeree-Overflakkee; Hoeksche Waard; "
        "Krimpen aan den IJssel; Lansingerland; Maassluis; Nissewaard; Ridderkerk; Rotterdam; "
        "Schiedam; Vlaardingen; Voorne aan Zee; Zuidplas"
    ),
    "NL341": "Hulst; Sluis; Terneuzen",
    "NL342": (
        "Borsele; Goes; Kapelle; Middelburg (Z); Noord-Beveland; Reimerswaal; "
        "Schouwen-Duiveland; Tholen; Veere; Vlissingen"
    ),
    "NL411": (
        "Bergen op Zoom; Breda; Drimmelen; Etten-Leur; Geertruidenberg; Halderberge; Moerdijk; "
        "Oosterhout; Roosendaal; Rucphen; Steenbergen; Woensdrecht; Zundert"
    ),
    "NL412": (
        "Alphen-Chaam; Altena; Baarle-Nassau; Dongen; Gilze en Rijen; Goirle; Hilvarenbeek; "
        "Loon op Zand; Oisterwijk; Tilburg; Waalwijk"
    ),
    "NL413": (
        "'s-Hertogenbosch; Bernheze; Boekel; Boxtel; Heusden; Land van Cuijk; Maashorst; "
        "Meierijstad; Oss; Sint-Michielsgestel; Vught"
    ),
    "NL414": (
        "Asten; Bergeijk; Best; Bladel; Cranendonck; Deurne; Eersel; Eindhoven; Geldrop-Mierlo; "
        "Gemert-Bakel; Heeze-Leende; Helmond; Laarbeek; Nuenen, Gerwen en Nederwetten; Oirschot; "
        "Reusel-De Mierden; Someren; Son en Breugel; Valkenswaard; Veldhoven; Waalre"
    ),
    "NL421": (
        "Beesel; Bergen (L); Gennep; Horst aan de Maas; Mook en Middelaar; Peel en Maas; Venlo; "
        "Venray"
    ),
    "NL422": "Echt-Susteren; Leudal; Maasgouw; Nederweert; Roerdalen; Roermond; Weert",
    "NL423": (
        "Beek (L); Beekdaelen; Brunssum; Eijsden-Margraten; Gulpen-Wittem; Heerlen; Kerkrade; "
        "Landgraaf; Maastricht; Meerssen; Simpelveld; Sittard-Geleen; Stein (L); Vaals; "
        "Valkenburg aan de Geul; Voerendaal"
    ),
}
