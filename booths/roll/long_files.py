"""A text file that is too long to be held: looked at as a whole, then read row by row, as often as
need be. What is refused, and in which words, is the same as of a file that is held."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from operator import methodcaller
from pathlib import Path
from typing import Any

from booths.roll import workbooks
from booths.roll.decode import (
    Text,
    decode,
    delimiter_of,
    no_more_than,
    records,
    refuse_no_list,
    refuse_too_large,
    refuse_unreadable,
)
from booths.roll.encodings import Encoding, encoding_of
from booths.roll.limits import MEGABYTE, OF_A_LONG_FILE, Limits
from booths.roll.problems import Refused
from booths.roll.sheets import Sheet

END_MARK = "\x1a"  # as old programs end a file
PART = 4 * MEGABYTE
KEPT = 100  # rows from the beginning, which are looked at again and again for the headings


@dataclass(frozen=True)
class LongFile:
    sheets: list[Sheet]
    sha256: str


def open_file(path: Path, limits: Limits = OF_A_LONG_FILE) -> LongFile:
    """The sheets of a file; those of a workbook are held, and are no larger than an upload."""
    size = path.stat().st_size
    beginning = next(_parts(path), b"")
    if workbooks.is_workbook(beginning):
        refuse_too_large(size)
        return LongFile(decode(path.read_bytes()), _sha256(path))
    refuse_too_large(size, limits)
    refuse_no_list(beginning)
    encoding = encoding_of(partial(_parts, path))
    _refuse_long_line(_parts(path))
    lines = partial(_lines, path, encoding)
    marked = _ends_with_mark(path)
    text = Text(
        lambda: encoding.parts(_parts(path)),
        (lambda: _without_end_mark(lines())) if marked else lines,
    )
    refuse_unreadable(text, limits)
    return LongFile([Sheet("", _rows(text, limits))], _sha256(path))


def _parts(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while part := file.read(PART):
            yield part


def _refuse_long_line(parts: Iterable[bytes]) -> None:
    """Reading lines, one would be held as a whole."""
    for part in parts:
        if len(part) == PART and b"\n" not in part and b"\r" not in part:
            raise Refused("line_too_long")


def _lines(path: Path, encoding: Encoding) -> Iterator[str]:
    with path.open(encoding=encoding.codec, newline="") as file:
        yield from map(encoding.drawn, file) if encoding.is_drawn else file


def _ends_with_mark(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 4))
        return END_MARK.encode() in file.read()


def _without_end_mark(lines: Iterable[str]) -> Iterator[str]:
    """Only the last line, which has no end, may end so."""
    return filter(None, map(methodcaller("rstrip", END_MARK), lines))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _rows(text: Text, limits: Limits) -> "LongRows":
    delimiter = delimiter_of(text)
    read = partial(records, text, delimiter)
    count = cells = 0
    for row in no_more_than(limits.rows, read()):
        count += 1
        cells += len(row)
    if cells > limits.cells + limits.rows:
        raise Refused("too_many_cells")
    return LongRows(read, count)


class LongRows(Sequence[list[str]]):
    """Rows that are read from the file whenever they are asked for; but for the first, of which a
    list may be had, they are to be gone through in their order."""

    def __init__(self, read: Callable[[], Iterable[list[str]]], total: int, start: int = 0):
        self.read, self.total, self.start = read, total, start
        self.kept = list(islice(read(), start, start + KEPT))

    def __len__(self) -> int:
        return max(0, self.total - self.start)

    def __iter__(self) -> Iterator[list[str]]:
        return islice(self.read(), self.start, None)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, int):
            return self.kept[at] if 0 <= at < len(self.kept) else self[at : at + 1][0]
        start, stop, step = at.indices(len(self))
        if stop == len(self) and step == 1:
            return LongRows(self.read, self.total, self.start + start)
        rows = self.kept if stop <= len(self.kept) else self
        return list(islice(rows, start, stop, step))
