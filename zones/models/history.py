"""How a model says that its changes are kept: `history = Tracked()` among its fields.

The library copies the fields of the model into a table of its own history; zones/trail/ fills it.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

WRITTEN = ("post_add", "post_remove", "post_clear")


class Sealed(models.Model):
    """A row of the audit trail: written once, and named in the seal of its batch."""

    batch = models.UUIDField(_("batch"), db_index=True, editable=False)
    address = models.CharField(_("address"), max_length=45, blank=True, editable=False)
    digest = models.CharField(_("digest"), max_length=64, editable=False)

    class Meta:
        abstract = True


class KeptVersion(Sealed):
    """One version of a row. What is personal in it stands beside it, under `personal`."""

    personal = models.CharField(max_length=64, blank=True, editable=False)
    related = models.JSONField(default=dict, blank=True, editable=False)  # ids of many-to-many

    class Meta:
        abstract = True


class Tracked(HistoricalRecords):
    """Keeps every version of a row; `personal` names the fields that say who a person is.

    Those never enter the history itself, so that it can stay unchanged when they are erased.
    """

    def __init__(
        self,
        *,
        personal: tuple[str, ...] = (),
        secret: tuple[str, ...] = (),  # personal, and kept as a digest only
        quiet: tuple[str, ...] = (),  # not kept
        indexed: tuple[str, ...] = (),
        related: tuple[str, ...] = (),  # many-to-many fields, kept as lists of ids
        people: dict[str, str] | None = None,  # whom a row tells of: list of a Look, attribute
    ):
        self.personal, self.secret, self.quiet = personal, secret, frozenset(quiet)
        self.indexed, self.related, self.people = indexed, related, people or {}
        super().__init__(
            bases=(KeptVersion,),
            excluded_fields=[*personal, *secret, *quiet],
            history_id_field=models.BigAutoField(),
            history_change_reason_field=models.CharField(max_length=300, blank=True),
            user_db_constraint=False,
        )

    def finalize(self, sender, **kwargs):
        super().finalize(sender, **kwargs)
        if sender is self.cls:
            sender._meta.tracked = self

    def follow_related(self):
        """Called once all models are known, which the tables between two models wait for."""
        for name in self.related:
            through = getattr(self.cls, name).through
            models.signals.m2m_changed.connect(self._related_changed, sender=through, weak=False)

    def copy_fields(self, model):
        """History is read by its row, its batch and little else: each index costs every write."""
        fields = super().copy_fields(model)
        for name, field in fields.items():
            field.db_index = name == model._meta.pk.name or name in self.indexed
        return fields

    def get_meta_options(self, model):
        return super().get_meta_options(model) | {"default_permissions": ()}

    def post_save(self, instance, created, using=None, update_fields=None, **kwargs):
        if not created and update_fields and self.quiet.issuperset(update_fields):
            return
        if not created and update_fields is not None:
            instance = self._as_written(instance, using)
        super().post_save(instance, created, using=using, update_fields=update_fields, **kwargs)

    def _as_written(self, instance, using):
        """The row, which may hold in other columns what somebody else wrote meanwhile."""
        row = type(instance)._base_manager.using(using).get(pk=instance.pk)
        for said in ("_history_user", "_change_reason", "skip_history_when_saving"):
            if hasattr(instance, said):
                setattr(row, said, getattr(instance, said))
        return row

    def create_historical_record(self, instance, history_type, using=None):
        # zones.trail reads these models, so that they cannot import it while they are made.
        from zones.trail.keeping import keep

        keep([instance], history_type)

    def _related_changed(self, sender, instance, action, reverse, pk_set, **kwargs):
        if not reverse:
            if action in WRITTEN:
                self.create_historical_record(instance, "~")
        elif action == "pre_clear":
            name = next(n for n in self.related if getattr(self.cls, n).through is sender)
            rows = self.cls._base_manager.filter(**{name: instance})
            instance._held_by = set(rows.values_list("pk", flat=True))
        elif action in WRITTEN:
            from zones.trail.keeping import keep_ids  # as above

            keep_ids(self.cls, instance._held_by if pk_set is None else pk_set, "~")
