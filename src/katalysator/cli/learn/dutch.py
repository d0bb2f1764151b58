"""The sentences of `katalysator learn` in Dutch, by the English ones."""

from typing import Final

DUTCH: Final = {
    # The table of outcomes
    "There are %(count)s columns for “%(column)s” among these: %(names)s.": (
        "Er zijn %(count)s kolommen voor “%(column)s” onder deze: %(names)s."
    ),
    "Name the columns need, offer, accepted, each of them once.": (
        "Noem de kolommen need, offer, accepted (of vraag, aanbod, geslaagd), elk één keer."
    ),
    "There must be a yes and a no at least. Outcomes: %(count)s.": (
        "Er moet minstens één ja en één nee zijn. Uitkomsten: %(count)s."
    ),
    "All these pairs score alike, so nothing can be learned from them.": (
        "Al deze paren scoren gelijk, dus er valt niets van te leren."
    ),
    "Add introductions of other needs and offers.": (
        "Voeg kennismakingen van andere vragen en andere aanbieders toe."
    ),
    "Write down introductions that led to nothing as well.": (
        "Noteer ook de kennismakingen die niets werden."
    ),
    "“%(key)s” is no id in %(file)s.": "“%(key)s” is geen id in %(file)s.",
    "Write the id as it stands there, or add the row to that file.": (
        "Schrijf het id zoals het daar staat, of zet de rij erbij in dat bestand."
    ),
    "This pair stands on line %(first)s and again on line %(second)s.": (
        "Dit paar staat op regel %(first)s en nog eens op regel %(second)s."
    ),
    "Keep the row that says what came of it in the end.": (
        "Houd de rij die zegt wat er uiteindelijk van kwam."
    ),
    "Nothing can be learned from these outcomes: no part speaks for a yes.": (
        "Van deze uitkomsten valt niets te leren: geen enkel deel spreekt voor een ja."
    ),
    "Look whether yes and no have traded places.": "Kijk of ja en nee niet verwisseld zijn.",
    # What was learned
    "Outcomes: %(count)s, of which %(yes)s yes. Left out, because not known yet: %(unknown)s.": (
        "Uitkomsten: %(count)s, waarvan %(yes)s ja. Weggelaten, want nog niet bekend: %(unknown)s."
    ),
    "The chance of a yes by score: %(chances)s.": "De kans op een ja bij een score: %(chances)s.",
    "What this is worth cannot be told before there are %(fewest)s of yes and of no.": (
        "Wat dit waard is, valt pas te zeggen als er van ja en van nee elk %(fewest)s zijn."
    ),
    "Of a pair that took and one that did not, both held back, the first scored higher in "
    "%(before)s of 100 with the weights that there were, in %(after)s with these.": (
        "Van een paar dat lukte en een dat niet lukte, allebei apart gehouden, scoorde het eerste "
        "hoger in %(before)s van de 100 met de gewichten die er waren, in %(after)s met deze."
    ),
    "These weights tell them apart better.": "Deze gewichten onderscheiden ze beter.",
    "That is no better: keep the weights that there were.": (
        "Dat is niet beter: houd de gewichten die er waren."
    ),
}
