"""Forms of the office: people, their postings, lists of staff."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from campaign.day_fields import day_field
from zones.mobiles import clean_mobile
from zones.models import Posting, SchemeTerm, State, User
from zones.people import LONGEST_SEARCH, Standing
from zones.scope import Act, areas_served
from zones.staffing import AREA_MODELS, check_fits

MAX_BYTES = 2 * 1024 * 1024  # of a list of staff; 2,000 rows are about 200 KB
# Where a rule names a field of the model, and the form calls it otherwise.
FIELDS = {"first_name": "name", "last_name": "name"}


def refuse(form: forms.Form, error: ValidationError) -> None:
    """Puts the refusal of a rule beside the field that it is about."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        name = FIELDS.get(name, name)
        form.add_error(name if name in form.fields else None, errors)


def areas_to_post_in(by: User, on: date) -> dict[str, list]:
    """The places where the user posts people, by kind; zones only of the schemes in force."""
    found = {}
    for kind, model in AREA_MODELS.items():
        rows = model.objects.filter(areas_served(by, Act.MANAGE_USERS, on, model))
        if kind == "zone":
            in_force = SchemeTerm.objects.filter(
                state=OuterRef("scheme__state"), from_on__lte=on
            ).order_by("-from_on")
            rows = rows.filter(scheme=Subquery(in_force.values("scheme")[:1]))
        found[kind] = list(rows)
    return found


class PostingForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Posting.Role.choices)
    area = forms.ChoiceField(label=_("Area"))
    since = day_field(_("Since"), _("The first day on which it holds."))

    def __init__(self, *args, by: User, on: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        areas = areas_to_post_in(by, on)
        self.places = {
            f"{kind}-{place.pk}": place for kind, places in areas.items() for place in places
        }
        several_states = len(areas["state"]) > 1
        self.fields["area"].choices = [("", _("Choose …"))] + [
            (
                capfirst(AREA_MODELS[kind]._meta.verbose_name),
                [(f"{kind}-{place.pk}", _label(place, several_states)) for place in places],
            )
            for kind, places in areas.items()
            if places
        ]
        self.fields["role"].initial = Posting.Role.DISTRICT_STAFF
        self.fields["since"].initial = on

    def clean_area(self):
        return self.places[self.cleaned_data["area"]]

    def clean(self):
        said = super().clean()
        if "area" in said and "role" in said:
            try:
                check_fits(said["role"], said["area"])
            except ValidationError as error:
                self.add_error("area", error)
        return said


def _label(place, several_states: bool) -> str:
    state = getattr(place, "state", None) or getattr(getattr(place, "scheme", None), "state", None)
    return f"{place} ({state.code})" if several_states and state else str(place)


class PersonForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=150)
    mobile = forms.CharField(
        label=_("Mobile number"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "type": "tel", "autocomplete": "off"}),
        help_text=_("Ten digits. One may sign in with it."),
    )
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=User.Language.choices)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        if not any(letter.isalpha() for letter in name):
            raise ValidationError(_("Write the person's name."))
        return name

    def clean_mobile(self):
        return clean_mobile(self.cleaned_data["mobile"])


class NewPersonForm(PersonForm, PostingForm):
    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        required=False,
        validators=[User.username_validator],
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
        help_text=_("Left empty, it is made from the name."),
    )

    field_order = ("name", "mobile", "role", "area", "since", "username", "email", "language")


class EndForm(forms.Form):
    until = day_field(_("Ends on"), _("The first day on which it no longer holds."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""


class FindForm(forms.Form):
    q = forms.CharField(
        label=_("Name, user name or mobile"), required=False, max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )  # fmt: skip
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("All roles")), *Posting.Role.choices]
    )
    standing = forms.ChoiceField(
        label=_("Account"), required=False, choices=[("", _("All accounts")), *Standing.choices]
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""


class StaffListForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX, at most 2,000 rows."),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )
    state = forms.ModelChoiceField(State.objects.none(), label=_("State"))

    def __init__(self, *args, by: User, on: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        states = State.objects.filter(areas_served(by, Act.MANAGE_USERS, on, State))
        self.fields["state"].queryset = states
        if len(states) == 1:
            self.fields["state"].initial = states[0]
            self.fields["state"].widget = forms.HiddenInput()

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(_("The file is too large: at most 2 MB."))
        return file
