"""Where a request comes from."""


def address_of(request) -> str:
    return request.META.get("REMOTE_ADDR", "")
