"""What a page may load and run, and what a browser may do with it: ours alone.

No page has an inline script, an inline style or anything of another host; so these are not allowed
either, and text that got into a page as HTML by a mistake of ours would do nothing there.
"""

from csp.constants import NONE, SELF, UNSAFE_EVAL

POLICY = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    # The calendar and the second factor's QR code are drawn as data:.
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
    "object-src": [NONE],
}

# THE ONE EXCEPTION, under /admin/ alone. The library of the admin (django-unfold) is written with
# Alpine, which makes functions of the texts in x-… attributes; without this its menus, filters and
# tabs are dead. It allows no inline script and no other host. Alpine's build without eval does not
# take the expressions that the library writes.
IN_ADMIN = {"script-src": [UNSAFE_EVAL]}

# The pages ask the device for nothing but a passkey.
FEATURES = {
    "accelerometer": "()",
    "camera": "()",
    "display-capture": "()",
    "geolocation": "()",
    "gyroscope": "()",
    "magnetometer": "()",
    "microphone": "()",
    "midi": "()",
    "payment": "()",
    "publickey-credentials-create": "(self)",
    "publickey-credentials-get": "(self)",
    "usb": "()",
}
PERMISSIONS = ", ".join(f"{feature}={who}" for feature, who in FEATURES.items())
