"""Whoever says stop, in whatever words, gets no more messages. Who says something else does."""

from __future__ import annotations

import pytest

from opsystem.business.conversations.opting import own_words, wish_of

STOPS = (
    "STOP",
    "stop",
    " Stop. ",
    "STOP!!!",
    "“Stop”",
    "S T O P",
    "\uff33\uff34\uff2f\uff30",
    "STOPALL",
    "Stop all",
    "Unsubscribe",
    "UNSUBSCRIBE ME",
    "End",
    "quit",
    "Cancel",
    "revoke",
    "OPT OUT",
    "opt-out",
    "Optout",
    "remove me",
    "Please stop",
    "pls stop",
    "Stop texting me",
    "Please stop texting this number",
    "Stop sending me these messages",
    "Don't text me anymore",
    "Dont text me",
    "Don\u2019t message me again",
    "Do not contact me",
    "I do not want to receive texts",
    "I don't want any more messages",
    "No more texts please",
    "Take me off your list",
    "remove my number from your system",
    "Lose my number",
    "I want to opt out",
    "Please opt me out of this",
    "I revoke my consent to be texted",
    "Leave me alone",
    "Wrong number, stop",
    "STOP. I already have a plumber.",
    "Not interested, please stop",
    "I said stop",
    "please unsubscribe this phone",
    "ALTO",
    "Parar",
    "No más mensajes",
    "Ya no me manden mensajes",
    "Por favor dejen de enviarme textos",
    "No quiero recibir mensajes",
    "dar de baja",
    "Arrêt",
    "Arrêtez de m'envoyer des messages",
    "Désabonnement",
    "ne m'écrivez plus",
    "Abmelden",
    "Keine SMS mehr",
    "Keine weiteren Nachrichten bitte",
    "Stopp",
    "SAIR",
    "Pare de me mandar mensagens",
    "Não quero mais receber",
    "Cancellami",
    "Non voglio più ricevere messaggi",
    "Smettila",
    "Dừng",
    "Hủy đăng ký",
    "Từ chối",
    "退订",
    "停止",
    "不要再给我发短信",
    "TD",
)
OTHERS = (
    "",
    "ok",
    "Yes please",
    "no",
    "Can you stop by at 5?",
    "Please stop by the house tomorrow",
    "Can you stop the leak today?",
    "The water won't stop",
    "The bus stop is next to the house",
    "I need to cancel my appointment on Friday",
    "Please cancel tomorrow and book next week",
    "When does the job end?",
    "The gate code is 4471, end of the road",
    "Don't call before 8 please",
    "We quit smoking in that room, can you paint it?",
    "Remove the old heater too please",
    "Please remove the tree",
    "I do not want the blue one",
    "Text me when you leave",
    "Can you text me the price",
    "Send me the messages from last week",
    "Who is this?",
    "Pueden parar la fuga hoy?",
    "Können Sie morgen kommen?",
    "Liked “Reply STOP to opt out”",
    "Thanks, that is all I need. No more questions",
)


@pytest.mark.parametrize("words", STOPS)
def test_these_words_stop_messages(words: str) -> None:
    assert wish_of(words) == "stop"


@pytest.mark.parametrize("words", OTHERS)
def test_these_words_do_not(words: str) -> None:
    assert wish_of(words) != "stop"


@pytest.mark.parametrize("words", ["START", "unstop", " Start! ", "Text me again", "开始"])
def test_these_words_let_messages_come_again(words: str) -> None:
    assert wish_of(words) == "start"


@pytest.mark.parametrize("words", ["HELP", "info", "Ayuda?"])
def test_asking_for_help_stops_nothing(words: str) -> None:
    assert wish_of(words) == "help"


def test_what_an_email_quotes_is_not_its_writers_wish() -> None:
    body = (
        "See you then.\n\nOn Tue, Nov 24, 2026 at 9:00 AM Gulf Plumbing wrote:\n> To unsubscribe, reply STOP"
    )
    assert wish_of(own_words(body)) is None
    assert wish_of(own_words("Please unsubscribe me\n> Hello Maria")) == "stop"


def test_a_very_long_message_is_read_quickly() -> None:
    assert wish_of("the the stop trying to " * 20_000) is None
