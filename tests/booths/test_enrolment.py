from datetime import date

import pytest
from django.core.exceptions import ValidationError

from booths import consent
from booths.codes import is_code
from booths.enrolment import clean_epic, clean_mobile, clean_name, enrol, epic_check_fails


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("", ""),
        ("5812345678", "5812345678"),
        (" 58123 45678 ", "5812345678"),
        ("+91 58123-45678", "5812345678"),
        ("0 5812345678", "5812345678"),
        ("915812345678", "5812345678"),
        ("9100000000", "9100000000"),
        ("५८१२३४५६७८", "5812345678"),
    ],
)
def test_a_mobile_is_kept_as_ten_digits(typed, stored):
    assert clean_mobile(typed) == stored


@pytest.mark.parametrize("typed", ["12345", "4812345678", "58123456789", "call me", "=1+1", "५"])
def test_what_is_no_mobile_is_refused(typed):
    with pytest.raises(ValidationError):
        clean_mobile(typed)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("", ""), ("abc 1234567", "ABC1234567"), ("CG/08/048/123456", "CG/08/048/123456")],
)
def test_an_epic_is_kept_in_upper_case_without_spaces(typed, stored):
    assert clean_epic(typed) == stored


@pytest.mark.parametrize("typed", ["ABC123", "1234567ABC", "<b>", "ABC12345678"])
def test_what_is_no_epic_is_refused(typed):
    with pytest.raises(ValidationError):
        clean_epic(typed)


@pytest.mark.parametrize(
    ("epic", "fails"),
    [("WKH1186253", False), ("ABC1234567", True), ("CG/08/048/123456", False), ("", False)],
)
def test_the_check_digit_of_an_epic(epic, fails):
    assert epic_check_fails(epic) == fails


@pytest.mark.parametrize("typed", ["", "  ", "12", "..."])
def test_a_name_has_letters(typed):
    with pytest.raises(ValidationError):
        clean_name(typed)


@pytest.mark.django_db
def test_an_enrolled_agent_has_a_code_and_clean_fields():
    agreed = consent.recorded("paper", on=date(2018, 8, 10))
    agent = enrol(name="  डेमो   राम ", mobile="+91 5812345678", by=None, **agreed)
    assert (agent.name, agent.mobile, is_code(agent.code)) == ("डेमो राम", "5812345678", True)
