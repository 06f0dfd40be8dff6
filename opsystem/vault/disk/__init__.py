"""What lies on the disk: names opened safely, files sealed, and what the disk answers when it cannot.

`paths` and `beneath` open; `files` keeps contents, by `sealing`, `reading` and `writing`; `storage` says what
went wrong.
"""
