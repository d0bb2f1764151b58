"""Towns and villages in the south of the country, by the region of NUTS 2021 they lie in.

What is a municipality of that name too is in `municipalities`. Places of one name are all here.

Source of the facts: Statistics Netherlands, Woonplaatsen in Nederland (CC BY 4.0), as in the Python package
woningwaardering 6.202607.3; parts of cities by ourselves.
"""

from typing import Final

TOWNS_SOUTH: Final = {
    "NL411": (
        "Achtmaal; Bavel; Bosschenhoofd; De Heen; Den Hout; Dinteloord; Dorst; Fijnaart; "
        "Halsteren; Heerle; Heijningen; Hoeven; Hooge Zwaluwe; Hoogerheide; Huijbergen; "
        "Klein Zundert; Klundert; Kruisland; Lage Zwaluwe; Langeweg; Lepelstraat; Made; "
        "Moerstraten; Nieuw-Vossemeer; Nispen; Noordhoek; Oosteind; Ossendrecht; Oud Gastel; "
        "Oudemolen; Oudenbosch; Prinsenbeek; Putte; Raamsdonk; Raamsdonksveer; Rijsbergen; "
        "Schijf; Sint Willebrord; Sprundel; St. Willebrord; Stampersgat; Standdaarbuiten; "
        "Terheijden; Teteringen; Ulvenhout; Wagenberg; Wernhout; Wouw; Wouwse Plantage; Zegge; "
        "Zevenbergen; Zevenbergschen Hoek"
    ),
    "NL412": (
        "'s Gravenmoer; Almkerk; Alphen; Andel; Babyloniënbroek; Bavel AC; Berkel-Enschot; "
        "Biest-Houtakker; Biezenmortel; Castelre; Chaam; De Moer; Diessen; Drongelen; Dussen; "
        "Eethen; Esbeek; Galder; Genderen; Gilze; Haghorst; Hank; Heukelom; Hulten; Kaatsheuvel; "
        "Meeuwen; Moergestel; Molenschot; Nieuwendijk; Riel; Rijen; Rijswijk; Sleeuwijk; "
        "Sprang-Capelle; Strijbeek; Udenhout; Uitwijk; Ulicoten; Ulvenhout AC; Veen; "
        "Waardhuizen; Waspik; Wijk en Aalburg"
    ),
    "NL413": (
        "Beers NB; Berghem; Berlicum; Beugen; Cromvoirt; Demen; Den Dungen; Deursen-Dennenburg; "
        "Dieden; Doeveren; Drunen; Elshout; Erp; Esch; Escharen; Gassel; Geffen; Gemonde; "
        "Groeningen; Haarsteeg; Haps; Hedikhuizen; Heesbeen; Heesch; Heeswijk-Dinther; Helvoirt; "
        "Herpen; Herpt; Holthees; Huisseling; Katwijk NB; Keent; Landhorst; Langenboom; "
        "Ledeacker; Liempde; Linden; Lith; Lithoijen; Loosbroek; Maashees; Macharen; "
        "Maren-Kessel; Megen; Mill; Neerlangel; Neerloon; Nieuwkuijk; Nistelrode; Nuland; "
        "Odiliapeel; Oeffelt; Oijen; Oploo; Oudheusden; Overlangel; Overloon; Ravenstein; Reek; "
        "Rijkevoort; Rijkevoort-De Walsert; Rosmalen; Sambeek; Schaijk; Sint Agatha; "
        "Sint Hubert; Stevensbeek; Teeffelen; Velp; Venhorst; Vianen NB; Vierlingsbeek; Vinkel; "
        "Vlijmen; Volkel; Vorstenbosch; Vortum-Mullem; Wanroij; Westerbeek; Wilbertoord; Zeeland"
    ),
    "NL414": (
        "Aarle-Rixtel; Bakel; Beek en Donk; Budel; Budel-Dorplein; Budel-Schoot; Casteren; "
        "De Mortel; De Rips; Duizel; Elsendorp; Gastel; Geldrop; Gemert; Handel; Hapert; Heeze; "
        "Helenaveen; Heusden; Hooge Mierde; Hoogeloon; Hulsel; Knegsel; Lage Mierde; Leende; "
        "Lierop; Lieshout; Liessel; Luyksgestel; Maarheeze; Mariahout; Mierlo; Milheeze; "
        "Neerkant; Netersel; Nuenen; Ommel; Oost West en Middelbeers; Reusel; Riethoven; "
        "Soerendonk; Son; Steensel; Sterksel; Vessem; Vlierden; Westerhoven; Wintelre"
    ),
    "NL421": (
        "Afferden; Arcen; Baarlo; Belfeld; Beringe; Blerick; Blitterswijck; Broekhuizen; "
        "Broekhuizenvorst; Castenray; Egchel; Evertsoord; Geijsteren; Grashoek; Griendtsveen; "
        "Grubbenvorst; Hegelsom; Heide; Heijen; Helden; Horst; Kessel; Koningslust; Kronenberg; "
        "Leunen; Lomm; Lottum; Maasbree; Meerlo; Meijel; Melderslo; Merselo; Meterik; Middelaar; "
        "Milsbeek; Molenhoek; Mook; Oirlo; Oostrum; Ottersum; Panningen; Plasmolen; Reuver; "
        "Sevenum; Siebengewald; Smakt; Steyl; Swolgen; Tegelen; Tienray; Velden; "
        "Ven-Zelderheide; Veulen; Vredepeel; Wanssum; Well; Wellerlooi; Ysselsteyn"
    ),
    "NL422": (
        "Baexem; Beegden; Buggenum; Echt; Ell; Grathem; Haelen; Haler; Heel; Heibloem; Herkenbosch; "
        "Herten; Heythuysen; Horn; Hunsel; Ittervoort; Kelpen-Oler; Koningsbosch; Leveroy; "
        "Linne; Maasbracht; Maria Hoop; Melick; Montfort; Nederweert-Eind; Neer; Neeritter; "
        "Nieuwstadt; Nunhem; Ohé en Laak; Ospel; Posterholt; Roggel; Roosteren; Sint Joost; "
        "Sint Odiliënberg; Stevensweert; Stramproy; Susteren; Swalmen; Thorn; Vlodrop; Wessem"
    ),
    "NL423": (
        "Amstenrade; Baneheide; Banholt; Bemelen; Berg en Terblijt; Beutenaken; Bingelrade; "
        "Bocholtz; Born; Buchten; Bunde; Cadier en Keer; Doenrade; Eckelrade; Eijsden; "
        "Einighausen; Elkenrade; Elsloo; Epen; Eygelshoven; Eys; Geleen; Geulle; Grevenbicht; "
        "Gronsveld; Gulpen; Guttecoven; Heijenrath; Hoensbroek; Holtum; Hulsberg; Ingber; "
        "Jabeek; Klimmen; Lemiers; Limbricht; Maastricht-Airport; Margraten; Mechelen; "
        "Merkelbeek; Mheer; Moorveld; Munstergeleen; Noorbeek; Obbicht; Oirsbeek; Papenhoven; "
        "Puth; Ransdaal; Reijmerstok; Scheulder; Schimmert; Schin op Geul; Schinveld; "
        "Sint Geertruid; Sittard; Slenaken; Spaubeek; Sweikhuizen; Ulestraten; Urmond; "
        "Valkenburg; Vijlen; Walem; Wijlre; Wijnandsrade; Windraak; Wittem"
    ),
}
