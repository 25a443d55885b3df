"""Who asks the API too often is told to wait, in the reader's language, and for how long."""

import pytest
from django.core.cache import cache
from django.core.cache.backends.db import DatabaseCache
from django.test import Client
from django.urls import get_resolver
from rest_framework.throttling import SimpleRateThrottle

from campaign.api.rates import Rated
from tests.makers import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_a_minute(monkeypatch):
    """The library reads the rates of the settings once."""
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", {"anon": "2/min", "user": "2/min"})


def client_of(user=None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def statuses(client, address="/api/v1/", **headers) -> list[int]:
    return [client.get(address, **headers).status_code for _ in range(3)]


def test_the_third_request_of_a_user_waits_and_another_user_does_not(two_a_minute):
    assert statuses(client_of(make_user("one"))) == [200, 200, 429]
    assert statuses(client_of(make_user("two"))) == [200, 200, 429]


@pytest.mark.parametrize("address", ["/api/v1/", "/api/v1/schema/", "/api/v1/cg/tallies/"])
def test_who_is_not_signed_in_is_counted_by_address_though_refused(two_a_minute, address):
    assert statuses(client_of(), address) == [403, 403, 429]
    assert statuses(client_of(), address, REMOTE_ADDR="10.0.0.7") == [403, 403, 429]


def test_a_claimed_address_is_not_believed_without_a_proxy(two_a_minute):
    client = client_of()
    asked = [client.get("/api/v1/", headers={"x-forwarded-for": f"10.0.0.{n}"}) for n in range(3)]
    assert [response.status_code for response in asked] == [403, 403, 429]


@pytest.mark.parametrize(
    ("language", "says"), [("hi", "बहुत ज़्यादा अनुरोध"), ("en", "Too many requests. Try again in ")]
)
def test_the_sentence_is_in_the_readers_language(two_a_minute, language, says):
    client = client_of(make_user("one", language=language))
    refusal = [client.get("/api/v1/") for _ in range(3)][-1]
    assert refusal.json()["detail"].startswith(says)
    assert 0 < int(refusal.headers["Retry-After"]) <= 60


def test_counts_lie_in_the_cache_of_all_processes(two_a_minute):
    statuses(client_of(make_user("one")))
    assert isinstance(cache._connections[cache._alias], DatabaseCache)


def api_views(patterns) -> list:
    found = []
    for pattern in patterns:
        inner = getattr(pattern, "url_patterns", None)
        found += api_views(inner) if inner else [pattern.callback.cls]
    return found


def test_every_route_of_the_api_is_rated():
    api = [p for p in get_resolver().url_patterns if str(p.pattern) == "api/v1/"]
    views = api_views(api)
    assert len(views) > 8
    assert [view for view in views if not issubclass(view, Rated)] == []
