"""There is no place for caste, religion, Aadhaar, a bank account or anybody's vote: no field, no
column of a list, no input of a form or of the API has such a name, in English or in Hindi.

The one exception is a place's: for whom a seat is reserved is the law's word on the seat.
"""

import re
from collections.abc import Iterable

import pytest
from django import forms
from django.apps import apps
from django.contrib import admin
from django.db import models
from django.urls import get_resolver
from django.utils.translation import override
from rest_framework import serializers

from booths.agent_list import COLUMNS, meanings
from booths.imports import AgentResource, BoothResource
from booths.roll.headers import table as roll_headers

OURS = ("zones", "booths", "campaign")
WORDS = {
    "caste": "caste casteism jati jaati jaat jat varna gotra samaj biradari category "
    "obc sc_st dalit savarna जाति वर्ग गोत्र समाज बिरादरी",
    "religion": "religion religious dharm dharma mazhab faith hindu muslim christian sikh "
    "धर्म मज़हब मजहब संप्रदाय पंथ",
    "Aadhaar": "aadhaar aadhar adhar adhaar uid uidai आधार यूआईडी",
    "bank": "bank account_no account_number ifsc upi pan pan_no pan_card iban khata बैंक खाता पैन",
    "vote": "voted vote_for votes_for voter_choice choice_of_party party_voted supports_party "
    "leaning swing_voter matdaan_kisko वोट समर्थन झुकाव",
}
# Of places, not of people.
EXCEPTIONS = {
    "zones.AssemblySeat.reservation": "the law reserves seats for SC and ST",
    "zones.LokSabhaSeat.reservation": "the law reserves seats for SC and ST",
}
