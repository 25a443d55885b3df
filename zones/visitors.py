"""Where a request comes from: the one answer for lock-out, sessions and the audit trail.

Every proxy in front of us adds the address it saw at the end of X-Forwarded-For; what stands
before the entry of our outermost proxy was written by the visitor and is worth nothing.
"""

import ipaddress

from django.conf import settings


def address_of(request) -> str:
    """The client's address, "" if unknown (a socket without one). TRUSTED_PROXY_COUNT proxies of
    ours are believed; with 0 it is the address of the connection."""
    proxies = settings.TRUSTED_PROXY_COUNT
    seen = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if proxies and len(seen) >= proxies and (address := _clean(seen[-proxies])):
        return address
    return _clean(request.META.get("REMOTE_ADDR", ""))


def network_of(address: str) -> str:
    """What one visitor holds: an IPv4 address, or the /64 of an IPv6 one."""
    if ":" not in address:
        return address
    return str(ipaddress.IPv6Network((address, 64), strict=False).network_address)


def _clean(text: str) -> str:
    text = text.strip()
    if text.startswith("["):  # [2001:db8::1]:443
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:  # 192.0.2.1:443
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    return str(getattr(address, "ipv4_mapped", None) or address)
