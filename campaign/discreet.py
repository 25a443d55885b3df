"""What is written down of a fault: where and of what kind, never with what data.

The message of a database names the telephone number that was doubled, that of Python the word that
was no number; and a log is read, copied and kept by more people than the database.
"""

import logging
import traceback


class PlaceAndKind(logging.Formatter):
    """The files, lines and kinds of a fault and of those before it, without their messages."""

    def formatException(self, ei) -> str:
        return "\n".join(_lines(ei[1]))


def _lines(fault: BaseException) -> list[str]:
    before = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    lines = [*_lines(before), "then:"] if before else []
    stack = traceback.extract_tb(fault.__traceback__)
    lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in stack]
    return [*lines, f"{type(fault).__module__}.{type(fault).__qualname__}"]
