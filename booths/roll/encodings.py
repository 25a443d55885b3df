"""How the bytes of a text file are its letters, told from all of them; a file in which letters are
lost is refused. The bytes come in parts, so that a file need not be held whole."""

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from booths.roll.fonts import is_in_such_a_font
from booths.roll.krutidev import as_drawn
from booths.roll.problems import Refused

# Called anew for every look at the file.
Parts = Callable[[], Iterable[bytes]]

CONTROLS = bytes({*range(32)} - {*b"\t\n\v\f\r\x1a"})
# What a spreadsheet of an English list saved as plain "CSV" adds to ASCII: dashes, curly quotes,
# the no-break space. Any other such byte may be a letter of an unknown alphabet.
TYPOGRAPHIC = re.compile(rb"[\x00-\x7f\x85\x91-\x97\xa0\xb0\xb7\xbc-\xbe]*")
# The longer mark first: it begins with the other.
MARKS = {
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
# Every letter of a list is below this; ASCII read with its two bytes exchanged is above.
BEYOND_A_LIST = "\u3000"


class Encoding(NamedTuple):
    """`is_drawn` where the bytes are signs of a font of its own, to be read as krutidev has them."""

    codec: str
    is_drawn: bool = False

    def parts(self, parts: Iterable[bytes]) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder(self.codec)()
        for part in parts:
            yield self.drawn(decoder.decode(part))
        yield decoder.decode(b"", True)

    def drawn(self, text: str) -> str:
        return as_drawn(text) if self.is_drawn else text


def encoding_of(parts: Parts) -> Encoding:
    first = next(iter(parts()), b"")
    if codec := next((codec for mark, codec in MARKS.items() if first.startswith(mark)), ""):
        if not _decodes(parts, codec):
            raise Refused("not_text")
        return Encoding(codec)
    size, controls, has_zeros = _counted(parts())
    if has_zeros and (codec := _without_mark(parts)):
        return Encoding(codec)
    # A letter that a conversion lost is left as a control character; many are no text at all.
    if controls * 20 > size:
        raise Refused("not_text")
    if _decodes(parts, "utf-8-sig"):
        return Encoding("utf-8-sig")
    if all(TYPOGRAPHIC.fullmatch(part) for part in parts()):
        return Encoding("cp1252")
    # Hindi in a font of its own, as a spreadsheet saves it: a part of a file is enough to tell.
    if not controls and is_in_such_a_font(as_drawn(first.decode("latin-1"))):
        return Encoding("latin-1", is_drawn=True)
    raise Refused("not_text" if controls else "encoding")


def _counted(parts: Iterable[bytes]) -> tuple[int, int, bool]:
    """How many bytes there are, how many of them control characters, and whether any is zero."""
    size = controls = 0
    has_zeros = False
    for part in parts:
        size += len(part)
        controls += len(part) - len(part.translate(None, CONTROLS))
        has_zeros = has_zeros or b"\0" in part
    return size, controls, has_zeros


def _decodes(parts: Parts, codec: str) -> bool:
    try:
        return all(True for _text in Encoding(codec).parts(parts()))
    except UnicodeDecodeError:
        return False


def _without_mark(parts: Parts) -> str:
    """UTF-16 that does not say so at its beginning; '' if it is not that."""
    return next((c for c in ("utf-16-le", "utf-16-be") if _is_list_in(parts, c)), "")


def _is_list_in(parts: Parts, codec: str) -> bool:
    has_lines = False
    try:
        for text in Encoding(codec).parts(parts()):
            has_lines = has_lines or "\n" in text
            if "\0" in text or max(text, default="") >= BEYOND_A_LIST:
                return False
    except UnicodeDecodeError:
        return False
    return has_lines
