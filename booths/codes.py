"""The code of an agent: five drawn letters or digits and a check character.

No letter that is mistaken for another on paper (0 O, 1 I L, U V). One wrong character, or two
neighbours exchanged, always shows (ISO 7064 style weighting over a prime number of characters).
"""

import secrets
from collections.abc import Container

ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"  # 29, a prime


def check_character(drawn: str) -> str:
    total = sum(weight * ALPHABET.index(c) for weight, c in enumerate(drawn, 2))
    return ALPHABET[-total % len(ALPHABET)]


def is_code(text: str) -> bool:
    """Whether the text is a well-formed code with the right check character."""
    return (
        len(text) == 6 and all(c in ALPHABET for c in text) and check_character(text[:5]) == text[5]
    )


def new_code(taken: Container[str] = ()) -> str:
    """A code that is not among those `taken`."""
    while True:
        drawn = "".join(secrets.choice(ALPHABET) for _ in range(5))
        code = drawn + check_character(drawn)
        if code not in taken:
            return code
