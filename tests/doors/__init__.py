"""The door table: every address and method of the project against everyone who may knock.

`tests/doors.txt` holds a line for each door: what it answers, by status, to each of
- nobody: not signed in
- unposted: signed in, posted nowhere
- outside: district staff of another district
- observer: posted here, to read numbers only
- staff: district staff here
- in_charge: of the assembly seat here: reads people and verifies
- office: state office

"in" means: sent to the sign-in page. A plus after the status means: rows of the database changed.
So a POST that is done says 302+, and one that is refused with a message says 302, or 200 with the
form shown again. A line without a method is a GET; several methods that answer the same share a
line. What follows "#" never reaches the server: it tells posts to one address apart, so
"#end_chosen" is that action of the list, and "#end_chosen:theirs" is the same on a stranger's row.

A new address: run `python -m tests.doors`. It prints the lines that the table lacks or holds
otherwise, with what was found. Read each one by eye before you take it into the table: is that
what everyone should get? A POST needs a body that would succeed, or its line proves nothing:
see tests/doors/bodies.py. A new model of the admin needs a row: see tests/doors/world.py.
"""
