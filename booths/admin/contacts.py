"""Mobile numbers in lists: in full where a posting lets the user call there, masked elsewhere."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from booths.masking import covered, shown, where
from zones.scope import Act

HIDDEN = {"mobile", "epic_no", "elector_seat", "elector_part", "elector_serial"}


class MaskedContacts:
    """Rows know whether theirs is shown in full. `search_fields` name `listed_mobile`, which is
    empty where it is masked, and "=mobile": a masked number is found by the whole of it only, so
    that no search tells its digits."""

    to_mobile = "mobile"  # from the row

    def get_queryset(self, request):
        rows = self.rows(request, Act.LIST_CONTACTS)
        return (
            super()
            .get_queryset(request)
            .annotate(in_full=covered(rows), listed_mobile=where(rows, self.to_mobile))
        )

    def lookup_allowed(self, lookup, value, request=None):
        """A filter typed into the address would tell digit by digit what is masked."""
        typed = not HIDDEN.isdisjoint(lookup.split("__")) or "listed_mobile" in lookup
        return not typed and super().lookup_allowed(lookup, value, request)

    @admin.display(description=gettext_lazy("mobile number"))
    def mobile_shown(self, row):
        person = getattr(row, "agent", row)
        return shown(person.mobile, row.in_full) or "-"
