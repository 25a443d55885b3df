"""The office's pages of people: who reaches whom, what each step does, what a stranger's account
must not tell."""

from urllib.parse import quote

import pytest
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client
from django.utils import timezone

from campaign.views import account_steps
from tests.admin_world import DAY, messages_of, signed_in
from tests.makers import make_posting, make_user
from tests.zones.offices import make_offices, postings_of
from zones import staffing
from zones.models import Look, Posting, User

pytestmark = pytest.mark.django_db
STEPS = ("sign-out", "unlock", "forget-second-factor", "close", "open", "erase")


@pytest.fixture
def world():
    return make_offices()


@pytest.fixture
def office(world) -> Client:
    return english(signed_in(world.office))


def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def names(response) -> list[str]:
    return sorted(person.username for person in response.context["paged"])


def new_person(world, **fields) -> dict:
    return {
        "name": "सीता साहू",
        "mobile": "5876500001",
        "role": "district_staff",
        "area": f"district-{world.raipur.pk}",
        "since": "2018-08-18",
        "language": "hi",
    } | fields


def errors_of(response) -> dict:
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def test_the_list_shows_the_own_state_only_whatever_is_asked(world, office):
    assert names(office.get("/people/")) == ["office", "staff"]
    for query in ("q=stranger", "q=गुप्त", "q=5999999999", "role=district_staff", "standing=never"):
        response = office.get(f"/people/?{query}")
        assert response.status_code == 200
        assert "stranger" not in names(response)
        assert f"/people/{world.stranger.pk}/" not in response.content.decode()
    assert names(english(signed_in(world.other_office)).get("/people/?q=गुप्त")) == ["stranger"]


def test_an_unknown_choice_in_the_address_is_no_choice(office):
    assert names(office.get("/people/?role=king&standing=x&page=99&q=" + "x" * 200)) == [
        "office",
        "staff",
    ]


def test_the_list_leaves_a_trace_of_whom_it_showed(world, office):
    office.get("/people/?q=सीता+५८७")
    assert Look.objects.count() == 0  # nobody was found
    office.get("/people/?role=district_staff&q=staff")
    look = Look.objects.get()
    where = "/people/?role=district_staff&q=…"
    assert (look.what, look.where, look.users) == ("search", where, [world.staff.pk])
    assert (look.count, look.by_id) == (1, world.office.pk)


@pytest.mark.parametrize("people", [1, 30])
def test_the_list_asks_as_often_for_thirty_people_as_for_one(
    world, office, django_assert_num_queries, people
):
    for number in range(people):
        user = make_user(f"person-{number}", "observer", world.raipur)
        make_posting(user, "district_staff", world.durg)
    office.get("/people/")
    with django_assert_num_queries(8):
        assert len(names(office.get("/people/"))) == people + 2


@pytest.mark.parametrize("people", [1, 30])
def test_a_person_s_page_asks_as_often_for_many_postings(
    world, office, django_assert_num_queries, people
):
    for _number in range(people):
        make_posting(world.staff, "observer", world.durg)
    office.get(f"/people/{world.staff.pk}/")
    with django_assert_num_queries(6):
        response = office.get(f"/people/{world.staff.pk}/")
    assert len(response.context["postings"]) == people + 1


@pytest.mark.parametrize("step", STEPS)
def test_each_step_leaves_a_trace_of_who_did_it_to_whom(world, office, step):
    if step in ("open", "erase"):
        staffing.close_account(world.staff, by=world.office, on=DAY)
    assert sorted(STEPS) == sorted(account_steps.STEPS)
    address = f"/people/{world.staff.pk}/do/{step}/"
    office.post(address)
    look = Look.objects.filter(what="account").get()
    assert (look.where, look.users, look.by_id) == (address, [world.staff.pk], world.office.pk)


def test_a_link_leaves_a_trace(world, office):
    address = f"/people/{world.staff.pk}/link/"
    office.get(address)
    assert Look.objects.filter(what="account").count() == 0
    office.post(address)
    assert Look.objects.filter(what="account", where=address).get().users == [world.staff.pk]
    office.post("/people/new/", new_person(world))
    made = User.objects.get(mobile="5876500001")
    assert Look.objects.filter(what="account", where="/people/new/").get().users == [made.pk]


def test_a_closed_account_is_erased_by_its_page(world, office):
    staffing.close_account(world.staff, by=world.office, on=DAY)
    page = office.get(f"/people/{world.staff.pk}/").content.decode()
    assert f"/people/{world.staff.pk}/do/erase/" in page
    office.post(f"/people/{world.staff.pk}/do/erase/")
    person = User.objects.get(pk=world.staff.pk)
    assert (person.username, person.name, person.mobile) == (
        f"erased-{person.pk}", f"erased-{person.pk}", "",
    )  # fmt: skip
    page = office.get(f"/people/{person.pk}/").content.decode()
    assert "/do/erase/" not in page and "/do/open/" not in page


def addresses(person, posting) -> list[str]:
    pages = ["", "edit/", "link/", "post/", *(f"do/{step}/" for step in STEPS)]
    pages += [f"postings/{posting.pk}/move/", f"postings/{posting.pk}/end/"]
    return [f"/people/{person.pk}/{page}" for page in pages]


def test_a_stranger_is_not_here_by_any_door(world, office):
    theirs, mine = world.stranger.postings.get(), world.staff.postings.get()
    before = everything()
    for address in addresses(world.stranger, theirs):
        assert office.get(address).status_code == 404
        if address != f"/people/{world.stranger.pk}/":
            assert office.post(address, {"until": "2018-08-18"}).status_code == 404
    for page in ("move", "end"):
        address = f"/people/{world.staff.pk}/postings/{theirs.pk}/{page}/"
        assert office.post(address, {"until": "2018-08-18"}).status_code == 404
        address = f"/people/{world.stranger.pk}/postings/{mine.pk}/{page}/"
        assert office.post(address, {"until": "2018-08-18"}).status_code == 404
    assert everything() == before


def test_a_posting_is_found_only_with_its_own_person(world, office):
    other = make_user("other", "observer", world.durg)

    for page in ("move", "end"):
        address = f"/people/{other.pk}/postings/{world.staff.postings.get().pk}/{page}/"
        assert office.get(address).status_code == 404


@pytest.mark.parametrize("role", ["district_staff", "observer"])
def test_who_manages_nobody_posts_nothing(world, role):
    client = signed_in(make_user("other", role, world.raipur))
    before = everything()
    posting = world.staff.postings.get()
    for address in [*addresses(world.staff, posting)[1:], "/people/new/", "/people/file/"]:
        assert client.post(address, new_person(world)).status_code == 403
    assert client.post("/people/slips/", {"person": world.staff.pk}).status_code == 403
    assert everything() == before


def everything() -> list:
    return [list(model.objects.order_by("pk").values()) for model in (User, Posting)]


def test_every_step_needs_the_token_of_the_form(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.office)
    before = everything()
    for address in addresses(world.staff, world.staff.postings.get())[1:]:
        assert client.post(address, {"until": "2018-08-18"}).status_code == 403
    assert everything() == before


def test_a_look_at_a_step_does_nothing(world, office):
    before = everything()
    for address in addresses(world.staff, world.staff.postings.get()):
        assert office.get(address).status_code in (200, 302)
    assert everything() == before


def test_a_new_person_is_posted_and_the_link_is_shown_once(world, office):
    response = office.post("/people/new/", new_person(world), follow=True)

    person = User.objects.get(username="sita.sahu")
    assert response.redirect_chain == [(f"/people/{person.pk}/", 302)]
    assert postings_of(person)[0][:2] == ("district_staff", "Raipur")
    letter = response.context["letter"]
    assert letter.url.startswith("http://testserver/welcome/")
    page = response.content.decode()
    assert letter.url in page and '<svg class="qr"' in page
    assert f"https://wa.me/915876500001?text={quote(letter.text)}" in page
    assert letter.url not in office.get(f"/people/{person.pk}/").content.decode()


def test_the_link_is_shown_on_no_other_page(world, office):
    office.post("/people/new/", new_person(world))

    assert office.get(f"/people/{world.staff.pk}/").context["letter"] is None


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"mobile": "5999999999"}, {"mobile": ["Another user signs in with this mobile number."]}),
        ({"username": "Stranger"}, {"username": ["This user name is taken. Choose another."]}),
        ({"role": "zone_in_charge"}, {"area": ["Zone in-charge is posted on: zone."]}),
        ({"name": "12"}, {"name": ["Write the person's name."]}),
        (
            {"since": "1999-01-01"},
            {"__all__": ["Give a day from the year 2000 to a year from now."]},
        ),
    ],
)
def test_a_refusal_stands_beside_its_field_and_names_nobody(world, office, fields, errors):
    response = office.post("/people/new/", new_person(world, **fields))

    assert errors_of(response) == errors
    assert "गुप्त" not in response.content.decode()
    assert not User.objects.filter(first_name="सीता साहू").exists()


def test_only_areas_in_reach_are_offered_and_taken(world, office):
    theirs = world.stranger.postings.get().area
    offered = str(office.get("/people/new/").context["form"]["area"])

    assert f'value="district-{world.durg.pk}"' in offered
    assert f'value="district-{theirs.pk}"' not in offered
    assert "सागर" not in offered and "Sagar" not in offered
    response = office.post("/people/new/", new_person(world, area=f"district-{theirs.pk}"))
    assert list(errors_of(response)) == ["area"]


def test_data_are_edited(world, office):
    page = f"/people/{world.staff.pk}/edit/"
    said = {"name": "राम वर्मा", "mobile": "", "email": "r@example.in", "language": "en"}

    office.post(page, said | {"username": "root", "is_superuser": "1", "is_active": ""})

    changed = User.objects.get(pk=world.staff.pk)
    assert (changed.name, changed.mobile, changed.email, changed.language) == (
        "राम वर्मा",
        "",
        "r@example.in",
        "en",
    )
    assert (changed.username, changed.is_superuser, changed.is_active) == ("staff", False, True)
    response = office.post(page, said | {"mobile": "5999999999"})
    assert errors_of(response) == {"mobile": ["Another user signs in with this mobile number."]}


def test_postings_are_added_moved_and_ended(world, office):
    today = timezone.localdate()
    page = f"/people/{world.staff.pk}/"
    asked = {"role": "observer", "area": f"assembly_seat-{world.seat.pk}", "since": today}
    office.post(f"{page}post/", asked)
    second = world.staff.postings.get(role="observer")
    assert "This person already has this posting." in str(
        errors_of(office.post(f"{page}post/", asked))
    )

    office.post(
        f"{page}postings/{second.pk}/move/",
        {"role": "district_staff", "area": f"district-{world.durg.pk}", "since": today},
    )
    first = world.staff.postings.get(district=world.raipur)
    office.post(f"{page}postings/{first.pk}/end/", {"until": today})

    held = Posting.objects.current(today).filter(user=world.staff)
    assert [(posting.role, posting.area) for posting in held] == [("district_staff", world.durg)]


def test_the_own_account_is_looked_at_and_not_changed(world, office):
    mine = world.office.postings.get()
    before = everything()
    page = office.get(f"/people/{world.office.pk}/")
    assert page.status_code == 200
    assert "Another user of the state office changes it." in page.content.decode()
    for address in addresses(world.office, mine)[1:-1]:
        assert office.post(address, new_person(world)).status_code == 403

    response = office.post(
        f"/people/{world.office.pk}/postings/{mine.pk}/end/", {"until": "2026-08-18"}
    )

    assert errors_of(response) == {
        "__all__": [
            "This is your own last posting in the state office. Ending it would lock you out."
        ]
    }
    assert everything() == before


def test_an_account_is_closed_and_opened(world, office):
    page = f"/people/{world.staff.pk}/"
    theirs = signed_in(world.staff)
    assert theirs.get("/").url.startswith("/cg/")

    response = office.post(f"{page}do/close/", follow=True)

    assert messages_of(response) == ["The account is closed and its postings have ended."]
    assert theirs.get("/").url.startswith("/sign-in/")
    assert office.post(f"{page}link/", follow=True).context["letter"] is None
    office.post(f"{page}do/open/")
    assert User.objects.get(pk=world.staff.pk).is_active
    assert not Posting.objects.current(timezone.localdate()).filter(user=world.staff).exists()


def test_sessions_of_before_do_not_come_back_with_an_account_opened_again(world, office):
    theirs = signed_in(world.staff)
    UserSession.objects.create(
        user=world.staff, session_key=theirs.session.session_key, ip="127.0.0.1", user_agent=""
    )
    office.post(f"/people/{world.staff.pk}/do/close/")

    office.post(f"/people/{world.staff.pk}/do/open/")

    assert User.objects.get(pk=world.staff.pk).is_active
    assert theirs.get("/").url.startswith("/sign-in/")


@pytest.mark.parametrize("step", ["sign-out", "unlock", "forget-second-factor"])
def test_a_step_on_an_account_says_what_it_did(world, office, step):
    response = office.post(f"/people/{world.staff.pk}/do/{step}/", follow=True)

    assert len(messages_of(response)) == 1
    assert office.get(f"/people/{world.staff.pk}/do/fly/").status_code == 404


def test_a_link_goes_by_mail_where_there_is_a_server(world, office, settings):
    page = f"/people/{world.staff.pk}/link/"
    User.objects.filter(pk=world.staff.pk).update(email="ram@example.in")
    settings.EMAIL_HOST = ""
    office.post(page, {"mail": "1"})
    assert mail.outbox == []

    settings.EMAIL_HOST = "mail.example.in"
    response = office.post(page, {"mail": "1"}, follow=True)

    assert messages_of(response) == ["The link is sent to ram@example.in."]
    (letter,) = mail.outbox
    assert letter.to == ["ram@example.in"]
    assert response.context["letter"].url in letter.body


def test_the_menu_leads_here_only_who_may(world, office):
    assert 'href="/people/"' in office.get("/people/").content.decode()
    assert 'href="/people/"' in office.get("/admin/").content.decode()
    staff = signed_in(world.staff)
    assert 'href="/people/"' not in staff.get("/cg/district/raipur/").content.decode()
    assert 'href="/people/"' not in staff.get("/admin/").content.decode()
