"""Towns and villages in the west of the country, by the region of NUTS 2021 they lie in.

What is a municipality of that name too is in `municipalities`. Places of one name are all here.

Source of the facts: Statistics Netherlands, Woonplaatsen in Nederland (CC BY 4.0), as in the Python package
woningwaardering 6.202607.3; parts of cities by ourselves.
"""

from typing import Final

TOWNS_WEST: Final = {
    "NL31": (
        "'t Goy; Abcoude; Achterveld; Ameide; Amerongen; Amstelhoek; Austerlitz; Baambrugge; "
        "Benschop; Bilthoven; Bosch en Duin; Breukelen; Bunschoten-Spakenburg; Cothen; de Hoef; "
        "De Meern; Den Dolder; Doorn; Driebergen-Rijsenburg; Eemdijk; Elst; Everdingen; "
        "Groenekan; Haarzuilens; Hagestein; Harmelen; Hei- en Boeicop; Hekendorp; Hoef en Haag; "
        "Hollandsche Rading; Hoogland; Hooglanderveen; Huis ter Heide; Jaarsveld; Kamerik; "
        "Kedichem; Kockengen; Lage Vuursche; Langbroek; Leerbroek; Leersum; Leidsche Rijn; "
        "Lexmond; Linschoten; Loenen aan de Vecht; Loenersloot; Lopikerkapel; Maarn; "
        "Maarsbergen; Maarssen; Maartensdijk; Meerkerk; Mijdrecht; Nieuwer Ter Aa; Nieuwersluis; "
        "Nieuwland; Nigtevecht; Odijk; Oosterwijk; Ossenwaard; Oud Zuilen; Overberg; Papekop; "
        "Polsbroek; Schalkwijk; Schoonrewoerd; Snelrewaard; Soestdijk; Soesterberg; Spakenburg; "
        "Stoutenburg; Stoutenburg Noord; Tienhoven; Tienhoven aan de Lek; Tull en 't Waal; "
        "Vinkeveen; Vleuten; Vreeland; Waverveen; Werkhoven; Westbroek; Wilnis; Zegveld; "
        "Zijderveld"
    ),
    "NL321": (
        "'t Veld; 't Zand; Aartswoud; Abbekerk; Andijk; Anna Paulowna; Avenhorn; Barsingerhorn; "
        "Benningbroek; Berkhout; Blokker; Bovenkarspel; Breezand; Burgerbrug; Callantsoog; "
        "De Cocksdorp; De Goorn; De Koog; De Waal; De Weere; Den Burg; Den Hoorn; Den Oever; "
        "Dirkshorn; Grootebroek; Haringhuizen; Hauwert; Hem; Hensbroek; Hippolytushoef; "
        "Hoogkarspel; Hoogwoud; Huisduinen; Julianadorp; Kolhorn; Kreileroord; Lambertschaag; "
        "Lutjebroek; Lutjewinkel; Middenmeer; Midwoud; Nibbixwoud; Nieuwe Niedorp; Obdam; "
        "Oosterblokker; Oosterend; Oosterleek; Oostwoud; Opperdoes; Oude Niedorp; Oudendijk; "
        "Oudeschild; Oudesluis; Oudkarspel; Petten; Schagerbrug; Scharwoude; Schellinkhout; "
        "Sijbekarspel; Sint Maarten; Sint Maartensbrug; Sint Maartensvlotbrug; Slootdorp; "
        "Spanbroek; Spierdijk; Tuitjenhorn; Twisk; Ursem; Venhuizen; Waarland; Warmenhuizen; "
        "Wervershoof; Westerland; Westwoud; Wieringerwaard; Wieringerwerf; Wijdenes; Winkel; "
        "Wognum; Zijdewind; Zuidermeer; Zwaag; Zwaagdijk-Oost; Zwaagdijk-West"
    ),
    "NL323": (
        "Akersloot; de Woude; Driehuis NH; IJmuiden; Limmen; Santpoort-Noord; Santpoort-Zuid; "
        "Velsen-Noord; Velsen-Zuid; Velserbroek; Wijk aan Zee"
    ),
    "NL324": "Aerdenhout; Bennebroek; Bentveld; Overveen; Spaarndam; Vogelenzang",
    "NL325": (
        "Assendelft; Jisp; Koog aan de Zaan; Krommenie; Oostknollendam; Spijkerboor; "
        "Westknollendam; Westzaan; Wijdewormer; Wormer; Wormerveer; Zaandam; Zaandijk"
    ),
    "NL327": (
        "'s-Graveland; Ankeveen; Breukeleveen; Kortenhoef; Loosdrecht; Muiderberg; "
        "Nederhorst den Berg; Nieuw-Loosdrecht; Oud-Loosdrecht"
    ),
    "NL328": (
        "Bergen aan Zee; Broek op Langedijk; De Rijp; Driehuizen; Egmond aan den Hoef; "
        "Egmond aan Zee; Egmond-Binnen; Graft; Groet; Grootschermer; Koedijk; Markenbinnen; "
        "Noord-Scharwoude; Noordeinde; Oost-Graftdijk; Oterleek; Oudkarspel; Oudorp; "
        "Schermerhorn; Schoorl; Sint Pancras; Starnmeer; Stompetoren; Ursem; West-Graftdijk; "
        "Zuid-Scharwoude; Zuidschermer"
    ),
    "NL329": (
        "Aalsmeerderbrug; Abbenes; Amsterdam-Duivendrecht; Badhoevedorp; Beets; Beinsdorp; "
        "Boesingheliede; Broek in Waterland; Buitenkaag; Burgerveen; Cruquius; De Kwakel; "
        "Den Ilp; Duivendrecht; Edam; Haarlemmerliede; Halfweg; Hobrede; Hoofddorp; Ilpendam; "
        "Katwoude; Kudelstaart; Kwadijk; Leimuiderbrug; Lijnden; Lisserbroek; Marken; Middelie; "
        "Middenbeemster; Monnickendam; Nieuw-Vennep; Noordbeemster; Oosthuizen; Oude Meer; "
        "Ouderkerk aan de Amstel; Purmer; Purmerland; Rijsenhout; Rozenburg; Schardam; Schiphol; "
        "Schiphol-Rijk; Spaarndam; Uitdam; Vijfhuizen; Volendam; Warder; Watergang; "
        "Westbeemster; Weteringbrug; Zuiderwoude; Zuidoostbeemster; Zwaanshoek; Zwanenburg"
    ),
    "NL332": "Delfgauw; Leidschendam; Nootdorp; Pijnacker; Scheveningen; Voorburg; Ypenburg",
    "NL333": (
        "'s-Gravenzande; De Lier; Den Hoorn; Honselersdijk; Kwintsheul; Maasdijk; Maasland; "
        "Monster; Naaldwijk; Poeldijk; Schipluiden; Ter Heijde; Wateringen"
    ),
    "NL337": (
        "De Zilk; Gelderswoude; Hoogmade; Kaag; Katwijk aan Zee; Leimuiden; Nieuwe Wetering; "
        "Oud Ade; Oude Wetering; Rijnsaterwoude; Rijnsburg; Rijpwetering; Roelofarendsveen; "
        "Sassenheim; Valkenburg; Voorhout; Warmond; Woubrugge"
    ),
    "NL33A": (
        "Arkel; Bleskensgraaf; Brandwijk; Dalem; Giessenburg; Giessendam; Goudriaan; "
        "Groot-Ammers; Heerjansdam; Hoogblokland; Hoornaar; Kinderdijk; Langerak; "
        "Molenaarsgraaf; Nieuw-Lekkerland; Nieuwpoort; Noordeloos; Ottoland; Oud-Alblas; "
        "Schelluinen; Streefkerk; Waal; Wijngaarden"
    ),
    "NL33B": (
        "Aarlanderveen; Ammerstol; Benthuizen; Berkenwoude; Bodegraven; Boskoop; Driebruggen; "
        "Gouderak; Haastrecht; Hazerswoude-Dorp; Hazerswoude-Rijndijk; Koudekerk aan den Rijn; "
        "Krimpen aan de Lek; Lekkerkerk; Nieuwerbrug aan den Rijn; Nieuwveen; Noorden; "
        "Ouderkerk aan den IJssel; Reeuwijk; Stolwijk; Ter Aar; Vrouwenakker; Waarder; "
        "Woerdense Verlaat; Zevenhoven; Zwammerdam"
    ),
    "NL33C": (
        "'s-Gravendeel; Abbenbroek; Achthuizen; Bergschenhoek; Berkel en Rodenrijs; Bleiswijk; "
        "Bolnes; Botlek; Botlek Rotterdam; Den Bommel; Dirksland; Europoort; "
        "Europoort Rotterdam; Geervliet; Goedereede; Goudswaard; Heenvliet; Heinenoord; "
        "Hekelingen; Herkingen; Hoek van Holland; Hoogvliet; Hoogvliet Rotterdam; Klaaswaal; "
        "Maasdam; Maasvlakte Rotterdam; Melissant; Middelharnis; Mijnsheerenland; Moerkapelle; "
        "Mookhoek; Moordrecht; Nieuw-Beijerland; Nieuwe-Tonge; Nieuwerkerk aan den IJssel; "
        "Numansdorp; Ooltgensplaat; Oostvoorne; Ouddorp; Oude-Tonge; Oudenhoorn; Pernis; "
        "Pernis Rotterdam; Piershil; Poortugaal; Puttershoek; Rhoon; Rockanje; "
        "Rotterdam-Albrandswaard; Rozenburg; Simonshaven; Slikkerveer; Sommelsdijk; "
        "Stad aan 't Haringvliet; Stellendam; Strijensas; Tinte; Vierpolders; "
        "Vondelingenplaat Rotterdam; Westmaas; Zevenhuizen; Zuid-Beijerland; Zuidland; Zwartewaal"
    ),
    "NL341": (
        "Aardenburg; Axel; Biervliet; Breskens; Cadzand; Clinge; Eede; Graauw; Groede; Heikant; "
        "Hengstdijk; Hoek; Hoofdplaat; IJzendijke; Kapellebrug; Kloosterzande; Koewacht; "
        "Kuitaart; Lamswaarde; Nieuw Namen; Nieuwvliet; Oostburg; Ossenisse; Overslag; "
        "Philippine; Retranchement; Sas van Gent; Schoondijke; Sint Jansteen; Sint Kruis; "
        "Sluiskil; Spui; Terhole; Vogelwaarde; Walsoorden; Waterlandkerkje; Westdorpe; Zaamslag; "
        "Zuiddorpe; Zuidzande"
    ),
    "NL342": (
        "'s-Gravenpolder; 's-Heer Abtskerke; 's-Heer Arendskerke; 's-Heer Hendrikskinderen; "
        "'s-Heerenhoek; Aagtekerke; Arnemuiden; Baarland; Biggekerke; Borssele; Brouwershaven; "
        "Bruinisse; Burgh-Haamstede; Colijnsplaat; Domburg; Dreischor; Driewegen; Ellemeet; "
        "Ellewoutsdijk; Gapinge; Geersdijk; Grijpskerke; Hansweert; Heinkenszand; "
        "Hoedekenskerke; Kamperland; Kats; Kattendijke; Kerkwerve; Kloetinge; Kortgene; "
        "Koudekerke; Krabbendijke; Kruiningen; Kwadendamme; Lewedorp; Meliskerke; "
        "Nieuw- en Sint Joosland; Nieuwdorp; Nieuwerkerk; Nisse; Noordgouwe; Noordwelle; "
        "Oost-Souburg; Oostdijk; Oosterland; Oostkapelle; Oud-Vossemeer; Oudelande; Ouwerkerk; "
        "Ovezande; Poortvliet; Renesse; Rilland; Ritthem; Scharendijke; Scherpenisse; Schore; "
        "Serooskerke; Sint Philipsland; Sint-Annaland; Sint-Maartensdijk; Sirjansland; "
        "Stavenisse; Vrouwenpolder; Waarde; Wemeldinge; Westkapelle; Wilhelminadorp; "
        "Wissenkerke; Wolphaartsdijk; Yerseke; Zierikzee; Zonnemaire; Zoutelande"
    ),
}
