"""The audit trail: who looked at whom, and the chain of seals over all that is kept."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zones.models.history import Sealed


class Seal(models.Model):
    """One transaction of the trail: who did it, when, from where and why, and which rows it wrote.

    `hash` binds the digests of these rows to the seal before. No two seals follow the same one, so
    the chain cannot fork. Times are of the clock of the server, in UTC.
    """

    batch = models.UUIDField(unique=True)
    at = models.DateTimeField(_("when"), db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("who"),
    )
    address = models.CharField(_("from where"), max_length=45, blank=True)
    why = models.CharField(_("why"), max_length=300, blank=True)
    rows = models.JSONField(_("what"))  # {table: number of its rows in the batch}
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("entry of the trail")
        verbose_name_plural = _("trail")
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self):
        return f"{self.pk}: {self.hash[:12]}"


class Look(Sealed):
    """A look at contact data beyond one's daily work, or what was done with it.

    `agents` and `members` are ids, which are nobody's data: from them follows who was affected.
    """

    class What(models.TextChoices):
        LIST = "list", _("list")
        EXPORT = "export", _("export")
        PRINT = "print", _("print")
        HISTORY = "history", _("history")
        SEARCH = "search", _("search")
        TRAIL = "trail", _("audit trail")
        ERASURE = "erasure", _("erasure")
        ACCOUNT = "account", _("account")  # what is done to it that is no change of a row
        SIGN_IN = "sign_in", _("sign-in")

    what = models.CharField(_("what"), max_length=10, choices=What)
    where = models.CharField(_("page"), max_length=300)
    agents = models.JSONField(default=list)
    members = models.JSONField(default=list)
    users = models.JSONField(default=list)
    count = models.PositiveIntegerField(_("how many"))
    at = models.DateTimeField(_("when"), db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("who"),
    )

    class Meta:
        verbose_name = _("look at contact data")
        verbose_name_plural = _("looks at contact data")
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self):
        return f"{self.what} {self.where}: {self.count}"


class Salt(models.Model):
    """What a person's values are digested with. Once it is erased, no digest tells of them."""

    person = models.CharField(max_length=60, unique=True)  # "booths.agent:123"
    salt = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.person


class PersonalValues(models.Model):
    """What a version of a row said of a person, beside the history that holds its digest."""

    digest = models.CharField(max_length=64, unique=True)
    person = models.CharField(max_length=60, db_index=True)
    values = models.JSONField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.person


class Anchor(models.Model):
    """Where the chain begins again after what is older was pruned.

    `kept` is the digest over the rows older than `before` that stay, since nothing has changed
    what they describe: the last version of each row.
    """

    at = models.DateTimeField()
    before = models.DateTimeField()
    seal = models.BigIntegerField()  # the last one pruned
    hash = models.CharField(max_length=64)  # and its hash
    pruned = models.JSONField()  # {table: number of rows}
    kept = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.before:%Y-%m-%d}: {self.hash[:12]}"


class Shape(models.Model):
    """Which columns a table of the trail has had, from a row on: what its digests are over.

    Written by `migrate`. A later migration adds and removes columns; what is older stays checked.
    """

    table = models.CharField(max_length=63)
    columns = models.JSONField()  # in order of name
    from_id = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self):
        return f"{self.table} {self.from_id}"
