"""Where the borders of a state's assembly seats run."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from zones.models.territory import Keyed, State, for_reader


class SeatMap(Keyed):
    """The borders of the assembly seats of a state, small enough for a page; loaded as a whole.

    Its `figures` are what zones/boundaries.py writes. Without history: it says nothing of anybody,
    and the file that it came from makes it again.
    """

    state = models.OneToOneField(
        State, models.PROTECT, related_name="seat_map", verbose_name=_("state")
    )
    figures = models.JSONField(_("figures"))
    digest = models.CharField(_("digest"), max_length=64, editable=False)
    source_hi = models.CharField(_("source, in Hindi"), max_length=300, blank=True)
    source_en = models.CharField(_("source, in English"), max_length=300)

    natural = ("state__code",)

    class Meta:
        verbose_name = _("map of the seats")
        verbose_name_plural = _("maps of the seats")

    def __str__(self):
        return str(self.state_id)

    @property
    def source(self) -> str:
        return for_reader(self.source_hi, self.source_en)
