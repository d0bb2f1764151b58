"""Did you mean: other words for those of a query that stand in nothing that the asker may see.

What is proposed stands in texts that everybody may read, or is a label of the thesaurus; and it stands now in
something that the asker may see. A compound is mended by words of the dictionary and of labels alone. So nobody learns what is in a text from what is proposed.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.search import SearchQuery
from django.db import connection, transaction
from django.db.models import Model, Q, Value
from django.db.models.functions import Length

from katalysator.activities.models import Activity
from katalysator.coalition.models import Organisation, Person
from katalysator.engine.search import (
    Sought,
    compound_meant_by,
    first_letters,
    is_in_dictionary,
    label_words,
    labels_near,
    meant_by,
    mended,
    reach,
    words_of,
)
from katalysator.knowledge.models import KnowledgeItem
from katalysator.listings.models import Listing
from katalysator.questions.models import Question
from katalysator.readings.models import PublicWord
from katalysator.site.search.results import searched

_MOST: Final = 3  # words of a query that are looked after
_FAR_MORE: Final = 20  # times as many texts have a word as have another way to write it
_LABEL: Final = 5  # texts that a label of the thesaurus counts for
_AT_ONCE: Final = 5_000
_CONFIGS: Final = ("dutch", "english")
_ONE_STEM: Final = " OR ".join(
    f"to_tsvector('{each}', %(word)s) = to_tsvector('{each}', %(other)s)" for each in _CONFIGS
).join(("SELECT ", ""))
_TEXTS: Final[Mapping[type[Model], Sequence[str]]] = {
    Listing: ("title", "text"),
    KnowledgeItem: ("title", "text"),
    Activity: ("title", "text", "outcome", "lessons"),
    Question: ("title", "text"),
    Organisation: ("name", "about__nl", "about__en"),
}
"""In which words there are to be proposed; people and papers give none."""


def did_you_mean(query: Sought, seen_by: Person | AnonymousUser) -> str | None:
    """The query with other words for those that are misspelt; None where all may be right.

    Misspelt is what is in no dictionary and no label of the thesaurus, and stands in nothing that the asker may see or is
    nearly always written otherwise, where what is meant is near. Cost: nothing for words of a
    dictionary or a label; for each other word one query, and three more where it may be misspelt.
    """
    labels = label_words(query.thesaurus)
    words = dict.fromkeys(words_of(query.text))
    doubtful = [each for each in words if each not in labels and not is_in_dictionary(each)][:_MOST]
    meant = {each: _meant(each, query, seen_by) for each in doubtful}
    others = {word: other for word, other in meant.items() if other}
    return mended(query.text, others) if others else None


def renew_words() -> int:
    """Count the words of all texts that everybody may read again; returns how many there are. Cost: one pass."""
    counted = Counter[str]()
    for table, records in searched(AnonymousUser()).items():
        if table in _TEXTS:
            rows = records.order_by().values_list(*_TEXTS[table])
            for row in rows.iterator(chunk_size=_AT_ONCE):
                counted.update(set(words_of("\n".join(filter(None, row)))))
    with transaction.atomic():
        PublicWord.objects.all().delete()
        made = (PublicWord(word=word, texts=texts) for word, texts in counted.items())
        PublicWord.objects.bulk_create(made, batch_size=_AT_ONCE)
    return len(counted)


def _meant(word: str, query: Sought, seen_by: Person | AnonymousUser) -> str | None:
    """What is meant by a word; None where it may be right."""
    near, labels = dict(_near(word)), labels_near(word, query.thesaurus)
    texts = near.pop(word, 0)
    near |= {each: near.get(each, 0) + _LABEL for each in labels}
    found = meant_by(word, near)
    if found is None:
        by_parts = None if texts else compound_meant_by(word, query.thesaurus)
        return by_parts if by_parts and _is_nowhere(word, by_parts, seen_by) else None
    is_misspelt = near[found] >= _FAR_MORE * texts if texts else _is_nowhere(word, found, seen_by)
    is_known = found in labels or _stands(found, seen_by)
    return found if is_misspelt and is_known else None


def _is_nowhere(word: str, other: str, seen_by: Person | AnonymousUser) -> bool:
    """Whether a word stands in nothing that the asker may see, where another does not pass for it."""
    return _pass_for_forms(word, other) or not _stands(word, seen_by)


def _near(word: str) -> Iterator[tuple[str, int]]:
    """The word itself and others of public texts that begin alike and are about as long, with the number of their texts."""
    begins = reduce(or_, (Q(word__startswith=letter) for letter in first_letters(word)))
    least, most = len(word) - reach(word), len(word) + reach(word)
    rows = PublicWord.objects.alias(size=Length("word")).filter(
        begins, size__gte=least, size__lte=most
    )
    yield from rows.values_list("word", "texts")


def _pass_for_forms(word: str, other: str) -> bool:
    """Whether the database takes two words for forms of one, which they are not: where one stands, it says that the other does."""
    if word.startswith(other) or other.startswith(word):
        return False
    with connection.cursor() as cursor:
        cursor.execute(_ONE_STEM, {"word": word, "other": other})
        return bool(cursor.fetchone()[0])


def _stands(word: str, seen_by: Person | AnonymousUser) -> bool:
    """Whether a word stands, in some form, in anything that a person may see. Cost: one query, which ends at the first."""
    dutch, english = (SearchQuery(word, config=each) for each in _CONFIGS)
    having = [
        records.filter(search=dutch | english).order_by() for records in searched(seen_by).values()
    ]
    first, *others = (each.values_list(Value(1))[:1] for each in having)
    return bool(list(first.union(*others, all=True)[:1]))
