"""A web process that uploads a list and confirms it, to be killed while it does."""

import os

import django

os.environ |= {"DEMO": "1", "DJANGO_SETTINGS_MODULE": "campaign.settings"}

django.setup()


def main() -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client
    from django.test.utils import setup_test_environment
    from django.urls import reverse

    from tests.kill.rounds import NEW_DAY, NEW_LIST
    from zones.models import State, User

    setup_test_environment()
    client = Client()
    client.force_login(User.objects.get(username="office"), "zones.scope.PostingBackend")
    asked = {"state": State.objects.get().pk, "as_of": f"{NEW_DAY:%d/%m/%Y}", "is_full": "full"}
    file = SimpleUploadedFile("list.csv", NEW_LIST)
    page = client.post(reverse("admin:booths_booth_import"), asked | {"import_file": file})
    form = page.context["confirm"]
    posted = {name: form[name].value() for name in ("token", "fingerprint")}
    posted |= {"leave_agents": "on"}
    print("ready", flush=True)
    client.post(reverse("admin:booths_booth_process_import"), posted)
    # Another look, so that a late kill comes after all is done.
    client.get(reverse("admin:booths_importjob_changelist"))


if __name__ == "__main__":
    main()
