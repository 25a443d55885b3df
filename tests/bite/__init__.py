"""Does a test see it when a check of scope is left out?

`make test-doors-bite` takes each call that decides who sees or does what, puts its permissive
equivalent in its place, and runs the tests until one fails. It prints the call and that test, and
ends with an error if nothing failed: that check is not tested, or not needed.

The call is changed while its module is imported (tests/bite/hook.py); no file is written. A call
that is meant to be left uncaught stands in UNREACHED of tests/bite/__main__.py, with its reason.
"""
