from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Sheet:
    """The cells of a sheet as text; rows may differ in length. A text file is one unnamed sheet."""

    name: str
    rows: Sequence[list[str]]
