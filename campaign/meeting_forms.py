"""Forms of review meetings: plan, hold, promise, decide."""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.day_fields import day_field
from campaign.frames import Territory
from campaign.measures import Measure
from campaign.models import Directive, ReviewMeeting
from zones.mobiles import DIGITS
from zones.models import User

Status = ReviewMeeting.Status
OPEN = [(value, Status(value).label) for value in (Status.PLANNED, Status.POSSIBLE)]
MOST = 99_999  # booths of a seat, with room


class Plain(forms.Form):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""


class WindowForm(Plain):
    status = forms.ChoiceField(label=gettext_lazy("How sure it is"), choices=OPEN)
    window_start = day_field(
        gettext_lazy("Window from"), gettext_lazy("Between these days it will be held."),
        required=False,
    )  # fmt: skip
    window_end = day_field(gettext_lazy("Window until"), required=False)

    def clean(self):
        said = super().clean()
        start, end = said.get("window_start"), said.get("window_end")
        if start and end and end < start:
            self.add_error("window_end", _("The window of the meeting ends before it begins."))
        return said


class PlanForm(WindowForm):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=ReviewMeeting.Kind.choices)
    field_order = ("kind", "status")


class ChangeForm(WindowForm):
    attendees = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Invited"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    minutes = forms.CharField(
        label=gettext_lazy("Minutes"), required=False, widget=forms.Textarea(attrs={"rows": 8})
    )

    def __init__(self, *args, meeting: ReviewMeeting, people: Iterable[User], **kwargs):
        super().__init__(*args, **kwargs)
        known = {user.pk for user in people} | {user.pk for user in meeting.attendees.all()}
        self.fields["attendees"].queryset = User.objects.filter(pk__in=known).order_by("first_name")
        self.fields["attendees"].label_from_instance = lambda user: user.name
        if meeting.status == Status.HELD:
            self.fields["attendees"].label = _("Who came")
            for name in ("status", "window_start", "window_end"):
                del self.fields[name]
        else:
            self.fields["status"].choices = [*OPEN, (Status.CANCELLED, Status.CANCELLED.label)]


class HoldForm(Plain):
    day = day_field(
        gettext_lazy("Day"),
        gettext_lazy("Of a past day the numbers are counted as they are known today."),
    )

    def __init__(self, *args, directives: Iterable[Directive], land: Territory, **kwargs):
        super().__init__(*args, **kwargs)
        self.directives, self.land = list(directives), land
        for directive in self.directives:
            self.fields[f"typed-{directive.pk}"] = forms.CharField(
                label=str(directive),
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    @property
    def of_paper(self) -> list[forms.BoundField]:
        return [self[f"typed-{directive.pk}"] for directive in self.directives]

    def clean(self):
        said = super().clean()
        typed = {}
        for directive in self.directives:
            name = f"typed-{directive.pk}"
            units = self.land.zones if directive.measure == Measure.ZONE_TEAMS else self.land.seats
            try:
                found = numbers_typed(said.pop(name, ""), {each.number: each.pk for each in units})
            except ValidationError as error:
                self.add_error(name, error)
            else:
                if found:
                    typed[directive.pk] = found
        return said | {"typed": typed or None}


def numbers_typed(text: str, places: dict[int, int]) -> dict[int, tuple[int, int | None]]:
    """Lines of "seat, done" or "seat, done, total", as they are pasted from a spreadsheet; by the
    id of the place. Raises ValidationError with a sentence for each line that cannot be read."""
    found: dict[int, tuple[int, int | None]] = {}
    wrong = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            place, of_place = _line_typed(line, places)
            if place in found:
                raise ValidationError(_("This place stands here twice."))
            found[place] = of_place
        except ValidationError as error:
            at = {"number": number, "line": line.strip()[:40]}
            wrong += [_("Line %(number)s (%(line)s):") % at + f" {said}" for said in error.messages]
    if wrong:
        raise ValidationError(wrong)
    return found


def _line_typed(line: str, places: dict[int, int]) -> tuple[int, tuple[int, int | None]]:
    words = line.translate(DIGITS).replace(",", " ").replace(";", " ").split()
    if not 2 <= len(words) <= 3 or not all(word.isdecimal() for word in words):
        raise ValidationError(_("Write the number of the place, what is done and the total."))
    place, done, *total = map(int, words)
    if place not in places:
        raise ValidationError(_("There is no place of this number."))
    if max(done, *total, 0) > MOST or (total and done > total[0]):
        raise ValidationError(_("More is done than there is."))
    return places[place], (done, total[0] if total else None)


# Promises and decisions


class AreaForm(Plain):
    """With a choice of places; `self.places` holds them by the value of the choice."""

    def __init__(self, *args, groups: dict[str, list], whole: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.places = {
            f"{place._meta.model_name}-{place.pk}": place
            for places in groups.values()
            for place in places
        }
        choices = [
            (title, [(f"{place._meta.model_name}-{place.pk}", str(place)) for place in places])
            for title, places in groups.items()
            if places
        ]
        self.fields["area"].choices = [("", whole or _("Choose …")), *choices]

    def clean_area(self):
        return self.places.get(self.cleaned_data["area"])


class PromiseForm(AreaForm):
    user = forms.ModelChoiceField(label=gettext_lazy("Who"), queryset=User.objects.none())
    area = forms.ChoiceField(label=gettext_lazy("Area"))
    number = forms.IntegerField(
        label=gettext_lazy("Booths more by the next review"), min_value=1, max_value=MOST
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people
        self.fields["user"].label_from_instance = lambda user: user.name
        self.fields["user"].empty_label = _("Choose …")


class DecideForm(AreaForm):
    text = forms.CharField(label=gettext_lazy("Decision"), max_length=300)
    owner = forms.ModelChoiceField(label=gettext_lazy("Owner"), queryset=User.objects.none())
    area = forms.ChoiceField(label=gettext_lazy("Area"), required=False)
    due_on = day_field(gettext_lazy("Due on"))
    field_order = ("text", "owner", "area", "due_on")

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people
        self.fields["owner"].label_from_instance = lambda user: user.name
        self.fields["owner"].empty_label = _("Choose …")
