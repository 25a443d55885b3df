"""The notice is open to all, says whose it is, and stands with the contact on every page."""

from html import unescape

import pytest
from django.conf import settings
from django.test import Client

from booths import consent
from tests.admin_world import make_world, signed_in
from tests.campaign.land import make_campaign
from tests.makers import make_state

pytestmark = pytest.mark.django_db


def text_of(address="/consent/", language="hi"):
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return unescape(client.get(address).content.decode())


@pytest.mark.parametrize("language", ["hi", "en"])
def test_it_is_open_to_all_in_the_reader_s_language(language):
    words = consent.VERSIONS[consent.CURRENT]
    said = [words.title, words.opening, words.agreement]
    said += [each for heading, points in words.parts for each in (heading, *points)]
    text = text_of(language=language)
    assert [each.en for each in said if getattr(each, language) not in text] == []


def test_it_is_in_the_name_of_the_party_whose_campaign_it_is(settings):
    settings.GRIEVANCE_CONTACT = "राधा, 50000 11111"
    assert 'class="party"><span class="blank">' in text_of()
    make_campaign()
    text = text_of()
    assert "दल" in text
    assert "अभियान 2018" in text
    assert text.count("राधा, 50000 11111") == 2  # in the notice, and at the foot


def test_of_several_campaigns_the_state_of_the_address_is_meant():
    make_campaign()
    make_campaign(make_state("MP"), name_hi="दूसरा अभियान")
    assert "अभियान" not in text_of().split("</header>")[1]
    assert "दूसरा अभियान" in text_of("/consent/?state=mp")


def test_a_known_version_is_shown_and_an_unknown_one_is_not_there():
    assert Client().get("/consent/1/").status_code == 200
    assert Client().get("/consent/2/").status_code == 404


@pytest.mark.parametrize(
    "path", ["/sign-in/", "/cg/", "/admin/", "/admin/booths/agent/", "/nowhere/"]
)
def test_rights_and_the_contact_stand_on_every_page(settings, path):
    settings.GRIEVANCE_CONTACT = "राधा, 50000 11111"
    world = make_world()
    make_campaign()
    client = Client() if path == "/sign-in/" else signed_in(world.office)
    text = client.get(path).content.decode()
    assert "राधा, 50000 11111" in text
    assert 'href="/consent/"' in text
