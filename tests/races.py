"""Several who do the same at once, each in a process of its own."""

import multiprocessing
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import connections


def in_its_own_process(barrier, answers, act, arguments):
    connections.close_all()
    barrier.wait(timeout=30)
    try:
        act(*arguments)
        answers.put("done")
    except ValidationError:
        answers.put("refused")
    except Exception as error:  # told, not lost: the test shows it
        answers.put(repr(error))
    finally:
        connections.close_all()


def at_once(act: Callable, jobs: list[tuple]) -> list[str]:
    """What came of each call of `act` with the arguments of a job: "done", "refused" by a rule, or
    what else went wrong."""
    context = multiprocessing.get_context("fork")
    barrier, answers = context.Barrier(len(jobs)), context.Queue()
    connections.close_all()
    processes = [
        context.Process(target=in_its_own_process, args=(barrier, answers, act, arguments))
        for arguments in jobs
    ]
    for process in processes:
        process.start()
    result = [answers.get(timeout=60) for _ in processes]
    for process in processes:
        process.join(timeout=30)
    return sorted(result)
