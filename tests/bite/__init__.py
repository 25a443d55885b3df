"""Does a test see it when a check of scope is left out?

`make test-doors-bite` runs every test once and notes which calls it reaches that decide who sees or
does what. Then it puts the permissive equivalent in the place of each call in turn, and runs the
tests that reached it until one fails. It prints the call and that test, and ends with an error if
nothing failed: that check is not tested, or not needed.

A switch is put into every such call while its module is imported (tests/bite/hook.py); no file is
written.
"""
