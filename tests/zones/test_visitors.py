"""Whose address is believed."""

import pytest
from django.test import RequestFactory, override_settings

from zones.visitors import address_of, network_of


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, None, "192.0.2.9"),
        (0, "203.0.113.7", "192.0.2.9"),  # anybody can write the header
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "6.6.6.6, 203.0.113.7", "203.0.113.7"),  # the visitor wrote the first
        (2, "6.6.6.6, 203.0.113.7, 10.0.0.1", "203.0.113.7"),
        (2, "203.0.113.7", "192.0.2.9"),  # not by way of our proxies
        (1, "not an address", "192.0.2.9"),
        (1, "203.0.113.7:5123", "203.0.113.7"),
        (1, "[2001:db8::7]:443", "2001:db8::7"),
        (1, "::ffff:203.0.113.7", "203.0.113.7"),
        (1, "", "192.0.2.9"),
    ],
)
def test_only_what_our_proxies_wrote_is_believed(proxies, forwarded, address):
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded is not None else {}
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.9", **headers)
    with override_settings(TRUSTED_PROXY_COUNT=proxies):
        assert address_of(request) == address


def test_a_socket_has_no_address():
    request = RequestFactory().get("/", REMOTE_ADDR="")
    assert address_of(request) == ""


def test_a_visitor_holds_one_address_or_a_whole_network_of_the_new_kind():
    assert network_of("192.0.2.9") == "192.0.2.9"
    assert network_of("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::"
    assert network_of("") == ""
