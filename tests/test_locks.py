"""The lock files hold every dependency with its hashes, and no address that they came from."""

import re
import tomllib
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent
PROJECT = tomllib.loads((FOLDER / "pyproject.toml").read_text())["project"]
RUN = PROJECT["dependencies"]
DEVELOP = RUN + PROJECT["optional-dependencies"]["dev"]


def name(requirement: str) -> str:
    return re.match(r"[\w.-]+", requirement)[0].lower()


def pinned(lock: str) -> dict[str, str]:
    """What the lock file pins: the version of each name."""
    return dict(re.findall(r"^([\w.-]+)==(\S+) \\$", (FOLDER / lock).read_text(), re.MULTILINE))


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_no_index_and_gives_each_package_a_hash(lock):
    text = (FOLDER / lock).read_text()
    assert re.findall(r"\S*(?:://|index-url|find-links)\S*", text) == []
    packages = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert [package for package in packages if "--hash=sha256:" not in package] == []


@pytest.mark.parametrize(
    ("lock", "wanted"), [("requirements.lock", RUN), ("requirements-dev.lock", DEVELOP)]
)
def test_a_lock_holds_what_pyproject_asks_for(lock, wanted):
    assert sorted({name(requirement) for requirement in wanted} - set(pinned(lock))) == []


def test_tests_run_on_the_versions_that_are_run():
    run, develop = pinned("requirements.lock"), pinned("requirements-dev.lock")
    assert {package: develop.get(package) for package in run} == run
