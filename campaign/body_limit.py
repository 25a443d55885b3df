"""No request is taken in that is larger than any list: it is refused before a byte of it is kept.

Django spools a file to the disk, however large, before a form of ours can look at its size.
"""

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from booths.roll.limits import MAX_BODY


class RefuseTooLarge(FileUploadHandler):
    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        if content_length > MAX_BODY:
            raise RequestDataTooBig(f"{content_length} bytes")

    def receive_data_chunk(self, raw_data, start):
        return raw_data

    def file_complete(self, file_size):
        return None
