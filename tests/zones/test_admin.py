"""The admin shows and offers only what is in scope: rows, choices, filters, search, pages."""

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.admin_world import make_listed_booth, make_world, signed_in
from tests.makers import (
    make_assembly_seat,
    make_lok_sabha_seat,
    make_posting,
    make_scheme,
    make_state,
    make_user,
)
from zones.admin import ScopedAdmin
from zones.models import Posting, User, Zone, ZoneSeat

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def page(name, *args):
    return reverse(f"admin:{name}", args=args)


def test_every_admin_class_is_scoped_and_selects_what_its_list_shows():
    for model, model_admin in admin.site._registry.items():
        assert isinstance(model_admin, ScopedAdmin), model
        assert model_admin.list_select_related is not False, model


def test_every_page_of_every_admin_opens_for_the_office(world):
    client = signed_in(world.office)
    closed = set()
    for model in admin.site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        assert client.get(page(f"{name}_changelist")).status_code == 200, name
        if client.get(page(f"{name}_add")).status_code != 200:
            closed.add(name)
        if (row := model.objects.first()) and not isinstance(row, User):
            for kind in ("change", "history"):
                assert client.get(page(f"{name}_{kind}", row.pk)).status_code == 200, name
    # Agents are added by quick entry, imports by importing, people and terms of zone schemes on the
    # office's pages; there is one state.
    looked_at = {"zones_state", "zones_user", "zones_posting", "zones_schemeterm"}
    assert closed == looked_at | {"booths_agent", "booths_importbatch", "booths_importjob"}


def test_whoever_is_not_signed_in_goes_to_the_sign_in_page_of_the_site(client, world):
    for path in (page("index"), page("booths_agent_changelist"), page("login")):
        response = client.get(path, follow=True)
        assert response.redirect_chain[-1][0].startswith(f"{reverse('sign_in')}?next=/admin/")


def test_whoever_only_looks_is_told_that_the_admin_is_not_for_them(world):
    observer = make_user("observer", "observer", world.state)
    nobody = make_user("nobody")
    for user in (observer, nobody):
        for path in (page("index"), page("booths_booth_changelist"), page("quick_entry")):
            assert signed_in(user).get(path).status_code == 403


@pytest.mark.parametrize("kind", ["change", "history", "delete"])
def test_a_row_out_of_scope_is_not_found(world, kind):
    client = signed_in(world.staff)
    for model, row in (
        ("booths_booth", world.there),
        ("booths_agent", world.theirs.agent),
        ("booths_appointment", world.theirs),
    ):
        # Deleting these is granted to nobody, in or out of scope.
        expected = 403 if kind == "delete" else 404
        assert client.get(page(f"{model}_{kind}", row.pk)).status_code == expected


def test_what_a_posting_does_not_grant_is_forbidden_in_ones_own_area(world):
    client = signed_in(world.staff)
    assert client.post(page("booths_booth_change", world.here.pk)).status_code == 403
    assert client.get(page("booths_booth_delete", world.here.pk)).status_code == 403
    assert client.get(page("booths_agent_delete", world.mine.agent.pk)).status_code == 403
    assert client.get(page("zones_user_changelist")).status_code == 403


def test_the_office_manages_accounts_of_its_own_state_only(world):
    client = signed_in(world.office)
    shown = client.get(page("zones_user_changelist")).context["cl"].queryset
    assert set(shown) == set(User.objects.all())
    other = make_lok_sabha_seat(number=1, state=make_state(code="MP"))
    beyond = make_user("beyond", "observer", other)
    assert beyond not in client.get(page("zones_user_changelist")).context["cl"].queryset
    assert client.get(page("zones_user_change", beyond.pk)).status_code == 404


def test_accounts_and_postings_are_only_looked_at_and_lead_to_the_page_of_the_person(world):
    """Their rules, such as that nobody writes their own, are those of the office's pages."""
    client = signed_in(world.office)
    posting = Posting.objects.get(user=world.staff)
    for address in (
        page("zones_user_change", world.staff.pk),
        page("zones_posting_change", posting.pk),
    ):
        response = client.get(address)
        assert f'href="/people/{world.staff.pk}/"' in response.content.decode()
        assert response.context["adminform"].form.fields == {}
        assert client.post(address, {"username": "5876543210"}).status_code == 403


def test_a_choice_out_of_scope_is_neither_offered_nor_taken(world):
    client = signed_in(world.staff)
    form = client.get(page("booths_block_add")).context["adminform"].form
    assert list(form.fields["assembly_seat"].queryset) == [world.here.assembly_seat]
    foreign = {"assembly_seat": world.there.assembly_seat.pk, "name_hi": "खंड"}
    response = client.post(page("booths_block_add"), foreign)
    assert "assembly_seat" in response.context["adminform"].form.errors


def autocomplete(client, app, model, field, term=""):
    asked = {"app_label": app, "model_name": model, "field_name": field, "term": term}
    answer = client.get(page("autocomplete"), asked).json()
    return {int(row["id"]) for row in answer["results"]}


def test_autocomplete_offers_only_rows_in_scope(world):
    assert autocomplete(signed_in(world.staff), "booths", "appointment", "booth") == {world.here.pk}
    agents = autocomplete(signed_in(world.staff), "booths", "appointment", "agent")
    assert agents == {world.mine.agent.pk}
    assert autocomplete(signed_in(world.office), "booths", "appointment", "agent") == {
        world.mine.agent.pk,
        world.theirs.agent.pk,
    }


def test_autocomplete_offers_no_more_than_its_form_takes(world):
    make_posting(world.staff, "seat_in_charge", world.there.assembly_seat)
    client = signed_in(world.staff)

    seen = client.get(page("booths_booth_changelist")).context["cl"].queryset
    assert set(seen) == {world.here, world.there}
    assert autocomplete(client, "booths", "appointment", "booth") == {world.here.pk}


def test_autocomplete_does_not_find_a_stranger_by_name(world):
    found = autocomplete(signed_in(world.staff), "booths", "appointment", "agent", "श्याम")
    assert found == set()


def filter_choices(client, path, name):
    listed = client.get(path).context["cl"]
    spec = next(spec for spec in listed.filter_specs if spec.field_path == name)
    return {value for value, _label in spec.lookup_choices}


def test_filters_offer_only_values_in_scope(world):
    # A filter with a single value is not shown, so the staff serve two seats.
    third = make_listed_booth(1, seat=make_assembly_seat(49)).assembly_seat
    path, name = page("booths_appointment_changelist"), "booth__assembly_seat"
    here, there = world.here.assembly_seat_id, world.there.assembly_seat_id
    assert filter_choices(signed_in(world.office), path, name) == {here, there, third.pk}
    assert filter_choices(signed_in(world.staff), path, name) == {here, third.pk}


@pytest.mark.parametrize("value", ["5123456789", "श्याम", "62"])
def test_search_finds_nobody_out_of_scope(world, value):
    for name in ("booths_agent_changelist", "booths_appointment_changelist"):
        listed = signed_in(world.staff).get(page(name), {"q": value}).context["cl"]
        assert list(listed.result_list) == []
    everybody = signed_in(world.office).get(page("booths_agent_changelist"), {"q": "श्याम"})
    assert len(everybody.context["cl"].result_list) == 1


def test_a_filter_typed_into_the_address_shows_nothing_out_of_scope(world):
    asked = {"booth__assembly_seat__id__exact": world.there.assembly_seat_id, "status": "all"}
    path = page("booths_appointment_changelist")
    assert list(signed_in(world.office).get(path, asked).context["cl"].result_list) == [
        world.theirs
    ]
    found = signed_in(world.staff).get(path, asked).context["cl"].result_list
    assert world.theirs not in found


def test_history_is_for_those_who_may_see_the_row(world):
    path = page("booths_agent_history", world.mine.agent.pk)
    assert signed_in(world.staff).get(path).status_code == 200
    assert signed_in(world.stranger).get(path).status_code == 404
    leader = make_user("leader", "state_in_charge", world.state)
    assert signed_in(leader).get(page("booths_booth_history", world.here.pk)).status_code == 200


def test_a_zone_takes_its_seats_into_its_own_scheme(world):
    seat = world.here.assembly_seat.lok_sabha_seat
    scheme = make_scheme(world.state, {1: []})
    zone = Zone.objects.get(scheme=scheme)
    client = signed_in(world.office)
    posted = {
        "number": 1,
        "name_hi": "ज़ोन 1",
        "zone_seats-TOTAL_FORMS": 1,
        "zone_seats-INITIAL_FORMS": 0,
        "zone_seats-0-lok_sabha_seat": seat.pk,
    }
    assert client.post(page("zones_zone_change", zone.pk), posted).status_code == 302
    assert ZoneSeat.objects.get().scheme == scheme


def test_rows_inside_a_page_ask_for_what_a_posting_grants_on_their_own_model(world, rf):
    request = rf.get("/admin/")
    granted = set()
    for request.user in (make_user("unposted"), world.office):
        for model, model_admin in admin.site._registry.items():
            for inline in (each(model, admin.site) for each in model_admin.inlines):
                for verb in ("view", "add", "change", "delete"):
                    if getattr(inline, f"has_{verb}_permission")(request):
                        name = f"{inline.opts.app_label}.{verb}_{inline.opts.model_name}"
                        assert request.user.has_perm(name), (request.user, name)
                        granted.add(verb)
    assert granted == {"view", "add", "change", "delete"}


@pytest.mark.parametrize(
    "address",
    [
        "/admin/booths/agent/?appointments__booth__assembly_seat__id__exact=abc",
        "/admin/booths/agent/?q=%00",
        "/admin/search/?s=a&page=abc",
        f"/admin/booths/booth/?q={'9' * 5000}/1",
    ],
)
def test_no_address_breaks_the_admin(address):
    client = signed_in(make_world().office)
    assert client.get(address).status_code in (200, 302, 400, 404)
