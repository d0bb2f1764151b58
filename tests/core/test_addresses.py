"""Addresses are those of Django, in the language of who asks."""

from django.test import override_settings
from django.urls import reverse, set_script_prefix
from django.utils.translation import override

from katalysator.core.addresses import address


def test_each_language_has_its_own_whichever_was_asked_for_first() -> None:
    for language in ("nl", "en", "nl"):
        with override(language):
            assert (
                address("listing", 7) == reverse("listing", args=[7]) == f"/{language}/listings/7/"
            )


def test_where_the_house_stands_under_another_address_it_is_there() -> None:
    try:
        with override("en"), override_settings(FORCE_SCRIPT_NAME="/under"):
            before = address("home")
            set_script_prefix("/under/")
            assert (before, address("home")) == ("/en/", "/under/en/")
    finally:
        set_script_prefix("/")


def test_each_record_has_its_own() -> None:
    pages = (("listing", 1), ("listing", 10**17), ("knowledge-file", 3, 4), ("group", "een-groep"))
    with override("nl"):
        for page, *of in pages * 2:
            assert address(page, *of) == reverse(page, args=of)
