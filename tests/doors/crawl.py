"""Every look that one can take at a stranger's rows: by list, filter, search, order, id, choice,
autocomplete, action, export, import and error message."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote_plus, urlencode

from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from import_export.admin import ExportMixin

from tests.doors.planted import PEOPLE, PLACES
from tests.doors.table import doors
from tests.doors.world import Doorstep

# The stranger's row of a model, by what planting and world call it.
THEIRS = {
    "user": "their_user",
    "posting": "their_posting",
    "district": "their_district",
    "loksabhaseat": "their_lok_sabha_seat",
    "assemblyseat": "their_seat",
    "zone": "their_zone",
    "block": "their_block",
    "sector": "their_sector",
    "teammember": "their_member",
    "booth": "their_booth",
    "agent": "their_agent",
    "appointment": "theirs",
    "importbatch": "their_import",
    "importjob": "their_job",
    "seatcontest": "spare_contest",
}
TERMS = [PEOPLE[name] for name in ("mobile", "epic", "code")] + ["पराया", "दूर", "62", "परराज"]


@dataclass(frozen=True, eq=False)
class Look:
    address: str
    posted: dict | None = None
    file: str = ""

    def said(self) -> str:
        """What the look itself says: that it is echoed is no leak."""
        posted = (self.posted or {}) | {"import_file": self.file}
        return f"{unquote_plus(self.address)} {posted}"

    def post(self) -> dict:
        file = SimpleUploadedFile("list.csv", self.file.encode())
        return (self.posted or {}) | ({"import_file": file} if self.file else {})


def looks(doorstep: Doorstep, theirs: dict[str, str] = THEIRS) -> Iterator[Look]:
    """`theirs` names the stranger's row of each model."""
    for address in (
        *addresses(doorstep, theirs),
        *by_another_field(doorstep),
        *lists(doorstep, theirs),
        *autocompletes(),
        *searches(),
        *api(),
        *pages(),
        *found(),
        *of_the_office(),
    ):
        yield Look(address)
    yield from actions(doorstep, theirs)
    yield from exports()
    yield from entries(doorstep)


def addresses(doorstep: Doorstep, stranger: dict[str, str]) -> Iterator[str]:
    """All that the table gets, and the same of the stranger's row."""
    for door in doors():
        if door.method == "GET" and "sign-out" not in door.address:
            yield doorstep.address(door.address)
            for model, theirs in stranger.items():
                if f"{{{model}}}" in door.address:
                    yield doorstep.address(door.address.replace(f"{{{model}}}", f"{{{theirs}}}"))


def by_another_field(doorstep: Doorstep) -> Iterator[str]:
    """The stranger's row by its mobile or code, and by the link that leads to where a row is shown."""
    for name, value in [("mobile", PEOPLE["mobile"]), ("code", PEOPLE["code"])]:
        yield f"/admin/booths/agent/{value}/change/?_to_field={name}&_popup=1"
        yield f"/admin/booths/agent/?_to_field={name}&_popup=1"
    booth_type, booth = doorstep.rows["booth_type"].pk, doorstep.rows["their_booth"].pk
    yield f"/admin/r/{booth_type}/{booth}/"


def lists(doorstep: Doorstep, theirs: dict[str, str] = THEIRS) -> Iterator[str]:
    for model, model_admin in admin.site._registry.items():
        name = model._meta.model_name
        address = f"/admin/{model._meta.app_label}/{name}/"
        order = ".".join(str(n + 1) for n in range(len(model_admin.list_display)))
        for query in (f"o={order}&all=", "_popup=1&_to_field=id&_facets=True"):
            yield f"{address}?{query}"
        if model_admin.search_fields:
            yield from (f"{address}?{urlencode({'q': term})}" for term in TERMS)
        yield from (f"{address}?{query}" for query in filters(doorstep, model_admin, theirs))


def filters(doorstep: Doorstep, model_admin, theirs: dict[str, str]) -> Iterator[str]:
    """Each filter with the stranger's value, and each field that is searched, typed by hand."""
    for each in model_admin.list_filter:
        if isinstance(each, tuple):
            related = model_admin.opts.get_field(each[0].split("__")[0]).related_model
            model = "assemblyseat" if each[0].endswith("assembly_seat") else ""
            model = model or (related and related._meta.model_name) or ""
            if model in theirs:
                yield f"{each[0]}__id__exact={doorstep.rows[theirs[model]].pk}"
        elif not isinstance(each, str):
            lookups = each.lookups(None, None, model_admin)
            yield from (f"{each.parameter_name}={value}" for value, _label in lookups)
    for name in model_admin.search_fields:
        known = next((what for what in ("mobile", "epic", "code") if what in name), "name")
        yield urlencode({f"{name.lstrip('=^')}__startswith": PEOPLE[known]})


def autocompletes() -> Iterator[str]:
    for model, model_admin in admin.site._registry.items():
        for name in model_admin.autocomplete_fields:
            asks = {"app_label": model._meta.app_label, "model_name": model._meta.model_name}
            for term in ("", *TERMS):
                asks |= {"field_name": name, "term": term}
                yield f"/admin/autocomplete/?{urlencode(asks)}"


def searches() -> Iterator[str]:
    for term in TERMS:
        yield f"/admin/search/?{urlencode({'s': term})}"
        yield f"/admin/search/?{urlencode({'s': term, 'extended': 1})}"


def actions(doorstep: Doorstep, theirs: dict[str, str]) -> Iterator[Look]:
    """The page between choosing and doing, with the stranger's row among the chosen."""
    for door in doors():
        if door.method == "POST" and door.path.count("/") == 4 and door.fragment:
            model = door.path.split("/")[3]
            chosen = [doorstep.rows[name].pk for name in (model, theirs.get(model, model))]
            posted = {"action": door.fragment.partition(":")[0], "_selected_action": chosen}
            yield Look(door.path, posted | {"select_across": "0", "index": "0"})
            yield Look(door.path, posted | {"select_across": "1", "index": "0"})


def exports() -> Iterator[Look]:
    for model, model_admin in admin.site._registry.items():
        if not isinstance(model_admin, ExportMixin):
            continue
        address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/export/"
        for chosen in ("0", "1"):
            fields = {"format": chosen, "resource": "0"}
            yield Look(address, fields)
            yield Look(f"{address}?{urlencode({'q': 'दूर'})}", fields)


AGENT_LISTS = (
    f"code,name\n{PEOPLE['code']},चोर",
    f"code,mobile\n{PEOPLE['code']},5000000000",
    f"assembly_seat,booth,name,mobile\n48,4,नया,{PEOPLE['mobile']}",
    f"assembly_seat,booth,name,epic_no\n48,4,नया,{PEOPLE['epic']}",
    "assembly_seat,booth,name\n62,2,नया\n62,3,नया\n62,99,नया",
    f"assembly_seat,booth,code\n48,1,{PEOPLE['code']}",
)
TEAM_LIST = f"""assembly_seat,level,team,name,post,mobile,consent_mode
62,sector,{PLACES["sector"]},{PEOPLE["team member"]},अध्यक्ष,5000000000,paper
,zone,1,{PEOPLE["zone member"]},प्रभारी,5000000000,paper
48,sector,बिना टोली,नया,अध्यक्ष,{PEOPLE["team mobile"]},paper"""


def entries(doorstep: Doorstep) -> Iterator[Look]:
    """Forms and files that name the stranger's place, number or phone."""
    for text in AGENT_LISTS:
        yield Look("/admin/booths/agent/import/", {}, text)
    yield Look("/admin/booths/teammember/import/", {}, TEAM_LIST)
    options = {"state": doorstep.rows["state"].pk, "as_of": "10/08/2018"}
    yield Look("/admin/booths/booth/import/", options, "AC No,PS No,PS Name\n62,2,नया")
    quick = "/admin/booths/agent/quick/"
    yield from (Look(f"{quick}?seat={seat}&booth={booth}") for seat, booth in [(62, 2), (62, 99)])
    here, there = doorstep.rows["assemblyseat"].pk, doorstep.rows["their_seat"].pk
    person = {"name": "नया", "day": "10/08/2018", "token": "t"}
    yield Look(quick, person | {"seat": there, "booth": "2"})
    yield Look(quick, person | {"seat": here, "booth": "99"})
    shared = person | {"seat": here, "booth": "4", "mobile": PEOPLE["mobile"]}
    yield Look(quick, shared)
    mine = doorstep.rows["appointment"].pk
    for name in ("move", "correct"):
        asked = {"seat": there, "booth": "2", "day": "10/08/2018", "reason": "क"}
        yield Look(f"/admin/booths/appointment/{mine}/do/{name}/", asked)
    own = f"/admin/booths/agent/{doorstep.rows['agent'].pk}/change/"
    yield Look(own, {"name": "राम अपना", "mobile": PEOPLE["mobile"], "epic_no": PEOPLE["epic"]})
    for model, given in {
        "appointment": {"agent": "their_agent", "booth": "their_booth"},
        "teammember": {"sector": "their_sector", "block": "their_block"},
        "sector": {"assembly_seat": "their_seat", "block": "their_block"},
    }.items():
        posted = {name: doorstep.rows[row].pk for name, row in given.items()}
        yield Look(f"/admin/booths/{model}/add/", posted)


API = ("zones", "lok-sabha-seats", "districts", "assembly-seats", "booths", "tallies")


def api() -> Iterator[str]:
    yield from (f"/api/v1/mp/{name}/" for name in API)
    at = "/api/v1/cg/"
    queries = ["assembly_seat=62", "district=durg", "number=2", "cover=covered", "limit=1000"]
    queries += [
        urlencode({"sector": PLACES["sector"]}),
        "lok_sabha_seat=7",
        "zone=2",
        "on=2018-08-20",
    ]
    for name in API:
        yield from (f"{at}{name}/?{query}" for query in queries)
    for one in ("zones/2", "lok-sabha-seats/7", "districts/durg", "assembly-seats/62"):
        yield f"{at}{one}/"


def pages() -> Iterator[str]:
    yield from ("/mp/", "/mp/seat/204/", "/mp/seat/204/booth/7/", "/mp/ls/26/", "/mp/districts/")
    at, days = "/cg/", ["", "?on=2018-08-20"]
    for place in (
        "",
        "zone/2/",
        "zone/2/team/",
        "ls/7/",
        "seat/62/",
        "seat/62/teams/",
        "seat/62/sectors/",
    ):
        yield from (f"{at}{place}{day}" for day in days)
    for place in ("seat/62/booth/2/", "district/durg/"):
        yield from (f"{at}{place}{day}" for day in days)
    for own in ("seat/48/", "seat/48/booth/1/", "district/raipur/"):
        yield f"{at}{own}?on=2018-08-20"
    for query in ({"q": "पराया"}, {"q": "दूर"}, {"show": "appointed"}, {"sector": "1"}):
        yield f"{at}seat/48/?{urlencode(query)}"


def found() -> Iterator[str]:
    """The search, in either script, by what is planted and by its number."""
    for term in (*TERMS, "shyam parayi", "शयाम", "parayi", "62/2", PLACES["seat"], PLACES["booth"]):
        yield f"/cg/search/?{urlencode({'q': term})}"
    yield f"/cg/search/?{urlencode({'q': 'पराया', 'kind': 'agents', 'on': '2018-08-20'})}"


def of_the_office() -> Iterator[str]:
    """What the pages of people and of the trail can be asked, and their files."""
    yield from (f"/people/?{urlencode({'q': term})}" for term in (*TERMS, PEOPLE["user mobile"]))
    yield from ("/people/?role=district_staff", "/people/?standing=never", "/people/?page=2")
    asked = [{}, {"who": PEOPLE["login"]}, {"agent": PEOPLE["code"]}, {"kind": "look"}]
    asked += [{"since": "2018-08-01", "until": "2100-01-01"}]
    span = {"who": PEOPLE["login"], "since": "2018-08-01", "until": "2099-12-31"}
    for form in ({}, {"format": "csv"}, {"format": "xlsx"}):
        yield from (f"/trail/?{urlencode(each | form)}" for each in asked)
        yield f"/trail/affected/?{urlencode(span | form)}"


def text_of(response) -> str:
    content = response.getvalue()
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    told = [response.headers.get(name, "") for name in ("Location", "Content-Disposition")]
    return "\n".join([content.decode("utf-8", "replace"), *told])
