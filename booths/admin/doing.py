"""The page between choosing an act and doing it: what it is about, what it asks, two buttons."""

from django.contrib.admin import helpers
from django.template.response import TemplateResponse

from zones.models import Look
from zones.trail import looks

SHOWN = 8


def doing_page(model_admin, request, form, *, title, action="", rows=(), about="", back=""):
    """For an action of a list, `rows` are the chosen ones and `action` its name; they are posted
    again together with the form, and whom the page names is recorded."""
    rows = rows[:SHOWN] if action else []
    looks.keep(request, Look.What.LIST, **looks.people_in(rows))
    chosen = request.POST.getlist(helpers.ACTION_CHECKBOX_NAME)
    return TemplateResponse(
        request,
        "admin/doing.html",
        {
            **model_admin.admin_site.each_context(request),
            "media": model_admin.media + form.media,
            "title": title,
            "form": form,
            "action": action,
            "chosen": chosen,
            "select_across": request.POST.get("select_across", "0"),
            "rows": [model_admin.label(row) for row in rows],
            "more": max(len(chosen) - SHOWN, 0),
            "about": about,
            "back": back,
        },
    )
