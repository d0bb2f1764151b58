"""Where texts come into `dataspace`: forms, and verbs."""

from typing import Any

from django import forms

from katalysator.dataspace.agreements import verbs as agreement_verbs
from katalysator.dataspace.agreements.forms import EndForm, RenewForm, SignForm
from katalysator.dataspace.canvas.forms import OfferForm, SharingModelForm
from katalysator.dataspace.canvas.steps import STEPS, CanvasForm
from katalysator.dataspace.catalogues.forms import DataAskForm
from katalysator.dataspace.catalogues.reading import CatalogueEntry
from katalysator.dataspace.catalogues.terms import TermsFields
from katalysator.dataspace.connectors import verbs as connector_verbs
from katalysator.dataspace.connectors.forms import PartnerForm
from katalysator.dataspace.connectors.partner_facts import PartnerFacts
from katalysator.dataspace.datasets import verbs as dataset_verbs
from katalysator.dataspace.datasets.forms import DatasetForm, VersionForm
from katalysator.dataspace.datasets.records import DatasetRecord
from katalysator.dataspace.delivery.forms import DataSourceForm
from katalysator.dataspace.harvest.forms import EverywhereForm, HarvestSourceForm
from katalysator.dataspace.models import Connector, Negotiation
from katalysator.dataspace.processes.forms import SayForm, SayTermsForm, SayWhyForm
from katalysator.dataspace.processes.verbs import decide
from katalysator.dataspace.protocol.sending import settle
from tests import builders
from tests.attack.doors import Door
from tests.attack.holding import dealing_of
from tests.dataspace.agreed import agreed
from tests.dataspace.world import connector, manager


def forms_of_the_room() -> dict[type, list[forms.BaseForm]]:
    person = builders.person(is_coordinator=True)
    return {
        DatasetForm: [DatasetForm(connectors=Connector.objects.none())],
        VersionForm: [VersionForm(needs_file=True)],
        PartnerForm: [PartnerForm()],
        DataSourceForm: [DataSourceForm()],
        CanvasForm: [],  # those of its steps follow
        **{each.form: [each.form()] for each in STEPS.values()},
        SharingModelForm: [],  # it has no text
        OfferForm: [OfferForm()],
        SignForm: [SignForm()],
        EndForm: [EndForm()],
        RenewForm: [],  # a day
        HarvestSourceForm: [HarvestSourceForm(person=person)],
        EverywhereForm: [EverywhereForm(person=person)],
        TermsFields: [TermsFields()],
        **{
            each: [each(process=Negotiation(offer={}))]
            for each in (SayForm, SayWhyForm, SayTermsForm)
        },
        DataAskForm: [DataAskForm(found=CatalogueEntry("urn:x", "x", "", (), (), 0), asker="x")],
    }


def _describe_data(text: str) -> Any:
    said = DatasetRecord(title=text, text=text, creator=text, contact_name=text, keywords=(text,))
    return dataset_verbs.save_dataset(connector(), said, by=builders.HOUSE)


def _give_data(text: str) -> Any:
    row = _describe_data("Metingen")
    return dataset_verbs.note_version(row, by=builders.HOUSE, version=text, notes=text)


def _know_elsewhere(text: str) -> Any:
    facts = PartnerFacts("did:web:x.example", text, "https://x.example/")
    return connector_verbs.add_partner(connector(), by=builders.HOUSE, facts=facts)


def _end_agreement(text: str) -> Any:
    return agreement_verbs.end(agreed()[0], text, by=builders.HOUSE)


def _sign_agreement(text: str) -> Any:
    holder, _user = agreed()
    by = manager(holder.connector)
    return agreement_verbs.sign(holder, by=by, name=text, function=text)


def _say_no_to_data(text: str) -> Any:
    row = Negotiation.objects.get(pk=dealing_of(builders.organisation())["negotiation"])
    decide(row, "termination", by=builders.HOUSE, reason=text)
    row.refresh_from_db()
    settle(row)
    return row


DOORS = [
    Door(_describe_data, "title text creator contact_name keywords", needed=True, too_long=300),
    Door(_give_data, "number notes", too_long=100),
    Door(_know_elsewhere, "name", needed=True, too_long=200),
    Door(_end_agreement, "end_reason", needed=True, too_long=600),
    Door(_sign_agreement, "name function", needed=True, too_long=200),
    Door(_say_no_to_data, "reason"),
]
