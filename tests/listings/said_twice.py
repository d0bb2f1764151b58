"""Pairs of listings as one organisation may post them in one market: the same thing again, or another.

Written before anything was measured on them, and not changed since; what was chosen by looking at scores was
chosen on others: the example coalition, and `CHOSEN_ON`.
"""

from typing import Final, NamedTuple

Said = tuple[str, str, str]
"""Language, title and text."""


class Pair(NamedTuple):
    """Two listings, and whether both say the same."""

    first: Said
    second: Said
    is_same: bool


PAIRS: Final = (
    Pair(
        ("nl", "Stageplek voor datawetenschap in het magazijn", "Wij zoeken een student die met onze gegevens van twee jaar voorspelt hoeveel mensen we per dag in het magazijn nodig hebben."),
        ("nl", "Student datascience voor ons magazijn", "Een stage van vijf maanden: voorspel met twee jaar aan gegevens hoeveel medewerkers er elke dag in ons magazijn moeten zijn."),
        True,
    ),
    Pair(
        ("nl", "Hulp bij het herkennen van onkruid met een drone", "Onze drone maakt foto's van bietenvelden. Wie helpt ons onkruid te herkennen, zodat we minder hoeven te spuiten?"),
        ("en", "Help with recognising weeds from a drone", "Our drone takes pictures of sugar beet fields. Who helps us recognise weeds, so that we need to spray less?"),
        True,
    ),
    Pair(
        ("nl", "Rekentijd op onze GPU's voor onderzoek", "Wij hebben acht GPU's die 's nachts vrij zijn. Onderzoekers mogen er gratis op trainen."),
        ("nl", "Acht GPU's, 's nachts beschikbaar voor onderzoekers", "Ons cluster met acht grafische kaarten staat na zes uur stil. Wie modellen wil trainen voor onderzoek, mag dat kosteloos doen."),
        True,
    ),
    Pair(
        ("en", "Speech data of older people in Frisian", "We collected 120 hours of Frisian speech of people over seventy, with transcripts. Partners may use it to train recognisers."),
        ("nl", "Friese spraakdata van ouderen", "Wij hebben 120 uur Fries van mensen boven de zeventig, met uitgeschreven tekst. Partners mogen er spraakherkenning mee trainen."),
        True,
    ),
    Pair(
        ("nl", "Gastles over algoritmes voor het mbo", "Onze ontwikkelaars geven een gastles van twee uur over hoe algoritmes beslissen, voor klassen in het mbo."),
        ("nl", "Gastlessen mbo: hoe beslist een algoritme?", "Twee uur in de klas met een ontwikkelaar van ons, over beslissingen door algoritmes. Voor mbo-studenten."),
        True,
    ),
    Pair(
        ("en", "Investor wanted for predictive maintenance of pumps", "Our start-up predicts when pumps of water boards fail. We look for 400,000 euros to go from three pilots to twenty customers."),
        ("en", "Seed round: we predict failures of pumps", "Three water boards pilot our software that tells when a pump will break down. We raise 400 thousand euros to reach twenty customers."),
        True,
    ),
    Pair(
        ("nl", "Toets op vooroordelen van een model voor werving", "Wij selecteren sollicitanten met een model en willen weten of het vrouwen en ouderen gelijk behandelt."),
        ("en", "Bias audit of a recruitment model", "We use a model to select applicants and want to know whether it treats women and older people equally."),
        True,
    ),
    Pair(
        ("nl", "Digitale tweeling van de haven", "Wij zoeken een partner om de drukte op de kades na te bootsen en vooruit te kijken, zodat schepen minder lang wachten."),
        ("en", "Digital twin of our port", "We look for a partner to simulate how busy our quays are and look ahead, so that ships wait less."),
        True,
    ),
    Pair(
        ("nl", "Meetlab voor sensoren in de kas", "In ons lab kun je sensoren voor kassen testen bij elke temperatuur en vochtigheid. Een dag kost niets voor starters."),
        ("nl", "Test je kassensor in ons klimaatlab", "Starters mogen een dag gratis in ons lab sensoren voor de glastuinbouw beproeven, bij elk vocht en elke warmte."),
        True,
    ),
    Pair(
        ("en", "Privacy engineer for federated learning", "Five hospitals want to train one model without sharing records. We need somebody who has set up federated learning before."),
        ("nl", "Expert in federatief leren gezocht", "Vijf ziekenhuizen willen samen een model trainen zonder dossiers te delen. Wie heeft dat eerder opgezet?"),
        True,
    ),
    Pair(
        ("nl", "Chatbot voor vragen van inwoners", "De gemeente wil een chatbot die vragen over afval en verhuizen beantwoordt. Wij zoeken een proef van drie maanden."),
        ("nl", "Proef met chatbot voor inwoners", "Drie maanden proberen: een chatbot die inwoners helpt met vragen over afval en verhuizing. Wie doet mee?"),
        True,
    ),
    Pair(
        ("en", "PhD position on explainable forecasts of energy demand", "A four-year position on forecasts of energy demand that grid operators can understand."),
        ("nl", "Promotieplek: uitlegbare voorspelling van energievraag", "Vier jaar onderzoek naar voorspellingen van de energievraag die netbeheerders kunnen begrijpen."),
        True,
    ),
    Pair(
        ("nl", "Stageplek voor datawetenschap in het magazijn", "Wij zoeken een student die met onze gegevens van twee jaar voorspelt hoeveel mensen we per dag in het magazijn nodig hebben."),
        ("nl", "Stageplek voor datawetenschap bij de klantenservice", "Wij zoeken een student die met onze gegevens van twee jaar uitzoekt waarom klanten twee keer bellen over dezelfde bestelling."),
        False,
    ),
    Pair(
        ("nl", "Hulp bij het herkennen van onkruid met een drone", "Onze drone maakt foto's van bietenvelden. Wie helpt ons onkruid te herkennen, zodat we minder hoeven te spuiten?"),
        ("nl", "Oogst voorspellen met satellietbeelden", "Wij willen in juni al weten hoeveel bieten er in oktober van het land komen. Wie kan dat met satellietbeelden?"),
        False,
    ),
    Pair(
        ("nl", "Rekentijd op onze GPU's voor onderzoek", "Wij hebben acht GPU's die 's nachts vrij zijn. Onderzoekers mogen er gratis op trainen."),
        ("en", "Test bed for robots", "Our hall of 600 square metres has tracking cameras and two robot arms. Researchers may use it for a day at no cost."),
        False,
    ),
    Pair(
        ("en", "Speech data of older people in Frisian", "We collected 120 hours of Frisian speech of people over seventy, with transcripts. Partners may use it to train recognisers."),
        ("nl", "Gescande brieven in het Fries", "Wij hebben veertigduizend handgeschreven Friese brieven gescand en overgetypt. Partners mogen er handschriftherkenning mee trainen."),
        False,
    ),
    Pair(
        ("nl", "Gastles over algoritmes voor het mbo", "Onze ontwikkelaars geven een gastles van twee uur over hoe algoritmes beslissen, voor klassen in het mbo."),
        ("nl", "Gastles over privacy voor het mbo", "Onze juristen geven een gastles van twee uur over wat een school van leerlingen mag bewaren, voor docenten in het mbo."),
        False,
    ),
    Pair(
        ("en", "Investor wanted for predictive maintenance of pumps", "Our start-up predicts when pumps of water boards fail. We look for 400,000 euros to go from three pilots to twenty customers."),
        ("en", "Investor wanted for leak detection in drinking water", "Our sensors hear where drinking water leaks away. We look for 900,000 euros to build the second series."),
        False,
    ),
    Pair(
        ("nl", "Toets op vooroordelen van een model voor werving", "Wij selecteren sollicitanten met een model en willen weten of het vrouwen en ouderen gelijk behandelt."),
        ("nl", "Uitleg bij een model voor verzuim", "Ons model voorspelt wie langer ziek blijft. De ondernemingsraad wil begrijpen waarom. Wie maakt er uitleg bij?"),
        False,
    ),
    Pair(
        ("nl", "Digitale tweeling van de haven", "Wij zoeken een partner om de drukte op de kades na te bootsen en vooruit te kijken, zodat schepen minder lang wachten."),
        ("en", "Detecting damage on containers in the port", "We look for a partner who recognises dents and rust on containers from camera images at our gate."),
        False,
    ),
    Pair(
        ("nl", "Meetlab voor sensoren in de kas", "In ons lab kun je sensoren voor kassen testen bij elke temperatuur en vochtigheid. Een dag kost niets voor starters."),
        ("nl", "Plukrobot te leen", "Onze plukrobot voor tomaten staat in de winter stil. Starters mogen hem een maand lenen om eigen software te proberen."),
        False,
    ),
    Pair(
        ("en", "Privacy engineer for federated learning", "Five hospitals want to train one model without sharing records. We need somebody who has set up federated learning before."),
        ("en", "Expert in synthetic patient data", "Five hospitals want to publish data that looks like their records but is of nobody. We need somebody who has measured how safe that is."),
        False,
    ),
    Pair(
        ("nl", "Chatbot voor vragen van inwoners", "De gemeente wil een chatbot die vragen over afval en verhuizen beantwoordt. Wij zoeken een proef van drie maanden."),
        ("nl", "Samenvatten van bezwaarschriften", "De gemeente wil bezwaarschriften laten samenvatten voor de commissie. Wij zoeken een proef van drie maanden."),
        False,
    ),
    Pair(
        ("en", "PhD position on explainable forecasts of energy demand", "A four-year position on forecasts of energy demand that grid operators can understand."),
        ("en", "PhD position on batteries that learn when to charge", "A four-year position on home batteries that learn from prices when to charge, for grid operators."),
        False,
    ),
)  # fmt: skip

CHOSEN_ON: Final = (
    Pair(("nl","Herseninfarct sneller herkennen op de CT bij de spoedeisende hulp","Bij een beroerte telt elke minuut, maar 's nachts is er geen neuroradioloog in huis. We hebben 2.800 CT-angiografieën met uitslag en zoeken mensen die een model voor afgesloten grote vaten op onze scanners kunnen controleren."), ("nl","Model voor beroertes op CT laten controleren","Wie controleert op onze scanners een model dat afgesloten vaten herkent? Er zijn 2.800 angiografieën met uitslag; in de nacht is er geen neuroradioloog."), True),
    Pair(("en","Independent validation of stroke and lung models on your own scanners","Our group tests models for large vessel occlusion and lung nodules outside the hospital where they were trained. We bring a fixed protocol."), ("nl","Onafhankelijke controle van modellen voor beroerte en longen","Wij testen modellen voor afgesloten vaten en longknobbels buiten het ziekenhuis waar ze getraind zijn, met een vast protocol."), True),
    Pair(("nl","Tien leerlingen zoeken stage met drone en bodemkaart","Tien mbo-leerlingen zoeken een stage waarin ze met een drone vliegen en een bodemkaart maken."), ("nl","Stage gezocht: drone vliegen en bodem in kaart","Onze klas van tien mbo'ers wil stage lopen met drones en kaarten van de bodem."), True),
    Pair(("nl","Wachtlijst van de polikliniek oogheelkunde halveren met betere planning","De wachttijd is zestien weken. Wij zoeken iemand die met ons de planning van spreekuren verbetert."), ("en","Halve the waiting list of our eye clinic by better planning","People wait sixteen weeks. We look for somebody who improves the planning of consultations with us."), True),
    Pair(("en","Vegetation dryness at ten metres, every morning","Maps of how dry vegetation is, at ten metres, each morning, as GeoTIFF and through an API."), ("en","Daily maps of dry vegetation","Every morning a map at ten metre resolution that shows dryness of plants. Through an API or as GeoTIFF."), True),
    Pair(("nl","Meldkamergesprekken uitschrijven, ook met Drents accent","Wij schrijven gesprekken van de meldkamer uit met een model dat ook Drents verstaat."), ("en","Transcribing emergency calls, also with a Drenthe accent","Our model transcribes calls to the emergency room and understands the accent of Drenthe."), True),
    Pair(("nl","Groeigeld voor slimme sluizen","Ons bedrijf regelt sluizen met een model. Wij zoeken een half miljoen om te groeien."), ("nl","Investeerder gezocht: sluizen die zichzelf regelen","Een half miljoen euro hebben wij nodig om met ons model meer sluizen te regelen."), True),
    Pair(("nl","Data van bijensterfte in Limburg","Tien jaar tellingen van bijenvolken per gemeente, als tabel."), ("en","Data on bee mortality in Limburg","Ten years of counts of bee colonies by municipality, as a table."), True),
)  # fmt: skip
"""Pairs that say the same, by which the limits were chosen."""
