"""Uploaded lists that nobody confirms: read by nobody else, and gone soon."""

import os
import stat
import tempfile
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from booths import kept_uploads
from tests.admin_world import make_world, signed_in
from tests.booths.test_admin_lists import agents_csv, upload
from tests.makers import make_state, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


@pytest.fixture
def client():
    return signed_in(make_world().staff)


def files():
    return sorted(file for file in kept_uploads.folder().iterdir())


def made_older(age):
    (file,) = files()
    then = (timezone.now() - age).timestamp()
    os.utime(file, (then, then))
    return file


def test_a_list_lies_in_a_folder_that_nobody_else_reads(client):
    upload(client, "agent", agents_csv("48,1,सीता,"))
    assert len(files()) == 1
    assert stat.S_IMODE(kept_uploads.folder().stat().st_mode) == 0o700


def test_a_folder_that_others_read_is_not_used(client):
    kept_uploads.folder().chmod(0o755)
    with pytest.raises(PermissionError):
        upload(client, "agent", agents_csv("48,1,सीता,"))


def test_signing_out_removes_the_lists_of_the_session(client):
    upload(client, "agent", agents_csv("48,1,सीता,"))
    client.post(reverse("sign_out"))
    assert files() == []


def test_the_next_upload_of_anybody_removes_what_nobody_confirmed_in_an_hour(client):
    upload(client, "agent", agents_csv("48,1,सीता,"))
    old = made_older(kept_uploads.PREVIEW + timedelta(seconds=1))
    upload(
        signed_in(make_user("other", "state_office", make_state())),
        "agent",
        agents_csv("48,1,गीता,"),
    )
    assert (len(files()), old.exists()) == (1, False)


@pytest.mark.parametrize(("age", "left"), [(timedelta(hours=25), 0), (timedelta(hours=2), 1)])
def test_purging_removes_lists_of_a_day_ago(client, age, left):
    upload(client, "agent", agents_csv("48,1,सीता,"))
    made_older(age)
    call_command("purge_people")
    assert len(files()) == left
