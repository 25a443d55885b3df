"""Measures pages and imports on SQLite and on PostgreSQL, each in processes of their own.

make bench
"""

import os
import subprocess
import sys

BENCHES = ("tests.bench_pages", "tests.bench_search", "tests.bench_roll")


def run(*command: str) -> None:
    subprocess.run([sys.executable, "-m", *command], check=True)


if __name__ == "__main__":
    os.environ["DEMO"] = "1"
    os.environ.pop("DATABASE_URL", None)
    for bench in BENCHES:
        run(bench)
        run("tests.databases", sys.executable, "-m", bench)
    run("tests.bench_phone")
