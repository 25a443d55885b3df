"""Addresses short enough to be read over a telephone: /cg/seat/33/booth/125A/."""

from django.contrib import admin
from django.urls import include, path, register_converter

from campaign.views import account_steps, around, attention, people, places, schemes, trail
from campaign.views.consent import notice
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

in_state = [
    path("", places.state_page, name="state"),
    path("zone/<number:number>/", places.zone_page, name="zone"),
    path("zone/<number:number>/contacts/", places.contacts_page, name="contacts"),
    path("ls/<number:number>/", places.lok_sabha_page, name="lok_sabha_seat"),
    path("seat/<number:number>/", places.seat_page, name="seat"),
    path("seat/<number:number>/booth/<str:label>/", places.booth_page, name="booth"),
    path("districts/", places.districts_page, name="districts"),
    path("district/<slug:slug>/", places.district_page, name="district"),
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
    path("trail/", trail.trail_page, name="trail"),
    path("trail/<int:pk>/", trail.entry_page, name="trail_entry"),
    path("trail/affected/", trail.affected_page, name="trail_affected"),
    path("<state:code>/", include(in_state)),
]

handler400 = around.not_readable
handler404 = around.not_found
handler500 = around.broken
