"""Only a passkey that asked for finger, face or PIN opens the door by itself."""

import base64
import hashlib
import json

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2.cose import ES256
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from tests.campaign.test_second_factor import SECRET
from tests.campaign.test_sign_in import later, sign_in, signed_in
from tests.makers import make_user

pytestmark = pytest.mark.django_db
HTTPS = {"secure": True, "HTTP_REFERER": "https://testserver/"}
HOST = hashlib.sha256(b"testserver").digest()
TOUCHED, VERIFIED, HOLDS_KEY = 1, 4, 64  # flags of what the key says
DOOR, ADDING = "/sign-in/passkey/", "/account/second-factor/passkey/"


def plain(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class Key:
    """A key that signs without ever asking for more than a touch, unless told to."""

    def __init__(self):
        self.secret, self.id = ec.generate_private_key(ec.SECP256R1()), b"K" * 16

    def created(self, client: Client, *, resident: bool, flags=0) -> str:
        public = ES256.from_cryptography_key(self.secret.public_key())
        held = AttestedCredentialData.create(bytes(16), self.id, public)
        said = AuthenticatorData.create(HOST, TOUCHED | HOLDS_KEY | flags, 0, held)
        told = {"attestationObject": plain(bytes(AttestationObject.create("none", said, {})))}
        return self._answer(_asked(client, "create"), told, {"credProps": {"rk": resident}})

    def signed(self, client: Client, user, *, flags=0) -> str:
        asked = _asked(client, "get")
        said = HOST + bytes([TOUCHED | flags]) + b"\0\0\0\1"
        signature = self.secret.sign(
            said + hashlib.sha256(asked).digest(), ec.ECDSA(hashes.SHA256())
        )
        told = {"authenticatorData": said, "signature": signature}
        told |= {"userHandle": user_pk_to_url_str(user).encode()}
        return self._answer(asked, {name: plain(value) for name, value in told.items()}, {})

    def _answer(self, asked: bytes, told: dict, extensions: dict) -> str:
        named = {"id": plain(self.id), "rawId": plain(self.id), "type": "public-key"}
        response = {"clientDataJSON": plain(asked)} | told
        return json.dumps(named | {"clientExtensionResults": extensions, "response": response})


def _asked(client: Client, what: str) -> bytes:
    challenge = client.session["mfa.webauthn.state"]["challenge"]
    said = {"type": f"webauthn.{what}", "challenge": challenge, "origin": "https://testserver"}
    return json.dumps(said).encode()


@pytest.fixture
def owner():
    return make_user("owner", pk=1000)  # the library writes it in another base


def added(owner, *, resident: bool, flags=0) -> Key:
    key, client = Key(), signed_in("owner")
    client.get(ADDING, secure=True)
    answer = key.created(client, resident=resident, flags=flags)
    data = {"name": "key", "credential": answer} | ({"passwordless": "on"} if resident else {})
    assert client.post(ADDING, data, **HTTPS).status_code == 302
    return key


def at_the_door() -> Client:
    client = Client()
    client.get(DOOR, HTTP_X_REQUESTED_WITH="XMLHttpRequest", secure=True)
    return client


def opens(client, key, owner, **said) -> bool:
    client.post(DOOR, {"credential": key.signed(client, owner, **said)}, **HTTPS)
    return client.session.get("_auth_user_id") == str(owner.pk)


def test_a_passkey_opens_if_it_asked_for_more_than_a_touch(owner):
    key = added(owner, resident=True, flags=VERIFIED)
    assert not opens(at_the_door(), key, owner)
    assert opens(at_the_door(), key, owner, flags=VERIFIED)


def test_a_key_that_is_a_mere_second_factor_does_not_open(owner):
    key = added(owner, resident=False)
    assert not opens(at_the_door(), key, owner, flags=VERIFIED)


def test_what_was_asked_at_another_step_does_not_open(owner, monkeypatch):
    """The question of the second step is content with a touch; one gets it for an account of one's
    own and could answer it here."""
    key = added(owner, resident=True, flags=VERIFIED)
    TOTP.activate(make_user("thief"), SECRET)
    thief = Client()
    sign_in("thief", client=thief, secure=True)
    thief.get("/sign-in/code/", secure=True)
    with later(monkeypatch, minutes=16):  # the thief's own sign-in is given up by then
        assert not opens(thief, key, owner)


@pytest.mark.parametrize("answer", ['{"id": 1}', "[" * 100_000, "1" * 100_000, "null", "[]"])
def test_an_answer_that_is_none_is_wrong_and_no_fault(answer):
    client = at_the_door()
    client.cookies["django_language"] = "en"
    response = client.post(DOOR, {"credential": answer}, follow=True, **HTTPS)
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session
