"""A day in a form of the pages: typed or chosen in the browser's own calendar."""

from django import forms


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


def day_field(label, help_text="", **options) -> forms.DateField:
    return forms.DateField(label=label, help_text=help_text, widget=DayInput(), **options)
