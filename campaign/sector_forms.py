"""The form by which booths are put into a sector."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booths import sector_plans
from booths.models import Booth, Sector
from zones.models import AssemblySeat


class DrawForm(forms.Form):
    """`booths` are those of the seat that the user may put into sectors."""

    numbers = forms.CharField(
        label=gettext_lazy("Booth numbers"),
        max_length=2000,
        required=False,
        help_text=gettext_lazy(
            "For example 1-12, 14, 17A. A range has the letters between: 1-12 ends with 12, not with 12A."
        ),
    )
    ticked = forms.TypedMultipleChoiceField(coerce=int, required=False)
    sector = forms.ModelChoiceField(
        Sector.objects.none(),
        label=gettext_lazy("Sector"),
        required=False,
        empty_label=gettext_lazy("A new sector"),
    )
    name = forms.CharField(
        label=gettext_lazy("Name of the new sector"), max_length=120, required=False
    )
    moving = forms.BooleanField(
        label=gettext_lazy("Also take booths out of another sector"), required=False
    )

    def __init__(self, *args, seat: AssemblySeat, booths: list[Booth], **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.seat, self.booths = seat, booths
        self.fields["ticked"].choices = [(booth.pk, booth.label) for booth in booths]
        self.fields["sector"].queryset = seat.sectors.all()
        self.fields["sector"].label_from_instance = lambda sector: sector.name

    def clean_numbers(self) -> list[Booth]:
        found, unknown = sector_plans.chosen(
            self.booths, sector_plans.spans(self.cleaned_data["numbers"])
        )
        if unknown:
            raise ValidationError(
                _("There is no booth of yours here of: %(numbers)s."),
                params={"numbers": ", ".join(map(str, unknown))},
            )
        return found

    def clean_ticked(self) -> list[Booth]:
        ticked = set(self.cleaned_data["ticked"])
        return [booth for booth in self.booths if booth.pk in ticked]

    def clean(self):
        said = super().clean()
        if not self.errors and not (said["numbers"] or said["ticked"]):
            self.add_error("numbers", _("Write booth numbers, or tick booths below."))
        if not said.get("sector") and not said.get("name", "").strip():
            self.add_error("name", _("Choose a sector, or name a new one."))
        return said

    @property
    def chosen(self) -> list[Booth]:
        return [*self.cleaned_data["numbers"], *self.cleaned_data["ticked"]]

    @property
    def into(self) -> Sector:
        name = self.cleaned_data["name"].strip()
        return self.cleaned_data["sector"] or Sector(assembly_seat=self.seat, name_hi=name)

    @property
    def ticked_ids(self) -> set[str]:
        return set(self.data.getlist("ticked")) if self.is_bound else set()
