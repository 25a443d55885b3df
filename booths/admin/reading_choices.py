"""What is asked of a file that does not say it clearly: which sheet holds the list, whether the
Hindi of its Kruti Dev columns is right, what its columns hold. The last may be changed of any file
and is remembered for the next one with the same headings."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError

from booths import how_read, people_sheets
from booths.admin.fields_shown import choices_of
from booths.how_read import HowRead
from booths.models import ImportBatch
from booths.roll.columns import meaning_of
from booths.roll.problems import Refused, WhichSheet
from booths.roll.table import NoColumns

COLUMN = "column-"
MOST = 512  # columns


def tables_of(error: ValidationError) -> list[Any]:
    """The table whose columns say nothing, where that is why the file is not taken."""
    return [error.table] if isinstance(error, NoColumns) else []


class AsksHowToRead:
    """For the import of lists in the admin. An answer is posted with the token of the upload and
    `read_anew`."""

    content: ImportBatch.Content

    def _question(self, request, upload, error: ValidationError) -> dict[str, Any] | None:
        """What to show in order to ask, where the refusal is one that an answer mends."""
        if isinstance(error, WhichSheet):
            rows = [(name, rows, name == error.proposed) for name, rows in error.rows.items()]
            return {"question": error, "sheets": rows}
        if isinstance(error, NoColumns):
            return {"question": error} | self._columns(upload, error.table)
        if isinstance(error, Refused) and error.code == "krutidev":
            return {
                "question": error,
                "old_font": error.params["found"],
            }
        return None

    def _columns(self, upload, table) -> dict[str, Any]:
        """The columns of the file, each with some of its cells and what it was taken for."""
        meant = table.columns.meant
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
        said = upload.how.columns is not None
        unread = [] if said else _unread(table, self.content)
        return {"columns": columns, "columns_said": said, "unread": unread, "table": table}

    def _as_said_before(self, request, upload, tables: Sequence[Any]):
        """The upload with what the user said last of such columns, if anything."""
        for table in tables:
            said = how_read.remembered(request.user, self.content, table.columns.headings)
            if said is not None:
                return self._keep_how(request, upload, HowRead(table.sheet, said))
        return None

    def _read_anew(self, request, upload):
        posted, how = request.POST, upload.how
        if "sheet" in posted:
            how = HowRead(sheet=posted["sheet"])
        if "old_font" in posted:
            how = replace(how, kruti_dev=_numbers(posted.getlist("kruti_dev")))
        if "headings" in posted:
            how = self._columns_said(request, how)
        return self._keep_how(request, upload, how)

    def _columns_said(self, request, how: HowRead) -> HowRead:
        """Said otherwise, the columns are looked at for old fonts anew."""
        posted = request.POST
        headings = posted.getlist("headings")
        if "as_headed" in posted:
            how_read.forget(request.user, self.content, headings)
            return HowRead(how.sheet)
        known = {field for field, _label in choices_of(self.content)}
        said = {i: posted.get(f"{COLUMN}{i}", "") for i in range(min(len(headings), MOST))}
        columns = {i: field for i, field in said.items() if field in known}
        how_read.remember(request.user, self.content, headings, columns)
        return HowRead(posted.get("of_sheet", how.sheet), columns)

    def _keep_how(self, request, upload, how: HowRead):
        self._remember(request, upload.token, how=how.as_kept)
        return replace(upload, how=how)


def _unread(table, content: ImportBatch.Content) -> list[str]:
    """Headings that say nothing to us; of those that do, some are not wanted."""
    unread = people_sheets.unread(table)
    if content == ImportBatch.Content.BOOTHS:
        return [heading for heading in unread if not meaning_of(heading)]
    return unread


def _numbers(posted: Sequence[str]) -> list[int]:
    return sorted({int(each) for each in posted if each.isascii() and each.isdecimal()})[:MOST]
