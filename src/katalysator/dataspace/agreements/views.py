"""Pages of agreements, for both parties: the list, the text with who signed it, what can be done, and both downloads."""

import json
from collections.abc import Callable
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.coalition.models import Membership, PersonRequest
from katalysator.core.downloads import as_file
from katalysator.core.forms import carried_out, done, form_page
from katalysator.dataspace.agreements import verbs
from katalysator.dataspace.agreements.forms import EndForm, RenewForm, SignForm
from katalysator.dataspace.agreements.library import spoken_of
from katalysator.dataspace.agreements.queries import counterpart, text_of
from katalysator.dataspace.agreements.showing import AgreementRow, agreement_rows, signed_lines
from katalysator.dataspace.canvas.wording import terms_in_words
from katalysator.dataspace.catalogues.asking import asking_address
from katalysator.dataspace.models import Agreement, AgreementText
from katalysator.dataspace.processes.parties import titles_of
from katalysator.dataspace.processes.shown import ToldVerdict, unmet
from katalysator.dataspace.protocol.machines import ProtocolRole

PAGE: Final = 30
_writing = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@login_required
@require_safe
def agreement_list(request: PersonRequest) -> HttpResponse:
    """The agreements of the organisations that one manages."""
    found = Agreement.objects.visible_to(request.user).counting()
    rows = found.select_related("connector__organisation", "negotiation")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": agreement_rows(list(page.object_list))}
    return render(request, "dataspace/agreements/list.html", context)


@never_cache
@login_required
@require_safe
def agreement(request: PersonRequest, pk: int) -> HttpResponse:
    """An agreement: its terms in words, its text, who signed it, and what can be done with it."""
    found = _seen(request, pk)
    text = text_of(found)
    (row,) = agreement_rows([found])
    can = _what_can_be_done(found, text, row)
    context = {
        "agreement": found,
        "row": row,
        "lines": terms_in_words(found.policy),
        "text": text,
        "signed": signed_lines(text) if text else [],
        "can": can,
        "sign_form": _sign_form(request, found) if can["sign"] else None,
        "button": _("Sign"),
        "warns": None if row.is_over else unmet(found),
        "ask_again": asking_address(found.connector, found.partner_id, found.dataset_key),
        "renewals": found.renewals.select_related("agreement").order_by("-pk"),
        **(_articles(text) if text else {}),
    }
    return render(request, "dataspace/agreements/agreement.html", context)


@never_cache
@login_required
@_writing
def agreement_sign(request: PersonRequest, pk: int) -> HttpResponse:
    """Sign the text of an agreement for one's organisation."""
    found = _seen(request, pk)
    form = _sign_form(request, found)

    def sign() -> Any:
        said = form.cleaned_data
        return verbs.sign(found, by=request.user, name=said["name"], function=said["function"])

    about = _("You sign the text as it stands on its page. Its number shows every later change.")
    return _deed_page(
        request,
        found,
        form,
        sign,
        _("Sign the agreement"),
        _("Sign"),
        about,
        _("Signed."),
        unmet(found),
    )


def _sign_form(request: PersonRequest, found: Agreement) -> SignForm:
    """The form to sign with, with who one is in the organisation. Cost: a query."""
    own = Membership.objects.filter(person=request.user, organisation=found.connector.organisation)
    membership = own.first()
    initial = {"name": membership.name, "function": membership.function} if membership else {}
    return SignForm(request.POST or None, initial=initial)


@login_required
@require_POST
def agreement_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Take the signature of one's organisation back."""
    found = _seen(request, pk)
    done(
        request,
        lambda: verbs.withdraw(found, by=request.user),
        _("Your organisation has not signed any more."),
    )
    return redirect("agreement", pk)


@never_cache
@login_required
@_writing
def agreement_end(request: PersonRequest, pk: int) -> HttpResponse:
    """End an agreement."""
    found = _seen(request, pk)
    form = EndForm(request.POST or None)

    def end() -> Any:
        return verbs.end(found, form.cleaned_data["reason"], by=request.user)

    about = _(
        "No more data goes from now on. For what was fetched already, the terms go on counting."
    )
    if counterpart(found) is None:
        beside = _("Tell the other party yourself: the protocol has no message for it.")
        about = f"{about} {beside}"
    return _deed_page(
        request,
        found,
        form,
        end,
        _("End the agreement"),
        _("End the agreement"),
        about,
        _("It has ended."),
    )


@never_cache
@login_required
@_writing
def agreement_renew(request: PersonRequest, pk: int) -> HttpResponse:
    """Offer the other party to renew an agreement."""
    found = _seen(request, pk)
    form = RenewForm(request.POST or None)

    def renew() -> Any:
        return verbs.renew(found, form.cleaned_data["until"], by=request.user)

    about = _("The other party gets the same terms until another day, and says yes or no.")
    said = _("Offered. The new agreement counts once the other party has accepted it.")
    return _deed_page(
        request, found, form, renew, _("Renew the agreement"), _("Offer it"), about, said
    )


@never_cache
@login_required
@require_safe
def agreement_pdf(request: PersonRequest, pk: int) -> HttpResponse:
    """The text as a PDF, in the language of the page."""
    from katalysator.dataspace.agreements.paper import as_pdf  # letters of fonts: only who asks

    text = _text(_seen(request, pk))
    body = as_pdf(text, _language(text))
    return as_file(HttpResponse(body, content_type="application/pdf"), f"agreement-{pk}.pdf")


@never_cache
@login_required
@require_safe
def agreement_json(request: PersonRequest, pk: int) -> HttpResponse:
    """The text as machines read it, with its digest and who signed it."""
    text = _text(_seen(request, pk))
    signed = [
        {
            "role": each.role,
            "name": each.name or None,
            "function": each.function or None,
            "by_connector": each.is_by_connector,
            "at": each.at.isoformat(),
        }
        for each in text.signatures.all()
    ]
    told = {"document": text.document, "sha256": text.sha256, "signatures": signed}
    body = json.dumps(told, ensure_ascii=False, indent=1)
    return as_file(HttpResponse(body, content_type="application/json"), f"agreement-{pk}.json")


def _deed_page(
    request: PersonRequest,
    found: Agreement,
    form: Any,
    do: Callable[[], Any],
    title: str,
    button: str,
    about: str,
    said: str,
    warns: ToldVerdict | None = None,
) -> HttpResponse:
    if carried_out(request, form, do, said):
        return redirect("agreement", found.pk)
    context = {
        "agreement": found,
        "title": title,
        "button": button,
        "about": about,
        "warns": warns,
        "subject": titles_of([found.negotiation])[found.negotiation_id],
    }
    return form_page(request, "dataspace/agreements/deed.html", form, **context)


def _what_can_be_done(
    found: Agreement, text: AgreementText | None, row: AgreementRow
) -> dict[str, bool]:
    """Which buttons there are."""
    signed = {each.role for each in text.signatures.all()} if text else set()
    can_sign = text is not None and text.can_be_signed
    stands = found.ended_at is None
    return {
        "sign": stands and can_sign and found.role not in signed,
        "withdraw": stands and signed == {found.role},
        "end": stands,
        "renew": found.role == ProtocolRole.PROVIDER
        and row.ends_at is not None
        and row.step not in ("sign", "other-signs"),
    }


def _articles(text: AgreementText) -> dict[str, Any]:
    language = _language(text)
    return {"articles": text.document["texts"][language], "articles_language": language}


def _language(text: AgreementText) -> str:
    """The language of the page, where the text is in it; else the one that counts."""
    return spoken_of(str(text.document["language"]))


def _text(found: Agreement) -> AgreementText:
    text = text_of(found)
    if text is None:
        raise Http404
    return text


def _seen(request: PersonRequest, pk: int) -> Agreement:
    mine = Agreement.objects.visible_to(request.user).counting()
    rows = mine.select_related("connector__organisation", "negotiation__connector__organisation")
    found: Agreement = get_object_or_404(rows, pk=pk)
    return found
