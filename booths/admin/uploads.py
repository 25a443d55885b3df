"""Lists by file: upload, preview, confirm, as django-import-export has it.

The bytes are read once for the preview and once by the worker that imports them. Until somebody
confirms they lie in a folder of ours, known only to the session that uploaded them, and must still
be the same.
"""

import hashlib
import secrets
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from import_export.admin import ImportMixin

from booths import faulty_rows, how_read, kept_uploads, list_fields, tasks
from booths.admin.reading_choices import AsksHowToRead
from booths.how_read import AS_IT_SAYS, HowRead
from booths.kept_uploads import UPLOADS, KeptUpload
from booths.list_fields import BadColumns
from booths.lists import KINDS, Asked, ListKind
from booths.models import ImportBatch, ImportJob
from booths.roll.table import NoColumns
from zones.admin import today
from zones.models import Look
from zones.trail import looks
from zones.visitors import address_of

KEPT = 3
SHOWN = 200


@dataclass(frozen=True)
class Upload:
    token: str
    file_name: str
    data: bytes
    options: dict  # what was chosen beside the file, as it was posted
    how: HowRead = AS_IT_SAYS


class ListImport(AsksHowToRead, ImportMixin):
    """`preview` shows what a file would do, and raises ValidationError where the file is not taken:
    a dictionary with what is `foreseen`, and what else its page says."""

    import_template_name = "admin/list_import.html"
    content: ImportBatch.Content

    @property
    def kind(self) -> ListKind:
        return KINDS[self.content]

    def preview(self, request, asked: Asked) -> dict:
        raise NotImplementedError

    def upload_form_kwargs(self, request) -> dict:
        return self.kind.form_kwargs(request.user, today(request))

    def options_form(self, request, data, files=None) -> forms.Form:
        return self.kind.form(data, files, **self.upload_form_kwargs(request))

    def get_urls(self):
        view = self.admin_site.admin_view(self.faults_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_faults"
        return [path("import/<str:token>/faulty/", view, name=name), *super().get_urls()]

    # The two steps

    def import_action(self, request, **kwargs):
        if not self.has_import_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self._page(request, self.options_form(request, None))
        form = self.options_form(request, request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, form)
        upload = self._keep(request, form.cleaned_data["import_file"])
        return self._preview_page(request, form, upload)

    @method_decorator(require_POST)
    def process_import(self, request, **kwargs):
        if not self.has_import_permission(request):
            raise PermissionDenied
        confirm = self.kind.confirm_form(request.POST)
        token = confirm["token"].value() or ""
        if job := self._asked_before(request, token):
            return redirect("admin:booths_importjob_change", job.pk)
        upload = self._kept(request, token)
        asks_anew = "read_anew" in request.POST
        if upload is None or not (asks_anew or confirm.is_valid()):
            messages.error(request, _("The file is no longer here. Upload it again."))
            return redirect(self._link("import"))
        form = self.options_form(request, upload.options)
        form.fields["import_file"].required = False
        if not form.is_valid():
            return self._page(request, form)
        if asks_anew:
            try:
                upload = self._read_anew(request, upload)
            except BadColumns as error:
                messages.error(request, " ".join(error.messages))
                return self._preview_page(request, form, upload, recalls=False)
            return self._preview_page(request, form, upload)
        if confirm.decides_otherwise or self._lacks(request, token, confirm):
            return self._preview_page(request, form, upload, confirm)
        self._remember(request, token, confirmed=confirm.cleaned_data)
        job = self._ask(request, upload, confirm)
        if not confirm.cleaned_data["leave_out"]:
            self._forget(request, upload.token)
        return redirect("admin:booths_importjob_change", job.pk)

    @method_decorator(require_safe)
    def faults_view(self, request, token):
        """The faulty rows of an upload of this session, as a file with what is wrong beside them."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        upload = self._kept(request, token)
        form = self.options_form(request, upload.options if upload else None)
        form.fields["import_file"].required = False
        if upload is None or not form.is_valid():
            raise Http404
        confirmed = request.session[UPLOADS][token].get("confirmed")
        asked = self._asked(request, form, upload, confirmed)
        try:
            foreseen = self.kind.foresee(asked)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(self._link("import"))
        looks.keep(request, Look.What.EXPORT, **foreseen.named)
        table = self.kind.table(asked, foreseen)
        if not upload.how.has_headings:
            table = list_fields.labelled(table, self.content)
        file = faulty_rows.file_of(upload.file_name, table, foreseen.faults)
        # Of so few rows the columns may say less than of all.
        how_read.remember(request.user, self.content, file.headings, table.columns.meant)
        response = HttpResponse(file.data, content_type=file.content_type)
        response["Content-Disposition"] = content_disposition_header(True, file.name)
        return response

    def _asked_before(self, request, token: str) -> ImportJob | None:
        """Whoever presses twice, or goes back, comes to the same import."""
        return ImportJob.objects.filter(token=token, by=request.user).defer("data").first()

    def _lacks(self, request, token: str, confirm) -> bool:
        needed = request.session[UPLOADS][token].get("needed", [])
        return not all(confirm.cleaned_data[name] for name in needed)

    def _ask(self, request, upload: Upload, confirm) -> ImportJob:
        confirmed = {name: of for name, of in confirm.cleaned_data.items() if name != "token"}
        confirmed["how"] = upload.how.as_kept
        return tasks.ask(
            content=self.content,
            token=upload.token,
            file_name=upload.file_name,
            data=upload.data,
            options=upload.options,
            confirmed=confirmed,
            by=request.user,
            language=get_language(),
            address=address_of(request),
            at=timezone.now(),
        )

    def _preview_page(self, request, form, upload, decided=None, recalls=True):
        confirmed = decided.cleaned_data if decided else None
        recalls = recalls and decided is None  # of what was ticked nothing is read otherwise
        try:
            preview = self.preview(request, self._asked(request, form, upload, confirmed))
        except NoColumns as error:
            if recalls and (again := self._as_said_before(request, upload, error.table)):
                return self._preview_page(request, form, again)
            return self._page(request, form, upload=upload, **self._question(upload, error))
        except ValidationError as error:
            return self._refused_page(request, form, upload, error)
        foreseen = preview["foreseen"]
        if recalls and (again := self._as_said_before(request, upload, foreseen.table)):
            return self._preview_page(request, form, again)
        self._remember_columns(request, upload, foreseen.table)
        self._remember(request, upload.token, needed=list(foreseen.needed))
        confirm = self.kind.confirm_form(
            initial={
                **(confirmed or {}),
                **preview.get("ticked", {}),
                "token": upload.token,
                "fingerprint": foreseen.fingerprint,
            }
        )
        faults_link = self._link("faults", upload.token)
        preview |= {"confirm": confirm, "upload": upload, "faults_link": faults_link}
        preview |= {"counts": foreseen.counts, "problems": foreseen.problems}
        preview |= self._columns(upload, foreseen.table)
        preview |= {"refusal": self._refusal(foreseen.needed, decided)}
        return self._page(request, form, **preview)

    def _refused_page(self, request, form, upload, error: ValidationError):
        if question := self._question(upload, error):
            return self._page(request, form, upload=upload, **question)
        if upload.how.columns is not None and upload.how.has_headings:
            # What was said of its columns makes it no list: back to its headings.
            messages.error(request, " ".join(error.messages))
            upload = self._keep_how(request, upload, HowRead(upload.how.sheet))
            return self._preview_page(request, form, upload, recalls=False)
        self._forget(request, upload.token)
        form.add_error("import_file", error.messages)
        return self._page(request, form)

    def _asked(self, request, form, upload, confirmed=None) -> Asked:
        said = (form.cleaned_data, request.user, today(request), upload.how, confirmed)
        return Asked(upload.file_name, upload.data, *said)

    def _refusal(self, needed: dict, decided) -> list[str]:
        if decided is None:
            return []
        lacking = [name for name in needed if not decided.cleaned_data[name]]
        said = [message for name in lacking for message in needed[name].messages]
        return said or [_look_again()]

    def _link(self, name: str, *args: str) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)

    def _page(self, request, form, **context):
        context |= {
            **self.admin_site.each_context(request),
            "title": _("%(things)s from a file") % {"things": self.opts.verbose_name_plural},
            "model_options": self.opts,
            "form": form,
            "media": self.media + form.media,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.import_template_name, context)

    # Between the steps

    def _storage(self, name=None):
        return KeptUpload(name=name, read_mode="rb", encoding=None)

    def _keep(self, request, file) -> Upload:
        kept_uploads.remove_older(kept_uploads.PREVIEW, now=timezone.now())
        storage, data, token = self._storage(), file.read(), secrets.token_urlsafe(16)
        storage.save(data)
        known = request.session.get(UPLOADS, {})
        for old in list(known)[: len(known) - KEPT + 1]:
            kept_uploads.remove(known.pop(old)["stored"])
        names = set(self.kind.form.base_fields) - {"import_file"}
        options = {name: value for name, value in request.POST.items() if name in names}
        known[token] = {
            "stored": storage.name,
            "file_name": file.name,
            "sha256": hashlib.sha256(data).hexdigest(),
            "options": options,
            "model": self.opts.label,
        }
        request.session[UPLOADS] = known
        return Upload(token, file.name, data, options)

    def _kept(self, request, token: str) -> Upload | None:
        """The upload of this session and kind of list, if its bytes are still what they were."""
        known = request.session.get(UPLOADS, {}).get(token)
        if known is None or known["model"] != self.opts.label:
            return None
        try:
            data = self._storage(known["stored"]).read()
        except OSError:
            return None
        if data is None or hashlib.sha256(data).hexdigest() != known["sha256"]:
            return None
        how = HowRead.kept(known.get("how"))
        return Upload(token, known["file_name"], data, known["options"], how)

    def _remember(self, request, token: str, **more) -> None:
        request.session[UPLOADS][token] |= more
        request.session.modified = True

    def _forget(self, request, token: str) -> None:
        known = request.session.get(UPLOADS, {})
        if token in known:
            kept_uploads.remove(known.pop(token)["stored"])
            request.session[UPLOADS] = known


def _look_again() -> str:
    return _(
        "With these ticks the import does something else. Nothing was imported yet; look again."
    )
