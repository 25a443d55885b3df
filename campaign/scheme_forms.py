"""Forms of zone schemes: drawing one, and putting one in force."""

from collections.abc import Iterable
from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.day_fields import day_field
from zones.models import SchemeTerm, State, Zone, ZoneScheme
from zones.schemes import MOST_ZONES, DrawnZone, likely_successors

NO_ZONE = ""


class DrawingForm(forms.Form):
    """Zones by number with their names, and the zone of each Lok Sabha seat. The fields "zone" say
    which zones there are, so that one can be added or taken out without a script."""

    name_hi = forms.CharField(label=gettext_lazy("Name in Hindi"), max_length=120)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=120)

    def __init__(self, *args, state: State, numbers: Iterable[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.numbers = sorted(set(numbers))[:MOST_ZONES]
        self.seats = list(state.lok_sabha_seats.order_by("number"))
        choices = [(str(number), self.name_of(number)) for number in self.numbers]
        for number in self.numbers:
            for language, label in (("hi", _("Name in Hindi")), ("en", _("Name in English"))):
                self.fields[f"zone_{number}_{language}"] = forms.CharField(
                    label=label, max_length=120, required=language == "hi"
                )
        for seat in self.seats:
            self.fields[f"seat_{seat.pk}"] = forms.ChoiceField(
                label=str(seat), choices=[(NO_ZONE, _("in no zone")), *choices], required=False
            )

    def name_of(self, number: int) -> str:
        return self._value(f"zone_{number}_hi") or new_names(number)["hi"]

    def _value(self, name: str) -> str:
        said = self.data if self.is_bound else self.initial
        return said.get(name, "")

    @property
    def zone_rows(self) -> list[tuple[int, list[forms.BoundField]]]:
        return [
            (number, [self[f"zone_{number}_{language}"] for language in ("hi", "en")])
            for number in self.numbers
        ]

    @property
    def seat_fields(self) -> list[forms.BoundField]:
        return [self[f"seat_{seat.pk}"] for seat in self.seats]

    @property
    def drawn(self) -> dict:
        """What the form says, for zones.schemes.draw()."""
        said = self.cleaned_data
        zones = [
            DrawnZone(
                number,
                said[f"zone_{number}_hi"],
                said[f"zone_{number}_en"],
                [seat.pk for seat in self.seats if said[f"seat_{seat.pk}"] == str(number)],
            )
            for number in self.numbers
        ]
        return {"name_hi": said["name_hi"], "name_en": said["name_en"], "zones": zones}


def new_names(number: int) -> dict[str, str]:
    """What a zone is called unless somebody names it."""
    return {"hi": f"ज़ोन {number}", "en": f"Zone {number}"}


def first_drawing(state: State, before: ZoneScheme | None) -> DrawingForm:
    """The scheme in force, to be changed; without one a single zone. `before` comes with its
    zones and their seats."""
    zones = list(before.zones.all()) if before else []
    initial: dict[str, str] = {}
    for zone in zones:
        initial[f"zone_{zone.number}_hi"] = zone.name_hi
        initial[f"zone_{zone.number}_en"] = zone.name_en
        for seat in zone.zone_seats.all():
            initial[f"seat_{seat.lok_sabha_seat_id}"] = str(zone.number)
    numbers = [zone.number for zone in zones] or [1]
    return DrawingForm(state=state, numbers=numbers, initial=_named(initial, numbers))


def _named(initial: dict[str, str], numbers: Iterable[int]) -> dict[str, str]:
    for number in numbers:
        for language, name in new_names(number).items():
            initial.setdefault(f"zone_{number}_{language}", name)
    return initial


def next_drawing(state: State, data) -> DrawingForm:
    """The form as it was sent: to be saved, or with a zone more or less."""
    numbers = {int(text) for text in data.getlist("zone") if text.isdecimal() and len(text) < 3}
    if "add" not in data and "take_out" not in data:
        return DrawingForm(data, state=state, numbers=numbers)
    out = data.get("take_out", "")
    if "add" in data and len(numbers) < MOST_ZONES:
        numbers.add(next(n for n in range(1, MOST_ZONES + 2) if n not in numbers))
    numbers = {number for number in numbers if str(number) != out}
    initial = {
        name: NO_ZONE if name.startswith("seat_") and value == out else value
        for name, value in data.items()
    }
    return DrawingForm(state=state, numbers=numbers, initial=_named(initial, numbers))


class InForceForm(forms.Form):
    """The day, and for each zone of the scheme before who takes on its postings and its team."""

    from_on = day_field(
        gettext_lazy("In force from"), gettext_lazy("The first day on which the state works by it.")
    )

    def __init__(
        self,
        *args,
        scheme: ZoneScheme,
        before: SchemeTerm | None,
        on: date,
        **kwargs,
    ):
        """Both schemes come with their zones and their seats."""
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["from_on"].initial = on
        self.old = list(before.scheme.zones.all()) if before else []
        self.new = {str(zone.pk): zone for zone in scheme.zones.all()}
        likely = likely_successors(self.old, self.new.values())
        choices = [(pk, _label(zone)) for pk, zone in self.new.items()]
        for zone in self.old:
            follows = likely[zone.pk]
            for what, label in (
                ("postings", _("The postings go to")),
                ("team", _("The team goes to")),
            ):
                self.fields[f"{what}_{zone.pk}"] = forms.ChoiceField(
                    label=label,
                    choices=[*choices, ("end", _("nowhere: they end"))],
                    initial=str(follows.pk) if follows else "end",
                )

    @property
    def rows(self) -> list[tuple[Zone, list[forms.BoundField]]]:
        return [
            (zone, [self[f"{what}_{zone.pk}"] for what in ("postings", "team")])
            for zone in self.old
        ]

    @property
    def chosen(self) -> dict:
        """What the form says, for campaign.redrawing.put_in_force()."""
        said = self.cleaned_data
        return {
            "from_on": said["from_on"],
            "postings": {zone.pk: self.new.get(said[f"postings_{zone.pk}"]) for zone in self.old},
            "teams": {zone.pk: self.new.get(said[f"team_{zone.pk}"]) for zone in self.old},
        }


def _label(zone: Zone) -> str:
    return f"{zone.number} · {zone.name}"
