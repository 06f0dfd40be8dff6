"""The sandbox's own page: a phone, a mailbox, the script of faults and the request log.

Server-rendered, works without JavaScript, loads nothing from another host. `pages` shows, `actions` takes
what is typed, `people` and `letters` put the state into words for the templates.
"""
