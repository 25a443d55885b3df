"""What is asked of a file that does not say it clearly: which sheet holds the list, whether the
Hindi of its Kruti Dev columns is right, what its columns hold. The last may be changed of any file
and is remembered for the next one with the same headings, once the file can be read so."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError

from booths import how_read, people_sheets
from booths.how_read import HowRead
from booths.list_fields import SEVERAL, choices_of, columns_said, indexes_said
from booths.models import ImportBatch
from booths.roll.columns import meaning_of
from booths.roll.limits import MAX_COLUMNS
from booths.roll.problems import Refused, WhichSheet
from booths.roll.table import NoColumns

COLUMN = "column-"


class AsksHowToRead:
    """For the import of lists in the admin. An answer is posted with the token of the upload and
    `read_anew`."""

    content: ImportBatch.Content

    def _question(self, upload, error: ValidationError) -> dict[str, Any] | None:
        """What to show in order to ask, where the refusal is one that an answer mends."""
        if isinstance(error, WhichSheet):
            rows = [(name, rows, name == error.proposed) for name, rows in error.rows.items()]
            return {"question": error, "sheets": rows}
        if isinstance(error, NoColumns):
            at = {"headings_row": error.table.first_row - 1 if upload.how.has_headings else 0}
            return {"question": error} | at | self._columns(upload, error.table)
        if isinstance(error, Refused) and error.code == "krutidev":
            return {
                "question": error,
                "old_font": error.params["found"],
            }
        return None

    def _columns(self, upload, table) -> dict[str, Any]:
        """The columns of the file, each with some of its cells and what it was taken for."""
        meant = _meant(table.columns)
        choices = choices_of(self.content)
        columns = [
            {
                "index": index,
                "heading": heading,
                "samples": samples,
                "choices": [
                    (field, label, field == meant.get(index, "")) for field, label in choices
                ],
            }
            for index, (heading, samples) in enumerate(
                zip(table.columns.headings, table.samples, strict=True)
            )
            if heading or samples
        ]
        said = upload.how.columns is not None or not upload.how.has_headings
        unread = [] if said else _unread(table, self.content)
        return {"columns": columns, "columns_said": said, "unread": unread, "table": table}

    def _as_said_before(self, request, upload, table):
        """The upload with what the user said last of such columns, if anything."""
        if upload.how.columns is not None or not upload.how.has_headings:
            return None
        said = how_read.remembered(request.user, self.content, table.columns.headings)
        if said is None:
            return None
        return self._keep_how(request, upload, HowRead(table.sheet, said))

    def _remember_columns(self, request, upload, table) -> None:
        """Of a file that could be read so."""
        how, headings = upload.how, table.columns.headings
        if how.columns is not None and how.has_headings:
            how_read.remember(request.user, self.content, headings, how.columns)

    def _as_headed(self, request, upload, headings: Sequence[str]):
        """The upload without what was said of its columns."""
        how_read.forget(request.user, self.content, headings)
        return self._keep_how(request, upload, HowRead(upload.how.sheet))

    def _read_anew(self, request, upload):
        """Raises BadColumns where what was posted cannot be."""
        posted, how = request.POST, upload.how
        if "sheet" in posted:
            how = HowRead(sheet=posted["sheet"])
        if "no_headings" in posted:
            how = HowRead(posted.get("of_sheet", how.sheet), has_headings=False)
        elif "old_font" in posted:
            how = replace(how, kruti_dev=indexes_said(posted.getlist("kruti_dev")))
        elif "as_headed" in posted:
            return self._as_headed(request, upload, posted.getlist("headings"))
        elif "headings" in posted:
            how = self._columns_said(posted, how)
        return self._keep_how(request, upload, how)

    def _columns_said(self, posted, how: HowRead) -> HowRead:
        """Said otherwise, the columns are looked at for old fonts anew."""
        headings = posted.getlist("headings")[:MAX_COLUMNS]
        said = {i: posted.get(f"{COLUMN}{i}", "") for i in range(len(headings))}
        columns = columns_said(said, self.content, headings)
        return HowRead(posted.get("of_sheet", how.sheet), columns, how.has_headings)

    def _keep_how(self, request, upload, how: HowRead):
        self._remember(request, upload.token, how=how.as_kept)
        return replace(upload, how=how)


def _unread(table, content: ImportBatch.Content) -> list[str]:
    """Headings that say nothing to us; of those that do, some are not wanted."""
    unread = people_sheets.unread(table)
    if content == ImportBatch.Content.BOOTHS:
        return [heading for heading in unread if not meaning_of(heading)]
    return unread


def _meant(columns) -> dict[int, str]:
    """What each column was taken for; of several that cannot all hold the same, the one that does."""
    return {
        index: field
        for field, indexes in columns.of.items()
        for index in (indexes if field in SEVERAL else indexes[:1])
    }
