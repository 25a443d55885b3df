"""From the bytes of a list of staff to rows of text cells: CSV, XLSX, XLS or ODS."""

import csv
import io

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from booths.roll import workbooks
from booths.roll.decode import text_of

DELIMITERS = ",\t;|"


def rows_of(data: bytes) -> list[list[str]]:
    """Raises ValidationError for what is no list."""
    if workbooks.is_workbook(data):
        sheets = workbooks.sheets(data)
        if len(sheets) > 1:
            raise ValidationError(_("The workbook has several sheets. Leave only the list in it."))
        return sheets[0].rows
    text = text_of(data)
    head = text.lstrip().splitlines()[0]
    delimiter = max(DELIMITERS, key=head.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise ValidationError(
            _("The file is not a CSV list: look for an open quotation mark.")
        ) from None
