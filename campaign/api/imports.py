"""Lists by file: what importing one would do, importing it in the background, how far it is.

A file is posted twice: first to see what it would do, then again with the `fingerprint` of that and
the ticks that are `needed`. Nothing is kept between the two; ticks that change what it does (replace,
renumber) are posted with both.
"""

import json
import secrets
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import PermissionDenied
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from booths import tasks
from booths.how_read import HowRead
from booths.import_progress import standing_of
from booths.list_fields import columns_said, indexes_said
from booths.lists import KINDS, Asked, Foreseen, ListKind
from booths.models import ImportJob
from booths.roll.problems import Refused, WhichSheet
from booths.roll.table import NoColumns
from campaign.api.rates import Rated
from zones.models import Look
from zones.scope import may
from zones.trail import looks
from zones.visitors import address_of

LISTED = 100
PROBLEMS = 1000
LONGEST = 20_000  # letters of JSON
SUCH = {"columns": '{"0": "number", "1": "name"}', "kruti_dev": "[2, 3]"}


class Unclear(Exception):
    """What was posted cannot be taken; `said` is the answer."""

    def __init__(self, **said: Any):
        super().__init__()
        self.said = said


class ImportsView(Rated):
    parser_classes: ClassVar = [MultiPartParser]

    @extend_schema(operation_id="imports_list", responses={200: OpenApiTypes.OBJECT})
    def get(self, request) -> Response:
        """The user's own imports, the last ones first."""
        jobs = ImportJob.objects.filter(by=request.user).defer("data").select_related("batch")
        return Response([_job(job) for job in jobs[:LISTED]])

    @extend_schema(
        request={"multipart/form-data": OpenApiTypes.OBJECT},
        responses={200: OpenApiTypes.OBJECT, 202: OpenApiTypes.OBJECT, 400: OpenApiTypes.OBJECT},
    )
    def post(self, request) -> Response:
        """What importing the `file` would do; with its `fingerprint`, imports it.

        `content` is booths, agents or teams; beside the file stands what its form asks: for booths
        state, seat, as_of and is_full (full or part), for agents consent and consent_on. `sheet`,
        `columns` (JSON, field by index), `kruti_dev` (JSON, indexes) and `headings` (none) say how
        it is read.
        """
        try:
            kind = _kind(request)
            asked = _asked(request, kind)
            foreseen = kind.foresee(asked)
            looks.keep(request, Look.What.LIST, **foreseen.named)
            if "fingerprint" not in request.POST:
                return Response(_foreseen(foreseen) | kind.choices(foreseen))
            return _ask(request, asked, foreseen)
        except Unclear as unclear:
            return Response(unclear.said, status=status.HTTP_400_BAD_REQUEST)
        except ValidationError as refusal:
            return Response(_refusal(refusal), status=status.HTTP_400_BAD_REQUEST)


class ImportView(Rated):
    @extend_schema(responses={200: OpenApiTypes.OBJECT})
    def get(self, request, pk: int) -> Response:
        jobs = ImportJob.objects.filter(by=request.user).defer("data").select_related("batch")
        job = jobs.filter(pk=pk).first()
        if job is None:
            raise Http404
        return Response(_job(job))


def imports_lists(user) -> bool:
    return any(may(user, kind.act, on=timezone.localdate()) for kind in KINDS.values())


def _kind(request) -> ListKind:
    content = request.POST.get("content", "")
    if content not in KINDS:
        raise Unclear(content=[_("Write one of these: %(known)s.") % {"known": ", ".join(KINDS)}])
    kind = KINDS[content]
    if not may(request.user, kind.act, on=timezone.localdate()):
        raise PermissionDenied
    return kind


def _asked(request, kind: ListKind) -> Asked:
    user, on = request.user, timezone.localdate()
    files = {"import_file": file} if (file := request.FILES.get("file")) else None
    form = kind.form(request.POST, files, **kind.form_kwargs(user, on))
    if not form.is_valid():
        errors = {"file" if name == "import_file" else name: of for name, of in form.errors.items()}
        raise Unclear(**errors)
    how, confirmed = _how_read(request), _confirmed(request, kind)
    return Asked(file.name, file.read(), form.cleaned_data, user, on, how, confirmed)


def _confirmed(request, kind: ListKind) -> dict[str, Any]:
    posted = request.POST.copy()
    posted["token"] = secrets.token_urlsafe(16)
    posted.setdefault("fingerprint", "none yet")
    confirm = kind.confirm_form(posted)
    if not confirm.is_valid():
        raise Unclear(**confirm.errors)
    return confirm.cleaned_data


def _how_read(request) -> HowRead:
    content, headings = request.POST["content"], request.POST.get("headings", "")
    if headings not in ("", "none"):
        raise Unclear(headings=[_("Write one of these: %(known)s.") % {"known": "none"}])
    columns, kruti_dev = (_json(request, name) for name in ("columns", "kruti_dev"))
    return HowRead(
        request.POST.get("sheet") or None,
        None if columns is None else columns_said(columns, content),
        headings != "none",
        None if kruti_dev is None else indexes_said(kruti_dev),
    )


def _json(request, name: str) -> Any:
    text = request.POST.get(name, "")
    if not text:
        return None
    try:
        said = json.loads(text) if len(text) <= LONGEST else None
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict if name == "columns" else list):
        raise Unclear(**{name: [_("JSON is expected, such as %(such)s.") % {"such": SUCH[name]}]})
    return said


def _ask(request, asked: Asked, foreseen: Foreseen) -> Response:
    confirmed = dict(asked.confirmed or {})
    lacking = {name: said.messages for name, said in foreseen.needed.items() if not confirmed[name]}
    if lacking:
        raise Unclear(needed=lacking)
    token = confirmed.pop("token")
    names = set(KINDS[request.POST["content"]].form.base_fields) - {"import_file"}
    job = tasks.ask(
        content=request.POST["content"],
        token=token,
        file_name=asked.file_name,
        data=asked.data,
        options={name: request.POST[name] for name in names if name in request.POST},
        confirmed=confirmed | {"how": asked.how.as_kept},
        by=request.user,
        language=get_language(),
        address=address_of(request),
        at=timezone.now(),
    )
    return Response(_job(job), status=status.HTTP_202_ACCEPTED)


def _foreseen(foreseen: Foreseen) -> dict[str, Any]:
    return {
        "counts": foreseen.counts,
        "fingerprint": foreseen.fingerprint,
        "needed": {name: said.messages for name, said in foreseen.needed.items()},
        **_columns(foreseen.table),
        "problems": [
            {"row": each.row, "column": each.column, "advice": str(each.advice)}
            for each in foreseen.problems[:PROBLEMS]
        ],
    }


def _columns(table) -> dict[str, Any]:
    meant = table.columns.meant
    headings = enumerate(table.columns.headings)
    return {
        "columns": [
            {"index": i, "heading": heading, "holds": meant.get(i, "")} for i, heading in headings
        ]
    }


def _refusal(refusal: ValidationError) -> dict[str, Any]:
    said: dict[str, Any] = {"refused": refusal.messages}
    if isinstance(refusal, NoColumns):
        said |= _columns(refusal.table)
    if isinstance(refusal, WhichSheet):
        said["sheets"] = refusal.rows
    if isinstance(refusal, Refused) and refusal.code == "krutidev":
        said["kruti_dev"] = [
            {"index": each.index, "heading": each.heading, "samples": each.samples}
            for each in refusal.params["found"]
        ]
    return said


def _job(job: ImportJob) -> dict[str, Any]:
    standing = standing_of(job)
    return {
        "id": job.pk,
        "address": reverse("api-import", args=[job.pk]),
        "content": job.content,
        "file_name": job.file_name,
        "asked_at": job.asked_at,
        "status": standing.status,
        "percent": standing.percent,
        "counts": job.counts,
        "refused": job.refusal.splitlines(),
    }
