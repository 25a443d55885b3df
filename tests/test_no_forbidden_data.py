"""There is no place for caste, religion, Aadhaar, a bank account or anybody's vote: no field of a
model, no column of a list, no input of a form and nothing of the API has such a name, in English or
in Hindi, in Latin letters or in Devanagari.

The exception is a place's: for whom a seat is reserved is the law's word on the seat.
"""

import re
from collections.abc import Iterator

import pytest
from django import forms
from django.apps import apps
from django.db import models
from django.urls import get_resolver
from django.utils.translation import override
from rest_framework import serializers

from booths import team_list
from booths.agent_list import COLUMNS
from booths.imports import AgentResource, BoothResource
from booths.roll.columns import NOT_A_BOOTH_LIST, NOT_READ
from booths.roll.columns import meanings as roll_meanings

OURS = ("zones.", "booths.", "campaign.")
WORDS = {
    "caste": "caste castes subcaste jati jaati upjati varna gotra gotr biradari samaj samudaay "
    "community category obc dalit savarna reservation "
    "जाति उपजाति वर्ण गोत्र बिरादरी समाज समुदाय आरक्षण",
    "religion": "religion religious dharm dharma mazhab majhab panth faith hindu muslim christian "
    "sikh धर्म मज़हब मजहब पंथ संप्रदाय",
    "aadhaar": "aadhaar aadhar adhar adhaar uid uidai आधार यूआईडी",
    "bank": "bank ifsc upi iban pan khata khaata debit बैंक पैन यूपीआई",
    "vote": "vote votes voted voting ballot leaning supports supporter pasand वोट समर्थक रुझान पसंद",
}
FORBIDDEN = {word: what for what, words in WORDS.items() for word in words.split()}
EXCEPTIONS = {
    "zones.AssemblySeat.reservation": "for whom the law reserves the seat",
    "zones.LokSabhaSeat.reservation": "for whom the law reserves the seat",
    "AssemblySeatSerializer.reservation": "for whom the law reserves the seat",
    "LokSabhaSeatSerializer.reservation": "for whom the law reserves the seat",
    "AssemblySeatFilterForm.reservation": "for whom the law reserves the seat",
    "campaign.Snapshot.basis": "the same word in Hindi: what the numbers rest on",
}


def forbidden_in(*names: str) -> list[str]:
    """What of the table the names speak of; a name is taken apart at everything but letters."""
    words = [word for name in names for word in re.split(r"[\s_/().,:|-]+", name.casefold())]
    return sorted({FORBIDDEN[word] for word in words if word in FORBIDDEN})


def labels(label) -> list[str]:
    found = []
    for language in ("hi", "en"):
        with override(language):
            found.append(str(label or ""))
    return found


def of_models(models_: list[type[models.Model]]) -> Iterator[tuple[str, list[str]]]:
    for model in models_:
        for field in model._meta.get_fields():
            label = getattr(field, "verbose_name", "")
            yield f"{model._meta.label}.{field.name}", [field.name, *labels(label)]


def descendants(base: type) -> set[type]:
    found = set()
    for child in base.__subclasses__():
        found |= {child} | descendants(child)
    return found


def of_forms(base: type, attribute: str) -> Iterator[tuple[str, list[str]]]:
    """The fields that a form or a serializer declares."""
    for form in descendants(base):
        if form.__module__.startswith((*OURS, "tests.")):
            for name, field in getattr(form, attribute).items():
                yield f"{form.__name__}.{name}", [name, *labels(getattr(field, "label", ""))]


def of_serializers() -> Iterator[tuple[str, list[str]]]:
    for serializer in descendants(serializers.Serializer):
        if serializer.__module__.startswith((*OURS, "tests.")):
            for name in serializer().fields:
                yield f"{serializer.__name__}.{name}", [name]


def of_lists() -> Iterator[tuple[str, list[str]]]:
    """The columns that are read or written; those of other lists that are only known to be such
    are left out."""
    left_out = {*NOT_READ, *NOT_A_BOOTH_LIST}
    read = {of.field for of in roll_meanings().values()} - left_out
    for name in {*COLUMNS, *team_list.COLUMNS, *AgentResource.fields, *BoothResource.fields, *read}:
        yield f"column {name}", [name]


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith(OURS)]


def places() -> Iterator[tuple[str, list[str]]]:
    assert get_resolver().url_patterns  # loads all modules with forms and serializers
    yield from of_models(our_models())
    yield from of_forms(forms.BaseForm, "base_fields")
    yield from of_serializers()
    yield from of_lists()


def found_in(places_: Iterator[tuple[str, list[str]]]) -> dict[str, list[str]]:
    return {
        place: found
        for place, names in places_
        if place not in EXCEPTIONS and (found := forbidden_in(*names))
    }


def test_there_is_no_place_for_what_may_not_be_kept():
    assert found_in(places()) == {}


def test_it_looked_everywhere():
    seen = {place for place, _names in places()}
    assert {
        "booths.Agent.mobile",
        "booths.TeamMember.name",
        "zones.User.language",
        "campaign.Directive.text_hi",
        "QuickEntry.consent",
        "BoothSerializer.flags",
        "column consent_mode",
        "column building",
    } <= seen
    assert {place for place in EXCEPTIONS if "zones." in place or "Serializer" in place} <= seen


def make_model(name: str, **field) -> type[models.Model]:
    meta = type("Meta", (), {"app_label": "planted", "apps": apps.__class__()})
    attributes = {"__module__": "tests.planted", "Meta": meta}
    return type("Planted", (models.Model,), attributes | {name: models.CharField(**field)})


@pytest.mark.parametrize(
    ("name", "label", "what"),
    [
        ("caste", "", ["caste"]),
        ("agent_jati", "", ["caste"]),
        ("group", "जाति", ["caste"]),
        ("dharm", "", ["religion"]),
        ("aadhaar_no", "", ["aadhaar"]),
        ("number", "आधार संख्या", ["aadhaar"]),
        ("bank_account", "", ["bank"]),
        ("voted_for", "", ["vote"]),
        ("reservation", "", ["caste"]),  # of a person
    ],
)
def test_a_planted_field_is_found(name, label, what):
    planted = make_model(name, max_length=9, verbose_name=label or name)
    assert found_in(of_models([planted])) == {f"planted.Planted.{name}": what}


def test_a_planted_input_or_serializer_is_found():
    class PlantedForm(forms.Form):
        religion = forms.CharField()

    class PlantedSerializer(serializers.Serializer):
        caste = serializers.CharField()

    found = found_in(places())
    del PlantedForm, PlantedSerializer
    assert found == {"PlantedForm.religion": ["religion"], "PlantedSerializer.caste": ["caste"]}


@pytest.mark.parametrize("name", ["booth", "electors_male", "consent_mode", "company", "Devotee"])
def test_a_word_within_another_is_none(name):
    assert forbidden_in(name) == []
