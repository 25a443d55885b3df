"""From the bytes of a list of staff to rows of text cells: CSV, XLSX, XLS or ODS."""

import csv
import io

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from booths.roll import workbooks
from booths.roll.decode import text_of

DELIMITERS = ",\t;|"
MAX_LETTERS = 1_000_000  # of all cells: a workbook holds far more than its size shows


def rows_of(data: bytes) -> list[list[str]]:
    """Raises ValidationError for what is no list."""
    rows = _cells(data)
    if sum(len(cell) for row in rows for cell in row) > MAX_LETTERS:
        raise ValidationError(_("The file holds too much text for a list of staff."))
    return rows


def _cells(data: bytes) -> list[list[str]]:
    if workbooks.is_workbook(data):
        sheets = workbooks.sheets(data)
        if len(sheets) > 1:
            raise ValidationError(_("The workbook has several sheets. Leave only the list in it."))
        return [*sheets[0].rows]
    text = text_of(data)
    head = text.lstrip().splitlines()[0]
    delimiter = max(DELIMITERS, key=head.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise ValidationError(
            _("The file is not a CSV list: look for an open quotation mark.")
        ) from None
