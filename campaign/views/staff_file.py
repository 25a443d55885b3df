"""District staff from a file: upload, preview, confirm. Between the two steps the rows lie in the
page, signed for who uploaded them; nothing is kept here."""

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from campaign.people_forms import StaffListForm, refuse
from campaign.staff_files import rows_of
from campaign.views.desk import Desk, of_office
from zones import staff_import
from zones.models import State
from zones.scope import Act, areas_served
from zones.staff_import import Plan
from zones.trail import keeping

WAITS = 3600  # seconds from the preview to the confirmation
SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@of_office
def staff_file(desk: Desk) -> HttpResponse:
    if "rows" in desk.request.POST:
        return _confirmed(desk)
    form = StaffListForm(desk.request.POST or None, desk.request.FILES or None, **desk.now)
    if form.is_valid():
        try:
            file = form.cleaned_data["file"]
            return _preview(desk, rows_of(file.read()), form.cleaned_data["state"], file.name)
        except ValidationError as error:
            refuse(form, ValidationError({"file": error.messages}))
    return desk.page("file.html", form=form)


def _preview(desk: Desk, rows, state: State, name: str, refusal: str = "") -> HttpResponse:
    plan = staff_import.plan(rows, state=state, **desk.now)
    kept = {"rows": rows, "state": state.pk, "name": name, "fingerprint": plan.fingerprint}
    return desk.page(
        "file_preview.html",
        plan=plan,
        counts=plan.counts,
        faulty=plan.faulty[:SHOWN],
        changing=plan.changing[:SHOWN],
        shown=SHOWN,
        refusal=refusal,
        rows=signing.dumps(kept, salt=_salt(desk), compress=True),
    )


def _salt(desk: Desk) -> str:
    return f"staff-list-{desk.user.pk}"


def _confirmed(desk: Desk) -> HttpResponse:
    try:
        kept = signing.loads(desk.request.POST["rows"], salt=_salt(desk), max_age=WAITS)
    except signing.BadSignature:
        messages.error(desk.request, _("The file is no longer here. Upload it again."))
        return redirect("staff_file")
    states = State.objects.filter(areas_served(desk.user, Act.MANAGE_USERS, desk.today, State))
    state = states.filter(pk=kept["state"]).first()
    if state is None:
        return redirect("staff_file")
    rows, fingerprint = kept["rows"], kept["fingerprint"]
    try:
        with keeping.acting(why=kept["name"]):
            plan = staff_import.carry_out(rows, fingerprint=fingerprint, state=state, **desk.now)
    except ValidationError as error:
        return _preview(desk, rows, state, kept["name"], " ".join(error.messages))
    messages.success(desk.request, _said(plan))
    return redirect("slips" if plan.counts["new"] else "people")


def _said(plan: Plan) -> str:
    new, posted = plan.counts["new"], plan.counts["posted"]
    accounts = ngettext("%(count)d row was new.", "%(count)d rows were new.", new)
    postings = ngettext(
        "%(count)d row of somebody known gave a posting.",
        "%(count)d rows of people known gave a posting.",
        posted,
    )
    return f"{accounts % {'count': new}} {postings % {'count': posted}}"
