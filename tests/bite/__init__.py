"""Does a test see it when a check of scope is left out?

`make test-doors-bite` takes each call that decides who sees or does what, puts its permissive
equivalent in its place, and runs the tests that reach it until one fails. It prints the call and
that test, and ends with an error if nothing failed: that check is not tested, or not needed.

A switch is put into every such call while its module is imported (tests/bite/hook.py); no file is
written. So one run of the suite does for all calls: a test runs as it is, then once more for each
call that it reached and of which no test has told yet.
"""
