"""The sentences of `katalysator audit` in Dutch, by the English ones; also those about heads."""

from typing import Final

DUTCH: Final = {
    # What was found
    "Events that hold: %(events)s. Chains: %(chains)s.": (
        "Gebeurtenissen die kloppen: %(events)s. Ketens: %(chains)s."
    ),
    "All chains go on from their heads of %(at)s.": (
        "Alle ketens gaan verder vanaf hun koppen van %(at)s."
    ),
    (
        "Chain “%(chain)s”: event %(event)s is not as it was written, or one before it is missing."
        " The events before it hold: %(events)s."
    ): (
        "Keten “%(chain)s”: gebeurtenis %(event)s is niet zoals die is opgeschreven, of er mist een"
        " eerdere. De gebeurtenissen ervoor kloppen: %(events)s."
    ),
    ("Chain “%(chain)s” is gone. On %(at)s it had events: %(events)s, up to event %(event)s."): (
        "Keten “%(chain)s” is weg. Op %(at)s had die gebeurtenissen: %(events)s, tot en met"
        " gebeurtenis %(event)s."
    ),
    (
        "Chain “%(chain)s” was cut off after %(at)s. It had events then: %(events)s, up to event"
        " %(event)s. It ends now with event %(end)s of %(ended)s."
    ): (
        "Keten “%(chain)s” is na %(at)s afgekapt. Toen had die gebeurtenissen: %(events)s, tot en"
        " met gebeurtenis %(event)s. Nu is gebeurtenis %(end)s van %(ended)s de laatste."
    ),
    (
        "Chain “%(chain)s” was written anew after %(at)s: event %(event)s, the last one then, is"
        " another one now, or gone."
    ): (
        "Keten “%(chain)s” is na %(at)s opnieuw geschreven: gebeurtenis %(event)s, toen de laatste,"
        " is nu een andere, of weg."
    ),
    (
        "No chain begins as one in the file does. The file is of another coalition, or the whole"
        " trail was written anew after %(at)s."
    ): (
        "Geen enkele keten begint zoals een in het bestand. Het bestand is van een andere coalitie,"
        " of het hele logboek is na %(at)s opnieuw geschreven."
    ),
    # What cannot be checked
    "There is no audit trail here yet.": "Er is hier nog geen logboek.",
    "Start the coalition first, with `katalysator serve`.": (
        "Start eerst de coalitie, met `katalysator serve`."
    ),
    "This file does not hold heads of an audit trail.": (
        "In dit bestand staan geen koppen van een logboek."
    ),
    "Take a file that `katalysator audit head` wrote.": (
        "Neem een bestand dat `katalysator audit head` schreef."
    ),
    "This file was changed after it was written.": (
        "Dit bestand is veranderd nadat het geschreven was."
    ),
    "Take another copy of it, or an older file.": "Neem een andere kopie, of een ouder bestand.",
}
