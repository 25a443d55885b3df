"""What a browser would send back from a page: the fields of its longest form as they are filled."""

from html.parser import HTMLParser


class Forms(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self.select: str | None = None
        self.text: str | None = None

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self.forms.append({})
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in given:
            self._put(self.select, given.get("value", ""))
        elif tag == "textarea":
            self.text = name
            self._put(name, "")
        elif tag == "input" and _is_sent(given):
            self._put(name, given.get("value", "on" if "checked" in given else ""))

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None
        elif tag == "textarea":
            self.text = None

    def handle_data(self, data):
        if self.text and self.forms:
            self.forms[-1][self.text] = [data.removeprefix("\r\n").removeprefix("\n")]

    def _put(self, name, value):
        if name and self.forms:
            self.forms[-1].setdefault(name, []).append(value)


def _is_sent(given: dict[str, str]) -> bool:
    kind = given.get("type")
    if kind in {"checkbox", "radio"}:
        return "checked" in given
    return kind not in {"submit", "file", "button"}


def filled(html: str) -> dict[str, list[str]]:
    found = Forms()
    found.feed(html)
    return max(found.forms, key=len, default={})
