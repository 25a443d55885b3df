"""Quick entry: one agent, one form, one POST."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from booths import lifecycle
from booths.models import Agent, Appointment
from tests.admin_world import make_listed_booth, make_world, messages_of, signed_in
from tests.makers import make_assembly_seat, make_posting

pytestmark = pytest.mark.django_db
PATH = "/admin/booths/agent/quick/"


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def vacant(world):
    seat = world.here.assembly_seat
    return make_listed_booth(125, "A", seat=seat, name_hi="प्राथमिक शाला देवगढ़")


def enter(client, seat, booth="125A", follow=True, **fields):
    token = client.get(PATH).context["form"]["token"].value()
    posted = {"seat": seat.pk, "booth": booth, "name": "सीता बाई", "token": token}
    posted |= {"day": f"{timezone.localdate():%d/%m/%Y}", "consent": "paper"}
    return client.post(PATH, posted | fields, follow=follow)


def test_it_has_a_short_address():
    assert reverse("admin:quick_entry") == PATH


@pytest.mark.parametrize("written", ["125A", "125-A", "125a", "१२५क", " 125 (A) "])
def test_one_post_enrols_and_appoints_whatever_way_the_number_is_written(world, vacant, written):
    client = signed_in(world.staff)
    response = enter(client, vacant.assembly_seat, written, mobile="+91 58765 00000")
    made = Appointment.objects.get(booth=vacant)
    assert (made.agent.name, made.agent.mobile) == ("सीता बाई", "5876500000")
    assert (made.status, made.appointed_on) == ("appointed", timezone.localdate())
    said = messages_of(response)[0]
    assert "125A प्राथमिक शाला देवगढ़" in said
    assert "सीता बाई" in said
    assert made.agent.code in said
    assert reverse("admin:booths_appointment_change", args=[made.pk]) in said


def test_the_seat_stays_for_the_next_entry_and_the_booth_number_has_the_focus(world, vacant):
    client = signed_in(world.staff)
    make_posting(world.staff, "district_staff", make_assembly_seat(62))
    form = client.get(PATH).context["form"]
    assert form["seat"].value() is None
    assert form.fields["seat"].widget.attrs.get("autofocus")
    response = enter(client, vacant.assembly_seat)
    form = response.context["form"]
    assert (form["seat"].value(), form["booth"].value()) == (vacant.assembly_seat.pk, "")
    assert form.fields["booth"].widget.attrs.get("autofocus")
    assert client.get(PATH).context["form"]["seat"].value() == vacant.assembly_seat.pk


def test_a_link_brings_seat_and_booth(world, vacant):
    client = signed_in(world.office)
    form = client.get(PATH, {"seat": 62, "booth": "2"}).context["form"]
    assert (form["seat"].value(), form["booth"].value()) == (world.there.assembly_seat_id, "2")
    assert form.fields["name"].widget.attrs.get("autofocus")
    assert "2 दूर की शाला" in client.get(PATH, {"seat": 62, "booth": "2"}).content.decode()
    foreign = signed_in(world.staff).get(PATH, {"seat": 62}).context["form"]
    assert foreign["seat"].value() == vacant.assembly_seat.pk


def test_only_seats_with_served_booths_are_offered(world):
    form = signed_in(world.staff).get(PATH).context["form"]
    assert list(form.fields["seat"].queryset) == [world.here.assembly_seat]


def test_a_seat_of_another_main_district_is_offered_for_its_booths_in_ones_own(world):
    seat = make_assembly_seat(62)
    mine = make_listed_booth(7, seat=seat, district=world.here.assembly_seat.district)
    client = signed_in(world.staff)
    assert enter(client, seat, "7").redirect_chain
    assert Appointment.objects.get(booth=mine).agent.name == "सीता बाई"
    refused = enter(client, seat, "2")
    assert refused.context["form"].errors.keys() == {"booth"}


def test_an_unknown_number_is_told_with_the_nearest_and_keeps_what_was_typed(world, vacant):
    for number in (118, 124, 126, 300):
        make_listed_booth(number, seat=vacant.assembly_seat)
    client = signed_in(world.staff)
    response = enter(client, vacant.assembly_seat, "127", mobile="58765 00000", relation_name="राम")
    form = response.context["form"]
    assert "118, 124, 125A, 126" in form.errors["booth"][0]
    typed = {name: form[name].value() for name in ("booth", "name", "mobile", "relation_name")}
    assert typed == {
        "booth": "127",
        "name": "सीता बाई",
        "mobile": "58765 00000",
        "relation_name": "राम",
    }
    assert form.fields["booth"].widget.attrs.get("autofocus")
    assert not Agent.objects.filter(name="सीता बाई").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("mobile", "12345"), ("name", "123"), ("booth", "abc"), ("day", "31/02/2026"), ("day", "")],
)
def test_a_wrong_value_is_refused_at_its_field(world, vacant, field, value):
    response = enter(signed_in(world.staff), vacant.assembly_seat, **{field: value})
    assert response.context["form"].errors.keys() == {field}
    assert not Appointment.objects.filter(booth=vacant).exists()


def test_the_day_may_be_past_but_never_to_come(world, vacant):
    client = signed_in(world.staff)
    tomorrow = timezone.localdate() + timedelta(days=1)
    response = enter(client, vacant.assembly_seat, day=f"{tomorrow:%d/%m/%Y}")
    assert response.context["form"].errors.keys() == {"day"}
    enter(client, vacant.assembly_seat, day="10/08/2018")
    assert Appointment.objects.get(booth=vacant).appointed_on == date(2018, 8, 10)


def test_a_booth_that_has_its_agent_is_refused_in_the_sentence_of_the_lifecycle(world):
    response = enter(signed_in(world.staff), world.here.assembly_seat, "1")
    assert response.context["form"].non_field_errors()
    assert response.context["booth"] == world.here
    assert not Agent.objects.filter(name="सीता बाई").exists()


def test_the_same_person_is_not_appointed_twice_at_a_booth_of_two(world, vacant):
    lifecycle.set_need(world.state, per_booth=2, by=None)
    client = signed_in(world.staff)
    enter(client, vacant.assembly_seat, name="चन्द्र कुमार")
    response = enter(client, vacant.assembly_seat, name="चंद्र  कुमार")
    assert "चन्द्र कुमार" in response.context["form"].non_field_errors()[0]
    enter(client, vacant.assembly_seat, name="दूसरा एजेंट")
    assert Appointment.objects.filter(booth=vacant).count() == 2


def test_a_shared_mobile_is_told_by_name_in_scope_and_without_it_beyond(world, vacant):
    client = signed_in(world.staff)
    response = enter(client, vacant.assembly_seat, mobile="5876543210")
    assert "राम अपना" in messages_of(response)[1]
    other = make_listed_booth(126, seat=vacant.assembly_seat)
    response = enter(client, other.assembly_seat, "126", mobile="5123456789", name="गीता")
    told = messages_of(response)[1]
    assert "श्याम" not in told
    assert "5123456789" not in told
    assert Appointment.objects.filter(booth=other).exists()


def test_the_same_form_sent_twice_makes_one_agent(world, vacant):
    lifecycle.set_need(world.state, per_booth=2, by=None)
    client = signed_in(world.staff)
    first = enter(client, vacant.assembly_seat, token="same-token")
    second = enter(client, vacant.assembly_seat, token="same-token", name="कोई और")
    assert messages_of(first)[0] == messages_of(second)[0]
    assert Appointment.objects.filter(booth=vacant).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_agent():
    world = make_world()
    booth = make_listed_booth(125, "A", seat=world.here.assembly_seat)
    lifecycle.set_need(world.state, per_booth=2, by=None)
    client = signed_in(world.staff)
    token = client.get(PATH).context["form"]["token"].value()
    posted = {"seat": booth.assembly_seat_id, "booth": "125A", "name": "सीता", "token": token}
    posted |= {"day": "23/11/2026", "consent": "none"}

    def click(_n):
        try:
            twin = Client()  # the same browser session, on a connection of its own
            twin.cookies = client.cookies
            return twin.post(PATH, posted).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(click, range(4)))
    assert Appointment.objects.filter(booth=booth).count() == 1
    assert codes == [302] * 4


def test_what_one_entered_today_is_listed_with_its_link(world, vacant):
    client = signed_in(world.staff)
    enter(client, vacant.assembly_seat)
    recent = client.get(PATH).context["recent"]
    assert [each.booth for each in recent] == [vacant, world.here]
    assert signed_in(world.stranger).get(PATH).context["recent"] == [world.theirs]


def test_it_takes_few_queries_with_many_booths(world, vacant, django_assert_num_queries):
    for number in range(200, 230):
        make_listed_booth(number, seat=vacant.assembly_seat)
    client = signed_in(world.staff)
    client.get(PATH)
    with django_assert_num_queries(7):
        client.get(PATH)
