"""The admin of places and people, and the scoped base class of every admin."""

from zones.admin import people, territory
from zones.admin.looking import KeptAutocomplete, words
from zones.admin.scoped import (
    NOTHING,
    PHONE,
    InScope,
    Lines,
    ReadOnly,
    ScopedAdmin,
    ScopedForm,
    ScopedStackedInline,
    ScopedTabularInline,
    act_of,
    today,
)

__all__ = [
    "NOTHING",
    "InScope",
    "KeptAutocomplete",
    "Lines",
    "PHONE",
    "ReadOnly",
    "ScopedAdmin",
    "ScopedForm",
    "ScopedStackedInline",
    "ScopedTabularInline",
    "act_of",
    "people",
    "territory",
    "today",
    "words",
]
