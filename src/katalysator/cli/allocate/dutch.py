"""The sentences of `katalysator allocate` in Dutch, by the English ones; also those of the engine."""

from typing import Final

DUTCH: Final = {
    # What is asked
    "%(gap)s cannot be the gap.": "%(gap)s kan de afstand niet zijn.",
    "Give a number from 0.000001 to 1, such as 0.0001.": (
        "Geef een getal van 0.000001 tot 1, zoals 0.0001."
    ),
    "A stable matching has no prices.": "Een stabiele verdeling heeft geen prijzen.",
    "Leave this option out, or take --method optimal.": (
        "Laat deze optie weg, of neem --method optimal."
    ),
    # Files, as the engine finds them
    "A table is read from or written to one of these: %(kinds)s.": (
        "Een tabel wordt gelezen uit of geschreven naar een van deze: %(kinds)s."
    ),
    "Save the table as one of these.": "Bewaar de tabel als een van deze.",
    "The file cannot be read (%(reason)s).": "Het bestand kan niet gelezen worden (%(reason)s).",
    "There is nothing in the file, not even the names of columns.": (
        "Er staat niets in het bestand, zelfs geen namen van kolommen."
    ),
    "Make the file anew: it may be incomplete, or of another kind.": (
        "Maak het bestand opnieuw: misschien is het niet compleet, of van een ander soort."
    ),
    "The columns %(missing)s are missing; there are: %(found)s.": (
        "De kolommen %(missing)s ontbreken; er zijn: %(found)s."
    ),
    "Give the columns these names; score_person with score_opening may take the place of score.": (
        "Geef de kolommen deze namen; score_person met score_opening mag in plaats van score."
    ),
    "A stable matching needs the columns %(missing)s; there are: %(found)s.": (
        "Een stabiele verdeling vraagt de kolommen %(missing)s; er zijn: %(found)s."
    ),
    "Add what each side thinks of the other, or take --method optimal.": (
        "Voeg toe wat beide kanten van elkaar vinden, of neem --method optimal."
    ),
    "There are no labels: no column but “%(column)s”.": (
        "Er zijn geen labels: geen kolom behalve “%(column)s”."
    ),
    "Add a column of labels, such as a region.": (
        "Voeg een kolom met labels toe, zoals een regio."
    ),
    "“%(column)s” holds %(type)s; labels must be text, numbers, dates or yes and no.": (
        "In “%(column)s” staat %(type)s; een label is tekst, een getal, een datum of ja en nee."
    ),
    "Save the labels as text.": "Bewaar de labels als tekst.",
    # Ids
    "“%(column)s” holds %(type)s; ids must be text or whole numbers.": (
        "In “%(column)s” staat %(type)s; een id is tekst of een geheel getal."
    ),
    "Save the ids as text.": "Bewaar de id's als tekst.",
    "“%(column)s” holds %(type)s here and %(wanted)s in %(other)s.": (
        "In “%(column)s” staat hier %(type)s en in %(other)s %(wanted)s."
    ),
    "Save the ids of both files in one type.": "Bewaar de id's van beide bestanden in één type.",
    "Row %(row)s: “%(column)s” is empty or too large.": (
        "Rij %(row)s: “%(column)s” is leeg of te groot."
    ),
    "Fill it in, or take the row out.": "Vul het in, of haal de rij weg.",
    "Rows %(first)s and %(second)s both describe opening %(opening)s.": (
        "Rij %(first)s en rij %(second)s gaan allebei over opening %(opening)s."
    ),
    "Keep one of the two rows.": "Houd een van de twee rijen.",
    "Row %(row)s: %(other)s does not have opening %(opening)s. Missing there: %(count)s.": (
        "Rij %(row)s: opening %(opening)s staat niet in %(other)s. Daar ontbreken er %(count)s."
    ),
    "Add a row with its capacity, which may be 0.": (
        "Voeg een rij toe met de capaciteit; die mag 0 zijn."
    ),
    "Rows %(first)s and %(second)s both pair person %(person)s with opening %(opening)s.": (
        "Rij %(first)s en rij %(second)s koppelen allebei persoon %(person)s aan opening "
        "%(opening)s."
    ),
    "Rows %(first)s and %(second)s both describe person %(person)s.": (
        "Rij %(first)s en rij %(second)s gaan allebei over persoon %(person)s."
    ),
    "Row %(row)s: %(other)s does not have person %(person)s. Missing there: %(count)s.": (
        "Rij %(row)s: persoon %(person)s staat niet in %(other)s. Daar ontbreken er %(count)s."
    ),
    "Mend the id, or take the row out.": "Herstel het id, of haal de rij weg.",
    # Numbers
    "“%(column)s” holds %(type)s; it must hold numbers.": (
        "In “%(column)s” staat %(type)s; er moeten getallen staan."
    ),
    "Save the column as numbers.": "Bewaar de kolom als getallen.",
    "Row %(row)s: “%(column)s” is empty or not a number.": (
        "Rij %(row)s: “%(column)s” is leeg of geen getal."
    ),
    "Row %(row)s: “%(column)s” is %(value)s; it must be finite and at least 0.": (
        "Rij %(row)s: “%(column)s” is %(value)s; het moet eindig zijn en minstens 0."
    ),
    "Mend the row, or take it out.": "Herstel de rij, of haal haar weg.",
    "Row %(row)s: “%(column)s” is %(value)s; it must be a whole number, at least 0.": (
        "Rij %(row)s: “%(column)s” is %(value)s; het moet een geheel getal zijn, minstens 0."
    ),
    "Row %(row)s: “%(column)s” is %(value)s; that is more than can be counted.": (
        "Rij %(row)s: “%(column)s” is %(value)s; dat is meer dan er geteld kan worden."
    ),
    "Write a whole number of seats.": "Schrijf een geheel aantal plaatsen.",
    "The file was changed while it was read.": "Het bestand is veranderd tijdens het lezen.",
    "Wait until it is finished, and start again.": "Wacht tot het af is, en begin opnieuw.",
    # Progress
    "Checking the pairs": "Paren controleren",
    "Sorting the pairs": "Paren sorteren",
    "Keeping what was read": "Bewaren wat gelezen is",
    "Dividing the seats: round %(round)s, at most %(gap)s %% to gain": (
        "De plaatsen verdelen: ronde %(round)s, hooguit %(gap)s %% te winnen"
    ),
    "Looking for a stable matching": "Een stabiele verdeling zoeken",
    "Comparing the choices": "De keuzes vergelijken",
    "Counting blocking pairs": "Blokkerende paren tellen",
    "Looking at the groups": "Naar de groepen kijken",
    # A run that was broken off
    "%(folder)s is of other files, or of these as they were: not used.": (
        "%(folder)s hoort bij andere bestanden, of bij deze zoals ze waren: niet gebruikt."
    ),
    "An earlier run was broken off; this one goes on from %(folder)s.": (
        "Een eerdere keer is afgebroken; nu gaat het verder vanuit %(folder)s."
    ),
    "Nothing can be kept for a next time in %(folder)s (%(reason)s).": (
        "In %(folder)s kan niets bewaard worden voor een volgende keer (%(reason)s)."
    ),
    # The report
    (
        "People: %(people)s. Openings: %(openings)s, with %(seats)s seats. Possible pairs: "
        "%(pairs)s."
    ): (
        "Personen: %(people)s. Openingen: %(openings)s, met %(seats)s plaatsen. Mogelijke paren: "
        "%(pairs)s."
    ),
    "The score of a pair is sqrt(score_person * score_opening).": (
        "De score van een paar is sqrt(score_person * score_opening)."
    ),
    "There are no pairs, so that nobody has a seat.": (
        "Er zijn geen paren, dus heeft niemand een plaats."
    ),
    "People with a seat: %(placed)s (%(percent)s %%).": (
        "Personen met een plaats: %(placed)s (%(percent)s %%)."
    ),
    "Total score: %(value)s. This is the best possible, proven.": (
        "Totale score: %(value)s. Dit is bewezen het best mogelijke."
    ),
    (
        "Total score: %(value)s. Nobody can reach more than %(bound)s with these pairs and seats, "
        "so this is at most %(gap)s %% below the best possible."
    ): (
        "Totale score: %(value)s. Niemand kan met deze paren en plaatsen meer dan %(bound)s "
        "bereiken, dus dit is hooguit %(gap)s %% minder dan het best mogelijke."
    ),
    "Total score: %(value)s.": "Totale score: %(value)s.",
    (
        "%(count)s blocking pairs, counted afterwards: a person and an opening that would both "
        "rather have each other than what they got."
    ): (
        "%(count)s blokkerende paren, achteraf geteld: een persoon en een opening die allebei "
        "liever elkaar hebben dan wat ze kregen."
    ),
    # What each choice costs
    (
        "What each choice costs. “optimal” gives the highest total score. “stable” leaves no "
        "person and opening that would both rather have each other. “greedy” fills the seats by "
        "falling score, without looking back."
    ): (
        "Wat elke keuze kost. “optimal” geeft de hoogste totale score. “stable” laat geen persoon "
        "en opening over die allebei liever elkaar hebben. “greedy” vult de plaatsen op volgorde "
        "van score, zonder terug te kijken."
    ),
    "Here is no “stable”: that takes the columns score_person and score_opening.": (
        "“stable” ontbreekt hier: dat vraagt de kolommen score_person en score_opening."
    ),
    (
        "The Gini coefficient tells how unevenly the seats are used: 0 where all openings are "
        "equally full, near 1 where a few have everybody. In brackets stands the difference with "
        "the best of the column."
    ): (
        "De Gini-coëfficiënt zegt hoe ongelijk de plaatsen gebruikt worden: 0 als alle openingen "
        "even vol zijn, bijna 1 als een paar iedereen hebben. Tussen haakjes staat het verschil "
        "met de beste van de kolom."
    ),
    "total score": "totale score",
    "people placed": "geplaatst",
    "openings with nobody": "openingen zonder iemand",
    "Gini": "Gini",
    "best": "beste",
    # Groups
    "People without a seat by “%(column)s”:": "Personen zonder plaats naar “%(column)s”:",
    "people": "personen",
    "without a seat": "zonder plaats",
    "share": "deel",
    "? (unknown)": "? (onbekend)",
    "small groups (%(count)s)": "kleine groepen (%(count)s)",
    (
        "For privacy, labels of fewer than %(small)s people are put together as “small groups”, "
        "with the next one where these have fewer than %(small)s people among them."
    ): (
        "Om privacy staan labels van minder dan %(small)s personen samen als “kleine groepen”, met "
        "het volgende erbij als die samen minder dan %(small)s personen hebben."
    ),
    # Fairness
    "Fairness by “%(column)s”:": "Eerlijkheid naar “%(column)s”:",
    "“%(column)s” has more than %(most)s labels: how fair that is, is not worked out.": (
        "“%(column)s” heeft meer dan %(most)s labels: hoe eerlijk dat is, is niet uitgerekend."
    ),
    "selection": "plaatsing",
    "quality": "kwaliteit",
    "exposure": "zichtbaarheid",
    "price effect": "prijseffect",
    "behind": "achter",
    (
        "“selection”: the share of a label that has a seat, over that of the best-off label here. "
        "“quality”: the mean score of its seats. “exposure”: its share of the places in the lists "
        "of the openings, over its share of the people; 1 is in proportion."
    ): (
        "“plaatsing”: het deel van een label dat een plaats heeft, gedeeld door dat van het label "
        "dat er hier het best af komt. “kwaliteit”: de gemiddelde score van die plaatsen. "
        "“zichtbaarheid”: het deel van de plekken in de lijsten van de openingen, gedeeld door het "
        "deel van de personen; 1 is naar verhouding."
    ),
    "“price effect”: how much the prices lower the scores in its lists.": (
        "“prijseffect”: hoeveel de prijzen de scores in de lijsten van het label verlagen."
    ),
    (
        "In brackets stands an interval of 95 %%: how much a figure may depend on chance. “-” "
        "stands where there are too few people, or nothing to compare."
    ): (
        "Tussen haakjes staat een interval van 95 %%: hoeveel een getal van toeval kan afhangen. "
        "“-” staat waar te weinig personen zijn, of niets om mee te vergelijken."
    ),
    (
        "“behind” means that the whole interval lies below 0.80 (four fifths): a signal to look "
        "closer, not a verdict."
    ): (
        "“achter” betekent dat het hele interval onder 0,80 (vier vijfde) ligt: een reden om beter "
        "te kijken, geen oordeel."
    ),
    ("“exposure” was counted in the lists of %(some)s of the %(all)s openings, drawn by lot."): (
        "“zichtbaarheid” is geteld in de lijsten van %(some)s van de %(all)s openingen, door het "
        "lot gekozen."
    ),
    "Time: %(seconds)s seconds.": "Tijd: %(seconds)s seconden.",
}
