"""A state of two seats in CSV files, and what importing it says."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from zones.models import AssemblySeat, District, LokSabhaSeat, SchemeTerm, State, Zone, ZoneSeat

DISTRICTS = """name_en,name_hi,aliases_en,aliases_hi
Rampur,रामपुर,Rampoor;Rampur Nagar,रामपूर
Old Fort,पुराना किला,,
"""
LOK_SABHA_SEATS = """ls_number,name_en,name_hi,reservation,zone,ac_count,aliases_en
1,Rampur,रामपुर,GEN,1,1,
2,Old Fort,पुराना किला,SC,2,1,
"""
ASSEMBLY_SEATS = """ac_number,name_en,name_hi,reservation,ls_number,district_current_en,aliases_en
1,Rampur City,रामपुर शहर,GEN,1,Rampur,Rampur Nagar
2,Fort Rural,किला ग्रामीण,ST,2,Old Fort,
"""


def write_territory(folder):
    (folder / "districts.csv").write_text(DISTRICTS, encoding="utf-8")
    (folder / "lok_sabha_seats.csv").write_text(LOK_SABHA_SEATS, encoding="utf-8")
    (folder / "assembly_seats.csv").write_text(ASSEMBLY_SEATS, encoding="utf-8")
    return folder


def load(folder, *options, state="XY"):
    out = StringIO()
    names = () if "--name-hi" in options else ("--name-hi", "नया प्रदेश", "--name-en", "New State")
    call_command("import_territory", folder, "--state", state, *names, *options, stdout=out)
    return out.getvalue().splitlines()


def refusal(folder, *options, **state):
    """The sentences of a refusal, after which nothing may be there."""
    before = everything()
    with pytest.raises(CommandError) as refused:
        load(folder, *options, **state)
    assert everything() == before
    *sentences, last = str(refused.value).splitlines()
    assert last == "Nothing was changed."
    return sentences


def everything():
    models = (State, District, LokSabhaSeat, AssemblySeat, Zone, ZoneSeat, SchemeTerm)
    return [list(model.objects.order_by("pk").values()) for model in models]


def rewrite(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
