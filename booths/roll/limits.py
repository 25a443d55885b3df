"""What no booth list exceeds. A state of 24,000 booths with all its polling areas written out is
about 15 MB and has one row for each booth, or three where each section has its own."""

MEGABYTE = 2**20
MAX_BYTES = 25 * MEGABYTE
# Of a workbook: what is inside the package, which is some ten times smaller.
MAX_UNPACKED = 64 * MEGABYTE
MAX_ROWS = 200_000
MAX_CELLS = 4_000_000
# In one row of headings
MAX_COLUMNS = 300
