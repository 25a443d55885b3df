"""A cell that a spreadsheet would run as a formula gets a ' in front when it is written into a file,
and loses it when it is read.

Spreadsheets run = + - @ and what follows a tab or the end of a line; some of them also the wide
signs of other keyboards, and what stands behind blanks or quotation marks.
"""

import re

BEFORE = "['\"\\s\u00ad\u200b-\u200f\u2060\ufeff]*"
RUNS = re.compile(BEFORE + "[=+\\-@\t\r\n＝＋－＠﹦﹢﹣﹫]")
# No workbook takes these, and nobody types them.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def harmless(text: str) -> str:
    """The text so that no spreadsheet runs it; `as_typed` takes it back."""
    text = UNWRITABLE.sub("", text)
    return f"'{text}" if RUNS.match(text) else text


def as_typed(text: str) -> str:
    return text[1:] if text.startswith("'") and RUNS.match(text) else text
