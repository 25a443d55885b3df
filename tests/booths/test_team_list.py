"""A list of members enters who is new, corrects who is known, and tells of every row that it cannot take."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from booths import team_list
from booths.consent import recorded
from booths.models import Block, ImportBatch, Post, Sector, TeamMember
from booths.roll.text import folded
from booths.team_comparison import Comparison
from tests.admin_world import make_world, signed_in
from tests.makers import FIRST_DAY, make_scheme, make_sector
from zones.models import Look, Zone

pytestmark = pytest.mark.django_db
IMPORT, PROCESS, EXPORT = (
    reverse(f"admin:booths_teammember_{name}") for name in ("import", "process_import", "export")
)
TODAY = date(2018, 8, 20)
HEAD = "assembly_seat,level,team,name,post,mobile,consent_mode,origin,since"


@pytest.fixture
def world():
    world = make_world()
    seat = world.here.assembly_seat
    make_scheme(world.state, {1: [seat.lok_sabha_seat]})
    make_sector(seat, "उत्तर")
    make_sector(world.there.assembly_seat, "दूर")
    Block.objects.create(assembly_seat=seat, name_hi="नगर")
    for level in Post.Level.values:
        Post.objects.create(level=level, name_hi="सदस्य", name_en="Member")
    return world


def make_member(name, **fields):
    """In the sector “उत्तर”."""
    post, sector = (
        Post.objects.get(level="sector", name_en="Member"),
        Sector.objects.get(name_hi="उत्तर"),
    )
    return TeamMember.objects.create(
        name=name, post=post, sector=sector, **{"since": FIRST_DAY} | fields
    )


def csv(*rows, head=HEAD):
    return "\n".join([head, *rows]).encode()


def compared(user, *rows, head=HEAD):
    lines, _unread = team_list.read(csv(*rows, head=head))
    comparison = Comparison(lines, user, TODAY)
    comparison.compare()
    return comparison


def upload(client, data):
    return client.post(IMPORT, {"import_file": SimpleUploadedFile("list.csv", data)})


def confirm(client, preview, **ticks):
    form = preview.context["confirm"]
    hidden = {name: form[name].value() for name in ("token", "fingerprint")}
    return client.post(PROCESS, hidden | ticks, follow=True)


def counts(page):
    return {name: number for name, number in page.context["counts"].items() if number}


def test_members_of_all_levels_are_entered_by_whoever_edits_their_teams(world):
    comparison = compared(
        world.office,
        "48,sector,उत्तर,सीता,सदस्य,+91 58765 00000,paper,,02/08/2018",
        "४८ रायपुर,ब्लॉक,नगर,गीता,member,,,,",
        ",Zone,1,मोहन,सदस्य,,,State executive,",
    )
    comparison.write()
    assert [line.problem for line in comparison.lines] == [None] * 3
    entered = TeamMember.objects.order_by("pk").values_list(
        "name", "post__level", "mobile", "consent_mode", "consent_on", "origin", "since"
    )
    assert list(entered) == [
        ("सीता", "sector", "5876500000", "paper", TODAY, "local", date(2018, 8, 2)),
        ("गीता", "block", "", "", None, "local", TODAY),
        ("मोहन", "zone", "", "", None, "state_executive", TODAY),
    ]


@pytest.mark.parametrize("language", ["hi", "en"])
def test_headings_are_understood_as_the_pages_call_them(language):
    with override(language):
        labels = [team_list.label_of(name) for name in team_list.COLUMNS]
    found = [team_list.meanings().get(folded(label)) for label in labels]
    assert found == list(team_list.COLUMNS)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("48,,उत्तर,सीता,सदस्य,,,,", "level"),
        ("48,village,उत्तर,सीता,सदस्य,,,,", "level"),
        (",sector,उत्तर,सीता,सदस्य,,,,", "assembly_seat"),
        ("48,sector,,सीता,सदस्य,,,,", "team"),
        ("48,sector,दक्षिण,सीता,सदस्य,,,,", "team"),
        ("48,sector,उत्तर,,सदस्य,,,,", "name"),
        ("48,sector,उत्तर,12,सदस्य,,,,", "name"),
        ("48,sector,उत्तर,सीता,,,,,", "post"),
        ("48,sector,उत्तर,सीता,मुखिया,,,,", "post"),
        ("48,sector,उत्तर,सीता,सदस्य,123,paper,,", "mobile"),
        ("48,sector,उत्तर,सीता,सदस्य,58•••••000,paper,,", "mobile"),
        ("48,sector,उत्तर,सीता,सदस्य,5876500000,,,", "consent_mode"),
        ("48,sector,उत्तर,सीता,सदस्य,,withdrawn,,", "consent_mode"),
        ("48,sector,उत्तर,सीता,सदस्य,,,far,", "origin"),
        ("48,sector,उत्तर,सीता,सदस्य,,,,21/08/2018", "since"),
        ("48,sector,उत्तर,सीता,सदस्य,,,,soon", "since"),
    ],
)
def test_a_row_that_cannot_be_taken_says_in_which_column(world, row, column):
    line = compared(world.office, row).lines[0]
    assert (line.does, line.problem.row, line.problem.column) == ("invalid", 2, column)
    assert line.problem.advice


def test_a_team_of_another_area_is_as_unknown_as_none(world):
    rows = ("62,sector,दूर,सीता,सदस्य,,,,", "62,sector,नहीं,सीता,सदस्य,,,,", ",zone,1,सीता,सदस्य,,,,")
    theirs = [line.problem.advice for line in compared(world.staff, *rows).lines]
    assert len(set(theirs)) == 1
    assert [line.does for line in compared(world.office, *rows).lines] == ["new", "invalid", "new"]


@pytest.mark.parametrize(
    ("cells", "does"),
    [
        (",,,", "skip"),
        ("58•••••000,,,2018-08-01", "skip"),
        ("5876500000,paper,local,", "skip"),
        ("5876511111,paper,,", "update"),
        ("5876511111,,,", "update"),
        ("58•••••111,,,", "invalid"),
        (",phone,,", "invalid"),
        (",,state_executive,", "update"),
        (",,,2018-08-02", "invalid"),
        ("5876511111,,,2018-08-02", "invalid"),
    ],
)
def test_a_list_corrects_who_is_in_the_team_but_not_since_when(world, cells, does):
    make_member("सीता", mobile="5876500000", **recorded("paper", on=FIRST_DAY))
    line = compared(world.office, f"48,sector,उत्तर,सीता,सदस्य,{cells}").lines[0]
    assert line.does == does


def corrected(world, row, **fields):
    """The member after the list; consented on paper on the first day unless said otherwise."""
    known = {"mobile": "5876500000"} | recorded("paper", on=FIRST_DAY)
    member = make_member("चन्द्र", **known | fields)
    comparison = compared(world.office, row)
    comparison.write()
    assert TeamMember.objects.get() == member
    assert [line.problem for line in comparison.lines] == [None]
    return TeamMember.objects.values_list(
        "name", "post__name_en", "mobile", "consent_mode", "consent_on"
    ).get()


@pytest.mark.parametrize(
    ("row", "after"),
    [
        ("चंद्र,सदस्य,,", ("चंद्र", "Member", "5876500000", "paper", FIRST_DAY)),
        ("चंद्र,सचिव,,", ("चंद्र", "Secretary", "5876500000", "paper", FIRST_DAY)),
        ("चन्द्र,सदस्य,5876511111,", ("चन्द्र", "Member", "5876511111", "paper", FIRST_DAY)),
        ("चन्द्र,सदस्य,5876511111,phone", ("चन्द्र", "Member", "5876511111", "phone", TODAY)),
    ],
)
def test_spelling_post_and_mobile_are_corrected_and_no_empty_cell_wipes(world, row, after):
    Post.objects.create(level="sector", name_hi="सचिव", name_en="Secretary")
    assert corrected(world, f"48,sector,उत्तर,{row},,") == after


def test_a_number_comes_with_consent_or_not_at_all(world):
    none = {"mobile": "", "consent_mode": "", "consent_version": "", "consent_on": None}
    row = "48,sector,उत्तर,चन्द्र,सदस्य,5876511111,phone,,"
    assert corrected(world, row, **none)[2:] == ("5876511111", "phone", TODAY)
    TeamMember.objects.update(**none)
    rows = (row.replace("phone", ""), row.replace("5876511111", ""))
    assert [compared(world.office, each).lines[0].does for each in rows] == ["invalid", "update"]
    TeamMember.objects.update(consent_mode="withdrawn", consent_on=FIRST_DAY)
    assert compared(world.office, row).lines[0].problem.column == "mobile"


def test_two_of_a_name_are_told_apart_by_their_posts(world):
    Post.objects.create(level="sector", name_hi="सचिव")
    Post.objects.create(level="sector", name_hi="मंत्री")
    make_member("सीता")
    both = ("48,sector,उत्तर,सीता,सदस्य,,,,", "48,sector,उत्तर,सीता,सचिव,,,,")
    assert [line.does for line in compared(world.office, *both).lines] == ["skip", "new"]
    other = ("48,sector,उत्तर,सीता,मंत्री,,,,", both[1])
    assert [line.does for line in compared(world.office, *other).lines] == ["update", "invalid"]
    TeamMember.objects.update(until=date(2018, 8, 10))
    assert [line.does for line in compared(world.office, both[1]).lines] == ["new"]


def test_what_came_of_a_list_is_kept_without_what_anything_was(world):
    member = make_member("सीता", mobile="5876500000", **recorded("paper", on=FIRST_DAY))
    client = signed_in(world.staff)
    rows = ("48,sector,उत्तर,सीता,सदस्य,5876511111,,,", "48,block,नगर,गीता,सदस्य,,,,")
    preview = upload(client, csv(*rows, "62,sector,दूर,गीता,सदस्य,,,,"))
    page = preview.content.decode()
    assert counts(preview) == {"rows": 3, "new": 1, "changed": 1, "faulty": 1}
    assert "5876511111" in page and "5876500000" not in page
    confirm(client, preview, leave_out="on")
    batch = ImportBatch.objects.get()
    entered = TeamMember.objects.get(name="गीता")
    assert (batch.content, batch.by, batch.state) == ("teams", world.staff, world.state)
    assert batch.counts == preview.context["counts"]
    assert batch.differences == {"changed": {str(member.pk): ["mobile"]}}
    versions = [each.pk for each in TeamMember.history.filter(id=member.pk).order_by("pk")]
    assert batch.undo == {"members": [entered.pk], "versions": {str(member.pk): versions}}
    assert TeamMember.history.filter(id=member.pk).latest().history_user == world.staff
    confirm(client, upload(client, csv(*rows)))
    assert ImportBatch.objects.get() == batch


@pytest.mark.parametrize(
    ("cells", "does"),
    [
        (",,,", "invalid"),
        (",,,2018-08-01", "skip"),
        (",,,2018-08-05", "invalid"),
        (",,,2018-08-10", "new"),
    ],
)
def test_who_has_left_comes_back_only_by_a_later_day(world, cells, does):
    make_member("सीता", until=date(2018, 8, 10))
    line = compared(world.office, f"48,sector,उत्तर,सीता,सदस्य,{cells}").lines[0]
    assert line.does == does


def test_the_number_of_who_withdrew_consent_is_not_brought_back(world):
    make_member("सीता", until=date(2018, 8, 10), consent_mode="withdrawn", consent_on=FIRST_DAY)
    rows = [f"48,sector,उत्तर,सीता,सदस्य,{cells},,2018-08-10" for cells in ("5876500000,paper", ",")]
    assert [compared(world.office, row).lines[0].does for row in rows] == ["invalid", "new"]


def test_the_same_row_twice_enters_once_and_another_of_the_person_is_told(world):
    row = "48,sector,उत्तर,सीता,सदस्य,,,,"
    other = "48,sector,उत्तर,सीता,सदस्य,,,,2018-08-05"
    assert [line.does for line in compared(world.office, row, row, other, ",,,,,,,,").lines] == [
        "new",
        "skip",
        "invalid",
        "skip",
    ]


def test_a_list_is_previewed_then_taken_and_a_second_time_changes_nothing(world):
    client = signed_in(world.staff)
    data = csv("48,sector,उत्तर,सीता,सदस्य,5876500000,paper,,", "48,block,नगर,गीता,सदस्य,,,,")
    preview = upload(client, data)
    assert counts(preview) == {"rows": 2, "new": 2}
    assert not TeamMember.objects.exists()
    assert confirm(client, preview).context["job"].counts["new"] == 2
    assert TeamMember.objects.count() == 2
    again = upload(client, data)
    assert (counts(again), again.context["nothing"]) == ({"rows": 2, "unchanged": 2}, True)


def test_faulty_rows_are_told_and_the_others_taken_only_if_so_wished(world):
    client = signed_in(world.staff)
    preview = upload(client, csv("48,sector,उत्तर,सीता,सदस्य,,,,", "62,sector,दूर,गीता,सदस्य,,,,"))
    assert counts(preview) == {"rows": 2, "new": 1, "faulty": 1}
    assert confirm(client, preview).context["refusal"]
    assert not TeamMember.objects.exists()
    confirm(client, preview, leave_out="on")
    assert [member.name for member in TeamMember.objects.all()] == ["सीता"]


def test_what_changed_after_the_preview_stops_the_import(world):
    client = signed_in(world.staff)
    preview = upload(client, csv("48,sector,उत्तर,सीता,सदस्य,,,,", "48,block,नगर,गीता,सदस्य,,,,"))
    make_member("सीता", since=timezone.localdate())
    assert confirm(client, preview, leave_out="on").context["job"].status == "refused"
    assert TeamMember.objects.count() == 1


def test_a_preview_that_tells_of_a_member_is_recorded_and_shows_no_number(world):
    member = make_member("सीता", mobile="5876500000", **recorded("paper", on=FIRST_DAY))
    preview = upload(signed_in(world.staff), csv("48,sector,उत्तर,सीता,सदस्य,5876511111,paper,,"))
    assert "5876500000" not in preview.content.decode()
    look = Look.objects.get()
    assert (look.what, look.where, look.members) == ("list", IMPORT, [member.pk])


def test_what_is_exported_imports_as_unchanged(world):
    make_member("=सीता", mobile="5876500000", **recorded("paper", on=FIRST_DAY))
    zone, post = Zone.objects.get(), Post.objects.get(level="zone")
    TeamMember.objects.create(name="मोहन", zone=zone, post=post, since=FIRST_DAY)
    client = signed_in(world.office)
    for chosen in ("0", "1"):
        data = client.post(EXPORT, {"format": chosen, "resource": "0"}).content
        assert counts(upload(client, data)) == {"rows": 2, "unchanged": 2}


@pytest.mark.parametrize("rows", [1, 30])
def test_comparing_asks_no_more_for_more_rows(world, rows, django_assert_num_queries):
    named = [f"48,sector,उत्तर,सीता {chr(0x915 + n)},सदस्य,,,," for n in range(rows)]
    with django_assert_num_queries(8):
        compared(world.office, *named)
