"""How the fields are called that a column of a list can hold."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booths import agent_list, team_list
from booths.agent_list import label_of as label_of_agents
from booths.models import Booth, ImportBatch

Content = ImportBatch.Content
OF_BOOTHS: dict[str, str | Promise] = {
    "number": gettext_lazy("Booth number"),
    "number_and_name": gettext_lazy("Booth number and name in one"),
    "suffix": gettext_lazy("Letter behind the booth number"),
    "name": gettext_lazy("Booth name"),
    "name_hi": gettext_lazy("Booth name in Hindi"),
    "name_en": gettext_lazy("Booth name in English"),
    "building": "",
    "locality": "",
    "section": gettext_lazy("Section of the area"),
    "type": gettext_lazy("Main or auxiliary"),
    "seat": gettext_lazy("Assembly seat: number"),
    "seat_name": gettext_lazy("Assembly seat: name"),
    "district": "",
    "sector": "",
    "electors_male": "",
    "electors_female": "",
    "electors_third": "",
    "electors_total": "",
    "latitude": "",
    "longitude": "",
    "lat_long": gettext_lazy("Latitude and longitude in one"),
    "serial": gettext_lazy("Running number of the list"),
}


def choices_of(content: ImportBatch.Content) -> list[tuple[str, str]]:
    """The fields and what they are called; "" is a column that is not read."""
    if content == Content.BOOTHS:
        known = {field: label or _of_booth(field) for field, label in OF_BOOTHS.items()}
    elif content == Content.AGENTS:
        known = {field: label_of_agents(field) for field in agent_list.COLUMNS}
    else:
        known = {field: team_list.label_of(field) for field in team_list.COLUMNS}
    return [("", _("not read")), *((field, _capital(str(label))) for field, label in known.items())]


def _of_booth(field: str) -> str:
    return str(Booth._meta.get_field(field).verbose_name)


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]
