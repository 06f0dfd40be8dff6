"""Anthropic's Messages API as the sandbox speaks it: strict as the vendor, answered by written rules.

`app` mounts it, `request` refuses what the vendor refuses, `planner` and `rules` decide what is answered,
`reply` and `stream` put the answer on the wire. The facts about the vendor are those of API version
2026-10-21.
"""
