"""Kills an import at a random moment, many times over, and looks at what is left.

    python -m tests.kill [--times 100] [--seed 1]

Each time a new copy of a database with an old list, a new list is uploaded, confirmed and imported
by the real worker; then, by `kill -9`, the worker dies, or the web process that confirms, or the
server process of PostgreSQL that writes. What is left must be wholly the old list or wholly the new
one in booths, day-book, trail and records, and the import must say which. Then a new worker starts,
what was stopped is taken up again, and the list must be wholly the new one.

DATABASE_URL names a PostgreSQL server, as for the tests; without it SQLite is tried.
"""

import argparse
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent.parent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, help="of the moments; else by chance")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="booth-pragati-kill-") as folder:
        from tests.kill.databases import database_in

        database = database_in(Path(folder))
        os.environ |= {"DEMO": "1", "DJANGO_SETTINGS_MODULE": "campaign.settings"}
        os.environ["DATABASE_URL"] = database.address(database.BASE)
        os.chdir(ROOT)
        import django

        django.setup()
        from tests.kill.rounds import Rounds

        seed = options.seed if options.seed is not None else Random().randrange(10**6)
        rounds = Rounds(database, Random(seed))
        print(f"{database.name}: {options.times} imports of {rounds.describe()}, seed {seed}")
        sys.stdout.flush()
        found: Counter[str] = Counter()
        for number in range(1, options.times + 1):
            found.update([rounds.play(number)])
            if number % 10 == 0:
                print(f"  {number}: {dict(sorted(found.items()))}", flush=True)
        print(f"{database.name}: {options.times} killed, no half state.")
        for what, times in sorted(found.items()):
            print(f"  {times:4} {what}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
