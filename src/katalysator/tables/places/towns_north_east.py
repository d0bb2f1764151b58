"""Towns and villages in the north and east of the country, by the region of NUTS 2021 they lie in.

What is a municipality of that name too is in `municipalities`. Places of one name are all here.

Source of the facts: Statistics Netherlands, Woonplaatsen in Nederland (CC BY 4.0), as in the Python package
woningwaardering 6.202607.3; parts of cities by ourselves.
"""

from typing import Final

TOWNS_NORTH_EAST: Final = {
    "NL111": (
        "'t Waar; Alteveer; Bad Nieuweschans; Beerta; Bellingwolde; Blauwestad; Blijham; "
        "Borgercompagnie; Bourtange; Drieborg; Finsterwolde; Heiligerlee; Midwolda; Mussel; "
        "Musselkanaal; Nieuw Beerta; Nieuw Scheemda; Nieuwe Pekela; Nieuwolda; Onstwedde; "
        "Oostwold; Oude Pekela; Oudeschans; Oudezijl; Scheemda; Sellingen; Ter Apel; "
        "Ter Apelkanaal; Veelerveen; Vledderveen; Vriescheloo; Wedde; Westerlee; Wildervank; "
        "Winschoten"
    ),
    "NL112": (
        "'t Zandt; Bierum; Borgsweer; Eenum; Farmsum; Garrelsweer; Garsthuizen; Godlinze; "
        "Holwierde; Huizinge; Krewerd; Leermens; Losdorp; Meedhuizen; Middelstum; "
        "Oosterwijtwerd; Spijk; Startenhuizen; Stedum; Termunten; Termunterzijl; Toornwerd; "
        "Wagenborgen; Westeremden; Westerwijtwerd; Wirdum; Woldendorp; Zeerijp; Zijldijk"
    ),
    "NL113": (
        "Adorp; Aduard; Baflo; Boerakker; Borgercompagnie; Briltil; De Wilp; Den Andel; Den Ham; "
        "Den Horn; Doezum; Eemshaven; Eenrum; Enumatil; Eppenhuizen; Ezinge; Feerwerd; Foxhol; "
        "Froombosch; Garmerwolde; Garnwerd; Glimmen; Grijpskerk; Harkstede; Harkstede GN; "
        "Hellum; Hoogezand; Hoogkerk; Hornhuizen; Houwerzijl; Jonkersvaart; Kantens; "
        "Kiel-Windeweer; Kloosterburen; Kolham; Kommerzijl; Kornhorn; Kropswolde; Lageland; "
        "Lageland GN; Lauwersoog; Lauwerzijl; Leens; Lellens; Lettelbert; Lucaswolde; Luddeweer; "
        "Lutjegast; Meeden; Meerstad; Mensingeweer; Midwolde; Muntendam; Niebert; Niehove; "
        "Niekerk; Niezijl; Noordbroek; Noordhorn; Noordlaren; Noordwijk; Noordwolde; Nuis; "
        "Oldehove; Oldekerk; Oldenzijl; Onderdendam; Onnen; Oosternieland; Oostwold; Opende; "
        "Oudeschip; Overschild; Pieterburen; Pieterzijl; Rasquert; Roodeschool; Rottum; Saaksum; "
        "Saaxumhuizen; Sappemeer; Sauwerd; Scharmer; Schildwolde; Schouwerzijl; Sebaldeburen; "
        "Siddeburen; Sint Annen; Startenhuizen; Steendam; Stitswerd; Ten Post; Thesinge; "
        "Tinallinge; Tjuchem; Tolbert; Tripscompagnie; Uithuizen; Uithuizermeeden; Ulrum; "
        "Usquert; Vierhuizen; Visvliet; Warffum; Warfhuizen; Waterhuizen; Wehe-den Hoorn; "
        "Westerbroek; Westernieland; Wetsinge; Winneweer; Woltersum; Woudbloem; Zandeweer; "
        "Zevenhuizen; Zoutkamp; Zuidbroek; Zuidwolde; Zuurdijk"
    ),
    "NL124": (
        "Aalsum; Achlum; Alde Leie; Aldtsjerk; Aldwâld; Augsbuert-Lytsewâld; Augustinusga; "
        "Baaiduinen; Baaium; Baard; Ballum; Bears; Berltsum; Bitgum; Bitgummole; Blessum; Blije; "
        "Boarnwert; Boelenslaan; Boksum; Brantgum; Britsum; Broeksterwâld; Buitenpost; Burdaard; "
        "Buren; Burgum; Burum; Damwâld; De Falom; De Trieme; De Westereen; Deinum; Dokkum; "
        "Dongjum; Driezum; Drogeham; Dronryp; Eagum; Eanjum; Earnewâld; Easterlittens; "
        "Eastermar; Easternijtsjerk; Eastrum; Feankleaster; Feanwâlden; Feinsum; Ferwert; "
        "Firdgum; Formerum; Foudgum; Franeker; Friens; Garyp; Gerkesklooster; Ginnum; Goutum; "
        "Grou; Gytsjerk; Hallum; Hantum; Hantumerútbuorren; Hantumhuzen; Harkema; Hegebeintum; "
        "Hempens; Herbaijum; Hiaure; Hijum; Hilaard; Hitzum; Hollum; Holwert; Hoorn; Hurdegaryp; "
        "Húns; Idaerd; Ie; Ingelum; Ingwierrum; Jannum; Jellum; Jelsum; Jirnsum; Jislum; "
        "Jistrum; Jorwert; Jouswier; Kaard; Kinnum; Klooster Lidlum; Koarnjum; Kollum; "
        "Kollumerpomp; Kollumersweach; Kootstertille; Landerum; Lekkum; Leons; Lichtaard; "
        "Ljussens; Mantgum; Marrum; Marsum; Menaam; Midlum; Midsland; Miedum; Minnertsga; "
        "Mitselwier; Moarre; Moddergat; Munnekezijl; Mûnein; Nes; Nij Altoenae; Nijewier; "
        "Noardburgum; Oentsjerk; Oosterbierum; Oosterend; Oudebildtzijl; Peazens; Peins; "
        "Pietersbierum; Raard; Readtsjerk; Reduzum; Reitsum; Ried; Rinsumageast; Ryptsjerk; "
        "Schalsum; Sexbierum; Sibrandahûs; Sint Annaparochie; Skingen; Slappeterp; Snakkerburen; "
        "Spannum; St.-Annaparochie; St.-Jacobiparochie; Stiens; Striep; Stroobos; Sumar; "
        "Surhuisterveen; Surhuizum; Suwâld; Sweagerbosk; Swichum; Teerns; Ternaard; Twijzel; "
        "Twijzelerheide; Tytsjerk; Tzum; Tzummarum; Vrouwenparochie; Waaxens; Warfstermolen; "
        "Warstiens; Warten; Weidum; Wergea; West-Terschelling; Westergeast; Westhoek; Wetsens; "
        "Wier; Wierum; Wijnaldum; Wirdum; Wjelsryp; Wyns; Wytgaard; Wâlterswâld; Wânswert; Zweins"
    ),
    "NL125": (
        "Abbega; Akmarijp; Allingawier; Arum; Bakhuizen; Balk; Bantega; Blauwhuis; Boazum; "
        "Bolsward; Boornzwaag; Breezanddijk; Britswert; Broek; Burgwerd; Cornwerd; Dearsum; "
        "Dedgum; Delfstrahuizen; Dijken; Doniaga; Easterein; Easterwierrum; Echten; "
        "Echtenerbrug; Eesterga; Elahuizen; Exmorra; Ferwoude; Follega; Folsgare; Gaast; "
        "Gaastmeer; Goingarijp; Goënga; Greonterp; Harich; Hartwerd; Haskerhorne; Heeg; Hemelum; "
        "Hichtum; Hidaard; Hieslum; Hindeloopen; Hinnaard; Hommerts; Idsegahuizum; Idskenhuizen; "
        "Idzega; Iens; IJlst; Indijk; It Heidenskip; Itens; Joure; Jutrijp; Kimswerd; "
        "Kolderwolde; Kornwerderzand; Koudum; Koufurderrige; Kûbaard; Langweer; Legemeer; "
        "Lemmer; Lollum; Longerhouw; Loënga; Lytsewierrum; Makkum; Mirns; Molkwerum; Nijehaske; "
        "Nijemirdum; Nijhuizum; Nijland; Offingawier; Oldeouwer; Oosterzee; Oosthem; "
        "Oppenhuizen; Oudega; Oudehaske; Oudemirdum; Ouwster-Nijega; Ouwsterhaule; Parrega; "
        "Piaam; Pingjum; Poppenwier; Raerd; Reahûs; Rien; Rijs; Rohel; Rotstergaast; "
        "Rotsterhaule; Rottum; Ruigahuizen; Sandfirden; Scharnegoutum; Scharsterbrug; Schettens; "
        "Schraard; Sibrandabuorren; Sint Nicolaasga; Sintjohannesga; Sloten; Smallebrugge; "
        "Sneek; Snikzwaag; Sondel; Stavoren; Terherne; Terkaple; Teroele; Tersoal; Tirns; "
        "Tjalhuizum; Tjerkgaast; Tjerkwerd; Uitwellingerga; Vegelinsoord; Waaksens; Warns; "
        "Westhem; Wijckel; Witmarsum; Wiuwert; Wolsum; Wommels; Wons; Workum; Woudsend; "
        "Ypecolsga; Ysbrechtum"
    ),
    "NL126": (
        "Akkrum; Aldeboarn; Appelscha; Bakkeveen; Beetsterzwaag; Blesdijke; Boijl; Bontebok; "
        "Boornbergum; De Blesse; De Hoeve; De Knipe; De Tike; De Veenhoop; De Wilgen; "
        "Donkerbroek; Drachten; Drachten-Azeven; Drachtstercompagnie; Elsloo; Fochteloo; "
        "Frieschepalen; Gersloot; Gorredijk; Goëngahuizen; Haskerdijken; Haule; Haulerwijk; "
        "Hemrik; Hoornsterzwaag; Houtigehage; Jonkerslân; Jubbega; Katlijk; Kortehemmen; "
        "Langedijke; Langelille; Langezwaag; Lippenhuizen; Luinjeberd; Luxwoude; Makkinga; "
        "Mildam; Munnekeburen; Nes; Nieuwebrug; Nieuwehorne; Nieuweschoot; Nij Beets; "
        "Nijeberkoop; Nijega; Nijeholtpade; Nijeholtwolde; Nijelamer; Nijetrijne; Noordwolde; "
        "Oldeberkoop; Oldeholtpade; Oldeholtwolde; Oldelamer; Oldetrijne; Olterterp; "
        "Oosterstreek; Oosterwolde; Opeinde; Oranjewoud; Oudega; Oudehorne; Oudeschoot; Peperga; "
        "Ravenswoud; Rottevalle; Scherpenzeel; Siegerswoude; Slijkenburg; Smalle Ee; Sonnega; "
        "Spanga; Steggerda; Ter Idzard; Terband; Terwispel; Tijnje; Tjalleberd; Ureterp; "
        "Vinkega; Waskemeer; Wijnjewoude; Wolvega; Zandhuizen"
    ),
    "NL131": (
        "Alteveer; Amen; Anderen; Anloo; Annen; Annerveenschekanaal; Balinge; Balloo; "
        "Balloërveld; Beilen; Bovensmilde; Bruntinge; Bunne; De Groeve; De Punt; Deurze; "
        "Donderen; Drijber; Eelde; Eelderwolde; Een-West; Eext; Eexterveen; "
        "Eexterveenschekanaal; Eexterzandvoort; Ekehaar; Eldersloo; Eleveld; Elp; Eursinge; "
        "Foxwolde; Garminge; Gasselte; Gasselternijveen; Gasselternijveenschemond; Gasteren; "
        "Geelbroek; Gieten; Gieterveen; Grolloo; Hijken; Hoogersmilde; Hooghalen; "
        "Huis ter Heide; Langelo; Leutingewolde; Lieveren; Loon; Mantinge; Marwijksoord; "
        "Matsloot; Midlaren; Nietap; Nieuw Annerveen; Nieuw-Balinge; Nieuw-Roden; Nieuwediep; "
        "Nieuweroord; Nijlande; Nooitgedacht; Norg; Oranje; Orvelte; Oud Annerveen; Oudemolen; "
        "Papenvoort; Paterswolde; Peest; Peize; Rhee; Roden; Roderesch; Roderwolde; Rolde; "
        "Schipborg; Schoonloo; Smilde; Spier; Spijkerboor; Steenbergen; Stuifzand; Taarlo; "
        "Ter Aard; Tiendeveen; Ubbena; Veenhuizen; Vredenheim; Vries; Westerbork; Westervelde; "
        "Wijster; Winde; Witteveen; Yde; Zeegse; Zeijen; Zeijerveen; Zeijerveld; "
        "Zuidlaarderveen; Zuidlaren; Zuidveld; Zuidvelde; Zwiggelte"
    ),
    "NL132": (
        "'t Haantje; 1e Exloërmond; 2e Exloërmond; 2e Valthermond; Aalden; Barger-Compascuum; "
        "Benneveld; Borger; Bronneger; Bronnegerveen; Buinen; Buinerveen; Dalen; Dalerpeel; "
        "Dalerveen; De Kiel; Diphoorn; Drouwen; Drouwenermond; Drouwenerveen; Ees; Eesergroen; "
        "Eeserveen; Ellertshaar; Emmer-Compascuum; Erica; Erm; Exloo; Exloërveen; Gees; "
        "Geesbrug; Holsloot; Klazienaveen; Klazienaveen-Noord; Klijndijk; Meppen; "
        "Nieuw-Amsterdam; Nieuw-Buinen; Nieuw-Dordrecht; Nieuw-Schoonebeek; Nieuw-Weerdinge; "
        "Nieuwlande Coevorden; Noord-Sleen; Odoorn; Odoornerveen; Oosterhesselen; Roswinkel; "
        "Schoonebeek; Schoonoord; Sleen; Stieltjeskanaal; Valthe; Valthermond; Veenoord; "
        "Wachtum; Weiteveen; Westdorp; Wezup; Wezuperbrug; Zandberg; Zandpol; Zwartemeer; "
        "Zweeloo; Zwinderen"
    ),
    "NL133": (
        "Alteveer; Alteveer gem Hoogeveen; Ansen; Boschoord; Broekhuizen; Darp; De Schiphorst; "
        "de Wijk; Diever; Dieverbrug; Doldersum; Drogteropslagen; Dwingeloo; Echten; Elim; "
        "Eursinge; Fluitenberg; Frederiksoord; Geeuwenbrug; Havelte; Havelterberg; "
        "Hollandscheveld; Hoogersmilde; Kerkenveld; Koekange; Linde; Nieuweroord; Nieuwlande; "
        "Nijensleek; Nijeveen; Noordscheschut; Oude Willem; Pesse; Rogat; Ruinen; Ruinerwold; "
        "Spier; Stuifzand; Tiendeveen; Uffelte; Veeningen; Vledder; Vledderveen; Wapse; "
        "Wapserveen; Wateren; Wilhelminaoord; Wittelte; Zorgvlied; Zuidwolde"
    ),
    "NL211": (
        "'s-Heerenbroek; Ane; Anerveen; Anevelde; Arriën; Baarlo; Baars; Balkbrug; Basse; "
        "Beerze; Beerzerveld; Belt-Schutsloot; Bergentheim; Blankenham; Blokzijl; Brucht; "
        "Bruchterveld; Collendoorn; Dalmsholte; De Bult; De Krim; De Pol; Dedemsvaart; "
        "Den Velde; Diffelen; Eesveen; Genemuiden; Giethmen; Giethoorn; Grafhorst; Gramsbergen; "
        "Hasselt; Heemserveen; Holtheme; Holthone; Hoogenweg; IJhorst; IJsselham; IJsselmuiden; "
        "Kalenberg; Kallenkote; Kamperveen; Kloosterhaar; Kuinre; Lemele; Lemelerveld; Loozen; "
        "Lutten; Marijenkampen; Mariënberg; Mastenbroek; Nieuwleusen; Oldemarkt; Onna; "
        "Ossenzijl; Paasloo; Punthorst; Radewijk; Reeve; Rheeze; Rheezerveen; Rouveen; "
        "Scheerwolde; Schuinesloot; Sibculo; Sint Jansklooster; Slagharen; Steenwijk; "
        "Steenwijkerwold; Stegeren; Tuk; Venebrugge; Vilsteren; Vinkenbuurt; Vollenhove; "
        "Wanneperveen; Wetering; Willemsoord; Wilsum; Witharen; Witte Paarden; Zalk; Zuidveen; "
        "Zwartsluis"
    ),
    "NL212": (
        "Bathmen; Broekland; Colmschate; Diepenveen; Heeten; Heino; Laag Zuthem; Lettele; "
        "Lierderholthuis; Luttenberg; Mariënheem; Marle; Nieuw Heeten; Okkenbroek; Olst; "
        "Schalkhaar; Welsum; Wesepe; Wijhe"
    ),
    "NL213": (
        "Aadorp; Agelo; Albergen; Ambt Delden; Bentelo; Beuningen; Bornerbroek; Bruinehaar; "
        "Daarle; Daarlerveen; de Lutte; Delden; Den Ham; Denekamp; Deurningen; Diepenheim; "
        "Enter; Fleringen; Geerdijk; Geesteren; Glane; Glanerbrug; Goor; Haarle; Harbrinkhoek; "
        "Hengevelde; Hertme; Hezingen; Hoge Hexel; Holten; Kloosterhaar; Langeveen; "
        "Lattrop-Breklenkamp; Mander; Manderveen; Mariaparochie; Markelo; Nijverdal; Notter; "
        "Nutter; Ootmarsum; Oud Ootmarsum; Overdinkel; Reutum; Rijssen; Rossum; Saasveld; "
        "Sibculo; Tilligte; Vasse; Vriezenveen; Vroomshoop; Weerselo; "
        "Westerhaar-Vriezenveensewijk; Zenderen; Zuna"
    ),
    "NL221": (
        "'t Harde; 't Loo Oldebroek; Achterveld; Beekbergen; Beemte Broekland; Bennekom; "
        "De Glind; De Klomp; Deelen; Doornspijk; Ederveen; Elspeet; Emst; Garderen; Harskamp; "
        "Hattemerbroek; Hierden; Hoenderloo; Hoevelaken; Hoog Soeren; Hulshorst; Klarenbeek; "
        "Kootwijk; Kootwijkerbroek; Lieren; Loenen; Lunteren; Nijbroek; Nijkerkerveen; "
        "Noordeinde; Oene; Oosterwolde; Otterlo; Radio Kootwijk; Steenenkamer; Stroe; Terschuur; "
        "Terwolde; Teuge; Twello; Uddel; Ugchelen; Vaassen; Veessen; Vierhouten; Voorthuizen; "
        "Vorchten; Wapenveld; Wekerom; Wenum Wiesel; Wezep; Wilp; Zwartebroek"
    ),
    "NL224": (
        "Aalst; Acquoy; Alem; Alphen; Altforst; Ammerzoden; Appeltern; Asch; Asperen; Beesd; "
        "Beneden-Leeuwen; Beusichem; Boven-Leeuwen; Brakel; Bruchem; Buurmalsen; Deil; "
        "Delwijnen; Dodewaard; Dreumel; Echteld; Eck en Wiel; Enspijk; Erichem; Gameren; "
        "Gellicum; Haaften; Hedel; Heerewaarden; Heesselt; Hellouw; Herwijnen; Heukelum; "
        "Hoenzadriel; Hurwenen; IJzendoorn; Ingen; Kapel Avezaath; Kapel-Avezaath; "
        "Kerk Avezaath; Kerk-Avezaath; Kerkdriel; Kerkwijk; Kesteren; Lienden; Maasbommel; "
        "Maurik; Meteren; Nederhemert; Nieuwaal; Ochten; Ommeren; Ophemert; Opheusden; Opijnen; "
        "Poederoijen; Ravenswaaij; Rhenoy; Rijswijk; Rossum; Rumpt; Spijk; Tricht; Tuil; Varik; "
        "Velddriel; Vuren; Waardenburg; Wadenoijen; Wamel; Well; Zennewijnen; Zoelen; Zoelmond; "
        "Zuilichem"
    ),
    "NL225": (
        "'s-Heerenberg; Almen; Azewijn; Baak; Barchem; Beek; Beltrum; Borculo; Braamt; "
        "Bredevoort; Breedenbroek; Bronkhorst; De Heurne; Didam; Dinxperlo; Drempt; Eefde; "
        "Eerbeek; Eibergen; Empe; Epse; Etten; Gaanderen; Geesteren; Gelselaar; Gendringen; "
        "Gorssel; Groenlo; Haarlo; Hall; Halle; Harfsen; Harreveld; Heelweg; Hengelo; "
        "Hoog-Keppel; Hummelo; Joppe; Keijenborg; Kilder; Kring van Dorth; Laag-Keppel; Laren; "
        "Lengel; Leuvenheim; Lichtenvoorde; Lievelde; Loerbeek; Mariënvelde; Megchelen; Neede; "
        "Netterden; Olburgen; Rekken; Rha; Rietmolen; Ruurlo; Silvolde; Sinderen; Steenderen; "
        "Stokkum; Terborg; Toldijk; Tonden; Ulft; Varsselder; Varsseveld; Vethuizen; Vierakker; "
        "Voorst; Vorden; Vragender; Warnsveld; Wehl; Westendorp; Wichmond; Wijnbergen; "
        "Winterswijk Brinkheurne; Winterswijk Corle; Winterswijk Henxel; Winterswijk Huppel; "
        "Winterswijk Kotten; Winterswijk Meddo; Winterswijk Miste; Winterswijk Ratum; "
        "Winterswijk Woold; Zeddam; Zelhem; Zieuwent"
    ),
    "NL226": (
        "Aerdt; Afferden; Andelst; Angeren; Angerlo; Babberich; Balgoij; Batenburg; Beek; "
        "Bemmel; Bergharen; De Steeg; Deest; Dieren; Doornenburg; Doorwerth; Driel; Ellecom; "
        "Elst; Erlecom; Ewijk; Gendt; Giesbeek; Groessen; Haalderen; Heelsum; "
        "Heilig Landstichting; Hemmen; Hernen; Herveld; Herwen; Heteren; Heveadorp; Homoet; "
        "Horssen; Huissen; Kekerdom; Laag-Soeren; Lathum; Lent; Leur; Leuth; Lobith; Loo; "
        "Malden; Nederasselt; Niftrik; Ooij; Oosterbeek; Oosterhout; Overasselt; Pannerden; "
        "Persingen; Puiflijk; Randwijk; Ressen; Slijk-Ewijk; Spankeren; Spijk; Tolkamer; "
        "Valburg; Velp; Weurt; Winssen; Wolfheze; Zetten"
    ),
    "NL23": (
        "Bant; Biddinghuizen; Creil; Emmeloord; Ens; Espel; Kraggenburg; Luttelgeest; Marknesse; "
        "Nagele; Rutten; Schokland; Swifterbant; Tollebeek"
    ),
}
