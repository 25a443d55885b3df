"""Addresses short enough to be read over a telephone: /cg/seat/33/booth/125A/."""

from django.contrib import admin
from django.urls import include, path, register_converter

from campaign.views import (
    account_steps,
    around,
    attention,
    directives,
    meetings,
    people,
    places,
    prints,
    schemes,
    search,
    sectors,
    teams,
    trail,
)
from campaign.views.consent import notice
from campaign.views.offline import offline_page, offline_worker
from campaign.views.slips import slips
from campaign.views.staff_file import staff_file
from campaign.views.welcome import Welcome


class StateCode:
    regex = "[A-Za-z]{2,4}"
    to_python = to_url = staticmethod(str)


class Number:
    regex = "[0-9]{1,4}"
    to_python = staticmethod(int)
    to_url = staticmethod(str)


register_converter(StateCode, "state")
register_converter(Number, "number")

meeting = [
    path("", meetings.meeting_page, name="meeting"),
    path("sheet/", meetings.sheet, name="meeting_sheet"),
    path("edit/", meetings.edit, name="edit_meeting"),
    path("hold/", meetings.hold, name="hold_meeting"),
    path("promises/new/", meetings.promise, name="promise"),
    path("decisions/new/", meetings.decide, name="decide"),
    path("decisions/<int:pk>/", meetings.settle, name="settle"),
]

in_state = [
    path("", places.state_page, name="state"),
    path("zone/<number:number>/", places.zone_page, name="zone"),
    path("zone/<number:number>/contacts/", places.contacts_page, name="contacts"),
    path("ls/<number:number>/", places.lok_sabha_page, name="lok_sabha_seat"),
    path("seat/<number:number>/", places.seat_page, name="seat"),
    path("seat/<number:number>/booth/<str:label>/", places.booth_page, name="booth"),
    path("zone/<number:number>/summary/", prints.zone_summary, name="zone_summary"),
    path("seat/<number:number>/rosters/", prints.rosters, name="rosters"),
    path("seat/<number:number>/letters/", prints.letters, name="letters"),
    path("seat/<number:number>/bla-2/", prints.bla_forms, name="bla_forms"),
    path(
        "seat/<number:number>/sector/<int:sector>/roster/",
        prints.sector_roster,
        name="sector_roster",
    ),
    path(
        "seat/<number:number>/booth/<str:label>/letter/", prints.booth_letter, name="booth_letter"
    ),
    path(
        "seat/<number:number>/booth/<str:label>/bla-2/", prints.booth_bla_form, name="booth_bla_2"
    ),
    path("zone/<number:number>/team/", teams.zone_team, name="zone_team"),
    path("seat/<number:number>/teams/", teams.seat_teams, name="seat_teams"),
    path("seat/<number:number>/sector/<int:pk>/team/", teams.sector_team, name="sector_team"),
    path("seat/<number:number>/block/<int:pk>/team/", teams.block_team, name="block_team"),
    path("seat/<number:number>/sectors/", sectors.draw_sectors, name="draw_sectors"),
    path("member/<int:pk>/end/", teams.end_membership, name="end_membership"),
    path("districts/", places.districts_page, name="districts"),
    path("district/<slug:slug>/", places.district_page, name="district"),
    path("directives/", directives.directives_page, name="directives"),
    path("directive/<number:number>/", directives.directive_page, name="directive"),
    path("directive/<number:number>/readings/", directives.readings, name="readings"),
    path("reviews/", meetings.meetings_page, name="reviews"),
    path("reviews/new/", meetings.new_meeting, name="new_meeting"),
    path("reviews/<number:number>/", include(meeting), {"kind": "review"}),
    path("meetings/<slug:kind>/<number:number>/", include(meeting)),
    path("search/", search.search_page, name="search"),
    path("attention/", attention.attention_page, name="attention"),
    path("schemes/", schemes.schemes_page, name="schemes"),
    path("schemes/new/", schemes.new_scheme, name="new_scheme"),
    path("schemes/<int:pk>/", schemes.scheme_page, name="scheme"),
]

office = [
    path("", people.people_page, name="people"),
    path("new/", people.new_person, name="new_person"),
    path("file/", staff_file, name="staff_file"),
    path("slips/", slips, name="slips"),
    path("<int:pk>/", people.person_page, name="person"),
    path("<int:pk>/edit/", people.edit_person, name="edit_person"),
    path("<int:pk>/link/", account_steps.new_link, name="new_link"),
    path("<int:pk>/post/", people.add_posting, name="add_posting"),
    path("<int:pk>/postings/<int:posting>/move/", people.move_posting, name="move_posting"),
    path("<int:pk>/postings/<int:posting>/end/", people.end_posting, name="end_posting"),
    path("<int:pk>/do/<slug:step>/", account_steps.account_step, name="account_step"),
]

urlpatterns = [
    path("", around.home, name="home"),
    path("admin/", admin.site.urls),
    path("api/v1/", include("campaign.api.urls")),
    path("welcome/<str:uidb64>/<str:token>/", Welcome.as_view(), name="welcome"),
    path("people/", include(office)),
    path("", include("campaign.sign_in.urls")),
    path("language/", around.language, name="language"),
    path("consent/", notice, name="consent"),
    path("consent/<str:version>/", notice, name="consent_version"),
    path("theme.css", around.theme, name="theme"),
    path("map/<slug:digest>.svg", around.map_shapes, name="map_shapes"),
    path("offline/", offline_page, name="offline"),
    path("offline/sent/", offline_page, {"was_sent": True}, name="offline_sent"),
    path("offline.js", offline_worker, name="offline_worker"),
    path("components/", around.component_page, name="components"),
    path("trail/", trail.trail_page, name="trail"),
    path("trail/<int:pk>/", trail.entry_page, name="trail_entry"),
    path("trail/affected/", trail.affected_page, name="trail_affected"),
    path("<state:code>/", include(in_state)),
]

handler400 = around.not_readable
handler404 = around.not_found
handler500 = around.broken
