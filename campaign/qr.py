"""A QR code drawn as one path of an inline SVG: no style and no script, sharp on paper."""

from itertools import groupby

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString

BORDER = 4  # modules of white around it, which readers need


def drawn(text: str, label: str) -> SafeString:
    code = qrcode.QRCode(border=BORDER, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}">'
        '<rect width="{0}" height="{0}" fill="#fff"/><path fill="#000" d="{2}"/></svg>',
        len(matrix),
        label,
        "".join(_runs(matrix)),
    )


def _runs(matrix: list[list[bool]]):
    """Each stretch of dark modules in a row as one rectangle."""
    for y, row in enumerate(matrix):
        x = 0
        for is_dark, modules in groupby(row):
            length = len(list(modules))
            if is_dark:
                yield f"M{x} {y}h{length}v1h-{length}z"
            x += length
