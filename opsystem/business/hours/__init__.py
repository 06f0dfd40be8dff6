"""When the business and its people work, where it works, and how exact a time clients are told.

What belongs here: the pattern of the week, days that are different, the service area, and the usual
arrival window. Who is already busy is asked in `dispatch`.
"""
