"""What is posted at each door: what would succeed for whoever is allowed.

A form is taken as its page gives it to the office, with these values changed; "{name}" stands for
the id of a row of tests/doors/world.py. Where a door tells posts apart ("#theirs"), the values
under its full name come on top of those of the door.
"""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from booths.admin import uploads
from tests.doors.pages import filled
from tests.doors.table import Door
from tests.doors.world import Doorstep

PASSWORD, NEW_PASSWORD = "a-test-password-7", "another-password-8"
NAMES = {"name_hi": "नया", "name_en": "New"}
DAY = "10/08/2018"

# For adding a row of a model, and for changing the one there is.
ADDING: dict[str, dict[str, str]] = {
    "state": NAMES | {"code": "XX"},
    "district": NAMES | {"state": "{state}", "slug": "new"},
    "loksabhaseat": NAMES | {"state": "{state}", "number": "9", "reservation": "GEN"},
    "assemblyseat": NAMES
    | {"state": "{state}", "number": "90", "reservation": "GEN"}
    | {"lok_sabha_seat": "{loksabhaseat}", "district": "{district}"},
    "zonescheme": NAMES | {"state": "{state}"},
    "zone": NAMES | {"scheme": "{zonescheme}", "number": "2"},
    "schemeterm": {},  # by the pages of schemes alone
    "user": {"username": "new", "first_name": "नया", "language": "hi"}
    | {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    "posting": {"user": "{user}", "role": "observer", "district": "{district}", "since": DAY},
    "block": NAMES | {"assembly_seat": "{assemblyseat}"},
    "sector": NAMES | {"assembly_seat": "{assemblyseat}"},
    "post": NAMES | {"level": "sector", "order": "5"},
    "teammember": {"name": "नया", "post": "{post}", "sector": "{sector}"}
    | {"origin": "local", "since": DAY},
    "booth": NAMES | {"assembly_seat": "{assemblyseat}", "label": "9", "listed_on": DAY},
    "agentneed": {"state": "{state}", "kind": "bla2", "per_booth": "1"},
    "agent": {},  # by quick entry alone
    "appointment": {"agent": "{agent}", "booth": "{empty_booth}", "kind": "bla2"}
    | {"proposed_on": DAY, "appoint": "on"},
    "importbatch": {},
    "importjob": {},
    "blaauthorisation": {"state": "{state}", "person": "नया", "signed_on": DAY},
    "campaign": NAMES
    | {"state": "{state}", "slug": "new", "party_hi": "दल", "election": "assembly"}
    | {"starts_on": DAY, "is_current": ""},
    "directive": {"campaign": "{campaign}", "number": "9", "text_hi": "नया", "text_en": "New"}
    | {"issued_by_hi": "अध्यक्ष", "issued_on": DAY, "due_on": "31/08/2018"}
    | {"measure": "agents", "kind": "booth_agent", "target_percent": "100"},
    "directivereading": {"directive": "{by_hand}", "assembly_seat": "{assemblyseat}"}
    | {"on": "11/08/2018", "percent": "50"},
    "seatcontest": {"campaign": "{campaign}", "assembly_seat": "{empty_seat}", "status": "ours"},
    "reviewmeeting": {"campaign": "{campaign}", "number": "4", "kind": "review"}
    | {"status": "possible"},
    "commitment": {"meeting": "{reviewmeeting}", "user": "{user}", "number": "7"}
    | {"assembly_seat": "{assemblyseat}"},
    "decision": {"meeting": "{reviewmeeting}", "text": "नया", "owner": "{user}", "due_on": DAY},
}
CHANGING: dict[str, dict[str, str]] = {name: NAMES for name in ADDING} | {
    "schemeterm": {"from_on": "12/08/2018"},
    "user": {"first_name": "बदला"},
    "posting": {"until": "31/08/2030"},
    "teammember": {"name": "बदला"},
    "agentneed": {"per_booth": "2"},
    "agent": {"name": "बदला"},
    "appointment": {"proposed_on": "09/08/2018", "kind": "bla2", "status": "ended"},
    "importbatch": {"file_name": "बदला"},
    "importjob": {"file_name": "बदला"},
    "blaauthorisation": {"person": "बदला"},
    "directive": {"text_hi": "बदला"},
    "directivereading": {"percent": "99"},
    "seatcontest": {"status": "ally"},
    "reviewmeeting": {"minutes": "बदला"},
    "commitment": {"number": "99"},
    "decision": {"text": "बदला"},
}
# For the page between choosing an action and doing it.
ACTIONS: dict[str, dict[str, str]] = {
    "delete_selected": {"post": "yes"},
    "appoint_chosen": {"confirm": "1", "day": DAY},
    "verify_chosen": {"confirm": "1", "day": DAY},
    "end_chosen": {"confirm": "1", "day": DAY, "reason": "resigned"},
    "put_in_sector": {"confirm": "1", "sector": "{sector}"},
}
OF_MEETING = {
    "edit/": {"minutes": "नया"},
    "hold/": {"day": "2018-08-11"},
    "promises/new/": {"user": "{office}", "area": "assemblyseat-{assemblyseat}", "number": "8"},
    "decisions/new/": {"text": "नया", "owner": "{office}", "due_on": "2018-08-20"},
    "decisions/{decision}/": {"done": "yes"},
    "decisions/{their_decision}/": {"done": "yes"},
}
# Rows that an action of a list is done on, where the row of the model does not fit.
CHOSEN = {"appoint_chosen": "{proposed}", "leave_open": "{spare_contest}"}
FORMS: dict[str, dict[str, str]] = {
    "/cg/directive/2/readings/": {"day": "2018-08-11", "seat-48": "60"},
    "/cg/reviews/new/": {"kind": "review", "status": "planned"},
    "/sign-in/": {"username": "staff", "password": PASSWORD},
    "/language/": {"language": "en", "next": "/"},
    "/people/new/": {"name": "नया", "username": "naya1", "role": "observer"}
    | {"area": "district-{district}", "since": "2018-08-10"},
    "/people/{user}/edit/": {"name": "बदला"},
    "/people/{user}/post/": {"role": "observer", "area": "district-{district}"}
    | {"since": "2018-08-10"},
    "/people/{user}/postings/{posting}/move/": {"role": "observer"}
    | {"area": "district-{their_district}", "since": "2018-08-20"},
    "/people/{user}/postings/{posting}/end/": {"until": "2018-08-20"},
    "/people/slips/": {"person": "{user}"},
    "/cg/schemes/new/": {"name_hi": "नई", "name_en": "Anew"},
    "/cg/schemes/{drawn_scheme}/": {},
    "/admin/booths/agent/{unplaced}/remove/erase/": {"reason": "asked", "confirm": "1"},
    "/admin/booths/agent/{gone}/remove/erase/": {"reason": "asked", "confirm": "1"},
    "/cg/zone/1/team/": {"name": "नया", "post": "{zone_post}"},
    "/cg/seat/48/sector/{sector}/team/": {"name": "नया", "post": "{post}"},
    "/cg/seat/62/sector/{their_sector}/team/": {"name": "नया", "post": "{post}"},
    "/cg/seat/48/block/{block}/team/": {"name": "नया", "post": "{spare_post}"},
    "/cg/seat/48/sectors/": {"numbers": "3", "name": "नया"},
    "/cg/member/{teammember}/end/": {"reason": "resigned"},
    "/account/password/": {"oldpassword": PASSWORD}
    | {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    "/admin/password_change/": {"old_password": PASSWORD}
    | {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD},
    "/admin/booths/agent/quick/": {"seat": "{assemblyseat}", "booth": "4", "name": "नया"}
    | {"day": DAY, "consent": "paper"},
    "/admin/booths/agent/quick/#theirs": {"seat": "{their_seat}", "booth": "3"},
    "/admin/booths/appointment/add/#theirs": {"agent": "{their_agent}"},
    "/admin/booths/appointment/add/#their_booth": {"booth": "{their_empty_booth}"},
    "/admin/booths/appointment/add/#all_theirs": {"agent": "{their_agent}"}
    | {"booth": "{their_empty_booth}"},
    "/admin/booths/appointment/add/#unplaced": {"agent": "{unplaced}", "kind": "booth_agent"},
    "/admin/booths/block/add/#theirs": {"assembly_seat": "{their_seat}"},
    "/admin/booths/sector/add/#theirs": {"assembly_seat": "{their_seat}"},
    "/admin/booths/sector/add/#their_block": {"assembly_seat": "{their_seat}"}
    | {"block": "{their_block}"},
    "/admin/booths/teammember/add/#theirs": {"sector": "{their_sector}"},
    "/admin/campaign/directivereading/add/#theirs": {"assembly_seat": "{their_seat}"},
    "/admin/booths/booth/#put_in_sector:their_booth": {"sector": "{their_sector}"},
} | {
    f"{meeting}{page}": values
    for meeting in ("/cg/reviews/3/", "/cg/meetings/president/1/")
    for page, values in OF_MEETING.items()
}
DOING: dict[str, dict[str, str]] = {
    "appoint": {"day": DAY},
    "verify": {"day": DAY},
    "replace": {"day": DAY, "name": "नया", "consent": "paper"},
    "move": {"day": DAY, "seat": "{assemblyseat}", "booth": "4"},
    "end": {"day": DAY, "reason": "resigned"},
    "correct": {"appointed_on": "09/08/2018", "proposed_on": "09/08/2018", "reason": "तारीख"},
}
AGENTS = "assembly_seat,booth,name\n48,4,नया\n".encode()
BOOTHS = "AC No,PS No,PS Name\n48,9,नया\n".encode()
MEMBERS = "assembly_seat,level,team,name,post\n48,sector,बिना टोली,नया,अध्यक्ष\n".encode()
FILES = {"agent": AGENTS, "booth": BOOTHS, "teammember": MEMBERS}


class Bodies:
    def __init__(self, doorstep: Doorstep):
        self.doorstep = doorstep
        self.forms: dict[str, dict] = {}
        self.fingerprints: dict[str, str] = {}

    def of(self, door: Door, client) -> dict:
        if door.path == reverse("api-imports"):
            file = SimpleUploadedFile("list.csv", FILES["booth"])
            return self._options("booth") | {"content": "booths", "file": file}
        if door.path.endswith("/process_import/"):
            return self._confirmed(door.path.split("/")[3], client)
        if door.path.endswith("/import/"):
            return self._upload(door.path.split("/")[3])
        if door.fragment.split(":")[0] and door.path.startswith("/admin/") and _is_list(door):
            return self._action(door)
        named = FORMS.get(door.path, {}) | _of_admin(door) | FORMS.get(door.address, {})
        return self._form(door) | self._with_ids(named)

    def _with_ids(self, values: dict) -> dict:
        return {name: self.doorstep.address(value) for name, value in values.items()}

    def _form(self, door: Door) -> dict:
        """The form of the door as the office gets it."""
        if door.path not in self.forms:
            address = self.doorstep.address(door.path)
            page = self.doorstep.actors["office"].get(address, follow=True)
            html = "html" in page.headers.get("Content-Type", "") and page.content.decode()
            self.forms[door.path] = filled(html or "")
        return dict(self.forms[door.path])

    def _action(self, door: Door) -> dict:
        action, _colon, whose = door.fragment.partition(":")
        row = f"{{{whose}}}" if whose else CHOSEN.get(action, f"{{{door.path.split('/')[3]}}}")
        values = ACTIONS.get(action, {}) | FORMS.get(door.address, {})
        chosen = {"action": action, "_selected_action": row, "index": "0", "select_across": "0"}
        return self._with_ids(chosen | values)

    # Import: upload, and confirm what this very session has uploaded

    def _upload(self, kind: str) -> dict:
        return self._options(kind) | {"import_file": SimpleUploadedFile("list.csv", FILES[kind])}

    def _options(self, kind: str) -> dict:
        of_booths = {"state": "{state}", "as_of": DAY, "is_full": "part"}
        asked = of_booths if kind == "booth" else {}
        return self._with_ids(asked)

    def _confirmed(self, kind: str, client) -> dict:
        """The upload is put into the session of whoever knocks, so that the confirming step has to
        refuse of itself."""
        office = self.doorstep.actors["office"]
        address = reverse(f"admin:booths_{kind}_import")
        page = office.post(address, self._upload(kind))
        form = page.context["confirm"]
        hidden = {name: form[name].value() for name in ("token", "fingerprint")}
        session = client.session
        session[uploads.UPLOADS] = dict(office.session[uploads.UPLOADS])
        session.save()
        client.cookies["sessionid"] = session.session_key
        return hidden


def _is_list(door: Door) -> bool:
    return len(door.path.strip("/").split("/")) == 3


def _of_admin(door: Door) -> dict:
    """The values for a page of the admin, by what its address says."""
    match door.path.strip("/").split("/"):
        case ["admin", _app, model, "add"]:
            return ADDING.get(model, {})
        case ["admin", _app, model, _row, "change"]:
            return CHANGING.get(model, {})
        case ["admin", _app, _model, _row, "delete"]:
            return {"post": "yes"}
        case ["admin", _app, _model, _row, "do", name]:
            return DOING.get(name, {})
        case ["admin", _app, model, row] if re.fullmatch(r"\{\w+\}", row):
            return CHANGING.get(model, {})
    return {}
