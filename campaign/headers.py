"""Headers of every answer: what the page may load, what the browser may do, what is kept of it."""

from csp.middleware import CSPMiddleware
from django.templatetags.static import static

from campaign.content_policy import IN_ADMIN, PERMISSIONS


class HeadersMiddleware(CSPMiddleware):
    """The content policy with its exception for the admin, and what else a browser is told: also to
    fetch the style sheet before it has read so far, since a page is shown no sooner than with it."""

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if _is_of_admin(request):
            parts.update = IN_ADMIN | (parts.update or {})
        return parts

    def process_response(self, request, response):
        response = super().process_response(request, response)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        _keep_out_of_stores(response)
        kind = response.headers.get("Content-Type", "")
        if kind.startswith("text/css"):  # no browser asks it for them, and a page waits for it
            del response.headers["Content-Security-Policy"], response.headers["Permissions-Policy"]
        elif kind.startswith("text/html") and _is_ours_and_whole(request, response):
            response.headers["Link"] = f"<{static('pages.css')}>; rel=preload; as=style"
        return response


def _is_of_admin(request) -> bool:
    return bool(request.resolver_match and "admin" in request.resolver_match.app_names)


def _is_ours_and_whole(request, response) -> bool:
    """Whether a page will be shown with our style sheets: neither a way elsewhere nor a part."""
    is_elsewhere = 300 <= response.status_code < 400 or _is_of_admin(request)
    return not is_elsewhere and "HX-Request" not in request.headers


def _keep_out_of_stores(response) -> None:
    """After signing out neither the back button nor a proxy shows a page; a view may say that its
    answer is for everybody, and then it carries nobody's session and is the same for all."""
    if "public" not in response.headers.get("Cache-Control", ""):
        response.headers["Cache-Control"] = "no-store, private"
        return
    response.cookies.clear()
    varies = [name.strip() for name in response.headers.get("Vary", "").split(",")]
    if kept := [name for name in varies if name and name.lower() != "cookie"]:
        response.headers["Vary"] = ", ".join(kept)
    else:
        response.headers.pop("Vary", None)
