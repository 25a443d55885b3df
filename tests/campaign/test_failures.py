"""A page that refuses or breaks tells nothing of the inside, and what is written down of it holds
nobody's data."""

import io
import logging

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import path
from django.utils.log import AdminEmailHandler

from booths.models import Agent
from booths.roll.limits import MAX_BODY
from campaign.discreet import PlaceAndKind
from campaign.urls import handler400, handler404, handler500, urlpatterns
from tests.makers import make_agent, make_user

pytestmark = pytest.mark.django_db
SECRET = "राम गोपनीय 5876543210"


def breaks(request: HttpRequest):
    agent = make_agent(SECRET)
    Agent.objects.create(code=agent.code, name=SECRET)  # the database names what is doubled


def forbids(request: HttpRequest):
    raise PermissionDenied(SECRET)


class WithFaults:
    """The addresses of the project and two that fail."""

    urlpatterns = [path("breaks/", breaks), path("forbids/", forbids), *urlpatterns]
    handler400, handler404, handler500 = handler400, handler404, handler500


@pytest.fixture
def client():
    client = Client(raise_request_exception=False)
    client.force_login(make_user("reader", first_name="पाठक"))
    return client


def text_of(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/breaks/", 500, "हमारी तरफ़ से गड़बड़ी हुई"),
        ("/forbids/", 403, "इसकी अनुमति आपको नहीं है"),
        ("/nowhere/", 404, "यह पृष्ठ यहां नहीं है"),
        ("/admin/booths/agent/1/change/", 403, "इसकी अनुमति आपको नहीं है"),
    ],
)
def test_a_failure_says_what_to_do_and_nothing_of_the_inside(client, address, status, says):
    with override_settings(ROOT_URLCONF=WithFaults):
        response = client.get(address)
    said = text_of(response)
    assert response.status_code == status
    assert says in said
    for inside in (SECRET, "Traceback", "Error", "site-packages", "campaign.", "settings"):
        assert inside not in said


def test_an_unknown_host_learns_nothing(client, settings):
    settings.ALLOWED_HOSTS = ["booth.example"]
    response = client.get("/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "booth.example" not in text_of(response)
    assert "elsewhere.example" not in text_of(response)


def post(client, data, **extra):
    return client.post("/sign-out/", data, **extra)


def test_too_many_fields_are_refused_with_a_sentence(client):
    response = post(client, {f"f{n}": "1" for n in range(5001)})
    assert response.status_code == 400
    assert "एक बार में कम पंक्तियां चुनें।" in text_of(response)


def test_too_many_files_are_refused_with_a_sentence(client):
    files = {f"f{n}": SimpleUploadedFile(f"{n}.csv", b"1") for n in range(3)}
    response = post(client, files)
    assert response.status_code == 400
    assert "एक बार में एक ही फ़ाइल भेजी जा सकती है।" in text_of(response)


def test_too_large_a_form_is_refused_with_a_sentence(client):
    response = post(client, {"text": "x" * (6 * 2**20)})
    assert response.status_code == 400
    assert "फ़ाइल ज़्यादा से ज़्यादा 25 MB की हो सकती है" in text_of(response)


def test_too_large_a_file_is_refused_before_it_is_read(client):
    """What claims to be so large is not waited for: there is one byte here."""
    response = client.generic(
        "POST", "/sign-out/", b"x", "multipart/form-data; boundary=x", CONTENT_LENGTH=MAX_BODY + 1
    )
    assert response.status_code == 400
    assert "फ़ाइल ज़्यादा से ज़्यादा 25 MB की हो सकती है" in text_of(response)


def test_a_fault_is_logged_by_place_and_kind_alone(client):
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(PlaceAndKind())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        with override_settings(ROOT_URLCONF=WithFaults):
            client.get("/breaks/?q=" + SECRET)
    finally:
        logger.removeHandler(handler)
    log = written.getvalue()
    assert "Internal Server Error: /breaks/" in log
    assert f"{__file__}:{breaks.__code__.co_firstlineno + 2} breaks" in log
    assert f"django.db.utils.{IntegrityError.__name__}" in log
    assert "राम" not in log
    assert "5876543210" not in log
    assert "constraint" not in log.lower()  # of which either database speaks in its message


def test_the_log_of_the_project_is_discreet_and_no_fault_is_mailed():
    handlers = logging.getLogger().handlers + logging.getLogger("django").handlers
    assert [h for h in handlers if isinstance(h, AdminEmailHandler)] == []
    ours = [h for h in logging.getLogger().handlers if type(h) is logging.StreamHandler]
    assert [type(handler.formatter) for handler in ours] == [PlaceAndKind]
    assert not logging.getLogger("axes").isEnabledFor(logging.WARNING)
