"""The pages on which the bureau rules who proposes to whom, and keeps two organisations apart."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from katalysator.coalition.models import PersonRequest
from katalysator.core.actors import permits
from katalysator.core.forms import carried_out, done, form_page
from katalysator.introductions.meeting_rules import verbs
from katalysator.introductions.meeting_rules.forms import KeptApartForm, MeetingRuleForm
from katalysator.introductions.meeting_rules.stopping import stopped_by
from katalysator.introductions.models import KeptApart, MeetingRule
from katalysator.introductions.workflow import RULE


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_rules(request: PersonRequest) -> HttpResponse:
    """The rules, what each stops now, and the form for one more."""
    if not permits(request.user, RULE):
        raise PermissionDenied
    form = MeetingRuleForm(request.POST or None)

    def do() -> MeetingRule:
        return verbs.rule_out(by=request.user, **form.cleaned_data)

    if carried_out(request, form, do, said=_("Ruled. It holds for what is proposed from now on.")):
        return redirect("meeting-rules")
    rules = stopped_by(MeetingRule.objects.visible_to(request.user).with_groups())
    return form_page(request, "introductions/meeting_rules.html", form, rules=rules)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def kept_apart(request: PersonRequest) -> HttpResponse:
    """Who is kept apart until when, and the form for two more."""
    if not permits(request.user, RULE):
        raise PermissionDenied
    form = KeptApartForm(request.POST or None)

    def do() -> KeptApart:
        until = form.cleaned_data["until"]
        return verbs.keep_apart(*form.both(), by=request.user, until=until)

    if carried_out(request, form, do, said=_("They are kept apart until that day.")):
        return redirect("kept-apart")
    found = KeptApart.objects.visible_to(request.user).now()
    rows = found.select_related("organisation", "other")
    return form_page(request, "introductions/kept_apart.html", form, kept=rows)


@login_required
@require_POST
def let_meet(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep two apart no more."""
    if not permits(request.user, RULE):
        raise PermissionDenied
    kept = get_object_or_404(KeptApart.objects.visible_to(request.user), pk=pk)
    done(request, lambda: verbs.let_meet(kept, by=request.user), _("They may be introduced again."))
    return redirect("kept-apart")


@login_required
@require_POST
def drop_rule(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a rule away."""
    if not permits(request.user, RULE):
        raise PermissionDenied
    rule = get_object_or_404(MeetingRule.objects.visible_to(request.user), pk=pk)
    done(request, lambda: verbs.drop_rule(rule, by=request.user), _("The rule is gone."))
    return redirect("meeting-rules")
