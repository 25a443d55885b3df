"""One spelling of a mobile number: ten digits, however it was typed."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

DIGITS = str.maketrans("०१२३४५६७८९", "0123456789")


def bare_mobile(text: str) -> str:
    """Without blanks, dashes and +91 or 0 in front, in Latin digits; says nothing of its form."""
    digits = re.sub(r"[\s().-]", "", text.translate(DIGITS))
    return re.sub(r"^(\+91|0091|91(?=[0-9]{10}$)|0)", "", digits)


def dialled(mobile: str) -> str:
    """The number as tel: and wa.me want it: with India's prefix, digits only."""
    digits = "".join(filter(str.isdecimal, mobile))
    return f"91{digits}" if len(digits) == 10 else digits


def clean_mobile(text: str) -> str:
    """Ten digits without +91 or 0 in front; '' stays ''. Refuses anything else."""
    digits = bare_mobile(text)
    if digits and not re.fullmatch(rf"[{settings.MOBILE_STARTS}][0-9]{{9}}", digits):
        raise ValidationError(
            _("“%(value)s” is not a mobile number: ten digits, the first 6 to 9."),
            params={"value": text},
        )
    return digits
