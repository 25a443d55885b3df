"""What headings of lists of agents mean, and what they do not."""

import pytest
from django.core.exceptions import ValidationError

from booths.agent_columns import KIND_WORDS, VAGUE, column_of, kind_named_by, places_of
from booths.agent_list import COLUMNS, READ, meanings
from booths.models import Kind

HEADINGS = {
    "code": ["code", "Agent code", "AGENT ID", "एजेंट कोड", "एजेंट का कोड"],
    "assembly_seat": [
        *("AC No", "AC_NO", "A.C. No.", "Assembly Constituency", "Vidhan Sabha No."),
        *("विधानसभा क्रमांक", "विधान सभा क्र.", "विधानसभा", "वि.स. क्रमांक"),
        "विधानसभा क्रमांक / AC No.",
    ],
    "booth": [
        *("Booth No", "Booth No.", "BOOTH NUMBER", "PS No.", "Polling Station No."),
        *("बूथ क्रमांक", "बूथ क्र.", "बूथ नं0", "मतदान केंद्र क्रमांक", "मतदान केन्द्र का क्रमांक"),
        *("बूथ क्रमांक / Booth No.", "बूथ क्रमांक\nBooth No", "बूथ क्र. (Booth No.)"),
    ],
    "kind": ["Kind", "Type", "Agent Type", "प्रकार", "एजेंट का प्रकार"],
    "status": ["Status", "स्थिति"],
    "appointed_on": [
        *("Date of appointment", "Appointment Date", "Date", "नियुक्ति दिनांक", "नियुक्ति की तारीख"),
        *("दिनांक", "नियुक्ति तिथि (dd/mm/yyyy)", "appointed_on"),
    ],
    "name": [
        *("Name", "NAME", "Agent Name", "Name of Agent", "नाम", "एजेंट का नाम", "बूथ एजेंट का नाम"),
        *("Name of BLA-2", "BLA-2", "नाम / Name", "अभिकर्ता का नाम", "नाम (हिन्दी में)"),
    ],
    "relation_name": [
        *("Father/Husband Name", "Father's / Husband's Name", "Father’s Name", "Father Name"),
        *("पिता/पति का नाम", "पिता / पति का नाम", "पति/पिता का नाम", "पिता का नाम", "S/o"),
        "पिता/पति का नाम (Father/Husband Name)",
    ],
    "gender": ["Gender", "Sex", "लिंग"],
    "mobile": [
        *("Mobile", "Mobile No", "Mobile No.", "Mob. No.", "Phone No.", "Contact Number"),
        *("मोबाइल नं.", "मोबाइल नं०", "मोबाईल नंबर", "मो.नं.", "दूरभाष", "मोबाइल नम्बर"),
        *("Mobile No. (10 digits)", "मोबाइल नं. / Mobile No."),
    ],
    "epic_no": [
        *("EPIC", "EPIC No.", "Epic Number", "Voter ID", "Voter ID Card No."),
        *("मतदाता पहचान पत्र क्रमांक", "एपिक नं.", "वोटर आईडी", "मतदाता परिचय पत्र क्रमांक"),
        *("EPIC No. (if any)", "EPIC No (यदि हो)"),
    ],
    "": [
        *("", "क्र.", "S.No.", "Sr No", "क्रमांक", "Remarks", "रिमार्क", "District", "जिला"),
        *("Name of Polling Station", "मतदान केन्द्र का नाम", "Booth Name", "बूथ का नाम", "AC Name"),
        # Of somebody else, or of two things at once.
        *("BLO Name", "BLO Mobile", "Mobile No. (BLO)", "Mobile / BLO", "नाम (मतदान केन्द्र)"),
        *("नाम / मोबाइल", "नाम एवं मोबाइल नंबर", "Date of Birth", "जन्म दिनांक", "आयु", "पता"),
    ],
}


@pytest.mark.parametrize(
    ("heading", "column"), [(each, name) for name, many in HEADINGS.items() for each in many]
)
def test_what_a_heading_means(heading, column):
    assert column_of(heading, meanings()) == column


def test_a_field_s_own_name_means_itself():
    assert {name: column_of(name, meanings()) for name in COLUMNS} == {n: n for n in COLUMNS}


def test_every_meaning_is_a_column_and_every_vague_heading_a_meaning():
    assert set(meanings().values()) == set(COLUMNS)
    assert set(meanings()) >= VAGUE


@pytest.mark.parametrize(
    ("headings", "places"),
    [
        (["क्र.", "नाम", "मोबाइल"], {"name": 1, "mobile": 2}),
        # The plain heading goes before the vague one, wherever it stands.
        (["बूथ क्र.", "नाम", "एजेंट का नाम"], {"booth": 0, "name": 2}),
        (["दिनांक", "नियुक्ति दिनांक"], {"appointed_on": 1}),
        (["Mobile No", "Phone No"], {"mobile": 0}),
        (["", None], {}),
    ],
)
def test_of_two_columns_of_one_meaning_one_is_read(headings, places):
    assert places_of(headings, meanings()) == places


def test_who_chose_what_a_heading_means_is_followed():
    chosen = meanings() | {"remarks": "name", "नाम": ""}
    assert places_of(["नाम", "Remarks"], chosen) == {"name": 1}


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("BLA-2 Name", Kind.BLA2),
        ("बी.एल.ए.-2 का नाम / Name of BLA-2", Kind.BLA2),
        ("मतदान अभिकर्ता का नाम", Kind.POLLING_AGENT),
        ("Reliever", Kind.RELIEF_AGENT),
        ("एजेंट का नाम", ""),
        ("Name", ""),
    ],
)
def test_a_heading_of_names_may_say_the_kind(heading, kind):
    assert kind_named_by(heading) == kind


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        *((word, kind) for kind, words in KIND_WORDS.items() for word in words),
        *((label, kind) for kind, label in Kind.choices),
        ("BLA 2", Kind.BLA2),
        ("polling agent", Kind.POLLING_AGENT),
    ],
)
def test_words_for_a_kind(word, kind):
    assert READ["kind"](str(word)) == kind


def test_another_word_for_a_kind_is_refused_with_those_that_are_known():
    with pytest.raises(ValidationError) as refusal:
        READ["kind"]("गणना अभिकर्ता")
    assert "bla2" in refusal.value.messages[0]
