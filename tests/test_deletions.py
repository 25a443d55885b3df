"""Nothing that is tracked is changed or deleted by the database alone, without a version of it."""

from django.db import models

from zones.trail.seals import kept_models

# What goes with its parent is deleted row by row, with a version each. What is emptied is not.
WITH_THEIR_PARENT = {
    "zones.zoneseat.scheme",
    "zones.zoneseat.zone",
    "campaign.seatcontest.campaign",
    "campaign.directivereading.directive",
}
EMPTIED_BY_A_FUNCTION_OF_OURS = {"booths.booth.sector"}  # booths.sectors.dissolve


def test_a_parent_deleted_takes_or_empties_only_what_is_listed_here():
    free = {
        f"{model._meta.label_lower}.{field.name}"
        for model in kept_models()
        for field in model._meta.concrete_fields
        if field.remote_field and field.remote_field.on_delete is not models.PROTECT
    }
    assert free == WITH_THEIR_PARENT | EMPTIED_BY_A_FUNCTION_OF_OURS
