from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ZonesConfig(AppConfig):
    name = "zones"
    verbose_name = _("Zones")

    def ready(self):
        # When this module is loaded, the models are not.
        from zones.trail.seals import kept_models

        for model in kept_models():
            model._meta.tracked.follow_related()
