"""Every sign-in is in the trail: who, when, from where, and by what they proved it."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from tests.admin_world import signed_in
from tests.campaign.test_pages import text_of
from tests.campaign.test_passkeys import VERIFIED, added, at_the_door, opens
from tests.campaign.test_second_factor import NEW_PASSWORD, SECRET, code_of
from tests.campaign.test_sign_in import sign_in
from tests.makers import FIRST_DAY, make_state, make_user
from zones.models import Look, Seal, User
from zones.one_time_links import make_link
from zones.trail.verifying import faults

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def owner() -> User:
    return make_user("owner", pk=1000)  # the library writes it in another base


def kept() -> list[str]:
    return list(Look.objects.filter(what="sign_in").order_by("pk").values_list("where", flat=True))


def test_a_sign_in_is_sealed_with_who_and_from_where(owner):
    sign_in("owner", REMOTE_ADDR="203.0.113.9")
    look = Look.objects.get(what="sign_in")
    assert (look.by_id, look.users, look.count) == (owner.pk, [owner.pk], 1)
    assert (look.where, look.address) == ("/sign-in/ password", "203.0.113.9")
    assert (look.agents, look.members) == ([], [])
    seal = Seal.objects.get(batch=look.batch)
    assert (seal.by_id, seal.address) == (owner.pk, "203.0.113.9")
    assert list(faults()) == []


@pytest.mark.parametrize("how", [("owner", "wrong"), ("nobody", "a-test-password-7")])
def test_who_does_not_get_in_is_not_kept_as_signed_in(owner, how):
    sign_in(*how)
    assert kept() == []


def test_a_password_alone_is_no_sign_in_where_a_second_factor_is_asked_for(owner):
    TOTP.activate(owner, SECRET)
    RecoveryCodes.activate(owner)
    client = Client()
    sign_in("owner", client=client)
    assert kept() == []
    client.post("/sign-in/code/", {"code": code_of(SECRET)})
    assert kept() == ["/sign-in/code/ password, totp"]

    client = Client()
    sign_in("owner", client=client)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    client.post("/sign-in/code/", {"code": codes[0]})
    assert kept()[1:] == ["/sign-in/code/ password, recovery_codes"]


def test_a_passkey_is_named_as_the_way(owner):
    key = added(owner, resident=True, flags=VERIFIED)
    assert opens(at_the_door(), key, owner, flags=VERIFIED)
    assert kept() == ["/sign-in/ password", "/sign-in/passkey/ webauthn"]


def test_that_a_one_time_link_began_it_is_kept(owner):
    link = make_link(owner, by=make_user("office", "state_office", make_state()), on=FIRST_DAY)
    client = Client()
    page = client.get(f"/welcome/{link.uid}/{link.token}/", follow=True).redirect_chain[-1][0]
    client.post(page, {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD})
    assert kept() == []
    sign_in("owner", NEW_PASSWORD, client=client)
    sign_in("owner", NEW_PASSWORD)
    assert kept() == ["/sign-in/ password, one_time_link", "/sign-in/ password"]


def test_the_office_finds_them_in_the_trail(owner):
    make_state()
    sign_in("owner")
    office = signed_in(make_user("boss", is_superuser=True))
    office.cookies["django_language"] = "en"
    page = text_of(office.get("/trail/?kind=sign_in"))
    assert "sign-in: 1 person" in page and "/sign-in/ password" in page
    [entry] = office.get("/trail/?kind=sign_in").context["entries"]
    assert entry.seal.by_id == owner.pk
