"""The sentences of `katalysator match` in Dutch, by the English ones; also the errors of the kernel."""

from typing import Final

DUTCH: Final = {
    # Weights
    "This is not a file with weights.": "Dit is geen bestand met gewichten.",
    "`katalysator learn` makes one; it names the weights %(names)s.": (
        "`katalysator learn` maakt er een; het noemt de gewichten %(names)s."
    ),
    "The weight “%(name)s” is no number of at least 0.": (
        "Het gewicht “%(name)s” is geen getal van minstens 0."
    ),
    "Write it as 0.25.": "Schrijf het als 0.25.",
    "The weights of %(names)s add up to %(total)s, and must add up to 1.": (
        "De gewichten van %(names)s zijn samen %(total)s, en moeten samen 1 zijn."
    ),
    "Divide each of them by that sum.": "Deel elk ervan door die som.",
    # Going on
    "Going on where the same command was broken off.": (
        "Gaat verder waar dezelfde opdracht werd afgebroken."
    ),
    "“%(text)s” is neither yes nor no.": "“%(text)s” is geen ja en geen nee.",
    "Write yes or no, or leave it empty where it is not known yet.": (
        "Schrijf ja of nee, of laat het leeg waar het nog niet bekend is."
    ),
    # Files
    "This kind of file cannot be read.": "Dit soort bestand kan niet worden gelezen.",
    "This is not a Parquet or Arrow file that can be read.": (
        "Dit is geen Parquet- of Arrow-bestand dat gelezen kan worden."
    ),
    "Write it again, or save the table as “CSV UTF-8”.": (
        "Schrijf het opnieuw, of bewaar de tabel als “CSV UTF-8”."
    ),
    "The column “%(column)s” holds %(type)s, which is no text.": (
        "De kolom “%(column)s” bevat %(type)s, en dat is geen tekst."
    ),
    "Leave the column out, or write its values as texts.": (
        "Laat de kolom weg, of schrijf de waarden als tekst."
    ),
    "Save it as one of these: %(kinds)s.": "Bewaar het als een van deze: %(kinds)s.",
    "The file is larger than %(most)s MB.": "Het bestand is groter dan %(most)s MB.",
    "There are more than %(most)s rows.": "Er zijn meer dan %(most)s rijen.",
    "Split the table, by market for instance, and match the parts in turn.": (
        "Splits de tabel, per markt bijvoorbeeld, en koppel de delen na elkaar."
    ),
    "There is nothing in it.": "Er staat niets in.",
    "The first line names the columns, such as id, title, text, region.": (
        "De eerste regel noemt de kolommen, zoals id, titel, tekst, regio."
    ),
    "There is no row under the header.": "Er staat geen rij onder de kopregel.",
    "Put the needs or offers below it, a row each.": (
        "Zet het aanbod of de vragen eronder, elk op een eigen rij."
    ),
    "“%(name)s” is not an encoding of text.": "“%(name)s” is geen codering van tekst.",
    "Most spreadsheets save in one of these: utf-8, cp1252, utf-16-le.": (
        "De meeste rekenbladen bewaren in een van deze: utf-8, cp1252, utf-16-le."
    ),
    "This is not text in UTF-8, but in UTF-16 without a mark.": (
        "Dit is geen tekst in UTF-8, maar in UTF-16 zonder merkteken."
    ),
    "Save it as “CSV UTF-8”, or give --encoding %(encoding)s.": (
        "Bewaar het als “CSV UTF-8”, of geef --encoding %(encoding)s."
    ),
    "This is no table, but a file of another kind.": (
        "Dit is geen tabel, maar een bestand van een ander soort."
    ),
    "Save the table in it as “CSV UTF-8” or as .xlsx.": (
        "Bewaar de tabel die erin staat als “CSV UTF-8” of als .xlsx."
    ),
    "Byte %(byte)s (number %(number)s of the file) is not %(encoding)s.": (
        "Byte %(byte)s (nummer %(number)s van het bestand) is geen %(encoding)s."
    ),
    "Save the file as “CSV UTF-8”, or tell how it was saved: --encoding cp1252.": (
        "Bewaar het bestand als “CSV UTF-8”, of zeg hoe het bewaard is: --encoding cp1252."
    ),
    "The quotation marks of the row that starts here do not pair up.": (
        "De aanhalingstekens van de rij die hier begint vormen geen paren."
    ),
    "Put the whole cell between quotation marks, and write those inside it twice.": (
        "Zet de hele cel tussen aanhalingstekens, en schrijf die erbinnen dubbel."
    ),
    "This row has %(found)s cells and the header %(wanted)s.": (
        "Deze rij heeft %(found)s cellen en de kopregel %(wanted)s."
    ),
    "A cell that holds “%(separator)s” or a new line must be between quotation marks.": (
        "Een cel met “%(separator)s” of een nieuwe regel erin hoort tussen aanhalingstekens."
    ),
    "The workbook unpacks to more than 512 MB.": "De werkmap is uitgepakt groter dan 512 MB.",
    "Split it, or save the sheet on its own, without pictures and layout.": (
        "Splits haar, of bewaar het blad apart, zonder plaatjes en opmaak."
    ),
    "This is not a workbook that can be read.": "Dit is geen werkmap die kan worden gelezen.",
    "Open it in a spreadsheet program and save it as .xlsx, without a password.": (
        "Open haar in een rekenbladprogramma en bewaar haar als .xlsx, zonder wachtwoord."
    ),
    # Columns
    "“%(pair)s” does not say which column is which.": "“%(pair)s” zegt niet welke kolom welke is.",
    "Write title=Subject. Before the sign comes one of: %(names)s.": (
        "Schrijf title=Onderwerp. Voor het teken komt een van: %(names)s."
    ),
    "There is no column “%(name)s” to read as “%(column)s”.": (
        "Er is geen kolom “%(name)s” om als “%(column)s” te lezen."
    ),
    "The columns are: %(header)s.": "De kolommen zijn: %(header)s.",
    "“%(one)s” and “%(other)s” both mean “%(column)s”.": (
        "“%(one)s” en “%(other)s” betekenen allebei “%(column)s”."
    ),
    "Rename one of them, or choose with --column %(column)s=NAME.": (
        "Hernoem er een, of kies met --column %(column)s=NAAM."
    ),
    "There is no column “title” or “text” among: %(header)s.": (
        "Er is geen kolom “titel” of “tekst” bij: %(header)s."
    ),
    "Rename a column, or say which one it is with --column title=NAME.": (
        "Hernoem een kolom, of zeg welke het is met --column title=NAAM."
    ),
    # Rows
    "Title and text are both empty.": "Titel en tekst zijn allebei leeg.",
    "Say in a sentence what is asked or offered, or take the row out.": (
        "Zeg in een zin wat er gevraagd of geboden wordt, of haal de rij weg."
    ),
    "The id is empty.": "Het id is leeg.",
    "Give every row its own, or take out the column: line numbers will do.": (
        "Geef elke rij een eigen id, of haal de kolom weg: regelnummers voldoen."
    ),
    "“%(key)s” stands on line %(first)s and again on line %(second)s.": (
        "“%(key)s” staat op regel %(first)s en nog eens op regel %(second)s."
    ),
    "Give every row its own id.": "Geef elke rij een eigen id.",
    "The row insists on its “%(about)s”, but names none.": (
        "De rij stelt “%(about)s” verplicht, maar noemt er geen."
    ),
    "Fill in “%(about)s”, or write “no” here.": "Vul “%(about)s” in, of schrijf hier “nee”.",
    "None of the rows says “%(kind)s” here.": "Geen van de rijen zegt hier “%(kind)s”.",
    "Have the two files traded places? The needs come first.": (
        "Zijn de twee bestanden verwisseld? De vragen komen eerst."
    ),
    # Cells
    "“%(text)s” is neither a need nor an offer.": "“%(text)s” is geen vraag en geen aanbod.",
    "Write need or offer; or rename the column, where it says another thing.": (
        "Schrijf vraag of aanbod; of hernoem de kolom, als zij iets anders zegt."
    ),
    "The cell holds a formula, but the file does not hold its value.": (
        "In de cel staat een formule, maar de waarde ervan staat niet in het bestand."
    ),
    "Open the file in a spreadsheet program and save it again.": (
        "Open het bestand in een rekenbladprogramma en bewaar het opnieuw."
    ),
    "The cell shows the error %(text)s.": "De cel toont de fout %(text)s.",
    "Mend its formula, or empty the cell.": "Herstel de formule, of maak de cel leeg.",
    "“%(text)s” is not a language that we match in.": (
        "“%(text)s” is geen taal waarin wij koppelen."
    ),
    "Write nl or en, or leave it empty: the text itself will tell.": (
        "Schrijf nl of en, of laat het leeg: de tekst zelf wijst het uit."
    ),
    "“%(text)s” is not a number of places.": "“%(text)s” is geen aantal plaatsen.",
    "Write only digits: a whole number from 0 to %(most)s.": (
        "Schrijf alleen cijfers: een geheel getal van 0 tot en met %(most)s."
    ),
    "“%(text)s” is less than nothing.": "“%(text)s” is minder dan niets.",
    "Write the amount without a minus sign.": "Schrijf het bedrag zonder minteken.",
    "The text has %(length)s characters; %(most)s is the most.": (
        "De tekst telt %(length)s tekens; het mogen er hooguit %(most)s zijn."
    ),
    "Shorten it: the first sentences decide about a match.": (
        "Kort hem in: de eerste zinnen bepalen een koppeling."
    ),
    # The kernel's errors
    "The period ends on %(end)s, before it starts on %(start)s.": (
        "De periode eindigt op %(end)s, nog voor zij begint op %(start)s."
    ),
    "Change one of the two dates, or let them trade places.": (
        "Verander een van de twee datums, of wissel ze om."
    ),
    "“%(text)s” can be read as different days.": (
        "“%(text)s” kan als verschillende dagen gelezen worden."
    ),
    "“%(text)s” is not a day of the calendar.": "“%(text)s” is geen dag van de kalender.",
    "“%(text)s” is not between 1900 and 2200.": "“%(text)s” ligt niet tussen 1900 en 2200.",
    "“%(text)s” is not a date.": "“%(text)s” is geen datum.",
    "Write the day as 2026-01-31 or 31-01-2026, without a time.": (
        "Schrijf de dag als 2026-01-31 of 31-01-2026, zonder tijdstip."
    ),
    "“%(text)s” is not an amount in euros.": "“%(text)s” is geen bedrag in euro's.",
    "“%(text)s” can be read as two different amounts.": (
        "“%(text)s” kan als twee verschillende bedragen gelezen worden."
    ),
    "“%(text)s” is not a whole number of cents.": "“%(text)s” is geen heel aantal centen.",
    "“%(text)s” is more than we can hold.": "“%(text)s” is meer dan wij aankunnen.",
    "Write the amount in euros, such as 1250, 1.250,50 or 1.2 mln.": (
        "Schrijf het bedrag in euro's, zoals 1250, 1.250,50 of 1,2 mln."
    ),
    "The highest amount, %(max)s, is below the lowest, %(min)s.": (
        "Het hoogste bedrag, %(max)s, is lager dan het laagste, %(min)s."
    ),
    "Change one of the two amounts, or let them trade places.": (
        "Verander een van de twee bedragen, of wissel ze om."
    ),
    "“%(text)s” is not a region that we know.": "“%(text)s” is geen regio die wij kennen.",
    "Did you mean %(suggestions)s? A region is a province or a NUTS code.": (
        "Bedoel je %(suggestions)s? Een regio is een provincie of een NUTS-code."
    ),
    "Give a province, not a municipality, or a NUTS code such as NL31; “NL” is the whole country.": (
        "Geef een provincie, geen gemeente, of een NUTS-code zoals NL31; “NL” is het hele land."
    ),
    # The result
    "A sheet cannot hold the %(rows)s rows that there may be.": (
        "Een blad kan de %(rows)s rijen die er kunnen zijn niet bevatten."
    ),
    "Write to .csv, or ask for fewer offers with --top.": (
        "Schrijf naar .csv, of vraag met --top om minder aanbod."
    ),
    "A process that reads the texts was stopped, for want of memory perhaps.": (
        "Een proces dat de teksten leest is gestopt, misschien door gebrek aan geheugen."
    ),
    "What has been done could not be kept (%(reason)s).": (
        "Wat gedaan is kon niet bewaard worden (%(reason)s)."
    ),
    "Make room and run the same command again: it will go on from there.": (
        "Maak ruimte en geef dezelfde opdracht nog eens: het werk gaat dan verder."
    ),
    "Try again with --processes 1.": "Probeer het opnieuw met --processes 1.",
    # Progress
    "Reading the files": "Bestanden lezen",
    "Understanding the texts": "Teksten begrijpen",
    "Comparing needs and offers": "Vraag en aanbod vergelijken",
    # Summary
    "Needs: %(needs)s. Offers: %(offers)s.": "Vragen: %(needs)s. Aanbod: %(offers)s.",
    (
        "Left out, because of the other kind: %(offers)s offers among the needs, %(needs)s needs "
        "among the offers."
    ): (
        "Weggelaten, want van de andere soort: %(offers)s × aanbod bij de vragen, %(needs)s × vraag "
        "bij het aanbod."
    ),
    "Left out, because over by then: needs %(needs)s, offers %(offers)s.": (
        "Weggelaten, want dan voorbij: vragen %(needs)s, aanbod %(offers)s."
    ),
    "Cells that HTML was taken out of: %(count)s.": "Cellen waar HTML uit gehaald is: %(count)s.",
    "%(file)s: only the first sheet was read, “%(sheet)s”.": (
        "%(file)s: alleen het eerste blad is gelezen, “%(sheet)s”."
    ),
    "%(file)s: columns not used: %(columns)s.": "%(file)s: niet gebruikte kolommen: %(columns)s.",
    "Matches: %(matches)s, of which %(strong)s strong, %(good)s good and %(weak)s weak.": (
        "Matches: %(matches)s, waarvan %(strong)s sterk, %(good)s goed en %(weak)s zwak."
    ),
    "Needs without an offer: %(count)s (%(ids)s).": "Vragen zonder aanbod: %(count)s (%(ids)s).",
    "The commonest reason (%(times)s of %(count)s): %(reason)s.": (
        "De meest voorkomende reden (%(times)s van %(count)s): %(reason)s."
    ),
    "no offer in its market": "geen aanbod in de eigen markt",
    "of the same organisation": "van dezelfde organisatie",
    "another period": "een andere periode",
    "nothing in common under “%(term)s”": "niets gemeen bij “%(term)s”",
    "another area, where the need insists on its own": (
        "een ander gebied, waar de vraag het eigen gebied verplicht stelt"
    ),
    "another region, where the need insists on its own": (
        "een andere regio, waar de vraag de eigen regio verplicht stelt"
    ),
    "another amount": "een ander bedrag",
    "too few places": "te weinig plaatsen",
    "no offer that comes close enough": "geen aanbod dat er dicht genoeg bij komt",
    "Seats given: %(placed)s, after comparing %(pairs)s pairs in full.": (
        "Plaatsen gegeven: %(placed)s, na %(pairs)s paren volledig vergeleken te hebben."
    ),
    "The seats are divided within %(percent)s %% of the best possible.": (
        "De plaatsen zijn verdeeld tot op %(percent)s %% van het best mogelijke."
    ),
    # The page
    "Matches": "Matches",
    "Matches of needs and offers": "Matches van vraag en aanbod",
    "Matches by need, the best first; the parts add up to the score": (
        "Matches per vraag, de beste eerst; de delen tellen op tot de score"
    ),
    "Need": "Vraag",
    "Offer": "Aanbod",
    "Rank": "Rang",
    "Score": "Score",
    "Seats": "Plaatsen",
    "Strength": "Sterkte",
    "Why": "Waarom",
    "Parts of the score": "Delen van de score",
}
