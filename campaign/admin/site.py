"""The admin as a whole: who enters, by which door, and how it looks."""

import django_tasks_db.admin  # noqa: F401 it must have registered what is unregistered below
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import InvalidPage
from django.http import Http404
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse, reverse_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

from campaign import links
from campaign.views.sign_in import SignOut
from zones.admin import KeptAutocomplete, today
from zones.scope import Act, enters_data, may


def enters(request) -> bool:
    """Whether the user may enter the admin; one who is signed in and may not is told so."""
    user, on = request.user, today(request)
    if not user.is_authenticated:
        return False
    if enters_data(user, on):  # who only looks does so on the pages
        return True
    raise PermissionDenied


@login_not_required
def sign_in_as_everywhere(request, extra_context=None):
    """There is one sign-in page; the admin has none of its own."""
    wanted = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
    if request.user.is_authenticated:
        return redirect("admin:index")
    return redirect_to_login(wanted, settings.LOGIN_URL)


def to_own_password(request, extra_context=None):
    return redirect("account_change_password")


def item(title, icon: str, model: str, verb: str = "view", page: str = "changelist") -> dict:
    app, name = model.split(".")
    return {
        "title": title,
        "icon": icon,
        "link": reverse_lazy(f"admin:{app}_{name}_{page}"),
        "permission": lambda request: request.user.has_perm(f"{app}.{verb}_{name}"),
    }


def sidebar() -> list[dict]:
    """What one does daily first; what only the office writes is shown to the office."""
    return [
        {
            "title": "",
            "items": [
                {
                    "title": _("Progress"),
                    "icon": "monitoring",
                    "link": reverse_lazy("home"),
                    "permission": lambda request: True,
                }
            ],
        },
        {
            "title": _("Agents"),
            "items": [
                {
                    "title": _("Add agent"),
                    "icon": "person_add",
                    "link": reverse_lazy("admin:quick_entry"),
                    "permission": lambda request: may(request.user, Act.APPOINT, on=today(request)),
                },
                item(_("Appointments"), "how_to_reg", "booths.appointment"),
                item(_("Agents"), "group", "booths.agent"),
                item(
                    _("Agent list from a file"), "upload_file", "booths.agent", "import", "import"
                ),
            ],
        },
        {
            "title": _("Booths and teams"),
            "items": [
                item(_("Booths"), "how_to_vote", "booths.booth"),
                item(
                    _("Booth list from a file"), "upload_file", "booths.booth", "import", "import"
                ),
                item(_("Sectors"), "grid_view", "booths.sector"),
                item(_("Blocks"), "dashboard", "booths.block"),
                item(_("Team members"), "groups", "booths.teammember"),
                item(_("Uploaded lists"), "pending_actions", "booths.importjob"),
                item(_("Imports"), "history", "booths.importbatch"),
            ],
        },
        {
            "title": _("Campaign"),
            "items": [
                item(_("Review meetings"), "event", "campaign.reviewmeeting"),
                item(_("Decisions"), "gavel", "campaign.decision"),
                item(_("Directives"), "flag", "campaign.directive", "change"),
                item(_("Readings of directives"), "percent", "campaign.directivereading", "add"),
                item(_("Campaigns"), "campaign", "campaign.campaign", "change"),
                item(_("Seats contested"), "ballot", "campaign.seatcontest", "change"),
                item(_("Agents per booth"), "exposure_plus_1", "booths.agentneed", "change"),
                item(_("BLA-1 authorisations"), "draw", "booths.blaauthorisation", "change"),
                item(_("Posts in teams"), "badge", "booths.post", "change"),
            ],
        },
        {
            "title": _("People and places"),
            "items": [
                {
                    "title": _("Post people, hand over links"),
                    "icon": "manage_accounts",
                    "link": reverse_lazy("people"),
                    "permission": lambda request: may(
                        request.user, Act.MANAGE_USERS, on=today(request)
                    ),
                },
                item(_("Users"), "person", "zones.user"),
                item(_("Postings"), "assignment_ind", "zones.posting"),
                {
                    "title": _("Audit trail"),
                    "icon": "manage_search",
                    "link": reverse_lazy("trail"),
                    "permission": lambda request: request.user.has_perm("zones.view_user"),
                },
                item(_("Assembly seats"), "location_on", "zones.assemblyseat", "change"),
                item(_("Lok Sabha seats"), "map", "zones.loksabhaseat", "change"),
                item(_("Districts"), "location_city", "zones.district", "change"),
                item(_("Zones"), "hub", "zones.zone", "change"),
                item(_("Zone schemes"), "schema", "zones.zonescheme", "change"),
                item(_("State"), "flag_circle", "zones.state", "change"),
            ],
        },
    ]


def menu(request) -> list[dict]:
    """The groups with what the user may open, and where they are."""
    groups = [
        {**group, "items": [one for one in group["items"] if one["permission"](request)]}
        for group in sidebar()
    ]
    shown = [one for group in groups for one in group["items"]]
    links = [str(one["link"]) for one in shown if request.path.startswith(str(one["link"]))]
    here = max(links, key=len)
    for one in shown:
        one |= {"has_permission": True, "active": str(one["link"]) == here != reverse("home")}
    return [group for group in groups if group["items"]]


def dressed(context: dict, request) -> dict:
    """The context of every admin page, with our menu, colour and languages."""
    context["sidebar_navigation"] = menu(request)
    # The library would write its colours into the page; they stand in a style sheet of ours.
    context["colors"] = {}
    context["styles"] = [*context["styles"], links.accent_address()]
    context["theme"] = "light"
    context["site_symbol"] = "how_to_vote"
    context["site_favicons"] = [
        {"rel": "icon", "href": static("logo.svg"), "type": "image/svg+xml"}
    ]
    context["languages_action"] = reverse("language")
    context["show_languages"] = True
    context["languages_list"] = [
        {"code": code, "name_local": name}
        for code, name in settings.LANGUAGES
        if code != get_language()
    ]
    context["redirect_to"] = request.get_full_path()
    return context


def words_of_scripts(request, extra_context=None):
    """The texts of the calendar and other scripts; the library's own view leaves ours out."""
    return JavaScriptCatalog.as_view()(request)


library_search = admin.site.search


def search(request, extra_context=None):
    """The library's search, which does not expect a page that is none."""
    try:
        return library_search(request, extra_context)
    except InvalidPage:
        raise Http404 from None


def autocomplete(request):
    return KeptAutocomplete.as_view(admin_site=admin.site)(request)


# What libraries register is not scoped; the pages of an account show what its owner needs of it.
OURS = {"zones", "booths", "campaign"}
for model in [model for model in admin.site._registry if model._meta.app_label not in OURS]:
    admin.site.unregister(model)

admin.site.has_permission = enters
admin.site.search = search
admin.site.autocomplete_view = autocomplete
admin.site.i18n_javascript = words_of_scripts
admin.site.login = sign_in_as_everywhere
admin.site.logout = SignOut.as_view()
admin.site.password_change = admin.site.password_change_done = to_own_password
admin.site.extra_context = dressed
admin.site.index_title = _("What would you like to do?")
admin.site.empty_value_display = "-"
