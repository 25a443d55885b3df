"""What no booth list exceeds. A state of 24,000 booths with all its polling areas written out is
about 15 MB and has one row for each booth, or three where each section has its own."""

from dataclasses import dataclass

MEGABYTE = 2**20
MAX_BYTES = 25 * MEGABYTE
# Of a workbook: what is inside the package, which is some ten times smaller.
MAX_UNPACKED = 64 * MEGABYTE
MAX_ROWS = 200_000
MAX_CELLS = 4_000_000
MAX_SHEETS = 250
# What may be looked at to find the filled cells: empty ones are without number in some workbooks.
MAX_LOOKED_AT = 3 * MAX_CELLS
# A workbook's formats, each of which is an object to its library.
MAX_STYLES = 5 * MEGABYTE
# In any row of a workbook; spreadsheets have 16,384 columns.
MAX_WIDTH = 20_000
# Empty ones too, and those that a cell in quotation marks holds.
MAX_LINES = 5 * MAX_ROWS
# In one row of headings
MAX_COLUMNS = 300
# Of a request, files and all: more is refused before it is written to the disk.
MAX_BODY = 3 * MAX_BYTES


@dataclass(frozen=True)
class Limits:
    bytes: int
    rows: int

    @property
    def cells(self) -> int:
        return self.rows * (MAX_CELLS // MAX_ROWS)

    @property
    def lines(self) -> int:
        return self.rows * (MAX_LINES // MAX_ROWS)


OF_AN_UPLOAD = Limits(MAX_BYTES, MAX_ROWS)
# Of a text file that a command reads row by row: the nation has 1,050,000 booths.
OF_A_LONG_FILE = Limits(1024 * MEGABYTE, 2_000_000)
